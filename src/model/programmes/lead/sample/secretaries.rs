//! 头雁 of the sample: this term's and the previous term's secretaries.

use crate::model::engine::sample::{Dice, Maker, ym, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::ledgers::Secretary;
use crate::model::programmes::town::sample::units::{secretary_name, units};

pub(in crate::model) fn fill(maker: &mut Maker) {
    for (index, row) in units() {
        previous(maker, index);
        current(maker, index, row.name);
    }
}

/// Day on which the unit's new secretary took office in the round of 2021.
pub(in crate::model) fn appointed(index: usize) -> crate::model::date::Day {
    ymd(2021, 3, 8).plus_days(i32::try_from(index % 20).unwrap_or(0))
}

/// Whether the previous secretary stayed; never where the article names the secretary.
pub(in crate::model) fn stayed(index: usize) -> bool {
    index.is_multiple_of(3)
        && !matches!(
            crate::model::programmes::town::sample::units::UNITS[index].name,
            "河田村" | "大集社区" | "寺前村"
        )
}

fn birth_year(index: usize, base: i32, span: i64) -> i32 {
    base + Dice::new("birth", index).between(0, span) as i32
}

fn previous(maker: &mut Maker, index: usize) {
    let stayed = stayed(index);
    let education = match index % 7 {
        0 | 3 => "college",
        1 | 4 => "senior",
        6 if index.is_multiple_of(2) => "college",
        _ => "junior",
    };
    let born = birth_year(index, if stayed { 1970 } else { 1960 }, if stayed { 14 } else { 10 });
    let rec = maker.of(Secretary::SCHEMA, index, ymd(2021, 1, 12));
    let name = if stayed {
        secretary_name(index)
    } else {
        format!("示例前任书记{:02}", index + 1)
    };
    maker.put(
        rec.text("name", name)
            .text("sex", if index % 8 == 5 { "female" } else { "male" })
            .show("birth", ym(born, 1 + (index as i32 * 5) % 12))
            .text("education", education)
            .show("since", ymd(2016, 3, 1).plus_days(index as i32))
            .show("until", appointed(index).plus_days(-1))
            .text("source", "other")
            .yes("both_posts", index % 6 != 2),
    );
}

fn current(maker: &mut Maker, index: usize, unit: &str) {
    let since = appointed(index);
    let rec = maker
        .of(Secretary::SCHEMA, index, since)
        .text("name", secretary_name(index))
        .show("since", since);
    let rec = match unit {
        "河田村" => rec.text("cohort", "80s").text("posts", "党支部书记"),
        "大集社区" => rec.text("posts", "党总支书记"),
        "寺前村" => rec
            .text("source", "thousand")
            .yes("both_posts", true)
            .text("posts", "党支部书记、村委员会主任"),
        _ => {
            let stayed = stayed(index);
            let education = match index % 6 {
                0 | 3 if stayed && index.is_multiple_of(2) => "college",
                0 | 2 => "bachelor",
                1 | 4 => "college",
                _ => "senior",
            };
            let born = if stayed {
                birth_year(index, 1970, 14)
            } else if index % 4 == 1 {
                birth_year(index, 1987, 6)
            } else {
                birth_year(index, 1973, 11)
            };
            rec.text(
                "sex",
                if index % 8 == 5 || index % 16 == 2 {
                    "female"
                } else {
                    "male"
                },
            )
            .show("birth", ym(born, 1 + (index as i32 * 5) % 12))
            .text("education", education)
            .show("joined", ym(born + 24, 7))
            .text("source", if stayed { "stay" } else { SOURCES[index % 4] })
            .yes("both_posts", index != 21)
        }
    };
    maker.put(rec);
}

const SOURCES: [&str; 4] = ["promoted", "returnee", "sent", "promoted"];
