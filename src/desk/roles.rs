//! What the person who works here may write, and how others come to know who it is.

use super::environment::tag;
use super::kept;
use super::person::Person;
use super::state::{Desk, Done};
use crate::model::ledger::{Ledger, Owner, Role, Slot, TypedRow};
use crate::model::programmes::town::ledgers::Device;
use crate::order::Arrange;
use crate::replica::{Change, Stamp, Write};
use crate::storage::Failure;

impl Desk {
    /// Who works here.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The unit this person fills in for, if only one.
    pub fn own_unit(&self) -> Option<&str> {
        let own =
            (self.person.role == Role::Unit && !self.person.unit.is_empty()).then_some(self.person.unit.as_str())?;
        Some(self.replica.stands_for("unit", own))
    }

    /// The district this person was set to lead, or what stands for it; empty if none.
    pub fn own_district(&self) -> &str {
        self.replica.stands_for("district", &self.person.district)
    }

    /// Works from now on in another role, or under another name.
    pub fn become_person(&mut self, role: Role, unit: &str, district: &str, label: &str) -> Done {
        self.person = Person {
            tag: tag(&*self.environment).into(),
            role,
            unit: unit.to_string(),
            district: district.to_string(),
            label: label.to_string(),
        };
        self.forget_addressee();
        let stored = self.keep_person();
        Done {
            failure: stored.err(),
            ..Done::default()
        }
    }

    /// Keeps the person for the next page load.
    pub(super) fn keep_person(&mut self) -> Result<(), Failure> {
        self.store.set_setting(kept::PERSON, Some(&self.person.write()))
    }

    /// The first change of a device carries the record that says whose device it is; whether this is it.
    pub(super) fn introduce(&self, change: &mut Change) -> bool {
        if self.replica.find_ix(Device::SCHEMA.id, &self.person.tag).is_some() {
            return false;
        }
        let there = |text: &'_ str| Some(text).filter(|text| !text.is_empty()).map(str::to_owned);
        let label = there(&self.person.label).unwrap_or_else(|| self.person.role_label().to_owned());
        let draft = Device::draft(&*self.person.tag)
            .label(label.as_str())
            .role(self.person.role.code());
        let draft = draft.unit(there(&self.person.unit).as_deref());
        let draft = draft.district(there(&self.person.district).as_deref()).into_draft();
        let stamp = Stamp {
            id: change.id.clone(),
            at: change.at,
            by: change.by.clone(),
        };
        if let Some(first) = self.replica.compose(stamp, &[Write::of(&draft, "")]) {
            change.set.extend(first.set);
            change.set.arrange_by(|a, b| a.record.cmp(&b.record));
        }
        true
    }

    /// What a person may write: `None` if the field of this record may be written, else why not.
    pub fn why_not(&self, ledger: &'static Ledger, unit: &str, slot: Option<Slot>) -> Option<String> {
        let device = crate::replica::Device {
            label: self.person.label.as_str().into(),
            role: self.person.role,
            unit: self.person.unit.as_str().into(),
            district: self.person.district.as_str().into(),
        };
        let allows = |slot| self.replica.allows(&device, Some(ledger.schema), unit, slot);
        // Of what cannot be without a field that others fill in, others make the record.
        let made_by = ledger
            .slots()
            .filter(|(_, field)| field.required && field.decided_by.is_some());
        let made_by = made_by
            .map(|(slot, _)| slot)
            .find(|made| slot.is_none() && !allows(Some(*made)));
        if made_by.is_none() && allows(slot) {
            return None;
        }
        let decided = slot
            .or(made_by)
            .and_then(|s| ledger.field_at(s))
            .and_then(|f| f.decided_by);
        Some(match (self.person.role, decided) {
            (Role::Viewer, _) => "当前身份只能查看".to_string(),
            (_, Some(Role::Town)) => "由镇党委填写".to_string(),
            (_, Some(Role::Guide)) => "由党建指导员填写".to_string(),
            (Role::Unit, _) if !matches!(ledger.owner, Owner::Unit | Owner::Author) => "由镇党建办填写".to_string(),
            (Role::Unit, _) => "不是本村（社区）的记录".to_string(),
            _ => "不在当前身份的填报范围".to_string(),
        })
    }
}
