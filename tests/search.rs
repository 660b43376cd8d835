//! What the search finds, and in which order.
mod support;

use support::still::Still;
use tiancheng::desk::Desk;
use tiancheng::model::programmes::sample::SampleOptions;
use tiancheng::view::route::{Address, Route};
use tiancheng::view::search::{Hit, find};

thread_local! {
    static TOWN: Desk = Desk::sample(Still::new(7), &SampleOptions::default());
}

fn hits(words: &str) -> Vec<Hit> {
    TOWN.with(|desk| find(desk.replica(), words))
}

fn place(hits: &[Hit], wanted: impl Fn(&Hit) -> bool) -> usize {
    hits.iter().position(wanted).expect("it is found")
}

#[test]
fn a_name_that_begins_so_stands_before_names_that_hold_it() {
    assert_eq!(hits("sq")[0].text, "寺前村");
    assert_eq!(hits("寺前")[0].text, "寺前村");
    assert_eq!(hits("中津")[0].text, "中津村");
}

#[test]
fn a_surname_reading_finds_no_community() {
    for words in ["so", "o"] {
        assert!(hits(words).iter().all(|hit| hit.kind != "社区"), "{words}");
    }
}

#[test]
fn pages_are_found_by_their_words() {
    for (words, route) in [
        ("回收站", Route::Bin),
        ("快照", Route::Snapshots),
        ("指标与规则", Route::Rules),
        ("使用说明", Route::Help),
        ("帮助", Route::Help),
        ("大屏", Route::Screen),
        ("导出上报文件", Route::Merge),
        ("导出备份", Route::Settings),
        ("hsz", Route::Bin),
        ("sysm", Route::Help),
    ] {
        let wanted = Address::from(route);
        assert!(hits(words).iter().take(5).any(|hit| hit.address == wanted), "{words}");
    }
}

#[test]
fn a_person_stands_before_other_records() {
    let found = hits("黄");
    let person = |hit: &Hit| hit.kind.starts_with("书记名册") || hit.kind.starts_with("班子成员");
    let first = place(&found, person);
    let others = ["计划", "建议", "夜话"];
    let before = found
        .iter()
        .take(first)
        .any(|hit| others.iter().any(|word| hit.kind.contains(word)));
    assert!(!before, "{found:?}");
}

#[test]
fn records_of_one_title_name_their_unit() {
    let found = hits("sqc");
    let projects: Vec<&Hit> = found
        .iter()
        .filter(|hit| hit.kind.starts_with("阵地项目申报"))
        .collect();
    assert!(!projects.is_empty(), "{found:?}");
    assert!(projects.iter().all(|hit| hit.kind.contains(" · ")), "{found:?}");
}
