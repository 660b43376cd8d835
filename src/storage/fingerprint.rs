//! What stands in a store, in a few letters, without reading it.

use super::keys::{HEADS, Key};
use super::kv::{KeyValue, KvError};
use crate::order::Arrange;
use crate::stable::Fnv;

/// Sixteen hex digits that differ where the records differ: of the names of all saves, imports, withdrawals and parts,
/// which never change under a name, and of the heads. Settings and unfinished forms do not count.
///
/// # Errors
/// What the store says.
pub fn mark(kv: &dyn KeyValue) -> Result<String, KvError> {
    let mut keys = kv.keys()?;
    keys.retain(|key| {
        matches!(
            Key::of(key),
            Key::Journal(_) | Key::Import(_) | Key::Withdrawn(_) | Key::Chunk(_) | Key::Erased | Key::Unknown
        )
    });
    keys.arrange();
    // Two that are alike by chance would show yesterday's figures for a moment.
    let mut hash = Fnv::default();
    let mut take = |text: &str| hash = hash.and(text.bytes().chain([0]));
    keys.iter().for_each(|key| take(key));
    for head in HEADS {
        take(&kv.get(head)?.unwrap_or_default());
    }
    Ok(hash.hex())
}
