//! Pictures of every screen, for people to look at: written only when `INVIGIL_PICTURES` names a folder.
//! Rendered without a display by whatever Vulkan there is (`mesa-vulkan-drivers` will do).

use std::path::PathBuf;

use eframe::egui::Key;
use egui_kittest::Harness;
use invigil::clock::Clock;
use invigil::i18n::{Language, Message};
use invigil::journal::Event;
use invigil::station::protocol::{CopyState, PaperKind};

use crate::driver::{SMALL, USUAL, Window};
use crate::fake::{EXAM_MS, act, copy_live, disk, plugged};

struct Album {
    folder: PathBuf,
    name: String,
    window: Window,
}

impl Album {
    fn take(&mut self, what: &str) {
        self.window.settle();
        let picture = self.window.harness.render().expect("a renderer is there");
        let path = self.folder.join(format!("{}-{what}.png", self.name));
        picture.save(path).expect("the folder can be written");
    }

    /// What a telephone makes of the QR code on the screen.
    fn reads(&mut self, text: &str) {
        let picture = self.window.harness.render().expect("a renderer is there");
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let shade = |x: usize, y: usize| picture.get_pixel(x as u32, y as u32).0[0];
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code is on the screen");
        assert_eq!(grids[0].decode().expect("it can be read").1, text);
    }
}

fn album(folder: PathBuf, name: &str, size: [f32; 2], language: Language) {
    let builder = Harness::builder().with_size(size).wgpu();
    let mut album = Album { folder, name: name.to_owned(), window: Window::build(builder, language) };
    album.take("sign-in");
    album.window.press("Орлов Пётр Андреевич · технический специалист");
    album.window.digits("12");
    album.take("sign-in-first-pin");
    album.window.harness.key_press(Key::Backspace);
    album.window.key(Key::Backspace);
    album.window.sign_in();
    album.take("today-before");
    album.window.press_id("ui-next-plan-go");
    album.take("today-check");
    album.window.key(Key::F2);
    album.window.press_id("ui-check-start");
    album.window.press_id("ui-step-run");
    album.window.press_id("ui-step-run");
    album.take("check");
    album.window.press_id("ui-step-not-so");
    album.window.type_into("ui-step-failed-note", "Коридор 2: темно");
    album.take("check-note");
    album.window.press_id("ui-step-failed-go");
    album.take("check-failed");
    album.window.key(Key::F3);
    album.window.press_id("ui-cameras-start");
    album.window.pass(169);
    album.window.fake.lock().view.live.disk = Some(disk(Some(EXAM_MS + 580 * 60_000)));
    album.window.settle();
    album.take("cameras");
    let camera = "room-0004".parse().unwrap();
    let cause = Message::new("camera-stalled").with("camera", "room-0004").with("detail", "");
    {
        let mut state = album.window.fake.lock();
        let last_frame_ms = Some(state.clock.now().utc_ms);
        state.happens(Event::CameraLost { camera, last_frame_ms, cause });
    }
    album.window.pass(6);
    album.take("cameras-lost");
    {
        let mut state = album.window.fake.lock();
        state.view.live.plugged = vec![plugged()];
        state.tell();
    }
    album.take("cameras-spare");
    album.window.press_id("ui-spare-use");
    album.window.type_into("ui-replace-reason", "Кабель оборван");
    album.take("replace");
    album.window.press_id("ui-cancel");
    {
        let mut state = album.window.fake.lock();
        state.view.live.plugged.clear();
        state.tell();
    }
    album.window.settle();
    album.window.key(Key::F1);
    album.take("today-lost");
    let camera = "room-0004".parse().unwrap();
    let (width, height, detail) = (640, 480, String::new());
    album.window.fake.lock().happens(Event::CameraWorks { camera, width, height, detail });
    album.window.settle();
    album.take("today-outage");
    album.window.key(Key::F4);
    album.window.press_id("ui-access-open");
    album.window.press("Аудитория 0003");
    album.window.type_into("ui-access-reason", "Камера повёрнута");
    album.take("access-dialog");
    let action = if language == Language::Ru {
        "корректировка ракурса"
    } else {
        "correction of the angle"
    };
    album.window.press(action);
    album.window.press_id("ui-access-sign");
    album.window.press("Берёзкина Анна Сергеевна, руководитель ППЭ");
    album.window.digits("123");
    album.take("consent");
    album.window.digits("4");
    album.window.press_id("ui-consent-go");
    album.take("access");
    album.window.press_id("ui-papers-print");
    album.take("papers");
    album.window.press_id("ui-papers-leave");
    album.window.press_id("ui-access-close");
    album.window.type_into("ui-access-result", "Ракурс возвращён");
    album.window.press_id("ui-access-close-go");
    album.window.key(Key::F3);
    album.window.press_id("ui-cameras-stop");
    album.take("stop");
    album.window.press(if language == Language::Ru { "Штаб (1)" } else { "Staff room (1)" });
    album.window.press_id("ui-stop-handover");
    album.window.press_id("ui-stop-go");
    album.window.head_consents();
    album.window.key(Key::F5);
    album.take("close");
    album.window.press_id("ui-outages-explain");
    album.window.type_into("ui-outage-reason", "Задели кабель");
    album.take("outages");
    album.window.press_id("ui-outage-explain-go");
    album.window.press_id("ui-close-seal");
    album.take("close-sealed");
    {
        let mut state = album.window.fake.lock();
        state.view.live.copies = vec![copy_live("/media/rcoi-17", CopyState::Copying)];
        state.tell();
    }
    album.take("close-copy");
    album.window.press_id("ui-paper-closing-go");
    album.take("paper-closing");
    album.reads(&act(PaperKind::Closing).code_text);
    album.window.press_id("ui-understood");
    album.window.press_id("ui-close-countersign");
    album.take("countersign");
    album.window.press_id("ui-cancel");
    album.window.press_id("ui-page-go");
    album.window.press_id("ui-page-beside");
    album.take("page");
    album.window.press_id("ui-understood");
    album.window.key(Key::F1);
    album.window.press_id("ui-paper-opening-go");
    album.take("paper-opening");
    album.reads(&act(PaperKind::Opening).code_text);
    album.window.press_id("ui-understood");
    album.window.press(if language == Language::Ru { "Тёмный вид" } else { "Dark look" });
    album.take("today-dark");
}

#[test]
fn every_screen_has_its_picture_taken() {
    let Some(folder) = std::env::var_os("INVIGIL_PICTURES").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    for (size, name) in [(USUAL, "1366"), (SMALL, "1024")] {
        album(folder.clone(), &format!("{name}-ru"), size, Language::Ru);
        album(folder.clone(), &format!("{name}-en"), size, Language::En);
    }
}
