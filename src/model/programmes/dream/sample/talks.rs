//! 筑梦 of the sample: plans, night talks, suggestions.

use crate::model::date::Day;
use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{Matter, NightTalk, Plan, Suggestion};
use crate::model::programmes::dream::sample::words::{
    COMMUNITY_PLACES, COMMUNITY_TOPICS, DECLINED, OUTCOMES, Topic, VILLAGE_PLACES, VILLAGE_TOPICS, suggestions,
};
use crate::model::programmes::town::sample::units::UNITS;
use crate::model::programmes::town::sample::units::{secretary_name, unit, units};
use crate::order::Arrange;

/// Night talks of February (from the 10th) to November 2022: 146 in all (article: 84 + 62).
const WINDOW_MONTHS: [usize; 10] = [14, 24, 20, 15, 12, 10, 13, 15, 14, 9];
/// Night talks of January to December of an earlier year.
const EARLIER_MONTHS: [usize; 12] = [4, 7, 11, 10, 9, 8, 7, 9, 10, 11, 9, 8];
/// Star talks among the 146 of the window.
const STAR: usize = 62;

pub(in crate::model) fn fill(maker: &mut Maker) {
    for year in maker.first_year()..=2022 {
        annual_plans(maker, year);
    }
    five_year_plans(maker);
    for year in maker.first_year()..2022 {
        earlier_talks(maker, year);
    }
    let mut pool = Vec::new();
    window_talks(maker, &mut pool);
    raise(maker, &pool);
}

/// Every unit's annual plan is finalised by the end of April.
fn annual_plans(maker: &mut Maker, year: i32) {
    for (index, row) in units() {
        let mut dice = Dice::new("plan", index + year.unsigned_abs() as usize * 64);
        let drafted = ymd(year, 2, 12).plus_days(dice.between(0, 8) as i32);
        let shown = drafted.plus_days(dice.between(4, 12) as i32);
        let consulted = shown.plus_days(dice.between(3, 9) as i32);
        let guided = consulted.plus_days(dice.between(3, 10) as i32);
        let approved = guided.plus_days(dice.between(3, 9) as i32);
        let finalised = approved.plus_days(dice.between(1, 4) as i32);
        let returned = index % 9 == 4;
        let matter = maker.next_id(Matter::SCHEMA, index);
        crate::model::programmes::dream::sample::plans::of_plan(maker, index, year, consulted, finalised);
        let rec = maker.of(Plan::SCHEMA, index, finalised).by_town();
        maker.put(
            rec.text("kind", "annual")
                .int("year", i64::from(year))
                .int("version", if returned { 2 } else { 1 })
                .show("drafted", drafted)
                .show("shown", shown)
                .show("consulted", consulted)
                .show("guided", guided)
                .show("approved", approved)
                .show("finalised", finalised)
                .text(
                    "returned",
                    if returned {
                        "目标写得太笼统，请逐项写明责任人和完成时间"
                    } else {
                        ""
                    },
                )
                .text("guide", format!("示例指导员{:02}", row.district))
                .text("matter", matter)
                .text("summary", summary(row.name, row.community, row.herb)),
        );
    }
}

fn summary(name: &str, community: bool, herb: bool) -> String {
    match (community, herb) {
        (true, _) => format!("{name}：抓实网格服务和红色物业，完成老旧小区改造年度任务，办好群众提出的实事"),
        (_, true) => format!("{name}：管好中药材基地，补齐道路和饮水短板，集体经济稳中有升"),
        _ => format!("{name}：做强一个主导产业，整治人居环境，把群众会上议定的事逐件办好"),
    }
}

/// Five-year plans 2021–2025, finalised before the counting window; three are still under review.
fn five_year_plans(maker: &mut Maker) {
    const WAITING: [&str; 3] = ["龙背村", "渣冲村", "碧田社区"];
    for (index, row) in units() {
        let mut dice = Dice::new("five", index);
        let drafted = ymd(2021, 5, 10).plus_days(dice.between(0, 20) as i32);
        let waiting = WAITING.iter().position(|name| *name == row.name);
        let shown = drafted.plus_days(15);
        let consulted = shown.plus_days(20);
        let reviewed = consulted.plus_days(dice.between(8, 25) as i32);
        // Two wait for a few days, one for three weeks.
        let guided = waiting.map_or(reviewed, |k| {
            crate::model::programmes::sample::as_of().plus_days(-[6, 21, 8][k % 3])
        });
        let done = waiting.is_none().then(|| guided.plus_days(20));
        let rec = maker.of(Plan::SCHEMA, index, guided).by_town();
        maker.put(
            rec.text("kind", "five_year")
                .int("year", 2021)
                .int("until", 2025)
                .int("version", 1)
                .show("drafted", drafted)
                .show("shown", shown)
                .show("consulted", consulted)
                .show("guided", guided)
                .maybe("approved", done)
                .maybe("finalised", done.map(|d| d.plus_days(5)))
                .text(
                    "summary",
                    format!("{}五年规划：产业、阵地、队伍和治理分年推进", row.name),
                ),
        );
    }
}

fn topic(index: usize, dice: &mut Dice) -> &'static Topic {
    let topics = if UNITS[index].community {
        COMMUNITY_TOPICS
    } else {
        VILLAGE_TOPICS
    };
    &topics[dice.roll(topics.len())]
}

fn place(index: usize, dice: &mut Dice) -> &'static str {
    dice.pick(if UNITS[index].community {
        COMMUNITY_PLACES
    } else {
        VILLAGE_PLACES
    })
}

/// Talks of a year before the window; they carry no suggestions of their own.
fn earlier_talks(maker: &mut Maker, year: i32) {
    let mut turn = 0;
    for (month, &count) in (1..).zip(&EARLIER_MONTHS) {
        for k in 0..count {
            let index = (turn * 7 + usize::from(turn >= 39) * 3) % UNITS.len();
            turn += 1;
            let mut dice = Dice::new("earlier", turn + year.unsigned_abs() as usize * 512);
            let date = ymd(year, month, 2 + i32::try_from(k * 26 / count).unwrap_or(0));
            let chosen = topic(index, &mut dice);
            let rec = maker.of(NightTalk::SCHEMA, index, date.plus_days(dice.between(0, 2) as i32));
            maker.put(
                rec.text("kind", if turn % 5 < 3 { "bay" } else { "star" })
                    .show("date", date)
                    .text("place", place(index, &mut dice))
                    .int("members", dice.between(4, 10))
                    .int("masses", dice.between(10, 32))
                    .text("topic", chosen.text)
                    .text("host", secretary_name(index))
                    .text("purpose", chosen.purpose)
                    .text("outcome", dice.pick(OUTCOMES)),
            );
        }
    }
}

/// One talk of the window that suggestions can come from.
struct Session {
    id: String,
    unit: usize,
    date: Day,
    category: &'static str,
}

/// Order of the 146 talks over the year: every unit's talks spread evenly, units out of step.
fn order() -> Vec<(usize, usize)> {
    let mut seats = Vec::new();
    for (index, row) in units() {
        let mut dice = Dice::new("order", index);
        for j in 0..row.talks {
            let place = (j * 10_000 + dice.roll(10_000)) / row.talks;
            seats.push((
                if row.name == "开发区社区" && j == 0 {
                    0
                } else {
                    place + 1
                },
                index,
                j,
            ));
        }
    }
    seats.arrange();
    seats.into_iter().map(|(_, index, j)| (index, j)).collect()
}

fn window_talks(maker: &mut Maker, pool: &mut Vec<Session>) {
    let months = (2..)
        .zip(&WINDOW_MONTHS)
        .flat_map(|(month, &n)| (0..n).map(move |k| (month, k, n)));
    let wangjia = unit("开发区社区");
    let hetian = unit("河田村");
    let mut last = vec![ymd(2022, 2, 9); UNITS.len()];
    for (i, ((index, j), (month, k, n))) in order().into_iter().zip(months).enumerate() {
        let mut dice = Dice::new("talk", i);
        let (first, days) = match month {
            2 => (11, 17),
            11 => (1, 20),
            _ => (1, 29),
        };
        let mut date = ymd(2022, month, first + i32::try_from(k * days / n).unwrap_or(0));
        if date <= last[index] {
            date = last[index].plus_days(1);
        }
        last[index] = date;
        let star = (i + 1) * STAR / 146 > i * STAR / 146;
        let chosen = topic(index, &mut dice);
        let mut text = chosen.text;
        let mut spot = place(index, &mut dice);
        if index == wangjia && j == 0 {
            (spot, text) = ("汪家巷", "老旧小区改造");
        } else if index == hetian && j == 1 {
            text = "全域国土综合整治试点的概念和征求意见";
        }
        let rec = maker.of(NightTalk::SCHEMA, index, date.plus_days(dice.between(0, 2) as i32));
        let id = maker.put(
            rec.text("kind", if star { "star" } else { "bay" })
                .show("date", date)
                .text("place", spot)
                .int("members", dice.between(4, 12))
                .int("masses", dice.between(14, 41))
                .int("speakers", dice.between(3, 11))
                .int("reached", dice.between(9, 13))
                .maybe_int("satisfaction", (i % 3 != 1).then(|| dice.between(4, 5)))
                .text("topic", text)
                .text("host", secretary_name(index))
                .text("purpose", chosen.purpose)
                .text("outcome", dice.pick(OUTCOMES)),
        );
        pool.push(Session {
            id,
            unit: index,
            date,
            category: chosen.category,
        });
    }
}

/// 214 suggestions: 127 adopted (118 replied), the rest declined or, when recent, still under study.
fn raise(maker: &mut Maker, pool: &[Session]) {
    let mut unanswered = [
        (unit("河田村"), 3),
        (unit("下津村"), 2),
        (unit("寺前村"), 2),
        (unit("七星社区"), 1),
        (unit("白泉村"), 1),
    ];
    for i in 0..214 {
        let session = &pool[(i * 89 + i / 146 * 13) % pool.len()];
        let mut dice = Dice::new("suggestion", i);
        let state = match i * 37 % 214 {
            0..98 => "adopted",
            98..127 => "partly",
            127..168 => "declined",
            // Older ones have been decided; what came in within a fortnight is still studied.
            _ if session.date < crate::model::programmes::sample::as_of().plus_days(-14) => "declined",
            _ => "open",
        };
        let answered = session.date.plus_days(dice.between(6, 30) as i32);
        let waiting = matches!(state, "adopted" | "partly")
            && unanswered.iter_mut().any(|(index, left)| {
                let hit = *index == session.unit && *left > 0;
                *left -= i32::from(hit);
                hit
            });
        let replied = (state != "open" && !waiting).then(|| answered.min(crate::model::programmes::sample::as_of()));
        let adopted = matches!(state, "adopted" | "partly");
        let text = dice.pick(suggestions(session.category, UNITS[session.unit].community));
        let own = maker.next_id(Suggestion::SCHEMA, session.unit);
        let item = if adopted && i % 4 == 0 {
            crate::model::programmes::dream::sample::plans::of_suggestion(
                maker,
                session.unit,
                &own,
                text,
                session.date,
                i,
            )
        } else {
            String::new()
        };
        let quick = session.date.plus_days(4);
        // Adopted late, so that the answer falls due this week.
        let studied = (state != "open").then(|| {
            if waiting {
                quick.max(crate::model::programmes::sample::as_of().plus_days(-26))
            } else {
                quick
            }
        });
        let landed = replied.filter(|_| adopted && i % 3 != 1);
        let rec = maker.of(Suggestion::SCHEMA, session.unit, session.date);
        maker.put(
            rec.text("talk", session.id.as_str())
                .show("date", session.date)
                .text("text", text)
                .text("category", session.category)
                .text("item", item)
                .maybe("studied", studied)
                .maybe("landed", landed)
                .text(
                    "proposer",
                    *["masses", "masses", "masses", "member", "worthy"]
                        .get(i % 5)
                        .unwrap_or(&"masses"),
                )
                .text("state", state)
                .text("reason", if state == "declined" { dice.pick(DECLINED) } else { "" })
                .maybe("replied", replied),
        );
    }
}
