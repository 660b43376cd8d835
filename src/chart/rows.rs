//! Rows with a label each: beside the drawing, or above it where labels would take too much of the width.

use super::draft::{Draft, Font};
use super::geometry::at;
use super::palette::Ink;
use super::scene::Anchor;

/// Largest share of the width that labels beside the drawing may take.
const LABEL_SHARE: f64 = 0.36;

/// Smallest share of the width that labels beside the drawing must leave to it.
const DRAWING_SHARE: f64 = 0.42;

/// What is kept free around rows, px.
pub(crate) struct Edges {
    /// Above.
    pub top: f64,
    /// Below.
    pub foot: f64,
    /// Beside the drawing, for values at its ends.
    pub beside: f64,
}

/// The places of rows.
pub(crate) struct Rows {
    /// Labels stand above the drawing of each row.
    pub above: bool,
    /// Left edge of the drawing.
    pub x: f64,
    /// Upper edge of the first row.
    pub top: f64,
    /// Height of a row.
    pub pitch: f64,
    count: usize,
}

impl Rows {
    /// Measures the labels and settles the height of the drawing. `natural` and `least` are heights of a row at
    /// scale 1 with the label beside.
    pub fn new(d: &mut Draft<'_>, labels: &[&str], font: Font, edges: &Edges, heights: (f64, f64)) -> Rows {
        let wide = d.widest(labels.iter().copied(), font);
        let left = d.w() - wide - d.u(10.0) - edges.beside;
        let above = wide > d.w() * LABEL_SHARE || left < d.w() * DRAWING_SHARE;
        let more = if above { 18.0 } else { 0.0 };
        let (top, foot) = (edges.top, edges.foot);
        let count = labels.len();
        let all = |d: &Draft<'_>, one: f64| top + d.u(one + more) * count as f64 + foot;
        let (natural, least) = (all(d, heights.0), all(d, heights.1));
        let height = d.settle(natural, least);
        let pitch = (height - top - foot) / count.max(1) as f64;
        let x = if above { d.u(1.0) } else { wide + d.u(10.0) };
        Rows {
            above,
            x,
            top,
            pitch,
            count,
        }
    }

    /// Lower edge of the last row.
    pub fn bottom(&self) -> f64 {
        self.top + self.pitch * self.count as f64
    }

    /// Upper edge of a row.
    pub fn y(&self, row: usize) -> f64 {
        self.top + self.pitch * row as f64
    }

    /// The height there is for the drawing of a row.
    pub fn room(&self, d: &Draft<'_>) -> f64 {
        if self.above { self.pitch - d.u(20.0) } else { self.pitch }
    }

    /// The y on which the drawing of a row is centred.
    pub fn middle(&self, d: &Draft<'_>, row: usize) -> f64 {
        let from_bottom = self.room(d) / 2.0;
        self.y(row) + self.pitch
            - if self.above {
                from_bottom + d.u(2.0)
            } else {
                from_bottom
            }
    }

    /// Writes the label of a row.
    pub fn label(&self, d: &mut Draft<'_>, row: usize, words: &str, font: Font) {
        if self.above {
            let words = d.fit(words, font, d.w() - d.u(2.0));
            d.text(&words, at(0.0, self.y(row) + d.u(9.0)), Anchor::Start, font, Ink::Text);
        } else {
            d.text(
                words,
                at(self.x - d.u(10.0), self.middle(d, row)),
                Anchor::End,
                font,
                Ink::Text,
            );
        }
    }
}
