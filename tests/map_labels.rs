//! Names, values, flowers and plates on the map.
mod map_support;

use map_support::{draw_labels, drawing, measure, plate_texts, sample_values, shipped, shipped_map, town};
use proptest::prelude::*;
use tiancheng::map::{
    LabelMode, LabelRequest, Labels, Level, Options, Point, Rect, TownMap, class_of, classes, flower, geom, layout,
    petal_length, petal_path, short_district_names, short_unit_names,
};

const MODES: [LabelMode; 5] = [
    LabelMode::Indicator,
    LabelMode::Petals,
    LabelMode::Status,
    LabelMode::NamesOnly,
    LabelMode::DistrictsOnly,
];

fn labels(map: &TownMap, width: f64, text_scale: f64, mode: LabelMode, only: Option<usize>) -> Labels {
    let figures = sample_values(map.cells.len());
    let values: Vec<String> = figures.iter().map(i64::to_string).collect();
    let plates = plate_texts(map, &figures);
    map.labels(&LabelRequest {
        scale: width / map.view.w,
        text_scale,
        mode,
        values: &values,
        plates: &plates,
        only,
        measure: &measure,
    })
}

/// No two boxes of different owners meet, and none leaves the drawing.
fn assert_apart(map: &TownMap, labels: &Labels, what: &str) {
    let mut boxes: Vec<(String, Rect)> = Vec::new();
    for l in &labels.units {
        boxes.extend(l.boxes().map(|b| (map.cells[l.unit].name.clone(), b)));
    }
    boxes.extend(
        labels
            .plates
            .iter()
            .map(|p| (format!("plate {} {}", p.district, p.part), p.bounds)),
    );
    for (i, (name, a)) in boxes.iter().enumerate() {
        assert!(map.view.encloses(a), "{what}: {name} leaves the drawing");
        for (other, b) in &boxes[i + 1..] {
            assert!(name == other || !a.meets(b), "{what}: {name} meets {other}");
        }
    }
    for l in &labels.units {
        // A flower or a shape may stand without its name; the name is then shown on hover and focus.
        assert_eq!(labels.hidden.contains(&l.unit), l.name.text.is_empty());
    }
}

/// No name crosses the line of its district by more than 1 px.
fn assert_inside_districts(map: &TownMap, labels: &Labels, scale: f64, what: &str) {
    for l in &labels.units {
        let Some(d) = map.cells[l.unit].district else {
            continue;
        };
        let core = l.name.bounds.grown(-1.05 / scale);
        for (a, b) in map.districts[d]
            .parts
            .iter()
            .flat_map(|p| &p.rings)
            .flat_map(|r| geom::pairs(r))
        {
            let steps = (a.distance(b) * scale).ceil().max(1.0) as usize;
            for i in 0..=steps {
                assert!(
                    !core.contains(a.toward(b, i as f64 / steps as f64)),
                    "{what}: {} crosses its district",
                    map.cells[l.unit].name
                );
            }
        }
    }
}

#[test]
fn labels_never_meet_at_any_width_text_size_or_mode() {
    let map = shipped_map();
    for width in [360.0, 798.0, 1366.0, 1920.0, 3840.0] {
        for text_scale in [1.0, 1.25, 1.5] {
            for mode in MODES {
                let what = format!("{width} px, ×{text_scale}, {mode:?}");
                let found = labels(&map, width, text_scale, mode, None);
                assert_apart(&map, &found, &what);
                assert_inside_districts(&map, &found, width / map.view.w, &what);
                assert!(
                    found.hidden_districts.is_empty(),
                    "{what}: {:?}",
                    found.hidden_districts
                );
                if found.level > Level::Districts {
                    assert!(found.hidden.len() <= 2, "{what}: {:?}", found.hidden);
                }
            }
        }
    }
}

/// Found by chance: a name wider than its cell stood out of a small drawing.
#[test]
fn a_long_name_never_leaves_a_small_drawing() {
    let options = Options {
        seed: 6_154_295_113_513_991_434,
        ..Options::default()
    };
    let map = layout(&town(3, 3, 10), &options);
    for width in [200.0, 301.466_322_947_524_2, 400.0] {
        for mode in MODES {
            assert_apart(&map, &labels(&map, width, 1.0, mode, None), "three long names");
        }
    }
}

#[test]
fn t11_every_name_value_and_plate_stands_on_the_map_of_an_office_screen() {
    let map = shipped_map();
    // The map beside its panel on a screen of 1366 × 768.
    for mode in [LabelMode::Indicator, LabelMode::Petals, LabelMode::Status] {
        let found = labels(&map, 720.0, 1.0, mode, None);
        assert_eq!(
            (found.level, found.units.len(), found.plates.len()),
            (Level::Names, 39, 11),
            "{mode:?}"
        );
        assert_eq!(
            found.units.iter().all(|l| l.value.is_some()),
            mode == LabelMode::Indicator
        );
        assert_eq!(
            found.units.iter().all(|l| l.flower.is_some()),
            mode == LabelMode::Petals
        );
        assert_eq!(found.units.iter().all(|l| l.mark.is_some()), mode == LabelMode::Status);
    }
    let found = labels(&map, 720.0, 1.0, LabelMode::Petals, None);
    assert!(found.units.iter().all(|l| l.name.text == map.cells[l.unit].short_name));
    assert!(found.plates.iter().all(|p| p.value.is_none()));
}

#[test]
fn a_phone_shows_plates_with_values_only() {
    let map = shipped_map();
    let found = labels(&map, 336.0, 1.0, LabelMode::Indicator, None);
    assert_eq!(
        (found.level, found.units.len(), found.plates.len(), found.hidden.len()),
        (Level::Districts, 0, 11, 39)
    );
    assert!(
        found
            .plates
            .iter()
            .all(|p| p.value.is_some() && !p.name.text.ends_with("片区"))
    );
    // Larger text drops to the lower level rather than letting names touch.
    assert_eq!(map.level(0.6, 1.0, None), Level::Names);
    assert_eq!(map.level(0.6, 1.5, None), Level::Districts);
    assert_eq!(map.level(1.6, 1.0, None), Level::Large);
}

#[test]
fn g1_a_zoomed_district_has_all_its_names_at_the_largest_level() {
    let map = shipped_map();
    for d in 0..map.districts.len() {
        let view = map.district_view(d, 24.0, 798.0 / 612.0);
        let width = 798.0 / view.w * map.view.w;
        let found = labels(&map, width, 1.0, LabelMode::Petals, Some(d));
        assert_eq!(found.level, Level::Large);
        assert_eq!(
            found.units.iter().map(|l| l.unit).collect::<Vec<_>>(),
            map.districts[d].units
        );
        assert!(
            found
                .units
                .iter()
                .all(|l| { l.flower.is_some_and(|(_, r)| (r * 798.0 / view.w - 34.0).abs() < 0.01) })
        );
        assert_eq!(found.plates.len(), 1);
        assert_apart(&map, &found, &map.districts[d].id);
    }
}

#[test]
fn g1_a_district_fills_a_phone_and_takes_names() {
    let map = shipped_map();
    for d in 0..map.districts.len() {
        for mode in [LabelMode::Indicator, LabelMode::Petals] {
            let view = map.district_view(d, 12.0, 336.0 / 300.0);
            let found = labels(&map, 336.0 / view.w * map.view.w, 1.0, mode, Some(d));
            assert!(
                found.hidden.is_empty() && found.plates.len() == 1,
                "{} {mode:?}: {:?}",
                map.districts[d].id,
                found.hidden
            );
            assert!(found.level > Level::Districts);
            assert_apart(&map, &found, &map.districts[d].id);
        }
    }
}

#[test]
fn a_frame_without_a_size_has_no_labels() {
    let map = shipped_map();
    for (width, text_scale) in [
        (0.0, 1.0),
        (f64::NAN, 1.0),
        (-5.0, 1.0),
        (f64::INFINITY, 1.0),
        (800.0, 0.0),
        (800.0, f64::NAN),
    ] {
        let found = labels(&map, width, text_scale, LabelMode::Indicator, None);
        assert_eq!((found.units.len(), found.plates.len(), found.hidden.len()), (0, 0, 39));
    }
    // A very small and a very large one.
    labels(&map, 20.0, 1.0, LabelMode::Indicator, None);
    labels(&map, 40_000.0, 1.0, LabelMode::Indicator, None);
}

#[test]
fn a_district_in_two_parts_carries_a_plate_on_each() {
    let map = shipped_map();
    let far = |a: &Rect, b: &Rect| a.center().distance(b.center());
    let home = map.districts[0].bounds;
    let lone = (0..39)
        .max_by(|&a, &b| far(&map.cells[a].bounds, &home).total_cmp(&far(&map.cells[b].bounds, &home)))
        .unwrap();
    let id = map.districts[0].id.clone();
    let old: std::collections::BTreeMap<_, _> = shipped().into_iter().map(|u| (u.code, u.district)).collect();
    let split = map.with_division(&|c| {
        if c == map.cells[lone].code {
            Some(id.clone())
        } else {
            old[c].clone()
        }
    });
    let d = split.district_position(&id).unwrap();
    let found = labels(&split, 1000.0, 1.0, LabelMode::DistrictsOnly, None);
    assert_eq!(
        found
            .plates
            .iter()
            .filter(|p| p.district == d)
            .map(|p| p.part)
            .collect::<Vec<_>>(),
        [0, 1]
    );
}

#[test]
fn the_same_request_gives_the_same_labels() {
    let map = shipped_map();
    assert_eq!(
        labels(&map, 798.0, 1.25, LabelMode::Indicator, None),
        labels(&map, 798.0, 1.25, LabelMode::Indicator, None)
    );
}

#[test]
fn short_names_drop_the_ending_where_the_stem_is_unique() {
    let names: Vec<String> = shipped().into_iter().map(|u| u.name).collect();
    let short = short_unit_names(&names);
    for (name, short) in names.iter().zip(&short) {
        let taken = ["七星", "白泉", "香山"].iter().any(|s| name.starts_with(s));
        assert_eq!(name == short, taken, "{name} → {short}");
    }
    assert_eq!(
        short_unit_names(&["村", "社区", "大村", "大"]),
        ["村", "社区", "大村", "大"]
    );
    assert_eq!(short_district_names(&["城中片区", "东区"]), ["城中", "东区"]);
}

#[test]
fn petals_follow_the_drawing() {
    // As in the visual reference: radius 92 around (120, 122).
    let c = Point::new(120.0, 122.0);
    assert_eq!(
        petal_path(0, c, 92.0),
        "M120 116.5C151.3 94.4 166 31.8 120 30C74 31.8 88.7 94.4 120 116.5Z"
    );
    assert_eq!(
        petal_path(1, c, 92.0),
        "M125.2 120.3C155.9 143.2 220 137.9 207.5 93.6C191.5 50.4 136.6 83.7 125.2 120.3Z"
    );
    let f = flower(c, 92.0, &[Some(0.9), Some(0.0), None, Some(7.0), Some(f64::NAN)]);
    assert!(
        f[0].fill
            .as_deref()
            .is_some_and(|p| p.starts_with("M120 116.9C148.7 96.7"))
    );
    assert_eq!((f[1].fill.is_none(), f[1].is_missing), (true, false));
    assert_eq!((f[2].fill.is_none(), f[2].is_missing), (true, true));
    assert_eq!(f[3].fill.as_ref(), Some(&f[3].ghost));
    assert!(f[4].is_missing);
    assert_eq!((petal_length(0.0), petal_length(1.0)), (0.16, 1.0));
}

#[test]
fn classes_come_from_the_data() {
    let bounds = |v: &[i64]| classes(v).iter().map(|c| (c.lo, c.hi, c.count)).collect::<Vec<_>>();
    let mut sample = vec![1, 2, 2, 2, 5, 6, 6, 6, 7, 8];
    sample.extend([3; 16]);
    sample.extend([4; 13]);
    // The legend of the visual reference: 1–2, 3, 4, 5–6, 7 and more.
    assert_eq!(
        bounds(&sample),
        [(1, 2, 4), (3, 3, 16), (4, 4, 13), (5, 6, 4), (7, 8, 2)]
    );
    assert_eq!(bounds(&[]), []);
    assert_eq!(bounds(&[5, 5]), [(5, 5, 2)]);
    assert_eq!(bounds(&[0, 0, 1]), [(0, 0, 2), (1, 1, 1)]);
    assert_eq!(bounds(&[-3, 0, 2]), [(-3, -3, 1), (0, 0, 1), (2, 2, 1)]);
    let zero_apart = classes(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!((zero_apart.len(), zero_apart[0].hi), (5, 0));
    assert_eq!(class_of(&zero_apart, 9), Some(4));
    assert_eq!(class_of(&zero_apart, -1), None);
}

/// Writes pictures of towns of other sizes to look at: `target/map-town-*.svg`.
#[test]
fn draws_other_towns() {
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let paper = ["#fbfaf6", "#f3efe4", "#ebe8dd", "#dfe9e0"];
    for (units, districts) in [(1, 1), (2, 2), (5, 2), (12, 4), (24, 6), (80, 20)] {
        let map = layout(&town(units, districts, 4), &Options::default());
        let found = labels(&map, 798.0, 1.0, LabelMode::Indicator, None);
        let fill = |i: usize| paper[map.districts[map.cells[i].district.unwrap()].tint as usize].to_string();
        std::fs::write(
            dir.join(format!("map-town-{units}.svg")),
            drawing(&map, 798, &fill, &draw_labels(&found, &|_| "#14211f")),
        )
        .unwrap();
    }
}

/// Writes pictures to look at: `target/map-*.svg`.
#[test]
fn draws_pictures() {
    let map = shipped_map();
    let figures = sample_values(map.cells.len());
    let steps = classes(&figures);
    let values: Vec<String> = figures.iter().map(i64::to_string).collect();
    let plates = plate_texts(&map, &figures);
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let q = ["#f1f4ea", "#c9dfd2", "#95c1b5", "#559896", "#1a5868"];
    let paper = ["#fbfaf6", "#f3efe4", "#ebe8dd", "#f0efe8"];
    for (name, width, text_scale, mode) in [
        ("desktop", 798, 1.0, LabelMode::Indicator),
        ("petals", 760, 1.0, LabelMode::Petals),
        ("status", 798, 1.0, LabelMode::Status),
        ("large-text", 798, 1.25, LabelMode::Indicator),
        ("phone", 360, 1.0, LabelMode::Indicator),
        ("overview", 414, 1.0, LabelMode::DistrictsOnly),
        ("full", 1600, 1.0, LabelMode::Indicator),
        ("full-petals", 1600, 1.0, LabelMode::Petals),
    ] {
        let request = LabelRequest {
            scale: f64::from(width) / map.view.w,
            text_scale,
            mode,
            values: &values,
            plates: &plates,
            only: None,
            measure: &measure,
        };
        let labels = map.labels(&request);
        println!(
            "{name}: {:?} hidden {:?} {:?}",
            labels.level,
            labels.hidden.iter().map(|&i| &map.cells[i].name).collect::<Vec<_>>(),
            labels.hidden_districts
        );
        let fill = |i: usize| match mode {
            LabelMode::Petals => paper[map.districts[map.cells[i].district.unwrap()].tint as usize].to_string(),
            _ => q[class_of(&steps, figures[i]).unwrap()].to_string(),
        };
        let ink = |i: usize| {
            if mode != LabelMode::Petals && class_of(&steps, figures[i]) == Some(4) {
                "#fff"
            } else {
                "#14211f"
            }
        };
        std::fs::write(
            dir.join(format!("map-{name}.svg")),
            drawing(&map, width, &fill, &draw_labels(&labels, &ink)),
        )
        .unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_towns_have_labels_apart(units in 1_usize..=80, districts in 1_usize..=20, letters in 1_usize..=12, width in 200.0_f64..4000.0, mode in 0_usize..5, seed in any::<u64>()) {
        let map = layout(&town(units, districts.min(units), letters), &Options { seed, ..Options::default() });
        let found = labels(&map, width, 1.0, MODES[mode], None);
        assert_apart(&map, &found, "random town");
        assert_inside_districts(&map, &found, width / map.view.w, "random town");
    }

    #[test]
    fn classes_hold_every_value_once(values in proptest::collection::vec(-20_i64..200, 0..80)) {
        let found = classes(&values);
        prop_assert!(found.len() <= 5);
        prop_assert_eq!(found.iter().map(|c| c.count).sum::<usize>(), values.len());
        prop_assert!(found.windows(2).all(|w| w[0].hi < w[1].lo));
        for v in &values {
            let c = found[class_of(&found, *v).unwrap()];
            prop_assert!(c.lo <= *v && *v <= c.hi && c.count > 0);
        }
    }
}

/// The length of petals is progress: on one map all flowers have one radius, at every size of the window, and on a phone
/// flowers and shapes of the status stand in their cells without names.
#[test]
fn flowers_of_one_map_have_one_radius() {
    let map = shipped_map();
    for width in [336.0, 420.0, 520.0, 600.0, 640.0, 720.0, 900.0, 1100.0] {
        let found = labels(&map, width, 1.0, LabelMode::Petals, None);
        let radii: Vec<f64> = found.units.iter().filter_map(|l| l.flower).map(|f| f.1).collect();
        // On the narrowest phones the plates of the districts take most of the room.
        let least = if width < 400.0 { 1 } else { 13 };
        assert!(radii.len() >= least, "{width}: {}", radii.len());
        assert!(radii.iter().all(|r| (r - radii[0]).abs() < 1e-9), "{width}: {radii:?}");
    }
    let found = labels(&map, 336.0, 1.0, LabelMode::Status, None);
    assert!(
        found.units.len() > 12 && found.units.iter().all(|l| l.mark.is_some()),
        "{}",
        found.units.len()
    );
    assert_eq!(found.hidden.len(), 39, "names are for hover and focus there");
}
