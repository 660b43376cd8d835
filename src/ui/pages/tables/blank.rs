//! The empty sheet of a ledger, for those who have no table yet.

use leptos::prelude::*;

use super::Session;
use crate::exchange::writing::town_name;
use crate::model::ledger::Ledger;
use crate::model::programmes::catalogue;
use crate::ui::components::button::{Button, Select};
use crate::ui::tables::{Format, save};
use crate::view::route::key;
use crate::view::tables::forms::blank;

/// Chooses a ledger and makes its empty sheet; in windows where a ledger was named, that one.
pub(super) fn offer(session: Session) -> AnyView {
    let shown: Vec<&'static Ledger> = catalogue().all().iter().copied().filter(|l| !l.system).collect();
    let first = shown.first().map_or("", |ledger| ledger.id);
    let asked = session
        .shell
        .address
        .with_untracked(|here| here.get(key::LEDGER).map(str::to_owned));
    let chosen = RwSignal::new(asked.unwrap_or_else(|| first.to_owned()));
    let options: Vec<(String, String)> = shown.iter().map(|l| (l.id.to_owned(), l.label.to_owned())).collect();
    let press = move |()| {
        let Some(ledger) = catalogue().get(&chosen.read_untracked()) else {
            return;
        };
        let sheet = session.town.read_untracked(|desk| {
            let replica = desk.replica();
            blank(replica, ledger, &town_name(replica), desk.today())
        });
        save(
            session.town,
            &format!("{}空白表", ledger.label),
            vec![sheet],
            Format::Xlsx,
        );
    };
    view! {
        <details class="fold">
            <summary>"还没有表格，要一份空白表去填"</summary>
            <p class="small muted">"表头、下拉选项、填写提示都在里面；填好以后在上面选择，不用再对表头。"</p>
            <p class="button-row">
                <Select
                    label="哪个台账的空白表"
                    options=Signal::stored(options)
                    chosen=chosen
                    on_choose=move |id| chosen.set(id)
                />
                <Button label="下载空白表".to_owned() on_press=press />
            </p>
        </details>
    }
    .into_any()
}
