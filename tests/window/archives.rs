//! Archives for the review with printed forms.

use invigil::journal::Event;
use invigil::station::papers::{DayFacts, PAPERS};

use crate::day::{Archive, seal_day_of, seal_day_with};

/// The ids of the forms that [`with_forms`] has.
pub const FORMS: [&str; 2] = ["opening-act", "operation-log"];
/// What stands in such a form's PDF.
pub const PDF: &[u8] = b"%PDF-1.7 a form";

/// A day with what happened in it, and the forms that tell of it.
pub fn with_forms(events: &[Event]) -> Archive {
    let day = seal_day_of(events);
    let mut go_on = |_, _| std::ops::ControlFlow::Continue(());
    let facts = DayFacts::of_archive(day.folder.path(), 0, &mut go_on).unwrap();
    let mut more = Vec::new();
    for paper in PAPERS.iter().filter(|paper| FORMS.contains(&paper.id())) {
        let json = paper.of_day(&facts).unwrap().to_json();
        more.push((format!("forms/{}.json", paper.id()), json));
        more.push((format!("forms/{}.pdf", paper.id()), PDF.to_vec()));
    }
    seal_day_with(events, &more)
}
