//! How much of a list a page shows at once. Every list that grows with the records begins with a few of them and says
//! how many are left, so that no page grows heavy whatever the data: the limits of all pages stand here.

use super::format;

/// Rows shown at first and added by each press.
pub const ROWS: usize = 30;
/// The same of what takes several lines: tasks, conflicts, proposals.
pub const BLOCKS: usize = 10;
/// What one of several blocks on a page tells: fields, values.
pub const PARTS: usize = 5;
/// Cards of a ledger on a phone.
pub const CARDS: usize = 50;
/// Rows of a ledger that are printed at once.
pub const PRINTED: usize = 5_000;
/// Lines of the table of a drawing, shown at first and added by each press: more than a town has units.
pub const LINES: usize = 60;
/// Options a list to choose from offers.
pub const OPTIONS: usize = 300;

/// How many entries of a list are shown, and how many are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Portion {
    /// Shown, from the first on.
    pub shown: usize,
    /// Left.
    pub rest: usize,
}

impl Portion {
    /// At most `limit` of `all`.
    pub fn of(all: usize, limit: usize) -> Portion {
        let shown = all.min(limit);
        Portion {
            shown,
            rest: all - shown,
        }
    }

    /// The button that shows `step` more; `None` where nothing is left.
    pub fn more(self, step: usize) -> Option<String> {
        (self.rest > 0).then(|| format!("再显示 {} 条，还有 {} 条", self.rest.min(step), said(self.rest)))
    }

    /// What paper says in place of the button, and a list that cannot be shown further.
    pub fn left_out(self) -> Option<String> {
        (self.rest > 0).then(|| format!("另 {} 条没有列出", said(self.rest)))
    }
}

fn said(count: usize) -> String {
    format::count(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The options of a list to choose from: the first [`OPTIONS`], the chosen one, and as the last how many are left out,
/// under no key.
pub fn options(all: Vec<(String, String)>, chosen: &str) -> (Vec<(String, String)>, Option<String>) {
    let mut all = all;
    let far = all.iter().skip(OPTIONS).position(|(key, _)| key == chosen);
    if let Some(far) = far {
        all.swap(OPTIONS - 1, OPTIONS + far);
    }
    let left = Portion::of(all.len(), OPTIONS).left_out();
    all.truncate(OPTIONS);
    (all, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said() {
        let all = Portion::of(4_000, ROWS);
        assert_eq!((all.shown, all.rest), (30, 3_970));
        assert_eq!(all.more(ROWS).as_deref(), Some("再显示 30 条，还有 3,970 条"));
        assert_eq!(all.left_out().as_deref(), Some("另 3,970 条没有列出"));
        assert_eq!(
            Portion::of(31, ROWS).more(ROWS).as_deref(),
            Some("再显示 1 条，还有 1 条")
        );
        for few in [0, 1, ROWS] {
            let few = Portion::of(few, ROWS);
            assert_eq!((few.rest, few.more(ROWS), few.left_out()), (0, None, None));
        }
    }

    #[test]
    fn the_chosen_option_is_always_there() {
        let all = |count: usize| {
            (0..count)
                .map(|n| (n.to_string(), format!("任务{n}")))
                .collect::<Vec<_>>()
        };
        assert_eq!(options(all(OPTIONS), "7"), (all(OPTIONS), None));
        for chosen in ["", "0", "299", "300", "3999"] {
            let (shown, left) = options(all(4_000), chosen);
            assert_eq!(shown.len(), OPTIONS);
            assert!(
                chosen.is_empty() || shown.iter().any(|(key, _)| key == chosen),
                "{chosen}"
            );
            assert_eq!(left.as_deref(), Some("另 3,700 条没有列出"));
        }
    }
}
