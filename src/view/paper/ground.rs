//! What a paper is made from: what was asked for, the records, and the figures of now and of earlier periods.

use super::block::{Density, Paper};
use crate::model::date::Day;
use crate::model::engine::indicator::{Board, Indicator, Period, Reading, Roster, Scope};
use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::programmes;
use crate::model::programmes::town::ledgers::{District, Town};
use crate::model::programmes::town::rules::{PAPER_ADDRESSEE, PAPER_OFFICE, PAPER_SIGNATURE, PAPER_TIMES};
use crate::model::programmes::{catalogue, indicators};
use crate::model::records::{Records, rows};
use crate::model::settings::Settings;
use crate::view::follow::{FollowVm, follow_ups};
use crate::view::standing::Overdue;
use crate::view::{format, period, show};

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Of whom.
    pub scope: Scope,
    /// Over what time.
    pub period: Period,
    /// The day the paper is written on; figures are of the evening of this day or of the period's last.
    pub today: Day,
    /// The record it is about; `None` of all that fit.
    pub record: Option<String>,
    /// Whether names and phones stand in papers that show; else they are masked.
    pub personal: bool,
}

/// The same with the records.
pub struct Ground<'a> {
    /// What was asked for.
    pub asked: &'a Asked,
    /// All records.
    pub records: &'a dyn Records,
    /// The settings in force.
    pub settings: Settings,
    /// The day the figures are of.
    pub day: Day,
}

/// Figures of the period and of those before.
pub struct Figures<'a> {
    /// Of the period.
    pub now: Board,
    /// Of earlier ones, each with its words: `上年同期`.
    pub earlier: Vec<(&'static str, Board)>,
    /// What needs a hand on the day, in the scope.
    pub todo: Vec<FollowVm>,
    /// What is late of it.
    pub overdue: Overdue,
    records: &'a dyn Records,
}

impl Figures<'_> {
    /// The reading of an earlier period; nothing where nobody had entered anything by then.
    pub fn then(&self, board: &Board, indicator: &'static Indicator, scope: &Scope) -> Option<Reading> {
        let was_kept = board.was_kept(self.records, indicator, scope);
        was_kept.then(|| board.reading(indicator, scope))
    }

    /// Progress of a programme in an earlier period; nothing where something that is judged now was not entered by then:
    /// the two would not be of the same.
    pub fn progress_then(&self, board: &Board, programme: Programme, scope: &Scope) -> Option<i64> {
        let mut judged = indicators().filter(|i| i.programme == programme);
        let is_same = judged.all(|indicator| {
            self.now.reading(indicator, scope).progress.is_none() || board.was_kept(self.records, indicator, scope)
        });
        is_same.then(|| board.progress(programme, scope)).flatten()
    }
}

impl<'a> Ground<'a> {
    /// What a paper is made from.
    pub fn new(records: &'a dyn Records, asked: &'a Asked) -> Ground<'a> {
        let last = asked.period.span(asked.today).to;
        Ground {
            asked,
            records,
            settings: programmes::settings(records),
            day: last.min(asked.today),
        }
    }

    /// Whether the period has begun; of one that has not, nothing can be told.
    pub fn has_begun(&self) -> bool {
        let first = self.asked.period.span(self.asked.today).from;
        first.is_none_or(|first| first <= self.asked.today)
    }

    /// What needs a hand on the day, in the scope: the one source of what is late, for every paper.
    pub fn todo(&self) -> Vec<FollowVm> {
        follow_ups(self.records, catalogue(), self.day, &self.asked.scope)
    }

    /// The figures; they cost a reading of all records.
    pub fn figures(&self) -> Figures<'a> {
        let board = |period: Period, day: Day| {
            let mut board = programmes::board(period, day);
            board.refresh(self.records);
            board
        };
        let earlier = period::earlier(self.asked.period, self.day).into_iter();
        let todo = self.todo();
        Figures {
            now: board(self.asked.period, self.day),
            earlier: earlier.map(|(word, period, day)| (word, board(period, day))).collect(),
            overdue: Overdue::of(&todo),
            todo,
            records: self.records,
        }
    }

    /// The units of the town on the day.
    pub fn roster(&self) -> Roster {
        programmes::roster(self.records, self.day)
    }

    /// A paper without blocks.
    pub fn paper(&self, kind: &str) -> Paper {
        let scope = match (&self.asked.record, &self.asked.scope) {
            (Some(record), _) => record.clone(),
            (None, Scope::Town) => "town".to_owned(),
            (None, Scope::District(id) | Scope::Unit(id)) => id.clone(),
        };
        Paper {
            kind: kind.to_owned(),
            scope,
            period: period::key(self.asked.period),
            day: self.day.to_string(),
            density: Density::Norm,
            times: PAPER_TIMES.get(&self.settings),
            ..Paper::default()
        }
    }

    /// The name of the town: `天城镇`; `本镇` where it has none.
    pub fn town(&self) -> String {
        let named = rows::<Town>(self.records).into_iter().find_map(|t| t.name());
        named.map_or_else(|| "本镇".to_owned(), show::name)
    }

    /// Whose paper it is, in words: `天城镇`, `天城镇寺前片区`, `天城镇寺前村`.
    pub fn whose(&self) -> String {
        match &self.asked.scope {
            Scope::Town => self.town(),
            Scope::District(id) => format!("{}{}", self.town(), show::district_name(self.records, id)),
            Scope::Unit(code) => format!("{}{}", self.town(), show::unit_name(self.records, code)),
        }
    }

    /// The same where the town is understood: `全镇`, `寺前片区`, `寺前村`.
    pub fn here(&self) -> String {
        crate::view::reach::name(self.records, &self.asked.scope)
    }

    /// The office that sends the paper: `中共天城镇委员会`, or as the town set it.
    pub fn office(&self) -> String {
        match PAPER_OFFICE.get(&self.settings) {
            "" => format!("中共{}委员会", self.town()),
            own => own.to_owned(),
        }
    }

    /// Whom a report of the town goes to: `中共崇阳县委`, or as the town set it; nobody where neither is known.
    pub fn addressee(&self) -> Option<String> {
        let county = rows::<Town>(self.records).into_iter().find_map(|t| t.county());
        match (PAPER_ADDRESSEE.get(&self.settings), county) {
            ("", county) => county.map(|name| format!("中共{name}委")),
            (own, _) => Some(own.to_owned()),
        }
    }

    /// Who signs a paper of the scope: the office, or the party organisation of the unit.
    pub fn signature(&self) -> String {
        let own = PAPER_SIGNATURE.get(&self.settings);
        match &self.asked.scope {
            Scope::Unit(code) => self.organisation(code),
            _ if own.is_empty() => self.office(),
            _ => own.to_owned(),
        }
    }

    /// The party organisation of a unit: `中共天城镇寺前村总支部委员会`; of an unknown type `寺前村党组织`.
    pub fn organisation(&self, code: &str) -> String {
        use crate::model::programmes::town::ledgers::{Unit, UnitOrgType};
        let name = show::unit_name(self.records, code);
        let kind = self
            .records
            .find(Unit::SCHEMA, code)
            .and_then(|u| Unit::of(u).org_type());
        let form = match UnitOrgType::of(kind) {
            Some(UnitOrgType::Committee) => "委员会",
            Some(UnitOrgType::GeneralBranch) => "总支部委员会",
            Some(UnitOrgType::Branch) => "支部委员会",
            None => return format!("{name}党组织"),
        };
        format!("中共{}{name}{form}", self.town())
    }

    /// A person's name as it stands in a paper that shows: the family name alone, unless personal data were asked for.
    pub fn person(&self, name: &str) -> String {
        match self.asked.personal {
            true => show::name(name),
            false => masked_name(name),
        }
    }

    /// Districts with their names, in the order of the town.
    pub fn districts(&self) -> Vec<(String, String)> {
        let all: Vec<District> = show::districts(self.records);
        let named = all
            .into_iter()
            .map(|d| (d.id().to_owned(), show::district_name(self.records, d.id())));
        named.collect()
    }
}

/// `张某某` for 张三丰 and for 张三: a name without what tells the person apart.
pub fn masked_name(name: &str) -> String {
    name.chars()
        .next()
        .map_or_else(String::new, |first| format!("{first}某某"))
}

/// A day in running text: `2022年11月22日`.
pub fn date(day: Day) -> String {
    let (year, month, date) = day.ymd();
    format::date_in_text(year, month.unsigned_abs(), date.unsigned_abs())
}

/// A day that may be missing, as a form leaves room for it.
pub fn date_or_blank(day: Option<Day>) -> String {
    day.map_or_else(|| "　　　年　　月　　日".to_owned(), date)
}
