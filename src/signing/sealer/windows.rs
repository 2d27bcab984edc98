//! DPAPI, which seals for the user that the station runs as, through PowerShell. Never built or tried.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

pub const PROGRAM: &str = r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe";

pub fn seal_arguments(name: &str) -> Vec<String> {
    arguments("Protect", name)
}

pub fn open_arguments(name: &str) -> Vec<String> {
    arguments("Unprotect", name)
}

/// Base 64 in, base 64 out; the name is mixed in.
fn arguments(call: &str, name: &str) -> Vec<String> {
    let script = format!(
        "Add-Type -AssemblyName System.Security; \
         $in = [Convert]::FromBase64String([Console]::In.ReadToEnd()); \
         $name = [Text.Encoding]::ASCII.GetBytes('{name}'); \
         $out = [Security.Cryptography.ProtectedData]::{call}($in, $name, 'CurrentUser'); \
         [Console]::Out.Write([Convert]::ToBase64String($out))"
    );
    ["-NoProfile", "-NonInteractive", "-Command", &script].map(str::to_owned).to_vec()
}

pub fn plain_in(secret: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(STANDARD.encode(secret).into_bytes())
}

pub fn plain_out(opened: Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    STANDARD.decode(opened.trim_ascii()).ok().map(Zeroizing::new)
}
