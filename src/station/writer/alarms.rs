//! The day's alarms, of which a view tells how many there are.

use super::super::protocol::Answer;
use super::Writer;
use crate::i18n::Message;

/// As many as an answer has room for.
const MOST_LISTED: usize = 50;

impl Writer {
    pub(super) fn alarms(&self, from: u32, count: u32) -> Result<Answer, Message> {
        let day = &self.day.as_ref().ok_or_else(|| Message::new("refused-no-day"))?.day;
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let count = usize::try_from(count).unwrap_or(usize::MAX).min(MOST_LISTED);
        let alarms = day.alarm_log.list.iter().skip(from).take(count).cloned().collect();
        Ok(Answer::Alarms { total: day.alarm_log.total, alarms })
    }
}
