//! How a programme's page is put together: which statistics stand together, and how each is drawn.

use crate::model::engine::indicator::{Form, Indicator};

/// Statistics that belong together.
pub struct Section {
    /// Heading.
    pub title: &'static str,
    /// The statistics, in order.
    pub shown: &'static [Shown],
}

/// A statistic and how it is drawn.
pub struct Shown {
    /// What is counted.
    pub statistic: &'static Indicator,
    /// How it is drawn.
    pub drawn: Drawn,
    /// What the parts count, after their names in sentences: `夜话` makes `湾子夜话最多`.
    pub noun: &'static str,
    /// The field of the statistic's first ledger whose value is the code of a part, for links from a part to its records.
    pub by: Option<&'static str>,
    /// Measure of the parts, where it is another than that of the value.
    pub measure: Option<&'static str>,
    /// Whether the title of its drawing says what stands out; a list of thanks compares nobody.
    pub compares: bool,
}

impl Shown {
    /// A value with its parts in words, without a drawing.
    pub const fn number(statistic: &'static Indicator) -> Shown {
        Shown {
            statistic,
            drawn: Drawn::Not,
            noun: "",
            by: None,
            measure: None,
            compares: true,
        }
    }

    /// A statistic with a drawing of its parts.
    pub const fn new(statistic: &'static Indicator, drawn: Drawn, noun: &'static str) -> Shown {
        Shown {
            statistic,
            drawn,
            noun,
            by: None,
            measure: None,
            compares: true,
        }
    }

    /// With parts that count something else than the value: units by their number of members.
    #[must_use]
    pub const fn counting(mut self, measure: &'static str) -> Shown {
        self.measure = Some(measure);
        self
    }

    /// With links from the parts to the records whose field holds the code of the part.
    #[must_use]
    pub const fn by(mut self, field: &'static str) -> Shown {
        self.by = Some(field);
        self
    }

    /// Titled by its name, whatever stands out.
    #[must_use]
    pub const fn plain(mut self) -> Shown {
        self.compares = false;
        self
    }

    /// Whether its parts are averages, be they as small as a share or not.
    pub const fn has_means(&self) -> bool {
        matches!(self.statistic.form, Form::Mean) || matches!(self.drawn, Drawn::Range)
    }
}

/// Which of some drawings take the whole width of the page: those that ask for it, and one that would leave half of its
/// row empty.
pub fn wide(asks: &[bool]) -> Vec<bool> {
    let mut wide = asks.to_vec();
    let mut alone = None;
    for (place, asks) in asks.iter().enumerate() {
        match (asks, alone.take()) {
            (true, Some(left)) => wide[left] = true,
            (false, None) => alone = Some(place),
            (true, None) | (false, Some(_)) => {}
        }
    }
    if let Some(left) = alone {
        wide[left] = true;
    }
    wide
}

/// How the parts of a statistic are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Not at all.
    Not,
    /// Bars in the order of the parts: classes, steps in time.
    Bars,
    /// Bars, the longest first: names. Beyond the first fifteen they are one bar.
    Ranked,
    /// A ring.
    Ring,
    /// Steps that lose some at each.
    Funnel,
    /// Parts called `row/column` ([`part_cell`](crate::model::engine::indicator::Tally::part_cell)) as a table in colour.
    Table,
    /// Parts called `<what>/before` and `<what>/after`, each a share or a mean; their labels say what the two are called.
    Change,
    /// Parts called `<what>/least` and `<what>/most`, each a mean.
    Range,
    /// The value of each month of the year.
    Months,
    /// The value of each unit, the greatest first.
    Units,
}

#[cfg(test)]
mod tests {
    use super::wide;

    #[test]
    fn no_row_is_half_empty() {
        let said = |asks: &[bool]| {
            let all = wide(asks).into_iter();
            all.map(|w| if w { '-' } else { '.' }).collect::<String>()
        };
        assert_eq!(said(&[]), "");
        assert_eq!(said(&[false]), "-");
        assert_eq!(said(&[false, false]), "..");
        assert_eq!(said(&[false, false, false]), "..-");
        assert_eq!(said(&[true, false, true, false, false]), "---..");
    }
}
