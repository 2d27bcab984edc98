//! Pictures that people take as evidence of a step.

use super::super::handle::LineId;
use super::super::protocol::{Answer, Approval, PhotosCommand};
use super::super::stills;
use super::Writer;
use super::pictures::{StillPurpose, small};
use crate::clock::Stamp;
use crate::day::rules::Action;
use crate::i18n::Message;
use crate::journal::{Actor, Event, StepPhotographed};
use crate::point::{CameraId, ChecklistId, StepId};

/// More than a person needs of one step; the archive is not for an album.
const MOST_OF_A_STEP: u32 = 20;

impl Writer {
    pub(super) fn photos_command(
        &mut self,
        line: LineId,
        approval: Option<&Approval>,
        command: PhotosCommand,
        now: Stamp,
    ) -> Result<Answer, Message> {
        match command {
            PhotosCommand::Take { checklist, step, camera } => {
                let action = Action::WorkOnStep { checklist: &checklist, step: &step };
                let actor = self.permit_check(line, approval, &checklist, &action, now)?;
                if self.step(&checklist, &step)?.rules.photo.is_none() {
                    return Err(Message::new("refused-unknown-step"));
                }
                let check = self.check_of(&checklist, now);
                let taken = check.and_then(|check| Some(check.photos.get(&step)?.count));
                if taken.is_some_and(|count| count >= MOST_OF_A_STEP) {
                    return Err(Message::new("refused-photos-used-up").with("max", MOST_OF_A_STEP));
                }
                self.take_still(&camera, StillPurpose::Step(checklist, step), actor, now)?;
                Ok(Answer::Begun)
            }
            PhotosCommand::Show { checklist, step } => {
                self.signed_in(line)?;
                let day = self.day.as_ref().ok_or_else(|| Message::new("refused-no-day"))?;
                let photo = day.day.checks.get(&checklist).and_then(|check| check.photos.get(&step));
                let picture = photo.and_then(|photo| small(stills::read(&day.folder, &photo.still).ok()?));
                Ok(Answer::Photo { checklist, step, picture })
            }
        }
    }

    pub(super) fn keep_photo(
        &mut self,
        (checklist, step): (ChecklistId, StepId),
        camera: CameraId,
        jpeg: &[u8],
        actor: Actor,
        now: Stamp,
    ) {
        let Some(day) = self.day.as_ref().filter(|day| day.is_open()) else { return };
        match day.keep_still(&camera, "step", jpeg) {
            Ok(still) => {
                let photo = StepPhotographed { checklist, step, camera, still };
                self.record(now, actor, Event::StepPhotographed(photo));
            }
            Err(error) => tracing::error!(%camera, %error, "picture of a step not kept"),
        }
    }
}
