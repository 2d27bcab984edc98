//! What becomes of a camera's frames in files, whatever the camera does.

use invigil::camera::CameraError;
use invigil::recording::RecorderEvent;

use crate::bench::{Film, Recording, Server, film, gaps, joined, slices_of_file};

#[test]
fn a_recording_is_not_transcoded_and_goes_on_after_an_outage() {
    let folder = tempfile::tempdir().unwrap();
    let film = film(folder.path(), "h264");
    let source = slices_of_file(&film);
    let server = Server::open(0, &film);
    let port = server.port;
    let mut recording = Recording::start(&server.url(), folder.path());
    recording.wait_until_it_works();
    recording.wait_for_frames(40);
    drop(server);
    recording.wait_for(|event| matches!(event, RecorderEvent::Lost { .. }));
    let _server = Server::open(port, &film);
    recording.wait_until_it_works();
    recording.wait_for_frames(40);

    let (events, segments) = recording.stop();
    let [before, after] = &segments[..] else { panic!("two segments were due, not {}", segments.len()) };
    for segment in [before, after] {
        segment.assert_plays();
        let recorded = slices_of_file(&segment.video);
        assert_eq!(recorded.len(), segment.frames() as usize);
        assert!(recorded == source[..recorded.len()], "the slices are not those of the source");
    }
    assert_eq!(gaps(&events), [(before.ends_ms(), after.begins_ms(), "camera-refused")]);
}

#[test]
fn a_frozen_camera_is_lost_and_recorded_again_when_it_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let film = film(folder.path(), "h264");
    let server = Server::open(0, &film);
    let mut recording = Recording::start(&server.url(), folder.path());
    recording.wait_until_it_works();
    recording.wait_for_frames(40);
    server.freeze();
    // Its socket still stands: what counts is that no frame comes.
    recording.wait_for(|event| matches!(event, RecorderEvent::Lost { .. }));
    let error = recording.recorder.error();
    assert!(matches!(error, Some(CameraError::Stalled { .. })), "{error:?}");
    server.thaw();
    recording.wait_until_it_works();
    recording.wait_for_frames(40);

    let (events, segments) = recording.stop();
    let [before, after] = &segments[..] else { panic!("two segments were due, not {}", segments.len()) };
    before.assert_plays();
    after.assert_plays();
    assert_eq!(gaps(&events), [(before.ends_ms(), after.begins_ms(), "camera-stalled")]);
}

#[test]
fn a_camera_that_comes_back_with_other_parameters_is_recorded_in_another_segment() {
    let folder = tempfile::tempdir().unwrap();
    let other =
        Film { name: "other", size: "160x120", seconds: 20, coding: &["-g", "50", "-profile:v", "main"] };
    let other = other.make(folder.path());
    let server = Server::open(0, &film(folder.path(), "h264"));
    let port = server.port;
    let mut recording = Recording::start(&server.url(), folder.path());
    assert_eq!(recording.wait_until_it_works(), (320, 240));
    recording.wait_for_frames(40);
    drop(server);
    let _server = Server::open(port, &other);
    assert_eq!(recording.wait_until_it_works(), (160, 120));
    recording.wait_for_frames(40);

    let (events, segments) = recording.stop();
    let [before, after] = &segments[..] else { panic!("two segments were due, not {}", segments.len()) };
    before.assert_plays();
    after.assert_plays();
    assert!(slices_of_file(&other).starts_with(&slices_of_file(&after.video)));
    assert_eq!(gaps(&events).len(), 1, "{events:?}");
}

#[test]
fn parameters_that_change_while_it_plays_begin_a_segment_and_cost_no_frame() {
    let folder = tempfile::tempdir().unwrap();
    let coding = ["-g", "25"];
    let first = Film { name: "first", size: "320x240", seconds: 4, coding: &coding }.make(folder.path());
    let second = Film { name: "second", size: "160x120", seconds: 20, coding: &coding }.make(folder.path());
    let server = Server::open(0, &joined(folder.path(), &[(first.clone(), 4), (second.clone(), 20)]));
    let mut recording = Recording::start(&server.url(), folder.path());
    assert_eq!(recording.wait_until_it_works(), (320, 240));
    assert_eq!(recording.wait_until_it_works(), (160, 120));
    recording.wait_for_frames(40);

    let (events, segments) = recording.stop();
    let [before, after] = &segments[..] else { panic!("two segments were due, not {}", segments.len()) };
    before.assert_plays();
    after.assert_plays();
    assert!(slices_of_file(&before.video) == slices_of_file(&first), "a frame of the first film is missing");
    assert!(slices_of_file(&second).starts_with(&slices_of_file(&after.video)));
    assert_eq!(gaps(&events), []);
}

#[test]
fn a_picture_of_several_slices_is_one_frame_and_a_long_gop_is_cut_within_two_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let coding = ["-g", "1000", "-sc_threshold", "0", "-bf", "2", "-x264-params", "slices=4:keyint=1000"];
    let film = Film { name: "sliced", size: "320x240", seconds: 20, coding: &coding }.make(folder.path());
    let source = slices_of_file(&film);
    let server = Server::open(0, &film);
    let mut recording = Recording::start(&server.url(), folder.path());
    recording.wait_until_it_works();
    recording.wait_for_frames(150);

    let (events, segments) = recording.stop();
    let [segment] = &segments[..] else { panic!("one segment was due, not {}", segments.len()) };
    segment.assert_plays();
    let recorded = slices_of_file(&segment.video);
    assert_eq!(recorded.len(), 4 * segment.frames() as usize);
    assert!(recorded == source[..recorded.len()], "the slices are not those of the source");
    assert_eq!(gaps(&events), []);
    let keys: Vec<_> = segment.fragments.iter().map(|line| line.key).collect();
    assert!(keys[0] && keys.len() >= 3 && !keys[1..].contains(&true), "{keys:?}");
    let lengths: Vec<_> = segment.fragments.iter().map(|line| line.duration_ms).collect();
    assert!(lengths.iter().all(|ms| *ms <= 2_000), "{lengths:?}");
}
