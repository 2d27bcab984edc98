//! A still of an archive, as large as there is room for.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;

use eframe::egui::{
    ColorImage, Context, Image, TextureHandle, TextureOptions, Ui, Vec2, load::SizedTexture, vec2,
};

use crate::journal::Still;
use crate::playback::{self, PlayError, Preview};
use crate::ui::model::Cx;
use crate::ui::widgets::label;

/// Wider ones are scaled down.
const WIDTH: u32 = 1_280;
/// However little room there is, so high it is.
const LEAST_HEIGHT: f32 = 200.0;

pub struct Picture {
    state: State,
}

enum State {
    /// A medium may be slow.
    Reading(Receiver<Result<Preview, PlayError>>),
    Shown(TextureHandle),
    Unread,
}

impl Picture {
    /// Begins to read it from the archive in this folder; `ctx` is woken once it is there.
    pub fn open(folder: PathBuf, still: Still, ctx: &Context) -> Self {
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
        Self { state }
    }

    /// Draws it within `room`; `name` says what it shows.
    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, name: &str, room: Vec2) {
        self.hear(ui.ctx());
        match &self.state {
            State::Reading(_) => drop(ui.spinner()),
            State::Shown(texture) => {
                let most = vec2(ui.available_width().min(room.x), room.y.max(LEAST_HEIGHT));
                let image = Image::from_texture(SizedTexture::from_handle(texture)).alt_text(name);
                ui.add(image.max_size(most).maintain_aspect_ratio(true));
            }
            State::Unread => drop(label(ui, cx.theme, &cx.t("ui-still-not-read"))),
        }
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
