//! What a person wrote into a paper, place by place, with the ways back.

use leptos::prelude::*;

use super::desk::Page;
use crate::ui::components::button::Button;
use crate::ui::components::card::Card;
use crate::view::papers::{self as vm, Stale};

impl Page {
    /// Words of the person under which the figures have changed.
    pub(super) fn stale(self) -> AnyView {
        let all = Memo::new(move |_| self.paper().map(|paper| vm::stale(&paper)).unwrap_or_default());
        let item = move |stale: Stale| {
            let (take, keep) = (stale.id.clone(), stale.id);
            let now = stale.now.clone().unwrap_or_else(|| "（这一段已没有）".to_owned());
            let without = move |()| self.restore(&take);
            let confirm = move |()| {
                if let Some(paper) = self.paper_now() {
                    self.put_and_draw(vm::confirmed(paper, &keep).edits);
                }
            };
            let kept = stale
                .now
                .is_some()
                .then(|| view! { <Button label="仍用我的".to_owned() on_press=confirm /> });
            view! {
                <li>
                    <p><b>"您写的："</b>{stale.own}</p>
                    <p><b>"现在算出："</b>{now}</p>
                    <p class="button-row"><Button label="用现在算出的".to_owned() on_press=without /> {kept}</p>
                </li>
            }
        };
        let body = move || {
            let all = all.get();
            (!all.is_empty()).then(|| {
                view! {
                    <Card title="您改过的段落，数据已有变化".to_owned() class="no-print">
                        <ul class="paper-stale">{all.into_iter().map(item).collect_view()}</ul>
                    </Card>
                }
            })
        };
        body.into_any()
    }

    /// One place as it was computed.
    fn restore(self, id: &str) {
        if let Some(paper) = self.paper_now() {
            self.put_and_draw(paper.restored(id).edits);
        }
    }

    /// What the person wrote, each with the way back to what is computed.
    pub(super) fn changed(self) -> AnyView {
        let open = RwSignal::new(false);
        let all = Memo::new(move |_| self.paper().map(|paper| vm::changed(&paper)).unwrap_or_default());
        let item = move |changed: Stale| {
            let id = changed.id;
            let own = match changed.own.trim() {
                "" => "（不出现）".to_owned(),
                own => own.to_owned(),
            };
            let was = changed
                .now
                .filter(|was| !was.is_empty())
                .map(|was| view! { <p class="note"><b>"算出的："</b>{was}</p> });
            view! {
                <li>
                    <p><b>"您写的："</b>{own}</p>
                    {was}
                    <p class="button-row"><Button label="还原".to_owned() on_press=move |()| self.restore(&id) /></p>
                </li>
            }
        };
        let list = move || {
            open.get()
                .then(|| view! { <ul class="paper-stale">{all.get().into_iter().map(item).collect_view()}</ul> })
        };
        let label = Signal::derive(move || format!("改过的 {} 处", all.with(Vec::len)));
        let press = move |()| open.update(|open| *open = !*open);
        view! {
            <Show when=move || !all.with(Vec::is_empty)>
                <div class="no-print">
                    <p class="button-row"><Button label=label on_press=press /></p>
                    {list}
                </div>
            </Show>
        }
        .into_any()
    }
}
