//! The page that checks archives in any browser is saved: beside the archive, or onto a medium.

use eframe::egui::Context;

use super::ask;
use crate::i18n::Message;
use crate::station::protocol::{Command, EvidenceCommand, PageState, View};
use crate::ui::model::Cx;
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::{Ask, Banner, Foot, banner, big_button, dialog, label, sign};
use crate::ui::words::grouped;

#[derive(Debug, Default)]
pub struct SavePage;

impl SavePage {
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let (title, understood) = (cx.t("ui-page-title"), cx.t("ui-understood"));
        let ask = Ask { width: 800.0, cancel: understood, ..ask(cx, title, None) };
        let mut chosen = None;
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            label(ui, cx.theme, &cx.t("ui-page-text"));
            let Some(view) = &cx.model.view else { return false };
            let width = ui.available_width();
            for (text, folder) in places(cx, view) {
                let button = big_button(cx.theme, &text).min_width(width).text_size(theme::TEXT);
                if ui.add_enabled(!cx.model.busy, button).clicked() {
                    chosen = Some(folder);
                }
            }
            let Some(page) = &view.live.evidence.page else { return false };
            let about = |id: &str| cx.say(&Message::new(id).with("path", page.path.as_str()));
            match &page.state {
                PageState::Saving => drop(label(ui, cx.theme, &about("ui-page-saving"))),
                PageState::Failed(cause) => {
                    let (head, body) = (about("ui-page-failed"), cx.say(cause));
                    let words = Banner { tone: Tone::Bad, head: &head, body: &body, button: None };
                    banner(ui, cx.theme, &words);
                }
                PageState::Saved => {
                    let head = format!("{} {}", sign(Tone::Ok), about("ui-page-saved"));
                    ui.label(theme::strong(head, theme::TEXT, cx.theme.ok));
                    label(ui, cx.theme, &cx.t("ui-page-fingerprint"));
                    ui.label(theme::code(grouped(&page.sha256), theme::TEXT, cx.theme.ink));
                }
            }
            false
        });
        if let Some(folder) = chosen {
            cx.ask(Command::Evidence(EvidenceCommand::SavePage { folder }));
        }
        foot != Foot::Leave
    }
}

/// Where it can be saved: what the button says, and the folder.
fn places(cx: &Cx<'_>, view: &View) -> Vec<(String, String)> {
    let media = view.live.targets.iter().map(|target| {
        let name = if target.name.is_empty() { &target.path } else { &target.name };
        let text = Message::new("ui-page-to").with("name", name.as_str()).with("path", target.path.as_str());
        (cx.say(&text), target.path.clone())
    });
    let beside = (cx.t("ui-page-beside"), view.live.archive_folder.clone());
    media.chain(Some(beside).filter(|(_, folder)| !folder.is_empty())).collect()
}
