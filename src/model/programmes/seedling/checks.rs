//! Rules of 青苗.

use crate::model::engine::check::{Check, Found, Look};
use crate::model::ledger::{Cells, TypedRow as _};
use crate::model::programmes::seedling::indicators::ESTATES;
use crate::model::programmes::seedling::ledgers::development::Development;
use crate::model::programmes::seedling::ledgers::{
    Assistant, Estate, EstateMember, EstateMode, FiveOne, Group, MemberStats, Mobile, MobileContact, MobileDirection,
    Reserve,
};
use crate::model::programmes::seedling::{development, rules};
use crate::model::programmes::town::ledgers::{COMMUNITY, Unit};

pub const CHECKS: &[Check] = &[
    ("member_stats", member_stats),
    ("group", group),
    ("mobile", mobile),
    ("mobile_contact", mobile_contact),
    ("five_one", five_one),
    ("assistant", assistant),
    ("reserve", reserve),
    ("estate", estate),
    ("estate_member", estate_member),
    ("development", development_file),
];

fn member_stats(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = MemberStats::of(cells);
    let whole = (row.total(), "党员总数");
    found.within((row.probationary(), "预备党员"), whole, "probationary");
    found.within((row.under_35(), "35岁以下"), whole, "under_35");
    found.within((row.over_60(), "60岁以上"), whole, "over_60");
    found.within((row.women(), "女性"), whole, "women");
    found.within((row.college(), "大专以上"), whole, "college");
    let both = row.under_35().zip(row.over_60()).map(|(a, b)| a + b);
    found.within((both, "35岁以下和60岁以上合计"), whole, "over_60");
}

fn group(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Group::of(cells);
    let zero = row.members() == Some(0);
    found.error(
        zero && row.cleared().is_some(),
        "members",
        "填了消除日期，党员数仍为 0",
        "核对党员数或消除日期",
    );
    let was = row.was_zero() == Some(true);
    let silent = was && !zero && row.cleared().is_none();
    found.warning(
        silent,
        "cleared",
        "曾为零党员小组，没有消除日期",
        "填写第一名党员到组的日期",
    );
    let unplanned = zero && row.plan().is_none();
    found.warning(
        unplanned,
        "plan",
        "零党员小组没有写消除办法",
        "写明消除办法、帮带人和计划日期",
    );
    let late = zero && row.due().is_some_and(|d| d < look.today);
    found.warning(late, "due", "已过计划消除日期", "尽快落实或调整计划");
}

/// A mobile member has been away for six months in a row (docs/requirements.md §2.5): earlier than that is noted, not
/// refused.
fn mobile(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Mobile::of(cells);
    found.order((row.since(), "外出日期"), (row.returned(), "返回日期"), "returned");
    if MobileDirection::In.is(row.direction()) {
        return;
    }
    if let Some(since) = row.since() {
        let months = rules::MOBILE_MONTHS.get(look.settings);
        let full = since.plus_months(months);
        let end = row.returned().unwrap_or(look.today);
        let what = format!("外出不满 {months} 个月，{full} 起才算流动党员");
        found.warning(end < full, "since", what, "可先登记，满期后再按流动党员管理");
    }
    let unknown = row.contact_person().is_none();
    found.warning(unknown, "contact_person", "没有指定联系人", "党支部应指定专人联系");
}

fn mobile_contact(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = MobileContact::of(cells);
    let person: Option<Mobile> = look.find(row.mobile());
    found.order(
        (person.and_then(|p| p.since()), "外出日期"),
        (row.date(), "联系日期"),
        "date",
    );
}

fn five_one(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = FiveOne::of(cells);
    let other = row.date().zip(row.year()).is_some_and(|(d, y)| d.year() != y);
    found.error(other, "year", "年度和完成日期不一致", "核对年度");
    let twice = look.others::<FiveOne>(row.unit(), row.id()).iter().any(|o| {
        let same = o.mobile() == row.mobile() && o.year() == row.year() && o.measure() == row.measure();
        same && row.mobile().is_some()
    });
    found.warning(twice, "measure", "这名党员本年度已登记过这一项", "同一项每年只计一次");
}

fn assistant(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Assistant::of(cells);
    found.order((row.since(), "任职日期"), (row.until(), "离任日期"), "until");
}

fn reserve(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = Reserve::of(cells);
    found.order((row.since(), "入库日期"), (row.elected(), "进入两委日期"), "elected");
    found.order((row.since(), "入库日期"), (row.left(), "出库日期"), "left");
    let silent = row.left().is_some() && row.left_reason().is_none();
    found.warning(silent, "left_reason", "已出库，没有写原因", "写明出库原因");
    let minor = row
        .birth()
        .zip(row.since())
        .is_some_and(|(b, s)| s.month().since(b) < 18 * 12);
    found.error(minor, "birth", "入库时不满 18 周岁", "核对出生年月");
}

fn estate(cells: &dyn Cells, look: &Look, found: &mut Found) {
    let row = Estate::of(cells);
    found.within(
        (row.committee_members(), "其中党员"),
        (row.committee_total(), "业委会成员"),
        "committee_members",
    );
    found.within(
        (row.complaints_closed(), "投诉办结"),
        (row.complaints(), "投诉"),
        "complaints_closed",
    );
    let organised = [row.company_org(), row.guide(), row.branch()].contains(&Some(true));
    let bare = row.covered().is_some() && (!organised || EstateMode::None.is(row.mode()));
    let what = "填了覆盖日期，物业服务或党组织还没有到位";
    found.warning(
        bare,
        "covered",
        what,
        "有物业服务，且有小区支部、物业党组织或党建指导员，才算覆盖",
    );
    let village = look
        .find::<Unit>(row.unit())
        .is_some_and(|u| u.kind() != Some(COMMUNITY));
    let counted = ESTATES.applies(look.settings).takes(false);
    let what = "村默认不计入红色物业";
    found.warning(village && !counted, "unit", what, "需要统计村的，在设置中修改适用范围");
}

fn estate_member(cells: &dyn Cells, _: &Look, found: &mut Found) {
    let row = EstateMember::of(cells);
    found.order((row.found(), "登记日期"), (row.joined(), "加入小区支部日期"), "joined");
}

fn development_file(cells: &dyn Cells, look: &Look, found: &mut Found) {
    found.all(development::check(Development::of(cells), look.today, look.settings));
}
