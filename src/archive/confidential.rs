//! Copies that only the regional centre can open: `<part>.zip.age`, the part inside unchanged.
//!
//! What the reading back proves: the medium holds what the encryption gave of the part as it was read. That
//! it opens to that part, only the owner of a recipient's key can see; the part then proves itself by its
//! own signatures. A half one is begun anew: its key is nowhere to go on with.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use ring::rand::SystemRandom;

use super::age::Encryptor;
use super::copy::{Copied, CopyError, CopyTarget, Paced, digest_of, each_piece, finish, unfinished};
use super::verify::{Meter, OnProgress};
use crate::point::AgeRecipient;
use crate::signing::{Digest, Hasher};

/// What the name of an encrypted file ends in.
const ENDING: &str = "age";

impl CopyTarget {
    /// As [`copy`](Self::copy), encrypted to the recipients. `known` is the hash of the file that an
    /// earlier copy left there: if it is still that, it is not written again; else it is replaced, once the
    /// new one is verified.
    pub fn copy_for(
        &self,
        file: &Path,
        recipients: &[AgeRecipient],
        known: Option<Digest>,
        on_progress: OnProgress,
    ) -> Result<Copied, CopyError> {
        self.with(file, on_progress, &mut |name, meter| {
            let to = self.folder().join(name).with_added_extension(ENDING);
            match there(&to, known, meter)? {
                Some(copied) => Ok(copied),
                None => encrypt(file, &to, recipients, meter),
            }
        })
    }
}

fn there(to: &Path, known: Option<Digest>, meter: &mut Meter) -> Result<Option<Copied>, CopyError> {
    let (Some(known), true) = (known, to.exists()) else { return Ok(None) };
    let (sha256, bytes) = digest_of(to, None, meter)?;
    let file = name_of(to);
    Ok((sha256 == known).then_some(Copied { file, bytes, sha256, was_there: true, resumed_bytes: 0 }))
}

fn encrypt(
    from: &Path,
    to: &Path,
    recipients: &[AgeRecipient],
    meter: &mut Meter,
) -> Result<Copied, CopyError> {
    let write = |source| CopyError::Write { path: to.to_owned(), source };
    let source = File::open(from).map_err(|source| CopyError::Read { path: from.to_owned(), source })?;
    let file = Paced { file: File::create(unfinished(to)).map_err(write)?, unsynced_bytes: 0 };
    let out = Hashing { out: file, hasher: Hasher::new(), bytes: 0 };
    let mut out = Encryptor::new(recipients, &SystemRandom::new(), out).map_err(write)?;
    each_piece(from, source, meter, &mut |piece| out.write_all(piece).map_err(write))?;
    let Hashing { out, hasher, bytes } = out.finish().map_err(write)?;
    let sha256 = hasher.finish();
    finish(out.file, to, (sha256, bytes), meter)?;
    Ok(Copied { file: name_of(to), bytes, sha256, was_there: false, resumed_bytes: 0 })
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Takes the SHA-256 of what is written through it.
struct Hashing<W> {
    out: W,
    hasher: Hasher,
    bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
