//! What is secret stays in the private folder: over a whole day nothing that is said, logged, recorded,
//! sealed or copied holds a PIN, a camera's password or a key.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command as Process, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use invigil::journal::RoomRange;
use invigil::signing::{DeviceKey, Digest};
use invigil::station::client::{Dialogue, READY};
use invigil::station::protocol::{
    Answer, Approval, Command, CopyState, Pin, ProfileCommand, ProfileText, View,
};

use crate::killed::{Running, dial};
use crate::point::*;

const PINS: [(&str, &str); 4] = [
    ("technician", "83920174"),
    ("point-head", "59028374"),
    ("commission-member", "70293845"),
    ("observer", "61839205"),
];
const WRONG_PIN: &str = "40918273";
const USER: &str = "wachmann";
const PASSWORD: &str = "Gehe1m-4711";

/// What may be found nowhere, with a name for it.
type Secrets = BTreeSet<(Vec<u8>, String)>;

fn pin_of(person: &str) -> Pin {
    Pin(PINS.iter().find(|(name, _)| *name == person).unwrap().1.to_owned())
}

fn approval() -> Option<Approval> {
    Some(Approval { person: "point-head".parse().unwrap(), pin: pin_of("point-head") })
}

/// A text as it is, and as Basic authentication and addresses write it.
fn plant(secrets: &mut Secrets, text: &str) {
    for form in [text.to_owned(), STANDARD.encode(text), format!("{}", Digest::of(text.as_bytes()))] {
        secrets.insert((form.into_bytes(), text.to_owned()));
    }
}

/// A key's 32 bytes as they are, in hex and in base 64.
fn plant_seed(secrets: &mut Secrets, seed: &[u8], what: &str) {
    let Ok(bytes) = <[u8; 32]>::try_from(seed) else { panic!("{what}") };
    for form in [seed.to_vec(), Digest(bytes).to_string().into_bytes(), STANDARD.encode(seed).into_bytes()] {
        secrets.insert((form, what.to_owned()));
    }
}

/// The secrets that the private folder holds at this moment.
fn gather(secrets: &mut Secrets, data: &Path) {
    let key = fs::read(DeviceKey::path_in(data)).unwrap();
    // PKCS#8: an octet string in an octet string.
    if let Some(at) = position(&key, &[0x04, 0x22, 0x04, 0x20]) {
        plant_seed(secrets, &key[at + 4..at + 36], "device key");
    }
    for entry in fs::read_dir(data.join("private")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = fs::read(&path) else { continue };
        for slot in bytes.chunks(4096).filter(|slot| slot.starts_with(b"invigil epoch ")) {
            plant_seed(secrets, &slot[24..56], "epoch key");
        }
        let text = String::from_utf8_lossy(&bytes);
        for hash in text.split('"').filter(|word| word.starts_with("$argon2")) {
            secrets.insert((hash.as_bytes().to_vec(), "PIN's verifier".to_owned()));
        }
    }
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn assert_holds_none(secrets: &Secrets, bytes: &[u8], place: &str) {
    for (secret, what) in secrets {
        assert!(position(bytes, secret).is_none(), "{what} in {place}");
    }
}

/// Every file below a folder but for what is private by intent.
fn search(secrets: &Secrets, folder: &Path, private: &[&Path]) -> usize {
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if private.contains(&path.as_path()) {
            continue;
        }
        assert_holds_none(secrets, path.to_string_lossy().as_bytes(), "a file's name");
        if path.is_dir() {
            files += search(secrets, &path, private);
        } else if let Ok(bytes) = fs::read(&path) {
            // Journals end in zeros that were only reserved.
            let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
            assert_holds_none(secrets, &bytes[..end], &path.display().to_string());
            files += 1;
        }
    }
    files
}

fn begin(client: &mut Dialogue) {
    for (person, _) in PINS {
        client.ask(Command::SetPin { person: person.parse().unwrap(), pin: pin_of(person) }).unwrap();
    }
    let technician = || "technician".parse().unwrap();
    let wrong = Command::SignIn { person: technician(), pin: Pin(WRONG_PIN.to_owned()) };
    client.ask(wrong).unwrap_err();
    client.ask(Command::SignIn { person: technician(), pin: pin_of("technician") }).unwrap();
}

/// Looks at the profile, and puts one in its place that differs in a name.
fn change_profile(client: &mut Dialogue, secrets: &Secrets) {
    let shown = client.ask(Command::Profile(ProfileCommand::Read)).unwrap();
    assert_holds_none(secrets, &serde_json::to_vec(&shown).unwrap(), "the profile as the window shows it");
    let Answer::Profile(shown) = shown else { panic!("{shown:?}") };
    let text = ProfileText(shown.text.0.replace("Школа № 101", "Школа № 7"));
    let save = ProfileCommand::Save { text, base: shown.base, logins: Vec::new() };
    client.ask_with(Command::Profile(save), approval()).unwrap();
    client.wait_for(PATIENCE, |view: &View| view.point.name == "Школа № 7").unwrap();
}

#[test]
fn no_secret_leaves_the_private_folder_in_a_whole_day() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    // Nobody listens there.
    let camera = format!("rtsp://{USER}:{PASSWORD}@127.0.0.1:9/live");
    let profile = data.join("profile.toml");
    let text = profile_text().replace("pattern:entrance", &camera);
    assert!(text.contains(&camera));
    fs::write(&profile, text).unwrap();
    let mut secrets = Secrets::new();
    PINS.iter().for_each(|(_, pin)| plant(&mut secrets, pin));
    for text in [WRONG_PIN, PASSWORD, USER, &format!("{USER}:{PASSWORD}")] {
        plant(&mut secrets, text);
    }

    let log = folder.path().join("stderr");
    let mut child = Process::new(env!("CARGO_BIN_EXE_invigil"))
        .args(["--lang", "ru", "--data"])
        .arg(&data)
        .arg("station")
        .env("INVIGIL_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let station = Running(child);
    assert_eq!(line.trim(), READY);
    let mut client = dial(&data);
    begin(&mut client);
    change_profile(&mut client, &secrets);
    client.ask(Command::PlanDay).unwrap();
    gather(&mut secrets, &data);
    record(&mut client);
    let written = |view: &View| view.live.cameras.values().any(|camera| camera.frames >= 30);
    client.wait_for(PATIENCE, written).unwrap();
    gather(&mut secrets, &data);
    let open = Command::OpenAccess {
        rooms: RoomRange { first: "0001".parse().unwrap(), last: "0001".parse().unwrap() },
        action: "check".into(),
        reason: "проверка ракурса".into(),
        time_from: "8:05".into(),
    };
    client.ask_with(open, approval()).unwrap();
    let close =
        Command::CloseAccess { access: 1, result: "исправен".into(), time_to: "08:10".into() };
    client.ask(close).unwrap();
    let stop = Command::StopRecording { cameras: Vec::new(), handover_done: true, reason: String::new() };
    client.ask_with(stop, approval()).unwrap();
    wait_until_stopped(&mut client);
    gather(&mut secrets, &data);
    explain_outages(&mut client);
    seal(&mut client);
    let stick = folder.path().join("stick");
    client.ask(Command::CopyTo { target: stick.display().to_string() }).unwrap();
    let copied = |view: &View| view.live.copies.iter().any(|copy| copy.state == CopyState::Verified);
    client.wait_for(PATIENCE, copied).unwrap();
    let view = client.view().unwrap();
    assert_holds_none(&secrets, &serde_json::to_vec(view).unwrap(), "what the window is told");
    let archive = view.live.archive_folder.clone();
    let records = client.ask(Command::Records { from: 0, count: 1000 }).unwrap();
    assert_holds_none(&secrets, format!("{records:?}").as_bytes(), "the records as the window shows them");
    drop(station);

    for arguments in [vec!["verify", "--json", &archive], vec!["keys", "show"], vec!["check"], vec!["point"]]
    {
        let mut program = Process::new(env!("CARGO_BIN_EXE_invigil"));
        program.args(["--lang", "ru", "--data"]).arg(&data).args(&arguments).env("INVIGIL_LOG", "trace");
        let said = program.output().unwrap();
        let said = [said.stdout, said.stderr].concat();
        assert_holds_none(&secrets, &said, &arguments.join(" "));
    }
    let kinds: BTreeSet<&str> = secrets.iter().map(|(_, what)| what.as_str()).collect();
    for kind in ["device key", "epoch key", "PIN's verifier"] {
        assert!(kinds.contains(kind), "{kinds:?}");
    }
    let before = data.join("profile.toml.old");
    assert!(position(&fs::read(&profile).unwrap(), camera.as_bytes()).is_some(), "the login is kept");
    let files = search(&secrets, folder.path(), &[&data.join("private"), &profile, &before]);
    assert!(files > 8, "{files}");
    assert!(search(&secrets, &stick, &[]) >= 3);
}
