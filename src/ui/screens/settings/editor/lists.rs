//! The lists of the profile: what tells their entries apart, and the fields of each.

use super::fields::{Field, FieldKind, number, optional, text};
use crate::point::draft::Kind;

/// A list of the profile.
pub struct List {
    pub key: &'static str,
    /// What tells one of them from another, in the order in which it is shown.
    pub shown: &'static [&'static str],
    pub fields: &'static [Field],
    /// The Fluent id of the button that adds one, and what it begins with.
    pub add: &'static str,
    pub begins: &'static [(&'static str, &'static str, Kind)],
}

pub const ZONES: &[(&str, &str)] = &[
    ("auditorium", "ui-profile-auditorium"),
    ("staff_room", "ui-profile-staff-room"),
    ("corridor", "ui-profile-corridor"),
    ("entrance", "ui-profile-entrance"),
    ("gate", "ui-profile-gate"),
    ("strong_room", "ui-profile-strong-room"),
];

pub const ROLES: &[(&str, &str)] = &[
    ("technician", "ui-profile-technician"),
    ("point_head", "ui-profile-point-head"),
    ("commission_member", "ui-profile-commission-member"),
    ("commission_head", "ui-profile-commission-head"),
    ("regional_centre", "ui-profile-regional-centre"),
    ("organiser", "ui-profile-organiser"),
    ("observer", "ui-profile-observer"),
];

pub const ROOMS: List = List {
    key: "rooms",
    shown: &["number", "name"],
    fields: &[
        text("number", "ui-profile-room-number"),
        text("name", "ui-profile-room-name"),
        Field { key: "zone", name: "ui-profile-zone", kind: FieldKind::Choice(ZONES) },
    ],
    add: "ui-profile-add-room",
    begins: &[("number", "", Kind::Text), ("zone", "auditorium", Kind::Text), ("name", "", Kind::Text)],
};

pub const CAMERAS: List = List {
    key: "cameras",
    shown: &["id", "name", "room"],
    fields: &[
        text("id", "ui-profile-camera-id"),
        text("name", "ui-profile-camera-name"),
        text("room", "ui-profile-camera-room"),
        text("source", "ui-profile-source"),
        optional("microphone", "ui-profile-microphone"),
        number("width", "ui-profile-width"),
        number("height", "ui-profile-height"),
        number("frames_per_second", "ui-profile-frames"),
        number("bits_per_second", "ui-profile-bits"),
        Field { key: "delivered", name: "ui-profile-delivered", kind: FieldKind::Flag },
    ],
    add: "ui-profile-add-camera",
    begins: &[
        ("id", "", Kind::Text),
        ("name", "", Kind::Text),
        ("room", "", Kind::Text),
        ("source", "", Kind::Text),
        ("width", "640", Kind::Number),
        ("height", "480", Kind::Number),
        ("frames_per_second", "15", Kind::Number),
        ("bits_per_second", "1000000", Kind::Number),
        ("delivered", "true", Kind::Flag),
    ],
};

pub const PEOPLE: List = List {
    key: "people",
    shown: &["id", "name", "post"],
    fields: &[
        text("id", "ui-profile-person-id"),
        text("name", "ui-profile-person-name"),
        text("post", "ui-profile-post"),
        Field { key: "role", name: "ui-profile-role", kind: FieldKind::Choice(ROLES) },
    ],
    add: "ui-profile-add-person",
    begins: &[
        ("id", "", Kind::Text),
        ("name", "", Kind::Text),
        ("post", "", Kind::Text),
        ("role", "technician", Kind::Text),
    ],
};

pub const PHASES: List = List {
    key: "timetable.phases",
    shown: &["at_minutes", "name_ru"],
    fields: &[
        text("id", "ui-profile-phase-id"),
        number("at_minutes", "ui-profile-phase-minutes"),
        text("name_ru", "ui-profile-word-ru"),
        text("name_en", "ui-profile-word-en"),
    ],
    add: "ui-profile-add-phase",
    begins: &[
        ("id", "", Kind::Text),
        ("at_minutes", "0", Kind::Number),
        ("name_ru", "", Kind::Text),
        ("name_en", "", Kind::Text),
    ],
};

pub const ACTIONS: List = List {
    key: "access.actions",
    shown: &["ru"],
    fields: &[
        text("id", "ui-profile-action-id"),
        text("ru", "ui-profile-word-ru"),
        text("en", "ui-profile-word-en"),
    ],
    add: "ui-profile-add-action",
    begins: &[("id", "", Kind::Text), ("ru", "", Kind::Text), ("en", "", Kind::Text)],
};

pub const REQUESTS: List = List {
    key: "requests.categories",
    shown: &["ru"],
    fields: &[
        text("id", "ui-profile-request-id"),
        text("ru", "ui-profile-word-ru"),
        text("en", "ui-profile-word-en"),
        number("minutes", "ui-profile-request-minutes"),
        number("head_minutes", "ui-profile-request-head-minutes"),
    ],
    add: "ui-profile-add-request",
    begins: &[
        ("id", "", Kind::Text),
        ("ru", "", Kind::Text),
        ("en", "", Kind::Text),
        ("minutes", "15", Kind::Number),
        ("head_minutes", "30", Kind::Number),
    ],
};
