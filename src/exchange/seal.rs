//! Sealed files: a plain file under a passphrase.
//!
//! AES-256-GCM; the key is PBKDF2-HMAC-SHA256 of the passphrase (at least 600,000 rounds when
//! written, OWASP's figure for this function). The header is authenticated as additional data.
//! Salt and nonce come from the caller, since the core has no randomness.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::model::notice::Notice;
use crate::model::value::{Value, write_json_string};
use crate::turns::{Turns, at_once};

/// `format` of a sealed file.
pub const SEALED_FORMAT: &str = "tiancheng-sealed";
/// Rounds of a new file.
pub const ROUNDS: u32 = 600_000;
/// Fewest rounds of a file that is still opened.
const LEAST_ROUNDS: i64 = 100_000;
/// Most rounds of a file that is opened, so that a hostile file cannot freeze the page.
const MOST_ROUNDS: i64 = 5_000_000;
/// Shortest passphrase, in characters.
pub const MIN_PASSPHRASE: usize = 8;

/// A sealed file, not yet opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    rounds: u32,
    salt: Vec<u8>,
    nonce: [u8; 12],
    content: Vec<u8>,
}

/// 16 bytes of salt and 12 of nonce, drawn anew for every file.
#[derive(Clone, Copy, Debug)]
pub struct Fresh {
    /// Salt.
    pub salt: [u8; 16],
    /// Nonce.
    pub nonce: [u8; 12],
}

/// Rounds between two looks at the clock.
const ROUNDS_AT_ONCE: u32 = 2_000;

/// PBKDF2-HMAC-SHA256 (RFC 8018) of one block, which is as long as the key.
async fn key(passphrase: &str, salt: &[u8], rounds: u32, turns: Turns<'_>) -> [u8; 32] {
    // Takes a key of any length.
    let Ok(mac) = <Hmac<Sha256> as Mac>::new_from_slice(passphrase.as_bytes()) else {
        return [0; 32];
    };
    let mut last = mac
        .clone()
        .chain_update(salt)
        .chain_update(1u32.to_be_bytes())
        .finalize()
        .into_bytes();
    let mut key: [u8; 32] = last.into();
    for round in 1..rounds {
        last = mac.clone().chain_update(last).finalize().into_bytes();
        key.iter_mut().zip(last).for_each(|(sum, byte)| *sum ^= byte);
        if round.is_multiple_of(ROUNDS_AT_ONCE) {
            turns.pause().await;
        }
    }
    key
}

fn header(rounds: u32, salt: &[u8], nonce: &[u8]) -> String {
    format!(
        "{{\"format\":\"{SEALED_FORMAT}\",\"version\":1,\"kdf\":\"PBKDF2-HMAC-SHA256\",\"rounds\":{rounds},\"salt\":\"{}\",\"cipher\":\"AES-256-GCM\",\"nonce\":\"{}\"",
        STANDARD.encode(salt),
        STANDARD.encode(nonce)
    )
}

/// Seals a plain file.
///
/// # Errors
/// A notice if the passphrase is shorter than [`MIN_PASSPHRASE`].
pub fn seal(plain: &str, passphrase: &str, fresh: Fresh) -> Result<String, Notice> {
    at_once(seal_in_turns(plain, passphrase, fresh, Turns::NONE))
}

/// [`seal`] in turns.
///
/// # Errors
/// As [`seal`].
pub async fn seal_in_turns(plain: &str, passphrase: &str, fresh: Fresh, turns: Turns<'_>) -> Result<String, Notice> {
    if passphrase.chars().count() < MIN_PASSPHRASE {
        let what = format!("口令少于 {MIN_PASSPHRASE} 个字");
        return Err(Notice::error(
            "passphrase",
            what,
            "请换一个长一些的口令，并另行告诉对方",
        ));
    }
    let header = header(ROUNDS, &fresh.salt, &fresh.nonce);
    let key = key(passphrase, &fresh.salt, ROUNDS, turns).await;
    let cipher = Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&key));
    let payload = Payload {
        msg: plain.as_bytes(),
        aad: header.as_bytes(),
    };
    let content = cipher
        .encrypt(Nonce::from_slice(&fresh.nonce), payload)
        .map_err(|_| Notice::error("", "文件太大，不能加密", "请分单位导出"))?;
    let mut out = header;
    out.push_str(",\"content\":");
    write_json_string(&STANDARD.encode(content), &mut out);
    out.push_str("}\n");
    Ok(out)
}

impl Sealed {
    /// Reads the parts of a sealed file; `get` looks up a key of the outermost object.
    ///
    /// # Errors
    /// A notice where a part is missing or its parameters lie outside the accepted bounds.
    pub fn read<'a>(get: &dyn Fn(&str) -> Option<&'a Value>) -> Result<Sealed, Notice> {
        let wrong = |key: &str| Notice::error(key, format!("加密文件里的 {key} 不对"), "请对方重新导出并发送");
        let text = |key: &str| get(key).and_then(Value::as_str).ok_or_else(|| wrong(key));
        let bytes = |key: &str| text(key).and_then(|t| STANDARD.decode(t).map_err(|_| wrong(key)));
        let rounds = match get("rounds") {
            Some(Value::Int(n)) if (LEAST_ROUNDS..=MOST_ROUNDS).contains(n) => u32::try_from(*n).ok(),
            _ => None,
        };
        if get("version") != Some(&Value::Int(1)) {
            return Err(Notice::error("version", "加密文件由更新的版本导出", "请先更新本系统"));
        }
        if text("kdf")? != "PBKDF2-HMAC-SHA256" || text("cipher")? != "AES-256-GCM" {
            return Err(Notice::error(
                "kdf",
                "不认识这种加密方式",
                "请先更新本系统，或请对方重新导出",
            ));
        }
        let salt = bytes("salt")?;
        if !(8..=64).contains(&salt.len()) {
            return Err(wrong("salt"));
        }
        Ok(Sealed {
            rounds: rounds.ok_or_else(|| wrong("rounds"))?,
            salt,
            nonce: bytes("nonce")?.try_into().map_err(|_| wrong("nonce"))?,
            content: bytes("content")?,
        })
    }

    /// Opens the file; the plain file's bytes.
    ///
    /// # Errors
    /// One and the same notice for a wrong passphrase and for a file that was tampered with.
    pub fn open(&self, passphrase: &str) -> Result<Vec<u8>, Notice> {
        at_once(self.open_in_turns(passphrase, Turns::NONE))
    }

    /// [`open`](Sealed::open) in turns.
    ///
    /// # Errors
    /// As [`open`](Sealed::open).
    pub async fn open_in_turns(&self, passphrase: &str, turns: Turns<'_>) -> Result<Vec<u8>, Notice> {
        let key = key(passphrase, &self.salt, self.rounds, turns).await;
        let cipher = Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&key));
        let header = header(self.rounds, &self.salt, &self.nonce);
        let payload = Payload {
            msg: &self.content,
            aad: header.as_bytes(),
        };
        cipher.decrypt(Nonce::from_slice(&self.nonce), payload).map_err(|_| {
            Notice::error(
                "",
                "口令不对，或文件被改动过",
                "请核对口令：全角还是半角、首尾有没有空格、输入法有没有改字；仍打不开就请对方重新导出",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::file::hex;

    /// The vectors of RFC 6070 with SHA-256, as they are published with other implementations.
    #[test]
    fn keys_are_those_of_everybody_else() {
        let key = |rounds| hex(&at_once(key("password", b"salt", rounds, Turns::NONE)));
        assert_eq!(
            key(1),
            "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b"
        );
        assert_eq!(
            key(2),
            "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43"
        );
        assert_eq!(
            key(4_096),
            "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a"
        );
    }
}
