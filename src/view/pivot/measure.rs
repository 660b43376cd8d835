//! What the figures of a cross table are of, and how they are counted: numbers of records, sums, averages, shares and
//! rates. What nobody wrote is neither zero nor no.

use super::along::Axis;
use crate::model::ledger::{Cells, Field, Kind, Ledger, Lies, Slot};
use crate::model::value::{Decimal, Value};
use crate::replica::Record;
use crate::view::{format, show};

/// How the figures of a cross table are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The number of records, or the sum of their amounts.
    Sum,
    /// The sum by the number of records in which the amount is filled in.
    Mean,
    /// The part of its row.
    OfRow,
    /// The part of its column.
    OfColumn,
    /// The part of everything.
    OfAll,
    /// How many of those that say yes or no say yes; how many have a day, of all.
    Rate,
}

impl Way {
    const ALL: [Way; 6] = [Way::Sum, Way::Mean, Way::OfRow, Way::OfColumn, Way::OfAll, Way::Rate];
    /// Of what adds up.
    const SHARES: [Way; 3] = [Way::OfRow, Way::OfColumn, Way::OfAll];

    /// Stable id, as it stands in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Way::Sum => "sum",
            Way::Mean => "mean",
            Way::OfRow => "row",
            Way::OfColumn => "column",
            Way::OfAll => "all",
            Way::Rate => "rate",
        }
    }

    /// The way with this id.
    pub fn by_id(id: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.id() == id)
    }

    /// What it is called where it is chosen.
    pub const fn label(self) -> &'static str {
        match self {
            Way::Sum => "合计",
            Way::Mean => "平均",
            Way::OfRow => "占本行",
            Way::OfColumn => "占本列",
            Way::OfAll => "占全部",
            Way::Rate => "比率",
        }
    }

    const fn is_share(self) -> bool {
        matches!(self, Way::OfRow | Way::OfColumn | Way::OfAll)
    }
}

/// What a field is good for in the places of a table.
enum Good {
    /// Its amounts add up.
    Sums,
    /// Its amounts have an average and no sum, as marks and prices.
    Means,
    /// It says yes or no, or has a day or none.
    Rates,
}

fn good(ledger: &Ledger, field: &Field) -> Option<Good> {
    match field.kind {
        Kind::Int | Kind::Decimal if field.summed => Some(Good::Sums),
        Kind::Int | Kind::Decimal if field.measure.is_some() => Some(Good::Means),
        Kind::YesNo => Some(Good::Rates),
        // A day that says done or not; due days and births say neither.
        Kind::Day if field.lies != Lies::Coming && !field.required && field.name != ledger.dated => Some(Good::Rates),
        _ => None,
    }
}

/// What the figures can be of, the number of records first, under no key.
pub fn figures(ledger: &Ledger) -> Vec<Axis> {
    let mut out = vec![(String::new(), format!("{}数", ledger.counted))];
    for (_, field) in ledger.slots() {
        let label = match good(ledger, field) {
            Some(Good::Sums) => field.head(),
            Some(Good::Means) => format!("{}（平均）", field.head()),
            Some(Good::Rates) if field.kind == Kind::YesNo => format!("{}（比率）", field.label),
            Some(Good::Rates) => format!("{}（填写比率）", field.label),
            None => continue,
        };
        out.push((field.name.to_owned(), label));
    }
    out
}

/// The ways in which one of the [`figures`] can be counted, the usual one first.
pub fn ways(ledger: &Ledger, figure: &str) -> Vec<Way> {
    let Some(field) = ledger.field(figure) else {
        return [Way::Sum].into_iter().chain(Way::SHARES).collect();
    };
    match good(ledger, field) {
        Some(Good::Sums) => [Way::Sum, Way::Mean].into_iter().chain(Way::SHARES).collect(),
        Some(Good::Means) => vec![Way::Mean],
        Some(Good::Rates) => vec![Way::Rate],
        None => Vec::new(),
    }
}

/// What is known of one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Records that stand there.
    pub(super) records: usize,
    /// Those of them that say something.
    filled: i64,
    /// What these add up to.
    sum: Decimal,
}

impl Tally {
    pub(super) fn add(&mut self, value: Option<Decimal>) {
        if let Some(value) = value {
            self.filled += 1;
            self.sum = self.sum + value;
        }
    }
}

/// What the figures of a table are of, and how they are counted.
pub(super) struct Measure {
    of: Option<(Slot, &'static Field)>,
    way: Way,
}

impl Measure {
    pub(super) fn new(ledger: &'static Ledger, figure: &str, way: Way) -> Measure {
        Measure {
            of: ledger.slot(figure).zip(ledger.field(figure)),
            way,
        }
    }

    /// True if records are counted, whatever stands in them.
    pub(super) fn is_of_records(&self) -> bool {
        self.of.is_none()
    }

    /// What one record adds; `None` where it says nothing.
    pub(super) fn of(&self, record: &Record) -> Option<Decimal> {
        let Some((slot, field)) = self.of else {
            return Some(Decimal::whole(1));
        };
        let said = record.cell(slot);
        if field.kind == Kind::Day {
            return Some(Decimal::whole(i64::from(!said.is_blank())));
        }
        match said {
            Value::Bool(truth) => Some(Decimal::whole(i64::from(*truth))),
            Value::Int(number) => {
                let scale = Decimal::whole(1).ten_thousandths();
                Some(Decimal::from_ten_thousandths(number.saturating_mul(scale)))
            }
            Value::Text(text) => Decimal::parse(text),
            _ => None,
        }
    }

    /// The figure of a place, and for shares of the whole that it is a part of.
    pub(super) fn text(&self, tally: Tally, whole: Tally) -> String {
        // No record is none; an amount that nobody wrote is not known.
        if tally.filled == 0 && !self.is_of_records() {
            return format::UNKNOWN.to_owned();
        }
        match self.way {
            Way::Sum => self.amount(tally.sum),
            Way::Mean => show::amount(mean(tally.sum, tally.filled)),
            Way::Rate => {
                let yes = whole_number(tally.sum);
                format!(
                    "{}，{}",
                    format::progress(yes, tally.filled),
                    format::percent(yes, tally.filled)
                )
            }
            Way::OfRow | Way::OfColumn | Way::OfAll => {
                format::percent(tally.sum.ten_thousandths(), whole.sum.ten_thousandths())
            }
        }
    }

    fn amount(&self, sum: Decimal) -> String {
        match self.of {
            Some((_, field)) if field.kind == Kind::Decimal => show::amount(sum),
            _ => format::count(whole_number(sum)),
        }
    }

    /// Head of the totals; `over_time` where they stand for several times of snapshots.
    pub(super) fn total_head(&self, over_time: bool) -> &'static str {
        match self.way {
            _ if over_time => "最近一次",
            Way::Mean => "平均",
            Way::Rate => "总比率",
            _ => "合计",
        }
    }

    /// How the figures are to be read.
    pub(super) fn note(&self) -> Option<&'static str> {
        let kind = self.of.map(|(_, field)| field.kind);
        match self.way {
            Way::Rate if kind == Some(Kind::Day) => Some("斜线前是已填的，斜线后是全部。"),
            Way::Rate => Some("斜线前是“是”的，斜线后是填了“是”或“否”的；没有填的不算。"),
            Way::Mean => Some("没有填的不算进平均；“--”是没有人填。"),
            share if share.is_share() && kind.is_some() => Some("没有填的不算；“--”是没有人填。"),
            Way::Sum if kind.is_some() => Some("“--”是没有人填，不是零。"),
            _ => None,
        }
    }
}

fn whole_number(sum: Decimal) -> i64 {
    sum.ten_thousandths() / Decimal::whole(1).ten_thousandths()
}

/// The average with two places, half away from zero.
fn mean(sum: Decimal, of: i64) -> Decimal {
    let (sum, of) = (i128::from(sum.ten_thousandths()), i128::from(of.max(1)));
    let sign = if sum < 0 { -1 } else { 1 };
    // In hundredths: twice the sum and one for the half, by twice the count.
    let hundredths = sign * ((sum.abs() * 2 + of * 100) / (of * 200));
    Decimal::from_ten_thousandths(i64::try_from(hundredths * 100).unwrap_or(i64::MAX))
}
