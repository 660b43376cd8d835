//! Forms for villages that fill in a spreadsheet: given out for a task, and taken in among the files that are merged.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sha2::{Digest as _, Sha256};

use crate::browser::office as worker;
use crate::browser::turns::{Frames, next_turn};
use crate::exchange::Batch;
use crate::exchange::file::hex;
use crate::model::ledger::TypedRow;
use crate::model::programmes::town::ledgers::{Dispatch, District, Unit};
use crate::model::records::{Records as _, rows};
use crate::turns::Turns;
use crate::ui::components::button::{Button, Select};
use crate::ui::state::AppStore;
use crate::ui::tables::{Format, hand_out, refused_by_worker, save};
use crate::view::show;
use crate::view::tables::forms::{file_name, units, workbook};
use crate::view::tables::returned::{Arrival, report};
use crate::view::tables::words;

/// Whether bytes are those of a workbook, and not of a file of ours.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// Takes a form that came back into the batch, or says why it cannot be read.
pub(super) async fn take(town: AppStore, batch: &mut Batch, name: &str, bytes: Vec<u8>) {
    let sha256 = hex(&Sha256::digest(&bytes));
    let book = match worker::read(bytes).await {
        Ok(Ok(book)) => book,
        Ok(Err(refusal)) => return batch.refuse(name, words::refused_to_merge(&refusal)),
        Err(ended) => return batch.refuse(name, refused_by_worker(&ended)),
    };
    let arrival = town.read_untracked(|desk| Arrival {
        actor: desk.new_tag(),
        at: desk.now(),
        today: desk.today(),
        sha256,
    });
    let frames = Frames::begin();
    // A copy of the records as the files so far leave them: the form is read against it while the batch takes it in.
    let here = batch.preview().after.clone();
    next_turn().await;
    match report(&here, &book, &arrival, Turns::by(&frames)).await {
        Ok(returned) => {
            batch.take_read(name, returned.content, Turns::by(&frames)).await;
            batch.remark(returned.remarks);
        }
        Err(notice) => batch.refuse(name, notice),
    }
}

/// Marks a district among the places a form can be for.
const DISTRICT: &str = "d:";
/// Stands for all units.
const ALL: &str = "*";

/// The part of 下发 for villages that fill in a spreadsheet. `tasks`: id and title.
pub(super) fn give_out(town: AppStore, tasks: Memo<Vec<(String, String)>>) -> AnyView {
    let picked = RwSignal::new(None::<String>);
    let task = Memo::new(move |_| {
        let all = tasks.read();
        let picked = picked.get().filter(|picked| all.iter().any(|(id, _)| id == picked));
        picked
            .or_else(|| all.first().map(|(id, _)| id.clone()))
            .unwrap_or_default()
    });
    let place = RwSignal::new(ALL.to_owned());
    let places = Signal::derive(move || {
        town.read(|desk| {
            let districts = show::districts(desk.replica()).into_iter();
            let districts = districts.map(|d| (format!("{DISTRICT}{}", d.id()), d.name().unwrap_or(d.id()).to_owned()));
            let units = rows::<Unit>(desk.replica())
                .into_iter()
                .filter(|unit| unit.until().is_none());
            let units = units.map(|u| (u.id().to_owned(), u.name().unwrap_or(u.id()).to_owned()));
            let first = std::iter::once((ALL.to_owned(), "全部村（社区）".to_owned()));
            first.chain(districts).chain(units).collect::<Vec<_>>()
        })
    });
    let busy = RwSignal::new(false);
    let why_not = Signal::derive(move || match busy.get() {
        true => "正在生成表格".to_owned(),
        false => String::new(),
    });
    let press = move |()| {
        if !busy.get_untracked() {
            busy.set(true);
            let (task, place) = (task.get_untracked(), place.get_untracked());
            spawn_local(async move {
                next_turn().await;
                make(town, &task, &place).await;
                let _ = busy.try_set(false);
            });
        }
    };
    let none = Memo::new(move |_| tasks.read().is_empty());
    let nothing_asked = || view! { <p>"要先在上面下发一项任务，才能导出填报表格。"</p> }.into_any();
    let row = move || {
        view! {
            <div class="setting">
                <span>"按哪项任务、发给谁"</span>
                <span class="button-row">
                    <Select
                        label="任务"
                        options=Signal::derive(move || tasks.get())
                        chosen=task
                        on_choose=move |id| picked.set(Some(id))
                    />
                    <Select label="填报表格发给" options=places chosen=place on_choose=move |code| place.set(code) />
                    <Button label="导出填报表格".to_owned() why_not on_press=press />
                </span>
            </div>
        }
    };
    view! {
        <h3>"填报表格"</h3>
        <p class="small muted">
            "不用本页面的村（社区），发一份 Excel 表格去填：要填的台账、已有的记录、下拉选项都在里面。填好发回，在“收”里选择，就记为这个村的上报。"
        </p>
        {move || if none.get() { nothing_asked() } else { row().into_any() }}
    }
    .into_any()
}

/// Makes the forms of a task: a workbook for one unit, an archive of workbooks for several.
async fn make(town: AppStore, task: &str, place: &str) {
    let (here, today) = town.read_untracked(|desk| (desk.snapshot(), desk.today()));
    let Some(dispatch) = here.find(Dispatch::SCHEMA, task).map(Dispatch::of) else {
        return;
    };
    let district = place.strip_prefix(DISTRICT);
    let mut asked = units(&here);
    asked.retain(|unit| match district {
        Some(district) => here.district_of(unit) == Some(district),
        None => place == ALL || unit == place,
    });
    if let [unit] = asked.as_slice() {
        let name = file_name(&here, &dispatch, unit);
        save(town, &name, workbook(&here, &dispatch, unit, today), Format::Xlsx);
        return;
    }
    if asked.is_empty() {
        town.toasts.say("这个片区还没有村（社区），没有要填的", None);
        return;
    }
    let mut books = Vec::with_capacity(asked.len());
    for unit in &asked {
        let name = format!("{}.xlsx", file_name(&here, &dispatch, unit));
        books.push((name, workbook(&here, &dispatch, unit, today)));
        next_turn().await;
    }
    let of = district.and_then(|id| {
        here.find(District::SCHEMA, id)
            .and_then(|d| District::of(d).name().map(str::to_owned))
    });
    let name = format!(
        "{}_{}_填报表",
        of.as_deref().unwrap_or("全镇"),
        dispatch.title().unwrap_or("任务")
    );
    hand_out(town, &name, worker::bundle(&books).await, books.len());
}
