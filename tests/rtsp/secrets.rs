//! A password is used and never repeated.

use std::path::Path;
use std::process::Command;

use crate::bench::{Server, film};

const PASSWORD: &str = "Gehe1m-4711";

/// Everything that the program said, and everything in the folder, by names and bytes.
fn assert_nowhere(secret: &str, said: &[u8], folder: &Path) {
    let holds = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
    assert!(!holds(said), "{secret}: {}", String::from_utf8_lossy(said));
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            assert!(!holds(path.to_string_lossy().as_bytes()), "{}", path.display());
            if path.is_dir() {
                folders.push(path);
            } else {
                assert!(!holds(&std::fs::read(&path).unwrap()), "{}", path.display());
            }
        }
    }
}

/// Records for a moment; what was said on both channels.
fn record(source: &str, out: &Path) -> (Option<i32>, Vec<u8>) {
    let done = Command::new(env!("CARGO_BIN_EXE_invigil"))
        .args(["record", "--lang", "en", "--json", "--seconds", "2", "--camera", source, "--out"])
        .arg(out)
        .output()
        .unwrap();
    (done.status.code(), [done.stdout, done.stderr].concat())
}

#[test]
fn a_recording_and_its_failures_do_not_repeat_the_password() {
    let films = tempfile::tempdir().unwrap();
    let media = format!("h264:{}", film(films.path(), "h264").display());
    let server = Server::start(0, &media, Some(&format!("basic:operator:{PASSWORD}")));
    let place = format!("127.0.0.1:{}/basic", server.port);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    // Of "operator:Gehe1m-4711", as the Basic scheme sends it.
    let coded = "b3BlcmF0b3I6R2VoZTFtLTQ3MTE=";
    for (source, code) in [
        (format!("rtsp://operator:{PASSWORD}@{place}"), 0),
        (format!("rtsp://somebody:{PASSWORD}@{place}"), 17),
        (format!("rtsp://operator:{PASSWORD}@127.0.0.1:{}/elsewhere", server.port), 16),
        (format!("rtsp://{place}?user=operator&password={PASSWORD}"), 17),
        (format!("rtsp://operator:{PASSWORD}/1@{place}"), 64),
        (format!("rtps://operator:{PASSWORD}@{place}"), 64),
    ] {
        let (ended, said) = record(&source, &out);
        assert_eq!(ended, Some(code), "{}", String::from_utf8_lossy(&said));
        for secret in [PASSWORD, coded, "operator"] {
            assert_nowhere(secret, &said, folder.path());
        }
    }
}
