//! Files as text, for chats that take no files: cut into numbered pieces where it is long, and put together again
//! from whatever a chat made of it.

use std::collections::BTreeMap;

use super::letters;
use super::reading::is_whole;
use super::sent::short;
use crate::model::notice::Notice;
use crate::turns::at_once;

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

/// What was pasted so far: as it came, and without the blanks that chats put in.
#[derive(Clone, Debug, Default)]
pub struct Pasted {
    plain: Pieces,
    mended: Pieces,
}

impl Pasted {
    /// Takes in a pasted text: a whole one, the letters of a code, or one or more pieces, with line breaks put in anywhere
    /// and words before, between and after. Where a chat indented lines or put other blanks for those of the text, the
    /// reading whose checksum fits counts.
    ///
    /// # Errors
    /// A notice that says what is missing; the pieces pasted before stay.
    pub fn take(&mut self, text: &str) -> Result<Came, Notice> {
        if letters::are_in(text) {
            return letters::unpack(text).map(Came::Whole);
        }
        let came = match (self.plain.take(&flat(text)), self.mended.take(&mended(text))) {
            (Ok(Came::Whole(plain)), Ok(Came::Whole(mended))) => {
                let better = plain != mended && !fits(&plain) && fits(&mended);
                Ok(Came::Whole(if better { mended } else { plain }))
            }
            (Ok(whole @ Came::Whole(_)), _) | (_, Ok(whole @ Came::Whole(_))) => Ok(whole),
            // A mark that an indent cut in two is only in the other.
            (Ok(Came::Waits { here, .. }), Ok(more @ Came::Waits { here: most, .. })) if most > here => Ok(more),
            (Err(_), mended @ Ok(_)) => mended,
            (plain, _) => plain,
        };
        if matches!(came, Ok(Came::Whole(_))) {
            *self = Pasted::default();
        }
        came
    }
}

/// Pieces of one file.
#[derive(Clone, Debug, Default)]
struct Pieces {
    key: String,
    all: usize,
    pieces: BTreeMap<usize, String>,
}

impl Pieces {
    fn take(&mut self, flat: &str) -> Result<Came, Notice> {
        if !flat.contains(MARK) {
            return json_of(flat).map(|json| Came::Whole(json.to_owned()));
        }
        let (found, broken) = read_pieces(flat)?;
        for piece in found {
            if (self.key.as_str(), self.all) != (piece.key, piece.all) {
                *self = Pieces {
                    key: piece.key.to_owned(),
                    all: piece.all,
                    pieces: BTreeMap::new(),
                };
            }
            self.pieces.insert(piece.number, piece.body.to_owned());
        }
        let missing: Vec<usize> = (1..=self.all).filter(|n| !self.pieces.contains_key(n)).collect();
        match (broken, missing.is_empty()) {
            (Some(broken), _) if self.all == 0 || !missing.is_empty() => return Err(broken),
            (_, false) => {
                return Ok(Came::Waits {
                    here: self.pieces.len(),
                    all: self.all,
                    missing,
                });
            }
            _ => {}
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

/// Blanks that chats indent lines with.
const INDENTS: [char; 5] = ['\u{3000}', '\u{a0}', '\t', '\u{feff}', '\u{200b}'];

/// The text in one line without what chats put in: indents, and blanks of other kinds in place of plain ones. A blank of the
/// text's own behind an indent stays: the indent is what all indented lines have.
fn mended(text: &str) -> String {
    let lines = || text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    let indented = |line: &str| line.chars().take_while(|c| INDENTS.contains(c)).count();
    let indent = lines().map(indented).filter(|&indent| indent > 0).min().unwrap_or(0);
    let lines = lines().map(|line| line.chars().skip(indented(line).min(indent)));
    let letters = lines.flatten().filter(|c| !matches!(c, '\u{200b}' | '\u{feff}'));
    letters.map(|c| if c == '\u{a0}' { ' ' } else { c }).collect()
}

/// Whether a text is a whole file by its own checksum.
fn fits(text: &str) -> bool {
    at_once(is_whole(text.as_bytes()))
}

struct Piece<'t> {
    key: &'t str,
    number: usize,
    all: usize,
    body: &'t str,
}

/// The pieces in a text, and what is wrong with the first of those that are not complete.
fn read_pieces(flat: &str) -> Result<(Vec<Piece<'_>>, Option<Notice>), Notice> {
    let mut found: Vec<Piece<'_>> = Vec::new();
    let mut broken = None;
    let mut rest = flat;
    while let Some(at) = rest.find(MARK) {
        rest = &rest[at + MARK.len()..];
        let piece = match read_piece(rest) {
            Ok(piece) => piece,
            Err(notice) => {
                broken = broken.or(Some(notice));
                continue;
            }
        };
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
    Ok((found, broken))
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
