//! What a redacted file leaves out.
//!
//! A written field is left out whole or stays as it is: a text that was altered under the id of its change would be
//! a forgery, and would stand beside the true one where the file comes home.

use super::record::Record;
use super::state::Replica;
use crate::model::ledger::{Field, Kind, Ledger, Slot, slots};
use crate::model::value::Value;
use crate::order::Arrange;

/// A number of a phone, an account or a person has at least so many digits.
const LEAST_DIGITS: usize = 7;
/// Names shorter or longer than this, in characters, are not looked for in texts.
const NAMES: std::ops::RangeInclusive<usize> = 2..=8;

/// What personal fields of a town hold, to be found where people typed it into other texts.
pub(super) struct Redaction {
    /// Names of persons, ascending.
    names: Vec<Box<str>>,
}

impl Redaction {
    pub(super) fn of(replica: &Replica) -> Redaction {
        let mut names: Vec<Box<str>> = Vec::new();
        for (_, record) in replica.all_records() {
            let Some(ledger) = replica.ledger_of(record) else {
                continue;
            };
            let named = ledger.slots().filter(|(_, f)| f.personal && f.label.contains("姓名"));
            for atom in named.flat_map(|(slot, _)| record.slot(slot)) {
                let name = atom.value.as_str().map_or("", str::trim);
                if NAMES.contains(&name.chars().count()) {
                    names.push(name.into());
                }
            }
        }
        names.arrange();
        names.dedup();
        Redaction { names }
    }

    /// Whether a written field is left out: personal ones, what this version does not know, texts that hold a phone
    /// number or the name of a person.
    pub(super) fn leaves_out(&self, ledger: Option<&Ledger>, slot: Slot, value: &Value) -> bool {
        if slot < slots::FIRST && slot != slots::UNIT {
            return false;
        }
        let Some(ledger) = ledger else { return true };
        let Some(field) = ledger.field_at(slot) else {
            return slot != slots::UNIT;
        };
        if field.personal {
            return true;
        }
        match (field.kind, value) {
            (_, Value::Raw(_)) => true,
            (Kind::Ref | Kind::Refs | Kind::Unit | Kind::District, _) => false,
            _ if is_public(ledger, field) => false,
            (Kind::Int | Kind::Year | Kind::YesNo, Value::Text(_)) => true,
            (Kind::Text | Kind::LongText, Value::Text(text)) => holds_number(text) || self.names_someone(text),
            (_, Value::Text(text)) => holds_number(text),
            (_, Value::List(items)) => items.iter().any(|item| holds_number(item) || self.names_someone(item)),
            _ => false,
        }
    }

    fn names_someone(&self, text: &str) -> bool {
        let starts = text.char_indices().map(|(at, _)| &text[at..]);
        starts.into_iter().any(|rest| {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
            let mut begins = ends.take(*NAMES.end()).skip(NAMES.start() - 1).map(|end| &rest[..end]);
            begins.any(|begin| self.names.binary_search_by(|name| (**name).cmp(begin)).is_ok())
        })
    }
}

/// Names of places, which everybody knows, and settings.
fn is_public(ledger: &Ledger, field: &Field) -> bool {
    matches!(ledger.id, "town" | "district" | "setting")
        || (ledger.id == "unit" && matches!(field.name, "name" | "code"))
}

/// Whether a text holds a run of digits as long as a phone number, in groups or not, that is no date.
fn holds_number(text: &str) -> bool {
    let mut groups: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars().chain(['\n']) {
        match (digit(c), c) {
            (Some(digit), _) => {
                if !open {
                    groups.push(String::new());
                    open = true;
                }
                groups.last_mut().into_iter().for_each(|group| group.push(digit));
            }
            (None, '-' | ' ' | '－' | '—' | '　') if open => open = false,
            (None, _) => {
                if is_number(&groups) {
                    return true;
                }
                groups.clear();
                open = false;
            }
        }
    }
    false
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
}

fn is_number(groups: &[String]) -> bool {
    let year = |group: &String| group.starts_with("19") || group.starts_with("20");
    let day = |group: &String| group.len() == 8 && year(group) && &group[4..6] <= "12" && &group[6..] <= "31";
    let groups: Vec<&String> = groups.iter().filter(|group| !day(group)).collect();
    let dated =
        groups.first().is_some_and(|first| first.len() == 4 && year(first)) && groups.iter().all(|g| g.len() <= 4);
    !dated && groups.iter().map(|group| group.len()).sum::<usize>() >= LEAST_DIGITS
}

/// Fields with texts that a redacted file carries as they were typed, by ledger.
pub fn free_texts(replica: &Replica) -> Vec<(&'static Ledger, Vec<&'static Field>)> {
    let mut out = Vec::new();
    for ledger in replica
        .catalogue()
        .all()
        .iter()
        .copied()
        .filter(|ledger| !ledger.system)
    {
        let mut open: Vec<(Slot, &'static Field)> = ledger.slots().filter(|(_, f)| is_free(ledger, f)).collect();
        let all = open.len();
        let mut found: Vec<&'static Field> = Vec::new();
        for record in replica
            .records_of(ledger.id)
            .iter()
            .filter_map(|&ix| replica.record(ix))
        {
            let written = |slot: Slot| record.slot(slot).iter().any(|a| !a.value.is_blank());
            open.retain(|&(slot, field)| {
                let there = written(slot);
                if there {
                    found.push(field);
                }
                !there
            });
            if found.len() == all {
                break;
            }
        }
        if !found.is_empty() {
            let place = |field: &&Field| ledger.fields.iter().position(|f| f.name == field.name);
            found.arrange_by_key(place);
            out.push((ledger, found));
        }
    }
    out
}

fn is_free(ledger: &Ledger, field: &Field) -> bool {
    matches!(field.kind, Kind::Text | Kind::LongText) && !field.personal && !is_public(ledger, field)
}

impl Replica {
    /// Whether a redacted file carries a record at all: not one of a ledger that this version does not know.
    pub fn is_redactable(&self, record: &Record) -> bool {
        self.ledger_of(record).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::holds_number;

    #[test]
    fn numbers_of_phones_are_told_from_days_and_sums() {
        for text in [
            "电话13971234567",
            "139 7123 4567",
            "139-7123-4567",
            "１３９７１２３４５６７",
            "0715-4351234",
            "4351234",
            "2022-03-05 13971234567",
            "42122319800101123X",
        ] {
            assert!(holds_number(text), "{text}");
        }
        for text in [
            "2022-03-05",
            "20220305",
            "2022年3月5日至2022年12月31日",
            "2022-03-05 2022-03-08",
            "110.7 万元",
            "106 国道",
            "投资 120000 元",
            "第 3-5 组",
            "",
        ] {
            assert!(!holds_number(text), "{text}");
        }
    }
}
