//! Whose device a tag is, and in what role.

use crate::model::ledger::Role;

/// What the device ledger says about a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Who, as the person wrote it.
    pub label: Box<str>,
    /// In what role.
    pub role: Role,
    /// The unit of [`Role::Unit`].
    pub unit: Box<str>,
    /// The district of [`Role::District`].
    pub district: Box<str>,
}
