//! A large town: opening it from storage, its indicators and its statistics at once and after one edit, and its size in storage.
//! Fails where a limit is missed.

mod common;

use std::rc::Rc;
use std::time::{Duration, Instant as Clock};

use tiancheng::model::date::Instant;
use tiancheng::model::engine::indicator::{Board, Period};
use tiancheng::model::ledger::TypedRow;
use tiancheng::model::programmes;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, town};
use tiancheng::model::programmes::schemas;
use tiancheng::model::value::Value;
use tiancheng::replica::seed::seed;
use tiancheng::replica::{Change, ChangeId, Replica, Stamp, Write};
use tiancheng::storage::{Effort, Entrance, Exclusive, ImportMeta, Limit, MemoryKeyValue, Store};

fn entrance() -> Entrance {
    Entrance {
        witness: None,
        install: "bench".into(),
        now: Instant(1_700_000_000),
        left: Default::default(),
    }
}

fn replica_of(changes: &[Change]) -> Replica {
    let mut replica = Replica::new(schemas());
    replica.merge_all(changes.iter().cloned());
    replica
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Clock::now();
    let result = work();
    (result, start.elapsed())
}

struct Report {
    missed: usize,
}

impl Report {
    fn line(&mut self, what: &str, figure: f64, limit: f64, unit: &str) {
        let verdict = if figure <= limit { "" } else { "  MISSED" };
        self.missed += usize::from(figure > limit);
        println!("{what:<58} {figure:>8.3} {unit:<10} limit {limit}{verdict}");
    }
}

/// Storage with these changes, folded and, as `effort` says, packed.
fn stored(changes: &[Change], limit: Limit, effort: Effort) -> (Rc<MemoryKeyValue>, u64) {
    let kv = Rc::new(MemoryKeyValue::new(limit));
    let replica = replica_of(changes);
    let mut store = Store::open(kv.clone(), &entrance()).store;
    // Old imports are folded when newer ones stand before them.
    for i in 0..13 {
        let meta = ImportMeta {
            id: format!("bench.{}", i + 1),
            ..ImportMeta::default()
        };
        store.import(meta, if i == 0 { changes } else { &[] }).expect("fits");
    }
    store.compact(Exclusive::OnlyTab, &replica, effort).expect("folds");
    let own = store.usage().own;
    (kv, own)
}

fn opening(changes: &[Change]) {
    println!("\nopening {} changes from storage, median of 5", changes.len());
    for (what, effort) in [("readable", Effort::Usual), ("packed", Effort::Room)] {
        let (kv, own) = stored(
            changes,
            Limit {
                amount: 64 << 20,
                ..Limit::UNITS
            },
            effort,
        );
        let mut all = Vec::new();
        let mut read = Vec::new();
        for _ in 0..5 {
            let (replica, whole) = timed(|| {
                let (opened, reading) = timed(|| Store::open(kv.clone(), &entrance()));
                read.push(reading);
                let mut replica = Replica::new(schemas());
                replica.merge_all(opened.changes);
                replica
            });
            assert_eq!(replica.change_count(), changes.len());
            all.push(whole);
        }
        println!(
            "{what:<58} {:>8.1} ms, of it reading {:.1} ms ({:.3} M units)",
            median(all),
            median(read),
            own as f64 / 1e6
        );
    }
}

fn figures(report: &mut Report, replica: &mut Replica, what: &str, new_board: fn() -> Board) {
    println!("\n{what} of {} records", replica.record_count());
    let whole = median((0..5).map(|_| timed(|| new_board().refresh(replica)).1).collect());
    let mut board = new_board();
    let tallies = board.refresh(replica).computed;
    println!(
        "{:<58} {whole:>8.2} ms",
        format!("the whole town, {tallies} tallies, median of 5")
    );
    let masses = NightTalk::LEDGER.slot("masses").expect("a field");
    let talks: Vec<String> = replica
        .records_of(NightTalk::LEDGER.id)
        .iter()
        .filter_map(|ix| replica.record(*ix).map(|r| r.id.to_string()))
        .collect();
    let mut times = Vec::new();
    for n in 1..=101u32 {
        let stamp = Stamp {
            id: ChangeId { actor: what.into(), n },
            at: Instant(1_700_000_000 + i64::from(n)),
            by: "town".into(),
        };
        let id = &talks[n as usize * 7_919 % talks.len()];
        // Whoever measures first leaves other values behind.
        let value = 200 + (replica.change_count() as i64 + i64::from(n)) % 700;
        let write = Write::cell(NightTalk::SCHEMA, id, masses, Value::Int(value));
        let change = replica.compose(stamp, &[write]).expect("something new");
        replica.merge(change);
        let (work, time) = timed(|| board.refresh(replica));
        assert!(work.computed > 0 && work.computed < 20, "{work:?}");
        times.push(time);
    }
    let one = median(times);
    println!("{:<58} {one:>8.3} ms", "after one edit, median of 101");
    report.line(
        &format!("{what}: after one edit / the whole town"),
        one / whole,
        0.05,
        "x",
    );
}

/// Where the time of the statistics goes: each alone on a board of its own.
fn slowest(replica: &Replica) {
    let alone = |statistic| {
        let mut board = programmes::statistics_board(Period::Year(2022), as_of());
        timed(|| board.refresh_some(replica, &[statistic])).1
    };
    let all = programmes::STATISTICS.all().map(|s| (alone(s), s.id));
    let mut all: Vec<(Duration, &str)> = all.collect();
    all.sort();
    println!("\nthe slowest statistics, each alone");
    for (time, id) in all.iter().rev().take(12) {
        println!("{id:<58} {:>8.2} ms", time.as_secs_f64() * 1e3);
    }
}

fn sizes(report: &mut Report) {
    println!("\nrecords of 12 fields in storage, packed");
    for count in [10_000, 50_000, 100_000] {
        let records: Vec<Change> = common::frame().into_iter().chain(common::records(count)).collect();
        let (_, own) = stored(&records, Limit::UNITS, Effort::Room);
        report.line(&format!("{count} records"), own as f64 / 1e6, 5.2, "M units");
        if count == 50_000 {
            let (_, own) = stored(&records, Limit::BYTES, Effort::Room);
            report.line(
                "50,000 where bytes count, half of them",
                own as f64 / 2e6,
                2.6,
                "M units",
            );
        }
    }
}

fn main() {
    let mut report = Report { missed: 0 };
    let options = SampleOptions {
        records: 50_000,
        ..SampleOptions::default()
    };
    let changes = seed(&schemas(), &town(&options));
    opening(&changes);
    let mut replica = replica_of(&changes);
    figures(&mut report, &mut replica, "indicators", || {
        programmes::board(Period::Year(2022), as_of())
    });
    figures(&mut report, &mut replica, "statistics", || {
        programmes::statistics_board(Period::Year(2022), as_of())
    });
    slowest(&replica);
    sizes(&mut report);
    if report.missed > 0 {
        eprintln!("{} limits missed", report.missed);
        std::process::exit(1);
    }
}
