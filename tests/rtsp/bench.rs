//! A server, films for it, and a recorder of what it sends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use invigil::camera;
use invigil::clock::SystemClock;
use invigil::point::{Camera, HealthRules, SilenceRule, SoundSource, Zone};
use invigil::recording::{Disk, Eyes, Mode, OverlayLabel, Recorder, RecorderConfig, RecorderEvent};
use rustix::process::{Pid, Signal, kill_process};

use crate::recorded::{self, Segment};

/// Longer than anything here takes on the slowest machine; only a failing test waits for it.
pub const LONG: Duration = Duration::from_secs(60);

/// GStreamer's RTSP server in a process of its own; killed when dropped.
pub struct Server {
    process: Child,
    pub port: u16,
}

impl Server {
    pub fn start(port: u16, media: &str, sign_in: Option<&str>) -> Self {
        let mut process = Command::new("tests/rtsp-server")
            .args([&port.to_string(), media])
            .args(sign_in)
            .stdout(Stdio::piped())
            .spawn()
            .expect("tests/rtsp-server runs");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the server prints its port: is GStreamer installed?");
        Self { process, port }
    }

    /// Plays the film as H.264 to everybody.
    pub fn open(port: u16, film: &Path) -> Self {
        Self::start(port, &format!("h264:{}", film.display()), None)
    }

    pub fn url(&self) -> String {
        format!("rtsp://127.0.0.1:{}/open", self.port)
    }

    /// It neither sends nor answers any more, and its connections stand.
    pub fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    pub fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.process), signal).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A film of moving picture at 25 frames/s in `folder/NAME.mp4`.
pub struct Film<'a> {
    pub name: &'a str,
    pub size: &'a str,
    pub seconds: u32,
    /// How ffmpeg is to code it.
    pub coding: &'a [&'a str],
}

impl Film<'_> {
    pub fn make(&self, folder: &Path) -> PathBuf {
        let path = folder.join(format!("{}.mp4", self.name));
        let picture = format!("testsrc=size={}:rate=25", self.size);
        let mut command = Command::new("ffmpeg");
        command.args(["-f", "lavfi", "-i", &picture, "-t", &self.seconds.to_string(), "-pix_fmt", "yuv420p"]);
        command.args(["-preset", "ultrafast"]).args(self.coding);
        run(command.arg(&path));
        path
    }
}

/// Twenty seconds with B-frames.
pub fn film(folder: &Path, codec: &str) -> PathBuf {
    let encoder = if codec == "h264" { "libx264" } else { "libx265" };
    let coding = ["-c:v", encoder, "-g", "25", "-bf", "2"];
    Film { name: "film", size: "320x240", seconds: 20, coding: &coding }.make(folder)
}

/// The films one after the other as one MPEG transport stream, each with its own parameter sets.
pub fn joined(folder: &Path, films: &[(PathBuf, u32)]) -> PathBuf {
    let path = folder.join("joined.ts");
    let (mut stream, mut begins) = (Vec::new(), 0);
    for (film, seconds) in films {
        let part = film.with_extension("ts");
        let mut command = Command::new("ffmpeg");
        command.arg("-i").arg(film).args(["-c", "copy", "-output_ts_offset", &begins.to_string()]);
        run(command.arg(&part));
        stream.extend(fs::read(part).unwrap());
        begins += seconds;
    }
    fs::write(&path, stream).unwrap();
    path
}

pub fn run(command: &mut Command) {
    let done = command.output().expect("ffmpeg is installed");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// The coded slices (NAL types 1 and 5) of an MP4 file, over ffmpeg's byte stream with start codes.
pub fn slices_of_file(path: &Path) -> Vec<Vec<u8>> {
    let stream = path.with_extension("h264");
    run(Command::new("ffmpeg").args(["-y", "-i"]).arg(path).args(["-c", "copy", "-f", "h264"]).arg(&stream));
    let bytes = fs::read(stream).unwrap();
    let starts: Vec<_> =
        bytes.windows(3).enumerate().filter(|(_, w)| *w == [0, 0, 1]).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let nals = starts.iter().zip(ends).map(|(start, end)| {
        let nal = &bytes[start + 3..end];
        // The zeros before the next start code belong to it.
        let zeros = nal.iter().rev().take_while(|&&byte| byte == 0).count();
        nal[..nal.len() - zeros].to_vec()
    });
    nals.filter(|nal| is_slice(nal)).collect()
}

pub fn is_slice(nal: &[u8]) -> bool {
    matches!(nal[0] & 31, 1 | 5)
}

/// A recorder that records a camera from its making on.
pub struct Recording {
    pub recorder: Recorder,
    events: Receiver<RecorderEvent>,
    seen: Vec<RecorderEvent>,
    folder: PathBuf,
    _disk: Disk,
}

impl Recording {
    pub fn start(url: &str, folder: &Path) -> Self {
        Self::hearing(url, folder, None)
    }

    /// With this sound.
    pub fn hearing(url: &str, folder: &Path, sound: Option<SoundSource>) -> Self {
        let camera = Camera {
            id: "hall".parse().unwrap(),
            name: "Hall".into(),
            room: "0001".parse().unwrap(),
            zone: Zone::Corridor,
            source: url.parse().unwrap(),
            width: 640,
            height: 480,
            frames_per_second: 15,
            bits_per_second: 1_000_000,
            delivered: false,
            sound,
        };
        let overlay =
            OverlayLabel { region: String::new(), point: String::new(), room: String::new(), offset_min: 0 };
        let folder = folder.join("recorded");
        std::fs::create_dir(&folder).unwrap();
        let config = RecorderConfig {
            camera,
            folder: folder.clone(),
            next_segment: 0,
            segment_ms: 600_000,
            overlay,
            health: HealthRules::default(),
            eyes: Some(Eyes::start().unwrap()),
            silence: SilenceRule::default(),
        };
        let (sender, events) = sync_channel(1_000);
        let clock = Arc::new(SystemClock::new());
        let opener = Arc::new(camera::remembering());
        let disk = Disk::start(&folder, clock.clone()).unwrap();
        let recorder = Recorder::spawn(config, opener, clock, sender, &disk).unwrap();
        recorder.set_mode(Mode::Record);
        Self { recorder, events, seen: Vec::new(), folder, _disk: disk }
    }

    /// The next event that is wanted.
    pub fn wait_for(&mut self, wanted: impl Fn(&RecorderEvent) -> bool) -> RecorderEvent {
        loop {
            let event = self.events.recv_timeout(LONG);
            let event = event.unwrap_or_else(|_| panic!("waited in vain; there were {:?}", self.seen));
            self.seen.push(event.clone());
            if wanted(&event) {
                return event;
            }
        }
    }

    pub fn wait_until_it_works(&mut self) -> (u32, u32) {
        match self.wait_for(|event| matches!(event, RecorderEvent::Works { .. })) {
            RecorderEvent::Works { width, height, detail, .. } => {
                assert!(detail.starts_with("H.264, rtsp://"), "{detail}");
                (width, height)
            }
            other => unreachable!("{other:?}"),
        }
    }

    /// Until so many frames more are in the file.
    pub fn wait_for_frames(&self, frames: u64) {
        let enough = self.recorder.status().frames + frames;
        let begin = Instant::now();
        while self.recorder.status().frames < enough {
            assert!(begin.elapsed() < LONG, "no more frames come");
            std::thread::park_timeout(Duration::from_millis(50));
        }
    }

    /// Ends it; what it told, and its segments.
    pub fn stop(self) -> (Vec<RecorderEvent>, Vec<Segment>) {
        let Self { recorder, events, mut seen, folder, _disk } = self;
        recorder.stop();
        seen.extend(events.try_iter());
        (seen, recorded::segments(&folder))
    }
}

/// From, to, and why.
pub fn gaps(events: &[RecorderEvent]) -> Vec<(i64, i64, &str)> {
    let gaps = events.iter().filter_map(|event| match event {
        RecorderEvent::Gap { from_ms, to_ms, cause, .. } => Some((*from_ms, *to_ms, cause.id.as_str())),
        _ => None,
    });
    gaps.collect()
}
