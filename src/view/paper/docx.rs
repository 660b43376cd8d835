//! Blocks as the plain data that the writer of documents takes.

use office::paper as plain;

use super::block::{Block, Body, Density, Paper, Run, Table, numbers, words};
use super::html::title;
use super::setting::{centred, signature_indent, title_lines, title_room};

/// A picture of a paper: a PNG, and its printed width and height in tenths of a millimetre.
pub type Drawn = (Vec<u8>, u16, u16);

/// The paper with a person's words. `draw` gives the picture that a place names; a place without one is left out.
pub fn plain(paper: &Paper, draw: &dyn Fn(&str) -> Option<Drawn>) -> plain::Paper {
    let blocks = paper.shown();
    let counts = numbers(&blocks);
    let room = title_room(paper.density == Density::OnePage);
    plain::Paper {
        title: title(paper),
        times: paper.times,
        one_page: paper.density == Density::OnePage,
        blocks: blocks
            .iter()
            .zip(&counts)
            .enumerate()
            .flat_map(
                |(at, (block, number))| match (&block.body, blocks.get(at + 1).map(|next| &next.body)) {
                    (Body::Title(text), _) => vec![plain::Block::Title(title_lines(text, room))],
                    (Body::Annex(text), _) => vec![plain::Block::Annex(title_lines(text, room))],
                    (Body::Signature(text), Some(Body::Date(date))) => {
                        vec![plain::Block::Signature(text.clone(), signature_indent(text, date))]
                    }
                    _ => written(block, number, draw),
                },
            )
            .collect(),
    }
}

fn written(block: &Block, number: &str, draw: &dyn Fn(&str) -> Option<Drawn>) -> Vec<plain::Block> {
    let one = match &block.body {
        Body::Title(text) => plain::Block::Title(text.clone()),
        Body::Annex(text) => plain::Block::Annex(text.clone()),
        Body::Number(text) => plain::Block::Number(text.clone()),
        Body::Addressee(text) => plain::Block::Addressee(text.clone()),
        Body::Heading(level, text) => plain::Block::Heading(*level, format!("{number}{text}")),
        Body::Paragraph(runs) => plain::Block::Text(words(runs)),
        Body::List(items) => return items.iter().map(|item| plain::Block::Text(words(&item.runs))).collect(),
        Body::Table(table) => plain::Block::Table(rows(table)),
        Body::Picture(source, caption) => match draw(source) {
            Some((png, width, height)) => plain::Block::Picture(plain::Picture {
                png,
                width,
                height,
                caption: caption.clone(),
            }),
            None => return Vec::new(),
        },
        Body::Signature(text) => plain::Block::Signature(text.clone(), super::setting::DATE_INDENT),
        Body::Date(text) => plain::Block::Date(text.clone()),
        Body::Attachments(items) => plain::Block::Attachments(items.clone()),
        Body::Lines(count) => plain::Block::Lines(*count),
        Body::Break => plain::Block::Break,
        Body::Page => plain::Block::Page,
    };
    vec![one]
}

fn rows(table: &Table) -> plain::Table {
    let cells = |row: &Vec<Run>| row.iter().map(|cell| cell.text.clone()).collect();
    plain::Table {
        head: table.head.clone(),
        widths: table.widths.clone(),
        rows: table.rows.iter().map(cells).collect(),
        centred: centred(table),
        room: table.room,
    }
}
