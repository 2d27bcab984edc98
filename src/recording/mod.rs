//! From captured frames to files: overlay, encoding, hybrid fragmented MP4, segments, gaps.
//!
//! A [`Recorder`] is one camera's thread. It never waits for the journal or for a person: what it
//! has to say goes into a bounded channel as [`RecorderEvent`]s.
