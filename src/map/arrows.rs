//! Arrow keys: from unit to unit over the map.

use super::cell::Cell;
use super::geom::Point;

/// An arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Toward the top edge.
    Up,
    /// Toward the right edge.
    Right,
    /// Toward the bottom edge.
    Down,
    /// Toward the left edge.
    Left,
}

impl Direction {
    /// All four, clockwise from the top.
    pub const ALL: [Self; 4] = [Self::Up, Self::Right, Self::Down, Self::Left];

    /// How far `to` lies this way from `from`, and how far aside.
    fn split(self, from: Point, to: Point) -> (f64, f64) {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        match self {
            Self::Up => (-dy, dx.abs()),
            Self::Down => (dy, dx.abs()),
            Self::Left => (-dx, dy.abs()),
            Self::Right => (dx, dy.abs()),
        }
    }
}

/// Where each arrow key leads, per unit in the order of [`Direction::ALL`].
pub(crate) type Arrows = Vec<[Option<usize>; 4]>;

/// The arrows of all cells, such that every cell can be reached from every other.
pub(crate) fn arrows(cells: &[Cell]) -> Arrows {
    let drawn: Vec<usize> = (0..cells.len()).filter(|&i| !cells[i].rings.is_empty()).collect();
    let mut arrows: Arrows = vec![[None; 4]; cells.len()];
    for &i in &drawn {
        arrows[i] = Direction::ALL.map(|d| {
            let near = nearest(cells, i, d, &cells[i].neighbours);
            near.or_else(|| nearest(cells, i, d, &drawn))
        });
    }
    mend(cells, &drawn, &mut arrows);
    arrows
}

/// The nearest candidate within 45° of the direction; one straight ahead counts as nearer than one aside.
fn nearest(cells: &[Cell], from: usize, direction: Direction, among: &[usize]) -> Option<usize> {
    among
        .iter()
        .filter(|&&i| i != from)
        .filter_map(|&i| {
            let (ahead, aside) = direction.split(cells[from].center, cells[i].center);
            (ahead > 0.0 && aside <= ahead).then_some((ahead + 1.5 * aside, i))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(_, i)| i)
}

/// Redirects single arrows until every cell can be reached from the first, and the first from every cell.
fn mend(cells: &[Cell], drawn: &[usize], arrows: &mut Arrows) {
    let mut reach = reach_of(drawn, arrows);
    while reach < 2 * drawn.len() {
        let mut best: Option<(usize, std::cmp::Reverse<u64>, usize, Direction, usize)> = None;
        for &from in drawn {
            for d in Direction::ALL {
                for &to in drawn {
                    let (ahead, aside) = d.split(cells[from].center, cells[to].center);
                    if to == from || ahead <= 0.0 {
                        continue;
                    }
                    let old = arrows[from][d as usize].replace(to);
                    let found = reach_of(drawn, arrows);
                    arrows[from][d as usize] = old;
                    let key = (found, std::cmp::Reverse(((ahead + 1.5 * aside) * 10.0) as u64));
                    if found > reach && best.is_none_or(|b| key > (b.0, b.1)) {
                        best = Some((key.0, key.1, from, d, to));
                    }
                }
            }
        }
        let Some((found, _, from, d, to)) = best else {
            break;
        };
        arrows[from][d as usize] = Some(to);
        reach = found;
    }
}

/// Cells that can be reached from the first plus cells that the first can be reached from.
fn reach_of(drawn: &[usize], arrows: &Arrows) -> usize {
    let Some(&first) = drawn.first() else {
        return 0;
    };
    let mut ways_back: Vec<Vec<usize>> = vec![Vec::new(); arrows.len()];
    for (from, ways) in arrows.iter().enumerate() {
        for &to in ways.iter().flatten() {
            ways_back[to].push(from);
        }
    }
    let count = |next: &dyn Fn(usize) -> Vec<usize>| {
        let mut seen = vec![false; arrows.len()];
        seen[first] = true;
        let mut open = vec![first];
        let mut found = 0;
        while let Some(i) = open.pop() {
            found += 1;
            for j in next(i) {
                if !std::mem::replace(&mut seen[j], true) {
                    open.push(j);
                }
            }
        }
        found
    };
    count(&|i| arrows[i].iter().flatten().copied().collect()) + count(&|i| ways_back[i].clone())
}
