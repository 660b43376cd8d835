//! Thinning of rings that share borders: a border between two areas is thinned once, so both keep the same points.

use crate::order::Arrange;
use std::collections::BTreeMap;

use super::geom::{Point, segment_distance, thin_line};

/// A point on the grid of tenths of a map unit.
pub(crate) type Spot = (i32, i32);

/// The map point of a spot.
pub(crate) fn point(s: Spot) -> Point {
    Point::new(f64::from(s.0) / 10.0, f64::from(s.1) / 10.0)
}

/// Adds to each ring the corners of other rings that lie on its sides (within `reach` map units), so that areas drawn
/// with different care still share their border.
pub(crate) fn join(rings: &mut [Vec<Spot>], reach: f64) {
    const BUCKET: i32 = 100;
    let mut buckets: BTreeMap<Spot, Vec<Spot>> = BTreeMap::new();
    for &s in rings.iter().flatten() {
        buckets
            .entry((s.0.div_euclid(BUCKET), s.1.div_euclid(BUCKET)))
            .or_default()
            .push(s);
    }
    for list in buckets.values_mut() {
        list.arrange();
        list.dedup();
    }
    let margin = (reach * 10.0).ceil() as i32;
    for ring in rings {
        let mut out = Vec::with_capacity(ring.len());
        for (i, &a) in ring.iter().enumerate() {
            let b = ring[(i + 1) % ring.len()];
            out.push(a);
            let lo = (
                (a.0.min(b.0) - margin).div_euclid(BUCKET),
                (a.1.min(b.1) - margin).div_euclid(BUCKET),
            );
            let hi = (
                (a.0.max(b.0) + margin).div_euclid(BUCKET),
                (a.1.max(b.1) + margin).div_euclid(BUCKET),
            );
            let mut found: Vec<(f64, Spot)> = Vec::new();
            for x in lo.0..=hi.0 {
                for y in lo.1..=hi.1 {
                    let near = buckets.get(&(x, y)).into_iter().flatten();
                    found.extend(near.filter_map(|s| Some((place_on_side(*s, a, b, reach)?, *s))));
                }
            }
            found.arrange_by(|p, q| p.0.total_cmp(&q.0).then(p.1.cmp(&q.1)));
            out.extend(found.into_iter().map(|f| f.1));
        }
        *ring = without_spikes(out);
    }
}

/// How far along the side from `a` to `b` a corner lies that is within `reach` of it and not near its ends.
fn place_on_side(s: Spot, a: Spot, b: Spot, reach: f64) -> Option<f64> {
    let (s, a, b) = (point(s), point(a), point(b));
    let length = a.distance(b);
    let along = ((s.x - a.x) * (b.x - a.x) + (s.y - a.y) * (b.y - a.y)) / length;
    (along > reach && along < length - reach && segment_distance(s, a, b) <= reach).then_some(along)
}

/// Drops repeated points and steps that go straight back.
pub(crate) fn without_spikes(ring: Vec<Spot>) -> Vec<Spot> {
    let mut out: Vec<Spot> = Vec::with_capacity(ring.len());
    for s in ring {
        if out.last() == Some(&s) {
            continue;
        }
        if out.len() > 1 && out[out.len() - 2] == s {
            out.pop();
            continue;
        }
        out.push(s);
    }
    loop {
        let n = out.len();
        if n > 1 && out[0] == out[n - 1] {
            out.pop();
        } else if n > 2 && out[1] == out[n - 1] {
            out.remove(0);
            out.pop();
        } else if n > 2 && out[0] == out[n - 2] {
            out.truncate(n - 2);
        } else {
            return out;
        }
    }
}

/// The rings with fewer points, none of which strays more than `tolerance` map units. A ring that would collapse is
/// left without points.
pub(crate) fn thin(rings: &[Vec<Spot>], tolerance: f64) -> Vec<Vec<Spot>> {
    let crossings = crossings(rings);
    rings
        .iter()
        .map(|ring| {
            let cuts: Vec<usize> = (0..ring.len()).filter(|&i| crossings.contains_key(&ring[i])).collect();
            let out = if cuts.is_empty() {
                thin_loop(ring, tolerance)
            } else {
                thin_cut(ring, &cuts, tolerance)
            };
            let out = without_spikes(out);
            if out.len() < 3 { Vec::new() } else { out }
        })
        .collect()
}

/// Points where borders part: those whose two neighbours on the ring are not the same in all rings.
fn crossings(rings: &[Vec<Spot>]) -> BTreeMap<Spot, ()> {
    let mut sides: BTreeMap<Spot, (Spot, Spot)> = BTreeMap::new();
    let mut out = BTreeMap::new();
    for ring in rings {
        for (i, &s) in ring.iter().enumerate() {
            let (a, b) = (ring[(i + ring.len() - 1) % ring.len()], ring[(i + 1) % ring.len()]);
            let pair = (a.min(b), a.max(b));
            if *sides.entry(s).or_insert(pair) != pair {
                out.insert(s, ());
            }
        }
    }
    out
}

/// A ring that meets others nowhere or all along: cut at its first point in order and the one farthest from that.
fn thin_loop(ring: &[Spot], tolerance: f64) -> Vec<Spot> {
    let Some(start) = (0..ring.len()).min_by_key(|&i| ring[i]) else {
        return Vec::new();
    };
    let far = (0..ring.len()).max_by(|&i, &j| {
        let d = |k: usize| point(ring[start]).distance(point(ring[k]));
        d(i).total_cmp(&d(j)).then(ring[i].cmp(&ring[j]))
    });
    let mut cuts = [start, far.unwrap_or(start)];
    cuts.arrange();
    thin_cut(ring, &cuts, tolerance)
}

fn thin_cut(ring: &[Spot], cuts: &[usize], tolerance: f64) -> Vec<Spot> {
    let n = ring.len();
    let mut out = Vec::new();
    for (k, &from) in cuts.iter().enumerate() {
        let to = cuts[(k + 1) % cuts.len()];
        let steps = if cuts.len() == 1 { n } else { (to + n - from) % n };
        let arc: Vec<Spot> = (0..=steps).map(|i| ring[(from + i) % n]).collect();
        let mut thinned = thin_arc(&arc, tolerance);
        thinned.pop();
        out.extend(thinned);
    }
    out
}

/// Thins an open line, always from the same end, so that both sides of a border come out alike.
fn thin_arc(arc: &[Spot], tolerance: f64) -> Vec<Spot> {
    let backward: Vec<Spot> = arc.iter().rev().copied().collect();
    let is_backward = backward.as_slice() < arc;
    let line: Vec<Point> = if is_backward { &backward } else { arc }
        .iter()
        .map(|s| point(*s))
        .collect();
    let tenths = |v: f64| (v * 10.0).round() as i32;
    let mut out: Vec<Spot> = thin_line(&line, tolerance)
        .iter()
        .map(|p| (tenths(p.x), tenths(p.y)))
        .collect();
    if is_backward {
        out.reverse();
    }
    out
}
