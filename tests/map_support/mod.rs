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
            UnitSite {
                code,
                name,
                is_village: kind == "村",
                district: Some(district),
            }
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
        writeln!(
            s,
            "<path d='{}' fill='none' stroke='#1f2a2b' stroke-opacity='.055' stroke-width='{}'/>",
            map.outline_path,
            w * px
        )
        .unwrap();
    }
    for (i, c) in map.cells.iter().enumerate() {
        writeln!(s, "<path d='{}' fill='{}'/>", c.path, fills(i)).unwrap();
    }
    for (path, color, w) in [
        (&map.cell_lines, "#fff", 1.25),
        (&map.district_lines, "#3f4a4b", 2.25),
        (&map.outline_path, "#1f2a2b", 3.0),
    ] {
        writeln!(
            s,
            "<path d='{path}' fill='none' stroke='{color}' stroke-width='{}'/>",
            w * px
        )
        .unwrap();
    }
    s.push_str(over);
    s.push_str("</svg>\n");
    s
}

/// Sample figures, so that all classes occur.
pub fn sample_values(n: usize) -> Vec<i64> {
    (0..n)
        .map(|i| {
            [
                3, 4, 3, 4, 4, 3, 6, 4, 3, 3, 6, 5, 7, 4, 3, 3, 3, 4, 2, 8, 4, 3, 3, 3, 3,
            ][i * 7 % 25]
        })
        .collect()
}

pub fn plate_texts(map: &TownMap, values: &[i64]) -> Vec<tiancheng::map::PlateText> {
    let ids: Vec<&str> = map.districts.iter().map(|d| d.id.as_str()).collect();
    tiancheng::map::short_district_names(&ids)
        .into_iter()
        .zip(&map.districts)
        .map(|(short, d)| tiancheng::map::PlateText {
            name: d.id.clone(),
            short,
            value: Some(d.units.iter().map(|&u| values[u]).sum::<i64>().to_string()),
        })
        .collect()
}

pub fn draw_labels(labels: &tiancheng::map::Labels, ink: &dyn Fn(usize) -> &'static str) -> String {
    use tiancheng::map::{Text, flower};
    let mut s = String::new();
    let text = |s: &mut String, t: &Text, weight: u32, fill: &str| {
        writeln!(s, "<text x='{:.1}' y='{:.1}' font-size='{:.2}' font-weight='{weight}' fill='{fill}' text-anchor='middle'>{}</text>", t.at.x, t.at.y, t.size, t.text).unwrap();
    };
    for l in &labels.units {
        if let Some((c, r)) = l.flower {
            let progress = [
                Some(0.9),
                Some(1.0),
                Some(0.5),
                Some(0.3 + 0.1 * (l.unit % 7) as f64),
                if l.unit % 9 == 3 { None } else { Some(0.2) },
            ];
            if labels.level == tiancheng::map::Level::Large {
                let disc = r * 39.0 / 34.0;
                writeln!(s, "<circle cx='{:.1}' cy='{:.1}' r='{disc:.1}' fill='#fff'/>", c.x, c.y).unwrap();
            }
            for (p, color) in flower(c, r, &progress)
                .iter()
                .zip(["#1f4e9c", "#a8330f", "#b98500", "#3f9457", "#b4589c"])
            {
                let style = if p.is_missing {
                    "fill='none' stroke='#85817a' stroke-width='1' stroke-dasharray='2 2'"
                } else {
                    "fill='#e2dfd8'"
                };
                writeln!(s, "<path d='{}' {style}/>", p.ghost).unwrap();
                if let Some(f) = &p.fill {
                    writeln!(s, "<path d='{f}' fill='{color}'/>").unwrap();
                }
            }
        }
        if let Some(m) = l.mark {
            writeln!(
                s,
                "<circle cx='{}' cy='{}' r='{}' fill='#2f8f5b'/>",
                m.center().x,
                m.center().y,
                m.w * 0.43
            )
            .unwrap();
        }
        text(&mut s, &l.name, 400, ink(l.unit));
        if let Some(v) = &l.value {
            text(&mut s, v, 600, ink(l.unit));
        }
    }
    for p in &labels.plates {
        let b = p.bounds;
        writeln!(
            s,
            "<rect x='{}' y='{}' width='{}' height='{}' rx='3' fill='#fff' stroke='#85817a'/>",
            b.x, b.y, b.w, b.h
        )
        .unwrap();
        text(&mut s, &p.name, 600, "#1f2226");
        if let Some(v) = &p.value {
            text(&mut s, v, 600, "#1f2226");
        }
    }
    s
}

/// A town of `units` units in `districts` districts, with names of `letters` letters.
pub fn town(units: usize, districts: usize, letters: usize) -> Vec<UnitSite> {
    let letter = |i: usize| char::from_u32(0x5c71 + (i * 37 % 4000) as u32).expect("a letter of the plane of Chinese");
    (0..units)
        .map(|i| {
            let is_village = i % 4 != 1;
            let mut name: String = (1..letters).map(|k| letter(i * 13 + k)).collect();
            name.push_str(if is_village { "村" } else { "社区" });
            UnitSite {
                code: format!("4212231{i:05}"),
                name: name
                    .chars()
                    .rev()
                    .take(letters)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect(),
                is_village,
                district: Some(format!("第{}片区", i * districts / units)),
            }
        })
        .collect()
}
