//! Rules of 强基.

use crate::model::engine::check::{Check, Found, Look};
use crate::model::ledger::{Cells, TypedRow as _};
use crate::model::programmes::base::indicators::INCOME;
use crate::model::programmes::base::ledgers::{
    BuildStage, BuildStep, Centre, CentreFund, CentreFundState, CentreItem, CentreItemList, CentreState, Expense,
    Income, Project, ProjectStage,
};
use crate::model::programmes::town::ledgers::{COMMUNITY, Unit};

pub const CHECKS: &[Check] = &[
    ("centre", centre),
    ("build_stage", build_stage),
    ("centre_item", centre_item),
    ("centre_fund", centre_fund),
    ("project", project),
    ("income", income),
    ("expense", expense),
];

fn centre(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Centre::of(cells);
    found.order((row.begun(), "开工日期"), (row.finished(), "完工日期"), "finished");
    let planned = CentreState::Planned.is(row.state());
    found.error(
        planned && row.finished().is_some(),
        "state",
        "待建阵地填了完工日期",
        "已完工的改为已建新",
    );
    let mismatch = row
        .finished()
        .zip(row.year())
        .is_some_and(|(day, year)| day.year() != year);
    found.warning(mismatch, "year", "建成年份和完工日期不一致", "核对年份");
    let future = CentreState::Built.is(row.state()) && row.year().is_some_and(|y| y > look.today.year());
    found.error(future, "year", "已建新阵地的建成年份在今年之后", "核对年份或状态");
    let other = planned && (row.publicity() == Some(true) || row.surroundings() == Some(true));
    found.warning(other, "publicity", "待建阵地填了已建阵地的清单", "核对状态");
}

fn build_stage(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = BuildStage::of(cells);
    let centre: Option<Centre> = look.find(row.centre());
    let built = centre.is_some_and(|c| CentreState::Upgrading.is(c.state()));
    found.warning(built, "centre", "原有提档的阵地不走建设阶段", "核对阵地状态");
    let (Some(actual), Some(code)) = (row.actual(), row.stage()) else {
        return;
    };
    let Some(at) = BuildStep::ALL.iter().position(|c| c.code == code) else {
        return;
    };
    let others = look.others::<BuildStage>(row.unit(), row.id());
    for before in &BuildStep::ALL[..at] {
        let own = |s: &&BuildStage| s.centre() == row.centre() && s.stage() == Some(before.code);
        match others.iter().find(own).and_then(|s| s.actual()) {
            None => {
                let what = format!("“{}”还没有完成", before.label);
                found.error(true, "actual", what, "阶段按顺序登记，先补前面的实际日期");
                return;
            }
            Some(day) => {
                let what = format!("早于“{}”的实际日期（{day}）", before.label);
                found.error(day > actual, "actual", what, "核对两个日期");
            }
        }
    }
}

fn centre_item(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = CentreItem::of(cells);
    let centre: Option<Centre> = look.find(row.centre());
    let new_list = matches!(
        CentreItemList::of(row.list()),
        Some(CentreItemList::Publicity | CentreItemList::Surroundings)
    );
    let wrong = match CentreState::of(centre.and_then(|c| c.state())) {
        Some(CentreState::Built) => row.list().is_some() && !new_list,
        Some(CentreState::Upgrading) => new_list,
        _ => false,
    };
    found.warning(
        wrong,
        "list",
        "清单和阵地状态不一致",
        "已建新用宣传和环境清单，原有提档用旧件和内容清单",
    );
}

fn centre_fund(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = CentreFund::of(cells);
    let more = row.approved().zip(row.applied()).is_some_and(|(a, b)| a > b);
    found.warning(more, "approved", "批复金额多于申报金额", "核对金额");
    let unknown = matches!(
        CentreFundState::of(row.state()),
        Some(CentreFundState::Approved | CentreFundState::Paid)
    ) && row.approved().is_none();
    found.warning(unknown, "approved", "已批复，没有填批复金额", "填写批复金额");
}

fn project(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Project::of(cells);
    found.order((row.started(), "启动日期"), (row.ended(), "停产日期"), "ended");
    let base = row.herb_base() == Some(true);
    found.warning(
        base && row.herb().is_none(),
        "herb",
        "中药材基地没有填品种",
        "填写药材品种",
    );
    found.error(base && row.mu().is_none(), "mu", "中药材基地没有填面积", "填写亩数");
    let stopped = ProjectStage::Closed.is(row.stage()) && row.ended().is_none();
    found.warning(stopped, "ended", "项目已停产，没有停产日期", "填写停产日期");
}

/// 社区 is not counted unless the setting of the indicator says so (Q20).
fn community(unit: Option<&str>, look: &Look, found: &mut Found) {
    let is_community = look.find::<Unit>(unit).is_some_and(|u| u.kind() == Some(COMMUNITY));
    let counted = INCOME.applies(look.settings).takes(true);
    let what = "社区默认不计入村集体经济";
    found.warning(
        is_community && !counted,
        "unit",
        what,
        "需要统计社区的，在设置中修改适用范围",
    );
}

fn income(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Income::of(cells);
    let future = row.year().is_some_and(|y| y > look.today.year());
    found.error(future, "year", "年度在今年之后", "核对年度");
    community(row.unit(), look, found);
}

fn expense(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Expense::of(cells);
    let future = row.year().is_some_and(|y| y > look.today.year());
    found.error(future, "year", "年度在今年之后", "核对年度");
    community(row.unit(), look, found);
}
