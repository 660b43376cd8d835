//! What a night talk is told under: one of the two kinds, or the own name of its platform (Z11).

use std::borrow::Cow;

use super::ledgers::{NightTalk, TalkKind};
use crate::model::ledger::Choice;

/// What stands before the name of a platform in the key of its part.
pub const PLATFORM: &str = "as/";

/// What a talk is told under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told<'a> {
    /// One of the kinds that have a name.
    Kind(&'static Choice),
    /// A platform of the town's own: `屋场会`.
    Platform(&'a str),
    /// Another one, whose name nobody wrote.
    Unnamed(&'static Choice),
}

impl<'a> Told<'a> {
    /// What the talk is told under; who writes the name of a kind as that of a platform means the kind.
    pub fn of(talk: NightTalk<'a>) -> Option<Self> {
        let (other, named) = TalkKind::ALL.split_last()?;
        let platform = talk.platform().map(str::trim).filter(|name| !name.is_empty());
        let own = named.iter().find(|c| Some(c.code) == talk.kind());
        let own = own.or_else(|| named.iter().find(|c| Some(c.label) == platform));
        Some(match (own, platform) {
            (Some(kind), _) => Told::Kind(kind),
            (None, Some(name)) => Told::Platform(name),
            (None, None) => Told::Unnamed(other),
        })
    }

    /// The name: `湾子夜话`, `屋场会`, `其他`.
    pub fn label(self) -> &'a str {
        match self {
            Told::Kind(kind) | Told::Unnamed(kind) => kind.label,
            Told::Platform(name) => name,
        }
    }

    /// The key of its part in figures.
    pub fn key(self) -> Cow<'a, str> {
        match self {
            Told::Kind(kind) | Told::Unnamed(kind) => kind.code.into(),
            Told::Platform(name) => format!("{PLATFORM}{name}").into(),
        }
    }
}
