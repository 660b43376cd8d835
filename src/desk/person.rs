//! Who works at the desk.

use std::sync::Arc;

use super::environment::{Environment, tag};
use super::kept;
use crate::model::ledger::Role;
use crate::replica::change::is_tag;
use crate::storage::KeyValue;
use crate::storage::keys::SETTING;

/// Who works here, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Device tag; a new one for every role, so that earlier entries stay judged as they were made.
    pub tag: Arc<str>,
    /// In what role.
    pub role: Role,
    /// Code of the unit of [`Role::Unit`]; empty otherwise.
    pub unit: String,
    /// Id of the district of [`Role::District`]; empty otherwise.
    pub district: String,
    /// Name as the person wrote it; may be empty.
    pub label: String,
}

impl Person {
    /// Who works in this browser, as far as was said.
    pub fn kept(kv: &dyn KeyValue) -> Option<Person> {
        Person::read(&kv.get(&format!("{SETTING}{}", kept::PERSON)).ok()??)
    }

    pub(super) fn town(environment: &dyn Environment) -> Person {
        Person {
            tag: tag(environment).into(),
            role: Role::Town,
            unit: String::new(),
            district: String::new(),
            label: String::new(),
        }
    }

    /// The role in words.
    pub fn role_label(&self) -> &'static str {
        Role::ALL
            .iter()
            .find(|c| c.code == self.role.code())
            .map_or("", |c| c.label)
    }

    pub(super) fn write(&self) -> String {
        [&*self.tag, self.role.code(), &self.unit, &self.district, &self.label].join("\n")
    }

    pub(super) fn read(text: &str) -> Option<Person> {
        let mut lines = text.split('\n');
        let tag = lines.next().filter(|t| is_tag(t))?;
        Some(Person {
            tag: tag.into(),
            role: Role::of(lines.next())?,
            unit: lines.next()?.to_string(),
            district: lines.next()?.to_string(),
            label: lines.next()?.to_string(),
        })
    }
}
