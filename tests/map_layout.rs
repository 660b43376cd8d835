//! The schematic map: cells, outlines, neighbours. `docs/requirements.md` T11: the town is run in 11 districts, and
//! units move between them; G1: the map leads from town to district to village.
mod map_support;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use map_support::{drawing, shipped, shipped_map, town};
use proptest::prelude::*;
use tiancheng::map::{Direction, MAP_SIZE, Options, Point, Rect, TownMap, UnitSite, geom, layout, town_area};

type Key = (i64, i64);

fn key(p: Point) -> Key {
    ((p.x * 10.0).round() as i64, (p.y * 10.0).round() as i64)
}

/// Every border between two cells has the same points in both: each step of a ring is either taken the other way by
/// exactly one other cell, or lies on the outline of the town.
fn assert_watertight(map: &TownMap) {
    let mut owners: HashMap<(Key, Key), usize> = HashMap::new();
    for (i, cell) in map.cells.iter().enumerate() {
        for (a, b) in cell.rings.iter().flat_map(|r| geom::pairs(r)) {
            let other = owners.insert((key(a), key(b)), i);
            assert_eq!(other, None, "{} and another cell run along the same side", cell.name);
        }
    }
    let shore: BTreeSet<(Key, Key)> = map
        .outline
        .iter()
        .flat_map(|r| geom::pairs(r))
        .map(|(a, b)| (key(a), key(b)))
        .collect();
    for ((a, b), i) in &owners {
        let is_shared = owners.contains_key(&(*b, *a));
        assert!(
            is_shared != shore.contains(&(*a, *b)),
            "{}: a side is neither shared nor shore",
            map.cells[*i].name
        );
    }
    let sum: f64 = map.cells.iter().map(|c| c.area).sum();
    let town = town_area(map);
    assert!((sum - town).abs() < town / 1000.0, "cells {sum}, town {town}");
    assert_eq!(map.outline.len(), 1, "one shore");
    for cell in &map.cells {
        assert_eq!(cell.rings.len(), 1, "{} is in one piece", cell.name);
        assert!(cell.area > 0.0, "{} has an area", cell.name);
        assert!(geom::contains(&cell.rings, cell.center), "{}: center inside", cell.name);
        assert!(map.view.encloses(&cell.bounds), "{} lies in the drawing", cell.name);
    }
}

fn assert_neighbours_agree(map: &TownMap) {
    for (i, cell) in map.cells.iter().enumerate() {
        assert!(!cell.neighbours.contains(&i));
        for &n in &cell.neighbours {
            assert!(
                map.cells[n].neighbours.contains(&i),
                "{} – {}",
                cell.name,
                map.cells[n].name
            );
        }
        assert!(
            map.cells.len() == 1 || !cell.neighbours.is_empty(),
            "{} has a neighbour",
            cell.name
        );
    }
}

fn assert_keyboard_reaches_all(map: &TownMap) {
    for start in 0..map.cells.len() {
        let mut seen = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(i) = open.pop() {
            for n in Direction::ALL.iter().filter_map(|d| map.neighbour_towards(i, *d)) {
                if seen.insert(n) {
                    open.push(n);
                }
            }
        }
        assert_eq!(seen.len(), map.cells.len(), "from {}", map.cells[start].name);
    }
}

/// Proper crossing of two segments.
fn cross(a: (Point, Point), b: (Point, Point)) -> bool {
    let side = |p: Point, q: Point, r: Point| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    let (d1, d2) = (side(b.0, b.1, a.0), side(b.0, b.1, a.1));
    let (d3, d4) = (side(a.0, a.1, b.0), side(a.0, a.1, b.1));
    d1 * d2 < 0.0 && d3 * d4 < 0.0
}

#[test]
fn t11_shipped_division_has_eleven_connected_districts() {
    let map = shipped_map();
    assert_eq!((map.cells.len(), map.districts.len()), (39, 11));
    for d in &map.districts {
        assert_eq!(d.parts.len(), 1, "{} lies together", d.id);
        assert_eq!(d.parts[0].rings.len(), 1, "{} has no hole", d.id);
        let units: f64 = d.units.iter().map(|&u| map.cells[u].area).sum();
        assert!(
            (units - d.parts[0].area).abs() < 1e-3 * units,
            "{} is as large as its units",
            d.id
        );
        assert!(geom::contains(&d.parts[0].rings, d.parts[0].middle));
        for &n in &d.neighbours {
            assert_ne!(map.districts[n].tint, d.tint, "{} and {}", d.id, map.districts[n].id);
        }
    }
    assert_eq!(
        map.districts.iter().map(|d| d.tint).collect::<BTreeSet<_>>(),
        BTreeSet::from([0, 1, 2, 3])
    );
}

#[test]
fn cells_cover_the_town_without_gap_or_overlap() {
    let map = shipped_map();
    assert_watertight(&map);
    for x in (0..1000).step_by(7) {
        for y in (0..880).step_by(7) {
            let p = Point::new(f64::from(x) + 0.03, f64::from(y) + 0.03);
            let homes = map.cells.iter().filter(|c| geom::contains(&c.rings, p)).count();
            assert_eq!(homes, usize::from(geom::contains(&map.outline, p)), "at {p:?}");
        }
    }
}

#[test]
fn no_line_crosses_another() {
    for seed in [Options::default().seed, 1, 2, 3, 4, 5, 6, u64::MAX] {
        assert_no_crossing(&layout(
            &shipped(),
            &Options {
                seed,
                ..Options::default()
            },
        ));
    }
    for (units, districts) in [(1, 1), (5, 2), (80, 20)] {
        assert_no_crossing(&layout(&town(units, districts, 4), &Options::default()));
    }
}

fn assert_no_crossing(map: &TownMap) {
    let mut sides: Vec<(Point, Point)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (a, b) in map.cells.iter().flat_map(|c| &c.rings).flat_map(|r| geom::pairs(r)) {
        if seen.insert((key(a).min(key(b)), key(a).max(key(b)))) {
            sides.push((a, b));
        }
    }
    sides.sort_by(|a, b| a.0.x.min(a.1.x).total_cmp(&b.0.x.min(b.1.x)));
    for (i, a) in sides.iter().enumerate() {
        let right = a.0.x.max(a.1.x);
        for b in sides[i + 1..].iter().take_while(|b| b.0.x.min(b.1.x) <= right) {
            assert!(!cross(*a, *b), "{a:?} {b:?}");
        }
    }
}

#[test]
fn cells_are_of_like_size_and_wider_than_tall() {
    let map = shipped_map();
    let areas: Vec<f64> = map.cells.iter().map(|c| c.area).collect();
    let (least, most) = (
        areas.iter().copied().fold(f64::MAX, f64::min),
        areas.iter().copied().fold(0.0, f64::max),
    );
    assert!(most / least < 2.2, "{least} to {most}");
    let wide = map.cells.iter().filter(|c| c.bounds.w > c.bounds.h).count();
    assert!(wide * 3 > map.cells.len() * 2, "{wide} of 39");
}

#[test]
fn neighbours_agree_and_the_keyboard_reaches_every_unit() {
    let map = shipped_map();
    assert_neighbours_agree(&map);
    assert_keyboard_reaches_all(&map);
    for (i, cell) in map.cells.iter().enumerate() {
        let right = map.neighbour_towards(i, Direction::Right);
        assert!(right.is_none_or(|r| map.cells[r].center.x > cell.center.x));
        let up = map.neighbour_towards(i, Direction::Up);
        assert!(up.is_none_or(|u| map.cells[u].center.y < cell.center.y));
    }
    assert_eq!(map.neighbour_towards(999, Direction::Up), None);
}

#[test]
fn the_same_input_gives_the_same_map_whatever_its_order() {
    let map = shipped_map();
    assert_eq!(map, shipped_map());
    let mut turned = shipped();
    turned.reverse();
    let other = layout(&turned, &Options::default());
    for cell in &map.cells {
        let same = &other.cells[other.position(&cell.code).unwrap()];
        assert_eq!(cell.path, same.path, "{}", cell.name);
    }
    assert_ne!(
        map.outline_path,
        layout(
            &shipped(),
            &Options {
                seed: 7,
                ..Options::default()
            }
        )
        .outline_path
    );
}

#[test]
fn paths_have_one_decimal_at_most() {
    let map = shipped_map();
    let all = [&map.outline_path, &map.district_lines, &map.cell_lines]
        .into_iter()
        .chain(map.cells.iter().map(|c| &c.path));
    for path in all {
        assert!(path.starts_with('M'));
        for number in path.split(['M', 'L', 'Z', ' ']).filter(|n| !n.is_empty()) {
            assert!(
                number.parse::<f64>().is_ok_and(|v| (0.0..=1000.0).contains(&v)),
                "{number}"
            );
            assert!(number.split_once('.').is_none_or(|(_, d)| d.len() == 1), "{number}");
        }
    }
    assert!(map.cells.iter().all(|c| c.path.ends_with('Z')));
}

#[test]
fn t11_a_unit_that_moves_to_another_district_keeps_its_cell() {
    let map = shipped_map();
    let unit = map.position("421223100209").unwrap();
    // To a district that lies next to it.
    let to = map.cells[unit]
        .neighbours
        .iter()
        .filter_map(|&n| map.cells[n].district)
        .find(|d| Some(*d) != map.cells[unit].district)
        .unwrap();
    let to_id = map.districts[to].id.clone();
    let old: BTreeMap<String, Option<String>> = shipped().into_iter().map(|u| (u.code, u.district)).collect();
    let moved = map.with_division(&|code| {
        if code == "421223100209" {
            Some(to_id.clone())
        } else {
            old[code].clone()
        }
    });
    for (a, b) in map.cells.iter().zip(&moved.cells) {
        assert_eq!((&a.path, a.center, &a.neighbours), (&b.path, b.center, &b.neighbours));
    }
    let shape = &moved.districts[moved.district_position(&to_id).unwrap()];
    assert!(shape.units.contains(&unit));
    assert_eq!(shape.parts.len(), 1);
    assert_ne!(map.district_lines, moved.district_lines);
    assert_eq!(map.outline_path, moved.outline_path);
    // And back: nothing is left of it.
    assert_eq!(moved.with_division(&|code| old[code].clone()), map);
}

#[test]
fn a_district_in_two_parts_has_two_outlines_and_a_unit_may_have_no_district() {
    let map = shipped_map();
    let far = |a: &geom::Rect, b: &geom::Rect| a.center().distance(b.center());
    let d = &map.districts[0];
    let lone = (0..39)
        .max_by(|&a, &b| far(&map.cells[a].bounds, &d.bounds).total_cmp(&far(&map.cells[b].bounds, &d.bounds)))
        .unwrap();
    let id = d.id.clone();
    let code = map.cells[lone].code.clone();
    let old: BTreeMap<String, Option<String>> = shipped().into_iter().map(|u| (u.code, u.district)).collect();
    let split = map.with_division(&|c| {
        if c == code { Some(id.clone()) } else { old[c].clone() }
    });
    assert_eq!(split.districts[split.district_position(&id).unwrap()].parts.len(), 2);
    let none = map.with_division(&|c| if c == code { None } else { old[c].clone() });
    assert_eq!(none.cells[lone].district, None);
    assert_ne!(none.district_lines, map.district_lines);
    let empty = map.with_division(&|_| None);
    assert!(empty.districts.is_empty() && empty.district_lines.is_empty());
}

#[test]
fn a_dragged_unit_stands_where_it_was_put() {
    let map = shipped_map();
    let code = "421223100209".to_string();
    for place in [(500, 440), (150, 500), (-50, -50), (1000, 880)] {
        let options = Options {
            moved: BTreeMap::from([(code.clone(), place)]),
            ..Options::default()
        };
        let moved = layout(&shipped(), &options);
        assert_watertight(&moved);
        assert_neighbours_agree(&moved);
        assert!(
            (town_area(&moved) - town_area(&map)).abs() < town_area(&map) / 1000.0,
            "the shore stays"
        );
        let cell = &moved.cells[moved.position(&code).unwrap()];
        let p = Point::new(f64::from(place.0), f64::from(place.1));
        if geom::contains(&moved.outline, p) {
            assert!(geom::contains(&cell.rings, p), "{place:?}");
        }
    }
    // All units at one place: odd, but a map.
    let all = shipped().into_iter().map(|u| (u.code, (400, 400))).collect();
    assert_watertight(&layout(
        &shipped(),
        &Options {
            moved: all,
            ..Options::default()
        },
    ));
}

#[test]
fn stands_hold_the_map_nearly_still_when_a_unit_joins() {
    let map = shipped_map();
    let mut units = shipped();
    units.push(UnitSite {
        code: "421223100228".into(),
        name: "新村".into(),
        is_village: true,
        district: Some("白泉片区".into()),
    });
    let grown = layout(
        &units,
        &Options {
            moved: map.stands.clone(),
            ..Options::default()
        },
    );
    assert_watertight(&grown);
    let drift = |code: &str| {
        let (a, b) = (map.position(code).unwrap(), grown.position(code).unwrap());
        map.cells[a].center.distance(grown.cells[b].center)
    };
    let mut drifts: Vec<f64> = map.cells.iter().map(|c| drift(&c.code)).collect();
    drifts.sort_by(f64::total_cmp);
    assert!(drifts[19] < 12.0, "half of the units hardly move: {drifts:?}");
}

#[test]
fn g1_zoom_shows_the_whole_district_in_the_proportion_of_the_frame() {
    let map = shipped_map();
    for d in 0..11 {
        for aspect in [0.5, 1.0, 1.6] {
            let view = map.district_view(d, 20.0, aspect);
            assert!(view.encloses(&map.districts[d].bounds));
            assert!((view.w / view.h - aspect).abs() < 1e-9);
        }
    }
    assert_eq!(map.district_view(99, 20.0, 1.0), map.view);
    assert_eq!(
        map.view,
        Rect {
            x: 0.0,
            y: 0.0,
            w: MAP_SIZE.0,
            h: MAP_SIZE.1
        }
    );
    let cell = &map.cells[5];
    assert_eq!(map.cell_at(cell.center), Some(5));
    assert_eq!(map.cell_at(Point::new(1.0, 1.0)), None);
}

#[test]
fn towns_of_any_size_have_a_map() {
    for (units, districts) in [
        (1, 1),
        (2, 1),
        (2, 2),
        (5, 2),
        (5, 5),
        (20, 20),
        (39, 11),
        (80, 20),
        (80, 1),
    ] {
        let map = layout(&town(units, districts, 4), &Options::default());
        assert_watertight(&map);
        assert_neighbours_agree(&map);
        assert_keyboard_reaches_all(&map);
        let loose: Vec<_> = map
            .districts
            .iter()
            .filter(|d| d.parts.len() != 1)
            .map(|d| (&d.id, d.parts.len()))
            .collect();
        assert!(loose.is_empty(), "{units} units in {districts} districts: {loose:?}");
    }
    let none = layout(&[], &Options::default());
    assert!(none.cells.is_empty() && none.outline.len() == 1 && !none.outline_path.is_empty());
}

#[test]
fn units_without_a_district_have_cells() {
    let mut units = shipped();
    for u in units.iter_mut().step_by(5) {
        u.district = None;
    }
    assert_watertight(&layout(&units, &Options::default()));
    units.iter_mut().for_each(|u| u.district = None);
    let map = layout(&units, &Options::default());
    assert_watertight(&map);
    assert!(map.districts.is_empty());
}

/// Writes the map to look at: `target/map.svg`.
#[test]
fn draws_a_picture() {
    let map = shipped_map();
    let tints = ["#fbfaf6", "#f3efe4", "#dfe9e0", "#e8e4f0"];
    let mut names = String::new();
    for c in &map.cells {
        names += &format!(
            "<text x='{}' y='{}' font-size='20' text-anchor='middle'>{}</text>",
            c.center.x, c.center.y, c.name
        );
    }
    let svg = drawing(
        &map,
        798,
        &|i| tints[map.districts[map.cells[i].district.unwrap()].tint as usize].into(),
        &names,
    );
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    std::fs::write(dir.join("map.svg"), svg).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_towns_have_sound_maps(units in 1_usize..=80, districts in 1_usize..=20, letters in 1_usize..=12, seed in any::<u64>()) {
        let mut list = town(units, districts.min(units), letters);
        if seed % 3 == 0 {
            list.iter_mut().step_by(4).for_each(|u| u.district = None);
        }
        let map = layout(&list, &Options { seed, ..Options::default() });
        assert_watertight(&map);
        assert_neighbours_agree(&map);
        assert_keyboard_reaches_all(&map);
    }

    #[test]
    fn random_drags_have_sound_maps(seed in any::<u64>(), moves in proptest::collection::vec((0_usize..39, -100_i32..1100, -100_i32..1000), 0..20)) {
        let units = shipped();
        let moved = moves.into_iter().map(|(u, x, y)| (units[u].code.clone(), (x, y))).collect();
        let map = layout(&units, &Options { seed, moved });
        assert_watertight(&map);
        assert_neighbours_agree(&map);
    }
}
