//! How far long work has come, and whether it should go on.

use std::ops::ControlFlow;

/// Told now and then how many bytes are done of how many; answers whether to go on.
pub type OnProgress<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// Counts bytes and tells.
pub(in crate::archive) struct Meter<'a> {
    on_progress: OnProgress<'a>,
    done_bytes: u64,
    total_bytes: u64,
}

impl<'a> Meter<'a> {
    pub fn new(total_bytes: u64, on_progress: OnProgress<'a>) -> Self {
        Self { on_progress, done_bytes: 0, total_bytes }
    }

    /// Never tells more done than there is.
    pub fn add(&mut self, bytes: u64) -> ControlFlow<()> {
        self.done_bytes = self.done_bytes.saturating_add(bytes).min(self.total_bytes);
        (self.on_progress)(self.done_bytes, self.total_bytes)
    }
}
