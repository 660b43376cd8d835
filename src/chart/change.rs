//! Before and after: a hollow ring for the first state, a solid dot for the second, a band between them.

use super::draft::{Draft, LABEL, NOTE, ROWS, VALUE, head, number_cell, word_cell};
use super::figure::{Change, Pair};
use super::geometry::{Rect, at};
use super::number::{number, percent, with_unit};
use super::palette::Ink;
use super::rows::{Edges, Rows};
use super::scene::{Anchor, Hit, Table};

fn known(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite() && *v >= 0.0)
}

fn after_words(pair: &Pair, unit: &str) -> String {
    let with = |v: f64| if unit == "%" { percent(v) } else { number(v) };
    known(pair.after.amount).map_or_else(|| "--".to_owned(), with)
}

fn before_words(pair: &Pair) -> String {
    known(pair.before).map_or_else(String::new, number)
}

/// Upper end of the scale.
fn top(data: &Change) -> f64 {
    let values = data
        .pairs
        .iter()
        .flat_map(|p| [known(p.before), known(p.after.amount)])
        .flatten();
    let most = values.fold(0.0, f64::max);
    let wanted = data.max.filter(|m| m.is_finite()).unwrap_or(0.0);
    if wanted >= most && wanted > 0.0 {
        wanted
    } else {
        super::scale::step_for(most, 3, false) * 3.0
    }
}

pub(crate) fn lay(d: &mut Draft<'_>, data: &Change, unit: &str) {
    let labels: Vec<&str> = data.pairs.iter().map(|p| p.label.as_str()).collect();
    let before = d.widest(
        data.pairs
            .iter()
            .map(before_words)
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str),
        NOTE,
    );
    let after: Vec<String> = data.pairs.iter().map(|p| after_words(p, unit)).collect();
    let after = d.widest(after.iter().map(String::as_str), VALUE);
    let words = before.max(after) + d.u(12.5);
    let edges = Edges {
        top: d.u(24.0),
        foot: d.u(24.0),
        beside: words * 2.0,
    };
    let places = Rows::new(d, &labels, LABEL, &edges, (52.0, 28.0));
    let (x0, x1) = (places.x + words, d.w() - words);
    let top = top(data);
    key(d, data, places.x);
    for (i, pair) in data.pairs.iter().enumerate() {
        places.label(d, i, &pair.label, LABEL);
        let y = places.middle(d, i);
        d.line(&[at(x0, y), at(x1, y)], d.u(1.0), Ink::Grid, None);
        row(d, data, pair, unit, (x0, x1), y, top);
    }
    let y = d.scene.height - d.u(9.0);
    let end = if unit == "%" { percent(top) } else { number(top) };
    d.text("0", at(x0, y), Anchor::Middle, NOTE, Ink::TextThird);
    d.text(&end, at(x1, y), Anchor::Middle, NOTE, Ink::TextThird);
    d.scene.table = table(data, unit);
}

fn key(d: &mut Draft<'_>, data: &Change, x: f64) {
    let y = d.u(10.0);
    let left = x + d.u(6.0);
    let second = left + d.u(12.0) + d.width_of(&data.before, NOTE) + d.u(24.0);
    d.hollow(at(left, y), d.u(6.0), d.u(2.5), Ink::Then, None);
    d.text(
        &data.before,
        at(left + d.u(12.0), y),
        Anchor::Start,
        NOTE,
        Ink::TextSecond,
    );
    d.disc(at(second, y), d.u(6.0), Ink::Now, None);
    let room = d.w() - second - d.u(12.0);
    let name = d.fit(&data.after, LABEL, room);
    d.text(&name, at(second + d.u(12.0), y), Anchor::Start, LABEL, Ink::Text);
}

fn row(d: &mut Draft<'_>, data: &Change, pair: &Pair, unit: &str, axis: (f64, f64), y: f64, top: f64) {
    let x = |v: f64| axis.0 + (axis.1 - axis.0) * (v / top).clamp(0.0, 1.0);
    let (before, after) = (known(pair.before), known(pair.after.amount));
    let said = with_unit(after, unit);
    let mut sentence = format!("{}，", pair.label);
    if let Some(b) = before {
        sentence.push_str(&format!("{} {}，", data.before, with_unit(Some(b), unit)));
    }
    sentence.push_str(&format!("{} {said}", data.after));
    let ends: Vec<f64> = [before, after].into_iter().flatten().map(x).collect();
    let from = ends.iter().copied().fold(f64::INFINITY, f64::min).min(axis.1) - d.u(8.0);
    let to = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max).max(axis.0) + d.u(8.0);
    let hit = Rect::new(
        from.min(to - d.u(16.0)),
        y - d.u(10.0),
        (to - from).max(d.u(16.0)),
        d.u(20.0),
    );
    let id = d.mark(Hit::Rect(hit), &pair.label, &said, sentence, &pair.after.key);
    if let (Some(b), Some(a)) = (before, after) {
        d.line(&[at(x(b), y), at(x(a), y)], d.u(5.0), Ink::Amount(3), Some(id));
    }
    let rises = after.unwrap_or(0.0) >= before.unwrap_or(0.0);
    let (outer, inner) = if rises { (1.0, -1.0) } else { (-1.0, 1.0) };
    let anchor = |side: f64| {
        if side > 0.0 { Anchor::Start } else { Anchor::End }
    };
    if let Some(b) = before {
        d.hollow(at(x(b), y), d.u(6.75), d.u(2.5), Ink::Then, Some(id));
        let place = at(x(b) + inner * d.u(11.0), y);
        d.text(&number(b), place, anchor(inner), NOTE, Ink::TextSecond);
    }
    let words = after_words(pair, unit);
    match after {
        Some(a) => {
            d.disc(at(x(a), y), d.u(7.0), Ink::Now, Some(id));
            d.text(&words, at(x(a) + outer * d.u(12.0), y), anchor(outer), VALUE, Ink::Text);
        }
        None => {
            let place = at(axis.1 + d.u(12.0), y);
            d.text(&words, place, Anchor::Start, NOTE, Ink::TextSecond);
        }
    }
}

fn table(data: &Change, unit: &str) -> Table {
    let headers = vec![ROWS.to_owned(), head(&data.before, unit), head(&data.after, unit)];
    let row = |p: &Pair| {
        vec![
            word_cell(&p.label),
            number_cell(p.before, &None),
            number_cell(p.after.amount, &p.after.key),
        ]
    };
    Table {
        headers,
        rows: data.pairs.iter().map(row).collect(),
    }
}

/// The chart in one sentence.
pub(crate) fn say(data: &Change, unit: &str) -> String {
    let part = |p: &Pair| {
        format!(
            "{}由 {} 到 {}",
            p.label,
            with_unit(known(p.before), unit),
            with_unit(known(p.after.amount), unit)
        )
    };
    let parts: Vec<String> = data.pairs.iter().map(part).collect();
    format!("对比图，{}与{}：{}", data.before, data.after, parts.join("，"))
}

/// Whether there is nothing to draw.
pub(crate) fn is_empty(data: &Change) -> bool {
    data.pairs
        .iter()
        .all(|p| known(p.before).is_none() && known(p.after.amount).is_none())
}
