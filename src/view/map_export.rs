//! The map as a drawing of its own, for a file: with title, legend, date and what kind of map it is.

use super::map_page::{CellVm, Mode, StepVm};
use crate::chart::palette::{DISTRICT_TINTS, LIGHT};
use crate::chart::{Color, Ink};
use crate::map::{LabelMode, LabelRequest, Labels, PlateText, Text, TownMap, flower};
use crate::model::ledger::Programme;

/// Width and height of the sheet, CSS px.
pub const SIZE: (f64, f64) = (1120.0, 1100.0);

/// Free space around, and height of the head, CSS px.
const SIDE: f64 = 60.0;
const HEAD: f64 = 100.0;

/// The family in the drawing; a viewer takes the first it has.
const FAMILY: &str = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif";

/// All that stands on the sheet.
pub struct Sheet<'a> {
    /// The geometry.
    pub map: &'a TownMap,
    /// One per cell.
    pub cells: &'a [CellVm],
    /// One per district.
    pub plates: &'a [PlateText],
    /// The legend.
    pub steps: &'a [StepVm],
    /// What the cells show.
    pub mode: Mode,
    /// `夜话场次分布图`.
    pub title: &'a str,
    /// Period and day.
    pub about: &'a str,
    /// The division into districts is an example.
    pub is_sample_division: bool,
    /// The figures are those of the sample town.
    pub is_sample: bool,
    /// Width in px of a text at a size in px.
    pub measure: &'a dyn Fn(&str, f32) -> f32,
}

/// The sheet as an SVG document.
pub fn svg(sheet: &Sheet<'_>) -> String {
    let mut out = String::with_capacity(200_000);
    let (w, h) = SIZE;
    out.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" font-family=\"{FAMILY}\">"
    ));
    out.push_str(&format!("<rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>"));
    words(&mut out, (SIDE, 46.0), 26.0, true, "start", Ink::Text, sheet.title);
    words(
        &mut out,
        (SIDE, 76.0),
        16.0,
        false,
        "start",
        Ink::TextSecond,
        sheet.about,
    );
    out.push_str(&format!("<g transform=\"translate({SIDE} {HEAD})\">"));
    let unnamed = body(sheet, &mut out);
    out.push_str("</g>");
    legend(sheet, &mut out);
    let mut note = super::map_edit::lines(sheet.map).note().to_owned();
    // Who found no room for a name in the drawing is named under it.
    let unnamed: Vec<&str> = unnamed.iter().map(|&i| sheet.map.cells[i].name.as_str()).collect();
    if !unnamed.is_empty() {
        let said = format!("图上写不下名称的：{}", unnamed.join("、"));
        words(&mut out, (SIDE, h - 24.0), 14.0, false, "start", Ink::TextSecond, &said);
    }
    for (on, said) in [
        (sheet.is_sample_division, " · 片区为示例划分"),
        (sheet.is_sample, " · 示例数据"),
    ] {
        if on {
            note.push_str(said);
        }
    }
    words(
        &mut out,
        (w - SIDE, h - 24.0),
        14.0,
        false,
        "end",
        Ink::TextThird,
        &note,
    );
    out.push_str("</svg>");
    out
}

fn css(ink: Ink) -> String {
    LIGHT.ink(ink).css()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn words(out: &mut String, at: (f64, f64), size: f64, strong: bool, anchor: &str, ink: Ink, text: &str) {
    let weight = if strong { 600 } else { 400 };
    out.push_str(&format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{size:.1}\" font-weight=\"{weight}\" text-anchor=\"{anchor}\" fill=\"{}\">{}</text>",
        at.0,
        at.1,
        css(ink),
        escaped(text)
    ));
}

fn path(out: &mut String, d: &str, fill: &str, stroke: Option<(&str, f64)>) {
    out.push_str(&format!("<path d=\"{d}\" fill=\"{fill}\" fill-rule=\"evenodd\""));
    if let Some((color, width)) = stroke {
        out.push_str(&format!(
            " stroke=\"{color}\" stroke-width=\"{width}\" stroke-linejoin=\"round\""
        ));
    }
    out.push_str("/>");
}

fn fill(look: Option<&CellVm>, mode: Mode) -> Color {
    let ink = match (mode, look) {
        (Mode::Indicator, Some(CellVm { step: Some(step), .. })) => Ink::Amount(*step as u8),
        (Mode::Petals, Some(CellVm { tint: Some(tint), .. })) => return tinted(*tint),
        (Mode::Petals, _) => Ink::Sunken,
        (
            Mode::Status,
            Some(CellVm {
                status: Some(status), ..
            }),
        ) => {
            let strong = LIGHT.ink(crate::chart::Ink::of(*status));
            return strong.over(LIGHT.surface, 0.18);
        }
        _ => Ink::Unknown,
    };
    LIGHT.ink(ink)
}

/// The colour a person gave a district, as in `--d-1` to `--d-6` of the style sheet.
fn tinted(tint: u8) -> Color {
    DISTRICT_TINTS[usize::from(tint.saturating_sub(1)) % DISTRICT_TINTS.len()]
}

fn labels(sheet: &Sheet<'_>) -> Labels {
    let values: Vec<String> = sheet.cells.iter().map(|c| c.shown.clone()).collect();
    sheet.map.labels(&LabelRequest {
        scale: 1.0,
        text_scale: 1.0,
        mode: match sheet.mode {
            Mode::Indicator => LabelMode::Indicator,
            Mode::Petals => LabelMode::Petals,
            Mode::Status => LabelMode::Status,
        },
        values: &values,
        plates: sheet.plates,
        only: None,
        measure: sheet.measure,
    })
}

/// Draws the map; gives the units whose names found no room.
fn body(sheet: &Sheet<'_>, out: &mut String) -> Vec<usize> {
    for (i, cell) in sheet.map.cells.iter().enumerate() {
        path(out, &cell.path, &fill(sheet.cells.get(i), sheet.mode).css(), None);
    }
    let line = |out: &mut String, d: &str, ink: Ink, width: f64| path(out, d, "none", Some((&css(ink), width)));
    line(out, &sheet.map.cell_lines, Ink::Surface, 1.25);
    line(out, &sheet.map.district_lines, Ink::TextSecond, 2.25);
    line(out, &sheet.map.outline_path, Ink::Text, 3.0);
    let labels = labels(sheet);
    for label in &labels.units {
        let look = sheet.cells.get(label.unit);
        let step = look.and_then(|l| l.step).filter(|_| sheet.mode == Mode::Indicator);
        let ink = step.map_or(Ink::Text, |s| Ink::OnAmount(s as u8));
        if let (Some((centre, radius)), Some(look)) = (label.flower, look) {
            glyph(out, centre, radius, &look.petals);
        }
        if let (Some(b), Some(status)) = (label.mark, look.and_then(|l| l.status)) {
            let c = b.center();
            let color = css(crate::chart::Ink::of(status));
            out.push_str(&format!(
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{:.1}\" fill=\"{color}\"/>",
                c.x,
                c.y,
                b.w / 2.4
            ));
        }
        put(out, &label.name, false, ink);
        if let Some(value) = &label.value {
            put(out, value, true, ink);
        }
    }
    for plate in &labels.plates {
        let b = plate.bounds;
        out.push_str(&format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"3\" fill=\"#ffffff\" stroke=\"{}\"/>",
            b.x,
            b.y,
            b.w,
            b.h,
            css(Ink::TextSecond)
        ));
        let members = sheet.map.districts[plate.district].units.first();
        if let Some(tint) = members.and_then(|&i| sheet.cells.get(i)?.tint) {
            out.push_str(&format!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"4\" fill=\"{}\"/>",
                b.x + 1.0,
                b.y + b.h - 4.5,
                b.w - 2.0,
                tinted(tint).css()
            ));
        }
        put(out, &plate.name, true, Ink::Text);
        if let Some(value) = &plate.value {
            put(out, value, true, Ink::Text);
        }
    }
    labels.hidden
}

fn put(out: &mut String, text: &Text, strong: bool, ink: Ink) {
    words(
        out,
        (text.at.x, text.at.y),
        text.size,
        strong,
        "middle",
        ink,
        &text.text,
    );
}

fn glyph(out: &mut String, centre: crate::map::Point, radius: f64, petals: &[Option<f64>; 5]) {
    out.push_str(&format!(
        "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{:.1}\" fill=\"#ffffff\"/>",
        centre.x,
        centre.y,
        radius + crate::map::DISC_EDGE
    ));
    for (programme, petal) in Programme::ALL.into_iter().zip(flower(centre, radius, petals)) {
        let ghost = css(Ink::Ghost);
        if petal.is_missing {
            path(out, &petal.ghost, "none", Some((&ghost, 1.0)));
        } else {
            path(out, &petal.ghost, &ghost, None);
        }
        if let Some(d) = petal.fill {
            path(out, &d, &css(super::charts::ink(programme)), None);
        }
    }
}

fn legend(sheet: &Sheet<'_>, out: &mut String) {
    let y = SIZE.1 - 58.0;
    let mut x = SIDE;
    let mut entry = |out: &mut String, color: String, said: &str| {
        out.push_str(&format!(
            "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"22\" height=\"15\" rx=\"2\" fill=\"{color}\" stroke=\"{}\"/>",
            y - 12.5,
            css(Ink::LineStrong)
        ));
        words(out, (x + 30.0, y), 15.0, false, "start", Ink::Text, said);
        x += 30.0 + f64::from((sheet.measure)(said, 15.0)) + 26.0;
    };
    match sheet.mode {
        Mode::Indicator => {
            for step in sheet.steps {
                let said = format!("{}　{} 个", step.range, step.count);
                entry(out, css(Ink::Amount(step.step as u8)), &said);
            }
        }
        Mode::Petals => {
            for programme in Programme::ALL {
                entry(out, css(super::charts::ink(programme)), programme.label());
            }
        }
        Mode::Status => {
            for status in crate::model::status::Status::ALL {
                let count = sheet.cells.iter().filter(|c| c.status == Some(status)).count();
                if count > 0 {
                    let color = css(crate::chart::Ink::of(status));
                    entry(out, color, &format!("{}　{count} 个", status.word()));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::engine::indicator::Period;
    use crate::model::programmes;
    use crate::model::programmes::dream::indicators::NIGHT_TALKS;
    use crate::model::programmes::sample::{SampleOptions, as_of, sheet};
    use crate::view::map_page;

    #[test]
    fn the_file_says_what_it_is() {
        let records = sheet(&SampleOptions::default());
        let mut board = programmes::board(Period::Year(2022), as_of());
        board.refresh(&records);
        let map = map_page::town_map(&records, board.frame());
        let indicator = &NIGHT_TALKS;
        let coloured = map_page::coloured(&map, &board, indicator);
        for (mode, ..) in Mode::ALL {
            let text = svg(&Sheet {
                map: &map,
                cells: &coloured.cells,
                plates: &map_page::plates(&map, &records, &board, indicator),
                steps: &coloured.steps,
                mode,
                title: "夜话场次 <1>",
                about: "2022年 · 截至 2022-11-22",
                is_sample_division: true,
                is_sample: true,
                measure: &|text, px| text.chars().count() as f32 * px,
            });
            assert!(text.starts_with("<svg") && text.ends_with("</svg>"));
            for said in [
                "示意图，非实测边界 · 片区为示例划分 · 示例数据",
                "截至 2022-11-22",
                "&lt;1&gt;",
            ] {
                assert!(text.contains(said), "{said}");
            }
            assert!(text.matches("fill-rule").count() >= 39);
            assert!(!text.contains("NaN"));
        }
    }
}
