//! Sheets leaving the page: made by the office worker, handed over as a download.

use leptos::prelude::*;
use leptos::task::spawn_local;
use office::sheet::Sheet;

use super::components::button::{Button, ButtonKind, Segments, disclosure};
use super::figures::Figures;
use super::state::AppStore;
use crate::browser::files::offer_bytes;
use crate::browser::office::{self as worker, Ended};
use crate::exchange::name::safe;
use crate::exchange::writing::town_name;
use crate::model::notice::Notice;
use crate::view::charts::Source;
use crate::view::tables::seen::Over;
use crate::view::tables::withheld::withhold;
use crate::view::tables::write::Personal;
use crate::view::words::PLAIN_TABLE;

/// What a workbook is for the browser.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Which file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A workbook.
    Xlsx,
    /// The sheets as text with commas.
    Csv,
}

/// Makes a file of sheets and offers it as a download; says what became of it. `name` is without its ending.
pub fn save(town: AppStore, name: &str, sheets: Vec<Sheet>, format: Format) {
    let name = safe(name);
    let toasts = town.toasts;
    let told = move |name: &str, taken: bool| match taken {
        true => toasts.say(format!("已导出 {name}，在浏览器的下载里"), None),
        false => toasts.say("浏览器没有保存这个文件，请换一个浏览器打开本页再导出", None),
    };
    if format == Format::Csv {
        let name = format!("{name}.csv");
        let bytes = office::csv_of(&sheets);
        let taken = offer_bytes(&name, "text/csv;charset=utf-8", &bytes);
        told(&name, taken);
        return;
    }
    spawn_local(async move {
        match worker::write(&sheets).await {
            Ok(bytes) => {
                let name = format!("{name}.xlsx");
                let taken = offer_bytes(&name, XLSX, &bytes);
                told(&name, taken);
            }
            Err(ended) => {
                let notice = refused_by_worker(&ended);
                toasts.say(format!("没有导出：{}，{}", notice.what, notice.todo), None);
            }
        }
    });
}

/// Offers an archive of workbooks that was made, or says why it was not. `name` is without its ending.
pub fn hand_out(town: AppStore, name: &str, made: Result<Vec<u8>, Ended>, books: usize) {
    let name = format!("{}.zip", safe(name));
    let told = match made {
        Ok(bytes) if offer_bytes(&name, "application/zip", &bytes) => {
            format!("已导出 {name}，里面有 {books} 份表格，解压后分别发出")
        }
        Ok(_) => "浏览器没有保存这个文件，请换一个浏览器打开本页再导出".to_owned(),
        Err(ended) => {
            let notice = refused_by_worker(&ended);
            format!("没有导出：{}，{}", notice.what, notice.todo)
        }
    };
    town.toasts.say(told, None);
}

/// Why the office worker gave up, in words.
pub fn refused_by_worker(ended: &Ended) -> Notice {
    let (what, todo) = match ended {
        Ended::TooLong => (
            "读了 30 秒还没有读完，已停止",
            "请在表格软件里打开，把要导入的部分复制到新文件",
        ),
        Ended::TooMuch => (
            "表格太大，内存不够，已停止",
            "请在表格软件里打开，把要导入的部分复制到新文件",
        ),
        Ended::Unreachable => (
            "读写表格的部分还没有下载到本机",
            "请连上网络，刷新本页后再试；粘贴单元格不需要它",
        ),
        Ended::Cancelled => ("已取消", "需要时重新选择文件"),
        Ended::Failed(_) => (
            "读写表格时出错，已停止",
            "请在表格软件里另存为 .xlsx 后再试，或者复制单元格粘贴到本页",
        ),
    };
    Notice::error("file", what, todo)
}

/// What a person chose about a file to be made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// All fields of the records, not only the columns that are seen.
    pub whole: bool,
    /// What becomes of personal fields.
    pub personal: Personal,
}

/// What the menu asks before it makes a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Nothing but the format: there are no records in it.
    Format,
    /// Whether people are named; phones go out as they are seen.
    Names,
    /// What becomes of personal fields.
    Personal,
    /// Which columns, and what becomes of personal fields.
    Columns,
}

/// `导出表格`: asks what is to be in it, then makes the file. `make` gives its name and its sheets.
pub fn export_menu(
    town: AppStore,
    asks: Asks,
    make: impl Fn(Wanted) -> (String, Vec<Sheet>) + Clone + Send + Sync + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let whole = RwSignal::new("seen".to_owned());
    let personal = RwSignal::new("masked".to_owned());
    let save = move |format: Format| {
        let wanted = Wanted {
            whole: whole.with_untracked(|key| key == "all"),
            personal: personal.with_untracked(|key| Personal::by_code(key)),
        };
        let (name, mut sheets) = make(wanted);
        if wanted.personal == Personal::LeftOut {
            town.read_untracked(|desk| withhold(desk.replica(), &mut sheets));
        }
        self::save(town, &name, sheets, format);
        open.set(false);
    };
    let menu = move || {
        let (xlsx, csv) = (save.clone(), save.clone());
        let plain = PLAIN_TABLE.for_role(town.read_untracked(|desk| desk.person().role));
        open.get().then(|| {
            let columns = (asks == Asks::Columns).then(|| {
                let options = vec![
                    ("seen".to_owned(), "看到的列".to_owned()),
                    ("all".to_owned(), "全部栏目".to_owned()),
                ];
                let choose = move |key| whole.set(key);
                view! { <Segments label="导出哪些列".to_owned() options chosen=whole on_choose=choose /> }
            });
            let people = (asks != Asks::Format).then(|| {
                let option = |(of, code, words): (Personal, &str, &str)| match (asks, of) {
                    (Asks::Names, Personal::Whole) => None,
                    (Asks::Names, Personal::Masked) => Some((code.to_owned(), "和看到的一样".to_owned())),
                    _ => Some((code.to_owned(), words.to_owned())),
                };
                let options: Vec<_> = Personal::ALL.into_iter().filter_map(option).collect();
                let choose = move |key| personal.set(key);
                view! { <Segments label="个人信息".to_owned() options chosen=personal on_choose=choose /> }
            });
            view! {
                <div class="export-menu" role="group" aria-label="导出表格">
                    {columns}
                    {people}
                    <div class="button-row">
                        <Button
                            kind=ButtonKind::Main
                            label="导出 Excel 表格".to_owned()
                            on_press=move |()| xlsx(Format::Xlsx)
                        />
                        <Button label=plain.to_owned() on_press=move |()| csv(Format::Csv) />
                    </div>
                </div>
            }
        })
    };
    disclosure("导出表格", open, menu)
}

/// `导出表格` of a page with figures. `what` names the page; `make` gives the sheets of what it shows.
pub fn figures_menu(
    figures: Figures,
    asks: Asks,
    what: String,
    make: impl Fn(Source, &Over, Personal) -> Vec<Sheet> + Clone + Send + Sync + 'static,
) -> AnyView {
    let make = move |wanted: Wanted| {
        untrack(|| {
            let town = figures.town.read(|desk| town_name(desk.replica()));
            let over = Over {
                title: format!("{town}{what}"),
                line: figures.on_paper(),
            };
            let sheets = figures.source(|source| make(source, &over, wanted.personal));
            (format!("{} {}", over.title, figures.asked().1), sheets)
        })
    };
    export_menu(figures.town, asks, make)
}
