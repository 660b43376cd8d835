//! Power diagrams by cutting a convex outline with half-planes. Meant for at most some hundred sites.

use super::geom::{Point, centroid, signed_area};
use crate::order::Arrange;

/// Marks an edge that lies on the outline and not between two sites.
pub(crate) const OUTSIDE: usize = usize::MAX;

/// A site and its weight; a larger weight pushes the edges away. In squared units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    pub p: Point,
    pub weight: f64,
}

/// One convex cell. `sides[i]` is the site beyond the edge that starts at `points[i]`.
#[derive(Clone, Debug, Default)]
pub(crate) struct PowerCell {
    pub points: Vec<Point>,
    pub sides: Vec<usize>,
}

impl PowerCell {
    pub(crate) fn area(&self) -> f64 {
        signed_area(&self.points).abs()
    }
}

/// The cells of all sites inside the convex ring `outline`. A site that is outweighed has a cell without points.
pub(crate) fn diagram(sites: &[Site], outline: &[Point]) -> Vec<PowerCell> {
    let mut scratch = PowerCell::default();
    (0..sites.len())
        .map(|i| cell(i, sites, outline, &mut scratch))
        .collect()
}

fn cell(i: usize, sites: &[Site], outline: &[Point], scratch: &mut PowerCell) -> PowerCell {
    let here = sites[i];
    let mut order: Vec<(f64, usize)> = (0..sites.len())
        .filter(|&j| j != i)
        .map(|j| (here.p.distance(sites[j].p), j))
        .collect();
    order.arrange_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut cell = PowerCell {
        points: outline.to_vec(),
        sides: vec![OUTSIDE; outline.len()],
    };
    for (_, j) in order {
        let there = sites[j];
        // Points nearer to `here`: (there - here)·x <= limit.
        let (nx, ny) = (there.p.x - here.p.x, there.p.y - here.p.y);
        let limit = (there.p.x * there.p.x + there.p.y * there.p.y - here.p.x * here.p.x - here.p.y * here.p.y
            + here.weight
            - there.weight)
            / 2.0;
        cut(&mut cell, scratch, |p| nx * p.x + ny * p.y - limit, j);
        if cell.points.is_empty() {
            break;
        }
    }
    cell
}

/// Keeps the part of the cell where `beyond` is not positive; the new edge faces `side`.
fn cut(cell: &mut PowerCell, scratch: &mut PowerCell, beyond: impl Fn(Point) -> f64, side: usize) {
    if cell.points.iter().all(|&p| beyond(p) <= 0.0) {
        return;
    }
    scratch.points.clear();
    scratch.sides.clear();
    let after = cell.points.iter().skip(1).chain(cell.points.first());
    let mut here = cell.points.first().map_or(0.0, |&p| beyond(p));
    for ((&a, &b), &along) in cell.points.iter().zip(after).zip(&cell.sides) {
        let there = beyond(b);
        let (kept, next) = (here <= 0.0, there <= 0.0);
        if kept {
            scratch.points.push(a);
            scratch.sides.push(along);
        }
        if kept != next {
            scratch.points.push(a.toward(b, here / (here - there)));
            scratch.sides.push(if kept { side } else { along });
        }
        here = there;
    }
    std::mem::swap(cell, scratch);
}

/// What one pass of [`relax`] may change.
pub(crate) struct Relax<'a> {
    /// Wanted share of the area per site; need not sum to one.
    pub shares: &'a [f64],
    /// Sites that stay where a person put them.
    pub pinned: &'a [bool],
    /// How far a site goes toward the middle of its cell per pass, 0 to 1.
    pub step: f64,
    pub passes: usize,
}

/// Moves sites toward the middle of their cells and tunes weights until areas come near the wanted shares
/// (Lloyd with capacities).
pub(crate) fn relax(sites: &mut [Site], outline: &[Point], how: &Relax<'_>) {
    let total = signed_area(outline).abs();
    let sum: f64 = how.shares.iter().sum();
    for _ in 0..how.passes {
        let cells = diagram(sites, outline);
        let typical = total / sites.len() as f64;
        for (i, cell) in cells.iter().enumerate() {
            let area = cell.area();
            let wanted = total * how.shares[i] / sum;
            let push = (wanted - area).clamp(-typical, typical);
            // An edge moves by push / (2 · distance), so 0.3 stays short of overshooting.
            sites[i].weight += 0.3 * push;
            if !how.pinned[i] && area > 0.02 * typical {
                sites[i].p = sites[i].p.toward(centroid(&cell.points), how.step);
            }
        }
        settle(sites);
    }
}

/// Keeps weights near zero on the mean and small enough that no site can swallow another for good.
fn settle(sites: &mut [Site]) {
    let mean = sites.iter().map(|s| s.weight).sum::<f64>() / sites.len() as f64;
    let near: Vec<f64> = (0..sites.len())
        .map(|i| {
            let others = sites.iter().enumerate().filter(|(j, _)| *j != i);
            others
                .map(|(_, s)| s.p.distance(sites[i].p))
                .fold(f64::INFINITY, f64::min)
        })
        .collect();
    for (site, near) in sites.iter_mut().zip(near) {
        let most = if near.is_finite() { 0.45 * near * near } else { 0.0 };
        site.weight = (site.weight - mean).clamp(-most, most);
    }
}
