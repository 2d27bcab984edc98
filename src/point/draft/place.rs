//! The way to a value in a document, and the lists of tables in it: written as `[[name]]`, or in brackets.

use toml_edit::{ArrayOfTables, InlineTable, Item, Table, TableLike, Value};

use super::Kind;

/// A step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'k> {
    Key(&'k str),
    /// A table of the list, counted from 0.
    Entry(usize),
}

/// The way of a key as faults name it. A number that is none leads nowhere.
pub(super) fn steps(key: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in key.split('.') {
        match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
            Some((name, number)) => {
                let entry = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                steps.extend([Step::Key(name), Step::Entry(entry.unwrap_or(usize::MAX))]);
            }
            None => steps.push(Step::Key(part)),
        }
    }
    steps
}

pub(super) fn item<'t>(root: &'t dyn TableLike, way: &[Step<'_>]) -> Option<&'t Item> {
    match way {
        [Step::Key(name)] => root.get(name),
        [Step::Key(name), Step::Entry(entry), rest @ ..] => {
            let table: &dyn TableLike = match root.get(name)? {
                Item::ArrayOfTables(tables) => tables.get(*entry)?,
                Item::Value(Value::Array(values)) => values.get(*entry)?.as_inline_table()?,
                _ => return None,
            };
            item(table, rest)
        }
        [Step::Key(name), rest @ ..] => item(root.get(name)?.as_table_like()?, rest),
        _ => None,
    }
}

/// The table at the end of the way; those that are missing are made, but for those of lists.
pub(super) fn table_mut<'t>(root: &'t mut dyn TableLike, way: &[Step<'_>]) -> Option<&'t mut dyn TableLike> {
    match way {
        [] => Some(root),
        [Step::Key(name), Step::Entry(entry), rest @ ..] => {
            let table: &mut dyn TableLike = match root.get_mut(name)? {
                Item::ArrayOfTables(tables) => tables.get_mut(*entry)?,
                Item::Value(Value::Array(values)) => values.get_mut(*entry)?.as_inline_table_mut()?,
                _ => return None,
            };
            table_mut(table, rest)
        }
        [Step::Key(name), rest @ ..] => {
            let missing = || {
                let mut table = Table::new();
                // Nothing but further tables will stand in it: it needs no head of its own.
                table.set_implicit(!rest.is_empty());
                Item::Table(table)
            };
            table_mut(root.entry(name).or_insert_with(missing).as_table_like_mut()?, rest)
        }
        _ => None,
    }
}

/// Adds a table with these values at the end of the list, which is made if it is missing.
pub(super) fn add(root: &mut dyn TableLike, list: &str, values: &[(&str, &str, Kind)]) -> Option<()> {
    let values = values.iter().map(|(name, text, kind)| (*name, kind.value(text)));
    let steps = steps(list);
    let (Step::Key(name), way) = steps.split_last()? else { return None };
    let above = table_mut(root, way)?;
    match above.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())) {
        Item::ArrayOfTables(tables) => {
            let mut table = Table::new();
            values.for_each(|(name, value)| drop(table.insert(name, Item::Value(value))));
            if !tables.is_empty() {
                table.decor_mut().set_prefix("\n");
            }
            tables.push(table);
        }
        Item::Value(Value::Array(array)) => {
            let last = array.len().checked_sub(1).and_then(|last| array.get(last));
            let prefix = last.and_then(|last| last.decor().prefix()?.as_str()).unwrap_or_default().to_owned();
            // A comment before the last one is about that one.
            let indent =
                prefix.rsplit_once('\n').map_or_else(|| prefix.clone(), |(_, end)| format!("\n{end}"));
            let mut table = InlineTable::new();
            values.for_each(|(name, value)| drop(table.insert(name, value)));
            let mut value = Value::InlineTable(table);
            value.decor_mut().set_prefix(indent);
            array.push_formatted(value);
        }
        _ => return None,
    }
    Some(())
}

/// Takes the table out of the list, counted from 1. A list of `[[tables]]` that gets empty goes, and with it the
/// table that held nothing else.
pub(super) fn remove(root: &mut dyn TableLike, list: &str, number: usize) -> Option<()> {
    let entry = number.checked_sub(1)?;
    let steps = steps(list);
    let (Step::Key(name), way) = steps.split_last()? else { return None };
    let above = table_mut(root, way)?;
    match above.get_mut(name)? {
        Item::ArrayOfTables(tables) if entry < tables.len() => {
            let removed = tables.remove(entry);
            let said = removed.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
            if let Some(next) = tables.get_mut(0).filter(|_| entry == 0) {
                let own = next.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
                let both = format!("{said}{}", own.trim_start_matches('\n'));
                next.decor_mut().set_prefix(both);
            }
            if !tables.is_empty() {
                return Some(());
            }
        }
        Item::Value(Value::Array(values)) if entry < values.len() => {
            values.remove(entry);
            return Some(());
        }
        _ => return None,
    }
    above.remove(name);
    if above.is_empty()
        && let Some((Step::Key(held), way)) = way.split_last()
    {
        table_mut(root, way)?.remove(held);
    }
    Some(())
}
