//! `invigil countersign`: the head's or the commission member's signature beside a sealed day.

use std::path::PathBuf;
use std::process::ExitCode;

use zeroize::Zeroizing;

use super::{Context, Failure, code, secret};
use crate::archive::{CountersignError, Countersigning, HandedIn, PutBeside};
use crate::i18n::Message;
use crate::signing::SignerRole;
#[cfg(feature = "pkcs11")]
use crate::signing::{NAMESPACE, TokenError, TokenKey};

/// Put the signature of the head or the commission member beside a sealed day's part 00
///
/// With --key or --pkcs11 it is made here; the key's passphrase is read as one line from standard input. With
/// --signature it was made elsewhere, with `ssh-keygen -Y sign -n invigil-archive` over the part's
/// tagmanifest-sha256.txt, with any key, a hardware key too; a .p7s of a national program is carried
/// along unchecked. Nothing is put there that does not hold.
#[derive(Debug, clap::Args)]
#[command(
    group = clap::ArgGroup::new("means").required(true),
    after_help = "Example: invigil countersign --role head --key head-key /media/usb/77-0101-2026-05-29-main"
)]
pub struct Args {
    /// Who signs: head or member
    #[arg(long)]
    role: SignerRole,
    /// OpenSSH private key file of the kind ssh-ed25519
    #[arg(long, value_name = "FILE", group = "means")]
    key: Option<PathBuf>,
    /// Signature made elsewhere: .sig or .sshsig of ssh-keygen, .p7s of a national program
    #[arg(long, value_name = "FILE", group = "means")]
    signature: Option<PathBuf>,
    /// PKCS#11 module of a token or smart card, whose PIN is read as one line from standard input
    #[cfg(feature = "pkcs11")]
    #[arg(long, value_name = "MODULE", group = "means", requires = "token")]
    pkcs11: Option<PathBuf>,
    /// Label of the token
    #[cfg(feature = "pkcs11")]
    #[arg(long, value_name = "LABEL", requires = "pkcs11")]
    token: Option<String>,
    /// Label of the key in the token [default: its only key that can sign]
    #[cfg(feature = "pkcs11")]
    #[arg(long, value_name = "LABEL", requires = "pkcs11")]
    token_key: Option<String>,
    /// Folder that holds the sealed day's parts
    #[arg(value_name = "DAY-FOLDER")]
    folder: PathBuf,
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let refused = |error: CountersignError| Failure::new(code::REFUSED, error.message());
    let day = Countersigning::open(&args.folder).map_err(refused)?;
    let (handed_in, passphrase) = means(&args, &day, context)?;
    let PutBeside { path, key, .. } = day.take(args.role, &handed_in, &passphrase).map_err(refused)?;
    let message = Message::new("countersign-done")
        .with("path", path.display().to_string())
        .with("key", key.map_or_else(|| "none".to_owned(), |key| key.fingerprint()));
    context.say_message(&message)?;
    Ok(ExitCode::SUCCESS)
}

/// What it is signed with, and what opens that.
fn means(
    args: &Args,
    day: &Countersigning,
    context: &Context,
) -> anyhow::Result<(HandedIn, Zeroizing<Vec<u8>>)> {
    #[cfg(feature = "pkcs11")]
    if let (Some(module), Some(token)) = (&args.pkcs11, &args.token) {
        let refused = |error: TokenError| Failure::new(code::REFUSED, error.message());
        context.prompt(&Message::new("token-pin"))?;
        let pin = secret::read_line()?;
        let key = TokenKey::open(module, token, &pin, args.token_key.as_deref()).map_err(refused)?;
        let signature = key.sign(NAMESPACE, day.signed_bytes()).map_err(refused)?;
        return Ok((HandedIn::Signature(signature.to_string()), Zeroizing::default()));
    }
    let path = args.key.as_ref().or(args.signature.as_ref()).cloned().unwrap_or_default();
    let handed_in = HandedIn::read(&path).map_err(|error| Failure::new(code::REFUSED, error.message()))?;
    let passphrase = match handed_in.needs_passphrase() {
        true => {
            context.prompt(&Message::new("countersign-passphrase"))?;
            secret::read_line()?
        }
        false => Zeroizing::default(),
    };
    Ok((handed_in, passphrase))
}
