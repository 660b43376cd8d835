//! Records that look alike, and forms over records that others change meanwhile.

mod support;

use support::{Site, text};
use tiancheng::model::ledger::{Cells as _, Ledger, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::town::ledgers::{District, Setting, Unit};
use tiancheng::model::records::Draft;
use tiancheng::model::value::Value;
use tiancheng::view::conflicts::{distinct, pairs};
use tiancheng::view::form::{edited, has_namesake};
use tiancheng::view::meanwhile::unseen;

fn set(ledger: &'static Ledger, draft: &mut Draft, field: &str, value: &str) {
    draft.set(ledger.slot(field).expect("a field"), Value::text(value));
}

/// A form of a record as it stands.
fn opened(site: &Site, ledger: &'static Ledger, id: &str) -> Draft {
    let ix = site.ix(ledger, id);
    edited(ledger, site.replica.record(ix).expect("there"))
}

#[test]
fn a_form_asks_before_it_saves_over_what_it_has_not_seen() {
    let mut site = Site::new("a");
    let talk = [("place", text("一组")), ("topic", text("饮水"))];
    site.write(NightTalk::LEDGER, "t1", &talk);
    let base = opened(&site, NightTalk::LEDGER, "t1");
    let mut draft = base.clone();
    set(NightTalk::LEDGER, &mut draft, "place", "二组");
    let asks = |site: &Site, draft: &Draft| unseen(&site.replica, NightTalk::LEDGER, &base, draft);
    assert_eq!(asks(&site, &draft), None, "nobody else wrote");
    // Another field than the one typed into goes on as it was written.
    site.write(NightTalk::LEDGER, "t1", &[("topic", text("修路"))]);
    assert_eq!(asks(&site, &draft), None);
    site.write(NightTalk::LEDGER, "t1", &[("place", text("三组"))]);
    let question = asks(&site, &draft).expect("a question");
    assert!(question.contains("地点已改为“三组”"), "{question}");
    // Whoever writes the same, or nothing, covers nothing.
    set(NightTalk::LEDGER, &mut draft, "place", "三组");
    assert_eq!(asks(&site, &draft), None);
    assert_eq!(asks(&site, &base), None);
    set(NightTalk::LEDGER, &mut draft, "place", "二组");
    let (ix, stamp) = (site.ix(NightTalk::LEDGER, "t1"), site.stamp());
    let deletion = site.replica.delete(stamp, &[ix]);
    site.apply(deletion);
    assert!(asks(&site, &draft).expect("a question").contains("已被删除"));
}

#[test]
fn a_place_called_as_another_one_is_asked_about() {
    let mut site = Site::new("a");
    for id in ["u1", "u2"] {
        site.write(Unit::LEDGER, id, &[("name", text(id)), ("kind", text("village"))]);
    }
    let mut new = Draft::new(Unit::SCHEMA, "");
    set(Unit::LEDGER, &mut new, "name", " u1 ");
    let asks = |site: &Site, base: &Draft, draft: &Draft| has_namesake(&site.replica, Unit::LEDGER, base, draft);
    assert!(asks(&site, &Draft::new(Unit::SCHEMA, ""), &new));
    let base = opened(&site, Unit::LEDGER, "u2");
    let mut renamed = base.clone();
    assert!(!asks(&site, &base, &renamed));
    set(Unit::LEDGER, &mut renamed, "name", "u1");
    assert!(asks(&site, &base, &renamed));
    // Once they are called alike, other fields change without a question.
    site.write(Unit::LEDGER, "u2", &[("name", text("u1"))]);
    assert!(!asks(&site, &renamed, &renamed));
    assert!(!has_namesake(&site.replica, District::LEDGER, &new, &new));
}

#[test]
fn what_was_said_not_to_be_the_same_is_not_offered_again() {
    let mut site = Site::new("a");
    let talk = |site: &mut Site, id: &str| {
        let key = [
            ("unit", "u1"),
            ("kind", "bay"),
            ("date", "2022-11-20"),
            ("place", "一组"),
        ];
        let cells = key.map(|(name, value)| (name, text(value)));
        site.write(NightTalk::LEDGER, id, &cells);
    };
    ["t1", "t2", "t3"].into_iter().for_each(|id| talk(&mut site, id));
    let ids = |site: &Site| -> Vec<(String, String)> {
        let id = |ix| site.replica.record(ix).expect("there").id.to_string();
        pairs(&site.replica)
            .into_iter()
            .map(|(keep, other)| (id(keep), id(other)))
            .collect()
    };
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(ids(&site), [pair("t1", "t2"), pair("t1", "t3")]);
    let part = |site: &mut Site, one: &str, other: &str| {
        let ix = |id| site.ix(NightTalk::LEDGER, id);
        let said = distinct(&site.replica, ix(one), ix(other)).expect("both are there");
        let value = said.cell(Setting::LEDGER.slot("value").expect("a field")).clone();
        site.write(Setting::LEDGER, &said.id, &[("value", value)]);
    };
    // Whichever way round it is said.
    part(&mut site, "t3", "t1");
    assert_eq!(ids(&site), [pair("t1", "t2"), pair("t2", "t3")]);
    part(&mut site, "t2", "t3");
    assert_eq!(ids(&site), [pair("t1", "t2")]);
    part(&mut site, "t1", "t2");
    assert_eq!(ids(&site), []);
}
