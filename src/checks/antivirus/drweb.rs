//! Dr.Web for Linux, through `drweb-ctl`.

use std::time::Duration;

use super::sample::Sample;
use super::{Product, told, utc_ms};
use crate::checks::asking::{SOON, ask, unclear};
use crate::checks::{CheckContext, ProgramError, RunProgram};
use crate::i18n::Message;

const PROGRAM: &str = "drweb-ctl";
const SCAN: Duration = Duration::from_secs(20);

pub(super) fn look(context: &CheckContext, sample: Option<&Sample>) -> Option<Product> {
    let programs = context.programs.as_ref();
    let answer = ask(programs, &[PROGRAM, "baseinfo"], SOON);
    let mut product = match answer {
        Err(ProgramError::NotFound) => return None,
        Err(error) => Product {
            name: "Dr.Web",
            version: String::new(),
            running: Err(error.message(PROGRAM)),
            signatures_ms: Err(error.message(PROGRAM)),
            finds: None,
        },
        // Only its daemon knows the signatures: without it there is no answer.
        Ok(output) if !output.success() => stopped(),
        Ok(output) => parse(&output.out),
    };
    if product.running == Ok(true) {
        product.finds = sample.map(|sample| scan(programs, sample));
    }
    Some(product)
}

fn stopped() -> Product {
    let why = Message::new("checks-antivirus-unloaded").with("name", "Dr.Web");
    Product {
        name: "Dr.Web",
        version: String::new(),
        running: Ok(false),
        signatures_ms: Err(why),
        finds: None,
    }
}

fn parse(text: &str) -> Product {
    let signatures =
        told(text, "Virus database timestamp").and_then(|date| utc_ms(date, "%Y-%b-%d %H:%M:%S"));
    Product {
        name: "Dr.Web",
        version: told(text, "Core engine version").unwrap_or_default().to_owned(),
        running: Ok(signatures.is_some()),
        signatures_ms: signatures.ok_or_else(|| unclear(PROGRAM)),
        finds: None,
    }
}

fn scan(programs: &dyn RunProgram, sample: &Sample) -> Result<bool, Message> {
    let path = sample.path();
    let output = ask(programs, &[PROGRAM, "scan", &path], SCAN).map_err(|error| error.message(PROGRAM))?;
    let text = output.text();
    match () {
        () if sample.is_taken() || text.contains("infected with") => Ok(true),
        () if text.contains("threats found: 0") || text.contains(" - Ok") => Ok(false),
        () => Err(unclear(PROGRAM)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_tells_of_itself_is_read() {
        let text = "Core engine version: 7.00.47.04280\nVirus database timestamp: 2020-Aug-11 18:40:16\n\
                    Virus databases loaded: 202\nVirus records: 9118543\nAnti-spam core is not loaded\n";
        let product = parse(text);
        assert_eq!((product.version.as_str(), product.running), ("7.00.47.04280", Ok(true)));
        assert_eq!(product.signatures_ms, Ok(1_597_171_216_000));
        assert_eq!(parse("nothing of the kind").running, Ok(false));
    }
}
