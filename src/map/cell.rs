//! One unit on the map.

use super::geom::{Point, Rect};

/// One unit on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// As in [`UnitSite::code`](super::UnitSite::code).
    pub code: String,
    /// Full name.
    pub name: String,
    /// The name without 村 or 社区 where that is unique, else the full name.
    pub short_name: String,
    /// Position in [`TownMap::districts`](super::TownMap::districts).
    pub district: Option<usize>,
    /// Closed rings: outer ones and holes (even–odd). Neighbours have the points of their border in common.
    /// Empty for a unit without geometry, which only an imported map can have.
    pub rings: Vec<Vec<Point>>,
    /// The rings as an SVG path.
    pub path: String,
    /// A point well inside, for labels and arrow keys.
    pub center: Point,
    /// Square map units.
    pub area: f64,
    /// Smallest rectangle around the rings.
    pub bounds: Rect,
    /// Positions of the cells that share a border, in ascending order.
    pub neighbours: Vec<usize>,
}
