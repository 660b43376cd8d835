//! 发展党员 from the page: one panel for each step, the calendar of a person under both versions of the rules, the board,
//! one meeting for several persons (M1, M2, M23, docs/requirements.md §2.1).

mod rows_support;

use std::collections::BTreeMap;

use rows_support::day;
use tiancheng::model::date::Day;
use tiancheng::model::engine::due::State;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::{Cells as _, Field, Slot, TypedRow as _};
use tiancheng::model::programmes::sample::{SampleOptions, sheet};
use tiancheng::model::programmes::seedling::development::{Planned, STEPS, Standing, names_in, schedule};
use tiancheng::model::programmes::seedling::ledgers::development::Development;
use tiancheng::model::programmes::seedling::statistics::QUOTA;
use tiancheng::model::programmes::{self, evaluate, indicator_by_id};
use tiancheng::model::records::{Draft, Records as _, Sheet};
use tiancheng::model::settings::Settings;
use tiancheng::view::charts::Source;
use tiancheng::view::flow::{Answers, Flow, Place, flow, perform};
use tiancheng::view::form::text_of;
use tiancheng::view::programmes::seedling::board::{BoardVm, Sitting, asked_together, board, together};

const UNIT: &str = "421223100208";

/// One file on the page of its record, and what is made of it.
struct Page {
    sheet: Sheet,
    today: Day,
}

impl Page {
    fn of(file: Draft, today: &str) -> Page {
        Page {
            sheet: Sheet { drafts: vec![file] },
            today: day(today),
        }
    }

    fn place<R>(&self, look: impl FnOnce(&Place<'_>) -> R) -> R {
        look(&Place {
            records: &self.sheet,
            ledger: Development::LEDGER,
            cells: &self.sheet.drafts[0],
            today: self.today,
        })
    }

    fn flow(&self) -> Flow {
        self.place(flow).expect("a workflow")
    }

    fn text(&self, field: &str) -> String {
        let slot = Development::LEDGER.slot(field).expect("a field");
        text_of(self.sheet.drafts[0].cell(slot))
    }

    /// Presses the button of the first act with these answers; what is not answered is what the panel shows first.
    fn press(&mut self, on: &str, answers: &[(&str, &str)]) -> Result<String, Vec<String>> {
        let act = self.flow().acts.remove(0);
        for (field, _) in answers {
            assert!(
                act.asks.iter().any(|ask| ask.key == *field),
                "{} asks for no {field}",
                act.key
            );
        }
        self.act(&act.key, on, answers).map(|()| act.key)
    }

    fn act(&mut self, key: &str, on: &str, answers: &[(&str, &str)]) -> Result<(), Vec<String>> {
        let acts = self.flow().acts;
        let asks = acts
            .iter()
            .find(|act| act.key == key)
            .map(|act| act.asks.clone())
            .unwrap_or_default();
        let text = |wanted: &str| {
            let given = answers
                .iter()
                .find(|(field, _)| *field == wanted)
                .map(|(_, text)| (*text).to_owned());
            let shown = asks.iter().find(|ask| ask.key == wanted).map(|ask| ask.value.clone());
            given.or(shown).unwrap_or_default()
        };
        let answers = Answers {
            on: day(on),
            text: &text,
            new_id: "made",
        };
        let done = self.place(|place| perform(place, key, &answers));
        let drafts = done.map_err(|all| all.into_iter().map(|notice| notice.what).collect::<Vec<_>>())?;
        for draft in drafts {
            match self.sheet.drafts.iter_mut().find(|known| known.id == draft.id) {
                Some(old) => draft.cells.into_iter().for_each(|(slot, value)| old.set(slot, value)),
                None => self.sheet.drafts.push(draft),
            }
        }
        Ok(())
    }
}

fn applicant(applied: &str) -> Draft {
    rec!("development", "d", unit = UNIT, name = "示例甲", applied = applied)
}

const VOTE: [(&str, &str); 3] = [("vote_due", "20"), ("vote_present", "18"), ("vote_ayes", "17")];
const REVOTE: [(&str, &str); 3] = [("revote_due", "20"), ("revote_present", "18"), ("revote_ayes", "17")];

/// Answers by field.
type Given = &'static [(&'static str, &'static str)];

/// What is answered at the steps that ask for more than a day, up to the vote, under the rules of 2026.
fn up_to_the_vote(page: &mut Page) {
    let days: [(&str, &str, Given); 15] = [
        ("talked", "2026-06-10", &[("talker", "示例书记")]),
        ("chosen", "2026-07-01", &[]),
        ("filed", "2026-07-03", &[]),
        ("mentored", "2026-07-03", &[("mentors", "示例乙、示例丙")]),
        ("inspected", "2027-07-01", &[]),
        ("proposed", "2027-07-02", &[]),
        ("consented", "2027-07-05", &[]),
        ("notice_from", "2027-07-06", &[]),
        ("noticed", "2027-07-14", &[("notice_result", "clear")]),
        ("sponsored", "2027-07-15", &[("sponsors", "示例乙，示例丙")]),
        ("vetted", "2027-07-20", &[("vet_result", "pass")]),
        ("trained", "2027-07-25", &[("train_days", "3")]),
        ("examined", "2027-07-26", &[]),
        ("prechecked", "2027-07-31", &[("precheck_result", "pass")]),
        ("form_filled", "2027-08-02", &[]),
    ];
    for (key, on, answers) in days {
        assert_eq!(page.press(on, answers).as_deref(), Ok(key), "{on}");
    }
}

/// M23: from the application to the archive by the buttons alone: no field is left to be looked for in the form.
#[test]
fn a_file_goes_from_the_application_to_the_archive_by_its_panel_alone() {
    let mut page = Page::of(applicant("2026-05-31"), "2029-12-31");
    up_to_the_vote(&mut page);
    assert_eq!(page.text("mentor_count"), "2");
    assert_eq!(page.text("sponsor_count"), "2");
    assert_eq!(page.text("notice_from"), "2027-07-06");
    assert_eq!(page.press("2027-08-20", &VOTE).as_deref(), Ok("voted"));
    let rest: [(&str, &str); 7] = [
        ("interviewed", "2027-08-25"),
        ("approved", "2027-09-10"),
        ("recorded", "2027-09-12"),
        ("assigned", "2027-09-12"),
        ("sworn", "2027-09-30"),
        ("observed", "2028-08-20"),
        ("requested", "2028-08-20"),
    ];
    for (key, on) in rest {
        assert_eq!(page.press(on, &[]).as_deref(), Ok(key), "{on}");
    }
    // Put off for half a year, then decided.
    let put_off = [
        REVOTE.as_slice(),
        &[("exit", "extended"), ("extended_until", "2029-02-20")],
    ]
    .concat();
    assert_eq!(page.press("2028-09-01", &put_off).as_deref(), Ok("revoted"));
    assert_eq!(page.flow().acts[0].label, "登记：延长期满讨论转正");
    assert_eq!(
        page.press("2029-02-19", &[("exit", "on_time")]),
        Err(vec!["不满 12 个月，最早 2029-02-20".to_owned()])
    );
    assert_eq!(
        page.press("2029-02-21", &[("exit", "extended")]),
        Err(vec!["预备期只能延长一次".to_owned()])
    );
    assert_eq!(page.press("2029-02-21", &[("exit", "on_time")]).as_deref(), Ok("again"));
    assert_eq!(page.press("2029-03-10", &[]).as_deref(), Ok("confirmed"));
    assert_eq!(page.press("2029-03-20", &[]).as_deref(), Ok("archived"));
    assert!(page.flow().acts.is_empty(), "nothing is left");
    assert!(page.flow().state.starts_with("正式党员"));
}

/// What is missing or wrong is said at its field, and nothing is written.
#[test]
fn a_panel_refuses_what_the_rules_refuse() {
    let mut page = Page::of(applicant("2026-05-31"), "2029-12-31");
    page.press("2026-06-10", &[]).expect("nobody has to be named");
    page.press("2026-07-01", &[]).expect("in turn");
    page.press("2026-07-03", &[]).expect("in turn");
    let three = page.press("2026-07-03", &[("mentors", "示例乙、示例丙、示例丁")]);
    assert_eq!(three, Err(vec!["培养联系人应为 1 至 2 名正式党员".to_owned()]));
    assert_eq!(page.text("mentors"), "", "nothing was written");
    page.press("2026-07-03", &[("mentors", "示例乙")])
        .expect("one is enough");
    // Less than a year: the reason is asked for then, and only then.
    page.today = day("2027-01-05");
    let act = page.flow().acts.remove(0);
    assert_eq!(act.key, "inspected");
    assert!(act.asks.iter().any(|ask| ask.key == "early_reason"));
    assert_eq!(
        page.press("2027-01-05", &[]),
        Err(vec!["不满 12 个月，最早 2027-07-01".to_owned()])
    );
    page.today = day("2027-07-01");
    assert!(page.flow().acts[0].asks.is_empty());
    page.today = day("2029-12-31");
    let mut page = Page::of(applicant("2026-05-31"), "2029-12-31");
    up_to_the_vote(&mut page);
    let outcome = |page: &mut Page, counts: [&str; 3]| {
        let fields = ["vote_due", "vote_present", "vote_ayes"];
        let answers: Vec<(&str, &str)> = fields.into_iter().zip(counts).collect();
        page.press("2027-08-20", &answers)
    };
    assert_eq!(
        outcome(&mut page, ["20", "10", "10"]),
        Err(vec!["到会有表决权的党员没有超过应到会的半数，会议无效".to_owned()])
    );
    assert_eq!(
        outcome(&mut page, ["20", "18", "10"]),
        Err(vec!["赞成票没有超过应到会有表决权党员的半数，没有通过".to_owned()])
    );
    assert!(outcome(&mut page, ["20", "十八", "10"]).is_err(), "no number");
    assert_eq!(page.text("vote_due"), "", "nothing was written");
    assert!(outcome(&mut page, ["20", "11", "11"]).is_ok());
}

/// The notice is posted first; its result is asked for when its working days are over, not before.
#[test]
fn a_notice_is_posted_and_then_its_result_is_entered() {
    let mut page = Page::of(applicant("2026-05-31"), "2029-12-31");
    for (on, answers) in [
        ("2026-06-10", vec![]),
        ("2026-07-01", vec![]),
        ("2026-07-03", vec![]),
        ("2026-07-03", vec![("mentors", "示例乙 示例丙")]),
        ("2027-07-01", vec![]),
        ("2027-07-02", vec![]),
        ("2027-07-05", vec![]),
    ] {
        page.press(on, &answers).expect("in turn");
    }
    assert_eq!(page.flow().acts[0].label, "登记：开始公示");
    assert_eq!(
        page.press("2027-07-01", &[]),
        Err(vec!["公示早于“报上级党委”（2027-07-05）".to_owned()])
    );
    page.press("2027-07-06", &[]).expect("posted");
    assert_eq!(
        page.press("2027-07-10", &[("notice_result", "clear")]),
        Err(vec!["公示不满 5 个工作日，到 2027-07-10 是 4 个".to_owned()])
    );
    assert_eq!(
        page.press("2027-07-13", &[("notice_result", "objection")]),
        Err(vec!["没有公示无异议的结果".to_owned()])
    );
    page.press("2027-07-13", &[("notice_result", "clear")]).expect("over");
}

/// Inspections and the end of a file are entered where the file is.
#[test]
fn an_inspection_and_an_end_are_entered_from_the_file() {
    let mut page = Page::of(applicant("2022-01-05"), "2022-11-22");
    assert_eq!(
        page.act("inspection", "2022-03-01", &[("opinion", "好")]),
        Err(vec!["这一天不是积极分子，也不是预备党员".to_owned()])
    );
    page.press("2022-01-20", &[]).expect("in turn");
    page.press("2022-05-31", &[]).expect("in turn");
    assert_eq!(
        page.act("inspection", "2022-11-20", &[("opinion", "  ")]),
        Err(vec!["没有写考察意见".to_owned()])
    );
    page.act("inspection", "2022-11-20", &[("opinion", "继续培养")])
        .expect("an activist");
    let made = &page.sheet.drafts[1];
    assert_eq!((made.ledger, made.unit()), ("inspection", Some(UNIT)));
    assert_eq!(
        page.act("leave", "2022-11-20", &[]),
        Err(vec!["没有写终止原因".to_owned()])
    );
    page.act("leave", "2022-11-20", &[("left_reason", "本人撤回")])
        .expect("a reason");
    assert!(page.flow().acts.is_empty());
    assert_eq!(page.text("left"), "2022-11-20");
}

#[test]
fn names_in_a_list_are_counted() {
    for (text, count) in [
        ("", 0),
        ("张三", 1),
        ("张三、李四", 2),
        ("张三，李四，", 2),
        ("张三 李四", 2),
        ("李 明", 1),
        ("张三\n李四\n王五", 3),
    ] {
        assert_eq!(names_in(text), count, "{text}");
    }
}

/// The line of a step in the calendar of a file.
fn planned(file: &Draft, field: &str, on: &str) -> Planned {
    let all = schedule(Development::of(file), day(on), &Settings::default());
    assert_eq!(all.len(), STEPS.len());
    all.into_iter().find(|one| one.step.field == field).expect("a step")
}

/// A file whose steps before `field` were all taken on a day.
fn file_before(rule: &str, field: &str, on: &str) -> Draft {
    let mut file = applicant(on);
    rows_support::set(&mut file, "rule", rows_support::Cell::value(rule));
    for step in STEPS.iter().take_while(|step| step.field != field) {
        if rule == "2014" && step.field == "noticed" {
            continue;
        }
        rows_support::set(&mut file, step.field, rows_support::Cell::value(on));
    }
    file
}

/// A version, a step, the day of all steps before it, its first and its last day.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);

/// First and last day of every step that has one, under both versions: the step, the day of all steps before it, the first
/// and the last day. Months end with the month: 31 January and a month is 28 February, in a leap year 29.
#[test]
fn first_and_last_days_of_every_step_under_both_versions() {
    let cases: [Case; 22] = [
        ("2014", "talked", "2023-01-31", None, Some("2023-02-28")),
        ("2026-05", "talked", "2028-01-31", None, Some("2028-02-29")),
        ("2014", "inspected", "2022-06-30", Some("2023-06-30"), None),
        ("2026-05", "inspected", "2024-02-29", Some("2025-02-28"), None),
        ("2014", "proposed", "2022-06-30", Some("2023-06-30"), None),
        ("2026-05", "proposed", "2026-08-31", Some("2027-08-31"), None),
        ("2014", "consented", "2022-06-30", None, None),
        ("2026-05", "consented", "2026-06-30", None, None),
        ("2014", "voted", "2022-08-31", None, Some("2022-09-30")),
        ("2026-05", "voted", "2026-08-31", None, Some("2026-09-30")),
        ("2014", "approved", "2022-11-30", None, Some("2023-02-28")),
        ("2026-05", "approved", "2027-11-30", None, Some("2028-02-29")),
        ("2014", "sworn", "2022-08-31", None, None),
        ("2026-05", "sworn", "2026-08-31", None, Some("2026-09-30")),
        ("2014", "observed", "2022-02-28", Some("2023-02-28"), None),
        ("2026-05", "observed", "2028-02-29", Some("2029-02-28"), None),
        ("2014", "requested", "2022-08-31", Some("2023-08-31"), None),
        ("2026-05", "requested", "2026-08-31", Some("2027-08-31"), None),
        ("2014", "revoted", "2022-08-31", Some("2023-08-31"), Some("2023-08-31")),
        (
            "2026-05",
            "revoted",
            "2026-08-31",
            Some("2027-08-31"),
            Some("2027-08-31"),
        ),
        ("2014", "recorded", "2022-08-31", None, None),
        ("2026-05", "assigned", "2026-08-31", None, None),
    ];
    for (rule, field, on, first, last) in cases {
        let file = file_before(rule, field, on);
        let one = planned(&file, field, on);
        assert_eq!(one.standing, Standing::Now, "{rule} {field}");
        // Without a rule of its own a step may follow the one before on the same day.
        let first = first.unwrap_or(on);
        assert_eq!(one.earliest, Some(day(first)), "{rule} {field}: first day");
        assert_eq!(one.latest, last.map(day), "{rule} {field}: last day");
    }
    // The special case of an approval; the approval of a full member.
    let mut special = file_before("2026-05", "approved", "2026-08-31");
    rows_support::set(&mut special, "special", rows_support::Cell::value(true));
    assert_eq!(
        planned(&special, "approved", "2026-09-01").latest,
        Some(day("2027-02-28"))
    );
    let mut full = file_before("2026-05", "confirmed", "2026-11-30");
    rows_support::set(&mut full, "exit", rows_support::Cell::value("on_time"));
    assert_eq!(
        planned(&full, "confirmed", "2026-12-01").latest,
        Some(day("2027-02-28"))
    );
}

/// The public notice: the two notices of the calendar of 2026, and no such step under the version of 2014.
#[test]
fn the_notice_in_the_calendar_of_a_person() {
    for (from, first) in [("2026-09-28", "2026-10-10"), ("2026-02-13", "2026-02-27")] {
        let mut file = file_before("2026-05", "noticed", "2026-02-10");
        rows_support::set(&mut file, "notice_from", rows_support::Cell::value(from));
        assert_eq!(planned(&file, "noticed", from).earliest, Some(day(first)), "{from}");
    }
    // Not posted yet: as if it were posted today.
    let file = file_before("2026-05", "noticed", "2026-02-10");
    assert_eq!(
        planned(&file, "noticed", "2026-09-28").earliest,
        Some(day("2026-10-10"))
    );
    let old = file_before("2014", "sponsored", "2022-08-31");
    assert_eq!(planned(&old, "noticed", "2022-09-01").standing, Standing::Skipped);
    assert_eq!(planned(&old, "sponsored", "2022-09-01").standing, Standing::Now);
}

/// The way ahead of an applicant is reckoned from one year to the next; what was taken late says so.
#[test]
fn the_way_ahead_is_reckoned_and_late_steps_are_seen() {
    let file = file_before("2014", "chosen", "2022-01-10");
    let on = "2022-03-01";
    assert_eq!(planned(&file, "chosen", on).earliest, Some(day("2022-01-10")));
    assert_eq!(planned(&file, "filed", on).earliest, Some(day(on)), "not before today");
    assert_eq!(planned(&file, "inspected", on).earliest, Some(day("2023-03-01")));
    assert_eq!(planned(&file, "voted", on).earliest, Some(day("2023-03-01")));
    assert_eq!(planned(&file, "revoted", on).earliest, Some(day("2024-03-01")));
    assert_eq!(
        planned(&file, "voted", on).latest,
        None,
        "what it counts from has not happened"
    );
    let mut late = applicant("2022-01-10");
    rows_support::set(&mut late, "talked", rows_support::Cell::value("2022-02-15"));
    assert!(planned(&late, "talked", on).is_late(day(on)));
    let shown = Page::of(late, on).flow();
    assert_eq!(shown.steps[1].note, "期限 2022-02-10，晚 5 天，第七条");
    assert!(
        shown.state.ends_with("按2014年5月版办理，条款按 2026 年版编号"),
        "{}",
        shown.state
    );
}

fn sample() -> Sheet {
    sheet(&SampleOptions::default())
}

fn sample_board() -> BoardVm {
    let records = sample();
    let today = day("2022-11-22");
    let mut values = programmes::board(Period::Year(2022), today);
    values.refresh(&records);
    board(Source {
        records: &records,
        board: &values,
    })
}

/// M23: everybody in hand stands on the board once, and the figures are those of the indicators.
#[test]
fn the_board_holds_everybody_in_hand() {
    let vm = sample_board();
    let records = sample();
    let reading = |indicator| evaluate(indicator, &records, Period::Year(2022), day("2022-11-22"), &Scope::Town);
    let shown = reading(indicator_by_id("seedling.development").expect("an indicator"));
    assert_eq!(vm.cards().count().to_string(), shown.numerator.to_string());
    for column in &vm.columns {
        let part = shown
            .parts
            .iter()
            .find(|part| &*part.key == column.stage.code())
            .expect("a part");
        assert_eq!(
            column.cards.len().to_string(),
            part.amount.to_string(),
            "{}",
            column.stage.label()
        );
    }
    let quota = vm.quota.expect("a quota");
    assert_eq!(quota.used, reading(&QUOTA).numerator);
    assert_eq!(vm.count(State::Late), 1, "the applicant who was not talked with");
    let first = &vm.columns[0].cards[0];
    assert_eq!((first.state, first.next.as_str()), (State::Late, "2 派人谈话"));
    let acts = vm.acts();
    let at = |key: &str| STEPS.iter().position(|step| step.field == key).expect("a step");
    assert!(
        acts.len() > 3 && acts.is_sorted_by_key(|(key, ..)| at(key)),
        "in the order of the steps"
    );
    let of_acts: usize = acts.iter().map(|(_, _, count)| count).sum();
    assert_eq!(of_acts, vm.cards().count());
    assert!(vm.whose == "全镇" && !vm.is_empty);
}

fn activists(count: usize) -> Sheet {
    let one = |n: usize| {
        let id = format!("d{n}");
        let name = format!("示例{n}");
        let mut file = file_before("2014", "voted", "2022-08-31");
        file.id = id;
        rows_support::set(&mut file, "name", rows_support::Cell::value(name.as_str()));
        file
    };
    Sheet {
        drafts: (1..=count).map(one).collect(),
    }
}

/// M23: one meeting, three persons, one by one: the counts of the meeting once, the votes of each; all or nothing.
#[test]
fn a_meeting_treats_several_persons() {
    let records = activists(3);
    let ids: Vec<String> = records.drafts.iter().map(|draft| draft.id.clone()).collect();
    let today = day("2022-09-20");
    let [shared, own] = asked_together(&records, &ids, "voted", today, &Settings::default());
    let names = |fields: &[(Slot, &'static Field)]| fields.iter().map(|(_, field)| field.name).collect::<Vec<_>>();
    assert_eq!(names(&shared), ["vote_due", "vote_present", "vote_written"]);
    assert_eq!(names(&own), ["vote_ayes", "vote_nays", "vote_abstain"]);
    let sit = |ayes: [&'static str; 3]| {
        let ayes: BTreeMap<String, &str> = ids.iter().cloned().zip(ayes).collect();
        let counts = |field: &str| match field {
            "vote_due" => "20".to_owned(),
            "vote_present" => "18".to_owned(),
            _ => String::new(),
        };
        let own = |id: &str, field: &str| match field {
            "vote_ayes" => ayes.get(id).copied().unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        let sitting = Sitting {
            act: "voted",
            on: day("2022-09-15"),
            today,
            shared: &counts,
            own: &own,
        };
        together(&records, &ids, &sitting)
    };
    let drafts = sit(["18", "17", "11"]).expect("all are carried");
    assert_eq!(drafts.len(), 3);
    let ayes = Development::LEDGER.slot("vote_ayes").expect("a field");
    let due = Development::LEDGER.slot("vote_due").expect("a field");
    let said: Vec<(String, String)> = drafts
        .iter()
        .map(|draft| (text_of(draft.cell(due)), text_of(draft.cell(ayes))))
        .collect();
    let expected = [("20", "18"), ("20", "17"), ("20", "11")].map(|(due, ayes)| (due.to_owned(), ayes.to_owned()));
    assert_eq!(said, expected);
    let refused = sit(["18", "10", ""]).expect_err("one is not carried, of one nothing is said");
    let refused: Vec<(&str, &str)> = refused
        .iter()
        .map(|(name, notices)| (name.as_str(), notices[0].what.as_str()))
        .collect();
    assert_eq!(
        refused,
        [
            ("示例2", "赞成票没有超过应到会有表决权党员的半数，没有通过"),
            ("示例3", "没有表决情况"),
        ]
    );
    // Nobody is registered for a day that is still to come.
    let coming = Sitting {
        act: "voted",
        on: day("2022-09-21"),
        today,
        shared: &|_| String::new(),
        own: &|_, _| String::new(),
    };
    assert!(together(&records, &ids, &coming).is_err());
    assert!(records.find(Development::SCHEMA, "d1").is_some());
}
