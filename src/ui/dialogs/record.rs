//! A record of a reviewed journal as a whole: what it tells, the picture that was kept with it, and what
//! proves it.

use std::fmt;

use eframe::egui::{Context, Ui, vec2};

use super::ask;
use super::still::Picture;
use crate::i18n::Message;
use crate::review::{Entry, EntryOf, Lines, LogLine, Reading, Reviewed, SignedBy, Wake};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Ask, Foot, Line, block, dialog, label, rule, sign};
use crate::ui::words::{date_of, timer};

pub struct ShownRecord {
    title: String,
    picture: Option<Picture>,
    state: State,
    lines: Lines,
    /// Of the journal.
    records: u64,
}

enum State {
    Reading(Reading),
    Shown(Box<Entry>),
    Unread,
}

impl fmt::Debug for ShownRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShownRecord").field("title", &self.title).finish_non_exhaustive()
    }
}

impl ShownRecord {
    /// Begins to read it from the archive; `title` is what its line says.
    pub fn open(title: String, reviewed: &Reviewed, line: &LogLine, ctx: &Context, wake: Wake) -> Self {
        let of = EntryOf { n: line.n, utc_ms: line.utc_ms };
        let state = match Reading::start(reviewed.folder.clone(), of, wake) {
            Ok(reading) => State::Reading(reading),
            Err(error) => {
                tracing::error!(%error, "a record can't be read");
                State::Unread
            }
        };
        let still = line.still.clone();
        Self {
            title,
            picture: still.map(|still| Picture::open(reviewed.folder.clone(), still, ctx)),
            state,
            lines: reviewed.lines.clone(),
            records: reviewed.report.records,
        }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        self.hear();
        let room = ctx.content_rect().size() - vec2(160.0, 320.0);
        let ask = Ask { width: 960.0, cancel: cx.t("ui-understood"), ..ask(cx, self.title.clone(), None) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_S;
            match &self.state {
                State::Reading(_) => drop(ui.spinner()),
                State::Unread => drop(label(ui, cx.theme, &cx.t("record-not-read"))),
                State::Shown(entry) => self.facts(ui, cx, entry),
            }
            if let Some(picture) = &mut self.picture {
                picture.show(ui, cx, &self.title, room);
            }
            if let State::Shown(entry) = &self.state {
                self.proof(ui, cx, entry);
            }
            false
        });
        foot != Foot::Leave
    }

    fn hear(&mut self) {
        let State::Reading(reading) = &mut self.state else { return };
        if let Some(found) = reading.hear() {
            self.state = found.map_or(State::Unread, State::Shown);
        }
    }

    /// Who, and when by both clocks.
    fn facts(&self, ui: &mut Ui, cx: &Cx<'_>, entry: &Entry) {
        let record = &entry.record;
        let date = cx.model.words.date(date_of(record.utc_ms, self.lines.offset_min));
        let time = self.lines.time(record.utc_ms);
        line(ui, cx, "record-when", &format!("{date}, {time}"));
        let clock = Message::new("record-clock-text")
            .with("time", timer(record.mono_ms))
            .with("ms", record.mono_ms % 1_000)
            .with("run", record.boot.as_str());
        line(ui, cx, "record-clock", &cx.say(&clock));
        let station = || cx.t("ui-review-station");
        let who = record.actor.person.as_ref().map_or_else(station, |person| self.lines.names.person(person));
        line(ui, cx, "ui-review-who", &who);
        if let Some(person) = &record.actor.approved_by {
            line(ui, cx, "record-approved", &self.lines.names.person(person));
        }
    }

    /// Its place in the chain, its checkpoint, and the signed line itself.
    fn proof(&self, ui: &mut Ui, cx: &Cx<'_>, entry: &Entry) {
        rule(ui, cx.theme);
        let place = Message::new("record-place-text").with("n", entry.record.n).with("of", self.records);
        line(ui, cx, "record-place", &cx.say(&place));
        let (tone, id) = match (entry.follows, entry.followed) {
            (true, Some(true)) => (Tone::Ok, "record-chain-both"),
            (true, None) => (Tone::Ok, "record-chain-last"),
            _ => (Tone::Bad, "record-chain-broken"),
        };
        judged(ui, cx, tone, &cx.t(id));
        let (tone, signed) = match &entry.signed {
            Some(signed) => self.signed(signed),
            None => (Tone::Warn, Message::new("record-unsigned")),
        };
        judged(ui, cx, tone, &cx.say(&signed));
        label(ui, cx.theme, &cx.t("record-line"));
        ui.label(theme::code(entry.line.as_str(), theme::SMALL, cx.theme.ink));
        label(ui, cx.theme, &cx.t("record-hash"));
        ui.label(theme::code(entry.sha256.to_string(), theme::SMALL, cx.theme.ink));
    }

    fn signed(&self, signed: &SignedBy) -> (Tone, Message) {
        let (tone, id) = match signed.holds {
            true => (Tone::Ok, "record-signed"),
            false => (Tone::Bad, "record-signed-wrong"),
        };
        let message = Message::new(id)
            .with("number", signed.number)
            .with("time", self.lines.time(signed.utc_ms))
            .with("code", signed.code.to_string());
        (tone, message)
    }
}

fn line(ui: &mut Ui, cx: &Cx<'_>, caption: &str, text: &str) {
    let caption = cx.t(caption);
    let lines =
        [Line::plain(&caption, theme::SMALL, cx.theme.dim), Line::plain(text, theme::TEXT, cx.theme.ink)];
    block(ui, &lines);
}

fn judged(ui: &mut Ui, cx: &Cx<'_>, tone: Tone, text: &str) {
    let text = format!("{} {text}", sign(tone));
    block(ui, &[Line::bold(&text, theme::TEXT, cx.theme.strong(tone))]);
}
