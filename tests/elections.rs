//! 换届: what makes a vote void, the timetable and its deadlines, the steps of a file, the page, the teams before and after.

mod rows_support;

use rows_support::{day, sheet};
use tiancheng::model::engine::due::{State, Who};
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::ledger::TypedRow as _;
use tiancheng::model::notice::{Notice, Severity};
use tiancheng::model::programmes::lead::election;
use tiancheng::model::programmes::lead::ledgers::Election;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet as sample};
use tiancheng::model::programmes::{catalogue, check};
use tiancheng::model::records::{Draft, Records, Sheet};
use tiancheng::view::due::{Wanted, board, shown, todo};
use tiancheng::view::flow::{Answers, Flow, Place, flow, perform};
use tiancheng::view::programmes::lead::elections::{ElectionsVm, elections, new_files};

fn notices(draft: &Draft) -> Vec<Notice> {
    let ledger = rows_support::ledger(draft.ledger);
    check(ledger, draft, &sheet(vec![draft.clone()]), day("2026-06-01"))
}

fn with(mut draft: Draft, cells: &[(&str, i64)]) -> Draft {
    for (field, number) in cells {
        rows_support::set(&mut draft, field, (*number).value());
    }
    draft
}

use rows_support::Cell as _;

/// Counts of a file with the field at which it is void, and the sentence; an empty field where all is well.
type Case = (&'static [(&'static str, i64)], &'static str, &'static str);

const CASES: &[Case] = &[
    // Four fifths of 41 are 32.8.
    (&[("party_due", 41), ("party_present", 33)], "", ""),
    (&[("party_due", 41), ("party_present", 32)], "party_present", "五分之四"),
    (&[("party_due", 40), ("party_present", 32)], "", ""),
    (&[("party_present", 3)], "", ""),
    // A fifth of 5 is 1, of 3 is 0.6, of 7 is 1.4.
    (&[("party_seats", 5), ("party_candidates", 6)], "", ""),
    (
        &[("party_seats", 5), ("party_candidates", 5)],
        "party_candidates",
        "候选人 5 名，应选 5 名，差额不足百分之二十",
    ),
    (&[("party_seats", 3), ("party_candidates", 4)], "", ""),
    (
        &[("party_seats", 7), ("party_candidates", 8)],
        "party_candidates",
        "差额不足",
    ),
    (&[("party_seats", 7), ("party_candidates", 9)], "", ""),
    // More than half of 33 are 17, of 32 are 17.
    (&[("party_present", 33), ("party_least", 17)], "", ""),
    (
        &[("party_present", 33), ("party_least", 16)],
        "party_least",
        "没有超过实到 33 人的半数",
    ),
    (
        &[("party_present", 32), ("party_least", 16)],
        "party_least",
        "没有超过实到 32 人的半数",
    ),
    (
        &[("party_present", 32), ("party_least", 33)],
        "party_least",
        "33 多于实到 32",
    ),
    (&[("voters", 1001), ("ballots", 501)], "", ""),
    (
        &[("voters", 1000), ("ballots", 500)],
        "ballots",
        "没有超过半数，选举无效",
    ),
    (&[("posts", 3), ("candidates", 4)], "", ""),
    (&[("posts", 3), ("candidates", 3)], "candidates", "不是差额选举"),
    (&[("posts", 3), ("candidates", 2)], "candidates", "没有多于应选 3 名"),
    (&[("ballots", 801), ("least", 401)], "", ""),
    (
        &[("ballots", 802), ("least", 401)],
        "least",
        "没有超过参加投票 802 人的半数",
    ),
    (&[("ballots", 300), ("least", 301)], "least", "301 多于参加投票 300"),
    (&[("seats", 5), ("women", 1)], "", ""),
    (&[("seats", 5), ("women", 6)], "women", "6 多于两委职数 5"),
    (
        &[("seats", 5), ("both_committees", 6)],
        "both_committees",
        "6 多于两委职数 5",
    ),
];

/// T2: each rule of §2.4 on both sides of its limit.
#[test]
fn a_meeting_or_a_vote_is_void_where_the_rules_say_so() {
    for (cells, place, words) in CASES {
        let file = with(rec!("election", "e", unit = "u", year = 2026), cells);
        let found = notices(&file);
        let wrong: Vec<&Notice> = found.iter().filter(|n| n.severity == Severity::Error).collect();
        if place.is_empty() {
            assert!(wrong.is_empty(), "{cells:?}: {wrong:?}");
        } else {
            assert_eq!(wrong.len(), 1, "{cells:?}: {wrong:?}");
            assert_eq!(wrong[0].place, *place, "{cells:?}");
            assert!(wrong[0].what.contains(words), "{cells:?}: {}", wrong[0].what);
        }
    }
}

/// No woman, and a vote without the party's before it, are looked at and saved.
#[test]
fn what_makes_nothing_void_is_a_warning() {
    let none = with(
        rec!("election", "e", unit = "u", year = 2026),
        &[("seats", 5), ("women", 0)],
    );
    let late = rec!("election", "e", unit = "u", year = 2026, voted = "2026-03-01");
    for (file, place, words) in [
        (none, "women", "没有女性"),
        (late, "party_elected", "没有党组织换届的日期"),
    ] {
        let found = notices(&file);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].severity, found[0].place.as_str()), (Severity::Warning, place));
        assert!(found[0].what.contains(words));
    }
}

/// How many the party needs is worked out: a fifth more than 7 are 9.
#[test]
fn what_is_to_be_done_about_too_few_candidates_is_said() {
    let file = with(
        rec!("election", "e", unit = "u"),
        &[("party_seats", 7), ("party_candidates", 7)],
    );
    assert_eq!(notices(&file)[0].todo, "候选人至少 9 名，补足后再选举");
}

fn plan() -> Draft {
    rec!(
        "election_plan",
        "plan",
        year = 2026,
        surveyed = "2026-01-10",
        party_elected = "2026-02-20",
        nominated = "2026-03-05",
        voted = "2026-03-20",
        handed_over = "2026-03-31"
    )
}

#[test]
fn the_days_of_a_timetable_are_in_order_and_near_its_year() {
    assert_eq!(notices(&plan()), []);
    let mut turned = plan();
    rows_support::set(&mut turned, "registered", "2026-03-06".value());
    let found = notices(&turned);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].place, "nominated");
    assert_eq!(found[0].what, "提名和联审（2026-03-05）早于选民登记公布（2026-03-06）");
    assert_eq!(found[0].todo, "核对两个日期，不早于选民登记公布（2026-03-06）");
    let far = rec!("election_plan", "p", year = 2026, voted = "2036-03-20");
    assert_eq!(
        notices(&far)[0].what,
        "投票选举（2036-03-20）不在换届年 2026 前后一年内"
    );
    assert_eq!(notices(&far)[0].severity, Severity::Error);
    let before = rec!("election_plan", "p", year = 2026, surveyed = "2025-11-20");
    assert_eq!(notices(&before), []);
    let empty = rec!("election_plan", "p", year = 2026);
    assert!(notices(&empty)[0].what.contains("不会列入待办"));
}

/// `u1` has a file in which two planned steps were taken, `u2` has none.
fn town(more: impl IntoIterator<Item = Draft>) -> Sheet {
    let file = rec!(
        "election",
        "e1",
        unit = "u1",
        year = 2026,
        surveyed = "2026-01-12",
        audited = "2026-01-20",
        organised = "2026-02-01",
        party_elected = "2026-02-18"
    );
    let units = ["u1", "u2"].map(|code| rec!("unit", code, name = code, kind = "village"));
    let all = units.into_iter().chain([plan(), file]).chain(more);
    sheet(all.collect())
}

/// Of each planned step of a unit its id, whose it is, its last day and how it stands.
fn steps_of(records: &Sheet, unit: &str, today: &str) -> Vec<String> {
    let board = board(records, day(today), Scope::Town);
    let all = board.all();
    let own = all
        .iter()
        .filter(|due| due.kind.id == "election_step" && due.unit == unit);
    own.map(|due| {
        format!(
            "{} {} {} {}",
            due.id(),
            due.who.code(),
            due.due,
            due.state(day(today)).code()
        )
    })
    .collect()
}

/// T2: announced 15 days before the party's and the villagers' vote, 7 days before the work is handed over.
#[test]
fn each_open_step_is_due_by_the_timetable() {
    let records = town([]);
    assert_eq!(
        steps_of(&records, "u1", "2026-03-04"),
        [
            "election_step:u1:2026.surveyed office 2026-01-10 done",
            "election_step:u1:2026.party_elected unit 2026-02-20 done",
            "election_step:u1:2026.nominated office 2026-03-05 soon",
            "election_step:u1:2026.voted unit 2026-03-20 ahead",
            "election_step:u1:2026.handed_over unit 2026-03-31 ahead",
        ]
    );
    let state = |step: &str, today: &str| {
        let all = steps_of(&records, "u1", today);
        let found = all.iter().find(|line| line.contains(step));
        found
            .and_then(|line| line.rsplit(' ').next())
            .map(str::to_owned)
            .expect("the step")
    };
    for (step, today, expected) in [
        ("voted", "2026-03-04", "ahead"),
        ("voted", "2026-03-05", "soon"),
        ("voted", "2026-03-20", "soon"),
        ("voted", "2026-03-21", "late"),
        ("handed_over", "2026-03-23", "ahead"),
        ("handed_over", "2026-03-24", "soon"),
        ("handed_over", "2026-04-01", "late"),
    ] {
        assert_eq!(state(step, today), expected, "{step} on {today}");
    }
    assert_eq!(
        steps_of(&records, "u2", "2026-03-04")[..2],
        [
            "election_step:u2:2026.surveyed office 2026-01-10 late",
            "election_step:u2:2026.party_elected unit 2026-02-20 late",
        ]
    );
    // Of an earlier round nothing is due once another was planned.
    let next = town([rec!("election_plan", "p31", year = 2031, voted = "2031-03-20")]);
    assert_eq!(
        steps_of(&next, "u1", "2026-03-04"),
        ["election_step:u1:2031.voted unit 2031-03-20 ahead"]
    );
    assert_eq!(
        steps_of(&sheet(vec![rec!("unit", "u1", name = "u1")]), "u1", "2026-03-04"),
        [""; 0]
    );
}

/// Who has a file goes to it; who has none begins one of that year. What does not apply is left out.
#[test]
fn a_step_leads_to_its_file() {
    let waived = rec!(
        "waiver",
        "w",
        unit = "u2",
        matter = "换届步骤：摸底研判",
        due = "election_step:u2:2026.surveyed",
        reason = "并入邻村",
        date = "2026-01-05"
    );
    let records = town([waived]);
    let today = day("2026-03-04");
    let board = board(&records, today, Scope::Town);
    let all = board.all();
    let of = |id: &str| {
        let due = all.iter().find(|due| due.id() == id).unwrap_or_else(|| panic!("{id}"));
        shown(&board, &records, catalogue(), due)
    };
    let own = of("election_step:u1:2026.nominated");
    assert_eq!(own.act, Some(("#/r/e1".to_owned(), "看换届档案")));
    assert_eq!(own.what, "换届步骤：提名和联审");
    assert_eq!(own.rule, "换届安排里定的日期");
    assert_eq!(own.who, Who::Office);
    let other = of("election_step:u2:2026.party_elected");
    assert_eq!(
        other.act,
        Some(("#/l/election/new?f.unit=u2&f.year=2026".to_owned(), "建一份换届档案"))
    );
    assert_eq!(of("election_step:u2:2026.surveyed").state, State::Waived);
    let wanted = Wanted {
        rule: Some("election_step".to_owned()),
        ..Wanted::default()
    };
    let parts = todo(&board, &records, catalogue(), &wanted, false);
    let listed: usize = parts.iter().map(|part| part.list.len()).sum();
    assert_eq!(listed, 7, "three of u1 and four of u2: {parts:#?}");
    let vm = elections(&records, today, &Scope::Town, None);
    let row = vm.rows.iter().find(|row| row.name == "u2").expect("u2");
    assert_eq!(row.cells[0].state, Some(State::Waived));
    // What was recorded before the file was begun holds afterwards, in the list as in the table.
    let file = rec!("election", "e2", unit = "u2", year = 2026);
    let Sheet { mut drafts } = records;
    drafts.push(file);
    let records = Sheet { drafts };
    let board = tiancheng::view::due::board(&records, today, Scope::Town);
    let all = board.all();
    let own = all.iter().find(|due| due.id() == "election_step:u2:2026.surveyed");
    assert_eq!(own.expect("the step").state(today), State::Waived);
    let vm = elections(&records, today, &Scope::Town, None);
    let row = vm.rows.iter().find(|row| row.name == "u2").expect("u2");
    assert_eq!((row.done, row.cells[0].state), (Some(0), Some(State::Waived)));
}

struct File(Sheet);

impl File {
    fn place<R>(&self, today: &str, look: impl FnOnce(&Place<'_>) -> R) -> R {
        let ledger = rows_support::ledger("election");
        let cells = self.0.find(ledger.schema, "e1").expect("a file");
        look(&Place {
            records: &self.0,
            ledger,
            cells,
            today: day(today),
        })
    }

    fn flow(&self, today: &str) -> Flow {
        self.place(today, flow).expect("a workflow")
    }

    fn take(&mut self, key: &str, on: &str, given: &[(&str, &str)]) -> Result<(), Vec<String>> {
        let text = |wanted: &str| {
            let found = given.iter().find(|(key, _)| *key == wanted);
            found.map(|(_, text)| (*text).to_owned()).unwrap_or_default()
        };
        let answers = Answers {
            on: day(on),
            text: &text,
            new_id: "new",
        };
        let done = self.place("2026-12-01", |place| perform(place, key, &answers));
        let drafts = done.map_err(|all| all.into_iter().map(|n| n.what).collect::<Vec<_>>())?;
        assert_eq!(drafts.len(), 1);
        let own = self.0.drafts.iter_mut().find(|own| own.id == "e1").expect("a file");
        for (slot, value) in drafts.into_iter().flat_map(|draft| draft.cells) {
            own.set(slot, value);
        }
        Ok(())
    }
}

/// T2: a step in its turn, its counts with it; a meeting or a vote that is void is refused and nothing is written.
#[test]
fn a_round_is_registered_step_by_step() {
    let mut file = File(sheet(vec![plan(), rec!("election", "e1", unit = "u1", year = 2026)]));
    let begun = file.flow("2026-01-12");
    assert_eq!(begun.state, "已办 0 步，共 11 步");
    assert_eq!(begun.steps[0].note, "最迟 2026-01-10，已逾期 2 天");
    assert_eq!(
        (begun.steps[0].who.as_str(), begun.steps[6].who.as_str()),
        ("镇党建办", "村（社区）")
    );
    assert_eq!(begun.acts[0].label, "登记：摸底研判");
    assert!(begun.acts[0].asks.is_empty());
    assert_eq!(
        file.take("voted", "2026-03-01", &[]),
        Err(vec!["还没有办理“摸底研判”".to_owned()])
    );
    for (step, on) in [
        ("surveyed", "2026-01-12"),
        ("audited", "2026-01-20"),
        ("organised", "2026-02-01"),
    ] {
        file.take(step, on, &[]).expect("in turn");
    }
    assert_eq!(file.flow("2026-02-01").steps[0].note, "最迟 2026-01-10，晚 2 天");
    let asked: Vec<&str> = file.flow("2026-02-18").acts[0].asks.iter().map(|ask| ask.key).collect();
    assert_eq!(
        asked,
        [
            "party_due",
            "party_present",
            "party_seats",
            "party_candidates",
            "party_least"
        ]
    );
    let few = [("party_due", "40"), ("party_present", "31")];
    let refused = file.take("party_elected", "2026-02-18", &few);
    assert_eq!(refused, Err(vec!["到会党员不足应到会的五分之四，选举无效".to_owned()]));
    assert_eq!(
        file.flow("2026-02-18").acts[0].key,
        "party_elected",
        "nothing was written"
    );
    let wrong = file.take("party_elected", "2026-02-18", &[("party_due", "四十")]);
    assert!(wrong.is_err());
    let held = [
        ("party_due", "40"),
        ("party_present", "36"),
        ("party_seats", "3"),
        ("party_candidates", "4"),
    ];
    assert_eq!(
        file.take("party_elected", "2026-01-31", &held),
        Err(vec!["党组织换届的日期早于“成立机构和方案”（2026-02-01）".to_owned()])
    );
    file.take("party_elected", "2026-02-18", &held).expect("held");
    for (step, on) in [("registered", "2026-02-25"), ("nominated", "2026-03-03")] {
        file.take(step, on, &[]).expect("in turn");
    }
    let half = [("voters", "1000"), ("ballots", "500")];
    assert_eq!(
        file.take("voted", "2026-03-18", &half),
        Err(vec!["参加投票的选民没有超过半数，选举无效".to_owned()])
    );
    let equal = [("posts", "3"), ("candidates", "3")];
    assert_eq!(
        file.take("voted", "2026-03-18", &equal),
        Err(vec![
            "村（居）委会候选人 3 名，没有多于应选 3 名，不是差额选举".to_owned()
        ])
    );
    file.take("voted", "2026-03-18", &[("voters", "1000"), ("ballots", "780")])
        .expect("valid");
    for step in ["announced", "handed_over", "trained", "talked"] {
        file.take(step, "2026-04-01", &[]).expect("in turn");
    }
    let done = file.flow("2026-04-02");
    assert_eq!(done.state, "换届完成");
    assert!(done.acts.is_empty() && done.waiting.is_none());
    let row = file.0.find(Election::SCHEMA, "e1").map(Election::of).expect("a file");
    assert_eq!(
        (row.ballots(), row.party_present(), election::next(row)),
        (Some(780), Some(36), None)
    );
}

fn of_town(records: &Sheet, today: &str) -> ElectionsVm {
    elections(records, day(today), &Scope::Town, None)
}

/// T2, worked out by hand for 2026-03-21: u1 is late with the vote and its candidates, u2 with every planned step but the last.
#[test]
fn the_page_tells_who_is_behind() {
    let before = rec!("election", "e0", unit = "u2", year = 2021, voted = "2021-03-05");
    let vm = of_town(&town([before]), "2026-03-21");
    assert_eq!((vm.round, vm.rounds.as_slice()), (Some(2026), [2026, 2021].as_slice()));
    assert_eq!(vm.countdown, Some((day("2026-03-05"), -16)));
    assert_eq!(vm.plans, [("#/r/plan".to_owned(), "看 2026 年换届安排".to_owned())]);
    let names: Vec<(&str, usize, Option<usize>)> = vm
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.late, row.done))
        .collect();
    assert_eq!(names, [("u2", 4, None), ("u1", 2, Some(4))]);
    assert_eq!(vm.late(), 6);
    assert_eq!((vm.complete, vm.without.as_slice()), (0, ["u2".to_owned()].as_slice()));
    let own = &vm.rows[1];
    assert_eq!(own.next, ("#/r/e1".to_owned(), "登记：选民登记公布".to_owned()));
    assert_eq!(
        own.cells[0].title,
        "摸底研判：2026-01-12 已办，最迟 2026-01-10，晚 2 天"
    );
    assert_eq!(
        (own.cells[0].text.as_str(), own.cells[0].state),
        ("01-12", Some(State::Done))
    );
    assert_eq!(
        (own.cells[4].text.as_str(), own.cells[4].state),
        ("", None),
        "nobody planned it"
    );
    assert_eq!(own.cells[6].title, "投票选举：没有登记，最迟 2026-03-20，已逾期 1 天");
    assert_eq!(own.cells[8].state, Some(State::Ahead));
    assert_eq!(vm.rows[0].next.0, "#/l/election/new?f.unit=u2&f.year=2026");
    let steps: Vec<(usize, usize)> = vm.steps.iter().map(|step| (step.done, step.late)).collect();
    assert_eq!(steps[..7], [(1, 1), (1, 0), (1, 0), (1, 1), (0, 0), (0, 2), (0, 2)]);
    // One press begins the files that are missing.
    let made = new_files(&vm, |place| format!("n{place}"));
    assert_eq!(made.len(), 1);
    let row = Election::of(&made[0]);
    assert_eq!((row.id(), row.unit(), row.year()), ("n0", Some("u2"), Some(2026)));
    // Of an earlier round nothing is late.
    let old = elections(
        &town([rec!("election", "e0", unit = "u2", year = 2021)]),
        day("2026-03-21"),
        &Scope::Town,
        Some(2021),
    );
    assert_eq!((old.round, old.late()), (Some(2021), 0));
}

/// Before anything is planned the page offers to plan; the next round is offered a year ahead.
#[test]
fn the_page_offers_the_timetable() {
    let unit = rec!("unit", "u1", name = "u1", kind = "village");
    let nothing = of_town(&sheet(vec![unit.clone()]), "2026-03-21");
    assert_eq!((nothing.round, nothing.countdown), (None, None));
    let make = |year: i32| {
        let href = format!("#/l/election_plan/new?f.year={year}");
        [(href, format!("安排 {year} 年换届"))]
    };
    assert_eq!(nothing.plans, make(2026));
    let file = rec!("election", "e", unit = "u1", year = 2021, voted = "2021-03-18");
    let held = sheet(vec![unit, file]);
    assert_eq!(of_town(&held, "2025-03-17").plans, []);
    assert_eq!(of_town(&held, "2025-03-18").plans, make(2026));
    assert_eq!(of_town(&held, "2025-03-18").countdown, Some((day("2026-03-18"), 365)));
    assert_eq!(
        of_town(&held, "2021-05-01").plans,
        make(2021),
        "a round may be planned while it goes on"
    );
}

/// Files whose counts are void or to be looked at are named, each with its sentence.
#[test]
fn the_page_names_what_is_void() {
    let void = with(
        rec!("election", "e2", unit = "u2", year = 2026),
        &[("party_due", 40), ("party_present", 30), ("seats", 5), ("women", 0)],
    );
    let vm = of_town(&town([void]), "2026-03-04");
    assert_eq!(vm.counted, 1);
    let said: Vec<(&str, &str, bool)> = vm
        .faults
        .iter()
        .map(|fault| (fault.unit.as_str(), fault.what.as_str(), fault.is_void))
        .collect();
    assert_eq!(
        said,
        [
            ("u2", "到会党员不足应到会的五分之四，选举无效；重新召开党员大会", true),
            ("u2", "两委成员中没有女性；核对人数；确实没有的专职专选补选一名", false),
        ]
    );
}

/// T2, u1: the secretary, 50, and a cadre, 40, go; another secretary, 34, and the same cadre come. Of u2 nobody is known.
#[test]
fn teams_are_compared_before_and_after() {
    let file = rec!(
        "election",
        "e1",
        unit = "u1",
        year = 2026,
        voted = "2026-03-18",
        handed_over = "2026-03-28"
    );
    let secretary = |id: &str, name: &str, birth: &str, since: &str, both: bool| {
        rec!(
            "secretary",
            id,
            unit = "u1",
            name = name,
            birth = birth,
            since = since,
            both_posts = both,
            sex = "male"
        )
    };
    let mut old = secretary("s0", "甲一", "1976-03", "2021-03-01", false);
    rows_support::set(&mut old, "until", "2026-03-27".value());
    rows_support::set(&mut old, "education", "senior".value());
    let mut new = secretary("s1", "乙二", "1992-03", "2026-03-28", true);
    rows_support::set(&mut new, "education", "bachelor".value());
    rows_support::set(&mut new, "source", "returnee".value());
    let stays = rec!(
        "cadre",
        "c",
        unit = "u1",
        name = "丙三",
        post = "委员",
        sex = "female",
        birth = "1986-03",
        since = "2021-03-01"
    );
    let units = ["u1", "u2"].map(|code| rec!("unit", code, name = code, kind = "village"));
    let records = sheet(units.into_iter().chain([file, old, new, stays]).collect());
    let vm = of_town(&records, "2026-06-01").changes;
    let said: Vec<String> = vm
        .measures
        .iter()
        .map(|m| format!("{} {} {} {}", m.label, m.before, m.after, m.change))
        .collect();
    assert_eq!(
        said,
        [
            "登记人数 2 人 2 人 0 人",
            "平均年龄 45 岁 37 岁 -8 岁",
            "35岁以下 0%（0/2） 50%（1/2） +50 个百分点",
            "大专以上 0%（0/1） 100%（1/1） +100 个百分点",
            "女性 50%（1/2） 50%（1/2） 0 个百分点",
            "一肩挑 0%（0/1） 100%（1/1） +100 个百分点",
            "交叉任职 -- 100%（1/1） --",
            "新任 -- 50%（1/2） --",
            "致富能手或返乡 -- 100%（1/1） --",
        ]
    );
    assert_eq!((vm.after, vm.units.len()), (1, 1), "of u2 nothing is known");
    assert_eq!(vm.units[0].cells[..3], ["2 → 2", "45 → 37", "0/2 → 1/2"]);
    assert_eq!(vm.units[0].cells[6], "-- → 1/1");
    // Before the vote there is one side.
    let ahead = of_town(&records, "2026-03-01").changes;
    assert_eq!(
        (
            ahead.after,
            ahead.measures[1].before.as_str(),
            ahead.measures[1].after.as_str()
        ),
        (0, "45 岁", "--")
    );
    assert_eq!(ahead.units[0].cells[0], "2");
}

/// The counts of the file stand in where the register says nothing of women and of both committees.
#[test]
fn the_file_counts_where_the_register_is_silent() {
    let file = with(
        rec!(
            "election",
            "e1",
            unit = "u1",
            year = 2026,
            voted = "2026-03-18",
            handed_over = "2026-03-28"
        ),
        &[("seats", 5), ("women", 2), ("both_committees", 3)],
    );
    let secretary = rec!("secretary", "s", unit = "u1", name = "甲一", since = "2021-03-01");
    let records = sheet(vec![rec!("unit", "u1", name = "u1"), file, secretary]);
    let vm = of_town(&records, "2026-06-01").changes;
    let of = |label: &str| {
        let found = vm.measures.iter().find(|m| m.label == label).expect(label);
        (found.before.clone(), found.after.clone())
    };
    assert_eq!(of("女性"), ("--".to_owned(), "40%（2/5）".to_owned()));
    assert_eq!(of("交叉任职"), ("--".to_owned(), "60%（3/5）".to_owned()));
    assert_eq!(of("平均年龄"), ("--".to_owned(), "--".to_owned()));
}

/// The round of 2021 is done in every unit of the sample, in time and validly, and the teams grew younger.
#[test]
fn the_sample_shows_a_round_that_was_done() {
    let records = sample(&SampleOptions::default());
    let vm = elections(&records, as_of(), &Scope::Town, None);
    assert_eq!((vm.round, vm.complete, vm.rows.len()), (Some(2021), 39, 39));
    assert_eq!((vm.late(), vm.faults.len(), vm.counted), (0, 0, 39));
    assert!(
        vm.rows
            .iter()
            .all(|row| row.cells.iter().all(|cell| !cell.title.contains('晚')))
    );
    assert!(vm.countdown.is_some_and(|(next, _)| next.year() == 2026));
    assert_eq!(vm.changes.after, 39);
    assert!(
        vm.changes.measures.iter().all(|m| m.after != "--"),
        "{:?}",
        vm.changes.measures
    );
    assert!(
        vm.changes.measures[1].change.starts_with('-'),
        "{:?}",
        vm.changes.measures[1]
    );
    let one = elections(&records, as_of(), &Scope::Unit("421223100208".to_owned()), None);
    assert_eq!(one.rows.len(), 1);
}
