//! One field of a ledger, built in constants.

use super::choice::Choice;
use super::role::Role;
use super::schema::{FieldSchema, Kind};
use crate::model::settings::{Rule, Settings};

/// Which way a day or month that is typed without its year points: to the nearest one that the field allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// Something that has happened: the last such day, today included.
    Past,
    /// Something due or planned: the coming one, today included.
    Coming,
    /// Either: the nearest, the earlier of two equally near.
    Near,
}

/// What a new record starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Nothing.
    Blank,
    /// The day of entry.
    Today,
    /// The year of entry.
    ThisYear,
    /// A code or text.
    Text(&'static str),
    /// A number.
    Int(i64),
    /// Yes or no.
    YesNo(bool),
}

/// One field of a ledger. Built by [`Field::new`] and the methods below, in constants.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Stored name.
    pub name: &'static str,
    /// Label in forms, lists and files.
    pub label: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Unit of measure, shown in heads: 人, 亩, 万元.
    pub measure: Option<&'static str>,
    /// A record without it is incomplete.
    pub required: bool,
    /// Left out of redacted files and masked on screens that others see.
    pub personal: bool,
    /// Stands in the list without being asked for.
    pub column: bool,
    /// Sentence under the label.
    pub hint: &'static str,
    /// The rule that stands for `#` in it.
    pub hint_rule: Option<&'static Rule<i32>>,
    /// Choices of [`Kind::Choice`] and [`Kind::Choices`].
    pub choices: &'static [Choice],
    /// Ledger that a reference points to.
    pub target: &'static str,
    /// Smallest and largest number (for [`Kind::Int`], [`Kind::Decimal`], [`Kind::Year`]).
    pub range: (i64, i64),
    /// Largest amount that is taken without a question; 0: see [`plausible`](Field::plausible).
    most: i64,
    /// Which way a short day points.
    pub lies: Lies,
    /// Field that takes the day of the record this reference points to, unless a person wrote one.
    pub dates: &'static str,
    /// What a new record starts with.
    pub preset: Preset,
    /// Only this role, or the town, decides this field; others' entries wait for acceptance.
    pub decided_by: Option<Role>,
    /// Numbers that make sense to add up get a total.
    pub summed: bool,
    /// A text that several records share, by which cross tables tell them apart.
    pub recurs: bool,
}

impl Field {
    /// A field with nothing but its name, label and kind.
    pub const fn new(name: &'static str, label: &'static str, kind: Kind) -> Field {
        let range = match kind {
            Kind::Year => (1900, 2999),
            Kind::Int | Kind::Decimal => (0, 999_999),
            _ => (0, 0),
        };
        let target = match kind {
            Kind::Unit => "unit",
            Kind::District => "district",
            _ => "",
        };
        Field {
            name,
            label,
            kind,
            measure: None,
            required: false,
            personal: matches!(kind, Kind::Phone),
            column: false,
            hint: "",
            hint_rule: None,
            choices: &[],
            target,
            range,
            most: 0,
            lies: Lies::Past,
            dates: "",
            preset: Preset::Blank,
            decided_by: None,
            summed: false,
            recurs: false,
        }
    }

    /// What storage, files and merge know of it.
    pub const fn schema(&self) -> FieldSchema {
        FieldSchema {
            name: self.name,
            kind: self.kind,
            target: self.target,
            decided_by: self.decided_by,
        }
    }

    /// A record without this field is incomplete.
    pub const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// Left out of redacted files.
    pub const fn personal(mut self) -> Field {
        self.personal = true;
        self
    }

    /// Stands in the list.
    pub const fn column(mut self) -> Field {
        self.column = true;
        self
    }

    /// Unit of measure.
    pub const fn measure(mut self, measure: &'static str) -> Field {
        self.measure = Some(measure);
        self
    }

    /// Sentence under the label.
    pub const fn hint(mut self, hint: &'static str) -> Field {
        self.hint = hint;
        self
    }

    /// Sentence under the label that says a rule: `#` stands for its value.
    pub const fn hint_of(mut self, hint: &'static str, rule: &'static Rule<i32>) -> Field {
        self.hint = hint;
        self.hint_rule = Some(rule);
        self
    }

    /// The choices, in display order.
    pub const fn choices(mut self, choices: &'static [Choice]) -> Field {
        self.choices = choices;
        self
    }

    /// The ledger a reference points to.
    pub const fn to(mut self, ledger: &'static str) -> Field {
        self.target = ledger;
        self
    }

    /// Smallest and largest number accepted.
    pub const fn range(mut self, least: i64, most: i64) -> Field {
        self.range = (least, most);
        self
    }

    /// Amounts above this are asked about before they are saved: a person may have typed yuan.
    pub const fn asks_above(mut self, most: i64) -> Field {
        self.most = most;
        self
    }

    /// A due or planned day: typed without its year it is the coming one.
    pub const fn coming(mut self) -> Field {
        self.lies = Lies::Coming;
        self
    }

    /// A day that may lie behind or ahead: typed without its year it is the nearest one.
    pub const fn near(mut self) -> Field {
        self.lies = Lies::Near;
        self
    }

    /// Choosing the record also fills `field` with that record's own day.
    pub const fn dates(mut self, field: &'static str) -> Field {
        self.dates = field;
        self
    }

    /// What a new record starts with.
    pub const fn preset(mut self, preset: Preset) -> Field {
        self.preset = preset;
        self
    }

    /// Entries by other roles wait for acceptance.
    pub const fn decided_by(mut self, role: Role) -> Field {
        self.decided_by = Some(role);
        self
    }

    /// Lists show a total.
    pub const fn summed(mut self) -> Field {
        self.summed = true;
        self
    }

    /// A name or place that several records share.
    pub const fn recurs(mut self) -> Field {
        self.recurs = true;
        self
    }

    /// What a stored code is called by the settings in force; the code itself where a newer version wrote it.
    pub fn choice_label<'a>(&self, code: &'a str, settings: &'a Settings) -> &'a str {
        self.choice(code).map_or(code, |choice| choice.label_in(settings))
    }

    /// The choice stored under a code; `None` where a newer version wrote it.
    pub fn choice(&self, code: &str) -> Option<&'static Choice> {
        self.choices.iter().find(|c| c.code == code)
    }

    /// Largest amount that is taken without a question, for fields of 万元; `None` where nothing is asked.
    pub fn plausible(&self) -> Option<i64> {
        let most = if self.most == 0 { 10_000 } else { self.most };
        (self.measure == Some("万元")).then_some(most)
    }

    /// The label with its unit of measure, as columns are headed: `面积，亩`; the unit is not said twice.
    pub fn head(&self) -> String {
        match self.measure.filter(|measure| *measure != self.label) {
            Some(measure) => format!("{}，{measure}", self.label),
            None => self.label.to_string(),
        }
    }
}
