//! What ails a picture, from the camera to the sealed archive.

use std::fs::File;
use std::path::Path;
use std::process::Command as Program;
use std::sync::Arc;
use std::time::Duration;

use invigil::archive::Integrity;
use invigil::archive::zip;
use invigil::camera;
use invigil::day::AlarmKind;
use invigil::point::{Ailment, Profile};
use invigil::station::client::Dialogue;
use invigil::station::protocol::{Command, View};

use crate::point::*;

/// A film that is well for six seconds and then black for six, and patience of two seconds.
fn failing(folder: &Path, ending: &str) -> Profile {
    let film = folder.join(format!("film.{ending}"));
    let scene = "testsrc2=size=640x480:rate=15,noise=alls=6:allf=t,\
                 drawbox=enable='gte(t,6)':color=black:t=fill";
    let mut ffmpeg = Program::new("ffmpeg");
    ffmpeg.args(["-v", "error", "-f", "lavfi", "-i", scene, "-t", "12", "-pix_fmt", "yuv420p"]);
    match ending {
        "mjpeg" => ffmpeg.args(["-q:v", "4", "-f", "mjpeg"]),
        _ => ffmpeg.args(["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "15"]),
    };
    assert!(ffmpeg.arg(&film).status().expect("ffmpeg is installed").success());
    let mut profile = profile();
    profile.cameras[0].source = format!("file:{}", film.display()).parse().unwrap();
    profile.recording.health.black_seconds = 2;
    profile.recording.health.well_seconds = 2;
    profile
}

fn ails(view: &View) -> bool {
    let day = view.day.as_ref().unwrap();
    day.cameras[&"corridor".parse().unwrap()].ailments.contains_key(&Ailment::Black)
}

#[test]
fn a_black_picture_is_an_alarm_with_a_still_and_both_ends_in_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    let profile = failing(folder.path(), "mjpeg");
    let station = start_with(folder.path(), profile, TestClock::new(), Arc::new(camera::open));
    let mut client = connect(&station);
    begin_day(&mut client);
    client.ask(Command::ApproveReference { camera: "corridor".parse().unwrap() }).unwrap();
    let approved = |view: &View| {
        let day = view.day.as_ref().unwrap();
        day.cameras[&"corridor".parse().unwrap()].reference.is_some() && view.live.references.is_empty()
    };
    client.wait_for(PATIENCE, approved).unwrap();
    record(&mut client);
    let view = client.wait_for(PATIENCE, ails).unwrap();
    let alarms = &view.day.as_ref().unwrap().alarms;
    let camera = "corridor".parse().unwrap();
    assert_eq!(alarms[0].kind, AlarmKind::Picture { camera, ailment: Ailment::Black });
    let view = client.wait_for(PATIENCE, |view| !ails(view)).unwrap();
    assert_eq!(view.day.as_ref().unwrap().alarms, []);
    stop_and_seal(&mut client);

    let archive = client.view().unwrap().live.archive_folder.clone();
    let report = verified(Path::new(&archive));
    assert_eq!(report.integrity, Integrity::Valid, "{report:#?}");
    let warned = |id: &str| report.warnings.iter().filter(|warning| warning.message.id == id).count();
    assert_eq!(warned("archive-warning-picture"), 1, "{report:#?}");
    let part = report.parts.iter().find(|part| part.file.ends_with("-00.zip")).unwrap();
    let mut part = File::open(Path::new(&archive).join(&part.file)).unwrap();
    let names: Vec<String> =
        zip::read(&mut part).unwrap().iter().map(|entry| entry.name.to_string()).collect();
    for still in ["stills/corridor/0001-reference.jpg", "stills/corridor/0002-black.jpg"] {
        assert_eq!(names.iter().filter(|name| name.ends_with(still)).count(), 1, "{names:?}");
    }
    end(station);
}

/// Waits until a picture of the camera comes.
fn seen(client: &mut Dialogue) {
    for _ in 0..PATIENCE.as_millis() / 20 {
        if client.connection().previews().iter().any(|picture| picture.camera.as_str() == "corridor") {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("no picture came");
}

#[test]
fn before_a_day_the_cameras_are_seen_and_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let station = start(folder.path());
    let mut client = connect(&station);
    people(&mut client);
    let cameras = vec!["corridor".parse().unwrap()];
    client.ask(Command::Watch { cameras, width: 160, enlarged: None }).unwrap();
    seen(&mut client);
    assert_eq!(client.view().unwrap().day, None);
    assert_eq!(std::fs::read_dir(folder.path().join("trials")).unwrap().count(), 0);
    // Who looks goes on looking when the day begins.
    client.ask(Command::PlanDay).unwrap();
    client.connection().previews();
    seen(&mut client);
    end(station);
}
