//! 发展党员 of a part of the town as a board: every person by stage, with the next step, its first and its last day and
//! what stands in its way; and the step of one meeting for several persons (M23).

use super::development::{asked, key, next_act};
use crate::model::date::Day;
use crate::model::engine::due::State;
use crate::model::engine::indicator::{Ctx, UnitAt};
use crate::model::ledger::{Field, Slot, TypedRow as _};
use crate::model::notice::Notice;
use crate::model::programmes;
use crate::model::programmes::seedling::development::{
    Planned, STEPS, Stage, Standing, deadlines, number, schedule, stage_at,
};
use crate::model::programmes::seedling::ledgers::development::{Development, Inspection};
use crate::model::programmes::seedling::statistics::QUOTA;
use crate::model::records::{Draft, Records};
use crate::model::settings::Settings;
use crate::model::value::Decimal;
use crate::order::Arrange as _;
use crate::view::charts::source::{Source, record_href};
use crate::view::flow::{Answers, Place, perform};
use crate::view::form::text_of;
use crate::view::route::{Address, Route};

/// The stages that the board shows, in order.
pub const STAGES: [Stage; 5] = [
    Stage::Applicant,
    Stage::Activist,
    Stage::Candidate,
    Stage::Probationary,
    Stage::Extended,
];

/// Days before its last day from which a step is announced.
const LEAD: i32 = crate::model::engine::due::LEAD;

/// One person on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Id of the file.
    pub id: String,
    /// The person.
    pub name: String,
    /// The file.
    pub href: String,
    /// Name and page of the unit.
    pub unit: (String, String),
    /// Code of the unit.
    pub code: String,
    /// What is to be registered next: the key of the act.
    pub act: &'static str,
    /// `5 指定培养联系人`.
    pub next: String,
    /// Who takes it.
    pub who: &'static str,
    /// Days since the last step that was taken.
    pub waiting: Option<i32>,
    /// What is said of its days.
    pub says: String,
    /// How it stands.
    pub state: State,
    /// Its last day.
    pub due: Option<Day>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The stage.
    pub stage: Stage,
    /// The persons, those that are late first.
    pub cards: Vec<Card>,
}

/// How much of the quota of the year is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaVm {
    /// Members admitted.
    pub used: Decimal,
    /// The quota.
    pub of: Decimal,
}

impl QuotaVm {
    /// `已接收 20 人，指标 28 人，还可接收 8 人`.
    pub fn words(&self) -> String {
        let left = self.of - self.used;
        let rest = if left < Decimal::ZERO {
            format!("超出 {} 人", Decimal::ZERO - left)
        } else if left == Decimal::ZERO {
            "指标已用完".to_owned()
        } else {
            format!("还可接收 {left} 人")
        };
        format!("已接收 {} 人，指标 {} 人，{rest}", self.used, self.of)
    }
}

/// The board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardVm {
    /// The day.
    pub day: Day,
    /// Whose: `全镇`.
    pub whose: String,
    /// The stages.
    pub columns: Vec<Column>,
    /// Members admitted in the year, and the quota; `None` where none was entered.
    pub quota: Option<QuotaVm>,
    /// Whether there is any file at all.
    pub is_empty: bool,
}

impl BoardVm {
    /// How many persons stand so.
    pub fn count(&self, state: State) -> usize {
        self.cards().filter(|card| card.state == state).count()
    }

    /// Every person.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.columns.iter().flat_map(|column| &column.cards)
    }

    /// The acts that are next for somebody, in the order of the steps: key, words, for how many.
    pub fn acts(&self) -> Vec<(&'static str, String, usize)> {
        let mut acts: Vec<(&'static str, String, usize)> = Vec::new();
        for card in self.cards() {
            match acts.iter_mut().find(|(key, ..)| *key == card.act) {
                Some((.., count)) => *count += 1,
                None => acts.push((card.act, card.next.clone(), 1)),
            }
        }
        acts.arrange_by_key(|(key, ..)| order(key));
        acts
    }
}

/// The place of an act among the steps: a notice is posted before its step, a meeting held again comes after it.
fn order(act: &str) -> (usize, u8) {
    let at = |field: &str| STEPS.iter().position(|step| step.field == field).unwrap_or(STEPS.len());
    match act {
        key::POST => (at(Development::FIELDS.noticed), 0),
        key::AGAIN => (at(Development::FIELDS.revoted), 2),
        field => (at(field), 1),
    }
}

/// The board on the last day of the period.
pub fn board(source: Source) -> BoardVm {
    let (span, settings) = (source.board.span(), source.board.settings());
    let mut columns: Vec<Column> = STAGES
        .into_iter()
        .map(|stage| Column {
            stage,
            cards: Vec::new(),
        })
        .collect();
    let mut is_empty = true;
    for unit in source.board.frame().units_in(source.board.reach()) {
        let ctx = Ctx {
            records: source.records,
            unit,
            span,
            settings,
        };
        let inspections = ctx.rows::<Inspection>();
        for row in ctx.rows::<Development>() {
            is_empty = false;
            let stage = stage_at(row, span.to);
            let column = columns.iter_mut().find(|column| Some(column.stage) == stage);
            if let (Some(column), Some(card)) = (column, card(row, unit, &inspections, span.to, settings)) {
                column.cards.push(card);
            }
        }
    }
    for column in &mut columns {
        // Late ones first, then by last day; those without one after.
        column.cards.arrange_by_key(|card| {
            (
                card.state,
                card.due.is_none(),
                card.due,
                std::cmp::Reverse(card.waiting),
            )
        });
    }
    BoardVm {
        day: span.to,
        whose: source.whose(),
        columns,
        quota: quota(source),
        is_empty,
    }
}

/// The quota as its statistic counts it.
fn quota(source: Source) -> Option<QuotaVm> {
    let reach = source.board.reach().clone();
    let mut own = programmes::statistics_board(source.board.period(), source.board.as_of())
        .over(reach.clone())
        .of_kind(source.board.community());
    own.refresh_some(source.records, &[&QUOTA]);
    let reading = own.reading(&QUOTA, &reach);
    (reading.denominator > Decimal::ZERO).then_some(QuotaVm {
        used: reading.numerator,
        of: reading.denominator,
    })
}

fn card(row: Development, unit: &UnitAt, inspections: &[Inspection], today: Day, settings: &Settings) -> Option<Card> {
    let (act, label) = next_act(row, today)?;
    let planned = schedule(row, today, settings);
    let now = planned.iter().find(|one| one.standing == Standing::Now)?;
    let last = planned.iter().filter_map(|one| one.day).max();
    let running = deadlines(row, inspections, today, settings);
    let inspection = running
        .iter()
        .find(|one| one.step.field == Development::FIELDS.inspected);
    let due = running.first().map(|one| one.due);
    let state = match due {
        Some(due) if due < today => State::Late,
        Some(due) if due.plus_days(-LEAD) <= today => State::Soon,
        _ => State::Ahead,
    };
    Some(Card {
        id: row.id().to_owned(),
        name: row.name().unwrap_or_default().to_owned(),
        href: record_href(row.id()),
        unit: (unit.name.clone(), Address::from(Route::Unit(unit.code.clone())).hash()),
        code: unit.code.clone(),
        act,
        next: format!("{} {label}", number(now.step.field)),
        who: now.step.who,
        waiting: last.map(|day| today.since(day)),
        says: says(row, now, inspection.map(|one| one.due), today),
        state,
        due,
    })
}

/// First and last day, and what stands in the way.
fn says(row: Development, now: &Planned, inspection: Option<Day>, today: Day) -> String {
    let mut said = Vec::new();
    said.extend(now.earliest.filter(|day| *day > today).map(|day| format!("最早 {day}")));
    said.extend(now.latest.map(|day| format!("期限 {day}")));
    if let Some(day) = inspection {
        said.push(format!("半年考察期限 {day}"));
    }
    // What was entered and does not do; what is still to be entered is asked for when the step is registered.
    let entered = |notice: &&Notice| {
        let slot = Development::LEDGER.slot(&notice.place);
        notice.place != now.step.field && slot.is_some_and(|slot| !row.cells().cell(slot).is_blank())
    };
    said.extend(now.blocks.iter().find(entered).map(|notice| notice.what.clone()));
    said.join("，")
}

/// A step that is registered for several persons at once.
pub struct Sitting<'a> {
    /// Key of the act.
    pub act: &'a str,
    /// The day.
    pub on: Day,
    /// Today.
    pub today: Day,
    /// What holds for all of them, by field.
    pub shared: &'a dyn Fn(&str) -> String,
    /// What is one person's own, by id of the file and field.
    pub own: &'a dyn Fn(&str, &str) -> String,
}

/// The fields of a step, those that hold for all persons and each person's own, for persons whose files these are.
pub fn asked_together(
    records: &dyn Records,
    ids: &[String],
    act: &str,
    today: Day,
    settings: &Settings,
) -> [Vec<(Slot, &'static Field)>; 2] {
    let mut names: [Vec<&'static str>; 2] = [Vec::new(), Vec::new()];
    for id in ids {
        if let Some(cells) = records.find(Development::SCHEMA, id) {
            for (all, some) in names
                .iter_mut()
                .zip(asked(Development::of(cells), act, today, settings))
            {
                for name in some {
                    if !all.contains(&name) {
                        all.push(name);
                    }
                }
            }
        }
    }
    let field = |name: &str| Development::LEDGER.slot(name).zip(Development::LEDGER.field(name));
    names.map(|names| names.into_iter().filter_map(field).collect())
}

/// What is written for all of them: one change, or nothing.
///
/// # Errors
/// Each person for whom it may not be registered, with the reasons.
pub fn together(
    records: &dyn Records,
    ids: &[String],
    sitting: &Sitting<'_>,
) -> Result<Vec<Draft>, Vec<(String, Vec<Notice>)>> {
    let mut drafts = Vec::new();
    let mut refused = Vec::new();
    for id in ids {
        let Some(cells) = records.find(Development::SCHEMA, id) else {
            let gone = Notice::error("", "这份档案已经不在", "重新选择");
            refused.push((id.clone(), vec![gone]));
            continue;
        };
        let row = Development::of(cells);
        let place = Place {
            records,
            ledger: Development::LEDGER,
            cells,
            today: sitting.today,
        };
        // What is not said of the meeting stays as it stands in the file.
        let stands = |field: &str| Development::LEDGER.slot(field).map(|slot| text_of(cells.cell(slot)));
        let text = |field: &str| {
            let said = [(sitting.own)(id, field), (sitting.shared)(field)];
            let said = said.into_iter().find(|text| !text.trim().is_empty());
            said.or_else(|| stands(field)).unwrap_or_default()
        };
        let answers = Answers {
            on: sitting.on,
            text: &text,
            new_id: "",
        };
        match perform(&place, sitting.act, &answers) {
            Ok(mut made) => drafts.append(&mut made),
            Err(notices) => refused.push((row.name().unwrap_or_default().to_owned(), notices)),
        }
    }
    if refused.is_empty() { Ok(drafts) } else { Err(refused) }
}
