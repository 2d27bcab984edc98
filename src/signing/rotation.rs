//! A device key that takes the place of another: the old one signs a statement about the new one, and
//! whoever knows the old one can follow.
//!
//! Any `ssh-keygen -Y verify -n invigil-rotation` checks such a statement too.

use serde::{Deserialize, Serialize};

use super::device::DeviceKey;
use super::key::PublicKey;
use super::sshsig::SshSignature;

/// The namespace of statements: a list of signers says for each key whether it may name its successor.
pub const ROTATION_NAMESPACE: &str = "invigil-rotation";
/// Longest statement.
pub const MAX_STATEMENT_BYTES: usize = 4096;
/// No station's key was changed more often. Longer rows are not followed.
pub const MAX_ROTATIONS: usize = 64;
const FORMAT: u32 = 1;

/// What the old key signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RotationStatement {
    /// 1.
    format: u32,
    /// Region, point and computer, `77-0101-main`.
    pub station: String,
    pub old: PublicKey,
    pub new: PublicKey,
    /// By the station's clock, UTC ms.
    pub at_ms: i64,
}

/// A statement whose signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    pub statement: RotationStatement,
    signature: SshSignature,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRotation {
    #[error("not a statement about a new key, or not written the way it is")]
    Malformed,
    #[error("format {0} is not known")]
    Format(u32),
    #[error("not signed by the key that it takes the place of")]
    Signature,
}

/// Why statements lead nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenSuccession {
    /// One key names two that take its place.
    TwoSuccessors,
    /// Two keys name the same one.
    TwoPredecessors,
    /// A key takes the place of one that came after it.
    Circle,
    /// More than [`MAX_ROTATIONS`].
    TooLong,
}

impl RotationStatement {
    /// The one way to write it: indented JSON, fields in declared order, LF at the end.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("text keys and integers always serialise");
        bytes.push(b'\n');
        bytes
    }
}

impl Rotation {
    /// States that `new` takes the place of `old` at this station.
    pub fn make(station: &str, old: &DeviceKey, new: PublicKey, at_ms: i64) -> Self {
        let station = station.to_owned();
        let statement = RotationStatement { format: FORMAT, station, old: old.public(), new, at_ms };
        let signature = SshSignature::make(ROTATION_NAMESPACE, &statement.to_bytes(), old);
        Self { statement, signature }
    }

    /// Reads exactly what [`RotationStatement::to_bytes`] and [`signature`](Self::signature) write.
    pub fn read(statement: &[u8], signature: &[u8]) -> Result<Self, BadRotation> {
        #[derive(Deserialize)]
        struct Versioned {
            format: u32,
        }
        if statement.len() > MAX_STATEMENT_BYTES {
            return Err(BadRotation::Malformed);
        }
        match serde_json::from_slice(statement) {
            Ok(Versioned { format: FORMAT }) => {}
            Ok(Versioned { format }) => return Err(BadRotation::Format(format)),
            Err(_) => return Err(BadRotation::Malformed),
        }
        let read: RotationStatement =
            serde_json::from_slice(statement).map_err(|_| BadRotation::Malformed)?;
        if read.to_bytes() != statement || read.old == read.new {
            return Err(BadRotation::Malformed);
        }
        let signature = std::str::from_utf8(signature).ok().and_then(|text| text.parse().ok());
        let holds = |signature: &SshSignature| {
            signature.key.ed25519() == Some(read.old) && signature.verify(ROTATION_NAMESPACE, statement)
        };
        let signature = signature.filter(holds).ok_or(BadRotation::Signature)?;
        Ok(Self { statement: read, signature })
    }

    /// As `ssh-keygen` reads it.
    pub fn signature(&self) -> String {
        self.signature.to_string()
    }
}

/// The statements that lead to `key`, the newest first; none if nobody names it.
pub fn succession(
    rotations: &[Rotation],
    key: PublicKey,
) -> Result<Vec<&RotationStatement>, BrokenSuccession> {
    let statements = || rotations.iter().map(|rotation| &rotation.statement);
    let mut row: Vec<&RotationStatement> = Vec::new();
    let mut newest = key;
    loop {
        let mut named = statements().filter(|statement| statement.new == newest);
        let Some(found) = named.next() else { return Ok(row) };
        if named.any(|other| other.old != found.old) {
            return Err(BrokenSuccession::TwoPredecessors);
        }
        if statements().any(|other| other.old == found.old && other.new != newest) {
            return Err(BrokenSuccession::TwoSuccessors);
        }
        if found.old == key || row.iter().any(|before| before.old == found.old) {
            return Err(BrokenSuccession::Circle);
        }
        if row.len() == MAX_ROTATIONS {
            return Err(BrokenSuccession::TooLong);
        }
        row.push(found);
        newest = found.old;
    }
}

impl BrokenSuccession {
    /// The plain word for it, the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Self::TwoSuccessors => "two-successors",
            Self::TwoPredecessors => "two-predecessors",
            Self::Circle => "circle",
            Self::TooLong => "too-long",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::process::{Command, Stdio};

    use ring::rand::SystemRandom;

    use super::*;

    const AT_MS: i64 = 1_780_034_400_000;

    fn keys(count: usize) -> Vec<DeviceKey> {
        let folder = tempfile::tempdir().unwrap();
        let key = |at| DeviceKey::create(&folder.path().join(format!("{at}")), &SystemRandom::new()).unwrap();
        (0..count).map(key).collect()
    }

    fn names(old: &DeviceKey, new: &DeviceKey) -> Rotation {
        Rotation::make("77-0101-main", old, new.public(), AT_MS)
    }

    #[test]
    fn a_statement_reads_back_and_a_changed_bit_is_noticed() {
        let [old, new] = &keys(2)[..] else { panic!() };
        let rotation = names(old, new);
        let (statement, signature) = (rotation.statement.to_bytes(), rotation.signature());
        assert_eq!(Rotation::read(&statement, signature.as_bytes()), Ok(rotation.clone()));
        for at in 0..statement.len() {
            let mut changed = statement.clone();
            changed[at] ^= 1;
            assert!(Rotation::read(&changed, signature.as_bytes()).is_err(), "byte {at}");
        }
        let other = SshSignature::make(ROTATION_NAMESPACE, &statement, new).to_string();
        assert_eq!(Rotation::read(&statement, other.as_bytes()), Err(BadRotation::Signature));
        let for_archives = SshSignature::make(super::super::NAMESPACE, &statement, old).to_string();
        assert_eq!(Rotation::read(&statement, for_archives.as_bytes()), Err(BadRotation::Signature));
        let later = String::from_utf8(statement).unwrap().replace("\"format\": 1", "\"format\": 2");
        assert_eq!(Rotation::read(later.as_bytes(), signature.as_bytes()), Err(BadRotation::Format(2)));
        let itself = names(old, old);
        let read = Rotation::read(&itself.statement.to_bytes(), itself.signature().as_bytes());
        assert_eq!(read, Err(BadRotation::Malformed));
    }

    #[test]
    fn ssh_keygen_accepts_a_statement() {
        let [old, new] = &keys(2)[..] else { panic!() };
        let rotation = names(old, new);
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        fs::write(file("statement"), rotation.statement.to_bytes()).unwrap();
        fs::write(file("sig"), rotation.signature()).unwrap();
        fs::write(file("signers"), format!("station@77-0101 {}\n", old.public())).unwrap();
        let accepts = |namespace: &str| {
            let mut verify = Command::new("ssh-keygen");
            verify.args([
                "-Y",
                "verify",
                "-f",
                "signers",
                "-I",
                "station@77-0101",
                "-s",
                "sig",
                "-n",
                namespace,
            ]);
            verify.current_dir(folder.path()).stdin(File::open(file("statement")).unwrap());
            verify.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
        };
        assert!(accepts(ROTATION_NAMESPACE) && !accepts(super::super::NAMESPACE));
    }

    #[test]
    fn a_row_of_statements_is_followed_to_its_begin_and_no_other_is() {
        let keys = keys(5);
        let [a, b, c, d, e] = &keys[..] else { panic!() };
        let row = [names(b, c), names(a, b), names(b, c)];
        let olds: Vec<PublicKey> =
            succession(&row, c.public()).unwrap().iter().map(|statement| statement.old).collect();
        assert_eq!(olds, [b.public(), a.public()]);
        assert_eq!(succession(&row, d.public()), Ok(Vec::new()));

        let broken = |more: &[Rotation], key: &DeviceKey| {
            succession(&[&row[..], more].concat(), key.public()).map(|row| row.len())
        };
        assert_eq!(broken(&[names(a, d)], c), Err(BrokenSuccession::TwoSuccessors));
        assert_eq!(broken(&[names(d, c)], c), Err(BrokenSuccession::TwoPredecessors));
        assert_eq!(broken(&[names(c, a)], c), Err(BrokenSuccession::Circle));
        assert_eq!(broken(&[names(d, a), names(e, d)], c), Ok(4));
        assert_eq!(broken(&[names(c, d)], c), Ok(2), "that it was replaced later says nothing against it");
    }
}
