//! Is there room for the recordings of the whole day?

use std::path::Path;

use super::{CheckContext, CheckResult, gigabytes};
use crate::i18n::Message;

pub(super) fn run(context: &CheckContext) -> CheckResult {
    // The folder may not exist yet; the disk that it will lie on does.
    let existing = context.data.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
    match fs4::statvfs(existing) {
        Ok(stats) => judge(stats.available_space(), stats.total_space(), context.needed_bytes),
        // An answer that can't be had is no free space.
        Err(error) => {
            let message = Message::new("checks-disk-unknown").with("detail", error.to_string());
            CheckResult::unknown(message).measured("needed_bytes", context.needed_bytes)
        }
    }
}

fn judge(free_bytes: u64, total_bytes: u64, needed_bytes: u64) -> CheckResult {
    let with_amounts = |message| gigabytes(gigabytes(message, "free", free_bytes), "needed", needed_bytes);
    let result = if free_bytes >= needed_bytes {
        CheckResult::passed(with_amounts(Message::new("checks-disk-enough")))
    } else {
        let short = gigabytes(Message::new("checks-disk-short"), "short", needed_bytes - free_bytes);
        CheckResult::failed(with_amounts(short))
    };
    result
        .measured("free_bytes", free_bytes)
        .measured("needed_bytes", needed_bytes)
        .measured("total_bytes", total_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::context;
    use crate::i18n::{Language, Texts};
    use crate::journal::Outcome;

    #[test]
    fn less_than_needed_fails_and_says_how_much_is_short() {
        assert_eq!(judge(1000, 5000, 1000).outcome, Outcome::Passed);
        let short = judge(2_000_000_000, 5_000_000_000, 5_500_000_000);
        assert_eq!(short.outcome, Outcome::Failed);
        let text = Texts::load(Language::Ru).message(&short.finding);
        assert!(text.contains("3,5"), "{text}");
    }

    #[test]
    fn a_folder_that_is_still_to_be_made_is_judged_by_its_disk() {
        let folder = tempfile::tempdir().unwrap();
        let result = run(&context(&folder.path().join("not/yet/there")));
        assert_eq!(result.outcome, Outcome::Passed, "{}", result.finding);
        assert_eq!(result.evidence.len(), 3);
    }
}
