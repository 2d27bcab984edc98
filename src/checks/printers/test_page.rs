//! A page that shows whether a printer prints evenly; a person looks at it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::cups;
use crate::checks::asking::{SOON, ask, said, unclear};
use crate::checks::findings::Findings;
use crate::checks::words::plain;
use crate::checks::{CheckContext, CheckResult, ProgramError};
use crate::i18n::Message;

const FILE: &str = "test-page.pdf";
/// How often, and how many times, the queue is asked whether the page is through.
const ASK_EVERY: Duration = Duration::from_millis(500);
const ASK_TIMES: usize = 60;

pub(in crate::checks) fn run(context: &CheckContext) -> CheckResult {
    let printers = &context.rules.printers.required;
    // On Windows no command prints a file on a named printer without another program.
    if printers.is_empty() || cfg!(windows) {
        return CheckResult::passed(Message::new("checks-test-page-by-hand"));
    }
    let page = match Page::write(&context.data) {
        Ok(page) => page,
        Err(error) => {
            let message = Message::new("checks-test-page-unwritten").with("detail", error.to_string());
            return CheckResult::unknown(message);
        }
    };
    let mut findings = Findings::default();
    for name in printers {
        let Some(printed) = findings.known(print(context, name, &page)) else { continue };
        match printed {
            Ok(job) => findings.measured(&format!("{name}_job"), job),
            Err(fault) => findings.failed(fault),
        }
    }
    findings.into_result(Message::new("checks-test-page-printed").with("count", printers.len()))
}

/// Gives the name of the job once it has left the queue, or why it does not; or why that is not known.
fn print(context: &CheckContext, name: &str, page: &Page) -> Result<Result<String, Message>, Message> {
    let programs = context.programs.as_ref();
    let about = |id: &str| Message::new(id).with("name", plain(name, 60));
    let path = page.0.display().to_string();
    let output = ask(programs, &["lp", "-d", name, "-t", "invigil", &path], SOON);
    let output = output.map_err(|error: ProgramError| error.message("lp"))?;
    if !output.success() {
        if !cups::runs(programs)? {
            return Ok(Err(Message::new("checks-printers-no-service")));
        }
        return Ok(Err(about("checks-test-page-refused").with("detail", plain(&output.text(), 200))));
    }
    let job = job(&output.out).ok_or_else(|| unclear("lp"))?;
    for _ in 0..ASK_TIMES {
        let waiting = said(programs, &["lpstat", "-W", "not-completed", "-o", name])?;
        if !waiting.lines().any(|line| line.split_whitespace().next() == Some(job)) {
            return Ok(Ok(job.to_owned()));
        }
        context.clock.sleep(ASK_EVERY);
    }
    Ok(Err(about("checks-test-page-stuck")))
}

/// `request id is HP-12 (1 file(s))`.
fn job(text: &str) -> Option<&str> {
    text.trim().strip_prefix("request id is ")?.split_whitespace().next()
}

/// It is there until it is dropped; the queue has a copy of its own.
struct Page(PathBuf);

impl Page {
    fn write(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join(FILE);
        if path.symlink_metadata().is_ok_and(|found| found.is_file()) {
            fs::remove_file(&path)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        let page = Self(path);
        file.write_all(&pdf())?;
        Ok(page)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::warn!(file = %self.0.display(), %error, "the test page stays");
        }
    }
}

/// A4 with a frame, ten greys, thin lines and a line of text: what stripes, spots and a weak toner show in.
fn pdf() -> Vec<u8> {
    let mut drawing =
        String::from("1 w 28 28 539 786 re S BT /F 24 Tf 60 760 Td (invigil: test page) Tj ET\n");
    for step in 0..10 {
        let (grey, left) = (step * 10, 60 + step * 47);
        drawing.push_str(&format!("0.{grey:02} g {left} 600 47 120 re f\n"));
    }
    drawing.push_str("0 g 0 G\n");
    for line in 0..40 {
        let (width, bottom) = (line % 4 + 1, 100 + line * 11);
        drawing.push_str(&format!("0.{width} w 60 {bottom} m 535 {bottom} l S\n"));
    }
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawing}endstream", drawing.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = String::new();
    for (at, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let (count, begins) = (objects.len() + 1, pdf.len());
    pdf.push_str(&format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{begins}\n%%EOF\n"
    ));
    pdf.into_bytes()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::checks::tests::{Recorded, context};
    use crate::clock::SimulatedClock;

    fn check(answers: &[(&str, &str)]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let mut context = context(folder.path());
        context.rules.printers.required = vec!["HP".into()];
        context.clock = Arc::new(SimulatedClock::new(0, 0));
        context.programs = Recorded::all(answers);
        let finding = run(&context).finding.id;
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "the page is not kept");
        finding
    }

    #[test]
    fn a_page_is_through_once_it_has_left_the_queue() {
        let printed = ("lp -d HP", "request id is HP-12 (1 file(s))\n");
        let others = ("lpstat -W", "HP-11   kiosk   1024   Fri Nov 20 10:00:00 2026\n");
        assert_eq!(check(&[printed, others]), "checks-test-page-printed");
        let stuck = ("lpstat -W", "HP-12   kiosk   1024   Fri Nov 20 10:00:00 2026\n");
        assert_eq!(check(&[printed, stuck]), "checks-test-page-stuck");
        assert_eq!(check(&[("lp -d HP", "nonsense")]), "checks-program-unclear");
        assert_eq!(check(&[]), "checks-program-missing");
    }
}
