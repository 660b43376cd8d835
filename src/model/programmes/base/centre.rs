//! Service centres on three tracks: 已建新, 原有提档, 待建 (Q2–Q7).

use crate::model::date::Day;
use crate::model::engine::workflow::{Outcome, Writes, day_of};
use crate::model::ledger::TypedRow as _;
use crate::model::notice::Notice;
use crate::model::programmes::base::ledgers::{BuildStage, BuildStep, Centre, CentreState};
use crate::model::value::Value;

/// The track a centre is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Track {
    /// 待建: eight stages.
    Planned,
    /// 原有提档: 更换旧件, 更新内容.
    Upgrading,
    /// 已建新: 红色宣传上墙, 周边环境优化.
    Built,
}

/// The track on a day. A centre that is built counts as planned before its day (or year) of completion.
pub fn track_at(row: Centre, on: Day) -> Option<Track> {
    match row.state()? {
        "built" => {
            let finished = row
                .finished()
                .map_or_else(|| row.year().is_none_or(|year| year <= on.year()), |day| day <= on);
            Some(if finished { Track::Built } else { Track::Planned })
        }
        "upgrading" => Some(Track::Upgrading),
        "planned" => Some(Track::Planned),
        _ => None,
    }
}

fn stage<'a>(row: Centre, stages: &[BuildStage<'a>], code: &str) -> Option<BuildStage<'a>> {
    let own = |s: &&BuildStage<'a>| s.centre() == Some(row.id()) && s.stage() == Some(code);
    stages.iter().find(own).copied()
}

/// How many leading stages of building had been reached on a day, 0 to 8.
pub fn stages_reached(row: Centre, stages: &[BuildStage], on: Day) -> usize {
    let done = |code: &str| {
        stage(row, stages, code)
            .and_then(|s| s.actual())
            .is_some_and(|d| d <= on)
    };
    BuildStep::ALL.iter().take_while(|c| done(c.code)).count()
}

/// How many stages the plan of a centre asks for by the end of a day, 0 to 8; `None` where no stage is planned.
pub fn stages_due(row: Centre, stages: &[BuildStage], on: Day) -> Option<usize> {
    let planned = |code: &str| stage(row, stages, code).and_then(|s| s.planned());
    let days: Vec<Day> = BuildStep::ALL.iter().filter_map(|c| planned(c.code)).collect();
    (!days.is_empty()).then(|| days.iter().filter(|d| **d < on).count())
}

/// The next stage, if it is behind its planned day: its code and by how many days.
pub fn late(row: Centre, stages: &[BuildStage], on: Day) -> Option<(&'static str, i32)> {
    let next = BuildStep::ALL.get(stages_reached(row, stages, on))?;
    let planned = stage(row, stages, next.code)?.planned()?;
    let days = on.since(planned);
    (days > 0).then_some((next.code, days))
}

/// Takes the next stage of building on a day: the record of that stage gets its actual day.
///
/// # Errors
/// Notices when the stage before it has not been reached, or lies later.
pub fn reach(row: Centre, stages: &[BuildStage], code: &str, on: Day) -> Outcome {
    let Some(at) = BuildStep::ALL.iter().position(|c| c.code == code) else {
        return Err(vec![Notice::error("stage", "没有这个阶段", "从列出的阶段中选")]);
    };
    for before in &BuildStep::ALL[..at] {
        match stage(row, stages, before.code).and_then(|s| s.actual()) {
            None => {
                let todo = format!("先登记“{}”的实际日期", before.label);
                return Err(vec![Notice::error(
                    "stage",
                    format!("“{}”还没有完成", before.label),
                    todo,
                )]);
            }
            Some(day) if day > on => {
                let what = format!("日期早于“{}”（{day}）", before.label);
                return Err(vec![Notice::error("actual", what, "核对两个日期")]);
            }
            Some(_) => {}
        }
    }
    Ok(vec![(BuildStage::FIELDS.actual, Value::text(on.to_string()))])
}

/// Opens a centre: from 待建, once all stages are reached, or from 原有提档, once both items are done, to 已建新.
///
/// # Errors
/// Notices that name what is still open.
pub fn open(row: Centre, stages: &[BuildStage], on: Day) -> Outcome {
    let open = match CentreState::of(row.state()) {
        Some(CentreState::Planned) if stages_reached(row, stages, on) < BuildStep::ALL.len() => {
            let next = BuildStep::ALL[stages_reached(row, stages, on)].label;
            Some(format!("“{next}”还没有完成"))
        }
        Some(CentreState::Upgrading) if row.parts_replaced() != Some(true) => Some("旧件还没有更换".to_string()),
        Some(CentreState::Upgrading) if row.content_updated() != Some(true) => Some("内容还没有更新".to_string()),
        Some(CentreState::Built) => Some("已经是新阵地".to_string()),
        _ => None,
    };
    if let Some(what) = open {
        return Err(vec![Notice::error("state", what, "完成后再登记启用")]);
    }
    if day_of(Centre::SCHEMA, row.cells(), "begun").is_some_and(|begun| begun > on) {
        return Err(vec![Notice::error("finished", "完工日期早于开工日期", "核对两个日期")]);
    }
    let writes: Writes = vec![
        (Centre::FIELDS.state, Value::text("built")),
        (Centre::FIELDS.finished, Value::text(on.to_string())),
        (Centre::FIELDS.year, Value::Int(i64::from(on.year()))),
    ];
    Ok(writes)
}
