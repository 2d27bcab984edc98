//! Frames as the camera coded them, or why there are none.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::Arc;

use invigil::camera::{CameraError, Capture, Captured, CodedFrame, Opener, Wanted};
use invigil::clock::SystemClock;

use crate::bench::{LONG, Server, film, is_slice, slices_of_file};

const WANTED: Wanted = Wanted { width: 640, height: 480, frames_per_second: 15, sound: false };

pub fn opener(url: &str) -> Opener {
    Opener::new(url.parse().unwrap(), WANTED, Arc::new(SystemClock::new()))
}

pub fn open(url: &str) -> Result<Box<dyn Capture>, CameraError> {
    opener(url).open()
}

pub fn next_frame(capture: &mut dyn Capture) -> Result<CodedFrame, CameraError> {
    match capture.next(LONG)? {
        Some(Captured::Coded(frame)) => Ok(frame),
        other => panic!("a coded frame was due, not {other:?}"),
    }
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
    assert!(capture.detail().starts_with("H.264, rtsp://"), "{}", capture.detail());
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
