//! Deleted records, which can be brought back.

use leptos::prelude::*;

use crate::replica::RecordIx;
use crate::ui::components::button::Button;
use crate::ui::components::message::EmptyState;
use crate::ui::components::portion::portion;
use crate::ui::state::{AppStore, use_store};
use crate::view::bin;
use crate::view::portion::ROWS;
use crate::view::route::{Address, Route};

/// The page `#/bin`.
pub fn page() -> AnyView {
    let town = use_store();
    let all = Memo::new(move |_| town.read(bin::deleted));
    let none = Memo::new(move |_| all.read().is_empty());
    let list = move || {
        if none.get() {
            return view! { <EmptyState why="回收站是空的。删除的记录会放在这里，可以恢复。" /> }.into_any();
        }
        let frame = |rows| view! { <ul class="card entries">{rows}</ul> }.into_any();
        view! {
            <p class="lede">{move || format!("回收站有 {} 条记录，可以恢复。", all.read().len())}</p>
            {portion(all.into(), ROWS, move |ix| row(town, ix), frame)}
        }
        .into_any()
    };
    list.into_any()
}

fn row(town: AppStore, ix: RecordIx) -> Option<AnyView> {
    let gone = town.read_untracked(|desk| bin::entry(desk, ix))?;
    let href = Address::from(Route::Record(gone.id)).hash();
    let label = format!("恢复：{}", gone.title);
    let restore = move |()| {
        let text = label.clone();
        town.act_and_say(format!("已{label}"), |desk| desk.restore(&text, &[ix]));
    };
    let about = format!("{}，删除：{}", gone.about, gone.source);
    let name = gone.title.clone();
    let part = view! {
        <li class="entry" aria-label=name>
            <div>
                <a href=href>{gone.title}</a>
                <span class="small muted">{about}</span>
            </div>
            <div class="button-row"><Button label="恢复".to_owned() on_press=restore why_not=gone.why_not /></div>
        </li>
    };
    Some(part.into_any())
}
