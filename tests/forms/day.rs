//! The forms of a rehearsed day.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use super::{pages, pdf_text, said};

/// A data folder with a whole day in it, what was prepared for it and what followed it. Its archive was copied
/// onto a medium of its own, if this computer lets one be mounted.
fn rehearsed(folder: &Path) -> PathBuf {
    let rehearse =
        ["rehearse", "--seconds", "6", "--cameras", "pattern", "--all-checklists", "--json", "--out"];
    // A form of the region's own is rehearsed too.
    fs::create_dir_all(folder.join("data/forms")).unwrap();
    fs::write(folder.join("data/forms/outage-record.toml"), own_outage_record()).unwrap();
    let mut program = match has_media() {
        true => with_medium(folder),
        false => Command::new(env!("CARGO_BIN_EXE_invigil")),
    };
    program.args(["--lang", "en", "--data"]).arg(folder.join("data"));
    let said = said(program.args(rehearse).arg(folder.join("out")));
    let result: Value = serde_json::from_str(&said).unwrap();
    let phases = result["phases"].as_array().unwrap().iter().map(|phase| phase["phase"].as_str().unwrap());
    let checked: Vec<&str> =
        phases.filter(|phase| ["prepare", "open", "check", "exam", "end", "close"].contains(phase)).collect();
    let prepared = ["prepare", "prepare", "prepare", "open", "check"];
    assert_eq!(checked, [&prepared[..], &["exam", "exam", "end", "close"]].concat());
    let rehearsals = folder.join("data/rehearsals");
    fs::read_dir(rehearsals).unwrap().next().unwrap().unwrap().path()
}

/// Only root mounts a loop device.
#[cfg(target_os = "linux")]
fn has_media() -> bool {
    rustix::process::getuid().is_root()
}

#[cfg(not(target_os = "linux"))]
fn has_media() -> bool {
    false
}

/// The program with a file system of its own in `out`: a loop device, which has no serial number.
fn with_medium(folder: &Path) -> Command {
    let prepare = "set -e; truncate -s 64M disk; mkfs.ext4 -q -m 0 disk; mkdir out; mount -o loop disk out; exec \"$@\"";
    let mut program = Command::new("unshare");
    program.args(["-m", "sh", "-c", prepare, "sh"]).arg(env!("CARGO_BIN_EXE_invigil")).current_dir(folder);
    program
}

/// By the device's own number if it has one; what has none is said to have none.
fn the_handover_names_its_medium(day: &Path) {
    for form in ["copies", "handover-act"] {
        let told: Value = serde_json::from_str(&stdout(&form_json(day, form))).unwrap();
        let copy = &told["tables"]["copies"][0];
        let expected = if has_media() { "form-no-serial" } else { "form-no-medium" };
        assert_eq!((&copy["serial"]["id"], &copy["verified"]), (&expected.into(), &true.into()), "{form}");
    }
}

fn form(data: &Path, language: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_invigil"));
    command.args(["--lang", language, "--data"]).arg(data).arg("form").args(arguments);
    command.output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_sealed_day_is_on_paper() {
    let folder = tempfile::tempdir().unwrap();
    let data = rehearsed(folder.path());
    every_form_is_filled_in_and_reads_in_both_languages(&data);
    forms_say_what_the_day_was(&data);
    what_can_t_be_made_is_told(&data);
    the_archive_holds_them(folder.path(), &data);
    part_00_holds_every_form_there_is(folder.path(), &data);
    the_handover_names_its_medium(&data);
    the_archive_holds_the_point_s(folder.path(), &data);
    the_archive_fills_them_in_again(folder.path(), &data);
    #[cfg(target_os = "linux")]
    super::printing::a_form_is_printed_or_refused_with_a_reason(&data);
}

/// Part 00 has the forms and their data; the closing act lies beside it. The sums are in the signed lists.
fn the_archive_holds_them(folder: &Path, day: &Path) {
    let days = fs::read_dir(day.join("days")).unwrap().next().unwrap().unwrap();
    let (archive, name) = (days.path().join("archive"), days.file_name().into_string().unwrap());
    for (part, form, title) in
        [("00", "access-log-b", "Журнал доступа"), ("after-1", "closing-act", "Акт о закрытии")]
    {
        let part = archive.join(format!("{name}-{part}.zip"));
        let into = folder.join("unpacked");
        said(Command::new("unzip").arg("-q").arg(&part).arg("-d").arg(&into));
        let forms = into.join(part.file_stem().unwrap()).join("data/forms");
        let text = pdf_text(&forms.join(format!("{form}.pdf")));
        assert!(text.contains(title), "{text}");
        let data = fs::read(forms.join(format!("{form}.json"))).unwrap();
        let hash = invigil::signing::Digest::of(&data).to_string();
        assert!(text.contains(&hash[..16]), "the paper names its data: {text}");
        assert!(forms.join(format!("{form}.xlsx")).exists());
        let before: Value = serde_json::from_slice(&data).unwrap();
        let now: Value = serde_json::from_str(&stdout(&form_json(day, form))).unwrap();
        assert_eq!(before, now, "the command says what the archive says");
    }
}

/// None is forgotten, be it added later; the closing act and what follows it are there as far as they can be.
fn part_00_holds_every_form_there_is(folder: &Path, day: &Path) {
    let name = fs::read_dir(day.join("days")).unwrap().next().unwrap().unwrap().file_name();
    let name = name.to_str().unwrap();
    let forms = folder.join(format!("unpacked/{name}-00/data/forms"));
    let listed = forms_of_the_point(day);
    let listed = listed.iter().map(|form| form["form"].as_str().unwrap());
    let mut expected: Vec<String> =
        listed.flat_map(|form| ["pdf", "xlsx", "json"].map(|ending| format!("{form}.{ending}"))).collect();
    expected.sort();
    let mut found: Vec<String> =
        fs::read_dir(&forms).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    assert_eq!(found, expected);
    assert!(pdf_text(&forms.join("outage-record.pdf")).contains("Форма ВН-7"));
    let read = |form: &str| -> Value {
        serde_json::from_slice(&fs::read(forms.join(format!("{form}.json"))).unwrap()).unwrap()
    };
    let (then, now) = (read("closing-act"), stdout(&form_json(day, "closing-act")));
    let now: Value = serde_json::from_str(&now).unwrap();
    assert_eq!(then["fields"], now["fields"]);
    let (then, now) = (&then["tables"]["parts"], &now["tables"]["parts"]);
    assert_eq!(then[1], now[1], "the video's part");
    assert_eq!((&then[0]["file"], &then[0]["group"]), (&now[0]["file"], &now[0]["group"]));
    assert_eq!((&then[0]["bytes"], &then[0]["sha256"]["id"]), (&Value::Null, &"form-part-beside".into()));
    let beside = pdf_text(&forms.join("closing-act.pdf"));
    assert!(beside.contains("указана в"), "{beside}");
    for form in ["copies", "handover-act"] {
        assert_eq!(read(form)["tables"]["parts"], *then, "{form}");
        assert_eq!(read(form)["tables"]["copies"], serde_json::json!([]), "{form}");
    }
    assert_eq!(read("handover-act")["fields"]["state"], "to_come");
    let lists = read("preparation-act")["tables"]["lists"].as_array().unwrap().len();
    assert_eq!(lists, 3, "two weeks, five days, a day before");
}

/// Part 00, unpacked, has the forms of the point as they were when the day ended; the command still knows.
fn the_archive_holds_the_point_s(folder: &Path, day: &Path) {
    let name = fs::read_dir(day.join("days")).unwrap().next().unwrap().unwrap().file_name();
    let name = name.to_str().unwrap();
    for id in ["equipment-list", "equipment-movements", "briefing-sheet", "preparation-act"] {
        let file = folder.join(format!("unpacked/{name}-00/data/forms/{id}.pdf"));
        assert!(pdf_text(&file).contains("Школа № 101"), "{id}");
        let then: Value = serde_json::from_slice(&fs::read(file.with_extension("json")).unwrap()).unwrap();
        let now = stdout(&form(day, "en", &["json", id, "--day", name]));
        assert_eq!(then, serde_json::from_str::<Value>(&now).unwrap(), "{id}");
        let newer: Value = serde_json::from_str(&stdout(&form_json(day, id))).unwrap();
        assert_ne!(then["records"], newer["records"], "the seal was recorded after it");
    }
}

/// Far from the point: the same values, and on the paper what the archive is worth.
fn the_archive_fills_them_in_again(folder: &Path, day: &Path) {
    let days = fs::read_dir(day.join("days")).unwrap().next().unwrap().unwrap();
    let copy = folder.join("received");
    fs::create_dir(&copy).unwrap();
    for part in fs::read_dir(days.path().join("archive")).unwrap() {
        let part = part.unwrap();
        fs::copy(part.path(), copy.join(part.file_name())).unwrap();
    }
    let archive = copy.to_str().unwrap();
    for id in ["access-log-b", "functioning", "closing-act"] {
        let here: Value = serde_json::from_str(&stdout(&form_json(day, id))).unwrap();
        let there: Value =
            serde_json::from_str(&stdout(&form(day, "en", &["json", id, "--archive", archive]))).unwrap();
        assert_eq!(here, there, "{id}");
    }
    let paper = folder.join("from-archive.pdf");
    let make = || {
        let out = paper.to_str().unwrap();
        form(day, "en", &["pdf", "access-log-b", "--archive", archive, "--out", out])
    };
    assert!(stdout(&make()).contains("VALID"));
    let text = pdf_text(&paper);
    assert!(text.contains("VALID") && text.contains("Орлов"), "{text}");
    let verdict = folder.join("verification.pdf");
    let out = ["pdf", "verification", "--archive", archive, "--out", verdict.to_str().unwrap()];
    stdout(&form(day, "ru", &out));
    let text = pdf_text(&verdict);
    assert!(text.contains("VALID: всё на месте") && text.contains("Нарушений: 0."), "{text}");
    let listed = stdout(&form(day, "en", &["list", "--archive", archive]));
    assert!(listed.contains("labels — Labels for equipment (can't be filled in yet)"), "{listed}");
    let labels = form(day, "en", &["pdf", "labels", "--archive", archive]);
    assert_eq!(labels.status.code(), Some(38));

    let name = days.file_name().into_string().unwrap();
    let video = copy.join(format!("{name}-01.zip"));
    let mut bytes = fs::read(&video).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&video, bytes).unwrap();
    assert_eq!(make().status.code(), Some(2));
    assert!(pdf_text(&paper).contains("TAMPERED"));
    let nothing = tempfile::tempdir().unwrap();
    let nowhere = form(day, "en", &["pdf", "access-log-b", "--archive", nothing.path().to_str().unwrap()]);
    assert_eq!(nowhere.status.code(), Some(36));
}

/// All but what is told of an archive from outside.
fn forms_of_the_point(day: &Path) -> Vec<Value> {
    let listed: Vec<Value> = serde_json::from_str(&stdout(&form(day, "en", &["list", "--json"]))).unwrap();
    listed.into_iter().filter(|form| form["of"] != "archive").collect()
}

fn form_json(day: &Path, id: &str) -> Output {
    form(day, "en", &["json", id])
}

fn every_form_is_filled_in_and_reads_in_both_languages(day: &Path) {
    let listed = forms_of_the_point(day);
    assert!(listed.len() >= 10 && listed.iter().all(|form| form["known"] == true), "{listed:?}");
    let folder = tempfile::tempdir().unwrap();
    for one in &listed {
        let id = one["form"].as_str().unwrap();
        if id == "labels" {
            // Sheets of labels have no head; tests/station reads them.
            continue;
        }
        let data: Value = serde_json::from_str(&stdout(&form(day, "en", &["json", id]))).unwrap();
        for language in ["ru", "en"] {
            let file = folder.path().join(format!("{id}-{language}.pdf"));
            stdout(&form(day, language, &["pdf", id, "--out", file.to_str().unwrap()]));
            let text = pdf_text(&file);
            assert!(text.contains("0101"), "{id}: {text}");
            assert!(!text.contains('\u{25a1}'), "{id} in {language} has a box: {text}");
            let pages = pages(&file, folder.path());
            let code = &pages[0].codes()[0];
            assert!(code.starts_with(&format!("form {id}\nof 77-0101-")), "{code}");
            assert!(code.contains(data["head"].as_str().unwrap()), "{code}");
        }
    }
}

fn forms_say_what_the_day_was(day: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let of = |id: &str| {
        let file = folder.path().join(format!("{id}.pdf"));
        stdout(&form(day, "ru", &["pdf", id, "--out", file.to_str().unwrap()]));
        pdf_text(&file)
    };
    let log = of("access-log-b");
    for words in ["Журнал доступа к средствам видеонаблюдения", "Орлов Пётр", "Берёзкина", "технический"]
    {
        assert!(log.contains(words), "{words}: {log}");
    }
    let act = Command::new(env!("CARGO_BIN_EXE_invigil"))
        .arg("--data")
        .arg(day)
        .args(["act", "closing", "--json"])
        .output()
        .unwrap();
    let act: Value = serde_json::from_slice(&act.stdout).unwrap();
    let closing = of("closing-act");
    for code in [&act["opening_code"], &act["closing"]["closing_code"]] {
        assert!(closing.contains(code.as_str().unwrap()), "{code}: {closing}");
    }
    let hash = act["closing"]["parts"][0]["sha256"].as_str().unwrap();
    let solid: String = closing.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(solid.contains(&hash[..32]), "{hash}: {closing}");
    assert!(of("opening-act").contains(act["opening_code"].as_str().unwrap()));
    assert!(of("functioning").contains("Есть видео, %"));
}

/// The built-in one under another title.
fn own_outage_record() -> String {
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/forms/outage-record.toml");
    fs::read_to_string(built_in).unwrap().replace("Сведения о перерывах", "Форма ВН-7: перерывы")
}

#[test]
fn a_region_replaces_a_form_and_learns_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("forms");
    fs::create_dir(&own).unwrap();
    let (file, text) = (own.join("outage-record.toml"), own_outage_record());
    fs::write(&file, &text).unwrap();
    assert!(stdout(&form(folder.path(), "en", &["lint"])).contains("1 of them your own"));
    fs::write(&file, text.replace("id = \"lost\"", "id = \"salary\"")).unwrap();
    fs::write(own.join("holiday.toml"), "").unwrap();
    let refused = form(folder.path(), "en", &["lint"]);
    let said = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert_eq!(refused.status.code(), Some(34));
    assert!(
        said.contains("outage-record.toml:") && said.contains("salary") && said.contains("lost_seconds"),
        "{said}"
    );
    assert!(said.contains("holiday.toml"), "{said}");
}

fn what_can_t_be_made_is_told(day: &Path) {
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(form(empty.path(), "en", &["pdf", "closing-act"]).status.code(), Some(31));
    let unknown = form(day, "en", &["pdf", "nothing"]);
    assert_eq!(unknown.status.code(), Some(64));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("access-log-b"));
    let nowhere = form(day, "en", &["pdf", "functioning", "--out", "/no/such/folder/x.pdf"]);
    assert_eq!(nowhere.status.code(), Some(30));
}
