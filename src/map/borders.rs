//! Borders from a file: which polygon is which unit, drawn to the size of the map, and the map over them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::arcs::{self, Spot, point};
use super::fit::dense;
use super::geojson::{GeoError, GeoFeature, MOST_POINTS, is_name_key};
use super::geom::{Point, pairs, segment_distance, signed_area};
use super::mesh::Mesh;
use super::names::{short_unit_names, unit_stem};
use super::power::diagram;
use super::seeds::{STRETCH, Seed, fill};
use super::town::{MAP_SIZE, TownMap, UnitSite};
use crate::order::Gather;
use crate::stable::Stream;

/// Most points that borders are thinned to: together some 60 kB.
pub const MOST_KEPT_POINTS: usize = 6_000;
/// Free space around the town, map units.
const MARGIN: f64 = 24.0;
/// Corners this near to a side count as on it, map units.
const JOIN: f64 = 0.3;

/// A polygon: its outer ring, then holes, in tenths of a map unit. The last point is not repeated.
pub type GridPolygon = Vec<Vec<(i32, i32)>>;

/// Borders in the drawing of 1000 × 880 map units, on a grid of tenths: whole numbers only, fit to be stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Borders {
    /// Polygons by code of the unit.
    pub units: BTreeMap<String, Vec<GridPolygon>>,
    /// Polygons by id of the district, for districts of which no unit has its own.
    pub districts: BTreeMap<String, Vec<GridPolygon>>,
}

/// A district as the matching must know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictName {
    /// As in [`UnitSite::district`].
    pub id: String,
    /// Full name.
    pub name: String,
}

/// Which polygons were recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matching {
    /// Positions of unit and feature. A unit may have several features.
    pub units: Vec<(usize, usize)>,
    /// Positions of district and feature.
    pub districts: Vec<(usize, usize)>,
    /// Features whose name and code speak of different units: nobody but a person can say which it is.
    pub disputes: Vec<Dispute>,
    /// Features that belong to nothing in this town.
    pub unmatched: Vec<usize>,
    /// Units that get no place on the map: neither they nor their district have a polygon.
    pub without_place: Vec<usize>,
    /// Units that are drawn inside the polygon of their district, without surveyed borders of their own.
    pub within_district: Vec<usize>,
}

/// A feature that is one unit by its name and another one by its code; positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// The feature.
    pub feature: usize,
    /// The unit that it is called after.
    pub by_name: usize,
    /// The unit whose code it has.
    pub by_code: usize,
}

/// Finds the unit or district of each feature: by the 12-digit code, by the name, by the name without 村 or 社区 where
/// that is unique; a name may follow that of the town (`某某镇寺前村`) and end in 村民委员会 and the like.
pub fn match_features(features: &[GeoFeature], units: &[UnitSite], districts: &[DistrictName]) -> Matching {
    let names: Vec<&str> = units.iter().map(|u| u.name.as_str()).collect();
    let short = short_unit_names(&names);
    let mut out = Matching::default();
    for (f, feature) in features.iter().enumerate() {
        let by_code = by_code(feature, units);
        let by_name = only_one(feature, |text| unit_named(text, &names, &short));
        let district = || {
            only_one(feature, |text| {
                districts.iter().position(|d| d.name == text || d.id == text)
            })
        };
        let is_bare = feature.polygons.is_empty() && feature.fault.is_none();
        match (by_code, by_name) {
            (Some(code), Some(name)) if code != name && is_named(feature) => {
                out.disputes.push(Dispute {
                    feature: f,
                    by_name: name,
                    by_code: code,
                });
            }
            (Some(u), _) | (None, Some(u)) if !is_bare => out.units.push((u, f)),
            (Some(_), _) | (None, Some(_)) => {}
            (None, None) => match district() {
                Some(d) if !is_bare => out.districts.push((d, f)),
                Some(_) => {}
                None => out.unmatched.push(f),
            },
        }
    }
    out.find_places(units, districts);
    out
}

fn is_named(feature: &GeoFeature) -> bool {
    feature.facts.iter().any(|(key, _)| is_name_key(key))
}

impl Matching {
    /// Settles the disputes: each feature belongs to the unit that a person chose, or to none.
    pub fn settle(&mut self, answers: &[Option<usize>], units: &[UnitSite], districts: &[DistrictName]) {
        for (dispute, answer) in std::mem::take(&mut self.disputes).iter().zip(answers) {
            match answer {
                Some(unit) => self.units.push((*unit, dispute.feature)),
                None => self.unmatched.push(dispute.feature),
            }
        }
        self.find_places(units, districts);
    }

    /// Where the units stand that have no polygon of their own.
    fn find_places(&mut self, units: &[UnitSite], districts: &[DistrictName]) {
        self.within_district.clear();
        self.without_place.clear();
        let own = self.units.iter().map(|m| m.0).gather_set();
        for (u, unit) in units.iter().enumerate().filter(|(u, _)| !own.contains(u)) {
            let home = unit.district.as_ref();
            let drawn = self.districts.iter().any(|(d, _)| Some(&districts[*d].id) == home);
            let is_mixed = own
                .iter()
                .any(|&o| home.is_some() && units[o].district.as_ref() == home);
            if drawn && !is_mixed {
                self.within_district.push(u)
            } else {
                self.without_place.push(u)
            }
        }
    }
}

fn by_code(feature: &GeoFeature, units: &[UnitSite]) -> Option<usize> {
    // Land surveys write the 12 digits followed by zeros.
    let is_code = |text: &str, code: &str| {
        text.strip_prefix(code)
            .is_some_and(|rest| rest.bytes().all(|b| b == b'0'))
    };
    let of = |text: &str| units.iter().position(|u| u.code.len() >= 12 && is_code(text, &u.code));
    feature.facts.iter().find_map(|(_, text)| of(text))
}

/// What the name of the feature tells; else what all its texts tell, if that is one thing.
fn only_one(feature: &GeoFeature, of: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    let named = feature
        .facts
        .iter()
        .filter(|(k, _)| is_name_key(k))
        .find_map(|(_, text)| of(text));
    named.or_else(|| {
        let all = feature.facts.iter().filter_map(|(_, text)| of(text)).gather_set();
        all.first().copied().filter(|_| all.len() == 1)
    })
}

/// How a unit may be called that is named with its office, or behind its town: `某某镇寺前村村民委员会` is 寺前村 as well.
pub fn unit_forms(text: &str) -> Vec<String> {
    const OFFICES: [(&str, &str); 6] = [
        ("村村民委员会", "村"),
        ("村民委员会", "村"),
        ("村委会", "村"),
        ("社区居民委员会", "社区"),
        ("社区居委会", "社区"),
        ("居民委员会", "社区"),
    ];
    let office = OFFICES
        .iter()
        .find_map(|(end, kind)| text.strip_suffix(end).map(|stem| format!("{stem}{kind}")));
    let text = office.as_deref().unwrap_or(text);
    let after_town = ["镇", "乡", "街道", "街道办事处"]
        .iter()
        .filter_map(|t| text.split_once(t).map(|(_, rest)| rest));
    let forms = std::iter::once(text).chain(after_town);
    forms.filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

fn unit_named(text: &str, names: &[&str], short: &[String]) -> Option<usize> {
    let forms = unit_forms(text);
    let full = forms.iter().find_map(|t| names.iter().position(|n| n == t));
    // The short name itself must be meant: 寺前村 is not 寺前社区.
    full.or_else(|| {
        forms
            .iter()
            .find_map(|t| short.iter().position(|s| s == t && unit_stem(t) == *t))
    })
}

/// Projects the matched polygons to the drawing and thins them to at most [`MOST_KEPT_POINTS`] points where that
/// leaves every unit its place.
///
/// # Errors
/// [`GeoError::NothingMatches`] without a match, [`GeoError::NoArea`] if all polygons are flat, the fault of a matched
/// feature if it has one: no village may go missing unnoticed.
pub fn borders(
    features: &[GeoFeature],
    matching: &Matching,
    units: &[UnitSite],
    districts: &[DistrictName],
) -> Result<Borders, GeoError> {
    let owners = owners(matching, units, districts);
    if owners.is_empty() {
        return Err(GeoError::NothingMatches);
    }
    let used: Vec<&GeoFeature> = owners.iter().map(|o| &features[o.2]).collect();
    if let Some(fault) = used.iter().find_map(|f| f.fault.clone()) {
        return Err(fault);
    }
    let view = Projection::over(&used).ok_or(GeoError::NoArea)?;
    let mut rings: Vec<Vec<Spot>> = Vec::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (o, feature) in used.iter().enumerate() {
        for (p, polygon) in feature.polygons.iter().enumerate() {
            for ring in polygon {
                rings.push(arcs::without_spikes(ring.iter().map(|ll| view.spot(*ll)).collect()));
                places.push((o, p));
            }
        }
    }
    arcs::join(&mut rings, JOIN);
    let thinned = thin_to_limit(&rings, &places, owners.len());
    let mut out = Borders::default();
    for (o, (is_district, id, feature)) in owners.iter().enumerate() {
        let home = if *is_district {
            &mut out.districts
        } else {
            &mut out.units
        };
        let polygons = home.entry(id.clone()).or_default();
        for p in 0..features[*feature].polygons.len() {
            let own = places.iter().zip(&thinned).filter(|(place, _)| **place == (o, p));
            let own: GridPolygon = own.map(|(_, r)| r.clone()).filter(|r| !r.is_empty()).collect();
            if !own.is_empty() {
                polygons.push(own);
            }
        }
    }
    out.units.retain(|_, polygons| !polygons.is_empty());
    out.districts.retain(|_, polygons| !polygons.is_empty());
    if out == Borders::default() {
        Err(GeoError::NoArea)
    } else {
        Ok(out)
    }
}

/// Whether a district, its id or the unit's code, position of the feature.
type Owner = (bool, String, usize);

/// What gets a polygon: every matched unit, and the districts that units without their own stand in.
fn owners(matching: &Matching, units: &[UnitSite], districts: &[DistrictName]) -> Vec<Owner> {
    let mut owners: Vec<Owner> = matching
        .units
        .iter()
        .map(|(u, f)| (false, units[*u].code.clone(), *f))
        .collect();
    let bare = |d: usize| {
        matching
            .within_district
            .iter()
            .any(|&u| units[u].district.as_ref() == Some(&districts[d].id))
    };
    owners.extend(
        matching
            .districts
            .iter()
            .filter(|(d, _)| bare(*d))
            .map(|(d, f)| (true, districts[*d].id.clone(), *f)),
    );
    owners
}

/// Thins more and more until the limit holds, but not so much that an owner loses all its rings.
fn thin_to_limit(rings: &[Vec<Spot>], places: &[(usize, usize)], owners: usize) -> Vec<Vec<Spot>> {
    let kept = |rings: &[Vec<Spot>]| {
        let full = places
            .iter()
            .zip(rings)
            .filter(|(_, r)| !r.is_empty())
            .map(|(p, _)| p.0);
        full.gather_set().len()
    };
    let mut best = arcs::thin(rings, 0.05);
    let most = kept(&best).min(owners);
    for k in 0..12 {
        if best.iter().map(Vec::len).sum::<usize>() <= MOST_KEPT_POINTS {
            break;
        }
        let next = arcs::thin(rings, 0.15 * f64::from(1 << k) / 1.5);
        if kept(&next) < most {
            break;
        }
        best = next;
    }
    best
}

/// Degrees to the drawing: lengths east–west shrink with the latitude of the middle; proportions stay.
struct Projection {
    west: f64,
    north: f64,
    shrink: f64,
    scale: f64,
    offset: (f64, f64),
}

impl Projection {
    fn over(features: &[&GeoFeature]) -> Option<Self> {
        let all = || features.iter().flat_map(|f| &f.polygons).flatten().flatten();
        let fold = |of: fn(&(f64, f64)) -> f64| {
            all()
                .map(of)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)))
        };
        let ((west, east), (south, north)) = (fold(|p| p.0), fold(|p| p.1));
        let shrink = ((south + north) / 2.0).to_radians().cos();
        let (w, h) = ((east - west) * shrink, north - south);
        if !(w > 1e-9 && h > 1e-9) {
            return None;
        }
        let (room_w, room_h) = (MAP_SIZE.0 - 2.0 * MARGIN, MAP_SIZE.1 - 2.0 * MARGIN);
        let scale = (room_w / w).min(room_h / h);
        let offset = ((MAP_SIZE.0 - w * scale) / 2.0, (MAP_SIZE.1 - h * scale) / 2.0);
        Some(Self {
            west,
            north,
            shrink,
            scale,
            offset,
        })
    }

    fn spot(&self, (lon, lat): (f64, f64)) -> Spot {
        let x = self.offset.0 + (lon - self.west) * self.shrink * self.scale;
        let y = self.offset.1 + (self.north - lat) * self.scale;
        ((x * 10.0).round() as i32, (y * 10.0).round() as i32)
    }
}

impl Borders {
    /// The same with whatever cannot be drawn left out: these may come from someone else's file.
    fn sound(&self) -> Self {
        let (right, bottom) = ((MAP_SIZE.0 * 10.0) as i32, (MAP_SIZE.1 * 10.0) as i32);
        let mut left = MOST_POINTS;
        let mut is_sound = |ring: &Vec<Spot>| {
            let fits = ring.len() > 2 && ring.len() <= left;
            let fits = fits
                && ring
                    .iter()
                    .all(|s| (0..=right).contains(&s.0) && (0..=bottom).contains(&s.1));
            left -= if fits { ring.len() } else { 0 };
            fits
        };
        let mut sift = |all: &BTreeMap<String, Vec<GridPolygon>>| {
            let mut out = BTreeMap::new();
            for (id, polygons) in all {
                // A polygon without its outer ring is none.
                let good = polygons.iter().filter(|p| p.iter().all(&mut is_sound) && !p.is_empty());
                out.insert(id.clone(), good.cloned().collect());
            }
            out
        };
        Self {
            units: sift(&self.units),
            districts: sift(&self.districts),
        }
    }

    /// How many points they have.
    pub fn points(&self) -> usize {
        self.units
            .values()
            .chain(self.districts.values())
            .flatten()
            .flatten()
            .map(Vec::len)
            .sum()
    }
}

impl TownMap {
    /// The map over borders from a file. Units without a polygon stand inside that of their district; where that is
    /// missing too, their cell has no rings, and the page must list them beside the map.
    pub fn from_borders(units: &[UnitSite], borders: &Borders) -> Self {
        let borders = &borders.sound();
        let mut polygons: Vec<Vec<GridPolygon>> = units
            .iter()
            .map(|u| borders.units.get(&u.code).cloned().unwrap_or_default())
            .collect();
        let mut is_surveyed = true;
        for (id, ground) in &borders.districts {
            let members: Vec<usize> = (0..units.len())
                .filter(|&u| units[u].district.as_ref() == Some(id))
                .collect();
            if members.is_empty() || members.iter().any(|&u| !polygons[u].is_empty()) {
                continue;
            }
            is_surveyed = false;
            for (u, cell) in members.iter().zip(divided(units, &members, ground)) {
                polygons[*u] = vec![vec![cell]];
            }
        }
        let mut rings: Vec<Vec<Spot>> = polygons.iter().flatten().flatten().cloned().collect();
        // Borders that could not be thinned were joined when they were read.
        if borders.points() <= 2 * MOST_KEPT_POINTS {
            arcs::join(&mut rings, JOIN);
        }
        let mut map = Self::over(units, mesh_over(&polygons, rings), BTreeMap::new(), is_surveyed);
        map.is_from_file = true;
        map.meet_across_gaps();
        map
    }

    /// Borders that were drawn apart leave slivers between neighbours; those who run along each other are neighbours.
    fn meet_across_gaps(&mut self) {
        const GAP: f64 = 2.5;
        const LEAST: usize = 5;
        for a in 0..self.cells.len() {
            for b in a + 1..self.cells.len() {
                let (p, q) = (&self.cells[a], &self.cells[b]);
                if p.neighbours.contains(&b) || !p.bounds.grown(GAP).meets(&q.bounds) {
                    continue;
                }
                let sides: Vec<(Point, Point)> = q.rings.iter().flat_map(|r| pairs(r)).collect();
                let near = |s: &Point| sides.iter().any(|(c, d)| segment_distance(*s, *c, *d) < GAP);
                let along = p
                    .rings
                    .iter()
                    .flat_map(|r| dense(r, 2.0))
                    .filter(|s| q.bounds.grown(GAP).contains(*s));
                if along.filter(near).take(LEAST).count() == LEAST {
                    self.cells[a].neighbours.push(b);
                    self.cells[b].neighbours.push(a);
                }
            }
        }
        self.settle_neighbours();
    }
}

/// One ring per member inside the largest polygon of the district.
fn divided(units: &[UnitSite], members: &[usize], ground: &[GridPolygon]) -> Vec<Vec<Spot>> {
    let area = |p: &GridPolygon| {
        p.first().map_or(0.0, |r| {
            signed_area(&r.iter().map(|s| point(*s)).collect::<Vec<_>>()).abs()
        })
    };
    let Some(ring) = ground
        .iter()
        .max_by(|a, b| area(a).total_cmp(&area(b)))
        .and_then(|p| p.first())
    else {
        return vec![Vec::new(); members.len()];
    };
    let mut outline: Vec<Point> = ring
        .iter()
        .map(|s| point(*s))
        .map(|p| Point::new(p.x, p.y * STRETCH))
        .collect();
    if signed_area(&outline) < 0.0 {
        outline.reverse();
    }
    let seeds: Vec<Seed> = members
        .iter()
        .map(|&u| Seed {
            share: 1.0,
            is_village: units[u].is_village,
            group: 0,
            pinned: None,
        })
        .collect();
    let middle = Point::new(MAP_SIZE.0 / 2.0, MAP_SIZE.1 / 2.0 * STRETCH);
    let all: Vec<usize> = (0..members.len()).collect();
    let sites = fill(&seeds, &all, &outline, middle, &mut Stream::new(39));
    let tenth = |p: &Point| ((p.x * 10.0).round() as i32, (p.y / STRETCH * 10.0).round() as i32);
    let cells = diagram(&sites, &outline);
    cells
        .iter()
        .map(|c| arcs::without_spikes(c.points.iter().map(tenth).collect()))
        .collect()
}

/// The faces of the units over the given rings, which are those of `polygons` in order.
fn mesh_over(polygons: &[Vec<GridPolygon>], rings: Vec<Vec<Spot>>) -> Mesh {
    let mut ids: BTreeMap<Spot, u32> = BTreeMap::new();
    let mut points = Vec::new();
    let mut rings = rings.into_iter();
    let mut faces = Vec::new();
    for unit in polygons {
        let mut face = Vec::new();
        for polygon in unit {
            for (k, _) in polygon.iter().enumerate() {
                let mut ring = rings.next().unwrap_or_default();
                let line: Vec<Point> = ring.iter().map(|s| point(*s)).collect();
                // Outer rings one way round, holes the other.
                if ring.len() < 3 || signed_area(&line) == 0.0 {
                    continue;
                }
                if (signed_area(&line) > 0.0) != (k == 0) {
                    ring.reverse();
                }
                let id = |s: &Spot| {
                    *ids.entry(*s).or_insert_with(|| {
                        points.push(point(*s));
                        points.len() as u32 - 1
                    })
                };
                face.push(ring.iter().map(id).collect());
            }
        }
        faces.push(face);
    }
    Mesh::new(points, faces)
}
