//! The names of what is stored. Every key starts with [`PREFIX`]; all others on the origin belong
//! to somebody else and are never read, written or removed (only counted towards the limit).

/// Start of every key.
pub const PREFIX: &str = "tc.";
/// Own saves: `tc.j.<actor>.<n>`, one immutable key each.
pub const JOURNAL: &str = "tc.j.";
/// Imported files: one key each, all changes and where they came from.
pub const IMPORT: &str = "tc.m.";
/// Marks that an import is withdrawn.
pub const WITHDRAWN: &str = "tc.w.";
/// Parts of the snapshot, named by their content.
pub const CHUNK: &str = "tc.c.";
/// The two heads, written alternately.
pub const HEADS: [&str; 2] = ["tc.head.A", "tc.head.B"];
/// Which installation this is and how much it had.
pub const CANARY: &str = "tc.canary";
/// Reserved room, given up when the store is full.
pub const BALLAST: &str = "tc.ballast";
/// Set while everything is erased on purpose, so that other tabs do not write it again.
pub const ERASED: &str = "tc.erased";
/// Unfinished forms.
pub const DRAFT: &str = "tc.d.";
/// Settings of this device.
pub const SETTING: &str = "tc.s.";
/// The keys of damaged texts that the person has taken note of, one a line: they stay, and are told of no more.
pub const DAMAGE_NOTED: &str = "tc.s.damaged";
/// Damaged texts, moved here before their key is needed for something else.
pub const ASIDE: &str = "tc.q.";

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// An own save: the id of the change, without the mark of a copy.
    Journal(&'a str),
    /// An import: its id.
    Import(&'a str),
    /// A withdrawn import: its id.
    Withdrawn(&'a str),
    /// A part of the snapshot: its name.
    Chunk(&'a str),
    /// A head: 0 or 1.
    Head(usize),
    /// An unfinished form.
    Draft(&'a str),
    /// A setting.
    Setting(&'a str),
    /// A damaged text, set aside.
    Aside(&'a str),
    /// One of the single keys.
    PresenceMarker,
    /// Reserved room.
    Ballast,
    /// Erased on purpose.
    Erased,
    /// Ours, of a kind that only a newer version knows.
    Unknown,
    /// Somebody else's.
    Foreign,
}

impl Key<'_> {
    /// What a key is, by its name.
    pub fn of(key: &str) -> Key<'_> {
        if !key.starts_with(PREFIX) {
            return Key::Foreign;
        }
        match key {
            CANARY => return Key::PresenceMarker,
            BALLAST => return Key::Ballast,
            ERASED => return Key::Erased,
            _ => {}
        }
        if let Some(slot) = HEADS.iter().position(|head| *head == key) {
            return Key::Head(slot);
        }
        let after = |start: &str| key.strip_prefix(start).filter(|rest| !rest.is_empty());
        if let Some(rest) = after(JOURNAL) {
            return Key::Journal(rest.split('~').next().unwrap_or(rest));
        }
        if let Some(rest) = after(IMPORT) {
            return Key::Import(rest);
        }
        if let Some(rest) = after(WITHDRAWN) {
            return Key::Withdrawn(rest);
        }
        if let Some(rest) = after(CHUNK) {
            return Key::Chunk(rest);
        }
        if let Some(rest) = after(DRAFT) {
            return Key::Draft(rest);
        }
        if let Some(rest) = after(SETTING) {
            return Key::Setting(rest);
        }
        after(ASIDE).map_or(Key::Unknown, Key::Aside)
    }
}
