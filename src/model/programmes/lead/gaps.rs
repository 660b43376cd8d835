//! What is missing or late in 头雁: secretaries, contacts, talks, duties, elections.

use super::indicators::current;
use super::ledgers::Contact;
use super::{due, rules};
use crate::model::engine::gap::{Days, Finder, Found, finder};
use crate::model::engine::indicator::Ctx;
use crate::model::ledger::Programme;

/// Gaps about secretaries.
#[rustfmt::skip]
pub const PEOPLE: &[Finder] = &[
    finder("vacancy", Programme::Lead, ("secretary", "登记书记"), ("", "没有书记在任"), None, vacancy),
    finder("contact", Programme::Lead, ("contact", "记联系"), ("", "超过 # 天没有片区联系"), Some(&rules::CONTACT_DAYS), contact),
    finder("follow_up", Programme::Lead, ("contact", "看联系"), ("件", "联系时答应的事逾期没有办结"), None, follow_up),
    finder("prior_talk", Programme::Lead, ("prior_talk", "看谈话"), ("名", "书记没有任前谈话记录"), None, prior_talk),
    finder("duty", Programme::Lead, ("duty", "看责任清单"), ("项", "书记责任到期没有完成"), None, duty),
    finder("election", Programme::Lead, ("election", "看换届"), ("", "半年内到期换届"), None, election),
];

fn vacancy(ctx: &Ctx, found: &mut Found) {
    found.whole += 1;
    if current(ctx).is_none() {
        found.lacks();
    }
}

fn contact(ctx: &Ctx, found: &mut Found) {
    // One interval of each unit runs; those before it are counted by nobody.
    let whole = found.whole + 1;
    found.late(&due::CONTACT, Days::Since);
    found.whole = whole;
    if !ctx.rows::<Contact>().into_iter().any(|c| ctx.span.past(c.date())) {
        found.lacks();
    }
}

fn follow_up(_: &Ctx, found: &mut Found) {
    found.late(&due::FOLLOW_UP, Days::Late);
}

/// Of who is in office: a talk that was missed.
fn prior_talk(_: &Ctx, found: &mut Found) {
    found.late(&due::PRIOR_TALK, Days::Nothing);
}

fn duty(_: &Ctx, found: &mut Found) {
    found.late(&due::DUTY, Days::Late);
}

fn election(_: &Ctx, found: &mut Found) {
    found.coming(&due::ELECTION, Days::Nothing);
}
