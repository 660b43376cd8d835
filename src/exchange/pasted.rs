//! Files as text, for chats that take no files: cut into numbered pieces where it is long, and put together again
//! from whatever a chat made of it.

use std::collections::BTreeMap;

use super::sent::short;
use crate::model::notice::Notice;

/// Characters in one piece at most, so that a message of any common chat holds it.
pub const PIECE: usize = 8_000;
/// Pieces that are put together at most.
const MOST: usize = 9_999;
/// What a piece begins with.
const MARK: &str = "【天城党建第";

/// The text in pieces that can be sent one by one, in any order; one piece, as it is, where it is short. `sha256`
/// tells the pieces of one file from those of another.
pub fn pieces(text: &str, sha256: &str) -> Vec<String> {
    if text.chars().count() <= PIECE {
        return vec![text.to_owned()];
    }
    let flat: Vec<char> = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    let count = flat.len().div_ceil(PIECE);
    let key: String = short(sha256).chars().take(8).collect();
    let piece = |(at, body): (usize, &[char])| {
        let body: String = body.iter().collect();
        let number = at + 1;
        format!("{MARK}{number}段，共{count}段，{key}】{body}【第{number}段完】")
    };
    flat.chunks(PIECE).enumerate().map(piece).collect()
}

/// What came of a pasted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// The text of a file.
    Whole(String),
    /// A piece of one; the numbers of those that are missing.
    Waits {
        /// Pieces that are here.
        here: usize,
        /// Pieces in all.
        all: usize,
        /// Numbers of the others.
        missing: Vec<usize>,
    },
}

/// Pieces that were pasted so far.
#[derive(Clone, Debug, Default)]
pub struct Pasted {
    key: String,
    all: usize,
    pieces: BTreeMap<usize, String>,
}

impl Pasted {
    /// Takes in a pasted text: a whole one or one or more pieces, with line breaks put in anywhere and words before,
    /// between and after.
    ///
    /// # Errors
    /// A notice that says what is missing; the pieces pasted before stay.
    pub fn take(&mut self, text: &str) -> Result<Came, Notice> {
        let flat = flat(text);
        if !flat.contains(MARK) {
            return json_of(&flat).map(|json| Came::Whole(json.to_owned()));
        }
        let found = read_pieces(&flat)?;
        for piece in found {
            if (self.key.as_str(), self.all) != (piece.key, piece.all) {
                *self = Pasted {
                    key: piece.key.to_owned(),
                    all: piece.all,
                    pieces: BTreeMap::new(),
                };
            }
            self.pieces.insert(piece.number, piece.body.to_owned());
        }
        let missing: Vec<usize> = (1..=self.all).filter(|n| !self.pieces.contains_key(n)).collect();
        if !missing.is_empty() {
            return Ok(Came::Waits {
                here: self.pieces.len(),
                all: self.all,
                missing,
            });
        }
        let whole: String = std::mem::take(self).pieces.into_values().collect();
        json_of(&whole).map(|json| Came::Whole(json.to_owned()))
    }
}

/// The text in one line. Files hold no line break inside of a value, so those that a chat put in may go.
fn flat(text: &str) -> String {
    text.split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
        .collect()
}

struct Piece<'t> {
    key: &'t str,
    number: usize,
    all: usize,
    body: &'t str,
}

fn read_pieces(flat: &str) -> Result<Vec<Piece<'_>>, Notice> {
    let mut found: Vec<Piece<'_>> = Vec::new();
    let mut rest = flat;
    while let Some(at) = rest.find(MARK) {
        rest = &rest[at + MARK.len()..];
        let piece = read_piece(rest)?;
        if found
            .iter()
            .any(|other| (other.key, other.all) != (piece.key, piece.all))
        {
            return Err(Notice::error(
                "",
                "粘贴的几段不是同一份内容",
                "请一次只粘贴同一份的各段",
            ));
        }
        let end = piece.body.as_ptr() as usize - rest.as_ptr() as usize + piece.body.len();
        rest = &rest[end..];
        found.push(piece);
    }
    Ok(found)
}

/// Reads a piece from behind its mark.
fn read_piece(text: &str) -> Result<Piece<'_>, Notice> {
    let head = text.split_once('】').and_then(|(head, body)| {
        let mut parts = head.split('，');
        let number = parts.next()?.strip_suffix('段')?.trim().parse().ok()?;
        let all = parts.next()?.strip_prefix('共')?.strip_suffix('段')?.parse().ok()?;
        Some((number, all, parts.next()?, body))
    });
    let told = |what: String| Notice::error("", what, "请对方重新复制这一段，再整段粘贴");
    let Some((number, all, key, body)) = head.filter(|(number, all, ..)| (1..=*all).contains(number) && *all <= MOST)
    else {
        return Err(told("有一段的开头不完整".to_owned()));
    };
    match body.split_once(&format!("【第{number}段完】")) {
        Some((body, _)) if !body.contains(MARK) => Ok(Piece { key, number, all, body }),
        _ => Err(told(format!("第 {number} 段不完整，缺后面的文字"))),
    }
}

/// The file inside a text.
fn json_of(flat: &str) -> Result<&str, Notice> {
    let opens = |at: &usize, wanted: &str| {
        let inside = flat[at + 1..].trim_start();
        inside.starts_with(wanted)
    };
    let mut braces = flat.match_indices('{').map(|(at, _)| at);
    let start = braces
        .clone()
        .find(|at| opens(at, "\"format\""))
        .or_else(|| braces.find(|at| opens(at, "\"")));
    let incomplete = |which: &str| {
        Notice::error(
            "",
            format!("文本不完整，缺{which}面一部分"),
            "请对方重新“复制为文本”，把全部文字一起粘贴",
        )
    };
    let tail = ["\"sha256\":", "\"minReader\":", "\"changes\":", "\"fields\":"];
    let cut = || tail.iter().any(|key| flat.contains(key));
    // The tail of a file holds objects, too.
    let head = flat.contains("\"format\"");
    match start {
        Some(_) if !head && cut() => Err(incomplete("前")),
        Some(start) => end_of(&flat[start..])
            .map(|end| &flat[start..start + end])
            .ok_or_else(|| incomplete("后")),
        None if cut() => Err(incomplete("前")),
        None => Err(Notice::error(
            "",
            "这不是本系统复制出来的文本",
            "请对方在本系统里点“复制为文本”，再把全部文字粘贴到这里",
        )),
    }
}

/// Where the object that a text begins with ends.
fn end_of(text: &str) -> Option<usize> {
    let (mut depth, mut inside, mut escaped) = (0_usize, false, false);
    for (at, b) in text.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b'{' | b'[' if !inside => depth += 1,
            b'}' | b']' if !inside => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// A refusal of a file in the words for a pasted text.
pub fn of_text(notice: Notice) -> Notice {
    let say = |text: &str| {
        text.replace(
            "请重新下载或请对方重新发送",
            "请对方重新“复制为文本”，把全部文字一起粘贴",
        )
        .replace(
            "请选择导出的 .json 文件，不要选表格、图片或压缩包",
            "请对方在本系统里点“复制为文本”，再把全部文字粘贴到这里",
        )
        .replace("没有下载完", "没有复制全")
        .replace("重新导出并发送", "重新复制并发送")
        .replace("数据文件", "数据")
        .replace("文件", "文本")
    };
    Notice {
        what: say(&notice.what),
        todo: say(&notice.todo),
        ..notice
    }
}
