//! What a chart says, as plain data. Nothing here knows records: whoever builds a figure gives each value
//! a `key`, an opaque link (usually the address of the list behind it), and gets it back from the mark.

use super::palette::Ink;
use super::timeline::{Gantt, Lane};

/// One chart: what is shown and how it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The finding with its number; stands first in the sentence for screen readers.
    pub title: String,
    /// What the rows of the data table are: `片区`; empty for `名称`. Kinds that name their rows themselves ignore it.
    pub subject: String,
    /// Unit of the values, for example `场`; `%` for shares given in 0–100, empty for none.
    pub unit: String,
    /// The data.
    pub kind: Kind,
}

/// The kinds of charts.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Horizontal bars.
    Bars(Bars),
    /// Upright columns.
    Columns(Columns),
    /// Lines by month.
    Trend(Trend),
    /// Parts of a whole.
    Donut(Donut),
    /// Rows × columns.
    Heat(Heat),
    /// Five programmes.
    Radar(Radar),
    /// Steps that lose some at each.
    Funnel(Funnel),
    /// Plans over the months of a year.
    Gantt(Gantt),
    /// Before and after.
    Change(Change),
    /// Two measures and their thresholds.
    Quadrant(Quadrant),
    /// One among its peers.
    Strip(Strip),
    /// What happened in twelve months.
    Lane(Lane),
}

/// How a surface is filled. Parts of one programme differ by pattern, never by a new hue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Full colour.
    Solid,
    /// Colour with light diagonal stripes.
    Striped,
    /// Light ground with dots of the colour.
    Dotted,
    /// Light ground with thin diagonal lines: no data.
    Hatched,
}

/// A colour with its pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// The colour.
    pub ink: Ink,
    /// The pattern.
    pub pattern: Pattern,
}

impl Paint {
    /// Full colour.
    pub const fn solid(ink: Ink) -> Self {
        Paint {
            ink,
            pattern: Pattern::Solid,
        }
    }

    /// Striped.
    pub const fn striped(ink: Ink) -> Self {
        Paint {
            ink,
            pattern: Pattern::Striped,
        }
    }

    /// Dotted.
    pub const fn dotted(ink: Ink) -> Self {
        Paint {
            ink,
            pattern: Pattern::Dotted,
        }
    }

    /// The first of two kinds.
    pub const FIRST: Paint = Paint::solid(Ink::Now);
    /// The second of two kinds.
    pub const SECOND: Paint = Paint::striped(Ink::Amount(3));
}

/// A value with the link to what is behind it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Value {
    /// The number; `None` is not known, which is not zero.
    pub amount: Option<f64>,
    /// The link to the records behind it.
    pub key: Option<String>,
}

impl Value {
    /// A known number without a link.
    pub fn of(amount: f64) -> Self {
        Value {
            amount: Some(amount),
            key: None,
        }
    }

    /// Not known.
    pub const UNKNOWN: Value = Value {
        amount: None,
        key: None,
    };

    /// The same with a link.
    pub fn linked(self, key: impl Into<String>) -> Self {
        Value {
            key: Some(key.into()),
            ..self
        }
    }

    /// The number where it can be drawn as a length: finite and not negative.
    pub(crate) fn length(&self) -> Option<f64> {
        self.amount.filter(|a| a.is_finite() && *a >= 0.0)
    }
}

impl From<f64> for Value {
    fn from(amount: f64) -> Self {
        Value::of(amount)
    }
}

impl From<Option<f64>> for Value {
    fn from(amount: Option<f64>) -> Self {
        Value { amount, key: None }
    }
}

/// A kind of value: a colour in every bar, a line of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name, as in the key of the chart.
    pub name: String,
    /// How it is drawn.
    pub paint: Paint,
}

/// A label with one value for each series.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The label.
    pub label: String,
    /// One value for each series, in their order.
    pub values: Vec<Value>,
    /// A paint of its own instead of that of the series (only with one series).
    pub paint: Option<Paint>,
}

impl Row {
    /// A row in the colours of the series.
    pub fn new(label: impl Into<String>, values: Vec<Value>) -> Self {
        Row {
            label: label.into(),
            values,
            paint: None,
        }
    }

    /// Sum of the known values; `None` if none is known.
    pub fn total(&self) -> Option<f64> {
        self.values
            .iter()
            .filter_map(Value::length)
            .fold(None, |sum, v| Some(sum.unwrap_or(0.0) + v))
    }
}

/// Horizontal bars from zero; several series are laid end to end.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// At most five series.
    pub series: Vec<Series>,
    /// The bars.
    pub rows: Vec<Row>,
    /// Whether the order of the rows means something (classes of size); otherwise the largest comes first.
    pub ordered: bool,
    /// Whether the values at the ends carry the unit.
    pub show_unit: bool,
}

/// Upright columns from zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// At most five series.
    pub series: Vec<Series>,
    /// The groups, from left to right.
    pub rows: Vec<Row>,
    /// One on the other instead of side by side.
    pub stacked: bool,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// This year: solid, with dots.
    Now,
    /// Last year: grey and dashed.
    Then,
    /// Another thing, in its own ink, solid.
    Other(Ink),
}

/// One line of a [`Trend`].
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Written at the end of the line.
    pub name: String,
    /// How it is drawn.
    pub stroke: Stroke,
    /// One value for each step; a missing one is a gap.
    pub values: Vec<Value>,
}

/// Lines over the months.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// Names of the steps, for example `1月` to `12月`.
    pub steps: Vec<String>,
    /// At most five lines; the first is the one spoken of.
    pub lines: Vec<Line>,
    /// A target: name and value.
    pub target: Option<(String, f64)>,
}

/// One part of a [`Donut`].
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name.
    pub label: String,
    /// How much.
    pub value: Value,
    /// How it is drawn.
    pub paint: Paint,
}

/// Parts of a whole. More than five parts are drawn as bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Donut {
    /// The parts, in order from the top clockwise.
    pub parts: Vec<Part>,
    /// What the total counts, under the number in the middle: `个阵地`.
    pub caption: String,
}

/// One row of a [`Heat`] map.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// The unit.
    pub label: String,
    /// One cell for each column.
    pub cells: Vec<Value>,
    /// Link of the row.
    pub key: Option<String>,
}

/// Rows that belong together: a district.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatGroup {
    /// Its name.
    pub label: String,
    /// Its rows.
    pub rows: Vec<HeatRow>,
}

/// Lowest values of the steps of colour of a [`Heat`], rising, at most five.
#[derive(Clone, Debug, PartialEq)]
pub enum Steps {
    /// Chosen from the data.
    Found,
    /// The same for all columns.
    Same(Vec<f64>),
    /// Those of each column, and what the steps are called, the lowest first.
    Own(Vec<Vec<f64>>, Vec<String>),
}

/// A table of amounts in colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// What the columns are: `月`.
    pub column_title: String,
    /// The columns.
    pub columns: Vec<String>,
    /// The districts; with sums they are drawn in falling order.
    pub groups: Vec<HeatGroup>,
    /// Name of the sums (`合计`); `None` when the columns cannot be added, as shares of different things.
    pub sum: Option<String>,
    /// The steps of colour.
    pub steps: Steps,
    /// Cells from this value on show their number.
    pub number_from: f64,
}

/// One axis of a [`Radar`].
#[derive(Clone, Debug, PartialEq)]
pub struct Spoke {
    /// The programme.
    pub label: String,
    /// Its colour.
    pub ink: Ink,
    /// The one looked at, 0–100.
    pub value: Value,
    /// What it is compared with, 0–100.
    pub other: Option<f64>,
}

/// Five programmes of one unit against the town, 0–100 %, clockwise from the top.
#[derive(Clone, Debug, PartialEq)]
pub struct Radar {
    /// The axes.
    pub spokes: Vec<Spoke>,
    /// The one looked at: `寺前村`.
    pub name: String,
    /// What it is compared with: `全镇平均`.
    pub other_name: String,
}

/// A process that loses some at each step.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// The steps, from first to last.
    pub steps: Vec<(String, Value)>,
    /// The colour.
    pub ink: Ink,
}

/// One pair of a [`Change`].
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Its name.
    pub label: String,
    /// Before.
    pub before: Option<f64>,
    /// After.
    pub after: Value,
}

/// Two states of the same things.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Name of the first state: `上届`.
    pub before: String,
    /// Name of the second: `本届`.
    pub after: String,
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// Upper end of the scale; `None`: from the data. Shares want 100.
    pub max: Option<f64>,
}

/// One axis of a [`Quadrant`].
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its name: `集体经济`.
    pub name: String,
    /// Unit of its values: `万元`, `%`, or empty.
    pub unit: String,
    /// Lower end; must be above zero on a logarithmic axis.
    pub min: f64,
    /// Upper end.
    pub max: f64,
    /// The ticks.
    pub ticks: Vec<f64>,
    /// The threshold; the wanted side is above it.
    pub threshold: f64,
    /// Equal distances for equal ratios.
    pub logarithmic: bool,
}

/// One thing in a [`Quadrant`].
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Its name.
    pub label: String,
    /// Along the x axis.
    pub x: f64,
    /// Along the y axis.
    pub y: f64,
    /// Whether its name is to be written; the first five that find room are.
    pub named: bool,
    /// Link.
    pub key: Option<String>,
}

/// Two measures with their thresholds as axes; the wanted corner is the upper right.
#[derive(Clone, Debug, PartialEq)]
pub struct Quadrant {
    /// To the right.
    pub x: Measure,
    /// Upwards.
    pub y: Measure,
    /// The things; solid from the y threshold on, hollow under it.
    pub spots: Vec<Spot>,
    /// The colour.
    pub ink: Ink,
}

/// One among its peers on a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Name and value of each.
    pub dots: Vec<(String, Value)>,
    /// Index of the one looked at.
    pub chosen: Option<usize>,
    /// Whether the average is marked.
    pub average: bool,
}
