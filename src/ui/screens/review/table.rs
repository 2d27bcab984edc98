//! A table of any length that draws only the rows that are seen. A row is pressed by finger or mouse; the
//! keyboard goes from row to row, page by page, and presses with Enter.

use eframe::egui::{
    Align, EventFilter, Id, Key, Layout, Modifiers, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, vec2,
};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::ui::model::Cx;
use crate::ui::theme::{self, RADIUS_ROW};
use crate::ui::widgets::{Line, block, seen_when_focused};

/// A table is at least so high, whatever stands above it.
const MIN_HEIGHT: f32 = 160.0;
/// And as much of what is seen of the screen.
const SHARE: f32 = 0.55;
const HEAD: f32 = 30.0;
const ROW: f32 = 44.0;
/// Where there is little room, a text has three lines.
const NARROW_ROW: f32 = 64.0;

/// A row that is being drawn: its first cell is [`head`](Self::head).
pub struct Row<'r, 'a, 'b> {
    cells: &'r mut TableRow<'a, 'b>,
    id: Id,
    /// The keyboard comes here.
    wanted: bool,
    /// Rows ahead to which the keyboard goes on.
    moves: Option<isize>,
    page: isize,
    /// The keyboard has just come.
    came: bool,
    pressed: bool,
}

/// `heads` are ids of texts. `add` is called for each row that is seen.
pub fn table(
    ui: &mut Ui,
    cx: &Cx<'_>,
    id: &str,
    columns: &[Column],
    heads: &[&str],
    rows: usize,
    mut add: impl FnMut(&mut Row<'_, '_, '_>),
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let (height, row_height) = (most_height(ui), row_height(ui));
    let key = Id::unique(("review-table", id));
    let wanted: Option<usize> = ui.data(|data| data.get_temp(key));
    let top = ui.cursor().top();
    let mut table = TableBuilder::new(ui)
        .id_salt(id)
        // The row's head alone is reached by the keyboard.
        .sense(Sense::CLICK)
        .cell_layout(Layout::left_to_right(Align::Center))
        .min_scrolled_height(height)
        .max_scroll_height(height);
    for column in columns {
        table = table.column(*column);
    }
    if let Some(row) = wanted.filter(|row| *row < rows) {
        table = table.scroll_to_row(row, None);
    }
    let (mut came, mut next, mut gained) = (false, None, false);
    table
        .header(HEAD, |mut header| {
            for head in heads {
                header.col(|ui| {
                    ui.label(theme::plain(cx.t(head), theme::SMALL, cx.theme.dim));
                });
            }
        })
        .body(|body| {
            body.rows(row_height, rows, |mut cells| {
                let index = cells.index();
                let wanted = wanted == Some(index);
                came |= wanted;
                let page = ((height - HEAD) / row_height).max(2.0) as isize - 1;
                let id = key.with(index);
                let (moves, pressed) = (None, false);
                let mut row = Row { cells: &mut cells, id, wanted, moves, page, came: false, pressed };
                add(&mut row);
                gained |= row.came;
                if let Some(by) = row.moves {
                    next = Some(index.saturating_add_signed(by).min(rows.saturating_sub(1)));
                }
            });
        });
    if gained {
        // The rows' own scrolling shows the row; this shows the table.
        let whole = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=ui.cursor().top());
        ui.scroll_to_rect(whole, None);
    }
    if let Some(next) = next {
        ui.data_mut(|data| data.insert_temp(key, next));
        ui.ctx().request_repaint();
    } else if came || wanted.is_some_and(|row| row >= rows) {
        ui.data_mut(|data| data.remove_temp::<usize>(key));
    }
}

/// How high a table of so many rows is; of more it is scrolled.
pub fn height_of(ui: &Ui, rows: usize) -> f32 {
    HEAD + (rows as f32 * row_height(ui)).min(most_height(ui))
}

fn most_height(ui: &Ui) -> f32 {
    (ui.available_height() - 64.0).max(ui.clip_rect().height() * SHARE).max(MIN_HEIGHT)
}

fn row_height(ui: &Ui) -> f32 {
    if is_narrow(ui) { NARROW_ROW } else { ROW }
}

/// There is no room for what can be done without.
pub fn is_narrow(ui: &Ui) -> bool {
    ui.available_width() < theme::STACKED_BELOW
}

impl Row<'_, '_, '_> {
    pub fn index(&self) -> usize {
        self.cells.index()
    }

    /// The cell that the keyboard comes to; `name` says what the row is of to whoever does not see it.
    pub fn head(&mut self, cx: &Cx<'_>, text: &str, name: &str) {
        let (id, wanted, page) = (self.id, self.wanted, self.page);
        let (moves, came, pressed) = (&mut self.moves, &mut self.came, &mut self.pressed);
        self.cells.col(|ui| {
            let rect = ui.max_rect();
            let response = ui.interact(rect, id, Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
            if wanted {
                response.request_focus();
            }
            seen_when_focused(&response);
            *came = response.gained_focus();
            if response.has_focus() {
                let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
                ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
                *moves = moved(ui, page);
                let ring = rect.shrink2(vec2(0.0, 3.0));
                ui.painter().rect_stroke(ring, RADIUS_ROW, cx.theme.focus(), StrokeKind::Inside);
            }
            *pressed |= response.clicked();
            ui.add_space(theme::GAP_S);
            block(ui, &[Line::plain(text, theme::SMALL, cx.theme.ink)]);
        });
    }

    /// A cell with a text of one line.
    pub fn cell(&mut self, cx: &Cx<'_>, text: &str) {
        self.line(&Line::plain(text, theme::SMALL, cx.theme.ink));
    }

    pub fn line(&mut self, line: &Line<'_>) {
        let Line { text, size, color, bold } = *line;
        self.cells.col(|ui| {
            block(ui, &[Line { text, size, color, bold }]);
        });
    }

    /// After all its cells.
    pub fn is_pressed(&self) -> bool {
        self.pressed || self.cells.response().clicked()
    }
}

/// By how many rows the keyboard goes on.
fn moved(ui: &Ui, page: isize) -> Option<isize> {
    let keys = [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, page), (Key::PageUp, -page)];
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    keys.into_iter().find(|(key, _)| pressed(*key)).map(|(_, by)| by)
}
