//! Everyday records for benchmarks: realistic texts, none of which touches a figure of the article.

use crate::model::engine::sample::{Dice, Maker, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::dream::ledgers::{NightTalk, Suggestion};
use crate::model::programmes::dream::sample::words::{
    COMMUNITY_PLACES, COMMUNITY_TOPICS, OUTCOMES, VILLAGE_PLACES, VILLAGE_TOPICS, suggestions,
};
use crate::model::programmes::town::sample::units::UNITS;
use crate::model::programmes::town::sample::units::secretary_name;

/// Fills up with talks and suggestions before the counting window.
pub(in crate::model) fn fill(maker: &mut Maker) {
    let first = ymd(maker.first_year(), 1, 1);
    let span = ymd(2022, 1, 31).since(first);
    let mut n = 0;
    while maker.missing() > 0 {
        n += 1;
        if n > 400_000 {
            return;
        }
        let index = n % UNITS.len();
        let community = UNITS[index].community;
        let mut dice = Dice::new("bulk", n);
        let date = first.plus_days(dice.between(0, i64::from(span.max(1))) as i32);
        let topics = if community { COMMUNITY_TOPICS } else { VILLAGE_TOPICS };
        let topic = &topics[dice.roll(topics.len())];
        let rec = maker.of(NightTalk::SCHEMA, index, date);
        let place = dice.pick(if community { COMMUNITY_PLACES } else { VILLAGE_PLACES });
        let talk = maker.put(
            rec.text("kind", "other")
                .show("date", date)
                .text("place", format!("{place}（第{n}次）"))
                .int("members", dice.between(3, 12))
                .int("masses", dice.between(9, 40))
                .text("topic", topic.text)
                .text("host", secretary_name(index))
                .text("purpose", topic.purpose)
                .text("outcome", dice.pick(OUTCOMES)),
        );
        for _ in 0..3 {
            let rec = maker.of(Suggestion::SCHEMA, index, date);
            maker.put(
                rec.text("talk", talk.as_str())
                    .show("date", date)
                    .text("text", dice.pick(suggestions(topic.category, community)))
                    .text("category", topic.category)
                    .text("proposer", "masses")
                    .text("state", "adopted")
                    .show("replied", date.plus_days(12)),
            );
        }
    }
}
