//! The schematic map: cells, outlines, neighbours.
mod map_support;

use map_support::{drawing, shipped_map};

/// Writes the map to look at.
#[test]
fn draws_a_picture() {
    let map = shipped_map();
    let tints = ["#fbfaf6", "#f3efe4", "#dfe9e0", "#e8e4f0"];
    let mut names = String::new();
    for c in &map.cells {
        names += &format!("<text x='{}' y='{}' font-size='20' text-anchor='middle'>{}</text>", c.center.x, c.center.y, c.name);
    }
    let svg = drawing(&map, 798, &|i| tints[map.districts[map.cells[i].district.unwrap()].tint as usize].into(), &names);
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    std::fs::write(dir.join("map.svg"), svg).unwrap();
}
