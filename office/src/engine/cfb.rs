//! Compound files, in which BIFF workbooks and sealed files lie ([MS-CFB]).

use crate::book::Refusal;

/// Numbers of sectors from here on mark ends and gaps.
const FREE: u32 = 0xffff_fff0;
/// Bytes of a small sector.
const MINI: usize = 64;

/// A compound file.
pub struct Compound<'a> {
    bytes: &'a [u8],
    shift: u32,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    cutoff: u32,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: u32,
}

pub fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Refusal> {
    let part = bytes.get(at..).and_then(|rest| rest.first_chunk());
    part.map(|part| u16::from_le_bytes(*part)).ok_or(Refusal::Damaged)
}

pub fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    let part = bytes.get(at..).and_then(|rest| rest.first_chunk());
    part.map(|part| u32::from_le_bytes(*part)).ok_or(Refusal::Damaged)
}

pub fn f64_at(bytes: &[u8], at: usize) -> Result<f64, Refusal> {
    let part = bytes.get(at..).and_then(|rest| rest.first_chunk());
    part.map(|part| f64::from_le_bytes(*part)).ok_or(Refusal::Damaged)
}

impl<'a> Compound<'a> {
    pub fn new(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let shift = u32::from(u16_at(bytes, 30)?);
        if !(9..=12).contains(&shift) || u16_at(bytes, 32)? != 6 {
            return Err(Refusal::Damaged);
        }
        let mut file = Self {
            bytes,
            shift,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            cutoff: u32_at(bytes, 56)?,
            mini: Vec::new(),
            entries: Vec::new(),
        };
        file.read_fat()?;
        file.mini_fat = words(&file.chain(u32_at(bytes, 60)?, None)?);
        let directory = file.chain(u32_at(bytes, 48)?, None)?;
        for entry in directory.chunks_exact(128) {
            let length = usize::from(u16_at(entry, 64)?).saturating_sub(2).min(62);
            let name: Vec<u16> = entry[..length]
                .chunks_exact(2)
                .map(|c| u16::from_le_bytes([c[0], c[1]]))
                .collect();
            file.entries.push(Entry {
                name: String::from_utf16_lossy(&name),
                start: u32_at(entry, 116)?,
                size: u32_at(entry, 120)?,
            });
        }
        let root = file.entries.first().ok_or(Refusal::Damaged)?;
        file.mini = file.chain(root.start, Some(root.size))?;
        Ok(file)
    }

    /// The table that says which sector follows which.
    fn read_fat(&mut self) -> Result<(), Refusal> {
        let mut sectors: Vec<u32> = Vec::new();
        for at in 0..109 {
            sectors.push(u32_at(self.bytes, 76 + 4 * at)?);
        }
        let per = (1_usize << self.shift) / 4 - 1;
        let mut next = u32_at(self.bytes, 68)?;
        let most = self.bytes.len() >> self.shift;
        let mut seen = 0;
        while next < FREE && seen <= most {
            let sector = self.sector(next)?;
            for at in 0..per {
                sectors.push(u32_at(sector, 4 * at)?);
            }
            next = u32_at(sector, 4 * per)?;
            seen += 1;
        }
        let count = u32_at(self.bytes, 44)? as usize;
        for sector in sectors
            .into_iter()
            .filter(|sector| *sector < FREE)
            .take(count.min(most))
        {
            let words = words(self.sector(sector)?);
            self.fat.extend(words);
        }
        Ok(())
    }

    fn sector(&self, at: u32) -> Result<&'a [u8], Refusal> {
        let size = 1_usize << self.shift;
        let start = (at as usize + 1).checked_mul(size).ok_or(Refusal::Damaged)?;
        // The last sector of a file may be short.
        let end = start.saturating_add(size).min(self.bytes.len());
        self.bytes
            .get(start..end)
            .filter(|part| !part.is_empty())
            .ok_or(Refusal::Damaged)
    }

    /// The bytes of a chain of sectors.
    fn chain(&self, start: u32, size: Option<u32>) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let mut next = start;
        let wanted = size.map_or(usize::MAX, |size| size as usize);
        while next < FREE && bytes.len() < wanted {
            bytes.extend_from_slice(self.sector(next)?);
            // A chain that comes back to itself.
            if bytes.len() > self.bytes.len() {
                return Err(Refusal::Damaged);
            }
            next = *self.fat.get(next as usize).ok_or(Refusal::Damaged)?;
        }
        bytes.truncate(wanted);
        Ok(bytes)
    }

    fn mini_chain(&self, start: u32, size: u32) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let mut next = start;
        while next < FREE && bytes.len() < size as usize {
            let from = (next as usize).checked_mul(MINI).ok_or(Refusal::Damaged)?;
            let end = from.saturating_add(MINI).min(self.mini.len());
            bytes.extend_from_slice(self.mini.get(from..end).ok_or(Refusal::Damaged)?);
            if bytes.len() > self.mini.len() {
                return Err(Refusal::Damaged);
            }
            next = *self.mini_fat.get(next as usize).ok_or(Refusal::Damaged)?;
        }
        bytes.truncate(size as usize);
        Ok(bytes)
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// A stream by its name.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let bytes = if entry.size < self.cutoff {
            self.mini_chain(entry.start, entry.size)?
        } else {
            self.chain(entry.start, Some(entry.size))?
        };
        if bytes.len() < entry.size as usize {
            return Err(Refusal::Damaged);
        }
        Ok(Some(bytes))
    }
}

fn words(bytes: &[u8]) -> Vec<u32> {
    let word = |part: &[u8]| u32::from_le_bytes([part[0], part[1], part[2], part[3]]);
    bytes.chunks_exact(4).map(word).collect()
}
