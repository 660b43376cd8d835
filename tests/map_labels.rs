//! Names, values, flowers and plates on the map.
mod map_support;

use map_support::{draw_labels, drawing, measure, plate_texts, sample_values, shipped_map};
use tiancheng::map::{LabelMode, LabelRequest, classes, class_of};

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
        let request = LabelRequest { scale: f64::from(width) / map.view.w, text_scale, mode, values: &values, plates: &plates, only: None, measure: &measure };
        let labels = map.labels(&request);
        println!("{name}: {:?} hidden {:?} {:?}", labels.level, labels.hidden.iter().map(|&i| &map.cells[i].name).collect::<Vec<_>>(), labels.hidden_districts);
        let fill = |i: usize| match mode {
            LabelMode::Petals => paper[map.districts[map.cells[i].district.unwrap()].tint as usize].to_string(),
            _ => q[class_of(&steps, figures[i]).unwrap()].to_string(),
        };
        let ink = |i: usize| if mode != LabelMode::Petals && class_of(&steps, figures[i]) == Some(4) { "#fff" } else { "#14211f" };
        std::fs::write(dir.join(format!("map-{name}.svg")), drawing(&map, width, &fill, &draw_labels(&labels, &ink))).unwrap();
    }
}
