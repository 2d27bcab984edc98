//! Microphones as ALSA names them.

use cpal::traits::{DeviceTrait, HostTrait};

use super::SoundError;

/// A device and what it is called: `plughw:CARD=C920,DEV=0` and `HD Pro Webcam C920, USB Audio`.
pub struct Candidate {
    pub device: cpal::Device,
    pub id: String,
    pub label: String,
}

/// Every device that may hear, once each, under a name that stays when cards are numbered anew.
/// `plughw` converts to what is asked for.
pub fn candidates(host: &cpal::Host) -> Result<Vec<Candidate>, SoundError> {
    let devices = host.devices().map_err(|error| SoundError::Failed(error.to_string()))?;
    let named = devices.filter_map(|device| {
        let id = device.id().ok()?.to_string();
        let id = id.strip_prefix("alsa:").unwrap_or(&id).to_owned();
        let card = id.strip_prefix("plughw:CARD=")?;
        // The same devices come by the card's number, too.
        let by_name = !card.starts_with(|first: char| first.is_ascii_digit());
        let label = device.to_string().replace('\n', ", ");
        by_name.then_some(Candidate { label, id, device })
    });
    Ok(named.collect())
}
