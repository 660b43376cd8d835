//! Records written out in tests.
#![allow(dead_code)]

use tiancheng::model::date::Day;
use tiancheng::model::ledger::Ledger;
use tiancheng::model::notice::{Notice, Severity};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::check;
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::model::validate::validate;
use tiancheng::model::value::Value;

/// A value as a test writes it.
pub trait Cell {
    fn value(self) -> Value;
}
impl Cell for &str {
    fn value(self) -> Value {
        Value::text(self)
    }
}
impl Cell for i64 {
    fn value(self) -> Value {
        Value::Int(self)
    }
}
impl Cell for bool {
    fn value(self) -> Value {
        Value::Bool(self)
    }
}
impl<const N: usize> Cell for [&str; N] {
    fn value(self) -> Value {
        Value::list(self)
    }
}

/// A record: `rec!("night_talk", "t1", unit = "u1", members = 5)`.
#[macro_export]
macro_rules! rec {
    ($ledger:expr, $id:expr $(, $field:ident = $value:expr)* $(,)?) => {{
        #[allow(unused_mut)]
        let mut draft = tiancheng::model::records::Draft::new($crate::rows_support::ledger($ledger).schema, $id);
        $( $crate::rows_support::set(&mut draft, stringify!($field), $crate::rows_support::Cell::value($value)); )*
        draft
    }};
}

pub fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).unwrap_or_else(|| panic!("no ledger {id}"))
}

pub fn set(draft: &mut Draft, field: &str, value: Value) {
    let slot = ledger(draft.ledger)
        .slot(field)
        .unwrap_or_else(|| panic!("no field {field} in {}", draft.ledger));
    draft.set(slot, value);
}

/// The record with another field filled in.
pub fn with(mut draft: Draft, field: &str, value: impl Cell) -> Draft {
    set(&mut draft, field, value.value());
    draft
}

pub fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

pub fn sheet(drafts: Vec<Draft>) -> Sheet {
    Sheet { drafts }
}

/// Every notice about the last draft: field rules and row rules, on 2022-11-22.
pub fn notices(drafts: Vec<Draft>) -> Vec<Notice> {
    let last = drafts.last().cloned().expect("a draft");
    let all = sheet(drafts);
    let of = ledger(last.ledger);
    let mut found = validate(of, &last);
    found.extend(check(of, &last, &all, day("2022-11-22")));
    found
}

/// The notice at a field; panics when there is none or it is of another severity.
pub fn expect(drafts: Vec<Draft>, severity: Severity, place: &str, words: &str) {
    let found = notices(drafts);
    let hit = found.iter().find(|n| n.place == place && n.what.contains(words));
    let hit = hit.unwrap_or_else(|| panic!("no notice “{words}” at {place}: {found:#?}"));
    assert_eq!(hit.severity, severity, "{hit}");
    assert!(!hit.todo.is_empty(), "{hit} says what to do");
    assert!(!hit.what.ends_with('。'), "{hit}");
}

pub fn clean(drafts: Vec<Draft>) {
    let found = notices(drafts);
    assert!(found.is_empty(), "{found:#?}");
}
