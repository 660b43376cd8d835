//! Borders from a GeoJSON file. `docs/requirements.md` T11: the districts on the map; G1: from town to village.
mod map_support;

use std::collections::BTreeSet;

use map_support::{drawing, measure, plate_texts, shipped, shipped_map};
use serde_json::{Value, json};
use tiancheng::map::borders::{Borders, DistrictName, MOST_KEPT_POINTS, Matching, borders, match_features};
use tiancheng::map::geojson::{GeoError, MOST_POINTS, parse};
use tiancheng::map::{Direction, LabelMode, LabelRequest, Point, TownMap, UnitSite, geom};

/// Some place in Hubei; the real one does not matter.
fn degrees(p: Point) -> Value {
    json!([114.0 + p.x / 5000.0, 29.6 - p.y / 5000.0 * 0.87])
}

fn ring(points: &[Point]) -> Value {
    let mut out: Vec<Value> = points.iter().map(|p| degrees(*p)).collect();
    out.push(out[0].clone());
    Value::Array(out)
}

fn feature(properties: Value, points: &[Point]) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Polygon", "coordinates": [ring(points)] } })
}

fn collection(features: Vec<Value>) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn district_names() -> Vec<DistrictName> {
    let ids: BTreeSet<String> = shipped().into_iter().filter_map(|u| u.district).collect();
    ids.into_iter()
        .map(|id| DistrictName { name: id.clone(), id })
        .collect()
}

fn import(text: &str) -> Result<(Matching, Borders, TownMap), GeoError> {
    let (units, districts) = (shipped(), district_names());
    let features = parse(text)?;
    let matching = match_features(&features, &units, &districts);
    let borders = borders(&features, &matching, &units, &districts)?;
    let map = TownMap::from_borders(&units, &borders);
    Ok((matching, borders, map))
}

fn all_units(properties: impl Fn(&UnitSite) -> Value) -> String {
    let map = shipped_map();
    collection(
        shipped()
            .iter()
            .zip(&map.cells)
            .map(|(u, c)| feature(properties(u), &c.rings[0]))
            .collect(),
    )
}

fn square(x: f64, y: f64, side: f64) -> Vec<Point> {
    [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)]
        .iter()
        .map(|(a, b)| Point::new(x + a, y + b))
        .collect()
}

#[test]
fn t11_surveyed_units_make_a_town_with_the_same_neighbours() {
    let (matching, stored, map) = import(&all_units(|u| json!({ "XZQDM": format!("{}0000000", u.code) }))).unwrap();
    assert_eq!((matching.units.len(), stored.units.len()), (39, 39));
    assert!(matching.unmatched.is_empty() && matching.without_place.is_empty() && map.is_surveyed);
    let drawn = shipped_map();
    let (mut same, mut all) = (0, 0);
    for (a, b) in drawn.cells.iter().zip(&map.cells) {
        same += a.neighbours.iter().filter(|n| b.neighbours.contains(n)).count();
        all += a.neighbours.len().max(b.neighbours.len());
    }
    assert!(same * 100 >= all * 97, "{same} of {all}");
    for (i, cell) in map.cells.iter().enumerate() {
        assert!(
            cell.neighbours
                .iter()
                .all(|&n| n != i && map.cells[n].neighbours.contains(&i)),
            "{}",
            cell.name
        );
    }
    // Shared borders stay shared: the cells fill the outline, and there is one.
    let cells: f64 = map.cells.iter().map(|c| c.area).sum();
    let town: f64 = map.outline.iter().map(|r| geom::signed_area(r)).sum();
    assert_eq!(map.outline.len(), 1);
    assert!((cells - town).abs() < town * 0.001, "{cells} {town}");
    for d in &map.districts {
        assert_eq!(d.parts.len(), 1, "{}", d.id);
    }
    let mut seen = BTreeSet::from([0]);
    let mut open = vec![0];
    while let Some(i) = open.pop() {
        open.extend(
            Direction::ALL
                .iter()
                .filter_map(|d| map.neighbour_towards(i, *d))
                .filter(|n| seen.insert(*n)),
        );
    }
    assert_eq!(seen.len(), 39);
    assert_eq!(
        TownMap::from_borders(&shipped(), &stored),
        map,
        "the same borders, the same map"
    );
    let figures = vec![1; 39];
    let plates = plate_texts(&map, &figures);
    let found = map.labels(&LabelRequest {
        scale: 0.8,
        text_scale: 1.0,
        mode: LabelMode::NamesOnly,
        values: &[],
        plates: &plates,
        only: None,
        measure: &measure,
    });
    assert!(found.hidden.len() < 3 && found.plates.len() == 11);
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    std::fs::write(
        dir.join("map-borders.svg"),
        drawing(
            &map,
            798,
            &|_| "#c9dfd2".into(),
            &map_support::draw_labels(&found, &|_| "#14211f"),
        ),
    )
    .unwrap();
}

#[test]
fn features_are_known_by_code_name_or_short_name() {
    let units = shipped();
    let districts = district_names();
    let of = |properties: Value| {
        let features = parse(&collection(vec![feature(properties, &square(0.0, 0.0, 10.0))])).unwrap();
        let m = match_features(&features, &units, &districts);
        assert_eq!(m.units.len() + m.districts.len() + m.unmatched.len(), 1);
        m.units
            .first()
            .map(|u| units[u.0].name.clone())
            .or_else(|| m.districts.first().map(|d| districts[d.0].name.clone()))
    };
    let some = |s: &str| Some(s.to_owned());
    assert_eq!(of(json!({ "code": 421223100208_u64 })), some("寺前村"));
    // A name that is no unit's says nothing against the code; one that is another unit's is asked about.
    assert_eq!(of(json!({ "code": "421223100208", "name": "寺前" })), some("寺前村"));
    assert_eq!(of(json!({ "code": "421223100208", "name": "无名村" })), some("寺前村"));
    for name in [
        "寺前村",
        " 寺前村 ",
        "寺前",
        "天城镇寺前村",
        "崇阳县天城镇寺前村",
        "寺前村村民委员会",
        "天城镇寺前村民委员会",
        "寺前村委会",
    ] {
        assert_eq!(of(json!({ "名称": name })), some("寺前村"), "{name}");
    }
    assert_eq!(of(json!({ "name": "大集社区居民委员会" })), some("大集社区"));
    assert_eq!(of(json!({ "name": "七星社区居委会" })), some("七星社区"));
    assert_eq!(of(json!({ "name": "七星" })), None);
    assert_eq!(of(json!({ "name": "寺前片区" })), some("寺前片区"));
    // The name counts, not what else is written there.
    assert_eq!(
        of(json!({ "name": "寺前村", "east": "河田村", "片区": "寺前片区" })),
        some("寺前村")
    );
    assert_eq!(of(json!({ "a": "寺前村", "b": "河田村" })), None);
    assert_eq!(of(json!({ "name": "别处村" })), None);
    assert_eq!(of(Value::Null), None);
}

#[test]
fn the_report_names_what_is_missing() {
    let map = shipped_map();
    let text = collection(vec![
        feature(json!({ "name": "寺前村" }), &map.cells[19].rings[0]),
        feature(json!({ "name": "别处村" }), &square(900.0, 0.0, 50.0)),
        json!({ "type": "Feature", "properties": { "name": "村委会" }, "geometry": { "type": "Point", "coordinates": [114.1, 29.5] } }),
        json!({ "type": "Feature", "properties": { "name": "空" }, "geometry": null }),
    ]);
    let (matching, stored, town) = import(&text).unwrap();
    assert_eq!(
        (
            matching.units.len(),
            matching.unmatched.len(),
            matching.without_place.len()
        ),
        // The thing without a shape is named, too.
        (1, 2, 38)
    );
    assert_eq!(stored.units.keys().collect::<Vec<_>>(), ["421223100208"]);
    let cell = &town.cells[town.position("421223100208").unwrap()];
    assert!(cell.area > 100_000.0, "one unit fills the drawing");
    assert!(town.cells.iter().filter(|c| c.rings.is_empty()).count() == 38);
    assert!(town.view.encloses(&cell.bounds));
}

#[test]
fn several_features_of_one_unit_and_holes_are_kept() {
    let mut with_hole = feature(json!({ "name": "寺前村" }), &square(0.0, 0.0, 400.0));
    with_hole["geometry"]["coordinates"]
        .as_array_mut()
        .unwrap()
        .push(ring(&square(100.0, 100.0, 100.0)));
    let text = collection(vec![
        with_hole,
        feature(json!({ "name": "寺前村" }), &square(500.0, 0.0, 100.0)),
        feature(json!({ "name": "河田村" }), &square(100.0, 100.0, 100.0)),
    ]);
    let (_, stored, map) = import(&text).unwrap();
    assert_eq!(
        stored.units["421223100208"].iter().map(Vec::len).collect::<Vec<_>>(),
        [2, 1]
    );
    let (outer, inner) = (
        map.position("421223100208").unwrap(),
        map.position("421223100201").unwrap(),
    );
    assert_eq!(map.cells[outer].neighbours, [inner]);
    assert_eq!(map.cells[outer].rings.len(), 3);
    let ratio = map.cells[outer].area / map.cells[inner].area;
    assert!((ratio - 16.0).abs() < 0.1, "{ratio}");
    assert_eq!(map.outline.len(), 2);
}

#[test]
fn t11_units_of_a_surveyed_district_share_its_ground() {
    let map = shipped_map();
    let features = map
        .districts
        .iter()
        .map(|d| feature(json!({ "name": d.id }), &d.parts[0].rings[0]))
        .collect();
    let (matching, stored, town) = import(&collection(features)).unwrap();
    assert_eq!(
        (
            matching.districts.len(),
            matching.within_district.len(),
            stored.districts.len()
        ),
        (11, 39, 11)
    );
    assert!(!town.is_surveyed && town.cells.iter().all(|c| c.area > 1000.0));
    for (a, b) in map
        .districts
        .iter()
        .map(|d| (d, &town.districts[town.district_position(&d.id).unwrap()]))
    {
        assert_eq!(a.units, b.units);
        let units: f64 = b.units.iter().map(|&u| town.cells[u].area).sum();
        assert!(
            (units - b.parts.iter().map(|p| p.area).sum::<f64>()).abs() < units * 0.01,
            "{}",
            a.id
        );
    }
    let connected = town.cells.iter().all(|c| !c.neighbours.is_empty());
    assert!(connected);
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    std::fs::write(
        dir.join("map-districts.svg"),
        drawing(&town, 798, &|_| "#c9dfd2".into(), ""),
    )
    .unwrap();
}

#[test]
fn borders_drawn_with_different_care_still_meet() {
    // The right square has a corner in the middle of the side it shares.
    let mut right = square(100.0, 0.0, 100.0);
    right.push(Point::new(100.0, 50.0));
    let text = collection(vec![
        feature(json!({ "name": "寺前村" }), &square(0.0, 0.0, 100.0)),
        feature(json!({ "name": "河田村" }), &right),
        // And this one was drawn apart, with a small gap.
        feature(json!({ "name": "洪下村" }), &square(200.4, 0.0, 100.0)),
    ]);
    let (_, _, map) = import(&text).unwrap();
    let at = |code: &str| map.position(code).unwrap();
    assert!(map.cells[at("421223100208")].neighbours.contains(&at("421223100201")));
    assert_eq!(map.outline.len(), 2);
    assert!(
        map.cells[at("421223100201")].neighbours.contains(&at("421223100200")),
        "across the gap"
    );
}

#[test]
fn long_borders_are_thinned_and_stay_shared() {
    let map = shipped_map();
    // Every side in forty pieces with a little noise that depends on the place alone.
    let rough = |ring: &[Point]| -> Vec<Point> {
        let mut out = Vec::new();
        for (a, b) in geom::pairs(ring) {
            for i in 0..20 {
                let (from, to, t) = if (a.x, a.y) < (b.x, b.y) {
                    (a, b, i as f64 / 20.0)
                } else {
                    (b, a, 1.0 - i as f64 / 20.0)
                };
                let p = from.toward(to, t);
                let noise = if i == 0 {
                    0.0
                } else {
                    0.06 * ((p.x * 12.9 + p.y * 78.2).sin() * 43.7).sin()
                };
                out.push(Point::new(p.x + noise, p.y - noise));
            }
        }
        out
    };
    let features = shipped()
        .iter()
        .zip(&map.cells)
        .map(|(u, c)| feature(json!({ "code": u.code }), &rough(&c.rings[0])))
        .collect();
    let (_, stored, town) = import(&collection(features)).unwrap();
    let points: usize = stored.units.values().flatten().flatten().map(Vec::len).sum();
    assert!(points <= MOST_KEPT_POINTS, "{points}");
    let cells: f64 = town.cells.iter().map(|c| c.area).sum();
    let outline: f64 = town.outline.iter().map(|r| geom::signed_area(r)).sum();
    assert_eq!(town.outline.len(), 1);
    assert!((cells - outline).abs() < outline * 0.001);
}

#[test]
fn bad_files_are_refused_with_a_reason() {
    let reason = |text: &str| import(text).map(|_| ()).unwrap_err();
    let one = |coordinates: Value| {
        collection(vec![
            json!({ "type": "Feature", "properties": { "name": "寺前村" }, "geometry": { "type": "Polygon", "coordinates": coordinates } }),
        ])
    };
    let name = || "寺前村".to_owned();
    assert_eq!(reason("代码,名称\n1,寺前村"), GeoError::NotJson);
    assert_eq!(reason(""), GeoError::NotJson);
    assert_eq!(reason("[1e999]"), GeoError::NotJson);
    for text in [
        "{}",
        "[]",
        "3",
        r#"{"type":"Topology"}"#,
        r#"{"type":"FeatureCollection"}"#,
        r#"{"type":"FeatureCollection","features":[{}]}"#,
    ] {
        assert_eq!(reason(text), GeoError::NotGeoJson, "{text}");
    }
    assert_eq!(
        reason(r#"{"type":"FeatureCollection","features":[]}"#),
        GeoError::NoPolygons
    );
    assert_eq!(
        reason(r#"{"type":"Point","coordinates":[114,29]}"#),
        GeoError::NoPolygons
    );
    assert_eq!(
        reason(&one(json!([[[114.0, 29.0], [114.1, 29.0], [114.1, 29.1]]]))),
        GeoError::NotClosed(name())
    );
    assert_eq!(
        reason(&one(json!([[[114.0, 29.0], [114.1, 29.0], [114.0, 29.0]]]))),
        GeoError::TooFewPoints(name())
    );
    assert_eq!(reason(&one(json!([]))), GeoError::TooFewPoints(name()));
    assert_eq!(reason(&one(json!([[]]))), GeoError::TooFewPoints(name()));
    assert_eq!(
        reason(&one(json!([[
            [114.0, 29.0],
            [114.1, null],
            [114.1, 29.1],
            [114.0, 29.0]
        ]]))),
        GeoError::NotANumber(name())
    );
    assert_eq!(
        reason(&one(json!([[
            [114.0, 29.0],
            ["114.1", 29.0],
            [114.1, 29.1],
            [114.0, 29.0]
        ]]))),
        GeoError::NotANumber(name())
    );
    assert_eq!(
        reason(&one(json!([[
            [38500000.0, 3270000.0],
            [38500100.0, 3270000.0],
            [38500100.0, 3270100.0],
            [38500000.0, 3270000.0]
        ]]))),
        GeoError::OutOfRange(name())
    );
    assert_eq!(
        reason(&one(json!([[
            [114.0, 29.0],
            [114.1, 29.0],
            [114.2, 29.0],
            [114.0, 29.0]
        ]]))),
        GeoError::NoArea
    );
    assert_eq!(
        reason(&collection(vec![feature(
            json!({ "name": "别处村" }),
            &square(0.0, 0.0, 9.0)
        )])),
        GeoError::NothingMatches
    );
    let many: Vec<Value> = (0..=MOST_POINTS)
        .map(|i| json!([114.0 + i as f64 * 1e-6, 29.0]))
        .collect();
    assert_eq!(reason(&one(json!([many]))), GeoError::TooManyPoints);
    let text = reason(&one(json!([[[114.0, 29.0], [114.1, 29.0], [114.1, 29.1]]]))).to_string();
    assert!(text.contains("寺前村") && text.contains("没有闭合"));
    let bom = format!("\u{feff}{}", all_units(|u| json!({ "code": u.code })));
    assert!(import(&bom).is_ok());
}

#[test]
fn garbage_never_panics() {
    let good = all_units(|u| json!({ "code": u.code }));
    let chars: Vec<char> = good.chars().collect();
    for cut in (0..chars.len()).step_by(chars.len() / 40) {
        let _ = import(&chars[..cut].iter().collect::<String>());
    }
    for side in [1e-12, 1e-7, 80.0] {
        let flat = json!([[
            [100.0, 1.0],
            [100.0 + side, 1.0],
            [100.0 + side, 1.0 + side],
            [100.0, 1.0]
        ]]);
        let _ = import(&collection(vec![
            json!({ "type": "Feature", "properties": { "name": "寺前村" }, "geometry": { "type": "Polygon", "coordinates": flat } }),
        ]));
    }
    // A bow tie and a ring that runs along itself.
    let bow: Vec<Point> = [(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]
        .iter()
        .map(|p| Point::new(p.0, p.1))
        .collect();
    let spike: Vec<Point> = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (10.0, 0.0), (10.0, 10.0)]
        .iter()
        .map(|p| Point::new(p.0, p.1))
        .collect();
    for ring in [bow, spike] {
        let _ = import(&collection(vec![feature(json!({ "name": "寺前村" }), &ring)]));
    }
}

#[test]
fn stored_borders_are_whole_numbers_and_bad_ones_are_passed_over() {
    let (_, stored, map) = import(&all_units(|u| json!({ "code": u.code }))).unwrap();
    let text = serde_json::to_string(&stored).unwrap();
    assert!(!text.contains('.') && text.len() < 60_000, "{}", text.len());
    let back: Borders = serde_json::from_str(&text).unwrap();
    assert_eq!(TownMap::from_borders(&shipped(), &back), map);
    let mut bad = stored.clone();
    bad.units.insert(
        "421223100208".into(),
        vec![vec![vec![(i32::MIN, 0), (i32::MAX, 5), (3, i32::MAX)]]],
    );
    bad.units.insert(
        "421223100201".into(),
        vec![vec![], vec![vec![(1, 1)]], vec![vec![(5, 5); 9]]],
    );
    bad.units.insert("999".into(), vec![vec![vec![(0, 0), (9, 0), (9, 9)]]]);
    bad.districts.insert("nowhere".into(), vec![]);
    let town = TownMap::from_borders(&shipped(), &bad);
    let drawn = |code: &str| !town.cells[town.position(code).unwrap()].rings.is_empty();
    assert!(!drawn("421223100208") && !drawn("421223100201") && drawn("421223100200"));
    let none = TownMap::from_borders(&shipped(), &Borders::default());
    assert!(none.cells.iter().all(|c| c.rings.is_empty()) && none.outline.is_empty());
    assert!(TownMap::from_borders(&[], &stored).cells.is_empty());
}
