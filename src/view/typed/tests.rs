use super::*;
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::base::ledgers::Income;
use crate::model::programmes::catalogue;
use crate::model::validate::check_field;
use crate::view::form::value_of;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn read(text: &str) -> Option<String> {
    typed_day(text, day("2022-11-22"), Lies::Past).map(|d| d.to_string())
}

#[test]
fn days_are_read_in_every_usual_form() {
    for (text, expected) in [
        ("2022-3-5", "2022-03-05"),
        ("2022/03/05", "2022-03-05"),
        ("2022.3.5", "2022-03-05"),
        ("2022。3。5", "2022-03-05"),
        ("2022年3月5日", "2022-03-05"),
        ("2022年3月5号", "2022-03-05"),
        ("2022 年 3 月 5 日", "2022-03-05"),
        ("2022 3 5", "2022-03-05"),
        ("20220305", "2022-03-05"),
        ("２０２２－３－５", "2022-03-05"),
        ("２０２２年３月５日", "2022-03-05"),
        ("２０２２．３．５", "2022-03-05"),
        ("2026.12.20", "2026-12-20"),
        ("2026年12月25日", "2026-12-25"),
        (" 3-5 ", "2022-03-05"),
        ("3月5日", "2022-03-05"),
        ("11。9", "2022-11-09"),
        ("2-29", "2020-02-29"),
        ("2024-2-29", "2024-02-29"),
    ] {
        assert_eq!(read(text).as_deref(), Some(expected), "{text}");
    }
    for text in [
        "2022/13/05",
        "5/3/2022",
        "22.3.5",
        "2022-02-30",
        "2022年3月",
        "二〇二二年三月五日",
        "2022-03-05 00:00:00",
        "2022年3月5日前",
        "待定",
        "昨天",
        "",
        "5",
        "2022-3/5",
        "3年5日",
        "-3-5",
        "44625",
        "13-1",
        "2022-003-5",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

/// A day without a year is the nearest one that the field allows, today included.
#[test]
fn short_days_mean_the_nearest_that_the_field_allows() {
    let table = include_str!("../../../tests/fixtures/deadlines/short-dates.csv");
    let mut seen = 0;
    for line in table.lines().skip(1) {
        let [typed, today, field, expected] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let lies = if field == "past" { Lies::Past } else { Lies::Coming };
        assert_eq!(typed_day(typed, day(today), lies), Some(day(expected)), "{line}");
        seen += 1;
    }
    assert_eq!(seen, 11);
    let near = |text: &str| typed_day(text, day("2022-12-20"), Lies::Near).map(|d| d.to_string());
    assert_eq!(
        (near("1-10"), near("11-30")),
        (Some("2023-01-10".into()), Some("2022-11-30".into()))
    );
}

#[test]
fn fields_say_which_way_their_short_days_point() {
    let catalogue = catalogue();
    let lies = |ledger: &str, field: &str| {
        let ledger = catalogue.get(ledger).expect("a ledger");
        ledger.field(field).expect("a field").lies
    };
    for (ledger, field) in [
        ("dispatch", "due"),
        ("problem", "due"),
        ("plan_item", "due"),
        ("build_stage", "planned"),
        ("election", "next"),
    ] {
        assert_eq!(lies(ledger, field), Lies::Coming, "{ledger}.{field}");
    }
    for (ledger, field) in [
        ("night_talk", "date"),
        ("secretary", "since"),
        ("development", "applied"),
        ("secretary", "birth"),
    ] {
        assert_eq!(lies(ledger, field), Lies::Past, "{ledger}.{field}");
    }
    // Whatever is called a due day points ahead.
    for ledger in catalogue.all() {
        for field in ledger
            .fields
            .iter()
            .filter(|f| f.kind == Kind::Day && f.name.ends_with("due"))
        {
            assert_eq!(field.lies, Lies::Coming, "{}.{}", ledger.id, field.name);
        }
    }
}

#[test]
fn months_are_read_in_every_usual_form() {
    let read = |text: &str| typed_month(text, day("2022-11-22"), Lies::Past).map(|m| m.to_string());
    for (text, expected) in [
        ("2022-11", "2022-11"),
        ("2022年9月", "2022-09"),
        ("202209", "2022-09"),
        ("199007", "1990-07"),
        ("1990.07", "1990-07"),
        ("1995-7", "1995-07"),
        ("１９９５年７月", "1995-07"),
        ("7", "2022-07"),
        ("12月", "2021-12"),
    ] {
        assert_eq!(read(text).as_deref(), Some(expected), "{text}");
    }
    for text in [
        "90.7",
        "1990.1",
        "1990-13",
        "199013",
        "1990年",
        "80后",
        "13",
        "2022-11-22",
        "",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_spreadsheets_number_is_asked_about() {
    assert_eq!(serial_day("44625"), Some(day("2022-03-05")));
    assert_eq!(serial_day("20000"), Some(day("1954-10-03")));
    for text in ["19999", "60001", "20220305", "44625.5", ""] {
        assert_eq!(serial_day(text), None, "{text}");
    }
    let field = catalogue()
        .get("night_talk")
        .and_then(|l| l.field("date"))
        .expect("a field");
    let value = value_of(field, "44625");
    assert!(check_field(field, &value).is_some(), "never taken as it stands");
    let asked = question(field, &value).expect("a question");
    assert_eq!(
        (asked.asks.as_str(), asked.offer.as_str()),
        ("44625 是不是 2022-03-05？", "2022-03-05")
    );
    assert_eq!(asked.keeps, None);
}

fn amount_field() -> &'static Field {
    Income::LEDGER.field("amount").expect("a field")
}

#[test]
fn amounts_are_read_exactly_or_not_at_all() {
    for (text, expected, converted) in [
        ("110.7", "110.7", false),
        ("110.70", "110.7", false),
        ("１１０。７", "110.7", false),
        ("１１０．７", "110.7", false),
        ("1,107.0", "1107", false),
        ("0", "0", false),
        ("110.7万", "110.7", true),
        ("3.5万元", "3.5", true),
        ("110.7 万元", "110.7", true),
        ("35000元", "3.5", true),
        ("35,000.00元", "3.5", true),
        ("1107000元", "110.7", true),
    ] {
        let read = typed_amount(text, Some("万元")).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (read.value.to_string().as_str(), read.converted),
            (expected, converted),
            "{text}"
        );
        assert_eq!(value_of(amount_field(), text), Value::text(expected), "{text}");
    }
    for text in [
        "12345.67元",
        "1.10705",
        "(12.5)",
        "（12.5）",
        "￥110.7",
        "-0",
        "-3",
        "12.",
        "1,23",
        "1.5e3",
        "约5",
        "3-5",
        "壹万元",
        "100000",
        "12 5",
        "5万亩",
        ".5",
        "--5",
    ] {
        let value = value_of(amount_field(), text);
        let notice = check_field(amount_field(), &value).unwrap_or_else(|| panic!("{text} is taken"));
        assert!(notice.todo.contains("万元"), "{text}: {}", notice.todo);
        assert_eq!(value, Value::text(text), "the text is kept");
    }
    let mu = |text: &str| typed_amount(text, Some("亩")).map(|a| a.value.to_string());
    assert_eq!(
        (mu("1200亩"), mu("0.12万亩"), mu("3元")),
        (Some("1200".into()), Some("1200".into()), None)
    );
}

#[test]
fn what_is_read_otherwise_is_shown_beside_the_field() {
    for (text, expected) in [
        ("1107000元", "读作 110.7 万元"),
        ("110.7万", "读作 110.7 万元"),
        ("110.7", ""),
        ("约5", ""),
    ] {
        assert_eq!(said_amount(text, Some("万元")), expected, "{text}");
    }
    let said = |text: &str| {
        let read = typed_day(text, day("2023-01-03"), Lies::Past).map(|d| d.to_string());
        said_day(text, read.as_deref())
    };
    assert_eq!(
        [said("12-28"), said("2022-12-28"), said("待定")],
        ["读作 2022-12-28", "", ""]
    );
}

#[test]
fn yuan_in_a_field_of_ten_thousand_are_asked_about() {
    let asked = |text: &str| question(amount_field(), &value_of(amount_field(), text));
    let fifty = asked("50000").expect("a question");
    assert_eq!((fifty.asks.as_str(), fifty.offer.as_str()), ("是不是 5 万元？", "5"));
    assert_eq!(fifty.keeps.as_deref(), Some("就是 50000 万元"));
    for text in ["85000", "60000", "50,000"] {
        assert!(asked(text).is_some(), "{text}");
    }
    for text in ["110.7", "1000", "50000元", "5万", ""] {
        assert_eq!(asked(text), None, "{text}");
    }
    // In every field of 万元 the question begins at ten thousand or below.
    for ledger in catalogue().all() {
        for field in ledger.fields.iter().filter(|f| f.measure == Some("万元")) {
            assert!(
                field.plausible().is_some_and(|most| most <= 10_000),
                "{}.{}",
                ledger.id,
                field.name
            );
            assert!(
                question(field, &Value::text("50000")).is_some(),
                "{}.{}",
                ledger.id,
                field.name
            );
        }
    }
}
