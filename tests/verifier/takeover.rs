//! An exam day that another computer went on with: several journals, one verdict, for the page too.

use std::path::Path;

use invigil::journal::{Event, KnownHead, TakeOver};
use invigil::signing::Digest;

use crate::browser::Browser;
use crate::day::options;
use crate::manipulations::compare;
use crate::stations::{Station, day_of};

/// The other station's parts in the same folder, after it had gone on from this head.
fn went_on(main: &Station, claim: Option<TakeOver>, folder: &Path) {
    assert_eq!(main.day, day_of("main"));
    let mut spare = Station::begin("spare", 30, claim);
    spare.write(Event::TakenOver { day: main.day.clone(), reason: "power supply".to_owned() });
    spare.note("two");
    spare.close(folder);
}

#[test]
fn the_page_judges_stations_that_took_over_as_the_program_does() {
    let mut browser = Browser::new();
    type Claim = fn(&Station, KnownHead) -> Option<TakeOver>;
    let claims: [(&str, &str, Claim); 5] = [
        ("VALID", "read from its disk", |main, head| main.taken_over(head)),
        ("TAMPERED", "of another journal", |main, head| match head {
            KnownHead::Records { size, .. } => {
                main.taken_over(KnownHead::Records { size, root: Digest::of(b"another") })
            }
            other => main.taken_over(other),
        }),
        ("TAMPERED", "of another key", |main, head| {
            Some(TakeOver { device_key: Some("SHA256:other".to_owned()), ..main.taken_over(head)? })
        }),
        ("INCOMPLETE", "unknown", |main, _| main.taken_over(KnownHead::Nothing {})),
        ("INCOMPLETE", "of a station that is not here", |main, head| {
            Some(TakeOver { day: day_of("third"), ..main.taken_over(head)? })
        }),
    ];
    for (verdict, name, claim) in claims {
        let folder = tempfile::tempdir().unwrap();
        let mut main = Station::begin("main", 0, None);
        main.note("one");
        main.checkpoint();
        let head = main.head();
        main.note("after that");
        main.checkpoint();
        main.export(folder.path());
        went_on(&main, claim(&main, head), folder.path());
        let report = compare(&mut browser, name, folder.path(), &options(), "");
        // Two days that nothing ties together are told apart as such.
        let found = report.integrity.word();
        assert!(found == verdict || name.ends_with("not here"), "{name}: {found} {:?}", report.faults);
    }
}

#[test]
fn a_code_on_paper_ties_two_journals_together() {
    let mut browser = Browser::new();
    let folder = tempfile::tempdir().unwrap();
    let mut main = Station::begin("main", 0, None);
    main.note("one");
    let code = main.checkpoint().code();
    main.note("after the code");
    let claim = main.taken_over(KnownHead::Code { code });
    main.start_again();
    main.close(folder.path());
    went_on(&main, claim, folder.path());
    let report = compare(&mut browser, "a code", folder.path(), &options(), "");
    assert_eq!(report.integrity.word(), "VALID", "{:?}", report.faults);
    assert_eq!(report.stations.len(), 2);
}
