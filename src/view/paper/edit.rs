//! Words of a person in place of computed ones: kept beside them, found again by the id of their paragraph.

use super::block::{Block, Body, Edit, Item, Paper, Run, Table, words};

/// How the words of a block came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As computed.
    Computed,
    /// A person's words over what is still computed.
    Edited,
    /// A person's words; what is computed has changed since.
    Outdated,
}

/// How many lines a place takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// One: who signs, a day.
    One,
    /// Several below each other: a title, a cell.
    Several,
    /// Each is a paragraph of its own.
    Paragraphs,
}

/// What stands between the id of a paragraph and the number of one that a person added below it.
const BELOW: &str = "/+";

/// The id of a place without the number of a paragraph below it.
fn place(id: &str) -> &str {
    id.split_once(BELOW).map_or(id, |(own, _)| own)
}

/// Names each row of a table by what it speaks of, which stays when rows come and go: the record or unit that it leads to,
/// else its first words; its place where it says nothing.
fn row_names(table: &Table) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let is_thing = |run: &&Run| ["#/r/", "#/u/", "#/d/"].iter().any(|place| run.href.starts_with(place));
        let is_word = |run: &&Run| run.text.chars().any(|c| !c.is_ascii_digit() && !c.is_whitespace());
        let thing = row.iter().find(is_thing).map(|run| run.href.clone());
        let named = thing.or_else(|| row.iter().find(is_word).map(|run| run.text.trim().to_owned()));
        let mut name = named.unwrap_or_else(|| (at + 1).to_string());
        // Rows left for the pen are alike.
        if names.contains(&name) {
            name = format!("{name}~{}", at + 1);
        }
        names.push(name);
    }
    names
}

/// The id of a cell: its table, what its row speaks of, and its column.
fn cell_id(table: &str, row: &str, column: usize) -> String {
    format!("{table}|{row}|{column}")
}

/// The ids of the cells of a table, row by row.
pub fn cell_ids(id: &str, table: &Table) -> Vec<Vec<String>> {
    let names = row_names(table).into_iter().zip(&table.rows);
    names
        .map(|(name, row)| (0..row.len()).map(|column| cell_id(id, &name, column)).collect())
        .collect()
}

/// The computed words of every block, entry and cell that a person may write anew, by id. Below a table stand words that
/// are a person's alone.
fn computed(blocks: &[Block]) -> impl Iterator<Item = (String, String, Lines)> {
    blocks.iter().flat_map(|block| {
        let own = |text: &str, lines: Lines| vec![(block.id.clone(), text.to_owned(), lines)];
        match &block.body {
            Body::Title(text) | Body::Annex(text) => own(text, Lines::Several),
            Body::Number(text) | Body::Addressee(text) | Body::Signature(text) | Body::Date(text) => {
                own(text, Lines::One)
            }
            Body::Heading(_, text) => own(text, Lines::Paragraphs),
            Body::Paragraph(runs) => own(&words(runs), Lines::Paragraphs),
            Body::List(items) => {
                let entry = |item: &Item| (item.id.clone(), words(&item.runs), Lines::Paragraphs);
                items.iter().map(entry).collect()
            }
            Body::Table(table) => {
                let ids = cell_ids(&block.id, table).into_iter().flatten();
                let cells = ids.zip(table.rows.iter().flatten());
                let cells = cells.map(|(id, cell)| (id, cell.text.clone(), Lines::Several));
                cells.chain(own("", Lines::Paragraphs)).collect()
            }
            _ => Vec::new(),
        }
    })
}

/// The words of a person as a place takes them.
fn as_taken(text: &str, lines: Lines) -> String {
    let all: Vec<&str> = text.split('\n').collect();
    match lines {
        Lines::One => {
            let said: Vec<&str> = all.into_iter().filter(|line| !line.is_empty()).collect();
            said.join(" ")
        }
        Lines::Several | Lines::Paragraphs => all.join("\n"),
    }
}

impl Paper {
    /// The paper with other words in one place; each line of them is a paragraph where paragraphs stand. Words as computed
    /// take an earlier edit back; an id that the paper has not changes nothing.
    pub fn edited(mut self, id: &str, text: &str) -> Paper {
        let Some((_, was, lines)) = computed(&self.blocks).find(|(own, ..)| own == id) else {
            return self;
        };
        let text = as_taken(text, lines);
        self.edits.retain(|edit| edit.id != id);
        if was != text {
            self.edits.push(Edit {
                id: id.to_owned(),
                text,
                was,
            });
        }
        self
    }

    /// The paper with the computed words in one place.
    pub fn restored(mut self, id: &str) -> Paper {
        self.edits.retain(|edit| edit.id != id);
        self
    }

    /// How many lines a place takes; nothing where the paper has no such place.
    pub fn lines(&self, id: &str) -> Option<Lines> {
        let found = computed(&self.blocks).find(|(own, ..)| own == id);
        found.map(|(.., lines)| lines)
    }

    /// The same paper of today's figures with the person's words of the kept one beside.
    pub fn renewed(mut self, kept: &Paper) -> Paper {
        self.edits = kept.edits.clone();
        self
    }

    /// How the words of a block, entry or cell came about.
    pub fn mark(&self, id: &str) -> Mark {
        let id = place(id);
        let Some(edit) = self.edits.iter().find(|edit| edit.id == id) else {
            return Mark::Computed;
        };
        match self.computed_now(id) {
            Some(now) if now == edit.was => Mark::Edited,
            _ => Mark::Outdated,
        }
    }

    /// What is computed now under an edit; `None` where the paper no longer speaks of it.
    pub fn computed_now(&self, id: &str) -> Option<String> {
        computed(&self.blocks)
            .find(|(own, ..)| own == id)
            .map(|(_, now, _)| now)
    }

    /// Edits of places that the paper no longer has: nothing a person wrote is dropped without a word.
    pub fn homeless(&self) -> Vec<&Edit> {
        let has = |edit: &&Edit| self.computed_now(&edit.id).is_some();
        self.edits.iter().filter(|edit| !has(edit)).collect()
    }

    /// The blocks as they are shown: with the person's words. Numbers that stand in them still lead to their records.
    pub fn shown(&self) -> Vec<Block> {
        self.blocks.iter().flat_map(|block| self.shown_block(block)).collect()
    }

    /// What a person wrote in a place.
    pub fn own(&self, id: &str) -> Option<&str> {
        let edit = self.edits.iter().find(|edit| edit.id == id)?;
        Some(&edit.text)
    }

    /// The words of a place, the person's or the computed ones, with the addresses of numbers; lines are not parted.
    pub fn said(&self, id: &str, computed: &[Run]) -> Vec<Run> {
        match self.own(id) {
            None => computed.to_vec(),
            Some(text) => linked(text, computed),
        }
    }

    fn shown_block(&self, block: &Block) -> Vec<Block> {
        let id = &block.id;
        let one = |body: Body| vec![Block { id: id.clone(), body }];
        let text = |computed: &String, body: fn(String) -> Body| {
            let shown = self.own(id).unwrap_or(computed);
            if shown.is_empty() {
                Vec::new()
            } else {
                one(body(shown.to_owned()))
            }
        };
        match &block.body {
            Body::Title(computed) => text(computed, Body::Title),
            Body::Annex(computed) => text(computed, Body::Annex),
            Body::Number(computed) => text(computed, Body::Number),
            Body::Addressee(computed) => text(computed, Body::Addressee),
            Body::Signature(computed) => text(computed, Body::Signature),
            Body::Date(computed) => text(computed, Body::Date),
            Body::Heading(level, computed) => {
                let shown = self.own(id).unwrap_or(computed);
                let (first, below) = shown.split_once('\n').unwrap_or((shown, ""));
                let heading = (!first.is_empty()).then(|| one(Body::Heading(*level, first.to_owned())));
                let below = paragraphs(id, lines(&[Run::plain(below)]), 1);
                heading.into_iter().flatten().chain(below).collect()
            }
            Body::Paragraph(runs) => paragraphs(id, lines(&self.said(id, runs)), 0).collect(),
            Body::List(items) => {
                let shown = items.iter().flat_map(|item| {
                    let own = lines(&self.said(&item.id, &item.runs)).into_iter().enumerate();
                    let own = own.filter(|(_, runs)| !words(runs).is_empty());
                    own.map(|(at, runs)| Item {
                        id: below(&item.id, at),
                        runs,
                    })
                });
                one(Body::List(shown.collect()))
            }
            Body::Table(table) => {
                let more = self.own(id).unwrap_or_default();
                let table = one(Body::Table(self.shown_table(id, table)));
                table
                    .into_iter()
                    .chain(paragraphs(id, lines(&[Run::plain(more)]), 1))
                    .collect()
            }
            other => one(other.clone()),
        }
    }

    /// The table with the person's words in its cells.
    pub fn shown_table(&self, id: &str, table: &Table) -> Table {
        let rows = cell_ids(id, table).into_iter().zip(&table.rows).map(|(ids, row)| {
            let cells = ids.iter().zip(row);
            cells.map(|(id, cell)| self.cell(id, cell)).collect()
        });
        Table {
            rows: rows.collect(),
            ..table.clone()
        }
    }

    fn cell(&self, id: &str, computed: &Run) -> Run {
        match self.own(id) {
            None => computed.clone(),
            Some(text) if !computed.text.is_empty() && find_whole(text, &computed.text).is_some() => Run {
                text: text.to_owned(),
                href: computed.href.clone(),
            },
            Some(text) => Run::plain(text),
        }
    }
}

/// The id of a paragraph that a person added so many below one.
fn below(id: &str, at: usize) -> String {
    match at {
        0 => id.to_owned(),
        at => format!("{id}{BELOW}{at}"),
    }
}

/// A paragraph for each line that says something; the first is so many below what has the id.
fn paragraphs(id: &str, lines: Vec<Vec<Run>>, first: usize) -> impl Iterator<Item = Block> {
    let said = lines
        .into_iter()
        .enumerate()
        .filter(|(_, runs)| !words(runs).is_empty());
    said.map(move |(at, runs)| Block {
        id: below(id, at + first),
        body: Body::Paragraph(runs),
    })
}

/// The runs of each line.
pub fn lines(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut out: Vec<Vec<Run>> = vec![Vec::new()];
    for run in runs {
        for (at, part) in run.text.split('\n').enumerate() {
            if at > 0 {
                out.push(Vec::new());
            }
            let own = Run {
                text: part.to_owned(),
                href: run.href.clone(),
            };
            if let (false, Some(line)) = (part.is_empty(), out.last_mut()) {
                line.push(own);
            }
        }
    }
    out
}

/// A person's words, with the addresses of the computed numbers that still stand in them, in their order.
fn linked(text: &str, computed: &[Run]) -> Vec<Run> {
    let (mut rest, mut out) = (text, Vec::new());
    for run in computed.iter().filter(|run| !run.href.is_empty()) {
        let Some((before, after)) = find_whole(rest, &run.text) else {
            continue;
        };
        if !before.is_empty() {
            out.push(Run::plain(before));
        }
        out.push(run.clone());
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Run::plain(rest));
    }
    out
}

/// What stands before and after the first place of a text that is no part of a longer number.
fn find_whole<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let stands = |(at, found): &(usize, &str)| {
        let (before, after) = (text.get(..*at), text.get(at + found.len()..));
        let touches = |c: Option<char>, own: Option<char>| c.is_some_and(is_number) && own.is_some_and(is_number);
        let begins = touches(before.and_then(|b| b.chars().next_back()), found.chars().next());
        let ends = touches(after.and_then(|a| a.chars().next()), found.chars().next_back());
        !begins && !ends
    };
    let (at, found) = text.match_indices(part).find(stands)?;
    Some((text.get(..at)?, text.get(at + found.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(count: &str) -> Paper {
        let runs = vec![
            Run::plain("开展夜话"),
            Run::link(count, "#/l/night_talk"),
            Run::plain("场。"),
        ];
        Paper {
            blocks: vec![Block {
                id: "talks".to_owned(),
                body: Body::Paragraph(runs),
            }],
            ..Paper::default()
        }
    }

    fn shown(paper: &Paper) -> Vec<Run> {
        match paper.shown().first().map(|block| block.body.clone()) {
            Some(Body::Paragraph(runs)) => runs,
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_person_s_words_stay_and_keep_the_addresses_of_numbers() {
        let own = paper("146").edited("talks", "全镇夜话146场，创新高。");
        assert_eq!(own.mark("talks"), Mark::Edited);
        assert_eq!(
            shown(&own),
            [
                Run::plain("全镇夜话"),
                Run::link("146", "#/l/night_talk"),
                Run::plain("场，创新高。")
            ]
        );
        // A part of another number is no link.
        let other = paper("14").edited("talks", "共146场");
        assert_eq!(shown(&other), [Run::plain("共146场")]);
        // Words as computed take the edit back.
        let back = own.edited("talks", "开展夜话146场。");
        assert_eq!((back.edits.len(), back.mark("talks")), (0, Mark::Computed));
    }

    #[test]
    fn what_changed_under_an_edit_is_marked() {
        let kept = paper("146").edited("talks", "夜话办得好。");
        let same = paper("146").renewed(&kept);
        assert_eq!(same.mark("talks"), Mark::Edited);
        let later = paper("150").renewed(&kept);
        assert_eq!(later.mark("talks"), Mark::Outdated);
        assert_eq!(words(&shown(&later)), "夜话办得好。");
        assert_eq!(later.computed_now("talks").as_deref(), Some("开展夜话150场。"));
        // A paragraph that is no more leaves its words to be seen.
        let gone = Paper::default().renewed(&kept);
        assert_eq!(gone.homeless().len(), 1);
        assert_eq!(gone.mark("talks"), Mark::Outdated);
    }

    #[test]
    fn no_words_leave_a_paragraph_out() {
        let without = paper("146").edited("talks", "");
        assert!(without.shown().is_empty());
        assert_eq!(without.mark("talks"), Mark::Edited);
        assert_eq!(paper("146").edited("unknown", "甲").edits.len(), 0);
    }
}
