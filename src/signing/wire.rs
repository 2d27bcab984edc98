//! SSH's wire form (RFC 4251 section 5): big-endian lengths before strings of bytes.

/// Reads values from the front of a buffer; `None` once it ends too early.
pub(super) struct Wire<'a>(&'a [u8]);

impl<'a> Wire<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*head))
    }

    pub(super) fn string(&mut self) -> Option<&'a [u8]> {
        let length = self.u32()?;
        self.bytes(usize::try_from(length).ok()?)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Appends a string. Ours are all far shorter than 4 GiB.
pub(super) fn put_string(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("strings that we write are short");
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(bytes);
}

/// A positive number without needless leading zeros, big-endian (RFC 4251's mpint).
pub(super) fn mpint<'a>(wire: &mut Wire<'a>) -> Option<&'a [u8]> {
    match wire.string()? {
        [0, rest @ ..] if rest.first().is_some_and(|byte| byte & 0x80 != 0) => Some(rest),
        number if number.first().is_some_and(|byte| (1..0x80).contains(byte)) => Some(number),
        _ => None,
    }
}

/// Appends a positive number, leading zeros dropped.
pub(super) fn put_mpint(out: &mut Vec<u8>, number: &[u8]) {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let number = &number[zeros..];
    match number.first() {
        Some(byte) if byte & 0x80 != 0 => put_string(out, &[&[0], number].concat()),
        _ => put_string(out, number),
    }
}
