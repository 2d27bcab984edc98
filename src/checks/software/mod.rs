//! Does the software on this computer agree with the standard set?

mod packages;
mod places;
mod version;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::asking::{read, unreadable};
use super::findings::Findings;
use super::words::listed;
use super::{CheckContext, CheckResult};
use crate::i18n::Message;
use crate::point::{NamePattern, RequiredPackage, SoftwareRules};

/// A program as the system lists it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
}

/// A program that came past the system's list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stray {
    name: String,
    /// Where it lies.
    place: String,
}

/// A program that is running.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Process {
    name: String,
    /// Its file, where the system tells it.
    file: Option<String>,
    /// It runs from a folder that anybody can write to, and is not this program.
    from_anywhere: bool,
}

#[derive(Debug)]
struct Software {
    packages: Result<Vec<Package>, Message>,
    strays: Vec<Stray>,
    processes: Vec<Process>,
}

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let rules = &context.rules.software;
    let listed_too = rules.approved_file.as_ref().map(|path| {
        let text = read(path).map_err(|error| unreadable(path, &error))?;
        // A line of its own for each; what begins with # is a remark.
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Ok(lines.map(NamePattern::new).collect())
    });
    judge(&look(context), rules, listed_too)
}

/// Everything installed, by name: the beginning of a list of what is approved.
pub fn installed(context: &CheckContext) -> Result<Vec<String>, Message> {
    let software = look(context);
    let strays = software.strays.into_iter().map(|stray| stray.name);
    let names: BTreeSet<String> =
        software.packages?.into_iter().map(|package| package.name).chain(strays).collect();
    Ok(names.into_iter().collect())
}

fn look(context: &CheckContext) -> Software {
    Software {
        packages: packages::installed(context.programs.as_ref()),
        strays: places::strays(&context.root),
        processes: places::processes(&context.root),
    }
}

fn judge(
    software: &Software,
    rules: &SoftwareRules,
    listed_too: Option<Result<Vec<NamePattern>, Message>>,
) -> CheckResult {
    let mut findings = Findings::default();
    let packages = software.packages.as_deref().unwrap_or_default();
    if let Err(why) = &software.packages {
        findings.unknown(why.clone());
    }
    findings.measured("packages", packages.len());
    findings.measured("processes", software.processes.len());
    if !software.strays.is_empty() {
        let strays = software.strays.iter().map(|stray| stray.place.as_str());
        findings.measured("outside_the_list", listed(strays));
    }
    forbid(software, packages, &rules.forbidden, &mut findings);
    if software.packages.is_ok() {
        require(packages, &rules.required, &mut findings);
    }
    let approved = match (&rules.approved, listed_too) {
        (None, None) => None,
        (own, None) => own.clone(),
        // Without its file the list is not the list.
        (own, Some(more)) => {
            findings.known(more).map(|more| [own.clone().unwrap_or_default(), more].concat())
        }
    };
    if let Some(approved) = &approved {
        approve(software, packages, approved, rules, &mut findings);
    }
    let fine = if approved.is_some() { "checks-software-ok" } else { "checks-software-told" };
    findings.into_result(Message::new(fine).with("count", packages.len()))
}

fn forbid(software: &Software, packages: &[Package], forbidden: &[NamePattern], findings: &mut Findings) {
    let is_forbidden = |name: &str| forbidden.iter().any(|pattern| pattern.fits(name));
    let installed = packages.iter().map(|package| &package.name);
    let installed = installed.chain(software.strays.iter().map(|stray| &stray.name));
    let installed: BTreeSet<&str> = installed.map(String::as_str).filter(|name| is_forbidden(name)).collect();
    let is_running = |process: &&Process| {
        let file = process.file.as_deref().and_then(|file| file.rsplit('/').next());
        is_forbidden(&process.name) || file.is_some_and(is_forbidden)
    };
    let running = software.processes.iter().filter(is_running).map(|process| process.name.as_str());
    let running: BTreeSet<&str> = running.collect();
    if !running.is_empty() {
        findings.failed(Message::new("checks-software-running").with("names", listed(running)));
    }
    if !installed.is_empty() {
        findings.failed(Message::new("checks-software-forbidden").with("names", listed(installed)));
    }
}

fn require(packages: &[Package], required: &[RequiredPackage], findings: &mut Findings) {
    let (mut missing, mut other) = (Vec::new(), Vec::new());
    for wanted in required {
        let found = packages.iter().filter(|package| package.name.eq_ignore_ascii_case(&wanted.name));
        let mut versions = found.map(|package| package.version.as_str()).peekable();
        if versions.peek().is_none() {
            missing.push(wanted.name.clone());
            continue;
        }
        let bad = |version: &&str| {
            let below = |least: &String| version::compare(version, least) == Ordering::Less;
            let above = |most: &String| version::compare(version, most) == Ordering::Greater;
            wanted.min_version.as_ref().is_some_and(below) || wanted.max_version.as_ref().is_some_and(above)
        };
        if let Some(version) = versions.find(bad) {
            other.push(format!("{} {version} ({})", wanted.name, wanted.bounds()));
        }
    }
    if !missing.is_empty() {
        let names = listed(missing.iter().map(String::as_str));
        findings.failed(Message::new("checks-software-missing").with("names", names));
    }
    if !other.is_empty() {
        let names = listed(other.iter().map(String::as_str));
        findings.failed(Message::new("checks-software-version").with("names", names));
    }
}

fn approve(
    software: &Software,
    packages: &[Package],
    approved: &[NamePattern],
    rules: &SoftwareRules,
    findings: &mut Findings,
) {
    let is_approved = |name: &str| {
        approved.iter().any(|pattern| pattern.fits(name))
            || rules.required.iter().any(|wanted| wanted.name.eq_ignore_ascii_case(name))
    };
    let installed = packages.iter().map(|package| &package.name);
    let installed = installed.chain(software.strays.iter().map(|stray| &stray.name));
    let strange: BTreeSet<&str> = installed.map(String::as_str).filter(|name| !is_approved(name)).collect();
    if !strange.is_empty() {
        findings.measured("unapproved", strange.len());
        let message = Message::new("checks-software-unapproved").with("count", strange.len());
        findings.failed(message.with("names", listed(strange)));
    }
    let from_anywhere =
        software.processes.iter().filter(|process| process.from_anywhere && !is_approved(&process.name));
    let files: BTreeSet<&str> = from_anywhere.filter_map(|process| process.file.as_deref()).collect();
    if !files.is_empty() {
        findings.failed(Message::new("checks-software-from-anywhere").with("files", listed(files)));
    }
}

impl RequiredPackage {
    /// `≥ 2.0, ≤ 3.1`.
    fn bounds(&self) -> String {
        let least = self.min_version.as_ref().map(|version| format!("≥ {version}"));
        let most = self.max_version.as_ref().map(|version| format!("≤ {version}"));
        least.into_iter().chain(most).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Outcome;

    fn software() -> Software {
        let package = |name: &str, version: &str| Package { name: name.into(), version: version.into() };
        Software {
            packages: Ok(vec![
                package("libreoffice-writer", "4:7.4.7-1+deb12u8"),
                package("anydesk", "6.3.0-1"),
            ]),
            strays: vec![Stray {
                name: "Game-1.2.AppImage".into(),
                place: "/home/u/Game-1.2.AppImage".into(),
            }],
            processes: vec![Process {
                name: "xmrig".into(),
                file: Some("/tmp/.x/xmrig".into()),
                from_anywhere: true,
            }],
        }
    }

    fn patterns(texts: &[&str]) -> Vec<NamePattern> {
        texts.iter().map(|text| NamePattern::new(text)).collect()
    }

    fn check(rules: &SoftwareRules) -> (Outcome, String) {
        let result = judge(&software(), rules, None);
        (result.outcome, result.finding.to_string())
    }

    #[test]
    fn forbidden_software_is_found_installed_or_running() {
        let forbidding =
            |names: &[&str]| SoftwareRules { forbidden: patterns(names), ..SoftwareRules::default() };
        assert_eq!(check(&forbidding(&[])).0, Outcome::Passed);
        assert_eq!(check(&forbidding(&["teamviewer"])).0, Outcome::Passed);
        let (outcome, finding) = check(&forbidding(&["AnyDesk*", "game*"]));
        assert_eq!(outcome, Outcome::Failed);
        assert_eq!(finding, r#"checks-software-forbidden names="Game-1.2.AppImage, anydesk""#);
        assert_eq!(check(&forbidding(&["xmrig"])).1, r#"checks-software-running names="xmrig""#);
    }

    #[test]
    fn required_software_has_bounds() {
        let requiring = |name: &str, least: Option<&str>, most: Option<&str>| SoftwareRules {
            required: vec![RequiredPackage {
                name: name.into(),
                min_version: least.map(str::to_owned),
                max_version: most.map(str::to_owned),
            }],
            ..SoftwareRules::default()
        };
        let writer = "libreoffice-writer";
        assert_eq!(check(&requiring(writer, Some("4:7.4"), Some("4:8"))).0, Outcome::Passed);
        assert!(check(&requiring(writer, Some("4:7.5"), None)).1.starts_with("checks-software-version"));
        assert!(check(&requiring(writer, None, Some("4:7.3"))).1.contains("≤ 4:7.3"));
        assert!(check(&requiring("absent", None, None)).1.starts_with("checks-software-missing"));
    }

    #[test]
    fn with_a_list_of_approved_software_everything_else_is_found() {
        let approving =
            |names: &[&str]| SoftwareRules { approved: Some(patterns(names)), ..SoftwareRules::default() };
        let all = ["libreoffice*", "anydesk", "game*", "xmrig"];
        assert_eq!(check(&approving(&all)).0, Outcome::Passed);
        assert!(check(&approving(&all[..2])).1.contains("Game-1.2.AppImage"));
        assert_eq!(check(&approving(&all[..3])).1, r#"checks-software-from-anywhere files="/tmp/.x/xmrig""#);
        let unread = Some(Err(Message::new("checks-file-unreadable")));
        assert_eq!(judge(&software(), &approving(&all), unread).outcome, Outcome::Unknown);
    }

    #[test]
    fn without_the_systems_list_nothing_passes() {
        let mut blind = software();
        blind.packages = Err(Message::new("checks-software-no-list"));
        assert_eq!(judge(&blind, &SoftwareRules::default(), None).outcome, Outcome::Unknown);
    }
}
