//! Every rule that the page 指标与规则 shows is read: a change of each is seen in a figure, a gap, a deadline or a text;
//! and the thresholds of an indicator are those of every light.

mod rows_support;
mod support;

use rows_support::day;
use support::still::Still;
use tiancheng::chart::palette::LIGHT;
use tiancheng::chart::{Figure, Size, Theme, estimate, layout};
use tiancheng::desk::Desk;
use tiancheng::model::article;
use tiancheng::model::engine::indicator::{Board, Period, Scope};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes;
use tiancheng::model::programmes::dream::indicators::NIGHT_TALKS;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::programmes::{catalogue, check, gaps, indicator_by_id};
use tiancheng::model::records::{Draft, Records, Sheet};
use tiancheng::model::status::Status;
use tiancheng::view::charts::{Source, programmes_by_district, progress_heat};
use tiancheng::view::first_look::Top;
use tiancheng::view::follow::follow_ups;
use tiancheng::view::list::build;
use tiancheng::view::map_page::{programmes as on_map, town_map};
use tiancheng::view::pivot::{Asked, pivot};
use tiancheng::view::route::{Address, ListQuery};
use tiancheng::view::rules::{Item, checked, general, setting};
use tiancheng::view::standing::{Overdue, standing};
use tiancheng::view::unit_page::lanes;
use tiancheng::view::{overview, reach, record, search, show};

fn board(records: &Sheet) -> Board {
    let mut board = programmes::board(Period::Year(2022), as_of());
    board.refresh(records);
    board
}

fn reading(records: &Sheet, id: &str) -> String {
    let indicator = indicator_by_id(id).expect(id);
    let reading = board(records).reading(indicator, &Scope::Town);
    let (numerator, denominator) = (reading.numerator, reading.denominator);
    format!("{numerator}/{denominator} {:?} {:?}", reading.progress, reading.parts)
}

/// What needs a hand; without the sentences, which say rules themselves.
fn late(records: &Sheet) -> String {
    let found = gaps(records, as_of(), &Scope::Town);
    let told = found
        .iter()
        .map(|g| format!("{} {:?} {:?} {}\n", g.id, g.status, g.due, g.entries.len()));
    told.collect()
}

/// What branches owe this year.
fn meetings(records: &Sheet) -> String {
    let shown = tiancheng::view::party_life::matrix(records, as_of(), &Scope::Town, None);
    format!("{:?}", shown.counts)
}

fn article(records: &Sheet) -> String {
    format!("{:?}", article::figures(records, as_of()))
}

/// What is noted about three files of members to come, each short of another rule.
fn files(records: &Sheet) -> String {
    let activist = rec!(
        "development",
        "a",
        unit = "421223100207",
        name = "甲一",
        rule = "2014",
        applied = "2021-01-01",
        chosen = "2021-08-01",
        proposed = "2022-03-01",
        prechecked = "2022-05-01",
    );
    let member = rec!(
        "development",
        "b",
        unit = "421223100207",
        name = "乙二",
        rule = "2014",
        applied = "2019-01-01",
        chosen = "2019-03-01",
        proposed = "2020-06-01",
        prechecked = "2020-08-01",
        voted = "2020-09-01",
        approved = "2020-10-01",
    );
    let posted = rec!(
        "development",
        "c",
        unit = "421223100207",
        name = "丙三",
        rule = "2026-05",
        applied = "2024-01-01",
        chosen = "2024-03-01",
        proposed = "2026-06-01",
        consented = "2026-06-02",
        notice_from = "2026-06-08",
        noticed = "2026-06-10",
    );
    let noted = [activist, member, posted].map(|file| {
        let ledger = catalogue().get("development").expect("files");
        format!("{:?}", check(ledger, &file, records, day("2026-07-01")))
    });
    noted.join("\n")
}

/// The title of a record with a choice.
fn titles(records: &Sheet, ledger: &str, field: &str) -> String {
    let ledger = catalogue().get(ledger).expect(ledger);
    let choices = ledger.field(field).expect(field).choices;
    let title = |code: &str| {
        let mut draft = Draft::new(ledger.schema, "x");
        rows_support::set(&mut draft, field, code.into_value());
        show::title(records, catalogue(), ledger, &draft)
    };
    choices.iter().map(|c| title(c.code)).collect::<Vec<_>>().join("、")
}

trait IntoValue {
    fn into_value(self) -> tiancheng::model::value::Value;
}

impl IntoValue for &str {
    fn into_value(self) -> tiancheng::model::value::Value {
        tiancheng::model::value::Value::text(self)
    }
}

type Look = fn(&Sheet) -> String;

/// How a rule is seen: its key, another value, and what is looked at.
const SEEN: [(&str, &str, Look); 39] = [
    ("window.start", "2022-06-01", article),
    ("window.event", "全镇动员会", |r| {
        let start = Period::Since(day("2022-02-10"));
        reach::on_paper(r, &Scope::Town, (start, as_of()), (as_of(), ""))
    }),
    ("rule.contact_days", "60", late),
    ("rule.mobile_days", "200", late),
    ("rule.mobile_warn_days", "20", late),
    ("rule.mobile_months", "36", |r| reading(r, "seedling.mobile")),
    ("rule.stuck_days", "400", late),
    ("rule.gap_percent", "1", late),
    ("rule.reply_days", "400", late),
    ("rule.study_days", "0", late),
    ("rule.training_hours", "4", |r| reading(r, "lead.training")),
    ("rule.reserve_minimum", "3", late),
    ("rule.income_basis", "total", |r| reading(r, "base.income")),
    ("rule.income_low", "9", |r| reading(r, "base.income")),
    ("rule.income_high", "30", |r| reading(r, "base.income")),
    ("rule.herb_large", "100", |r| reading(r, "base.herbs")),
    ("rule.election_years", "1", late),
    ("rule.committee_members", "60", meetings),
    ("rule.lesson_months", "1", meetings),
    ("rule.activist_months", "6", files),
    ("rule.probation_months", "6", files),
    ("rule.precheck_2014", "false", files),
    ("rule.notice_days", "3", files),
    ("rule.notice_first_day", "false", files),
    ("label.link.first", "联县直单位", |r| {
        titles(r, "three_link", "link")
    }),
    ("label.link.second", "联企业", |r| titles(r, "three_link", "link")),
    ("label.link.third", "联学校", |r| titles(r, "three_link", "link")),
    ("label.five.update", "一次回访", |r| {
        titles(r, "five_one", "measure")
    }),
    ("label.five.meeting", "一次恳谈", |r| {
        titles(r, "five_one", "measure")
    }),
    ("label.five.visit", "一次上门", |r| titles(r, "five_one", "measure")),
    ("label.five.link", "一个微信群", |r| {
        titles(r, "five_one", "measure")
    }),
    ("label.five.platform", "一个课堂", |r| {
        titles(r, "five_one", "measure")
    }),
    ("show.ranking", "true", |r| {
        format!("{:?}", overview::by_district(&board(r), Programme::Base))
    }),
    ("paper.office", "中共天城镇委办公室", |r| {
        paper("one-page", r) + &paper("bulletin", r)
    }),
    ("paper.addressee", "中共崇阳县委组织部", |r| paper("report", r)),
    ("paper.signature", "天城镇党建办", |r| paper("report", r)),
    ("paper.code", "天镇党", |r| paper("bulletin", r)),
    ("paper.times", "true", |r| paper("one-page", r)),
    ("paper.sections", "存在问题、总体情况", |r| paper("report", r)),
];

/// A paper of the town.
fn paper(kind: &str, records: &Sheet) -> String {
    let asked = tiancheng::view::paper::ground::Asked {
        scope: Scope::Town,
        period: Period::Year(2022),
        today: as_of(),
        record: None,
        personal: false,
    };
    let kind = tiancheng::view::paper::kinds::by_id(kind).expect(kind);
    let paper = tiancheng::view::paper::kinds::make(kind, records, &asked).expect("a paper");
    tiancheng::view::paper::html::html(&paper)
}

fn with(records: &Sheet, item: &Item, typed: &str) -> Sheet {
    let value = checked(item, typed, as_of()).expect(&item.key);
    let mut changed = records.clone();
    changed.drafts.retain(|d| d.id != item.key);
    changed.drafts.push(setting(item, &value));
    changed
}

/// The sample with a suggestion that waits to be studied and an election that says nothing of the next.
fn town() -> Sheet {
    let mut town = sheet(&SampleOptions::default());
    let waits = rec!(
        "suggestion",
        "s",
        unit = "421223100207",
        date = "2022-11-18",
        text = "路灯",
        state = "open",
    );
    let election = rec!(
        "election",
        "e",
        unit = "421223100207",
        year = 2022,
        voted = "2022-01-05"
    );
    town.drafts.extend([waits, election]);
    town
}

#[test]
fn every_rule_shown_has_a_reader() {
    let town = town();
    let shown = general(&town);
    assert_eq!(
        shown.iter().map(|i| i.key.as_str()).collect::<Vec<_>>(),
        SEEN.map(|s| s.0),
        "every rule that is shown, in its order, is seen somewhere"
    );
    for (item, (key, typed, look)) in shown.iter().zip(SEEN) {
        assert_ne!(item.value, typed, "{key}");
        let (before, after) = (look(&town), look(&with(&town, item, typed)));
        assert!(before.len() > 1 && before != after, "{key}: nothing changes\n{before}");
    }
}

/// A file may hold what no page lets anybody type: the default holds.
#[test]
fn what_cannot_be_read_is_no_rule() {
    let town = town();
    for (item, (key, _, look)) in general(&town).iter().zip(SEEN) {
        if matches!(item.kind, tiancheng::model::settings::RuleKind::Text) {
            continue;
        }
        let mut odd = town.clone();
        odd.drafts.retain(|d| d.id != key);
        let mut without = odd.clone();
        without.drafts.push(setting(item, &item.default));
        odd.drafts.push(setting(item, "随便"));
        assert_eq!(look(&odd), look(&without), "{key}");
    }
}

/// Definitions and hints say the rule in force.
#[test]
fn sentences_beside_a_rule_say_it() {
    let town = sheet(&SampleOptions::default());
    let rules = general(&town);
    let item = |key: &str| rules.iter().find(|i| i.key == key).expect(key);
    let definition = |records: &Sheet, id: &str| {
        let indicator = indicator_by_id(id).expect(id);
        indicator.definition_in(&programmes::settings(records))
    };
    for (key, typed, id, said) in [
        ("rule.contact_days", "45", "lead.contact", "截至日期前 45 天内"),
        ("rule.training_hours", "64.5", "lead.training", "64.5 学时"),
        ("rule.mobile_days", "120", "seedling.mobile", "截至日期前 120 天内"),
        ("rule.mobile_months", "3", "seedling.mobile", "连续外出不满 3 个月"),
        ("rule.reserve_minimum", "2", "seedling.reserve", "2 人"),
        ("rule.income_low", "8", "base.income", "8 万元"),
    ] {
        let changed = with(&town, item(key), typed);
        assert!(definition(&changed, id).contains(said), "{}", definition(&changed, id));
        assert!(!definition(&town, id).contains(said), "{}", definition(&town, id));
    }
    let files = catalogue().get("development").expect("files");
    for (key, typed, field, said) in [
        ("rule.notice_days", "7", "noticed", "不少于 7 个工作日"),
        ("rule.activist_months", "18", "inspected", "至少 18 个月"),
    ] {
        let changed = with(&town, item(key), typed);
        let hint = |records: &Sheet| show::hint(records, files.field(field).expect(field));
        assert!(
            hint(&changed).contains(said) && !hint(&town).contains(said),
            "{}",
            hint(&changed)
        );
    }
}

/// Rows G11, M8: the names that an office gives its 三联 and 五个一 stand wherever these are shown.
#[test]
fn given_names_show_in_lists_forms_cross_tables_records_and_the_search() {
    let mut desk = Desk::sample(Still::new(7), &SampleOptions::default());
    let rules = general(desk.replica());
    for (id, name, key, field, code, across) in [
        ("three_link", "联县直单位", "label.link.first", "link", "first", "state"),
        (
            "five_one",
            "一次回访",
            "label.five.update",
            "measure",
            "update",
            "mobile",
        ),
    ] {
        let item = rules.iter().find(|i| i.key == key).expect(key);
        desk.save("改名", &[setting(item, name)]);
        let (replica, ledger) = (desk.replica(), catalogue().get(id).expect(id));
        let of = ledger.field(field).expect(field);
        let declared = of.choice(code).expect(code).label;
        let options = show::choices(replica, of);
        assert!(
            options.contains(&(code.to_owned(), name.to_owned())),
            "form: {options:?}"
        );
        let list = build(replica, ledger, &ListQuery::default(), None);
        let filter = list.filters.iter().find(|f| f.key == field).expect("a filter");
        assert!(filter.options.iter().any(|o| o.1 == name), "{:?}", filter.options);
        let rows: Vec<_> = (0..list.rows.len())
            .filter_map(|at| list.row(replica, ledger, at))
            .collect();
        let rows = format!("{rows:?}");
        assert!(rows.contains(name) && !rows.contains(declared), "{rows}");
        let address = Address::parse(&format!("#/l/{id}?by={field}&across={across}&f.{field}={code}"));
        let query = ListQuery::of(&address.query);
        let narrowed = build(replica, ledger, &query, None);
        let paper = narrowed.paper_line(&query, "本镇", as_of());
        assert!(paper.contains(name), "print: {paper}");
        let asked = Asked::of(&address, ledger).expect("a cross table");
        let table = pivot(replica, ledger, &narrowed, &asked, &address, None);
        assert!(table.rows.iter().any(|r| r.label == name), "{:?}", table.rows);
        let ix = narrowed.rows[0];
        let card = record::card(&desk, ix).expect("a record");
        let told = format!("{card:?}");
        assert!(told.contains(name) && !told.contains(declared), "{told}");
        let hits = search::find(replica, name);
        assert!(hits.iter().any(|h| h.text.contains(name)), "{hits:?}");
    }
}

fn drawn(figure: &Figure) -> String {
    let size = Size {
        width: 900.0,
        height: None,
    };
    format!("{:?}", layout(figure, size, &Theme::new(LIGHT, 1.0), &estimate).shapes)
}

/// Each place that shows how far 筑梦 is: unit readings, the map, the card, the districts, the lanes of units, charts.
fn lights(records: &Sheet) -> [String; 7] {
    let board = board(records);
    let todo = follow_ups(records, catalogue(), as_of(), &Scope::Town);
    let overdue = Overdue::of(&todo);
    let units: Vec<&str> = board.frame().units.iter().map(|u| u.code.as_str()).collect();
    let unit = |code: &str| Scope::Unit(code.to_owned());
    let readings = units.iter().map(|code| board.reading(&NIGHT_TALKS, &unit(code)).status);
    let map = town_map(records, board.frame());
    let on_map = on_map(&map, &board, &overdue).into_iter().map(|cell| cell.1);
    let card = Top::of(&board, Some(&overdue))
        .card(Programme::Dream)
        .and_then(|c| c.standing.clone());
    let districts = board.frame().districts();
    let districts = districts
        .iter()
        .map(|id| standing(&board, &overdue, Programme::Dream, &Scope::District((*id).to_owned())));
    let source = Source {
        records: records as &dyn Records,
        board: &board,
    };
    let lanes = units
        .iter()
        .flat_map(|code| lanes(source, &overdue, code))
        .map(|l| l.standing);
    [
        format!("{:?}", readings.collect::<Vec<_>>()),
        format!("{:?}", on_map.collect::<Vec<_>>()),
        format!("{card:?}"),
        format!("{:?}", districts.collect::<Vec<_>>()),
        format!("{:?}", lanes.collect::<Vec<_>>()),
        drawn(&progress_heat(source).figure),
        drawn(&programmes_by_district(source).figure),
    ]
}

#[test]
fn thresholds_of_an_indicator_are_those_of_every_light() {
    let town = sheet(&SampleOptions::default());
    let own = tiancheng::view::rules::of_programme(Programme::Dream, &town);
    let items: Vec<Item> = own.into_iter().flat_map(|i| i.items).collect();
    let item = |key: &str| items.iter().find(|i| i.key == key).expect(key);
    // The programme is this indicator alone.
    let mut alone = town;
    for other in ["annual_plan", "five_year_plan", "suggestions", "items", "process"] {
        alone = with(&alone, item(&format!("weight.dream.{other}")), "0");
    }
    let alone = with(&alone, item("target.dream.night_talks"), "5");
    let before = lights(&alone);
    let strict = with(&alone, item("normal.dream.night_talks"), "100");
    let strict = with(&strict, item("warning.dream.night_talks"), "100");
    for (place, (before, after)) in before.iter().zip(lights(&strict)).enumerate() {
        assert_ne!(*before, after, "place {place} keeps its light");
    }
    let mild = with(&alone, item("normal.dream.night_talks"), "0");
    let mild = with(&mild, item("warning.dream.night_talks"), "0");
    assert_ne!(before[0], lights(&mild)[0]);
    let board = board(&mild);
    let all = board
        .frame()
        .units
        .iter()
        .map(|u| board.status(Programme::Dream, &Scope::Unit(u.code.clone())));
    assert!(all.into_iter().all(|s| matches!(s, Status::Ok | Status::None)));
}

/// The bound of a programme is the mean of those of its indicators, by weight.
#[test]
fn the_bound_of_a_programme_is_the_mean_of_its_indicators() {
    let town = sheet(&SampleOptions::default());
    let thresholds = |records: &Sheet| board(records).thresholds(Programme::Base);
    let usual = thresholds(&town);
    assert_eq!((usual.normal, usual.warning), (900, 700));
    let own = tiancheng::view::rules::of_programme(Programme::Base, &town);
    let items: Vec<Item> = own.into_iter().flat_map(|i| i.items).collect();
    let item = |key: &str| items.iter().find(|i| i.key == key).expect(key);
    // Four indicators of equal weight: (50 + 3 × 90) / 4 = 80.
    let one = with(&town, item("normal.base.centres"), "50");
    assert_eq!(thresholds(&one).normal, 800);
    // With twice the weight of the others: (2 × 50 + 3 × 90) / 5 = 74.
    let heavy = with(&one, item("weight.base.centres"), "2");
    assert_eq!(thresholds(&heavy).normal, 740);
    assert_eq!(thresholds(&heavy).warning, 700);
    assert_eq!(usual.status(Some(700)), Status::Warn);
    assert_eq!(usual.status(Some(699)), Status::Late);
    assert_eq!(usual.status(Some(900)), Status::Ok);
    assert_eq!(usual.status(None), Status::None);
}
