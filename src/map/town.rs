//! The finished map of a town: cells, districts, outlines, neighbours.

use crate::order::Arrange;
use std::collections::{BTreeMap, BTreeSet};

use super::arrows::{Arrows, Direction, arrows};
use super::cell::Cell;
use super::geom::{self, Point, Rect, centroid, contains, line_path, path, pole, signed_area};
use super::mesh::{self, Mesh};
use super::names::short_unit_names;

/// Side of the drawing in map units, from the visual reference: a town is 1000 × 880.
pub const MAP_SIZE: (f64, f64) = (1000.0, 880.0);

/// A unit as the map needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitSite {
    /// Statistical code, 12 digits, or whatever else names the unit for good.
    pub code: String,
    /// Full name.
    pub name: String,
    /// 村 rather than 社区.
    pub is_village: bool,
    /// Id of the district; `None` while the unit belongs to none.
    pub district: Option<String>,
}

/// One district on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct DistrictShape {
    /// As in [`UnitSite::district`].
    pub id: String,
    /// Positions of its cells, in ascending order.
    pub units: Vec<usize>,
    /// Its connected parts, the largest first; more than one where units lie apart.
    pub parts: Vec<Part>,
    /// All outlines as one SVG path.
    pub path: String,
    /// Smallest rectangle around all parts.
    pub bounds: Rect,
    /// Positions of districts that share a border, in ascending order.
    pub neighbours: Vec<usize>,
    /// 0 to 3: no two neighbours have the same. Without meaning.
    pub tint: u8,
}

/// A connected part of a district.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The outer ring, then holes.
    pub rings: Vec<Vec<Point>>,
    /// A point inside: the centre of gravity where that is inside.
    pub middle: Point,
    /// Square map units.
    pub area: f64,
}

/// The map of a town. Positions of units are those of the list it was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct TownMap {
    /// One per unit, in the order of the input.
    pub cells: Vec<Cell>,
    /// In the order in which the units name them.
    pub districts: Vec<DistrictShape>,
    /// The outline of the town: outer rings and holes.
    pub outline: Vec<Vec<Point>>,
    /// The outline as an SVG path.
    pub outline_path: String,
    /// Lines between districts, and between districts and units without one; each drawn once.
    pub district_lines: String,
    /// Lines between cells of one district; each drawn once.
    pub cell_lines: String,
    /// The drawing area.
    pub view: Rect,
    /// Where each unit stands, in whole map units: give these back as [`super::Options::moved`] to hold the map still
    /// while units come and go.
    pub stands: BTreeMap<String, (i32, i32)>,
    /// Whether borders come from a file rather than from the schematic layout.
    pub is_from_file: bool,
    /// Whether those of all units do; false also where units only share the ground of their district.
    pub is_surveyed: bool,
    pub(crate) mesh: Mesh,
    pub(crate) arrows: Arrows,
}

/// Shared borders shorter than this (map units) are a corner, not a border.
const LEAST_BORDER: f64 = 4.0;

impl TownMap {
    /// The unit that an arrow key leads to: the neighbour whose center lies nearest that way; where no neighbour
    /// lies that way, the nearest unit that does. `None` at the edge of the town.
    ///
    /// From every unit with a cell, every other one can be reached.
    pub fn neighbour_towards(&self, unit: usize, direction: Direction) -> Option<usize> {
        self.arrows.get(unit)?[direction as usize]
    }
}

impl TownMap {
    /// Builds the map over finished faces, one per unit; a unit without geometry has a face without rings.
    pub(crate) fn over(
        units: &[UnitSite],
        mesh: Mesh,
        stands: BTreeMap<String, (i32, i32)>,
        is_surveyed: bool,
    ) -> Self {
        let names: Vec<&str> = units.iter().map(|u| u.name.as_str()).collect();
        let mut cells: Vec<Cell> = units
            .iter()
            .zip(short_unit_names(&names))
            .enumerate()
            .map(|(i, (unit, short_name))| {
                let rings = mesh.rings(i);
                Cell {
                    code: unit.code.clone(),
                    name: unit.name.clone(),
                    short_name,
                    district: None,
                    path: path(&rings),
                    center: middle_of(&rings),
                    area: rings.iter().map(|r| signed_area(r)).sum(),
                    bounds: Rect::bounding(rings.iter().flatten()),
                    neighbours: Vec::new(),
                    rings,
                }
            })
            .collect();
        for ((f, g), length) in mesh.borders() {
            if length > LEAST_BORDER {
                cells[f as usize].neighbours.push(g as usize);
            }
        }
        let outline = mesh.outline(|_| true);
        let mut map = Self {
            cells,
            districts: Vec::new(),
            outline_path: path(&outline),
            outline,
            district_lines: String::new(),
            cell_lines: String::new(),
            view: Rect {
                x: 0.0,
                y: 0.0,
                w: MAP_SIZE.0,
                h: MAP_SIZE.1,
            },
            stands,
            is_from_file: false,
            is_surveyed,
            mesh,
            arrows: Vec::new(),
        };
        map.divide(&units.iter().map(|u| u.district.clone()).collect::<Vec<_>>());
        map.settle_neighbours();
        map
    }

    /// The same cells under another division: `district_of` tells the district of a unit by its code.
    /// Only outlines, lines, tints and the lists of the districts change (`docs/requirements.md` T11: units move
    /// between districts).
    #[must_use]
    pub fn with_division(&self, district_of: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut map = self.clone();
        let division: Vec<Option<String>> = self.cells.iter().map(|c| district_of(&c.code)).collect();
        map.divide(&division);
        map
    }

    /// Position of the unit with this code.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.cells.iter().position(|c| c.code == code)
    }

    /// Position of the district with this id.
    pub fn district_position(&self, id: &str) -> Option<usize> {
        self.districts.iter().position(|d| d.id == id)
    }

    /// The part of the drawing that shows a district whole, with `margin` map units around, in the proportion
    /// `aspect` (width over height) of the frame. The whole view for an unknown district.
    pub fn district_view(&self, district: usize, margin: f64, aspect: f64) -> Rect {
        let Some(shape) = self.districts.get(district).filter(|d| d.bounds.w > 0.0) else {
            return self.view;
        };
        let r = shape.bounds.grown(margin.max(0.0));
        let aspect = if aspect.is_finite() && aspect > 0.0 {
            aspect
        } else {
            self.view.w / self.view.h
        };
        Rect::around(r.center(), r.w.max(r.h * aspect), r.h.max(r.w / aspect))
    }

    /// The cell at a point of the map.
    pub fn cell_at(&self, p: Point) -> Option<usize> {
        self.cells
            .iter()
            .position(|c| c.bounds.contains(p) && contains(&c.rings, p))
    }

    /// Brings lists and arrow keys in line with the neighbours.
    pub(crate) fn settle_neighbours(&mut self) {
        for cell in &mut self.cells {
            cell.neighbours.arrange();
        }
        self.arrows = arrows(&self.cells);
        self.join_districts();
        self.tint();
    }

    fn tint(&mut self) {
        let near: Vec<Vec<usize>> = self.districts.iter().map(|d| d.neighbours.clone()).collect();
        for (shape, tint) in self.districts.iter_mut().zip(four_tints(&near)) {
            shape.tint = tint;
        }
    }

    fn divide(&mut self, division: &[Option<String>]) {
        let mut ids: Vec<&String> = Vec::new();
        for id in division.iter().flatten() {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let homes: Vec<Option<usize>> = division
            .iter()
            .map(|d| d.as_ref().and_then(|d| ids.iter().position(|i| *i == d)))
            .collect();
        for (cell, home) in self.cells.iter_mut().zip(&homes) {
            cell.district = *home;
        }
        let mesh = &self.mesh;
        self.districts = ids
            .iter()
            .enumerate()
            .map(|(d, id)| {
                let units: Vec<usize> = (0..homes.len()).filter(|&i| homes[i] == Some(d)).collect();
                district(mesh, id, units, &|i| homes[i] == Some(d))
            })
            .collect();
        self.district_lines = line_path(&mesh.lines(|f, g| homes[f] != homes[g]));
        self.cell_lines = line_path(&mesh.lines(|f, g| homes[f] == homes[g]));
        self.join_districts();
        self.tint();
    }

    fn join_districts(&mut self) {
        let mut near: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.districts.len()];
        for cell in &self.cells {
            for &n in &cell.neighbours {
                if let (Some(a), Some(b)) = (cell.district, self.cells[n].district)
                    && a != b
                {
                    near[a].insert(b);
                    near[b].insert(a);
                }
            }
        }
        for (shape, near) in self.districts.iter_mut().zip(near) {
            shape.neighbours = near.into_iter().collect();
        }
    }
}

fn district(mesh: &Mesh, id: &str, units: Vec<usize>, inside: &dyn Fn(usize) -> bool) -> DistrictShape {
    let rings = mesh.outline(inside);
    let path = path(&rings);
    let bounds = Rect::bounding(rings.iter().flatten());
    let parts = mesh::parts(rings)
        .into_iter()
        .map(|rings| Part {
            middle: middle_of(&rings),
            area: rings.iter().map(|r| signed_area(r)).sum(),
            rings,
        })
        .collect();
    DistrictShape {
        id: id.to_owned(),
        units,
        parts,
        path,
        bounds,
        neighbours: Vec::new(),
        tint: 0,
    }
}

/// Half way between the pole and the centre of gravity while that is inside; else the pole.
fn middle_of(rings: &[Vec<Point>]) -> Point {
    let Some(largest) = rings.iter().max_by(|a, b| signed_area(a).total_cmp(&signed_area(b))) else {
        return Point::default();
    };
    let center = centroid(largest);
    let deep = pole(rings);
    let mixed = deep.toward(center, 0.5);
    if contains(rings, mixed) {
        mixed.rounded()
    } else {
        deep.rounded()
    }
}

/// Colours 0 to 3 so that no neighbours share one. A district in several parts can make that impossible; then the
/// fewest neighbours share one that a simple search finds.
fn four_tints(neighbours: &[Vec<usize>]) -> Vec<u8> {
    let mut order: Vec<usize> = (0..neighbours.len()).collect();
    order.arrange_by_key(|&d| (std::cmp::Reverse(neighbours[d].len()), d));
    let mut tints = vec![u8::MAX; neighbours.len()];
    let mut budget = 200_000_u32;
    if !colour(&order, 0, neighbours, &mut tints, &mut budget) {
        tints.fill(u8::MAX);
        for &d in &order {
            let clashes = |t: u8| neighbours[d].iter().filter(|&&n| tints[n] == t).count();
            tints[d] = (0..4).min_by_key(|&t| clashes(t)).unwrap_or(0);
        }
    }
    tints
}

fn colour(order: &[usize], at: usize, neighbours: &[Vec<usize>], tints: &mut [u8], budget: &mut u32) -> bool {
    let Some(&d) = order.get(at) else { return true };
    for k in 0..4_u8 {
        // Starting at another colour each time uses all four about equally.
        let tint = (k + at as u8) % 4;
        if neighbours[d].iter().any(|&n| tints[n] == tint) {
            continue;
        }
        let Some(left) = budget.checked_sub(1) else {
            return false;
        };
        *budget = left;
        tints[d] = tint;
        if colour(order, at + 1, neighbours, tints, budget) {
            return true;
        }
        tints[d] = u8::MAX;
    }
    false
}

/// The shore of a town without units.
pub(crate) fn empty_outline(outline: &[Point], field: &mesh::Field, stretch: f64) -> Vec<Vec<Point>> {
    vec![
        outline
            .iter()
            .map(|p| field.bend(Point::new(p.x, p.y / stretch)).rounded())
            .collect(),
    ]
}

/// Area of the town in square map units.
pub fn town_area(map: &TownMap) -> f64 {
    map.outline.iter().map(|r| geom::signed_area(r)).sum()
}
