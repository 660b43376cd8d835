//! Papers of 强基: the card of a centre.

use crate::model::ledger::TypedRow as _;
use crate::model::programmes::base::ledgers::{BuildStage, Centre, CentreItem};
use crate::model::programmes::catalogue;
use crate::model::records::{rows, rows_of};
use crate::order::Arrange as _;
use crate::view::paper::block::{Block, Density, Run};
use crate::view::paper::ground::{Ground, date, date_or_blank};
use crate::view::paper::kind::{Kind, Of};
use crate::view::paper::pen::Pen;
use crate::view::show;

/// The papers.
pub const PAPERS: &[&Kind] = &[&CENTRE];

/// 阵地卡片.
pub const CENTRE: Kind = Kind {
    id: "centre",
    label: "阵地卡片",
    whom: "一个党员群众服务中心一张，存档或贴在阵地",
    of: &[Of::Record(Centre::SCHEMA), Of::Unit],
    period: false,
    density: Density::OnePage,
    make: centre,
};

/// Fields of the card, in order.
const SHOWN: [&str; 10] = [
    "state",
    "area",
    "year",
    "rooms",
    "ownership",
    "funds",
    "begun",
    "finished",
    "planned_open",
    "renewal",
];

fn centre(ground: &Ground) -> Result<Vec<Block>, String> {
    let mut all: Vec<Centre> = rows(ground.records);
    match (&ground.asked.record, &ground.asked.scope) {
        (Some(record), _) => all.retain(|row| row.id() == record),
        (None, scope) => {
            let roster = ground.roster();
            let here: Vec<&String> = roster.units_in(scope).flat_map(|u| &u.codes).collect();
            all.retain(|row| here.iter().any(|code| Some(code.as_str()) == row.unit()));
        }
    }
    if all.is_empty() {
        return Err("没有登记阵地".to_owned());
    }
    let mut pen = Pen::default();
    for row in all {
        card(&mut pen, ground, row);
    }
    Ok(pen.done())
}

fn card(pen: &mut Pen, ground: &Ground, row: Centre) {
    pen.begin(row.id());
    pen.title(row.name().unwrap_or("党员群众服务中心"));
    let value = |name: &str| {
        let (field, slot) = (Centre::LEDGER.field(name)?, Centre::LEDGER.slot(name)?);
        let stored = row.cells().cell(slot);
        let shown = match (stored.is_blank(), field.measure) {
            (true, _) => "没有填报".to_owned(),
            (false, measure) => {
                let text = show::value(ground.records, catalogue(), field, stored);
                format!("{text}{}", measure.filter(|m| !text.ends_with(m)).unwrap_or_default())
            }
        };
        Some([Run::plain(field.label), Run::plain(shown)])
    };
    let cells: Vec<[Run; 2]> = SHOWN.iter().filter_map(|name| value(name)).collect();
    let pairs = cells.chunks(2).map(|pair| pair.iter().flatten().cloned().collect());
    pen.table("facts", &[], &[3, 4, 3, 4], pairs.collect());
    let unit = row.unit().unwrap_or_default();
    let mut stages: Vec<BuildStage> = rows_of(ground.records, unit);
    stages.retain(|stage| stage.centre() == Some(row.id()));
    stages.arrange_by_key(|stage| stage.planned());
    if !stages.is_empty() {
        pen.heading(1, "stages", "建设进度");
        let line = |stage: &BuildStage| {
            let label = stage.stage().and_then(|code| {
                let field = BuildStage::LEDGER.field("stage")?;
                Some(show::choice_label(ground.records, field, code))
            });
            let state = match (stage.actual().filter(|d| *d <= ground.day), stage.planned()) {
                (Some(day), _) => date(day),
                (None, Some(planned)) if planned < ground.day => format!("逾期{}天", ground.day.since(planned)),
                (None, _) => "还没有".to_owned(),
            };
            vec![
                Run::plain(label.unwrap_or_default()),
                Run::plain(date_or_blank(stage.planned())),
                Run::plain(state),
            ]
        };
        pen.table(
            "stages.table",
            &["阶段", "计划日期", "实际日期"],
            &[3, 4, 4],
            stages.iter().map(line).collect(),
        );
    }
    let mut items: Vec<CentreItem> = rows_of(ground.records, unit);
    items.retain(|item| item.centre() == Some(row.id()));
    if !items.is_empty() {
        pen.heading(1, "items", "检查清单");
        let line = |item: &CentreItem| {
            let done = item.done().filter(|day| *day <= ground.day);
            vec![
                Run::plain(item.text().unwrap_or_default()),
                Run::plain(done.map_or_else(|| "还没有完成".to_owned(), date)),
            ]
        };
        pen.table(
            "items.table",
            &["事项", "完成日期"],
            &[7, 4],
            items.iter().map(line).collect(),
        );
    }
}
