//! What the judge of pictures says of photographs: every mishap found, nothing else.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use invigil::point::Ailment;

use crate::stage::{Film, SCENE, Scene, Shot, began, watch_every};

/// Photographs that `.ci/setup test` fetches.
const PHOTOGRAPHS: [&str; 6] =
    ["motorcycle_left.png", "china.jpg", "coffee.png", "camera.png", "chelsea.png", "astronaut.png"];

fn photographs() -> Vec<Scene> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(target).join("tools/photographs");
    let size = format!("{}:{}", SCENE.0, SCENE.1);
    let scale = format!("scale={size}:force_original_aspect_ratio=increase:flags=lanczos,crop={size}");
    let read = |name: &&str| {
        let mut command = Command::new("ffmpeg");
        command.args(["-v", "error", "-i"]).arg(folder.join(name));
        command.args(["-vf", &scale, "-pix_fmt", "gray", "-f", "rawvideo", "-"]);
        let output = command.output().expect("ffmpeg is installed");
        let pixels = output.stdout;
        assert_eq!(pixels.len(), SCENE.0 * SCENE.1, "{name}: run .ci/setup test");
        Scene { name: (*name).to_owned(), pixels }
    };
    PHOTOGRAPHS.iter().map(read).collect()
}

/// What happens before the camera, second by second.
struct Case {
    name: &'static str,
    /// What has to be found, and nothing else.
    ails: Option<Ailment>,
    shot: fn(f32) -> Shot,
}

fn well() -> Shot {
    Shot::default()
}

/// From the 15th second on.
fn late(t: f32, shot: Shot) -> Shot {
    if t >= 15.0 { shot } else { Shot::default() }
}

/// There and back in so many seconds, -1 to 1.
fn swing(t: f32, seconds: f32) -> f32 {
    (t / seconds * std::f32::consts::TAU).sin()
}

const CASES: &[Case] = &[
    Case { name: "nothing moves", ails: None, shot: |_| well() },
    Case { name: "nothing moves, coarse", ails: None, shot: |_| Shot { noise: 1.0, coarse: 12.0, ..well() } },
    Case { name: "little noise", ails: None, shot: |_| Shot { noise: 0.7, ..well() } },
    Case { name: "noisy night", ails: None, shot: |t| late(t, Shot { gain: 0.3, noise: 9.0, ..well() }) },
    Case {
        name: "person walks",
        ails: None,
        shot: |t| Shot { person: Some((320.0 + 420.0 * swing(t, 14.0), 110.0)), ..well() },
    },
    Case {
        name: "person stands near",
        ails: None,
        shot: |t| late(t, Shot { person: Some((300.0 + 20.0 * swing(t, 5.0), 250.0)), ..well() }),
    },
    Case { name: "light off", ails: None, shot: |t| late(t, Shot { gain: 0.45, noise: 3.0, ..well() }) },
    Case { name: "light on", ails: None, shot: |t| late(t, Shot { gain: 1.5, ..well() }) },
    Case { name: "lamp beside", ails: None, shot: |t| late(t, Shot { gain: 1.2, slant: 0.8, ..well() }) },
    Case { name: "slow dawn", ails: None, shot: |t| Shot { gain: 0.3 + t / 90.0, noise: 3.0, ..well() } },
    Case { name: "flicker", ails: None, shot: |t| Shot { gain: 1.0 + 0.3 * swing(t, 1.7), ..well() } },
    Case {
        name: "exposure hunts",
        ails: None,
        shot: |t| Shot { gain: 1.0 + 0.5 * swing(t, 9.0), glow: 10.0 * swing(t, 11.0), ..well() },
    },
    Case {
        name: "light out for 6 s",
        ails: None,
        shot: |t| if (15.0..21.0).contains(&t) { Shot { gain: 0.02, ..well() } } else { well() },
    },
    Case {
        name: "hand for 6 s",
        ails: None,
        shot: |t| if (15.0..21.0).contains(&t) { Shot { hand: 1.0, ..well() } } else { well() },
    },
    Case {
        name: "focus hunts",
        ails: None,
        shot: |t| Shot { blur: if t % 8.0 < 2.0 && t > 10.0 { 5.0 } else { 0.0 }, ..well() },
    },
    Case { name: "shifted by 1.5 %", ails: None, shot: |t| late(t, Shot { shift: (8.0, 5.0), ..well() }) },
    Case {
        name: "trembles",
        ails: None,
        shot: |t| Shot { shift: (4.0 * swing(t, 3.1), 3.0 * swing(t, 2.3)), ..well() },
    },
    Case { name: "turned by 1°", ails: None, shot: |t| late(t, Shot { turn_degrees: 1.0, ..well() }) },
    Case { name: "half a hand", ails: None, shot: |t| late(t, Shot { hand: 0.35, ..well() }) },
    Case {
        name: "black",
        ails: Some(Ailment::Black),
        shot: |t| late(t, Shot { gain: 0.03, noise: 1.0, ..well() }),
    },
    Case {
        name: "black, noisy",
        ails: Some(Ailment::Black),
        shot: |t| late(t, Shot { gain: 0.03, noise: 6.0, ..well() }),
    },
    Case {
        name: "blown out",
        ails: Some(Ailment::Overexposed),
        shot: |t| late(t, Shot { gain: 2.0, glow: 120.0, ..well() }),
    },
    Case {
        name: "hand",
        ails: Some(Ailment::Covered),
        shot: |t| late(t, Shot { hand: 1.0, noise: 3.0, ..well() }),
    },
    Case {
        name: "hand, a slit left",
        ails: Some(Ailment::Covered),
        shot: |t| late(t, Shot { hand: 0.95, noise: 3.0, ..well() }),
    },
    Case {
        name: "cloth",
        ails: Some(Ailment::Covered),
        shot: |t| late(t, Shot { blur: 60.0, gain: 0.3, glow: 60.0, noise: 3.0, ..well() }),
    },
    Case { name: "blur 3", ails: Some(Ailment::Blurred), shot: |t| late(t, Shot { blur: 3.5, ..well() }) },
    Case {
        name: "blur 6",
        ails: Some(Ailment::Blurred),
        shot: |t| late(t, Shot { blur: 6.0, noise: 3.0, ..well() }),
    },
    Case { name: "blur 12", ails: Some(Ailment::Blurred), shot: |t| late(t, Shot { blur: 12.0, ..well() }) },
    Case {
        name: "tilted down",
        ails: Some(Ailment::Moved),
        shot: |t| late(t, Shot { shift: (0.0, 50.0), ..well() }),
    },
    Case {
        name: "turned aside",
        ails: Some(Ailment::Moved),
        shot: |t| late(t, Shot { shift: (70.0, -10.0), ..well() }),
    },
    Case {
        name: "shifted by 5 %",
        ails: Some(Ailment::Moved),
        shot: |t| late(t, Shot { shift: (-32.0, 4.0), ..well() }),
    },
    Case {
        name: "turned by 5°",
        ails: Some(Ailment::Moved),
        shot: |t| late(t, Shot { turn_degrees: 5.0, ..well() }),
    },
    Case {
        name: "turned by 10°",
        ails: Some(Ailment::Moved),
        shot: |t| late(t, Shot { turn_degrees: -10.0, ..well() }),
    },
    Case {
        name: "moved, dimmer",
        ails: Some(Ailment::Moved),
        shot: |t| late(t, Shot { shift: (60.0, 20.0), gain: 0.5, noise: 3.0, ..well() }),
    },
];

const SECONDS: u64 = 40;

#[test]
fn every_mishap_is_found_and_nothing_else() {
    let scenes = photographs();
    println!("{:<24} {:<12} right of {} photographs", "what happens", "is", scenes.len());
    let wrong: Vec<String> = CASES.iter().flat_map(|case| wrong(case, &scenes)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Photographs where something else is found.
fn wrong(case: &Case, scenes: &[Scene]) -> Vec<String> {
    let wrong: Vec<String> = thread::scope(|scope| {
        let each: Vec<_> = scenes.iter().map(|scene| scope.spawn(move || found(case, scene))).collect();
        each.into_iter().filter_map(|one| one.join().unwrap()).collect()
    });
    let ails = case.ails.map_or("nothing", Ailment::id);
    println!("{:<24} {:<12} {}", case.name, ails, scenes.len() - wrong.len());
    wrong
}

fn found(case: &Case, scene: &Scene) -> Option<String> {
    let reference = scene.take(&Shot { seed: 9_999, ..Shot::default() });
    let mut film = Film::of(scene);
    let findings = watch_every(1_000, Some(&reference), SECONDS, |t| film.at(t, (case.shot)(t)));
    let as_expected = began(&findings) == case.ails.into_iter().collect::<Vec<_>>();
    (!as_expected).then(|| format!("{} · {}: {findings:?}", case.name, scene.name))
}
