//! Charts of 头雁.

use crate::chart::{Change, Kind, Pair, Value, finding};
use crate::model::engine::indicator::Scope;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::indicators as lead;
use crate::model::programmes::lead::ledgers::Secretary;
use crate::view::charts::source::{ChartVm, Source, behind, figure, ledger_href, number, percent, reading};

/// Secretaries of this term against those before.
pub fn secretaries(source: Source) -> ChartVm {
    let reading = reading(source, &lead::STRUCTURE, &Scope::Town);
    let share = |key: &str| {
        let part = reading.part(key)?;
        part.permille().map(percent)
    };
    let kinds = [
        ("大专以上", "college_before", "college_after"),
        ("35 岁以下", "young_before", "young_after"),
        ("女性", "women_before", "women_after"),
        ("一肩挑", "both_before", "both_after"),
    ];
    let href = ledger_href(Secretary::SCHEMA, &[]);
    let pairs = kinds.map(|(label, before, after)| Pair {
        label: label.to_owned(),
        before: share(before),
        after: Value::from(share(after)).linked(href.clone()),
    });
    let both = pairs
        .iter()
        .filter_map(|p| Some((p.label.as_str(), p.before?, p.after.amount?)));
    let both: Vec<(&str, f64, f64)> = both.collect();
    let mean = |key: &str| {
        let part = reading.part(key)?;
        part.mean().map(|m| format!("{:.1}", number(m)))
    };
    let age = mean("age_before").zip(mean("age_after"));
    let age = age.map_or_else(String::new, |(a, b)| format!(" · 平均年龄由 {a} 岁到 {b} 岁"));
    let count = reading.records().count();
    let all = crate::model::value::Decimal::whole(i64::try_from(count).unwrap_or(i64::MAX));
    let of_some = |after: &str| reading.part(after).is_some_and(|part| part.of < all);
    let some = match kinds.iter().any(|(.., after)| of_some(after)) {
        true => " · 没有填写的不计",
        false => "",
    };
    ChartVm {
        figure: figure(
            finding::largest_rise(&both),
            "还没有上届和本届书记可比",
            "结构",
            "%",
            Kind::Change(Change {
                before: "上届".to_owned(),
                after: "本届".to_owned(),
                pairs: pairs.to_vec(),
                max: Some(100.0),
            }),
        ),
        about: match count {
            0 => "还没有登记书记".to_owned(),
            _ => format!("{count} 名书记占比（%），换届前后{some}{age}"),
        },
        records: behind(Secretary::LEDGER, count, "条", &[]),
    }
}
