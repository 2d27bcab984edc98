//! Coded frames into segments: where one ends and the next begins, what was not recorded and why.

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::sync::Arc;

use super::disk::{Desk, Done};
use super::latency::Written;
use super::outbox::Outbox;
use super::timeline::Timeline;
use super::{Hole, RecorderConfig, RecorderEvent, Shared, lock};
use crate::camera::{CodedFrame, H264Parameters};
use crate::clock::Stamp;
use crate::durable::DiskFault;
use crate::i18n::Message;
use crate::journal::VideoHead;
use crate::point::CameraId;
use crate::recording::Finished;
use crate::recording::index::Line;
use crate::recording::mp4::assemble::Frame;
use crate::recording::mp4::writer::SegmentWriter;
use crate::recording::mp4::{FormError, SoundFormat, Track};
use crate::recording::sound::Packet;
use crate::signing::merkle::MerkleTree;

/// After a file could not be written, a new one is tried this much later.
const RETRY_MS: u64 = 2_000;
/// Frames older than this go to the disk even if no next one comes.
const STALE_MS: u64 = 3_000;
/// A segment that ended is kept open for so long, for the last of its sound to arrive.
const SOUND_LATE_MS: u64 = 700;
/// Numbers of existing files that are passed over before it is an error.
const MOST_TAKEN: u32 = 1_000;

/// Writes one camera's frames while it is to be recorded.
pub struct Cutter {
    camera: CameraId,
    folder: PathBuf,
    segment_ms: u64,
    next_segment: u32,
    disk: Desk,
    shared: Arc<Shared>,
    open: Option<OpenSegment>,
    /// The segment before, which has its last picture and waits for its last sound.
    leaving: Option<(OpenSegment, u64)>,
    /// How the sound is coded that segments begun from now on have.
    sound: Option<SoundFormat>,
    /// The open segment has to end at the next key frame.
    ends: bool,
    hole: Option<Hole>,
    /// Where a hole would begin: the start of the recording or the end of the last fragment.
    recorded_until_ms: i64,
    /// A fault was told and nothing has been written since.
    faulty: bool,
    retry_at_ms: Option<u64>,
}

struct OpenSegment {
    writer: SegmentWriter,
    timeline: Timeline,
    parameters: Arc<H264Parameters>,
    started_ms: u64,
    tree: MerkleTree,
}

impl Cutter {
    pub fn new(config: &RecorderConfig, shared: Arc<Shared>, disk: Desk) -> Self {
        Self {
            camera: config.camera.id.clone(),
            folder: config.folder.clone(),
            segment_ms: config.segment_ms,
            next_segment: config.next_segment,
            disk,
            shared,
            open: None,
            leaving: None,
            sound: None,
            ends: false,
            hole: None,
            recorded_until_ms: 0,
            faulty: false,
            retry_at_ms: None,
        }
    }

    /// From now on everything is to be recorded.
    pub fn begin(&mut self, now: Stamp) {
        self.recorded_until_ms = now.utc_ms;
        self.faulty = false;
        self.retry_at_ms = None;
    }

    /// Whether a frame that arrives now would begin a segment if it were a key frame.
    pub fn wants_key(&self, now_ms: u64) -> bool {
        self.open.as_ref().is_none_or(|open| {
            let old = now_ms.saturating_sub(open.started_ms) >= self.segment_ms;
            self.ends || old || open.writer.is_full()
        })
    }

    /// The open segment ends at the next key frame.
    pub fn end_segment(&mut self) {
        self.ends = true;
    }

    /// Records a frame, which belongs to these parameters. Pictures that were encoded here go by
    /// their arrival (`encoded`), a camera's own frames by the camera's clock.
    pub fn frame(
        &mut self,
        frame: CodedFrame,
        parameters: &Arc<H264Parameters>,
        encoded: bool,
        out: &mut Outbox,
    ) {
        let arrived = frame.arrived;
        if self.retry_at_ms.is_some_and(|at_ms| arrived.mono_ms < at_ms) {
            return;
        }
        let other = self.open.as_ref().is_some_and(|open| open.parameters != *parameters);
        if frame.key && (other || self.wants_key(arrived.mono_ms)) {
            self.leave_segment(arrived.mono_ms, out);
            if let Err(error) = self.open_segment(arrived, parameters) {
                return self.fault(write_fault(&self.camera, &error), arrived.mono_ms, out);
            }
        } else if other {
            // Can't be decoded with the old parameters nor without a key frame.
            return;
        }
        let Some(open) = &mut self.open else { return };
        let timeline = &mut open.timeline;
        let pts = if encoded { timeline.arrived(arrived.mono_ms) } else { timeline.coded(&frame) };
        let Stamp { utc_ms, mono_ms, .. } = arrived;
        match open.writer.push(Frame { pts, key: frame.key, nals: frame.nals, utc_ms, mono_ms }) {
            Ok(line) => line.into_iter().for_each(|line| self.written(&line, out)),
            Err(error) => self.fault(write_fault(&self.camera, &error), mono_ms, out),
        }
    }

    /// Segments have sound of this format from now on, or none. The open one ends if it has another.
    pub fn set_sound(&mut self, format: Option<SoundFormat>) {
        let other = self.open.as_ref().is_some_and(|open| open.writer.sound() != format.as_ref());
        self.ends |= other;
        self.sound = format;
    }

    /// Records a packet of sound of the format that was set, in the segment in which it was heard.
    pub fn sound(&mut self, packet: Packet, out: &mut Outbox) {
        let format = self.sound.clone();
        let format = format.as_ref();
        let place = |open: &OpenSegment| open.timeline.heard(packet.at);
        if let Some((leaving, _)) =
            self.leaving.as_mut().filter(|(leaving, _)| leaving.writer.sound() == format)
        {
            let is_earlier = self.open.as_ref().and_then(place).is_none_or(|at| at < 0);
            if let Some(at) = place(leaving).filter(|_| is_earlier) {
                leaving.writer.push_sound(at, packet.duration, &packet.data);
                return;
            }
            self.let_go(out);
        }
        let Some(open) = self.open.as_mut().filter(|open| open.writer.sound() == format) else { return };
        if let Some(at) = place(open) {
            // What has no place is late by so much that something else is written there.
            open.writer.push_sound(at, packet.duration, &packet.data);
        }
    }

    /// What has to be done without a frame too.
    pub fn tick(&mut self, now: Stamp, out: &mut Outbox) {
        if let Some(open) = &mut self.open {
            let since_ms = open.writer.open_since_ms();
            if since_ms.is_some_and(|since_ms| now.mono_ms.saturating_sub(since_ms) >= STALE_MS) {
                match open.writer.flush() {
                    Ok(line) => line.into_iter().for_each(|line| self.written(&line, out)),
                    Err(error) => self.fault(write_fault(&self.camera, &error), now.mono_ms, out),
                }
            }
        }
        let late_ms = |since_ms: &u64| now.mono_ms.saturating_sub(*since_ms);
        if self.leaving.as_ref().is_some_and(|(_, since_ms)| late_ms(since_ms) > SOUND_LATE_MS) {
            self.let_go(out);
        }
        for done in self.disk.poll() {
            self.done(done, out);
        }
    }

    /// The camera gives nothing: what there is is closed, and a hole begins.
    pub fn lose(&mut self, cause: Message, out: &mut Outbox) {
        self.close_segment(out);
        self.begin_hole(cause);
    }

    /// Nothing can be recorded, for this reason, until it is tried again.
    pub fn fault(&mut self, cause: Message, now_ms: u64, out: &mut Outbox) {
        self.tell_fault(cause.clone(), out);
        self.close_segment(out);
        self.begin_hole(cause);
        self.retry_at_ms = Some(now_ms + RETRY_MS);
    }

    /// The recording is over: closes everything and tells it.
    pub fn end(&mut self, now: Stamp, out: &mut Outbox) {
        self.close_segment(out);
        if let Some(hole) = self.hole.take() {
            self.tell_gap(hole, now.utc_ms, out);
        }
        for done in self.disk.settle() {
            self.done(done, out);
        }
        self.ends = false;
    }

    fn open_segment(&mut self, arrived: Stamp, parameters: &Arc<H264Parameters>) -> io::Result<()> {
        let created_s = u64::try_from(arrived.utc_ms / 1000).unwrap_or(0);
        let foreign = |error: FormError| io::Error::new(ErrorKind::InvalidData, error);
        let track = Track::new(created_s, &parameters.sps, &parameters.pps).map_err(foreign)?;
        let track = track.with_sound(self.sound.clone());
        let last = self.next_segment.saturating_add(MOST_TAKEN);
        let writer = loop {
            match SegmentWriter::create(&self.folder, self.next_segment, track.clone()) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists && self.next_segment < last => {
                    self.next_segment += 1;
                }
                other => break other?,
            }
        };
        let mut tree = MerkleTree::new();
        writer.lines().iter().for_each(|line| tree.push(&line.to_bytes()));
        self.retry_at_ms = None;
        self.ends = false;
        self.open = Some(OpenSegment {
            writer,
            timeline: Timeline::start(arrived.mono_ms),
            parameters: Arc::clone(parameters),
            started_ms: arrived.mono_ms,
            tree,
        });
        Ok(())
    }

    /// The open segment has its last picture: it ends as soon as it has its last sound.
    fn leave_segment(&mut self, now_ms: u64, out: &mut Outbox) {
        if self.open.as_ref().is_none_or(|open| open.writer.sound().is_none()) {
            return self.close_segment(out);
        }
        self.let_go(out);
        self.leaving = self.open.take().map(|open| (open, now_ms));
        if let Some((leaving, _)) = &self.leaving {
            self.next_segment = leaving.writer.number() + 1;
        }
    }

    /// Ends the segment that waits for its last sound.
    fn let_go(&mut self, out: &mut Outbox) {
        if let Some((leaving, _)) = self.leaving.take() {
            self.finish(leaving, out);
        }
    }

    fn close_segment(&mut self, out: &mut Outbox) {
        self.let_go(out);
        if let Some(open) = self.open.take() {
            self.finish(open, out);
        }
    }

    /// Writes what is open and hands the file to the disk's thread. A segment without a fragment
    /// leaves no file, and its number is used again if it is the last one.
    fn finish(&mut self, mut open: OpenSegment, out: &mut Outbox) {
        match open.writer.flush() {
            Ok(line) => line.into_iter().for_each(|line| self.count(&mut open, &line, out)),
            Err(error) => {
                let cause = write_fault(&self.camera, &error);
                self.tell_fault(cause.clone(), out);
                self.begin_hole(cause);
            }
        }
        if open.writer.has_fragments() {
            self.next_segment = self.next_segment.max(open.writer.number() + 1);
            self.disk.close(open.writer);
        } else {
            open.writer.discard();
        }
    }

    /// A fragment is in the open file.
    fn written(&mut self, line: &Line, out: &mut Outbox) {
        if let Some(mut open) = self.open.take() {
            self.count(&mut open, line, out);
            self.open = Some(open);
        }
    }

    /// A fragment is in the file: whatever kept it out is over.
    fn count(&mut self, open: &mut OpenSegment, line: &Line, out: &mut Outbox) {
        open.tree.push(&line.to_bytes());
        match open.writer.handle() {
            Ok(file) => {
                let (first_ms, duration_ms) = (line.mono_ms, line.duration_ms);
                self.disk.written(file, Written { first_ms, duration_ms, frames: line.frames });
            }
            Err(error) => tracing::warn!(%error, "file is not synced"),
        }
        *lock(&self.shared.head) = Some(VideoHead {
            camera: self.camera.clone(),
            segment: open.writer.number(),
            lines: open.tree.size(),
            root: open.tree.root(),
        });
        let mut live = lock(&self.shared.live);
        live.frames += u64::from(line.frames);
        live.bytes += line.length;
        live.recorded_ms += line.duration_ms;
        drop(live);
        self.faulty = false;
        if let Some(hole) = self.hole.take() {
            self.tell_gap(hole, line.utc_ms, out);
        }
        self.recorded_until_ms = line.utc_end_ms();
    }

    fn done(&mut self, done: Done, out: &mut Outbox) {
        match done {
            Done::Closed(finished) => {
                let Finished { segment, head, mp4, idx } = *finished;
                out.send(RecorderEvent::Segment { segment, head, mp4, idx });
            }
            Done::NotClosed(error) => self.tell_fault(write_fault(&self.camera, &error), out),
            Done::NotSynced(error) => {
                // What the system lost of this file is lost: go on in another one.
                self.tell_fault(write_fault(&self.camera, &error), out);
                self.ends = true;
            }
        }
    }

    fn begin_hole(&mut self, cause: Message) {
        self.hole.get_or_insert(Hole { from_ms: self.recorded_until_ms, cause });
    }

    fn tell_gap(&self, hole: Hole, to_ms: i64, out: &mut Outbox) {
        let Hole { from_ms, cause } = hole;
        let to_ms = to_ms.max(from_ms);
        out.send(RecorderEvent::Gap { camera: self.camera.clone(), from_ms, to_ms, cause });
    }

    fn tell_fault(&mut self, cause: Message, out: &mut Outbox) {
        if !self.faulty {
            self.faulty = true;
            out.send(RecorderEvent::Fault { camera: self.camera.clone(), cause });
        }
    }
}

fn write_fault(camera: &CameraId, error: &io::Error) -> Message {
    let message = match DiskFault::of(error) {
        DiskFault::Full => Message::new("recording-disk-full"),
        DiskFault::ReadOnly => Message::new("recording-disk-read-only"),
        DiskFault::Failing => Message::new("recording-disk-failing"),
        DiskFault::Gone => Message::new("recording-disk-gone"),
        DiskFault::Other => Message::new("recording-write-failed").with("detail", error.to_string()),
    };
    message.with("camera", camera.as_str())
}
