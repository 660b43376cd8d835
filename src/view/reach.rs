//! What a page calls the whole: the town, or the part of it whose records alone are here.

use super::{format, show};
use crate::model::date::Day;
use crate::model::engine::indicator::{Period, Scope};
use crate::model::programmes::town::ledgers::Town;
use crate::model::records::{Records, rows};

/// `全镇`, `寺前片区`, `寺前村`.
pub fn name(records: &dyn Records, reach: &Scope) -> String {
    match reach {
        Scope::Town => "全镇".to_owned(),
        Scope::District(id) => show::district_name(records, id),
        Scope::Unit(code) => show::unit_name(records, code),
    }
}

/// The same of one kind of unit: `全镇的村`, `寺前片区的社区`.
pub fn name_of_kind(records: &dyn Records, reach: &Scope, community: Option<bool>) -> String {
    let whole = name(records, reach);
    match community {
        None => whole,
        Some(true) => format!("{whole}的社区"),
        Some(false) => format!("{whole}的村"),
    }
}

/// The sentence that says so on every page with figures; nothing where the whole is the town.
pub fn told(records: &dyn Records, reach: &Scope) -> Option<String> {
    (*reach != Scope::Town).then(|| format!("这里只看{}的记录，不统计全镇。", name(records, reach)))
}

/// What stands in place of what is about the whole town, or about somebody whose records are not here.
pub fn elsewhere(records: &dyn Records, reach: &Scope) -> String {
    format!("这台设备上只看{}的记录，看不到这一页。", name(records, reach))
}

/// The line under the title of a page with figures on paper: of whom, over what time, and made when.
pub fn on_paper(records: &dyn Records, reach: &Scope, (period, day): (Period, Day), today: Day) -> String {
    let town = || {
        rows::<Town>(records)
            .iter()
            .find_map(|t| t.name())
            .map_or_else(|| "本镇".to_owned(), show::name)
    };
    let whose = match reach {
        Scope::Town => town(),
        part => format!("{}{}", town(), name(records, part)),
    };
    let written = |day: Day| {
        let (year, month, date) = day.ymd();
        format::date_in_text(year, month.unsigned_abs(), date.unsigned_abs())
    };
    format!(
        "单位：{whose}　统计期：{}，截至 {}　制表日期：{}",
        period.label(),
        written(day),
        written(today)
    )
}
