//! A server that does what no honest one does.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{Builder, JoinHandle};

use invigil::camera::CameraError;
use invigil::recording::RecorderEvent;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::bench::{Recording, gaps};
use crate::frames::{next_frame, open};

/// Parameter sets of a 64x64 picture of one colour, a key frame and one that repeats it, as x264
/// coded them.
const SPS: &[u8] = &[
    0x67, 0x42, 0xc0, 0x0a, 0xda, 0x10, 0x9b, 0x01, 0x10, 0x00, 0x00, 0x03, 0x00, 0x10, 0x00, 0x00, 0x03,
    0x03, 0x20, 0xf1, 0x22, 0x6a,
];
const PPS: &[u8] = &[0x68, 0xce, 0x0f, 0xc8];

/// Answers one client's requests, then does what `play` does with the connection.
fn serve(play: impl FnOnce(&mut TcpStream) + Send + 'static) -> (u16, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let thread = Builder::new().name("hostile".into()).spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(client.try_clone().unwrap()).lines();
        loop {
            let Some(Ok(request)) = lines.next() else { return };
            let headers: Vec<String> =
                lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let cseq = headers.iter().find(|line| line.starts_with("CSeq")).cloned().unwrap_or_default();
            let (more, body) = answer(request.split(' ').next().unwrap_or_default(), port);
            let length = body.len();
            let answer = format!("RTSP/1.0 200 OK\r\n{cseq}\r\n{more}Content-Length: {length}\r\n\r\n{body}");
            // A client that left is what some tests are about.
            if client.write_all(answer.as_bytes()).is_err() {
                return;
            }
            if request.starts_with("PLAY") {
                return play(&mut client);
            }
        }
    });
    (port, thread.unwrap())
}

fn answer(method: &str, port: u16) -> (String, String) {
    let url = format!("rtsp://127.0.0.1:{port}/live");
    match method {
        "DESCRIBE" => (
            format!("Content-Type: application/sdp\r\nContent-Base: {url}/\r\n"),
            "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:video\r\n".into(),
        ),
        "SETUP" => ("Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n".into(), String::new()),
        "PLAY" => ("Session: 1\r\nRTP-Info: url=video;seq=0;rtptime=0\r\n".into(), String::new()),
        _ => ("Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n".into(), String::new()),
    }
}

/// RTP packets of one stream, each interleaved as RFC 2326 (10.12) has it.
#[derive(Default)]
struct Packets(u16);

impl Packets {
    fn next(&mut self, time: u32, ends: bool, payload: &[u8]) -> Vec<u8> {
        let rtp = [
            &[0x80, 96 | u8::from(ends) << 7][..],
            &self.0.to_be_bytes(),
            &time.to_be_bytes(),
            &[0, 0, 0, 7],
        ];
        let rtp = [&rtp.concat(), payload].concat();
        self.0 = self.0.wrapping_add(1);
        [&[b'$', 0][..], &u16::try_from(rtp.len()).unwrap().to_be_bytes(), &rtp].concat()
    }

    fn picture(&mut self, time: u32, slice: &[u8]) -> Vec<u8> {
        let sets = [self.next(time, false, SPS), self.next(time, false, PPS)].concat();
        [sets, self.next(time, true, slice)].concat()
    }
}

const KEY: &[u8] = &[
    0x65, 0x88, 0x84, 0x3a, 0x26, 0x28, 0x0c, 0x9c, 0x9c, 0x9d, 0x75, 0xd7, 0x5d, 0x75, 0xd7, 0x5d, 0x75,
    0xd7, 0x5e,
];
const OTHER: &[u8] = &[0x41, 0x9a, 0x20, 0x3a, 0x82, 0x30];

#[test]
fn a_clock_that_goes_back_or_leaps_is_told_and_no_frame_is_lost() {
    let times = [0, 3_600, 900_000_000, 900_003_600, 4_000, 7_600, 2_000_000_000, u32::MAX - 1_800, 1_800];
    let (port, server) = serve(move |client| {
        let mut packets = Packets::default();
        for time in times {
            client.write_all(&packets.picture(time, KEY)).unwrap();
        }
    });
    let mut capture = open(&format!("rtsp://127.0.0.1:{port}/live")).unwrap();
    let told: Vec<bool> = times.map(|_| next_frame(&mut *capture).unwrap().discontinuity).to_vec();
    // The last two are a clock that wrapped around: 3,600 apart.
    assert_eq!(told, [false, false, true, false, true, false, true, true, false]);
    server.join().unwrap();
}

#[test]
fn frames_of_a_clock_that_goes_back_are_recorded_one_after_the_other() {
    let (port, server) = serve(|client| {
        let mut packets = Packets::default();
        let times = (0..100).map(|frame| frame * 3_600);
        for time in times.clone().chain(times) {
            let slice = if time % 90_000 == 0 { KEY } else { OTHER };
            client.write_all(&packets.picture(time, slice)).unwrap();
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let mut recording = Recording::start(&format!("rtsp://127.0.0.1:{port}/live"), folder.path());
    assert_eq!(recording.wait_until_it_works(), (64, 64));
    recording.wait_for(|event| matches!(event, RecorderEvent::Lost { .. }));
    let (events, segments) = recording.stop();
    assert_eq!(segments.iter().map(|segment| segment.frames()).sum::<u32>(), 200);
    let times: Vec<_> = segments[0].fragments.iter().map(|line| line.pts_ms).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert_eq!(gaps(&events).len(), 1);
    server.join().unwrap();
}

#[test]
fn a_picture_too_large_to_be_one_ends_the_session() {
    let (port, server) = serve(|client| {
        let mut packets = Packets::default();
        let mut picture = [packets.next(0, false, SPS), packets.next(0, false, PPS)].concat();
        let piece = [0x55; 60_000];
        for at in 0..200 {
            // A fragmentation unit (RFC 6184, 5.8): begin, more, end.
            let header = [0x7c, [5, 0x85, 0x45][usize::from(at == 0) + 2 * usize::from(at == 199)]];
            picture.extend(packets.next(0, at == 199, &[&header, &piece[..]].concat()));
        }
        let _ = client.write_all(&picture);
    });
    let refused = open(&format!("rtsp://127.0.0.1:{port}/live")).err();
    assert!(
        matches!(&refused, Some(CameraError::Refused(reason)) if reason.contains("a picture of 12000005 bytes")),
        "{refused:?}"
    );
    server.join().unwrap();
}

#[test]
fn whatever_is_sent_the_camera_is_refused_and_nothing_panics() {
    let packet = (any::<u32>(), any::<bool>(), proptest::collection::vec(any::<u8>(), 0..40))
        .prop_map(|(time, ends, payload)| (Some((time, ends)), payload));
    let bytes = proptest::collection::vec(any::<u8>(), 0..40).prop_map(|bytes| (None, bytes));
    let sent = proptest::collection::vec(prop_oneof![3 => packet, 1 => bytes], 0..20);
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 100, failure_persistence: None, ..Default::default() });
    let outcome = runner.run(&sent, |sent| {
        let (port, server) = serve(move |client| {
            let mut packets = Packets::default();
            for (packet, payload) in sent {
                let bytes = match packet {
                    Some((time, ends)) => packets.next(time, ends, &payload),
                    None => payload,
                };
                if client.write_all(&bytes).is_err() {
                    break;
                }
            }
        });
        let ended = match open(&format!("rtsp://127.0.0.1:{port}/live")) {
            Ok(mut capture) => loop {
                if let Err(error) = next_frame(&mut *capture) {
                    break error;
                }
            },
            Err(error) => error,
        };
        server.join().unwrap();
        // A thread that panicked would be told as `Failed`.
        prop_assert!(matches!(ended, CameraError::Refused(_)), "{:?}", ended);
        Ok(())
    });
    outcome.unwrap();
}
