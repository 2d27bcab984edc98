//! What the rules ask of the rooms of a zone, and when their recording starts by itself.

use eframe::egui::Ui;

use super::entries::head;
use super::fields::{Field, flag, one, optional_number};
use super::lists::ZONES;
use super::named_card;
use crate::i18n::Message;
use crate::point::draft::{Draft, Kind};
use crate::ui::model::Cx;
use crate::ui::widgets::{heading, label, rule};

pub const CAMERAS: Field = optional_number("cameras", "ui-profile-zone-cameras");
pub const SOUND: Field = flag("sound", "ui-profile-zone-sound");
const START: Field = optional_number("", "ui-profile-zone-start");

/// Which zone is open.
#[derive(Default)]
pub struct Zones(Option<&'static str>);

impl Zones {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, draft: &mut Draft) {
        named_card(ui, cx, |ui, cx| {
            heading(ui, cx.theme, &cx.t("ui-profile-zones"));
            label(ui, cx.theme, &cx.t("ui-profile-zones-how"));
            for (zone, name) in ZONES {
                let (asked, start) = (format!("zones.{zone}"), format!("timetable.start.{zone}"));
                let open = self.0 == Some(zone);
                let title = cx.say(&Message::new("ui-profile-zone-of").with("zone", cx.t(name)));
                if head(ui, cx, draft, &title, &asked, open) {
                    self.0 = (!open).then_some(zone);
                }
                if self.0 == Some(zone) {
                    rules(ui, cx, draft, &asked);
                    one(ui, cx, draft, &start, &START);
                    rule(ui, cx.theme);
                }
            }
        });
    }
}

/// A zone of which nothing is asked any more has no table: an empty one would ask for a camera.
fn rules(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, zone: &str) {
    let asked = |draft: &Draft| ["cameras", "sound"].map(|key| draft.value(&format!("{zone}.{key}")));
    let before = asked(draft);
    for field in [CAMERAS, SOUND] {
        one(ui, cx, draft, &format!("{zone}."), &field);
    }
    let after = asked(draft);
    let [cameras, sound] = &after;
    if after != before && cameras.is_none() && sound.as_deref() != Some("true") {
        draft.set(zone, "", Kind::OptionalText);
    }
}
