//! A station whose key was changed, as those see it who know the old one.

use std::ops::ControlFlow;
use std::path::PathBuf;

use invigil::archive::verify::{VerifyOptions, verify};
use invigil::archive::{Integrity, Provenance};
use invigil::clock::Clock;
use invigil::signing::{AllowedSigners, DeviceKey, KeyCard};
use invigil::station::{DataFolder, Rotated, RotationError, rotate};
use ring::rand::SystemRandom;

use crate::point::*;

#[test]
fn the_old_keys_card_is_enough_for_a_day_of_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    end(start(folder.path()));
    let old = DeviceKey::open(&DeviceKey::path_in(folder.path())).unwrap().public();
    let card = KeyCard::new("77-0101", "main", "2026-05-15".parse().unwrap(), &old);
    let rotate_on = |days_ahead: i64| -> Result<Rotated, RotationError> {
        let data = DataFolder::open(folder.path()).unwrap();
        rotate(&data, &profile(), TestClock::days_ahead(days_ahead).now(), &SystemRandom::new())
    };
    let rotated = rotate_on(0).unwrap();
    assert_eq!(rotated.old, old);

    let station = start(folder.path());
    let mut client = recording(&station);
    wait_for_frames(&mut client, 5);
    end(station);
    assert!(matches!(rotate_on(0), Err(RotationError::DayOpen(_))), "the day waits to be gone on with");
    assert!(matches!(rotate_on(1), Err(RotationError::DayOpen(_))), "it is still not sealed");
    let station = start(folder.path());
    let mut client = connect(&station);
    sign_in(&mut client);
    wait_for_frames(&mut client, 5);
    stop(&mut client);
    explain_outages(&mut client);
    seal(&mut client);
    let archive = PathBuf::from(client.view().unwrap().live.archive_folder.clone());
    drop(client);
    end(station);

    let signers = Some(AllowedSigners::parse(&card.signers_line).unwrap());
    let options = VerifyOptions { signers, act: None, at_ms: TestClock::new().now().utc_ms };
    let report = verify(&[archive], &options, &mut |_, _| ControlFlow::Continue(()));
    assert_eq!(
        (report.integrity, report.provenance),
        (Integrity::Valid, Provenance::KnownKey),
        "{report:#?}"
    );
    assert_eq!(report.signer, Some(rotated.new.fingerprint()));

    assert!(matches!(rotate_on(0), Err(RotationError::DayOpen(_))), "others may still sign beside it today");
    let again = rotate_on(1).unwrap();
    assert_eq!(again.old, rotated.new);
    end(start_on(folder.path(), 1));
}
