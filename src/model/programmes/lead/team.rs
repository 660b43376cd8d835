//! The two committees of a unit on a day, and what they are like: before a round and after it (T3–T7).

use super::election;
use super::indicators::{current, is_college};
use super::ledgers::{Cadre, Election, Secretary, SecretarySource, Sex};
use crate::model::date::{Day, Month};
use crate::model::engine::indicator::{Ctx, Period};

/// What a share is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// 35岁以下.
    Young,
    /// 大专以上.
    College,
    /// 女性.
    Women,
    /// 一肩挑, of secretaries.
    BothPosts,
    /// 交叉任职.
    BothCommittees,
    /// 新任.
    New,
    /// 致富能手或返乡.
    Able,
}

impl Measure {
    /// All of them, in display order.
    pub const ALL: [Measure; 7] = [
        Measure::Young,
        Measure::College,
        Measure::Women,
        Measure::BothPosts,
        Measure::BothCommittees,
        Measure::New,
        Measure::Able,
    ];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Measure::Young => "35岁以下",
            Measure::College => "大专以上",
            Measure::Women => "女性",
            Measure::BothPosts => "一肩挑",
            Measure::BothCommittees => "交叉任职",
            Measure::New => "新任",
            Measure::Able => "致富能手或返乡",
        }
    }
}

/// How many are so, of those of whom it is known. Of nobody: not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Who are.
    pub yes: i64,
    /// Of whom it is known.
    pub known: i64,
}

impl Share {
    fn add(&mut self, is: Option<bool>) {
        if let Some(is) = is {
            self.yes += i64::from(is);
            self.known += 1;
        }
    }

    fn and(self, other: Share) -> Share {
        Share {
            yes: self.yes + other.yes,
            known: self.known + other.known,
        }
    }
}

/// What is known of a team, or of those of many units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Team {
    /// How many people are registered.
    pub people: i64,
    /// Months lived, of those whose birth is known.
    pub months: i64,
    /// How many those are.
    pub aged: i64,
    shares: [Share; Measure::ALL.len()],
}

impl Team {
    /// How many are so.
    pub fn share(&self, measure: Measure) -> Share {
        self.shares[measure as usize]
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Team) -> Team {
        let mut shares = self.shares;
        for (own, other) in shares.iter_mut().zip(other.shares) {
            *own = own.and(other);
        }
        Team {
            people: self.people + other.people,
            months: self.months + other.months,
            aged: self.aged + other.aged,
            shares,
        }
    }
}

/// Somebody on a team.
struct Person<'a> {
    name: &'a str,
    is_secretary: bool,
    sex: Option<&'a str>,
    birth: Option<Month>,
    education: Option<&'a str>,
    both_posts: Option<bool>,
    both_committees: Option<bool>,
    able: Option<bool>,
}

fn of_secretary(row: Secretary<'_>) -> Person<'_> {
    let able = row.source().map(|code| {
        let able = [SecretarySource::Returnee, SecretarySource::Thousand];
        able.into_iter().any(|source| source.is(Some(code)))
    });
    let linked = row.returnee().is_some() || row.path().is_some();
    Person {
        name: row.name().unwrap_or_default(),
        is_secretary: true,
        sex: row.sex(),
        birth: row.birth(),
        education: row.education(),
        both_posts: row.both_posts(),
        // Who heads both sits on both; who does not may sit on both all the same.
        both_committees: row.both_posts().filter(|both| *both),
        able: if linked { Some(true) } else { able },
    }
}

fn of_cadre(row: Cadre<'_>) -> Person<'_> {
    Person {
        name: row.name().unwrap_or_default(),
        is_secretary: false,
        sex: row.sex(),
        birth: row.birth(),
        education: row.education(),
        both_posts: None,
        both_committees: row.both_committees(),
        able: row.path().map(|_| true).or(row.able()),
    }
}

/// Who was on the team of a unit on a day: the secretary, then the others.
fn on<'a>(ctx: &Ctx<'a>, day: Day) -> Vec<Person<'a>> {
    let then = Ctx {
        span: Period::Year(day.year()).span(day),
        ..*ctx
    };
    let cadres = then.rows::<Cadre>().into_iter();
    let serving = cadres.filter(|row| row.since().is_some() && then.span.holds(row.since(), row.until()));
    current(&then)
        .map(of_secretary)
        .into_iter()
        .chain(serving.map(of_cadre))
        .collect()
}

/// What people are like on a day; new are those who were not among `before`, if anybody of their kind was.
fn measured(people: &[Person], day: Day, before: Option<&[Person]>) -> Team {
    let mut team = Team {
        people: i64::try_from(people.len()).unwrap_or_default(),
        ..Team::default()
    };
    for person in people {
        let months = person.birth.map(|birth| i64::from(day.month().since(birth)));
        team.months += months.unwrap_or_default();
        team.aged += i64::from(months.is_some());
        let new = before
            .filter(|before| before.iter().any(|old| old.is_secretary == person.is_secretary))
            .map(|before| before.iter().all(|old| old.name != person.name));
        let answers = [
            months.map(|months| months <= 35 * 12),
            person.education.map(is_college),
            person.sex.map(|sex| sex == Sex::Female.code()),
            person.both_posts,
            person.both_committees,
            new,
            person.able,
        ];
        for (share, is) in team.shares.iter_mut().zip(answers) {
            share.add(is);
        }
    }
    team
}

/// A team before a round and after it; `None` where nobody is registered for that day, or it has not come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// On the day before the vote; of a round without a vote today.
    pub before: Option<Team>,
    /// On the day after the work was handed over.
    pub after: Option<Team>,
}

impl Change {
    /// That of two units.
    #[must_use]
    pub fn and(self, other: Change) -> Change {
        let both = |one: Option<Team>, other: Option<Team>| match (one, other) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        };
        Change {
            before: both(self.before, other.before),
            after: both(self.after, other.after),
        }
    }
}

/// How the team of a unit changed in the round of a year.
pub fn change(ctx: &Ctx, year: i32) -> Change {
    let today = ctx.span.to;
    let file = election::file_of(ctx, year);
    let past = |day: Option<Day>| day.filter(|day| *day <= today);
    let vote = file.and_then(|file| past(file.voted()));
    let before_day = vote.map_or(today, |day| day.plus_days(-1));
    let before = on(ctx, before_day);
    let after_day = file
        .and_then(|file| past(file.handed_over()))
        .map(|day| day.plus_days(1));
    let after = after_day.map(|day| (on(ctx, day), day));
    let kept = |team: Team| (team.people > 0).then_some(team);
    Change {
        before: kept(measured(&before, before_day, None)),
        after: after.and_then(|(people, day)| {
            let team = kept(measured(&people, day, Some(&before)))?;
            Some(file.map_or(team, |file| counted(team, file)))
        }),
    }
}

/// Where the register says of nobody whether they are women or on both committees, the counts of the file do.
fn counted(mut team: Team, file: Election) -> Team {
    let of_file = [
        (Measure::Women, file.women()),
        (Measure::BothCommittees, file.both_committees()),
    ];
    for (measure, count) in of_file {
        let share = &mut team.shares[measure as usize];
        if let (0, Some(yes), Some(known)) = (share.known, count, file.seats()) {
            *share = Share { yes, known };
        }
    }
    team
}
