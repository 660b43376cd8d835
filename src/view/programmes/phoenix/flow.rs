//! What may be done in 引凤: 千人计划 and the conversion of a returnee.

use crate::model::ledger::TypedRow as _;
use crate::model::programmes::phoenix::ledgers::{ReturnKind, Returnee, Thousand};
use crate::model::programmes::phoenix::returnee;
use crate::model::records::rows_of;
use crate::view::flow::place::{
    Answers, Flow, Kind, Performed, Place, act, ask, both, choose, register, since_last, steps, unknown,
};

/// The ledgers with a workflow.
pub(in crate::view) const KINDS: &[Kind] = &[
    Kind {
        ledger: Thousand::LEDGER.id,
        show: thousand_flow,
        act: thousand_act,
    },
    Kind {
        ledger: Returnee::LEDGER.id,
        show: returnee_flow,
        act: returnee_act,
    },
];

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

fn returnee_flow(place: &Place<'_>) -> Flow {
    let row = Returnee::of(place.cells);
    let unit = row.unit().unwrap_or_default().to_owned();
    let path = rows_of::<Thousand>(place.records, &unit)
        .into_iter()
        .find(|t| t.returnee() == Some(row.id()));
    let state = path.and_then(|t| returnee::stage_at(t, place.today));
    let acts = match (path, ReturnKind::of(row.kind())) {
        (None, Some(ReturnKind::Work)) => vec![act("start", "登记聘用意向，进入千人计划台账", Vec::new())],
        _ => Vec::new(),
    };
    Flow {
        state: state.map_or_else(String::new, |s| format!("千人计划：{}", s.label())),
        acts,
        ..Flow::default()
    }
}

fn returnee_act(place: &Place<'_>, key: &str, answers: &Answers<'_>) -> Performed {
    match key {
        "start" => both(
            place,
            returnee::start(Returnee::of(place.cells), answers.new_id, answers.on)?,
        ),
        _ => unknown(),
    }
}
