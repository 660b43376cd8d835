//! Steps that lose some at each: bars from zero with the share of the step before.

use super::draft::{Draft, LABEL, NOTE, VALUE, head, number_cell, word_cell};
use super::figure::{Funnel, Value};
use super::geometry::{Rect, at};
use super::number::{whole_percent, with_unit};
use super::palette::Ink;
use super::rows::{Edges, Rows};
use super::scene::{Anchor, Cell, Drawn, Hit, Shape, Table};

const SHARE_HEAD: &str = "较上一步";

/// How strong the bars of the middle steps are: first and last are what is compared.
const MIDDLE: f64 = 0.84;

/// Share of the step before, in words; nothing for the first step.
fn share_words(data: &Funnel, step: usize) -> String {
    let before = step
        .checked_sub(1)
        .and_then(|b| data.steps.get(b))
        .and_then(|s| s.1.length());
    let here = data.steps.get(step).and_then(|s| s.1.length());
    match (step, before, here) {
        (0, ..) => String::new(),
        (_, Some(b), Some(h)) => whole_percent(h, b),
        _ => "--".to_owned(),
    }
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Funnel, unit: &str) {
    let labels: Vec<&str> = data.steps.iter().map(|s| s.0.as_str()).collect();
    let values: Vec<String> = data.steps.iter().map(|s| value_words(&s.1, unit)).collect();
    let values_wide = d.widest(values.iter().map(String::as_str), VALUE) + d.u(8.0);
    let shares_wide = d.width_of(SHARE_HEAD, NOTE) + d.u(8.0);
    let edges = Edges {
        top: d.u(22.0),
        foot: d.u(2.0),
        beside: values_wide + shares_wide,
    };
    let places = Rows::new(d, &labels, LABEL, &edges, (42.0, 28.0));
    let most = data.steps.iter().filter_map(|s| s.1.length()).fold(0.0, f64::max);
    let length = (d.w() - places.x - values_wide - shares_wide).max(d.u(20.0));
    let thick = (places.room(d) * 0.6).min(d.u(30.0));
    d.text(SHARE_HEAD, at(d.w(), d.u(8.0)), Anchor::End, NOTE, Ink::TextSecond);
    for (i, (name, value)) in data.steps.iter().enumerate() {
        places.label(d, i, name, LABEL);
        let middle = places.middle(d, i);
        let long = value
            .length()
            .map_or(0.0, |v| if most > 0.0 { v / most * length } else { 0.0 });
        let rect = Rect::new(places.x, middle - thick / 2.0, long, thick);
        let share = share_words(data, i);
        let said = with_unit(value.amount, unit);
        let sentence = match share.as_str() {
            "" | "--" => format!("{name}，{said}"),
            share => format!("{name}，{said}，为上一步的 {share}"),
        };
        let hit = if long > 0.0 {
            rect
        } else {
            Rect::new(rect.x, rect.y, d.u(16.0), thick)
        };
        let id = d.mark(Hit::Rect(hit), name, &said, sentence, &value.key);
        let ends = i == 0 || i + 1 == data.steps.len();
        let color = d
            .ink(data.ink)
            .over(d.ink(Ink::Surface), if ends { 1.0 } else { MIDDLE });
        if long > 0.0 {
            d.scene.shapes.push(Drawn {
                shape: Shape::Block { rect, radius: 0.0 },
                color,
                mark: Some(id),
            });
        }
        d.text(
            &values[i],
            at(rect.right() + d.u(8.0), middle),
            Anchor::Start,
            VALUE,
            Ink::Text,
        );
        d.text(&share, at(d.w(), middle), Anchor::End, NOTE, Ink::TextSecond);
    }
    d.scene.table = table(data, unit);
}

fn value_words(value: &Value, unit: &str) -> String {
    value
        .length()
        .map_or_else(|| "--".to_owned(), |v| with_unit(Some(v), unit))
}

fn table(data: &Funnel, unit: &str) -> Table {
    let row = |(i, (name, value)): (usize, &(String, Value))| {
        let share = share_words(data, i);
        let share = if share.is_empty() { "--".to_owned() } else { share };
        vec![
            word_cell(name),
            number_cell(value.amount, &value.key),
            Cell {
                text: share,
                numeric: true,
                key: None,
            },
        ]
    };
    let headers = vec!["阶段".to_owned(), head("数量", unit), SHARE_HEAD.to_owned()];
    Table {
        headers,
        rows: data.steps.iter().enumerate().map(row).collect(),
    }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Funnel, unit: &str) -> String {
    let step = |(i, (name, value)): (usize, &(String, Value))| {
        let share = share_words(data, i);
        let share = if share.is_empty() {
            share
        } else {
            format!("（{SHARE_HEAD} {share}）")
        };
        format!("{name} {}{share}", with_unit(value.amount, unit))
    };
    let steps: Vec<String> = data.steps.iter().enumerate().map(step).collect();
    format!("漏斗图，{} 步：{}", data.steps.len(), steps.join("，"))
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Funnel) -> bool {
    data.steps.iter().all(|s| s.1.length().is_none())
}
