//! Texts that prove themselves whole, and bytes as text.
//!
//! A sealed text is eight hexadecimal digits (CRC-32 of the rest, in UTF-8) and the rest.
//! Packed bytes are 15 bits a UTF-16 unit from U+3400 to U+B3FF: no surrogates, nothing that a
//! browser would normalise, two bytes a unit where bytes are counted.

use std::sync::OnceLock;

/// First character of packed text.
const BASE: u32 = 0x3400;
/// Bits in one character.
const BITS: u32 = 15;

/// Slicing tables of the CRC-32 of ISO 3309 (polynomial 0xEDB88320, reflected), made when they are first used: they are
/// longer than what makes them, and no compression shortens them.
static TABLES: OnceLock<Box<[[u32; 256]; 4]>> = OnceLock::new();

fn tables() -> Box<[[u32; 256]; 4]> {
    let mut tables = Box::new([[0u32; 256]; 4]);
    for i in 0..256 {
        let mut crc = i as u32;
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                0xEDB8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            };
        }
        tables[0][i] = crc;
    }
    for t in 1..4 {
        for i in 0..256 {
            let before = tables[t - 1][i];
            tables[t][i] = (before >> 8) ^ tables[0][(before & 0xFF) as usize];
        }
    }
    tables
}

/// CRC-32 as in zip and PNG.
pub fn crc32(bytes: &[u8]) -> u32 {
    let tables = TABLES.get_or_init(tables);
    let mut crc = u32::MAX;
    let mut words = bytes.chunks_exact(4);
    for word in words.by_ref() {
        crc ^= u32::from_le_bytes([word[0], word[1], word[2], word[3]]);
        crc = tables[3][(crc & 0xFF) as usize]
            ^ tables[2][(crc >> 8 & 0xFF) as usize]
            ^ tables[1][(crc >> 16 & 0xFF) as usize]
            ^ tables[0][(crc >> 24) as usize];
    }
    for &byte in words.remainder() {
        crc = (crc >> 8) ^ tables[0][((crc ^ u32::from(byte)) & 0xFF) as usize];
    }
    !crc
}

/// A text with its checksum in front.
pub fn seal(body: &str) -> String {
    format!("{:08x}{body}", crc32(body.as_bytes()))
}

/// The checksum that stands in front of a sealed text.
pub fn seal_of(text: &str) -> Option<u32> {
    let digits = text.get(..8)?;
    let plain = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if !digits.bytes().all(plain) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}

/// The text behind a checksum that fits; `None` if anything about it is damaged.
pub fn unseal(text: &str) -> Option<&str> {
    let seal = seal_of(text)?;
    let body = text.get(8..)?;
    (crc32(body.as_bytes()) == seal).then_some(body)
}

/// Bytes as text: first a character for the number of spare bits, then 15 bits each.
pub fn to_text(bytes: &[u8]) -> String {
    let bits = bytes.len() * 8;
    let units = bits.div_ceil(BITS as usize);
    let mut out = String::with_capacity(3 * (units + 1));
    let mut push = |value: u32| {
        // 0x3400..=0xB3FF lies below the surrogates, so each value is a character.
        out.push(char::from_u32(BASE + (value & 0x7FFF)).unwrap_or('\u{3400}'));
    };
    push((units * BITS as usize - bits) as u32);
    let (mut held, mut count) = (0u32, 0u32);
    for &byte in bytes {
        held = held << 8 | u32::from(byte);
        count += 8;
        if count >= BITS {
            count -= BITS;
            push(held >> count);
            held &= (1 << count) - 1;
        }
    }
    if count > 0 {
        push(held << (BITS - count));
    }
    out
}

/// The bytes of [`to_text`]; `None` for a text of another shape.
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    let mut values = text
        .chars()
        .map(|c| u32::from(c).checked_sub(BASE).filter(|v| *v < 1 << BITS));
    let spare = values.next()?? as usize;
    let mut out = Vec::with_capacity(text.len() / 3 * 2);
    let (mut held, mut count) = (0u32, 0u32);
    let mut units = 0;
    for value in values {
        held = held << BITS | value?;
        count += BITS;
        units += 1;
        while count >= 8 {
            count -= 8;
            out.push((held >> count & 0xFF) as u8);
        }
        held &= (1 << count) - 1;
    }
    let bits = (units * BITS as usize).checked_sub(spare)?;
    (bits % 8 == 0 && spare < BITS as usize).then(|| {
        out.truncate(bits / 8);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc_is_the_one_everybody_uses() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
        assert_eq!(crc32(b"abcde"), 0x8587_D865);
    }

    #[test]
    fn bytes_of_every_length_come_back() {
        for len in 0..100usize {
            let bytes: Vec<u8> = (0..len).map(|i| (i * 89 + len * 7) as u8).collect();
            let text = to_text(&bytes);
            assert!(text.chars().all(|c| ('\u{3400}'..='\u{b3ff}').contains(&c)));
            assert_eq!(text.chars().count(), 1 + (len * 8).div_ceil(15));
            assert_eq!(from_text(&text), Some(bytes));
        }
        for bad in ["", "a", "\u{3400}a", "\u{340f}\u{3400}", "\u{3400}\u{3400}"] {
            assert_eq!(from_text(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_seal_tells_every_flipped_bit() {
        let text = seal("{\"a\":\"天城\"}");
        assert_eq!(unseal(&text), Some("{\"a\":\"天城\"}"));
        for at in 0..text.len() {
            for bit in 0..7 {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                if let Ok(text) = String::from_utf8(bytes) {
                    assert_eq!(unseal(&text), None);
                }
            }
        }
        assert_eq!(unseal(""), None);
        assert_eq!(unseal("0000"), None);
        assert_eq!(unseal("00000000"), Some(""), "an empty body seals to nothing");
    }
}
