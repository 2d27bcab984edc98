//! PDFs read by poppler: their text, and their pages as pictures.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What the program says on its standard output; it has to succeed.
pub fn said(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn pdf_text(file: &Path) -> String {
    said(Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(file).arg("-"))
}

/// Pages as pictures in grey, in their order; kept in `INVIGIL_PICTURES` if that is set.
pub fn pages(file: &Path, folder: &Path) -> Vec<Picture> {
    let folder = std::env::var_os("INVIGIL_PICTURES").map_or_else(|| folder.to_owned(), PathBuf::from);
    let stem = file.file_stem().unwrap().to_str().unwrap();
    let name = folder.join(stem);
    said(Command::new("pdftoppm").args(["-gray", "-r", "150"]).arg(file).arg(&name));
    let prefix = format!("{stem}-");
    let of_file = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.ends_with(".pgm") && name.starts_with(&prefix)
    };
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(of_file).collect();
    files.sort();
    files.iter().map(|file| Picture::read(&std::fs::read(file).unwrap())).collect()
}

pub struct Picture {
    pub width: usize,
    pub height: usize,
    grey: Vec<u8>,
}

impl Picture {
    /// A binary PGM.
    fn read(file: &[u8]) -> Self {
        let mut words = file.splitn(4, |byte| byte.is_ascii_whitespace());
        assert_eq!(words.next(), Some(&b"P5"[..]));
        let mut number = || std::str::from_utf8(words.next().unwrap()).unwrap().parse::<usize>().unwrap();
        let (width, height) = (number(), number());
        let grey = file[file.len() - width * height..].to_vec();
        Self { width, height, grey }
    }

    /// What stands in the QR codes of the page.
    pub fn codes(&self) -> Vec<String> {
        let grey = |x: usize, y: usize| self.grey[y * self.width + x];
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, grey);
        image.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
    }

    /// Whether anything but white is within so many pixels of the page's edge.
    pub fn touches_edge(&self, margin: usize) -> bool {
        let near = |x: usize, y: usize| {
            x < margin || y < margin || x >= self.width - margin || y >= self.height - margin
        };
        let all = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        all.filter(|(x, y)| near(*x, *y)).any(|(x, y)| self.grey[y * self.width + x] < 250)
    }
}
