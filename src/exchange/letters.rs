//! A small file as few letters, for a code that a camera reads: deflated, and written in the 41 signs of a code's
//! dense mode that chats leave as they are.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::model::notice::Notice;

/// Letters in a code at most: more is too fine for a camera on the screen of a phone.
pub const MOST: usize = 1_500;
/// What the letters begin and end with; no sign of theirs is in [`SIGNS`].
const HEAD: &str = "TCDJ1-";
const TAIL: &str = "-TCDJ";
/// The signs: three of them hold two bytes. No blank, nothing that chats set in bold or make a link of.
const SIGNS: &[u8; 41] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%+./";
/// Bytes that come out at most.
const OPENED: usize = 1 << 20;

/// A file as letters; `None` if it is too much for a code.
pub fn pack(text: &str) -> Option<String> {
    let packed = compress_to_vec(text.as_bytes(), 10);
    let mut out = HEAD.to_owned();
    for pair in packed.chunks(2) {
        let (mut number, signs) = match *pair {
            [high, low] => (usize::from(high) * 256 + usize::from(low), 3),
            [byte] => (usize::from(byte), 2),
            _ => continue,
        };
        for _ in 0..signs {
            out.push(char::from(SIGNS[number % SIGNS.len()]));
            number /= SIGNS.len();
        }
    }
    out += TAIL;
    (out.len() <= MOST).then_some(out)
}

/// Whether letters of a code are in a text.
pub fn are_in(text: &str) -> bool {
    text.contains(HEAD)
}

/// The file behind the letters in a text, with blanks and line breaks put in anywhere and words around them.
///
/// # Errors
/// A notice that they are not complete.
pub fn unpack(text: &str) -> Result<String, Notice> {
    let opened = inside(text).and_then(|body| decompress_to_vec_with_limit(&bytes(&body)?, OPENED).ok());
    opened.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| {
        Notice::error(
            "",
            "二维码的文字不完整",
            "请重新扫，或把扫出的全部文字一起粘贴；还不行，请对方改用文件或“复制为文本”",
        )
    })
}

fn inside(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(HEAD)?;
    let dense: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    dense.split_once(TAIL).map(|(body, _)| body.to_owned())
}

fn bytes(body: &str) -> Option<Vec<u8>> {
    let place = |sign: &u8| SIGNS.iter().position(|known| known == sign);
    let mut out = Vec::new();
    for group in body.as_bytes().chunks(3) {
        let mut number = 0;
        for sign in group.iter().rev() {
            number = number * SIGNS.len() + place(sign)?;
        }
        match group.len() {
            3 => out.extend(u16::try_from(number).ok()?.to_be_bytes()),
            2 => out.push(u8::try_from(number).ok()?),
            _ => return None,
        }
    }
    Some(out)
}
