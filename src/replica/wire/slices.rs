//! A list of changes read bit by bit, so that whoever reads can do other things in between.

use super::context::{ASK_AGAIN, Limits, Names};
use super::read::{change_at, read_changes};
use crate::model::notice::Notice;
use crate::replica::change::Change;
use crate::turns::Turns;

/// [`read_changes`] in turns. `json` is well-formed: only what stands in it is judged here.
///
/// # Errors
/// As [`read_changes`].
pub async fn read_changes_in_turns(
    json: &[u8],
    names: &mut Names,
    limits: Limits,
    turns: Turns<'_>,
) -> Result<Vec<Change>, Notice> {
    if json.first() != Some(&b'[') {
        return read_changes(&String::from_utf8_lossy(json), names, limits);
    }
    let mut changes = Vec::new();
    let mut at = 1;
    loop {
        let from = at + gap(&json[at..]);
        at = from + element(&json[from..]);
        if at == from {
            return Ok(changes);
        }
        let index = changes.len();
        let text = std::str::from_utf8(&json[from..at]).unwrap_or_default();
        match change_at(text, names, limits, (index, 0)) {
            Ok(_) if index >= limits.changes => {
                return Err(Notice::error(format!("changes[{index}]"), "修改条数太多", ASK_AGAIN));
            }
            Ok(change) => changes.push(change),
            Err(_) => {
                // Read once more, to name the line.
                let lines = json[..from].iter().filter(|&&b| b == b'\n').count();
                return change_at(text, names, limits, (index, lines)).map(|_| Vec::new());
            }
        }
        turns.pause().await;
    }
}

/// Length of the white space and commas before the next element.
fn gap(json: &[u8]) -> usize {
    let between = |b: &u8| b.is_ascii_whitespace() || *b == b',';
    json.iter().position(|b| !between(b)).unwrap_or(json.len())
}

/// Length of the value that well-formed JSON begins with; 0 at the end of a list.
fn element(json: &[u8]) -> usize {
    let (mut depth, mut inside, mut escaped) = (0usize, false, false);
    for (at, &b) in json.iter().enumerate() {
        if inside {
            inside = escaped || b != b'"';
            escaped = !escaped && b == b'\\';
            if !inside && depth == 0 {
                return at + 1;
            }
            continue;
        }
        match b {
            b'"' => inside = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' if depth == 0 => return at,
            _ if depth == 0 && b.is_ascii_whitespace() => return at,
            _ => {}
        }
    }
    json.len()
}
