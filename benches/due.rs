//! Deadlines of a town: all of them worked out, the list of the page, and what one edit asks for.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::hint::black_box;

use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, town};
use tiancheng::model::programmes::{catalogue, due_board, schemas};
use tiancheng::model::value::Value;
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;
use tiancheng::view::due::{Wanted, todo};

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
        // Another problem of one unit, each time.
        let problem = made
            .iter()
            .find(|one| one.draft.ledger == "problem")
            .expect("a problem");
        let mut number = 0;
        group.bench_function(format!("{name}: after one edit"), |b| {
            b.iter_batched(
                || {
                    number += 1;
                    let mut one = problem.clone();
                    one.draft.id = format!("problem-bench-{number}");
                    let slot = catalogue().get("problem").and_then(|ledger| ledger.slot("done"));
                    one.draft.set(slot.expect("a field"), Value::Null);
                    seed(&schemas(), &[one])
                },
                |changes| {
                    replica.merge_all(changes);
                    black_box(board.refresh(&replica))
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, dues);
criterion_main!(benches);
