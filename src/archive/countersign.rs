//! Putting a countersignature beside a sealed day's part 00, once it is known to hold.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::verify::sealed;
use super::{CountersignatureName, PartName};
use crate::durable;
use crate::i18n::Message;
use crate::point::DayId;
use crate::signing::{
    BadKeyFile, BadSshSignature, Digest, MAX_KEY_FILE_BYTES, NAMESPACE, OpenSshKey, PublicKey, SignerRole,
    SshKey, SshSignature,
};

/// A national signature is longer: it carries its certificates.
const MAX_SIGNATURE_BYTES: u64 = 1 << 20;

/// What a person hands in to countersign with.
pub enum HandedIn {
    /// OpenSSH's private key file; it is wiped from memory when it is dropped.
    Key(Zeroizing<Vec<u8>>),
    /// Made elsewhere, with any key that `ssh-keygen -Y sign` can use.
    Signature(String),
    /// Made by a national program; by its file's name, `.p7s`.
    National(Vec<u8>),
}

/// A sealed day's folder, whose part 00 holds.
#[derive(Debug)]
pub struct Countersigning {
    folder: PathBuf,
    day: DayId,
    signed: Vec<u8>,
    station: PublicKey,
}

/// A countersignature that lies beside part 00 now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutBeside {
    pub path: PathBuf,
    pub sha256: Digest,
    /// None: it was made by a national program and is not checked here.
    pub key: Option<SshKey>,
}

/// Why nothing was put there.
#[derive(Debug, thiserror::Error)]
pub enum CountersignError {
    #[error("{} holds no part 00, or more than one", .0.display())]
    NoPart(PathBuf),
    #[error("{} is not whole, or not as it was sealed", .0.display())]
    NotWhole(PathBuf),
    #[error("not a signature as `ssh-keygen -Y sign` writes it")]
    Malformed,
    #[error("made with a key of the type {0:?}")]
    Kind(String),
    #[error("made for {0:?}")]
    Namespace(String),
    #[error("not over this day's part 00")]
    Wrong,
    /// The station's, or that of the other who countersigns.
    #[error("the key {0} has signed in another role already")]
    SameKey(String),
    #[error(transparent)]
    Key(#[from] BadKeyFile),
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    #[error("{}: {source}", .path.display())]
    Io { path: PathBuf, source: io::Error },
}

impl HandedIn {
    /// Reads a file that is none of ours: by what it begins with, and `.p7s` by its name.
    pub fn read(path: &Path) -> Result<Self, CountersignError> {
        let io = |source| CountersignError::Io { path: path.to_owned(), source };
        let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_KEY_FILE_BYTES));
        let file = File::open(path).map_err(io)?;
        file.take(MAX_SIGNATURE_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
        if bytes.len() as u64 > MAX_SIGNATURE_BYTES {
            return Err(CountersignError::Malformed);
        }
        Ok(match path.extension().is_some_and(|ending| ending == "p7s") {
            true => Self::National(bytes.to_vec()),
            false if OpenSshKey::looks_like(&bytes) => Self::Key(bytes),
            false => Self::Signature(String::from_utf8_lossy(&bytes).into_owned()),
        })
    }

    /// A key that is protected.
    pub fn needs_passphrase(&self) -> bool {
        matches!(self, Self::Key(file) if OpenSshKey::needs_passphrase(file))
    }
}

impl Countersigning {
    /// Reads all of part 00, which has to be in this folder once.
    pub fn open(folder: &Path) -> Result<Self, CountersignError> {
        let path = part_00(folder)?;
        let sealed = sealed(&path).filter(|sealed| sealed.name.number() == Some(0));
        let sealed = sealed.ok_or(CountersignError::NotWhole(path))?;
        let day = sealed.name.day().clone();
        Ok(Self { folder: folder.to_owned(), day, signed: sealed.signed, station: sealed.signer })
    }

    pub fn day(&self) -> &DayId {
        &self.day
    }

    /// What is to be signed: part 00's tag manifest.
    pub fn signed_bytes(&self) -> &[u8] {
        &self.signed
    }

    /// Signs with the key, or takes the signature, and puts it beside part 00. On disk on return. A key
    /// without a passphrase gets an empty one.
    pub fn take(
        &self,
        role: SignerRole,
        handed_in: &HandedIn,
        passphrase: &[u8],
    ) -> Result<PutBeside, CountersignError> {
        match handed_in {
            HandedIn::Key(file) => {
                let key = OpenSshKey::open(file, passphrase)?;
                self.put(role, &key.sign(NAMESPACE, &self.signed).to_string())
            }
            HandedIn::Signature(text) => self.put(role, text),
            HandedIn::National(bytes) => self.write(role, true, bytes, None),
        }
    }

    /// Puts a signature there as `ssh-keygen -Y sign` makes it.
    fn put(&self, role: SignerRole, text: &str) -> Result<PutBeside, CountersignError> {
        let signature: SshSignature = text.parse().map_err(|bad| match bad {
            BadSshSignature::Malformed => CountersignError::Malformed,
            BadSshSignature::UnsupportedKey(kind) => CountersignError::Kind(kind),
        })?;
        if signature.namespace != NAMESPACE {
            return Err(CountersignError::Namespace(signature.namespace.chars().take(80).collect()));
        }
        if !signature.verify(NAMESPACE, &self.signed) {
            return Err(CountersignError::Wrong);
        }
        let key = signature.key.clone();
        let others = SignerRole::COUNTERSIGNERS.into_iter().filter(|other| *other != role);
        let used = others.filter_map(|other| self.signed_by(other)).chain([self.station.into()]);
        if used.into_iter().any(|used| used == key) {
            return Err(CountersignError::SameKey(key.fingerprint()));
        }
        // In the one form, whatever line ends it came with.
        self.write(role, false, signature.to_string().as_bytes(), Some(key))
    }

    fn signed_by(&self, role: SignerRole) -> Option<SshKey> {
        let text = fs::read_to_string(self.path(role, false)).ok()?;
        text.parse::<SshSignature>().ok().map(|signature| signature.key)
    }

    fn path(&self, role: SignerRole, national: bool) -> PathBuf {
        self.folder.join(CountersignatureName { day: self.day.clone(), role, national }.to_string())
    }

    /// Whole or not at all, and never over another one.
    fn write(
        &self,
        role: SignerRole,
        national: bool,
        bytes: &[u8],
        key: Option<SshKey>,
    ) -> Result<PutBeside, CountersignError> {
        let path = self.path(role, national);
        let io = |source| CountersignError::Io { path: path.clone(), source };
        let sha256 = Digest::of(bytes);
        match fs::read(&path) {
            // Put again, after a crash say.
            Ok(there) if there == bytes => return Ok(PutBeside { path, sha256, key }),
            Ok(_) => return Err(CountersignError::Exists(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(io(error)),
        }
        let unfinished = path.with_added_extension("new");
        let write = || -> io::Result<()> {
            let mut file: File =
                OpenOptions::new().write(true).create(true).truncate(true).open(&unfinished)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&unfinished, &path)?;
            durable::sync_folder(&self.folder)
        };
        write().map_err(io)?;
        Ok(PutBeside { path, sha256, key })
    }
}

fn part_00(folder: &Path) -> Result<PathBuf, CountersignError> {
    let io = |source| CountersignError::Io { path: folder.to_owned(), source };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let name = entry.map_err(io)?.file_name();
        let part = name.to_str().and_then(|name| name.strip_suffix(".zip")).and_then(PartName::parse);
        found.extend(part.filter(|part| part.number() == Some(0)).map(|part| folder.join(part.file_name())));
    }
    match found.as_slice() {
        [one] => Ok(one.clone()),
        _ => Err(CountersignError::NoPart(folder.to_owned())),
    }
}

impl CountersignError {
    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> Message {
        let about = |id: &str, path: &Path| Message::new(id).with("path", path.display().to_string());
        match self {
            Self::NoPart(folder) => about("countersign-no-part", folder),
            Self::NotWhole(path) => about("countersign-not-whole", path),
            Self::Malformed => Message::new("countersign-malformed"),
            Self::Kind(kind) => Message::new("archive-countersignature-kind").with("kind", kind.as_str()),
            Self::Namespace(namespace) => {
                Message::new("archive-countersignature-namespace").with("namespace", namespace.as_str())
            }
            Self::Wrong => Message::new("countersign-wrong"),
            Self::SameKey(key) => Message::new("countersign-same-key").with("key", key.as_str()),
            Self::Key(bad) => bad.message(),
            Self::Exists(path) => about("countersign-exists", path),
            Self::Io { path, source } => about("countersign-io", path).with("detail", source.to_string()),
        }
    }
}
