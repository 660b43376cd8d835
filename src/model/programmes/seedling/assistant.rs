//! 党建助理员 → 后备干部 → 两委 (M16).

use crate::model::date::Day;
use crate::model::engine::workflow::Conversion;
use crate::model::notice::Notice;
use crate::model::programmes::lead::ledgers::Cadre;
use crate::model::programmes::seedling::ledgers::{Assistant, Reserve, ReserveKind, ReserveSource};
use crate::model::value::Value;

/// How far an assistant has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 在任.
    Serving,
    /// 后备干部.
    Reserve,
    /// 进入两委.
    Elected,
    /// 离任 without becoming a reserve cadre.
    Left,
}

impl Stage {
    /// Label.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Serving => "助理员",
            Stage::Reserve => "后备干部",
            Stage::Elected => "进入两委",
            Stage::Left => "离任",
        }
    }
}

/// Stage of an assistant, with the reserve record it became (if it did).
pub fn stage_at(row: Assistant, reserve: Option<Reserve>, on: Day) -> Stage {
    match reserve {
        Some(r) if r.elected().is_some_and(|d| d <= on) => Stage::Elected,
        Some(r) if r.since().is_some_and(|d| d <= on) => Stage::Reserve,
        _ if row.until().is_some_and(|d| d <= on) => Stage::Left,
        _ => Stage::Serving,
    }
}

/// Makes a reserve cadre of an assistant, who may go on serving.
///
/// # Errors
/// Notices when the assistant already is one, or the day lies before the service.
pub fn into_reserve(row: Assistant, id: &str, on: Day) -> Result<Conversion, Vec<Notice>> {
    if row.reserve().is_some() {
        return Err(vec![Notice::error(
            "reserve",
            "已经转为后备干部",
            "打开原来的后备干部记录",
        )]);
    }
    if row.since().is_some_and(|since| since > on) {
        return Err(vec![Notice::error("since", "入库日期早于任职日期", "核对两个日期")]);
    }
    let made = Reserve::draft(id).unit(row.unit()).name(row.name()).sex(row.sex());
    let made = made.birth(row.birth()).education(row.education());
    let made = made.mentor(row.mentor()).phone(row.phone()).since(on);
    let made = made
        .source(ReserveSource::Assistant.code())
        .kind(ReserveKind::Committee.code());
    Ok(Conversion {
        made: made.assistant(row.id()).into_draft(),
        writes: vec![(Assistant::FIELDS.reserve, Value::text(id))],
    })
}

/// Makes a member of the committees of a reserve cadre who was elected.
///
/// # Errors
/// Notices when the person has left the pool, was elected before, or has no post.
pub fn elect(row: Reserve, id: &str, post: &str, on: Day) -> Result<Conversion, Vec<Notice>> {
    let wrong = if row.elected().is_some() {
        Some(("elected", "已经进入两委", "打开原来的两委干部记录"))
    } else if row.left().is_some_and(|d| d <= on) {
        Some(("left", "已经出库", "重新入库后再登记"))
    } else if row.since().is_some_and(|since| since > on) {
        Some(("elected", "当选日期早于入库日期", "核对两个日期"))
    } else if post.trim().is_empty() {
        Some(("elected", "没有写职务", "写明当选的职务"))
    } else {
        None
    };
    if let Some((place, what, todo)) = wrong {
        return Err(vec![Notice::error(place, what, todo)]);
    }
    let made = Cadre::draft(id).unit(row.unit()).name(row.name()).sex(row.sex());
    let made = made.birth(row.birth()).education(row.education()).phone(row.phone());
    let writes = vec![
        (Reserve::FIELDS.elected, Value::text(on.to_string())),
        (Reserve::FIELDS.cadre, Value::text(id)),
    ];
    Ok(Conversion {
        made: made.post(post.trim()).since(on).reserve(row.id()).into_draft(),
        writes,
    })
}
