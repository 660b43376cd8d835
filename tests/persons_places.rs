//! Pages of places and persons: what belongs to them, who is joined with whom, and that only people join.

mod support;

use support::still::desk_with;
use support::{Site, text};
use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Board, Period};
use tiancheng::model::ledger::{Ledger, Role, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::lead::ledgers::{Attendance, Cadre, PriorTalk, Secretary};
use tiancheng::model::programmes::phoenix::ledgers::Thousand;
use tiancheng::model::programmes::seedling::ledgers::{Estate, EstateMember, Group, Mobile, Reserve, Talent};
use tiancheng::model::programmes::town::ledgers::{District, Honour, JointCommittee, Pilot, Place, SamePerson, Unit};
use tiancheng::model::programmes::{self, catalogue};
use tiancheng::model::records::Draft;
use tiancheng::model::value::Value;
use tiancheng::replica::{Replica, Write};
use tiancheng::view::charts::Source;
use tiancheng::view::person_page::{self, PersonPage};
use tiancheng::view::persons::{self, Found};
use tiancheng::view::places::{self, PlacePage};
use tiancheng::view::record::source;
use tiancheng::view::route::{Address, Route, key};
use tiancheng::view::stands::stands;
use tiancheng::view::{search, secretaries};

fn day() -> Day {
    Day::parse("2022-11-22").expect("a day")
}

/// A district with a village and a community.
fn town() -> Site {
    let mut site = Site::new("a");
    site.write(District::LEDGER, "d1", &[("name", text("东片区"))]);
    for (id, name, kind) in [("u0", "寺前村", "village"), ("u1", "环城社区", "community")] {
        let cells = [("name", text(name)), ("kind", text(kind)), ("district", text("d1"))];
        site.write(Unit::LEDGER, id, &cells);
    }
    site
}

fn put(site: &mut Site, ledger: &'static Ledger, id: &str, cells: &[(&str, &str)]) {
    let cells: Vec<(&str, Value)> = cells.iter().map(|(name, value)| (*name, text(value))).collect();
    site.write(ledger, id, &cells);
}

fn number(site: &mut Site, ledger: &'static Ledger, id: &str, field: &str, value: i64) {
    site.write(ledger, id, &[(field, Value::Int(value))]);
}

fn board(replica: &Replica) -> Board {
    let mut board = programmes::board(Period::Year(2022), day());
    board.refresh(replica);
    board
}

fn place(replica: &Replica, ledger: &str, id: &str) -> Option<PlacePage> {
    let board = board(replica);
    let source = Source {
        records: replica,
        board: &board,
    };
    places::page(source, catalogue(), ledger, id)
}

fn talk(site: &mut Site, id: &str, unit: &str, place: &str, date: &str) {
    let cells = [
        ("unit", unit),
        ("kind", "bay"),
        ("date", date),
        ("place", place),
        ("topic", "饮水"),
    ];
    put(site, NightTalk::LEDGER, id, &cells);
}

/// A village with a bay in a group without members, and a community with an estate.
fn with_places() -> Site {
    let mut site = town();
    let group = [("unit", "u0"), ("name", "一组"), ("due", "2022-10-01")];
    put(&mut site, Group::LEDGER, "g1", &group);
    number(&mut site, Group::LEDGER, "g1", "members", 0);
    let bay = [
        ("unit", "u0"),
        ("kind", "bay"),
        ("name", "老屋湾"),
        ("head", "张三"),
        ("group", "g1"),
    ];
    put(&mut site, Place::LEDGER, "p1", &bay);
    number(&mut site, Place::LEDGER, "p1", "households", 32);
    let gone = [("unit", "u0"), ("name", "二组"), ("until", "2021-12-31")];
    put(&mut site, Group::LEDGER, "g2", &gone);
    put(
        &mut site,
        Estate::LEDGER,
        "e1",
        &[("unit", "u1"), ("name", "东苑小区"), ("mode", "none")],
    );
    let member = [
        ("unit", "u1"),
        ("estate", "e1"),
        ("name", "李四"),
        ("found", "2022-03-01"),
    ];
    put(&mut site, EstateMember::LEDGER, "m1", &member);
    site
}

/// G1: hamlets, groups and estates below a unit.
#[test]
fn what_names_a_place_exactly_in_its_unit_happened_there() {
    let mut site = with_places();
    talk(&mut site, "n1", "u0", "老屋湾", "2022-05-03");
    talk(&mut site, "n2", "u0", "老屋湾", "2022-11-02");
    talk(&mut site, "n3", "u0", "老屋湾（第2次）", "2022-11-03");
    talk(&mut site, "n4", "u1", "老屋湾", "2022-11-04");
    talk(&mut site, "n5", "u0", "老屋湾", "2021-06-01");
    talk(&mut site, "n6", "u0", "老屋湾", "2022-12-01");
    number(&mut site, NightTalk::LEDGER, "n1", "reached", 8);
    let page = place(&site.replica, "place", "p1").expect("the bay");
    assert_eq!(page.figures, "2022年在这里开了 2 场夜话，到会户数没有填全。");
    number(&mut site, NightTalk::LEDGER, "n2", "reached", 12);
    let page = place(&site.replica, "place", "p1").expect("the bay");
    assert_eq!(page.figures, "2022年在这里开了 2 场夜话，到会 20 户次。");
    let days: Vec<&str> = page.happened.iter().map(|h| h.day.as_str()).collect();
    assert_eq!(days, ["2022-11-02", "2022-05-03", "2021-06-01"]);
    assert_eq!(
        (page.name.as_str(), page.kind, page.unit.as_str()),
        ("老屋湾", "湾子", "u0")
    );
    let fact = |label: &str| page.facts.iter().find(|f| f.label == label).expect("it is told");
    assert_eq!(fact("户数").text, "32 户");
    let group = Address::parse(fact("所属村民小组").href.as_deref().expect("it leads on"));
    assert!(matches!(group.route, Route::Place { ledger, record, .. } if ledger == "group" && record == "g1"));
    // Of whom nothing but the name is known there is no page.
    assert_eq!(
        (page.people[0].name.as_str(), page.people[0].href.as_str()),
        ("张三", "")
    );
    assert!(place(&site.replica, "night_talk", "n1").is_none());
}

#[test]
fn a_group_without_members_and_an_estate_say_so() {
    let mut site = with_places();
    let group = place(&site.replica, "group", "g1").expect("the group");
    assert_eq!(group.state, "零党员小组，应在 2022-10-01 前消除，已逾期。");
    assert_eq!(group.within.len(), 1);
    assert_eq!(group.figures, "2022年没有记在这里的夜话。");
    number(&mut site, Group::LEDGER, "g1", "members", 2);
    assert_eq!(place(&site.replica, "group", "g1").expect("the group").state, "");
    assert_eq!(
        place(&site.replica, "group", "g2").expect("it was there").state,
        "党员人数还没有填报。"
    );
    let estate = place(&site.replica, "estate", "e1").expect("the estate");
    assert_eq!(estate.state, "物业服务和党组织还没有都到位。");
    assert_eq!(
        (estate.people[0].name.as_str(), estate.people[0].role.as_str()),
        ("李四", "小区党员")
    );
    let all = places::places(&site.replica, "u0", day());
    assert_eq!(places::counted(&all), "湾子 1 个、村民小组 1 个");
    let before = Day::parse("2021-12-30").expect("a day");
    let earlier = places::places(&site.replica, "u0", before);
    assert_eq!(places::counted(&earlier), "湾子 1 个、村民小组 2 个");
    assert_eq!(places::counted(&[]), "");
}

/// G10, G12, G13: what a unit holds besides its programmes.
#[test]
fn a_unit_tells_its_joint_committee_honours_and_pilots() {
    let mut site = town();
    let joint = [
        ("name", Value::text("城东联合党委")),
        ("units", Value::list(["u0", "u1"])),
        ("since", text("2021-06-01")),
    ];
    site.write(JointCommittee::LEDGER, "j1", &joint);
    let honour = [
        ("unit", "u0"),
        ("kind", "pilot"),
        ("title", "国土综合整治试点村"),
        ("level", "province"),
    ];
    put(&mut site, Honour::LEDGER, "h1", &honour);
    number(&mut site, Honour::LEDGER, "h1", "year", 2020);
    let pilot = [
        ("unit", "u0"),
        ("place", "老屋湾"),
        ("task", "环境整治"),
        ("since", "2022-01-05"),
    ];
    put(&mut site, Pilot::LEDGER, "t1", &pilot);
    let board = board(&site.replica);
    let source = Source {
        records: &site.replica,
        board: &board,
    };
    let told = |unit: &str| {
        let all = places::distinctions(source, catalogue(), unit).into_iter();
        all.map(|h| format!("{} {} {}", h.ledger, h.what, h.day))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        told("u0"),
        [
            "联合党委 城东联合党委 2021-06-01",
            "村湾治理试点 老屋湾 环境整治 2022-01-05",
            "试点 国土综合整治试点村（省级） 2020",
        ]
    );
    assert_eq!(told("u1"), ["联合党委 城东联合党委 2021-06-01"]);
}

/// 王一: secretary and reserve cadre in the village, cadre and mobile member in the community, and a young one born
/// in another year.
fn with_persons() -> Site {
    let mut site = town();
    let secretary = [
        ("unit", "u0"),
        ("name", "王一"),
        ("sex", "male"),
        ("birth", "1980-05"),
        ("joined", "2003-07"),
        ("since", "2021-03-27"),
        ("phone", "13971234567"),
    ];
    put(&mut site, Secretary::LEDGER, "s1", &secretary);
    let reserve = [
        ("unit", "u0"),
        ("name", "王 一"),
        ("birth", "1980-05"),
        ("since", "2018-12-01"),
        ("left", "2021-03-27"),
    ];
    put(&mut site, Reserve::LEDGER, "r1", &reserve);
    let cadre = [
        ("unit", "u1"),
        ("name", "王一"),
        ("post", "委员"),
        ("birth", "1980-05"),
        ("education", "college"),
        ("since", "2012-01-01"),
        ("until", "2018-12-01"),
    ];
    put(&mut site, Cadre::LEDGER, "c1", &cadre);
    let mobile = [
        ("unit", "u1"),
        ("name", "王一"),
        ("direction", "out"),
        ("since", "2022-01-01"),
        ("place", "武汉"),
    ];
    put(&mut site, Mobile::LEDGER, "m1", &mobile);
    let young = [
        ("unit", "u1"),
        ("name", "王一"),
        ("birth", "1999-01"),
        ("since", "2022-02-01"),
    ];
    put(&mut site, Talent::LEDGER, "t1", &young);
    site
}

fn found<'a>(replica: &'a Replica, unit: &str, record: Option<&str>) -> Found<'a> {
    persons::find(replica, catalogue(), (unit, "王一"), record, day()).expect("somebody of that name")
}

fn ids(found: &Found) -> Vec<String> {
    found.own.iter().map(|entry| entry.cells.id().to_owned()).collect()
}

/// What somebody says of two records, by their places among the person and those alike.
fn says(site: &mut Site, pair: [(&'static Ledger, &str); 2], same: bool) {
    let draft = {
        let entry = |(ledger, id): (&'static Ledger, &str)| persons::Entry {
            ledger,
            cells: tiancheng::model::records::Records::find(&site.replica, ledger.schema, id).expect("the record"),
        };
        persons::claim(entry(pair[0]), entry(pair[1]), same)
    };
    save(site, &draft);
}

fn save(site: &mut Site, draft: &Draft) {
    let stamp = site.stamp();
    let change = site.replica.compose(stamp, &[Write::of(draft, "")]);
    site.apply(change);
}

#[test]
fn a_name_alone_joins_nothing_and_is_offered_with_its_reason() {
    let site = with_persons();
    let person = found(&site.replica, "u0", None);
    assert_eq!(ids(&person), ["s1"]);
    let alike: Vec<(&str, &str)> = person
        .alike
        .iter()
        .map(|(they, why)| (they[0].cells.id(), *why))
        .collect();
    assert_eq!(
        alike,
        [
            ("c1", "姓名和出生年月相同"),
            ("m1", "只有姓名相同"),
            ("r1", "姓名和出生年月相同")
        ]
    );
    // The address says which of one name is meant.
    assert_eq!(ids(&found(&site.replica, "u0", Some("r1"))), ["r1"]);
    assert_eq!(ids(&found(&site.replica, "u1", None)), ["c1"]);
    assert!(persons::find(&site.replica, catalogue(), ("u0", "王二"), None, day()).is_none());
}

#[test]
fn two_devices_join_three_records_in_any_order_and_a_join_is_taken_back() {
    let start = with_persons();
    let file = start.file();
    let mut one = Site::new("b");
    one.take(&file);
    says(&mut one, [(Secretary::LEDGER, "s1"), (Reserve::LEDGER, "r1")], true);
    let mut other = Site::new("c");
    other.take(&file);
    says(&mut other, [(Cadre::LEDGER, "c1"), (Secretary::LEDGER, "s1")], true);
    let (first, second) = (one.file(), other.file());
    one.take(&second);
    other.take(&first);
    assert_eq!(one.file(), other.file());
    for site in [&one, &other] {
        for (unit, record) in [("u0", None), ("u1", Some("c1")), ("u0", Some("r1"))] {
            let person = found(&site.replica, unit, record);
            assert_eq!(ids(&person), ["s1", "c1", "r1"]);
            assert_eq!((person.joined.len(), person.alike.len()), (2, 1));
        }
    }
    let joins = found(&one.replica, "u0", None).joined;
    let reserve = joins
        .iter()
        .find(|claim| claim.pair.contains(&"reserve/r1".to_owned()))
        .expect("the join");
    save(&mut one, &person_page::taken_back(&reserve.id));
    let person = found(&one.replica, "u0", None);
    assert_eq!(ids(&person), ["s1", "c1"]);
    assert!(person.alike.iter().any(|(they, _)| they[0].cells.id() == "r1"));
}

#[test]
fn who_is_said_not_to_be_the_same_is_offered_no_more_and_who_differs_is_asked() {
    let start = with_persons();
    let file = start.file();
    let pair = [(Secretary::LEDGER, "s1"), (Reserve::LEDGER, "r1")];
    let (mut one, mut other) = (Site::new("b"), Site::new("c"));
    for (site, same) in [(&mut one, false), (&mut other, true)] {
        site.take(&file);
        says(site, pair, same);
    }
    let person = found(&one.replica, "u0", None);
    assert_eq!(
        (ids(&person), person.other.len(), person.alike.len()),
        (vec!["s1".to_owned()], 1, 2)
    );
    assert_eq!(ids(&found(&other.replica, "u0", None)), ["s1", "r1"]);
    let (first, second) = (one.file(), other.file());
    one.take(&second);
    other.take(&first);
    assert_eq!(
        ids(&found(&one.replica, "u0", None)),
        ids(&found(&other.replica, "u0", None))
    );
    let id = found(&other.replica, "u0", None);
    let id = id
        .joined
        .first()
        .map_or_else(|| id.other[0].1[0].clone(), |claim| claim.id.clone());
    let slot = SamePerson::LEDGER.slot("same").expect("a slot");
    for site in [&one, &other] {
        let record = site
            .replica
            .record(site.ix(SamePerson::LEDGER, &id))
            .expect("the record");
        assert!(record.disputed(slot));
    }
}

#[test]
fn a_reference_under_one_name_joins_and_one_to_somebody_else_does_not() {
    let mut site = with_persons();
    put(&mut site, Cadre::LEDGER, "c1", &[("reserve", "r1")]);
    put(
        &mut site,
        Reserve::LEDGER,
        "r2",
        &[("unit", "u1"), ("name", "赵二"), ("since", "2020-01-01")],
    );
    put(&mut site, Mobile::LEDGER, "m1", &[("reserve", "r2")]);
    assert_eq!(ids(&found(&site.replica, "u1", None)), ["c1", "r1"]);
    assert_eq!(ids(&found(&site.replica, "u1", Some("m1"))), ["m1"]);
}

fn page(replica: &Replica, unit: &str, record: Option<&str>) -> PersonPage {
    let board = board(replica);
    let source_ = Source {
        records: replica,
        board: &board,
    };
    let told = |change| source(replica, change);
    person_page::page(source_, replica, &told, (unit, "王一"), record).expect("a page")
}

/// T22: one card per secretary.
#[test]
fn the_page_tells_path_age_hours_talks_and_the_next_step() {
    let mut site = with_persons();
    says(&mut site, [(Secretary::LEDGER, "s1"), (Cadre::LEDGER, "c1")], true);
    let attended = [
        ("a1", "2022-03-01", Some("s1"), true, "24"),
        ("a2", "2022-04-01", Some("s1"), false, "24"),
        ("a3", "2022-05-01", None, true, "16"),
        ("a4", "2021-05-01", Some("s1"), true, "8"),
    ];
    for (id, date, secretary, attended, hours) in attended {
        put(
            &mut site,
            Attendance::LEDGER,
            id,
            &[("unit", "u0"), ("date", date), ("hours", hours)],
        );
        site.write(Attendance::LEDGER, id, &[("attended", Value::Bool(attended))]);
        if let Some(secretary) = secretary {
            put(&mut site, Attendance::LEDGER, id, &[("secretary", secretary)]);
        }
    }
    put(
        &mut site,
        PriorTalk::LEDGER,
        "k1",
        &[("unit", "u0"), ("secretary", "s1"), ("date", "2021-03-20")],
    );
    let page = page(&site.replica, "u0", None);
    assert_eq!(page.office, "书记（寺前村）");
    let path: Vec<(&str, &str, &str)> = page
        .path
        .iter()
        .map(|s| (s.when.as_str(), s.role.as_str(), s.unit.as_str()))
        .collect();
    assert_eq!(
        path,
        [
            ("2012-01-01 至 2018-12-01", "两委干部 · 委员", "环城社区"),
            ("2021-03-27 至今", "书记", "寺前村"),
        ]
    );
    let facts: Vec<(&str, &str)> = page.facts.iter().map(|f| (f.label, f.text.as_str())).collect();
    assert_eq!(
        facts,
        [
            ("性别", "男"),
            ("出生年月", "1980-05（42 岁）"),
            ("学历", "大专"),
            ("入党年月", "2003-07"),
            ("电话", tiancheng::view::format::masked_phone("13971234567").as_str()),
        ]
    );
    assert_eq!(page.study, "2022年已学 40 学时，规定 56 学时，还差 16。");
    assert_eq!((page.talks.len(), page.others.len()), (1, 3));
    let join = &page.joined[0];
    assert_eq!(join.text, "两委干部 · 委员（环城社区）和书记（寺前村）是同一人");
    assert!(join.by.contains("2022-03-05") && !join.against, "{}", join.by);
}

#[test]
fn the_next_step_is_that_of_the_open_record_and_of_the_follow_up_about_it() {
    let mut site = with_persons();
    let mobile = page(&site.replica, "u1", Some("m1"));
    assert!(mobile.study.is_empty());
    assert!(
        mobile
            .next
            .iter()
            .any(|n| n.href.contains("mobile_contact/new") && n.href.contains("m1")),
        "{:?}",
        mobile.next
    );
    put(
        &mut site,
        Thousand::LEDGER,
        "h1",
        &[("unit", "u1"), ("name", "王一"), ("intent", "2022-02-01")],
    );
    let thousand = page(&site.replica, "u1", Some("h1"));
    assert_eq!(
        thousand.next.first().map(|n| n.href.as_str()),
        Some("#/r/h1"),
        "{:?}",
        thousand.next
    );
}

#[test]
fn the_list_to_call_has_every_unit_and_hides_the_middle_of_phones() {
    let site = with_persons();
    let board = board(&site.replica);
    let calls = secretaries::calls(Source {
        records: &site.replica,
        board: &board,
    });
    let told: Vec<String> = calls
        .iter()
        .map(|c| [&*c.unit, &*c.name, &*c.phone, &*c.since].join(" "))
        .collect();
    let phone = tiancheng::view::format::masked_phone("13971234567");
    assert!(!phone.contains("71234"));
    assert_eq!(
        told,
        [
            format!("寺前村 王一 {phone} 2021-03-27"),
            "环城社区 还没有书记 -- ".to_owned()
        ]
    );
}

#[test]
fn search_leads_to_the_pages_of_persons_and_places() {
    let mut site = with_persons();
    put(
        &mut site,
        Place::LEDGER,
        "p1",
        &[("unit", "u0"), ("kind", "bay"), ("name", "老屋湾")],
    );
    let hits = search::find(&site.replica, "老屋");
    assert!(matches!(&hits[0].address.route, Route::Place { unit, record, .. } if unit == "u0" && record == "p1"));
    let hits = search::find(&site.replica, "王一");
    let meant: Vec<Option<&str>> = hits.iter().map(|hit| hit.address.get(key::RECORD)).collect();
    assert!(meant.contains(&Some("s1")) && meant.contains(&Some("c1")), "{meant:?}");
    assert!(hits.iter().all(|hit| matches!(hit.address.route, Route::Person { .. })));
    assert!(
        search::find(&site.replica, "书记通讯录")
            .iter()
            .any(|hit| hit.address.route == Route::Secretaries)
    );
}

#[test]
fn the_address_of_a_joined_place_leads_to_the_one_that_stands() {
    let mut site = with_places();
    put(
        &mut site,
        Place::LEDGER,
        "p2",
        &[("unit", "u0"), ("kind", "bay"), ("name", "老屋湾")],
    );
    site.write(Place::LEDGER, "p2", &[("_alias", text("p1"))]);
    let at = Address::parse("#/u/u0/w/place/p2");
    assert_eq!(
        stands(&site.replica, &at).expect("it leads on").hash(),
        "#/u/u0/w/place/p1"
    );
}

#[test]
fn a_join_is_undone_and_a_village_joins_its_own_records_alone() {
    let site = with_persons();
    let mut desk = desk_with(&site, 9);
    let draft = {
        let person = found(desk.replica(), "u0", None);
        let (they, _) = person
            .alike
            .iter()
            .find(|(they, _)| they[0].cells.id() == "r1")
            .expect("alike");
        persons::claim(person.own[0], they[0], true)
    };
    assert_eq!(draft.unit(), Some("u0"));
    let done = desk.save("是同一人", &[draft]);
    assert!(!done.unchanged && done.failure.is_none());
    assert_eq!(ids(&found(desk.replica(), "u0", None)), ["s1", "r1"]);
    desk.undo();
    assert_eq!(ids(&found(desk.replica(), "u0", None)), ["s1"]);
    desk.redo();
    assert_eq!(ids(&found(desk.replica(), "u0", None)), ["s1", "r1"]);
    desk.become_person(Role::Unit, "u0", "", "寺前村");
    assert_eq!(desk.why_not(SamePerson::LEDGER, "u0", None), None);
    assert!(desk.why_not(SamePerson::LEDGER, "", None).is_some());
}
