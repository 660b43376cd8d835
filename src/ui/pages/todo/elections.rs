//! 换届: how far each unit is in a round, what is late, what makes a vote void, and the teams before and after.

use leptos::prelude::*;

use super::{Dues, by_units, on_paper, over, reach, use_dues};
use crate::model::engine::due::State;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::ledgers::Election;
use crate::model::status::Status;
use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::card::{Card, Lede, Words};
use crate::ui::components::frame::Head;
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::{opened, portion};
use crate::ui::components::status::status_tag;
use crate::ui::figures::link;
use crate::ui::tables::{Asks, export_menu};
use crate::view::format::UNKNOWN;
use crate::view::portion::ROWS;
use crate::view::programmes::lead::election_change::{MeasureVm, TeamVm};
use crate::view::programmes::lead::elections::{
    self as vm, CellVm, ElectionsVm, FaultVm, ROUND, RowVm, StepVm, new_files, step_count,
};
use crate::view::route::Route;
use crate::view::tables::dues::elections as sheets_of;

/// The page `#/elections`.
pub fn elections() -> AnyView {
    use_shell().head.set(Head {
        back: Some(link(Route::Todo)),
        ..Head::titled("换届")
    });
    let dues = use_dues();
    let shown = Memo::new(move |_| {
        let asked = dues.shell.address.read().get(ROUND).and_then(|year| year.parse().ok());
        dues.town
            .read(|desk| vm::elections(desk.replica(), desk.today(), &reach(desk), asked))
    });
    let lede = Signal::derive(move || lede(&shown.read()));
    view! {
        {on_paper(dues)}
        <Lede parts=lede />
        {bar(dues, shown)}
        {move || if shown.read().round.is_some() { round(dues, shown) } else { nothing(&shown.read()) }}
    }
    .into_any()
}

/// How long until the next round, and how far the one that is shown is.
fn lede(shown: &ElectionsVm) -> Vec<Words> {
    let mut said = Vec::new();
    if let Some(year) = shown.round {
        let (all, begun) = (shown.rows.len(), shown.rows.len() - shown.without.len());
        said.push(Words::Plain(format!(
            "{year} 年换届：{all} 个村（社区）中 {begun} 个建了档案，"
        )));
        said.push(Words::Fact(format!("{} 个已完成", shown.complete)));
        if shown.late() > 0 {
            said.push(Words::Plain("，".to_owned()));
            said.push(Words::Fact(format!("{} 步逾期", shown.late())));
        }
        said.push(Words::Plain("。".to_owned()));
    }
    said.extend(match shown.countdown {
        Some((day, days)) if days >= 0 => vec![
            Words::Plain(format!("最早的一个村（社区）{day} 任期届满，")),
            Words::Fact(format!("还有 {days} 天")),
            Words::Plain("。".to_owned()),
        ],
        Some((day, days)) => vec![
            Words::Plain(format!("最早的一个村（社区）{day} 任期已满，")),
            Words::Fact(format!("已过 {} 天", -days)),
            Words::Plain("。".to_owned()),
        ],
        None => vec![Words::Plain("没有登记上次换届，任期到哪天还不知道。".to_owned())],
    });
    said
}

fn bar(dues: Dues, shown: Memo<ElectionsVm>) -> AnyView {
    let chosen = Signal::derive(move || shown.read().round.map_or_else(String::new, |year| year.to_string()));
    let options = Signal::derive(move || {
        let years = shown.read().rounds.clone().into_iter();
        years
            .map(|year| (year.to_string(), format!("{year} 年换届")))
            .collect::<Vec<_>>()
    });
    let several = move || options.read().len() > 1;
    let print = move |()| {
        if window().print().is_err() {
            dues.shell.toasts.say("浏览器不能打印这一页", None);
        }
    };
    let make = move |_| {
        let shown = shown.read_untracked();
        let what = shown
            .round
            .map_or_else(|| "换届".to_owned(), |year| format!("{year}年换届"));
        let (over, name) = over(dues, &what);
        (name, sheets_of(&shown, &over))
    };
    let has_round = move || shown.read().round.is_some();
    let plans = move || {
        let shown = shown.read();
        // Without a round the page says it below.
        let plans = shown.plans.iter().filter(|_| shown.round.is_some());
        plans
            .map(|(href, words)| view! { <a class=ButtonKind::Plain.class() href=href.clone()>{words.clone()}</a> })
            .collect_view()
    };
    view! {
        <div class="charts-bar no-print">
            <Show when=several>
                <div class="period-bar" role="group" aria-label="看哪一届">
                    <Select label="哪一届" options chosen on_choose=move |year: String| dues.refine(ROUND, &year) />
                </div>
            </Show>
            <div class="button-row">
                {plans}
                <a class=ButtonKind::Plain.class() href=link(Route::Ledger("election".to_owned()))>"换届档案"</a>
                <Show when=has_round>{export_menu(dues.town, Asks::Format, make)}</Show>
                <Button label="打印".to_owned() on_press=print />
            </div>
        </div>
    }
    .into_any()
}

fn nothing(shown: &ElectionsVm) -> AnyView {
    let plans = shown.plans.iter();
    let plan = |(href, words): &(String, String)| {
        view! { <a class=ButtonKind::Main.class() href=href.clone()>{words.clone()}</a> }
    };
    let plans = plans.map(plan).collect_view();
    view! {
        <EmptyState why="还没有安排换届，也没有换届档案。先定各步骤最迟哪天办完，再给各村（社区）建档案。">
            {plans}
            <a class=ButtonKind::Plain.class() href=link(Route::NewRecord("election".to_owned()))>"建一份换届档案"</a>
        </EmptyState>
    }
    .into_any()
}

fn round(dues: Dues, shown: Memo<ElectionsVm>) -> AnyView {
    let count = Signal::derive(move || format!("{} 个村（社区）", shown.read().rows.len()));
    let of_teams = Signal::derive(move || match shown.read().changes.after {
        0 => "现任班子".to_owned(),
        after => format!("{after} 个已交接的村（社区）"),
    });
    view! {
        <div class="grid">
            <Card title="各步骤".to_owned() class="span-7">{move || steps(&shown.read())}</Card>
            <Card title="选举是否有效".to_owned() class="span-5">{move || faults(&shown.read())}</Card>
            <Card title="各村（社区）进度".to_owned() meta=count class="span-12">
                {move || new_ones(dues, shown)} {move || matrix(&shown.read())}
            </Card>
            <Card title="换届前后的班子".to_owned() meta=of_teams class="span-12">{move || teams(&shown.read())}</Card>
        </div>
    }
    .into_any()
}

/// How many units have come through each step, and until when.
fn steps(shown: &ElectionsVm) -> AnyView {
    let all = shown.rows.len();
    let rows = shown.steps.iter().zip(1..).map(|(step, number): (&StepVm, _)| {
        let until = step.until.map_or_else(|| UNKNOWN.to_owned(), |day| day.to_string());
        let late = match step.late {
            0 => ().into_any(),
            late => status_tag(Status::Late, Some(format!("{late} 个逾期"))),
        };
        view! {
            <tr>
                <td>{format!("{number}. {}", step.label)} <span class="note">" " {step.who}</span></td>
                <td class="nowrap">{until}</td>
                <td class="num nowrap">{format!("{}/{all}", step.done)}</td>
                <td>{late}</td>
            </tr>
        }
    });
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="换届步骤">
        <table class="mini">
            <thead>
                <tr>
                    <th scope="col">"步骤"</th>
                    <th scope="col">"最迟"</th>
                    <th scope="col" class="num">"已办"</th>
                    <th scope="col">"逾期"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        </div>
    }
    .into_any()
}

/// Quorums that were missed, and what else is to be looked at.
fn faults(shown: &ElectionsVm) -> AnyView {
    let rule = view! {
        <p class="note">
            "党员大会到会不少于应到的五分之四，委员候选人比应选多百分之二十以上；参加投票的选民过半数，候选人多于应选；当选人得票都要过半数；两委中要有女性。"
        </p>
    };
    let said = match (shown.counted, shown.faults.is_empty()) {
        (0, true) => "还没有登记人数和票数。".to_owned(),
        (counted, true) => format!("{counted} 份档案登记了人数和票数，都符合。"),
        (counted, false) => format!("{counted} 份档案登记了人数和票数，{} 处要核对：", shown.faults.len()),
    };
    let row = |fault: FaultVm| {
        let (status, word) = match fault.is_void {
            true => (Status::Late, "无效"),
            false => (Status::Warn, "核对"),
        };
        view! {
            <li>
                {status_tag(status, Some(word.to_owned()))} " " <a href=fault.href.clone()>{fault.unit.clone()}</a>
                {format!("：{}", fault.what)}
            </li>
        }
        .into_any()
    };
    let frame = |rows: Vec<AnyView>| view! { <ul>{rows}</ul> }.into_any();
    let list = (!shown.faults.is_empty()).then(|| {
        let faults = shown.faults.clone();
        portion(Signal::stored(faults), ROWS, row, frame)
    });
    view! { <p>{said}</p> {list} {rule} }.into_any()
}

/// One press begins the files of all units that have none.
fn new_ones(dues: Dues, shown: Memo<ElectionsVm>) -> AnyView {
    let (count, year) = shown.with(|shown| (shown.without.len(), shown.round));
    let Some(year) = year.filter(|_| count > 0) else {
        return ().into_any();
    };
    let why_not = dues.town.read_untracked(|desk| {
        let unit = shown.with_untracked(|shown| shown.without.first().cloned());
        desk.why_not(Election::LEDGER, &unit.unwrap_or_default(), None)
    });
    let make = move |()| {
        let shown = shown.get_untracked();
        dues.town.act_and_say(format!("已建 {count} 份换届档案"), |desk| {
            let files = new_files(&shown, |place| desk.next_record_id(place));
            desk.save("建换届档案", &files)
        });
    };
    view! {
        <div class="button-row no-print">
            <span>{format!("{count} 个村（社区）还没有 {year} 年的换届档案。")}</span>
            <Button
                kind=ButtonKind::Main
                label=format!("一次建好 {count} 份档案")
                why_not=why_not.unwrap_or_default()
                on_press=make
            />
        </div>
    }
    .into_any()
}

fn matrix(shown: &ElectionsVm) -> AnyView {
    let cell = |cell: &CellVm| by_units::cell(cell.state, (&cell.text, &cell.title), None, ().into_any());
    let row = |row: &RowVm| {
        let done = match row.done {
            None => "没有档案".to_owned(),
            Some(done) => format!("{done}/{}", step_count()),
        };
        let late = (row.late > 0).then(|| status_tag(Status::Late, Some(format!("{} 步", row.late))));
        let (href, words) = row.next.clone();
        let label = format!("{words}，{}", row.name);
        let first = view! { <td class="nowrap">{late} " " {done}</td> }.into_any();
        let last = view! { <td class="nowrap"><a href=href aria-label=label>{words}</a></td> }.into_any();
        let cells = [first].into_iter().chain(row.cells.iter().map(cell)).chain([last]);
        by_units::row(&row.name, &row.href, cells.collect())
    };
    let head = |text: &str| (text.to_owned(), false);
    let steps = shown.steps.iter().map(|step| head(step.label));
    let heads = [head("已办")]
        .into_iter()
        .chain(steps)
        .chain([head("下一步")])
        .collect();
    let states = [State::Done, State::Soon, State::Late, State::Ahead, State::Waived];
    view! {
        {by_units::table("各村（社区）换届进度", heads, shown.rows.iter().map(row).collect())}
        {by_units::legend(&states, "格里是已办的日期，没办的是最迟的日期；逾期多的排在前面")}
    }
    .into_any()
}

fn teams(shown: &ElectionsVm) -> AnyView {
    let changes = &shown.changes;
    if changes.units.is_empty() {
        return view! { <EmptyState why="书记名册和两委干部名册里还没有这些村（社区）的人。" /> }.into_any();
    }
    let measure = |measure: &MeasureVm| {
        view! {
            <tr>
                <td>{measure.label}</td>
                <td class="num nowrap">{measure.before.clone()}</td>
                <td class="num nowrap">{measure.after.clone()}</td>
                <td class="num nowrap">{measure.change.clone()}</td>
            </tr>
        }
    };
    let (heads, units) = (changes.heads.clone(), changes.units.clone());
    let summary = view! { <summary>{format!("看 {} 个村（社区）各自的变化", units.len())}</summary> };
    view! {
        <p class="note">
            "换届前看投票前一天在任的书记和两委干部，换届后看工作交接后一天；只计填了的人，没填的不算。新任是换届前不在班子里的。"
        </p>
        <div class="scroll-x">
            <table class="mini">
                <thead>
                    <tr>
                        <th scope="col">"指标"</th>
                        <th scope="col" class="num">"换届前"</th>
                        <th scope="col" class="num">"换届后"</th>
                        <th scope="col" class="num">"变化"</th>
                    </tr>
                </thead>
                <tbody>{changes.measures.iter().map(measure).collect_view()}</tbody>
            </table>
        </div>
        {opened("more", summary, false, move || each_team(&heads, &units))}
    }
    .into_any()
}

fn each_team(heads: &[&'static str], units: &[TeamVm]) -> AnyView {
    let cell = |cell: &String| view! { <td class="nowrap">{cell.clone()}</td> }.into_any();
    let row = |unit: &TeamVm| by_units::row(&unit.name, &unit.href, unit.cells.iter().map(cell).collect());
    let heads = heads.iter().map(|head| ((*head).to_owned(), false)).collect();
    by_units::table("各村（社区）换届前后", heads, units.iter().map(row).collect())
}
