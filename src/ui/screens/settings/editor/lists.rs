//! The lists of the profile: what tells their entries apart, and the fields of each.

use super::fields::{Field, FieldKind, choice_of, flag, names, number, optional, optional_number, text};
use crate::point::draft::Kind;

/// A list of the profile.
pub struct List {
    /// The Fluent id of its heading.
    pub heading: &'static str,
    pub key: &'static str,
    /// A table elsewhere of which each entry has a field.
    pub beside: Option<&'static str>,
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
    heading: "ui-profile-rooms",
    key: "rooms",
    beside: Some("timetable.longer"),
    shown: &["number", "name"],
    fields: &[
        text("number", "ui-profile-room-number"),
        text("name", "ui-profile-room-name"),
        choice_of("zone", "ui-profile-zone", ZONES),
    ],
    add: "ui-profile-add-room",
    begins: &[("number", "", Kind::Text), ("zone", "auditorium", Kind::Text), ("name", "", Kind::Text)],
};

pub const CAMERAS: List = List {
    heading: "ui-profile-cameras",
    key: "cameras",
    beside: None,
    shown: &["id", "name", "room"],
    fields: &[
        text("id", "ui-profile-camera-id"),
        text("name", "ui-profile-camera-name"),
        text("room", "ui-profile-camera-room"),
        Field { key: "zone", name: "ui-profile-camera-zone", kind: FieldKind::Stray },
        text("source", "ui-profile-source"),
        optional("microphone", "ui-profile-microphone"),
        flag("sound", "ui-profile-sound"),
        optional_number("width", "ui-profile-width"),
        optional_number("height", "ui-profile-height"),
        optional_number("frames_per_second", "ui-profile-frames"),
        optional_number("bits_per_second", "ui-profile-bits"),
        flag("delivered", "ui-profile-delivered"),
    ],
    add: "ui-profile-add-camera",
    begins: &[
        ("id", "", Kind::Text),
        ("name", "", Kind::Text),
        ("room", "", Kind::Text),
        ("source", "", Kind::Text),
        ("delivered", "true", Kind::Flag),
    ],
};

pub const PEOPLE: List = List {
    heading: "ui-profile-people",
    key: "people",
    beside: None,
    shown: &["id", "name", "post"],
    fields: &[
        text("id", "ui-profile-person-id"),
        text("name", "ui-profile-person-name"),
        text("post", "ui-profile-post"),
        choice_of("role", "ui-profile-role", ROLES),
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
    heading: "ui-profile-phases",
    key: "timetable.phases",
    beside: None,
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
    heading: "ui-profile-actions",
    key: "access.actions",
    beside: None,
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
    heading: "ui-profile-requests",
    key: "requests.categories",
    beside: None,
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

pub const PACKAGES: List = List {
    heading: "ui-profile-packages",
    key: "checks.software.required",
    beside: None,
    shown: &["name"],
    fields: &[
        text("name", "ui-profile-package-name"),
        optional("min_version", "ui-profile-min-version"),
        optional("max_version", "ui-profile-max-version"),
    ],
    add: "ui-profile-add-package",
    begins: &[("name", "", Kind::Text)],
};

pub const PROGRAMS: List = List {
    heading: "ui-profile-tools",
    key: "programs",
    beside: None,
    shown: &["name"],
    fields: &[
        text("name", "ui-profile-tool-name"),
        names("command", "ui-profile-tool-command"),
        optional("min_version", "ui-profile-min-version"),
    ],
    add: "ui-profile-add-tool",
    begins: &[("name", "", Kind::Text)],
};
