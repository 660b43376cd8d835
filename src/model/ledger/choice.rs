//! One of several values that a field may have.

use crate::model::settings::{Rule, Settings};

/// A stored code with its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is stored; never changes once released.
    pub code: &'static str,
    /// What is shown, unless the town gave it another name.
    pub label: &'static str,
    /// The rule by which the town may give it another name.
    pub named_by: Option<&'static Rule<str>>,
}

impl Choice {
    /// A choice.
    pub const fn new(code: &'static str, label: &'static str) -> Choice {
        Choice {
            code,
            label,
            named_by: None,
        }
    }

    /// What it is called by the settings in force.
    pub fn label_in(self, settings: &Settings) -> &str {
        self.named_by.map_or(self.label, |rule| rule.get(settings))
    }

    /// A choice whose name is a rule of the town.
    pub const fn named(code: &'static str, rule: &'static Rule<str>) -> Choice {
        Choice {
            code,
            label: rule.about.default,
            named_by: Some(rule),
        }
    }
}
