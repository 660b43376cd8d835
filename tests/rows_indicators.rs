//! Indicators on the sample town and on small towns written out here.

use tiancheng::model::date::{Day, Month};
use tiancheng::model::engine::indicator::{Period, Reading, Scope, summary};
use tiancheng::model::ledger::{Cells as _, Ledger, TypedRow as _};
use tiancheng::model::programmes;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet, window_start};
use tiancheng::model::programmes::{evaluate, indicator_by_id, indicators};
use tiancheng::model::records::{Draft, Records as _, Sheet};
use tiancheng::model::settings::Settings;
use tiancheng::model::status::Status;
use tiancheng::model::value::{Decimal, Value};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn draft(ledger: &'static Ledger, id: &str, fields: &[(&str, Value)]) -> Draft {
    let mut draft = Draft::new(ledger.schema, id);
    for (name, value) in fields {
        draft.set(
            ledger.slot(name).unwrap_or_else(|| panic!("no field {name}")),
            value.clone(),
        );
    }
    draft
}

fn t(text: &str) -> Value {
    Value::text(text)
}

fn read(sheet: &Sheet, id: &str, period: Period, on: Day) -> Reading {
    evaluate(
        indicator_by_id(id).expect("an indicator"),
        sheet,
        period,
        on,
        &Scope::Town,
    )
}

fn whole(number: i64) -> Decimal {
    Decimal::whole(number)
}

fn year_2022(id: &str) -> Reading {
    read(&sheet(&SampleOptions::default()), id, Period::Year(2022), as_of())
}

/// Rows Z1, Z8, Z12, Z13, T3, Q2, Q6, Q10, Q16, Q17, M17.
#[test]
fn figures_of_the_article_come_out_of_the_sample() {
    let sheet = sheet(&SampleOptions::default());
    let since = Period::Since(window_start());
    let talks = read(&sheet, "dream.night_talks", since, as_of());
    assert_eq!(talks.numerator, whole(146));
    assert_eq!((talks.amount("bay"), talks.amount("star")), (whole(84), whole(62)));
    assert_eq!((talks.records().count(), talks.missing().count()), (146, 0));
    let ratio = |id: &str| {
        let reading = read(&sheet, id, since, as_of());
        (reading.numerator, reading.denominator)
    };
    assert_eq!(ratio("dream.annual_plan"), (whole(39), whole(39)));
    assert_eq!(ratio("lead.secretaries"), (whole(39), whole(39)));
    assert_eq!(ratio("base.income"), (whole(28), whole(28)));
    let income = read(&sheet, "base.income", since, as_of());
    assert_eq!(
        (income.amount("high"), income.amount("between")),
        (whole(11), whole(17))
    );
    let centres = read(&sheet, "base.centres", since, as_of());
    let state = |key| centres.amount(key);
    assert_eq!(
        (state("built"), state("upgrading"), state("planned")),
        (whole(19), whole(13), whole(7))
    );
    assert_eq!(centres.part("built_both").and_then(|p| p.permille()), Some(1000));
    let reserve = read(&sheet, "seedling.reserve", since, as_of());
    assert_eq!((reserve.numerator, reserve.amount("one_only")), (whole(50), whole(28)));
}

/// Row G6, Q20: 社区 are not counted in 村集体经济, 村 not in 红色物业, unless the setting says so.
#[test]
fn kinds_of_unit_bound_the_denominator_until_a_setting_says_otherwise() {
    let mut town = sheet(&SampleOptions::default());
    let units = |town: &Sheet, id: &str| read(town, id, Period::Year(2022), as_of()).units;
    assert_eq!(
        (units(&town, "base.income"), units(&town, "seedling.estates")),
        (28, 11)
    );
    let setting = tiancheng::model::programmes::town::ledgers::Setting::LEDGER;
    town.drafts
        .push(draft(setting, "kinds.base.income", &[("value", t("both"))]));
    town.drafts
        .push(draft(setting, "kinds.seedling.estates", &[("value", t("both"))]));
    assert_eq!(
        (units(&town, "base.income"), units(&town, "seedling.estates")),
        (39, 39)
    );
}

/// Row G7: the town as it stood on any day.
#[test]
fn an_earlier_day_shows_the_earlier_town() {
    let town = sheet(&SampleOptions::default());
    let talks = |on| read(&town, "dream.night_talks", Period::Year(2022), on).numerator;
    assert_eq!(talks(day("2022-02-10")), whole(0));
    let spring = talks(day("2022-04-30"));
    assert!(spring > whole(40) && spring < whole(80), "{spring}");
    let plans = |on| read(&town, "dream.annual_plan", Period::Year(on_year(on)), on).numerator;
    assert_eq!(plans(day("2022-02-15")), whole(0));
    assert_eq!(plans(day("2021-12-31")), whole(39));
    let before = read(&town, "lead.secretaries", Period::All, day("2020-06-01"));
    assert_eq!(before.numerator, whole(39), "the previous term");
}

fn on_year(on: Day) -> i32 {
    on.year()
}

/// Rows G7, Z12: months and quarters add up to the year.
#[test]
fn periods_partition_the_year() {
    let town = sheet(&SampleOptions::default());
    let talks = |period| read(&town, "dream.night_talks", period, as_of()).numerator;
    let months: Decimal = (1..=12)
        .filter_map(|m| Month::new(2022, m))
        .map(|m| talks(Period::Month(m)))
        .sum();
    let quarters: Decimal = (1..=4).map(|q| talks(Period::Quarter(2022, q))).sum();
    assert_eq!(
        (months, quarters),
        (talks(Period::Year(2022)), talks(Period::Year(2022)))
    );
    assert_eq!(
        talks(Period::All),
        talks(Period::Year(2022)) + talks(Period::Year(2021))
    );
}

/// Row G1: district and town values are sums over the records of their units.
#[test]
fn districts_and_units_add_up_to_the_town() {
    let town = sheet(&SampleOptions::default());
    let mut board = programmes::board(Period::Year(2022), as_of());
    board.refresh(&town);
    let districts: Vec<String> = board.frame().districts().iter().map(|d| (*d).to_string()).collect();
    assert_eq!(districts.len(), 11);
    for indicator in indicators() {
        let whole = board.reading(indicator, &Scope::Town);
        let parts: Vec<Reading> = districts
            .iter()
            .map(|d| board.reading(indicator, &Scope::District(d.clone())))
            .collect();
        let numerator: Decimal = parts.iter().map(|r| r.numerator).sum();
        let denominator: Decimal = parts.iter().map(|r| r.denominator).sum();
        assert_eq!(
            (numerator, denominator),
            (whole.numerator, whole.denominator),
            "{}",
            indicator.id
        );
        assert_eq!(parts.iter().map(|r| r.units).sum::<usize>(), whole.units);
        let single = evaluate(indicator, &town, Period::Year(2022), as_of(), &Scope::Town);
        assert_eq!((single.numerator, single.status), (whole.numerator, whole.status));
    }
}

/// Rows G1, T11: a unit moved between districts counts where it was on the day.
#[test]
fn a_moved_unit_counts_in_its_district_of_the_day() {
    let mut town = sheet(&SampleOptions::default());
    let ledger = tiancheng::model::programmes::town::ledgers::UnitMove::LEDGER;
    let fields = [
        ("unit", t("421223100208")),
        ("district", t("d01")),
        ("date", t("2022-07-01")),
    ];
    town.drafts.push(draft(ledger, "move-1", &fields));
    let talks = |district: &str, on| {
        let scope = Scope::District(district.to_string());
        let indicator = indicator_by_id("dream.night_talks").expect("an indicator");
        evaluate(indicator, &town, Period::Year(2022), on, &scope).numerator
    };
    assert_eq!(talks("d09", as_of()), whole(24 - 8));
    assert_eq!(talks("d01", as_of()), whole(14 + 8));
    assert_eq!(
        talks("d09", day("2022-06-30")) + talks("d01", day("2022-06-30")),
        talks("d09", day("2022-07-01")) + talks("d01", day("2022-07-01"))
    );
}

/// Row G4: the records of a merged unit are counted with the unit that took it over.
#[test]
fn a_merged_unit_lives_on_in_its_heir() {
    let mut town = sheet(&SampleOptions::default());
    let ledger = tiancheng::model::programmes::town::ledgers::Unit::LEDGER;
    let unit = town
        .drafts
        .iter_mut()
        .find(|d| d.ledger == "unit" && d.id == "421223100208")
        .expect("寺前村");
    unit.set(ledger.slot("until").expect("a field"), t("2022-06-01"));
    unit.set(ledger.slot("merged_into").expect("a field"), t("421223100201"));
    let indicator = indicator_by_id("dream.night_talks").expect("an indicator");
    let scope = Scope::Unit("421223100201".to_string());
    let reading = evaluate(indicator, &town, Period::Year(2022), as_of(), &scope);
    assert_eq!((reading.numerator, reading.units), (whole(15), 1));
    let town_reading = evaluate(indicator, &town, Period::Year(2022), as_of(), &Scope::Town);
    assert_eq!((town_reading.numerator, town_reading.units), (whole(146), 38));
}

/// Row T8: a talk on or after the day of appointment does not count.
#[test]
fn a_late_talk_is_not_a_prior_talk() {
    let lead = |talk: &str| {
        let unit = draft(
            tiancheng::model::programmes::town::ledgers::Unit::LEDGER,
            "u1",
            &[("name", t("示例村")), ("kind", t("village"))],
        );
        let secretary = draft(
            tiancheng::model::programmes::lead::ledgers::Secretary::LEDGER,
            "s1",
            &[("unit", t("u1")), ("name", t("示例书记01")), ("since", t("2021-03-10"))],
        );
        let talk = draft(
            tiancheng::model::programmes::lead::ledgers::PriorTalk::LEDGER,
            "t1",
            &[("unit", t("u1")), ("secretary", t("s1")), ("date", t(talk))],
        );
        let town = Sheet {
            drafts: vec![unit, secretary, talk],
        };
        let reading = read(&town, "lead.talks", Period::All, as_of());
        (reading.numerator, reading.denominator)
    };
    assert_eq!(lead("2021-03-09"), (whole(1), whole(1)));
    assert_eq!(lead("2021-03-10"), (whole(0), whole(1)));
}

/// Every indicator says what it counts, and its number of records or missing is never silent.
#[test]
fn every_indicator_is_defined_and_backed_by_records() {
    let town = sheet(&SampleOptions::default());
    let mut seen = std::collections::BTreeSet::new();
    for indicator in indicators() {
        assert!(seen.insert(indicator.id), "{} twice", indicator.id);
        assert!(indicator.id.starts_with(indicator.programme.id()), "{}", indicator.id);
        let definition = indicator.definition_in(&Settings::default());
        assert!(definition.chars().count() > 8 && !definition.ends_with('。') && !definition.contains('#'));
        let reading = read(&town, indicator.id, Period::Year(2022), as_of());
        let catalogue = tiancheng::model::programmes::catalogue();
        for record in reading.records() {
            let ledger = catalogue.get(record.ledger).expect("a ledger");
            assert!(
                town.find(ledger.schema, &record.id).is_some(),
                "{} names {}",
                indicator.id,
                record.id
            );
        }
        assert_eq!(
            reading.progress.is_none(),
            reading.status == Status::None,
            "{}",
            indicator.id
        );
    }
    assert_eq!(seen.len(), 28);
}

/// Targets, thresholds and weights are settings.
#[test]
fn settings_move_targets_lights_and_weights() {
    let mut town = sheet(&SampleOptions::default());
    let setting = |id: &str, value: &str| {
        draft(
            tiancheng::model::programmes::town::ledgers::Setting::LEDGER,
            id,
            &[("value", t(value))],
        )
    };
    let status = |town: &Sheet| read(town, "dream.night_talks", Period::Year(2022), as_of());
    assert_eq!(status(&town).status, Status::Ok);
    town.drafts.push(setting("target.dream.night_talks", "5"));
    let stricter = status(&town);
    assert_eq!((stricter.progress, stricter.status), (Some(749), Status::Warn));
    town.drafts.push(setting("warning.dream.night_talks", "75"));
    assert_eq!(status(&town).status, Status::Late);
    town.drafts.push(setting("rule.reserve_minimum", "2"));
    let reserve = read(&town, "seedling.reserve", Period::Year(2022), as_of());
    assert_eq!(reserve.missing().count(), 28);
    town.drafts.push(setting("rule.income_low", "9.9"));
    let income = read(&town, "base.income", Period::Year(2022), as_of());
    assert_eq!(income.numerator, whole(11));
}

#[test]
fn a_summary_covers_town_districts_and_units() {
    let mut board = programmes::board(Period::Year(2022), as_of());
    board.refresh(&sheet(&SampleOptions::default()));
    let all = summary(
        &board,
        &tiancheng::model::programmes::statistics_board(board.period(), board.as_of()),
    );
    assert_eq!((all.districts.len(), all.units.len()), (11, 39));
    let text = serde_json::to_string(&all).expect("plain data");
    assert!(text.contains("\"dream.night_talks\"") && !text.contains("null,null,null,null,null"));
    assert!(year_2022("dream.night_talks").progress.is_some());
    let blank = Draft::new(tiancheng::model::programmes::town::ledgers::Unit::SCHEMA, "x");
    assert!(blank.id() == "x");
}
