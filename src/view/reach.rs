//! What a page calls the whole: the town, or the part of it whose records alone are here.

use super::{format, show};
use crate::model::date::Day;
use crate::model::engine::indicator::{Period, Scope};
use crate::model::programmes;
use crate::model::programmes::town::ledgers::Town;
use crate::model::programmes::town::rules::{WINDOW_EVENT, WINDOW_START};
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

/// The words of a period, with the event from which it counts: `2022-02-10起（县委三级干部大会以来）`.
pub fn period_told(period: Period, records: &dyn Records) -> String {
    since(period, records).map_or_else(|| period.label(), |event| format!("{}（{event}以来）", period.label()))
}

/// The event with which a period begins, where it is the one from which the town counts.
pub fn since(period: Period, records: &dyn Records) -> Option<String> {
    let settings = programmes::settings(records);
    let begins = matches!(period, Period::Since(day) if WINDOW_START.get(&settings) == Some(day));
    begins.then(|| show::name(WINDOW_EVENT.get(&settings)))
}

/// Who made a printed table; room for the pen where nobody said a name.
pub fn maker(name: &str) -> String {
    match name.trim() {
        "" => "制表人：　　　　　　".to_owned(),
        name => format!("制表人：{}", show::name(name)),
    }
}

/// The line under the title of a page with figures on paper: of whom, over what time, made when and by whom.
pub fn on_paper(
    records: &dyn Records,
    reach: &Scope,
    (period, day): (Period, Day),
    (today, who): (Day, &str),
) -> String {
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
        "单位：{whose}　统计期：{}，截至 {}　制表日期：{}　{}",
        period_told(period, records),
        written(day),
        written(today),
        maker(who)
    )
}
