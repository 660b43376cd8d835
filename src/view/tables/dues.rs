//! Pages of deadlines as sheets: 待办, organisation life, 换届, 发展党员.

use office::sheet::Sheet;

use super::seen::{Over, numbers, plain, sheet, words};
use super::withheld::names_people;
use super::write::Personal;
use crate::model::engine::due::State;
use crate::model::programmes::catalogue;
use crate::view::due::Part;
use crate::view::party_life::MatrixVm;
use crate::view::programmes::lead::election_change::MeasureVm;
use crate::view::programmes::lead::elections::{CellVm, ElectionsVm, RowVm, StepVm};
use crate::view::programmes::seedling::board::BoardVm;

/// What is due: a row each, in the order of the list. Without people, records are not called by their names, nor matters
/// by the words that somebody wrote.
pub fn todo(parts: &[Part], over: &Over, personal: Personal) -> Sheet {
    let heads = vec![
        words("状态"),
        words("事项"),
        words("村（社区）"),
        words("记录"),
        words("办理"),
        words("期限"),
        words("情况"),
        words("依据"),
    ];
    let hides = personal == Personal::LeftOut;
    let row = |due: &crate::view::due::DueVm| {
        let of_people = due.ledger.and_then(|id| catalogue().get(id)).is_some_and(names_people);
        let of = match hides && of_people {
            true => String::new(),
            false => due.of.clone(),
        };
        plain([
            due.state.label().to_owned(),
            due.what.clone(),
            due.unit.0.clone(),
            of,
            due.who.label().to_owned(),
            due.due.to_string(),
            due.left.clone(),
            due.rule.clone(),
        ])
    };
    let rows = parts.iter().flat_map(|part| &part.list).map(row).collect();
    sheet("待办", over, heads, rows)
}

/// Organisation life: units by months, held of what is owed.
pub fn party_life(matrix: &MatrixVm, over: &Over) -> Sheet {
    let mut heads = vec![words("村（社区）")];
    heads.extend(matrix.columns.iter().map(words));
    heads.push(words("按期／应开展"));
    let row = |unit: &crate::view::party_life::RowVm| {
        let mut cells = vec![unit.name.clone()];
        cells.extend(unit.cells.iter().map(|cell| cell.text.clone()));
        cells.push(match unit.silent {
            true => "没有填报".to_owned(),
            false => unit.rate.clone(),
        });
        plain(cells)
    };
    sheet("组织生活", over, heads, matrix.rows.iter().map(row).collect())
}

/// 换届: the units with their steps, the steps with how many took them, and the teams before and after.
pub fn elections(vm: &ElectionsVm, over: &Over) -> Vec<Sheet> {
    let mut heads = vec![words("村（社区）"), words("已办")];
    heads.extend(vm.steps.iter().map(|step| words(step.label)));
    let cell = |cell: &CellVm| match (cell.state, cell.day) {
        (Some(State::Done), Some(day)) => day.to_string(),
        (Some(State::Late), Some(day)) => format!("已逾期，最迟 {day}"),
        (Some(State::Waived), _) => State::Waived.label().to_owned(),
        (Some(_), Some(day)) => format!("最迟 {day}"),
        _ => String::new(),
    };
    let unit = |row: &RowVm| {
        let done = row
            .done
            .map_or_else(|| "没有档案".to_owned(), |done| format!("{done}/{}", vm.steps.len()));
        let head = [row.name.clone(), done];
        plain(head.into_iter().chain(row.cells.iter().map(cell)).collect::<Vec<_>>())
    };
    let units = sheet("各村进度", over, heads, vm.rows.iter().map(unit).collect());
    let heads = vec![
        words("步骤"),
        words("办理"),
        words("最迟"),
        numbers("已办，个"),
        numbers("逾期，个"),
    ];
    let step = |step: &StepVm| {
        plain([
            step.label.to_owned(),
            step.who.to_owned(),
            step.until.map_or_else(String::new, |day| day.to_string()),
            step.done.to_string(),
            step.late.to_string(),
        ])
    };
    let steps = sheet("各步骤", over, heads, vm.steps.iter().map(step).collect());
    let heads = vec![words("指标"), words("换届前"), words("换届后"), words("变化")];
    let measure = |one: &MeasureVm| {
        plain([
            one.label.to_owned(),
            one.before.clone(),
            one.after.clone(),
            one.change.clone(),
        ])
    };
    let teams = sheet(
        "班子变化",
        over,
        heads,
        vm.changes.measures.iter().map(measure).collect(),
    );
    vec![units, steps, teams]
}

/// 发展党员: a row for each person in hand, stage by stage; without people, how many there are.
pub fn development(board: &BoardVm, over: &Over, personal: Personal) -> Sheet {
    if personal == Personal::LeftOut {
        let row = |column: &crate::view::programmes::seedling::board::Column| {
            plain([column.stage.label().to_owned(), column.cards.len().to_string()])
        };
        let heads = vec![words("阶段"), numbers("人数，人")];
        return sheet("发展党员", over, heads, board.columns.iter().map(row).collect());
    }
    let heads = vec![
        words("阶段"),
        words("姓名"),
        words("村（社区）"),
        words("下一步"),
        words("办理"),
        words("期限"),
        words("状态"),
        words("说明"),
        numbers("已等，天"),
    ];
    let rows = board.columns.iter().flat_map(|column| {
        column.cards.iter().map(|card| {
            plain([
                column.stage.label().to_owned(),
                card.name.clone(),
                card.unit.0.clone(),
                card.next.clone(),
                card.who.to_owned(),
                card.due.map_or_else(String::new, |day| day.to_string()),
                card.state.label().to_owned(),
                card.says.clone(),
                card.waiting.map_or_else(String::new, |days| days.to_string()),
            ])
        })
    });
    sheet("发展党员", over, heads, rows.collect())
}
