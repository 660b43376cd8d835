//! The settings of the town, read from their records.

use super::calendar::{HolidayRow, worked_days};
use super::ledgers::Setting;
use crate::model::ledger::{Choice, TypedRow as _};
use crate::model::records::Records;
use crate::model::settings::Settings;
use crate::model::working_days::Holiday;

/// Every setting that a person made, and the holidays that were recorded.
pub fn read(records: &dyn Records) -> Settings {
    let mut values = Vec::new();
    records.visit(Setting::SCHEMA, None, &mut |cells| {
        if let Some(value) = Setting::of(cells).value() {
            values.push((cells.id().to_string(), value.to_string()));
        }
    });
    let mut settings: Settings = values.into_iter().collect();
    records.visit(HolidayRow::SCHEMA, None, &mut |cells| {
        let row = HolidayRow::of(cells);
        if let (Some(year), Some(from), Some(to)) = (row.year(), row.from(), row.to()) {
            settings.holidays.push(Holiday {
                year,
                name: row.name().unwrap_or_default().to_owned(),
                from,
                to,
                worked: worked_days(row.worked().unwrap_or_default()),
            });
        }
    });
    settings
}

/// What a choice is called: the name that the town gave it, where it may give one.
pub fn choice_label<'a>(records: &'a dyn Records, choice: &Choice) -> &'a str {
    let own = choice
        .named_by
        .and_then(|rule| records.find(Setting::SCHEMA, rule.about.key));
    let own = own.and_then(|cells| Setting::of(cells).value());
    own.filter(|name| !name.is_empty()).unwrap_or(choice.label)
}
