//! Messages to a person: what is wrong and what to do.

use std::fmt;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Accepted, but look at it.
    Warning,
    /// Not accepted.
    Error,
}

/// One message: what is wrong, what to do, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, one short sentence without a full stop.
    pub what: String,
    /// What the person can do about it; empty if nothing needs doing.
    pub todo: String,
    /// The field it concerns (stored name), or the path inside a file; empty if neither.
    pub place: String,
}

impl Notice {
    /// Something that stops the action.
    pub fn error(place: impl Into<String>, what: impl Into<String>, todo: impl Into<String>) -> Notice {
        Notice {
            severity: Severity::Error,
            what: what.into(),
            todo: todo.into(),
            place: place.into(),
        }
    }

    /// Something to look at.
    pub fn warning(place: impl Into<String>, what: impl Into<String>, todo: impl Into<String>) -> Notice {
        Notice {
            severity: Severity::Warning,
            ..Notice::error(place, what, todo)
        }
    }

    /// Something to know.
    pub fn info(place: impl Into<String>, what: impl Into<String>) -> Notice {
        Notice {
            severity: Severity::Info,
            ..Notice::error(place, what, "")
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}：", self.place)?;
        }
        f.write_str(&self.what)?;
        if !self.todo.is_empty() {
            write!(f, "；{}", self.todo)?;
        }
        Ok(())
    }
}
