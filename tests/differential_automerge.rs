//! The same random edits and merges here and in automerge, an independent implementation of
//! multi-value registers: after every step each replica shows the same set of values.

mod support;

use std::collections::BTreeSet;

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ROOT, ReadDoc};
use proptest::prelude::*;
use support::{Site, config};
use tiancheng::model::ledger::{Ledger, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::value::Value;

const TALK: &Ledger = NightTalk::LEDGER;
const FIELDS: [&str; 2] = ["masses", "members"];

fn ours(site: &Site, field: &str) -> BTreeSet<i64> {
    let Some(record) = site
        .replica
        .find_ix(TALK.id, "r1")
        .and_then(|ix| site.replica.record(ix))
    else {
        return BTreeSet::new();
    };
    let number = |value: &Value| match value {
        Value::Int(number) => *number,
        other => panic!("only numbers are written, not {other:?}"),
    };
    let slot = TALK.slot(field).expect("a field");
    record.heads(slot).map(|a| number(&a.value)).collect()
}

fn theirs(doc: &AutoCommit, field: &str) -> BTreeSet<i64> {
    let all = doc.get_all(ROOT, field).expect("reads");
    all.iter().map(|(value, _)| value.to_i64().expect("a number")).collect()
}

fn write(site: &mut Site, doc: &mut AutoCommit, field: &str, value: i64) {
    site.write(TALK, "r1", &[(field, Value::Int(value))]);
    doc.put(ROOT, field, value).expect("writes");
    doc.commit();
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn heads_are_what_automerge_gets(steps in prop::collection::vec((any::<u8>(), 0usize..3, 0usize..3, 0usize..2), 1..40)) {
        let mut sites: Vec<Site> = ["aaa", "bbb", "ccc"].map(Site::new).into();
        let mut docs: Vec<AutoCommit> = (0..3).map(|_| AutoCommit::new()).collect();
        // Files of former times, in both worlds.
        let mut kept: Vec<(String, AutoCommit)> = Vec::new();
        for (number, (kind, who, other, field)) in (1i64..).zip(steps) {
            match kind % 8 {
                0..=3 => write(&mut sites[who], &mut docs[who], FIELDS[field], number),
                4 | 5 => {
                    let file = sites[other].file();
                    sites[who].take(&file);
                    let mut from = docs[other].fork();
                    docs[who].merge(&mut from).expect("merges");
                }
                6 => kept.push((sites[who].file(), docs[who].fork())),
                _ => if let Some((file, doc)) = kept.get_mut(usize::from(kind / 8) % 8) {
                    sites[who].take(file);
                    docs[who].merge(doc).expect("merges");
                },
            }
            for (site, doc) in sites.iter().zip(&docs) {
                for field in FIELDS {
                    prop_assert_eq!(ours(site, field), theirs(doc, field), "{} after step {}", field, number);
                }
            }
        }
    }
}
