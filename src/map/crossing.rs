//! Whether the rings of a polygon cross themselves or each other.

use crate::order::Arrange;

/// A line that reaches less far than this to the other side is a slip of the pen, not a crossing: a millionth of a
/// degree is ten centimetres.
const SLIP: f64 = 1e-6;

/// Pairs of sides that are looked at before a polygon counts as too tangled: some tenths of a second.
const MOST_PAIRS: u32 = 20_000_000;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Crossing {
    /// No side crosses another.
    None,
    /// Two sides cross.
    Found,
    /// Too many sides lie over each other to tell.
    Unknown,
}

type Spot = (f64, f64);

/// Looks at all sides from west to east; only those that overlap in length and breadth are compared.
pub(crate) fn crossing(rings: &[Vec<Spot>]) -> Crossing {
    let mut sides: Vec<(Spot, Spot)> = Vec::new();
    for ring in rings {
        let next = ring.iter().cycle().skip(1);
        sides.extend(
            ring.iter()
                .zip(next)
                .map(|(&a, &b)| if a.0 <= b.0 { (a, b) } else { (b, a) }),
        );
    }
    sides.arrange_by(|a, b| a.0.0.total_cmp(&b.0.0));
    let mut open: Vec<(Spot, Spot)> = Vec::new();
    let mut left = MOST_PAIRS;
    for side in sides {
        open.retain(|o| o.1.0 >= side.0.0);
        match left.checked_sub(open.len() as u32) {
            Some(rest) => left = rest,
            None => return Crossing::Unknown,
        }
        if open.iter().any(|o| cross(*o, side)) {
            return Crossing::Found;
        }
        open.push(side);
    }
    Crossing::None
}

/// Whether each side has its ends on both sides of the other, farther than a slip.
fn cross((a, b): (Spot, Spot), (c, d): (Spot, Spot)) -> bool {
    let apart = a.1.max(b.1) < c.1.min(d.1) || c.1.max(d.1) < a.1.min(b.1);
    !apart && parted(a, b, c, d) && parted(c, d, a, b)
}

/// Whether `c` and `d` lie on different sides of the line through `a` and `b`.
fn parted(a: Spot, b: Spot, c: Spot, d: Spot) -> bool {
    let length = (b.0 - a.0).hypot(b.1 - a.1);
    let beside = |p: Spot| ((b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0)) / length;
    let (c, d) = (beside(c), beside(d));
    c.min(d) < -SLIP && c.max(d) > SLIP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ring: &[Spot]) -> Crossing {
        crossing(&[ring.iter().map(|p| (114.0 + p.0 / 100.0, 29.0 + p.1 / 100.0)).collect()])
    }

    #[test]
    fn only_true_crossings_count() {
        assert_eq!(of(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]), Crossing::None);
        let bow = [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)];
        assert_eq!(of(&bow), Crossing::Found);
        // A spike runs back along itself, a corner touches a side.
        assert_eq!(
            of(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (1.0, 0.0), (1.0, 1.0)]),
            Crossing::None
        );
        assert_eq!(
            of(&[(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 0.0), (0.0, 1.0)]),
            Crossing::None
        );
        // Five centimetres over the line are a slip, a metre is not.
        let over = |far: f64| of(&[(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.1, -far), (0.9, -far), (0.0, 1.0)]);
        assert_eq!(over(0.000_05), Crossing::None);
        assert_eq!(over(0.001), Crossing::Found);
        assert_eq!(of(&[]), Crossing::None);
        assert_eq!(of(&[(0.0, 0.0); 4]), Crossing::None);
    }

    #[test]
    fn a_hole_that_leaves_its_polygon_crosses_it() {
        let square = |x: f64, side: f64| vec![(x, 0.0), (x + side, 0.0), (x + side, side), (x, side)];
        assert_eq!(crossing(&[square(0.0, 1.0), square(0.9, 0.5)]), Crossing::Found);
        let inner = square(0.2, 0.5).iter().map(|p| (p.0, p.1 + 0.2)).collect();
        assert_eq!(crossing(&[square(0.0, 1.0), inner]), Crossing::None);
    }

    /// A file made to keep the page busy ends at the limit.
    #[test]
    fn a_tangle_is_given_up() {
        let comb: Vec<Spot> = (0..100_000)
            .map(|i| (if i % 2 == 0 { 0.0 } else { 1.0 }, f64::from(i) * 1e-3))
            .collect();
        assert_ne!(crossing(&[comb]), Crossing::None);
        let coast: Vec<Spot> = (0..100_000)
            .map(|i| f64::from(i) * std::f64::consts::TAU / 100_000.0)
            .map(|t| (114.0 + t.cos() * (1.0 + 0.01 * (40.0 * t).sin()), 29.0 + t.sin()))
            .collect();
        assert_eq!(crossing(&[coast]), Crossing::None);
    }
}
