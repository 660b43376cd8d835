//! Reading and merging 39 village reports and the town's own file, against plain parsing of the
//! same bytes into `serde_json::Value` in the same run.

mod common;

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

fn merge(c: &mut Criterion) {
    let files = common::files();
    let bytes: usize = files.iter().map(String::len).sum();
    let mut group = c.benchmark_group("merge");
    group.throughput(criterion::Throughput::Bytes(bytes as u64));
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    group.bench_function("parse into serde_json::Value", |b| {
        b.iter(|| {
            let all: Vec<serde_json::Value> = files.iter().map(|f| serde_json::from_str(f).expect("json")).collect();
            black_box(all)
        });
    });
    group.bench_function("read and merge", |b| b.iter(|| black_box(common::merge(&files))));
    group.bench_function("merge again, nothing new", |b| {
        let replica = common::merge(&files);
        b.iter_batched(
            || replica.clone(),
            |mut replica| {
                let mut names = tiancheng::replica::wire::Names::default();
                for file in &files {
                    if let Ok(tiancheng::exchange::ReadFile::Plain(content)) =
                        tiancheng::exchange::read_file(file.as_bytes(), &mut names)
                    {
                        replica.merge_all(content.changes);
                    }
                }
                black_box(replica)
            },
            criterion::BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, merge);
criterion_main!(benches);
