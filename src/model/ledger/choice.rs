//! One of several values that a field may have.

/// A stored code with its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is stored; never changes once released.
    pub code: &'static str,
    /// What is shown.
    pub label: &'static str,
}

impl Choice {
    /// A choice.
    pub const fn new(code: &'static str, label: &'static str) -> Choice {
        Choice { code, label }
    }
}
