//! Blank forms for the pen: any ledger, where there is no phone.

use super::block::{Block, Density, Run};
use super::ground::{Ground, date_or_blank};
use super::kind::{Kind, Of};
use super::pen::Pen;
use crate::model::ledger::{Kind as Holds, Ledger};
use crate::model::programmes::catalogue;
use crate::view::show;

/// 空白表: the record that is asked for is the id of a ledger.
pub const BLANK: Kind = Kind {
    id: "blank",
    label: "空白登记表",
    whom: "没有手机时手写，一本台账一张表，收回后录入",
    of: &[Of::Ledger],
    period: false,
    density: Density::OnePage,
    make,
};

fn make(ground: &Ground) -> Result<Vec<Block>, String> {
    let id = ground.asked.record.as_deref().unwrap_or_default();
    let Some(ledger) = catalogue().get(id).filter(|ledger| !ledger.system) else {
        return Err("请写明是哪一本台账的空白表".to_owned());
    };
    let mut pen = Pen::default();
    pen.title(format!("{}登记表", ledger.label));
    pen.text(
        "help",
        format!("{}。带＊的必须填写。", ledger.help.trim_end_matches('。')),
    );
    let rows = form(ground, ledger);
    // Rows as high as a sheet leaves them, and high enough to write in.
    let count = u16::try_from(rows.len()).unwrap_or(u16::MAX).max(1);
    pen.form("form", &[], &[3, 9], rows, (SHEET / count).clamp(68, 130));
    pen.text(
        "by",
        format!("填报人：　　　　　　　　填报日期：{}", date_or_blank(None)),
    );
    Ok(pen.done())
}

/// Height of a sheet beside title and ends, in tenths of a millimetre.
const SHEET: u16 = 2_050;

fn form(ground: &Ground, ledger: &'static Ledger) -> Vec<Vec<Run>> {
    let rows = ledger.fields.iter().map(|field| {
        let star = if field.required { "＊" } else { "" };
        let room = match field.kind {
            Holds::Choice | Holds::Choices => {
                let choices = show::choices(ground.records, field).into_iter();
                let boxes: Vec<String> = choices.map(|(_, label)| format!("□{label}")).collect();
                boxes.join("　")
            }
            Holds::YesNo => "□是　□否".to_owned(),
            Holds::Day => date_or_blank(None),
            Holds::Month => "　　　年　　月".to_owned(),
            Holds::Year => "　　　年".to_owned(),
            Holds::LongText => "\n\n".to_owned(),
            _ => field
                .measure
                .map_or_else(|| "　".to_owned(), |measure| format!("　　　　　　{measure}")),
        };
        vec![Run::plain(format!("{star}{}", field.label)), Run::plain(room)]
    });
    rows.collect()
}
