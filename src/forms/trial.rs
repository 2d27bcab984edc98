//! A form of its own for tests, so that the built-in ones may change; `tests/forms` reads this file too.

use chrono::{DateTime, FixedOffset};

use crate::forms::{Catalogue, Cell, Definition, FormData, Kind, Origin, Sheet, TableEntry};
use crate::i18n::{Language, Texts};

pub static CATALOGUE: Catalogue = Catalogue {
    id: "trial",
    fields: &[("point", Kind::Text), ("head", Kind::Text)],
    tables: &[TableEntry {
        id: "rows",
        columns: &[
            ("at", Kind::Moment),
            ("name", Kind::Text),
            ("count", Kind::Number),
            ("share", Kind::Number),
            ("outcome", Kind::Word),
            ("seen", Kind::YesNo),
            ("typed", Kind::Clock),
        ],
    }],
    words: &["passed"],
};

pub const TEXT: &str = r#"
id = "trial"
version = 3
orientation = "landscape"
title = { ru = "Пробная форма", en = "Trial form" }
fields = [{ id = "point", ru = "ППЭ", en = "Exam point" }]
text = [{ ru = "Составлено в {point}.", en = "Made at {point}." }]
notes = [{ ru = "Конец формы.", en = "The end." }]
signers = [
    { ru = "Руководитель ППЭ", en = "Head", name = "head" },
    { ru = "Член ГЭК", en = "Member" },
]

[words]
passed = { ru = "пройдено", en = "passed" }

[[tables]]
id = "rows"
empty = { ru = "Записей нет", en = "No entries" }
numbered = true
columns = [
    { kind = "number", width = 5, ru = "№", en = "No" },
    { id = "at", kind = "date", width = 9, group = { ru = "Когда", en = "When" }, ru = "Дата", en = "Date" },
    { id = "at", kind = "time", width = 8, group = { ru = "Когда", en = "When" }, ru = "Время", en = "Time" },
    { id = "name", width = 30, ru = "Фамилия, имя, отчество", en = "Name" },
    { id = "count", width = 8, ru = "Число", en = "Count" },
    { id = "share", width = 8, ru = "Доля, %", en = "Share, %" },
    { id = "outcome", width = 10, ru = "Итог", en = "Outcome" },
    { id = "seen", width = 7, ru = "Видно", en = "Seen" },
    { id = "typed", width = 8, ru = "Записано", en = "Typed" },
    { kind = "signature", width = 10, ru = "Подпись", en = "Signature" },
]
"#;

pub fn definition(orientation: &str) -> Definition {
    let text = TEXT.replace("\"landscape\"", &format!("{orientation:?}"));
    Definition::read(&text, "trial.toml", &CATALOGUE).unwrap()
}

fn at() -> DateTime<FixedOffset> {
    "2026-05-29T08:12:03+03:00".parse().unwrap()
}

/// One row a name.
pub fn data<T: AsRef<str>>(names: &[T]) -> FormData {
    let (of, head) = ("77-0101-2026-05-29-main".into(), "K7QD-2M9X-RT4W-0FHE".into());
    let mut data = FormData::new(&CATALOGUE, Origin { of, records: 4711, head, at: at() });
    data.set("point", "Школа № 101");
    data.set("head", "Берёзкина А. С.");
    for (count, name) in (1_u32..).zip(names) {
        let row = [
            at().into(),
            Cell::text(name.as_ref()),
            (count * 1000).into(),
            Cell::Number { value: 9987, digits: 2 },
            Cell::Word("passed"),
            true.into(),
            Cell::clock("08:15"),
        ];
        data.push("rows", row);
    }
    data
}

/// Hands the sheet of these rows on.
pub fn with_sheet<T>(
    names: &[impl AsRef<str>],
    orientation: &str,
    language: Language,
    use_it: impl FnOnce(Sheet<'_>) -> T,
) -> T {
    let (definition, data, texts) = (definition(orientation), data(names), Texts::load(language));
    use_it(Sheet::new(&definition, &data, &texts).unwrap())
}
