//! The envelope: what a file says about itself, its checksum, and how it is read and written.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::reading::Plain;
use super::scope::Scope;
use super::seal::Sealed;
use crate::model::date::Instant;
use crate::model::notice::Notice;
use crate::model::value::{Value, write_json_string};
use crate::replica::Change;
use crate::replica::wire::{Limits, explain};

/// `format` of a plain file.
pub const FORMAT: &str = "tiancheng-ledger";
/// `format` of a sealed file.
pub const SEALED_FORMAT: &str = "tiancheng-sealed";
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

/// What was in the bytes.
#[derive(Debug)]
pub enum ReadFile {
    /// A plain file.
    Plain(Box<Content>),
    /// A sealed file; ask for the passphrase, then [`Sealed::open`].
    Sealed(Box<Sealed>),
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

/// What the envelope says the file is.
pub(super) enum Opened {
    Plain(Plain),
    Sealed(Box<Sealed>),
}

pub(super) fn read_envelope(bytes: &[u8]) -> Result<Opened, Notice> {
    let text = decode(bytes)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let parsed = EnvelopeSeed
        .deserialize(&mut reader)
        .and_then(|envelope| reader.end().map(|()| envelope));
    let envelope = parsed.map_err(|error| match text.trim_start().starts_with('{') {
        true => explain(&error, String::new()),
        false => not_ours(),
    })?;
    let format = match envelope.get("format") {
        Some(Value::Text(format)) => format.clone(),
        _ => return Err(not_ours()),
    };
    match &*format {
        FORMAT => open_plain(&envelope, bytes).map(Opened::Plain),
        SEALED_FORMAT => Sealed::read(&|key| envelope.get(key)).map(|sealed| Opened::Sealed(Box::new(sealed))),
        _ => Err(not_ours()),
    }
}

fn not_ours() -> Notice {
    Notice::error(
        "",
        "这不是本系统导出的数据文件",
        "请选择导出的 .json 文件，不要选表格、图片或压缩包",
    )
}

fn decode(bytes: &[u8]) -> Result<&str, Notice> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large(bytes.len()));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Notice::error(
            "",
            "文件是空的",
            "可能没有下载完，请重新下载或请对方重新发送",
        ));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Notice::error(
            "",
            "文件编码是 UTF-16",
            "文件可能被其他软件另存过，请用对方导出的原文件",
        ));
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let looks_ours = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
        match (looks_ours, error.error_len()) {
            (false, _) => not_ours(),
            (true, None) => Notice::error("", "文件不完整，可能没有下载完", "请重新下载或请对方重新发送"),
            (true, Some(_)) => Notice::error(
                "",
                "文件编码不是 UTF-8",
                "文件可能被其他软件另存过，请用对方导出的原文件",
            ),
        }
    })
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

fn open_plain(envelope: &Envelope<'_>, bytes: &[u8]) -> Result<Plain, Notice> {
    let int = |key: &str| match envelope.get(key) {
        Some(Value::Int(number)) => Ok(*number),
        _ => Err(missing(key)),
    };
    let text = |key: &str| match envelope.get(key) {
        Some(Value::Text(text)) => Ok(text.to_string()),
        _ => Err(missing(key)),
    };
    if int("minReader")? > READER {
        return Err(Notice::error(
            "minReader",
            "文件由更新的版本导出",
            "请先更新本系统，再合并这个文件",
        ));
    }
    int("version")?;
    let purpose = text("purpose")?;
    let purpose = Purpose::ALL.into_iter().find(|p| p.code() == purpose);
    let header = Header {
        town: text("town")?,
        purpose: purpose.ok_or_else(|| missing("purpose"))?,
        scope: envelope
            .get("scope")
            .and_then(Scope::read)
            .ok_or_else(|| missing("scope"))?,
        exported_by: text("exportedBy")?,
        exported_at: Instant::parse(&text("exportedAt")?).ok_or_else(|| missing("exportedAt"))?,
    };
    let raw = envelope.changes.ok_or_else(|| missing("changes"))?.get();
    // The envelope borrows from the bytes.
    let from = raw.as_ptr() as usize - bytes.as_ptr() as usize;
    Ok(Plain {
        header,
        sha256: text("sha256")?,
        changes: from..from + raw.len(),
    })
}

fn missing(key: &str) -> Notice {
    let what = match key {
        "exportedAt" => "导出时间",
        "town" => "镇名",
        "by" => "导出人",
        "purpose" => "用途",
        "scope" => "范围",
        "sha256" => "校验码",
        "changes" => "内容",
        other => other,
    };
    Notice::error(key, format!("文件里的{what}缺失或不对"), "请对方重新导出并发送")
}

/// The keys of the outermost object; `changes` stays as it was written.
struct Envelope<'de> {
    entries: Vec<(String, Value)>,
    changes: Option<&'de RawValue>,
}

impl Envelope<'_> {
    fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }
}

struct EnvelopeSeed;

impl<'de> DeserializeSeed<'de> for EnvelopeSeed {
    type Value = Envelope<'de>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Envelope<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for EnvelopeSeed {
    type Value = Envelope<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file of this program")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope<'de>, A::Error> {
        use serde::de::Error as _;
        let mut envelope = Envelope {
            entries: Vec::new(),
            changes: None,
        };
        while let Some(key) = map.next_key::<String>()? {
            if envelope.entries.len() > 64 || envelope.entries.iter().any(|(k, _)| *k == key) {
                return Err(A::Error::custom("\u{1}键重复或太多"));
            }
            if key == "changes" {
                if envelope.changes.replace(map.next_value()?).is_some() {
                    return Err(A::Error::custom("\u{1}键重复"));
                }
                continue;
            }
            let raw: &RawValue = map.next_value()?;
            let mut limits = Limits::default();
            if key == "content" {
                // The whole of a sealed file stands in this one text.
                limits.text = MAX_BYTES;
            }
            let value = crate::replica::wire::read_value(raw.get(), limits)
                .map_err(|notice| A::Error::custom(format!("\u{1}{key}：{}|{}", notice.what, notice.todo)))?;
            envelope.entries.push((key, value));
        }
        Ok(envelope)
    }
}
