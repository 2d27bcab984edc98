//! A camera before a photograph: light, noise, people and mishaps as a webcam would show them.

use std::sync::OnceLock;

use invigil::camera::health::{Finding, Health, LOOK_EVERY_MS, Look};
use invigil::clock::Stamp;
use invigil::point::{Ailment, HealthRules};

/// What the camera shows.
pub const SIZE: (usize, usize) = (640, 480);
/// What there is to be seen: the camera's view with a margin around it.
pub const SCENE: (usize, usize) = (800, 600);

/// A grey picture of [`SCENE`]'s size.
pub struct Scene {
    pub name: String,
    pub pixels: Vec<u8>,
}

/// How a picture is taken.
#[derive(Clone, Copy, Debug)]
pub struct Shot {
    /// In pixels.
    pub shift: (f32, f32),
    pub turn_degrees: f32,
    pub gain: f32,
    /// Added to the light, 0..=255.
    pub glow: f32,
    /// Light that falls from the left: 0 even, 1 none at the right.
    pub slant: f32,
    /// Sharp edges become so many pixels wide (standard deviation).
    pub blur: f32,
    pub noise: f32,
    /// Step of a coarse compression of 8 by 8 blocks; 0: none.
    pub coarse: f32,
    /// The middle of a person, in pixels, and how wide they are.
    pub person: Option<(f32, f32)>,
    /// How much of the picture a hand covers, from the left.
    pub hand: f32,
    /// Seeds the noise.
    pub seed: u64,
}

impl Default for Shot {
    fn default() -> Self {
        Self {
            shift: (0.0, 0.0),
            turn_degrees: 0.0,
            gain: 1.0,
            glow: 0.0,
            slant: 0.0,
            blur: 0.0,
            noise: 1.5,
            coarse: 0.0,
            person: None,
            hand: 0.0,
            seed: 0,
        }
    }
}

impl Scene {
    /// The luma that a camera gives for it.
    pub fn take(&self, shot: &Shot) -> Vec<u8> {
        expose(&self.light(shot), shot)
    }

    /// The light that falls on the sensor.
    fn light(&self, shot: &Shot) -> Vec<f32> {
        let (w, h) = SIZE;
        let (sin, cos) = shot.turn_degrees.to_radians().sin_cos();
        let mut light = vec![0f32; w * h];
        for y in 0..h {
            for x in 0..w {
                let (u, v) = (x as f32 - w as f32 / 2.0, y as f32 - h as f32 / 2.0);
                let at = (cos * u - sin * v + shot.shift.0, sin * u + cos * v + shot.shift.1);
                light[y * w + x] = self.at(at.0 + SCENE.0 as f32 / 2.0, at.1 + SCENE.1 as f32 / 2.0);
            }
        }
        if let Some((middle, width)) = shot.person {
            draw_person(&mut light, middle, width);
        }
        if shot.blur > 0.0 {
            light = blurred(&light, shot.blur);
        }
        light
    }

    fn at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x.clamp(0.0, SCENE.0 as f32 - 1.01), y.clamp(0.0, SCENE.1 as f32 - 1.01));
        let (x0, y0) = (x as usize, y as usize);
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let at = |x: usize, y: usize| f32::from(self.pixels[y * SCENE.0 + x]);
        let top = at(x0, y0) * (1.0 - fx) + at(x0 + 1, y0) * fx;
        let below = at(x0, y0 + 1) * (1.0 - fx) + at(x0 + 1, y0 + 1) * fx;
        top * (1.0 - fy) + below * fy
    }
}

/// What the sensor and the camera's electronics make of it.
fn expose(light: &[f32], shot: &Shot) -> Vec<u8> {
    let (w, h) = SIZE;
    let noise = &noise()[shot.seed as usize * 7_919 % 700_000..];
    let edge = shot.hand * w as f32;
    let mut luma: Vec<f32> = light
        .iter()
        .enumerate()
        .map(|(at, light)| {
            let (x, y) = ((at % w) as f32, (at / w) as f32);
            let lit = light * (1.0 - shot.slant * x / w as f32);
            // Light shines dully through fingers.
            let skin = 60.0 + 30.0 * y / h as f32 + 10.0 * x / w as f32;
            let covered = ((edge - x) / 60.0 + 0.5).clamp(0.0, 1.0);
            let covered = if shot.hand >= 1.0 { 1.0 } else { covered };
            let seen = lit * (1.0 - covered) + skin * covered;
            (seen * shot.gain + shot.glow).clamp(0.0, 255.0) + noise[at] * shot.noise
        })
        .map(|light| 16.0 + light * 219.0 / 255.0)
        .collect();
    if shot.coarse > 0.0 {
        compress(&mut luma, shot.coarse);
    }
    luma.iter().map(|luma| luma.round().clamp(16.0, 235.0) as u8).collect()
}

/// Roughly normal, of standard deviation one; read from a place that the seed chooses.
fn noise() -> &'static [f32] {
    static NOISE: OnceLock<Vec<f32>> = OnceLock::new();
    NOISE.get_or_init(|| {
        let mut state = 0x9e37_79b9_7f4a_7c15u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let sum: u64 = (0..4).map(|part| state >> (part * 16) & 0xffff).sum();
            (sum as f32 / 65_536.0 - 2.0) * 1.732
        };
        (0..1 << 20).map(|_| next()).collect()
    })
}

fn draw_person(light: &mut [f32], middle: f32, width: f32) {
    let (w, h) = SIZE;
    let top = h as f32 * 0.95 - width * 2.6;
    for y in 0..h {
        for x in 0..w {
            let (u, v) = ((x as f32 - middle) / (width / 2.0), (y as f32 - top) / width);
            let head = u * u * 4.0 + (v - 0.25) * (v - 0.25) * 16.0 < 1.0;
            let body = u.abs() < 1.0 && v > 0.5;
            if head || body {
                let cloth = 70.0 + 50.0 * ((u * 9.0).sin() * (v * 7.0).cos()) + 30.0 * u;
                light[y * w + x] = if head { 170.0 - 40.0 * u } else { cloth };
            }
        }
    }
}

/// Three passes of a box make nearly a bell.
fn blurred(light: &[f32], sigma: f32) -> Vec<f32> {
    let (w, h) = SIZE;
    let radius = ((12.0 * sigma * sigma / 3.0 + 1.0).sqrt() / 2.0).round().max(1.0) as isize;
    let mut from = light.to_vec();
    for _ in 0..3 {
        for (count, length, step, next) in [(h, w, 1, w), (w, h, w, 1)] {
            let mut to = from.clone();
            for line in 0..count {
                let at = |i: isize| from[line * next + i.clamp(0, length as isize - 1) as usize * step];
                let mut sum: f32 = (-radius..=radius).map(at).sum();
                for i in 0..length as isize {
                    to[line * next + i as usize * step] = sum / (2 * radius + 1) as f32;
                    sum += at(i + radius + 1) - at(i - radius);
                }
            }
            from = to;
        }
    }
    from
}

/// What a JPEG of poor quality leaves: each block's cosines, rounded.
fn compress(luma: &mut [f32], step: f32) {
    let (w, h) = SIZE;
    let cosines: Vec<f32> = (0..64)
        .map(|at| {
            let (frequency, x) = ((at / 8) as f32, (at % 8) as f32);
            let scale = if frequency == 0.0 { 0.125f32.sqrt() } else { 0.5 };
            scale * ((2.0 * x + 1.0) * frequency * std::f32::consts::PI / 16.0).cos()
        })
        .collect();
    for by in (0..h).step_by(8) {
        for bx in (0..w).step_by(8) {
            let mut block = [0f32; 64];
            (0..64).for_each(|i| block[i] = luma[(by + i / 8) * w + bx + i % 8]);
            let rows = |from: &[f32; 64], forth: bool| {
                let mut to = [0f32; 64];
                for i in 0..64 {
                    let (line, k) = (i / 8, i % 8);
                    // Transposed on the way: twice gives both directions.
                    to[k * 8 + line] = (0..8)
                        .map(|x| from[line * 8 + x] * cosines[if forth { k * 8 + x } else { x * 8 + k }])
                        .sum();
                }
                to
            };
            let mut waves = rows(&rows(&block, true), true);
            for (i, wave) in waves.iter_mut().enumerate() {
                let step = step * (1.0 + (i / 8 + i % 8) as f32 / 3.0);
                *wave = (*wave / step).round() * step;
            }
            let block = rows(&rows(&waves, false), false);
            (0..64).for_each(|i| luma[(by + i / 8) * w + bx + i % 8] = block[i]);
        }
    }
}

/// A scene over time; light that stays as it was is not worked out again.
pub struct Film<'a> {
    scene: &'a Scene,
    light: Option<(Shot, Vec<f32>)>,
}

impl<'a> Film<'a> {
    pub fn of(scene: &'a Scene) -> Self {
        Self { scene, light: None }
    }

    /// The picture at this second, with a noise of its own.
    pub fn at(&mut self, second: f32, shot: Shot) -> Vec<u8> {
        let shot = Shot { seed: (second * 10.0) as u64 + 1, ..shot };
        let same = |a: &Shot| {
            (a.shift, a.turn_degrees, a.blur, a.person)
                == (shot.shift, shot.turn_degrees, shot.blur, shot.person)
        };
        if !self.light.as_ref().is_some_and(|(before, _)| same(before)) {
            self.light = Some((shot, self.scene.light(&shot)));
        }
        self.light.as_ref().map(|(_, light)| expose(light, &shot)).unwrap()
    }
}

/// Watches what `film` shows, a picture every half second for so many seconds; `reference` is approved
/// before.
pub fn watch(reference: Option<&[u8]>, seconds: u64, film: impl FnMut(f32) -> Vec<u8>) -> Vec<Finding> {
    watch_every(LOOK_EVERY_MS, reference, seconds, film)
}

pub fn watch_every(
    every_ms: u64,
    reference: Option<&[u8]>,
    seconds: u64,
    mut film: impl FnMut(f32) -> Vec<u8>,
) -> Vec<Finding> {
    let look = |luma: &[u8]| Look::at(luma, SIZE.0, SIZE.1).unwrap();
    let mut health = Health::new(HealthRules::default());
    if let Some(reference) = reference {
        health.hold_to(look(reference));
    }
    let mut findings = Vec::new();
    for n in 0..=seconds * 1000 / every_ms {
        let ms = n * every_ms;
        let now = Stamp { utc_ms: ms as i64, mono_ms: ms, offset_min: 0 };
        findings.extend(health.look(look(&film(ms as f32 / 1000.0)), now));
    }
    findings
}

/// Which ailments began.
pub fn began(findings: &[Finding]) -> Vec<Ailment> {
    let began = findings.iter().filter_map(|finding| match finding {
        Finding::Began { ailment, .. } => Some(*ailment),
        Finding::Ended { .. } => None,
    });
    began.collect()
}
