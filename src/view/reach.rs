//! What a page calls the whole: the town, or the part of it whose records alone are here.

use super::show;
use crate::model::indicator::Scope;
use crate::model::records::Records;

/// `全镇`, `寺前片区`, `寺前村`.
pub fn name(records: &dyn Records, reach: &Scope) -> String {
    match reach {
        Scope::Town => "全镇".to_owned(),
        Scope::District(id) => show::district_name(records, id),
        Scope::Unit(code) => show::unit_name(records, code),
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
