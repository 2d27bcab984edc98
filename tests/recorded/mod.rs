//! What `invigil record` left in a folder, and ffmpeg as its judge.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use invigil::recording::index::{Index, Line};

/// A finished segment and what its index says.
pub struct Segment {
    pub video: PathBuf,
    pub fragments: Vec<Line>,
}

impl Segment {
    pub fn frames(&self) -> u32 {
        self.fragments.iter().map(|line| line.frames).sum()
    }

    /// When its first frame arrived, by the wall clock.
    pub fn begins_ms(&self) -> i64 {
        self.fragments.first().expect("a segment has a fragment").utc_ms
    }

    /// When its last frame is no longer shown.
    pub fn ends_ms(&self) -> i64 {
        self.fragments.last().expect("a segment has a fragment").utc_end_ms()
    }

    /// ffmpeg decodes it to its last frame without a complaint.
    pub fn assert_plays(&self) {
        let played = Command::new("ffmpeg")
            .args(["-v", "error", "-progress", "-", "-i"])
            .arg(&self.video)
            // Real time stamps, not a declared rate: else ffmpeg itself complains of them.
            .args(["-fps_mode", "passthrough", "-enc_time_base", "-1", "-f", "null", "-"])
            .output()
            .expect("ffmpeg is installed");
        let complaints = String::from_utf8_lossy(&played.stderr);
        assert!(played.status.success() && complaints.is_empty(), "{}: {complaints}", self.video.display());
        let progress = String::from_utf8_lossy(&played.stdout);
        let frames = progress.lines().rev().find_map(|line| line.strip_prefix("frame="));
        assert_eq!(
            frames.map(str::trim),
            Some(self.frames().to_string().as_str()),
            "{}",
            self.video.display()
        );
    }
}

/// The segments of one camera in order.
pub fn segments(folder: &Path) -> Vec<Segment> {
    let mut videos: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    videos.retain(|path| path.extension().is_some_and(|ending| ending == "mp4"));
    videos.sort();
    let with_index = videos.into_iter().map(|video| {
        let index = fs::read(video.with_extension("idx")).unwrap();
        Segment { fragments: Index::parse(&index).unwrap().fragments().to_vec(), video }
    });
    with_index.collect()
}
