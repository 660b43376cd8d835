//! A plan in the making: its columns, what is here by what names it, and what is asked.

use std::collections::{BTreeMap, BTreeSet};

use office::book::Table;

use super::super::cell::Manner;
use super::super::layout::{Column, Grid, Layout};
use super::super::mapping::measure_of;
use super::super::names::Names;
use super::kinds::{Asked, Ground, Job, Plan, Problem, Question};
use crate::model::ledger::{Cells as _, Field, Kind, Slot, slots};
use crate::model::records::Draft;
use crate::model::value::Value;
use crate::view::cells::one_line;

/// A column that fills a field.
pub(super) struct Filled {
    pub(super) at: usize,
    pub(super) slot: Slot,
    pub(super) field: &'static Field,
    pub(super) heading: String,
    pub(super) manner: Manner,
    /// The question that has to be answered before any of its cells is taken.
    pub(super) waits: bool,
}

pub(super) struct Planner<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) job: &'a Job,
    pub(super) grid: Grid<'a>,
    pub(super) names: Names<'a>,
    /// Columns in the order they are read: the unit first.
    pub(super) columns: Vec<Filled>,
    /// Ids of records by their natural key.
    pub(super) keys: BTreeMap<String, Vec<String>>,
    /// Ids of records by what the mapped fields say.
    pub(super) sayings: BTreeMap<String, Vec<String>>,
    /// Rows by their natural key, or by what they say where there is none.
    pub(super) seen: BTreeMap<String, u32>,
    /// The records as they would be, by place of the row in the plan.
    pub(super) whole: BTreeMap<usize, Draft>,
    /// The same for rows with cells that cannot be taken, as far as they can be read.
    pub(super) broken: BTreeMap<usize, Draft>,
    pub(super) plan: Plan,
    pub(super) own: bool,
    /// Records of the form whose rows were read.
    pub(super) met: BTreeSet<String>,
    /// Records that a row means, with the number of the row.
    pub(super) meant: BTreeMap<String, u32>,
    /// Rows that were read and wait until all are.
    pub(super) read: Vec<Kept>,
}

/// A row being read.
pub(super) struct Reading {
    pub(super) number: u32,
    pub(super) values: Vec<(Slot, Value)>,
    pub(super) problems: Vec<Problem>,
    pub(super) says: Vec<String>,
    pub(super) waits: bool,
    /// The record that the row was given out with.
    pub(super) record: Option<String>,
    /// Fields that held something then and are empty now.
    pub(super) emptied: Vec<Slot>,
}

/// What a row calls itself, and the records that are called so.
#[derive(Default)]
pub(super) struct Naming {
    /// The natural key, or all that the row says where it has none.
    pub(super) own: String,
    /// Ids of the records.
    pub(super) known: Vec<String>,
    /// The record among them that says all that the row says, and that no other row means.
    pub(super) same: Option<String>,
}

/// A row that was read.
pub(super) struct Kept {
    pub(super) reading: Reading,
    pub(super) draft: Draft,
    /// Whether the person left it out.
    pub(super) left_out: bool,
    pub(super) naming: Naming,
}

impl Reading {
    pub(super) fn value(&self, slot: Slot) -> Option<&Value> {
        let found = self.values.iter().find(|(s, _)| *s == slot);
        found.map(|(_, value)| value).filter(|value| !value.is_blank())
    }
}

fn written(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Text(text) => out.push_str(&one_line(text)),
        other => other.write_json(&mut out),
    }
    out
}

/// Values joined so that two rows with equal ones read alike.
pub(super) fn joined<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    let parts = values.map(|value| {
        if value.is_blank() {
            String::new()
        } else {
            written(value)
        }
    });
    parts.collect::<Vec<_>>().join("\u{1f}")
}

impl<'a> Planner<'a> {
    pub(super) fn new(ground: &'a Ground<'a>, table: &'a Table, layout: &'a Layout, job: &'a Job) -> Planner<'a> {
        let mut planner = Planner {
            ground,
            job,
            grid: Grid::new(table),
            names: Names::new(ground.records, ground.catalogue),
            columns: Vec::new(),
            keys: BTreeMap::new(),
            sayings: BTreeMap::new(),
            seen: BTreeMap::new(),
            whole: BTreeMap::new(),
            broken: BTreeMap::new(),
            plan: Plan::default(),
            own: layout.own,
            met: BTreeSet::new(),
            meant: BTreeMap::new(),
            read: Vec::new(),
        };
        for mapped in &job.mapped {
            let field = mapped.slot.and_then(|slot| Some((slot, job.ledger.field_at(slot)?)));
            if let (Some((slot, field)), Some(column)) = (field, layout.column(mapped.at)) {
                let filled = planner.column(slot, field, column, layout);
                planner.columns.extend(filled);
            }
        }
        planner.columns.sort_by_key(|c| (c.slot != slots::UNIT, c.at));
        planner.index();
        planner
    }

    /// How a column is read; `None` if it is hidden and left out.
    pub(super) fn column(
        &mut self,
        slot: Slot,
        field: &'static Field,
        column: &Column,
        layout: &Layout,
    ) -> Option<Filled> {
        let mut waits = false;
        if column.hidden {
            let asks = format!("“{}”这一列在表里是隐藏的，一起导入吗？", column.label());
            let answer = self.ask(Asked::HiddenColumn(column.at), asks, yes_no(), None);
            match answer.as_deref() {
                Some("yes") => {}
                Some(_) => return None,
                None => waits = true,
            }
        }
        let mut yuan = false;
        let named = measure_of(&column.heading()).map(str::to_owned);
        let above = || {
            ["单位：元", "单位:元", "（元）", "(元)"]
                .iter()
                .any(|w| layout.above.contains(w))
        };
        let says_yuan = named.as_deref() == Some("元") || named.is_none() && above();
        if field.measure == Some("万元") && says_yuan {
            let asks = format!(
                "表上写的单位是元，{}按万元登记，“{}”这一列是元吗？",
                field.label,
                column.label()
            );
            let options = vec![
                ("yuan".to_owned(), "是元，换算成万元".to_owned()),
                ("wan".to_owned(), "就是万元，不换算".to_owned()),
            ];
            match self.ask(Asked::Scale(column.at), asks, options, None).as_deref() {
                Some("yuan") => yuan = true,
                Some(_) => {}
                None => waits = true,
            }
        }
        let ledger = self.job.ledger;
        Some(Filled {
            at: column.at,
            slot,
            field,
            heading: column.label(),
            manner: Manner {
                own: self.own,
                yuan,
                names: ledger.key.contains(&field.name) || ledger.title.contains(&field.name),
                today: self.ground.today,
            },
            waits,
        })
    }

    /// The records that are here, by natural key and by what the mapped fields say.
    pub(super) fn index(&mut self) {
        let ledger = self.job.ledger;
        let key: Vec<Slot> = ledger.key.iter().filter_map(|name| ledger.slot(name)).collect();
        let plain = self.plain_slots();
        let (mut keys, mut sayings) = (BTreeMap::new(), BTreeMap::new());
        self.ground.records.visit(ledger.schema, None, &mut |cells| {
            let filled = !key.is_empty() && key.iter().all(|slot| !cells.cell(*slot).is_blank());
            if filled {
                let text = joined(key.iter().map(|slot| cells.cell(*slot)));
                keys.entry(text).or_insert_with(Vec::new).push(cells.id().to_owned());
            }
            let text = joined(plain.iter().map(|slot| cells.cell(*slot)));
            sayings.entry(text).or_insert_with(Vec::new).push(cells.id().to_owned());
        });
        self.keys = keys;
        self.sayings = sayings;
    }

    /// The slots that rows fill, those with one value for all rows included.
    pub(super) fn mapped_slots(&self) -> Vec<Slot> {
        let columns = self.columns.iter().map(|c| c.slot);
        let mut all: Vec<Slot> = columns.chain(self.job.fixed.iter().map(|(slot, _)| *slot)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Those of them that name no other record: what a reference names may have come later.
    pub(super) fn plain_slots(&self) -> Vec<Slot> {
        let mut all = self.mapped_slots();
        let refers = |slot: &Slot| {
            let field = self.job.ledger.field_at(*slot);
            field.is_some_and(|field| matches!(field.kind, Kind::Ref | Kind::Refs))
        };
        all.retain(|slot| !refers(slot));
        all
    }

    /// Whether a record and a row name no different records.
    pub(super) fn agrees(&self, id: &str, draft: &Draft) -> bool {
        let Some(stands) = self.ground.records.find(self.job.ledger.schema, id) else {
            return false;
        };
        self.mapped_slots().iter().all(|slot| {
            let (one, other) = (stands.cell(*slot), draft.cell(*slot));
            one.is_blank() || other.is_blank() || joined([one].into_iter()) == joined([other].into_iter())
        })
    }

    /// Whether a record says all that a row says.
    pub(super) fn says(&self, id: &str, draft: &Draft) -> bool {
        let Some(stands) = self.ground.records.find(self.job.ledger.schema, id) else {
            return false;
        };
        draft.cells.iter().all(|(slot, value)| {
            value.is_blank() || joined([stands.cell(*slot)].into_iter()) == joined([value].into_iter())
        })
    }

    /// Asks, once for each thing; the answer if it was given.
    pub(super) fn ask(
        &mut self,
        about: Asked,
        asks: String,
        options: Vec<(String, String)>,
        row: Option<u32>,
    ) -> Option<String> {
        let answer = self.job.answers.get(&about).cloned();
        match self.plan.questions.iter_mut().find(|q| q.about == about) {
            Some(known) => known.rows.extend(row.filter(|row| known.rows.last() != Some(row))),
            None => self.plan.questions.push(Question {
                about,
                asks,
                options,
                rows: row.into_iter().collect(),
                answer: answer.clone(),
            }),
        }
        answer
    }
}

pub(super) fn yes_no() -> Vec<(String, String)> {
    vec![
        ("yes".to_owned(), "一起导入".to_owned()),
        ("no".to_owned(), "不导入".to_owned()),
    ]
}
