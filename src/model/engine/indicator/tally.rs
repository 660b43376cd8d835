//! What one unit contributes to an indicator; tallies add up.

use crate::model::ledger::{Choice, TypedRow};
use crate::model::value::Decimal;

/// What stands for a field that nobody filled in.
pub const BLANK: &str = "没有填写";

/// Code of the part for [`BLANK`]; such a part is never a finding and leads to no list.
pub const BLANK_CODE: &str = "blank";

/// A record behind a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordRef {
    /// Ledger id.
    pub ledger: &'static str,
    /// Record id.
    pub id: Box<str>,
}

/// What keeps an indicator from its full value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Missing {
    /// The unit concerned (code).
    pub unit: Box<str>,
    /// The record concerned; `None`: the unit has no such record.
    pub record: Option<RecordRef>,
}

/// A named part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Code.
    pub key: Box<str>,
    /// Label.
    pub label: Box<str>,
    /// Sum.
    pub amount: Decimal,
    /// What the amount is a share of; zero if of nothing.
    pub of: Decimal,
    /// Merged by the smallest instead of the sum (a next date, as days since 1970).
    pub least: bool,
}

impl Part {
    /// Amount by `of` in tenths of a percent.
    pub fn permille(&self) -> Option<i64> {
        permille(self.amount, self.of)
    }

    /// Amount by `of`, for averages.
    pub fn mean(&self) -> Option<Decimal> {
        divide(self.amount, self.of)
    }
}

/// Contribution of one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Counted.
    pub numerator: Decimal,
    /// Out of.
    pub denominator: Decimal,
    /// Done and wanted, where progress is not numerator by denominator.
    pub progress: Option<(Decimal, Decimal)>,
    /// Named parts.
    pub parts: Vec<Part>,
    /// Records counted.
    pub records: Vec<RecordRef>,
    /// What is missing.
    pub missing: Vec<Missing>,
    /// 1 where nothing was entered that could be judged: not known, which is neither low nor zero.
    pub unknown: usize,
}

impl Tally {
    /// Adds to the numerator.
    pub fn count(&mut self, number: i64) {
        self.numerator = self.numerator + Decimal::whole(number);
    }

    /// Adds to the denominator.
    pub fn out_of(&mut self, number: i64) {
        self.denominator = self.denominator + Decimal::whole(number);
    }

    /// Names a record behind the number.
    pub fn record<'a, R: TypedRow<'a>>(&mut self, row: R) {
        self.records.push(reference(row));
    }

    /// Whether there is anything in it that somebody entered.
    pub fn has_counted(&self) -> bool {
        !self.records.is_empty() || self.numerator > Decimal::ZERO
    }

    /// Counts a record: numerator and reference.
    pub fn hit<'a, R: TypedRow<'a>>(&mut self, row: R) {
        self.count(1);
        self.record(row);
    }

    /// The unit has nothing.
    pub fn lacks(&mut self, unit: &str) {
        self.missing.push(Missing {
            unit: unit.into(),
            record: None,
        });
    }

    /// Nothing was entered that could be judged.
    pub fn is_unknown(&mut self) {
        self.unknown = 1;
    }

    /// A record falls short.
    pub fn short<'a, R: TypedRow<'a>>(&mut self, unit: &str, row: R) {
        self.missing.push(Missing {
            unit: unit.into(),
            record: Some(reference(row)),
        });
    }

    /// Adds done and wanted steps to a progress of its own.
    pub fn advance(&mut self, done: i64, wanted: i64) {
        self.advance_by(Decimal::whole(done), Decimal::whole(wanted));
    }

    /// The same with parts of a step.
    pub fn advance_by(&mut self, done: Decimal, wanted: Decimal) {
        let (a, b) = self.progress.unwrap_or_default();
        self.progress = Some((a + done, b + wanted));
    }

    /// Adds to a part; the first mention fixes its place.
    pub fn part(&mut self, key: &str, label: &str, amount: Decimal) {
        self.part_of(key, label, amount, Decimal::ZERO);
    }

    /// Adds a whole number to a part.
    pub fn part_count(&mut self, key: &str, label: &str, number: i64) {
        self.part(key, label, Decimal::whole(number));
    }

    /// Adds to a part that is a share.
    pub fn part_of(&mut self, key: &str, label: &str, amount: Decimal, of: Decimal) {
        let part = self.place(key, label);
        part.amount = part.amount + amount;
        part.of = part.of + of;
    }

    /// Adds one of a yes/no question to a share.
    pub fn part_yes(&mut self, key: &str, label: &str, yes: bool) {
        self.part_of(key, label, Decimal::whole(i64::from(yes)), Decimal::whole(1));
    }

    /// Adds one to a cell of a table: its part is called `row/column` by code and by label.
    pub fn part_cell(&mut self, row: (&str, &str), column: (&str, &str)) {
        self.part_cell_of(row, column, Decimal::whole(1), Decimal::ZERO);
    }

    /// Adds to a cell of a table of shares or means.
    pub fn part_cell_of(&mut self, row: (&str, &str), column: (&str, &str), amount: Decimal, of: Decimal) {
        // The first stroke parts row and column: a name of a row has none.
        let plain = |text: &str| text.replace('/', "／");
        self.part_of(
            &format!("{}/{}", plain(row.0), column.0),
            &format!("{}/{}", plain(row.1), column.1),
            amount,
            of,
        );
    }

    /// Every cell of a table, so that its order is that of the rows and columns and empty ones are there.
    pub fn part_cells(&mut self, rows: &[(&str, &str)], columns: &[(&str, &str)]) {
        for row in rows {
            for column in columns {
                self.part_cell_of(*row, *column, Decimal::ZERO, Decimal::ZERO);
            }
        }
    }

    /// Adds one to the part of a choice; a blank one is called 没有填写.
    pub fn part_chosen(&mut self, choices: &[Choice], code: Option<&str>) {
        let (code, label) = chosen(choices, code);
        self.part_count(code, label, 1);
    }

    /// Adds one to the part of a name as a person typed it; a blank one is called 没有填写.
    pub fn part_named(&mut self, name: Option<&str>) {
        let (code, label) = chosen(&[], name.map(str::trim).filter(|name| !name.is_empty()));
        self.part_count(code, label, 1);
    }

    /// Sets a part that is merged by the smallest.
    pub fn part_least(&mut self, key: &str, label: &str, number: i64) {
        let part = self.place(key, label);
        let value = Decimal::whole(number);
        part.amount = if part.least { part.amount.min(value) } else { value };
        part.least = true;
    }

    /// One part per choice, so that the order is that of the declaration.
    pub fn part_choices(&mut self, choices: &[Choice]) {
        for choice in choices {
            self.part(choice.code, choice.label, Decimal::ZERO);
        }
    }

    fn place(&mut self, key: &str, label: &str) -> &mut Part {
        let at = self.parts.iter().position(|p| &*p.key == key).unwrap_or_else(|| {
            self.parts.push(Part {
                key: key.into(),
                label: label.into(),
                amount: Decimal::ZERO,
                of: Decimal::ZERO,
                least: false,
            });
            self.parts.len() - 1
        });
        &mut self.parts[at]
    }

    /// Adds the numbers of another unit; records and missing stay with their unit.
    pub(super) fn add_numbers(&mut self, other: &Tally) {
        self.numerator = self.numerator + other.numerator;
        self.denominator = self.denominator + other.denominator;
        if let Some((done, wanted)) = other.progress {
            self.advance_by(done, wanted);
        }
        self.unknown += other.unknown;
        for part in &other.parts {
            if part.least {
                let day = part.amount.ten_thousandths() / 10_000;
                self.part_least(&part.key, &part.label, day);
            } else {
                self.part_of(&part.key, &part.label, part.amount, part.of);
            }
        }
    }
}

/// Code and label of a choice; a newer version's code stands for itself, a blank one is `-` as in the filters of lists.
pub fn chosen<'a>(choices: &[Choice], code: Option<&'a str>) -> (&'a str, &'a str) {
    let Some(code) = code else {
        return (BLANK_CODE, BLANK);
    };
    let known = choices.iter().find(|c| c.code == code);
    (code, known.map_or(code, |c| c.label))
}

fn reference<'a, R: TypedRow<'a>>(row: R) -> RecordRef {
    RecordRef {
        ledger: R::SCHEMA.id,
        id: row.cells().id().into(),
    }
}

/// `part` of `whole` in tenths of a percent, rounded half up; `None` of nothing.
pub fn permille(part: Decimal, whole: Decimal) -> Option<i64> {
    rounded(i128::from(part.ten_thousandths()) * 1000, whole)
}

/// `sum` by `count` to four places, rounded half up.
pub fn divide(sum: Decimal, count: Decimal) -> Option<Decimal> {
    rounded(i128::from(sum.ten_thousandths()) * 10_000, count).map(Decimal::from_ten_thousandths)
}

fn rounded(numerator: i128, whole: Decimal) -> Option<i64> {
    let whole = i128::from(whole.ten_thousandths());
    if whole <= 0 {
        return None;
    }
    i64::try_from((numerator * 2 + whole).div_euclid(whole * 2)).ok()
}
