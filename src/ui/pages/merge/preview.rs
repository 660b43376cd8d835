//! What the files on the table would do.

use leptos::prelude::*;

use super::{ImportSession, board, words};
use crate::exchange::preview::Effect;
use crate::exchange::{FilePreview, Outcome, Preview, Purpose};
use crate::model::ledger::Role;
use crate::model::status::Status;
use crate::order::Arrange;
use crate::replica::{ChangeIx, RecordIx, Replica};
use crate::ui::components::button::{Button, ButtonKind};
use crate::ui::components::message::{self, Banner};
use crate::ui::components::portion::portion;
use crate::ui::components::status::{shape, status_tag};
use crate::view::conflicts;
use crate::view::exchange::{DistrictRow, previewed, to_look_at, unit_names};
use crate::view::merging::{Tally, said, sentence};
use crate::view::portion::{PARTS, Portion, ROWS};
use crate::view::record::source;
use crate::view::route::{Address, Route, key};
use crate::view::show;

/// Records to look at that are listed.
const LOOKED: usize = 8;

/// The preview of a batch, with the acts that end it.
pub fn preview(session: ImportSession, preview: &Preview) -> AnyView {
    let tally = Tally::of(preview);
    let counts = [
        (None, "选中文件", tally.files),
        (None, "新增记录", tally.effect.new),
        (None, "修改记录", tally.effect.changed),
        (Some(Status::Late), "删除记录", tally.effect.deleted),
        (Some(Status::Warn), "并为一条", tally.effect.joined),
        (Some(Status::Warn), "填得不同", tally.effect.conflicts),
        (Some(Status::Late), "待确认", tally.effect.pending),
        (None, "重复或拒收", tally.left_out),
    ];
    // What nearly no file does is counted where one does.
    let counts = counts
        .into_iter()
        .filter(|(_, word, count)| !matches!(*word, "删除记录" | "并为一条") || *count > 0);
    let counts = counts.map(|(mark, word, count)| {
        let mark = mark.filter(|_| count > 0).map(|status| shape(status, true));
        view! { <div><span>{mark} {word}</span> <b>{said(count)}</b></div> }
    });
    // Who sends one file, or reports for one unit, needs no list of the other units.
    let collects = session.town.read_untracked(|desk| desk.person().role != Role::Unit) && preview.files.len() > 1;
    let boards = collects.then(|| session.town.read_untracked(|desk| previewed(desk.replica(), preview)));
    let look = session
        .town
        .read_untracked(|desk| to_look_at(desk.replica(), &preview.after));
    let told = session
        .town
        .read_untracked(|desk| sentence(desk.replica(), preview, boards.as_deref(), look.len()));
    let board = boards.map(|boards| {
        let came = boards.iter().map(DistrictRow::reported).sum::<usize>();
        let all = boards.iter().map(|row| row.units.len()).sum::<usize>();
        view! {
            <h3>{format!("按村（社区）：{came}/{all} 个有文件")}</h3>
            {board::rows(boards, None)}
        }
        .into_any()
    });
    let sealed = (tally.sealed > 0).then(|| view! { <p class="small muted">"没有输入口令的加密文件不会合并。"</p> });
    let why_not = if tally.mergeable == 0 {
        "没有可合并的内容"
    } else {
        ""
    };
    let warning = move || {
        let notice = message::Notice {
            status: Status::Warn,
            text: "这次合并会删除或改写很多现有内容，请核对文件是否选对。".to_owned(),
            action: "仍要合并".to_owned(),
        };
        session
            .confirming
            .get()
            .then(|| view! { <Banner notice inset=true on_action=move |()| session.merge(true) /> })
    };
    view! {
        <h3>"合并预览"</h3>
        <p class="lede" role="status">{told}</p>
        <div class="card sums">{counts.collect_view()}</div>
        {files(session, preview)}
        {sealed}
        {twins(session, preview)}
        {looks(preview, &look)}
        {board}
        {warning}
        <div class="merge-acts">
            <span class="small muted">"合并后可以撤销，也可以在“记录”里撤回。"</span>
            <Button label="取消".to_owned() on_press=move |()| session.clear() />
            <Button
                kind=ButtonKind::Main
                label=format!("合并 {} 个文件", tally.mergeable)
                why_not=why_not.to_owned()
                on_press=move |()| session.merge(false)
            />
        </div>
    }
    .into_any()
}

/// The files, those with a problem first.
fn files(session: ImportSession, preview: &Preview) -> AnyView {
    let weight = |file: &FilePreview| match &file.outcome {
        Outcome::Refused(_) => 0,
        Outcome::Sealed(_) => 1,
        Outcome::Brings(effect) if effect.conflicts + effect.pending > 0 || !file.remarks.is_empty() => 2,
        Outcome::Brings(_) => 3,
        Outcome::SameAs(_) | Outcome::NothingNew => 4,
    };
    let mut order: Vec<(u8, usize)> = preview
        .files
        .iter()
        .enumerate()
        .map(|(at, file)| (weight(file), at))
        .collect();
    order.arrange();
    let order = order.into_iter().map(|(_, index)| index).collect::<Vec<_>>();
    let row = move |index: usize| {
        session.batch.with_value(|batch| {
            let preview = batch.as_ref()?.preview();
            Some(file_row(session, index, preview.files.get(index)?, &preview.after))
        })
    };
    portion(Signal::stored(order), ROWS, row, |rows| {
        view! {
            <div class="scroll-x">
                <table class="table table-plain is-stacked">
                    <thead>
                        <tr>
                            <th scope="col">"文件"</th>
                            <th scope="col">"结果"</th>
                            <th scope="col" class="num">"新增"</th>
                            <th scope="col" class="num">"修改"</th>
                            <th scope="col">"说明"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

/// Who wrote a change, when, and in which of the files it is.
fn of_file(after: &Replica, preview: &Preview, change: ChangeIx) -> String {
    let text = source(after, change);
    let id = after.change_id(change);
    let holds = |file: &&FilePreview| {
        let changes = preview.changes.get(file.changes.clone()).unwrap_or_default();
        changes.iter().any(|change| change.id == id)
    };
    match preview.files.iter().find(holds) {
        Some(file) => format!("{text}，来自 {}", file.name),
        None => text,
    }
}

/// Records that would stand twice, before it is merged.
fn twins(session: ImportSession, preview: &Preview) -> Option<AnyView> {
    let twins = session
        .town
        .read_untracked(|desk| conflicts::new_twins(desk.replica(), &preview.after));
    let told = format!("{}。合并后在“核对”页并为一条。", conflicts::told(&twins));
    (!twins.is_empty()).then(|| view! { <p>{told}</p> }.into_any())
}

/// What would be disputed or waiting, before it is merged.
fn looks(preview: &Preview, look: &[RecordIx]) -> Option<AnyView> {
    let after = &preview.after;
    let told = |change| of_file(after, preview, change);
    let items = look.iter().take(LOOKED).filter_map(|&ix| conflicts::item(after, &told, ix)).map(|item| {
        let disputes = item.disputes.iter().take(PARTS).map(|dispute| {
            let rivals = dispute.rivals.iter().take(PARTS).map(|rival| {
                view! { <div><b>{show::brief(&rival.text, show::FOLDED)}</b> <span>{rival.source.clone()}</span></div> }
            });
            let more = dispute.more + Portion::of(dispute.rivals.len(), PARTS).rest;
            let more = (more > 0).then(|| view! { <p class="small muted">{format!("另 {more} 个值没有列出")}</p> });
            view! {
                <div class="look-head">{status_tag(Status::Warn, Some("填得不同".to_owned()))} <b>{dispute.label.clone()}</b></div>
                <div class="look-pair">{rivals.collect_view()}</div>
                {more}
            }
        });
        let disputes = disputes.collect_view();
        let waiting = item.proposals.iter().take(PARTS).map(|waiting| {
            let lines = waiting.lines.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view();
            view! {
                <div class="look-head">{status_tag(Status::Late, Some("待确认".to_owned()))} <span class="small">{waiting.source.clone()}</span></div>
                {lines}
            }
        });
        let left_behind = item.left_behind.iter().take(PARTS).map(|left| {
            let said = format!("{}{}。", left.told, left.lines.join("；"));
            asked(said, std::slice::from_ref(&left.source))
        });
        let denied = item.denied.iter().map(|denied| asked(denied.told.clone(), &denied.sources));
        let told = left_behind.chain(denied).collect_view();
        let torn = item.torn.map(|torn| asked(torn, &[]));
        let left = [item.disputes.len(), item.proposals.len(), item.left_behind.len()].map(|all| Portion::of(all, PARTS).rest);
        let left = Portion::of(left.iter().sum(), 0).left_out();
        let left = left.map(|words| view! { <p class="small muted">{words}</p> });
        view! { <li class="look"><p>{item.title} " " <span class="small muted">{item.about}</span></p> {torn} {disputes} {told} {waiting.collect_view()} {left}</li> }
    });
    let rest = look.len().saturating_sub(LOOKED);
    let rest = (rest > 0)
        .then(|| view! { <p class="small muted">{format!("还有 {rest} 条，合并后在“核对”页逐条处理。")}</p> });
    let items = items.collect_view();
    let part = view! {
        <section>
            <h3>{format!("要您看一眼，{} 条", look.len())}</h3>
            <p class="small muted">"不处理也能合并，两边都会保留。"</p>
            <ul>{items}</ul>
            {rest}
        </section>
    };
    (!look.is_empty()).then(|| part.into_any())
}

/// Something to decide that a sentence says.
fn asked(told: String, sources: &[String]) -> AnyView {
    let sources = sources.join("；");
    view! {
        <div class="look-head">{status_tag(Status::Warn, Some("要核对".to_owned()))} <span class="small">{sources}</span></div>
        <p>{told}</p>
    }
    .into_any()
}

fn file_row(session: ImportSession, index: usize, file: &FilePreview, after: &Replica) -> AnyView {
    let (status, word) = match &file.outcome {
        Outcome::Brings(_) if file.remarks.iter().any(|remark| remark.place == "much") => {
            (Status::Warn, "替换很多，请核对")
        }
        Outcome::Brings(_) if file.is_unusual() => (Status::Warn, "请先核对"),
        Outcome::Brings(effect) if effect.conflicts + effect.pending > 0 => (Status::Warn, "可合并，有待处理"),
        Outcome::Brings(_) => (Status::Done, "可合并"),
        Outcome::NothingNew => (Status::None, "没有新内容"),
        Outcome::SameAs(_) => (Status::None, "重复文件"),
        Outcome::Sealed(_) => (Status::Warn, "已加密"),
        Outcome::Refused(_) => (Status::Late, "拒收"),
    };
    let (new, changed) = match &file.outcome {
        Outcome::Brings(effect) => (said(effect.new), said(effect.changed - effect.gone())),
        _ => ("--".to_owned(), "--".to_owned()),
    };
    let purpose = file.header.as_ref().map(|header| {
        let units = session
            .town
            .read_untracked(|desk| unit_names(desk.replica(), after, &header.scope.units));
        let about = match header.purpose {
            Purpose::Redacted => "不含个人信息，合并不会删掉本机已有的",
            Purpose::Backup => "含全部台账",
            Purpose::Share => "一台设备写入共享文件夹的修改",
            Purpose::Report | Purpose::Dispatch => units.as_str(),
        };
        format!("{}文件，{about}", header.purpose.label())
    });
    let outcome = match &file.outcome {
        Outcome::Brings(effect) => {
            let saves = format!("共 {} 次保存", said(file.changes.len()));
            Some(effect_words(effect).map_or(saves.clone(), |words| format!("{saves}，{words}")))
        }
        Outcome::SameAs(twin) => Some(format!("与{twin}内容相同")),
        Outcome::Refused(notice) => Some(words(notice)),
        Outcome::NothingNew => Some("内容都已在本机".to_owned()),
        Outcome::Sealed(_) => None,
    };
    let back = matches!((&file.outcome, &file.header), (Outcome::NothingNew, Some(header)) if header.purpose == Purpose::Backup);
    let back = back.then(|| {
        let copy = session
            .shell
            .address
            .with_untracked(|here| here.get(key::COPY).unwrap_or_default().to_owned());
        let href = Address::from(Route::Compare).with(key::COPY, &copy).hash();
        view! { <div>"要改回当时的内容，请用" <a href=href>"和备份对比"</a></div> }
    });
    let lines = purpose.into_iter().chain(outcome).chain(file.remarks.iter().map(words));
    let lines = lines.map(|line| view! { <div>{line}</div> }).collect_view();
    let lock = matches!(file.outcome, Outcome::Sealed(_)).then(|| passphrase(session, index, &file.name));
    view! {
        <tr>
            <td>{file.name.clone()}</td>
            <td>{status_tag(status, Some(word.to_owned()))}</td>
            <td class="num" data-label="新增">{new}</td>
            <td class="num" data-label="修改">{changed}</td>
            <td>{lines} {back} {lock}</td>
        </tr>
    }
    .into_any()
}

fn effect_words(effect: &Effect) -> Option<String> {
    let parts = [
        (effect.deleted, "条要删除"),
        (effect.joined, "条要并入别的记录"),
        (effect.conflicts, "处填得不同"),
        (effect.pending, "条待确认"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|p| p.0 > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    (!parts.is_empty()).then(|| parts.join("，"))
}

fn passphrase(session: ImportSession, index: usize, name: &str) -> AnyView {
    let typed = RwSignal::new(String::new());
    let wrong = move || {
        let wrong = session.wrong.get().filter(|(at, _)| *at == index);
        wrong.map(|(_, text)| view! { <span class="field-error" role="alert">{text}</span> })
    };
    view! {
        <div class="button-row">
            <input
                class="input"
                type="password"
                autocomplete="off"
                aria-label=format!("{name}的口令")
                placeholder="口令"
                prop:value=typed
                on:input=move |ev| typed.set(event_target_value(&ev))
            />
            <Button label="解密".to_owned() on_press=move |()| session.unseal(index, typed.get_untracked()) />
        </div>
        {wrong}
    }
    .into_any()
}
