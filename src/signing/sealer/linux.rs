//! systemd-creds(1): sealed with the computer's TPM where there is one, and with the system's own key,
//! which only the administrator reads. A service gets it opened by `LoadCredentialEncrypted=`.

use zeroize::Zeroizing;

pub const PROGRAM: &str = "/usr/bin/systemd-creds";

/// Not bound to how the computer was started: a new firmware must not keep an exam from being recorded.
pub fn seal_arguments(name: &str) -> Vec<String> {
    let arguments = ["encrypt", &format!("--name={name}"), "--with-key=auto", "--tpm2-pcrs=", "-", "-"];
    arguments.map(str::to_owned).to_vec()
}

pub fn open_arguments(name: &str) -> Vec<String> {
    ["decrypt", &format!("--name={name}"), "-", "-"].map(str::to_owned).to_vec()
}

/// What the program is given, and what it gives, are the secret's own bytes.
pub fn plain_in(secret: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(secret.to_vec())
}

pub fn plain_out(opened: Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    Some(opened)
}
