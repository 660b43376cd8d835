//! A programme with all its indicators.

use leptos::prelude::*;

use super::overview::figure_link;
use crate::model::indicator::{Scope, all};
use crate::model::ledger::Programme;
use crate::ui::app::use_shell;
use crate::ui::components::card::Card;
use crate::ui::components::frame::Head;
use crate::ui::components::status::status_tag;
use crate::ui::figures::{Figures, use_figures};
use crate::view::overview as vm;

/// The page.
pub fn programme(programme: Programme) -> AnyView {
    use_shell().head.set(Head::titled(programme.full_name()));
    let figures = use_figures();
    view! {
        <Card title=programme.question().to_owned()>
            {move || readings(figures, programme, &Scope::Town)}
        </Card>
    }
    .into_any()
}

/// All indicators of a programme for a scope, as a table.
pub fn readings(figures: Figures, programme: Programme, scope: &Scope) -> AnyView {
    let rows = figures.with(|board| {
        let own = all()
            .filter(|i| i.programme == programme)
            .map(|i| vm::figure(board, i, scope));
        own.collect::<Vec<_>>()
    });
    let rows = rows.into_iter().map(|f| {
        view! {
            <tr>
                <td title=f.definition>{f.name}</td>
                <td class="num">{figure_link(&f)} " " {f.measure}</td>
                <td class="num">{f.progress.map(|p| format!("{}%", (p + 5) / 10))}</td>
                <td>{status_tag(f.status, None)}</td>
            </tr>
        }
    });
    view! {
        <table class="mini">
            <thead><tr><th>"指标"</th><th class="num">"数值"</th><th class="num">"进度"</th><th>"状态"</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
