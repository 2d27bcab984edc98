//! The newest picture of each camera that is looked at, ready to be drawn.

use std::collections::BTreeMap;

use base64::prelude::{BASE64_STANDARD, Engine};
use eframe::egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions, Vec2, vec2};

use crate::point::{CameraId, ChecklistId, StepId};
use crate::station::protocol::{PreviewPicture, SmallPicture};

#[derive(Default)]
pub struct Pictures {
    textures: BTreeMap<CameraId, TextureHandle>,
    /// Views that were approved.
    references: BTreeMap<CameraId, TextureHandle>,
    /// The newest picture of each step that was looked at.
    photos: BTreeMap<(ChecklistId, StepId), TextureHandle>,
}

impl Pictures {
    /// Takes the picture; one whose bytes do not fit its size is left out.
    pub fn take(&mut self, ctx: &Context, picture: PreviewPicture) {
        let Some(image) = image(picture.width, picture.height, &picture.rgb) else {
            tracing::warn!(camera = %picture.camera, "preview of a wrong size");
            return;
        };
        match self.textures.get_mut(&picture.camera) {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => {
                let texture = ctx.load_texture(picture.camera.as_str(), image, TextureOptions::LINEAR);
                self.textures.insert(picture.camera, texture);
            }
        }
    }

    /// Takes the view of a camera that was approved last; none: there is none.
    pub fn take_reference(&mut self, ctx: &Context, camera: CameraId, picture: Option<SmallPicture>) {
        match picture.and_then(small) {
            Some(image) => {
                let texture = ctx.load_texture(camera.as_str(), image, TextureOptions::LINEAR);
                self.references.insert(camera, texture);
            }
            None => drop(self.references.remove(&camera)),
        }
    }

    /// Takes the newest picture of a step.
    pub fn take_photo(&mut self, ctx: &Context, of: (ChecklistId, StepId), picture: Option<SmallPicture>) {
        match picture.and_then(small) {
            Some(image) => {
                let texture = ctx.load_texture(of.1.as_str(), image, TextureOptions::LINEAR);
                self.photos.insert(of, texture);
            }
            None => drop(self.photos.remove(&of)),
        }
    }

    pub fn get(&self, camera: &CameraId) -> Option<(TextureId, Vec2)> {
        self.textures.get(camera).map(drawn)
    }

    pub fn reference(&self, camera: &CameraId) -> Option<(TextureId, Vec2)> {
        self.references.get(camera).map(drawn)
    }

    pub fn photo(&self, checklist: &ChecklistId, step: &StepId) -> Option<(TextureId, Vec2)> {
        self.photos.get(&(checklist.clone(), step.clone())).map(drawn)
    }

    /// Old pictures must not be taken for live ones later.
    pub fn forget(&mut self) {
        self.textures.clear();
    }
}

fn small(picture: SmallPicture) -> Option<ColorImage> {
    let rgb = BASE64_STANDARD.decode(&picture.rgb).ok()?;
    image(picture.width, picture.height, &rgb)
}

/// None if the bytes do not fit the size.
fn image(width: u32, height: u32, rgb: &[u8]) -> Option<ColorImage> {
    let size = [width as usize, height as usize];
    let expected = size[0].checked_mul(size[1])?.checked_mul(3)?;
    (expected > 0 && expected == rgb.len()).then(|| ColorImage::from_rgb(size, rgb))
}

fn drawn(texture: &TextureHandle) -> (TextureId, Vec2) {
    let [width, height] = texture.size();
    (texture.id(), vec2(width as f32, height as f32))
}
