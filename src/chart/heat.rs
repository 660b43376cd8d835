//! Rows × columns in colour, grouped by district: zero is the sunken ground, no data is hatched.

use super::draft::{Draft, NOTE, NOTE_STRONG, VALUE, number_cell, word_cell};
use super::figure::{Heat, HeatGroup, HeatRow, Paint, Pattern, Steps, Value};
use super::finding;
use super::geometry::{Rect, at};
use super::number::{number, with_unit};
use super::palette::Ink;
use super::scale::{falling, rising};
use super::scene::{Anchor, Hit, Table};

/// Steps of colour in use for so many classes: the palest is too near to zero to be told from it, so it comes last.
const SHADES: [&[u8]; 6] = [&[], &[4], &[2, 4], &[2, 4, 5], &[2, 3, 4, 5], &[1, 2, 3, 4, 5]];

/// Space between two districts, px at scale 1.
const GROUP_GAP: f64 = 5.0;

/// Lower bounds of whole-number classes for the values above zero: one for each value while there are few, else
/// four of about equal size.
pub fn classes(values: &[f64]) -> Vec<f64> {
    let known: Vec<f64> = values.iter().copied().filter(|v| v.is_finite() && *v > 0.0).collect();
    let known: Vec<f64> = rising(&known).into_iter().map(|i| known[i]).collect();
    let mut distinct = known.clone();
    distinct.dedup();
    if distinct.len() <= 4 {
        return distinct;
    }
    let mut bounds: Vec<f64> = (0..4)
        .map(|i| known[known.len() * i / 4].floor().max(distinct[0].min(1.0)))
        .collect();
    bounds.dedup();
    bounds
}

/// Height of a line of the key, px at scale 1.
const KEY_LINE: f64 = 20.0;

struct Plan {
    groups: Vec<usize>,
    /// Districts as a line above their rows instead of a column of their own.
    stacked: bool,
    label_x: f64,
    cells_x: f64,
    cell: f64,
    pitch: f64,
    head: f64,
    /// Lowest values of the steps of each column; one entry where they are the same for all.
    steps: Vec<Vec<f64>>,
}

impl Plan {
    fn steps(&self, column: usize) -> &[f64] {
        let own = self.steps.get(column).or(self.steps.first());
        own.map_or(&[], Vec::as_slice)
    }
}

fn row_sum(row: &HeatRow) -> Option<f64> {
    row.cells
        .iter()
        .filter_map(Value::length)
        .fold(None, |sum, v| Some(sum.unwrap_or(0.0) + v))
}

fn group_sum(group: &HeatGroup) -> Option<f64> {
    group
        .rows
        .iter()
        .filter_map(row_sum)
        .fold(None, |sum, v| Some(sum.unwrap_or(0.0) + v))
}

fn column_sum(data: &Heat, column: usize) -> Option<f64> {
    let cells = data
        .groups
        .iter()
        .flat_map(|g| &g.rows)
        .filter_map(|r| r.cells.get(column));
    cells
        .filter_map(Value::length)
        .fold(None, |sum, v| Some(sum.unwrap_or(0.0) + v))
}

fn all_values(data: &Heat) -> Vec<f64> {
    data.groups
        .iter()
        .flat_map(|g| &g.rows)
        .flat_map(|r| &r.cells)
        .filter_map(Value::length)
        .collect()
}

/// Districts in falling order of their sums; as given where sums make no sense.
fn order(data: &Heat) -> Vec<usize> {
    if data.sum.is_none() {
        return (0..data.groups.len()).collect();
    }
    let sums: Vec<f64> = data.groups.iter().map(|g| group_sum(g).unwrap_or(-1.0)).collect();
    falling(&sums)
}

fn words_or_none(value: Option<f64>) -> String {
    value.map_or_else(|| "--".to_owned(), number)
}

/// Chooses columns; makes the drawing wider where cells could not hold their numbers.
fn plan(d: &mut Draft<'_>, data: &Heat) -> Plan {
    let rows = || data.groups.iter().flat_map(|g| &g.rows);
    let labels = d.widest(rows().map(|r| r.label.as_str()), NOTE) + d.u(8.0);
    let districts = d.widest(data.groups.iter().map(|g| g.label.as_str()), NOTE_STRONG) + d.u(12.0);
    let mut numbers: Vec<String> = all_values(data)
        .into_iter()
        .filter(|v| *v >= data.number_from)
        .map(number)
        .collect();
    let mut sums = 0.0;
    if let Some(name) = &data.sum {
        let mut words: Vec<String> = rows().map(|r| words_or_none(row_sum(r))).collect();
        words.push(words_or_none(Some(all_values(data).iter().sum())));
        sums = d
            .widest(words.iter().map(String::as_str), VALUE)
            .max(d.width_of(name, NOTE))
            + d.u(10.0);
        numbers.extend((0..data.columns.len()).map(|c| words_or_none(column_sum(data, c))));
    }
    let in_cells = d.widest(numbers.iter().map(String::as_str), NOTE_STRONG);
    let heads = d.widest(data.columns.iter().map(String::as_str), NOTE);
    let least = (in_cells.max(heads) + d.u(5.0)).max(d.u(17.0));
    let count = data.columns.len() as f64;
    let named = data.groups.iter().any(|g| !g.label.is_empty());
    let side = if named { districts } else { 0.0 };
    let stacked = named && side + labels + least * count + sums > d.w();
    let label_x = if stacked { labels } else { side + labels };
    if label_x + least * count + sums > d.w() {
        d.scene.width = (label_x + least * count + sums).ceil();
    }
    let cell = (d.w() - label_x - sums) / count;
    let mut steps = match &data.steps {
        Steps::Found => vec![classes(&all_values(data))],
        Steps::Same(steps) => vec![steps.clone()],
        Steps::Own(each, _) => each.clone(),
    };
    steps.iter_mut().for_each(|own| own.truncate(5));
    Plan {
        groups: order(data),
        stacked,
        label_x: label_x - d.u(8.0),
        cells_x: label_x,
        cell,
        pitch: 0.0,
        head: d.u(22.0),
        steps,
    }
}

/// The step of colour of a value above zero.
fn shade(value: f64, steps: &[f64]) -> u8 {
    let class = steps.iter().filter(|s| value >= **s).count().max(1);
    let shades = SHADES[steps.len().min(5)];
    shades.get(class - 1).copied().unwrap_or(2)
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Heat, unit: &str) {
    let mut p = plan(d, data);
    let rows: usize = data.groups.iter().map(|g| g.rows.len()).sum();
    let titles = if p.stacked { data.groups.len() } else { 0 };
    let sums = usize::from(data.sum.is_some());
    let lines = (rows + titles + sums) as f64;
    let gaps = d.u(GROUP_GAP) * (data.groups.len() - 1 + sums) as f64;
    let (key_x, key_of) = key_lines(d, &p, key_entries(data, &p));
    let foot = d.u(8.0) + d.u(KEY_LINE) * key_of.len() as f64;
    let all = |line: f64| p.head + line * lines + gaps + foot;
    let (natural, least) = (all(d.u(18.75)), all(d.u(17.0)));
    let h = d.settle(natural, least);
    p.pitch = (h - p.head - gaps - foot) / lines;
    heads(d, data, &p);
    let mut y = p.head;
    for (i, g) in p.groups.iter().enumerate() {
        if i > 0 {
            y += d.u(GROUP_GAP);
            let middle = y - d.u(GROUP_GAP) / 2.0;
            d.line(&[at(0.0, middle), at(d.w(), middle)], d.u(1.0), Ink::Grid, None);
        }
        y = group(d, data, &data.groups[*g], &p, unit, y);
    }
    if let Some(name) = &data.sum {
        totals(d, data, name, &p, y + d.u(GROUP_GAP));
    }
    key(d, key_x, &key_of, h - foot + d.u(8.0));
    d.scene.table = table(data, &p.groups);
    d.scene.reach = d.u(2.0);
}

fn heads(d: &mut Draft<'_>, data: &Heat, p: &Plan) {
    let y = p.head / 2.0 - d.u(1.0);
    for (c, name) in data.columns.iter().enumerate() {
        let x = p.cells_x + p.cell * (c as f64 + 0.5);
        d.text(name, at(x, y), Anchor::Middle, NOTE, Ink::TextSecond);
    }
    d.text(&data.column_title, at(p.label_x, y), Anchor::End, NOTE, Ink::TextSecond);
    if let Some(name) = &data.sum {
        d.text(name, at(d.w(), y), Anchor::End, NOTE, Ink::TextSecond);
    }
}

/// One district from `y` on; gives the y below it.
fn group(d: &mut Draft<'_>, data: &Heat, group: &HeatGroup, p: &Plan, unit: &str, from: f64) -> f64 {
    let mut y = from;
    let sum = data
        .sum
        .as_ref()
        .and_then(|_| group_sum(group))
        // Rows that belong to nothing have their sum in the last row alone.
        .filter(|_| group.rows.len() > 1 && !group.label.is_empty());
    let sum_words = sum.map_or_else(String::new, |s| with_unit(Some(s), unit));
    if p.stacked {
        d.text(
            &group.label,
            at(0.0, y + p.pitch / 2.0),
            Anchor::Start,
            NOTE_STRONG,
            Ink::Text,
        );
        let x = d.width_of(&group.label, NOTE_STRONG) + d.u(8.0);
        d.text(
            &sum_words,
            at(x, y + p.pitch / 2.0),
            Anchor::Start,
            NOTE,
            Ink::TextSecond,
        );
        y += p.pitch;
    } else {
        d.text(
            &group.label,
            at(0.0, y + p.pitch / 2.0),
            Anchor::Start,
            NOTE_STRONG,
            Ink::Text,
        );
        d.text(
            &sum_words,
            at(0.0, y + p.pitch * 1.5),
            Anchor::Start,
            NOTE,
            Ink::TextSecond,
        );
    }
    for row in &group.rows {
        let middle = y + p.pitch / 2.0;
        d.text(&row.label, at(p.label_x, middle), Anchor::End, NOTE, Ink::TextSecond);
        for (c, name) in data.columns.iter().enumerate() {
            let gap = d.u(1.4);
            let rect = Rect::new(p.cells_x + p.cell * c as f64, y, p.cell - gap, p.pitch - gap);
            cell(
                d,
                data,
                (row, name),
                row.cells.get(c).unwrap_or(&Value::UNKNOWN),
                p.steps(c),
                (rect, unit),
            );
        }
        if data.sum.is_some() {
            let words = words_or_none(row_sum(row));
            d.text(&words, at(d.w(), middle), Anchor::End, VALUE, Ink::Text);
        }
        y += p.pitch;
    }
    y
}

fn cell(d: &mut Draft<'_>, data: &Heat, of: (&HeatRow, &str), value: &Value, steps: &[f64], place: (Rect, &str)) {
    let ((row, column), (rect, unit)) = (of, place);
    let column = if column.chars().all(|c| c.is_ascii_digit()) {
        format!("{column}{}", data.column_title)
    } else {
        column.to_owned()
    };
    let said = with_unit(value.amount, unit);
    let label = format!("{} {column}", row.label);
    let id = d.mark(Hit::Rect(rect), &label, &said, format!("{label}，{said}"), &value.key);
    match value.length() {
        None => d.filled(
            &rect.corners(),
            Paint {
                ink: Ink::Unknown,
                pattern: Pattern::Hatched,
            },
            Some(id),
        ),
        Some(v) if v <= 0.0 => {
            d.block(rect, 0.0, Ink::Sunken, Some(id));
            if data.number_from <= 0.0 {
                d.text(&number(v), rect.middle(), Anchor::Middle, NOTE, Ink::TextSecond);
            }
        }
        Some(v) => {
            let step = shade(v, steps);
            d.block(rect, d.u(1.5), Ink::Amount(step), Some(id));
            if v >= data.number_from {
                d.text(&number(v), rect.middle(), Anchor::Middle, NOTE, Ink::OnAmount(step));
            }
        }
    }
}

fn totals(d: &mut Draft<'_>, data: &Heat, name: &str, p: &Plan, y: f64) {
    let line = y - d.u(GROUP_GAP) / 2.0;
    d.line(&[at(0.0, line), at(d.w(), line)], d.u(1.0), Ink::LineStrong, None);
    let middle = y + p.pitch / 2.0;
    d.text(name, at(p.label_x, middle), Anchor::End, NOTE, Ink::TextSecond);
    for c in 0..data.columns.len() {
        let x = p.cells_x + p.cell * (c as f64 + 0.5) - d.u(0.7);
        d.text(
            &words_or_none(column_sum(data, c)),
            at(x, middle),
            Anchor::Middle,
            NOTE_STRONG,
            Ink::Text,
        );
    }
    let all: f64 = all_values(data).iter().sum();
    d.text(&number(all), at(d.w(), middle), Anchor::End, VALUE, Ink::Text);
}

/// The steps of colour and what they stand for.
fn key_entries(data: &Heat, p: &Plan) -> Vec<(Paint, String)> {
    let mut entries = Vec::new();
    let all = all_values(data);
    if all.contains(&0.0) {
        entries.push((Paint::solid(Ink::Sunken), "0".to_owned()));
    }
    let largest = all.iter().copied().fold(0.0, f64::max);
    let names = match &data.steps {
        Steps::Own(_, names) => Some(names),
        Steps::Found | Steps::Same(_) => None,
    };
    let steps = p.steps(0);
    for (i, low) in steps.iter().enumerate() {
        let words = match steps.get(i + 1) {
            _ if names.is_some() => names.and_then(|all| all.get(i)).cloned().unwrap_or_default(),
            Some(next) if next - low <= 1.0 => number(*low),
            Some(next) => format!("{}–{}", number(*low), number(next - 1.0)),
            None if largest > *low => format!("{} 以上", number(*low)),
            None => number(*low),
        };
        entries.push((Paint::solid(Ink::Amount(shade(*low, steps))), words));
    }
    let unknown = |r: &HeatRow| (0..data.columns.len()).any(|c| r.cells.get(c).is_none_or(|v| v.length().is_none()));
    if data.groups.iter().flat_map(|g| &g.rows).any(unknown) {
        entries.push((
            Paint {
                ink: Ink::Unknown,
                pattern: Pattern::Hatched,
            },
            "无数据".to_owned(),
        ));
    }
    entries
}

/// The key in lines that fit the width, from the x of the cells or, where that saves a line, from the edge.
fn key_lines(d: &Draft<'_>, p: &Plan, entries: Vec<(Paint, String)>) -> (f64, Vec<Vec<(Paint, String)>>) {
    let wide = |words: &str| d.u(29.0) + d.width_of(words, NOTE);
    let all: f64 = entries.iter().map(|e| wide(&e.1)).sum();
    let x = if p.cells_x + all <= d.w() { p.cells_x } else { 0.0 };
    let mut lines: Vec<Vec<(Paint, String)>> = vec![Vec::new()];
    let mut right = x;
    for entry in entries {
        right += wide(&entry.1);
        match lines.last_mut() {
            Some(line) if line.is_empty() || right - d.u(12.0) <= d.w() => line.push(entry),
            _ => {
                right = x + wide(&entry.1);
                lines.push(vec![entry]);
            }
        }
    }
    (x, lines)
}

fn key(d: &mut Draft<'_>, from: f64, lines: &[Vec<(Paint, String)>], top: f64) {
    let side = d.u(12.0);
    for (i, line) in lines.iter().enumerate() {
        let y = top + d.u(KEY_LINE) * (i as f64 + 0.5);
        let mut x = from;
        for (paint, words) in line {
            let swatch = Rect::new(x, y - side / 2.0, side, side);
            d.block(swatch, 0.0, Ink::LineStrong, None);
            d.filled(&swatch.grown(-d.u(0.75)).corners(), *paint, None);
            d.text(words, at(x + side + d.u(5.0), y), Anchor::Start, NOTE, Ink::TextSecond);
            x += d.u(29.0) + d.width_of(words, NOTE);
        }
    }
}

fn table(data: &Heat, order: &[usize]) -> Table {
    let named = data.groups.iter().any(|g| !g.label.is_empty());
    let mut headers: Vec<String> = if named { vec!["片区".to_owned()] } else { Vec::new() };
    headers.push(if named { "村（社区）" } else { super::draft::ROWS }.to_owned());
    let digits = |c: &String| c.chars().all(|s| s.is_ascii_digit());
    headers.extend(data.columns.iter().map(|c| {
        if digits(c) {
            format!("{c}{}", data.column_title)
        } else {
            c.clone()
        }
    }));
    headers.extend(data.sum.clone());
    let mut rows = Vec::new();
    for g in order.iter().map(|i| &data.groups[*i]) {
        for row in &g.rows {
            let mut cells = if named { vec![word_cell(&g.label)] } else { Vec::new() };
            cells.push(word_cell(&row.label));
            for c in 0..data.columns.len() {
                let value = row.cells.get(c).unwrap_or(&Value::UNKNOWN);
                cells.push(number_cell(value.amount, &value.key));
            }
            if data.sum.is_some() {
                cells.push(number_cell(row_sum(row), &row.key));
            }
            rows.push(cells);
        }
    }
    if let Some(name) = &data.sum {
        let mut cells = if named { vec![word_cell("全部")] } else { Vec::new() };
        cells.push(word_cell(name));
        cells.extend((0..data.columns.len()).map(|c| number_cell(column_sum(data, c), &None)));
        cells.push(number_cell(Some(all_values(data).iter().sum()), &None));
        rows.push(cells);
    }
    Table { headers, rows }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Heat, unit: &str) -> String {
    let rows: Vec<&HeatRow> = data.groups.iter().flat_map(|g| &g.rows).collect();
    let mut out = format!("热力图，{} 行 {} 列", rows.len(), data.columns.len());
    if data.sum.is_some() {
        let sums: Vec<(&str, f64)> = rows
            .iter()
            .filter_map(|r| row_sum(r).map(|s| (r.label.as_str(), s)))
            .collect();
        if let Some(ends) = finding::ends(&sums, unit, ("合计最大", "最小")) {
            out.push_str(&format!("，{ends}"));
        }
    }
    out
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Heat) -> bool {
    data.columns.is_empty() || data.groups.iter().all(|g| g.rows.is_empty())
}
