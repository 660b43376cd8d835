//! Mobile members: who counts as one, and how one becomes a reserve cadre (M7, M10, M12, docs/requirements.md §2.5).

use crate::model::date::Day;
use crate::model::engine::workflow::Conversion;
use crate::model::notice::Notice;
use crate::model::programmes::seedling::ledgers::{
    Mobile, MobileContact, MobileDirection, MobileIntent, Reserve, ReserveSource,
};
use crate::model::programmes::seedling::rules;
use crate::model::settings::Settings;
use crate::model::value::Value;

/// How a mobile member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Away for less than the months of the definition.
    Recent,
    /// A mobile member by definition.
    Away,
    /// Became a reserve cadre.
    Reserve,
    /// Came home.
    Returned,
}

impl Stage {
    /// Label.
    pub fn label(self, settings: &Settings) -> String {
        let label = match self {
            Stage::Recent => return format!("外出不满 {} 个月", rules::MOBILE_MONTHS.get(settings)),
            Stage::Away => "流动党员",
            Stage::Reserve => "已转后备干部",
            Stage::Returned => "已返回",
        };
        label.to_owned()
    }
}

/// Stage on a day; `None` without the day of leaving.
pub fn stage_at(row: Mobile, on: Day, settings: &Settings) -> Option<Stage> {
    let since = row.since().filter(|d| *d <= on)?;
    Some(if row.returned().is_some_and(|d| d <= on) {
        Stage::Returned
    } else if row.reserve().is_some() {
        Stage::Reserve
    } else if since.plus_months(rules::MOBILE_MONTHS.get(settings)) <= on {
        Stage::Away
    } else {
        Stage::Recent
    })
}

/// Whether a member who went out is a mobile member on a day: away, and for at least the months of the definition.
pub fn counts(row: Mobile, on: Day, settings: &Settings) -> bool {
    let since = row.since().map(|d| d.plus_months(rules::MOBILE_MONTHS.get(settings)));
    !MobileDirection::In.is(row.direction()) && row.returned().is_none_or(|d| d > on) && since.is_some_and(|d| d <= on)
}

/// Days since the last contact, or since leaving if there was none.
pub fn silent_days(row: Mobile, contacts: &[MobileContact], on: Day) -> Option<i32> {
    let own = contacts.iter().filter(|c| c.mobile() == Some(row.id()));
    let last = own
        .filter_map(|c| c.date())
        .filter(|d| *d <= on)
        .max()
        .or(row.since())?;
    Some(on.since(last))
}

/// The last contact, or the day of leaving, and the last day for the next one: so many days later, abroad half a year.
pub fn next_contact(row: Mobile, contacts: &[MobileContact], on: Day, settings: &Settings) -> Option<(Day, Day)> {
    let last = on.plus_days(-silent_days(row, contacts, on)?);
    let due = match row.abroad() {
        Some(true) => last.plus_months(ABROAD_MONTHS),
        _ => last.plus_days(rules::MOBILE_DAYS.get(settings)),
    };
    Some((last, due))
}

/// Months in which a member abroad is contacted at least once (docs/requirements.md §2.5).
pub const ABROAD_MONTHS: i32 = 6;

/// Makes a reserve cadre of a mobile member who is willing to come home; the history stays with the member's record.
///
/// # Errors
/// Notices when the member already is one, or has no wish to come home on record.
pub fn into_reserve(row: Mobile, id: &str, on: Day) -> Result<Conversion, Vec<Notice>> {
    if row.reserve().is_some() {
        return Err(vec![Notice::error(
            "reserve",
            "已经转为后备干部",
            "打开原来的后备干部记录",
        )]);
    }
    if !matches!(
        MobileIntent::of(row.intent()),
        Some(MobileIntent::Found | MobileIntent::Work)
    ) {
        let todo = "登记返乡意愿后再纳入后备";
        return Err(vec![Notice::error("intent", "没有返乡创业或返乡工作的意愿", todo)]);
    }
    let made = Reserve::draft(id).unit(row.unit()).name(row.name()).phone(row.phone());
    let made = made.source(ReserveSource::Mobile.code()).since(on);
    Ok(Conversion {
        made: made.mobile(row.id()).into_draft(),
        writes: vec![(Mobile::FIELDS.reserve, Value::text(id))],
    })
}
