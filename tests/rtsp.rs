//! RTSP cameras against a real server: GStreamer's, on loopback.
#![cfg(feature = "cameras")]

mod recorded;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use invigil::camera::{CameraError, Capture, Captured, CodedFrame, Opener, Wanted};
use invigil::clock::SystemClock;

const WANTED: Wanted = Wanted { width: 640, height: 480, frames_per_second: 15 };
/// Longer than anything here takes on the slowest machine; only a failing test waits for it.
const LONG: Duration = Duration::from_secs(60);

struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start(port: u16, media: &str, sign_in: Option<&str>) -> Self {
        let mut process = Command::new("tests/rtsp-server")
            .args([&port.to_string(), media])
            .args(sign_in)
            .stdout(Stdio::piped())
            .spawn()
            .expect("tests/rtsp-server runs");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the server prints its port: is GStreamer installed?");
        Self { process, port }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Twenty seconds of moving picture with B-frames in `folder/film.mp4`.
fn film(folder: &Path, codec: &str) -> PathBuf {
    let path = folder.join("film.mp4");
    let encoder = if codec == "h264" { "libx264" } else { "libx265" };
    ffmpeg(
        ["-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-t", "20", "-pix_fmt", "yuv420p"],
        ["-g", "25", "-bf", "2", "-preset", "ultrafast", "-c:v", encoder],
        &path,
    );
    path
}

fn ffmpeg<const A: usize, const B: usize>(input: [&str; A], output: [&str; B], path: &Path) {
    let mut command = Command::new("ffmpeg");
    let done = command.args(input).args(output).arg(path).output().expect("ffmpeg is installed");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn opener(url: &str) -> Opener {
    Opener::new(url.parse().unwrap(), WANTED, Arc::new(SystemClock::new()))
}

fn open(url: &str) -> Result<Box<dyn Capture>, CameraError> {
    opener(url).open()
}

fn next_frame(capture: &mut dyn Capture) -> Result<CodedFrame, CameraError> {
    match capture.next(LONG)? {
        Some(Captured::Coded(frame)) => Ok(frame),
        other => panic!("a coded frame was due, not {other:?}"),
    }
}

/// The coded slices (NAL types 1 and 5) of an MP4 file, over ffmpeg's byte stream with start codes.
fn slices_of_file(path: &Path) -> Vec<Vec<u8>> {
    let stream = path.with_extension("h264");
    ffmpeg(["-i", path.to_str().unwrap()], ["-c", "copy", "-f", "h264"], &stream);
    let bytes = fs::read(stream).unwrap();
    let starts: Vec<_> =
        bytes.windows(3).enumerate().filter(|(_, w)| *w == [0, 0, 1]).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let nals = starts.iter().zip(ends).map(|(start, end)| {
        let nal = &bytes[start + 3..end];
        // The zeros before the next start code belong to it.
        let zeros = nal.iter().rev().take_while(|&&byte| byte == 0).count();
        nal[..nal.len() - zeros].to_vec()
    });
    nals.filter(|nal| is_slice(nal)).collect()
}

fn slices_of_frame(mut nals: &[u8]) -> Vec<Vec<u8>> {
    let mut slices = Vec::new();
    while let Some((length, rest)) = nals.split_first_chunk::<4>() {
        let (nal, rest) = rest.split_at(u32::from_be_bytes(*length) as usize);
        slices.extend(is_slice(nal).then(|| nal.to_vec()));
        nals = rest;
    }
    slices
}

fn is_slice(nal: &[u8]) -> bool {
    matches!(nal[0] & 31, 1 | 5)
}

#[test]
fn frames_arrive_as_they_were_coded_and_again_after_the_server_came_back() {
    let folder = tempfile::tempdir().unwrap();
    let film = film(folder.path(), "h264");
    let source = slices_of_file(&film);
    let media = format!("h264:{}", film.display());
    let server = Server::start(0, &media, None);
    let port = server.port;
    let mut camera = opener(&format!("rtsp://127.0.0.1:{port}/open"));

    let mut capture = camera.open().unwrap();
    let first = next_frame(&mut *capture).unwrap();
    assert!(first.key && !first.discontinuity);
    let parameters = first.parameters.as_ref().expect("the first frame has the parameters");
    assert_eq!((parameters.width, parameters.height), (320, 240));
    assert!(capture.detail().starts_with("H.264 320x240, rtsp://"), "{}", capture.detail());
    let mut received = slices_of_frame(&first.nals);
    let mut times = BTreeSet::from([first.pts_90k]);
    while received.len() < 60 {
        let frame = next_frame(&mut *capture).unwrap();
        assert!(!frame.discontinuity && frame.parameters.is_none());
        received.extend(slices_of_frame(&frame.nals));
        times.insert(frame.pts_90k);
    }
    assert!(received == source[..received.len()], "the slices are not those of the source");
    // Presentation times at 25 frames/s, whatever the order of decoding.
    let steps: BTreeSet<_> = times.iter().zip(times.iter().skip(1)).map(|(a, b)| b - a).collect();
    assert_eq!(steps.first(), Some(&3600), "{steps:?}");

    drop(server);
    let ended = loop {
        if let Err(error) = next_frame(&mut *capture) {
            break error;
        }
    };
    assert!(matches!(ended, CameraError::Refused(_)), "{ended:?}");
    drop(capture);
    assert!(matches!(camera.open().err(), Some(CameraError::Refused(_))));

    let _server = Server::start(port, &media, None);
    let mut capture = camera.open().unwrap();
    let first = next_frame(&mut *capture).unwrap();
    assert!(first.key && first.parameters.is_some());
    assert_eq!(slices_of_frame(&first.nals), source[..1]);
}

#[test]
fn a_recording_is_not_transcoded_and_goes_on_after_an_outage() {
    let folder = tempfile::tempdir().unwrap();
    let film = film(folder.path(), "h264");
    let source = slices_of_file(&film);
    let media = format!("h264:{}", film.display());
    let server = Server::start(0, &media, None);
    let port = server.port;
    let out = folder.path().join("recorded");
    let recording = Command::new(env!("CARGO_BIN_EXE_invigil"))
        .args(["record", "--lang", "en", "--json", "--seconds", "15"])
        .args(["--camera", &format!("rtsp://127.0.0.1:{port}/open"), "--out"])
        .arg(&out)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for("two fragments on the disk", || {
        let indexes = fs::read_dir(&out).into_iter().flatten().flatten().map(|file| file.path());
        let mut indexes = indexes.filter(|path| path.extension().is_some_and(|ending| ending == "idx"));
        indexes.any(|index| fs::read(index).unwrap().iter().filter(|&&byte| byte == b'\n').count() >= 3)
    });
    drop(server);
    let _server = Server::start(port, &media, None);
    let told = recording.wait_with_output().unwrap();
    assert!(told.status.success(), "{told:?}");

    let segments = recorded::segments(&out);
    let [before, after] = &segments[..] else { panic!("two segments were due, not {}", segments.len()) };
    for segment in [before, after] {
        segment.assert_plays();
        let recorded = slices_of_file(&segment.video);
        assert_eq!(recorded.len(), segment.frames() as usize);
        assert!(recorded == source[..recorded.len()], "the slices are not those of the source");
    }
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(told["gaps"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!(told["gaps"][0]["from_ms"], before.ends_ms(), "{told}");
    assert_eq!(told["gaps"][0]["to_ms"], after.begins_ms(), "{told}");
}

/// Looks again and again, as a person would; only a failing test waits to the end.
fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !done() {
        assert!(begin.elapsed() < LONG, "{what}: waited in vain");
        std::thread::park_timeout(Duration::from_millis(50));
    }
}

#[test]
fn a_camera_is_signed_in_to_and_a_wrong_password_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let media = format!("h264:{}", film(folder.path(), "h264").display());
    for method in ["basic", "digest"] {
        let server = Server::start(0, &media, Some(&format!("{method}:admin:p@ss/1")));
        let place = format!("127.0.0.1:{}/{method}", server.port);
        let mut capture = open(&format!("rtsp://admin:p%40ss%2F1@{place}")).unwrap();
        assert!(next_frame(&mut *capture).unwrap().key);
        assert!(!capture.detail().contains("p@ss") && !capture.detail().contains("admin"));
        for wrong in ["admin:other@", "nobody:p%40ss%2F1@", ""] {
            let refused = open(&format!("rtsp://{wrong}{place}")).err();
            assert_eq!(refused, Some(CameraError::WrongPassword), "{method}, {wrong:?}");
        }
    }
}

#[test]
fn a_stream_of_another_codec_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(0, &format!("h265:{}", film(folder.path(), "h265").display()), None);
    let refused = open(&format!("rtsp://127.0.0.1:{}/open", server.port)).err();
    assert_eq!(refused, Some(CameraError::NotH264("H265".into())));
    let missing = open(&format!("rtsp://127.0.0.1:{}/elsewhere", server.port)).err();
    assert!(matches!(missing, Some(CameraError::Refused(reason)) if reason.contains("404")));
}

#[test]
fn nobody_listening_is_a_refused_connection_without_the_password_in_its_text() {
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let Some(CameraError::Refused(reason)) = open(&format!("rtsp://me:secret@127.0.0.1:{port}/x")).err()
    else {
        panic!("a refused connection was due");
    };
    assert!(reason.contains(&port.to_string()) && !reason.contains("secret"), "{reason}");
}

#[test]
fn a_server_that_says_nothing_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let given_up = open(&format!("rtsp://127.0.0.1:{port}/x")).err();
    assert!(matches!(given_up, Some(CameraError::Refused(reason)) if reason.contains("no answer")));
}
