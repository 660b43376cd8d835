//! 待办, the calendar, organisation life and days off as they are shown.

mod rows_support;

use std::collections::BTreeSet;

use rows_support::day;
use tiancheng::model::date::{Day, Month};
use tiancheng::model::engine::due::{State, Who};
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::ledger::Role;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::programmes::town::holiday_notice;
use tiancheng::model::programmes::{catalogue, gaps};
use tiancheng::model::records::{Draft, Records, Sheet};
use tiancheng::view::due::{
    self, Wanted, When, board, counts, shown, supervision_href, todo, usual, waiver_href, when,
};
use tiancheng::view::follow::follow_ups;
use tiancheng::view::remind::remind;
use tiancheng::view::route::{Address, Route};
use tiancheng::view::{calendar, holidays, ics, party_life};

fn town(drafts: &[Draft]) -> Sheet {
    let unit = rec!("unit", "u", name = "寺前村", kind = "village", members = 20);
    Sheet {
        drafts: std::iter::once(unit).chain(drafts.iter().cloned()).collect(),
    }
}

fn problem(id: &str, due: &str) -> Draft {
    rec!("problem", id, unit = "u", text = id, date = "2026-09-01", due = due)
}

/// Wednesday 2026-10-14: late, today, until Sunday, until the end of the month, later.
#[test]
fn the_list_is_cut_by_today_week_and_month() {
    let records = town(&[
        problem("late", "2026-10-13"),
        problem("today", "2026-10-14"),
        problem("sunday", "2026-10-18"),
        problem("monday", "2026-10-19"),
        problem("november", "2026-11-05"),
        problem("far", "2026-12-31"),
    ]);
    let today = day("2026-10-14");
    let board = board(&records, today, Scope::Town);
    let of = |id: &str| {
        let all = board.all();
        let found = all
            .iter()
            .find(|due| due.record.as_ref().is_some_and(|record| &*record.id == id));
        when(found.expect(id), today)
    };
    assert_eq!(of("late"), Some(When::Late));
    assert_eq!(of("today"), Some(When::Today));
    assert_eq!(of("sunday"), Some(When::Week));
    assert_eq!(of("monday"), Some(When::Month));
    assert_eq!(of("november"), None, "15 days before are on 21 October");
    assert_eq!(of("far"), None);
    let wanted = Wanted {
        rule: Some("problems".to_owned()),
        ..Wanted::default()
    };
    assert_eq!(counts(&board, &wanted), [1, 2, 1]);
    assert_eq!(due::words([1, 2, 1]), "1 件已逾期，2 件本周到期，1 件本月到期");
    assert_eq!(due::words([0, 0, 0]), "本月没有到期的事");
    let parts = todo(&board, &records, catalogue(), &wanted, false);
    let titles: Vec<&str> = parts.iter().map(|part| part.when.label()).collect();
    assert_eq!(titles, ["已逾期", "今天到期", "本周到期", "本月到期"]);
    let late = &parts[0].list[0];
    assert_eq!(late.left, "逾期 1 天");
    assert_eq!(late.act.as_ref().map(|(_, words)| *words), Some("看问题"));
    assert_eq!(late.act.as_ref().map(|(href, _)| href.as_str()), Some("#/r/late"));
    assert_eq!(parts[2].list[0].note, "当天休息，下一个工作日 2026-10-19");
}

/// On a Sunday the week ends that day, on a Monday it begins.
#[test]
fn a_week_ends_on_sunday() {
    let records = town(&[problem("a", "2026-10-25"), problem("b", "2026-10-19")]);
    let find = |today: &str, id: &str| {
        let today = day(today);
        let board = board(&records, today, Scope::Town);
        let all = board.all();
        let found = all
            .iter()
            .find(|due| due.record.as_ref().is_some_and(|record| &*record.id == id));
        when(found.expect(id), today)
    };
    assert_eq!(
        find("2026-10-18", "b"),
        Some(When::Month),
        "Sunday: Monday is next week"
    );
    assert_eq!(find("2026-10-19", "b"), Some(When::Today));
    assert_eq!(find("2026-10-19", "a"), Some(When::Week));
}

/// Every address of the list opens a form or a record that is there, with the unit filled in.
#[test]
fn every_entry_of_the_sample_leads_on() {
    let records = sheet(&SampleOptions::default());
    let board = board(&records, as_of(), Scope::Town);
    let parts = todo(&board, &records, catalogue(), &Wanted::default(), true);
    let whens: Vec<When> = parts.iter().map(|part| part.when).collect();
    assert!(
        whens.contains(&When::Late) && whens.contains(&When::Done) && whens.contains(&When::Waived),
        "{whens:?}"
    );
    let (mut ids, mut acted) = (BTreeSet::new(), BTreeSet::new());
    for one in parts.iter().flat_map(|part| &part.list) {
        assert!(ids.insert(one.id.clone()), "twice: {}", one.id);
        assert!(!one.rule.is_empty() && !one.unit.0.is_empty(), "{one:?}");
        for href in [waiver_href(one), supervision_href(&records, as_of(), one)] {
            let address = Address::parse(&href);
            assert!(matches!(address.route, Route::NewRecord(_)), "{href}");
            assert_eq!(address.get("f.due"), Some(one.id.as_str()));
        }
        let Some((href, _)) = &one.act else { continue };
        match Address::parse(href).route {
            Route::NewRecord(id) => {
                let ledger = catalogue().get(&id).unwrap_or_else(|| panic!("{href}"));
                for (name, value) in &Address::parse(href).query {
                    let name = name.strip_prefix("f.").unwrap_or_else(|| panic!("{href}"));
                    assert!(ledger.field(name).is_some() && !value.is_empty(), "{href}");
                }
                // The day on which it was held is for the person to say.
                assert!(!href.contains("f.date="), "{href}");
                acted.insert(id);
            }
            Route::Record(id) => {
                let found = catalogue()
                    .all()
                    .iter()
                    .any(|ledger| records.find(ledger.schema, &id).is_some());
                assert!(found, "{href}");
            }
            Route::Fill => {}
            other => panic!("{href}: {other:?}"),
        }
    }
    let wanted = ["contact", "mobile_contact", "party_life"];
    assert!(wanted.iter().all(|id| acted.contains(*id)), "{acted:?}");
}

/// What a follow-up says is late is late in the list, and the other way round: one mechanism.
#[test]
fn follow_ups_and_deadlines_agree() {
    let records = sheet(&SampleOptions::default());
    let board = board(&records, as_of(), Scope::Town);
    let late = |rule: &str| {
        let late = board
            .all()
            .into_iter()
            .filter(|due| due.kind.id == rule && due.state(as_of()) == State::Late);
        late.map(|due| due.unit.clone()).collect::<Vec<_>>()
    };
    let found = gaps(&records, as_of(), &Scope::Town);
    let mut seen = 0;
    for rule in [
        "follow_up",
        "duty",
        "items",
        "problems",
        "needs",
        "mobile",
        "stuck",
        "studies",
    ] {
        let mut of_gap: Vec<String> = found
            .iter()
            .filter(|gap| gap.id == rule)
            .flat_map(|gap| gap.entries.iter().map(|entry| entry.unit.clone()))
            .collect();
        let mut of_board = late(rule);
        of_gap.sort();
        of_board.sort();
        assert_eq!(of_gap, of_board, "{rule}");
        seen += of_gap.len();
    }
    assert!(seen > 0);
    // A contact that is missing altogether has no day; all others are the same.
    let with_days = found
        .iter()
        .find(|gap| gap.id == "contact")
        .map_or(0, |gap| gap.entries.iter().filter(|e| e.due.is_some()).count());
    assert_eq!(with_days, late("contact").len());
    assert!(!follow_ups(&records, catalogue(), as_of(), &Scope::Town).is_empty());
}

/// After an edit the board looks again at the rules that read its ledger, and at its unit alone.
#[test]
fn one_edit_looks_at_one_unit() {
    use tiancheng::model::programmes::{due_board, sample, schemas};
    use tiancheng::replica::Replica;
    use tiancheng::replica::seed::seed;
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &sample::town(&SampleOptions::default())));
    let mut board = due_board(as_of(), Scope::Town);
    let first = board.refresh(&replica);
    assert!(first > 39 * 10, "{first}");
    assert_eq!(board.refresh(&replica), 0);
    let known = board.all().len();
    let mut drafts = sample::town(&SampleOptions::default());
    drafts.retain(|record| record.draft.ledger == "problem");
    let mut one = drafts.swap_remove(0);
    one.draft.id = "problem-new".to_owned();
    let slot = rows_support::ledger("problem").slot("due").expect("a field");
    one.draft.set(slot, tiancheng::model::value::Value::text("2022-11-30"));
    let done = rows_support::ledger("problem").slot("done").expect("a field");
    one.draft.set(done, tiancheng::model::value::Value::Null);
    replica.merge_all(seed(&schemas(), &[one]));
    assert_eq!(board.refresh(&replica), 1, "one rule, one unit");
    assert_eq!(board.all().len(), known + 1);
}

#[test]
fn everybody_begins_with_his_own() {
    assert_eq!(usual(Role::Unit), Some(Who::Unit));
    assert_eq!(usual(Role::District), Some(Who::Leader));
    assert_eq!(usual(Role::Guide), Some(Who::Guide));
    assert_eq!(usual(Role::Town), None);
    let all = Address::parse("#/todo?who=all");
    assert_eq!(Wanted::of(&all, Some(Who::Unit)).who, None);
    let guide = Address::parse("#/todo?who=guide&p=dream&unit=u&rule=stuck");
    let wanted = Wanted::of(&guide, None);
    assert_eq!(wanted.who, Some(Who::Guide));
    assert_eq!(wanted.unit.as_deref(), Some("u"));
    assert_eq!(wanted.rule.as_deref(), Some("stuck"));
    assert!(wanted.programme.is_some());
}

/// October 2026 begins on a Thursday and has the holiday and a Saturday that is worked.
#[test]
fn a_month_has_its_weeks_holidays_and_deadlines() {
    let records = town(&[
        problem("a", "2026-10-10"),
        problem("b", "2026-10-10"),
        problem("done", "2026-10-11"),
    ]);
    let mut drafts = records.drafts.clone();
    rows_support::set(
        &mut drafts[3],
        "done",
        tiancheng::model::value::Value::text("2026-10-01"),
    );
    let records = Sheet { drafts };
    let board = board(&records, day("2026-10-09"), Scope::Town);
    let wanted = Wanted {
        rule: Some("problems".to_owned()),
        ..Wanted::default()
    };
    let shown = calendar::month(&board, Month::parse("2026-10").expect("a month"), &wanted);
    assert_eq!(shown.title, "2026年10月");
    assert_eq!(shown.weeks.len(), 5);
    assert_eq!(shown.weeks[0][0].day, day("2026-09-28"));
    assert!(!shown.weeks[0][0].inside && shown.weeks[0][3].inside);
    let of = |text: &str| {
        shown
            .weeks
            .iter()
            .flatten()
            .find(|d| d.day == day(text))
            .expect("a day")
            .clone()
    };
    assert_eq!(
        (of("2026-10-01").mark.as_str(), of("2026-10-10").mark.as_str()),
        ("休", "班")
    );
    assert!(of("2026-10-09").today);
    let tenth = of("2026-10-10").entries;
    assert_eq!(tenth.len(), 2, "two problems are two matters");
    assert_eq!((shown.open, shown.done), (2, 1));
    assert_eq!(shown.words(), "2026年10月有 2 件到期的事没有办，已办 1 件");
    assert_eq!(shown.remark, None);
    // Of a month that lies back nobody knows here what was done in it: that nothing was due is not said.
    let back = calendar::month(&board, Month::parse("2026-07").expect("a month"), &wanted);
    assert_eq!(back.words(), "2026年7月没有还没办的事；2026-08-08 以前办好的不列");
    let later = calendar::month(&board, Month::parse("2027-01").expect("a month"), &wanted);
    assert_eq!(later.words(), "2027年1月没有到期的事");
    assert_eq!(later.remark.as_deref(), Some("节假日数据到 2026 年，以后按周末暂算"));
}

/// What several units owe alike stands once in a day.
#[test]
fn what_units_owe_alike_is_one_line_of_the_calendar() {
    let records = sheet(&SampleOptions::default());
    let board = board(&records, as_of(), Scope::Town);
    let wanted = Wanted {
        rule: Some("task".to_owned()),
        ..Wanted::default()
    };
    let shown = calendar::month(&board, as_of().month(), &wanted);
    let due = shown
        .weeks
        .iter()
        .flatten()
        .find(|d| d.day == day("2022-11-25"))
        .expect("a day");
    assert_eq!(due.entries.len(), 1, "{:?}", due.entries);
    assert_eq!((due.entries[0].count, due.entries[0].open), (39, 3));
    assert_eq!(due.entries[0].words(), "3 件没有办，36 件已办");
    assert!(due.entries[0].units.ends_with("等 39 个"), "{:?}", due.entries);
    assert_eq!(due.entries[0].state, State::Soon, "three have not reported");
}

/// Lines end as RFC 5545 asks, none is longer than 75 bytes, ids stay, and nobody is named unless that is asked for.
#[test]
fn the_file_for_phones_is_well_formed_and_names_nobody() {
    let person = rec!("development", "d", unit = "u", name = "甲某人", applied = "2026-10-01");
    let mut lamp = problem("p1", "2026-10-20");
    rows_support::set(
        &mut lamp,
        "text",
        tiancheng::model::value::Value::text("路灯;坏了,很久\n没修"),
    );
    let records = town(&[person, lamp]);
    let today = day("2026-10-14");
    let board = board(&records, today, Scope::Town);
    let write = |names: bool| {
        let wanted = Wanted::default();
        ics::ics(&board, &records, catalogue(), (&wanted, names), "20261014T010000Z")
    };
    let plain = write(false);
    assert!(plain.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && plain.ends_with("END:VCALENDAR\r\n"));
    for line in plain.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    let unfolded = |text: &str| text.replace("\r\n ", "");
    let plain = unfolded(&plain);
    assert!(plain.contains("UID:development:d:talked@tiancheng-ledger"), "{plain}");
    assert!(
        plain.contains("DTSTART;VALUE=DATE:20261101\r\nDTEND;VALUE=DATE:20261102"),
        "{plain}"
    );
    assert!(plain.contains("SUMMARY:寺前村 发展党员：派人谈话\r\n"), "{plain}");
    assert!(plain.contains("SUMMARY:寺前村 问题办结\r\n"), "{plain}");
    assert!(!plain.contains("甲某人") && !plain.contains("路灯"), "{plain}");
    let named = unfolded(&write(true));
    assert!(named.contains("甲某人"), "{named}");
    assert!(named.contains("路灯\\;坏了\\,很久\\n没修"), "{named}");
    let events = plain.matches("BEGIN:VEVENT").count();
    let open = board.all().into_iter().filter(|due| due.state(today).is_open()).count();
    assert_eq!(events, open);
}

/// A row for each unit; who keeps nothing is neither late nor done.
#[test]
fn organisation_life_is_a_matrix_of_units_and_months() {
    let held = [
        rec!(
            "party_life",
            "p1",
            unit = "u",
            kind = "day",
            date = "2026-08-10",
            topic = "主题党日",
            note = "记要"
        ),
        rec!(
            "party_life",
            "p2",
            unit = "u",
            kind = "day",
            date = "2026-10-12",
            topic = "主题党日"
        ),
        rec!("unit", "v", name = "河田村", kind = "village"),
    ];
    let records = town(&held);
    let shown = party_life::matrix(&records, day("2026-10-14"), &Scope::Town, Some("day"));
    assert_eq!(shown.columns, ["8月", "9月", "10月"]);
    let row = &shown.rows[0];
    let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["1/1", "0/1", "1/1"]);
    assert_eq!(row.cells[1].state, Some(State::Late));
    assert_eq!(row.rate, "2/3");
    assert_eq!(row.cells[2].no_minutes, 1);
    let form = Address::parse(row.cells[1].href.as_deref().expect("a form"));
    assert_eq!(form.route, Route::NewRecord("party_life".to_owned()));
    assert_eq!((form.get("f.unit"), form.get("f.kind")), (Some("u"), Some("day")));
    assert!(shown.rows[1].silent && shown.rows[1].cells.iter().all(|cell| cell.text.is_empty()));
    assert_eq!((shown.counts, shown.silent, shown.no_minutes), ([1, 0, 2], 1, 1));
    // All kinds: what is owed by quarter stands in the month in which it ends.
    let all = party_life::matrix(&records, day("2026-10-14"), &Scope::Town, None);
    let september = &all.rows[0].cells[1];
    assert!(
        september.title.contains("第三季度支部党员大会逾期没有开展"),
        "{september:?}"
    );
    let lecture = party_life::matrix(&records, day("2026-10-14"), &Scope::Town, Some("lecture"));
    assert_eq!(lecture.columns, ["第三季度", "第四季度"]);
}

/// The same notice again changes nothing; a corrected one changes what it says otherwise.
#[test]
fn a_notice_is_recorded_once() {
    let text = "国务院办公厅关于2027年部分节假日安排的通知\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。";
    let empty = town(&[]);
    let first = holidays::preview(&empty, text, 2026);
    assert_eq!(first.why_not, "");
    assert_eq!(first.drafts.len(), 1);
    assert_eq!(first.holidays[0].from, day("2027-01-01"), "the year of the heading");
    let mut kept = first.drafts[0].clone();
    kept.id = "h".to_owned();
    let records = town(&[kept]);
    let again = holidays::preview(&records, text, 2026);
    assert!(again.drafts.is_empty() && !again.why_not.is_empty());
    let other = holidays::preview(
        &records,
        &text.replace("至3日（周日）", "至2日（周六）").replace("共3天", "共2天"),
        2026,
    );
    assert_eq!(other.drafts.len(), 1);
    assert_eq!(other.drafts[0].id, "h", "the same holiday");
    assert_eq!(holidays::source(&records, 2027), "本镇登记");
    assert_eq!(holidays::source(&records, 2026), "内置");
    assert_eq!(holidays::source(&empty, 2027), "没有数据，按周末暂算");
    assert_eq!(holidays::of_year(&records, 2027).len(), 1);
    let wrong = holidays::preview(&empty, "一、元旦：下个月放假，共3天。", 2027);
    assert_eq!(wrong.why_not, "有读不懂的句子，改好后再保存");
    assert!(wrong.drafts.is_empty());
    assert!(
        holidays::preview(&empty, "请假", 2027)
            .why_not
            .starts_with("没有找到放假的句子")
    );
}

/// The days off of the sample's year are those that are shipped.
#[test]
fn the_sample_records_the_notice_of_its_year() {
    let records = sheet(&SampleOptions::default());
    assert_eq!(holidays::source(&records, 2022), "本镇登记");
    let (own, shipped) = (
        tiancheng::model::programmes::settings(&records),
        tiancheng::model::settings::Settings::default(),
    );
    let first = day("2022-01-01");
    let differ: Vec<Day> = (0..364)
        .map(|n| first.plus_days(n))
        .filter(|on| own.calendar().is_working(*on) != shipped.calendar().is_working(*on))
        .collect();
    assert_eq!(differ, []);
    assert!(holiday_notice::year_of("2022年").is_some());
}

/// Once a day, and only where something is new: a deadline that was not counted before, or that has become late.
#[test]
fn a_reminder_says_what_is_new_once_a_day() {
    let on = |records: &Sheet, today: &str, said: Option<&str>| {
        remind(&board(records, day(today), Scope::Town), Role::Unit, said)
    };
    // Wednesday 2026-10-14.
    let records = town(&[
        problem("a", "2026-10-13"),
        problem("b", "2026-10-14"),
        problem("c", "2026-10-16"),
    ]);
    let base = on(&town(&[]), "2026-10-14", None).badge;
    let first = on(&records, "2026-10-14", None);
    assert_eq!(first.badge, base + 2, "late and today");
    let (text, said) = first.say.expect("new");
    assert!(text.contains("件已逾期，") && text.ends_with("件本周到期"), "{text}");
    assert!(!text.contains("寺前"), "no names");
    // The same day nothing more is said, whatever came.
    let more = town(&[
        problem("a", "2026-10-13"),
        problem("b", "2026-10-14"),
        problem("c", "2026-10-16"),
        problem("d", "2026-10-15"),
    ]);
    assert_eq!(on(&more, "2026-10-14", Some(&said)).say, None);
    assert!(on(&more, "2026-10-15", Some(&said)).say.is_some());
    // Another day something has become late; where everything stands as it did, nothing is said.
    assert!(on(&records, "2026-10-15", Some(&said)).say.is_some(), "b is late now");
    let fewer = town(&[problem("a", "2026-10-13")]);
    assert_eq!(on(&fewer, "2026-10-15", Some(&said)).say, None);
    assert_eq!(on(&town(&[]), "2026-10-15", Some(&said)).say, None);
    let others = remind(&board(&records, day("2026-10-14"), Scope::Town), Role::Guide, None);
    assert_eq!((others.badge, others.say), (0, None), "of the guide nothing is due");
}

/// What belongs to no unit stands in the list of the town once, and in that of no unit; pilots and funds end.
#[test]
fn goals_of_the_town_pilots_and_funds_are_due() {
    let records = Sheet {
        drafts: vec![
            rec!("unit", "u", name = "寺前村", kind = "village"),
            rec!("unit", "v", name = "洪下村", kind = "village"),
            rec!(
                "goal",
                "g1",
                programme = "base",
                year = 2022,
                text = "村集体收入都过五万元",
                due = "2022-12-10",
                state = "running"
            ),
            rec!(
                "goal",
                "g2",
                programme = "base",
                year = 2022,
                text = "已经做到",
                due = "2022-11-30",
                state = "done"
            ),
            rec!(
                "goal",
                "g3",
                programme = "base",
                year = 2022,
                text = "不再做",
                due = "2022-11-30",
                state = "stopped"
            ),
            rec!(
                "pilot",
                "p1",
                unit = "u",
                place = "上湾",
                task = "清洁",
                since = "2022-01-01",
                state = "running",
                until = "2022-12-31"
            ),
            rec!(
                "pilot",
                "p2",
                unit = "u",
                place = "下湾",
                task = "清洁",
                since = "2022-01-01",
                done = "2022-11-01",
                until = "2022-12-31"
            ),
            rec!(
                "policy",
                "f",
                unit = "v",
                policy = "创业补贴",
                amount = "3",
                date = "2022-03-01",
                until = "2022-11-20"
            ),
            rec!(
                "policy",
                "s",
                unit = "v",
                policy = "创业补贴",
                amount = "3",
                date = "2022-03-01",
                until = "2022-11-20",
                settled = "2022-11-01"
            ),
        ],
    };
    let today = day("2022-11-22");
    let open = |reach: Scope| {
        let board = board(&records, today, reach);
        let all = board.all().into_iter().filter(|due| due.state(today).is_open());
        let said = all.map(|due| {
            let vm = shown(&board, &records, catalogue(), due);
            (vm.id, vm.unit.0, vm.state.label())
        });
        let mut said: Vec<(String, String, &str)> = said
            .filter(|(id, ..)| ["goal", "pilot", "funds"].iter().any(|kind| id.starts_with(kind)))
            .collect();
        said.sort();
        said
    };
    let one = |id: &str, unit: &str, state: &'static str| (id.to_owned(), unit.to_owned(), state);
    assert_eq!(
        open(Scope::Town),
        [
            one("funds:f", "洪下村", "已逾期"),
            one("goal:g1", "全镇", "将到期"),
            one("pilot:p1", "寺前村", "将到期"),
        ]
    );
    assert_eq!(open(Scope::Unit("u".to_owned())), [one("pilot:p1", "寺前村", "将到期")]);
}

/// The built-in calendar knows days only; its holidays are named all the same.
#[test]
fn built_in_holidays_are_named() {
    let records = town(&[]);
    for year in 2014..=2026 {
        let runs = holidays::of_year(&records, year);
        let off: Vec<&str> = runs
            .iter()
            .filter(|run| !run.worked)
            .map(|run| run.name.as_str())
            .collect();
        assert!(off.iter().all(|name| !name.is_empty()), "{year}: {runs:?}");
        for name in ["元旦", "春节", "清明节", "劳动节", "端午节"] {
            assert!(off.contains(&name), "{year} {name}: {off:?}");
        }
        let autumn = off.join("、");
        assert!(
            autumn.contains("中秋节") && autumn.contains("国庆节"),
            "{year}: {off:?}"
        );
    }
    let of = |year: i32| {
        let runs = holidays::of_year(&records, year);
        let off = runs.iter().filter(|run| !run.worked);
        off.map(|run| format!("{} {}", run.name, run.days.0))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(2026),
        [
            "元旦 2026-01-01",
            "春节 2026-02-15",
            "清明节 2026-04-04",
            "劳动节 2026-05-01",
            "端午节 2026-06-19",
            "中秋节 2026-09-25",
            "国庆节 2026-10-01",
        ]
    );
    assert!(of(2015).contains(&"抗战胜利纪念日 2015-09-03".to_owned()));
    assert!(of(2020).contains(&"国庆节、中秋节 2020-10-01".to_owned()));
}

/// A late matter gets the next number of the year; followed up, it is not offered again, and its list leads to what was made
/// of it. When it is done, the matter says that it may be closed, and closing asks for the result.
#[test]
fn a_late_matter_is_followed_up_once_and_closed() {
    use tiancheng::view::flow::{Answers, Place, flow, perform};
    let today = day("2026-10-14");
    let first = rec!(
        "supervision",
        "s1",
        unit = "u",
        number = "2026-07",
        matter = "别的事",
        date = "2026-09-01"
    );
    let mut drafts = vec![problem("late", "2026-10-01"), first];
    let one = |drafts: &[Draft]| {
        let records = town(drafts);
        let board = board(&records, today, Scope::Town);
        let all = board.all();
        let own = all.iter().find(|due| due.id() == "problems:late").expect("late");
        let vm = shown(&board, &records, catalogue(), own);
        let href = supervision_href(&records, today, &vm);
        (vm, Address::parse(&href))
    };
    let (vm, form) = one(&drafts);
    assert_eq!((vm.noted.as_deref(), form.get("f.number")), (None, Some("2026-08")));
    let due = form.get("f.due").expect("its deadline").to_owned();
    drafts.push(rec!(
        "supervision",
        "s2",
        unit = "u",
        number = "2026-08",
        matter = "路灯",
        due = due.as_str(),
        date = "2026-10-08",
        until = "2026-10-20"
    ));
    assert_eq!(one(&drafts).0.noted.as_deref(), Some("#/r/s2"));
    let look = |drafts: &[Draft], answer: &str, on: &str| {
        let records = town(drafts);
        let ledger = catalogue().get("supervision").expect("a ledger");
        let cells = records.find(ledger.schema, "s2").expect("the matter");
        let place = Place {
            records: &records,
            ledger,
            cells,
            today,
        };
        let text = |_: &str| answer.to_owned();
        let answers = Answers {
            on: day(on),
            text: &text,
            new_id: "n",
        };
        let state = flow(&place).expect("a flow").state;
        (state, perform(&place, "closed", &answers))
    };
    let (state, refused) = look(&drafts, "", "2026-10-14");
    assert_eq!(state, "督办中");
    assert_eq!(refused.expect_err("no result")[0].what, "没有写办理结果");
    let (_, early) = look(&drafts, "修好了", "2026-10-07");
    assert!(early.expect_err("before it was given")[0].what.contains("早于交办日期"));
    rows_support::set(
        &mut drafts[0],
        "done",
        tiancheng::model::value::Value::text("2026-10-12"),
    );
    let (state, done) = look(&drafts, "修好了", "2026-10-14");
    assert_eq!(state, "督办中；所督办的事 2026-10-12 已办，可以销号");
    let done = done.expect("closed").swap_remove(0);
    let field = |name: &str| {
        let slot = rows_support::ledger("supervision").slot(name).expect("a field");
        tiancheng::model::ledger::Cells::cell(&done, slot)
            .as_str()
            .map(str::to_owned)
    };
    assert_eq!(field("closed").as_deref(), Some("2026-10-14"));
    assert_eq!(field("answered").as_deref(), Some("2026-10-14"));
    assert_eq!(
        (field("feedback").as_deref(), field("state").as_deref()),
        (Some("修好了"), Some("done"))
    );
}

/// What does not apply leads to the record that says so, where it can be taken back.
#[test]
fn what_does_not_apply_leads_to_its_record() {
    let waiver = rec!(
        "waiver",
        "w",
        unit = "u",
        matter = "问题",
        due = "problems:late",
        reason = "重复登记",
        date = "2026-10-08"
    );
    let records = town(&[problem("late", "2026-10-01"), waiver]);
    let board = board(&records, day("2026-10-14"), Scope::Town);
    let all = board.all();
    let own = all.iter().find(|due| due.id() == "problems:late").expect("late");
    let vm = shown(&board, &records, catalogue(), own);
    assert_eq!((vm.state, vm.noted.as_deref()), (State::Waived, Some("#/r/w")));
}
