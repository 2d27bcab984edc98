//! A still of an archive, as large as the window lets it be.

use std::fmt;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;

use eframe::egui::{ColorImage, Context, Image, TextureHandle, TextureOptions, load::SizedTexture, vec2};

use super::ask;
use crate::journal::Still;
use crate::playback::{self, PlayError, Preview};
use crate::ui::model::Cx;
use crate::ui::widgets::{Ask, Foot, dialog, label};

/// Wider ones are scaled down.
const WIDTH: u32 = 1_280;

pub struct ShownStill {
    title: String,
    state: State,
}

enum State {
    /// A medium may be slow.
    Reading(Receiver<Result<Preview, PlayError>>),
    Shown(TextureHandle),
    Unread,
}

impl fmt::Debug for ShownStill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShownStill").field("title", &self.title).finish_non_exhaustive()
    }
}

impl ShownStill {
    /// Begins to read it from the archive in this folder; `ctx` is woken once it is there.
    pub fn open(title: String, folder: PathBuf, still: Still, ctx: &Context) -> Self {
        let (tell, told) = sync_channel(1);
        let ctx = ctx.clone();
        let read = move || {
            // Nobody looks any more when this fails.
            let _ = tell.send(playback::still(&folder, &still.name, &still.sha256, WIDTH));
            ctx.request_repaint();
        };
        let state = match thread::Builder::new().name("still".into()).spawn(read) {
            Ok(_) => State::Reading(told),
            Err(error) => {
                tracing::error!(%error, "a still can't be read");
                State::Unread
            }
        };
        Self { title, state }
    }

    pub fn show(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        self.hear(ctx);
        let room = ctx.content_rect().size() - vec2(160.0, 280.0);
        let ask = Ask { width: 960.0, cancel: cx.t("ui-understood"), ..ask(cx, self.title.clone(), None) };
        let foot = dialog(ctx, (cx.theme, &cx.model.words), &ask, |ui| {
            match &self.state {
                State::Reading(_) => drop(ui.spinner()),
                State::Shown(texture) => {
                    let most = vec2(ui.available_width().min(room.x), room.y);
                    let image = Image::from_texture(SizedTexture::from_handle(texture)).alt_text(&self.title);
                    ui.add(image.max_size(most).maintain_aspect_ratio(true));
                }
                State::Unread => drop(label(ui, cx.theme, &cx.t("ui-still-not-read"))),
            }
            false
        });
        foot != Foot::Leave
    }

    fn hear(&mut self, ctx: &Context) {
        let State::Reading(told) = &self.state else { return };
        self.state = match told.try_recv() {
            Ok(Ok(picture)) => {
                let size = [picture.width as usize, picture.height as usize];
                let image = ColorImage::from_rgb(size, &picture.rgb);
                State::Shown(ctx.load_texture("still", image, TextureOptions::LINEAR))
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "a still is not shown");
                State::Unread
            }
            Err(TryRecvError::Disconnected) => State::Unread,
            Err(TryRecvError::Empty) => return,
        };
    }
}
