//! Working days of 2026 and the days on which steps may and must be taken, against tables worked out elsewhere.

mod rows_support;

use rows_support::day;
use tiancheng::model::date::Day;
use tiancheng::model::engine::due::State;
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::engine::workflow::Outcome;
use tiancheng::model::ledger::TypedRow as _;
use tiancheng::model::notice::Severity;
use tiancheng::model::programmes::lead::ledgers::PartyLifeKind;
use tiancheng::model::programmes::lead::party_life::{self, Organisation, in_a_year};
use tiancheng::model::programmes::seedling::ledgers::Mobile;
use tiancheng::model::programmes::seedling::ledgers::development::Development;
use tiancheng::model::programmes::seedling::{development, mobile};
use tiancheng::model::programmes::town::holiday_notice;
use tiancheng::model::programmes::{self, gaps};
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::model::settings::Settings;
use tiancheng::model::working_days::{Calendar, DayKind};
use tiancheng::view::flow::{Place, flow};

const HOLIDAYS: &str = include_str!("fixtures/deadlines/holidays-2026.txt");
const EXPECTED_HOLIDAYS: &str = include_str!("fixtures/deadlines/holidays-2026.txt.expected.json");
const PARTY_LIFE: &str = include_str!("fixtures/deadlines/party-life.csv");
const DAYS: &str = include_str!("fixtures/deadlines/days-2026.csv");
const DEADLINES: &str = include_str!("fixtures/deadlines/deadlines.csv");

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}

/// Each day of 2026, and the last day of a notice of five working days posted on it.
#[test]
fn every_day_of_2026_is_worked_or_not_as_the_notice_says() {
    let mut seen = 0;
    for row in rows(DAYS) {
        let [text, _, working, why, first, after, provisional] = row[..] else {
            panic!("{row:?}");
        };
        let on = day(text);
        seen += 1;
        assert_eq!(Calendar::default().is_working(on), working == "1", "{text}");
        let expected = match why {
            "" => DayKind::Working,
            "调休上班" => DayKind::MadeUp,
            "周末" => DayKind::Weekend,
            _ => DayKind::Holiday,
        };
        assert_eq!(Calendar::default().kind(on), expected, "{text} {why}");
        let (with, without) = (
            Calendar::default().notice_last(on, 5, true),
            Calendar::default().notice_last(on, 5, false),
        );
        assert_eq!((with, without), (day(first), day(after)), "posted {text}");
        assert_eq!(Calendar::default().count(on, with), 5, "posted {text}");
        let said = Calendar::default()
            .remark(on, with)
            .or(Calendar::default().remark(on, without))
            .is_some();
        assert_eq!(said, !provisional.is_empty(), "posted {text}");
    }
    assert_eq!(seen, 365);
}

fn settings(own: &[(&str, &str)]) -> Settings {
    let drafts = own.iter().map(|(key, value)| rec!("setting", *key, value = *value));
    programmes::settings(&Sheet {
        drafts: drafts.collect(),
    })
}

/// A file whose steps up to `last` were all taken on `on`, so that the next deadline runs from there.
fn file(rule: &str, last: &str, on: Day) -> Draft {
    let mut row = rec!("development", "d", unit = "u", name = "甲一", rule = rule);
    for step in &development::STEPS {
        rows_support::set(&mut row, step.field, on.to_string().as_str().into_value());
        if step.field == last {
            break;
        }
    }
    row
}

trait IntoValue {
    fn into_value(self) -> tiancheng::model::value::Value;
}

impl IntoValue for &str {
    fn into_value(self) -> tiancheng::model::value::Value {
        tiancheng::model::value::Value::text(self)
    }
}

/// Which step the base of a deadline is, which field is due, and what else stands in the file.
fn chain(step: &str) -> Option<(&'static str, &'static str)> {
    Some(match step {
        "2 派人谈话" => ("applied", "talked"),
        "6 下一次考察" => ("mentored", "inspected"),
        "7 确定发展对象" => ("inspected", "proposed"),
        "15 支部党员大会" => ("prechecked", "voted"),
        "17 上级党委审批" => ("voted", "approved"),
        "20 入党宣誓" => ("approved", "sworn"),
        "21 预备期满，23 讨论转正" => ("requested", "revoted"),
        "24 转正审批" => ("revoted", "confirmed"),
        _ => return None,
    })
}

/// Month ends clamp: one month after 31 January is 29 February in 2024.
#[test]
fn steps_of_development_are_due_on_the_days_of_the_table() {
    let mut seen = 0;
    for row in rows(DEADLINES) {
        let [rule, step, _, given, setting, earliest, latest, next, _] = row[..] else {
            panic!("{row:?}");
        };
        let Some(version) = rule.strip_prefix("发展党员 ") else {
            continue;
        };
        let Some((base, due)) = chain(step) else { continue };
        let given = day(given);
        let mut file = file(version, base, given);
        if setting == "审批特殊情况=是" {
            rows_support::set(&mut file, "special", tiancheng::model::value::Value::Bool(true));
        }
        if base == "revoted" {
            rows_support::set(&mut file, "exit", "on_time".into_value());
        }
        let typed = Development::of(&file);
        let settings = Settings::default();
        if latest.is_empty() {
            // Only an earliest day: a day before it is refused, the day itself is not.
            let before = development::advance(typed, due, day(earliest).plus_days(-1), &settings);
            let refused = |outcome: &Outcome| {
                let notices = outcome.as_ref().err().cloned().unwrap_or_default();
                notices.iter().any(|n| n.todo.starts_with("期满后办理"))
            };
            assert!(refused(&before), "{step} {given}");
            let then = development::advance(typed, due, day(earliest), &settings);
            assert!(!refused(&then), "{step} {given}: {then:?}");
        } else {
            let all = development::deadlines(typed, &[], given, &settings);
            let found = all
                .iter()
                .find(|d| d.step.field == due)
                .unwrap_or_else(|| panic!("{step} {given}"));
            assert_eq!(found.due, day(latest), "{step} {given}");
            if !next.is_empty() {
                assert_eq!(Calendar::default().next_working(found.due), day(next), "{step} {given}");
            }
        }
        seen += 1;
    }
    assert_eq!(seen, 38);
}

/// An extension of the probation runs from six months to a year after its end.
#[test]
fn an_extension_ends_between_the_days_of_the_table() {
    let mut seen = 0;
    for row in rows(DEADLINES).filter(|row| row[1] == "23 延长预备期到") {
        let voted = day(row[3]).plus_months(-12);
        let refused = |until: Day| {
            let mut file = file("2026-05", "voted", voted);
            rows_support::set(&mut file, "exit", "extended".into_value());
            rows_support::set(&mut file, "extended_until", until.to_string().as_str().into_value());
            let said = development::check(Development::of(&file), day(row[3]), &Settings::default());
            said.iter().any(|n| n.place == "extended_until")
        };
        let (first, last) = (day(row[5]), day(row[6]));
        assert_eq!(
            [first.plus_days(-1), first, last, last.plus_days(1)].map(refused),
            [true, false, false, true]
        );
        seen += 1;
    }
    assert_eq!(seen, 2);
}

#[test]
fn a_public_notice_runs_to_the_days_of_the_table() {
    let mut seen = 0;
    for row in rows(DEADLINES).filter(|row| row[0] == "公示") {
        let (step, given, setting, earliest) = (row[1], row[3], row[4], row[5]);
        let first = if setting == "公示首日计入=是" {
            "true"
        } else {
            "false"
        };
        let own = settings(&[("rule.notice_first_day", first)]);
        let mut file = file("2026-05", "consented", day("2026-01-05"));
        rows_support::set(&mut file, "notice_from", given.into_value());
        let notice = development::public_notice(Development::of(&file), &own).expect("a notice");
        let found = match step {
            "公示期满" => notice.last,
            _ => notice.result_from(),
        };
        assert_eq!(found, day(earliest), "{given} {setting} {step}");
        seen += 1;
    }
    assert_eq!(seen, 32);
}

fn noticed_from(from: &str) -> Draft {
    let mut file = file("2026-05", "consented", day("2025-09-01"));
    rows_support::set(&mut file, "chosen", "2024-01-01".into_value());
    rows_support::set(&mut file, "notice_from", from.into_value());
    rows_support::set(&mut file, "notice_result", "clear".into_value());
    file
}

/// Posted on Monday 28 September 2026; 1 to 7 October are off. Entered on 2 October: three working days.
#[test]
fn a_result_before_the_notice_is_over_is_refused_with_both_days() {
    let file = noticed_from("2026-09-28");
    let row = Development::of(&file);
    let settings = Settings::default();
    let refused = development::advance(row, "noticed", day("2026-10-02"), &settings).expect_err("too early");
    assert_eq!(refused[0].what, "公示不满 5 个工作日，到 2026-10-02 是 3 个");
    assert_eq!(refused[0].todo, "公示到 2026-10-09，2026-10-10 起登记结果（第十三条）");
    assert!(development::advance(row, "noticed", day("2026-10-09"), &settings).is_err());
    assert!(development::advance(row, "noticed", day("2026-10-10"), &settings).is_ok());
    // By the form as well.
    let mut typed = file.clone();
    rows_support::set(&mut typed, "noticed", "2026-10-02".into_value());
    let said = development::check(Development::of(&typed), day("2026-10-12"), &settings);
    assert!(
        said.iter()
            .any(|n| n.severity == Severity::Error && n.place == "notice_from"),
        "{said:?}"
    );
    // The panel shows both days before anybody tries.
    let records = Sheet::default();
    let place = Place {
        records: &records,
        ledger: Development::LEDGER,
        cells: &file,
        today: day("2026-10-02"),
    };
    let shown = flow(&place).expect("steps");
    assert!(
        shown.steps[8].note.contains("公示到 2026-10-09，2026-10-10 起登记结果"),
        "{:?}",
        shown.steps[8]
    );
    // A year without its notice is counted by weekends, and that is said.
    let late = noticed_from("2026-12-30");
    let refused = development::advance(Development::of(&late), "noticed", day("2027-01-04"), &settings);
    let todo = refused.expect_err("too early").remove(0).todo;
    assert!(todo.contains("节假日数据到 2026 年，以后按周末暂算"), "{todo}");
}

/// Under the version of 2014 there is no such step, so nobody is sent to enter its result.
#[test]
fn the_overview_speaks_of_a_public_notice_only_where_it_is_a_step() {
    let said = |file: &Draft, today: &str| {
        let town = Sheet {
            drafts: vec![rec!("unit", "u", name = "寺前村", kind = "village"), file.clone()],
        };
        let found = gaps(&town, day(today), &Scope::Town);
        found.into_iter().find(|g| g.id == "notice").map(|g| g.title)
    };
    let file = noticed_from("2026-09-28");
    assert_eq!(said(&file, "2026-10-09"), None, "the last day");
    let title = said(&file, "2026-10-10").expect("the day after");
    assert!(title.ends_with("发展对象公示满 5 个工作日"), "{title}");
    let mut old = noticed_from("2025-09-28");
    rows_support::set(&mut old, "rule", "2014".into_value());
    assert_eq!(said(&old, "2025-12-31"), None);
}

#[test]
fn who_is_away_becomes_a_mobile_member_after_six_months() {
    let mut seen = 0;
    for row in rows(DEADLINES).filter(|row| row[1] == "算作流动党员") {
        let person = rec!(
            "mobile",
            "m",
            unit = "u",
            name = "甲一",
            direction = "out",
            since = row[3]
        );
        let stage = |on: Day| mobile::stage_at(Mobile::of(&person), on, &Settings::default());
        let first = day(row[5]);
        assert_eq!(stage(first), Some(mobile::Stage::Away), "{}", row[3]);
        assert_eq!(stage(first.plus_days(-1)), Some(mobile::Stage::Recent), "{}", row[3]);
        seen += 1;
    }
    assert_eq!(seen, 3);
}

/// The notice's own sentences, read: the day of the lunar calendar in brackets does not disturb.
#[test]
fn the_sentences_of_the_notice_of_2026_are_read() {
    let read = holiday_notice::read(HOLIDAYS, 2026);
    assert_eq!(read.unread, []);
    let expected: serde_json::Value = serde_json::from_str(EXPECTED_HOLIDAYS).expect("valid JSON");
    let expected = expected["records"].as_array().expect("records");
    assert_eq!(read.holidays.len(), expected.len());
    for (found, wanted) in read.holidays.iter().zip(expected) {
        let said = serde_json::json!({
            "name": found.name,
            "from": found.from.to_string(),
            "to": found.to.to_string(),
            "days": found.to.since(found.from) + 1,
            "worked": found.worked.iter().map(Day::to_string).collect::<Vec<_>>(),
        });
        assert_eq!(&said, wanted);
    }
    // As records they make the same calendar as what is shipped.
    let drafts = read.holidays.iter().enumerate();
    let drafts = drafts.map(|(n, holiday)| holiday_notice::draft(holiday, &format!("h{n}"), "通知"));
    let settings = programmes::settings(&Sheet {
        drafts: drafts.collect(),
    });
    let first = day("2026-01-01");
    for n in 0..365 {
        let on = first.plus_days(n);
        let (own, shipped) = (settings.calendar().kind(on), Calendar::default().kind(on));
        assert_eq!(own, shipped, "{on}");
    }
}

/// What a branch owes in a year, by its members and groups.
#[test]
fn a_branch_owes_what_its_size_asks_for() {
    let settings = Settings::default();
    let mut seen = 0;
    for row in rows(PARTY_LIFE) {
        let numbers: Vec<i64> = row.iter().map(|text| text.parse().expect("a number")).collect();
        let [members, groups, general, committee, group, lessons, _] = numbers[..] else {
            panic!("{row:?}");
        };
        let branch = Organisation {
            branch: None,
            members: Some(members),
            groups,
        };
        let owed = |kind| in_a_year(kind, &branch, &settings);
        assert_eq!(owed(PartyLifeKind::General), general, "{members}");
        assert_eq!(owed(PartyLifeKind::Committee), committee, "{members}");
        assert_eq!(owed(PartyLifeKind::Group), group, "{members}");
        assert_eq!(owed(PartyLifeKind::Lecture), lessons, "{members}");
        seen += 1;
    }
    assert_eq!(seen, 5);
}

/// The period that holds a day: its first day and its last.
#[test]
fn organisation_life_is_due_in_the_periods_of_the_table() {
    let mut seen = 0;
    for row in rows(DEADLINES).filter(|row| row[0] == "支部工作条例") {
        let kind = party_life::KINDS.into_iter().find(|kind| {
            let label = party_life::label(*kind);
            label == row[1]
        });
        let kind = kind.unwrap_or_else(|| panic!("{}", row[1]));
        let found = party_life::period(kind, day(row[3]), &Settings::default());
        assert_eq!(found, (day(row[5]), day(row[6])), "{row:?}");
        if !row[7].is_empty() {
            assert_eq!(Calendar::default().next_working(found.1), day(row[7]), "{row:?}");
        }
        seen += 1;
    }
    assert_eq!(seen, 11);
}

fn unit() -> Draft {
    rec!(
        "unit",
        "u",
        name = "寺前村",
        kind = "village",
        members = 20,
        party_groups = 2
    )
}

/// Every deadline of a small town on a day, with its state.
fn board(drafts: &[Draft], today: &str) -> Vec<(String, String, State)> {
    let records = Sheet {
        drafts: std::iter::once(unit()).chain(drafts.iter().cloned()).collect(),
    };
    let mut board = programmes::due_board(day(today), Scope::Town);
    board.refresh(&records);
    let all = board.all().into_iter();
    all.map(|due| (due.id(), due.due.to_string(), due.state(day(today))))
        .collect()
}

fn one(all: &[(String, String, State)], id: &str) -> (String, State) {
    let found = all.iter().find(|(own, ..)| own == id);
    let (_, due, state) = found.unwrap_or_else(|| panic!("{id} is not in {all:#?}"));
    (due.clone(), *state)
}

/// A talk before taking office, the next round of elections, the next contact with a member away: the rows of the table.
#[test]
fn single_deadlines_are_those_of_the_table() {
    let mut seen = 0;
    for row in rows(DEADLINES) {
        let (rule, step, given, latest) = (row[0], row[1], row[3], row[6]);
        let (drafts, id, today) = match (rule, step) {
            ("任前谈话", _) => {
                let row = rec!("secretary", "s", unit = "u", name = "甲一", since = given);
                (vec![row], "prior_talk:s".to_owned(), given)
            }
            ("换届", _) => {
                let row = rec!("election", "e", unit = "u", year = 2021, voted = given);
                (vec![row], "election:e".to_owned(), given)
            }
            ("流动党员", "下次联系" | "下次联系（在国（境）外）") => {
                let person = rec!(
                    "mobile",
                    "m",
                    unit = "u",
                    name = "甲一",
                    direction = "out",
                    since = "2020-01-01",
                    abroad = step != "下次联系"
                );
                let contact = rec!("mobile_contact", "c", unit = "u", mobile = "m", date = given);
                (vec![person, contact], format!("mobile:m:{given}"), given)
            }
            _ => continue,
        };
        let all = board(&drafts, today);
        assert_eq!(one(&all, &id).0, latest, "{row:?}");
        if !row[5].is_empty() {
            // For a contact the first day is that of the reminder.
            let before = day(row[5]).plus_days(-1).to_string();
            assert_eq!(one(&board(&drafts, &before), &id).1, State::Ahead, "{row:?}");
            assert_eq!(one(&board(&drafts, row[5]), &id).1, State::Soon, "{row:?}");
        }
        let after = day(latest).plus_days(1).to_string();
        if step != "谈话" {
            assert_eq!(one(&board(&drafts, latest), &id).1, State::Soon, "{row:?}");
        }
        assert_eq!(one(&board(&drafts, &after), &id).1, State::Late, "{row:?}");
        seen += 1;
    }
    assert_eq!(seen, 9);
}

/// A meeting of the last month that was not held is late, one that was is done; nothing is owed for the time before
/// anything was kept, and nothing of a committee by a branch of five.
#[test]
fn organisation_life_is_owed_from_the_first_record() {
    let held = [
        rec!(
            "party_life",
            "p1",
            unit = "u",
            kind = "day",
            date = "2026-09-10",
            topic = "主题党日"
        ),
        rec!(
            "party_life",
            "p2",
            unit = "u",
            kind = "general",
            date = "2026-09-12",
            topic = "大会"
        ),
        rec!(
            "party_life",
            "p3",
            unit = "u",
            kind = "group",
            date = "2026-09-20",
            topic = "小组会",
            times = 2
        ),
    ];
    let all = board(&held, "2026-10-15");
    let state = |kind: &str, from: &str| {
        let id = format!("party_life:u::{kind}:{from}");
        all.iter().find(|(own, ..)| *own == id).map(|(.., state)| *state)
    };
    assert_eq!(state("day", "2026-08-01"), None, "before the first record");
    assert_eq!(state("day", "2026-09-01"), Some(State::Done));
    assert_eq!(state("day", "2026-10-01"), Some(State::Ahead));
    assert_eq!(state("general", "2026-07-01"), Some(State::Done));
    assert_eq!(state("group", "2026-09-01"), Some(State::Done), "both groups");
    assert_eq!(state("committee", "2026-09-01"), Some(State::Late));
    assert_eq!(state("lecture", "2026-07-01"), Some(State::Late));
    assert_eq!(state("life", "2026-01-01"), Some(State::Ahead));
    // One of two groups is not both.
    let mut half = held.to_vec();
    rows_support::set(&mut half[2], "times", tiancheng::model::value::Value::Int(1));
    let all = board(&half, "2026-10-15");
    assert_eq!(one(&all, "party_life:u::group:2026-09-01").1, State::Late);
    // A branch of five has no committee, whatever the unit has.
    let mut small = held.to_vec();
    small.push(rec!(
        "branch",
        "b",
        unit = "u",
        name = "一支部",
        kind = "branch",
        members = 5
    ));
    let all = board(&small, "2026-10-15");
    assert!(!all.iter().any(|(id, ..)| id.contains(":committee:")), "{all:#?}");
    assert_eq!(
        one(&all, "party_life:u:b:day:2026-09-01").1,
        State::Done,
        "a record that names no branch"
    );
}

/// What a person recorded as not applying is neither late nor a gap; the record taken away, it is late again.
#[test]
fn what_does_not_apply_is_not_late() {
    let problem = rec!(
        "problem",
        "p",
        unit = "u",
        text = "路灯",
        date = "2026-09-01",
        due = "2026-09-30"
    );
    let waiver = rec!(
        "waiver",
        "w",
        unit = "u",
        matter = "路灯",
        due = "problems:p",
        reason = "已并入项目",
        date = "2026-10-01"
    );
    let gap = |drafts: &[Draft]| {
        let drafts = std::iter::once(unit()).chain(drafts.iter().cloned()).collect();
        let found = gaps(&Sheet { drafts }, day("2026-10-15"), &Scope::Town);
        found.iter().any(|gap| gap.id == "problems")
    };
    let late = board(std::slice::from_ref(&problem), "2026-10-15");
    assert_eq!(one(&late, "problems:p"), ("2026-09-30".to_owned(), State::Late));
    assert!(gap(std::slice::from_ref(&problem)));
    let waived = board(&[problem.clone(), waiver.clone()], "2026-10-15");
    assert_eq!(one(&waived, "problems:p").1, State::Waived);
    assert!(!gap(&[problem, waiver]));
}

/// Every day from 2014 to 2026 is worked or not as PyPI `chinesecalendar` says, a development tool only. The file of its
/// days, `2026-10-10,1` for a worked one, comes from
/// `python -c "import chinese_calendar as c, datetime as d; [print(x, int(c.is_workday(x)), sep=',') for x in (d.date(2014, 1, 1) + d.timedelta(n) for n in range(4748))]"`.
#[test]
#[ignore = "reads the file that TIANCHENG_ORACLE_DAYS names"]
fn every_day_agrees_with_the_oracle() {
    let path = std::env::var("TIANCHENG_ORACLE_DAYS").expect("the file of days");
    let text = std::fs::read_to_string(path).expect("a file");
    let settings = Settings::default();
    let calendar = settings.calendar();
    let mut seen = 0;
    for line in text.lines() {
        let (on, worked) = line.split_once(',').expect("a day and a mark");
        assert_eq!(calendar.is_working(day(on)), worked == "1", "{on}");
        seen += 1;
    }
    assert_eq!(seen, 4_748, "thirteen years");
}
