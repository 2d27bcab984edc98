//! What the built-in disks say of their own health, through `smartctl`; it is the same on Windows.

use serde::Deserialize;

use super::asking::{SOON, ask, json};
use super::findings::Findings;
use super::words::plain;
use super::{CheckContext, CheckResult, RunProgram};
use crate::i18n::Message;
use crate::point::DiskHealthRules;

const PROGRAM: &str = "smartctl";

/// Sectors that were replaced, that wait to be, and that could not be read (ATA).
const BAD_SECTORS: [u32; 3] = [5, 197, 198];

/// Of a solid-state disk's warnings, the one that only says that it is warm.
const WARM: u64 = 0b10;

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let programs = context.programs.as_ref();
    let disks = match disks(programs) {
        Ok(disks) => disks,
        Err(why) => return CheckResult::unknown(why),
    };
    let mut findings = Findings::default();
    let mut told = 0_u32;
    for disk in disks.iter().filter(|disk| !is_at_usb(context, &disk.name)) {
        match health(programs, disk) {
            Ok(health) => {
                told += 1;
                judge(&disk.name, &health, &context.rules.disk_health, &mut findings);
            }
            Err(why) => findings.unknown(why),
        }
    }
    if disks.is_empty() {
        findings.unknown(Message::new("checks-disk-health-none"));
    }
    findings.into_result(Message::new("checks-disk-health-ok").with("count", told))
}

/// One that can be pulled out has a check of its own.
fn is_at_usb(context: &CheckContext, name: &str) -> bool {
    let device = name.rsplit('/').next().unwrap_or_default();
    let folder = context.root.join("sys/block").join(device);
    std::fs::canonicalize(folder).is_ok_and(|folder| folder.to_string_lossy().contains("/usb"))
}

#[derive(Deserialize)]
struct Scan {
    #[serde(default)]
    devices: Vec<Disk>,
}

#[derive(Deserialize)]
struct Disk {
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

fn disks(programs: &dyn RunProgram) -> Result<Vec<Disk>, Message> {
    let output =
        ask(programs, &[PROGRAM, "--json", "--scan"], SOON).map_err(|error| error.message(PROGRAM))?;
    Ok(json::<Scan>(PROGRAM, &output.out)?.devices)
}

/// What `smartctl --json` tells; every part is absent where a disk does not know it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Health {
    model_name: String,
    smart_status: Option<Status>,
    temperature: Option<Temperature>,
    ata_smart_attributes: Attributes,
    nvme_smart_health_information_log: Option<SolidState>,
    smartctl: Told,
}

#[derive(Debug, Deserialize)]
struct Status {
    passed: bool,
}

#[derive(Debug, Deserialize)]
struct Temperature {
    current: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Attributes {
    table: Vec<Attribute>,
}

#[derive(Debug, Deserialize)]
struct Attribute {
    id: u32,
    raw: Raw,
}

#[derive(Debug, Deserialize)]
struct Raw {
    value: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SolidState {
    critical_warning: u64,
    percentage_used: u64,
    media_errors: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Told {
    messages: Vec<Said>,
}

#[derive(Debug, Deserialize)]
struct Said {
    string: String,
}

fn health(programs: &dyn RunProgram, disk: &Disk) -> Result<Health, Message> {
    let command =
        [PROGRAM, "--json", "--health", "--attributes", "--info", "--device", &disk.kind, &disk.name];
    // Its exit code has bits for what ails the disk; the text says it better.
    let output = ask(programs, &command, SOON).map_err(|error| error.message(PROGRAM))?;
    let health: Health = json(PROGRAM, &output.out)?;
    if health.smart_status.is_some() {
        return Ok(health);
    }
    let why = health.smartctl.messages.first().map_or("no SMART status", |said| said.string.as_str());
    Err(Message::new("checks-disk-health-silent")
        .with("disk", plain(&disk.name, 60))
        .with("detail", plain(why, 200)))
}

fn judge(name: &str, health: &Health, rules: &DiskHealthRules, findings: &mut Findings) {
    let model = plain(&health.model_name, 60);
    let about = |id: &str| Message::new(id).with("disk", plain(name, 60)).with("model", model.as_str());
    let device = name.rsplit('/').next().unwrap_or(name);
    findings.measured(&format!("{device}_model"), model.as_str());
    let bad: Vec<&Attribute> =
        health.ata_smart_attributes.table.iter().filter(|a| BAD_SECTORS.contains(&a.id)).collect();
    let sectors = bad.iter().map(|attribute| attribute.raw.value).max();
    let solid = health.nvme_smart_health_information_log.as_ref();
    let bad_sectors = sectors.or(solid.map(|solid| solid.media_errors));
    let celsius = health.temperature.as_ref().and_then(|temperature| temperature.current);
    let warned = solid.is_some_and(|solid| solid.critical_warning & !WARM != 0);
    if health.smart_status.as_ref().is_some_and(|status| !status.passed) || warned {
        findings.failed(about("checks-disk-health-fails"));
    }
    if let Some(sectors) = bad_sectors {
        findings.measured(&format!("{device}_bad_sectors"), sectors);
        if sectors > rules.max_bad_sectors {
            findings.failed(about("checks-disk-health-sectors").with("sectors", sectors));
        }
    }
    if let Some(worn) = solid.map(|solid| solid.percentage_used) {
        findings.measured(&format!("{device}_worn_percent"), worn);
        if worn > rules.max_worn_percent.into() {
            findings.failed(about("checks-disk-health-worn").with("percent", worn));
        }
    }
    if let Some(celsius) = celsius {
        findings.measured(&format!("{device}_celsius"), celsius);
        if celsius > rules.max_celsius {
            findings.failed(about("checks-disk-health-hot").with("celsius", celsius));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{Recorded, context};
    use crate::journal::Outcome;

    const SCAN: &str = r#"{"json_format_version":[1,0],"smartctl":{"version":[7,3],"exit_status":0},
        "devices":[{"name":"/dev/sda","info_name":"/dev/sda","type":"scsi","protocol":"SCSI"}]}"#;

    fn check(disk: &str) -> CheckResult {
        let folder = tempfile::tempdir().unwrap();
        let mut context = context(folder.path());
        context.root = folder.path().to_owned();
        context.programs = Recorded::all(&[("smartctl --json --scan", SCAN), ("smartctl", disk)]);
        run(&context)
    }

    fn finding(disk: &str) -> (Outcome, String) {
        let result = check(disk);
        (result.outcome, result.finding.id)
    }

    fn ata(passed: bool, sectors: u64, celsius: u32) -> String {
        format!(
            r#"{{"smartctl":{{"version":[7,3],"exit_status":0}},"model_name":"ST1000DM010-2EP102",
            "smart_status":{{"passed":{passed}}},"temperature":{{"current":{celsius}}},
            "ata_smart_attributes":{{"revision":10,"table":[
            {{"id":5,"name":"Reallocated_Sector_Ct","value":100,"raw":{{"value":{sectors},"string":"{sectors}"}}}},
            {{"id":9,"name":"Power_On_Hours","value":91,"raw":{{"value":8123,"string":"8123"}}}}]}}}}"#
        )
    }

    fn nvme(warning: u64, used: u64) -> String {
        format!(
            r#"{{"model_name":"Samsung SSD 970","smart_status":{{"passed":true}},"temperature":{{"current":41}},
            "nvme_smart_health_information_log":{{"critical_warning":{warning},"percentage_used":{used},"media_errors":0}}}}"#
        )
    }

    #[test]
    fn a_failing_hot_or_worn_disk_is_found() {
        assert_eq!(finding(&ata(true, 3, 40)), (Outcome::Passed, "checks-disk-health-ok".into()));
        assert_eq!(finding(&ata(false, 0, 40)), (Outcome::Failed, "checks-disk-health-fails".into()));
        assert_eq!(finding(&ata(true, 900, 40)), (Outcome::Failed, "checks-disk-health-sectors".into()));
        assert_eq!(finding(&ata(true, 0, 71)), (Outcome::Failed, "checks-disk-health-hot".into()));
        assert_eq!(finding(&nvme(0, 20)).0, Outcome::Passed);
        assert_eq!(finding(&nvme(0b100, 20)), (Outcome::Failed, "checks-disk-health-fails".into()));
        assert_eq!(finding(&nvme(WARM, 20)).0, Outcome::Passed);
        assert_eq!(finding(&nvme(0, 101)), (Outcome::Failed, "checks-disk-health-worn".into()));
        assert_eq!(check(&ata(true, 3, 40)).evidence[1].value, 3_u64.into());
    }

    #[test]
    fn a_disk_that_does_not_tell_is_unknown() {
        let refused = r#"{"smartctl":{"exit_status":2,"messages":[{"string":"Smartctl open device: /dev/sda failed: Permission denied","severity":"error"}]}}"#;
        let result = check(refused);
        assert_eq!(
            (result.outcome, result.finding.id.as_str()),
            (Outcome::Unknown, "checks-disk-health-silent")
        );
        assert!(result.finding.to_string().contains("Permission denied"));
        assert_eq!(finding("Segmentation fault").0, Outcome::Unknown);

        let mut context = context(std::path::Path::new("."));
        context.programs = Recorded::all(&[("smartctl", r#"{"devices":[]}"#)]);
        assert_eq!(run(&context).finding.id, "checks-disk-health-none");
        context.programs = Recorded::all(&[]);
        assert_eq!(run(&context).finding.id, "checks-program-missing");
        assert_eq!(run(&context).outcome, Outcome::Unknown);
    }
}
