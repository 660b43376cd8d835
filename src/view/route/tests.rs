//! Addresses of all pages, typed addresses, and round trips of arbitrary ones.

use super::*;
use proptest::prelude::*;

#[test]
fn paths_of_all_pages() {
    let some = |text: &str| Some(text.to_owned());
    for (hash, route) in [
        ("#/", Route::Overview),
        (
            "#/map",
            Route::Map {
                district: None,
                unit: None,
            },
        ),
        (
            "#/map/d/d09",
            Route::Map {
                district: some("d09"),
                unit: None,
            },
        ),
        (
            "#/map/u/421223100208",
            Route::Map {
                district: None,
                unit: some("421223100208"),
            },
        ),
        (
            "#/map/d/d09/u/421223100208",
            Route::Map {
                district: some("d09"),
                unit: some("421223100208"),
            },
        ),
        ("#/p/seedling", Route::Programme(Programme::Seedling)),
        ("#/l", Route::Ledgers),
        ("#/l/night_talk", Route::Ledger("night_talk".into())),
        ("#/l/night_talk/new", Route::NewRecord("night_talk".into())),
        (
            "#/l/a/b/edit",
            Route::EditRecord {
                ledger: "a".into(),
                record: "b".into(),
            },
        ),
        ("#/r/7f-2", Route::Record("7f-2".into())),
        ("#/units", Route::Units),
        ("#/u/421223100208", Route::Unit("421223100208".into())),
        (
            "#/u/421223100208/p/%E9%BE%9A",
            Route::Person {
                unit: "421223100208".into(),
                name: "龚".into(),
            },
        ),
        (
            "#/u/421223100208/w/place/7f-3",
            Route::Place {
                unit: "421223100208".into(),
                ledger: "place".into(),
                record: "7f-3".into(),
            },
        ),
        ("#/secretaries", Route::Secretaries),
        ("#/process", Route::Process),
        ("#/development", Route::Development),
        ("#/d/d09", Route::District("d09".into())),
        ("#/charts", Route::Charts),
        ("#/merge", Route::Merge),
        ("#/papers", Route::Papers),
        ("#/papers/one-page", Route::Paper("one-page".into())),
        ("#/report", Route::Report),
        ("#/settings", Route::Settings),
        ("#/bin", Route::Bin),
        ("#/snapshots", Route::Snapshots),
        ("#/compare", Route::Compare),
        ("#/receipt", Route::Receipt),
        ("#/conflicts", Route::Conflicts),
        ("#/screen", Route::Screen),
        ("#/rules", Route::Rules),
        ("#/help", Route::Help),
        ("#/start", Route::Start),
        ("#/nowhere/at%20all", Route::NotFound("nowhere/at%20all".into())),
    ] {
        assert_eq!(Address::parse(hash).route, route, "{hash}");
        assert_eq!(Address::from(route).hash(), hash);
    }
}

#[test]
fn typed_by_hand() {
    for (hash, expected) in [
        ("", "#/"),
        ("#", "#/"),
        ("#/map/", "#/map"),
        ("map", "#/map"),
        ("#/u", "#/u"),
        ("#/u//", "#/u"),
        ("#/p/夢", "#/p/夢"),
        ("#/l/夜话?q=寺前", "#/l/%E5%A4%9C%E8%AF%9D?q=%E5%AF%BA%E5%89%8D"),
        ("#/charts?b=2&a=1&b=3&c", "#/charts?a=1&b=3&c="),
        ("#/charts?100%", "#/charts?100%25="),
    ] {
        assert_eq!(Address::parse(hash).hash(), expected, "{hash}");
    }
    assert!(matches!(Address::parse("#/u").route, Route::NotFound(_)));
    assert!(matches!(Address::parse("#/l//new").route, Route::NotFound(_)));
}

#[test]
fn a_list_in_the_address() {
    let address = Address::parse("#/l/night_talk?asof=2022-11-22&f.kind=wan&q=sqc&rec=r9&sort=-date");
    let list = ListQuery::of(&address.query);
    assert_eq!(list.words, "sqc");
    assert_eq!(
        list.sort,
        Some(Sort {
            column: "date".into(),
            descending: true
        })
    );
    assert_eq!(list.filters.get("kind").map(String::as_str), Some("wan"));
    assert_eq!(list.record.as_deref(), Some("r9"));
    let mut query = address.query.clone();
    ListQuery::default().write(&mut query);
    assert_eq!(query.keys().collect::<Vec<_>>(), ["asof"]);
    list.write(&mut query);
    assert_eq!(query, address.query);
}

#[test]
fn period_and_day_go_along() {
    let here = Address::parse("#/l/night_talk?asof=2022-11-22&period=2022&q=x");
    assert_eq!(here.go(Route::Charts).hash(), "#/charts?asof=2022-11-22&period=2022");
    assert_eq!(here.clone().with("q", "").get("q"), None);
}

#[test]
fn steps_within_one_page() {
    let map = |hash: &str| Address::parse(hash).route;
    assert!(map("#/map").same_page(&map("#/map/d/d1")));
    assert!(!map("#/u/1").same_page(&map("#/u/2")));
}

fn any_route() -> impl Strategy<Value = Route> {
    let id = || "\\PC{1,12}";
    let maybe = || proptest::option::of("\\PC{1,12}");
    prop_oneof![
        (maybe(), maybe()).prop_map(|(district, unit)| Route::Map { district, unit }),
        (0usize..5).prop_map(|i| Route::Programme(Programme::ALL[i])),
        id().prop_map(Route::Ledger),
        id().prop_map(Route::NewRecord),
        (id(), id()).prop_map(|(ledger, record)| Route::EditRecord { ledger, record }),
        id().prop_map(Route::Record),
        id().prop_map(Route::Unit),
        id().prop_map(Route::District),
    ]
}

proptest! {
    #[test]
    fn writing_then_reading_gives_the_same(
        route in any_route(),
        query in proptest::collection::btree_map("\\PC{0,8}", "\\PC{0,8}", 0..4),
    ) {
        // A pair without key and value cannot be told from no pair only when written bare; `=` stands for it.
        let address = Address { route, query };
        prop_assert_eq!(Address::parse(&address.hash()), address);
    }

    #[test]
    fn anything_typed_settles(hash in "\\PC{0,40}") {
        let address = Address::parse(&hash);
        prop_assert_eq!(Address::parse(&address.hash()), address);
    }
}

#[test]
fn every_page_is_declared_once() {
    let all = Route::plain();
    let paths: std::collections::BTreeSet<String> =
        all.iter().map(|route| Address::from(route.clone()).hash()).collect();
    assert_eq!(paths.len(), all.len());
    for route in all {
        let address = Address::from(route.clone());
        assert_eq!(Address::parse(&address.hash()), address);
        assert!(!crate::view::text::title(&route).is_empty(), "{route:?}");
    }
}
