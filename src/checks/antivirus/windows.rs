//! Microsoft Defender, through PowerShell. Written after Microsoft's documentation; not tried on Windows yet.

use serde::Deserialize;

use super::Product;
use super::sample::Sample;
use crate::checks::CheckContext;
use crate::checks::asking::{json, powershell};
use crate::i18n::Message;

const SCRIPT: &str = "Get-MpComputerStatus | Select-Object AMProductVersion, AntivirusEnabled, \
    RealTimeProtectionEnabled, @{n='SignaturesMs'; \
    e={([DateTimeOffset]$_.AntivirusSignatureLastUpdated).ToUnixTimeMilliseconds()}} | ConvertTo-Json -Compress";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Told {
    #[serde(rename = "AMProductVersion")]
    version: String,
    antivirus_enabled: bool,
    real_time_protection_enabled: bool,
    signatures_ms: i64,
}

pub(super) fn look(context: &CheckContext, sample: Option<&Sample>) -> Option<Product> {
    let told = powershell(context.programs.as_ref(), SCRIPT).and_then(|text| parse(&text));
    let mut product = told.unwrap_or_else(|why| Product {
        name: "Microsoft Defender",
        version: String::new(),
        running: Err(why.clone()),
        signatures_ms: Err(why),
        finds: None,
    });
    // It takes the test file away as it is written.
    product.finds = sample.map(|sample| Ok(sample.is_taken()));
    Some(product)
}

fn parse(text: &str) -> Result<Product, Message> {
    let told: Told = json("powershell", text)?;
    Ok(Product {
        name: "Microsoft Defender",
        version: told.version,
        running: Ok(told.antivirus_enabled && told.real_time_protection_enabled),
        signatures_ms: Ok(told.signatures_ms),
        finds: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_powershell_says_is_read() {
        let text = r#"{"AMProductVersion":"4.18.25","AntivirusEnabled":true,"RealTimeProtectionEnabled":false,"SignaturesMs":1780030800000}"#;
        let product = parse(text).unwrap();
        assert_eq!((product.running, product.signatures_ms), (Ok(false), Ok(1_780_030_800_000)));
        assert!(parse("Get-MpComputerStatus : is not recognized").is_err());
    }
}
