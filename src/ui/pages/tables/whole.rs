//! 整本导入: all sheets of a workbook whose ledger is recognised, as one import.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use office::book::Table;

use super::Session;
use crate::browser::turns::{Frames, next_turn};
use crate::turns::{Turns, unless};
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::Card;
use crate::ui::tables::{Format, save};
use crate::view::route::{Address, Route};
use crate::view::tables::whole::{Frame, Part, Whole, is_shown, whole};
use crate::view::tables::words;

/// The card, where a workbook has more than one sheet for it.
pub(super) fn offer(session: Session) -> AnyView {
    let count = Memo::new(move |_| {
        let book = session.book.read();
        book.iter().flatten().filter(|table| is_shown(table)).count()
    });
    let card = move || {
        let count = count.get();
        (count > 1).then(|| {
            let press = move |()| look(session);
            let label = format!("看看 {count} 张工作表会怎样");
            view! {
                <Card title="整本导入".to_owned()>
                    <p class="small">
                        "认得出台账的工作表一起导入，算一次，可以一起撤回。要单独看一张，在下面选择工作表。"
                    </p>
                    <p class="button-row"><Button label on_press=press /></p>
                    {move || session.whole.get().map(|whole| shown(session, whole))}
                </Card>
            }
        })
    };
    card.into_any()
}

fn tables(session: Session) -> Vec<Arc<Table>> {
    session.book.get_untracked().unwrap_or_default()
}

/// Works out what would become of the workbook.
fn look(session: Session) {
    session.whole.set(None);
    session.busy.set(Some("正在核对各张工作表"));
    let run = session.run.get_value();
    let book = tables(session);
    let (records, today, stamp) = session
        .town
        .update(|desk| (desk.snapshot(), desk.today(), desk.import_stamp()));
    spawn_local(async move {
        next_turn().await;
        let town = session.town;
        let remembered = |ledger| town.read_untracked(|desk| desk.headings_of(ledger));
        let why_not = |ledger, unit: &str| town.read_untracked(|desk| desk.why_not(ledger, unit, None));
        let frame = Frame {
            replica: &records,
            today,
            stamp,
            remembered: &remembered,
            why_not: &why_not,
        };
        let tables: Vec<&Table> = book.iter().map(|table| &**table).collect();
        let frames = Frames::begin();
        let planned = whole(&frame, &tables, Turns::by(&frames));
        if let Some(planned) = unless(|| session.is_over(run), planned).await {
            session.busy.set(None);
            session.whole.set(Some(Arc::new(planned)));
        }
    });
}

fn shown(session: Session, whole: Arc<Whole>) -> AnyView {
    let row = |part: &Part| {
        let at = part.at;
        let alone = move |_| session.choose_sheet(Some(at));
        view! {
            <tr>
                <td>
                    <button type="button" class="button button-link" on:click=alone>{part.name.clone()}</button>
                </td>
                <td>{part.job.ledger.label}</td>
                <td>{words::counted(&part.plan.counts())}</td>
            </tr>
        }
    };
    let rows = whole.parts.iter().map(row).collect_view();
    let unknown = (!whole.unknown.is_empty()).then(|| {
        let names = whole.unknown.join("、");
        view! { <p class="small">{format!("没有认出是哪本台账，不导入：{names}。")}</p> }
    });
    let (count, left) = (whole.drafts.len(), whole.left());
    let why_not = match count {
        0 => "没有要导入的记录".to_owned(),
        _ => String::new(),
    };
    let back = (left > 0).then(|| {
        let whole = Arc::clone(&whole);
        let press = move |()| {
            let book = tables(session);
            let tables: Vec<&Table> = book.iter().map(|table| &**table).collect();
            save(session.town, "整本导入待改正", whole.failed(&tables), Format::Xlsx);
        };
        view! { <Button label=format!("导出没有导入的 {left} 行") on_press=press /> }
    });
    let waits = (left > 0).then(|| {
        view! {
            <p class="small">
                {format!("{left} 行有误或要您确认，这次不导入；点工作表的名称单独看，回答以后再导入那一张。")}
            </p>
        }
    });
    let take = move |()| import(session, &whole);
    view! {
        <div class="scroll-x">
            <table class="mini" aria-label="各张工作表会变成什么">
                <thead>
                    <tr>
                        <th scope="col">"工作表"</th>
                        <th scope="col">"导入到"</th>
                        <th scope="col">"结果"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {unknown}
        {waits}
        <div class="button-row">
            <Button kind=ButtonKind::Main label=format!("整本导入 {count} 条") why_not on_press=take />
            {back}
        </div>
    }
    .into_any()
}

fn import(session: Session, whole: &Whole) {
    if session.take_in(&whole.drafts, &whole.told(), |_| ()) {
        session.told.set(Some(whole.told()));
        session.whole.set(None);
    }
}

/// What came of it.
pub(super) fn told(session: Session) -> Option<AnyView> {
    let told = session.told.get()?;
    let merge = Address::from(Route::Merge).hash();
    Some(view! { <p role="status">{told} "。以后也可以在" <a href=merge>"合并记录"</a> "里撤回。"</p> }.into_any())
}
