//! What the judge of pictures says of a drawn room, to the look.

use invigil::camera::health::{Finding, Health, LOOK_EVERY_MS, Look};
use invigil::clock::Stamp;
use invigil::point::{Ailment, HealthRules};

use crate::stage::{Film, SCENE, SIZE, Scene, Shot, began, watch};

/// A room with a window, a door and rows of desks.
fn room() -> Scene {
    let (w, h) = SCENE;
    let mut pixels = vec![0; w * h];
    for (at, pixel) in pixels.iter_mut().enumerate() {
        let (x, y) = (at % w, at / w);
        let wall = 130 + x / 20;
        let floor = 80 + y / 16;
        let desk = y > 330 && (y / 70) % 2 == 1 && (x / 90) % 2 == 0;
        let window = (110..260).contains(&x) && (100..260).contains(&y) && x % 75 > 6;
        let door = (560..650).contains(&x) && (120..330).contains(&y);
        *pixel = match () {
            () if desk => 170 - (x % 90) / 3,
            () if window => 225,
            () if door => 60,
            () if y > 330 => floor,
            () => wall,
        } as u8;
    }
    Scene { name: "room".into(), pixels }
}

/// The findings of 60 s in which `shot` is what happens from the 20th to the 46th second.
fn findings(reference: bool, shot: Shot) -> Vec<Finding> {
    let room = room();
    let mut film = Film::of(&room);
    let approved = room.take(&Shot { seed: 7, ..Shot::default() });
    watch(reference.then_some(&approved), 60, |t| {
        film.at(t, if (20.0..46.0).contains(&t) { shot } else { Shot::default() })
    })
}

fn lasted(ailment: Ailment, from_ms: i64, to_ms: i64) -> Vec<Finding> {
    vec![Finding::Began { ailment, from_ms }, Finding::Ended { ailment, from_ms, to_ms }]
}

#[test]
fn what_ails_is_told_with_its_first_and_its_last_look() {
    let well = Shot::default();
    for (ailment, shot) in [
        (Ailment::Black, Shot { gain: 0.02, ..well }),
        (Ailment::Overexposed, Shot { gain: 2.0, glow: 90.0, ..well }),
        (Ailment::Covered, Shot { hand: 1.0, ..well }),
        (Ailment::Blurred, Shot { blur: 5.0, ..well }),
    ] {
        assert_eq!(findings(true, shot), lasted(ailment, 20_000, 46_000), "{ailment:?}");
        assert_eq!(findings(false, shot), lasted(ailment, 20_000, 46_000), "{ailment:?} without reference");
    }
    let turned = Shot { turn_degrees: 5.0, ..well };
    assert_eq!(findings(true, turned), lasted(Ailment::Moved, 20_000, 46_000));
    assert_eq!(findings(false, turned), [], "nothing says where the camera should look");
}

#[test]
fn what_passes_soon_is_not_told() {
    let room = room();
    for shot in [Shot { gain: 0.02, ..Shot::default() }, Shot { hand: 1.0, ..Shot::default() }] {
        let mut film = Film::of(&room);
        let nine_seconds = |t: f32| t % 15.0 > 5.9;
        let findings = watch(None, 60, |t| film.at(t, if nine_seconds(t) { shot } else { Shot::default() }));
        assert_eq!(findings, []);
    }
}

#[test]
fn a_picture_that_stands_still_is_frozen_and_a_quiet_corridor_is_not() {
    let room = room();
    let mut film = Film::of(&room);
    let still = film.at(20.0, Shot::default());
    let frozen =
        watch(
            None,
            60,
            |t| {
                if (20.0..40.0).contains(&t) { still.clone() } else { film.at(t, Shot::default()) }
            },
        );
    assert_eq!(frozen, lasted(Ailment::Frozen, 20_000, 40_000));
    // The camera goes on writing the time into a picture that stands still.
    let ticking = watch(None, 60, |t| {
        let mut picture = if (20.0..40.0).contains(&t) { still.clone() } else { film.at(t, Shot::default()) };
        for y in 16..36 {
            picture[y * SIZE.0 + 500..][..32].fill(16 + (t as u8 % 10) * 20);
        }
        picture
    });
    assert_eq!(ticking, lasted(Ailment::Frozen, 20_000, 40_000));
    for shot in [Shot { noise: 0.7, ..Shot::default() }, Shot { coarse: 16.0, ..Shot::default() }] {
        assert_eq!(watch(None, 60, |t| film.at(t, shot)), [], "{shot:?}");
    }
}

#[test]
fn a_capped_lens_is_black_and_not_frozen_too() {
    let black = vec![16; SIZE.0 * SIZE.1];
    let findings = watch(None, 30, |_| black.clone());
    assert_eq!(findings, [Finding::Began { ailment: Ailment::Black, from_ms: 0 }]);
    let white = vec![235; SIZE.0 * SIZE.1];
    assert_eq!(began(&watch(None, 30, |_| white.clone())), [Ailment::Overexposed]);
}

#[test]
fn what_stands_ends_with_the_last_picture() {
    let mut health = Health::new(HealthRules::default());
    let stamp = |ms: u64| Stamp { utc_ms: ms as i64, mono_ms: ms, offset_min: 0 };
    let black = || Look::at(&vec![16; SIZE.0 * SIZE.1], SIZE.0, SIZE.1).unwrap();
    for ms in (0..20_000).step_by(LOOK_EVERY_MS as usize) {
        health.look(black(), stamp(ms));
    }
    assert_eq!(health.standing().collect::<Vec<_>>(), [Ailment::Black]);
    let ended = Finding::Ended { ailment: Ailment::Black, from_ms: 0, to_ms: 19_500 };
    assert_eq!(health.end(stamp(90_000)), [ended]);
    assert_eq!(health.end(stamp(91_000)), []);
}

#[test]
fn a_rate_that_stays_low_is_slow() {
    let mut health = Health::new(HealthRules::default());
    let mut findings = Vec::new();
    for second in 0..60u64 {
        let stamp = Stamp { utc_ms: second as i64 * 1_000, mono_ms: second * 1_000, offset_min: 0 };
        // Five slow seconds, then twenty.
        let milli = if (5..10).contains(&second) || (20..40).contains(&second) { 7_000 } else { 14_800 };
        findings.extend(health.rate(milli, 15_000, stamp));
    }
    assert_eq!(findings, lasted(Ailment::Slow, 20_000, 40_000));
}

#[test]
fn pictures_of_any_size_are_looked_at_or_left() {
    for (width, height) in [(160, 120), (320, 240), (641, 479), (1280, 720), (1920, 1080), (3840, 2160)] {
        let look = Look::at(&vec![90; width * height], width, height).unwrap();
        assert!(look.columns <= 80 && look.cells.len() == look.columns * look.rows);
        assert_eq!(look.mean(), 90);
    }
    assert_eq!(Look::at(&[0; 16 * 16], 16, 16), None);
    assert_eq!(Look::at(&[0; 100], 640, 480), None);
    assert_eq!(Look::at(&[], usize::MAX, 2), None);
}
