//! Score sheets on a small town written out here; every number of points is worked out by hand.

mod support;

use std::collections::BTreeSet;

use support::Site;
use support::still::Still;
use tiancheng::desk::Desk;
use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Board, Period};
use tiancheng::model::engine::score::{Band, Mark, Outcome, Plan, Points, Score, Way, spread};
use tiancheng::model::ledger::{Cells as _, Ledger, Programme, TypedRow as _};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::lead::ledgers::Secretary;
use tiancheng::model::programmes::sample::SampleOptions;
use tiancheng::model::programmes::town::ledgers::{
    Assessment, Device, SCORED, ScoreItem, ScoreMark, ScoreSheet, Setting, Town, Unit,
};
use tiancheng::model::programmes::town::scoring::{self, By};
use tiancheng::model::programmes::{self, INDICATORS, indicators, settings};
use tiancheng::model::records::{Draft, Records, Sheet, rows};
use tiancheng::model::value::{Decimal, Value};
use tiancheng::replica::Write;
use tiancheng::view::charts::Source;
use tiancheng::view::score as vm;

const VILLAGE: &str = "v1";
const COMMUNITY: &str = "c1";

fn t(text: &str) -> Value {
    Value::text(text)
}

fn draft(ledger: &'static Ledger, id: &str, fields: &[(&str, Value)]) -> Draft {
    let mut draft = Draft::new(ledger.schema, id);
    for (name, value) in fields {
        let slot = ledger.slot(name).unwrap_or_else(|| panic!("no field {name}"));
        draft.set(slot, value.clone());
    }
    draft
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect("a decimal")
}

fn exact(text: &str) -> Points {
    Points::of(decimal(text))
}

fn talk(unit: &str, id: &str) -> Draft {
    draft(
        NightTalk::LEDGER,
        id,
        &[("unit", t(unit)), ("kind", t("bay")), ("date", t("2022-04-01"))],
    )
}

fn item(id: &str, programme: &str, points: &str, way: &str, indicator: &str) -> Draft {
    let mut fields = vec![
        ("sheet", t("s1")),
        ("programme", t(programme)),
        ("name", t(id)),
        ("points", t(points)),
        ("way", t(way)),
    ];
    if !indicator.is_empty() {
        fields.push(("indicator", t(indicator)));
    }
    draft(ScoreItem::LEDGER, id, &fields)
}

fn mark(id: &str, unit: &str, item: &str, points: &str) -> Draft {
    let year = ("year", Value::Int(2022));
    let fields = [
        ("unit", t(unit)),
        ("item", t(item)),
        year,
        ("points", t(points)),
        ("reason", t("现场查看")),
    ];
    draft(ScoreMark::LEDGER, id, &fields)
}

/// 甲村 held two talks of three and has a secretary; nothing of 强基 is entered. 乙社区 held three and has one too.
fn town(more: &[Draft]) -> Sheet {
    let unit = |id: &str, name: &str, kind: &str| draft(Unit::LEDGER, id, &[("name", t(name)), ("kind", t(kind))]);
    let secretary = |id: &str, unit: &str| {
        draft(
            Secretary::LEDGER,
            id,
            &[("unit", t(unit)), ("name", t("示例书记")), ("since", t("2021-02-01"))],
        )
    };
    let sheet = [
        ("name", t("本镇办法")),
        ("since", Value::Int(2022)),
        ("whose", t("town")),
        ("excellent", t("54")),
        ("good", t("48")),
        ("fair", t("36")),
        ("state", t("used")),
    ];
    let mut drafts = vec![
        draft(Town::LEDGER, "town", &[("name", t("天城镇"))]),
        unit(VILLAGE, "甲村", "village"),
        unit(COMMUNITY, "乙社区", "community"),
        talk(VILLAGE, "t1"),
        talk(VILLAGE, "t2"),
        talk(COMMUNITY, "t3"),
        talk(COMMUNITY, "t4"),
        talk(COMMUNITY, "t5"),
        secretary("p1", VILLAGE),
        secretary("p2", COMMUNITY),
        draft(ScoreSheet::LEDGER, "s1", &sheet),
        item("夜话", "dream", "10", "indicator", "dream.night_talks"),
        item("特色", "dream", "5", "mark", ""),
        item("书记", "lead", "20", "indicator", "lead.secretaries"),
        item("问责", "lead", "30", "deduct", ""),
        item("产业", "base", "15", "indicator", "base.industry"),
        item("阵地", "base", "10", "mark", ""),
    ];
    drafts.extend_from_slice(more);
    Sheet { drafts }
}

fn marked() -> [Draft; 3] {
    [
        mark("m1", COMMUNITY, "特色", "4"),
        mark("m2", COMMUNITY, "阵地", "8"),
        mark("m3", COMMUNITY, "问责", "3"),
    ]
}

fn board(records: &dyn Records) -> Board {
    let day = Day::parse("2022-11-22").expect("a day");
    let mut board = programmes::board(Period::Year(2022), day);
    board.refresh(records);
    board
}

fn plan(records: &dyn Records) -> Plan {
    scoring::in_use(records, &INDICATORS, 2022).swap_remove(0)
}

fn score(sheet: &Sheet, unit: &str) -> Score {
    scoring::score_of(&plan(sheet), &board(sheet), sheet, unit)
}

fn outcome(score: &Score, item: &str) -> Outcome {
    score
        .lines
        .iter()
        .find(|line| line.item.id == item)
        .expect("an item")
        .outcome
}

/// 2 of 3 talks are 66.7 % of 10 points: 6.67. 书记 20. 产业 is not entered: 15; 特色 and 阵地 wait: 15.
#[test]
fn what_is_not_known_is_neither_zero_nor_full() {
    let sheet = town(&[]);
    let score = score(&sheet, VILLAGE);
    assert_eq!(outcome(&score, "夜话"), Outcome::Given(exact("6.67")));
    assert_eq!(outcome(&score, "产业"), Outcome::Unknown);
    assert_eq!(outcome(&score, "特色"), Outcome::Waiting);
    assert_eq!(score.total.given, exact("26.67"));
    assert_eq!((score.total.unknown, score.total.waiting), (exact("15"), exact("15")));
    assert_eq!((score.total.possible, score.total.judged()), (exact("60"), exact("30")));
    assert_eq!(score.band, None);
    assert_eq!(vm::total_words(&score), "得 26.7 分 / 可评 30 分");
    assert_eq!(vm::band_words(&score), "没有填报 15 分，待评 15 分，暂不定等次");
}

/// 产业 is of villages: its 15 points go to 阵地, of which 8 of 10 were given: 8/10 of 25 are 20. 3 points are taken off
/// the 20 of 头雁. 10 + 4 + 17 + 20 = 51 of 60: above 48, below 54.
#[test]
fn points_that_do_not_apply_go_to_the_rest_of_the_programme() {
    let sheet = town(&marked());
    let score = score(&sheet, COMMUNITY);
    assert_eq!(outcome(&score, "产业"), Outcome::NotFor);
    assert_eq!(outcome(&score, "阵地"), Outcome::Given(exact("20")));
    let base = score.programmes[Programme::Base.petal()];
    assert_eq!(
        (base.possible, base.given, base.spread),
        (exact("25"), exact("20"), exact("15"))
    );
    assert_eq!((score.total.given, score.total.possible), (exact("51"), exact("60")));
    assert_eq!(score.band, Some(Band::Good));
}

#[test]
fn deductions_stop_at_nothing_of_their_programme() {
    let mut marks = marked();
    marks[2] = mark("m3", COMMUNITY, "问责", "30");
    let score = score(&town(&marks), COMMUNITY);
    let lead = score.programmes[Programme::Lead.petal()];
    assert_eq!((lead.given, lead.taken), (Points::ZERO, exact("20")));
    // 10 + 4 + 0 + 20 = 34 of 60: below 36.
    assert_eq!((score.total.given, score.band), (exact("34"), Some(Band::Poor)));
}

#[test]
fn what_would_be_if_stands_beside_what_is() {
    let sheet = town(&[]);
    let real = score(&sheet, VILLAGE);
    let done: BTreeSet<String> = ["夜话", "特色", "产业", "阵地"].map(str::to_owned).into();
    let then = real.if_done(&done);
    assert_eq!((then.total.given, then.band), (exact("60"), Some(Band::Excellent)));
    let one = real.if_done(&["产业".to_owned()].into());
    // 26.67 + 15; 特色 and 阵地 still wait.
    assert_eq!((one.total.given, one.band), (exact("41.67"), None));
    assert_eq!(real.total.given, exact("26.67"));
    assert_eq!(vm::what_if(&real, &BTreeSet::new()), None);
}

#[test]
fn points_are_exact_and_rounded_half_up_where_they_are_shown() {
    let tenth = |permille| Points::share(Decimal::whole(1), permille).shown().to_string();
    assert_eq!([tenth(249), tenth(250), tenth(1000)], ["0.2", "0.3", "1"]);
    assert_eq!(spread(250, &[1, 1, 1, 1]), [63, 63, 62, 62]);
    assert_eq!(spread(10, &[0, 3, 0]), [0, 10, 0]);
    assert_eq!(spread(10, &[0, 0]), [0, 0]);
    // 53.96 would read 54, the limit of 优秀, and is not.
    let marks = [
        mark("m1", COMMUNITY, "特色", "5"),
        mark("m2", COMMUNITY, "阵地", "10"),
        mark("m3", COMMUNITY, "问责", "6.04"),
    ];
    let score = score(&town(&marks), COMMUNITY);
    assert_eq!((score.shown(), score.band), (decimal("53.96"), Some(Band::Good)));
}

/// 15 over six indicators: 2.5 each; 20 over four: 5; 25 over four: 6.3, 6.3, 6.2, 6.2; 25 over six: four of 4.2 and two of
/// 4.1; 15 over two: 7.5.
#[test]
fn without_a_sheet_the_default_one_holds() {
    let mut sheet = town(&[]);
    sheet.drafts.retain(|d| d.ledger != "score_sheet");
    let held = scoring::in_use(&sheet, &INDICATORS, 2022);
    let [plan] = held.as_slice() else { panic!("one sheet") };
    let points = |plan: &Plan, programme: Programme| {
        let own = plan.items.iter().filter(move |item| item.programme == programme);
        own.map(|item| item.points.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(points(plan, Programme::Dream), ["2.5"; 6]);
    assert_eq!(points(plan, Programme::Lead), ["5"; 4]);
    assert_eq!(points(plan, Programme::Base), ["6.3", "6.3", "6.2", "6.2"]);
    assert_eq!(
        points(plan, Programme::Seedling),
        ["4.2", "4.2", "4.2", "4.2", "4.1", "4.1"]
    );
    assert_eq!(points(plan, Programme::Phoenix), ["7.5"; 2]);
    assert_eq!(plan.full(), Decimal::whole(100));
    // A weight of five against five of one: half.
    sheet
        .drafts
        .push(draft(Setting::LEDGER, "weight.dream.annual_plan", &[("value", t("5"))]));
    let plan = scoring::default_plan(&INDICATORS, &settings(&sheet));
    assert_eq!(
        points(&plan, Programme::Dream),
        ["7.5", "1.5", "1.5", "1.5", "1.5", "1.5"]
    );
}

#[test]
fn the_default_sheet_as_records_is_the_same_sheet() {
    let mut sheet = town(&[]);
    sheet.drafts.retain(|d| !d.ledger.starts_with("score"));
    let settings = settings(&sheet);
    let default = scoring::default_plan(&INDICATORS, &settings);
    let mut made = scoring::default_drafts(&INDICATORS, &settings, 2022, "new");
    for (at, draft) in made.iter_mut().enumerate() {
        draft.id = if at == 0 { "new".to_owned() } else { format!("new.{at}") };
        let ledger = programmes::catalogue().get(draft.ledger).expect("a ledger");
        assert!(programmes::check(ledger, draft, &town(&[]), Day::parse("2022-11-22").expect("a day")).len() <= 1);
    }
    sheet.drafts.extend(made);
    let held = scoring::in_use(&sheet, &INDICATORS, 2022);
    let said = |plan: &Plan| {
        let items = plan
            .items
            .iter()
            .map(|i| (i.programme, i.name.clone(), i.points, i.way.clone()));
        items.collect::<Vec<_>>()
    };
    assert_eq!(held.len(), 1);
    assert_eq!((held[0].id.as_str(), held[0].limits), ("new", default.limits));
    assert_eq!(said(&held[0]), said(&default));
    // It began in 2022: the year before has the default sheet still.
    assert_eq!(scoring::in_use(&sheet, &INDICATORS, 2021)[0].id, "");
}

#[test]
fn every_indicator_can_be_chosen_for_an_item() {
    for indicator in indicators() {
        assert!(scoring::can_choose(indicator), "{} {}", indicator.id, indicator.name);
    }
    assert_eq!(SCORED.len(), indicators().count());
}

#[test]
fn the_archive_leaves_out_who_has_no_band_and_tells_what_it_overwrites() {
    let old = [
        ("scope", t("unit")),
        ("unit", t(COMMUNITY)),
        ("year", Value::Int(2022)),
        ("assessor", t("天城镇")),
        ("level", t("fair")),
    ];
    let mut sheet = town(&marked());
    let first = scoring::archive(&plan(&sheet), &board(&sheet), &sheet).expect("an archive");
    assert_eq!(
        (first.refused.as_slice(), first.overwritten.len()),
        ([VILLAGE.to_owned()].as_slice(), 0)
    );
    let [made] = first.drafts.as_slice() else {
        panic!("one assessment")
    };
    let row = Assessment::of(made);
    assert_eq!(
        (row.level(), row.score(), row.year()),
        (Some("good"), Some(decimal("51")), Some(2022))
    );
    assert_eq!(
        (row.scope(), row.unit(), row.assessor()),
        (Some("unit"), Some(COMMUNITY), Some("天城镇"))
    );
    sheet.drafts.push(draft(Assessment::LEDGER, "old", &old));
    let again = scoring::archive(&plan(&sheet), &board(&sheet), &sheet).expect("an archive");
    assert_eq!(again.overwritten, [COMMUNITY]);
    assert_eq!(again.drafts[0].id(), "old");
    let bare = town(&[]);
    assert!(scoring::archive(&plan(&bare), &board(&bare), &bare).is_err());
}

/// What stands in the ledgers of the sheets and of the assessments.
fn kept(desk: &Desk) -> String {
    let mut all = Vec::new();
    for ledger in [ScoreSheet::SCHEMA, ScoreItem::SCHEMA, Assessment::SCHEMA] {
        desk.replica().visit(ledger, None, &mut |cells| {
            let texts = ledger.slots().map(|(slot, _)| format!("{:?}", cells.cell(slot)));
            all.push(format!("{} {}", cells.id(), texts.collect::<Vec<_>>().join(",")));
        });
    }
    all.sort();
    all.join("\n")
}

#[test]
fn a_new_sheet_and_the_archive_are_undone_each_in_one_step() {
    let mut desk = Desk::sample(Still::new(3), &SampleOptions::default());
    let before = kept(&desk);
    let id = desk.next_record_id(0);
    let made = scoring::default_drafts(&INDICATORS, &settings(desk.replica()), 2022, &id);
    assert!(made.len() > 5);
    desk.save("用默认办法新建考核办法", &made);
    let with_sheet = kept(&desk);
    assert_ne!(with_sheet, before);

    let board = board(desk.replica());
    let sheets = scoring::plans(desk.replica(), &INDICATORS);
    let new = sheets.iter().find(|plan| plan.id == id).expect("the new sheet");
    let archive = scoring::archive(new, &board, desk.replica()).expect("an archive");
    assert!(archive.drafts.len() > 20, "{}", archive.drafts.len());
    desk.save("存档 2022 年考核结果", &archive.drafts);
    let archived = kept(&desk);
    assert_ne!(archived, with_sheet);
    // Archived once more over what is there: undone, the first archive stands again.
    let mut again = scoring::archive(new, &board, desk.replica())
        .expect("an archive")
        .drafts;
    for draft in &mut again {
        draft.set(Assessment::LEDGER.slot("level").expect("a level"), t("fair"));
    }
    desk.save("存档 2022 年考核结果", &again);
    assert_ne!(kept(&desk), archived);
    for expected in [&archived, &with_sheet, &before] {
        desk.undo().expect("a step");
        assert_eq!(&kept(&desk), expected);
    }
    for expected in [&with_sheet, &archived] {
        desk.redo().expect("a step");
        assert_eq!(&kept(&desk), expected);
    }
}

#[test]
fn different_marks_of_one_item_do_not_hold() {
    let [a, b, c] = marked();
    let sheet = town(&[a, b, c, mark("m4", COMMUNITY, "特色", "2")]);
    let score = score(&sheet, COMMUNITY);
    assert_eq!(outcome(&score, "特色"), Outcome::Waiting);
    assert_eq!((score.total.waiting, score.band), (exact("5"), None));
}

/// The unit marks itself on its device, the town on its own: one record, and what the unit may not decide waits.
#[test]
fn marks_of_two_devices_are_one_record() {
    let mut office = Site::new("aaa");
    for draft in &town(&[]).drafts {
        let stamp = office.stamp();
        let change = office.replica.compose(stamp, &[Write::of(draft, "")]);
        office.apply(change);
    }
    let mut unit = Site::tagged("bbb", "device-b");
    unit.take(&office.file());
    let device = [("label", t("示例书记")), ("role", t("unit")), ("unit", t(COMMUNITY))];
    unit.write(Device::LEDGER, "device-b", &device);
    let own = scoring::mark_draft(
        &unit.replica,
        COMMUNITY,
        "特色",
        2022,
        (By::Unit, decimal("4.5"), "做法推广"),
    );
    let theirs = scoring::mark_draft(
        &office.replica,
        COMMUNITY,
        "特色",
        2022,
        (By::Town, decimal("4"), "现场查看"),
    );
    for (site, draft) in [(&mut unit, &own), (&mut office, &theirs)] {
        let stamp = site.stamp();
        let change = site.replica.compose(stamp, &[Write::of(draft, "")]);
        site.apply(change);
    }
    let (from_unit, from_office) = (unit.file(), office.file());
    unit.take(&from_office);
    office.take(&from_unit);
    for site in [&unit, &office] {
        assert_eq!(rows::<ScoreMark>(&site.replica).len(), 1);
        let mark = scoring::mark(&site.replica, COMMUNITY, "特色", 2022);
        assert_eq!((mark.own, mark.points), (Some(decimal("4.5")), Some(decimal("4"))));
        assert_eq!((mark.reason.as_str(), mark.differs), ("现场查看", false));
    }
    // The unit gives itself the points of the town: they wait and do not count.
    unit.write(ScoreMark::LEDGER, &own.id, &[("points", t("5"))]);
    office.take(&unit.file());
    assert_eq!(
        scoring::mark(&office.replica, COMMUNITY, "特色", 2022).points,
        Some(decimal("4"))
    );
    assert_eq!(scoring::mark(&office.replica, COMMUNITY, "特色", 2021), Mark::default());
}

#[test]
fn what_is_typed_is_checked_before_it_is_saved() {
    let sheet = town(&[]);
    let board = board(&sheet);
    let source = Source {
        records: &sheet,
        board: &board,
    };
    let typed = |by, points: &str, reason: &str| vm::typed_mark(source, VILLAGE, "阵地", by, (points, reason));
    let wrong = |by, points: &str, reason: &str| typed(by, points, reason).expect_err("refused").what;
    assert_eq!(wrong(By::Town, "好", "现场查看"), "分数没有认出来");
    assert_eq!(wrong(By::Town, "11", "现场查看"), "评定分 11 多于这一项的 10 分");
    assert_eq!(wrong(By::Town, "8", " "), "评定了分数，没有写理由");
    assert_eq!(wrong(By::Unit, "10.5", ""), "自评分 10.5 多于这一项的 10 分");
    let draft = typed(By::Unit, "８.5分", "").expect("a mark");
    assert_eq!(ScoreMark::of(&draft).self_points(), Some(decimal("8.5")));
}

#[test]
fn lines_say_what_they_come_from_and_where_to_put_it_right() {
    let sheet = town(&[]);
    let board = board(&sheet);
    let source = Source {
        records: &sheet,
        board: &board,
    };
    let score = score(&sheet, VILLAGE);
    let lines = vm::lines(source, &score, VILLAGE);
    let of = |id: &str| lines.iter().find(|line| line.id == id).expect("a line");
    assert_eq!(of("夜话").why, "实际 2，目标 3 场，还差 1 场，完成目标的 66.7%");
    assert_eq!(of("夜话").given, "6.7");
    assert_eq!(of("夜话").records.as_ref().map(|r| r.0.as_str()), Some("看记录 2 条"));
    assert_eq!(
        of("夜话").missing,
        [("记一场夜话".to_owned(), "#/l/night_talk/new?f.unit=v1".to_owned())]
    );
    assert!(!of("书记").open && of("产业").open);
    assert_eq!(of("产业").given, "没有填报");
    let rows = vm::table(source, &plan(&sheet));
    let village = rows.iter().find(|row| row.code == VILLAGE).expect("a row");
    assert_eq!(
        village.cells[..3],
        ["6.7/10，待评 5 分", "20/20", "没有填报 15 分，待评 10 分"]
    );
    assert!(matches!(plan(&sheet).items[0].way, Way::Indicator(i) if i.id == "dream.night_talks"));
    let text = vm::table_text(&plan(&sheet), 2022, &rows);
    assert!(text.starts_with("本镇办法（2022年）\n村（社区）\t筑梦\t头雁\t强基\t青苗\t引凤\t合计\t等次\n"));
    assert_eq!(text.lines().count(), 4);
}
