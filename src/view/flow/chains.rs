//! Workflows that are chains of days: plan, 四议两公开, development of a member, 千人计划.

use super::{Act, Answers, Flow, FlowStep, Kind, Performed, Place, act, ask, choose};
use crate::model::date::Day;
use crate::model::engine::workflow::{Step, day_of};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{Matter, Plan};
use crate::model::programmes::dream::{matter, plan};
use crate::model::programmes::phoenix::ledgers::Thousand;
use crate::model::programmes::phoenix::returnee;
use crate::model::programmes::seedling::development;
use crate::model::programmes::seedling::ledgers::development::Development;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        ledger: Plan::LEDGER.id,
        show: plan_flow,
        act: plan_act,
    },
    Kind {
        ledger: Matter::LEDGER.id,
        show: matter_flow,
        act: matter_act,
    },
    Kind {
        ledger: Development::LEDGER.id,
        show: development_flow,
        act: development_act,
    },
    Kind {
        ledger: Thousand::LEDGER.id,
        show: thousand_flow,
        act: thousand_act,
    },
];

fn steps(place: &Place<'_>, all: &[Step], next: Option<&Step>) -> Vec<FlowStep> {
    let shown = |s: &Step| {
        let day = day_of(place.ledger, place.cells, s.field);
        FlowStep {
            label: s.label.to_owned(),
            who: s.who.to_owned(),
            day,
            done: day.is_some(),
            current: next.is_some_and(|n| n.field == s.field),
        }
    };
    all.iter().map(shown).collect()
}

fn register(step: Option<&Step>) -> Vec<Act> {
    step.map(|s| act(s.field, format!("登记：{}", s.label), Vec::new()))
        .into_iter()
        .collect()
}

/// Days since the last step that has a day.
fn since_last(steps: &[FlowStep], today: Day) -> Option<i32> {
    let last = steps.iter().filter_map(|s| s.day).max()?;
    steps.iter().any(|s| s.current).then(|| today.since(last))
}

fn plan_flow(place: &Place<'_>) -> Flow {
    let row = Plan::of(place.cells);
    let next = plan::next(row);
    let mut acts = register(next);
    let stage = plan::stage_at(row, place.today);
    if matches!(
        stage,
        Some(plan::Stage::Consulted | plan::Stage::Guided | plan::Stage::Approved)
    ) {
        acts.push(act("return", "退回修改", vec![ask("comment", "退回意见")]));
    }
    let version = row.version().unwrap_or(1);
    let returned = row.returned().is_some() && row.consulted().is_none();
    let back = if returned { "退回修改，现为" } else { "" };
    let void = stage == Some(plan::Stage::Finalised) && plan::says_nothing(row, place.records);
    let void = if void { "还没有内容，不算" } else { "" };
    Flow {
        state: stage.map_or_else(String::new, |s| format!("第 {version} 稿，{back}{void}{}", s.label())),
        steps: steps(place, &plan::STEPS, next),
        waiting: plan::waiting(row, place.today),
        acts,
    }
}

fn plan_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    let row = Plan::of(place.cells);
    if key == "finalised" && plan::says_nothing(row, place.records) {
        return Err(vec![plan::refusal()]);
    }
    if key == "return" {
        let done = plan::send_back(row, answers.new_id, &(answers.text)("comment"), answers.on)?;
        return Ok(vec![place.written(done.writes), done.record]);
    }
    Ok(vec![place.written(plan::advance(row, key, answers.on)?)])
}

fn matter_flow(place: &Place<'_>) -> Flow {
    let row = Matter::of(place.cells);
    let next = matter::next(row);
    let steps = steps(place, &matter::STEPS, next);
    Flow {
        state: String::new(),
        waiting: since_last(&steps, place.today),
        steps,
        acts: register(next),
    }
}

fn matter_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    let writes = matter::advance(Matter::of(place.cells), key, answers.on)?;
    Ok(vec![place.written(writes)])
}

fn development_flow(place: &Place<'_>) -> Flow {
    let row = Development::of(place.cells);
    let next = development::next(row, place.today);
    let again = row.exit() == Some("extended") && row.revoted().is_some() && row.confirmed().is_none();
    let acts = if again {
        let options = [("on_time", "按期转正"), ("cancelled", "取消资格")];
        let options = options.map(|(code, word)| (code.to_owned(), word.to_owned())).to_vec();
        vec![act(
            "again",
            "登记：延长期满讨论转正",
            vec![choose("exit", "讨论结果", options)],
        )]
    } else {
        register(next)
    };
    let mut steps = steps(place, &development::STEPS, next);
    for (step, rule) in steps.iter_mut().zip(&development::STEPS) {
        step.label = format!("{} {}", development::number(rule.field), rule.label);
        let notice = development::public_notice(row, &place.settings());
        if let Some(notice) = notice.filter(|_| rule.field == "noticed" && !step.done) {
            step.who = format!("{}，{}", step.who, notice.says());
        }
    }
    let stage = development::stage_at(row, place.today);
    Flow {
        state: stage.map_or_else(String::new, |s| {
            let rule = development::rule_on(row, place.today);
            format!("{}，按{}办理", s.label(), rule.label())
        }),
        waiting: since_last(&steps, place.today),
        steps,
        acts,
    }
}

fn development_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    let row = Development::of(place.cells);
    let settings = place.settings();
    let writes = if key == "again" {
        let exit = match (answers.text)("exit").as_str() {
            "on_time" => "on_time",
            "cancelled" => "cancelled",
            _ => "",
        };
        development::decide_again(row, exit, answers.on, &settings)?
    } else {
        development::advance(row, key, answers.on, &settings)?
    };
    Ok(vec![place.written(writes)])
}

fn thousand_flow(place: &Place<'_>) -> Flow {
    let row = Thousand::of(place.cells);
    let next = returnee::next(row);
    let mut acts = Vec::new();
    let placed = row.secretary().is_some() || row.cadre().is_some();
    if row.elected().is_some() && !placed && row.left().is_none() {
        acts.push(act("cadre", "进入两委，转入两委干部名册", vec![ask("post", "职务")]));
        acts.push(act("secretary", "当选书记，转入书记名册", Vec::new()));
    } else if next.is_some_and(|step| step.field == "assessed") {
        let results = [("pass", "合格"), ("fail", "不合格")].map(|(code, word)| (code.to_owned(), word.to_owned()));
        let asks = vec![choose("assess_result", "考核结果", results.to_vec())];
        acts.push(act("assessed", "登记：考核", asks));
    } else {
        acts.extend(register(next));
    }
    if row.joined().is_none() && row.left().is_none() {
        acts.push(act("leave", "退出", vec![ask("reason", "退出原因")]));
    }
    let steps = steps(place, &returnee::STEPS, next);
    Flow {
        state: match (row.left(), returnee::stage_at(row, place.today)) {
            (Some(day), _) => format!("{day} 已退出"),
            (None, Some(stage)) => stage.label().to_owned(),
            (None, None) => String::new(),
        },
        waiting: row.left().is_none().then(|| since_last(&steps, place.today)).flatten(),
        steps,
        acts,
    }
}

fn thousand_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    let row = Thousand::of(place.cells);
    let made = match key {
        "leave" => {
            let writes = returnee::leave(row, &(answers.text)("reason"), answers.on)?;
            return Ok(vec![place.written(writes)]);
        }
        "assessed" => {
            let result = (answers.text)("assess_result");
            return Ok(vec![place.written(returnee::assess(row, &result, answers.on)?)]);
        }
        "secretary" => returnee::into_secretary(row, answers.new_id, answers.on)?,
        "cadre" => returnee::into_cadre(row, answers.new_id, &(answers.text)("post"), answers.on)?,
        step => return Ok(vec![place.written(returnee::advance(row, step, answers.on)?)]),
    };
    Ok(vec![place.written(made.writes), made.made])
}
