//! The values that stand once in the profile, in groups: a card and a heading for each.

use eframe::egui::Ui;

use super::fields::{
    Field, FieldKind, choice_of, fault_line, fault_lines, flag, names, number, one, optional,
    optional_number, text, told, word, words,
};
use super::named_card;
use crate::point::draft::Draft;
use crate::ui::model::Cx;
use crate::ui::theme;
use crate::ui::widgets::heading;

/// Values of one table.
pub struct Group {
    /// The Fluent id of its heading.
    pub heading: &'static str,
    /// The way of the table; empty for the top.
    pub table: &'static str,
    pub fields: &'static [Field],
}

pub const POINT: &[Group] = &[
    Group {
        heading: "ui-profile-who",
        table: "",
        fields: &[
            text("region", "ui-profile-region"),
            text("point", "ui-profile-code"),
            text("station", "ui-profile-station"),
            text("name", "ui-profile-name"),
            text("address", "ui-profile-address"),
            text("subject", "ui-profile-subject"),
            text("time_zone", "ui-profile-time-zone"),
        ],
    },
    Group {
        heading: "ui-profile-forms",
        table: "forms",
        fields: &[choice_of("language", "ui-profile-forms-language", LANGUAGES)],
    },
    Group {
        heading: "ui-profile-window",
        table: "window",
        fields: &[choice_of("keyboard", "ui-settings-keyboard", KEYBOARD)],
    },
];

pub const SIGN_IN: &[Group] = &[Group {
    heading: "ui-profile-sign-in",
    table: "sign_in",
    fields: &[
        choice_of("first_pin", "ui-profile-first-pin", FIRST_PIN),
        optional_number("idle_minutes", "ui-profile-idle"),
    ],
}];

pub const TIMES: &[Group] = &[
    Group {
        heading: "ui-profile-exam",
        table: "timetable",
        fields: &[
            words("exams", "ui-profile-exams"),
            text("exam_start", "ui-profile-exam-start"),
            number("exam_minutes", "ui-profile-exam-minutes"),
            number("recording_after_minutes", "ui-profile-after-minutes"),
            number("outage_tolerance_minutes", "ui-profile-tolerance"),
        ],
    },
    Group {
        heading: "ui-profile-keep",
        table: "timetable",
        fields: &[
            optional("keep_until", "ui-profile-keep-until"),
            optional_number("keep_days_after_results", "ui-profile-keep-days"),
            optional_number("results_after_days", "ui-profile-results-days"),
        ],
    },
];

pub const LIMITS: &[Group] = &[
    Group {
        heading: "ui-profile-files",
        table: "recording",
        fields: &[number("segment_seconds", "ui-profile-segment"), number("part_max_mib", "ui-profile-part")],
    },
    Group {
        heading: "ui-profile-silent",
        table: "recording",
        fields: &[
            optional_number("silence_dbfs", "ui-profile-silence-level"),
            optional_number("silence_seconds", "ui-profile-lasts"),
        ],
    },
    Group {
        heading: "ui-profile-copies",
        table: "archive",
        fields: &[words("recipients", "ui-profile-recipients")],
    },
    Group {
        heading: "ui-profile-backups",
        table: "archive.backup",
        fields: &[optional("daily", "ui-profile-daily"), optional("cumulative", "ui-profile-cumulative")],
    },
    Group {
        heading: "ui-profile-signs",
        table: "archive",
        fields: &[
            word("countersignatures", "head", "ui-profile-signs-head"),
            word("countersignatures", "member", "ui-profile-signs-member"),
        ],
    },
];

/// A group of `[recording.health]`.
const fn health(heading: &'static str, fields: &'static [Field]) -> Group {
    Group { heading, table: "recording.health", fields }
}

pub const PICTURES: &[Group] = &[
    health("ui-profile-frozen", &[optional_number("frozen_seconds", "ui-profile-lasts")]),
    health(
        "ui-profile-black",
        &[
            optional_number("black_luma", "ui-profile-luma"),
            optional_number("black_seconds", "ui-profile-lasts"),
        ],
    ),
    health(
        "ui-profile-covered",
        &[
            optional_number("covered_percent", "ui-profile-covered-percent"),
            optional_number("covered_seconds", "ui-profile-lasts"),
        ],
    ),
    health(
        "ui-profile-moved",
        &[
            optional_number("moved_permille", "ui-profile-moved-permille"),
            optional_number("moved_seconds", "ui-profile-lasts"),
        ],
    ),
    health(
        "ui-profile-blurred",
        &[
            optional_number("blurred_percent", "ui-profile-blurred-percent"),
            optional_number("blurred_seconds", "ui-profile-lasts"),
        ],
    ),
    health(
        "ui-profile-overexposed",
        &[
            optional_number("overexposed_percent", "ui-profile-overexposed-percent"),
            optional_number("overexposed_seconds", "ui-profile-lasts"),
        ],
    ),
    health(
        "ui-profile-slow",
        &[
            optional_number("slow_percent", "ui-profile-slow-percent"),
            optional_number("slow_seconds", "ui-profile-lasts"),
        ],
    ),
    health(
        "ui-profile-findings",
        &[
            optional_number("well_seconds", "ui-profile-well"),
            optional_number("stills_a_day", "ui-profile-stills"),
        ],
    ),
];

pub const CHECKS: &[Group] = &[
    Group {
        heading: "check-clock",
        table: "checks.clock",
        fields: &[
            flag("must_be_kept", "ui-profile-clock-kept"),
            optional_number("max_offset_seconds", "ui-profile-clock-offset"),
        ],
    },
    Group {
        heading: "check-network",
        table: "checks.network",
        fields: &[
            choice_of("expected", "ui-profile-network-expected", NETWORK),
            names("adapters", "ui-profile-adapters"),
            words("addresses", "ui-profile-addresses"),
            optional("gateway", "ui-profile-gateway"),
        ],
    },
    Group {
        heading: "check-wireless",
        table: "checks.wireless",
        fields: &[
            choice_of("wifi", "ui-profile-wifi", RADIO),
            choice_of("bluetooth", "ui-profile-bluetooth", RADIO),
        ],
    },
    Group {
        heading: "check-antivirus",
        table: "checks.antivirus",
        fields: &[
            flag("required", "ui-profile-antivirus-required"),
            optional_number("max_age_days", "ui-profile-antivirus-age"),
            flag("try_sample", "ui-profile-antivirus-sample"),
        ],
    },
    Group {
        heading: "check-disk-health",
        table: "checks.disk_health",
        fields: &[
            optional_number("max_bad_sectors", "ui-profile-disk-sectors"),
            optional_number("max_celsius", "ui-profile-disk-celsius"),
            optional_number("max_worn_percent", "ui-profile-disk-worn"),
        ],
    },
    Group {
        heading: "check-memory-and-load",
        table: "checks.memory_and_load",
        fields: &[optional_number("max_celsius", "ui-profile-heat-celsius")],
    },
    Group {
        heading: "check-usb-media",
        table: "checks.usb_media",
        fields: &[
            names("allowed", "ui-profile-usb-allowed"),
            Field { key: "allowed", name: "ui-profile-usb-none", kind: FieldKind::EmptyList },
            optional_number("at_least", "ui-profile-usb-least"),
        ],
    },
    Group {
        heading: "check-target-medium",
        table: "checks.target_medium",
        fields: &[optional_number("min_kb_per_second", "ui-profile-target-speed")],
    },
    Group {
        heading: "check-ups",
        table: "checks.ups",
        fields: &[
            optional("name", "ui-profile-ups-name"),
            optional_number("min_minutes", "ui-profile-ups-minutes"),
            optional_number("min_charge_percent", "ui-profile-ups-charge"),
        ],
    },
    Group {
        heading: "check-printers",
        table: "checks.printers",
        fields: &[
            names("required", "ui-profile-printers-required"),
            optional_number("min_supply_percent", "ui-profile-printers-supply"),
        ],
    },
    Group {
        heading: "check-scanners",
        table: "checks.scanners",
        fields: &[
            optional_number("at_least", "ui-profile-scanners-least"),
            flag("test_scan", "ui-profile-scanners-test"),
        ],
    },
    Group {
        heading: "ui-screen-briefings",
        table: "briefings",
        fields: &[choice_of("unsigned", "ui-profile-unsigned", UNSIGNED)],
    },
];

pub const SOFTWARE: &[Group] = &[Group {
    heading: "check-software",
    table: "checks.software",
    fields: &[
        names("forbidden", "ui-profile-forbidden"),
        names("approved", "ui-profile-approved"),
        optional("approved_file", "ui-profile-approved-file"),
    ],
}];

const LANGUAGES: &[(&str, &str)] = &[("ru", "ui-settings-ru"), ("en", "ui-settings-en")];
const KEYBOARD: &[(&str, &str)] = &[
    ("touch", "ui-settings-keyboard-touch"),
    ("always", "ui-settings-keyboard-always"),
    ("never", "ui-settings-keyboard-never"),
];
const FIRST_PIN: &[(&str, &str)] =
    &[("witnessed", "ui-profile-first-pin-witnessed"), ("free", "ui-profile-first-pin-free")];
const NETWORK: &[(&str, &str)] = &[
    ("any", "ui-profile-network-any"),
    ("off", "ui-profile-network-off"),
    ("local", "ui-profile-network-local"),
    ("on", "ui-profile-network-on"),
];
const RADIO: &[(&str, &str)] = &[("off", "ui-profile-radio-off"), ("any", "ui-profile-radio-any")];
const UNSIGNED: &[(&str, &str)] =
    &[("warn", "ui-profile-unsigned-warn"), ("block", "ui-profile-unsigned-block")];

impl Group {
    /// The ways of its keys; one that has several fields comes as often.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        let above = self.above();
        self.fields.iter().map(move |field| format!("{above}{}", field.key))
    }

    /// With a dot at its end.
    fn above(&self) -> String {
        if self.table.is_empty() { String::new() } else { format!("{}.", self.table) }
    }

    pub fn show(&self, ui: &mut Ui, cx: &mut Cx<'_>, draft: &mut Draft) {
        named_card(ui, cx, |ui, cx| {
            heading(ui, cx.theme, &cx.t(self.heading));
            // What is wrong with the table itself, such as that it is missing.
            let of_table = |key: &str| !key.is_empty() && key == self.table;
            let own = draft.faults().iter().filter(|fault| of_table(&fault.spot.key));
            own.for_each(|fault| fault_line(ui, cx, &told(cx, fault)));
            let above = self.above();
            self.rows(ui, cx, draft, &above);
            // Of a list of which each word has a field they stand below all of them.
            let last = self.fields.last().filter(|last| matches!(last.kind, FieldKind::Word(_)));
            last.into_iter().for_each(|last| fault_lines(ui, cx, draft, &format!("{above}{}", last.key)));
        });
    }

    /// A field below the other; two numbers stand beside each other where there is room.
    fn rows(&self, ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft, above: &str) {
        let wide = ui.available_width() >= theme::STACKED_BELOW;
        let mut rest = self.fields;
        while let [first, after @ ..] = rest {
            match after {
                [second, after @ ..] if wide && first.is_number() && second.is_number() => {
                    ui.columns(2, |columns| {
                        let beside = columns.iter_mut().zip([first, second]);
                        beside.for_each(|(ui, field)| one(ui, cx, draft, above, field));
                    });
                    rest = after;
                }
                _ => {
                    one(ui, cx, draft, above, first);
                    rest = after;
                }
            }
        }
    }
}
