//! The schematic map of a town: geometry only, no colours and no DOM.
//!
//! A town has no surveyed borders of its villages at hand, so the map is *grown*: every unit gets a cell of about
//! its due size, districts lie together, and one smooth field bends all lines alike. The picture depends on the list
//! of units and a seed number alone, so it never moves by itself. A unit that changes its district keeps its cell
//! ([`TownMap::with_division`]); a person may drag units ([`Options::moved`]) or load borders from a file
//! ([`geojson`], [`borders`]).
//!
//! Invariants: cells cover the town without gap or overlap, since neighbours use the very same points; every path
//! number has one decimal; nothing here reads a clock or true randomness.

mod arcs;
mod arrows;
pub mod borders;
mod cell;
mod classes;
mod crossing;
mod fit;
pub mod geojson;
pub mod geom;
mod glyph;
mod label;
mod lettering;
mod mesh;
mod names;
mod plate;
mod power;
mod seeds;
mod town;

use crate::order::Arrange;
use std::collections::BTreeMap;

pub use arrows::Direction;
pub use cell::Cell;
pub use classes::{Class, MOST_CLASSES, class_of, classes};
pub use geom::{Point, Rect};
pub use glyph::{DISC_EDGE, LEAST_RADIUS, PETALS, Petal, flower, petal_length, petal_path};
pub use lettering::{LabelMode, LabelRequest, Labels, Level, Plate, PlateText, Text, UnitLabel};
pub use names::{short_district_names, short_unit_names, unit_stem};
pub use town::{DistrictShape, MAP_SIZE, Part, TownMap, UnitSite, town_area};

use mesh::Field;
use seeds::{STRETCH, Seed};

/// What shapes the map beside the list of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Number that the whole picture grows from. Another number, another town.
    pub seed: u64,
    /// Units that a person put somewhere: code → place in map units. Places outside the town are moved to its edge.
    pub moved: BTreeMap<String, (i32, i32)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 39_049,
            moved: BTreeMap::new(),
        }
    }
}

/// Free space between the town and the edge of the drawing: the shore and the bending need it.
const MARGIN: f64 = 30.0;

/// Draws the map of the given units, under the division the town began with (each unit's `district`).
///
/// For a later division call [`TownMap::with_division`] on the result, so that cells stay where people know them.
/// The order of the units does not matter for the picture. Works for any number of units; meant for 1 to 80 units in
/// 1 to 20 districts.
pub fn layout(units: &[UnitSite], options: &Options) -> TownMap {
    let outline = seeds::town_outline(options.seed, MAP_SIZE, MARGIN);
    let field = Field::new(options.seed);
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.arrange_by(|&a, &b| {
        units[a]
            .code
            .cmp(&units[b].code)
            .then_with(|| units[a].name.cmp(&units[b].name))
    });
    let seeds = seeds_of(units, &order, options, &field);
    let (sites, cells) = seeds::place(&seeds, &outline, options.seed);
    let drawn = mesh::bent(&cells, &field);
    let mut faces = vec![Vec::new(); units.len()];
    let mut stands = BTreeMap::new();
    for ((&unit, face), site) in order.iter().zip(drawn.faces).zip(&sites) {
        faces[unit] = face;
        let p = field.bend(Point::new(site.p.x, site.p.y / STRETCH));
        stands.insert(units[unit].code.clone(), (p.x.round() as i32, p.y.round() as i32));
    }
    let mesh = mesh::Mesh::new(drawn.points, faces);
    let mut map = TownMap::over(units, mesh, stands, false);
    if units.is_empty() {
        map.outline = town::empty_outline(&outline, &field, STRETCH);
        map.outline_path = geom::path(&map.outline);
    }
    map
}

/// Seeds in the order `order`. A community needs less room than a village, unless its short name is taken and the
/// long one has to stand on the map.
fn seeds_of(units: &[UnitSite], order: &[usize], options: &Options, field: &Field) -> Vec<Seed> {
    let names: Vec<&str> = units.iter().map(|u| u.name.as_str()).collect();
    let short = short_unit_names(&names);
    let mut groups: Vec<Option<&String>> = Vec::new();
    order
        .iter()
        .map(|&i| {
            let unit = &units[i];
            let home = unit.district.as_ref();
            let group = groups.iter().position(|g| *g == home).unwrap_or_else(|| {
                groups.push(home);
                groups.len() - 1
            });
            let pinned = options.moved.get(&unit.code).map(|&(x, y)| {
                let p = field.unbend(Point::new(f64::from(x), f64::from(y)));
                Point::new(p.x, p.y * STRETCH)
            });
            let share = if unit.is_village || short[i] == unit.name {
                1.0
            } else {
                0.8
            };
            Seed {
                share,
                is_village: unit.is_village,
                group,
                pinned,
            }
        })
        .collect()
}
