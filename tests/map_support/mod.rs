//! What the map tests share: the shipped town and a drawing to look at.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::fmt::Write;

use tiancheng::map::{Options, TownMap, UnitSite, layout};

/// The 39 units of 天城镇 with their sample division into 11 districts.
pub fn shipped() -> Vec<UnitSite> {
    include_str!("../fixtures/units.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let mut fields = line.split(',').map(str::to_owned);
            let mut field = || fields.next().expect("four columns");
            let (code, name, kind, district) = (field(), field(), field(), field());
            UnitSite { code, name, is_village: kind == "村", district: Some(district) }
        })
        .collect()
}

pub fn shipped_map() -> TownMap {
    layout(&shipped(), &Options::default())
}

/// One em per Chinese character, 0.55 for others.
pub fn measure(text: &str, size: f32) -> f32 {
    text.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum::<f32>() * size
}

pub fn drawing(map: &TownMap, width: u32, fills: &dyn Fn(usize) -> String, over: &str) -> String {
    let v = map.view;
    let mut s = String::new();
    let px = v.w / f64::from(width);
    writeln!(s, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='{} {} {} {}' width='{width}' height='{}' style='background:#f6f5f2' stroke-linejoin='round' stroke-linecap='round' font-family='Noto Sans CJK SC'>", v.x, v.y, v.w, v.h, f64::from(width) * v.h / v.w).unwrap();
    for w in [30.0, 19.0, 9.0] {
        writeln!(s, "<path d='{}' fill='none' stroke='#1f2a2b' stroke-opacity='.055' stroke-width='{}'/>", map.outline_path, w * px).unwrap();
    }
    for (i, c) in map.cells.iter().enumerate() {
        writeln!(s, "<path d='{}' fill='{}'/>", c.path, fills(i)).unwrap();
    }
    for (path, color, w) in [(&map.cell_lines, "#fff", 1.25), (&map.district_lines, "#3f4a4b", 2.25), (&map.outline_path, "#1f2a2b", 3.0)] {
        writeln!(s, "<path d='{path}' fill='none' stroke='{color}' stroke-width='{}'/>", w * px).unwrap();
    }
    s.push_str(over);
    s.push_str("</svg>\n");
    s
}
