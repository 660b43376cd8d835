//! 发展党员 of the sample: files at every stage under the rules of 2014, inspections, quota.

use crate::model::date::Day;
use crate::model::engine::sample::{Dice, Maker, Rec, ym, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::seedling::ledgers::Quota;
use crate::model::programmes::seedling::ledgers::development::{Development, Inspection};
use crate::model::programmes::town::sample::units::{secretary_name, unit, units};

pub(in crate::model) fn fill(maker: &mut Maker) {
    for (year, count) in [(2021, 26), (2022, 28)] {
        let rec = maker.of_town(Quota::SCHEMA, ymd(year, 1, 15));
        maker.put(rec.int("year", i64::from(year)).int("count", count));
    }
    let mut number = 0;
    for (index, _) in units() {
        for _ in 0..=usize::from(index % 4 == 0) {
            number += 1;
            // How far the file has come: 1 applicant … 6 full member.
            file(maker, index, number, number % 6 + 1);
        }
    }
    noticed(maker, unit("松柏村"));
}

const SOURCES: [&str; 5] = ["youth", "weak", "epidemic", "returnee", "estate"];

/// The beginning of a file: applicant, talked with, and what is known of the person.
fn begin(maker: &mut Maker, index: usize, number: usize, applied: Day) -> Rec {
    let mut dice = Dice::new("develop", number);
    let source = SOURCES[number % SOURCES.len()];
    let rec = maker.of(Development::SCHEMA, index, applied);
    rec.text("name", format!("示例申请人{number:02}"))
        .text("sex", if number % 3 == 0 { "female" } else { "male" })
        .show("birth", ym(dice.between(1984, 1999) as i32, dice.between(1, 12) as i32))
        .text("education", dice.pick(&["senior", "college", "bachelor"]))
        .text("source", source)
        .text(
            "returnee",
            if source == "returnee" {
                crate::model::programmes::phoenix::sample::thousand::own_returnee(index)
            } else {
                String::new()
            },
        )
        .text("rule", "auto")
        .show("applied", applied)
        .text("talker", secretary_name(index))
}

fn activist(rec: Rec, applied: Day) -> Rec {
    rec.show("chosen", applied.plus_months(5))
        .show("filed", applied.plus_months(5).plus_days(8))
        .show("mentored", applied.plus_months(5).plus_days(10))
        .text("mentors", "示例党员甲、示例党员乙")
        .int("mentor_count", 2)
}

fn candidate(rec: Rec, applied: Day) -> Rec {
    let chosen = applied.plus_months(5);
    rec.show("inspected", chosen.plus_months(12).plus_days(3))
        .show("proposed", chosen.plus_months(12).plus_days(12))
        .show("consented", chosen.plus_months(12).plus_days(20))
}

fn prepared(rec: Rec, consented: Day) -> Rec {
    rec.show("sponsored", consented.plus_days(3))
        .text("sponsors", "示例党员甲、示例党员乙")
        .int("sponsor_count", 2)
        .show("vetted", consented.plus_days(14))
        .text("vet_result", "pass")
        .show("trained", consented.plus_days(22))
        .int("train_days", 3)
        .int("train_hours", 24)
        .show("examined", consented.plus_days(26))
        .show("prechecked", consented.plus_days(33))
        .text("precheck_result", "pass")
        .show("form_filled", consented.plus_days(38))
}

fn admitted(rec: Rec, voted: Day, number: usize) -> Rec {
    let due = 20 + (number % 9) as i64;
    rec.show("voted", voted)
        .int("vote_due", due)
        .int("vote_present", due - 2)
        .int("vote_ayes", due - 3)
        .int("vote_nays", 0)
        .int("vote_abstain", 1)
        .show("interviewed", voted.plus_days(12))
        .show("approved", voted.plus_days(26))
        .show("recorded", voted.plus_days(34))
        .show("assigned", voted.plus_days(36))
        .show("sworn", voted.plus_days(45))
}

fn confirmed(rec: Rec, voted: Day, number: usize) -> Rec {
    let due = 20 + (number % 9) as i64;
    let end = voted.plus_months(12);
    rec.show("observed", end)
        .show("requested", end.plus_days(1))
        .show("revoted", end.plus_days(6))
        .int("revote_due", due)
        .int("revote_present", due - 1)
        .int("revote_ayes", due - 1)
        .text("exit", "on_time")
        .show("confirmed", end.plus_days(30))
        .show("archived", end.plus_days(44))
}

/// Months before the sample's day at which a file of this stage began.
const AGES: [i32; 7] = [0, 3, 11, 18, 24, 29, 38];

fn file(maker: &mut Maker, index: usize, number: usize, stage: usize) {
    let applied = crate::model::programmes::sample::as_of()
        .plus_months(-AGES[stage])
        .plus_days(-(number as i32 % 17) - 4);
    // One applicant, whose month for the talk ran out ten days ago.
    let waits = number == 12;
    let applied = if waits {
        crate::model::programmes::sample::as_of().plus_days(-10).plus_months(-1)
    } else {
        applied
    };
    let chosen = applied.plus_months(5);
    let consented = chosen.plus_months(12).plus_days(20);
    let voted = consented.plus_days(52);
    let mut rec = begin(maker, index, number, applied);
    if !waits {
        rec = rec.show("talked", applied.plus_days(12));
    }
    if stage >= 2 {
        rec = activist(rec, applied);
    }
    if stage >= 3 {
        rec = candidate(rec, applied);
    }
    if stage >= 4 {
        rec = prepared(rec, consented);
        rec = admitted(rec, voted, number);
    }
    if stage >= 6 {
        rec = confirmed(rec, voted, number);
    }
    let id = maker.put(rec);
    if stage >= 2 {
        inspections(maker, index, &id, chosen, stage);
    }
}

fn inspections(maker: &mut Maker, index: usize, file: &str, chosen: Day, stage: usize) {
    let count = if stage == 2 { 1 } else { 2 };
    for k in 1..=count {
        let date = chosen.plus_months(k * 6).plus_days(-4);
        if date > crate::model::programmes::sample::as_of() {
            continue;
        }
        let rec = maker.of(Inspection::SCHEMA, index, date);
        maker.put(
            rec.text("file", file)
                .text("stage", "activist")
                .show("date", date)
                .text("opinion", "按时参加学习，主动参加湾里义务劳动，继续培养"),
        );
    }
}

/// A candidate whose public notice ends on the sample's day after five working days.
fn noticed(maker: &mut Maker, index: usize) {
    let applied = ymd(2021, 4, 6);
    let rec = begin(maker, index, 60, applied).show("talked", applied.plus_days(9));
    let rec = candidate(activist(rec, applied), applied);
    maker.put(rec.show("notice_from", ymd(2022, 11, 16)));
}
