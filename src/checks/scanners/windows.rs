//! PowerShell's list of imaging devices. Written after Microsoft's documentation; not tried on Windows yet.

use crate::checks::CheckContext;
use crate::checks::asking::{json, powershell};
use crate::i18n::Message;

const SCRIPT: &str = "ConvertTo-Json -Compress @(Get-PnpDevice -Class Image -PresentOnly \
    -ErrorAction SilentlyContinue | Where-Object Status -eq 'OK' | ForEach-Object { $_.FriendlyName })";

pub(super) fn list(context: &CheckContext) -> Result<Vec<String>, Message> {
    parse(&powershell(context.programs.as_ref(), SCRIPT)?)
}

fn parse(text: &str) -> Result<Vec<String>, Message> {
    json("powershell", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_powershell_says_is_read() {
        assert_eq!(parse(r#"["Canon LiDE 300"]"#).unwrap(), ["Canon LiDE 300"]);
        assert!(parse("null").is_err());
    }
}
