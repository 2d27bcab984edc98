//! The pictures of the screens, kept in `tests/window/album`: what the window draws is held against them.
//!
//! A changed picture fails, with the paths of the new one and of a third that shows where they differ. Are the
//! new ones right, then `INVIGIL_RENEW_PICTURES=1 cargo test --locked --test window matrix` keeps them.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use image::{Rgba, RgbaImage};

/// So much may a colour be off, of 255: a driver of a processor's may round otherwise.
const NEAR: u8 = 2;
/// So many pixels may be off by more: an edge's smooth pixel just between two of its few steps.
const OFF_MAX: usize = 4;

/// The pictures of one walk through the window.
pub struct Album {
    kept: PathBuf,
    made: PathBuf,
    renews: bool,
    seen: BTreeSet<String>,
}

impl Album {
    /// `name` is a folder's.
    pub fn open(name: &str) -> Self {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/window/album").join(name);
        let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join("album").join(name);
        // What an earlier run found is not this one's.
        let _ = fs::remove_dir_all(&made);
        let renews = std::env::var_os("INVIGIL_RENEW_PICTURES").is_some();
        Self { kept, made, renews, seen: BTreeSet::new() }
    }

    /// What is wrong with the picture.
    pub fn compare(&mut self, name: &str, picture: &RgbaImage) -> Option<String> {
        self.seen.insert(name.to_owned());
        let path = self.kept.join(format!("{name}.png"));
        let before = path.exists().then(|| read(&path));
        let off = before.as_ref().map(|before| off(before, picture));
        if off.is_some_and(|off| off <= OFF_MAX) {
            return None;
        }
        if self.renews {
            write(&path, picture);
            return None;
        }
        let new = self.made.join(format!("{name}.png"));
        write(&new, picture);
        let new = new.display();
        let Some((before, off)) = before.zip(off) else {
            return Some(format!("there is no picture of it yet: {new}"));
        };
        let difference = self.made.join(format!("{name}-difference.png"));
        write(&difference, &marked(&before, picture));
        Some(format!("looks otherwise in {off} pixels: {new}, see {}", difference.display()))
    }

    /// Pictures of what no longer is there.
    pub fn close(self) -> Vec<String> {
        let Ok(files) = fs::read_dir(&self.kept) else { return Vec::new() };
        let paths = files.map(|file| file.expect("the album can be read").path());
        let is_left = |path: &PathBuf| {
            path.file_stem().is_none_or(|stem| !self.seen.contains(&*stem.to_string_lossy()))
        };
        let left = paths.filter(is_left);
        if self.renews {
            left.for_each(|path| fs::remove_file(path).expect("the album can be written"));
            return Vec::new();
        }
        left.map(|path| format!("a picture of nothing: {}", path.display())).collect()
    }
}

/// How many pixels are not as they were.
fn off(before: &RgbaImage, after: &RgbaImage) -> usize {
    if before.dimensions() != after.dimensions() {
        return usize::MAX;
    }
    before.pixels().zip(after.pixels()).filter(|(before, after)| !is_near(before, after)).count()
}

fn is_near(before: &Rgba<u8>, after: &Rgba<u8>) -> bool {
    before.0.iter().zip(after.0).all(|(before, after)| before.abs_diff(after) <= NEAR)
}

/// The new picture, pale, with what changed in red.
fn marked(before: &RgbaImage, after: &RgbaImage) -> RgbaImage {
    let mut marked = after.clone();
    for (x, y, pixel) in marked.enumerate_pixels_mut() {
        let was = before.get_pixel_checked(x, y);
        *pixel = match was {
            Some(was) if is_near(was, pixel) => Rgba(pixel.0.map(|value| 191 + value / 4)),
            _ => Rgba([224, 0, 0, 255]),
        };
    }
    marked
}

fn read(path: &Path) -> RgbaImage {
    let file = fs::File::open(path).expect("the picture can be opened");
    let mut decoder = png::Decoder::new(BufReader::new(file));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is no giant")];
    let info = reader.next_frame(&mut pixels).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    pixels.truncate(info.buffer_size());
    RgbaImage::from_raw(info.width, info.height, pixels).expect("it is in colours")
}

/// With a palette if there are few colours.
fn write(path: &Path, picture: &RgbaImage) {
    fs::create_dir_all(path.parent().expect("it has a name")).expect("the folder can be made");
    let file = fs::File::create(path).expect("the folder can be written");
    let (width, height) = picture.dimensions();
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let data = if let Some((palette, indices)) = indexed(picture) {
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(palette);
        encoder.set_filter(png::Filter::NoFilter);
        indices
    } else {
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_filter(png::Filter::NoFilter);
        picture.pixels().flat_map(|Rgba([r, g, b, _])| [*r, *g, *b]).collect()
    };
    let mut writer = encoder.write_header().expect("the picture can be written");
    writer.write_image_data(&data).expect("the picture can be written");
}

/// Its colours in the order of their coming, and which of them each pixel has.
fn indexed(picture: &RgbaImage) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut numbers = HashMap::new();
    let mut palette = Vec::new();
    let mut indices = Vec::with_capacity(picture.pixels().len());
    for Rgba([r, g, b, _]) in picture.pixels() {
        let next = numbers.len();
        let number = *numbers.entry([*r, *g, *b]).or_insert_with(|| {
            palette.extend([*r, *g, *b]);
            next
        });
        indices.push(u8::try_from(number).ok()?);
    }
    Some((palette, indices))
}

mod tests {
    use super::*;

    fn sheet() -> RgbaImage {
        RgbaImage::from_fn(64, 64, |x, y| Rgba([x as u8 * 3, y as u8 * 3, 7, 255]))
    }

    #[test]
    fn a_picture_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let few = RgbaImage::from_fn(64, 64, |x, _| Rgba([0, (x / 8) as u8, 200, 255]));
        for (name, picture) in [("few.png", few), ("many.png", sheet())] {
            let path = folder.path().join(name);
            write(&path, &picture);
            assert_eq!(read(&path), picture, "{name}");
        }
    }

    #[test]
    fn a_changed_word_is_found_and_a_rounding_is_not() {
        let (before, mut after) = (sheet(), sheet());
        after.pixels_mut().for_each(|Rgba(pixel)| pixel[2] += NEAR);
        assert_eq!(off(&before, &after), 0);
        // A comma.
        (10..13).for_each(|x| (10..15).for_each(|y| after.put_pixel(x, y, Rgba([255, 255, 255, 255]))));
        assert!(off(&before, &after) > OFF_MAX);
        assert_eq!(marked(&before, &after).get_pixel(11, 11), &Rgba([224, 0, 0, 255]));
        assert_ne!(marked(&before, &after).get_pixel(9, 9), &Rgba([224, 0, 0, 255]));
        assert_eq!(off(&before, &RgbaImage::new(64, 63)), usize::MAX);
    }

    #[test]
    fn an_album_tells_what_is_new_changed_and_gone() {
        let folder = tempfile::tempdir().unwrap();
        let album = |renews| Album {
            kept: folder.path().join("kept"),
            made: folder.path().join("made"),
            renews,
            seen: BTreeSet::new(),
        };
        let mut missing = album(false);
        assert!(missing.compare("today", &sheet()).unwrap().contains("no picture of it yet"));
        let mut renewed = album(true);
        assert_eq!(renewed.compare("today", &sheet()), None);
        assert_eq!(renewed.close(), Vec::<String>::new());
        let mut same = album(false);
        assert_eq!(same.compare("today", &sheet()), None);
        let mut turned = sheet();
        image::imageops::rotate180_in_place(&mut turned);
        let told = same.compare("today", &turned).unwrap();
        assert!(told.contains("made/today.png") && told.contains("made/today-difference.png"), "{told}");
        assert!(folder.path().join("made/today-difference.png").exists());
        let gone = album(false).close();
        assert!(gone.len() == 1 && gone[0].contains("a picture of nothing"), "{gone:?}");
        assert_eq!(album(true).close(), Vec::<String>::new());
        assert!(!folder.path().join("kept/today.png").exists());
    }
}
