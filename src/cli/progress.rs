//! How far long work has come, for whoever looks at a terminal.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;

/// One line of the terminal that counts to 100 %. Says nothing where nobody looks.
#[derive(Debug)]
pub struct Progress {
    shown: bool,
    percent: Option<u64>,
}

impl Progress {
    pub fn new() -> Self {
        Self { shown: io::stderr().is_terminal(), percent: None }
    }

    /// In the form that long work asks for; never breaks it off.
    pub fn tell(&mut self, done_bytes: u64, total_bytes: u64) -> ControlFlow<()> {
        let percent = (u128::from(done_bytes) * 100).checked_div(total_bytes.into()).unwrap_or(100) as u64;
        if self.shown && self.percent != Some(percent) {
            self.percent = Some(percent);
            self.write(format_args!("\r{percent:3} %"));
        }
        ControlFlow::Continue(())
    }

    /// The terminal is as it was.
    pub fn end(&mut self) {
        if self.percent.take().is_some() {
            self.write(format_args!("\r     \r"));
        }
    }

    fn write(&self, text: std::fmt::Arguments) {
        let mut terminal = io::stderr();
        // Who can't be told how far it is loses nothing.
        let _ = terminal.write_fmt(text).and_then(|()| terminal.flush());
    }
}
