//! Reading a file: at once, or in slices with pauses in between.

use sha2::{Digest as _, Sha256};

use super::envelope::{Opened, Plain, read_envelope};
use super::file::{Content, hex};
use super::seal::Sealed;
use crate::model::notice::Notice;
use crate::replica::Change;
use crate::replica::wire::{Limits, Names, SlicedChanges};
use crate::turns::{Pause, never};

/// What was in the bytes.
#[derive(Debug)]
pub enum ReadFile {
    /// A plain file.
    Plain(Box<Content>),
    /// A sealed file; ask for the passphrase, then [`Sealed::open`].
    Sealed(Box<Sealed>),
}

/// Reads a file.
///
/// # Errors
/// A notice that says what is wrong, with the path inside the file, and what to do. Nothing is
/// kept of a refused file.
pub fn read_file(bytes: &[u8], names: &mut Names) -> Result<ReadFile, Notice> {
    let mut reading = Reading::default();
    loop {
        if let Some(done) = reading.step(bytes, names, &mut never) {
            return done;
        }
    }
}

/// A file that is read in slices.
#[derive(Default)]
pub struct Reading(Stage);

#[derive(Default)]
enum Stage {
    #[default]
    Envelope,
    Checksum(Plain, Digest),
    Changes(Plain, SlicedChanges),
}

impl Reading {
    /// Reads on until `pause` asks to stop: `None` when there is more to read. `bytes` are the same each time.
    pub fn step(&mut self, bytes: &[u8], names: &mut Names, pause: Pause<'_>) -> Option<Result<ReadFile, Notice>> {
        loop {
            self.0 = match std::mem::take(&mut self.0) {
                Stage::Envelope => match read_envelope(bytes) {
                    Ok(Opened::Plain(plain)) => Stage::Checksum(plain, Digest::default()),
                    Ok(Opened::Sealed(sealed)) => return Some(Ok(ReadFile::Sealed(sealed))),
                    Err(notice) => return Some(Err(notice)),
                },
                Stage::Checksum(plain, mut digest) => {
                    let json = &bytes[plain.changes.clone()];
                    match digest.step(json, pause).map(|sum| sum == plain.sha256) {
                        None => {
                            self.0 = Stage::Checksum(plain, digest);
                            return None;
                        }
                        Some(true) => Stage::Changes(plain, SlicedChanges::default()),
                        Some(false) if digest.compact => return Some(Err(wrong_checksum())),
                        Some(false) => Stage::Checksum(plain, Digest::of_compact()),
                    }
                }
                Stage::Changes(plain, mut list) => {
                    let json = &bytes[plain.changes.clone()];
                    match list.step(json, names, Limits::default(), pause) {
                        None => {
                            self.0 = Stage::Changes(plain, list);
                            return None;
                        }
                        Some(read) => return Some(read.map(|changes| plain.with(changes))),
                    }
                }
            };
        }
    }
}

impl Plain {
    fn with(self, changes: Vec<Change>) -> ReadFile {
        ReadFile::Plain(Box::new(Content {
            header: self.header,
            changes,
            sha256: self.sha256,
        }))
    }
}

fn wrong_checksum() -> Notice {
    Notice::error(
        "sha256",
        "校验不符，文件可能没有下载完或被改动过",
        "请对方重新导出并发送",
    )
}

/// [`checksum`] in slices, of the text as it stands or of its compact form: JSON without white space between its
/// parts, for files that another program laid out anew.
#[derive(Default)]
pub(super) struct Digest {
    hasher: Sha256,
    at: usize,
    compact: bool,
    inside: bool,
    escaped: bool,
}

/// Bytes hashed between two looks at the clock.
const HASHED: usize = 64 << 10;

impl Digest {
    fn of_compact() -> Digest {
        Digest {
            compact: true,
            ..Digest::default()
        }
    }

    pub(super) fn step(&mut self, json: &[u8], pause: Pause<'_>) -> Option<String> {
        while self.at < json.len() {
            let piece = &json[self.at..json.len().min(self.at + HASHED)];
            self.at += piece.len();
            if self.compact {
                let kept: Vec<u8> = piece.iter().copied().filter(|&b| self.keeps(b)).collect();
                self.hasher.update(&kept);
            } else {
                for part in piece.split(|b| matches!(b, b'\n' | b'\r')) {
                    self.hasher.update(part);
                }
            }
            if pause() {
                return None;
            }
        }
        Some(hex(&std::mem::take(&mut self.hasher).finalize()))
    }

    /// Whether a byte belongs to the compact form.
    fn keeps(&mut self, b: u8) -> bool {
        if self.inside {
            self.inside = self.escaped || b != b'"';
            self.escaped = !self.escaped && b == b'\\';
            return true;
        }
        self.inside = b == b'"';
        !b.is_ascii_whitespace()
    }
}
