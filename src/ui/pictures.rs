//! The newest picture of each camera that is looked at, ready to be drawn.

use std::collections::BTreeMap;

use eframe::egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions, Vec2, vec2};

use crate::point::CameraId;
use crate::station::protocol::PreviewPicture;

#[derive(Default)]
pub struct Pictures {
    textures: BTreeMap<CameraId, TextureHandle>,
}

impl Pictures {
    /// Takes the picture; one whose bytes do not fit its size is left out.
    pub fn take(&mut self, ctx: &Context, picture: PreviewPicture) {
        let size = [picture.width as usize, picture.height as usize];
        let expected = size[0].checked_mul(size[1]).and_then(|pixels| pixels.checked_mul(3));
        if size[0] == 0 || size[1] == 0 || expected != Some(picture.rgb.len()) {
            tracing::warn!(camera = %picture.camera, "preview of a wrong size");
            return;
        }
        let image = ColorImage::from_rgb(size, &picture.rgb);
        match self.textures.get_mut(&picture.camera) {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => {
                let texture = ctx.load_texture(picture.camera.as_str(), image, TextureOptions::LINEAR);
                self.textures.insert(picture.camera, texture);
            }
        }
    }

    pub fn get(&self, camera: &CameraId) -> Option<(TextureId, Vec2)> {
        self.textures.get(camera).map(|texture| {
            let [width, height] = texture.size();
            (texture.id(), vec2(width as f32, height as f32))
        })
    }

    /// Old pictures must not be taken for live ones later.
    pub fn forget(&mut self) {
        self.textures.clear();
    }
}
