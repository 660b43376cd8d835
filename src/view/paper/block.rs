//! What a paper is made of: blocks, each with an id that stays when the paper is computed anew.
//!
//! The names under which blocks are stored stay for ever: papers that were sent are kept with them. An id names what a
//! paragraph speaks of (`talks`, `gap.contact`), never its place, so that a person's words find their paragraph again.

use serde::{Deserialize, Serialize};

/// A stretch of text; a number in it may lead to the records behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The words.
    #[serde(rename = "t")]
    pub text: String,
    /// Address of the records; empty where there are none.
    #[serde(rename = "to", default, skip_serializing_if = "String::is_empty")]
    pub href: String,
}

impl Run {
    /// Words alone.
    pub fn plain(text: impl Into<String>) -> Run {
        Run {
            text: text.into(),
            href: String::new(),
        }
    }

    /// Words with the address of their records.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Run {
        Run {
            text: text.into(),
            href: href.into(),
        }
    }
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Names what it speaks of; unlike that of any other entry or block of the paper.
    pub id: String,
    /// Its words.
    pub runs: Vec<Run>,
}

/// A table. Widths are shares of the line, of any sum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Names of the columns; empty for a form whose cells say themselves what they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub head: Vec<String>,
    /// Share of each column.
    pub widths: Vec<u16>,
    /// Cells of each row, as many as there are columns.
    pub rows: Vec<Vec<Run>>,
    /// Least height of a row in tenths of a millimetre, for the pen; 0: as its words need.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub room: u16,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
const fn is_zero(room: &u16) -> bool {
    *room == 0
}

/// What a block shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The title.
    Title(String),
    /// The number of the document: `天镇党〔2026〕12号`.
    Number(String),
    /// Whom it is for, without the colon.
    Addressee(String),
    /// A heading of level 1 to 4, without its number: [`numbers`] counts.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// Entries below each other.
    List(Vec<Item>),
    /// A table.
    Table(Table),
    /// A place for a drawing: what draws it, and what stands below.
    Picture(String, String),
    /// Who signs.
    Signature(String),
    /// The day in words: `2026年11月28日`.
    Date(String),
    /// What is attached.
    Attachments(Vec<String>),
    /// The title of what is attached, at the head of its page, below 附件.
    Annex(String),
    /// Lines to write on by hand.
    Lines(u8),
    /// Another paper begins, on a page that counts from one.
    Break,
    /// A new page of the same paper begins.
    Page,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Names what it speaks of; stays when the paper is computed anew.
    pub id: String,
    /// What it shows.
    pub body: Body,
}

/// How densely a paper is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// 22 lines of 28 characters (GB/T 9704—2012).
    #[default]
    Norm,
    /// Smaller, for a single page.
    OnePage,
}

/// What a person wrote in place of a paragraph, heading or entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Id of the block or entry.
    pub id: String,
    /// The person's words; empty: it is left out.
    pub text: String,
    /// What had been computed when it was written.
    pub was: String,
}

/// A paper: what it is, of whom and when, its blocks as they were computed, and what a person wrote instead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Id of its kind.
    pub kind: String,
    /// `town`, or the id of a district, unit or record.
    pub scope: String,
    /// The period as addresses write it; empty where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// The day its figures are of.
    pub day: String,
    /// How densely it is set.
    #[serde(default)]
    pub density: Density,
    /// Whether Latin letters and digits are set in Times New Roman.
    #[serde(default)]
    pub times: bool,
    /// The blocks as computed.
    pub blocks: Vec<Block>,
    /// Words of a person in place of computed ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
}

/// The words of runs.
pub fn words(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Numbers of the headings: `一、`, `（一）`, `1.`, `（1）`; empty for other blocks. A level begins anew under each heading
/// above it.
pub fn numbers(blocks: &[Block]) -> Vec<String> {
    let mut counts = [0_usize; 4];
    let number = |block: &Block| match &block.body {
        Body::Heading(level, _) => {
            let at = usize::from(level.clamp(&1, &4) - 1);
            counts[at] += 1;
            counts[at + 1..].fill(0);
            heading_number(at, counts[at])
        }
        // Each paper of a batch counts for itself.
        Body::Title(_) => {
            counts.fill(0);
            String::new()
        }
        _ => String::new(),
    };
    blocks.iter().map(number).collect()
}

fn heading_number(level: usize, count: usize) -> String {
    match level {
        0 => format!("{}、", numeral(count)),
        1 => format!("（{}）", numeral(count)),
        2 => format!("{count}."),
        _ => format!("（{count}）"),
    }
}

/// A number from 1 to 99 in Chinese; digits beyond.
pub fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, 0) | (10.., _) => number.to_string(),
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8) -> Block {
        Block {
            id: String::new(),
            body: Body::Heading(level, String::new()),
        }
    }

    #[test]
    fn headings_of_four_levels_are_counted() {
        let levels = [1, 2, 3, 4, 4, 3, 4, 2, 1, 2];
        let blocks: Vec<Block> = levels.into_iter().map(heading).collect();
        assert_eq!(
            numbers(&blocks),
            [
                "一、",
                "（一）",
                "1.",
                "（1）",
                "（2）",
                "2.",
                "（1）",
                "（二）",
                "二、",
                "（一）"
            ]
        );
    }

    #[test]
    fn numerals() {
        let said = [1, 9, 10, 11, 20, 21, 99].map(numeral);
        assert_eq!(said, ["一", "九", "十", "十一", "二十", "二十一", "九十九"]);
    }

    /// Papers that were sent hold these names.
    #[test]
    fn stored_names_stay() {
        let blocks = vec![
            Block {
                id: "title".to_owned(),
                body: Body::Title("题".to_owned()),
            },
            Block {
                id: "talks".to_owned(),
                body: Body::Paragraph(vec![Run::plain("夜话"), Run::link("146", "#/l/night_talk")]),
            },
            heading(2),
            Block {
                id: "end".to_owned(),
                body: Body::Break,
            },
        ];
        let text = serde_json::to_string(&blocks).expect("JSON");
        assert_eq!(
            text,
            r##"[{"id":"title","body":{"title":"题"}},{"id":"talks","body":{"paragraph":[{"t":"夜话"},{"t":"146","to":"#/l/night_talk"}]}},{"id":"","body":{"heading":[2,""]}},{"id":"end","body":"break"}]"##
        );
        assert_eq!(serde_json::from_str::<Vec<Block>>(&text).expect("blocks"), blocks);
    }
}
