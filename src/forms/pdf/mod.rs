//! A form as PDF/A-2b: A4, the fonts in it, its text readable to programs.

mod canvas;
mod fonts;
mod labels;
mod lines;
mod plan;
mod table;

use chrono::{Datelike, Offset, Timelike};
use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::error::KrillaError;
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;

use super::{Align, FormError, Sheet};
use crate::i18n::Message;
use crate::qr::Qr;
use canvas::{Area, Canvas};
use fonts::Fonts;
use labels::Labels;
use plan::{Block, CODE_SIDE, FIELD, Measures, Placed, REMARK, SMALL, TABLE_TITLE, TITLE};
use table::{BODY, PADDING};

/// A4 in points, the short side first.
const A4: (f32, f32) = (595.28, 841.89);
/// The left one is wide enough for a binder's holes.
const MARGIN_LEFT: f32 = 57.0;
const MARGIN: f32 = 34.0;

/// The form's PDF: the same bytes for the same sheet.
pub fn write(sheet: &Sheet<'_>) -> Result<Vec<u8>, FormError> {
    let fonts = Fonts::load()?;
    let (width, height) = if sheet.definition.landscape { (A4.1, A4.0) } else { A4 };
    let configuration = ConfigurationBuilder::new().with_archival_validator(Archival::A2_B).finish();
    let configuration = configuration.map_err(|error| FormError::Pdf(format!("{error:?}")))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata(sheet));
    let mut add_page = |draw: &dyn Fn(&mut Canvas<'_>)| {
        let settings = PageSettings::from_wh(width, height);
        let settings = settings.ok_or_else(|| FormError::Pdf("no such page size".to_owned()))?;
        let mut paper = document.start_page_with(settings);
        draw(&mut Canvas::new(&fonts, paper.surface()));
        Ok(())
    };
    if let Some(shown) = &sheet.definition.labels {
        let labels = Labels { sheet, shown, fonts: &fonts };
        for page in 0..labels.pages() {
            add_page(&|canvas| labels.draw(canvas, page))?;
        }
    } else {
        let page = Area {
            left: MARGIN_LEFT,
            top: MARGIN,
            width: width - MARGIN_LEFT - MARGIN,
            height: height - 2.0 * MARGIN - 2.0 * SMALL.leading(),
        };
        let measures = Measures::new(sheet, &fonts, page);
        let pages = measures.plan();
        for (at, blocks) in pages.iter().enumerate() {
            add_page(&|canvas| {
                blocks.iter().for_each(|placed| draw(&measures, canvas, placed));
                draw_footer(&measures, canvas, at + 1, pages.len());
            })?;
        }
    }
    document.finish().map_err(|error| FormError::Pdf(detail(&error)))
}

fn draw(measures: &Measures<'_>, canvas: &mut Canvas<'_>, placed: &Placed) {
    let (sheet, page) = (measures.sheet, measures.page);
    let definition = sheet.definition;
    let area = Area { top: placed.top, height: placed.height, ..page };
    match &placed.block {
        Block::Code => {
            if let Some(code) = Qr::of(&sheet.code_text()) {
                let left = page.left + page.width - CODE_SIDE;
                canvas.qr(&code, Area { left, width: CODE_SIDE, ..area });
            }
        }
        Block::Title => {
            canvas.lines(measures.title().lines(0..usize::MAX), measures.head_at(area), TITLE, Align::Centre);
        }
        Block::RunningTitle => {
            let title = measures.paragraph(sheet.own(&definition.title), SMALL);
            canvas.lines(title.lines(0..1), area, SMALL, Align::Left);
        }
        Block::Remark(range) => {
            if let Some(remark) = measures.remark() {
                canvas.lines(remark.lines(range.clone()), measures.head_at(area), REMARK, Align::Centre);
            }
        }
        Block::Field(at, range) => {
            let (caption, value) = measures.field(&definition.fields[*at]);
            let (left, right) = measures.field_widths();
            canvas.lines(caption.lines(range.clone()), Area { width: left, ..area }, FIELD, Align::Left);
            let beside = Area { left: area.left + left, width: right, ..area };
            canvas.lines(value.lines(range.clone()), beside, FIELD, Align::Left);
            canvas.rule(Area { top: placed.top + placed.height - 1.0, ..beside });
        }
        Block::Text(at, range) => {
            let text = measures.paragraph(&sheet.paragraph(&definition.text[*at]), FIELD);
            canvas.lines(text.lines(range.clone()), area, FIELD, Align::Left);
        }
        Block::TableTitle(at) => {
            if let Some(title) = &definition.tables[*at].title {
                let title = measures.paragraph(sheet.own(title), TABLE_TITLE);
                canvas.lines(title.lines(0..1), area, TABLE_TITLE, Align::Left);
            }
        }
        Block::Header(at) => measures.tables[*at].draw_header(canvas, placed.top),
        Block::Row(at, row, range) => {
            let place = (placed.top, placed.height);
            measures.tables[*at].draw_row(measures.fonts, canvas, *row, range.clone(), place);
        }
        Block::Empty(at) => measures.tables[*at].draw_empty(canvas, placed.top, placed.height),
        Block::Note(at, range) => {
            let text = measures.paragraph(&sheet.paragraph(&definition.notes[*at]), BODY);
            canvas.lines(text.lines(range.clone()), area, BODY, Align::Left);
        }
        Block::Signer(at) => draw_signer(measures, canvas, *at, area),
    }
}

/// Post, a line to sign on, the name if it is known; below the lines what is written on them.
fn draw_signer(measures: &Measures<'_>, canvas: &mut Canvas<'_>, at: usize, area: Area) {
    let line = area.top + area.height - SMALL.leading() - PADDING;
    let [post, name] = measures.signer(at);
    let columns = [(Some(post), None), (None, Some("form-signature")), (Some(name), Some("form-name"))];
    for (at, (words, below)) in columns.into_iter().enumerate() {
        let left = area.left + at as f32 * (area.width / 3.0);
        let place = Area { left, width: measures.signer_width(), ..area };
        if let Some(words) = words {
            let top = line - words.len() as f32 * FIELD.leading() - 1.0;
            canvas.lines(words.lines(0..words.len()), Area { top, ..place }, FIELD, Align::Left);
        }
        if let Some(below) = below {
            canvas.rule(Area { top: line, ..place });
            let text = measures.sheet.frame(&Message::new(below));
            canvas.lines([text.as_str()], Area { top: line + 1.0, ..place }, SMALL, Align::Centre);
        }
    }
}

fn draw_footer(measures: &Measures<'_>, canvas: &mut Canvas<'_>, page: usize, pages: usize) {
    let area = Area { top: measures.page.top + measures.page.height + SMALL.leading(), ..measures.page };
    let sheet = measures.sheet;
    let number = sheet.frame(&Message::new("form-page").with("page", page).with("pages", pages));
    canvas.lines([sheet.footer().as_str()], area, SMALL, Align::Left);
    canvas.lines([number.as_str()], area, SMALL, Align::Right);
}

fn metadata(sheet: &Sheet<'_>) -> Metadata {
    let at = sheet.data.origin.at;
    let small = |value: u32| u8::try_from(value).unwrap_or(0);
    let offset_min = at.offset().fix().local_minus_utc() / 60;
    let date = DateTime::new(u16::try_from(at.year()).unwrap_or(1970))
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(i8::try_from(offset_min / 60).unwrap_or(0))
        .utc_offset_minute(small(offset_min.unsigned_abs() % 60));
    Metadata::new()
        .title(sheet.own(&sheet.definition.title).to_owned())
        .language(sheet.language().tag().to_owned())
        .producer(concat!("invigil ", env!("CARGO_PKG_VERSION")).to_owned())
        .document_id(format!("{}-{}-{}", sheet.definition.id, sheet.data.origin.of, sheet.hash))
        .creation_date(date)
}

/// What the validator has against it, the first few things.
fn detail(error: &KrillaError) -> String {
    match error {
        KrillaError::Validation(faults) => {
            let first = faults.iter().take(3).map(|(fault, _)| format!("{fault:?}"));
            first.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
