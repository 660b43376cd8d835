//! Charts: a [`Figure`] says what is shown, [`layout()`] turns it into a [`Scene`] in CSS pixels, [`draw::draw`]
//! draws the scene with a plotters backend — plotters-canvas in the page, plotters-svg in tests and for print.
//!
//! ```
//! use tiancheng::chart::*;
//! let figure = Figure {
//!     title: "寺前片区夜话场次最多，24 场".into(),
//!     subject: "片区".into(),
//!     unit: "场".into(),
//!     kind: Kind::Bars(Bars {
//!         series: vec![Series { name: "夜话".into(), paint: Paint::FIRST }],
//!         rows: vec![Row::new("寺前片区", vec![Value::of(24.0).linked("#/ledger/talk?district=9")])],
//!         ordered: false,
//!         show_unit: false,
//!     }),
//! };
//! let theme = Theme::new(palette::LIGHT, 1.0);
//! let scene = layout(&figure, Size { width: 480.0, height: None }, &theme, &estimate);
//! let under_pointer = scene.hit(240.0, 20.0).and_then(|id| scene.mark(id));
//! assert_eq!(under_pointer.map(|m| m.sentence.as_str()), Some("寺前片区，24 场"));
//! ```
//!
//! What holds for every kind:
//! - Lengths and areas are in proportion and start at zero; a missing value is a gap, never zero.
//! - Every value is a [`Mark`]: met by pointer ([`Scene::hit`]) and keyboard ([`Scene::step`]), with the link it
//!   was given, a sentence, and a row in the table.
//! - No two lines of words touch. Where there is no room, words move, are thinned out or are cut with `…`; the
//!   marks still say all of it.

mod draft;
pub mod draw;
pub mod figure;
pub mod finding;
pub mod geometry;
pub mod number;
pub mod palette;
pub mod scale;
pub mod scene;
pub mod timeline;

mod bars;
mod change;
mod columns;
mod donut;
mod frame;
mod funnel;
mod gantt;
mod heat;
mod lane;
mod quadrant;
mod radar;
mod rows;
mod strip;
mod trend;

pub use draft::{Measurer, estimate};
pub use figure::*;
pub use frame::{Heading, framed};
pub use heat::classes;
pub use palette::{Color, Ink, Palette, Theme};
pub use scene::{Cell, Mark, MarkId, Scene, Step, Table};
pub use timeline::*;

use draft::Draft;

/// The room a chart has, CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height; `None` lets the chart choose. Never less than what can be read.
    pub height: Option<f64>,
}

/// Lays a figure out.
///
/// The scene may be higher or wider than asked for where its words would not fit otherwise. A figure without
/// data gives an empty scene with a sentence that says so.
pub fn layout(figure: &Figure, size: Size, theme: &Theme, measure: &Measurer<'_>) -> Scene {
    let width = if size.width.is_finite() {
        size.width.max(120.0)
    } else {
        320.0
    };
    let mut d = Draft::new(width, size.height.filter(|h| h.is_finite()), theme, measure);
    let said = lay(&mut d, figure).unwrap_or_else(|| "没有数据".to_owned());
    let mut scene = d.scene;
    if let Some(head) = scene
        .table
        .headers
        .first_mut()
        .filter(|h| *h == draft::ROWS && !figure.subject.is_empty())
    {
        head.clone_from(&figure.subject);
    }
    scene.sentence = match figure.title.is_empty() {
        true => said,
        false => format!("{}。{said}", figure.title),
    };
    scene
}

/// Lays out what there is and says it in a sentence; nothing for a figure without data.
fn lay(d: &mut Draft<'_>, figure: &Figure) -> Option<String> {
    let unit = figure.unit.as_str();
    macro_rules! kind {
        ($module:ident, $data:expr $(, $unit:expr)?) => {{
            if $module::is_empty($data) {
                return None;
            }
            $module::lay(d, $data $(, $unit)?);
            Some($module::say($data $(, $unit)?))
        }};
    }
    match &figure.kind {
        Kind::Bars(data) => kind!(bars, data, unit),
        Kind::Columns(data) => kind!(columns, data, unit),
        Kind::Trend(data) => kind!(trend, data, unit),
        Kind::Donut(data) if data.parts.len() > donut::MOST_PARTS => {
            kind!(bars, &donut::as_bars(data), unit)
        }
        Kind::Donut(data) => kind!(donut, data, unit),
        Kind::Heat(data) => kind!(heat, data, unit),
        Kind::Radar(data) => kind!(radar, data),
        Kind::Funnel(data) => kind!(funnel, data, unit),
        Kind::Gantt(data) => kind!(gantt, data),
        Kind::Change(data) => kind!(change, data, unit),
        Kind::Quadrant(data) => kind!(quadrant, data),
        Kind::Strip(data) => kind!(strip, data, unit),
        Kind::Lane(data) => kind!(lane, data),
    }
}
