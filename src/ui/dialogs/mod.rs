//! Questions in front of the screens. A dialog is its data and `show`, which says whether it stays.

mod access;
mod alarm_log;
mod cabinet;
mod close_access;
mod consent;
mod countersign;
mod delete_day;
mod exam;
mod forms;
mod guide;
mod hand_over;
mod hold_against;
mod incidents;
mod inventory;
mod leave_kiosk;
mod new_pin;
mod notes;
mod outages;
mod page;
mod paper;
mod quit;
mod record;
mod replace;
mod requests;
mod save;
mod shown_form;
mod still;
mod stop;
mod takeover;

use eframe::egui::Context;

use super::model::Cx;
use super::widgets::Ask;

pub use access::OpenAccess;
pub use alarm_log::AlarmLog;
pub use cabinet::{CloseCabinet, OpenCabinet};
pub use close_access::{CloseAccess, Correct, Explain};
pub use consent::Consent;
pub use countersign::Countersign;
pub use delete_day::DeleteDay;
pub use exam::NameExam;
pub use forms::{Forms, FormsOf, Ids as FormIds, Outlet};
pub use guide::Guide;
pub use hand_over::HandOver;
pub use hold_against::HoldAgainst;
pub use incidents::ExplainIncidents;
pub use inventory::{MoveItem, ReplaceItem, SetStock, act_id};
pub use leave_kiosk::LeaveKiosk;
pub use new_pin::NewPin;
pub use notes::{CompareClock, StepNote, Waive};
pub use outages::ExplainOutages;
pub use page::SavePage;
pub use paper::Paper;
pub use quit::Quit;
pub use record::ShownRecord;
pub use replace::{ReplaceSource, lost};
pub use requests::{MakeRequest, PassRequest, ResolveRequest};
pub use save::Save;
pub use shown_form::{ShownForm, form_name};
pub use stop::StopRecording;
pub use takeover::TakeOver;

#[derive(Debug)]
pub enum Dialog {
    Consent(Consent),
    StopRecording(StopRecording),
    ReplaceSource(ReplaceSource),
    OpenAccess(OpenAccess),
    CloseAccess(CloseAccess),
    Explain(Explain),
    Correct(Correct),
    NameExam(NameExam),
    Forms(Forms),
    MoveItem(MoveItem),
    ReplaceItem(ReplaceItem),
    SetStock(SetStock),
    DeleteDay(DeleteDay),
    StepNote(StepNote),
    CompareClock(CompareClock),
    Waive(Waive),
    ExplainOutages(ExplainOutages),
    ExplainIncidents(ExplainIncidents),
    OpenCabinet(OpenCabinet),
    CloseCabinet(CloseCabinet),
    MakeRequest(MakeRequest),
    PassRequest(PassRequest),
    ResolveRequest(ResolveRequest),
    TakeOver(TakeOver),
    HandOver(HandOver),
    Countersign(Countersign),
    Paper(Paper),
    SavePage(SavePage),
    ShownRecord(Box<ShownRecord>),
    ShownForm(Box<ShownForm>),
    HoldAgainst(HoldAgainst),
    Save(Save),
    Quit(Quit),
    NewPin(NewPin),
    LeaveKiosk(LeaveKiosk),
    AlarmLog(AlarmLog),
    /// The guide, before another one.
    Guide(Guide),
}

impl Dialog {
    /// Draws it; false when it was left.
    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        match self {
            Self::Consent(dialog) => dialog.show(ctx, cx),
            Self::StopRecording(dialog) => dialog.show(ctx, cx),
            Self::ReplaceSource(dialog) => dialog.show(ctx, cx),
            Self::OpenAccess(dialog) => dialog.show(ctx, cx),
            Self::CloseAccess(dialog) => dialog.show(ctx, cx),
            Self::Explain(dialog) => dialog.show(ctx, cx),
            Self::Correct(dialog) => dialog.show(ctx, cx),
            Self::NameExam(dialog) => dialog.show(ctx, cx),
            Self::Forms(dialog) => dialog.show(ctx, cx),
            Self::MoveItem(dialog) => dialog.show(ctx, cx),
            Self::ReplaceItem(dialog) => dialog.show(ctx, cx),
            Self::SetStock(dialog) => dialog.show(ctx, cx),
            Self::DeleteDay(dialog) => dialog.show(ctx, cx),
            Self::StepNote(dialog) => dialog.show(ctx, cx),
            Self::CompareClock(dialog) => dialog.show(ctx, cx),
            Self::Waive(dialog) => dialog.show(ctx, cx),
            Self::ExplainOutages(dialog) => dialog.show(ctx, cx),
            Self::ExplainIncidents(dialog) => dialog.show(ctx, cx),
            Self::OpenCabinet(dialog) => dialog.show(ctx, cx),
            Self::CloseCabinet(dialog) => dialog.show(ctx, cx),
            Self::MakeRequest(dialog) => dialog.show(ctx, cx),
            Self::PassRequest(dialog) => dialog.show(ctx, cx),
            Self::ResolveRequest(dialog) => dialog.show(ctx, cx),
            Self::TakeOver(dialog) => dialog.show(ctx, cx),
            Self::HandOver(dialog) => dialog.show(ctx, cx),
            Self::Countersign(dialog) => dialog.show(ctx, cx),
            Self::Paper(dialog) => dialog.show(ctx, cx),
            Self::SavePage(dialog) => dialog.show(ctx, cx),
            Self::ShownRecord(dialog) => dialog.show(ctx, cx),
            Self::ShownForm(dialog) => dialog.show(ctx, cx),
            Self::HoldAgainst(dialog) => dialog.show(ctx, cx),
            Self::Save(dialog) => dialog.show(ctx, cx),
            Self::Quit(dialog) => dialog.show(ctx, cx),
            Self::NewPin(dialog) => dialog.show(ctx, cx),
            Self::LeaveKiosk(dialog) => dialog.show(ctx, cx),
            Self::AlarmLog(dialog) => dialog.show(ctx, cx),
            Self::Guide(dialog) => dialog.show(ctx, cx),
        }
    }

    /// The chapter of the guide that tells of it.
    fn chapter(&self) -> &'static str {
        match self {
            Self::Consent(_) | Self::NewPin(_) => "sign-in",
            Self::StopRecording(_) | Self::ReplaceSource(_) => "cameras",
            Self::OpenAccess(_)
            | Self::CloseAccess(_)
            | Self::Explain(_)
            | Self::Correct(_)
            | Self::ExplainIncidents(_)
            | Self::OpenCabinet(_)
            | Self::CloseCabinet(_) => "access",
            Self::NameExam(_) | Self::StepNote(_) | Self::CompareClock(_) | Self::Waive(_) => "check",
            Self::Forms(_)
            | Self::MoveItem(_)
            | Self::ReplaceItem(_)
            | Self::SetStock(_)
            | Self::DeleteDay(_) => "point",
            Self::ExplainOutages(_)
            | Self::HandOver(_)
            | Self::Countersign(_)
            | Self::Paper(_)
            | Self::SavePage(_) => "close",
            Self::MakeRequest(_) | Self::PassRequest(_) | Self::ResolveRequest(_) => "requests",
            Self::TakeOver(_) | Self::AlarmLog(_) => "today",
            Self::HoldAgainst(_) | Self::Save(_) | Self::ShownRecord(_) | Self::ShownForm(_) => "review",
            Self::Quit(_) | Self::LeaveKiosk(_) | Self::Guide(_) => "window",
        }
    }

    pub fn as_alarm_log(&mut self) -> Option<&mut AlarmLog> {
        match self {
            Self::AlarmLog(log) => Some(log),
            _ => None,
        }
    }

    /// The station said no: what was secret is wiped, the rest stays for another try.
    pub fn refused(&mut self) {
        match self {
            Self::Consent(consent) => consent.refused(),
            Self::Countersign(countersign) => countersign.refused(),
            Self::NewPin(new_pin) => new_pin.refused(),
            _ => {}
        }
    }
}

/// F1: the guide comes before the topmost of them, or goes away again.
pub fn toggle_guide(dialogs: &mut Vec<Dialog>) {
    match dialogs.last() {
        Some(Dialog::Guide(_)) => drop(dialogs.pop()),
        Some(other) => {
            let guide = Guide::at(other.chapter());
            dialogs.push(Dialog::Guide(guide));
        }
        None => {}
    }
}

/// A dialog of the usual width with Cancel and the button `go`, saying what the station refused.
fn ask(cx: &Cx<'_>, title: String, go: Option<&str>) -> Ask {
    Ask {
        title,
        width: 640.0,
        refusal: cx.model.refusal.as_ref().map(|message| cx.say(message)),
        cancel: cx.t("ui-cancel"),
        go: go.map(|id| cx.t(id)),
        danger: false,
    }
}
