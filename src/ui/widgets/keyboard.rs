//! A keyboard on the screen, for fingers: it comes up for a field that somebody touched, and types into
//! whatever field has the keyboard.

use eframe::egui::{
    Align2, Area, Context, Event, FontId, Frame, Id, Key, LayerId, Margin, Modifiers, Order, Rect, Role,
    Sense, Stroke, StrokeKind, SurrenderFocusOn, Ui, Vec2, WidgetInfo, vec2,
};

use crate::i18n::Language;
use crate::point::KeyboardUse;
use crate::ui::theme::{self, GAP_XS, RADIUS_BUTTON, ROW, Theme};
use crate::ui::words::Words;

const RUSSIAN: [&str; 3] = ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбюё"];
const ENGLISH: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const DIGITS: [&str; 3] = ["1234567890", "-/:;()№\"@", ".,?!'«»%+"];
/// The most keys beside each other, those at the ends of a row included.
const MOST_IN_A_ROW: f32 = 12.0;
const ROWS: f32 = 4.0;
/// On a low screen it leaves room for the field.
const MOST_OF_SCREEN: f32 = 0.5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    Letters(Language),
    Digits,
}

pub struct Keyboard {
    layer: Layer,
    /// The next letter is a capital.
    shift: bool,
    /// The last pointer was a finger.
    touched: bool,
    wanted: KeyboardUse,
    /// It was put away for this field.
    away_for: Option<Id>,
    /// The field that it came up for, as long as it stands.
    field: Option<Id>,
}

impl Keyboard {
    pub fn new(language: Language) -> Self {
        let layer = Layer::Letters(language);
        Self { layer, shift: false, touched: false, wanted: KeyboardUse::Touch, away_for: None, field: None }
    }

    /// From now on it comes up so.
    pub fn come_up(&mut self, wanted: KeyboardUse) {
        self.wanted = wanted;
    }

    /// Shows it if it is wanted. To be called before any field is drawn: what is typed is heard by those that
    /// follow. The field that it came up for just now, which it may cover.
    pub fn show(&mut self, ctx: &Context, theme: &Theme, words: &Words) -> Option<Id> {
        self.listen(ctx);
        let focused = ctx.memory(|memory| memory.focused()).filter(|_| ctx.text_edit_focused());
        if focused != self.away_for {
            self.away_for = None;
        }
        let wanted = match self.wanted {
            KeyboardUse::Touch => self.touched,
            KeyboardUse::Always => true,
            KeyboardUse::Never => false,
        };
        let field = focused.filter(|id| wanted && self.away_for != Some(*id));
        let came_up = field.filter(|_| self.field != field);
        if came_up.is_some() {
            self.shift = false;
        }
        self.field = field;
        let height = if field.is_some() { self.draw(ctx, theme, words) } else { 0.0 };
        ctx.data_mut(|data| data.insert_temp(Id::unique("keyboard-height"), height));
        // A press on a key leaves the field where it is.
        let layer = LayerId::new(Order::Tooltip, Id::unique("keyboard"));
        let at = ctx.pointer_interact_pos().and_then(|at| ctx.layer_id_at(at));
        let keeps = field.is_some() && at == Some(layer);
        let on = if keeps { SurrenderFocusOn::Never } else { SurrenderFocusOn::default() };
        ctx.options_mut(|options| options.input_options.surrender_focus_on = on);
        came_up
    }

    /// A finger brings it up, a mouse or real keys put it away.
    fn listen(&mut self, ctx: &Context) {
        ctx.input(|input| {
            let any = |is: fn(&Event) -> bool| input.events.iter().any(is);
            if any(|event| matches!(event, Event::Touch { .. })) {
                self.touched = true;
            } else if any(|event| matches!(event, Event::PointerMoved(_) | Event::Key { .. })) {
                self.touched = false;
            }
        });
    }

    fn draw(&mut self, ctx: &Context, theme: &Theme, words: &Words) -> f32 {
        let screen = ctx.content_rect().size();
        let step = ((screen.x - 2.0 * theme::GAP_M) / MOST_IN_A_ROW).min(88.0);
        let most = (screen.y * MOST_OF_SCREEN - 2.0 * theme::GAP_S) / ROWS - GAP_XS;
        let key = vec2(step - GAP_XS, ROW.min(most));
        let frame = Frame::new().fill(theme.bg).stroke(theme.border()).inner_margin(Margin::symmetric(12, 8));
        let area = Area::new(Id::unique("keyboard"))
            .order(Order::Tooltip)
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, 0.0))
            .constrain(true);
        let shown = area.show(ctx, |ui| {
            frame.show(ui, |ui| {
                ui.set_width(screen.x - 24.0);
                ui.spacing_mut().item_spacing = vec2(GAP_XS, GAP_XS);
                self.keys(ui, theme, words, key);
            });
        });
        shown.response.rect.height()
    }

    fn keys(&mut self, ui: &mut Ui, theme: &Theme, words: &Words, size: Vec2) {
        let rows = match self.layer {
            Layer::Letters(Language::Ru) => RUSSIAN,
            Layer::Letters(Language::En) => ENGLISH,
            Layer::Digits => DIGITS,
        };
        let step = size.x + GAP_XS;
        for (index, row) in rows.into_iter().enumerate() {
            let last = index + 1 == rows.len();
            let count = row.chars().count() as f32 + if last { 2.0 } else { 0.0 };
            centred(ui, step * count, |ui| {
                if last {
                    let on = self.shift;
                    if letter(ui, theme, size, "⇧", &words.t("ui-keys-shift"), on) {
                        self.shift = !self.shift;
                    }
                }
                for char in row.chars() {
                    let text = if self.shift { char.to_uppercase().to_string() } else { char.to_string() };
                    if letter(ui, theme, size, &text, &text, false) {
                        self.shift = false;
                        type_text(ui, text);
                    }
                }
                if last && letter(ui, theme, size, "⌫", &words.t("ui-pin-back"), false) {
                    press(ui, Key::Backspace);
                }
            });
        }
        centred(ui, step * 12.0, |ui| self.bottom(ui, theme, words, size));
    }

    /// Digits, the other letters, space, and out.
    fn bottom(&mut self, ui: &mut Ui, theme: &Theme, words: &Words, size: Vec2) {
        let wide = |keys: f32| vec2(size.x * keys + GAP_XS * (keys - 1.0), size.y);
        let own = words.language();
        let (next, sign, name) = match self.layer {
            Layer::Digits => (Layer::Letters(own), "Аа", "ui-keys-letters"),
            Layer::Letters(_) => (Layer::Digits, "123", "ui-keys-digits"),
        };
        if letter(ui, theme, wide(2.0), sign, &words.t(name), false) {
            self.layer = next;
        }
        let other = match self.layer {
            Layer::Letters(Language::Ru) => Language::En,
            Layer::Letters(Language::En) | Layer::Digits => Language::Ru,
        };
        if letter(ui, theme, size, &other.tag().to_uppercase(), &words.t("ui-keys-language"), false) {
            self.layer = Layer::Letters(other);
        }
        if letter(ui, theme, wide(4.0), " ", &words.t("ui-keys-space"), false) {
            type_text(ui, " ".to_owned());
        }
        for mark in [".", "-"] {
            if letter(ui, theme, size, mark, mark, false) {
                type_text(ui, mark.to_owned());
            }
        }
        if letter(ui, theme, wide(2.0), "↵", &words.t("ui-keys-enter"), false) {
            press(ui, Key::Enter);
        }
        if letter(ui, theme, size, "▼", &words.t("ui-keys-away"), false) {
            self.away_for = self.field;
        }
    }
}

/// What of the screen no keyboard covers.
pub fn room(ctx: &Context) -> Rect {
    let mut room = ctx.content_rect();
    room.max.y -= height(ctx);
    room
}

/// How much of the screen's lower end it covers, in points.
pub fn height(ctx: &Context) -> f32 {
    ctx.data(|data| data.get_temp(Id::unique("keyboard-height"))).unwrap_or(0.0)
}

fn centred(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.add_space(((ui.available_width() - width) / 2.0).max(0.0));
        add(ui);
    });
}

/// A key; it takes no focus, so that the field keeps it.
fn letter(ui: &mut Ui, theme: &Theme, size: Vec2, text: &str, name: &str, on: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let down = response.is_pointer_button_down_on();
    let fill = if down || on { theme.accent_soft } else { theme.card };
    ui.painter().rect(rect, RADIUS_BUTTON, fill, Stroke::new(1.5, theme.line), StrokeKind::Inside);
    let font = FontId::new(theme::H2, theme::bold());
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, theme.ink);
    response.clicked()
}

fn type_text(ui: &Ui, text: String) {
    ui.input_mut(|input| input.events.push(Event::Text(text)));
}

fn press(ui: &Ui, key: Key) {
    let (physical_key, modifiers) = (None, Modifiers::NONE);
    let event = Event::Key { key, physical_key, pressed: true, repeat: false, modifiers };
    ui.input_mut(|input| input.events.push(event));
}
