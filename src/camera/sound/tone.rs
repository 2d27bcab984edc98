//! The test sound of `pattern:` cameras: a quiet hum, and a click with every flash of the picture.

use std::f32::consts::TAU;

/// Samples a second.
pub const RATE: u32 = 48_000;
/// How long a click is.
const CLICK: u64 = RATE as u64 / 50;
const HUM_HZ: f32 = 440.0;
const CLICK_HZ: f32 = 2_000.0;
/// -40 dBFS and -6 dBFS.
const HUM: f32 = 327.0;
const CLICK_LOUD: f32 = 16_384.0;

/// Samples `from..to`, of which those at whole seconds begin a click.
pub fn samples(from: u64, to: u64) -> Vec<i16> {
    (from..to).map(sample).collect()
}

fn sample(at: u64) -> i16 {
    let within = at % u64::from(RATE);
    let wave = |hz: f32| (within as f32 / RATE as f32 * hz * TAU).sin();
    if within < CLICK { (wave(CLICK_HZ) * CLICK_LOUD) as i16 } else { (wave(HUM_HZ) * HUM) as i16 }
}
