//! A sheet of 5,000 rows and 20 columns: written, read, and as the JSON in which it reaches the page.

use criterion::{Criterion, criterion_group, criterion_main};
use office::book::{Book, Refusal};
use office::sheet::{Column, Heading, Kind, Line, Out, Sheet};
use std::hint::black_box;

fn sheet() -> Sheet {
    let kinds = [Kind::Text, Kind::Text, Kind::Decimal, Kind::Day];
    let cell = |row: usize, column: usize| match kinds[column % 4] {
        Kind::Decimal => Out::Number(format!("{row}.{column}")),
        Kind::Day => Out::Day(format!("2022-{:02}-{:02}", 1 + row % 12, 1 + column)),
        _ => Out::Text(format!("第{row}行第{column}列的文字")),
    };
    Sheet {
        name: "台账".to_owned(),
        head: vec![vec![
            Heading {
                text: "标题".to_owned(),
                columns: 1,
                rows: 1
            };
            20
        ]],
        columns: (0..20)
            .map(|column| Column {
                kind: kinds[column % 4],
                ..Column::default()
            })
            .collect(),
        rows: (0..5000)
            .map(|row| Line {
                cells: (0..20).map(|column| cell(row, column)).collect(),
                ..Line::default()
            })
            .collect(),
        ..Sheet::default()
    }
}

fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("5,000 rows of 20 columns");
    group.sample_size(10);
    let sheets = [sheet()];
    let bytes = office::write(&sheets).expect("it can be written");
    let read = office::read(&bytes);
    let json = serde_json::to_string(&read).expect("it can be told");
    println!("workbook {} bytes, JSON {} bytes", bytes.len(), json.len());
    group.bench_function("write", |bencher| bencher.iter(|| office::write(black_box(&sheets))));
    group.bench_function("read", |bencher| bencher.iter(|| office::read(black_box(&bytes))));
    group.bench_function("to JSON", |bencher| {
        bencher.iter(|| serde_json::to_string(black_box(&read)))
    });
    group.bench_function("from JSON", |bencher| {
        bencher.iter(|| serde_json::from_str::<Result<Book, Refusal>>(black_box(&json)).expect("it is whole"));
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
