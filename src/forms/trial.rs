//! A form for tests.

use super::{Catalogue, Definition, Kind, TableEntry};

pub static CATALOGUE: Catalogue = Catalogue {
    id: "trial",
    fields: &[("point", Kind::Text), ("head", Kind::Text)],
    tables: &[TableEntry {
        id: "rows",
        columns: &[
            ("at", Kind::Moment),
            ("name", Kind::Text),
            ("count", Kind::Number),
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
notes = [{ ru = "Конец.", en = "The end." }]
signers = [{ ru = "Руководитель", en = "Head", name = "head" }]

[words]
passed = { ru = "пройдено", en = "passed" }

[[tables]]
id = "rows"
empty = { ru = "Записей нет", en = "No entries" }
numbered = true
columns = [
    { kind = "number", width = 4, ru = "№", en = "No" },
    { id = "at", kind = "date", width = 9, group = { ru = "Когда", en = "When" }, ru = "Дата", en = "Date" },
    { id = "at", kind = "time", width = 8, group = { ru = "Когда", en = "When" }, ru = "Время", en = "Time" },
    { id = "name", width = 30, ru = "Фамилия, имя, отчество", en = "Name" },
    { id = "count", width = 8, ru = "Число", en = "Count" },
    { id = "outcome", width = 10, ru = "Итог", en = "Outcome" },
    { id = "seen", width = 6, ru = "Видно", en = "Seen" },
    { id = "typed", width = 6, ru = "Записано", en = "Typed" },
    { kind = "signature", width = 10, ru = "Подпись", en = "Signature" },
]
"#;

pub fn definition() -> Definition {
    Definition::read(TEXT, "trial.toml", &CATALOGUE).unwrap()
}
