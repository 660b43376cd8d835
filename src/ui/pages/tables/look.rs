//! What would become of the rows, the questions they raise, and the last step.

use leptos::prelude::*;

use super::Session;
use crate::desk::Desk;
use crate::model::ledger::Slot;
use crate::model::programmes::catalogue;
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::portion::portion;
use crate::ui::tables::{Format, save};
use crate::view::portion::ROWS;
use crate::view::tables::plan::{Counts, Fate, PlannedRow, Question, brief_of, line_of};
use crate::view::tables::words;
use crate::view::tables::write::failed;

pub(super) fn look(session: Session) -> AnyView {
    let counts = Memo::new(move |_| session.plan.read().as_ref().map(|plan| plan.counts()));
    let questions = Memo::new(move |_| {
        session
            .plan
            .read()
            .as_ref()
            .map_or_else(Vec::new, |plan| plan.questions.clone())
    });
    let open = Memo::new(move |_| counts.get().and_then(|counts| open_fields(session, &counts)));
    let told = move || match (counts.get(), open.get()) {
        (_, Some(open)) => format!("表里没有{open}，请在上面填一次，再看每一行会变成什么。"),
        (Some(counts), None) => format!("{}。", words::counted(&counts)),
        (None, None) => "选定台账和表头以后，这里列出每一行会变成什么。".to_owned(),
    };
    let table = move || open.get().is_none().then(|| rows(session));
    let body = move || match super::done(session) {
        Some(done) => done,
        None => view! {
            <p role="status" class="lede">{told}</p>
            {move || asked(session, questions.get())}
            {table}
            {move || acts(session, counts.get(), open.get())}
        }
        .into_any(),
    };
    body.into_any()
}

fn asked(session: Session, questions: Vec<Question>) -> Option<AnyView> {
    if questions.is_empty() {
        return None;
    }
    let all = Signal::stored(questions);
    let one = move |question: Question| {
        let about = question.about.clone();
        let none = ("?".to_owned(), "请选择".to_owned());
        let options: Vec<(String, String)> = std::iter::once(none).chain(question.options.clone()).collect();
        let chosen = Signal::stored(question.answer.clone().unwrap_or_else(|| "?".to_owned()));
        let choose = move |answer: String| {
            let about = about.clone();
            session.answers.update(|all| {
                match answer == "?" {
                    true => all.remove(&about),
                    false => all.insert(about, answer),
                };
            });
        };
        let rows = match question.rows.as_slice() {
            [] => String::new(),
            [one] => format!("第 {one} 行"),
            rows => {
                let first: Vec<String> = rows.iter().take(5).map(u32::to_string).collect();
                let more = if rows.len() > 5 { " 等" } else { "" };
                format!("第 {}{more} 行，共 {} 行", first.join("、"), rows.len())
            }
        };
        view! {
            <li>
                <span>{question.asks.clone()} " " <span class="small muted">{rows}</span></span>
                <Select label=question.asks options chosen on_choose=choose />
            </li>
        }
    };
    let frame = |rows: Vec<AnyView>| view! { <ul class="asks">{rows}</ul> }.into_any();
    Some(view! { <h3>"要您确认"</h3> {portion(all, 20, one, frame)} }.into_any())
}

/// The rows that matter: wrong ones first, then changed, then new.
fn rows(session: Session) -> AnyView {
    let shown = Signal::derive(move || {
        let plan = session.plan.read();
        let mut rows: Vec<PlannedRow> = plan.as_ref().map_or_else(Vec::new, |plan| plan.rows.clone());
        rows.retain(|row| !matches!(row.fate, Fate::Same | Fate::LeftOut));
        rows.sort_by_key(|row| match row.fate {
            Fate::Wrong(_) => 0,
            Fate::Waits => 1,
            Fate::Changed(_) => 2,
            _ => 3,
        });
        rows
    });
    let row = move |row: PlannedRow| {
        let sheet = session.sheet_of_several();
        let (word, lines): (&str, Vec<String>) = match &row.fate {
            Fate::New => ("新增", vec![said(session, &row)]),
            Fate::Changed(cells) => (
                "更改",
                cells
                    .iter()
                    .map(|c| format!("{}：{} → {}", c.label, c.old, c.new))
                    .collect(),
            ),
            Fate::Wrong(problems) => (
                "有误",
                problems
                    .iter()
                    .map(|p| line_of(sheet.as_deref(), row.number, p))
                    .collect(),
            ),
            Fate::Waits => ("待确认", Vec::new()),
            Fate::Repeats(before) => ("重复", vec![format!("和第 {before} 行一样，只导入一次")]),
            Fate::Same => ("相同", Vec::new()),
            Fate::LeftOut => ("不导入", Vec::new()),
        };
        let lines = lines
            .into_iter()
            .chain(row.says)
            .filter(|line| !line.is_empty())
            .map(|line| view! { <div>{line}</div> });
        view! {
            <tr>
                <td class="num">{row.number}</td>
                <td class="nowrap">{word}</td>
                <td>{row.title}</td>
                <td>{lines.collect_view()}</td>
            </tr>
        }
    };
    let frame = |rows: Vec<AnyView>| {
        if rows.is_empty() {
            return ().into_any();
        }
        view! {
            <table class="mini planned" aria-label="每一行会变成什么">
                <thead>
                    <tr>
                        <th scope="col">"行"</th>
                        <th scope="col">"结果"</th>
                        <th scope="col">"记录"</th>
                        <th scope="col">"说明"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    portion(shown, ROWS, row, frame)
}

/// What a new record will say, so that a wrong column is seen before it is imported.
fn said(session: Session, row: &PlannedRow) -> String {
    let ledger = untrack(|| session.ledger());
    ledger.map_or_else(String::new, |ledger| {
        let read = |desk: &Desk| brief_of(desk.replica(), catalogue(), ledger, &row.draft);
        session.town.read_untracked(read)
    })
}

/// The required fields that were not chosen yet, where no row can be taken without them.
fn open_fields(session: Session, counts: &Counts) -> Option<String> {
    let given = session.fixed.get();
    let is_open = |slot: Slot| given.iter().all(|(s, text)| *s != slot || text.trim().is_empty());
    let open: Vec<&str> = session
        .lacking()
        .into_iter()
        .filter(|(slot, _)| is_open(*slot))
        .map(|(_, field)| field.label)
        .collect();
    let is_needed = counts.wrong > 0 && counts.new + counts.changed + counts.same + counts.waits == 0;
    (is_needed && !open.is_empty()).then(|| open.join("、"))
}

fn acts(session: Session, counts: Option<Counts>, open: Option<String>) -> Option<AnyView> {
    let counts = counts?;
    let mapped = untrack(|| session.job()).map_or_else(Vec::new, |job| job.mapped);
    let taken = mapped.iter().filter(|column| column.slot.is_some()).count();
    let (label, why_not) = words::button(&counts, taken, mapped.len() - taken);
    // Without what holds for all rows none is wrong by itself.
    let why_not = open.as_ref().map_or(why_not, |open| format!("先填上面的{open}"));
    let wrong = if open.is_some() { 0 } else { counts.wrong + counts.waits };
    let back = (wrong > 0).then(|| {
        let press = move |()| {
            let (Some(table), Some(layout), Some(job)) = untrack(|| (session.table(), session.layout(), session.job()))
            else {
                return;
            };
            let sheet = session
                .plan
                .with_untracked(|plan| plan.as_ref().and_then(|plan| failed(&table, &layout, &job, plan)));
            if let Some(sheet) = sheet {
                save(
                    session.town,
                    &format!("{}待改正", job.ledger.label),
                    vec![sheet],
                    Format::Xlsx,
                );
            }
        };
        view! { <Button label=format!("导出有误的 {wrong} 行") on_press=press /> }
    });
    Some(
        view! {
            <div class="button-row">
                <Button kind=ButtonKind::Main label why_not on_press=move |()| session.import() />
                {back}
                <Button label="取消".to_owned() on_press=move |()| session.clear() />
            </div>
            <p class="small">
                "空格不清除已有内容；表里没有的记录不会删除。导入以后可以撤销，也可以在合并记录里撤回。"
            </p>
        }
        .into_any(),
    )
}
