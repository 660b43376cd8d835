//! What the pages say and do about joined duplicates: addresses, forms, questions that are open, deletion.

mod support;

use support::still::{desk_with, take};
use support::{Site, listed, text};
use tiancheng::desk::Desk;
use tiancheng::exchange::writing::canonical_file;
use tiancheng::exchange::{Batch, Outcome};
use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Ledger, Role, Slot, TypedRow, slots};
use tiancheng::model::programmes::dream::ledgers::{NightTalk, Suggestion};
use tiancheng::model::programmes::town::ledgers::{Device, District, Setting, Unit};
use tiancheng::model::records::{Draft, rows};
use tiancheng::model::value::Value;
use tiancheng::replica::{Atom, Record, RecordIx, Replica};
use tiancheng::view::conflicts::{self, Item, Rule};
use tiancheng::view::form::{self, edited};
use tiancheng::view::list::build;
use tiancheng::view::meanwhile::unseen;
use tiancheng::view::record::{self, source_with_file};
use tiancheng::view::route::{Address, ListQuery};
use tiancheng::view::stands::stands;
use tiancheng::view::{joined, search, show, summary};

/// Two districts with two units each, and a talk in every unit.
fn town() -> Site {
    let mut site = Site::new("a");
    for (id, name) in [("d1", "东片区"), ("d2", "西片区")] {
        site.write(District::LEDGER, id, &[("name", text(name))]);
    }
    for (at, name) in ["寺前村", "河田村", "山下村", "环城村"].into_iter().enumerate() {
        let district = text(if at < 2 { "d1" } else { "d2" });
        let cells = [("name", text(name)), ("kind", text("village")), ("district", district)];
        site.write(Unit::LEDGER, &format!("u{at}"), &cells);
        talk(
            &mut site,
            &format!("n{at}"),
            &format!("u{at}"),
            &format!("{at} 组"),
            None,
        );
    }
    site
}

fn talk(site: &mut Site, id: &str, unit: &str, place: &str, people: Option<i64>) {
    let mut cells = vec![
        ("unit", text(unit)),
        ("kind", text("bay")),
        ("date", text("2022-11-02")),
        ("place", text(place)),
        ("topic", text("饮水")),
    ];
    cells.extend(people.map(|people| ("masses", Value::Int(people))));
    site.write(NightTalk::LEDGER, id, &cells);
}

fn alias(site: &mut Site, ledger: &'static Ledger, from: &str, to: &str) {
    site.write(ledger, from, &[("_alias", text(to))]);
}

fn delete(site: &mut Site, ledger: &'static Ledger, id: &str) {
    let stamp = site.stamp();
    let change = site.replica.delete(stamp, &[site.ix(ledger, id)]);
    site.apply(change);
}

/// Another device that knows what this one does.
fn beside(site: &Site, actor: &str) -> Site {
    let mut other = Site::new(actor);
    other.take(&site.file());
    other.clock = site.clock + 10;
    other
}

fn led(replica: &Replica, hash: &str) -> String {
    let at = Address::parse(hash);
    stands(replica, &at).unwrap_or(at).hash()
}

fn ix(desk: &Desk, ledger: &'static Ledger, id: &str) -> RecordIx {
    desk.replica().find_ix(ledger.id, id).expect("the record")
}

fn slot(name: &str) -> Slot {
    NightTalk::LEDGER.slot(name).expect("a field")
}

fn item(desk: &Desk, ix: RecordIx) -> Item {
    conflicts::item(desk.replica(), &|change| source_with_file(desk, change), ix).expect("an item")
}

fn open(desk: &Desk) -> Vec<RecordIx> {
    let items = conflicts::items(desk.replica(), None);
    assert_eq!(conflicts::open(desk.replica()).disputed, items.len());
    items
}

fn people(desk: &Desk) -> Vec<Option<i64>> {
    rows::<NightTalk>(desk.replica())
        .into_iter()
        .map(NightTalk::masses)
        .collect()
}

#[test]
fn an_address_that_names_a_duplicate_leads_to_what_stands_for_it() {
    let mut site = town();
    site.write(Suggestion::LEDGER, "s", &[("unit", text("u1")), ("talk", text("n1"))]);
    alias(&mut site, Unit::LEDGER, "u1", "u0");
    alias(&mut site, District::LEDGER, "d2", "d1");
    alias(&mut site, NightTalk::LEDGER, "n1", "n0");
    let replica = &site.replica;
    for (named, meant) in [
        ("#/u/u1", "#/u/u0"),
        ("#/u/u1/p/ZHOU?period=2022", "#/u/u0/p/ZHOU?period=2022"),
        ("#/d/d2", "#/d/d1"),
        ("#/map/d/d2", "#/map/d/d1"),
        ("#/map/u/u1", "#/map/u/u0"),
        ("#/map/d/d2/u/u1?by=x", "#/map/d/d1/u/u0?by=x"),
        ("#/r/n1", "#/r/n0?was=n1"),
        (
            "#/l/night_talk/n1/edit?field=masses",
            "#/l/night_talk/n0/edit?field=masses",
        ),
        ("#/l/night_talk?f.unit=u1&q=x", "#/l/night_talk?f.unit=u0&q=x"),
        (
            "#/l/night_talk?f.district=d2&rec=n1",
            "#/l/night_talk?f.district=d1&rec=n0",
        ),
        ("#/l/night_talk/new?f.unit=u1", "#/l/night_talk/new?f.unit=u0"),
        ("#/l/suggestion?f.talk=n1", "#/l/suggestion?f.talk=n0"),
        ("#/l/unit?f.district=d2", "#/l/unit?f.district=d1"),
        ("#/conflicts?f.unit=u1", "#/conflicts?f.unit=u0"),
        ("#/charts?u=u1", "#/charts?u=u0"),
        ("#/u/u2", "#/u/u2"),
        ("#/l/night_talk?f.place=u1", "#/l/night_talk?f.place=u1"),
        ("#/units", "#/units"),
    ] {
        assert_eq!(led(replica, named), meant, "{named}");
        assert_eq!(led(replica, meant), meant, "{meant} stands");
    }
    let query = ListQuery::of(&Address::parse(&led(replica, "#/l/night_talk?f.unit=u1")).query);
    assert_eq!(build(replica, NightTalk::LEDGER, &query, None).rows.len(), 1);
    // Who looks for the village by its old name finds the one that it belongs to now.
    let hits = search::find(replica, "河田");
    assert!(
        hits.iter()
            .any(|hit| hit.address.hash() == "#/u/u0" && hit.kind == "村（社区），已并入寺前村"),
        "{hits:?}"
    );
    // A deleted duplicate has its own page, where it can be brought back.
    let mut there = beside(&town(), "b");
    delete(&mut there, NightTalk::LEDGER, "n0");
    site.take(&there.file());
    assert_eq!(led(&site.replica, "#/r/n0"), "#/r/n0");
    assert_eq!(led(&site.replica, "#/l/night_talk/n0/edit"), "#/l/night_talk/n1/edit");
}

#[test]
fn who_changes_a_duplicate_changes_what_stands_for_it() {
    let mut site = town();
    talk(&mut site, "p0", "u0", "圈", Some(10));
    talk(&mut site, "p1", "u0", "圈", None);
    let mut desk = desk_with(&site, 1);
    let base = edited(
        NightTalk::LEDGER,
        desk.replica().record(ix(&desk, NightTalk::LEDGER, "p1")).expect("it"),
    );
    let mut draft = base.clone();
    draft.set(slot("masses"), Value::Int(55));
    assert_eq!(unseen(desk.replica(), NightTalk::LEDGER, &base, &draft), None);
    // While the form is open the record is joined elsewhere.
    let mut other = beside(&site, "b");
    alias(&mut other, NightTalk::LEDGER, "p1", "p0");
    take(&mut desk, "并.json", &canonical_file(&other.replica).text);
    let told = unseen(desk.replica(), NightTalk::LEDGER, &base, &draft).expect("it is said");
    assert!(
        told.contains("这条记录已并入“圈 湾子夜话”") && told.contains("已改为“10”"),
        "{told}"
    );
    let mut typed = Draft::new(NightTalk::SCHEMA, "p1");
    typed.set(slot("masses"), Value::Int(55));
    desk.save("修改", &[typed]);
    assert_eq!(people(&desk).iter().flatten().collect::<Vec<_>>(), [&55]);
    desk.undo();
    assert_eq!(people(&desk).iter().flatten().collect::<Vec<_>>(), [&10]);
    desk.set("改地点", NightTalk::LEDGER, "p1", slot("place"), text("新地点"));
    let shown: Vec<_> = rows::<NightTalk>(desk.replica())
        .into_iter()
        .filter_map(NightTalk::place)
        .collect();
    assert!(shown.contains(&"新地点") && !shown.contains(&"圈"), "{shown:?}");
}

#[test]
fn a_proposed_join_says_in_words_into_what() {
    let mut site = town();
    let cells = [("label", text("寺前村")), ("role", text("unit")), ("unit", text("u0"))];
    site.write(Device::LEDGER, "village", &cells);
    let mut village = Site::tagged("v", "village");
    village.take(&site.file());
    alias(&mut village, NightTalk::LEDGER, "n3", "n0");
    village.write(NightTalk::LEDGER, "n2", &[("_alias", text("gone"))]);
    site.take(&village.file());
    let desk = desk_with(&site, 1);
    let lines = |id: &str| {
        let ix = ix(&desk, NightTalk::LEDGER, id);
        let listed = item(&desk, ix).proposals;
        assert_eq!(record::card(&desk, ix).expect("a card").proposals, listed);
        listed[0].lines.clone()
    };
    assert_eq!(lines("n3"), ["并入 0 组 湾子夜话（寺前村 · 2022-11-02）"]);
    assert_eq!(lines("n2"), ["并入 gone（本机没有这条记录）"]);
    let history = record::card(&desk, ix(&desk, NightTalk::LEDGER, "n3"))
        .expect("a card")
        .history;
    let joined = |past: &record::Past| past.what.starts_with("作为重复记录并入 0 组");
    assert!(history.iter().any(joined), "{history:?}");
}

#[test]
fn one_record_joined_into_two_is_asked_about_and_can_be_decided_and_taken_back() {
    let mut site = town();
    talk(&mut site, "p1", "u0", "一", Some(1));
    talk(&mut site, "p2", "u0", "歧", None);
    talk(&mut site, "p3", "u0", "歧", None);
    let mut other = beside(&site, "b");
    alias(&mut site, NightTalk::LEDGER, "p1", "p2");
    alias(&mut other, NightTalk::LEDGER, "p1", "p3");
    site.take(&other.file());
    let mut desk = desk_with(&site, 1);
    let dup = ix(&desk, NightTalk::LEDGER, "p1");
    let root = |desk: &Desk| {
        desk.replica()
            .record(desk.replica().root_of(dup))
            .expect("it")
            .id
            .to_string()
    };
    assert_eq!((open(&desk), root(&desk)), (vec![dup], "p3".to_owned()));
    let dispute = item(&desk, dup).disputes.remove(0);
    let texts: Vec<&str> = dispute.rivals.iter().map(|rival| rival.text.as_str()).collect();
    assert_eq!(dispute.label, "并为一条");
    // Both read alike, so they are told apart.
    assert_eq!(
        texts,
        [
            "并入 歧 湾子夜话（寺前村 · 2022-11-02），编号 p3",
            "并入 歧 湾子夜话（寺前村 · 2022-11-02），编号 p2"
        ]
    );
    desk.resolve("核定", &[(dup, dispute.slot, dispute.rivals[1].value.clone())]);
    assert_eq!((open(&desk), root(&desk)), (vec![], "p2".to_owned()));
    desk.undo();
    assert_eq!((open(&desk), root(&desk)), (vec![dup], "p3".to_owned()));
    let newest = conflicts::by_rule(&desk, &[dup], Rule::Newest);
    assert_eq!(newest, [(dup, slots::ALIAS, text("p3"))]);
    // Once the two are one themselves, there is nothing left to decide.
    let (two, three) = (ix(&desk, NightTalk::LEDGER, "p2"), ix(&desk, NightTalk::LEDGER, "p3"));
    desk.join("并为一条", two, three);
    assert!(open(&desk).is_empty());
}

#[test]
fn a_dispute_in_a_duplicate_is_asked_about_where_its_value_is_read() {
    let mut site = town();
    talk(&mut site, "p1", "u0", "圈", None);
    talk(&mut site, "p2", "u0", "圈", Some(3));
    let mut other = beside(&site, "b");
    site.write(
        NightTalk::LEDGER,
        "p2",
        &[("masses", Value::Int(4)), ("topic", text("修路"))],
    );
    alias(&mut site, NightTalk::LEDGER, "p2", "p1");
    other.write(
        NightTalk::LEDGER,
        "p2",
        &[("masses", Value::Int(5)), ("topic", text("路灯"))],
    );
    site.take(&other.file());
    let desk = desk_with(&site, 1);
    let dup = ix(&desk, NightTalk::LEDGER, "p2");
    let standing = ix(&desk, NightTalk::LEDGER, "p1");
    assert_eq!(open(&desk), [standing, dup]);
    // The topic is read from the one that stands; who wrote another one there did not know of the join.
    let asked: Vec<Slot> = item(&desk, dup).disputes.iter().map(|dispute| dispute.slot).collect();
    assert_eq!(asked, [slot("masses")]);
    let left = item(&desk, standing).left_behind;
    assert_eq!(
        left.iter().map(|left| left.lines.join("")).collect::<Vec<_>>(),
        ["议题 路灯（现在是 饮水）"]
    );
}

/// Joins like a page does, so that the join says what was seen.
fn join(site: &mut Site, duplicate: &str, into: &str) {
    let stamp = site.stamp();
    let (duplicate, into) = (site.ix(NightTalk::LEDGER, duplicate), site.ix(NightTalk::LEDGER, into));
    let change = site.replica.join(stamp, duplicate, into);
    site.apply(change);
}

/// One joined `p5` of 15 people, by then 16, into `p4` of 14; another who did not know of it wrote 88 into `p5`, by the
/// clock before the join. A join by hand says nothing of what was seen.
fn apart(by_hand: bool) -> [Site; 2] {
    let mut site = town();
    talk(&mut site, "p4", "u0", "并四", Some(14));
    talk(&mut site, "p5", "u0", "并四", Some(15));
    site.write(NightTalk::LEDGER, "p5", &[("masses", Value::Int(16))]);
    let mut other = beside(&site, "b");
    if by_hand {
        alias(&mut site, NightTalk::LEDGER, "p5", "p4");
    } else {
        site.clock = other.clock + 1_000;
        join(&mut site, "p5", "p4");
    }
    other.write(
        NightTalk::LEDGER,
        "p5",
        &[("masses", Value::Int(88)), ("outcome", text("好"))],
    );
    [site, other]
}

#[test]
fn what_was_written_to_a_duplicate_without_knowing_of_the_join_is_asked_about() {
    for by_hand in [false, true] {
        let [mut one, mut two] = apart(by_hand);
        let (first, second) = (one.file(), two.file());
        // What was there before the join is not asked about.
        assert!(open(&desk_with(&one, 1)).is_empty(), "{by_hand}");
        one.take(&second);
        two.take(&first);
        for site in [&one, &two] {
            let mut desk = desk_with(site, 1);
            let (keep, dup) = (ix(&desk, NightTalk::LEDGER, "p4"), ix(&desk, NightTalk::LEDGER, "p5"));
            assert_eq!(open(&desk), [keep], "{by_hand}");
            let told = item(&desk, keep).left_behind;
            assert_eq!(record::card(&desk, keep).expect("a card").left_behind, told);
            assert_eq!((told.len(), told[0].ix), (1, dup));
            // What only the duplicate has is read, and not asked about.
            assert_eq!(told[0].values, [(slot("masses"), Value::Int(88))]);
            assert!(told[0].told.contains("“并四 湾子夜话”"), "{}", told[0].told);
            let change = told[0].change.expect("a change");
            let shown = |desk: &Desk| people(desk).into_iter().flatten().collect::<Vec<_>>();
            assert_eq!(shown(&desk), [14]);
            // Taken over, taken back, left, taken back.
            let choices: Vec<_> = (told[0].values.iter())
                .map(|(slot, value)| (keep, *slot, value.clone()))
                .collect();
            desk.resolve("采用", &choices);
            assert_eq!((open(&desk), shown(&desk)), (vec![], vec![88]));
            // Edits after it are not asked about.
            desk.set("修改", NightTalk::LEDGER, "p4", slot("masses"), Value::Int(90));
            assert_eq!((open(&desk), shown(&desk)), (vec![], vec![90]));
            desk.undo();
            desk.undo();
            assert_eq!((open(&desk), shown(&desk)), (vec![keep], vec![14]));
            desk.leave_apart("不用", dup, change);
            assert_eq!((open(&desk), shown(&desk)), (vec![], vec![14]));
            desk.set("修改", NightTalk::LEDGER, "p5", slot("masses"), Value::Int(20));
            assert!(open(&desk).is_empty());
            desk.undo();
            desk.undo();
            assert_eq!(open(&desk), [keep]);
            desk.redo();
            assert!(open(&desk).is_empty());
        }
    }
}

#[test]
fn what_two_left_of_a_duplicate_is_left_for_both() {
    let [mut one, mut two] = apart(false);
    let mut third = Site::new("c");
    third.take(&two.file());
    third.write(NightTalk::LEDGER, "p5", &[("masses", Value::Int(99))]);
    two.write(NightTalk::LEDGER, "p5", &[("topic", text("修路"))]);
    one.take(&two.file());
    one.take(&third.file());
    let left = |site: &Site| {
        let root = site.ix(NightTalk::LEDGER, "p4");
        let left = site.replica.left_behind(root).into_iter();
        left.map(|left| (left.ix, left.change.expect("a change")))
            .collect::<Vec<_>>()
    };
    assert_eq!(left(&one).len(), 2);
    let mut other = beside(&one, "d");
    for (site, at) in [(&mut one, 0), (&mut other, 1)] {
        let (dup, change) = left(site)[at];
        let stamp = site.stamp();
        let change = site.replica.leave_apart(stamp, dup, change);
        site.apply(change);
        assert_eq!(left(site).len(), 1);
    }
    one.take(&other.file());
    assert!(left(&one).is_empty());
    assert!(open(&desk_with(&one, 1)).is_empty());
}

#[test]
fn what_was_edited_on_one_device_before_and_after_a_join_is_not_asked_about() {
    let mut site = town();
    talk(&mut site, "p1", "u0", "圈", None);
    talk(&mut site, "p2", "u0", "圈", Some(3));
    site.write(NightTalk::LEDGER, "p2", &[("masses", Value::Int(4))]);
    let mut desk = desk_with(&site, 1);
    let (keep, dup) = (ix(&desk, NightTalk::LEDGER, "p1"), ix(&desk, NightTalk::LEDGER, "p2"));
    desk.join("并为一条", dup, keep);
    desk.set("修改", NightTalk::LEDGER, "p1", slot("masses"), Value::Int(7));
    assert!(open(&desk).is_empty());
    // Back to what is read in the duplicate.
    desk.undo();
    assert_eq!(people(&desk).into_iter().flatten().collect::<Vec<_>>(), [4]);
    desk.redo();
    desk.resolve("核定", &[(dup, slot("masses"), Value::Int(5))]);
    assert!(open(&desk).is_empty());
}

#[test]
fn what_was_said_not_to_be_the_same_and_joined_elsewhere_is_asked_about() {
    let mut site = town();
    talk(&mut site, "t1", "u0", "双胞", Some(20));
    talk(&mut site, "t2", "u0", "双胞", Some(20));
    let mut other = beside(&site, "b");
    let mut desk = desk_with(&site, 1);
    let (keep, dup) = (ix(&desk, NightTalk::LEDGER, "t1"), ix(&desk, NightTalk::LEDGER, "t2"));
    let said = conflicts::distinct(desk.replica(), keep, dup).expect("a setting");
    desk.save("不是同一条", &[said]);
    join(&mut other, "t2", "t1");
    let file = canonical_file(&other.replica).text;
    // The preview says that it is joined, not deleted, and names the contradiction.
    let mut batch = Batch::new(desk.replica(), desk.now().0);
    batch.add("b.json", file.as_bytes());
    let preview = batch.finish();
    let Outcome::Brings(effect) = &preview.files[0].outcome else {
        panic!("{:?}", preview.files[0].outcome);
    };
    assert_eq!((effect.deleted, effect.joined, effect.conflicts), (0, 1, 1));
    let told = |change| record::source(&preview.after, change);
    let looked = conflicts::item(&preview.after, &told, dup).expect("an item").denied;
    assert!(
        looked[0].told.contains("记过“不是同一条”，又有人把它们并为一条"),
        "{looked:?}"
    );
    assert_eq!(looked[0].sources.len(), 2);
    take(&mut desk, "b.json", &file);
    let talks = |desk: &Desk| people(desk).into_iter().flatten().count();
    assert_eq!((open(&desk), talks(&desk)), (vec![dup], 1));
    let denied = item(&desk, dup).denied.remove(0);
    // Two after all; the question is open again once that is taken back.
    desk.resolve("仍是两条", &denied.parting);
    assert_eq!((open(&desk), talks(&desk)), (vec![], 2));
    assert!(conflicts::pairs(desk.replica()).is_empty());
    desk.undo();
    assert_eq!(open(&desk), [dup]);
    // Or one.
    let value = Setting::LEDGER.slot("value").expect("a field");
    desk.set("并为一条", Setting::LEDGER, &denied.setting, value, text("false"));
    assert_eq!((open(&desk), talks(&desk)), (vec![], 1));
    desk.undo();
    assert_eq!(open(&desk), [dup]);
}

#[test]
fn records_joined_both_ways_or_through_a_third_are_parted_by_what_keeps_them_together() {
    let mut site = town();
    for id in ["t1", "t2", "t3"] {
        talk(&mut site, id, "u0", "双胞", Some(20));
    }
    let said = |site: &mut Site, first: &str, second: &str| {
        let id = format!("distinct.{first} {second}");
        site.write(
            Setting::LEDGER,
            &id,
            &[("label", text("不是同一条")), ("value", text("true"))],
        );
    };
    said(&mut site, "t1", "t3");
    said(&mut site, "t1", "t2");
    let part = |joins: &[(&str, &str)]| {
        let mut site = beside(&site, "c");
        for (from, to) in joins {
            alias(&mut site, NightTalk::LEDGER, from, to);
        }
        let mut desk = desk_with(&site, 1);
        for ix in open(&desk) {
            for denied in item(&desk, ix).denied {
                desk.resolve("仍是两条", &denied.parting);
            }
        }
        assert!(open(&desk).is_empty(), "{joins:?}");
        people(&desk).into_iter().flatten().count()
    };
    assert_eq!(part(&[("t1", "t3"), ("t3", "t1")]), 3);
    assert_eq!(part(&[("t3", "t2"), ("t2", "t1")]), 2);
    assert_eq!(part(&[("t1", "t2"), ("t2", "t3")]), 2);
}

#[test]
fn who_has_a_record_open_that_is_joined_elsewhere_is_told_and_asked_before_deleting() {
    let mut site = town();
    talk(&mut site, "p7", "u0", "甲7", Some(17));
    talk(&mut site, "p8", "u0", "甲8", Some(18));
    let mut desk = desk_with(&site, 1);
    let (keep, dup) = (ix(&desk, NightTalk::LEDGER, "p7"), ix(&desk, NightTalk::LEDGER, "p8"));
    assert_eq!(joined::came_from(desk.replica(), keep, "p8"), None);
    assert_eq!(joined::asks_to_delete(desk.replica(), keep), None);
    desk.join("并为一条", dup, keep);
    let at = Address::parse(&led(desk.replica(), "#/r/p8"));
    let was = at.get("was").expect("the duplicate");
    assert_eq!(
        joined::came_from(desk.replica(), keep, was).as_deref(),
        Some("您打开的“甲8 湾子夜话（寺前村 · 2022-11-02）”已并入这一条，下面是并为一条以后的内容。")
    );
    assert_eq!(joined::came_from(desk.replica(), keep, "p7"), None);
    let asked = joined::asks_to_delete(desk.replica(), keep).expect("a question");
    assert!(
        asked.starts_with("会一起删除 2 条：这一条，还有并入它的“甲8 湾子夜话"),
        "{asked}"
    );
    desk.undo();
    assert_eq!(joined::asks_to_delete(desk.replica(), keep), None);
}

#[test]
fn what_was_typed_for_a_record_is_offered_in_the_form_of_what_stands_for_it() {
    let mut site = town();
    talk(&mut site, "p7", "u0", "甲7", Some(17));
    talk(&mut site, "p8", "u0", "甲8", Some(18));
    let mut desk = desk_with(&site, 1);
    desk.keep_draft("night_talk.p8", "tab1", "masses=55").expect("kept");
    desk.keep_draft("night_talk.n3", "tab1", "masses=1").expect("kept");
    let offered = |desk: &Desk, record: &str| {
        let all = desk.drafts_of_joined("night_talk", record).into_iter();
        all.map(|kept| kept.text).collect::<Vec<_>>()
    };
    assert!(offered(&desk, "p7").is_empty());
    let (keep, dup) = (ix(&desk, NightTalk::LEDGER, "p7"), ix(&desk, NightTalk::LEDGER, "p8"));
    desk.join("并为一条", dup, keep);
    assert_eq!(offered(&desk, "p7"), ["masses=55"]);
    assert!(offered(&desk, "n0").is_empty());
}

#[test]
fn a_save_over_a_deletion_that_is_taken_back_leaves_the_record_deleted() {
    let mut site = town();
    talk(&mut site, "p4", "u0", "并四", Some(14));
    let mut other = beside(&site, "b");
    delete(&mut other, NightTalk::LEDGER, "p4");
    let mut desk = desk_with(&site, 1);
    take(&mut desk, "删.json", &canonical_file(&other.replica).text);
    let gone = ix(&desk, NightTalk::LEDGER, "p4");
    let stands = |desk: &Desk| {
        let record = desk.replica().record(gone).expect("it");
        (record.is(Record::DELETED), record.is(Record::DELETE_CONFLICT))
    };
    let masses = |desk: &Desk| desk.replica().record(gone).expect("it").shown(slot("masses")).clone();
    assert_eq!(stands(&desk), (true, false));
    desk.set("修改", NightTalk::LEDGER, "p4", slot("masses"), Value::Int(55));
    assert_eq!(stands(&desk), (false, true));
    desk.undo();
    assert_eq!((stands(&desk), masses(&desk)), ((true, false), Value::Int(14)));
    assert_eq!(tiancheng::view::bin::deleted(&desk), [gone]);
    desk.redo();
    assert_eq!((stands(&desk), masses(&desk)), ((false, true), Value::Int(55)));
    desk.undo();
    assert_eq!(stands(&desk), (true, false));
    // Where others wrote to it too, it stays torn.
    let mut third = beside(&site, "c");
    third.write(NightTalk::LEDGER, "p4", &[("topic", text("修路"))]);
    take(&mut desk, "改.json", &canonical_file(&third.replica).text);
    desk.set("修改", NightTalk::LEDGER, "p4", slot("masses"), Value::Int(56));
    desk.undo();
    assert_eq!((stands(&desk), masses(&desk)), ((false, true), Value::Int(14)));
}

#[test]
fn the_code_of_a_unit_that_was_joined_or_deleted_is_used() {
    let mut site = town();
    for (id, code) in [("u0", "421223100201"), ("u1", "421223100202"), ("u2", "421223100203")] {
        site.write(Unit::LEDGER, id, &[("code", text(code))]);
    }
    alias(&mut site, Unit::LEDGER, "u1", "u0");
    delete(&mut site, Unit::LEDGER, "u2");
    let desk = desk_with(&site, 1);
    let slot = Unit::LEDGER.slot("code").expect("a field");
    let used = |id: &str, code: &str| {
        let mut draft = match desk
            .replica()
            .find_ix("unit", id)
            .and_then(|ix| desk.replica().record(ix))
        {
            Some(record) => edited(Unit::LEDGER, record),
            None => Draft::new(Unit::SCHEMA, ""),
        };
        draft.set(slot, text(code));
        form::used_code(desk.replica(), Unit::LEDGER, &draft).map(|notice| notice.todo)
    };
    assert_eq!(
        used("", "421223100202").as_deref(),
        Some("421223100202 已是河田村的代码，它已并入寺前村，请核对")
    );
    assert_eq!(
        used("u3", "421223100203").as_deref(),
        Some("421223100203 已是山下村的代码，它在回收站里，可以恢复")
    );
    // What stands may take over the code of its duplicate, and a free one is free.
    assert_eq!(used("u0", "421223100202"), None);
    assert_eq!(used("", "421223100204"), None);
}

/// What a merge is previewed as, what the figures count and what 核对 lists, of a file.
fn counted(site: &Site, file: &Site) -> (usize, usize, usize) {
    let mut batch = Batch::new(&site.replica, site.clock);
    batch.add("a.json", canonical_file(&file.replica).text.as_bytes());
    let preview = batch.finish();
    let effects = preview.files.iter().map(|file| match &file.outcome {
        Outcome::Brings(effect) => effect.conflicts,
        other => panic!("{other:?}"),
    });
    let figures = summary::json(&preview.after, Day::new(2022, 11, 22).expect("a day"));
    let figures: serde_json::Value = serde_json::from_str(&figures).expect("JSON");
    let said = usize::try_from(figures["disputed"].as_u64().expect("a number")).expect("few");
    (effects.sum(), said, conflicts::items(&preview.after, None).len())
}

#[test]
fn the_preview_the_figures_and_the_list_count_the_same() {
    let [one, two] = apart(false);
    assert_eq!(counted(&one, &two), (1, 1, 1));
    assert_eq!(counted(&two, &one), (1, 1, 1));
    // Who wrote the same value to the one that stands leaves nothing to decide.
    let mut same = beside(&two, "c");
    same.write(NightTalk::LEDGER, "p4", &[("masses", Value::Int(88))]);
    assert_eq!(counted(&one, &same), (0, 0, 0));
    // Who changes it then has seen what both said.
    same.take(&one.file());
    let mut parted = beside(&same, "d");
    parted.write(NightTalk::LEDGER, "p4", &[("masses", Value::Int(70))]);
    assert_eq!(counted(&same, &parted), (0, 0, 0));
    // A dispute of a duplicate that was there when it was joined bears on nothing that is read.
    let mut site = town();
    talk(&mut site, "p6", "u0", "并六", Some(14));
    talk(&mut site, "p7", "u0", "并六", Some(17));
    let mut other = beside(&site, "b");
    site.write(NightTalk::LEDGER, "p7", &[("masses", Value::Int(18))]);
    other.write(NightTalk::LEDGER, "p7", &[("masses", Value::Int(91))]);
    let base = beside(&town(), "f");
    site.take(&other.file());
    assert_eq!(counted(&base, &site), (1, 1, 1));
    join(&mut site, "p7", "p6");
    assert_eq!(counted(&base, &site), (0, 0, 0));
}

/// One joined a record into another that somebody else deleted, not knowing of it; 7 people came only in the deleted one.
fn left() -> (Desk, RecordIx, RecordIx) {
    let mut site = town();
    talk(&mut site, "k3", "u0", "并三", Some(7));
    talk(&mut site, "k5", "u0", "并五", None);
    let mut other = beside(&site, "b");
    alias(&mut site, NightTalk::LEDGER, "k5", "k3");
    delete(&mut other, NightTalk::LEDGER, "k3");
    site.take(&other.file());
    let desk = desk_with(&site, 1);
    let (gone, stands) = (ix(&desk, NightTalk::LEDGER, "k3"), ix(&desk, NightTalk::LEDGER, "k5"));
    (desk, gone, stands)
}

#[test]
fn what_only_a_deleted_duplicate_said_is_told_and_can_be_taken_over() {
    let (mut desk, gone, stands) = left();
    assert_eq!(people(&desk).into_iter().flatten().count(), 0);
    assert_eq!(open(&desk), [stands]);
    let told = item(&desk, stands).left_behind.remove(0);
    assert_eq!(
        record::card(&desk, stands).expect("a card").left_behind,
        std::slice::from_ref(&told)
    );
    assert_eq!(
        (told.ix, told.title.as_str(), told.lines.len()),
        (gone, "并三 湾子夜话", 1)
    );
    assert!(
        told.lines[0].ends_with("7 人次") || told.lines[0].contains(" 7"),
        "{:?}",
        told.lines
    );
    let duplicates = record::card(&desk, stands).expect("a card").duplicates;
    assert!(
        duplicates[0].deleted && duplicates[0].lines.iter().any(|line| line.contains(" 7")),
        "{duplicates:?}"
    );
    // Taken over, and taken back.
    let choices: Vec<_> = told
        .values
        .iter()
        .map(|(slot, value)| (stands, *slot, value.clone()))
        .collect();
    desk.resolve("采用", &choices);
    assert_eq!(people(&desk).into_iter().flatten().collect::<Vec<_>>(), [7]);
    assert!(open(&desk).is_empty());
    desk.undo();
    assert_eq!(open(&desk), [stands]);
    // Or left, knowing of the join.
    desk.delete_alone("不用", &[gone]);
    assert_eq!((open(&desk), people(&desk).into_iter().flatten().count()), (vec![], 0));
    desk.undo();
    assert_eq!(open(&desk), [stands]);
    // PartAnswer back, both are one again.
    desk.restore("恢复", &[gone]);
    assert!(open(&desk).is_empty());
    assert_eq!(people(&desk).into_iter().flatten().collect::<Vec<_>>(), [7]);
}

#[test]
fn who_deletes_all_that_he_knows_to_be_one_is_not_asked() {
    let mut site = town();
    talk(&mut site, "k1", "u0", "并一", Some(7));
    talk(&mut site, "k2", "u0", "并二", None);
    alias(&mut site, NightTalk::LEDGER, "k2", "k1");
    let mut other = beside(&site, "b");
    delete(&mut site, NightTalk::LEDGER, "k1");
    assert!(open(&desk_with(&site, 1)).is_empty());
    // Another writes into the second: that alone is asked about, and the decision ends it.
    other.write(NightTalk::LEDGER, "k2", &[("topic", text("修路"))]);
    site.take(&other.file());
    let mut desk = desk_with(&site, 1);
    let two = ix(&desk, NightTalk::LEDGER, "k2");
    assert_eq!(open(&desk), [two]);
    assert!(item(&desk, two).left_behind.is_empty());
    desk.delete_alone("删除", &[two]);
    assert!(open(&desk).is_empty());
    assert_eq!(listed(desk.replica(), NightTalk::LEDGER).len(), 4);
}

#[test]
fn deleting_a_torn_record_deletes_what_the_question_names_and_no_more() {
    let mut site = town();
    site.write(Unit::LEDGER, "u2", &[("code", text("421223100204"))]);
    let mut other = beside(&site, "b");
    alias(&mut site, Unit::LEDGER, "u2", "u3");
    alias(&mut site, Unit::LEDGER, "u3", "u2");
    delete(&mut other, Unit::LEDGER, "u2");
    site.take(&other.file());
    let mut desk = desk_with(&site, 1);
    let torn_ix = ix(&desk, Unit::LEDGER, "u2");
    assert_eq!(open(&desk), [torn_ix]);
    let torn = joined::torn(&desk, torn_ix).expect("a question");
    assert_eq!((torn.title.as_str(), torn.why_not.as_str()), ("山下村", ""));
    assert!(
        torn.lines[1].contains("只删除“山下村”，“环城村”保留"),
        "{:?}",
        torn.lines
    );
    assert!(
        torn.lines[2].contains("统计用区划代码 421223100204"),
        "{:?}",
        torn.lines
    );
    let units = |desk: &Desk| listed(desk.replica(), Unit::LEDGER);
    let talks = |desk: &Desk| counted_talks(desk.replica());
    assert_eq!((units(&desk).len(), talks(&desk)), (3, 4));
    desk.delete_alone("删除：山下村", &[torn_ix]);
    assert_eq!(
        (units(&desk), talks(&desk)),
        (["u0", "u1", "u3"].map(str::to_owned).to_vec(), 4)
    );
    assert!(open(&desk).is_empty());
    let bin = tiancheng::view::bin::deleted(&desk);
    assert_eq!(bin, [torn_ix]);
    // Taken back, the question is open again.
    desk.undo();
    assert_eq!((units(&desk).len(), open(&desk)), (3, vec![torn_ix]));
    desk.restore("保留：山下村", &[torn_ix]);
    assert!(open(&desk).is_empty());
    desk.undo();
    assert_eq!((units(&desk).len(), open(&desk)), (3, vec![torn_ix]));
}

/// Talks of units that stand.
fn counted_talks(replica: &Replica) -> usize {
    let units = listed(replica, Unit::LEDGER);
    let of = |talk: &NightTalk| talk.unit().is_some_and(|unit| units.iter().any(|known| known == unit));
    rows::<NightTalk>(replica).iter().filter(|talk| of(talk)).count()
}

#[test]
fn a_duplicate_that_somebody_deleted_is_asked_about_by_its_name() {
    let mut site = town();
    talk(&mut site, "m1", "u0", "副一", Some(3));
    talk(&mut site, "m2", "u0", "副二", Some(3));
    let mut other = beside(&site, "b");
    alias(&mut site, NightTalk::LEDGER, "m2", "m1");
    delete(&mut other, NightTalk::LEDGER, "m2");
    site.take(&other.file());
    let mut desk = desk_with(&site, 1);
    let dup = ix(&desk, NightTalk::LEDGER, "m2");
    assert_eq!(open(&desk), [dup]);
    let torn = joined::torn(&desk, dup).expect("a question");
    assert!(torn.lines[1].contains("“副一 湾子夜话”保留"), "{:?}", torn.lines);
    desk.delete_alone("删除", &[dup]);
    assert!(open(&desk).is_empty());
    assert!(listed(desk.replica(), NightTalk::LEDGER).contains(&"m1".to_owned()));
}

#[test]
fn who_may_not_delete_a_torn_record_is_told_why() {
    let mut site = town();
    let mut other = beside(&site, "b");
    delete(&mut other, NightTalk::LEDGER, "n2");
    site.write(NightTalk::LEDGER, "n2", &[("masses", Value::Int(9))]);
    site.take(&other.file());
    let mut desk = desk_with(&site, 1);
    let torn = |desk: &Desk| joined::torn(desk, ix(desk, NightTalk::LEDGER, "n2")).expect("a question");
    assert_eq!(torn(&desk).why_not, "");
    for (role, unit, why_not) in [
        (Role::Unit, "u0", "不是本村（社区）的记录"),
        (Role::Unit, "u2", ""),
        (Role::Viewer, "", "当前身份只能查看"),
    ] {
        desk.become_person(role, unit, "", "");
        assert_eq!(torn(&desk).why_not, why_not, "{role:?} {unit}");
    }
}

#[test]
fn deleted_places_keep_their_names() {
    let mut site = town();
    let deleted = |site: &mut Site, ledger: &'static Ledger, id: &str| {
        let (stamp, ix) = (site.stamp(), site.ix(ledger, id));
        let change = site.replica.delete(stamp, &[ix]);
        site.apply(change);
    };
    deleted(&mut site, Unit::LEDGER, "u0");
    deleted(&mut site, District::LEDGER, "d1");
    assert_eq!(show::unit_name(&site.replica, "u0"), "寺前村（已删除）");
    assert_eq!(show::district_name(&site.replica, "d1"), "东片区（已删除）");
    assert_eq!(show::unit_name(&site.replica, "u9"), "不在名单的单位（u9）");
    let asked = |words: &str, filter: Option<(&str, &str)>| {
        let filters = filter.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let query = ListQuery {
            words: words.to_owned(),
            filters: filters.into_iter().collect(),
            ..ListQuery::default()
        };
        build(&site.replica, NightTalk::LEDGER, &query, None)
    };
    assert_eq!(asked("寺前村", None).rows.len(), 1);
    let list = asked("", Some(("unit", "u0")));
    let chip = list
        .filters
        .iter()
        .find(|f| f.key == "unit")
        .expect("the filter that was asked for");
    let word = chip.options.iter().find(|(key, _)| key == "u0");
    assert_eq!(word.map(|(_, word)| word.as_str()), Some("寺前村（已删除）"));
}

#[test]
fn the_history_tells_what_was_turned_down() {
    let mut site = town();
    let mut other = Site::tagged("b", "dev1");
    other.take(&site.file());
    // Its clock is not behind that of the town.
    (0..60).for_each(|_| drop(other.stamp()));
    let device = [
        ("label", text("河田村书记")),
        ("role", text("unit")),
        ("unit", text("u1")),
    ];
    other.write(Device::LEDGER, "dev1", &device);
    other.write(NightTalk::LEDGER, "n0", &[("masses", Value::Int(99))]);
    site.take(&other.file());
    site.clock = other.clock;
    let ix = site.ix(NightTalk::LEDGER, "n0");
    let told = |site: &Site| {
        let desk = desk_with(site, 1);
        let (ix, _) = record::find(desk.replica(), "n0").expect("the talk");
        let history = record::card(&desk, ix).expect("a card").history;
        history.into_iter().map(|past| past.what).collect::<Vec<_>>()
    };
    assert_eq!(told(&site), ["群众（待确认）", "新增记录"]);
    let change = site
        .replica
        .record(ix)
        .expect("there")
        .atoms
        .iter()
        .find(|a| a.is(Atom::PENDING));
    let waits = change.expect("an entry that waits").change;
    (0..90).for_each(|_| drop(site.stamp()));
    let stamp = site.stamp();
    let no = site.replica.decide(stamp, ix, &[waits], false);
    site.apply(no);
    assert_eq!(told(&site), ["退回待定的修改", "群众（已退回）", "新增记录"]);
    let stamp = site.stamp();
    let yes = site.replica.decide(stamp, ix, &[waits], true);
    site.apply(yes);
    assert_eq!(told(&site)[0], "确认待定的修改");
}
