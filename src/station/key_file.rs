//! The device key's own file: sealed for this computer, or brought back from where it was deposited.

use std::fs;

use super::opening;
use super::paths::DataFolder;
use super::rotation;
use super::{StationError, open_day::remove_if_there};
use crate::durable;
use crate::signing::{DeviceKey, DeviceKeyError, OpenSshKey, PublicKey};

/// Seals the key in its place. Nothing else may work on the data folder meanwhile.
pub fn seal_key(data: &DataFolder) -> Result<PublicKey, StationError> {
    let _lock = opening::lock(data)?;
    rotation::settle(data)?;
    Ok(DeviceKey::seal(&DeviceKey::path_in(data.root()), data.sealer())?.public())
}

/// Puts a deposited key where there is none, or none that opens here; that one is kept beside it.
pub fn restore_key(data: &DataFolder, deposited: OpenSshKey) -> Result<PublicKey, StationError> {
    let _lock = opening::lock(data)?;
    rotation::settle(data)?;
    let path = DeviceKey::path_in(data.root());
    let io = |source| StationError::Key(DeviceKeyError::Io { path: path.clone(), source });
    let key = DeviceKey::from(deposited);
    let public = key.public();
    match DeviceKey::open_with(&path, data.sealer()) {
        Ok(_) => return Err(DeviceKeyError::Exists(path).into()),
        Err(DeviceKeyError::Missing(_)) => key.put(&path, None)?,
        Err(DeviceKeyError::Sealed { .. } | DeviceKeyError::Damaged(_)) => {
            let (kept, restored) =
                (path.with_added_extension("unopened"), path.with_added_extension("restored"));
            if !kept.try_exists().map_err(io)? {
                durable::replace_private(&kept, &fs::read(&path).map_err(io)?).map_err(io)?;
            }
            remove_if_there(&restored).map_err(io)?;
            key.put(&restored, None)?;
            durable::take_place(&restored, &path).map_err(io)?;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(public)
}
