//! Who keeps a paper, where it goes, and of whom it may be made.

mod support;

use support::still::{Still, take};
use support::{Site, text};
use tiancheng::desk::Desk;
use tiancheng::exchange::{Purpose, Scope as FileScope};
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::ledger::{Role, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::town::ledgers::{District, SentPaper, Town, Unit};
use tiancheng::model::records::rows;
use tiancheng::storage::MemoryKeyValue;
use tiancheng::view::paper::kinds::by_id;
use tiancheng::view::papers::{self, Wish};
use tiancheng::view::route::{Address, Route};

const U: &str = "421223100208";
const V: &str = "421223100201";

fn town() -> Site {
    let mut site = Site::new("a");
    site.write(Town::LEDGER, "town", &[("name", text("天城镇"))]);
    for (id, name) in [("d", "寺前片区"), ("e", "河田片区")] {
        site.write(District::LEDGER, id, &[("name", text(name))]);
    }
    for (id, name, district) in [(U, "寺前村", "d"), (V, "河田村", "e")] {
        let cells = [
            ("name", text(name)),
            ("kind", text("village")),
            ("district", text(district)),
        ];
        site.write(Unit::LEDGER, id, &cells);
    }
    let talk = [
        ("unit", text(U)),
        ("kind", text("bay")),
        ("date", text("2022-11-02")),
        ("place", text("一组")),
        ("topic", text("饮水")),
    ];
    site.write(NightTalk::LEDGER, "t", &talk);
    site
}

fn with(purpose: Purpose, scope: FileScope) -> Desk {
    let file = support::still::desk_with(&town(), 9).export(purpose, scope).text;
    let mut desk = Desk::open(std::rc::Rc::new(MemoryKeyValue::default()), Still::new(7), None);
    take(&mut desk, "文件.json", &file);
    desk
}

fn wish(desk: &Desk, kind: &str, about: &str) -> Wish {
    let kind = by_id(kind).expect(kind);
    let address = Address::parse(&papers::href(kind, about));
    Wish::of(desk.replica(), kind, &address, &desk.reach(), desk.today())
}

/// Keeps a report; whether it is there and counts.
fn keep(desk: &mut Desk, about: &str) -> Result<String, String> {
    let wish = wish(desk, "report", about);
    if let Some(why) = papers::why_not_keep(desk, &wish) {
        return Err(why);
    }
    let paper = wish.make(desk.replica())?;
    let draft = papers::draft(&paper, &wish, "县委组织部", "").expect("a draft");
    let before = papers::sent(desk.replica()).len();
    let done = desk.save("留存文稿", &[draft]);
    assert!(done.failure.is_none());
    let after = papers::sent(desk.replica());
    assert_eq!(after.len(), before + 1, "it counts at once, of {about}");
    Ok(paper.scope)
}

#[test]
fn a_leader_keeps_papers_of_the_own_district_and_its_villages() {
    let mut leader = with(Purpose::Backup, FileScope::all());
    leader.become_person(Role::District, "", "d", "片区领导");
    assert_eq!(keep(&mut leader, "d.d").as_deref(), Ok("d"));
    assert_eq!(keep(&mut leader, &format!("u.{U}")).as_deref(), Ok(U));
    for about in ["town", "d.e", &format!("u.{V}")] {
        assert!(keep(&mut leader, about).is_err(), "{about}");
    }
    // Those of the town are not the leader's to delete.
    let mut office = with(Purpose::Backup, FileScope::all());
    office.become_person(Role::Town, "", "", "");
    assert!(keep(&mut office, "town").is_ok());
    let sent = papers::sent(office.replica()).remove(0).id;
    let (_, paper) = papers::sent_paper(office.replica(), &sent).expect("it");
    assert_eq!(papers::why_not_delete(&office, &sent, &paper), None);
    office.become_person(Role::District, "", "d", "");
    let why = papers::why_not_delete(&office, &sent, &paper).expect("a reason");
    assert!(why.contains("不是本片区"), "{why}");
}

#[test]
fn a_village_keeps_its_own_and_a_viewer_none() {
    let mut desk = with(Purpose::Dispatch, FileScope::units([U]));
    desk.become_person(Role::Unit, U, "", "村里");
    assert_eq!(keep(&mut desk, &format!("u.{U}")).as_deref(), Ok(U));
    desk.become_person(Role::Viewer, "", "", "");
    assert!(keep(&mut desk, &format!("u.{U}")).is_err());
}

/// A district's paper comes to the office, and to no village.
#[test]
fn papers_of_no_village_are_in_no_file_for_a_village() {
    let mut leader = with(Purpose::Backup, FileScope::all());
    leader.become_person(Role::District, "", "d", "");
    keep(&mut leader, "d.d").expect("kept");
    keep(&mut leader, &format!("u.{U}")).expect("kept");
    let count = |file: &str| {
        let mut desk = Desk::open(std::rc::Rc::new(MemoryKeyValue::default()), Still::new(8), None);
        take(&mut desk, "文件.json", file);
        rows::<SentPaper>(desk.replica()).len()
    };
    assert_eq!(count(&leader.export(Purpose::Dispatch, FileScope::units([U])).text), 1);
    assert_eq!(count(&leader.export(Purpose::Report, FileScope::units([U])).text), 2);
    assert_eq!(count(&leader.export(Purpose::Backup, FileScope::all()).text), 2);
}

/// Who has the records of one village makes no paper of another in silence.
#[test]
fn an_address_of_elsewhere_is_refused_in_words() {
    let mut desk = with(Purpose::Backup, FileScope::all());
    desk.become_person(Role::Unit, U, "", "");
    for about in ["town", "d.d", &format!("u.{V}")] {
        let why = wish(&desk, "report", about).make(desk.replica()).expect_err(about);
        assert!(why.contains("只有寺前村的记录"), "{about}: {why}");
    }
    wish(&desk, "report", &format!("u.{U}"))
        .make(desk.replica())
        .expect("the own one");
    // Without a subject in the address it is the own village.
    let kind = by_id("report").expect("it");
    let bare = Address::from(Route::Paper("report".to_owned()));
    let own = Wish::of(desk.replica(), kind, &bare, &desk.reach(), desk.today());
    assert_eq!(own.asked.scope, Scope::Unit(U.to_owned()));
    let district = Scope::District("d".to_owned());
    let of = |about: &str| {
        let address = Address::parse(&papers::href(kind, about));
        let wish = Wish::of(desk.replica(), kind, &address, &district, desk.today());
        wish.make(desk.replica()).is_ok()
    };
    assert!(of("d.d") && of(&format!("u.{U}")));
    assert!(!of("d.e") && !of(&format!("u.{V}")) && !of("town"));
}

#[test]
fn kinds_without_a_record_here_are_not_offered() {
    let desk = with(Purpose::Dispatch, FileScope::units([U]));
    let has =
        |kind: &str, reach: &Scope| papers::has_subject(desk.replica(), by_id(kind).expect(kind), reach, desk.today());
    let own = Scope::Unit(U.to_owned());
    for (kind, is_there) in [
        ("report", true),
        ("one-page", true),
        ("supervision", true),
        ("talk", true),
        ("blank", true),
        ("sign-in", true),
        ("notice-candidate", false),
        ("bulletin", false),
    ] {
        assert_eq!(has(kind, &own), is_there, "{kind}");
    }
    for kind in ["talk", "sign-in"] {
        assert!(
            !has(kind, &Scope::Unit(V.to_owned())),
            "{kind}: it is of another village"
        );
    }
}
