//! The five-petal flower: one petal per programme, clockwise from the top: dream, lead, base, seedling, phoenix.

use super::geom::{Point, push_number};

/// Petals of the flower.
pub const PETALS: usize = 5;
/// The smallest radius at which petals can be told apart, in CSS px.
pub const LEAST_RADIUS: f64 = 12.0;

/// The radius of flowers that stand alone in small cells, CSS px at text size 1.
pub const BARE_RADIUS: f64 = 9.0;
/// How much farther than the petals the white disc reaches that the flower stands on over a coloured cell, in CSS px.
pub const DISC_EDGE: f64 = 5.0;

/// One petal, ready to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Petal {
    /// The full petal behind: what there is to reach.
    pub ghost: String,
    /// The part reached; `None` at progress 0 and where the value is missing.
    pub fill: Option<String>,
    /// The value is missing: draw the ghost as a dashed outline.
    pub is_missing: bool,
}

/// The flower of radius `radius` around `center`, in the units of these. `progress` runs from 0 to 1 and is held
/// there; `None` means that the value is missing.
pub fn flower(center: Point, radius: f64, progress: &[Option<f64>; PETALS]) -> [Petal; PETALS] {
    std::array::from_fn(|i| {
        let reached = progress[i].filter(|p| p.is_finite()).map(|p| p.clamp(0.0, 1.0));
        Petal {
            ghost: petal_path(i, center, radius),
            fill: reached
                .filter(|p| *p > 0.0)
                .map(|p| petal_path(i, center, radius * petal_length(p))),
            is_missing: reached.is_none(),
        }
    })
}

/// Length of a petal over the radius of the flower: even the first step can be seen.
pub fn petal_length(progress: f64) -> f64 {
    0.16 + 0.84 * progress.clamp(0.0, 1.0)
}

/// The closed path of petal `index` (0 up, then clockwise by 72°) that reaches `length` from `center`.
///
/// Along its axis it runs from 0.06 to 1 of its length and is 0.36 wide to each side.
pub fn petal_path(index: usize, center: Point, length: f64) -> String {
    let angle = index as f64 * std::f64::consts::TAU / PETALS as f64;
    let (sin, cos) = angle.sin_cos();
    // `along` the axis, `across` clockwise of it.
    let at = |along: f64, across: f64| {
        let (a, b) = (along * length, across * length);
        Point::new(center.x + a * sin + b * cos, center.y - a * cos + b * sin)
    };
    let mut out = String::new();
    let mut push = |lead: char, p: Point| {
        out.push(lead);
        push_number(&mut out, p.x);
        out.push(' ');
        push_number(&mut out, p.y);
    };
    push('M', at(0.06, 0.0));
    push('C', at(0.30, 0.34));
    push(' ', at(0.98, 0.50));
    push(' ', at(1.0, 0.0));
    push('C', at(0.98, -0.50));
    push(' ', at(0.30, -0.34));
    push(' ', at(0.06, 0.0));
    out.push('Z');
    out
}
