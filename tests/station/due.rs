//! Countersignatures that the profile asks for.

use std::path::Path;
use std::sync::Arc;

use invigil::archive::Integrity;
use invigil::camera;
use invigil::signing::SignerRole;

use crate::point::*;

#[test]
fn an_archive_is_incomplete_until_those_have_signed_who_have_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut profile = profile();
    profile.archive.countersignatures = vec![SignerRole::Head, SignerRole::Member];
    let station = start_with(folder.path(), profile, TestClock::new(), Arc::new(camera::open));
    let mut client = recording(&station);
    wait_for_frames(&mut client, 5);
    stop_and_seal(&mut client);
    let view = client.view().unwrap();
    assert_eq!(view.day.as_ref().unwrap().countersigners, SignerRole::COUNTERSIGNERS);
    let report = verified(Path::new(&view.live.archive_folder));
    assert_eq!(report.integrity, Integrity::Incomplete);
    let ids: Vec<&str> = report.faults.iter().map(|fault| fault.message.id.as_str()).collect();
    assert_eq!(ids, ["archive-countersignature-missing"; 2]);
    end(station);
}
