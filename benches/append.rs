//! One save into a replica of 1,000, 10,000 and 50,000 records: composing, the journal's text,
//! merging, deriving. Must not grow with the replica.

mod common;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use tiancheng::model::date::Instant;
use tiancheng::model::ledger::TypedRow;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::value::Value;
use tiancheng::replica::{ChangeId, Stamp, Write};

fn append(c: &mut Criterion) {
    let mut group = c.benchmark_group("append");
    let masses = NightTalk::LEDGER.slot("masses").expect("a field");
    for size in [1_000usize, 10_000, 50_000] {
        let base = common::replica(size);
        let ids: Vec<Box<str>> = (0..size)
            .step_by(size / 500)
            .map(|i| common::record_change(i % common::UNITS, i / common::UNITS))
            .filter(|c| &*c.set[0].ledger == NightTalk::LEDGER.id)
            .map(|c| c.set[0].record.clone())
            .collect();
        let mut replica = base.clone();
        let mut n = 0u32;
        group.bench_function(BenchmarkId::from_parameter(size), |b| {
            b.iter(|| {
                n += 1;
                // Each record again only after all others; begun anew before histories grow long.
                if (n as usize).is_multiple_of(ids.len() * 4) {
                    replica = base.clone();
                }
                let stamp = Stamp {
                    id: ChangeId {
                        actor: "bench".into(),
                        n,
                    },
                    at: Instant(1_700_000_000 + i64::from(n)),
                    by: "town".into(),
                };
                let id = &ids[n as usize % ids.len()];
                let write = Write::cell(NightTalk::SCHEMA, id, masses, Value::Int(i64::from(n) + 1_000));
                let change = replica.compose(stamp, &[write]).expect("something new");
                let journal = change.to_json();
                replica.merge(change);
                black_box(journal)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, append);
criterion_main!(benches);
