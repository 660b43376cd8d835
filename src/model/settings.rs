//! Rules that a town can change, and the settings in force.
//!
//! A setting is one record whose id is a key and whose value replaces a default, so settings merge like everything else.
//! A [`Rule`] is such a key with its default and the type of its value: code that needs it names the rule by path and
//! reads it with `get`, so that a misspelt one does not compile. Each rule stands in the room of the programme that
//! reads it; [`programmes::RULES`](crate::model::programmes::RULES) is the list that the page 指标与规则 shows.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::date::Day;
use super::value::Decimal;
use super::working_days::{Calendar, Holiday};

/// What a rule's value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// A number with its measure.
    Number(&'static str),
    /// A day.
    Day,
    /// One of several: stored codes with their labels.
    Choice(&'static [(&'static str, &'static str)]),
    /// Free text.
    Text,
    /// `true` or `false`.
    YesNo,
}

/// What is said of a rule, whatever the type of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Id of the setting record.
    pub key: &'static str,
    /// Label on the page of rules.
    pub label: &'static str,
    /// Sentence under the label.
    pub help: &'static str,
    /// What the value looks like.
    pub kind: RuleKind,
    /// Value as it would be stored, in force while no record says otherwise.
    pub default: &'static str,
}

impl About {
    /// The value in force as it is stored; what cannot be read falls back to the default.
    pub fn shown<'a>(&self, settings: &'a Settings) -> &'a str {
        let is_read = |own: &&str| match self.kind {
            RuleKind::Number(_) => Decimal::parse(own).is_some(),
            RuleKind::Day => Day::parse(own).is_some(),
            RuleKind::Choice(all) => all.iter().any(|c| c.0 == *own),
            RuleKind::Text => !own.is_empty(),
            RuleKind::YesNo => matches!(*own, "true" | "false"),
        };
        settings.own(self.key).filter(is_read).unwrap_or(self.default)
    }
}

/// A rule whose value is a `T`. Never a constant in a formula: formulas ask `get`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule<T: ?Sized> {
    /// Key, words and default.
    pub about: About,
    value: PhantomData<T>,
}

impl<T: ?Sized> Rule<T> {
    const fn new(
        key: &'static str,
        label: &'static str,
        kind: RuleKind,
        default: &'static str,
        help: &'static str,
    ) -> Rule<T> {
        Rule {
            about: About {
                key,
                label,
                help,
                kind,
                default,
            },
            value: PhantomData,
        }
    }

    /// What a person set, where it can be read, else the default.
    fn read<'a, V>(&self, settings: &'a Settings, read: fn(&'a str) -> Option<V>) -> Option<V> {
        let own = settings.own(self.about.key).and_then(read);
        own.or_else(|| read(self.about.default))
    }
}

impl Rule<i32> {
    /// A whole number with its measure.
    pub const fn whole(
        key: &'static str,
        label: &'static str,
        measure: &'static str,
        default: &'static str,
        help: &'static str,
    ) -> Rule<i32> {
        Rule::new(key, label, RuleKind::Number(measure), default, help)
    }

    /// The number in force, rounded down.
    pub fn get(&self, settings: &Settings) -> i32 {
        let number = self.read(settings, Decimal::parse).unwrap_or_default();
        i32::try_from(number.ten_thousandths() / Decimal::whole(1).ten_thousandths()).unwrap_or(i32::MAX)
    }
}

impl Rule<Decimal> {
    /// A number with its measure.
    pub const fn number(
        key: &'static str,
        label: &'static str,
        measure: &'static str,
        default: &'static str,
        help: &'static str,
    ) -> Rule<Decimal> {
        Rule::new(key, label, RuleKind::Number(measure), default, help)
    }

    /// The number in force.
    pub fn get(&self, settings: &Settings) -> Decimal {
        self.read(settings, Decimal::parse).unwrap_or_default()
    }
}

impl Rule<Day> {
    /// A day.
    pub const fn day(key: &'static str, label: &'static str, default: &'static str, help: &'static str) -> Rule<Day> {
        Rule::new(key, label, RuleKind::Day, default, help)
    }

    /// The day in force.
    pub fn get(&self, settings: &Settings) -> Option<Day> {
        self.read(settings, Day::parse)
    }
}

impl Rule<bool> {
    /// Yes or no; the default is `true` or `false`.
    pub const fn yes_no(
        key: &'static str,
        label: &'static str,
        default: &'static str,
        help: &'static str,
    ) -> Rule<bool> {
        Rule::new(key, label, RuleKind::YesNo, default, help)
    }

    /// Whether it is on.
    pub fn get(&self, settings: &Settings) -> bool {
        let read = |text: &str| match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        self.read(settings, read).unwrap_or_default()
    }
}

impl Rule<str> {
    /// A text: the name of something.
    pub const fn text(key: &'static str, label: &'static str, default: &'static str, help: &'static str) -> Rule<str> {
        Rule::new(key, label, RuleKind::Text, default, help)
    }

    /// The text in force.
    pub fn get<'a>(&self, settings: &'a Settings) -> &'a str {
        let read = |text: &'a str| (!text.is_empty()).then_some(text);
        self.read(settings, read).unwrap_or_default()
    }
}

/// One of several values, stored by a code.
pub trait Coded: Copy + Default + 'static {
    /// Codes with their labels, in display order.
    const CHOICES: &'static [(&'static str, &'static str)];

    /// The value of a stored code.
    fn of_code(code: &str) -> Option<Self>;
}

impl<E: Coded> Rule<E> {
    /// One of the values of `E`; the default is a code.
    pub const fn one_of(key: &'static str, label: &'static str, default: &'static str, help: &'static str) -> Rule<E> {
        Rule::new(key, label, RuleKind::Choice(E::CHOICES), default, help)
    }

    /// The value in force.
    pub fn get(&self, settings: &Settings) -> E {
        self.read(settings, |code| E::of_code(code)).unwrap_or_default()
    }
}

/// Settings in force: what people set, by key. [`programmes::settings`](crate::model::programmes::settings) reads them
/// from records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    values: BTreeMap<String, String>,
    /// Holidays that the town recorded; they are what makes a day a working one.
    pub holidays: Vec<Holiday>,
}

impl FromIterator<(String, String)> for Settings {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(all: I) -> Settings {
        let mut values = BTreeMap::new();
        // One by one: what collects into a map sorts first, with code that the page has for nothing else.
        for (key, value) in all {
            values.insert(key, value);
        }
        Settings {
            values,
            holidays: Vec::new(),
        }
    }
}

impl Settings {
    /// The value a person set under `key`.
    pub fn own(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// Which days are worked.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar::new(&self.holidays)
    }
}
