//! Reading the envelope: what a file says about itself, before any of its changes.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::file::{FORMAT, Header, MAX_BYTES, Purpose, READER, too_large};
use super::scope::Scope;
use super::seal::{SEALED_FORMAT, Sealed};
use crate::model::date::Instant;
use crate::model::notice::Notice;
use crate::model::value::Value;
use crate::replica::wire::{Limits, explain, read_value};

/// A plain file whose changes are still to be read.
pub(super) struct Plain {
    pub(super) header: Header,
    pub(super) sha256: String,
    /// Where the changes stand in the bytes.
    pub(super) changes: Range<usize>,
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
            let value = read_value(raw.get(), limits)
                .map_err(|notice| A::Error::custom(format!("\u{1}{key}：{}|{}", notice.what, notice.todo)))?;
            envelope.entries.push((key, value));
        }
        Ok(envelope)
    }
}
