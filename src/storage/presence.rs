//! What tells that storage was in use here: the canary beside the records, and the witness in another place.

use serde::{Deserialize, Serialize};

use super::pack;

/// Which installation this is; kept beside the records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PresenceMarker {
    /// Random id of the installation.
    pub id: String,
    /// First use.
    pub first: String,
    /// Last opening.
    pub last: String,
    /// Saves and imports when it was last written.
    pub count: u64,
}

impl PresenceMarker {
    /// Reads what was kept.
    pub(super) fn read(text: &str) -> Option<PresenceMarker> {
        serde_json::from_str(pack::unseal(text)?).ok()
    }

    /// As it is kept.
    pub(super) fn text(&self) -> String {
        pack::seal(&serde_json::to_string(self).unwrap_or_default())
    }
}

/// Reads a witness: install id and count.
pub(super) fn read_witness(text: &str) -> Option<(String, u64)> {
    let rest = text.strip_prefix("1.")?;
    let (id, count) = rest.rsplit_once('.')?;
    (!id.is_empty()).then_some(())?;
    Some((id.to_string(), count.parse().ok()?))
}
