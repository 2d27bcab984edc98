//! What convinces others, as the station hands it out: the acts on paper, files to countersign with, the page.

use std::fs;
use std::path::Path;

use invigil::archive::{VERIFIER_PAGE, closing_act};
use invigil::signing::Digest;
use invigil::station::client::Dialogue;
use invigil::station::protocol::{
    ActOnPaper, Answer, Command, EvidenceCommand, PageLive, PageState, PaperKind, SigningFileKind, View,
};

use crate::point::*;

fn act(client: &mut Dialogue, which: PaperKind) -> ActOnPaper {
    match client.ask(Command::Evidence(EvidenceCommand::Act { which })).unwrap() {
        Answer::Act(act) => *act,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_acts_on_paper_say_what_the_archive_says() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    let asked = Command::Evidence(EvidenceCommand::Act { which: PaperKind::Opening });
    assert!(client.ask(asked).unwrap_err().to_string().contains("refused-no-day"));
    begin_day(&mut client);
    let opening = act(&mut client, PaperKind::Opening);
    let live = client.view().unwrap().live.clone();
    assert_eq!(Some(&opening.opening_code), live.opening_code.as_ref());
    assert!(opening.device_key.starts_with("SHA256:") && opening.closing.is_none());
    let early = Command::Evidence(EvidenceCommand::Act { which: PaperKind::Closing });
    assert!(client.ask(early).unwrap_err().to_string().contains("act-not-closed"));

    record(&mut client);
    wait_for_frames(&mut client, 20);
    stop_and_seal(&mut client);
    let told = act(&mut client, PaperKind::Closing);
    let view = client.view().unwrap().clone();
    let id = view.day.as_ref().unwrap().id.clone();
    let sealed = Path::new(&view.live.archive_folder).join(format!("{id}-after-1.zip"));
    let sealed = closing_act(&sealed).unwrap();
    let closing = told.closing.unwrap();
    assert_eq!(closing.closing_code, sealed.closing_code.to_string());
    assert_eq!((closing.restarts, closing.records), (sealed.restarts, sealed.records));
    assert_eq!(closing.parts.len(), sealed.parts.len());
    for ((file, digits), part) in closing.parts.iter().zip(&sealed.parts) {
        assert_eq!((file, digits.len()), (&part.file, 16));
        assert!(part.sha256.to_string().starts_with(digits));
    }
    // What the code holds is what `verify --act` reads.
    let read: invigil::archive::verify::Act = told.code_text.parse().unwrap();
    assert_eq!((read.closing, read.restarts), (sealed.closing_code, sealed.restarts));
    assert_eq!(opening.opening_code, read.opening.to_string());
    end(station);
}

#[test]
fn keys_are_found_at_home_and_the_page_is_saved_whole() {
    let (folder, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let key = home.path().join(".ssh/id_ed25519");
    fs::create_dir(home.path().join(".ssh")).unwrap();
    fs::write(&key, "-----BEGIN OPENSSH PRIVATE KEY-----\n").unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    let find = EvidenceCommand::FindSigningFiles { home: home.path().display().to_string() };
    let refused = client.ask(Command::Evidence(find.clone())).unwrap_err();
    assert!(refused.to_string().contains("refused-sign-in"), "{refused}");
    begin_day(&mut client);
    client.ask(Command::Evidence(find)).unwrap();
    let found = |view: &View| {
        let files = &view.live.evidence.signing_files;
        files.iter().any(|file| file.path == key.display().to_string() && file.kind == SigningFileKind::Key)
    };
    client.wait_for(PATIENCE, found).unwrap();
    client.wait_for(PATIENCE, |view| !view.live.evidence.looking).unwrap();

    let mut save = |folder: &str| {
        client.ask(Command::Evidence(EvidenceCommand::SavePage { folder: folder.to_owned() }))?;
        let ended = |view: &View| {
            let page = view.live.evidence.page.as_ref();
            page.filter(|page| page.path.starts_with(folder) && page.state != PageState::Saving).cloned()
        };
        let view = client.wait_for(PATIENCE, |view| ended(view).is_some()).unwrap();
        Ok::<PageLive, invigil::station::client::DialogueError>(ended(view).unwrap())
    };
    let medium = tempfile::tempdir().unwrap();
    let saved = save(&medium.path().display().to_string()).unwrap();
    assert_eq!((saved.state, saved.sha256), (PageState::Saved, Digest::of(VERIFIER_PAGE).to_string()));
    assert_eq!(fs::read(medium.path().join("verifier.html")).unwrap(), VERIFIER_PAGE);
    let nowhere = save(&medium.path().join("none").display().to_string()).unwrap();
    assert!(matches!(nowhere.state, PageState::Failed(cause) if cause.id == "archive-file-unwritten"));
    assert!(save("here").unwrap_err().to_string().contains("refused-target"));
    end(station);
}
