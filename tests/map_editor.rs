//! The editor of the map as records: names, colours, borders from a file. `docs/requirements.md` T11: the districts on
//! the map.
mod map_support;

use map_support::shipped_map;
use serde_json::{Value, json};
use tiancheng::chart::palette::{Color, DARK, DISTRICT_TINTS, DISTRICT_TINTS_DARK, LIGHT};
use tiancheng::map::geojson::GeoError;
use tiancheng::map::{Point, TownMap};
use tiancheng::model::programmes;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::programmes::town::ledgers::DistrictColour;
use tiancheng::model::records::{Draft, Records};
use tiancheng::view::map_edit::{
    Answer, Lines, Survey, colour, file_in_use, in_use, lines, off_the_map, recolour, rename_district, rename_unit,
    schematic, survey, tint,
};
use tiancheng::view::map_page::{sites_now, town_map};
use tiancheng::view::show;

const TEMPLE: &str = "421223100208";

/// The map as a file of borders, every unit named by `named`.
fn file(named: impl Fn(usize) -> Option<Value>) -> Vec<u8> {
    let degrees = |p: &Point| json!([114.0 + p.x / 5000.0, 29.6 - p.y / 5000.0 * 0.87]);
    let map = shipped_map();
    let feature = |(i, c): (usize, &tiancheng::map::Cell)| {
        let mut ring: Vec<Value> = c.rings[0].iter().map(degrees).collect();
        ring.push(ring[0].clone());
        Some(
            json!({ "type": "Feature", "properties": named(i)?, "geometry": { "type": "Polygon", "coordinates": [ring] } }),
        )
    };
    let features: Vec<Value> = map.cells.iter().enumerate().filter_map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features })
        .to_string()
        .into_bytes()
}

fn by_name(i: usize) -> Option<Value> {
    Some(json!({ "name": shipped_map().cells[i].name }))
}

fn map_of(records: &dyn Records) -> TownMap {
    town_map(records, &programmes::roster(records, as_of()))
}

fn sites(records: &dyn Records) -> Vec<tiancheng::map::UnitSite> {
    sites_now(&programmes::roster(records, as_of()))
}

/// Later drafts of a record count.
fn put(sheet: &mut tiancheng::model::records::Sheet, drafts: Vec<Draft>) {
    for draft in drafts {
        match sheet
            .drafts
            .iter_mut()
            .find(|d| d.id == draft.id && d.ledger == draft.ledger)
        {
            Some(old) => draft.cells.into_iter().for_each(|(slot, value)| old.set(slot, value)),
            None => sheet.drafts.push(draft),
        }
    }
}

#[test]
fn a_new_name_is_checked_and_written_once() {
    let mut records = sheet(&SampleOptions::default());
    let why = |r: Result<Option<Draft>, String>| r.unwrap_err();
    assert!(why(rename_unit(&records, TEMPLE, "  ")).contains("请填写名称"));
    assert!(why(rename_unit(&records, TEMPLE, &"长".repeat(500))).contains("最多"));
    assert!(why(rename_unit(&records, TEMPLE, "河田村")).contains("已经有“河田村”"));
    assert!(why(rename_district(&records, "d01", "城中片区")).contains("已经有“城中片区”"));
    assert_eq!(
        rename_unit(&records, TEMPLE, " 寺前村 "),
        Ok(None),
        "the same name is no change"
    );
    let before = map_of(&records);
    let draft = rename_unit(&records, TEMPLE, "古寺前村").unwrap().unwrap();
    put(&mut records, vec![draft]);
    let draft = rename_district(&records, "d01", "东门片区").unwrap().unwrap();
    put(&mut records, vec![draft]);
    let after = map_of(&records);
    let at = after.position(TEMPLE).unwrap();
    assert_eq!(after.cells[at].name, "古寺前村");
    assert_eq!(show::district_name(&records, "d01"), "东门片区");
    assert_eq!(
        after.cells[at].path, before.cells[at].path,
        "a village stays where it is"
    );
}

#[test]
fn a_district_takes_a_colour_and_gives_it_back() {
    let mut records = sheet(&SampleOptions::default());
    assert_eq!((tint(&records, "d02"), tint(&records, "nowhere")), (None, None));
    put(&mut records, vec![recolour("d02", "green")]);
    assert_eq!(
        (colour(&records, "d02").as_str(), tint(&records, "d02")),
        ("green", Some(3))
    );
    // What a newer version might write is no colour here.
    put(&mut records, vec![recolour("d02", "ultraviolet")]);
    assert_eq!(tint(&records, "d02"), None);
    put(&mut records, vec![recolour("d02", "")]);
    assert_eq!(colour(&records, "d02"), "");
}

#[test]
fn borders_are_reported_on_put_in_use_and_left_again() {
    let mut records = sheet(&SampleOptions::default());
    let grown = map_of(&records);
    assert_eq!(lines(&grown), Lines::Schematic);
    // One unit without borders, one polygon of another town.
    let bytes = file(|i| match i {
        0 => None,
        1 => Some(json!({ "name": "别处村" })),
        _ => by_name(i),
    });
    let found = survey(&records, &sites(&records), "村界.geojson", &bytes).unwrap();
    let (first, second) = (grown.cells[0].name.clone(), grown.cells[1].name.clone());
    assert_eq!((found.units, found.districts), (37, 0));
    assert_eq!(found.unmatched, ["别处村"]);
    assert_eq!(found.without, [first, second]);
    assert!((500..=6_000).contains(&found.points), "{}", found.points);
    assert_eq!(map_of(&records), grown, "looking changes nothing");
    put(&mut records, found.adopt());
    let drawn = map_of(&records);
    assert_eq!(
        (lines(&drawn), off_the_map(&drawn)),
        (Lines::Units, found.without.clone())
    );
    assert_eq!(file_in_use(&records).as_deref(), Some("村界.geojson"));
    let held = format!("{:?}", found.adopt()[0].cells[1]);
    assert!(held.contains("units") && !held.contains('.'), "no float in a file");
    put(&mut records, vec![schematic()]);
    assert_eq!((map_of(&records), in_use(&records)), (grown, None));
}

/// T11: borders of districts alone are used, and the map says that the lines in them are not surveyed.
#[test]
fn districts_alone_are_said_to_be_divided_by_the_map() {
    let mut records = sheet(&SampleOptions::default());
    let map = map_of(&records);
    let degrees = |p: &Point| json!([114.0 + p.x / 5000.0, 29.6 - p.y / 5000.0 * 0.87]);
    let features: Vec<Value> = map
        .districts
        .iter()
        .map(|d| {
            let mut ring: Vec<Value> = d.parts[0].rings[0].iter().map(degrees).collect();
            ring.push(ring[0].clone());
            let name = show::district_name(&records, &d.id);
            json!({ "type": "Feature", "properties": { "名称": name.trim_end_matches("片区").to_owned() + "片区" },
                "geometry": { "type": "Polygon", "coordinates": [ring] } })
        })
        .collect();
    let bytes = json!({ "type": "FeatureCollection", "features": features })
        .to_string()
        .into_bytes();
    let found = survey(&records, &sites(&records), "片区.json", &bytes).unwrap();
    assert_eq!((found.units, found.districts, found.without.len()), (0, 11, 0));
    put(&mut records, found.adopt());
    let drawn = map_of(&records);
    assert_eq!(lines(&drawn), Lines::Districts);
    assert!(lines(&drawn).note().contains("村界为示意"));
    assert!(
        drawn
            .cells
            .iter()
            .all(|c| !c.rings.is_empty() && !c.neighbours.is_empty())
    );
}

#[test]
fn hostile_files_are_refused_in_words() {
    let records = sheet(&SampleOptions::default());
    let sites = sites(&records);
    let why = |bytes: &[u8]| survey(&records, &sites, "x", bytes).unwrap_err();
    assert_eq!(why(&vec![b' '; 10_000_001]), GeoError::TooLong);
    assert_eq!(why(b"\xcb\xc2\xc7\xb0\xb4\xe5"), GeoError::NotUtf8);
    assert_eq!(why("[".repeat(1_000_000).as_bytes()), GeoError::NotJson);
    let bow = json!({ "type": "Feature", "properties": { "name": "寺前村" }, "geometry": { "type": "Polygon",
        "coordinates": [[[114.0, 29.0], [114.1, 29.1], [114.1, 29.0], [114.0, 29.1], [114.0, 29.0]]] } });
    let crossed = why(bow.to_string().as_bytes());
    assert_eq!(crossed, GeoError::Crosses("寺前村".to_owned()));
    assert_eq!(crossed.to_string(), "“寺前村”的边界自己相交，请修正后再导入");
    let comb: Vec<Value> = (0..60_000)
        .map(|i| json!([if i % 2 == 0 { 114.0 } else { 115.0 }, 29.0 + f64::from(i) * 1e-5]))
        .chain([json!([114.0, 29.0])])
        .collect();
    let comb = json!({ "type": "Feature", "properties": { "name": "寺前村" }, "geometry": { "type": "Polygon", "coordinates": [comb] } });
    assert!(matches!(
        why(comb.to_string().as_bytes()),
        GeoError::Crosses(_) | GeoError::Tangled(_)
    ));
    // Names stay text: what a file calls its polygons is only ever shown.
    let markup = file(|i| match i {
        0 => Some(json!({ "name": "<img src=x onerror=alert(1)>" })),
        _ => by_name(i),
    });
    assert_eq!(
        survey(&records, &sites, "x", &markup).unwrap().unmatched,
        ["<img src=x onerror=alert(1)>"]
    );
}

fn case(name: &str) -> Vec<u8> {
    std::fs::read(format!(
        "{}/tests/fixtures/borders/{name}.geojson",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap()
}

/// The units that the borders in a file would be drawn for, and the survey.
fn drawn(name: &str) -> (Vec<String>, Survey) {
    let records = sheet(&SampleOptions::default());
    let found = survey(&records, &sites(&records), name, &case(name)).unwrap();
    (drawn_by(&found), found)
}

fn drawn_by(found: &Survey) -> Vec<String> {
    let mut records = sheet(&SampleOptions::default());
    put(&mut records, found.adopt());
    let map = map_of(&records);
    let drawn = map.cells.iter().filter(|cell| !cell.rings.is_empty());
    drawn.map(|cell| cell.name.clone()).collect()
}

/// T11: either winding gives the same map, with codes of 19 digits and names with county, town and office.
#[test]
fn either_winding_is_the_same_map() {
    let (units, one) = drawn("counter-clockwise");
    let (_, other) = drawn("clockwise");
    for name in ["寺前村", "菖蒲村", "洪下村", "河田村", "茅井村"] {
        assert!(units.iter().any(|unit| unit == name), "{name}");
    }
    assert_eq!((one.units, other.units), (6, 6));
    assert_eq!(one.points, other.points);
}

/// A shape that is not of this town may be as broken as it likes.
#[test]
fn broken_neighbours_do_not_refuse_a_file() {
    let (units, found) = drawn("bad-neighbours");
    assert_eq!(units, ["寺前村"]);
    assert_eq!(found.unmatched, ["外镇甲村", "外镇乙村", "外镇丙村", "外镇丁村"]);
}

/// A code that contradicts a name is asked about, and nothing is drawn before.
#[test]
fn a_code_against_a_name_is_asked_about() {
    let (_, found) = drawn("wrong-code");
    assert_eq!((found.units, found.questions.len()), (0, 1));
    let question = &found.questions[0];
    assert_eq!(
        (question.by_name.as_str(), question.by_code.0.as_str()),
        ("寺前村", "菖蒲村")
    );
    assert_eq!(question.by_code.1, "421223100202");
    let records = sheet(&SampleOptions::default());
    let answered = |found: &Survey, answers: &[Answer]| found.answered(&records, &sites(&records), answers);
    assert_eq!(drawn_by(&answered(&found, &[Answer::ByName]).unwrap()), ["寺前村"]);
    assert_eq!(drawn_by(&answered(&found, &[Answer::ByCode]).unwrap()), ["菖蒲村"]);
    assert!(matches!(
        answered(&found, &[Answer::Neither]),
        Err(GeoError::Foreign(_))
    ));

    let (_, swapped) = drawn("swapped-codes");
    let asked: Vec<&str> = swapped.questions.iter().map(|q| q.shape.as_str()).collect();
    assert_eq!((swapped.units, asked), (0, vec!["寺前村", "菖蒲村"]));
    let settled = answered(&swapped, &[Answer::ByName, Answer::ByName]).unwrap();
    assert_eq!((settled.units, settled.questions.len()), (2, 0));
}

#[test]
fn two_shapes_of_one_unit_are_two_parts() {
    let (units, found) = drawn("two-parts");
    assert_eq!((units, found.units), (vec!["寺前村".to_owned()], 1));
    let mut records = sheet(&SampleOptions::default());
    put(&mut records, found.adopt());
    let map = map_of(&records);
    let cell = map.cells.iter().find(|cell| cell.code == TEMPLE).unwrap();
    assert_eq!(cell.rings.len(), 2);
}

/// A file that is of no use says what it holds.
#[test]
fn a_file_of_no_use_says_what_it_holds() {
    let records = sheet(&SampleOptions::default());
    let why = |bytes: &[u8]| survey(&records, &sites(&records), "x", bytes).unwrap_err().to_string();
    let foreign = why(&case("foreign"));
    assert!(
        foreign.contains("6 个图形") && foreign.contains("外县甲乡") && foreign.contains("外县己乡"),
        "{foreign}"
    );
    let metres = why(&case("metres"));
    assert!(metres.contains("转换为经纬度") && metres.contains('“'), "{metres}");
    assert!(why(&case("points-only")).contains("没有面状图形"));
    let garbled = String::from_utf8(case("foreign"))
        .unwrap()
        .replace("外县甲乡", "å¯ºå‰æ‘");
    let garbled = why(garbled.as_bytes());
    assert!(garbled.contains("å¯ºå") && garbled.contains("乱码"), "{garbled}");
}

/// Borders that are not here, or that someone else's file brought in broken, leave the schematic map.
#[test]
fn broken_borders_leave_the_schematic_map() {
    let mut records = sheet(&SampleOptions::default());
    let grown = map_of(&records);
    let found = survey(&records, &sites(&records), "x", &file(by_name)).unwrap();
    let drafts = found.adopt();
    put(&mut records, drafts[1..].to_vec());
    assert_eq!(map_of(&records), grown, "chosen, and the data have not come yet");
    let mut broken = drafts[0].clone();
    for (_, value) in &mut broken.cells {
        *value = tiancheng::model::value::Value::text("{\"units\":[[1.5]]}");
    }
    put(&mut records, vec![broken]);
    assert_eq!(map_of(&records), grown);
    put(&mut records, drafts);
    assert_eq!(lines(&map_of(&records)), Lines::Units);
}

// ---- Colours ----

fn linear(c: Color) -> [f64; 3] {
    [c.r, c.g, c.b].map(|v| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// CIE L*a*b* of linear sRGB, D65.
fn lab(c: [f64; 3]) -> [f64; 3] {
    let row = |m: [f64; 3]| m[0] * c[0] + m[1] * c[1] + m[2] * c[2];
    let f = |t: f64| {
        if t > 0.008856 {
            t.cbrt()
        } else {
            7.787 * t + 16.0 / 116.0
        }
    };
    let x = f(row([0.4124, 0.3576, 0.1805]) / 0.95047);
    let y = f(row([0.2126, 0.7152, 0.0722]));
    let z = f(row([0.0193, 0.1192, 0.9505]) / 1.08883);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How the eye sees it: usual, and without red, green or blue cones (Machado, Oliveira and Fernandes 2009).
const EYES: [[[f64; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
];

fn seen(c: Color, eye: &[[f64; 3]; 3]) -> [f64; 3] {
    let c = linear(c);
    lab(eye.map(|m| (m[0] * c[0] + m[1] * c[1] + m[2] * c[2]).clamp(0.0, 1.0)))
}

fn contrast(a: Color, b: Color) -> f64 {
    let y = |c: Color| {
        let [r, g, b] = linear(c);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (y(a).max(y(b)), y(a).min(y(b)));
    (a + 0.05) / (b + 0.05)
}

#[test]
fn colours_of_districts_differ_for_every_eye_and_carry_text() {
    assert_eq!(DistrictColour::ALL.len(), DISTRICT_TINTS.len());
    for (tints, theme, least) in [(DISTRICT_TINTS, LIGHT, 7.0), (DISTRICT_TINTS_DARK, DARK, 5.9)] {
        for (i, a) in tints.iter().enumerate() {
            assert!(
                contrast(*a, theme.text[0]) >= least,
                "{} {}",
                a.css(),
                contrast(*a, theme.text[0])
            );
            for b in &tints[i + 1..] {
                for eye in &EYES {
                    let (p, q) = (seen(*a, eye), seen(*b, eye));
                    let far = (0..3).map(|k| (p[k] - q[k]).powi(2)).sum::<f64>().sqrt();
                    assert!(far >= 9.0, "{} and {}: {far}", a.css(), b.css());
                }
            }
        }
    }
    let css = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/style/tokens.css")).unwrap();
    for (i, tint) in DISTRICT_TINTS.iter().chain(&DISTRICT_TINTS_DARK).enumerate() {
        let token = format!("--d-{}: {}", i % 6 + 1, tint.css());
        assert!(css.contains(&token), "{token}");
    }
}
