//! Scales with round ticks.

use crate::order::Arrange;

/// Steps that read well, within one power of ten.
const STEPS: [f64; 8] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 8.0];

/// The smallest good step that reaches `max` in `parts` steps. Counts get whole steps.
pub fn step_for(max: f64, parts: u32, whole: bool) -> f64 {
    if !max.is_finite() || max <= 0.0 {
        return 1.0;
    }
    let least = max / f64::from(parts.max(1));
    let mut power = 10f64.powi(least.log10().floor() as i32 - 1);
    loop {
        for s in STEPS {
            let step = s * power;
            let fits = !whole || (step >= 1.0 && (step - step.round()).abs() < 1e-9);
            if fits && step >= least * (1.0 - 1e-12) {
                return step;
            }
        }
        power *= 10.0;
    }
}

/// Where a value stands between two ends, 0–1; logarithmic where asked and both ends are above zero.
pub fn place(value: f64, min: f64, max: f64, logarithmic: bool) -> f64 {
    let share = if logarithmic && min > 0.0 && max > min {
        (value.max(min) / min).ln() / (max / min).ln()
    } else if max > min {
        (value - min) / (max - min)
    } else {
        0.5
    };
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

/// About `most` ticks between two values, on round steps; whole ones for counts.
pub fn ticks(min: f64, max: f64, most: u32, whole: bool) -> Vec<f64> {
    let step = step_for(max - min, most, whole);
    let first = (min / step).ceil() as i64;
    let last = (max / step).floor() as i64;
    (first..=last).map(|k| k as f64 * step).collect()
}

/// Places of the keys in rising order; equal keys keep their order.
///
/// Every layout that sorts goes through this one, so the page carries one sorting routine for them.
pub fn rising(keys: &[f64]) -> Vec<usize> {
    let mut order: Vec<(f64, usize)> = keys.iter().copied().zip(0..).collect();
    order.arrange_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    order.into_iter().map(|(_, place)| place).collect()
}

/// Places of the keys in falling order; equal keys keep their order.
pub fn falling(keys: &[f64]) -> Vec<usize> {
    let turned: Vec<f64> = keys.iter().map(|k| -k).collect();
    rising(&turned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_steps_reach_the_largest() {
        for (max, want) in [
            (14.0, 5.0),
            (21.0, 8.0),
            (24.0, 8.0),
            (25.0, 10.0),
            (1.0, 1.0),
            (3.0, 1.0),
            (100.0, 40.0),
        ] {
            assert_eq!(step_for(max, 3, true), want, "{max}");
        }
        assert_eq!(step_for(0.3, 3, false), 0.1);
        assert_eq!(step_for(0.0, 3, true), 1.0);
        assert_eq!(step_for(f64::NAN, 3, true), 1.0);
    }

    #[test]
    fn equal_keys_keep_their_order() {
        assert_eq!(rising(&[2.0, 1.0, 2.0, 0.0]), [3, 1, 0, 2]);
        assert_eq!(falling(&[2.0, 1.0, 2.0, 0.0]), [0, 2, 1, 3]);
    }

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(ticks(7.0, 25.0, 5, true), vec![8.0, 12.0, 16.0, 20.0, 24.0]);
        assert_eq!(place(10.0, 5.0, 20.0, true), 0.5);
        assert_eq!(place(3.0, 3.0, 3.0, false), 0.5);
    }
}
