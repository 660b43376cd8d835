//! Files that are zip archives: which kind it is, and their parts as they are really unpacked.

use super::limits::Limits;
use super::xml::{self, Event};
use super::{Sink, ods, xlsb, xlsx};
use crate::book::Refusal;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::collections::HashMap;
use std::io::{self, Cursor, Read};
use std::rc::Rc;
use zip::{CompressionMethod, ZipArchive};

/// An archive that is being read.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Names of the parts as they are looked for.
    names: Vec<String>,
    pub limits: Rc<Limits>,
}

/// What a relationship leads to.
pub struct Target {
    /// The last word of its kind: `worksheet`, `chartsheet`, `styles`.
    pub kind: String,
    /// The part, from the root of the archive.
    pub path: String,
}

/// Reads an archive by the parts it has.
pub fn read(bytes: &[u8], sink: &mut Sink) -> Result<(), Refusal> {
    let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let names: Vec<String> = (0..zip.len())
        .map(|at| {
            zip.name_for_index(at)
                .and_then(Result::ok)
                .map_or_else(String::new, |name| plain(&name))
        })
        .collect();
    let mut package = Package {
        zip,
        names: names.clone(),
        limits: Rc::clone(&sink.limits),
    };
    let has = |name: &str| names.iter().any(|found| found == name);
    let starts = |start: &str| names.iter().any(|found| found.starts_with(start));
    if has("content.xml") {
        return ods::read(&mut package, sink);
    }
    let book = package.workbook()?;
    if book.ends_with(".bin") && has(&plain(&book)) {
        return xlsb::read(&mut package, &book, sink);
    }
    if has(&plain(&book)) {
        return xlsx::read(&mut package, &book, sink);
    }
    let name = if starts("word/") {
        "Word"
    } else if starts("ppt/") {
        "演示文稿"
    } else {
        "压缩包"
    };
    Err(Refusal::Foreign(name.to_owned()))
}

/// A name as it is looked for: programs differ in case and in the slash.
fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

impl Package<'_> {
    /// A part; `None` if there is none of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<Checked<'_>>, Refusal> {
        let wanted = plain(name);
        let Some(at) = self.names.iter().position(|name| *name == wanted) else {
            return Ok(None);
        };
        let part = self.zip.by_index_raw(at).map_err(|_| Refusal::Damaged)?;
        if part.encrypted() {
            return Err(Refusal::Password);
        }
        let (size, sum) = (part.size(), part.crc32());
        let inner: Box<dyn Read> = match part.compression() {
            CompressionMethod::Stored => Box::new(part),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(part)),
            _ => return Err(Refusal::Damaged),
        };
        Ok(Some(Checked {
            inner,
            crc: Crc::new(),
            size,
            sum,
        }))
    }

    /// Where the workbook is.
    fn workbook(&mut self) -> Result<String, Refusal> {
        let found = self.relationships("_rels/.rels", "")?;
        let book = found.into_values().find(|target| target.kind == "officeDocument");
        let path = book.map(|target| target.path).filter(|path| path.starts_with("xl/"));
        Ok(path.unwrap_or_else(|| "xl/workbook.xml".to_owned()))
    }

    /// The relationships of a part, by their ids.
    pub fn targets(&mut self, part: &str) -> Result<HashMap<String, Target>, Refusal> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        self.relationships(&format!("{folder}/_rels/{name}.rels"), folder)
    }

    fn relationships(&mut self, name: &str, folder: &str) -> Result<HashMap<String, Target>, Refusal> {
        let mut targets = HashMap::new();
        let limits = Rc::clone(&self.limits);
        let Some(part) = self.part(name)? else {
            return Ok(targets);
        };
        let mut parser = xml::Parser::new(part, &limits);
        loop {
            match parser.next()? {
                Event::Start(tag) if tag.local_name().into_inner() == "Relationship" => {
                    let get = |name| xml::attribute(&tag, name).unwrap_or_default();
                    let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    let path = resolved(folder, &get("Target"));
                    targets.insert(get("Id"), Target { kind, path });
                }
                Event::Eof => return Ok(targets),
                _ => {}
            }
        }
    }
}

/// A part that is unpacked whatever size is written for it, and held to that and to its checksum at its end.
pub struct Checked<'a> {
    inner: Box<dyn Read + 'a>,
    crc: Crc,
    size: u64,
    sum: u32,
}

impl Read for Checked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.crc.update(&into[..count]);
        let ended = count == 0 && !into.is_empty();
        if ended && (self.crc.sum() != self.sum || u64::from(self.crc.amount()) != self.size) {
            return Err(io::Error::other("not the bytes that were packed"));
        }
        Ok(count)
    }
}

/// A path from the root of the archive.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
