//! The house's rules that no compiler holds: who imports whom, how long a file may be, where async,
//! the window's library and `unwrap` may stand. The table below is the one of `src/lib.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms that import each other and that every room may import.
const GROUND: [&str; 10] =
    ["briefing", "checklist", "clock", "durable", "i18n", "point", "qr", "signing", "tables", "time_zone"];

/// What each room may import besides the ground and itself. `room::module` lets in that module alone,
/// and what the room's `mod.rs` re-exports from it; `journal`'s events are such.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("journal", &[]),
    ("camera", &[]),
    ("checks", &["journal::event"]),
    ("day", &["journal::event", "journal::record"]),
    ("recording", &["camera", "journal::event"]),
    ("archive", &["journal", "recording::index", "recording::inspect"]),
    ("playback", &["recording", "archive"]),
    ("forms", &[]),
    ("station", &["archive", "camera", "checks", "day", "forms", "journal", "playback", "recording"]),
    ("review", &["archive", "journal", "forms", "station::papers", "station::printing", "station::wording"]),
    (
        "ui",
        &[
            "station::client",
            "station::protocol",
            "station::wording",
            "day",
            "journal::event",
            "journal::record",
            "archive::place",
            "archive::verdict",
            "archive::verify",
            "playback",
            "review",
        ],
    ),
];

/// A file longer than this wants to be two.
const MAX_LINES: usize = 450;

/// One file of `src`.
struct Source {
    /// Under `src`, with `/` between.
    name: String,
    /// The way to its module, such as `["camera", "usb", "capture"]`; the first is its room.
    module: Vec<String>,
    lines: usize,
    /// Without comments and without the tests at its end.
    code: String,
    /// Modules in files of their own that it declares under `#[cfg(test)]`.
    test_modules: Vec<Vec<String>>,
    /// It, or a module that it belongs to, is declared so.
    tests_only: bool,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    assert!(found.len() > 20, "the scan finds the sources");
    let test_modules: Vec<_> = found.iter().flat_map(|source| source.test_modules.clone()).collect();
    for source in &mut found {
        source.tests_only = test_modules.iter().any(|module| source.module.starts_with(module));
    }
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(Source::read(root, &path));
        }
    }
}

impl Source {
    fn read(root: &Path, path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let relative = path.strip_prefix(root).unwrap();
        let name = relative.to_str().unwrap().replace('\\', "/");
        let mut module: Vec<String> = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if module.last().is_some_and(|last| last == "mod") {
            module.pop();
        }
        let lines: Vec<&str> = text.lines().collect();
        let declared = lines.windows(2).filter_map(|two| {
            let under_test = two[0].trim().starts_with("#[cfg(") && two[0].contains("test");
            let name =
                two[1].trim().trim_start_matches("pub(crate) ").strip_prefix("mod ")?.strip_suffix(';')?;
            under_test.then(|| [module.as_slice(), &[name.to_owned()]].concat())
        });
        let test_modules = declared.collect();
        Self { lines: lines.len(), code: without_tests(&text), name, module, test_modules, tests_only: false }
    }

    fn room(&self) -> &str {
        &self.module[0]
    }

    /// Every path it names from the crate's root, `super` included: `["journal", "Event"]`.
    fn imports(&self) -> BTreeSet<Vec<String>> {
        let mut imports = BTreeSet::new();
        for at in places(&self.code, "crate::") {
            imports.extend(tree(&self.code[at + "crate::".len()..]).0);
        }
        // `super` leaves the module it stands in, `super::super` its parent too, and so on.
        for at in places(&self.code, "super::").filter(|at| !self.code[..*at].ends_with("super::")) {
            let mut rest = &self.code[at..];
            let mut up = 0;
            while let Some(after) = rest.strip_prefix("super::") {
                (rest, up) = (after, up + 1);
            }
            let base = &self.module[..self.module.len().saturating_sub(up)];
            imports.extend(tree(rest).0.into_iter().map(|path| [base, path.as_slice()].concat()));
        }
        imports
    }
}

/// Lines of comments out; what follows `#[cfg(test)] mod tests {` at the end, too.
fn without_tests(text: &str) -> String {
    let code = text.find("mod tests {").map_or(text, |at| match text[..at].rfind("#[cfg(") {
        Some(attribute) if text[attribute..at].lines().count() <= 2 => &text[..attribute],
        _ => text,
    });
    code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

/// Where `word` begins and is not the end of a longer word.
fn places<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word).map(|(at, _)| at).filter(|at| {
        !code[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '$')
    })
}

/// The paths of a `use` tree (or of an expression's path) at the text's beginning, and what follows.
fn tree(text: &str) -> (Vec<Vec<String>>, &str) {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        let mut paths = Vec::new();
        loop {
            rest = rest.trim_start().trim_start_matches(',').trim_start();
            if let Some(after) = rest.strip_prefix('}') {
                return (paths, after);
            }
            let (more, after) = tree(rest);
            assert!(after.len() < rest.len(), "a use tree: {rest:.40}");
            paths.extend(more);
            rest = after;
        }
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '*').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if name == "self" {
        return (vec![Vec::new()], rest);
    }
    let head = vec![name.to_owned()];
    match rest.strip_prefix("::") {
        Some(after) if !after.starts_with('<') => {
            let (tails, rest) = tree(after);
            (tails.into_iter().map(|tail| [head.as_slice(), &tail].concat()).collect(), rest)
        }
        _ => (vec![head], skip_renaming(rest)),
    }
}

fn skip_renaming(rest: &str) -> &str {
    match rest.trim_start().strip_prefix("as ") {
        Some(after) => after.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == ' '),
        None => rest,
    }
}

/// What a room's `mod.rs` re-exports, by the module it comes from.
fn re_exports(sources: &[Source], room: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut exports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.module == [room]) {
        for at in places(&source.code, "pub use ") {
            for path in tree(source.code[at + "pub use ".len()..].trim_start_matches("self::")).0 {
                if let [module, names @ ..] = path.as_slice() {
                    exports.entry(module.clone()).or_default().extend(names.iter().cloned());
                }
            }
        }
    }
    exports
}

#[test]
fn rooms_import_only_whom_they_may() {
    let sources = sources();
    let rooms: BTreeSet<&str> =
        sources.iter().map(Source::room).filter(|room| !["lib", "main"].contains(room)).collect();
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| !source.tests_only) {
        let allowed: &[&str] = match source.room() {
            // The command line may use everything; the crate's root only lists the rooms.
            "cli" | "lib" | "main" => continue,
            room if GROUND.contains(&room) => &[],
            room => match MAY_IMPORT.iter().find(|(name, _)| *name == room) {
                Some((_, allowed)) => allowed,
                None => panic!("{}: the room {room} is not in the table", source.name),
            },
        };
        for import in source.imports() {
            let Some(room) = import.first().filter(|room| rooms.contains(room.as_str())) else { continue };
            let second = import.get(1).map_or("", String::as_str);
            let lets_in = |entry: &&&str| match entry.split_once("::") {
                None => *entry == room,
                Some((of, module)) => {
                    let named = || re_exports(&sources, of).get(module).is_some_and(|n| n.contains(second));
                    of == room && (second == module || named())
                }
            };
            let fine = room == source.room()
                || GROUND.contains(&room.as_str())
                || allowed.iter().find(lets_in).is_some();
            if !fine {
                broken.push(format!("{} imports {}", source.name, import.join("::")));
            }
        }
    }
    assert!(broken.is_empty(), "against the table:\n{}", broken.join("\n"));
}

/// Faults every file outside `homes` whose code has one of the words.
fn only_in(homes: &[&str], words: &[&str]) {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !homes.iter().any(|home| source.name.starts_with(home))) {
        for word in words {
            let whole = |at: usize| {
                !source.code[at + word.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
            };
            if places(&source.code, word).any(whole) {
                broken.push(format!("{} says {word}", source.name));
            }
        }
    }
    assert!(broken.is_empty(), "only {homes:?} may:\n{}", broken.join("\n"));
}

#[test]
fn the_window_s_library_stays_in_the_window() {
    only_in(&["ui/", "cli/window.rs", "main.rs"], &["egui", "eframe", "egui_extras", "winit"]);
}

#[test]
fn async_stays_with_the_network_cameras() {
    only_in(&["camera/rtsp"], &["tokio", "async", "await", "futures"]);
}

#[test]
fn the_clock_and_the_environment_are_read_in_one_place() {
    // tokio's own instant is what its timers count in.
    only_in(&["clock.rs", "camera/rtsp"], &["SystemTime::now", "Instant::now", "Utc::now", "Local::now"]);
    only_in(&["cli/", "main.rs"], &["env::var", "env::var_os", "env::vars", "env::args"]);
}

#[test]
fn colours_come_from_the_theme() {
    only_in(&["ui/theme"], &["Color32::from_rgb", "Color32::from_rgba_unmultiplied", "Color32::from_gray"]);
}

#[test]
fn nothing_panics_on_what_it_is_given() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !source.tests_only) {
        for word in [".unwrap()", ".unwrap_err()", "panic!(", "todo!(", "unimplemented!("] {
            if source.code.contains(word) {
                broken.push(format!("{} says {word}", source.name));
            }
        }
    }
    assert!(broken.is_empty(), "only tests may:\n{}", broken.join("\n"));
}

#[test]
fn files_stay_short() {
    let long: Vec<_> = sources()
        .iter()
        .filter(|source| source.lines > MAX_LINES)
        .map(|source| format!("{}: {}", source.name, source.lines))
        .collect();
    assert!(long.is_empty(), "over {MAX_LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn the_map_of_the_house_names_every_room() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for source in sources().iter().filter(|source| source.module.len() == 1) {
        let room = source.room();
        let listed =
            map.lines().any(|line| line.starts_with("//! |") && line.contains(&format!("[`{room}`]")));
        assert!(listed || ["lib", "main"].contains(&room), "{room} is not in the table of src/lib.rs");
    }
}

#[test]
fn the_scan_understands_what_it_reads() {
    let paths = |text: &str| tree(text).0.iter().map(|path| path.join("::")).collect::<Vec<_>>();
    assert_eq!(paths("a::{b, c::{self, D as E}, f::*};"), ["a::b", "a::c", "a::c::D", "a::f::*"]);
    assert_eq!(paths("a::b::<T>(x)"), ["a::b"]);
    let code =
        without_tests("use super::super::x::Y;\n// crate::no\n#[cfg(test)]\nmod tests {\n crate::no }\n");
    let module = ["r", "s", "t"].map(str::to_owned).to_vec();
    let source =
        Source { name: String::new(), module, lines: 0, code, test_modules: Vec::new(), tests_only: false };
    assert_eq!(source.imports(), BTreeSet::from([["r", "x", "Y"].map(str::to_owned).to_vec()]));
}
