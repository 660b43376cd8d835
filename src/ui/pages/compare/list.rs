//! The differences: a sentence, filters, the records, and what puts them back.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::Looking;
use crate::exchange::compare::{Difference, Sort, Then};
use crate::model::status::Status;
use crate::replica::RecordIx;
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::card::{Lede, Words};
use crate::ui::components::filters::{Filter, FilterRow};
use crate::ui::components::message::AllDone;
use crate::ui::components::portion::portion;
use crate::ui::components::status::status_tag;
use crate::ui::pending_file::keep_pending_file;
use crate::view::compare::{Chosen, Item, choices, chosen, counts, exported, item, sort_code, sort_label};
use crate::view::format::UNKNOWN;
use crate::view::portion::ROWS;
use crate::view::route::{Address, Route, key};

/// Keys of the filters, and their labels.
const FILTERS: [(&str, &str); 3] = [("sort", "怎样不同"), ("ledger", "台账"), ("unit", "村（社区）")];

/// All that differs from the backup on the table.
pub fn list(looking: Looking) -> AnyView {
    let Looking {
        town,
        shell,
        differences,
        ..
    } = looking;
    let wanted = Memo::new(move |_| {
        let address = shell.address.read();
        let get = |name: &str| {
            address
                .get(&format!("{}{name}", key::FILTER))
                .unwrap_or_default()
                .to_owned()
        };
        Chosen {
            sort: get("sort"),
            ledger: get("ledger"),
            unit: get("unit"),
        }
    });
    let listed = Memo::new(move |_| town.read(|desk| chosen(desk.replica(), &differences.read(), &wanted.read())));
    let picked = RwSignal::new(BTreeSet::<RecordIx>::new());
    let lede = Signal::derive(move || lede(looking));
    let some = Memo::new(move |_| !differences.read().list.is_empty());
    let body = move || {
        if !some.get() {
            return view! { <AllDone text="没有不同：那时有的现在都有，内容也一样。" /> }.into_any();
        }
        view! {
            {filters(looking, wanted)}
            {acts(looking, listed, picked)}
            {records(looking, listed, picked)}
        }
        .into_any()
    };
    view! {
        <Lede parts=lede />
        {move || brings(looking)}
        {body}
    }
    .into_any()
}

fn with_then<R>(looking: Looking, act: impl FnOnce(&Then) -> R) -> Option<R> {
    looking.then.with_value(|then| then.as_ref().map(|then| act(then)))
}

fn lede(looking: Looking) -> Vec<Words> {
    let [gone, changed, new] = counts(&looking.differences.read());
    let when = with_then(looking, exported).unwrap_or_default();
    vec![
        Words::Plain(format!("和 {when} 的备份相比，")),
        Words::Fact(format!("删了 {gone} 条，改了 {changed} 条，新增 {new} 条")),
        Words::Plain("。".to_owned()),
    ]
}

/// What merging the backup would bring, and the way to its preview.
fn brings(looking: Looking) -> Option<AnyView> {
    let (absent, behind) = {
        let all = looking.differences.read();
        (all.absent, all.behind)
    };
    if absent + behind == 0 {
        return None;
    }
    let copy = looking.shell.address.read().get(key::COPY).map(str::to_owned);
    let go = move |()| {
        let mut to = Address::from(Route::Merge);
        match (&copy, looking.file.with_value(Clone::clone)) {
            (Some(copy), _) => to = to.with(key::COPY, copy),
            (None, Some(file)) => keep_pending_file(file),
            (None, None) => {}
        }
        looking.shell.go(&to);
    };
    let told = format!("这份备份里有 {absent} 条记录这台设备没有，{behind} 条有这台设备没有的修改，合并后才有。");
    let part =
        view! { <p class="button-row"><span>{told}</span> <Button label="看合并预览".to_owned() on_press=go /></p> };
    Some(part.into_any())
}

fn filters(looking: Looking, wanted: Memo<Chosen>) -> AnyView {
    let Looking {
        town,
        shell,
        differences,
        ..
    } = looking;
    let filters = Signal::derive(move || {
        let all = differences.read();
        let wanted = wanted.read();
        let (ledgers, units) = town.read(|desk| choices(desk.replica(), &all));
        let sorts = [Sort::Gone, Sort::Changed, Sort::New].into_iter().zip(counts(&all));
        let sorts = sorts.filter(|(_, count)| *count > 0);
        let sorts =
            sorts.map(|(sort, count)| (sort_code(sort).to_owned(), format!("{}，{count} 条", sort_label(sort))));
        let options = [sorts.collect(), ledgers, units];
        let chosen = [&wanted.sort, &wanted.ledger, &wanted.unit];
        let parts = FILTERS.into_iter().zip(options).zip(chosen);
        let parts = parts.map(|(((key, label), options), chosen)| Filter {
            key: key.to_owned(),
            label: label.to_owned(),
            options,
            chosen: (!chosen.is_empty()).then(|| chosen.clone()),
        });
        parts.collect::<Vec<_>>()
    });
    let put = move |key: &str, value: &str| shell.refine_query(&format!("{}{key}", key::FILTER), value);
    view! {
        <FilterRow
            filters
            on_set=move |(key, value): (String, Option<String>)| put(&key, value.as_deref().unwrap_or_default())
            on_clear=move |()| FILTERS.into_iter().for_each(|(key, _)| put(key, ""))
        />
    }
    .into_any()
}

/// Putting back what was picked, or all that is listed.
fn acts(looking: Looking, listed: Memo<Vec<usize>>, picked: RwSignal<BTreeSet<RecordIx>>) -> AnyView {
    let differences = looking.differences;
    // Of what is listed: those that can be put back, and those that are new.
    let sums = Memo::new(move |_| {
        let all = differences.read();
        let listed = listed.read();
        let new = listed
            .iter()
            .filter(|&&at| all.list.get(at).is_some_and(|d| d.sort == Sort::New))
            .count();
        (listed.len() - new, new)
    });
    let put_back = move |keep: &dyn Fn(&Difference) -> bool| {
        let all = differences.read_untracked();
        let chosen: Vec<Difference> = listed
            .read_untracked()
            .iter()
            .filter_map(|&at| all.list.get(at))
            .filter(|difference| difference.sort != Sort::New && keep(difference))
            .cloned()
            .collect();
        drop(all);
        act(looking, &chosen);
        picked.set(BTreeSet::new());
    };
    let count = Memo::new(move |_| picked.read().len());
    let why_not = Signal::derive(move || {
        if count.get() == 0 {
            "请先勾选".to_owned()
        } else {
            String::new()
        }
    });
    let label = Signal::derive(move || match count.get() {
        0 => "改回所选".to_owned(),
        count => format!("改回所选 {count} 条"),
    });
    let all_label = Signal::derive(move || format!("改回列出的全部 {} 条", sums.read().0));
    let all_why_not = Signal::derive(move || {
        if sums.read().0 == 0 {
            "列出的都是新增的".to_owned()
        } else {
            String::new()
        }
    });
    view! {
        <div class="button-row">
            <Button
                kind=ButtonKind::Main
                label
                why_not
                on_press=move |()| put_back(&|difference| picked.read_untracked().contains(&difference.ix))
            />
            <Button label=all_label why_not=all_why_not on_press=move |()| put_back(&|_| true) />
        </div>
        <p class="small muted">
            {move || match sums.read().1 {
                0 => "改回是一次普通的修改，可以撤销，也随文件合并到别的设备。".to_owned(),
                new => format!("改回是一次普通的修改，可以撤销；新增的 {new} 条保持不动。"),
            }}
        </p>
    }
    .into_any()
}

fn act(looking: Looking, chosen: &[Difference]) {
    let town = looking.town;
    let may = with_then(looking, |then| {
        town.read_untracked(|desk| {
            chosen
                .iter()
                .filter(|d| desk.why_not_put_back(then, d).is_none())
                .count()
        })
    });
    let may = may.unwrap_or(0);
    let label = format!("改回 {may} 条记录");
    let mut told = Vec::new();
    let done = town.commit(|desk| {
        let done = with_then(looking, |then| desk.put_back(&label, then, chosen)).unwrap_or_default();
        told = done.notices.iter().map(|notice| notice.what.clone()).collect();
        done
    });
    if done.failure.is_some() {
        // The banner tells it.
        return;
    }
    let rest = if told.is_empty() {
        String::new()
    } else {
        format!("；{}", told.join("；"))
    };
    if done.unchanged {
        town.toasts.say(format!("没有改动{rest}"), None);
    } else {
        town.toasts.say(format!("已{label}{rest}"), town.way_back());
    }
}

fn records(looking: Looking, listed: Memo<Vec<usize>>, picked: RwSignal<BTreeSet<RecordIx>>) -> AnyView {
    let one = move |at: usize| {
        let all = looking.differences.read();
        all.list.get(at).and_then(|one| row(looking, one, picked))
    };
    let frame = |rows| view! { <ul class="card entries">{rows}</ul> }.into_any();
    portion(listed.into(), ROWS, one, frame)
}

/// A value of then; what was blank is not struck out.
fn then(text: String) -> AnyView {
    if text == UNKNOWN {
        text.into_any()
    } else {
        view! { <del>{text}</del> }.into_any()
    }
}

fn row(looking: Looking, difference: &Difference, picked: RwSignal<BTreeSet<RecordIx>>) -> Option<AnyView> {
    let told = with_then(looking, |then| {
        looking.town.read_untracked(|desk| item(desk, then, difference))
    })??;
    let Item {
        id,
        title,
        about,
        source,
        lines,
        why_not,
    } = told;
    let ix = difference.ix;
    let (status, place) = match difference.sort {
        Sort::Gone => (Status::Late, "删除："),
        Sort::Changed => (Status::Warn, ""),
        Sort::New => (Status::None, "新增："),
    };
    let toggle = move |on: bool| {
        picked.update(|picked| {
            if on {
                picked.insert(ix)
            } else {
                picked.remove(&ix)
            };
        })
    };
    let pick = why_not.is_empty().then(|| {
        view! {
            <label class="pick">
                <input
                    type="checkbox"
                    aria-label=format!("选中：{title}")
                    prop:checked=move || picked.read().contains(&ix)
                    on:change=move |ev| toggle(event_target_checked(&ev))
                />
            </label>
        }
    });
    let source = (!source.is_empty()).then(|| view! { <span class="small muted">{format!("{place}{source}")}</span> });
    let lines = lines.into_iter().map(|line| {
        view! {
            <p class="small">
                {line.label} " " {then(line.then)} " → " <ins>{line.now}</ins> " " <span class="muted">{line.source}</span>
            </p>
        }
    });
    let lines = lines.collect_view();
    let why = (difference.sort != Sort::New && !why_not.is_empty())
        .then(|| view! { <span class="button-why">{why_not}</span> });
    let href = Address::from(Route::Record(id)).hash();
    let part = view! {
        <li class="entry" aria-label=title.clone()>
            <div>
                <a href=href>{title.clone()}</a> " " {status_tag(status, Some(sort_label(difference.sort).to_owned()))}
                <span class="small muted">{about}</span>
                {source}
                {lines}
                {why}
            </div>
            {pick}
        </li>
    };
    Some(part.into_any())
}
