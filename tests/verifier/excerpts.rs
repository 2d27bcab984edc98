//! Excerpts in the page: the same verdict for the same bytes as the program's, on good and bad ones.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use invigil::archive::excerpt::{Document, Wanted, make};
use invigil::archive::verify::VerifyOptions;
use invigil::journal::Link;
use invigil::signing::AllowedSigners;
use serde_json::Value;

use crate::browser::Browser;
use crate::day::*;

/// Of the day's first camera; times as a person writes them.
pub fn excerpt(day: &Archive, camera: &str, from: &str, to: &str, folder: &Path) -> PathBuf {
    let path = folder.join(format!("{camera}-{}.zip", from.replace(':', "")));
    let wanted =
        Wanted { camera: camera.parse().unwrap(), from: from.parse().unwrap(), to: to.parse().unwrap() };
    make(&day.paths(), &wanted, &path, &mut |_, _| ControlFlow::Continue(())).unwrap();
    path
}

pub fn change(path: &Path, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
    rewrite(path, |files| {
        change(&mut files.iter_mut().find(|(path, _)| path.ends_with(name)).unwrap().1);
    });
}

fn file(path: &Path, name: &str) -> Vec<u8> {
    files_of(path).into_iter().find(|(path, _)| path.ends_with(name)).unwrap().1
}

pub fn change_document(path: &Path, set: impl FnOnce(&mut Document)) {
    change(path, "excerpt.json", |bytes| {
        let mut document: Document = serde_json::from_slice(bytes).unwrap();
        set(&mut document);
        *bytes = serde_json::to_vec_pretty(&document).unwrap();
        bytes.push(b'\n');
    });
}

/// What both say of these files; a difference fails the test.
pub fn compare(
    browser: &mut Browser,
    name: &str,
    paths: &[PathBuf],
    options: &VerifyOptions,
    act: &str,
) -> Value {
    let program = serde_json::to_value(check(paths, options)).unwrap();
    let told = browser.verification(paths, None, act)["report"].take();
    for key in program.as_object().unwrap().keys() {
        let (mut page, mut program) = (told[key].clone(), program[key].clone());
        for list in [&mut page, &mut program] {
            // Details are told in the words of whoever found them.
            for found in list.as_array_mut().into_iter().flatten() {
                found["message"]["args"].as_object_mut().map(|args| args.remove("detail"));
            }
        }
        assert_eq!(page, program, "{name}: {key}, the page's first");
    }
    told
}

#[test]
fn excerpts_are_judged_as_the_program_judges_them() {
    let (mut browser, folder) = (Browser::new(), tempfile::tempdir().unwrap());
    let day = seal_day(None);
    let mut judge = |name: &str, path: &Path, verdict: &str| {
        let paths = [path.to_owned()];
        let told = compare(&mut browser, name, &paths, &options(), "");
        assert_eq!(told["integrity"], verdict, "{name}: {told}");
    };
    let short = excerpt(&day, "entrance-1", "09:10:03", "09:10:05", folder.path());
    judge("a span within a segment", &short, "VALID");
    let long = excerpt(&day, "entrance-1", "09:00:04", "09:20:01", folder.path());
    judge("three segments and the gaps between them", &long, "VALID");
    let sound = excerpt(&day, "entrance-1", "09:20:03", "09:20:05", folder.path());
    judge("sound that is ahead of the pictures", &sound, "VALID");
    let whole = excerpt(&day, "room-3", "09:10:03", "09:10:05", folder.path());
    judge("without the root of its lines", &whole, "VALID");

    let other = seal_day(None);
    let others = tempfile::tempdir().unwrap();
    let stranger = excerpt(&other, "entrance-1", "09:10:03", "09:10:05", others.path());
    let first = excerpt(&day, "entrance-1", "09:00:00", "09:00:03", others.path());
    let changed = folder.path().join("changed.zip");
    type Change<'a> = &'a dyn Fn(&Path);
    let of_stranger = |name: &'static str| {
        let bytes = file(&stranger, name);
        move |path: &Path| change(path, name, |old| *old = bytes.clone())
    };
    let cases: [(&str, &Path, &str, Change); 19] = [
        ("a bit of a picture", &short, "TAMPERED", &|path| {
            change(path, "000001.mp4", |bytes| *bytes.get_mut(900).unwrap() ^= 1);
        }),
        ("a bit of the header", &short, "TAMPERED", &|path| {
            change(path, "000001.mp4", |bytes| bytes[9] ^= 1);
        }),
        ("a bit of a file without its check sum", &short, "TAMPERED", &|path| {
            flip(path, offset_in_part(path, "records.jsonl") + 40, 0);
        }),
        ("cut behind the fragments", &short, "TAMPERED", &|path| {
            change(path, "000001.mp4", |bytes| bytes.truncate(bytes.len() - 1));
        }),
        ("a bit of the list of frames", &short, "TAMPERED", &|path| {
            change(path, "000001.mp4", |bytes| {
                let last = bytes.len() - 1;
                bytes[last] ^= 1;
            });
        }),
        ("a byte behind the list of frames", &short, "TAMPERED", &|path| {
            change(path, "000001.mp4", |bytes| bytes.push(0));
        }),
        ("another list of frames as long", &long, "TAMPERED", &|path| {
            change(path, "000001.mp4", |bytes| {
                let chunks = bytes.windows(4).rposition(|kind| kind == b"stco").unwrap();
                bytes.swap(chunks + 15, chunks + 19);
            });
        }),
        ("a statement about keys that none comes before", &short, "TAMPERED", &|path| {
            rewrite(path, |files| {
                files.push((format!("{}-excerpt/keys/0002.json", crate::day::day()), b"x".to_vec()))
            });
        }),
        ("checkpoints of another day", &short, "TAMPERED", &of_stranger("checkpoints.txt")),
        ("records of another day", &short, "TAMPERED", &of_stranger("records.jsonl")),
        ("proofs of another day", &short, "TAMPERED", &of_stranger("record-proofs.jsonl")),
        ("a bit of the index", &short, "TAMPERED", &|path| {
            change(path, "000001.idx", |bytes| bytes[60] ^= 1);
        }),
        ("the whole index cut", &whole, "TAMPERED", &|path| {
            change(path, "000001.idx", |bytes| bytes.truncate(bytes.len() - 1));
        }),
        ("a segment left out", &long, "INCOMPLETE", &|path| {
            change_document(path, |document| document.segments.retain(|span| span.segment != 1));
            // What bound it went with it.
            rewrite(path, |files| files.retain(|(name, _)| !name.contains("/000001.")));
            for list in ["records.jsonl", "record-proofs.jsonl"] {
                change(path, list, |bytes| {
                    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
                    *bytes = [lines[0], lines[1], lines[2], lines[5], lines[6]].concat();
                });
            }
        }),
        ("a fragment left out at a segment's end", &long, "TAMPERED", &|path| {
            change_document(path, |document| document.segments[0].last = 2);
            for name in ["000000.mp4", "000000.idx", "000000.proofs"] {
                let bytes = file(&first, name);
                change(path, name, |old| *old = bytes);
            }
        }),
        ("a longer time than is shown", &short, "INCOMPLETE", &|path| {
            change_document(path, |document| document.from_ms -= 2_000);
        }),
        ("another time zone", &short, "VALID", &|path| {
            change_document(path, |document| document.time_zone = "Asia/Vladivostok".parse().unwrap());
        }),
        ("a later format", &short, "CANNOT_VERIFY", &|path| {
            change_document(path, |document| document.format = 2);
        }),
        ("a file more", &short, "TAMPERED", &|path| {
            rewrite(path, |files| {
                files.push((format!("{}-excerpt/more.txt", crate::day::day()), b"x".to_vec()))
            });
        }),
    ];
    for (name, original, verdict, change) in cases {
        fs::copy(original, &changed).unwrap();
        change(&changed);
        judge(name, &changed, verdict);
    }
}

#[test]
fn acts_signers_restarts_and_company_count_alike_for_excerpts() {
    let (mut browser, folder) = (Browser::new(), tempfile::tempdir().unwrap());
    for link in [None, Some(Link::Linked), Some(Link::Unlinked)] {
        let day = seal_day(link);
        let path = folder.path().join(format!("{link:?}"));
        fs::create_dir(&path).unwrap();
        let paths = [excerpt(&day, "entrance-1", "09:10:03", "09:10:05", &path)];
        compare(&mut browser, "alone", &paths, &options(), "");
        let act = day.act.text();
        let typed = VerifyOptions { act: act.parse().ok(), ..options() };
        let told = compare(&mut browser, "with its acts", &paths, &typed, &act);
        assert_eq!(told["provenance"], "ANCHORED");
        let both = [paths[0].clone(), day.part(0)];
        compare(&mut browser, "beside a part", &both, &options(), "");
        for key in [day.key.public(), new_key().public()] {
            let list = folder.path().join("signers");
            fs::write(&list, format!("station {key}\n")).unwrap();
            let signers = Some(AllowedSigners::parse(&format!("station {key}")).unwrap());
            let program = check(&paths, &VerifyOptions { signers, ..options() });
            let page = browser.verification(&paths, Some(&list), "");
            assert_eq!(page["report"]["provenance"], program.provenance.word());
        }
    }
}
