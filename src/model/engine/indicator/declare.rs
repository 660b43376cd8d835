//! What an indicator is: its declaration, its formula, and what the formula may look at.

use super::period::Span;
use super::roster::UnitAt;
use super::tally::Tally;
use crate::model::ledger::{Programme, Schema, TypedRow};
use crate::model::records::Records;
use crate::model::settings::{About, Settings};
use crate::model::value::Decimal;

/// Which kinds of unit an indicator applies to; a setting `kinds.<id>` of `village`, `community`
/// or `both` overrides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// 村 and 社区.
    Both,
    /// 村 only.
    Villages,
    /// 社区 only.
    Communities,
    /// No unit: what the town keeps for all of them.
    Town,
}

impl Applies {
    /// Whether a 社区 (or a 村) is counted.
    pub fn takes(self, community: bool) -> bool {
        match self {
            Applies::Both => true,
            Applies::Villages => !community,
            Applies::Communities => community,
            Applies::Town => false,
        }
    }

    /// 村和社区, 村, 社区 or 全镇.
    pub fn label(self) -> &'static str {
        match self {
            Applies::Both => "村和社区",
            Applies::Villages => "村",
            Applies::Communities => "社区",
            Applies::Town => "全镇",
        }
    }
}

/// How numerator and denominator make the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Numerator of denominator, shown as `39/39` and as percent.
    Share,
    /// The numerator alone.
    Count,
    /// Numerator by denominator, for averages.
    Mean,
}

/// What an indicator aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// At least this percentage.
    Percent(i64),
    /// At least this count in each unit and year; a month asks for a twelfth, a quarter for a fourth, a time since a start
    /// for its days, all time for nothing.
    PerUnit(i64),
    /// At most this count.
    AtMost(i64),
    /// For information; takes no part in progress.
    Nothing,
}

/// What a town can change of one indicator; each is a setting `<code>.<id of the indicator>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// The number of its aim.
    Target,
    /// Progress in percent from which the light is 正常.
    Normal,
    /// Progress in percent from which the light is 预警.
    Warning,
    /// Weight in the progress of its programme.
    Weight,
    /// Kinds of unit: `both`, `village` or `community`.
    Kinds,
}

impl Own {
    const fn code(self) -> &'static str {
        match self {
            Own::Target => "target",
            Own::Normal => "normal",
            Own::Warning => "warning",
            Own::Weight => "weight",
            Own::Kinds => "kinds",
        }
    }
}

/// One indicator: its declaration and its formula.
#[derive(Clone, Copy)]
pub struct Indicator {
    /// Stable id, `programme.name`.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Programme.
    pub programme: Programme,
    /// 口径: one sentence that says what is counted; [`Indicator::definition_in`] says it with the rules.
    definition: &'static str,
    /// The rules that stand for `#` in it, in their order.
    rules: &'static [&'static About],
    /// Kinds of unit.
    pub applies: Applies,
    /// How the value is made.
    pub form: Form,
    /// Measure word of the numerator: 个, 场, 人.
    pub measure: &'static str,
    /// Default aim; a setting `target.<id>` replaces its number.
    pub aim: Aim,
    /// Progress in percent from which the light is 正常; setting `normal.<id>`.
    pub normal: i64,
    /// Progress in percent from which the light is 预警; setting `warning.<id>`.
    pub warning: i64,
    /// Weight in the programme's progress; setting `weight.<id>`.
    pub weight: i64,
    /// Ledgers whose records the formula reads.
    pub reads: &'static [&'static Schema],
    compute: fn(&Ctx, &mut Tally),
    /// What the records of no unit add to the value of the town.
    pub(super) whole: Option<fn(&Whole, &mut Tally)>,
}

impl std::fmt::Debug for Indicator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Indicator {
    fn eq(&self, other: &Indicator) -> bool {
        self.id == other.id
    }
}

impl Eq for Indicator {}

impl Indicator {
    /// An indicator of all units, a share aiming at 100 percent.
    pub const fn new(
        id: &'static str,
        name: &'static str,
        programme: Programme,
        definition: &'static str,
        reads: &'static [&'static Schema],
        compute: fn(&Ctx, &mut Tally),
    ) -> Indicator {
        Indicator {
            id,
            name,
            programme,
            definition,
            rules: &[],
            applies: Applies::Both,
            form: Form::Share,
            measure: "个",
            aim: Aim::Percent(100),
            normal: 90,
            warning: 70,
            weight: 1,
            reads,
            compute,
            whole: None,
        }
    }

    /// A statistic: what is counted of all units for information, without an aim and without a part in any progress.
    pub const fn statistic(
        id: &'static str,
        name: &'static str,
        programme: Programme,
        definition: &'static str,
        reads: &'static [&'static Schema],
        compute: fn(&Ctx, &mut Tally),
    ) -> Indicator {
        Indicator::new(id, name, programme, definition, reads, compute)
            .aim(Aim::Nothing)
            .form(Form::Count, "个")
    }

    /// Whose definition says these rules, each at one `#`.
    #[must_use]
    pub const fn says(mut self, rules: &'static [&'static About]) -> Indicator {
        self.rules = rules;
        self
    }

    /// 口径: one sentence that says what is counted, by the rules in force.
    pub fn definition_in(&self, settings: &Settings) -> String {
        let mut parts = self.definition.split('#');
        let mut said = parts.next().unwrap_or_default().to_owned();
        for (rule, part) in self.rules.iter().zip(parts) {
            said.push_str(rule.shown(settings));
            said.push_str(part);
        }
        said
    }

    /// Only of these kinds of unit.
    #[must_use]
    pub const fn of(mut self, applies: Applies) -> Indicator {
        self.applies = applies;
        self
    }

    /// Made otherwise than as a share.
    #[must_use]
    pub const fn form(mut self, form: Form, measure: &'static str) -> Indicator {
        self.form = form;
        self.measure = measure;
        self
    }

    /// With what the records of no unit add to the value of the town.
    #[must_use]
    pub const fn whole(mut self, whole: fn(&Whole, &mut Tally)) -> Indicator {
        self.whole = Some(whole);
        self
    }

    /// With another aim.
    #[must_use]
    pub const fn aim(mut self, aim: Aim) -> Indicator {
        self.aim = aim;
        self
    }

    /// Kinds of unit with the town's setting.
    pub fn applies(&self, settings: &Settings) -> Applies {
        match settings.own(&self.key(Own::Kinds)) {
            Some("village") => Applies::Villages,
            Some("community") => Applies::Communities,
            Some("both") => Applies::Both,
            _ => self.applies,
        }
    }

    /// Aim with the town's setting; the shape of the aim stays.
    pub fn aim_in(&self, settings: &Settings) -> Option<Decimal> {
        let default = match self.aim {
            Aim::Percent(n) | Aim::PerUnit(n) | Aim::AtMost(n) => n,
            Aim::Nothing => return None,
        };
        Some(
            self.own_number(Own::Target, settings)
                .unwrap_or(Decimal::whole(default)),
        )
    }

    /// Weight in the programme's progress, in ten-thousandths.
    pub fn weight_in(&self, settings: &Settings) -> i64 {
        let weight = self
            .own_number(Own::Weight, settings)
            .unwrap_or(Decimal::whole(self.weight));
        weight.ten_thousandths().max(0)
    }

    /// Id of the setting by which a town changes something of it.
    pub fn key(&self, what: Own) -> String {
        format!("{}.{}", what.code(), self.id)
    }

    pub(super) fn own_number(&self, what: Own, settings: &Settings) -> Option<Decimal> {
        settings.own(&self.key(what)).and_then(Decimal::parse)
    }

    /// The tally of one unit.
    pub fn tally(&self, ctx: &Ctx) -> Tally {
        let mut tally = Tally::default();
        (self.compute)(ctx, &mut tally);
        tally
    }

    /// The tally of the town beside its units; `None` where nothing is kept for all of them.
    pub fn tally_of_town(&self, whole: &Whole) -> Option<Tally> {
        let compute = self.whole?;
        let mut tally = Tally::default();
        compute(whole, &mut tally);
        Some(tally)
    }
}

/// Everything a formula may look at: one unit's records in a span of time.
pub struct Ctx<'a> {
    /// All records.
    pub records: &'a dyn Records,
    /// The unit as it was on the day.
    pub unit: &'a UnitAt,
    /// The span counted; states are those of its last day.
    pub span: Span,
    /// Settings in force.
    pub settings: &'a Settings,
}

/// What a formula over the town beside its units may look at.
pub struct Whole<'a> {
    /// All records.
    pub records: &'a dyn Records,
    /// The span counted; states are those of its last day.
    pub span: Span,
}

impl<'a> Whole<'a> {
    /// Every row of one ledger.
    pub fn rows<R: TypedRow<'a>>(&self) -> Vec<R> {
        crate::model::records::rows(self.records)
    }
}

impl<'a> Ctx<'a> {
    /// Rows of one ledger that belong to the unit or to a unit merged into it.
    pub fn rows<R: TypedRow<'a>>(&self) -> Vec<R> {
        let mut found = Vec::new();
        for code in &self.unit.codes {
            self.records
                .visit(R::SCHEMA, Some(code), &mut |cells| found.push(R::of(cells)));
        }
        found
    }
}
