//! Are the required programs there, and new enough?

use std::time::Duration;

use super::{CheckContext, CheckResult, ProgramError};
use crate::i18n::Message;
use crate::journal::{Evidence, Outcome};
use crate::point::RequiredProgram;

const LIMIT: Duration = Duration::from_secs(5);

/// What is known of one program.
enum Found {
    Fine { version: String },
    TooOld { version: String },
    Missing,
    Unclear(String),
}

pub(super) fn run(context: &CheckContext) -> CheckResult {
    let mut evidence = Vec::new();
    let (mut missing, mut old, mut unclear) = (Vec::new(), Vec::new(), Vec::new());
    for program in &context.required {
        let (list, says) = match look(program, context) {
            Found::Fine { version } => (None, version),
            Found::TooOld { version } => (Some(&mut old), version),
            Found::Missing => (Some(&mut missing), "missing".to_owned()),
            Found::Unclear(why) => (Some(&mut unclear), why),
        };
        if let Some(list) = list {
            list.push(match &program.min_version {
                Some(version) => format!("{} {version}", program.name),
                None => program.name.clone(),
            });
        }
        let command = program.command.first().map_or("program", String::as_str);
        evidence.push(Evidence { name: format!("{command}_version"), value: says.into() });
    }
    let finding = if missing.is_empty() && old.is_empty() && unclear.is_empty() {
        Message::new("checks-programs-ok").with("count", context.required.len())
    } else {
        Message::new("checks-programs-lacking")
            .with("missing_count", missing.len())
            .with("missing", missing.join(", "))
            .with("old_count", old.len())
            .with("old", old.join(", "))
            .with("unclear_count", unclear.len())
            .with("unclear", unclear.join(", "))
    };
    let outcome = if !missing.is_empty() || !old.is_empty() {
        Outcome::Failed
    } else if !unclear.is_empty() {
        Outcome::Unknown
    } else {
        Outcome::Passed
    };
    CheckResult { outcome, finding, evidence }
}

fn look(program: &RequiredProgram, context: &CheckContext) -> Found {
    let output = match context.programs.run(&program.command, LIMIT) {
        Ok(output) => output,
        Err(ProgramError::NotFound) => return Found::Missing,
        Err(error) => return Found::Unclear(error.to_string()),
    };
    match (version_in(&output.text()), &program.min_version) {
        (Some(version), Some(lowest)) if numbers(&version) < numbers(lowest) => Found::TooOld { version },
        (Some(version), _) => Found::Fine { version },
        (None, None) if output.success() => Found::Fine { version: "present".to_owned() },
        (None, _) => Found::Unclear("no version in its output".to_owned()),
    }
}

/// The first number with a dot in it, such as `9.2` in `OpenSSH_9.2p1 Debian-2`; else the first number.
fn version_in(text: &str) -> Option<String> {
    let runs = || {
        text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|run| run.trim_matches('.')).filter(|run| {
            // Longer ones are dates and serial numbers run together.
            !run.is_empty() && run.len() <= 40
        })
    };
    runs().find(|run| run.contains('.')).or_else(|| runs().next()).map(str::to_owned)
}

/// For comparing number by number; `5.1` is less than `5.1.1` and than `5.10`.
fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map(|number| number.parse().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::checks::tests::context;
    use crate::checks::{ProgramOutput, RunProgram};

    /// Recorded outputs by the program's name.
    struct Recorded(BTreeMap<&'static str, Result<ProgramOutput, ProgramError>>);

    impl RunProgram for Recorded {
        fn run(&self, command: &[String], _limit: Duration) -> Result<ProgramOutput, ProgramError> {
            self.0.get(command[0].as_str()).cloned().unwrap_or(Err(ProgramError::NotFound))
        }
    }

    fn check(programs: &[(&str, Option<&str>)]) -> CheckResult {
        let says = |text: &str| {
            Ok(ProgramOutput { code: Some(0), out: text.to_owned(), ..ProgramOutput::default() })
        };
        let recorded = Recorded(BTreeMap::from([
            ("ssh", says("OpenSSH_9.2p1 Debian-2+deb12u7, OpenSSL 3.0.17 1 Jul 2025\n")),
            ("openssl", says("OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)\n")),
            ("ffmpeg", says("ffmpeg version 5.1.7-0+deb12u1 Copyright (c) 2000-2025\n")),
            ("quiet", says("hello\n")),
            ("hangs", Err(ProgramError::TooLong)),
        ]));
        let folder = tempfile::tempdir().unwrap();
        let mut context = context(folder.path());
        context.programs = Arc::new(recorded);
        context.required = programs
            .iter()
            .map(|(name, lowest)| RequiredProgram {
                name: (*name).to_owned(),
                command: vec![(*name).to_owned()],
                min_version: lowest.map(str::to_owned),
            })
            .collect();
        run(&context)
    }

    #[test]
    fn versions_are_compared_number_by_number() {
        assert_eq!(check(&[("ssh", Some("8.10")), ("openssl", Some("3.0"))]).outcome, Outcome::Passed);
        assert_eq!(check(&[("ffmpeg", Some("5.1.10"))]).outcome, Outcome::Failed);
        assert_eq!(check(&[("ffmpeg", Some("5.1.7"))]).evidence[0].value, "5.1.7".into());
        assert_eq!(check(&[]).outcome, Outcome::Passed);
    }

    #[test]
    fn a_missing_program_fails_and_an_unclear_one_is_unknown() {
        assert_eq!(check(&[("absent", None), ("hangs", None)]).outcome, Outcome::Failed);
        assert_eq!(check(&[("hangs", None)]).outcome, Outcome::Unknown);
        assert_eq!(check(&[("quiet", Some("1"))]).outcome, Outcome::Unknown);
        assert_eq!(check(&[("quiet", None)]).outcome, Outcome::Passed);
    }
}
