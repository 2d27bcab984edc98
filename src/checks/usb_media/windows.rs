//! PowerShell's list of disks. Written after Microsoft's documentation; not tried on Windows yet.

use serde::Deserialize;

use super::Medium;
use crate::checks::CheckContext;
use crate::checks::asking::{json, powershell};
use crate::i18n::Message;

const SCRIPT: &str = "ConvertTo-Json -Compress @(Get-Disk | Where-Object { $_.BusType -in 'USB', 'SD' } | \
    Select-Object Number, FriendlyName, SerialNumber, Size)";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Told {
    number: u32,
    friendly_name: Option<String>,
    serial_number: Option<String>,
    size: u64,
}

pub(super) fn look(context: &CheckContext) -> Result<Vec<Medium>, Message> {
    parse(&powershell(context.programs.as_ref(), SCRIPT)?)
}

fn parse(text: &str) -> Result<Vec<Medium>, Message> {
    let told: Vec<Told> = json("powershell", text)?;
    let medium = |told: Told| {
        let device = format!("disk{}", told.number);
        let known = [told.friendly_name, told.serial_number].into_iter().flatten();
        let known: Vec<String> = known.map(|text| text.trim().to_owned()).filter(|t| !t.is_empty()).collect();
        let description = if known.is_empty() { device.clone() } else { known.join(" ") };
        Medium { device, description, bytes: told.size }
    };
    Ok(told.into_iter().filter(|told| told.size > 0).map(medium).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_powershell_says_is_read() {
        let text = r#"[{"Number":1,"FriendlyName":"Kingston DataTraveler 3.0","SerialNumber":"E0D55E6C  ","Size":16005464064},
            {"Number":2,"FriendlyName":null,"SerialNumber":null,"Size":0}]"#;
        let media = parse(text).unwrap();
        assert_eq!(media.len(), 1);
        assert_eq!(media[0].description, "Kingston DataTraveler 3.0 E0D55E6C");
        assert_eq!(parse("[]").unwrap(), []);
        assert!(parse("Get-Disk : Access denied").is_err());
    }
}
