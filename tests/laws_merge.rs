//! The laws of merge, on canonical bytes and on everything a person sees: any order, any grouping,
//! any repetition of the same files gives the same replica. The files here are worse than real
//! ones: ids that several contents share, contexts that claim anything, roles that contradict.

mod support;

use proptest::prelude::*;
use support::{canonical, config, parse, replica_of, view};
use tiancheng::model::programmes::schemas;
use tiancheng::replica::wire::{Limits, Names, read_change};
use tiancheng::replica::{Change, Merged, Replica};

const ACTORS: [&str; 3] = ["a", "b", "c"];
const UNITS: [&str; 3] = ["421223100208", "421223100201", "421223100999"];

/// One written field as JSON, and what it claims to have seen.
#[derive(Clone, Debug)]
struct Wrote {
    ledger: &'static str,
    record: &'static str,
    field: &'static str,
    value: String,
    over: Vec<(&'static str, u32)>,
}

fn any_value(field: &'static str) -> BoxedStrategy<String> {
    let quoted = |choices: &'static [&'static str]| prop::sample::select(choices).prop_map(|c| format!("{c:?}"));
    match field {
        "unit" => quoted(&UNITS).boxed(),
        "role" => quoted(&["town", "district", "unit", "guide", "viewer", "odd"]).boxed(),
        "district" => quoted(&["d1", "d2"]).boxed(),
        "date" => quoted(&["2022-03-05", "2021-01-01"]).boxed(),
        "_alias" => prop_oneof![quoted(&["r1", "r2", "d1"]), Just("null".to_string())].boxed(),
        "_deleted" | "_accepted" => {
            let ids = (prop::sample::select(&ACTORS), 1u32..4, any::<bool>());
            let item = ids.prop_map(|(a, n, no)| format!("{}{a}.{n}", if no { "!" } else { "" }));
            let list = prop::collection::btree_set(item, 0..5)
                .prop_map(|items| format!("{:?}", items.into_iter().collect::<Vec<_>>()));
            prop_oneof![4 => list, 1 => Just("null".to_string())].boxed()
        }
        _ => prop_oneof![
            Just("null".to_string()),
            Just("7".to_string()),
            Just("\"汪家巷\"".to_string()),
            Just("\"a\\\"\\n<b>\"".to_string()),
            Just("{\"x\":[1,null,{}]}".to_string()),
            Just("[\"红\",\"绿\"]".to_string())
        ]
        .boxed(),
    }
}

fn any_write() -> impl Strategy<Value = Wrote> {
    let place = prop_oneof![
        6 => (Just("night_talk"), prop::sample::select(&["r1", "r2"][..]),
              prop::sample::select(&["place", "masses", "unit", "mood", "phase", "_deleted", "_alias", "_accepted"][..])),
        2 => (Just("device"), prop::sample::select(&["t1", "t2"][..]),
              prop::sample::select(&["role", "unit", "district", "_deleted", "_accepted"][..])),
        1 => (Just("unit"), prop::sample::select(&UNITS[..]), prop::sample::select(&["district", "name", "_deleted", "_alias"][..])),
        1 => (Just("unit_move"), Just("m1"), prop::sample::select(&["unit", "district", "date"][..])),
        1 => (Just("star_map"), Just("r1"), prop::sample::select(&["colour", "unit"][..])),
    ];
    let over = prop::collection::btree_map(prop::sample::select(&ACTORS[..]), 1u32..4, 0..3);
    (place, over).prop_flat_map(|((ledger, record, field), over)| {
        any_value(field).prop_map(move |value| Wrote {
            ledger,
            record,
            field,
            value,
            over: over.iter().map(|(a, n)| (*a, *n)).collect(),
        })
    })
}

/// A change that the reader accepts, as JSON.
fn any_change() -> impl Strategy<Value = String> {
    let head = (
        prop::sample::select(&ACTORS[..]),
        1u32..4,
        prop::sample::select(&["1970-01-01T00:00:00Z", "2022-03-05T09:12:00Z", "2032-03-05T09:12:00Z"][..]),
        prop::sample::select(&["t1", "t2", "town"][..]),
        prop::option::weighted(0.1, prop::sample::select(&["{\"k\":1}", "\"s\""][..])),
    );
    (head, prop::collection::vec(any_write(), 0..5))
        .prop_map(|((actor, n, at, by, extra), writes)| render(actor, n, at, by, extra, &writes))
}

fn render(actor: &str, n: u32, at: &str, by: &str, extra: Option<&str>, writes: &[Wrote]) -> String {
    let mut set = String::new();
    let mut done: Vec<&str> = Vec::new();
    for first in writes {
        if done.contains(&first.record) {
            continue;
        }
        done.push(first.record);
        let (mut fields, mut overs, mut outside) = (Vec::new(), Vec::new(), Vec::new());
        let mut seen = Vec::new();
        for write in writes
            .iter()
            .filter(|w| w.record == first.record && w.ledger == first.ledger)
        {
            if seen.contains(&write.field) {
                continue;
            }
            seen.push(write.field);
            // `phase` stands for a key of a newer version beside the fields.
            let key = if write.field == "phase" { "@phase" } else { write.field };
            match write.field {
                "unit" | "phase" => outside.push(format!("\"{}\":{}", write.field, write.value)),
                _ => fields.push(format!("\"{}\":{}", write.field, write.value)),
            }
            let over: Vec<String> = write
                .over
                .iter()
                .filter(|(a, seen)| *a != actor || *seen < n)
                .map(|(a, n)| format!("\"{a}\":{n}"))
                .collect();
            if !over.is_empty() {
                overs.push(format!("\"{key}\":{{{}}}", over.join(",")));
            }
        }
        outside.push(format!("\"fields\":{{{}}}", fields.join(",")));
        outside.push(format!(
            "\"ledger\":\"{}\",\"over\":{{{}}}",
            first.ledger,
            overs.join(",")
        ));
        if !set.is_empty() {
            set.push(',');
        }
        set.push_str(&format!("\"{}\":{{{}}}", first.record, outside.join(",")));
    }
    let extra = extra.map_or(String::new(), |e| format!(",\"zz\":{e}"));
    format!("{{\"id\":\"{actor}.{n}\",\"at\":\"{at}\",\"by\":\"{by}\",\"set\":{{{set}}}{extra}}}")
}

fn any_file() -> impl Strategy<Value = String> {
    prop::collection::vec(any_change(), 0..6).prop_map(|changes| format!("[{}]", changes.join(",")))
}

fn same(a: &Replica, b: &Replica) -> Result<(), TestCaseError> {
    prop_assert_eq!(canonical(a), canonical(b));
    prop_assert_eq!(view(a), view(b));
    Ok(())
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn merge_is_commutative_associative_and_idempotent(a in any_file(), b in any_file(), c in any_file()) {
        let (a, b, c) = (a.as_str(), b.as_str(), c.as_str());
        let abc = replica_of([a, b, c]);
        same(&abc, &replica_of([c, b, a]))?;
        same(&abc, &replica_of([b, c, a]))?;
        let (ab, bc) = (canonical(&replica_of([a, b])), canonical(&replica_of([b, c])));
        same(&abc, &replica_of([ab.as_str(), c]))?;
        same(&abc, &replica_of([a, bc.as_str()]))?;
        same(&abc, &replica_of([a, b, a, c, b, a]))?;
        let all = canonical(&abc);
        same(&abc, &replica_of([all.as_str()]))?;
        same(&abc, &replica_of([all.as_str(), all.as_str()]))?;
    }

    #[test]
    fn merging_one_change_at_a_time_derives_what_merging_at_once_does(file in any_file(), keys in prop::collection::vec(any::<u16>(), 6)) {
        let at_once = replica_of([file.as_str()]);
        let mut changes: Vec<(u16, Change)> = keys.into_iter().zip(parse(&file)).collect();
        changes.sort_by_key(|(key, _)| *key);
        let mut singly = Replica::new(schemas());
        for (_, change) in changes {
            let before = singly.version();
            let touched = singly.merge(change.clone());
            prop_assert_eq!(singly.version() > before, touched.atoms + touched.changes > 0);
            let again = singly.merge(change);
            prop_assert_eq!(again, Merged::default());
        }
        same(&at_once, &singly)?;
    }

    #[test]
    fn a_change_reads_back_as_it_was_written(file in any_file()) {
        for change in parse(&file) {
            let json = change.to_json();
            let again = read_change(&json, &mut Names::default()).map_err(|n| TestCaseError::fail(format!("{n:?} {json}")))?;
            prop_assert_eq!(&again.to_json(), &json);
            let mut one = Replica::new(schemas());
            one.merge(change);
            let mut other = Replica::new(schemas());
            other.merge(again);
            same(&one, &other)?;
        }
    }

    #[test]
    fn nothing_that_was_written_is_ever_dropped(files in prop::collection::vec(any_file(), 1..5)) {
        let all = replica_of(files.iter().map(String::as_str));
        let text = canonical(&all);
        let mut names = Names::default();
        let kept = tiancheng::replica::wire::read_changes(&text, &mut names, Limits::default())
            .map_err(|n| TestCaseError::fail(format!("{n:?}")))?;
        for change in files.iter().flat_map(|f| parse(f)) {
            for patch in &change.set {
                for cell in &patch.cells {
                    let found = kept.iter().any(|k| {
                        k.id == change.id && k.at == change.at && k.by == change.by && k.extra == change.extra
                            && k.set.iter().any(|p| p.record == patch.record && p.ledger == patch.ledger && p.cells.contains(cell))
                    });
                    prop_assert!(found, "{} lost {:?} in {}", change.id, cell, text);
                }
            }
        }
    }
}
