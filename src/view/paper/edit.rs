//! Words of a person in place of computed ones: kept beside them, found again by the id of their paragraph.

use super::block::{Block, Body, Edit, Item, Paper, Run, words};

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

/// The computed words of every block and entry that a person may write anew, by id.
fn computed(blocks: &[Block]) -> impl Iterator<Item = (&str, String)> {
    blocks.iter().flat_map(|block| {
        let own = match &block.body {
            Body::Title(text) | Body::Number(text) | Body::Addressee(text) | Body::Heading(_, text) => {
                Some(text.clone())
            }
            Body::Signature(text) | Body::Date(text) => Some(text.clone()),
            Body::Paragraph(runs) => Some(words(runs)),
            _ => None,
        };
        let entries = match &block.body {
            Body::List(items) => items.as_slice(),
            _ => &[],
        };
        let own = own.map(|text| (block.id.as_str(), text));
        own.into_iter()
            .chain(entries.iter().map(|item| (item.id.as_str(), words(&item.runs))))
    })
}

impl Paper {
    /// The paper with other words in one place. Words as computed take an earlier edit back; an id that the paper has not
    /// changes nothing.
    pub fn edited(mut self, id: &str, text: &str) -> Paper {
        let Some(was) = computed(&self.blocks).find(|(own, _)| *own == id).map(|(_, was)| was) else {
            return self;
        };
        self.edits.retain(|edit| edit.id != id);
        if was != text {
            self.edits.push(Edit {
                id: id.to_owned(),
                text: text.to_owned(),
                was,
            });
        }
        self
    }

    /// The same paper of today's figures with the person's words of the kept one beside.
    pub fn renewed(mut self, kept: &Paper) -> Paper {
        self.edits = kept.edits.clone();
        self
    }

    /// How the words of a block or entry came about.
    pub fn mark(&self, id: &str) -> Mark {
        let Some(edit) = self.edits.iter().find(|edit| edit.id == id) else {
            return Mark::Computed;
        };
        match computed(&self.blocks).find(|(own, _)| *own == id) {
            Some((_, now)) if now == edit.was => Mark::Edited,
            _ => Mark::Outdated,
        }
    }

    /// What is computed now under an edit; `None` where the paper no longer speaks of it.
    pub fn computed_now(&self, id: &str) -> Option<String> {
        computed(&self.blocks).find(|(own, _)| *own == id).map(|(_, now)| now)
    }

    /// Edits of places that the paper no longer has: nothing a person wrote is dropped without a word.
    pub fn homeless(&self) -> Vec<&Edit> {
        let has = |edit: &&Edit| computed(&self.blocks).any(|(id, _)| id == edit.id);
        self.edits.iter().filter(|edit| !has(edit)).collect()
    }

    /// The blocks as they are shown: with the person's words. Numbers that stand in them still lead to their records.
    pub fn shown(&self) -> Vec<Block> {
        self.blocks.iter().filter_map(|block| self.shown_block(block)).collect()
    }

    fn own(&self, id: &str) -> Option<&str> {
        let edit = self.edits.iter().find(|edit| edit.id == id)?;
        Some(&edit.text)
    }

    fn shown_block(&self, block: &Block) -> Option<Block> {
        let text = |computed: &String| {
            let shown = self.own(&block.id).unwrap_or(computed);
            (!shown.is_empty()).then(|| shown.to_owned())
        };
        let body = match &block.body {
            Body::Title(computed) => Body::Title(text(computed)?),
            Body::Number(computed) => Body::Number(text(computed)?),
            Body::Addressee(computed) => Body::Addressee(text(computed)?),
            Body::Heading(level, computed) => Body::Heading(*level, text(computed)?),
            Body::Signature(computed) => Body::Signature(text(computed)?),
            Body::Date(computed) => Body::Date(text(computed)?),
            Body::Paragraph(runs) => Body::Paragraph(self.runs(&block.id, runs)?),
            Body::List(items) => {
                let shown = items.iter().filter_map(|item| {
                    let runs = self.runs(&item.id, &item.runs)?;
                    Some(Item {
                        id: item.id.clone(),
                        runs,
                    })
                });
                Body::List(shown.collect())
            }
            other => other.clone(),
        };
        Some(Block {
            id: block.id.clone(),
            body,
        })
    }

    fn runs(&self, id: &str, computed: &[Run]) -> Option<Vec<Run>> {
        match self.own(id) {
            None => Some(computed.to_vec()),
            Some("") => None,
            Some(text) => Some(linked(text, computed)),
        }
    }
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
