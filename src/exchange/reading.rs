//! Reading a file: at once, or in turns.

use sha2::{Digest as _, Sha256};

use super::envelope::{Opened, read_envelope};
use super::file::{Content, hex};
use super::seal::Sealed;
use crate::model::notice::Notice;
use crate::replica::wire::{Limits, Names, read_changes_in_turns};
use crate::turns::{Turns, at_once};

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
    at_once(read_file_in_turns(bytes, names, Turns::NONE))
}

/// [`read_file`] in turns.
///
/// # Errors
/// As [`read_file`].
pub async fn read_file_in_turns(bytes: &[u8], names: &mut Names, turns: Turns<'_>) -> Result<ReadFile, Notice> {
    let plain = match read_envelope(bytes)? {
        Opened::Plain(plain) => plain,
        Opened::Sealed(sealed) => return Ok(ReadFile::Sealed(sealed)),
    };
    let json = &bytes[plain.changes.clone()];
    if !has_checksum(json, &plain.sha256, turns).await {
        return Err(wrong_checksum());
    }
    Ok(ReadFile::Plain(Box::new(Content {
        changes: read_changes_in_turns(json, names, Limits::default(), turns).await?,
        header: plain.header,
        sha256: plain.sha256,
    })))
}

/// Whether bytes are a whole file by their own checksum; a sealed one says so itself once it is opened.
pub(super) async fn is_whole(bytes: &[u8]) -> bool {
    match read_envelope(bytes) {
        Ok(Opened::Plain(plain)) => has_checksum(&bytes[plain.changes.clone()], &plain.sha256, Turns::NONE).await,
        Ok(Opened::Sealed(_)) => true,
        Err(_) => false,
    }
}

/// Whether the changes of a file are those that its checksum was made of.
async fn has_checksum(json: &[u8], sha256: &str, turns: Turns<'_>) -> bool {
    checksum_in_turns(json, false, turns).await == sha256 || checksum_in_turns(json, true, turns).await == sha256
}

fn wrong_checksum() -> Notice {
    Notice::error(
        "sha256",
        "校验不符，文件可能没有下载完或被改动过",
        "请对方重新导出并发送",
    )
}

/// Bytes hashed between two looks at the clock.
const HASHED: usize = 64 << 10;

/// [`checksum`](super::file::checksum) in turns, of the text as it stands or of its compact form: JSON without white
/// space between its parts, for files that another program laid out anew.
pub(super) async fn checksum_in_turns(json: &[u8], compact: bool, turns: Turns<'_>) -> String {
    let mut hasher = Sha256::new();
    let (mut inside, mut escaped) = (false, false);
    // Whether a byte belongs to the compact form.
    let mut keeps = |b: u8| {
        if inside {
            inside = escaped || b != b'"';
            escaped = !escaped && b == b'\\';
            return true;
        }
        inside = b == b'"';
        !b.is_ascii_whitespace()
    };
    for piece in json.chunks(HASHED) {
        if compact {
            let kept: Vec<u8> = piece.iter().copied().filter(|&b| keeps(b)).collect();
            hasher.update(&kept);
        } else {
            for part in piece.split(|b| matches!(b, b'\n' | b'\r')) {
                hasher.update(part);
            }
        }
        turns.pause().await;
    }
    hex(&hasher.finalize())
}
