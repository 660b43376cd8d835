//! The envelope: what a file says about itself, its checksum, and how it is written.

use sha2::{Digest, Sha256};

use super::scope::Scope;
use crate::model::date::Instant;
use crate::model::notice::Notice;
use crate::model::value::write_json_string;
use crate::replica::Change;

/// `format` of a plain file.
pub const FORMAT: &str = "tiancheng-ledger";
/// Version of the envelope.
pub const VERSION: i64 = 1;
/// Version of the ledgers.
pub const SCHEMA: i64 = 1;
/// Files that ask for a later reader are refused.
pub const READER: i64 = 1;
/// Largest file accepted, in bytes; checked before anything is read.
pub const MAX_BYTES: usize = 48 << 20;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// 上报: a unit to the town.
    Report,
    /// 下发: the town to a unit.
    Dispatch,
    /// 备份: everything.
    Backup,
    /// 脱敏: to show, without personal fields.
    Redacted,
    /// 共享: what one device adds to a folder that several share.
    Share,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Purpose; 5] = [
        Purpose::Report,
        Purpose::Dispatch,
        Purpose::Backup,
        Purpose::Redacted,
        Purpose::Share,
    ];

    /// Stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Purpose::Report => "report",
            Purpose::Dispatch => "dispatch",
            Purpose::Backup => "backup",
            Purpose::Redacted => "redacted",
            Purpose::Share => "share",
        }
    }

    /// 上报, 下发, 备份, 脱敏 or 共享.
    pub const fn label(self) -> &'static str {
        match self {
            Purpose::Report => "上报",
            Purpose::Dispatch => "下发",
            Purpose::Backup => "备份",
            Purpose::Redacted => "脱敏",
            Purpose::Share => "共享",
        }
    }
}

/// What a file says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Name of the town.
    pub town: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Units and ledgers it speaks of.
    pub scope: Scope,
    /// Device tag of the exporter.
    pub exported_by: String,
    /// When it was exported.
    pub exported_at: Instant,
}

/// One device of the table in the header; for people and other programs, the records say the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeviceLine {
    /// Device tag.
    pub tag: String,
    /// Who; empty in a redacted file.
    pub label: String,
    /// Role code.
    pub role: String,
    /// Unit code; empty if none.
    pub unit: String,
}

/// A plain file, read.
#[derive(Clone, Debug)]
pub struct Content {
    /// What it says about itself.
    pub header: Header,
    /// Its changes.
    pub changes: Vec<Change>,
    /// Checksum, which also tells identical files.
    pub sha256: String,
}

/// Writes a file. `changes` is the JSON array written by
/// [`write_changes`](crate::replica::Replica::write_changes).
pub fn write_file(header: &Header, devices: &[DeviceLine], changes: &str) -> String {
    write_with(header, devices, changes, &checksum(changes))
}

/// [`write_file`] where the checksum of the changes is known.
pub(super) fn write_with(header: &Header, devices: &[DeviceLine], changes: &str, sha256: &str) -> String {
    let mut out = String::with_capacity(changes.len() + 1024);
    let mut line = |key: &str, value: &dyn Fn(&mut String)| {
        out.push_str(if out.is_empty() { "{\n" } else { ",\n" });
        write_json_string(key, &mut out);
        out.push(':');
        value(&mut out);
    };
    line("format", &|o| write_json_string(FORMAT, o));
    line("version", &|o| o.push_str(&VERSION.to_string()));
    line("schema", &|o| o.push_str(&SCHEMA.to_string()));
    line("minReader", &|o| o.push_str(&READER.to_string()));
    line("town", &|o| write_json_string(&header.town, o));
    line("purpose", &|o| write_json_string(header.purpose.code(), o));
    line("scope", &|o| header.scope.write_json(o));
    line("exportedBy", &|o| write_json_string(&header.exported_by, o));
    line("exportedAt", &|o| write_json_string(&header.exported_at.to_string(), o));
    line("devices", &|o| write_devices(devices, o));
    line("changes", &|o| o.push_str(changes));
    line("sha256", &|o| write_json_string(sha256, o));
    out.push_str("\n}\n");
    out
}

fn write_devices(devices: &[DeviceLine], out: &mut String) {
    out.push('{');
    for (i, device) in devices.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_json_string(&device.tag, out);
        out.push_str(":{\"label\":");
        write_json_string(&device.label, out);
        out.push_str(",\"role\":");
        write_json_string(&device.role, out);
        out.push_str(",\"unit\":");
        write_json_string(&device.unit, out);
        out.push('}');
    }
    out.push('}');
}

/// SHA-256, in lower-case hex, of a JSON text without the line feeds and carriage returns between
/// its parts (inside strings JSON writes them as `\n` and `\r`, so nothing is lost).
pub fn checksum(json: &str) -> String {
    let mut hasher = Sha256::new();
    for part in json.split(['\n', '\r']) {
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|b| [b >> 4, b & 15])
        .map(|d| char::from(b"0123456789abcdef"[usize::from(d)]))
        .collect()
}

/// The refusal of a file that is too large; the shell uses it before reading.
pub fn too_large(bytes: usize) -> Notice {
    let most = MAX_BYTES >> 20;
    Notice::error(
        "",
        format!("文件有 {} 兆，超过 {most} 兆", bytes >> 20),
        "这不像本系统的数据文件，请核对后重选",
    )
}
