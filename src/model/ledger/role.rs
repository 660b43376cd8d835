//! As whom a device works.

use super::choice::Choice;

/// As whom a device works. A view of the same data, not a security boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 镇党建办: everything.
    Town,
    /// 片区负责人: the units of one district.
    District,
    /// 村（社区）书记: one unit.
    Unit,
    /// 党建指导员: reviews the plans of units.
    Guide,
    /// 只看.
    Viewer,
}

impl Role {
    /// Stored code and label of every role; also the choices of the device ledger.
    pub const CHOICES: &'static [Choice] = &[
        Choice::new("town", "镇党建办"),
        Choice::new("district", "片区负责人"),
        Choice::new("unit", "村（社区）书记"),
        Choice::new("guide", "党建指导员"),
        Choice::new("viewer", "只看"),
    ];

    /// The role stored under `code`.
    pub fn by_code(code: &str) -> Option<Role> {
        Some(match code {
            "town" => Role::Town,
            "district" => Role::District,
            "unit" => Role::Unit,
            "guide" => Role::Guide,
            "viewer" => Role::Viewer,
            _ => return None,
        })
    }

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Town => "town",
            Role::District => "district",
            Role::Unit => "unit",
            Role::Guide => "guide",
            Role::Viewer => "viewer",
        }
    }
}
