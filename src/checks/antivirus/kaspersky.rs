//! Kaspersky Endpoint Security for Linux, through `kesl-control`.

use std::time::Duration;

use super::sample::Sample;
use super::{Product, told, utc_ms};
use crate::checks::asking::{SOON, ask, said, unclear};
use crate::checks::{CheckContext, ProgramError, RunProgram};
use crate::i18n::Message;

const PROGRAM: &str = "kesl-control";
const SCAN: Duration = Duration::from_secs(20);
/// The part that watches over files, as versions 11 and later and as earlier ones call it.
const WATCH: [&str; 2] = ["File Threat Protection", "File monitoring"];
const LOADED: [&str; 2] = ["Application databases loaded", "Anti-virus databases loaded"];

pub(super) fn look(context: &CheckContext, sample: Option<&Sample>) -> Option<Product> {
    let programs = context.programs.as_ref();
    if ask(programs, &[PROGRAM, "--version"], SOON) == Err(ProgramError::NotFound) {
        return None;
    }
    let mut product = match said(programs, &[PROGRAM, "--app-info"]) {
        Ok(text) => parse(&text),
        Err(why) => Product {
            name: "Kaspersky",
            version: String::new(),
            running: Err(why.clone()),
            signatures_ms: Err(why),
            finds: None,
        },
    };
    product.finds = sample.map(|sample| scan(programs, sample));
    Some(product)
}

fn parse(text: &str) -> Product {
    let first = |keys: [&str; 2]| keys.into_iter().find_map(|key| told(text, key));
    // "Available and running", "Available and stopped", "Unavailable due to license limitation".
    let running = first(WATCH).map(|state| state.ends_with("and running"));
    let loaded = first(LOADED).is_some_and(|loaded| loaded == "Yes");
    let released = told(text, "Last release date of databases");
    let released = released.filter(|_| loaded).and_then(|date| utc_ms(date, "%Y-%m-%d %H:%M:%S"));
    Product {
        name: "Kaspersky",
        version: told(text, "Version").unwrap_or_default().to_owned(),
        running: running.ok_or_else(|| unclear(PROGRAM)),
        signatures_ms: released
            .ok_or_else(|| Message::new("checks-antivirus-unloaded").with("name", "Kaspersky")),
        finds: None,
    }
}

fn scan(programs: &dyn RunProgram, sample: &Sample) -> Result<bool, Message> {
    let path = sample.path();
    let output =
        ask(programs, &[PROGRAM, "--scan-file", &path], SCAN).map_err(|error| error.message(PROGRAM))?;
    let detected = detected(&output.out);
    // It is taken away as it is written, unless only told to report.
    match detected {
        _ if sample.is_taken() => Ok(true),
        Some(count) => Ok(count > 0),
        None => Err(unclear(PROGRAM)),
    }
}

/// `Total detected objects              : 1`.
fn detected(text: &str) -> Option<u64> {
    ["Total detected objects", "Infected objects"].into_iter().find_map(|key| told(text, key)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As versions 10 and 12 answer.
    const EARLIER: &str = "\
Name:                                       Kaspersky Endpoint Security 10 SP1 for Linux
Version:                                    10.1.0.5960
License expiration date:                    2019-07-09
Last release date of databases:             2018-08-23 04:11:00
Anti-virus databases loaded:                Yes
Anti-virus database records:                11969941
File monitoring:                            Available and stopped
Integrity monitoring:                       Unavailable due to license limitation
";
    const LATER: &str = "\
Name:                                       Kaspersky Endpoint Security 12.3 for Linux
Version:                                    12.3.0.1162
Policy:                                     Not applied
Last release date of databases:             2026-05-27 06:36:00
Application databases loaded:               Yes
File Threat Protection:                     Available and running
";

    #[test]
    fn what_it_tells_of_itself_is_read() {
        let earlier = parse(EARLIER);
        assert_eq!((earlier.version.as_str(), earlier.running), ("10.1.0.5960", Ok(false)));
        assert_eq!(earlier.signatures_ms, Ok(1_534_997_460_000));
        let later = parse(LATER);
        assert_eq!((later.running, later.signatures_ms), (Ok(true), Ok(1_779_863_760_000)));
        let unloaded = parse(&LATER.replace("loaded:               Yes", "loaded:               No"));
        assert_eq!(unloaded.signatures_ms.unwrap_err().id, "checks-antivirus-unloaded");
        assert!(parse("Ошибка").running.is_err());
    }

    #[test]
    fn what_it_detects_is_counted() {
        let text = "Scanned objects                     : 1\nTotal detected objects              : 1\n";
        assert_eq!(detected(text), Some(1));
        assert_eq!(detected("Infected objects: 0\n"), Some(0));
        assert_eq!(detected(""), None);
    }
}
