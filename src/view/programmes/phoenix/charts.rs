//! Charts of 引凤.

use crate::chart::{Funnel, Ink, Kind, Value, finding};
use crate::model::engine::indicator::Scope;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::phoenix::ledgers::Thousand;
use crate::model::programmes::phoenix::{indicators as phoenix, returnee};
use crate::view::charts::source::{ChartVm, Source, behind, figure, ledger_href, number, reading};

/// 千人计划 from intention to a seat in the committees.
pub fn pipeline(source: Source) -> ChartVm {
    let reading = reading(source, &phoenix::PIPELINE, &Scope::Town);
    let href = ledger_href(Thousand::SCHEMA, &[]);
    let steps: Vec<(String, Value)> = returnee::Stage::ALL
        .into_iter()
        .map(|stage| {
            let amount = number(reading.amount(stage.code()));
            (stage.label().to_owned(), Value::of(amount).linked(href.clone()))
        })
        .collect();
    let named: Vec<(&str, f64)> = steps
        .iter()
        .map(|s| (s.0.as_str(), s.1.amount.unwrap_or(0.0)))
        .collect();
    let count = reading.records().count();
    ChartVm {
        figure: figure(
            finding::largest_loss(&named, "人").filter(|_| count > 0),
            "还没有人进入千人计划",
            "阶段",
            "人",
            Kind::Funnel(Funnel {
                steps,
                ink: Ink::Phoenix,
            }),
        ),
        about: "千人计划各阶段到过的人数（人）".to_owned(),
        records: behind(Thousand::LEDGER, count, "条", &[]),
    }
}
