//! A record as a line of text: JSON without blanks, fields in the order of [`Record`], LF at the end.
//!
//! A line is read only if it is byte for byte what writing the record again would give. That
//! leaves no room for blanks, fractions, other escapes, unknown fields or a key that stands twice.
//! Every hash over a record takes the line with its LF.

use std::io::{self, BufRead, Read};

use super::record::Record;

/// Longest line, its LF included.
pub const MAX_LINE_BYTES: usize = 64 * 1024;

/// Why a line is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    #[error("longer than {MAX_LINE_BYTES} bytes")]
    TooLong,
    #[error("without an end")]
    Unfinished,
    #[error("not a record")]
    Malformed,
    #[error("not written the way records are")]
    NotCanonical,
}

/// The record's line with its LF.
pub fn encode(record: &Record) -> Result<Vec<u8>, BadLine> {
    let mut line = serde_json::to_vec(record).map_err(|_| BadLine::Malformed)?;
    line.push(b'\n');
    if line.len() > MAX_LINE_BYTES { Err(BadLine::TooLong) } else { Ok(line) }
}

/// The record of a line with its LF.
pub fn decode(line: &[u8]) -> Result<Record, BadLine> {
    if line.len() > MAX_LINE_BYTES {
        return Err(BadLine::TooLong);
    }
    let text = line.strip_suffix(b"\n").ok_or(BadLine::Unfinished)?;
    let record: Record = serde_json::from_slice(text).map_err(|_| BadLine::Malformed)?;
    if !is_hex(&record.boot, 16) || !is_hex(&record.salt, 32) {
        return Err(BadLine::Malformed);
    }
    let mut same = Same(text);
    match serde_json::to_writer(&mut same, &record) {
        Ok(()) if same.0.is_empty() => Ok(record),
        _ => Err(BadLine::NotCanonical),
    }
}

/// Takes writing only as long as it is this text.
struct Same<'a>(&'a [u8]);

impl io::Write for Same<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.strip_prefix(bytes).ok_or(io::ErrorKind::InvalidData)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Reads the next line with its LF into `line`; false at the end. Of a line that is too long the
/// beginning is kept, long enough for [`decode`] to refuse it, and the rest is passed over.
pub fn read_line(reader: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    append_line(reader, line)
}

/// As [`read_line`], behind what stands in `lines`.
pub(super) fn append_line(reader: &mut dyn BufRead, lines: &mut Vec<u8>) -> io::Result<bool> {
    let before = lines.len();
    reader.take(MAX_LINE_BYTES as u64 + 1).read_until(b'\n', lines)?;
    if lines.len() - before > MAX_LINE_BYTES && !lines.ends_with(b"\n") {
        reader.skip_until(b'\n')?;
    }
    Ok(lines.len() > before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Arg, Message};
    use crate::journal::{Actor, Event, Evidence, Group, Outcome, SealedPart, VideoHead};
    use crate::signing::Digest;

    const LINE: &str = concat!(
        r#"{"n":7,"boot":"0123456789abcdef","mono_ms":5,"utc_ms":-3,"offset_min":180,"#,
        r#""actor":{"person":"p1","approved_by":null},"#,
        r#""event":{"type":"torn_tail_cut","bytes":12},"salt":"00112233445566778899aabbccddeeff","#,
        r#""prev":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}"#,
        "\n"
    );

    #[test]
    fn a_line_reads_back() {
        let record = decode(LINE.as_bytes()).unwrap();
        assert_eq!((record.n, &record.event), (7, &Event::TornTailCut { bytes: 12 }));
        assert_eq!(record.prev, Digest::of(b""));
        assert_eq!(encode(&record).unwrap(), LINE.as_bytes());
    }

    #[test]
    fn events_of_every_shape_read_back() {
        let (camera, digest) = (|| "entrance-1".parse().unwrap(), Digest::of(b""));
        let cause = Message::new("camera-lost").with("ms", -5i64).with("device", "usb \"1\"\n\u{7f}💡");
        let sealed = |file: &str| SealedPart {
            part: 1,
            group: Group::Kept,
            file: file.to_owned(),
            bytes: u64::MAX,
            sha256: digest,
        };
        let evidence = Evidence { name: "free_bytes".to_owned(), value: Arg::Number(i64::MIN) };
        for event in [
            Event::StationStopped {},
            Event::ClockStepped { step_ms: i64::MIN },
            Event::CameraLost { camera: camera(), last_frame_ms: None, cause: Message::new("x") },
            Event::CameraLost { camera: camera(), last_frame_ms: Some(-1), cause },
            Event::SoundSilent { camera: camera(), from_ms: i64::MIN },
            Event::SoundHeard { camera: camera(), from_ms: -1, to_ms: i64::MAX },
            Event::PartSealed(sealed("77-0101-2026-05-29-main-01.zip")),
            Event::VideoHeads {
                heads: vec![VideoHead { camera: camera(), segment: 0, lines: 3, root: digest }],
            },
            Event::StepRecorded {
                checklist: "two-hours-before".parse().unwrap(),
                step: "disk".parse().unwrap(),
                outcome: Outcome::Unknown,
                confirmed: false,
                finding: None,
                evidence: vec![evidence],
                note: "заметка\\\t".to_owned(),
            },
        ] {
            let record = Record { event, ..decode(LINE.as_bytes()).unwrap() };
            assert_eq!(decode(&encode(&record).unwrap()), Ok(record));
        }
    }

    #[test]
    fn a_line_written_in_another_way_is_refused() {
        for (from, to) in [
            ("{\"n\":7", "{ \"n\":7"),
            ("\"n\":7", "\"n\":07"),
            ("\"n\":7", "\"n\":7.0"),
            ("\"n\":7", "\"n\":7,\"n\":7"),
            ("\"bytes\":12", "\"bytes\":1.2e1"),
            ("\"bytes\":12", "\"bytes\":12,\"bytes\":12"),
            ("\"bytes\":12", "\"bytes\":12,\"more\":1"),
            ("\"type\":\"torn", "\"type\":\"torn_tail_cut\",\"type\":\"torn"),
            ("\"salt\"", "\"more\":1,\"salt\""),
            ("torn_tail_cut", "torn_tail_\\u0063ut"),
            ("torn_tail_cut", "tale"),
            ("aabbccdd", "AABBCCDD"),
            ("0123456789abcdef", "123"),
            (",\"approved_by\":null", ""),
            ("}\n", "}"),
            ("}\n", "}\r\n"),
            ("}\n", "}x\n"),
        ] {
            let changed = LINE.replacen(from, to, 1);
            assert_ne!(changed, LINE);
            assert!(decode(changed.as_bytes()).is_err(), "{changed}");
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_in_bounded_memory() {
        let long = vec![b'x'; 3 * MAX_LINE_BYTES];
        let text = [&long[..], b"\n", LINE.as_bytes(), b"torn"].concat();
        let mut reader = &text[..];
        let mut next = || {
            let mut line = Vec::new();
            read_line(&mut reader, &mut line).unwrap().then_some(line)
        };
        assert_eq!(decode(&next().unwrap()), Err(BadLine::TooLong));
        assert_eq!(next().unwrap(), LINE.as_bytes());
        assert_eq!(decode(&next().unwrap()), Err(BadLine::Unfinished));
        assert_eq!(next(), None);
    }

    #[test]
    fn what_does_not_fit_a_line_is_not_written() {
        let mut record = decode(LINE.as_bytes()).unwrap();
        record.actor = Actor::STATION;
        record.event = Event::AlarmAcknowledged { alarm: "x".repeat(MAX_LINE_BYTES) };
        assert_eq!(encode(&record), Err(BadLine::TooLong));
    }
}
