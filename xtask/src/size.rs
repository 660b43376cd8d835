//! Weighs what is sent before the first page is usable and what is fetched afterwards, and holds both to
//! `xtask/budget.toml`.

use crate::finish::{PART, STYLE};
use crate::office::OFFICE;
use crate::process::root;
use crate::{Outcome, page};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

struct Row {
    name: String,
    kind: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Begin the names of the scripts that are asked for when they have something to do.
const ASKED_FOR: [&str; 2] = ["snapshots-", "adopt-"];
/// The kind of the later parts in the budget.
const LATER: &str = "later";
/// The kind of what reads and writes workbooks.
const WORKER: &str = "worker";

/// Prints the tables; an error above a limit.
pub fn report() -> Outcome<()> {
    let (worker, page): (Vec<Row>, Vec<Row>) = weigh(&page::dist())?
        .into_iter()
        .partition(|row| row.name.starts_with(OFFICE));
    let (later, first): (Vec<Row>, Vec<Row>) = page.into_iter().partition(|row| {
        [PART, STYLE]
            .iter()
            .chain(&ASKED_FOR)
            .any(|start| row.name.starts_with(start))
    });
    table("before the first page is usable", &first);
    table("fetched afterwards", &later);
    table("fetched with the first workbook, or for offline use", &worker);
    let mut over = Vec::new();
    for (kind, limit) in budget()? {
        let counted = match &*kind {
            LATER => &later,
            WORKER => &worker,
            _ => &first,
        };
        let used: usize = counted
            .iter()
            .filter(|row| ["total", LATER, WORKER].contains(&&*kind) || row.kind == kind)
            .map(|row| row.brotli)
            .sum();
        let limit = limit * 1000;
        println!("{kind:<6} {:>6.1} of {:>4} kB", used as f64 / 1000.0, limit / 1000);
        if used > limit {
            over.push(format!("{kind} by {} bytes", used - limit));
        }
    }
    if over.is_empty() {
        Ok(())
    } else {
        Err(format!("over the size budget: {}", over.join(", ")))
    }
}

fn table(title: &str, rows: &[Row]) {
    println!("{title:<40} {:>10} {:>10} {:>10}", "raw", "gzip -9", "brotli 11");
    let line = |name: &str, of: [usize; 3]| println!("{name:<40} {:>10} {:>10} {:>10}", of[0], of[1], of[2]);
    for row in rows {
        line(&row.name, [row.raw, row.gzip, row.brotli]);
    }
    let sum = |value: fn(&Row) -> usize| rows.iter().map(value).sum::<usize>();
    line(
        "total, bytes",
        [sum(|row| row.raw), sum(|row| row.gzip), sum(|row| row.brotli)],
    );
    println!();
}

/// Limits in kB by kind of file, from lines `kind = number`.
fn budget() -> Outcome<BTreeMap<String, usize>> {
    let path = root().join("xtask/budget.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (kind, limit) = line.split_once('=')?;
            Some((kind.trim().to_owned(), limit.trim().parse().ok()?))
        })
        .collect::<Option<_>>()
        .ok_or_else(|| "budget.toml has a line that is not `kind = number`".into())
}

/// The files a visit asks for: all but the worker, and the icons that only an installed copy shows.
fn weigh(dist: &Path) -> Outcome<Vec<Row>> {
    let entries = fs::read_dir(dist).map_err(|_| "dist/ is missing: run `cargo xtask build`".to_owned())?;
    let mut rows = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() || name == "sw.js" || kind == "png" {
            continue;
        }
        let bytes = fs::read(&path).map_err(|error| format!("{name}: {error}"))?;
        rows.push(Row {
            gzip: gzip(&bytes),
            brotli: brotli(&bytes)?,
            raw: bytes.len(),
            name,
            kind,
        });
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.brotli));
    Ok(rows)
}

/// Size of the deflated bytes with gzip's 18 bytes of head and foot.
fn gzip(bytes: &[u8]) -> usize {
    miniz_oxide::deflate::compress_to_vec(bytes, 9).len() + 18
}

fn brotli(bytes: &[u8]) -> Outcome<usize> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters).map_err(|error| error.to_string())?;
    Ok(packed.len())
}
