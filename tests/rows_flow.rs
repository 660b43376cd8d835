//! Workflows as a person meets them: where a record stands, what may be done, what doing it writes.

mod rows_support;

use rows_support::day;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::{Cells, Ledger, TypedRow as _};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::dream::ledgers::Plan;
use tiancheng::model::programmes::{evaluate, indicator_by_id};
use tiancheng::model::records::{Draft, Records, Sheet};
use tiancheng::model::value::Value;
use tiancheng::view::flow::{Answers, Flow, Place, flow, ledgers, perform};
use tiancheng::view::form::errors;

const UNIT: &str = "421223100208";
const TODAY: &str = "2022-11-22";

struct Town(Sheet);

impl Town {
    fn of(drafts: Vec<Draft>) -> Town {
        Town(Sheet { drafts })
    }

    fn ledger(&self, id: &str) -> &'static Ledger {
        let draft = self.0.drafts.iter().find(|d| d.id == id).expect("a record");
        catalogue().get(draft.ledger).expect("a ledger")
    }

    fn place<R>(&self, id: &str, look: impl FnOnce(&Place<'_>) -> R) -> R {
        let ledger = self.ledger(id);
        let cells = self.0.find(ledger.schema, id).expect("a record");
        look(&Place {
            records: &self.0,
            ledger,
            cells,
            today: day(TODAY),
        })
    }

    fn flow(&self, id: &str) -> Flow {
        self.place(id, flow).expect("a workflow")
    }

    fn acts(&self, id: &str) -> Vec<String> {
        self.flow(id).acts.into_iter().map(|a| a.key).collect()
    }

    /// Does it and keeps what it writes; the notices otherwise.
    fn act(&mut self, id: &str, key: &str, on: &str, texts: &[(&str, &str)]) -> Result<(), Vec<String>> {
        let text = |wanted: &str| {
            let found = texts.iter().find(|(k, _)| *k == wanted);
            found.map(|(_, t)| (*t).to_owned()).unwrap_or_default()
        };
        let answers = Answers {
            on: day(on),
            text: &text,
            new_id: "made",
        };
        let done = self.place(id, |p| perform(p, key, &answers));
        let drafts = done.map_err(|all| all.into_iter().map(|n| n.what).collect::<Vec<_>>())?;
        for draft in drafts {
            match self.0.drafts.iter_mut().find(|d| d.id == draft.id) {
                Some(old) => draft.cells.into_iter().for_each(|(slot, value)| old.set(slot, value)),
                None => self.0.drafts.push(draft),
            }
        }
        Ok(())
    }

    fn text(&self, id: &str, field: &str) -> String {
        let slot = self.ledger(id).slot(field).expect("a field");
        let draft = self.0.drafts.iter().find(|d| d.id == id).expect("a record");
        draft.cell(slot).as_str().unwrap_or_default().to_owned()
    }
}

/// Z4, Z6: each step in its turn, sent back with a comment, and every version kept.
#[test]
fn a_plan_is_taken_through_its_chain_from_the_panel() {
    let mut town = Town::of(vec![rec!(
        "plan",
        "p",
        unit = UNIT,
        kind = "annual",
        year = 2022,
        drafted = "2022-02-10",
        summary = "修水渠"
    )]);
    assert_eq!(town.acts("p"), ["shown"]);
    assert_eq!(
        town.act("p", "guided", "2022-02-20", &[]),
        Err(vec!["还没有办理“晒计划”".to_owned()])
    );
    town.act("p", "shown", "2022-02-16", &[]).expect("in turn");
    town.act("p", "consulted", "2022-02-20", &[]).expect("in turn");
    assert_eq!(town.acts("p"), ["guided", "return"]);
    assert_eq!(
        town.act("p", "return", "2022-02-21", &[("comment", " ")]),
        Err(vec!["没有写退回意见".to_owned()])
    );
    town.act("p", "return", "2022-02-21", &[("comment", "补充责任人")])
        .expect("sent back");
    assert_eq!(town.text("made", "comment"), "补充责任人");
    assert_eq!(town.flow("p").state, "第 2 稿，退回修改，现为晒计划");
    assert_eq!(town.acts("p"), ["consulted"]);
    for (step, on) in [
        ("consulted", "2022-02-25"),
        ("guided", "2022-02-26"),
        ("approved", "2022-02-27"),
        ("finalised", "2022-02-28"),
    ] {
        assert_eq!(town.acts("p")[0], step);
        town.act("p", step, on, &[]).expect("in turn");
    }
    let flow = town.flow("p");
    assert!(flow.acts.is_empty() && flow.waiting.is_none());
    assert!(flow.steps.iter().all(|s| s.done && !s.current));
}

/// A plan that has come through every step but the last.
fn approved_plan() -> Draft {
    rec!(
        "plan",
        "p",
        unit = UNIT,
        kind = "annual",
        year = 2022,
        drafted = "2022-02-10",
        shown = "2022-02-11",
        consulted = "2022-02-12",
        guided = "2022-02-13",
        approved = "2022-02-14"
    )
}

/// A plan that says nothing cannot be final.
#[test]
fn an_empty_plan_is_not_finalised() {
    let mut town = Town::of(vec![approved_plan()]);
    assert_eq!(
        town.act("p", "finalised", "2022-02-15", &[]),
        Err(vec!["计划还没有内容，不能定稿".to_owned()])
    );
    town.0
        .drafts
        .push(rec!("plan_item", "i", unit = UNIT, plan = "p", goal = "修水渠"));
    town.act("p", "finalised", "2022-02-15", &[]).expect("it has an item");
}

/// Nor by its form; and where a file says so all the same, it does not count.
#[test]
fn an_empty_plan_counts_as_none() {
    let finalised = Plan::LEDGER.slot("finalised").expect("a field");
    let today = day("2022-02-20");
    let mut plan = approved_plan();
    plan.set(finalised, Value::text("2022-02-15"));
    let mut records = Sheet {
        drafts: vec![rec!("unit", UNIT, name = "寺前村", kind = "village"), plan.clone()],
    };
    let refused = |records: &Sheet, plan: &Draft| {
        let all = errors(Plan::LEDGER, plan, records, today);
        all.into_iter().map(|n| n.what).collect::<Vec<_>>()
    };
    assert_eq!(refused(&records, &plan), ["计划还没有内容，不能定稿"]);
    let fresh = Draft {
        id: String::new(),
        ..plan.clone()
    };
    assert_eq!(refused(&records, &fresh), ["计划还没有内容，不能定稿"]);
    let mut open = plan.clone();
    open.set(finalised, Value::Null);
    assert!(refused(&records, &open).is_empty());
    let counted = |records: &Sheet| {
        let indicator = indicator_by_id("dream.annual_plan").expect("an indicator");
        evaluate(indicator, records, Period::Year(2022), today, &Scope::Town)
            .numerator
            .to_string()
    };
    assert_eq!(counted(&records), "0");
    let written = |records: &Sheet| Town(records.clone()).flow("p").state;
    assert_eq!(written(&records), "第 1 稿，还没有内容，不算定稿");
    records
        .drafts
        .push(rec!("plan_item", "i", unit = UNIT, plan = "p", goal = "修水渠"));
    assert_eq!(counted(&records), "1");
    assert_eq!(written(&records), "第 1 稿，定稿");
    assert!(refused(&records, &plan).is_empty(), "it has an item");
}

/// The answer is often given first; carrying out stays open, and an item made by form is not made twice.
#[test]
fn an_answered_suggestion_can_still_be_carried_out() {
    let mut town = Town::of(vec![rec!(
        "suggestion",
        "s",
        unit = UNIT,
        date = "2022-03-01",
        text = "修水渠",
        state = "adopted",
        studied = "2022-03-02",
        replied = "2022-03-03"
    )]);
    assert_eq!(town.flow("s").state, "已反馈，待落实");
    assert_eq!(town.acts("s"), ["land", "item"]);
    assert!(town.flow("s").acts[1].waits.contains("还没有计划"));
    assert!(town.act("s", "item", "2022-03-06", &[("due", "2022-10-31")]).is_err());
    town.0
        .drafts
        .push(rec!("plan", "p", unit = UNIT, kind = "annual", year = 2022));
    let by_form = rec!(
        "plan_item",
        "i",
        unit = UNIT,
        plan = "p",
        goal = "修水渠",
        suggestion = "s"
    );
    town.0.drafts.push(by_form);
    assert_eq!(town.acts("s"), ["land"]);
    assert_eq!(
        town.act("s", "item", "2022-03-06", &[("plan", "p"), ("due", "2022-10-31")]),
        Err(vec!["已经列入计划事项".to_owned()])
    );
    town.act("s", "land", "2022-10-20", &[]).expect("after the answer");
    assert_eq!(town.flow("s").state, "已反馈");
}

/// Nothing is entered for a day that has not come.
#[test]
fn a_step_of_tomorrow_is_refused() {
    let mut town = Town::of(vec![rec!(
        "plan",
        "p",
        unit = UNIT,
        kind = "annual",
        year = 2022,
        drafted = "2022-02-10"
    )]);
    assert_eq!(
        town.act("p", "shown", "2022-11-23", &[]),
        Err(vec!["日期在今天之后".to_owned()])
    );
    assert_eq!(town.text("p", "shown"), "");
}

/// Z5: 提出 → 研判 → 列入计划事项 → 落实 → 反馈.
#[test]
fn a_suggestion_is_followed_to_its_answer_from_the_panel() {
    let mut town = Town::of(vec![
        rec!("suggestion", "s", unit = UNIT, date = "2022-03-01", text = "修水渠"),
        rec!(
            "plan",
            "p",
            unit = UNIT,
            kind = "annual",
            year = 2022,
            drafted = "2022-02-10"
        ),
    ]);
    assert_eq!(town.flow("s").waiting, Some(266));
    assert_eq!(town.acts("s"), ["study"]);
    assert_eq!(
        town.act("s", "study", "2022-03-05", &[("state", "declined")]),
        Err(vec!["不采纳没有写理由".to_owned()])
    );
    town.act("s", "study", "2022-03-05", &[("state", "adopted")])
        .expect("studied");
    assert_eq!(town.acts("s"), ["land", "reply", "item"]);
    assert_eq!(
        town.act("s", "item", "2022-03-06", &[("plan", "p"), ("due", "年底")]),
        Err(vec!["完成期限不是日期".to_owned()])
    );
    town.act("s", "item", "2022-03-06", &[("plan", "p"), ("due", "2022-10-31")])
        .expect("an item");
    assert_eq!(
        (town.text("s", "item"), town.text("made", "suggestion")),
        ("made".into(), "s".into())
    );
    assert_eq!(town.text("made", "goal"), "修水渠");
    assert_eq!(town.acts("s"), ["land", "reply"]);
    town.act("s", "land", "2022-10-20", &[]).expect("done");
    town.act("s", "reply", "2022-10-22", &[]).expect("told");
    assert!(town.acts("s").is_empty());
    assert!(town.flow("s").steps.iter().all(|s| s.done));
}

/// Q5, Q6: eight stages of building in order, then in use; a stage that was never planned gets its record.
#[test]
fn a_centre_is_built_stage_by_stage_from_the_panel() {
    let mut town = Town::of(vec![rec!("centre", "c", unit = UNIT, state = "planned")]);
    for n in 0..8 {
        let key = town.acts("c")[0].clone();
        assert_ne!(key, "open", "stage {n}");
        town.act("c", &key, &format!("2022-0{}-01", n + 1), &[])
            .expect("in turn");
        let made = town.0.drafts.iter_mut().find(|d| d.id == "made").expect("a stage");
        made.id = format!("stage-{n}");
    }
    assert_eq!(town.acts("c"), ["open"]);
    town.act("c", "open", "2022-09-01", &[]).expect("all done");
    assert_eq!(town.text("c", "state"), "built");
    assert!(town.acts("c").is_empty());
}

/// Q3: replaced and renewed before a centre counts as new.
#[test]
fn an_old_centre_is_renewed_from_the_panel() {
    let mut town = Town::of(vec![rec!("centre", "c", unit = UNIT, state = "upgrading")]);
    assert_eq!(town.acts("c"), ["parts_replaced", "content_updated"]);
    town.act("c", "parts_replaced", "2022-05-05", &[]).expect("done");
    assert_eq!(town.text("c", "parts_replaced_on"), "2022-05-05");
    assert_eq!(
        town.flow("c").steps[0].day,
        Some(day("2022-05-05")),
        "the day asked for is kept"
    );
    assert!(town.act("c", "open", TODAY, &[]).is_err());
    let item = rec!(
        "centre_item",
        "i",
        unit = UNIT,
        centre = "c",
        list = "content",
        text = "公开栏"
    );
    town.0.drafts.push(item);
    assert_eq!(
        town.act("c", "content_updated", TODAY, &[]),
        Err(vec!["检查清单里还有 1 项没有完成".to_owned()])
    );
    rows_support::set(&mut town.0.drafts[1], "done", Value::text(TODAY));
    town.act("c", "content_updated", TODAY, &[]).expect("done");
    town.act("c", "open", TODAY, &[]).expect("open");
    assert_eq!(town.text("c", "state"), "built");
}

/// M13, M16, F14, F15, F19: people move on, their records stay and link both ways.
#[test]
fn people_are_converted_from_the_panel_and_keep_their_history() {
    let mut town = Town::of(vec![
        rec!(
            "mobile",
            "m",
            unit = UNIT,
            name = "示例甲",
            intent = "work",
            since = "2021-01-01"
        ),
        rec!("assistant", "a", unit = UNIT, name = "示例乙", since = "2022-01-01"),
        rec!("returnee", "r", unit = UNIT, name = "示例丙", kind = "work"),
        rec!("returnee", "f", unit = UNIT, name = "示例丁", kind = "found"),
    ]);
    assert!(
        town.acts("f").is_empty(),
        "who founds a business does not take this path"
    );
    for (from, field) in [("m", "mobile"), ("a", "assistant")] {
        assert_eq!(town.acts(from), ["reserve"]);
        town.act(from, "reserve", "2022-06-01", &[]).expect("taken in");
        let id = format!("reserve-{from}");
        town.0.drafts.iter_mut().find(|d| d.id == "made").expect("made").id = id.clone();
        let slot = town.ledger(from).slot("reserve").expect("a field");
        let old = town.0.drafts.iter_mut().find(|d| d.id == from).expect("still there");
        assert_eq!(old.cell(slot), &Value::text("made"));
        old.set(slot, Value::text(id.clone()));
        assert_eq!(town.text(&id, field), from);
        assert!(town.acts(from).is_empty());
    }
    assert_eq!(
        town.act("reserve-a", "elect", "2022-09-01", &[]),
        Err(vec!["没有写职务".to_owned()])
    );
    town.act("reserve-a", "elect", "2022-09-01", &[("post", "支部委员")])
        .expect("elected");
    assert_eq!(town.text("made", "post"), "支部委员");
    assert_eq!(town.flow("a").state, "进入两委");
    town.0.drafts.iter_mut().find(|d| d.id == "made").expect("made").id = "cadre-a".into();

    town.act("r", "start", "2022-02-01", &[]).expect("begun");
    town.0.drafts.iter_mut().find(|d| d.id == "made").expect("made").id = "t".into();
    assert!(town.acts("r").is_empty(), "one path for one person");
    town.act("t", "hired", "2022-03-01", &[]).expect("in turn");
    town.act("t", "enrolled", "2022-04-01", &[]).expect("in turn");
    // The result is asked for in the step, and without it nothing is passed.
    assert_eq!(town.flow("t").acts[0].asks[0].label, "考核结果");
    assert_eq!(
        town.act("t", "assessed", "2022-05-01", &[]),
        Err(vec!["没有选考核结果".to_owned()])
    );
    assert_eq!(town.flow("t").state, "千人计划");
    town.act("t", "assessed", "2022-05-01", &[("assess_result", "pass")])
        .expect("in turn");
    assert_eq!(town.flow("t").state, "考核合格");
    town.act("t", "elected", "2022-06-01", &[]).expect("in turn");
    assert_eq!(town.acts("t")[..2], ["cadre", "secretary"]);
    town.act("t", "secretary", "2022-06-10", &[]).expect("a post");
    assert_eq!(town.text("made", "path"), "t");
    assert_eq!(town.text("t", "secretary"), "made");
}

/// M1: the next of the 25 (+1) steps is offered, and only it; what it needs is said.
#[test]
fn a_member_is_developed_step_by_step_from_the_panel() {
    let mut town = Town::of(vec![rec!(
        "development",
        "d",
        unit = UNIT,
        name = "示例甲",
        applied = "2021-01-05"
    )]);
    assert_eq!(town.acts("d"), ["talked", "leave"]);
    let flow = town.flow("d");
    assert_eq!(flow.steps.len(), 26);
    assert_eq!(flow.steps[0].label, "1 递交入党申请书");
    assert_eq!(flow.steps[8].label, "8+ 公示");
    town.act("d", "talked", "2021-01-20", &[]).expect("in turn");
    town.act("d", "chosen", "2021-06-01", &[]).expect("in turn");
    town.act("d", "filed", "2021-06-10", &[]).expect("in turn");
    let refused = town
        .act("d", "mentored", "2021-06-20", &[])
        .expect_err("nobody is named");
    assert_eq!(refused, ["培养联系人应为 1 至 2 名正式党员"]);
}

/// Every workflow has a panel, and its ledger exists.
#[test]
fn workflows_belong_to_ledgers() {
    let all: Vec<&str> = ledgers().collect();
    assert_eq!(all.len(), 12);
    for id in &all {
        assert!(catalogue().get(id).is_some(), "{id}");
    }
    let place = Place {
        records: &Sheet::default(),
        ledger: catalogue().get("night_talk").expect("a ledger"),
        cells: &rec!("night_talk", "n", unit = UNIT),
        today: day(TODAY),
    };
    assert_eq!(flow(&place), None);
}
