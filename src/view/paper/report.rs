//! 工作汇报: what holds, what changed, what is late, what comes next; of the town, a district or a unit, over any period.

use super::block::{Block, Density, Run};
use super::figure::sentence;
use super::ground::{Figures, Ground, date};
use super::kind::{Kind, Of};
use super::pen::{Pen, Say};
use super::picture;
use crate::model::engine::indicator::{Period, Scope};
use crate::model::ledger::Programme;
use crate::model::programmes::indicators;
use crate::model::programmes::town::ledgers::{Goal, Progress};
use crate::model::programmes::town::rules::PAPER_SECTIONS;
use crate::model::records::rows;
use crate::view::follow::FollowVm;
use crate::view::route::{Address, Route};
use crate::view::standing::standing;
use crate::view::{format, show};

/// 工作汇报.
pub const REPORT: Kind = Kind {
    id: "report",
    label: "工作汇报",
    whom: "报县里，或在会上用；按月、季、半年、年，全镇、片区或一个村（社区）",
    of: &[Of::Town, Of::District, Of::Unit],
    period: true,
    density: Density::Norm,
    make,
};

/// The sections that a town may choose, by the names it chooses them with.
type Section = (&'static str, fn(&mut Pen, &Ground, &Figures));
const SECTIONS: [Section; 5] = [
    ("总体情况", whole),
    ("工作进展", progress),
    ("存在问题", problems),
    ("下一步工作", next),
    ("分片区情况", by_district),
];

/// The chosen sections in their order; all where the town's words name none.
fn chosen(words: &str) -> Vec<&'static Section> {
    let named = words.split(['、', '，', ',', ' ']);
    let found: Vec<&Section> = named
        .filter_map(|name| SECTIONS.iter().find(|section| section.0 == name.trim()))
        .collect();
    match found.is_empty() {
        true => SECTIONS.iter().collect(),
        false => found,
    }
}

fn make(ground: &Ground) -> Result<Vec<Block>, String> {
    let figures = ground.figures();
    if figures.now.frame().units_in(&ground.asked.scope).next().is_none() {
        return Err("没有村（社区），没有可以汇报的".to_owned());
    }
    let mut pen = Pen::default();
    pen.title(format!("{}{}党建工作情况汇报", ground.whose(), over(ground)));
    match &ground.asked.scope {
        Scope::Town => {
            if let Some(whom) = ground.addressee() {
                pen.addressee(whom);
            }
        }
        Scope::District(_) | Scope::Unit(_) => pen.addressee(ground.office()),
    }
    opening(&mut pen, ground, &figures);
    for (_, write) in chosen(PAPER_SECTIONS.get(&ground.settings)) {
        write(&mut pen, ground, &figures);
    }
    // Who reports to the office is not the office.
    let who = match ground.asked.scope {
        Scope::District(_) => ground.whose(),
        Scope::Town | Scope::Unit(_) => ground.signature(),
    };
    pen.signed(who, date(ground.asked.today));
    Ok(pen.done())
}

/// The period in the title; empty where it has no end.
fn over(ground: &Ground) -> String {
    match ground.asked.period {
        Period::Since(_) | Period::All => String::new(),
        period => period.label(),
    }
}

fn opening(pen: &mut Pen, ground: &Ground, figures: &Figures) {
    let units: Vec<_> = figures.now.frame().units_in(&ground.asked.scope).collect();
    let communities = units.iter().filter(|unit| unit.community).count();
    let villages = units.len() - communities;
    let count = match (&ground.asked.scope, villages, communities) {
        (Scope::Unit(_), ..) => String::new(),
        (_, 0, _) => format!("{communities}个社区"),
        (_, _, 0) => format!("{villages}个村"),
        _ => format!("{}个村（社区）", units.len()),
    };
    let list = Address::from(Route::Ledger("unit".to_owned())).hash();
    let say = Say::words(format!("现将{}{}党建工作情况汇报如下。", ground.here(), over(ground)));
    let say = say.and(format!("数据截至{}", date(ground.day)));
    let say = match count.is_empty() {
        true => say.and("。"),
        false => say.and("，统计范围为").link(count, list).and("。"),
    };
    pen.say("opening", say);
}

fn whole(pen: &mut Pen, ground: &Ground, figures: &Figures) {
    pen.heading(1, "whole", "总体情况");
    let scope = &ground.asked.scope;
    let mut say = Say::words("五项工程中，");
    for (at, programme) in Programme::ALL.into_iter().enumerate() {
        let stands = standing(&figures.now, &figures.overdue, programme, scope);
        let how = match figures.now.progress(programme, scope) {
            Some(progress) => format!("进度{}，{}", format::whole(progress), stands.words),
            None => stands.words,
        };
        let page = Address::from(Route::Programme(programme)).hash();
        let separator = if at == 0 { "" } else { "；" };
        say = say.and(separator).and(programme.full_name()).link(how, page);
    }
    pen.say("whole.standing", say.and("。"));
    if let Some(say) = moved(ground, figures) {
        pen.say("whole.moved", say);
    }
    drawn(pen, figures, scope);
}

/// The progress of the programmes as a picture, beside that of a year ago where all of it is known.
fn drawn(pen: &mut Pen, figures: &Figures, scope: &Scope) {
    let whole = |progress: Option<i64>| progress.map(format::whole_percent);
    let now = Programme::ALL.map(|programme| whole(figures.now.progress(programme, scope)));
    if now.iter().all(Option::is_none) {
        return;
    }
    let year = figures.earlier.iter().find(|(word, _)| *word == "上年同期");
    let then = year.map(|(word, board)| {
        let then = Programme::ALL.map(|programme| whole(figures.progress_then(board, programme, scope)));
        (*word, then)
    });
    let then = then.filter(|(_, then)| then.iter().any(Option::is_some));
    pen.picture("whole.picture", picture::progress(&now, then), "五项工程进度（%）");
}

/// How the progress of the programmes moved; nothing where no earlier one is known.
fn moved(ground: &Ground, figures: &Figures) -> Option<Say> {
    let scope = &ground.asked.scope;
    let mut said = Vec::new();
    for (word, board) in &figures.earlier {
        let (mut up, mut down, mut same, mut open) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let part = |programme: Programme, by: String| {
            Say::words(programme.label()).link(by, Address::from(Route::Programme(programme)).hash())
        };
        for programme in Programme::ALL {
            let (Some(now), Some(then)) = (
                figures.now.progress(programme, scope),
                figures.progress_then(board, programme, scope),
            ) else {
                open.push(programme.label());
                continue;
            };
            let points = (format::whole_percent(now) - format::whole_percent(then)).abs();
            match format::whole_percent(now).cmp(&format::whole_percent(then)) {
                std::cmp::Ordering::Greater => up.push(part(programme, format!("提高{points}个百分点"))),
                std::cmp::Ordering::Less => down.push(part(programme, format!("下降{points}个百分点"))),
                std::cmp::Ordering::Equal => same.push(programme.label().to_owned()),
            }
        }
        if same.len() == Programme::ALL.len() {
            said.push(Say::words(format!("与{word}相比，五项工程进度都持平")));
            continue;
        }
        let same = (!same.is_empty()).then(|| Say::words(format!("{}持平", same.join("、"))));
        let parts: Vec<Say> = up.into_iter().chain(down).chain(same).collect();
        // What cannot be compared is named: it is not meant with the others.
        let open = (!open.is_empty()).then(|| format!("（{}当时填报不全，不作比较）", open.join("、")));
        if !parts.is_empty() {
            let said_of = Say::words(format!("与{word}相比，")).with(Say::joined(parts, "，"));
            said.push(said_of.and(open.unwrap_or_default()));
        }
    }
    (!said.is_empty()).then(|| Say::joined(said, "；").and("。"))
}

fn progress(pen: &mut Pen, ground: &Ground, figures: &Figures) {
    pen.heading(1, "progress", "工作进展");
    for programme in Programme::ALL {
        let own = indicators().filter(|i| i.programme == programme);
        let mut say = Say::default();
        for indicator in own {
            say = say.with(sentence(figures, indicator, &ground.asked.scope));
        }
        if say == Say::default() {
            continue;
        }
        pen.heading(2, &format!("progress.{}", programme.id()), programme.full_name());
        let is_silent = figures
            .now
            .frame()
            .units_in(&ground.asked.scope)
            .all(|unit| figures.now.is_silent(programme, &unit.code));
        let say = match is_silent {
            true => Say::words("没有填报。"),
            false => say,
        };
        pen.say(&format!("progress.{}.text", programme.id()), say);
    }
}

/// Who it is and how much; of a paper of one unit what its own name would only repeat is left out.
fn detail<'a>(ground: &Ground, item: &'a FollowVm) -> &'a str {
    let Scope::Unit(code) = &ground.asked.scope else {
        return &item.detail;
    };
    let name = show::unit_name(ground.records, code);
    let rest = item
        .detail
        .strip_prefix(name.as_str())
        .unwrap_or(&item.detail)
        .trim_start();
    if item.title.starts_with(rest) { "" } else { rest }
}

/// One follow-up as a sentence, who and until when; its words lead to the list.
pub fn told(ground: &Ground, item: &FollowVm) -> Say {
    let mut say = Say::default().link(&item.title, &item.list_href);
    let detail = detail(ground, item);
    if !detail.is_empty() {
        say = say.and("：").and(detail);
    }
    if !item.when.is_empty() {
        say = say.and("，").and(when(&item.when));
    }
    say.and("。")
}

/// `11-25 到期` in running text: `11月25日到期`; other words as they are.
fn when(words: &str) -> String {
    let day = words.strip_suffix(" 到期").and_then(|day| {
        let (month, day) = day.split_once('-')?;
        Some((month.parse::<u8>().ok()?, day.parse::<u8>().ok()?))
    });
    day.map_or_else(|| words.to_owned(), |(month, day)| format!("{month}月{day}日到期"))
}

fn problems(pen: &mut Pen, ground: &Ground, figures: &Figures) {
    pen.heading(1, "problems", "存在问题");
    if figures.todo.is_empty() {
        pen.text("problems.none", "没有发现超过期限或需要跟进的事项。");
        return;
    }
    let late = figures.todo.iter().filter(|item| item.is_overdue).count();
    let all = figures.todo.len();
    let count = match late {
        0 => format!("需要跟进的有{all}类事项："),
        1 if all == 1 => "需要跟进的有1类事项，已超过期限：".to_owned(),
        late if late == all => format!("需要跟进的有{all}类事项，都已超过期限："),
        late => format!("需要跟进的有{all}类事项，其中{late}类已超过期限："),
    };
    pen.text("problems.count", count);
    let items = figures
        .todo
        .iter()
        .map(|item| (format!("gap.{}", item.id), told(ground, item)));
    pen.list("problems.list", items.collect());
}

fn next(pen: &mut Pen, ground: &Ground, figures: &Figures) {
    pen.heading(1, "next", "下一步工作");
    let mut any = false;
    for programme in Programme::ALL {
        let own: Vec<&FollowVm> = figures.todo.iter().filter(|item| item.programme == programme).collect();
        let late = own.iter().filter(|item| item.is_overdue).count();
        let say = match (late, own.len() - late) {
            (0, 0) => continue,
            (0, soon) => format!(
                "{}：对{soon}类需要跟进的事项逐项落实到人，按期办结。",
                programme.full_name()
            ),
            (late, 0) => format!("{}：对{late}类逾期事项逐项督办，办结后销号。", programme.full_name()),
            (late, soon) => format!(
                "{}：对{late}类逾期事项逐项督办，办结后销号；对其余{soon}类事项逐项落实到人，按期办结。",
                programme.full_name()
            ),
        };
        any = true;
        pen.text(&format!("next.{}", programme.id()), say);
    }
    if ground.asked.scope == Scope::Town {
        any |= goals(pen, ground);
    }
    if !any {
        pen.text("next.none", "继续按工作计划推进各项工程。");
    }
}

/// Goals of the year that are not done, as the town wrote them.
fn goals(pen: &mut Pen, ground: &Ground) -> bool {
    let year = i64::from(ground.day.year());
    let all: Vec<Goal> = rows(ground.records);
    let open = all.into_iter().filter(|g| {
        g.year().map(i64::from) == Some(year) && !Progress::Done.is(g.state()) && !Progress::Stopped.is(g.state())
    });
    let items: Vec<(String, Say)> = open
        .filter_map(|goal| {
            let href = Address::from(Route::Record(goal.id().to_owned())).hash();
            let due = goal
                .due()
                .map_or_else(String::new, |due| format!("，{}前完成", date(due)));
            let say = Say::default().link(goal.text()?, href).and(due).end();
            Some((format!("goal.{}", goal.id()), say))
        })
        .collect();
    let any = !items.is_empty();
    if any {
        pen.text("goals", format!("继续推进{year}年的工程目标："));
    }
    pen.list("goals.list", items);
    any
}

fn by_district(pen: &mut Pen, ground: &Ground, figures: &Figures) {
    if ground.asked.scope != Scope::Town {
        return;
    }
    let known = figures.now.frame().groups();
    let mut rows = Vec::new();
    for (id, name) in ground.districts() {
        if !known.contains(&id.as_str()) {
            continue;
        }
        let scope = Scope::District(id.clone());
        let href = Address::from(Route::District(id)).hash();
        let mut row = vec![Run::link(name, href.clone())];
        row.extend(Programme::ALL.map(|programme| progress_cell(figures, programme, &scope, &href)));
        rows.push(row);
    }
    if rows.is_empty() {
        return;
    }
    pen.heading(1, "districts", "分片区情况");
    let head: Vec<&str> = ["片区"].into_iter().chain(Programme::ALL.map(|p| p.label())).collect();
    pen.table("districts.table", &head, &[3, 2, 2, 2, 2, 2], rows);
}

/// The progress of a programme in a place, leading to its page.
pub fn progress_cell(figures: &Figures, programme: Programme, place: &Scope, href: &str) -> Run {
    match figures.now.progress(programme, place) {
        Some(progress) => Run::link(format::whole(progress), href),
        None => Run::plain("没有填报"),
    }
}

/// The name of a unit as a link to its page.
pub fn unit_link(ground: &Ground, code: &str) -> Run {
    let name = show::unit_name(ground.records, code);
    Run::link(name, Address::from(Route::Unit(code.to_owned())).hash())
}
