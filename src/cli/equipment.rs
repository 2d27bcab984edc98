//! `invigil equipment`: the register of equipment as tables.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

use super::asking::Asking;
use super::{Context, Failure, code};
use crate::day::{Card, Such, inventory_table};
use crate::i18n::Message;
use crate::journal::{Item, ItemState};
use crate::point::{InventoryNumber, PersonId};
use crate::station::protocol::{Answer, Command, InventoryCommand, InventoryPage, ItemsPut};

/// A longer file is no table of equipment.
const MOST_BYTES: u64 = 64 << 20;
/// Bytes of pieces in one request; a request has room for twice as much.
const REQUEST_BYTES: usize = 32 * 1024;
/// Pieces asked for at once.
const PAGE: u32 = 200;

/// The register of equipment: take it over from a table, look into it, write it as a table, count
///
/// Reads the person's PIN as one line from standard input. The station has to run.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: invigil equipment --person technician import school.csv")]
pub struct Args {
    /// Who does it, by the id in the profile
    #[arg(long, value_name = "ID")]
    person: PersonId,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Take over a table with a head: XLSX, or CSV in UTF-8 or Windows-1251; exit code 39 and every fault with its line
    ///
    /// Columns: inventory number, kind; if there: serial number, name, place, holder, state, role. A piece
    /// that is known already is as the table has it from then on.
    #[command(after_help = "Example: invigil equipment --person technician import school.xlsx")]
    Import { file: PathBuf },
    /// Write the register as XLSX, if the file's name ends so, else as CSV
    #[command(after_help = "Example: invigil equipment --person technician export register.xlsx")]
    Export {
        /// A new file, or - for the standard output (CSV)
        file: PathBuf,
    },
    /// List what has all these words in it
    #[command(after_help = "Example: invigil equipment --person technician list камера 0003")]
    List {
        words: Vec<String>,
        /// Only what could take another's place
        #[arg(long)]
        reserve: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Count: the numbers found, one a line of FILE (as a scanner writes them); tells what is missing
    #[command(after_help = "Example: invigil equipment --person technician count found.txt")]
    Count { file: PathBuf },
}

pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    // What is wrong with a file is told before anybody types a PIN.
    let import = match &args.action {
        Action::Import { file } => Some(items(file)?),
        _ => None,
    };
    let found = match &args.action {
        Action::Count { file } => numbers(file)?,
        _ => Vec::new(),
    };
    let mut station = Asking::open(context)?;
    station.sign_in(args.person)?;
    match args.action {
        Action::Import { .. } => {
            let put = put(&mut station, import.unwrap_or_default())?;
            let told =
                Message::new("inventory-imported").with("added", put.added).with("changed", put.changed);
            context.say_message(&told.with("same", put.same))?;
        }
        Action::Export { file } => export(&mut station, &file, context)?,
        Action::List { words, reserve, json } => {
            let such = if reserve { Such::Reserve } else { Such::All };
            let cards = all(&mut station, such, &words.join(" "))?;
            if json {
                context.say_json(&cards)?;
            } else {
                cards.iter().try_for_each(|card| tell(context, card))?;
            }
        }
        Action::Count { .. } => count(&mut station, found, context)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn items(file: &Path) -> Result<Vec<Item>, Failure> {
    inventory_table::items_of(&bytes_of(file)?).map_err(|faults| {
        let about = Message::new("inventory-faults").with("file", file.display().to_string());
        Failure { details: faults.clone(), ..Failure::new(code::TABLE, about.with("count", faults.len())) }
    })
}

fn numbers(file: &Path) -> Result<Vec<InventoryNumber>, Failure> {
    let text = String::from_utf8_lossy(&bytes_of(file)?).into_owned();
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(at, line): (usize, &str)| {
        line.trim().parse::<InventoryNumber>().map_err(|_| {
            let shown: String = line.chars().filter(|c| !c.is_control()).take(40).collect();
            let fault = Message::new("inventory-number").with("line", at + 1).with("number", shown);
            Failure::new(code::TABLE, fault)
        })
    };
    lines.map(read).collect()
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, Failure> {
    let about = |id: &str| Message::new(id).with("file", file.display().to_string());
    let unreadable = |error: std::io::Error| {
        Failure::new(code::TABLE, about("file-unreadable").with("detail", error.to_string()))
    };
    // Asked first: opening a pipe would wait for somebody to write into it.
    if !std::fs::metadata(file).map_err(unreadable)?.is_file() {
        return Err(Failure::new(code::TABLE, about("file-not-ordinary")));
    }
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|opened| opened.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    if read.map_err(unreadable)? as u64 > MOST_BYTES {
        return Err(Failure::new(code::TABLE, about("inventory-file-too-long")));
    }
    Ok(bytes)
}

/// In as many requests as it takes; each is whole, and what is there already changes nothing.
fn put(station: &mut Asking, items: Vec<Item>) -> anyhow::Result<ItemsPut> {
    let mut sum = ItemsPut::default();
    let mut items = items.into_iter().peekable();
    while items.peek().is_some() {
        let mut bytes = 0;
        let mut some = Vec::new();
        while let Some(item) = items.next_if(|_| bytes < REQUEST_BYTES) {
            bytes += serde_json::to_vec(&item)?.len();
            some.push(item);
        }
        let answer = station.ask_for(Command::Inventory(InventoryCommand::Put { items: some }))?;
        if let Answer::ItemsPut(put) = answer {
            sum.added += put.added;
            sum.changed += put.changed;
            sum.same += put.same;
        }
    }
    Ok(sum)
}

fn page(station: &mut Asking, such: Such, words: &str, from: u32) -> anyhow::Result<InventoryPage> {
    let words = words.to_owned();
    let list = InventoryCommand::List { such, words, from, count: PAGE };
    match station.ask_for(Command::Inventory(list))? {
        Answer::Inventory(page) => Ok(*page),
        _ => Ok(InventoryPage::default()),
    }
}

fn all(station: &mut Asking, such: Such, words: &str) -> anyhow::Result<Vec<Card>> {
    let mut cards = Vec::new();
    loop {
        let page = page(station, such, words, u32::try_from(cards.len())?)?;
        let matching = page.matching;
        if page.cards.is_empty() {
            return Ok(cards);
        }
        cards.extend(page.cards);
        if cards.len() >= matching {
            return Ok(cards);
        }
    }
}

fn export(station: &mut Asking, file: &Path, context: &Context) -> anyhow::Result<()> {
    let cards = all(station, Such::All, "")?;
    let language = context.texts.language();
    if file == Path::new("-") {
        let table = inventory_table::csv_of(&cards, language);
        context.say(table.trim_end_matches("\r\n"))?;
        return Ok(());
    }
    let not_written = |detail: String| {
        let about = Message::new("inventory-not-written").with("file", file.display().to_string());
        Failure::new(code::FILES, about.with("detail", detail))
    };
    let table = match file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        true => inventory_table::xlsx_of(&cards, language).map_err(not_written)?,
        false => inventory_table::csv_of(&cards, language).into_bytes(),
    };
    let written = File::create_new(file).and_then(|mut file| file.write_all(&table));
    written.map_err(|error| not_written(error.to_string()))?;
    let told = Message::new("inventory-exported").with("count", cards.len());
    context.say_message(&told.with("file", file.display().to_string()))?;
    Ok(())
}

fn count(station: &mut Asking, found: Vec<InventoryNumber>, context: &Context) -> anyhow::Result<()> {
    // One that was begun and not ended goes on.
    let counting = page(station, Such::All, "", 0)?.counting.is_some();
    if !counting {
        station.ask(Command::Inventory(InventoryCommand::BeginCount))?;
    }
    // A number takes 43 bytes at the most, letters of two bytes twice that.
    for numbers in found.chunks(REQUEST_BYTES / 100) {
        station.ask(Command::Inventory(InventoryCommand::Found { numbers: numbers.to_vec() }))?;
    }
    let missing = all(station, Such::Uncounted, "")?;
    station.ask(Command::Inventory(InventoryCommand::EndCount))?;
    let told = Message::new("inventory-counted").with("found", found.len()).with("missing", missing.len());
    context.say_message(&told)?;
    Ok(missing.iter().try_for_each(|card| tell(context, card))?)
}

fn tell(context: &Context, card: &Card) -> std::io::Result<()> {
    let Item { number, serial: _, kind, name, place, holder, state, role: _ } = &card.item;
    let state = match state {
        ItemState::InUse => "in-use",
        ItemState::Reserve => "reserve",
        ItemState::Repair => "repair",
        ItemState::WrittenOff => "written-off",
    };
    let state = context.texts.message(&Message::new("inventory-state").with("state", state));
    let texts = [number.as_str(), kind, name, place, holder, &state];
    let told: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    context.say(told.join("  "))
}
