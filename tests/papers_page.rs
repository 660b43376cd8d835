//! The page of papers: what can be chosen, what a person writes, and papers that were sent.

mod rows_support;

use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::ledger::TypedRow as _;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::programmes::town::ledgers::SentPaper;
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::view::paper::block::Paper;
use tiancheng::view::paper::kind::Of;
use tiancheng::view::paper::kinds::{all, by_id};
use tiancheng::view::papers::{self, PAPERED, Wish};
use tiancheng::view::route::Address;

const VILLAGE: &str = "421223100207";

fn town(more: Vec<Draft>) -> Sheet {
    let mut drafts = vec![
        rec!("town", "town", name = "天城镇", county = "崇阳县"),
        rec!("district", "1", name = "寺前片区"),
        rec!("unit", VILLAGE, name = "寺前村", kind = "village", district = "1"),
    ];
    drafts.extend(more);
    Sheet { drafts }
}

fn today() -> Day {
    Day::parse("2022-11-22").expect("a day")
}

fn talk(id: &str, date: &str) -> Draft {
    rec!(
        "night_talk",
        id,
        unit = VILLAGE,
        kind = "bay",
        date = date,
        place = "老屋湾",
        topic = "修路"
    )
}

fn wish(records: &Sheet, hash: &str, reach: &Scope) -> Wish {
    let address = Address::parse(hash);
    let kind = match &address.route {
        tiancheng::view::route::Route::Paper(id) => by_id(id).expect("a kind"),
        other => panic!("{other:?}"),
    };
    Wish::of(records, kind, &address, reach, today())
}

fn made(records: &Sheet, hash: &str) -> (Wish, Paper) {
    let wish = wish(records, hash, &Scope::Town);
    let paper = wish.make(records).expect("a paper");
    (wish, paper)
}

#[test]
fn subjects_begin_with_the_widest_that_is_here() {
    let records = town(vec![talk("t1", "2022-11-05"), talk("t2", "2022-11-09")]);
    let keys = |kind: &str, reach: &Scope| {
        let all = papers::subjects(&records, by_id(kind).expect(kind), reach, today());
        all.into_iter().map(|(key, _)| key).collect::<Vec<_>>()
    };
    assert_eq!(keys("report", &Scope::Town), ["town", "d.1", "u.421223100207"]);
    assert_eq!(keys("report", &Scope::District("1".into())), ["d.1", "u.421223100207"]);
    assert_eq!(keys("report", &Scope::Unit(VILLAGE.into())), ["u.421223100207"]);
    // Records: the newest first, and none of elsewhere.
    assert_eq!(keys("talk", &Scope::Town), ["r.t2", "r.t1"]);
    assert_eq!(keys("talk", &Scope::Unit("421223100208".into())), Vec::<String>::new());
    assert!(keys("blank", &Scope::Town).contains(&"r.night_talk".to_owned()));
    assert!(!keys("blank", &Scope::Town).contains(&"r.setting".to_owned()));
}

#[test]
fn an_address_names_the_paper() {
    let records = town(vec![talk("t1", "2022-11-05")]);
    let asked = wish(
        &records,
        "#/papers/report?about=u.421223100207&period=2022-q4&names=yes",
        &Scope::Town,
    );
    assert_eq!(asked.asked.scope, Scope::Unit(VILLAGE.into()));
    assert_eq!(asked.asked.period, Period::Quarter(2022, 4));
    assert!(asked.asked.personal);
    // Without words it is the month of today over the town; a village's device never speaks of others.
    let plain = wish(&records, "#/papers/report", &Scope::Town);
    assert_eq!((&plain.asked.scope, plain.about.as_str()), (&Scope::Town, "town"));
    assert_eq!(plain.asked.period, Period::Month(today().month()));
    let own = wish(&records, "#/papers/report?about=town", &Scope::Unit(VILLAGE.into()));
    assert_eq!(own.asked.scope, Scope::Unit(VILLAGE.into()));
    let other = wish(
        &records,
        "#/papers/report?about=u.421223100208",
        &Scope::Unit(VILLAGE.into()),
    );
    assert_eq!(other.asked.scope, Scope::Unit(VILLAGE.into()));
    let (_, talk) = made(&records, "#/papers/talk?about=r.t1");
    assert_eq!(talk.scope, "t1");
    assert!(
        wish(&records, "#/papers/talk?about=r.gone", &Scope::Town)
            .make(&records)
            .is_err()
    );
}

/// Nothing to make a paper of is said in words that help, whether nothing is recorded or the address is wrong.
#[test]
fn what_is_missing_is_said() {
    let records = town(Vec::new());
    let refused = |hash: &str| wish(&records, hash, &Scope::Town).make(&records).expect_err(hash);
    assert_eq!(
        refused("#/papers/talk"),
        "还没有记录，做不了夜话记录：请先在夜话台账登记"
    );
    assert!(refused("#/papers/talk?about=r.nope").contains("没有这条记录"));
    assert!(refused("#/papers/report?about=u.999999").contains("没有这个村"));
    assert!(refused("#/papers/report?about=d.nope").contains("没有这个片区"));
    assert!(
        wish(&records, "#/papers/report?about=u.421223100207", &Scope::Town)
            .make(&records)
            .is_ok()
    );
    assert!(
        wish(&records, "#/papers/blank?about=r.night_talk", &Scope::Town)
            .make(&records)
            .is_ok()
    );
}

/// What a paper is of can be looked at: its record, its unit, its district; a form's ledger; of the town there is no one page.
#[test]
fn a_paper_leads_back_to_what_it_is_of() {
    let records = town(vec![talk("a", "2022-11-03")]);
    for (hash, source) in [
        ("#/papers/talk?about=r.a", Some("#/r/a")),
        ("#/papers/report?about=u.421223100207", Some("#/u/421223100207")),
        ("#/papers/report?about=d.1", Some("#/d/1")),
        ("#/papers/blank?about=r.night_talk", Some("#/l/night_talk")),
        ("#/papers/report?about=town", None),
    ] {
        let wish = wish(&records, hash, &Scope::Town);
        assert_eq!(wish.source().as_deref(), source, "{hash}");
    }
}

#[test]
fn record_and_place_lead_to_their_papers() {
    let to = papers::of_record_href("night_talk", "t1").expect("papers");
    let kinds = papers::fitting(&Address::parse(&to));
    let kinds: Vec<(&str, String)> = kinds.into_iter().map(|(kind, href)| (kind.id, href)).collect();
    let of_talk = |kind: &'static str| (kind, format!("#/papers/{kind}?about=r.t1"));
    assert_eq!(kinds, [of_talk("talk"), of_talk("sign-in")]);
    assert_eq!(papers::of_record_href("unit", VILLAGE), None);
    let place = papers::of_place_href(&Scope::Unit(VILLAGE.into()));
    let kinds = papers::fitting(&Address::parse(&place));
    assert!(kinds.iter().any(|(kind, _)| kind.id == "one-page"));
    assert!(kinds.iter().all(|(kind, _)| kind.id != "bulletin"));
    // The list that pages use without the kinds names the ledgers of the kinds.
    let mut named: Vec<&str> = PAPERED.to_vec();
    let of_kind = |of: &Of| match of {
        Of::Record(schema) => Some(schema.id),
        _ => None,
    };
    let mut declared: Vec<&str> = all().flat_map(|kind| kind.of.iter().filter_map(of_kind)).collect();
    named.sort_unstable();
    declared.sort_unstable();
    declared.dedup();
    assert_eq!(named, declared);
}

#[test]
fn a_sent_paper_keeps_its_words_and_is_made_anew_with_the_person_s() {
    let mut records = town(vec![talk("t1", "2022-11-05")]);
    let hash = "#/papers/report?about=u.421223100207&period=2022-11";
    let (asked, paper) = made(&records, hash);
    let id = paper
        .blocks
        .iter()
        .find(|b| b.id != "title")
        .expect("a block")
        .id
        .clone();
    let own = paper
        .clone()
        .edited("title", "寺前村十一月汇报")
        .edited(&id, "各位领导");
    let draft = papers::draft(&own, &asked, " 镇党委 ", "张三").expect("kept");
    let kept = Draft {
        id: "p1".to_owned(),
        ..draft
    };
    records.drafts.push(kept);
    let list = papers::sent(&records);
    assert_eq!(list.len(), 1);
    let row = &list[0];
    assert_eq!(
        (row.title.as_str(), row.to.as_str(), row.date.as_str()),
        ("寺前村十一月汇报", "镇党委 · 张三", "2022-11-22")
    );
    assert_eq!(row.about, "工作汇报 · 2022年11月 · 寺前村");
    // More talks change the paper of today, never the one that was sent.
    records.drafts.push(talk("t2", "2022-11-09"));
    let (_, sent) = papers::sent_paper(&records, "p1").expect("sent");
    assert_eq!(sent, own);
    let again = papers::again(&sent, "p1", &records);
    assert_eq!(again, "#/papers/report?about=u.421223100207&again=p1&period=2022-11");
    let (_, today) = made(&records, hash);
    assert_ne!(today.blocks, sent.blocks);
    assert_eq!(today.renewed(&sent).edits.len(), 2);
    assert!(
        papers::sent_paper(&records, "gone")
            .unwrap_err()
            .contains("没有这份文稿")
    );
    // Without its text, and with a damaged one.
    let bare = town(vec![rec!(
        "paper",
        "p2",
        title = "汇报",
        kind = "工作汇报",
        date = "2022-11-22"
    )]);
    assert!(papers::sent_paper(&bare, "p2").unwrap_err().contains("脱敏"));
    let broken = town(vec![rec!(
        "paper",
        "p3",
        title = "汇报",
        kind = "工作汇报",
        date = "2022-11-22",
        body = "{"
    )]);
    assert!(papers::sent_paper(&broken, "p3").unwrap_err().contains("损坏"));
}

#[test]
fn every_kind_is_kept_and_read_back() {
    let (records, day) = (sheet(&SampleOptions::default()), as_of());
    for kind in all() {
        for (about, _) in papers::subjects(&records, kind, &Scope::Town, day).into_iter().take(3) {
            let address = Address::parse(&papers::href(kind, &about));
            let wish = Wish::of(&records, kind, &address, &Scope::Town, day);
            let Ok(paper) = wish.make(&records) else { continue };
            let draft = papers::draft(&paper, &wish, "", "").expect(kind.id);
            let with = Sheet {
                drafts: vec![Draft {
                    id: "p".to_owned(),
                    ..draft
                }],
            };
            let (told, back) = papers::sent_paper(&with, "p").expect(kind.id);
            assert_eq!(back, paper, "{}", kind.id);
            assert!(!told.title.is_empty() && told.to.is_empty(), "{}", kind.id);
        }
    }
}

#[test]
fn changed_figures_under_a_person_s_words_are_named_and_confirmed() {
    let mut records = town(vec![talk("t1", "2022-11-05")]);
    let hash = "#/papers/talk?about=r.t1";
    let (_, before) = made(&records, hash);
    let texts = |paper: &Paper| {
        let shown = paper.blocks.iter();
        shown
            .filter_map(|b| paper.computed_now(&b.id).map(|text| (b.id.clone(), text)))
            .collect::<Vec<_>>()
    };
    let all: Vec<Paper> = texts(&before)
        .into_iter()
        .map(|(id, _)| before.clone().edited(&id, "自己的话"))
        .collect();
    records.drafts.retain(|draft| draft.id != "t1");
    records.drafts.push(rec!(
        "night_talk",
        "t1",
        unit = VILLAGE,
        kind = "bay",
        date = "2022-11-06",
        place = "汪家巷",
        topic = "用水"
    ));
    let (_, now) = made(&records, hash);
    let stale: Vec<papers::Stale> = all
        .iter()
        .flat_map(|kept| papers::stale(&now.clone().renewed(kept)))
        .collect();
    assert!(!stale.is_empty(), "day and place stand in the paper");
    let kept = all
        .iter()
        .find(|kept| kept.edits[0].id == stale[0].id)
        .expect("the edit");
    let confirmed = papers::confirmed(now.renewed(kept), &stale[0].id);
    assert!(papers::stale(&confirmed).is_empty());
    assert_eq!(confirmed.edits[0].text, "自己的话");
    let text = papers::edits_text(&confirmed.edits);
    assert_eq!(papers::edits_of(&text), confirmed.edits);
    assert!(papers::edits_of("{").is_empty());
}

#[test]
fn the_text_of_a_sent_paper_is_personal() {
    let body = SentPaper::LEDGER.field("body").expect("body");
    assert!(body.personal, "a file without personal data has it not");
    assert!(SentPaper::LEDGER.system, "its page lists it, no ledger page");
}
