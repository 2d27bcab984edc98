//! Finds in what was painted the text that can't be read: cut off, shortened, run out of the surface that it
//! stands on, or printed over other text; and controls that no finger reaches.

use eframe::egui::epaint::ClippedShape;
use eframe::egui::{Color32, FullOutput, Rect, Shape, epaint};
use egui_kittest::kittest::{NodeT, Queryable, by};

use crate::driver::{Window, is_control, is_field};

/// So much may be missing of a letter's edge: the smooth half of a pixel, and no stroke.
const EDGE: f32 = 1.5;
/// A surface is at least as large as this; what is smaller is a mark.
const SURFACE: f32 = 40.0;

/// A line of text as it was painted.
struct Line {
    text: String,
    /// Where its letters are, without the room above and below them.
    ink: Rect,
    /// What of the screen it may be painted on.
    clip: Rect,
    galley: usize,
    /// How many shapes were painted before it.
    at: usize,
}

/// A filled rectangle.
struct Surface {
    rect: Rect,
    clip: Rect,
    opaque: bool,
    at: usize,
}

#[derive(Default)]
struct Painted {
    lines: Vec<Line>,
    surfaces: Vec<Surface>,
    shortened: Vec<String>,
    broken: Vec<String>,
    shapes: usize,
}

/// What is wrong with the window as it stands, a line each.
pub fn faults(window: &Window) -> Vec<String> {
    let screen = window.harness.ctx.content_rect();
    let nodes = || window.harness.query_all(by().predicate(|node| !node.is_hidden()));
    let fields: Vec<Rect> =
        nodes().filter(|node| is_field(node.accesskit_node().role())).map(|node| node.rect()).collect();
    let mut faults = of_text(window.harness.output(), screen, &fields);
    let beside = |rect: &Rect| rect.left() < screen.left() - 1.0 || rect.right() > screen.right() + 1.0;
    let controls = nodes()
        .filter(|node| is_control(node.accesskit_node().role()) || is_field(node.accesskit_node().role()));
    let out = controls.filter(|node| beside(&node.rect()));
    faults.extend(out.map(|node| {
        format!("stands beside the screen: {:?}", node.accesskit_node().label().unwrap_or_default())
    }));
    faults
}

/// `fields` are typed into: what does not fit there moves along with the cursor.
pub fn of_text(output: &FullOutput, screen: Rect, fields: &[Rect]) -> Vec<String> {
    let mut painted = Painted::default();
    for ClippedShape { clip_rect, shape, .. } in &output.shapes {
        painted.take(clip_rect.intersect(screen), shape);
    }
    let mut faults: Vec<String> =
        painted.shortened.iter().map(|text| format!("shortened: {text:?}")).collect();
    faults.extend(painted.broken.iter().map(|text| format!("broken in a word: {text:?}")));
    let typed = |line: &Line| fields.iter().any(|field| field.expand(4.0).contains_rect(line.clip));
    let lines: Vec<&Line> = painted.lines.iter().filter(|line| !typed(line)).collect();
    for line in &lines {
        faults.extend(painted.cut(line));
        faults.extend(painted.runs_out(line));
    }
    for (index, line) in lines.iter().enumerate() {
        for over in &lines[index + 1..] {
            faults.extend(painted.overprints(line, over));
        }
    }
    faults
}

impl Painted {
    fn take(&mut self, clip: Rect, shape: &Shape) {
        self.shapes += 1;
        let at = self.shapes;
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.take(clip, shape)),
            Shape::Text(text) => {
                if text.galley.elided {
                    self.shortened.push(text.galley.text().to_owned());
                }
                self.broken.extend(broken(text));
                self.lines.extend(lines(text, clip, at));
            }
            Shape::Rect(rect) if rect.fill != Color32::TRANSPARENT => {
                let opaque = rect.fill.a() == 255 && rect.blur_width == 0.0;
                self.surfaces.push(Surface { rect: rect.rect, clip, opaque, at });
            }
            _ => {}
        }
    }

    /// Its letters are not wholly on the part of the screen that it is painted on.
    fn cut(&self, line: &Line) -> Option<String> {
        let (ink, clip) = (line.ink, line.clip);
        // What it stands in was scrolled away as a whole.
        if !clip.is_positive() && self.scroll_bars().next().is_some() {
            return None;
        }
        if self.is_covered(ink.intersect(clip), line.at, usize::MAX) {
            return None;
        }
        let beside = ink.left() < clip.left() - EDGE || ink.right() > clip.right() + EDGE;
        let seen = ink.bottom() > clip.top() && ink.top() < clip.bottom();
        if beside && seen {
            return Some(format!("cut at a side: {:?} ({ink:?} of {clip:?})", line.text));
        }
        let above = ink.top() < clip.top() - EDGE;
        let below = ink.bottom() > clip.bottom() + EDGE;
        let scrolls = |y: f32| self.scroll_bars().any(|bar| bar_ends(bar, y) && bar.left() >= clip.left());
        let cut = (above && !scrolls(clip.top())) || (below && !scrolls(clip.bottom()));
        cut.then(|| format!("cut above or below: {:?} ({ink:?} of {clip:?})", line.text))
    }

    /// The smallest surface on which its first letter stands ends before its last one.
    fn runs_out(&self, line: &Line) -> Option<String> {
        let begin = line.ink.left_center();
        if !line.clip.contains(begin) {
            return None;
        }
        let under = self.surfaces.iter().rfind(|surface| {
            let seen = surface.rect.intersect(surface.clip);
            surface.at < line.at
                && seen.contains(begin)
                && seen.width() >= SURFACE
                && seen.height() >= line.ink.height()
        })?;
        let over = line.ink.right() - under.rect.right();
        (over > EDGE).then(|| format!("runs {over:.0} out of its surface: {:?}", line.text))
    }

    fn overprints(&self, under: &Line, over: &Line) -> Option<String> {
        if under.galley == over.galley {
            return None;
        }
        let both = under.ink.intersect(under.clip).intersect(over.ink.intersect(over.clip));
        let real = both.width() > 2.0 && both.height() > 2.0;
        let hidden =
            || self.is_covered(both, under.at, over.at) || self.is_covered(both, over.at, usize::MAX);
        (real && !hidden()).then(|| format!("printed over each other: {:?} and {:?}", under.text, over.text))
    }

    /// Something opaque was painted there in between.
    fn is_covered(&self, rect: Rect, after: usize, before: usize) -> bool {
        let covers = |surface: &&Surface| {
            surface.opaque && surface.rect.intersect(surface.clip).expand(1.0).contains_rect(rect)
        };
        self.surfaces.iter().filter(|surface| (after..before).contains(&surface.at)).any(|s| covers(&s))
    }

    /// The grounds of upright scroll bars, as wide as the theme has them.
    fn scroll_bars(&self) -> impl Iterator<Item = &Rect> {
        let surfaces = self.surfaces.iter().filter(|surface| surface.opaque);
        surfaces.map(|surface| &surface.rect).filter(|rect| (rect.width() - 16.0).abs() < 0.5)
    }
}

/// A scroll bar begins or ends there: what is cut there can be scrolled to.
fn bar_ends(bar: &Rect, y: f32) -> bool {
    (bar.top() - y).abs() < 5.0 || (bar.bottom() - y).abs() < 5.0
}

/// A few words that go on in the next line in the middle of one; a path or a fingerprint may.
fn broken(text: &epaint::TextShape) -> Option<String> {
    let whole = text.galley.text();
    let short = whole.split_whitespace().all(|word| word.chars().count() <= 16);
    let inside = |rows: &[epaint::text::PlacedRow]| {
        let (before, after) = (rows[0].row.glyphs.last(), rows[1].row.glyphs.first());
        let letter =
            |glyph: Option<&epaint::text::Glyph>| glyph.is_some_and(|glyph| glyph.chr.is_alphanumeric());
        !rows[0].ends_with_newline && letter(before) && letter(after)
    };
    (short && text.galley.rows.windows(2).any(inside)).then(|| whole.to_owned())
}

fn lines(text: &epaint::TextShape, clip: Rect, at: usize) -> Vec<Line> {
    let rows =
        text.galley.rows.iter().filter(|row| row.row.glyphs.iter().any(|glyph| !glyph.chr.is_whitespace()));
    rows.map(|row| Line {
        text: row.row.text(),
        ink: row.row.visuals.mesh_bounds.translate(row.pos.to_vec2() + text.pos.to_vec2()),
        clip,
        galley: at,
        at,
    })
    .collect()
}

mod tests {
    use eframe::egui::{self, ScrollArea, Ui, pos2, vec2};
    use egui_kittest::Harness;

    use super::*;

    fn found(draw: impl FnMut(&mut Ui)) -> Vec<String> {
        let builder = Harness::builder().with_size([300.0, 200.0]).with_accessibility_check(false);
        let mut harness = builder.build_ui(draw);
        invigil::ui::theme::Theme::new(Default::default()).apply(&harness.ctx);
        invigil::ui::theme::install_fonts(&harness.ctx);
        harness.run_steps(3);
        of_text(harness.output(), harness.ctx.content_rect(), &[])
    }

    fn long() -> String {
        "A long sentence that does not fit. ".repeat(5)
    }

    #[test]
    fn text_that_fits_wraps_or_can_be_scrolled_to_is_readable() {
        let fine = found(|ui| {
            ScrollArea::vertical().show(ui, |ui| {
                for _ in 0..9 {
                    ui.label(long());
                }
            });
        });
        assert_eq!(fine, Vec::<String>::new());
    }

    #[test]
    fn text_that_is_cut_shortened_or_printed_over_is_found() {
        let beside = found(|ui| drop(ui.add(egui::Label::new(long()).extend())));
        assert!(beside.iter().any(|fault| fault.starts_with("cut at a side")), "{beside:?}");
        let below = found(|ui| drop((0..9).map(|_| ui.label(long())).collect::<Vec<_>>()));
        assert!(below.iter().any(|fault| fault.starts_with("cut above or below")), "{below:?}");
        let shortened = found(|ui| drop(ui.add(egui::Label::new(long()).truncate())));
        assert!(shortened.iter().any(|fault| fault.starts_with("shortened")), "{shortened:?}");
        let broken = found(|ui| {
            ui.set_max_width(20.0);
            ui.label("100%");
        });
        assert!(broken.iter().any(|fault| fault.starts_with("broken")), "{broken:?}");
        let paint = |ui: &mut Ui, x: f32| {
            let at = pos2(x, 50.0);
            ui.painter().text(at, egui::Align2::LEFT_TOP, "words", egui::FontId::default(), Color32::RED);
        };
        let over = found(|ui| {
            paint(ui, 50.0);
            paint(ui, 60.0);
        });
        assert!(over.iter().any(|fault| fault.starts_with("printed over")), "{over:?}");
        let out = found(|ui| {
            let card = Rect::from_min_size(pos2(45.0, 45.0), vec2(45.0, 40.0));
            ui.painter().rect_filled(card, 0.0, Color32::WHITE);
            paint(ui, 75.0);
        });
        assert!(out.iter().any(|fault| fault.starts_with("runs")), "{out:?}");
    }
}
