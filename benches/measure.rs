//! Everything that a limit is set on, in one run: merge against plain parsing in time and memory,
//! the cost of a save against the size of the replica, sizes of files. Fails where a limit is missed.

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use tiancheng::model::ledger::TypedRow;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::records::Records as _;
use tiancheng::model::value::Value;
use tiancheng::replica::export::Selection;
use tiancheng::replica::{ChangeId, Record, Replica, Stamp, Write};

/// Counts what is allocated and the most there ever was.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn grow(by: usize) {
    PEAK.fetch_max(NOW.fetch_add(by, Relaxed) + by, Relaxed);
}

// SAFETY: every call goes to the system's allocator unchanged; only sizes are counted.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size > layout.size() {
            grow(size - layout.size());
        } else {
            NOW.fetch_sub(layout.size() - size, Relaxed);
        }
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Result, bytes at the peak above what was held before, bytes held afterwards.
fn memory<T>(work: impl FnOnce() -> T) -> (T, usize, usize) {
    let before = NOW.load(Relaxed);
    PEAK.store(before, Relaxed);
    let result = work();
    let held = NOW.load(Relaxed).saturating_sub(before);
    (result, PEAK.load(Relaxed) - before, held)
}

/// The middle of several runs.
fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Two kinds of work by turns, so that both meet the same machine; the medians.
fn by_turns<A, B>(rounds: usize, a: impl Fn() -> A, b: impl Fn() -> B) -> (Duration, Duration) {
    let time = |work: &dyn Fn()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        first.push(time(&|| drop(a())));
        second.push(time(&|| drop(b())));
    }
    (median(&mut first), median(&mut second))
}

struct Report {
    missed: usize,
}

impl Report {
    fn line(&mut self, what: &str, figure: f64, limit: f64, unit: &str) {
        let verdict = if figure <= limit { "" } else { "  MISSED" };
        self.missed += usize::from(figure > limit);
        println!("{what:<58} {figure:>8.2} {unit:<10} limit {limit}{verdict}");
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn merging(report: &mut Report) {
    let files = common::files();
    let bytes: usize = files.iter().map(String::len).sum();
    println!("\nmerge: {} files, {bytes} bytes", files.len());
    let parse = || -> Vec<serde_json::Value> { files.iter().map(|f| serde_json::from_str(f).expect("json")).collect() };
    let (plain, merged) = by_turns(9, parse, || common::merge(&files));
    println!(
        "{:<58} {:>8.1} ms",
        "parsing into serde_json::Value, median of 9",
        millis(plain)
    );
    println!("{:<58} {:>8.1} ms", "reading and merging, median of 9", millis(merged));
    report.line("merging / parsing", millis(merged) / millis(plain), 3.0, "x");
    let (values, value_peak, _) = memory(parse);
    drop(values);
    let (replica, peak, held) = memory(|| common::merge(&files));
    let per_byte = |n: usize| n as f64 / bytes as f64;
    println!(
        "{:<58} {:>8.2} x bytes",
        "parsing into Value: peak",
        per_byte(value_peak)
    );
    println!("{:<58} {:>8.2} x bytes", "merging: held afterwards", per_byte(held));
    report.line("merging: peak / bytes of the files", per_byte(peak), 4.0, "x bytes");
    let conflicts = replica.all_records().filter(|(_, r)| r.is(Record::CONFLICT)).count();
    println!(
        "{:<58} {conflicts:>8} of {}",
        "records with a conflict kept",
        replica.record_count()
    );
    assert_eq!(
        conflicts,
        common::UNITS * common::RECORDS * common::EDITED / 100,
        "every conflict is kept"
    );
}

/// Time of one save, median of many.
fn save_cost(size: usize) -> Duration {
    let mut replica = common::replica(size);
    let masses = NightTalk::LEDGER.slot("masses").expect("a field");
    let mut times = Vec::new();
    for n in 1..=2_000u32 {
        let i = n as usize * 7_919 % (size / 2) * 2;
        let record = common::record_change(i % common::UNITS, i / common::UNITS).set[0].clone();
        if &*record.ledger != NightTalk::LEDGER.id {
            continue;
        }
        let stamp = Stamp {
            id: ChangeId {
                actor: "bench".into(),
                n,
            },
            at: tiancheng::model::date::Instant(1_700_000_000 + i64::from(n)),
            by: "town".into(),
        };
        let write = Write::cell(
            NightTalk::SCHEMA,
            &record.record,
            masses,
            Value::Int(i64::from(n) + 1_000),
        );
        // The record is open in its form: whoever saves it has just read it.
        let open = replica.find(NightTalk::SCHEMA, &record.record).expect("a record");
        for (slot, _) in NightTalk::LEDGER.slots() {
            std::hint::black_box(open.cell(slot));
        }
        let start = Instant::now();
        let change = replica.compose(stamp, &[write]).expect("something new");
        std::hint::black_box(change.to_json());
        replica.merge(change);
        times.push(start.elapsed());
    }
    median(&mut times)
}

fn saving(report: &mut Report) {
    println!("\nsave: compose, journal text, merge");
    let sizes = [1_000, 10_000, 50_000];
    let costs = sizes.map(|size| {
        let mut runs: Vec<Duration> = (0..3).map(|_| save_cost(size)).collect();
        median(&mut runs)
    });
    for (size, cost) in sizes.iter().zip(costs) {
        println!(
            "{:<58} {:>8.2} µs",
            format!("with {size} records"),
            cost.as_secs_f64() * 1e6
        );
    }
    report.line(
        "50,000 records / 1,000 records",
        millis(costs[2]) / millis(costs[0]),
        1.3,
        "x",
    );
    report.line(
        "10,000 records / 1,000 records",
        millis(costs[1]) / millis(costs[0]),
        1.3,
        "x",
    );
}

fn sizes() {
    println!("\nsize of all changes as text");
    for count in [10_000, 50_000, 100_000] {
        let replica: Replica = common::replica(count);
        let mut text = String::new();
        replica.write_changes(&Selection::ALL, &mut text);
        let units = text.encode_utf16().count();
        println!(
            "{:<58} {:>8.3} M UTF-16 units, {:.3} MB",
            format!("{count} records, plain"),
            units as f64 / 1e6,
            text.len() as f64 / 1e6
        );
    }
}

fn main() {
    let mut report = Report { missed: 0 };
    merging(&mut report);
    saving(&mut report);
    sizes();
    if report.missed > 0 {
        eprintln!("{} limits missed", report.missed);
        std::process::exit(1);
    }
}
