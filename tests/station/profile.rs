//! The point's profile, changed through the station: who may, when, and how it is taken up.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use invigil::archive::Integrity;
use invigil::day::Stage;
use invigil::i18n::Message;
use invigil::journal::{Event, Journal, JournalPlace, PointDocument, ProfileChanged, Record};
use invigil::point::DEMO_PROFILE;
use invigil::signing::Digest;
use invigil::station::client::{Dialogue, DialogueError};
use invigil::station::protocol::{
    Answer, Approval, Command, Passphrase, ProfileCommand, ProfileShown, ProfileText, TypedLogin, View,
};
use invigil::station::{DataFolder, StationError};

use crate::killed::{dial, launch};
use crate::point::*;

fn read(client: &mut Dialogue) -> ProfileShown {
    match client.ask(Command::Profile(ProfileCommand::Read)).unwrap() {
        Answer::Profile(shown) => *shown,
        other => panic!("{other:?}"),
    }
}

fn save_with(
    client: &mut Dialogue,
    text: &str,
    base: Option<Digest>,
    logins: Vec<TypedLogin>,
    approval: Option<Approval>,
) -> Result<(), Message> {
    let save = ProfileCommand::Save { text: ProfileText(text.to_owned()), base, logins };
    match client.ask_with(Command::Profile(save), approval) {
        Ok(answer) => {
            assert_eq!(answer, Answer::Done);
            Ok(())
        }
        Err(DialogueError::Refused(message)) => Err(message),
        Err(error) => panic!("{error}"),
    }
}

fn save(client: &mut Dialogue, text: &str, base: Option<Digest>) -> Result<(), Message> {
    save_with(client, text, base, Vec::new(), head())
}

fn refused(result: Result<(), Message>) -> String {
    result.unwrap_err().id
}

fn changes(folder: &Path) -> Vec<(Record, ProfileChanged)> {
    let records = Journal::read::<PointDocument>(&JournalPlace::point(folder)).unwrap().records;
    let changed = |record: &Record| match &record.event {
        Event::ProfileChanged(changed) => Some((record.clone(), changed.clone())),
        _ => None,
    };
    records.iter().filter_map(changed).collect()
}

fn named(client: &mut Dialogue, name: &str) {
    client.wait_for(PATIENCE, |view: &View| view.point.name == name).unwrap();
}

#[test]
fn a_changed_profile_is_taken_up_at_once_and_told_in_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let (mut client, mut other) = (connect(&station), connect(&station));
    people(&mut client);
    let shown = read(&mut client);
    assert_eq!((shown.base, shown.text.0.len() > 1_000, shown.closed), (None, true, None));
    let rooms = other.view().unwrap().point.rooms.len();
    let room = "{ number = \"8002\", zone = \"entrance\"";
    let first = shown.text.0.replace("Школа № 101", "Школа № 7");
    let first = first
        .replace(room, &format!("{{ number = \"0009\", zone = \"gate\", name = \"Ворота\" }},\n    {room}"));
    save(&mut client, &first, None).unwrap();
    for client in [&mut client, &mut other] {
        named(client, "Школа № 7");
        assert_eq!(client.view().unwrap().point.rooms.len(), rooms + 1);
    }
    let view = client.view().unwrap();
    assert_eq!(view.signed_in.as_ref().map(|person| person.as_str()), Some("technician"), "still signed in");
    let path = folder.path().join("profile.toml");
    // The example's comment has a login too: it comes back as it was.
    let stored = fs::read_to_string(&path).unwrap();
    assert!(stored.contains("rtsp://user:password@host/path") && stored.contains("Школа № 7"));
    assert!(!folder.path().join("profile.toml.old").exists(), "there was none");

    let first = Digest::of(stored.as_bytes());
    let base = Some(first);
    let shown = read(&mut client);
    assert_eq!(shown.base, base);
    let second = shown.text.0.replace("Школа № 7", "Школа № 8");
    save(&mut client, &second, base).unwrap();
    named(&mut client, "Школа № 8");
    assert_eq!(fs::read_to_string(folder.path().join("profile.toml.old")).unwrap(), stored);
    begin_recorded_day(&mut client);
    end(station);
    let told = changes(folder.path());
    let new = Digest::of(&fs::read(&path).unwrap());
    let wanted = [ProfileChanged { old: None, new: first }, ProfileChanged { old: base, new }];
    assert_eq!(told.iter().map(|(_, changed)| changed.clone()).collect::<Vec<_>>(), wanted);
    let actor = &told[0].0.actor;
    let who = [&actor.person, &actor.approved_by].map(|person| person.as_ref().map(|person| person.as_str()));
    assert_eq!(who, [Some("technician"), Some("point-head")]);
}

/// The station works on as it does after any start.
fn begin_recorded_day(client: &mut Dialogue) {
    client.ask(Command::PlanDay).unwrap();
    record(client);
    wait_for_frames(client, 5);
    stop(client);
}

#[test]
fn whoever_may_not_change_it_does_not_and_no_open_day_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let text = read(&mut client).text.0;
    let changed = text.replace("Школа № 101", "Школа № 7");
    assert_eq!(refused(save_with(&mut client, &changed, None, vec![], None)), "refused-right");
    let observer = Some(Approval { person: "observer".parse().unwrap(), pin: pin() });
    assert_eq!(refused(save_with(&mut client, &changed, None, vec![], observer)), "refused-right");
    assert_eq!(refused(save(&mut client, &changed, Some(Digest::of(b"x")))), "refused-profile-stale");
    let wrong = text.replace("segment_seconds = 600", "segment_seconds = 1");
    assert_eq!(refused(save(&mut client, &wrong, None)), "fault-range");
    assert_eq!(refused(save(&mut client, &"#".repeat(200_000), None)), "refused-profile-long");
    client.ask(Command::PlanDay).unwrap();
    assert_eq!(refused(save(&mut client, &changed, None)), "refused-profile-day");
    assert_eq!(read(&mut client).closed.map(|why| why.id).as_deref(), Some("refused-profile-day"));
    let observer = Command::SignIn { person: "observer".parse().unwrap(), pin: pin() };
    client.ask(observer).unwrap();
    let looked = client.ask(Command::Profile(ProfileCommand::Read));
    assert!(matches!(looked, Err(DialogueError::Refused(message)) if message.id == "refused-looks-only"));
    end(station);
    assert!(changes(folder.path()).is_empty() && !folder.path().join("profile.toml").exists());
}

#[test]
fn a_camera_s_password_is_never_told_and_goes_to_no_other_host() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile.toml");
    let camera = "rtsp://admin:s3cret@127.0.0.1:9/live";
    let stored = DEMO_PROFILE.replace("pattern:corridor", camera);
    fs::write(&path, &stored).unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let ProfileShown { text, base, .. } = read(&mut client);
    assert!(!text.0.contains("s3cret") && !text.0.contains("admin:"), "hidden");
    let elsewhere = text.0.replace("@127.0.0.1:9/", "@127.0.0.2/");
    assert_eq!(refused(save(&mut client, &elsewhere, base)), "refused-login-moved");
    assert_eq!(refused(save(&mut client, &text.0, base)), "refused-profile-same");
    let mark = text.0.split("rtsp://").find_map(|rest| rest.split_once("@127.0.0.1:9/")).unwrap().0;
    let typed = text.0.replace(mark, "‹100001›").replace("Школа № 101", "Школа № 7");
    let login = TypedLogin { mark: 100_001, login: Passphrase("admin:n3w".into()) };
    save_with(&mut client, &typed, base, vec![login], head()).unwrap();
    named(&mut client, "Школа № 7");
    assert!(fs::read_to_string(&path).unwrap().contains("rtsp://admin:n3w@127.0.0.1:9/live"));
    end(station);
    let records = fs::read(JournalPlace::point(folder.path()).records()).unwrap();
    assert!(!String::from_utf8_lossy(&records).contains("n3w"));
}

#[test]
fn a_file_that_somebody_changed_counts_from_the_next_start_and_the_station_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile.toml");
    fs::write(&path, DEMO_PROFILE).unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let about = |client: &mut Dialogue| match client.ask(Command::Profile(ProfileCommand::About)).unwrap() {
        Answer::About(about) => *about,
        other => panic!("{other:?}"),
    };
    let before = about(&mut client);
    assert_eq!(before.profile.as_deref(), Some(path.display().to_string().as_str()));
    assert_eq!(
        (before.profile_sha256, before.profile_changed),
        (Some(Digest::of(DEMO_PROFILE.as_bytes())), false)
    );
    let base = read(&mut client).base;
    fs::write(&path, format!("{DEMO_PROFILE}\n# changed by hand\n")).unwrap();
    assert!(about(&mut client).profile_changed);
    let text = DEMO_PROFILE.replace("Школа № 101", "Школа № 7");
    assert_eq!(refused(save(&mut client, &text, base)), "refused-profile-stale");

    let take_up = |client: &mut Dialogue| client.ask_with(Command::Profile(ProfileCommand::TakeUp), head());
    fs::write(&path, text.replace("segment_seconds = 600", "segment_seconds = 1")).unwrap();
    let faulty = take_up(&mut client);
    assert!(matches!(faulty, Err(DialogueError::Refused(message)) if message.id == "fault-range"));
    fs::write(&path, &text).unwrap();
    take_up(&mut client).unwrap();
    named(&mut client, "Школа № 7");
    assert!(!about(&mut client).profile_changed);
    end(station);
    let (old, new) = (before.profile_sha256, Digest::of(text.as_bytes()));
    assert_eq!(changes(folder.path()).pop().map(|(_, told)| told), Some(ProfileChanged { old, new }));
}

#[test]
fn a_station_that_can_not_begin_anew_ends_with_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let ProfileShown { text, base, .. } = read(&mut client);
    fs::write(DataFolder::open(folder.path()).unwrap().pins(), "no list of PINs").unwrap();
    save(&mut client, &text.0.replace("Школа № 101", "Школа № 7"), base).unwrap();
    let error = station.join().unwrap_err();
    assert!(matches!(error, StationError::Pins(_)), "{error}");
}

#[test]
fn once_the_day_is_sealed_the_profile_is_changed_and_the_day_stays() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = recording(&station);
    wait_for_frames(&mut client, 20);
    stop(&mut client);
    explain_outages(&mut client);
    let ProfileShown { text, base, .. } = read(&mut client);
    let changed = text.0.replace("Школа № 101", "Школа № 7");
    assert_eq!(refused(save(&mut client, &changed, base)), "refused-profile-day", "stopped, and still open");
    seal(&mut client);
    // Its cameras are other ones from now on.
    let changed = changed.replace("id = \"corridor\"", "id = \"hall\"");
    save(&mut client, &changed, base).unwrap();
    named(&mut client, "Школа № 7");
    let view = client.view().unwrap();
    let day = view.day.as_ref().expect("it is seen as before");
    assert_eq!((day.stage, day.cameras.contains_key(&"corridor".parse().unwrap())), (Stage::Closed, true));
    let archive = view.live.archive_folder.clone();
    end(station);
    assert_eq!(verified(Path::new(&archive)).integrity, Integrity::Valid);
}

#[test]
fn a_terminal_saves_a_profile_and_the_window_that_is_open_sees_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("profile.toml"), profile_text()).unwrap();
    let _station = launch(&data);
    let mut client = dial(&data);
    people(&mut client);
    client.view().unwrap();
    let file = folder.path().join("new.toml");
    let save = |person: &str| {
        let mut program = Process::new(env!("CARGO_BIN_EXE_invigil"));
        program.args(["--lang", "en", "--data"]).arg(&data);
        program.args(["point", "save", "--person", person]).arg(&file);
        let program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = program.spawn().unwrap();
        program.stdin.take().unwrap().write_all(pin().0.as_bytes()).unwrap();
        let ended = program.wait_with_output().unwrap();
        let said = [ended.stdout, ended.stderr].concat();
        (ended.status.code(), String::from_utf8(said).unwrap())
    };
    fs::write(&file, profile_text().replace("8001", "80 01")).unwrap();
    let (code, said) = save("point-head");
    assert!(code != Some(0) && said.contains("rooms[4].number"), "{code:?} {said}");
    fs::write(&file, profile_text().replace("Школа № 101", "Школа № 7")).unwrap();
    let (code, said) = save("technician");
    assert!(code != Some(0) && said.contains("profile"), "{code:?} {said}");
    let (code, said) = save("point-head");
    assert_eq!((code, said.ends_with("the station goes by this profile\n")), (Some(0), true), "{said}");
    named(&mut client, "Школа № 7");
    let lists = client.view().unwrap().point.checklists.every().len();
    assert!(lists > 3, "they are told again");
    begin_recorded_day(&mut client);
}
