//! Classes of a sequential colour scale, from the values themselves.

/// Most steps of the scale (`--q-1` to `--q-5`).
pub const MOST_CLASSES: usize = 5;

/// One step of the scale. Both bounds are values that occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// Least value in the class.
    pub lo: i64,
    /// Greatest value in the class.
    pub hi: i64,
    /// How many values it holds, never 0.
    pub count: usize,
}

/// Groups whole numbers into at most five classes, in ascending order and none of them empty.
///
/// Breaks fall where values differ most (Fisher–Jenks, exact). Zero is never put together with anything: "none" and
/// "some" must not look alike. Equal values are always in one class.
pub fn classes(values: &[i64]) -> Vec<Class> {
    let mut counts: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
    for v in values {
        *counts.entry(*v).or_default() += 1;
    }
    let has_zero = counts.remove(&0);
    let mut out = Vec::new();
    let below: Vec<(i64, usize)> = counts.range(..0).map(|(v, n)| (*v, *n)).collect();
    let above: Vec<(i64, usize)> = counts.range(1..).map(|(v, n)| (*v, *n)).collect();
    let room = MOST_CLASSES - usize::from(has_zero.is_some());
    let (low, high) = shares(below.len(), above.len(), room);
    out.extend(breaks(&below, low));
    out.extend(has_zero.map(|count| Class { lo: 0, hi: 0, count }));
    out.extend(breaks(&above, high));
    out
}

/// The class that `value` belongs to: that with the greatest `lo` not above it. `None` without classes or below all.
pub fn class_of(classes: &[Class], value: i64) -> Option<usize> {
    classes.iter().rposition(|c| c.lo <= value)
}

/// How many classes negative and positive values get.
fn shares(below: usize, above: usize, room: usize) -> (usize, usize) {
    if below == 0 {
        return (0, above.min(room));
    }
    if above == 0 {
        return (below.min(room), 0);
    }
    let low = (room * below / (below + above)).clamp(1, room - 1).min(below);
    (low, above.min(room - low))
}

/// Splits ascending distinct values with their counts into `k` classes of least inner variance.
fn breaks(values: &[(i64, usize)], k: usize) -> Vec<Class> {
    let n = values.len();
    if n == 0 || k == 0 {
        return Vec::new();
    }
    // Cost of one class from i to j, by running sums.
    let sums: Vec<(f64, f64, f64)> = std::iter::once((0.0, 0.0, 0.0))
        .chain(values.iter().scan((0.0, 0.0, 0.0), |s, (v, c)| {
            let (v, c) = ((*v - values[0].0) as f64, *c as f64);
            *s = (s.0 + c, s.1 + c * v, s.2 + c * v * v);
            Some(*s)
        }))
        .collect();
    let cost = |i: usize, j: usize| {
        let (c, x, xx) = (sums[j].0 - sums[i].0, sums[j].1 - sums[i].1, sums[j].2 - sums[i].2);
        xx - x * x / c
    };
    // best[m][j]: least cost of the first j values in m + 1 classes, and where the last of them starts.
    let mut best: Vec<Vec<(f64, usize)>> = vec![(0..=n).map(|j| (if j == 0 { 0.0 } else { cost(0, j) }, 0)).collect()];
    for m in 1..k.min(n) {
        let row = (0..=n)
            .map(|j| {
                (m..j)
                    .map(|i| (best[m - 1][i].0 + cost(i, j), i))
                    .min_by(|a, b| a.0.total_cmp(&b.0))
                    .unwrap_or((f64::INFINITY, 0))
            })
            .collect();
        best.push(row);
    }
    let mut out = Vec::new();
    let mut end = n;
    for m in (0..k.min(n)).rev() {
        let start = best[m][end].1;
        let part = &values[start..end];
        out.push(Class {
            lo: part[0].0,
            hi: part[part.len() - 1].0,
            count: part.iter().map(|p| p.1).sum(),
        });
        end = start;
    }
    out.reverse();
    out
}
