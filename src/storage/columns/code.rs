//! What reading and writing columns have in common: streams, signs, small codings.

/// Streams that every text has; the columns follow, [`PER_COLUMN`] each.
pub(super) mod stream {
    /// Texts that repeat everywhere: actors, tags, ledgers, field names.
    pub const SYMBOLS: usize = 0;
    /// Actor of each change.
    pub const ACTORS: usize = 1;
    /// Serial numbers, as differences within the actor.
    pub const SERIALS: usize = 2;
    /// Times, as differences.
    pub const TIMES: usize = 3;
    /// Device tags.
    pub const TAGS: usize = 4;
    /// Twice the number of records, plus one if there are keys of a newer version.
    pub const SIZES: usize = 5;
    /// Keys of a newer version.
    pub const EXTRAS: usize = 6;
    /// How each record id is made, see `record`.
    pub const RECORDS: usize = 7;
    /// Numbers for it.
    pub const RECORD_NUMBERS: usize = 8;
    /// Texts for it.
    pub const RECORD_TEXTS: usize = 9;
    /// Which fields a patch writes: number of a shape.
    pub const SHAPES: usize = 10;
    /// The shapes.
    pub const SHAPE_TABLE: usize = 11;
    /// What a write superseded: number of an entry.
    pub const OVERS: usize = 12;
    /// The entries.
    pub const OVER_TABLE: usize = 13;
    /// How many there are.
    pub const COUNT: usize = 14;
}

/// Streams of one column: what each value is, numbers, texts.
pub(super) const PER_COLUMN: usize = 3;

/// How a record id is made.
pub(super) mod record {
    /// The id of the change.
    pub const OWN: u64 = 0;
    /// The id of the change, a dot and a number.
    pub const OWN_NUMBERED: u64 = 1;
    /// A record that stood before: how many back.
    pub const AGAIN: u64 = 2;
    /// The id of another change.
    pub const OTHER: u64 = 3;
    /// The id of another change, a dot and a number.
    pub const OTHER_NUMBERED: u64 = 4;
    /// Any text.
    pub const TEXT: u64 = 5;
}

/// What a value is.
pub(super) mod tag {
    pub const NULL: u64 = 0;
    pub const FALSE: u64 = 1;
    pub const TRUE: u64 = 2;
    pub const INT: u64 = 3;
    pub const DAY: u64 = 4;
    /// A text not seen before in this column.
    pub const TEXT: u64 = 5;
    pub const LIST: u64 = 6;
    pub const RAW: u64 = 7;
    /// From here on: a text that was seen, by number.
    pub const SEEN: u64 = 8;
}

/// Ends a text; no UTF-8 contains it.
pub(super) const END: u8 = 0xFF;

pub(super) fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

pub(super) fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// The number of a canonical decimal index (`1`, `27`): no sign, no leading zero.
pub(super) fn index(text: &str) -> Option<u32> {
    let canonical = !text.is_empty() && text.len() < 10 && !text.starts_with('0');
    if canonical && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}
