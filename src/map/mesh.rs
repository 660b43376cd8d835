//! Cells that share their points: faces over one list of points, with the lines between them.

use crate::order::Arrange;
use crate::stable::Stream;
use std::collections::BTreeMap;

use super::geom::{Point, pairs, signed_area, thin_line};
use super::power::{OUTSIDE, PowerCell};
use super::seeds::STRETCH;

/// Faces over shared points. Every ring runs so that [`signed_area`] is positive, holes the other way round.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mesh {
    pub points: Vec<Point>,
    pub faces: Vec<Vec<Vec<u32>>>,
    /// The face on the left of each directed edge.
    owners: BTreeMap<(u32, u32), u32>,
}

/// Owners follow from faces. A map is mostly compared with itself: other values were drawn on it.
impl PartialEq for Mesh {
    fn eq(&self, other: &Mesh) -> bool {
        std::ptr::eq(self, other) || (self.points == other.points && self.faces == other.faces)
    }
}

impl Mesh {
    pub(crate) fn new(points: Vec<Point>, faces: Vec<Vec<Vec<u32>>>) -> Self {
        let mut owners = BTreeMap::new();
        for (f, rings) in faces.iter().enumerate() {
            for ring in rings {
                for (a, b) in steps(ring) {
                    owners.entry((a, b)).or_insert(f as u32);
                }
            }
        }
        Self { points, faces, owners }
    }

    pub(crate) fn ring(&self, ids: &[u32]) -> Vec<Point> {
        ids.iter().map(|&i| self.points[i as usize]).collect()
    }

    pub(crate) fn rings(&self, face: usize) -> Vec<Vec<Point>> {
        self.faces[face].iter().map(|r| self.ring(r)).collect()
    }

    /// Length of the border that each pair of faces shares; both orders of a pair are listed.
    pub(crate) fn borders(&self) -> BTreeMap<(u32, u32), f64> {
        let mut out = BTreeMap::new();
        for (&(a, b), &f) in &self.owners {
            if let Some(&g) = self.owners.get(&(b, a))
                && f != g
            {
                *out.entry((f, g)).or_insert(0.0) += self.points[a as usize].distance(self.points[b as usize]);
            }
        }
        out
    }

    /// The closed outline of the faces that `inside` chooses: outer rings and holes, each of them simple.
    pub(crate) fn outline(&self, inside: impl Fn(usize) -> bool) -> Vec<Vec<Point>> {
        let mut next: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (&(a, b), &f) in &self.owners {
            let beyond = self.owners.get(&(b, a)).is_some_and(|&g| inside(g as usize));
            if inside(f as usize) && !beyond {
                next.entry(a).or_default().push(b);
            }
        }
        let mut rings = Vec::new();
        while let Some((&start, _)) = next.first_key_value() {
            let mut ring = vec![start];
            let mut before = None;
            let mut at = start;
            while let Some(to) = self.take_step(&mut next, before, at) {
                if to == start {
                    break;
                }
                ring.push(to);
                (before, at) = (Some(at), to);
            }
            if ring.len() > 2 {
                rings.push(self.ring(&ring));
            }
        }
        rings
    }

    /// Takes the edge out of `at`. Where two parts of an outline touch in a point, it stays with the same part.
    fn take_step(&self, next: &mut BTreeMap<u32, Vec<u32>>, before: Option<u32>, at: u32) -> Option<u32> {
        let ways = next.get_mut(&at)?;
        let pick = match before {
            Some(before) if ways.len() > 1 => {
                let back = self.bearing(at, before);
                let turn = |to: u32| (back - self.bearing(at, to)).rem_euclid(std::f64::consts::TAU);
                (0..ways.len()).min_by(|&i, &j| turn(ways[i]).total_cmp(&turn(ways[j])))?
            }
            _ => 0,
        };
        let to = ways.remove(pick);
        if ways.is_empty() {
            next.remove(&at);
        }
        Some(to)
    }

    fn bearing(&self, from: u32, to: u32) -> f64 {
        let (a, b) = (self.points[from as usize], self.points[to as usize]);
        (b.y - a.y).atan2(b.x - a.x)
    }

    /// The lines between faces for which `parts` says so, each drawn once, as open lines.
    pub(crate) fn lines(&self, parts: impl Fn(usize, usize) -> bool) -> Vec<Vec<Point>> {
        let mut links: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (&(a, b), &f) in &self.owners {
            if a < b
                && let Some(&g) = self.owners.get(&(b, a))
                && f != g
                && parts(f as usize, g as usize)
            {
                links.entry(a).or_default().push(b);
                links.entry(b).or_default().push(a);
            }
        }
        let ends: Vec<u32> = links.iter().filter(|(_, l)| l.len() != 2).map(|(&i, _)| i).collect();
        let mut lines = Vec::new();
        for end in ends {
            while links.get(&end).is_some_and(|l| !l.is_empty()) {
                lines.push(self.ring(&walk(&mut links, end)));
            }
        }
        // What is left are closed loops.
        while let Some(&start) = links.iter().find(|(_, l)| !l.is_empty()).map(|(i, _)| i) {
            lines.push(self.ring(&walk(&mut links, start)));
        }
        lines
    }
}

/// Follows links from `start` to the next crossing or end, and uses them up.
fn walk(links: &mut BTreeMap<u32, Vec<u32>>, start: u32) -> Vec<u32> {
    let mut line = vec![start];
    let mut at = start;
    while let Some(to) = links.get_mut(&at).and_then(Vec::pop) {
        let back = links.entry(to).or_default();
        let through = back.len() == 2;
        back.retain(|&i| i != at);
        line.push(to);
        at = to;
        if !through || to == start {
            break;
        }
    }
    line
}

fn steps(ring: &[u32]) -> impl Iterator<Item = (u32, u32)> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// The smooth field that bends every line of the map: three wavelengths, the same for all cells, so that neighbours
/// stay together. Its slopes are small against its lengths, so it folds nowhere (tested on random seeds).
pub(crate) struct Field {
    /// Per wave: direction and phase for x and for y, wave number, height.
    waves: Vec<Wave>,
}

struct Wave {
    across: [Ripple; 2],
    down: [Ripple; 2],
    height: f64,
}

struct Ripple {
    kx: f64,
    ky: f64,
    phase: f64,
}

impl Ripple {
    fn at(&self, p: Point) -> f64 {
        (self.kx * p.x + self.ky * p.y + self.phase).sin()
    }
}

impl Field {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Stream::new(seed ^ 0x6669_656c);
        let mut ripple = |length: f64| {
            let k = std::f64::consts::TAU / length;
            let angle = random.between(0.0, std::f64::consts::TAU);
            Ripple {
                kx: k * angle.cos(),
                ky: k * angle.sin(),
                phase: random.between(0.0, std::f64::consts::TAU),
            }
        };
        let waves = [(300.0, 11.0), (120.0, 4.6), (52.0, 1.7)]
            .map(|(length, height)| Wave {
                across: [ripple(length), ripple(length * 0.86)],
                down: [ripple(length), ripple(length * 0.86)],
                height,
            })
            .into();
        Self { waves }
    }

    /// Where the field puts `p`.
    pub(crate) fn bend(&self, p: Point) -> Point {
        let mut out = p;
        for wave in &self.waves {
            out.x += wave.height * 0.6 * (wave.across[0].at(p) + wave.across[1].at(p));
            out.y += wave.height * 0.6 * (wave.down[0].at(p) + wave.down[1].at(p));
        }
        out
    }

    /// The point that the field puts at `p`.
    pub(crate) fn unbend(&self, p: Point) -> Point {
        let mut q = p;
        for _ in 0..24 {
            let there = self.bend(q);
            q = Point::new(q.x + (p.x - there.x) * 0.8, q.y + (p.y - there.y) * 0.8);
        }
        q
    }
}

/// Length of the pieces that an edge is cut into before it is bent.
const PIECE: f64 = 5.0;
/// A bent line may be drawn with fewer points as long as it strays less than this.
const STRAY: f64 = 0.12;

/// Power cells of the working space as bent faces on the map, in the order of the cells.
pub(crate) fn bent(cells: &[PowerCell], field: &Field) -> Mesh {
    let (corners, faces) = corners(cells);
    let mut points: Vec<Point> = corners.iter().map(|&p| field.bend(p).rounded()).collect();
    let mut edges: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    let faces = faces
        .iter()
        .map(|ring| {
            let mut out = Vec::new();
            for (a, b) in steps(ring) {
                let key = (a.min(b), a.max(b));
                let inner = edges.entry(key).or_insert_with(|| {
                    let ids = bent_edge(corners[key.0 as usize], corners[key.1 as usize], field);
                    let first = points.len() as u32;
                    points.extend(ids);
                    (first..points.len() as u32).collect()
                });
                out.push(a);
                if a < b {
                    out.extend(inner.iter())
                } else {
                    out.extend(inner.iter().rev())
                }
            }
            vec![out]
        })
        .collect();
    Mesh::new(points, faces)
}

/// The bent points between two corners, without these.
fn bent_edge(a: Point, b: Point, field: &Field) -> Vec<Point> {
    let pieces = (a.distance(b) / PIECE).ceil().max(1.0) as usize;
    let line: Vec<Point> = (0..=pieces)
        .map(|i| field.bend(a.toward(b, i as f64 / pieces as f64)).rounded())
        .collect();
    let mut line = thin_line(&line, STRAY);
    line.dedup();
    line.pop();
    line.drain(..1.min(line.len()));
    line
}

/// The shared corners on the map (not yet bent) and the faces over them. Corners closer than a few units become one.
fn corners(cells: &[PowerCell]) -> (Vec<Point>, Vec<Vec<u32>>) {
    let least = cells.iter().map(PowerCell::area).fold(f64::INFINITY, f64::min);
    let near = (0.1 * least.max(0.0).sqrt()).clamp(1e-6, 6.0);
    let all: Vec<Point> = cells
        .iter()
        .flat_map(|c| &c.points)
        .map(|p| Point::new(p.x, p.y / STRETCH))
        .collect();
    // A corner inside the town may move onto one on its edge, never the other way round.
    let edge: Vec<bool> = cells
        .iter()
        .flat_map(|c| {
            (0..c.sides.len())
                .map(|i| c.sides[i] == OUTSIDE || c.sides[(i + c.sides.len() - 1) % c.sides.len()] == OUTSIDE)
        })
        .collect();
    let mut cluster: Vec<usize> = (0..all.len()).collect();
    for i in 0..all.len() {
        for j in 0..i {
            let limit = if edge[i] || edge[j] { near.min(1.0) } else { near };
            if all[i].distance(all[j]) < limit {
                let (a, b) = (root(&cluster, i), root(&cluster, j));
                cluster[a.max(b)] = a.min(b);
            }
        }
    }
    let mut ids: BTreeMap<usize, u32> = BTreeMap::new();
    let (mut sums, mut counts): (Vec<Point>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut ring_ids = Vec::with_capacity(all.len());
    for (i, p) in all.iter().enumerate() {
        let id = *ids.entry(root(&cluster, i)).or_insert_with(|| {
            sums.push(Point::default());
            counts.push(0.0);
            sums.len() as u32 - 1
        });
        sums[id as usize] = Point::new(sums[id as usize].x + p.x, sums[id as usize].y + p.y);
        counts[id as usize] += 1.0;
        ring_ids.push(id);
    }
    let points = sums
        .iter()
        .zip(counts)
        .map(|(p, n)| Point::new(p.x / n, p.y / n))
        .collect();
    let mut rest = &ring_ids[..];
    let faces = cells
        .iter()
        .map(|c| {
            let (own, after) = rest.split_at(c.points.len());
            rest = after;
            let mut ring = own.to_vec();
            ring.dedup();
            while ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            ring
        })
        .collect();
    (points, faces)
}

fn root(cluster: &[usize], mut i: usize) -> usize {
    while cluster[i] != i {
        i = cluster[i];
    }
    i
}

/// Sorts the rings of an outline into parts: each outer ring with the holes in it.
pub(crate) fn parts(rings: Vec<Vec<Point>>) -> Vec<Vec<Vec<Point>>> {
    let (outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|r| signed_area(r) > 0.0);
    let mut parts: Vec<Vec<Vec<Point>>> = outer.into_iter().map(|r| vec![r]).collect();
    for hole in holes {
        let probe = pairs(&hole).next().map_or(Point::default(), |(a, b)| a.toward(b, 0.5));
        let home = parts
            .iter()
            .enumerate()
            .filter(|(_, p)| super::geom::contains(&p[..1], probe))
            .min_by(|a, b| signed_area(&a.1[0]).total_cmp(&signed_area(&b.1[0])))
            .map(|(i, _)| i);
        if let Some(i) = home {
            parts[i].push(hole);
        }
    }
    parts.arrange_by(|a, b| signed_area(&b[0]).total_cmp(&signed_area(&a[0])));
    parts
}
