//! Papers of the sample town: computed, as the text of the page, and as a document.
//!
//! The calendars of all open files of members fill one sheet each, 42 of them; the report compares two earlier periods.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::programmes::sample::{SampleOptions, as_of, town};
use tiancheng::model::programmes::schemas;
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;
use tiancheng::view::paper::block::{Body, Paper};
use tiancheng::view::paper::docx::plain;
use tiancheng::view::paper::ground::Asked;
use tiancheng::view::paper::html::html;
use tiancheng::view::paper::kinds::{by_id, make};

fn papers(c: &mut Criterion) {
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &town(&SampleOptions::default())));
    let asked = Asked {
        scope: Scope::Town,
        period: Period::Month(as_of().month()),
        today: as_of(),
        record: None,
        personal: false,
    };
    let of = |id: &str| -> Paper { make(by_id(id).expect(id), &replica, &asked).expect("a paper") };
    let sheets = |paper: &Paper| {
        let titles = paper.blocks.iter().filter(|block| matches!(block.body, Body::Title(_)));
        titles.count()
    };
    assert!(sheets(&of("development-calendar")) >= 30, "30 sheets");
    let mut group = c.benchmark_group("paper");
    group.sample_size(10);
    for id in ["report", "development-calendar"] {
        group.bench_function(format!("{id}: computed, as the text of the page"), |b| {
            b.iter(|| black_box(html(&of(id))));
        });
        let paper = of(id);
        group.bench_function(format!("{id}: as a document"), |b| {
            b.iter(|| black_box(office::write_paper(&plain(&paper, &|_| None))));
        });
    }
    group.finish();
}

criterion_group!(benches, papers);
criterion_main!(benches);
