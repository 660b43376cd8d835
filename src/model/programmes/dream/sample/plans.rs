//! 筑梦 of the sample: what carries a plan — matters, items, showings, guidance, returns, problems, support.

use crate::model::date::Day;
use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{
    Guidance, Matter, NightTalk, PlanItem, PlanReturn, PlanShown, Problem, Support,
};
use crate::model::programmes::town::sample::units::UNITS;
use crate::model::programmes::town::sample::units::{secretary_name, units};

/// Units whose plan has not yet had its results made public.
const UNPUBLISHED: [&str; 3] = ["渣冲村", "蛤蟆石村", "碧田社区"];

/// The id of a unit's annual plan of a year of the sample.
fn plan_id(maker: &Maker, index: usize, year: i32) -> String {
    format!("plan-{:02}-{}", index + 1, year - maker.first_year() + 1)
}

/// 四议两公开 of the annual plan, between consultation and the final text.
pub(in crate::model) fn of_plan(maker: &mut Maker, index: usize, year: i32, consulted: Day, finalised: Day) {
    let row = &UNITS[index];
    let mut dice = Dice::new("matter", index);
    let due = dice.between(28, 60);
    let present = due - dice.between(2, 6);
    let council = dice.between(30, 55);
    let there = council - dice.between(1, 5);
    let proposed = consulted.plus_days(1);
    let published = finalised.plus_days(2);
    let shown = (year < 2022 || !UNPUBLISHED.contains(&row.name))
        .then(|| ymd(year, 10, 12).plus_days(dice.between(0, 30) as i32));
    let rec = maker.of(Matter::SCHEMA, index, published);
    maker.put(
        rec.text("subject", format!("{year}年度工作计划"))
            .text("category", "plan")
            .show("proposed", proposed)
            .show("discussed", proposed.plus_days(1))
            .show("reviewed", proposed.plus_days(2))
            .int("review_due", due)
            .int("review_present", present)
            .int("review_ayes", present - dice.between(0, 3))
            .show("resolved", proposed.plus_days(3))
            .int("resolve_due", council)
            .int("resolve_present", there)
            .int("resolve_ayes", there - dice.between(0, 4))
            .show("published", published)
            .show("published_until", published.plus_days(7))
            .text("published_at", "村（社区）公开栏")
            .maybe("result_published", shown),
    );
}

/// A suggestion becomes an item of the plan; the item's id.
pub(in crate::model) fn of_suggestion(
    maker: &mut Maker,
    index: usize,
    suggestion: &str,
    text: &str,
    date: Day,
    turn: usize,
) -> String {
    let due = date.plus_days(75);
    let done = (due < crate::model::programmes::sample::as_of()).then(|| due.plus_days(-6));
    let plan = plan_id(maker, index, 2022);
    let rec = maker.of(PlanItem::SCHEMA, index, date.plus_days(5));
    maker.put(
        rec.text("plan", plan)
            .text("goal", format!("{text}（建议{}）", turn + 1))
            .text("owner", secretary_name(index))
            .show("start", date.plus_days(8))
            .show("due", due)
            .int("progress", if done.is_some() { 100 } else { 40 })
            .maybe("done", done)
            .text("suggestion", suggestion),
    )
}

/// An item of the annual plan: what, from month, to month, per cent.
type Item = (&'static str, i32, i32, i64);

const OF_SIQIAN: [Item; 7] = [
    ("黄精基地扩种", 1, 5, 100),
    ("油茶套种补苗", 2, 4, 100),
    ("机耕路硬化 1.2 公里", 3, 9, 100),
    ("牲畜养殖圈舍改造", 5, 11, 60),
    ("服务中心内容更新", 6, 8, 100),
    ("饮水管网入户", 8, 12, 55),
    ("后备干部跟班锻炼", 1, 12, 88),
];
const OF_VILLAGES: [Item; 6] = [
    ("村组道路会车点", 3, 8, 100),
    ("人居环境整治季度评比", 2, 12, 85),
    ("主导产业技术培训", 4, 9, 100),
    ("沟渠清淤", 3, 6, 100),
    ("老年人日间照料点", 5, 10, 100),
    ("饮水管网改造", 6, 12, 70),
];
const OF_COMMUNITIES: [Item; 6] = [
    ("老旧小区楼道整治", 3, 9, 100),
    ("充电桩选址安装", 4, 10, 100),
    ("物业服务满意度回访", 2, 12, 80),
    ("网格员入户走访", 1, 12, 90),
    ("暑期托管班", 7, 8, 100),
    ("小区停车位划线", 5, 11, 60),
];

pub(in crate::model) fn fill(maker: &mut Maker) {
    for (index, row) in units() {
        let items: Vec<Item> = match (row.name, row.community) {
            ("寺前村", _) => OF_SIQIAN.to_vec(),
            (_, community) => {
                let from = if community { OF_COMMUNITIES } else { OF_VILLAGES };
                (0..4).map(|k| from[(index + k) % from.len()]).collect()
            }
        };
        for item in items {
            put_item(maker, index, item);
        }
        around_the_plan(maker, index);
        problem(maker, index);
        if matches!(
            row.name,
            "河田村" | "寺前村" | "谢家坳村" | "浮溪桥村" | "大集社区" | "白泉村"
        ) {
            support(maker, index, row.name);
        }
    }
}

fn put_item(maker: &mut Maker, index: usize, (goal, first, last, progress): Item) {
    let due = ymd(2022, last + 1, 1).plus_days(-1);
    let done = (progress == 100).then(|| due.plus_days(-(index as i32 % 9) - 2));
    let plan = plan_id(maker, index, 2022);
    let mut dice = Dice::new("item", index * 16 + first.unsigned_abs() as usize);
    let rec = maker.of(PlanItem::SCHEMA, index, ymd(2022, 4, 20));
    maker.put(
        rec.text("plan", plan)
            .text("goal", goal)
            .text("measure", "分月安排，会上通报进度")
            .text("owner", secretary_name(index))
            .show("start", ymd(2022, first, 1))
            .show("due", due)
            .text("criterion", "群众代表到场验收")
            .show("budget", dice.between(1, 24))
            .int("progress", progress)
            .maybe("done", done),
    );
}

fn around_the_plan(maker: &mut Maker, index: usize) {
    let plan = plan_id(maker, index, 2022);
    let drafted = ymd(2022, 2, 24);
    let guide = format!("示例指导员{:02}", UNITS[index].district);
    let rec = maker.of(Guidance::SCHEMA, index, drafted).by_town();
    maker.put(
        rec.text("plan", plan.clone())
            .text("guide", guide.clone())
            .show("date", drafted)
            .text("comment", Dice::new("guide", index).pick(GUIDANCE)),
    );
    let talk = format!("night_talk-{:02}-", index + 1);
    let shown = maker.first_of(NightTalk::SCHEMA, &talk, ymd(2022, 2, 10));
    if let Some((talk, date)) = shown {
        let rec = maker.of(PlanShown::SCHEMA, index, date);
        maker.put(
            rec.text("plan", plan.clone())
                .text("talk", talk)
                .int("version", 1)
                .show("date", date)
                .text("remarks", "群众赞成的多，要求把时间表贴出来"),
        );
    }
    if index % 9 == 4 {
        let date = ymd(2022, 3, 6);
        let rec = maker.of(PlanReturn::SCHEMA, index, date).by_town();
        maker.put(
            rec.text("plan", plan)
                .text("stage", "guide")
                .show("date", date)
                .int("version", 1)
                .text("comment", "目标写得太笼统，请逐项写明责任人和完成时间")
                .text("by", guide),
        );
    }
}

const GUIDANCE: &[&str] = &[
    "目标要能量化，写清亩数、公里数和完成月份",
    "先听群众意见再排次序，不要只列上级任务",
    "资金来源要落实，没有来源的列为争取事项",
    "每一项都要有责任人，书记领办最难的一件",
];

const PROBLEMS: &[&str] = &[
    "水渠多处渗漏，下游田块缺水",
    "夜间巷道照明不足",
    "垃圾清运不及时",
    "通组路塌方一处未修",
    "小区消防通道被占",
    "两户地界有争议",
];

fn problem(maker: &mut Maker, index: usize) {
    let mut dice = Dice::new("problem", index);
    let date = ymd(2022, 3, 1).plus_days(dice.between(0, 220) as i32);
    let due = date.plus_days(45);
    let open = due >= crate::model::programmes::sample::as_of();
    let done = (!open).then(|| due.plus_days(-5));
    let rec = maker.of(Problem::SCHEMA, index, date);
    maker.put(
        rec.show("date", date)
            .text("text", dice.pick(PROBLEMS))
            .text("category", dice.pick(&["road", "water", "environment", "service"]))
            .text("owner", secretary_name(index))
            .show("due", due)
            .text("result", if open { "" } else { "已办结，到场核实" })
            .maybe("done", done)
            .maybe("replied", done.map(|d| d.plus_days(2))),
    );
}

fn support(maker: &mut Maker, index: usize, name: &str) {
    let mut dice = Dice::new("support", index);
    let date = ymd(2022, 4, 10).plus_days(dice.between(0, 60) as i32);
    let subject = match name {
        "河田村" => "全域国土综合整治试点",
        "大集社区" => "新阵地与老旧小区改造结合",
        _ => "产业项目扩大规模",
    };
    let rec = maker.of(Support::SCHEMA, index, date);
    maker.put(
        rec.text("subject", subject)
            .show("date", date)
            .int("ayes", dice.between(60, 140))
            .int("doubts", dice.between(2, 11))
            .text("opinion", "少数户关心补偿和用工安排"),
    );
}
