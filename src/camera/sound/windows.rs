//! Microphones as the system names them (WASAPI on Windows).

use cpal::traits::{DeviceTrait, HostTrait};

use super::SoundError;

/// A device and what it is called.
pub struct Candidate {
    pub device: cpal::Device,
    pub id: String,
    pub label: String,
}

/// Every device that may hear.
pub fn candidates(host: &cpal::Host) -> Result<Vec<Candidate>, SoundError> {
    let devices = host.input_devices().map_err(|error| SoundError::Failed(error.to_string()))?;
    let named = devices.filter_map(|device| {
        let id = device.id().ok()?.to_string();
        Some(Candidate { label: device.to_string(), id, device })
    });
    Ok(named.collect())
}
