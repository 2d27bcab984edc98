//! PowerShell's list of printers. Written after Microsoft's documentation; not tried on Windows yet.

use serde::Deserialize;

use super::{Known, Printer};
use crate::checks::CheckContext;
use crate::checks::asking::{json, powershell};
use crate::i18n::Message;

const SCRIPT: &str = "ConvertTo-Json -Compress @(Get-CimInstance Win32_Printer | \
    Select-Object Name, WorkOffline, DetectedErrorState, PrinterStatus)";

/// Numbers of `Win32_Printer`: the printer was stopped, and it is out of reach.
const STOPPED: [u32; 2] = [6, 7];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Told {
    name: String,
    work_offline: bool,
    detected_error_state: Option<u32>,
    printer_status: Option<u32>,
}

pub(super) fn look(context: &CheckContext, name: &str) -> Result<Known, Message> {
    parse(&powershell(context.programs.as_ref(), SCRIPT)?, name)
}

fn parse(text: &str, name: &str) -> Result<Known, Message> {
    let told: Vec<Told> = json("powershell", text)?;
    let Some(told) = told.into_iter().find(|told| told.name == name) else { return Ok(Known::Missing) };
    // 0 is unknown, 2 is none.
    let complaint = match told.detected_error_state.unwrap_or(0) {
        0 | 2 => None,
        3 => Some("low-paper"),
        4 => Some("no-paper"),
        5 => Some("low-toner"),
        6 => Some("no-toner"),
        7 => Some("door-open"),
        8 => Some("jammed"),
        9 => Some("offline"),
        _ => Some("service-requested"),
    };
    let stopped = told.printer_status.is_some_and(|status| STOPPED.contains(&status));
    Ok(Known::Printer(Printer {
        enabled: !stopped && !told.work_offline,
        accepting: true,
        complaints: complaint.map(str::to_owned).into_iter().collect(),
        supplies_percent: Vec::new(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_powershell_says_is_read() {
        let text = r#"[{"Name":"HP","WorkOffline":false,"DetectedErrorState":4,"PrinterStatus":3},
            {"Name":"PDF","WorkOffline":true,"DetectedErrorState":0,"PrinterStatus":7}]"#;
        let printer = |name: &str| match parse(text, name).unwrap() {
            Known::Printer(printer) => printer,
            Known::Missing | Known::NoService => Printer::default(),
        };
        assert_eq!((printer("HP").enabled, printer("HP").complaints), (true, vec!["no-paper".to_owned()]));
        assert!(!printer("PDF").enabled && printer("PDF").complaints.is_empty());
        assert_eq!(parse(text, "other").unwrap(), Known::Missing);
        assert!(parse("{}", "HP").is_err());
    }
}
