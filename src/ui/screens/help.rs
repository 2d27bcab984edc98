//! Help: the guide's contents at the left, a chapter at the right; a word that is looked for is found in all
//! chapters.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Color32, FontFamily, FontId, Galley, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::i18n::{Language, Message};
use crate::ui::help::{Block, Chapter, Kind, SIGN_IN, Text, chapter_of, guide, plain};
use crate::ui::model::{Cx, Screen};
use crate::ui::theme::{self, Theme};
use crate::ui::widgets::{big_button, card, columns, field, heading, label, rule, title};

/// So many places are told in which a word was found.
const MOST_FOUND: usize = 30;

pub struct Help {
    /// In the language that was asked for last.
    guide: Option<(Language, Vec<Chapter>)>,
    chapter: &'static str,
    words: String,
    /// The block that was looked for; it is scrolled to once.
    wanted: Option<usize>,
    /// Where the person came from.
    pub from: Screen,
}

impl Default for Help {
    fn default() -> Self {
        Self { guide: None, chapter: "day", words: String::new(), wanted: None, from: Screen::Today }
    }
}

impl Help {
    /// Opened at a chapter, by its id.
    pub fn at(chapter: &'static str) -> Self {
        Self { chapter, ..Self::default() }
    }

    /// Opens the chapter on that screen.
    pub fn open(&mut self, from: Screen, signed_in: bool) {
        self.chapter = if signed_in || from == Screen::Review { chapter_of(from) } else { SIGN_IN };
        self.words.clear();
        self.wanted = None;
        self.from = from;
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        title(ui, cx.theme, &cx.t("ui-screen-help"));
        self.read(ui, cx);
    }

    /// Without the screen's name.
    pub fn read(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let language = cx.model.words.language();
        if self.guide.as_ref().is_none_or(|(known, _)| *known != language) {
            self.guide = Some((language, guide(language)));
        }
        let width = ui.available_width().min(520.0);
        field(ui, cx.theme, &cx.t("ui-help-search"), &mut self.words, width);
        let Self { guide, chapter, words, wanted, .. } = self;
        let Some((_, chapters)) = guide else { return };
        let looked_for = words.trim().to_lowercase();
        let height = ui.available_height().max(300.0);
        columns(ui, 0.3, height, |left, right| {
            card(left, cx.theme, |ui| contents(ui, cx, chapters, chapter));
            card(right, cx.theme, |ui| {
                if !looked_for.is_empty() {
                    if let Some((found, block)) = found(ui, cx, chapters, &looked_for) {
                        (*chapter, *wanted) = (found, Some(block));
                        words.clear();
                    }
                } else if let Some(shown) = chapters.iter().find(|known| known.id == *chapter) {
                    tell(ui, cx.theme, shown, wanted.take());
                }
            });
        });
    }
}

fn contents(ui: &mut Ui, cx: &Cx<'_>, chapters: &[Chapter], at: &mut &'static str) {
    ui.spacing_mut().item_spacing.y = theme::GAP_XS;
    for chapter in chapters {
        let width = ui.available_width();
        let button = big_button(cx.theme, &chapter.title).selected(*at == chapter.id).min_width(width);
        if ui.add(button.height(theme::ROW).text_size(theme::TEXT)).clicked() {
            *at = chapter.id;
        }
    }
}

/// Where the words stand; the place that was pressed.
fn found(ui: &mut Ui, cx: &Cx<'_>, chapters: &[Chapter], words: &str) -> Option<(&'static str, usize)> {
    let holds = |block: &Block| block.texts().iter().any(|text| plain(text).to_lowercase().contains(words));
    let places = chapters.iter().flat_map(|chapter| {
        chapter.blocks.iter().enumerate().map(move |(index, block)| (chapter, index, block))
    });
    let places: Vec<_> = places.filter(|(_, _, block)| holds(block)).take(MOST_FOUND).collect();
    let count = Message::new("ui-help-found").with("count", places.len());
    label(ui, cx.theme, &cx.say(&count));
    let mut pressed = None;
    for (chapter, index, block) in places {
        let texts = block.texts();
        let text = texts.into_iter().map(plain).find(|text| text.to_lowercase().contains(words));
        let text = format!("{}: {}", chapter.title, text.unwrap_or_default());
        let button = big_button(cx.theme, &text).min_width(ui.available_width()).text_size(theme::SMALL);
        if ui.add(button.height(theme::ROW)).clicked() {
            pressed = Some((chapter.id, index));
        }
    }
    pressed
}

fn tell(ui: &mut Ui, theme: &Theme, chapter: &Chapter, wanted: Option<usize>) {
    title(ui, theme, &chapter.title);
    for (index, block) in chapter.blocks.iter().enumerate() {
        let told = ui.vertical(|ui| match block {
            Block::Heading(text) => {
                ui.add_space(theme::GAP_M);
                heading(ui, theme, &plain(text));
            }
            Block::Paragraph(text) => line(ui, theme, text, 0.0, ""),
            Block::Item { depth, mark, text } => line(ui, theme, text, 28.0 * (*depth as f32 + 1.0), mark),
            Block::Table { head, rows } => table(ui, theme, head, rows),
        });
        if wanted == Some(index) {
            told.response.scroll_to_me(Some(eframe::egui::Align::Center));
        }
    }
}

/// A text as wide as there is room, `indent` from the left, with its mark before it.
fn line(ui: &mut Ui, theme: &Theme, text: &Text, indent: f32, mark: &str) {
    let galley = laid_out(ui, theme, text, ui.available_width() - indent, false);
    let size = vec2(ui.available_width(), galley.size().y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{mark} {}", plain(text)).trim()));
    let at = pos2(rect.left() + indent, rect.top());
    if !mark.is_empty() {
        let mark_galley =
            ui.painter().layout_no_wrap(mark.to_owned(), FontId::proportional(theme::TEXT), theme.dim);
        let x = at.x - theme::GAP_S - mark_galley.size().x;
        ui.painter().galley(pos2(x, at.y), mark_galley, theme.dim);
    }
    ui.painter().galley(at, galley, theme.ink);
}

/// Columns of one width; on a narrow screen each cell stands below the other.
fn table(ui: &mut Ui, theme: &Theme, head: &[Text], rows: &[Vec<Text>]) {
    let stacked = ui.available_width() < theme::LINE_STACKED_BELOW;
    if !stacked {
        cells(ui, theme, head, true);
    }
    for row in rows {
        rule(ui, theme);
        if stacked {
            row.iter().for_each(|cell| line(ui, theme, cell, 0.0, ""));
        } else {
            cells(ui, theme, row, false);
        }
    }
}

fn cells(ui: &mut Ui, theme: &Theme, cells: &[Text], bold: bool) {
    let width = (ui.available_width() + theme::GAP_L) / cells.len().max(1) as f32;
    let galleys: Vec<_> =
        cells.iter().map(|cell| laid_out(ui, theme, cell, width - theme::GAP_L, bold)).collect();
    let height = galleys.iter().map(|galley| galley.size().y).fold(0.0, f32::max);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| {
        let cells: Vec<_> = cells.iter().map(plain).collect();
        WidgetInfo::labeled(Role::Label, true, cells.join(". "))
    });
    for (index, galley) in galleys.into_iter().enumerate() {
        ui.painter().galley(pos2(rect.left() + width * index as f32, rect.top()), galley, theme.ink);
    }
}

fn laid_out(ui: &Ui, theme: &Theme, text: &Text, width: f32, bold: bool) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    for run in text {
        let (family, color): (FontFamily, Color32) = match run.kind {
            Kind::Plain if bold => (theme::bold(), theme.dim),
            Kind::Plain => (FontFamily::Proportional, theme.ink),
            Kind::Strong => (theme::bold(), theme.ink),
            Kind::Code => (FontFamily::Monospace, theme.ink),
        };
        job.append(&run.text, 0.0, TextFormat::simple(FontId::new(theme::TEXT, family), color));
    }
    job.wrap.max_width = width.max(60.0);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
