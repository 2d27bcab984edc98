//! The system's own list of what is installed: dpkg's, rpm's, or the Windows registry's.

use super::Package;
use crate::checks::RunProgram;
use crate::checks::asking::{said, unclear};
use crate::i18n::Message;

const DPKG: [&str; 3] = ["dpkg-query", "-W", "-f=${db:Status-Status}\\t${Package}\\t${Version}\\n"];
const RPM: [&str; 4] = ["rpm", "-qa", "--qf", "%{NAME}\\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\n"];
/// Where Windows keeps what can be uninstalled: of its own kind, of 32 bits, of one user.
const REGISTRY: [&str; 3] = [
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    r"HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall",
    r"HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
];

pub(super) fn installed(programs: &dyn RunProgram) -> Result<Vec<Package>, Message> {
    if cfg!(windows) {
        return registry(programs);
    }
    let (dpkg, rpm) = (said(programs, &DPKG), said(programs, &RPM));
    let listed: Vec<Package> = match (&dpkg, &rpm) {
        (Err(_), Err(_)) => return Err(no_list(dpkg.as_ref().err(), rpm.as_ref().err())),
        _ => {
            let dpkg = dpkg.iter().flat_map(|text| text.lines()).filter_map(of_dpkg);
            dpkg.chain(rpm.iter().flat_map(|text| text.lines()).filter_map(tabbed)).collect()
        }
    };
    // A computer without any package is none.
    if listed.is_empty() { Err(unclear("dpkg-query")) } else { Ok(listed) }
}

/// One that is there and broken says more than one that is not there.
fn no_list(dpkg: Option<&Message>, rpm: Option<&Message>) -> Message {
    let broken = [dpkg, rpm].into_iter().flatten().find(|why| why.id != "checks-program-missing");
    broken.cloned().unwrap_or_else(|| Message::new("checks-software-no-list"))
}

/// What was removed and left its settings is listed too.
fn of_dpkg(line: &str) -> Option<Package> {
    tabbed(line.strip_prefix("installed\t")?)
}

fn tabbed(line: &str) -> Option<Package> {
    let (name, version) = line.split_once('\t')?;
    let sound = !name.is_empty() && !version.is_empty();
    sound.then(|| Package { name: name.to_owned(), version: version.trim().to_owned() })
}

/// Not tried on Windows yet.
fn registry(programs: &dyn RunProgram) -> Result<Vec<Package>, Message> {
    let mut packages = Vec::new();
    for (at, key) in REGISTRY.into_iter().enumerate() {
        match said(programs, &["reg", "query", key, "/s"]) {
            Ok(text) => packages.extend(in_registry(&text)),
            // Only the first one is always there.
            Err(why) if at == 0 => return Err(why),
            Err(_) => {}
        }
    }
    if packages.is_empty() { Err(unclear("reg")) } else { Ok(packages) }
}

/// A key's name on a line of its own, then its values: four spaces, name, type, value.
fn in_registry(text: &str) -> Vec<Package> {
    let mut packages = Vec::new();
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match (line.starts_with("HKEY_"), blocks.last_mut()) {
            (true, _) => blocks.push(Vec::new()),
            (false, Some(block)) => block.push(line),
            (false, None) => {}
        }
    }
    for block in blocks {
        let value = |name: &str| {
            block.iter().find_map(|line| {
                let mut fields = line.trim_start().splitn(3, "    ");
                (fields.next()? == name).then_some(())?;
                fields.next();
                fields.next().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
            })
        };
        // Parts of Windows and updates of another entry are no programs of their own.
        let is_part = value("SystemComponent").as_deref() == Some("0x1") || value("ParentKeyName").is_some();
        if let Some(name) = value("DisplayName").filter(|_| !is_part) {
            packages.push(Package { name, version: value("DisplayVersion").unwrap_or_default() });
        }
    }
    packages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::Recorded;

    fn package(name: &str, version: &str) -> Package {
        Package { name: name.into(), version: version.into() }
    }

    #[test]
    fn what_dpkg_and_rpm_list_is_read() {
        let dpkg =
            "installed\topenssh-client\t1:9.2p1-2+deb12u7\nconfig-files\told\t1.0\ninstalled\tbroken\n";
        let rpm = "bash\t5.1.8-9.el9\nopenssl\t1:3.0.7-27.el9\n";
        let all = Recorded::all(&[("dpkg-query", dpkg), ("rpm -qa", rpm)]);
        let expected = [
            package("openssh-client", "1:9.2p1-2+deb12u7"),
            package("bash", "5.1.8-9.el9"),
            package("openssl", "1:3.0.7-27.el9"),
        ];
        assert_eq!(installed(all.as_ref()).unwrap(), expected);
    }

    #[test]
    fn no_list_and_an_empty_one_are_no_answer() {
        let why = |answers: &[(&str, &str)]| installed(Recorded::all(answers).as_ref()).unwrap_err().id;
        assert_eq!(why(&[]), "checks-software-no-list");
        assert_eq!(why(&[("dpkg-query", ""), ("rpm", "")]), "checks-program-unclear");
    }

    #[test]
    fn what_the_registry_lists_is_read() {
        let text = "\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\7-Zip\r\n\
            \x20   DisplayName    REG_SZ    7-Zip 22.01 (x64)\r\n    DisplayVersion    REG_SZ    22.01\r\n\
            \x20   EstimatedSize    REG_DWORD    0x157b\r\n\r\n\
            HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{0A1}\r\n\
            \x20   DisplayName    REG_SZ    Part of something\r\n    SystemComponent    REG_DWORD    0x1\r\n\r\n\
            HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\AnyDesk\r\n\
            \x20   DisplayName    REG_SZ    AnyDesk\r\n    DisplayVersion    REG_SZ    ad 7.0.14\r\n\
            End of search: 12 match(es) found.\r\n";
        assert_eq!(
            in_registry(text),
            [package("7-Zip 22.01 (x64)", "22.01"), package("AnyDesk", "ad 7.0.14")]
        );
        assert!(in_registry("ERROR: The system was unable to find the specified registry key").is_empty());
    }
}
