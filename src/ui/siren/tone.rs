//! The tones, made here: beeps at fixed times within a period, at full volume only when it is worst.

use std::f32::consts::TAU;

use super::Loudness;

/// Beeps begin and end softly, so that they do not click.
const FADE_MS: f32 = 8.0;

/// A beep within the period: begin and length in milliseconds, and its pitch.
struct Beep(f32, f32, f32);

struct Pattern {
    period_ms: f32,
    beeps: &'static [Beep],
    volume: f32,
}

const TECHNICIAN: Pattern = Pattern {
    period_ms: 6_000.0,
    beeps: &[Beep(0.0, 180.0, 784.0), Beep(300.0, 180.0, 784.0)],
    volume: 0.35,
};
const HEAD: Pattern = Pattern {
    period_ms: 2_500.0,
    beeps: &[Beep(0.0, 200.0, 988.0), Beep(300.0, 200.0, 988.0), Beep(600.0, 300.0, 1_319.0)],
    volume: 0.7,
};
const LIMIT: Pattern =
    Pattern { period_ms: 600.0, beeps: &[Beep(0.0, 300.0, 988.0), Beep(300.0, 300.0, 1_319.0)], volume: 1.0 };

/// The sample of that moment, -1 to 1; `at` counts from the begin of the sound.
pub fn sample(loudness: Loudness, at: u64, rate: u32) -> f32 {
    let pattern = match loudness {
        Loudness::Quiet => return 0.0,
        Loudness::Technician => TECHNICIAN,
        Loudness::Head => HEAD,
        Loudness::Limit => LIMIT,
    };
    let period = (u64::from(rate) * pattern.period_ms as u64 / 1_000).max(1);
    let ms = (at % period) as f32 * 1_000.0 / rate.max(1) as f32;
    let beep = pattern.beeps.iter().find(|Beep(from, length, _)| (*from..from + length).contains(&ms));
    let Some(Beep(from, length, pitch)) = beep else { return 0.0 };
    let within = ms - from;
    let fade = (within.min(length - within) / FADE_MS).clamp(0.0, 1.0);
    (within / 1_000.0 * pitch * TAU).sin() * fade * pattern.volume
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 48_000;

    /// Mean square over twelve seconds, and the greatest step from one sample to the next.
    fn heard(loudness: Loudness) -> (f32, f32) {
        let samples: Vec<f32> = (0..u64::from(RATE) * 12).map(|at| sample(loudness, at, RATE)).collect();
        assert!(samples.iter().all(|sample| sample.abs() <= 1.0));
        let steps = samples.windows(2).map(|two| (two[1] - two[0]).abs());
        let energy = samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32;
        (energy, steps.fold(0.0, f32::max))
    }

    #[test]
    fn each_is_louder_than_the_one_before_and_none_clicks() {
        let all = [Loudness::Quiet, Loudness::Technician, Loudness::Head, Loudness::Limit].map(heard);
        assert_eq!(all[0].0, 0.0);
        assert!(all.windows(2).all(|two| two[1].0 > two[0].0 * 2.0), "{all:?}");
        // No steeper than the highest pitch itself.
        let steepest = 1_319.0 * TAU / RATE as f32;
        assert!(all.iter().all(|(_, step)| *step <= steepest * 1.05), "{all:?}");
    }

    #[test]
    fn any_rate_and_any_moment_gives_a_sample() {
        for rate in [0, 1, 8_000, 44_100, u32::MAX] {
            for at in [0, 1, u64::MAX] {
                assert!(sample(Loudness::Limit, at, rate).is_finite());
            }
        }
    }
}
