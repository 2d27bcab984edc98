//! The program and the page are given the same archives, good and bad, and have to say the same of them.

use std::fs;
use std::path::{Path, PathBuf};

use invigil::archive::verify::{Act, VerifyOptions};
use invigil::archive::{PartWriter, Report};
use invigil::journal::{Group, Link};
use invigil::signing::AllowedSigners;
use serde_json::{Value, json};

use crate::browser::{Browser, files_in};
use crate::day::*;

/// What both have to say alike.
const COMPARED: [&str; 15] = [
    "stations",
    "integrity",
    "provenance",
    "day",
    "time_zone",
    "parts",
    "faults",
    "cameras",
    "recordings",
    "intact_segments",
    "records",
    "signer",
    "opening_code",
    "closing_code",
    "restarts",
];

type Change = fn(&Archive);

/// What is done to a sealed day, by the verdict that it has to give.
const CHANGES: &[(&str, &str, Change)] = &[
    ("VALID", "nothing", |_| {}),
    ("VALID", "the kept part is not here", |day| fs::remove_file(day.part(2)).unwrap()),
    ("VALID", "a part under another name", |day| rename(day, 1, "holiday.zip")),
    ("INCOMPLETE", "a delivered part is not here", |day| fs::remove_file(day.part(1)).unwrap()),
    ("INCOMPLETE", "the journal is not here", |day| {
        fs::remove_file(day.part(0)).unwrap();
        fs::remove_file(after(day)).unwrap();
    }),
    ("INCOMPLETE", "an open part", |day| rename(day, 2, "77-0101-2026-05-29-main-02.zip.open")),
    ("VALID", "an encrypted file beside it", |day| {
        fs::write(day.folder.path().join("77-0101-2026-05-29-main-07.zip.age"), b"age-encryption.org/v1")
            .unwrap();
    }),
    ("INCOMPLETE", "a delivered part is encrypted", |day| {
        rename(day, 1, "77-0101-2026-05-29-main-01.zip.age")
    }),
    ("CANNOT_VERIFY", "a text in a part's place", |day| fs::write(day.part(2), "no archive").unwrap()),
    ("CANNOT_VERIFY", "a file of nothing", |day| fs::write(day.part(2), "").unwrap()),
    ("TAMPERED", "a bit of video", |day| flip_in(day, 1, "entrance-1/000001.mp4", 900)),
    ("TAMPERED", "a bit of the video's header", |day| flip_in(day, 1, "entrance-1/000001.mp4", 9)),
    ("TAMPERED", "a bit behind the fragments", |day| {
        let video =
            files_of(&day.part(1)).into_iter().find(|(name, _)| name.ends_with("000001.mp4")).unwrap();
        flip_in(day, 1, "entrance-1/000001.mp4", video.1.len() as u64 - 20);
    }),
    ("TAMPERED", "a bit of the index", |day| flip_in(day, 1, "entrance-1/000001.idx", 300)),
    ("TAMPERED", "a bit of the journal", |day| flip_in(day, 0, "records.jsonl", 700)),
    ("TAMPERED", "a bit of a checkpoint", |day| flip_in(day, 0, "checkpoints.txt", 300)),
    ("TAMPERED", "a bit of day.json", |day| flip_in(day, 0, "day.json", 60)),
    ("TAMPERED", "a bit of a still", |day| flip_in(day, 0, STILL.0, 2)),
    ("TAMPERED", "a bit of the manifest", |day| flip_in(day, 1, "/manifest-sha256.txt", 5)),
    ("TAMPERED", "a bit of the tag manifest", |day| flip_in(day, 1, "tagmanifest-sha256.txt", 5)),
    ("TAMPERED", "a bit of bag-info", |day| flip_in(day, 1, "bag-info.txt", 25)),
    ("TAMPERED", "a bit of the SSH signature", |day| flip_in(day, 1, "station.sshsig", 200)),
    ("TAMPERED", "a bit of the raw signature", |day| flip_in(day, 1, "station.ed25519", 20)),
    ("TAMPERED", "a bit of the key file", |day| flip_in(day, 1, "station.pem", 60)),
    ("TAMPERED", "a bit of the closing act", |day| {
        let at = offset_in_part(&after(day), "closing-act.json");
        flip(&after(day), at + 40, 0);
    }),
    ("TAMPERED", "a local header's check sum", |day| {
        let at = offset_in_part(&day.part(1), "entrance-1/000000.mp4");
        flip(&day.part(1), at - 60, 0);
    }),
    ("TAMPERED", "a ZIP with something before it", |day| wrap(day, b"before", b"")),
    ("TAMPERED", "a ZIP with something behind it", |day| wrap(day, b"", b"behind")),
    ("TAMPERED", "a part cut by one byte", |day| cut(day, |length| length - 1)),
    ("TAMPERED", "a part cut by its end record", |day| cut(day, |length| length - 22)),
    ("TAMPERED", "half a part", |day| cut(day, |length| length / 2)),
    ("TAMPERED", "a removed file", |day| {
        rewrite(&day.part(1), |files| files.retain(|(name, _)| !name.ends_with("000002.mp4")));
    }),
    ("TAMPERED", "an added file", |day| {
        rewrite(&day.part(1), |files| {
            files.push((format!("{}-01/data/more.txt", crate::day::day()), b"x".to_vec()))
        });
    }),
    ("TAMPERED", "an added tag file", |day| {
        rewrite(&day.part(1), |files| {
            files.push((format!("{}-01/more.txt", crate::day::day()), b"x".to_vec()))
        });
    }),
    ("TAMPERED", "a file of another folder", |day| {
        rewrite(&day.part(1), |files| files.push(("other/more.txt".to_owned(), b"x".to_vec())));
    }),
    ("TAMPERED", "two segments swapped", |day| swap(day, "entrance-1/000000", "entrance-1/000001")),
    ("TAMPERED", "a part signed with another key", |day| reseal(day, 1, &new_key(), |_| {})),
    ("TAMPERED", "a part signed anew with its key, a picture changed", |day| {
        reseal(day, 1, &day.key, |files| change(files, "000001.mp4", |bytes| bytes[900] ^= 1));
    }),
    ("TAMPERED", "a journal signed anew with a record less", |day| {
        reseal(day, 0, &day.key, |files| change(files, "records.jsonl", |bytes| remove_line(bytes, 4)));
    }),
    ("TAMPERED", "a journal signed anew with a record changed", |day| {
        reseal(day, 0, &day.key, |files| {
            change(files, "records.jsonl", |bytes| replace(bytes, "\"first\"", "\"linked\""))
        });
    }),
    ("TAMPERED", "a journal signed anew with a key twice", |day| {
        reseal(day, 0, &day.key, |files| {
            change(files, "records.jsonl", |bytes| {
                replace(bytes, "\"restart\":0", "\"restart\":0,\"restart\":0")
            });
        });
    }),
    ("TAMPERED", "a journal signed anew without its last checkpoint", |day| {
        reseal(day, 0, &day.key, |files| {
            change(files, "checkpoints.txt", |bytes| {
                let text = String::from_utf8(std::mem::take(bytes)).unwrap();
                let last = text.rfind("invigil/77").map(|at| text[..at].rfind("\n\n").unwrap() + 2).unwrap();
                let last = text[..last].rfind("\n\ninvigil/").map_or(last, |at| at + 2);
                *bytes = text.as_bytes()[..last].to_vec();
            });
        });
    }),
    ("TAMPERED", "a day of another school, signed anew", |day| {
        reseal(day, 0, &day.key, |files| {
            change(files, "day.json", |bytes| replace(bytes, "Москва", "Казань"))
        });
    }),
    ("CANNOT_VERIFY", "a day of a later format alone", |day| {
        reseal(day, 0, &day.key, |files| {
            change(files, "day.json", |bytes| replace(bytes, "\"format\": 1", "\"format\": 2"))
        });
    }),
    ("TAMPERED", "a part of another station's day of that name", |day| {
        fs::copy(seal_day(None).part(1), day.part(1)).unwrap();
    }),
    ("TAMPERED", "two parts of one number", |day| {
        fs::copy(seal_day(None).part(2), day.folder.path().join("copy.zip")).unwrap();
    }),
];

#[test]
fn the_page_says_of_each_archive_what_the_program_says() {
    let mut browser = Browser::new();
    for (_, name, change) in CHANGES {
        let day = seal_day(None);
        change(&day);
        compare(&mut browser, name, day.folder.path(), &options(), "");
    }
}

#[test]
fn every_change_gives_the_verdict_that_it_should() {
    for (verdict, name, change) in CHANGES {
        let day = seal_day(None);
        change(&day);
        let report = day.verify();
        // What the later format hides may be missed by what follows: the worst of it counts.
        if *verdict != "CANNOT_VERIFY" || report.integrity.word() != "TAMPERED" {
            assert_eq!(report.integrity.word(), *verdict, "{name}: {:?}", report.faults);
        }
    }
}

#[test]
fn a_flipped_bit_anywhere_is_noticed_by_both() {
    let mut browser = Browser::new();
    let day = seal_day(None);
    for number in [0, 1] {
        let whole = fs::read(day.part(number)).unwrap();
        // Some places all over the part, each time another bit.
        for place in (7..whole.len()).step_by(whole.len() / 12) {
            flip(&day.part(number), place as u64, (place % 8) as u8);
            let name = format!("part {number}, byte {place}");
            let program = day.verify();
            let told = browser.verification(&files_in(day.folder.path()), None, "");
            assert_ne!(program.integrity.word(), "VALID", "{name}");
            assert_eq!(told["report"]["integrity"], program.integrity.word(), "{name}");
            // The program derives what stands behind the fragments anew: it may find more places.
            let program = without_details(serde_json::to_value(&program).unwrap());
            let page = without_details(told["report"].clone());
            for fault in page["faults"].as_array().unwrap() {
                assert!(program["faults"].as_array().unwrap().contains(fault), "{name}: {fault}");
            }
            fs::write(day.part(number), &whole).unwrap();
        }
    }
}

#[test]
fn restarts_signers_and_acts_count_alike() {
    let mut browser = Browser::new();
    for link in [Link::Linked, Link::Unlinked] {
        let day = seal_day(Some(link));
        compare(&mut browser, "a restart", day.folder.path(), &options(), "");
        let act = day.act.text();
        let typed = VerifyOptions { act: act.parse().ok(), ..options() };
        assert!(typed.act.is_some());
        compare(&mut browser, "with its acts", day.folder.path(), &typed, &act);
        let wrong = format!("opening {0} closing {0} restarts 7", day.act.opening_code);
        let typed = VerifyOptions { act: wrong.parse::<Act>().ok(), ..options() };
        compare(&mut browser, "with other acts", day.folder.path(), &typed, &wrong);
    }
    let day = seal_day(None);
    let key = day.key.public();
    for line in [
        format!("station {key}"),
        format!("station namespaces=\"invigil-*,!x\",valid-after=\"20200101Z\" {key}"),
        format!("station valid-before=\"20200101Z\" {key}"),
        format!("station namespaces=\"file\" {key}"),
        format!("station {}", new_key().public()),
        format!("*@x cert-authority {key}"),
        "station ssh-dss AAAAB3NzaC1kc3M=".to_owned(),
    ] {
        let listed = tempfile::tempdir().unwrap();
        let path = listed.path().join("signers");
        fs::write(&path, format!("# the region's\n\n{line}\n")).unwrap();
        let signers = Some(AllowedSigners::parse(&line).unwrap());
        let program = check(&day.paths(), &VerifyOptions { signers, ..options() });
        let page = browser.verification(&files_in(day.folder.path()), Some(&path), "");
        assert_eq!(page["report"]["provenance"], program.provenance.word(), "{line}");
    }
}

#[test]
fn a_revoked_key_counts_for_nothing_and_its_list_is_read_alike() {
    let mut browser = Browser::new();
    let day = seal_day(None);
    let lists = tempfile::tempdir().unwrap();
    let [signers, revoked] = ["signers", "revoked"].map(|name| lists.path().join(name));
    let known = format!("station {}\n", day.key.public());
    fs::write(&signers, &known).unwrap();
    for list in [
        format!("# lost\n{} main\n", day.key.public()),
        format!("{}\n", new_key().public()),
        "ssh-dss AAAAB3NzaC1kc3M=\n".to_owned(),
        "station ssh-ed25519 AAAA\n".to_owned(),
        "SSHKRL\n".to_owned(),
        "ssh-ed25519 AAAA\n".to_owned(),
    ] {
        fs::write(&revoked, &list).unwrap();
        let mut trusted = AllowedSigners::parse(&known).unwrap();
        let read = trusted.revoke(list.as_bytes());
        let page = browser.verification_revoked(&files_in(day.folder.path()), &signers, &revoked);
        if read.is_err() {
            assert!(page["problem"].is_string(), "{list}: {page}");
            continue;
        }
        let program = check(&day.paths(), &VerifyOptions { signers: Some(trusted), ..options() });
        let program = serde_json::to_value(program).unwrap();
        for key in ["provenance", "warnings", "faults"] {
            assert_eq!(page["report"][key], program[key], "{list}: {key}, the page's first");
        }
    }
}

#[test]
fn encrypted_parts_alone_are_said_to_be_no_fault() {
    let mut browser = Browser::new();
    let day = seal_day(None);
    let sealed = tempfile::tempdir().unwrap();
    for part in day.paths() {
        for path in files_in(&part) {
            let name = format!("{}.age", path.file_name().unwrap().to_str().unwrap());
            fs::copy(&path, sealed.path().join(name)).unwrap();
        }
    }
    let told = browser.verification(&files_in(sealed.path()), None, "");
    assert!(told["problem"].as_str().unwrap().contains("age -d"), "{told}");
    let program = check(&[sealed.path().to_owned()], &options());
    let ids: Vec<_> = program.faults.iter().map(|fault| fault.message.id.as_str()).collect();
    assert_eq!((program.integrity.word(), ids), ("CANNOT_VERIFY", vec!["archive-encrypted-all"]));
}

/// What both say of a folder; a difference in more than the wording of a detail fails the test.
pub fn compare(
    browser: &mut Browser,
    name: &str,
    folder: &Path,
    options: &VerifyOptions,
    act: &str,
) -> Report {
    let report = check(&[folder.to_owned()], options);
    let told = browser.verification(&files_in(folder), None, act);
    assert!(told["problem"].is_null(), "{name}: {told}");
    let program = without_details(serde_json::to_value(&report).unwrap());
    let page = without_details(told["report"].clone());
    for key in COMPARED {
        assert_eq!(page[key], program[key], "{name}: {key}, the page's first");
    }
    // Of what only informs, a newer program may say more.
    for warning in page["warnings"].as_array().unwrap() {
        assert!(program["warnings"].as_array().unwrap().contains(warning), "{name}: {warning}");
    }
    report
}

/// Details are told in the words of whoever found them.
fn without_details(mut report: Value) -> Value {
    for list in ["faults", "warnings"] {
        for found in report[list].as_array_mut().unwrap() {
            if let Some(args) = found["message"]["args"].as_object_mut() {
                args.remove("detail");
                if args.is_empty() {
                    found["message"] = json!({ "id": found["message"]["id"] });
                }
            }
        }
    }
    report
}

fn after(day: &Archive) -> PathBuf {
    day.folder.path().join(format!("{}-after-1.zip", crate::day::day()))
}

fn rename(day: &Archive, part: u32, name: &str) {
    fs::rename(day.part(part), day.folder.path().join(name)).unwrap();
}

fn flip_in(day: &Archive, part: u32, file: &str, at: u64) {
    let path = day.part(part);
    flip(&path, offset_in_part(&path, file) + at, 0);
}

fn wrap(day: &Archive, before: &[u8], behind: &[u8]) {
    let whole = fs::read(day.part(1)).unwrap();
    fs::write(day.part(1), [before, &whole, behind].concat()).unwrap();
}

fn cut(day: &Archive, length: fn(usize) -> usize) {
    let whole = fs::read(day.part(1)).unwrap();
    fs::write(day.part(1), &whole[..length(whole.len())]).unwrap();
}

fn swap(day: &Archive, one: &str, other: &str) {
    rewrite(&day.part(1), |files| {
        let at = |end: String| files.iter().position(|(name, _)| name.ends_with(&end)).unwrap();
        let pairs = ["mp4", "idx"].map(|kind| (at(format!("{one}.{kind}")), at(format!("{other}.{kind}"))));
        for (a, b) in pairs {
            let taken = std::mem::take(&mut files[a].1);
            files[a].1 = std::mem::replace(&mut files[b].1, taken);
        }
    });
}

/// Seals a part anew as somebody with this key would, after a change of its files.
fn reseal(day: &Archive, part: u32, key: &invigil::signing::DeviceKey, change: impl FnOnce(&mut Files)) {
    let mut files = files_of(&day.part(part));
    change(&mut files);
    fs::remove_file(day.part(part)).unwrap();
    let mut writer =
        PartWriter::create(day.folder.path(), &crate::day::day(), part, Group::Delivered).unwrap();
    for (name, bytes) in &files {
        if let Some((_, path)) = name.split_once("/data/") {
            writer.append_bytes(&path.parse().unwrap(), bytes).unwrap();
        }
    }
    writer.close(&info(), key).unwrap();
}

fn change(files: &mut Files, end: &str, change: impl FnOnce(&mut Vec<u8>)) {
    change(&mut files.iter_mut().find(|(name, _)| name.ends_with(end)).unwrap().1);
}

fn replace(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(std::mem::take(bytes)).unwrap();
    assert!(text.contains(from), "{from}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

fn remove_line(bytes: &mut Vec<u8>, number: usize) {
    let lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    *bytes =
        lines.iter().enumerate().filter(|(at, _)| *at != number).flat_map(|(_, line)| line.clone()).collect();
}
