//! A data folder with a profile of the test's own, and `invigil check` in it.

use std::fs;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

pub struct Place {
    folder: TempDir,
}

/// What one check said.
#[derive(Debug)]
pub struct Said {
    pub outcome: String,
    /// The finding's text id.
    pub finding: String,
    pub text: String,
}

impl Place {
    /// With the demo profile's `[checks…]` replaced by these.
    pub fn new(rules: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = invigil::point::DEMO_PROFILE;
        let without = demo.split("[checks.").next().unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        fs::write(folder.path().join("data/profile.toml"), format!("{without}\n{rules}\n")).unwrap();
        Self { folder }
    }

    /// Runs one check, as `before` runs a program.
    pub fn check(&self, before: &[&str], check: &str, more: &[&str]) -> Said {
        let program = env!("CARGO_BIN_EXE_invigil");
        let mut words: Vec<&str> = before.to_vec();
        let data = self.folder.path().join("data");
        words.extend([program, "--lang", "en", "--data", data.to_str().unwrap(), "check", "--json", check]);
        words.extend(more);
        let output = Command::new(words[0]).args(&words[1..]).output().unwrap();
        let said: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        assert_eq!(said[0]["check"], check);
        let said = Said {
            outcome: text(&said[0]["outcome"]),
            finding: text(&said[0]["finding"]["id"]),
            text: text(&said[0]["text"]),
        };
        assert_eq!(output.status.code(), Some(if said.outcome == "passed" { 0 } else { 1 }), "{said:?}");
        said
    }
}
