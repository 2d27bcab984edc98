//! Pictures of every screen, for people to look at: written only when `INVIGIL_PICTURES` names a folder.
//! Rendered without a display by whatever Vulkan there is (`mesa-vulkan-drivers` will do).

use std::path::{Path, PathBuf};

use egui_kittest::Harness;
use invigil::i18n::Language;
use invigil::station::protocol::PaperKind;

use crate::driver::{SMALL, USUAL, Window};
use crate::fake::act;
use crate::walk::walk;

fn album(folder: &Path, name: &str, size: [f32; 2], language: Language) {
    let builder = Harness::builder().with_size(size).wgpu();
    let mut window = Window::build(builder, language);
    walk(&mut window, &mut |window, what| {
        let picture = window.harness.render().expect("a renderer is there");
        picture.save(folder.join(format!("{name}-{what}.png"))).expect("the folder can be written");
        let size = [picture.width(), picture.height()];
        let shade = |x: usize, y: usize| picture.get_pixel(x as u32, y as u32).0[0];
        match what {
            "paper-closing" => reads(size, &shade, &act(PaperKind::Closing).code_text),
            "paper-opening" => reads(size, &shade, &act(PaperKind::Opening).code_text),
            _ => {}
        }
    });
}

/// What a telephone makes of the QR code on the screen.
fn reads([width, height]: [u32; 2], shade: &dyn Fn(usize, usize) -> u8, text: &str) {
    let (width, height) = (width as usize, height as usize);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code is on the screen");
    assert_eq!(grids[0].decode().expect("it can be read").1, text);
}

#[test]
fn every_screen_has_its_picture_taken() {
    let Some(folder) = std::env::var_os("INVIGIL_PICTURES").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    for (size, name) in [(USUAL, "1366"), (SMALL, "1024")] {
        album(&folder, &format!("{name}-ru"), size, Language::Ru);
        album(&folder, &format!("{name}-en"), size, Language::En);
    }
}
