//! The Markdown that the guide is written in: headings, paragraphs, lists, tables; strong text and code.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A piece of text of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    /// What something in the window is called.
    Strong,
    /// To be typed as it is.
    Code,
}

/// A paragraph, a heading, a cell.
pub type Text = Vec<Run>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(Text),
    Paragraph(Text),
    Item {
        /// 0 for a list that is in no other.
        depth: usize,
        /// `1.` or `•`.
        mark: String,
        text: Text,
    },
    Table {
        head: Vec<Text>,
        rows: Vec<Vec<Text>>,
    },
}

impl Block {
    pub fn texts(&self) -> Vec<&Text> {
        match self {
            Self::Heading(text) | Self::Paragraph(text) | Self::Item { text, .. } => vec![text],
            Self::Table { head, rows } => head.iter().chain(rows.iter().flatten()).collect(),
        }
    }
}

/// All of it without its kinds.
pub fn plain(text: &Text) -> String {
    text.iter().map(|run| run.text.as_str()).collect()
}

/// The title of a chapter, and what follows it.
pub(super) fn read(markdown: &str) -> (String, Vec<Block>) {
    let mut reader = Reader::default();
    Parser::new_ext(markdown, Options::ENABLE_TABLES).for_each(|event| reader.take(event));
    (reader.title, reader.blocks)
}

#[derive(Default)]
struct Reader {
    title: String,
    blocks: Vec<Block>,
    /// What is being read.
    text: Text,
    strong: bool,
    /// The next number of each list around it; none where it has no numbers.
    lists: Vec<Option<u64>>,
    /// The mark of the item whose first paragraph is being read.
    mark: Option<String>,
    cells: Vec<Text>,
    rows: Vec<Vec<Text>>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Strong) => self.strong = true,
            Event::End(TagEnd::Strong) => self.strong = false,
            Event::Start(Tag::List(first)) => {
                self.end_item();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => drop(self.lists.pop()),
            Event::Start(Tag::Item) => self.mark = Some(self.next_mark()),
            Event::End(TagEnd::Item) => self.end_item(),
            Event::End(TagEnd::Heading(_)) if self.title.is_empty() => {
                self.title = plain(&std::mem::take(&mut self.text));
            }
            Event::End(TagEnd::Heading(_)) => {
                let text = std::mem::take(&mut self.text);
                self.blocks.push(Block::Heading(text));
            }
            Event::End(TagEnd::Paragraph) if self.lists.is_empty() => {
                let text = std::mem::take(&mut self.text);
                self.blocks.push(Block::Paragraph(text));
            }
            Event::End(TagEnd::Paragraph) => self.end_item(),
            Event::End(TagEnd::TableCell) => self.cells.push(std::mem::take(&mut self.text)),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                self.rows.push(std::mem::take(&mut self.cells));
            }
            Event::End(TagEnd::Table) => {
                let mut rows = std::mem::take(&mut self.rows).into_iter();
                let head = rows.next().unwrap_or_default();
                self.blocks.push(Block::Table { head, rows: rows.collect() });
            }
            Event::Text(text) => self.push(&text, self.kind()),
            Event::Code(text) => self.push(&text, Kind::Code),
            Event::SoftBreak | Event::HardBreak => self.push(" ", self.kind()),
            _ => {}
        }
    }

    fn kind(&self) -> Kind {
        if self.strong { Kind::Strong } else { Kind::Plain }
    }

    fn push(&mut self, text: &str, kind: Kind) {
        match self.text.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => self.text.push(Run { text: text.to_owned(), kind }),
        }
    }

    fn next_mark(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}.");
                *number += 1;
                mark
            }
            _ => "•".to_owned(),
        }
    }

    /// The item's text is over; a second paragraph has no mark.
    fn end_item(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.is_empty() {
            let (depth, mark) = (self.lists.len().saturating_sub(1), self.mark.take().unwrap_or_default());
            self.blocks.push(Block::Item { depth, mark, text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_read_into_its_blocks() {
        let (title, blocks) =
            read("# T\n\nA **B** `c`\nd\n\n1. x\n   - y\n2. z\n\n## H\n\n| a | b |\n|---|---|\n| c | d |\n");
        let text = |text: &str| vec![Run { text: text.to_owned(), kind: Kind::Plain }];
        let item = |depth, mark: &str, words| Block::Item { depth, mark: mark.to_owned(), text: text(words) };
        let run = |text: &str, kind| Run { text: text.to_owned(), kind };
        assert_eq!(title, "T");
        let (plain, strong, code) = (Kind::Plain, Kind::Strong, Kind::Code);
        let paragraph = [("A ", plain), ("B", strong), (" ", plain), ("c", code), (" d", plain)];
        let expected = vec![
            Block::Paragraph(paragraph.map(|(text, kind)| run(text, kind)).to_vec()),
            item(0, "1.", "x"),
            item(1, "•", "y"),
            item(0, "2.", "z"),
            Block::Heading(text("H")),
            Block::Table { head: vec![text("a"), text("b")], rows: vec![vec![text("c"), text("d")]] },
        ];
        assert_eq!(blocks, expected);
    }
}
