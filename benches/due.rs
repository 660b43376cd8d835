//! Deadlines of a town: all of them worked out, the list of the page, and what one edit asks for.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::{Duration, Instant as Clock};

use tiancheng::model::date::Instant;
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::engine::sample::SampleRecord;
use tiancheng::model::ledger::TypedRow as _;
use tiancheng::model::programmes::dream::ledgers::Problem;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, town};
use tiancheng::model::programmes::{catalogue, due_board, schemas};
use tiancheng::model::value::Value;
use tiancheng::replica::seed::seed;
use tiancheng::replica::{Change, ChangeId, Replica, Stamp, Write};
use tiancheng::view::due::{Wanted, todo};

/// Problems of the town that are done and opened again, one after the other.
struct Edits {
    problems: Vec<String>,
    number: u32,
}

impl Edits {
    fn of(made: &[SampleRecord]) -> Edits {
        let problems = made.iter().filter(|one| one.draft.ledger == "problem");
        Edits {
            problems: problems.map(|one| one.draft.id.clone()).collect(),
            number: 0,
        }
    }

    fn next(&mut self, replica: &Replica) -> Change {
        self.number += 1;
        let (n, of) = (self.number as usize, self.problems.len());
        let stamp = Stamp {
            id: ChangeId {
                actor: "bench".into(),
                n: self.number,
            },
            at: Instant(1_669_000_000 + i64::from(self.number)),
            by: "bench".into(),
        };
        let day = as_of()
            .plus_days(-i32::try_from(n / of % 300).expect("a few"))
            .to_string();
        let done = catalogue().get("problem").and_then(|ledger| ledger.slot("done"));
        let write = Write::cell(
            Problem::SCHEMA,
            &self.problems[n % of],
            done.expect("a field"),
            Value::text(day),
        );
        replica.compose(stamp, &[write]).expect("a change")
    }

    /// Time that the merge of `count` edits and what follows each takes.
    fn time(&mut self, count: u64, replica: &mut Replica, mut then: impl FnMut(&Replica)) -> Duration {
        let mut whole = Duration::ZERO;
        for _ in 0..count {
            let change = self.next(replica);
            let start = Clock::now();
            replica.merge_all([change]);
            then(replica);
            whole += start.elapsed();
        }
        whole
    }
}

fn dues(c: &mut Criterion) {
    let mut group = c.benchmark_group("due");
    for (name, records) in [("sample", 0), ("50,000 records", 50_000)] {
        let options = SampleOptions {
            records,
            ..SampleOptions::default()
        };
        let made = town(&options);
        let mut replica = Replica::new(schemas());
        replica.merge_all(seed(&schemas(), &made));
        group.bench_function(format!("{name}: every deadline"), |b| {
            b.iter(|| {
                let mut board = due_board(as_of(), Scope::Town);
                board.refresh(&replica);
                black_box(board.all().len())
            });
        });
        let mut board = due_board(as_of(), Scope::Town);
        board.refresh(&replica);
        group.bench_function(format!("{name}: the list of the page"), |b| {
            b.iter(|| black_box(todo(&board, &replica, catalogue(), &Wanted::default(), true)));
        });
        let mut edits = Edits::of(&made);
        group.bench_function(format!("{name}: one edit, its merge alone"), |b| {
            b.iter_custom(|count| edits.time(count, &mut replica, |_| ()));
        });
        board.refresh(&replica);
        group.bench_function(format!("{name}: after one edit"), |b| {
            b.iter_custom(|count| {
                edits.time(count, &mut replica, |replica| {
                    assert_eq!(board.refresh(replica), 1, "one rule, one unit");
                })
            });
        });
    }
    group.finish();
}

criterion_group!(benches, dues);
criterion_main!(benches);
