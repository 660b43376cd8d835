//! What is remembered of a file that left: enough for a receipt on paper.

use serde::{Deserialize, Serialize};

use super::writing::{Holds, Written};

/// Files remembered.
pub const REMEMBERED: usize = 20;

// As serde asks for it.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Place of the notice on every page that a backup waits to be seen.
pub const SEEN: &str = "seen";
/// Place of the notice that a report waits to be sent.
pub const GONE: &str = "gone";

/// A file that left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Name of the file.
    pub name: String,
    /// Bytes of the file.
    pub size: u64,
    /// Name of the town.
    pub town: String,
    /// Purpose, as the file says it.
    pub purpose: String,
    /// Codes of its units; none for all.
    pub units: Vec<String>,
    /// What it holds, by ledger.
    pub holds: Vec<Holds>,
    /// Changes.
    pub changes: u64,
    /// Checksum as it stands in the file; of a sealed one, in the file inside.
    pub sha256: String,
    /// When it was exported.
    pub at: String,
    /// Who exported it, in words.
    pub by: String,
    /// The task it answers, in words; may be empty.
    #[serde(default)]
    pub task: String,
    /// It opens with a passphrase only.
    #[serde(default)]
    pub sealed: bool,
    /// Nobody has said yet that it is where it should be: a browser takes a download that it then blocks, and a
    /// person leaves a chat before sending.
    #[serde(default, skip_serializing_if = "is_false")]
    pub waiting: bool,
    /// Id of the report that counts once it is sent; empty for other files.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub report: String,
    /// Saves it holds that no other copy did when it was written; `None` if it is no backup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backs_up: Option<u64>,
}

impl Sent {
    /// Tells it from other files: content and time.
    pub fn key(&self) -> String {
        format!("{}-{}", short(&self.sha256), self.at)
    }

    /// Of a file as it was written.
    pub fn of(written: &Written, name: &str, by: String) -> Sent {
        let header = &written.header;
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        Sent {
            name: name.to_owned(),
            size: count(written.text.len()),
            town: header.town.clone(),
            purpose: header.purpose.code().to_owned(),
            units: header.scope.units.clone(),
            holds: written.holds.clone(),
            changes: count(written.counts.changes),
            sha256: written.sha256.clone(),
            at: header.exported_at.to_string(),
            by,
            ..Sent::default()
        }
    }

    /// Records that lists show: the number that is said of the file everywhere.
    pub fn records(&self) -> u64 {
        self.holds.iter().map(|held| held.live).sum()
    }
}

/// The first 16 digits of a checksum, which tell files apart on paper.
pub fn short(sha256: &str) -> &str {
    sha256.get(..16).unwrap_or(sha256)
}
