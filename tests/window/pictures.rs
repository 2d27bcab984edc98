//! Pictures for people to look at, as fine as the window is: every screen as a file where `INVIGIL_PICTURES`
//! names a folder. And what a telephone makes of the codes that the window shows.

use std::path::PathBuf;

use egui_kittest::Harness;
use image::RgbaImage;
use invigil::i18n::Language;
use invigil::station::protocol::PaperKind;

use crate::driver::{SMALL, USUAL, Window};
use crate::fake::act;
use crate::painter::Painter;
use crate::walk::walk;

/// What a telephone makes of the QR code on the screen.
fn read(picture: &RgbaImage) -> String {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let shade = |x: usize, y: usize| picture.get_pixel(x as u32, y as u32).0[0];
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code is on the screen");
    grids[0].decode().expect("it can be read").1
}

fn walk_in(size: [f32; 2], language: Language, stop: &mut dyn FnMut(&str, &mut Window)) {
    let builder = Harness::builder().with_size(size).with_render_cursor(false).renderer(Painter::fine());
    walk(&mut Window::build(builder, language), &mut |window, name| stop(name, window));
}

#[test]
fn the_codes_for_the_papers_can_be_read_off_the_screen() {
    let mut codes = Vec::new();
    walk_in(SMALL, Language::Ru, &mut |stop, window| {
        let kind = match stop {
            "paper-closing" => PaperKind::Closing,
            "paper-opening" => PaperKind::Opening,
            _ => return,
        };
        let picture = window.harness.render().expect("it is painted without a GPU");
        assert_eq!(read(&picture), act(kind).code_text);
        codes.push(kind);
    });
    assert_eq!(codes.len(), 2);
}

#[test]
fn every_screen_has_its_picture_taken() {
    let Some(folder) = std::env::var_os("INVIGIL_PICTURES").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    for (size, width) in [(USUAL, "1366"), (SMALL, "1024")] {
        for language in [Language::Ru, Language::En] {
            walk_in(size, language, &mut |stop, window| {
                let picture = window.harness.render().expect("it is painted without a GPU");
                let name = format!("{width}-{}-{stop}.png", language.tag());
                picture.save(folder.join(name)).expect("the folder can be written");
            });
        }
    }
}
