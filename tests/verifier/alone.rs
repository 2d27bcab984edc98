//! The page needs nobody: no network, no other file, and no program's word for its own bytes.

use std::net::TcpListener;
use std::process::Command;

use invigil::archive::VERIFIER_PAGE;
use invigil::signing::Digest;

use crate::browser::{Browser, files_in};
use crate::day::seal_day;

#[test]
fn the_page_asks_nobody_for_anything() {
    let (mut browser, day) = (Browser::new(), seal_day(None));
    let told = browser.verification(&files_in(day.folder.path()), None, "");
    assert_eq!(told["report"]["integrity"], "VALID");
    let foreign = |url: &&String| !["file:///", "blob:", "data:"].iter().any(|own| url.starts_with(own));
    assert_eq!(browser.requests.iter().filter(foreign).collect::<Vec<_>>(), Vec::<&String>::new());

    // Nor could it if it wanted to.
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    server.set_nonblocking(true).unwrap();
    let url = format!("http://{}/", server.local_addr().unwrap());
    let refused =
        browser.evaluate(&format!("fetch('{url}', {{ mode: 'no-cors' }}).then(() => false, () => true)"));
    assert_eq!(refused, true);
    let image = format!(
        "new Promise((done) => {{ const image = new Image(); image.onerror = () => done(true); image.onload = () => done(false); image.src = '{url}'; }})"
    );
    assert_eq!(browser.evaluate(&image), true);
    assert!(server.accept().is_err(), "nobody connected");
}

#[test]
fn the_program_gives_the_page_and_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_invigil"));
        command.args(["--lang", "en", "verifier", "--out"]).arg(&path).output().unwrap()
    };
    let output = run();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(std::fs::read(&path).unwrap(), VERIFIER_PAGE);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said, format!("{}  {}\n", Digest::of(VERIFIER_PAGE), path.display()));
    assert_eq!(run().status.code(), Some(0), "the page is there already");
    std::fs::write(&path, b"somebody's").unwrap();
    let again = run();
    assert_eq!(again.status.code(), Some(30), "another file is not replaced");
    assert_eq!(std::fs::read(&path).unwrap(), b"somebody's");
    assert!(String::from_utf8(again.stderr).unwrap().contains("name another one"));
}

#[test]
fn what_is_typed_wrong_is_told_and_nothing_is_checked() {
    let (mut browser, day) = (Browser::new(), seal_day(None));
    let files = files_in(day.folder.path());
    let told = browser.verification(&files, None, "opening 123");
    assert!(
        told["problem"].as_str().unwrap().starts_with("The text of the acts is not understood"),
        "{told}"
    );
    let signers = day.folder.path().join("signers");
    std::fs::write(&signers, "# a list\nstation ssh-ed25519 AAAA\n").unwrap();
    let told = browser.verification(&files, Some(&signers), "");
    assert!(told["problem"].as_str().unwrap().contains("line 2"), "{told}");
}
