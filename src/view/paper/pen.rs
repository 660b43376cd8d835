//! Writes blocks and sentences.

use super::block::{Block, Body, Item, Run, Table};

/// Puts blocks one after the other.
#[derive(Default)]
pub struct Pen {
    blocks: Vec<Block>,
    /// Stands before the ids of one paper of a batch.
    batch: String,
}

impl Pen {
    /// A new paper of a batch: ids that follow begin with its own.
    pub fn begin(&mut self, id: &str) {
        if !self.blocks.is_empty() {
            self.put("break", Body::Break);
        }
        self.batch = format!("{id}.");
    }

    fn put(&mut self, id: &str, body: Body) {
        self.blocks.push(Block {
            id: format!("{}{id}", self.batch),
            body,
        });
    }

    /// The title.
    pub fn title(&mut self, text: impl Into<String>) {
        self.put("title", Body::Title(text.into()));
    }

    /// The number of the document.
    pub fn number(&mut self, text: impl Into<String>) {
        self.put("number", Body::Number(text.into()));
    }

    /// Whom it is for.
    pub fn addressee(&mut self, text: impl Into<String>) {
        self.put("addressee", Body::Addressee(text.into()));
    }

    /// A heading of level 1 to 4.
    pub fn heading(&mut self, level: u8, id: &str, text: impl Into<String>) {
        self.put(id, Body::Heading(level, text.into()));
    }

    /// A paragraph; nothing where there are no words.
    pub fn say(&mut self, id: &str, say: Say) {
        if !say.0.is_empty() {
            self.put(id, Body::Paragraph(say.0));
        }
    }

    /// A paragraph of words alone.
    pub fn text(&mut self, id: &str, text: impl Into<String>) {
        self.put(id, Body::Paragraph(vec![Run::plain(text)]));
    }

    /// Entries with their ids; nothing where there are none.
    pub fn list(&mut self, id: &str, items: Vec<(String, Say)>) {
        let batch = &self.batch;
        let items: Vec<Item> = items
            .into_iter()
            .map(|(id, say)| Item {
                id: format!("{batch}{id}"),
                runs: say.0,
            })
            .collect();
        if !items.is_empty() {
            self.put(id, Body::List(items));
        }
    }

    /// A table; nothing where there are no rows.
    pub fn table(&mut self, id: &str, head: &[&str], widths: &[u16], rows: Vec<Vec<Run>>) {
        self.form(id, head, widths, rows, 0);
    }

    /// A table whose rows leave room for the pen: at least so many tenths of a millimetre.
    pub fn form(&mut self, id: &str, head: &[&str], widths: &[u16], rows: Vec<Vec<Run>>, room: u16) {
        if rows.is_empty() {
            return;
        }
        self.put(
            id,
            Body::Table(Table {
                head: head.iter().map(|name| (*name).to_owned()).collect(),
                widths: widths.to_vec(),
                rows,
                room,
            }),
        );
    }

    /// A place for a picture, with what stands below.
    pub fn picture(&mut self, id: &str, source: String, caption: &str) {
        self.put(id, Body::Picture(source, caption.to_owned()));
    }

    /// Lines to write on.
    pub fn lines(&mut self, id: &str, count: u8) {
        self.put(id, Body::Lines(count));
    }

    /// What is attached.
    pub fn attached(&mut self, items: &[&str]) {
        self.put(
            "attached",
            Body::Attachments(items.iter().map(|i| (*i).to_owned()).collect()),
        );
    }

    /// What is attached begins on a page of its own.
    pub fn annex(&mut self, id: &str, title: impl Into<String>) {
        self.page(&format!("{id}.page"));
        self.put(id, Body::Annex(title.into()));
    }

    /// A new page of the same paper begins.
    pub fn page(&mut self, id: &str) {
        self.put(id, Body::Page);
    }

    /// Who signs, and the day.
    pub fn signed(&mut self, who: impl Into<String>, day: impl Into<String>) {
        self.put("signature", Body::Signature(who.into()));
        self.put("date", Body::Date(day.into()));
    }

    /// The blocks.
    pub fn done(self) -> Vec<Block> {
        self.blocks
    }
}

/// Puts a sentence together, numbers with their addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Say(pub Vec<Run>);

impl Say {
    /// Begins with words.
    pub fn words(text: impl AsRef<str>) -> Say {
        Say::default().and(text)
    }

    /// Goes on with words, without the blanks that pages put between numbers and words.
    #[must_use]
    pub fn and(mut self, text: impl AsRef<str>) -> Say {
        let text = tight(text.as_ref());
        match self.0.last_mut().filter(|run| run.href.is_empty()) {
            Some(last) => last.text.push_str(&text),
            None if text.is_empty() => {}
            None => self.0.push(Run::plain(text)),
        }
        self
    }

    /// Goes on with what leads to its records.
    #[must_use]
    pub fn link(mut self, text: impl AsRef<str>, href: impl Into<String>) -> Say {
        self.0.push(Run::link(tight(text.as_ref()), href));
        self
    }

    /// Ends the sentence; what somebody wrote may have ended it already.
    #[must_use]
    pub fn end(self) -> Say {
        let is_ended = self.0.last().is_some_and(|run| ended(&run.text));
        if is_ended { self } else { self.and("。") }
    }

    /// Several, with a sign between them.
    pub fn joined(all: Vec<Say>, sign: &str) -> Say {
        let mut out = Say::default();
        for (at, one) in all.into_iter().enumerate() {
            out = out.and(if at == 0 { "" } else { sign }).with(one);
        }
        out
    }

    /// Goes on with what another says.
    #[must_use]
    pub fn with(mut self, other: Say) -> Say {
        for run in other.0 {
            match run.href.is_empty() {
                true => self = self.and(run.text),
                false => self.0.push(run),
            }
        }
        self
    }
}

/// Whether a text ends with a sign that ends a sentence.
fn ended(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '）'])
        .ends_with(['。', '！', '？', '；', '…', '：'])
}

/// What somebody wrote, as a sentence.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    if ended(text) {
        text.to_owned()
    } else {
        format!("{text}。")
    }
}

/// A text as official papers write it: no blanks between numbers and words, no points between parts.
pub fn tight(text: &str) -> String {
    let text = text.replace(" · ", "，");
    let chars: Vec<char> = text.chars().collect();
    let is_wide = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_none_or(|c| *c > '\u{2e7f}');
    let kept = chars.iter().enumerate().filter(|(at, c)| {
        let is_between = is_wide(at.checked_sub(1)) || is_wide(Some(at + 1));
        **c != ' ' || !is_between
    });
    kept.map(|(_, c)| *c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_have_no_blanks_between_numbers_and_words() {
        for (text, expected) in [
            ("3 个村超过 30 天没有片区联系", "3个村超过30天没有片区联系"),
            ("正常 · 1 个村滞后", "正常，1个村滞后"),
            ("Times New Roman", "Times New Roman"),
            ("汪家巷 湾子夜话", "汪家巷湾子夜话"),
            ("", ""),
        ] {
            assert_eq!(tight(text), expected);
        }
    }

    #[test]
    fn a_sentence_ends_once() {
        for (text, said) in [
            ("修路", "修路。"),
            ("修路。", "修路。"),
            ("问：“修路吗？”", "问：“修路吗？”"),
            ("修路（两公里）", "修路（两公里）。"),
            (" 修路 ", "修路。"),
        ] {
            assert_eq!(sentence(text), said);
        }
        assert_eq!(Say::words("修路。").end(), Say::words("修路。"));
        assert_eq!(Say::default().link("修路", "#/r/1").end().0.len(), 2);
    }

    #[test]
    fn words_run_together_and_numbers_stand_alone() {
        let said = Say::words("夜话")
            .and("")
            .link("146 场", "#/l/night_talk")
            .and("，")
            .and("其中");
        assert_eq!(
            said.0,
            [
                Run::plain("夜话"),
                Run::link("146场", "#/l/night_talk"),
                Run::plain("，其中")
            ]
        );
        let mut pen = Pen::default();
        pen.begin("a");
        pen.title("甲");
        pen.begin("b");
        pen.title("乙");
        let ids: Vec<String> = pen.done().into_iter().map(|b| b.id).collect();
        assert_eq!(ids, ["a.title", "a.break", "b.title"]);
    }
}
