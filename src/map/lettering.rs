//! What may stand on the map: requests, names, plates, and how much room a line of text takes.

use super::geom::{Point, Rect};

/// What the map shows in each cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelMode {
    /// Name and value under it.
    Indicator,
    /// Flower and name under it.
    Petals,
    /// Status shape and name beside it.
    Status,
    /// The name alone.
    NamesOnly,
    /// Plates of the districts and nothing else.
    DistrictsOnly,
}

/// How much there is room for, by the height of a typical cell on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Under 56 px: district plates only.
    Districts,
    /// 56 to 110 px: names of 14 with values of 15, or flowers of radius 18.
    Names,
    /// Over 110 px: names of 16, flowers of radius 34.
    Large,
}

/// What to place, and how large the map is on the screen.
pub struct LabelRequest<'a> {
    /// CSS px per map unit, from 0.01 to 200; beyond that nothing is placed.
    pub scale: f64,
    /// Text size of the page: 1, 1.25 or 1.5 (and more on a large screen); from 0.25 to 20.
    pub text_scale: f64,
    /// What the cells show.
    pub mode: LabelMode,
    /// Value per unit for [`LabelMode::Indicator`], formatted; missing ones show the name alone.
    pub values: &'a [String],
    /// Texts per district, in the order of [`TownMap::districts`]; a district without one has no plate.
    pub plates: &'a [PlateText],
    /// Label this district alone, as when zoomed into it.
    pub only: Option<usize>,
    /// Width in CSS px of a text at a font size in CSS px.
    pub measure: &'a dyn Fn(&str, f32) -> f32,
}

/// What stands on the plate of a district.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlateText {
    /// Full name.
    pub name: String,
    /// Name without 片区.
    pub short: String,
    /// Shown at [`Level::Districts`] only.
    pub value: Option<String>,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Middle of the line, on the baseline (`text-anchor: middle`).
    pub at: Point,
    /// Font size in map units.
    pub size: f64,
    /// The room it takes.
    pub bounds: Rect,
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitLabel {
    /// Position in [`TownMap::cells`].
    pub unit: usize,
    /// Full or short name.
    pub name: Text,
    /// The value under the name.
    pub value: Option<Text>,
    /// Center and radius of the flower.
    pub flower: Option<(Point, f64)>,
    /// Square for the status shape before the name.
    pub mark: Option<Rect>,
}

impl UnitLabel {
    /// The rectangles it covers.
    pub fn boxes(&self) -> impl Iterator<Item = Rect> + '_ {
        let flower = self.flower.map(|(c, r)| Rect::around(c, 2.0 * r, 2.0 * r));
        [
            Some(self.name.bounds),
            self.value.as_ref().map(|v| v.bounds),
            flower,
            self.mark,
        ]
        .into_iter()
        .flatten()
    }
}

/// The plate of a district, or of one part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plate {
    /// Position in [`TownMap::districts`].
    pub district: usize,
    /// Position in [`super::DistrictShape::parts`].
    pub part: usize,
    /// The white ground.
    pub bounds: Rect,
    /// The name.
    pub name: Text,
    /// The value beside it.
    pub value: Option<Text>,
}

/// All labels of one view of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Labels {
    /// How much there was room for.
    pub level: Level,
    /// Labels that fit, in the order of the cells.
    pub units: Vec<UnitLabel>,
    /// Plates that fit, in the order of districts and parts.
    pub plates: Vec<Plate>,
    /// Units whose name does not fit: show it on hover and focus.
    pub hidden: Vec<usize>,
    /// Districts of which no part found room for a plate.
    pub hidden_districts: Vec<usize>,
}

/// Line height over font size.
pub(crate) const LINE: f64 = 1.15;
/// Where the baseline lies below the middle of a line, over font size.
const BASELINE: f64 = 0.37;
/// Letters of weight 600 are a little wider than those measured.
pub(crate) const STRONG: f64 = 1.04;

/// A line of text in the room `r` (CSS px), in map units.
pub(crate) fn line_of_text(text: &str, size: f64, r: Rect, scale: f64) -> Text {
    let c = r.center();
    Text {
        text: text.to_owned(),
        at: Point::new(c.x / scale, (c.y + BASELINE * size) / scale),
        size: size / scale,
        bounds: r.scaled(1.0 / scale),
    }
}
