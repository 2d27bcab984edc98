//! Frames on the socket: a length of four bytes, little-endian, then so many bytes.

use std::io::{self, Read, Write};

use serde::{Serialize, de::DeserializeOwned};

/// A request may be this long (a whole profile); more is refused unread.
pub const MAX_REQUEST_BYTES: u32 = 256 * 1024;
/// An update may be this long (a view, or a page of records).
pub const MAX_UPDATE_BYTES: u32 = 1024 * 1024;
/// A preview picture may be this long: 1920×1080 RGB and its head.
pub const MAX_PICTURE_BYTES: u32 = 8 * 1024 * 1024;

pub fn write_json(stream: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    write_bytes(stream, &serde_json::to_vec(value)?)
}

pub fn read_json<T: DeserializeOwned>(stream: &mut impl Read, max_bytes: u32) -> io::Result<T> {
    Ok(serde_json::from_slice(&read_bytes(stream, max_bytes)?)?)
}

pub fn write_bytes(stream: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    stream.write_all(&length.to_le_bytes())?;
    stream.write_all(bytes)?;
    stream.flush()
}

/// The next frame; `UnexpectedEof` when the other side is gone.
pub fn read_bytes(stream: &mut impl Read, max_bytes: u32) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > max_bytes {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "frame too long"));
    }
    let mut bytes = vec![0; length as usize];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_and_long_ones_are_refused_unread() {
        let mut wire = Vec::new();
        write_json(&mut wire, &("a", 1)).unwrap();
        assert_eq!(read_json::<(String, u8)>(&mut &wire[..], 64).unwrap(), ("a".into(), 1));
        let huge = u32::MAX.to_le_bytes();
        assert_eq!(read_bytes(&mut &huge[..], 64).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
