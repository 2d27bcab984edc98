//! Finished files in the players that people have: GStreamer, and a browser's `<video>`.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use invigil::camera;
use invigil::clock::SimulatedClock;
use invigil::point::SoundSource;
use tempfile::tempdir;

use crate::bench::{Bench, START_MS, camera, files};

/// A closed file of the pattern, some three seconds long.
fn recorded(folder: &Path, sound: bool) -> PathBuf {
    let mut camera = camera("pattern:hall");
    camera.sound = sound.then_some(SoundSource::Stream);
    let clock = Arc::new(SimulatedClock::new(START_MS, 180));
    let bench = Bench::of(camera, folder, 3_000, clock, Arc::new(camera::open));
    files(&bench.after_segments(1)).remove(0)
}

#[test]
fn gstreamer_plays_files_with_and_without_sound() {
    for sound in [false, true] {
        let folder = tempdir().unwrap();
        let file = recorded(folder.path(), sound);
        let mut command = Command::new("gst-discoverer-1.0");
        let found =
            command.arg(format!("file://{}", file.display())).output().expect("GStreamer is installed");
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        assert!(found.contains("H.264") && found.contains("Opus") == sound, "{found}");
        let mut command = Command::new("gst-launch-1.0");
        command.args(["-q", "filesrc", &format!("location={}", file.display()), "!", "qtdemux", "name=d"]);
        command.args("d.video_0 ! queue ! h264parse ! openh264dec ! fakesink".split(' '));
        if sound {
            command.args("d.audio_0 ! queue ! opusdec ! fakesink".split(' '));
        }
        let played = command.output().unwrap();
        let said = String::from_utf8_lossy(&played.stderr);
        assert!(played.status.success() && !said.contains("ERROR"), "{said}");
    }
}

#[test]
fn a_browser_plays_files_with_and_without_sound() {
    for sound in [false, true] {
        let folder = tempdir().unwrap();
        let file = recorded(folder.path(), sound);
        let told = in_browser(&std::fs::read(file).unwrap(), folder.path());
        let [error, seconds, frames, sound_bytes] = told[..] else { panic!("{told:?}") };
        assert_eq!(error, 0, "the browser's MediaError");
        assert!((2..=6).contains(&seconds) && frames >= 30, "{told:?}");
        assert_eq!(sound_bytes > 0, sound, "{told:?}");
    }
}

/// Plays the film to its end; gives the error's code, whole seconds, decoded frames and bytes of sound.
fn in_browser(film: &[u8], folder: &Path) -> Vec<u64> {
    const PAGE: &str = "<!doctype html><video id=v muted autoplay src=/film.mp4></video><script>
        const tell = () => fetch('/told?' + [v.error ? v.error.code : 0, Math.round(v.duration || 0),
            v.webkitDecodedFrameCount, v.webkitAudioDecodedByteCount].join('-'));
        v.onended = tell; v.onerror = tell;
        </script>";
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", server.local_addr().unwrap());
    let mut browser = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .args(["--autoplay-policy=no-user-gesture-required", "--remote-debugging-port=0"])
        .arg(format!("--user-data-dir={}", folder.join("browser").display()))
        .arg(url)
        .stderr(Stdio::null())
        .spawn()
        .expect("chromium is installed");
    let told = server.incoming().find_map(|stream| answer(stream.ok()?, PAGE, film));
    browser.kill().unwrap();
    browser.wait().unwrap();
    told.expect("the page tells how it went")
}

/// Serves one request; gives what the page tells.
fn answer(mut stream: TcpStream, page: &str, film: &[u8]) -> Option<Vec<u64>> {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let request = lines.next()?;
    lines.find(|line| line.is_empty());
    let path = request.split(' ').nth(1)?;
    if let Some(told) = path.strip_prefix("/told?") {
        return Some(told.split('-').map(|number| number.parse().unwrap()).collect());
    }
    let (kind, body) = match path {
        "/" => ("text/html", page.as_bytes()),
        "/film.mp4" => ("video/mp4", film),
        _ => ("text/plain", &b""[..]),
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A browser that has seen enough hangs up.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    None
}
