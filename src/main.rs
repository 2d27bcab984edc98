use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use invigil::cli::{self, Cli, Failure};

/// Exit code for a command line that makes no sense (`EX_USAGE` of sysexits.h).
const WRONG_USAGE: u8 = 64;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too, and are no errors. A closed pipe is nobody's fault.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(WRONG_USAGE) } else { ExitCode::SUCCESS };
        }
    };
    let texts = cli.texts();
    match cli.run() {
        Ok(code) => code,
        Err(error) if cli::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            let (code, lines) = match error.downcast_ref::<Failure>() {
                Some(failure) => {
                    let messages = std::iter::once(&failure.message).chain(&failure.details);
                    (failure.code, messages.map(|message| texts.message(message)).collect())
                }
                None => (1, vec![format!("{error:#}")]),
            };
            let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
            ExitCode::from(code)
        }
    }
}
