//! Lists of units as offices paste them.

use tiancheng::model::ledger::TypedRow;
use tiancheng::model::programmes::town::ledgers::{COMMUNITY, Unit, VILLAGE};
use tiancheng::view::new_town::{UnitList, check, drafts, parse};

fn kinds(list: &UnitList) -> Vec<(&str, &str, &str)> {
    let units = list.units.iter();
    units.map(|u| (u.name.as_str(), u.kind, u.district.as_str())).collect()
}

fn codes(list: &UnitList) -> Vec<&str> {
    list.units.iter().map(|u| u.code.as_str()).collect()
}

#[test]
fn a_cell_of_two_lines_is_one_cell() {
    let list = parse(include_str!("fixtures/lists/list-01.txt"));
    assert_eq!(list.errors, []);
    assert_eq!(
        kinds(&list),
        [
            ("寺前村（含原李湾）", VILLAGE, "寺前片区"),
            ("洪下村", VILLAGE, "寺前片区")
        ]
    );
    for (text, name) in [
        ("\"寺前村\n\"\t村\t寺前片区", "寺前村"),
        ("寺前村\t村\t\"寺前\n片区\"", "寺前村"),
        ("\"寺前\"\"新\"\"村\"\t村\t寺前片区", "寺前\"新\"村"),
        ("\"村（社区）\n名称\"\t类型\t片区\n寺前村\t村\t寺前片区", "寺前村"),
    ] {
        assert_eq!(kinds(&parse(text)), [(name, VILLAGE, "寺前片区")], "{text}");
    }
    // The wrong row is named as the sheet counts.
    assert_eq!(parse("\"寺前\n村\"\t村\n大屋\t屋").errors[0].0, 2);
}

#[test]
fn a_code_belongs_to_one_unit() {
    let list = parse(include_str!("fixtures/lists/list-02.txt"));
    assert_eq!((list.units.len(), list.errors.len()), (1, 1));
    let (row, what) = &list.errors[0];
    assert_eq!(*row, 3);
    assert!(what.contains("寺前村") && what.contains("421223100208"), "{what}");
    let list = parse("421223100208\t寺前村\n421223100202\t菖蒲村\n421223100208\t洪下村");
    assert_eq!(list.errors.iter().map(|e| e.0).collect::<Vec<_>>(), [3]);
    let mut units = parse("421223100208\t寺前村\n421223100202\t菖蒲村").units;
    units[1].code = "421223100208".to_owned();
    assert!(check(&units)[0].1.contains("寺前村"));
}

#[test]
fn a_code_that_is_spoilt_is_said_so() {
    let list = parse(include_str!("fixtures/lists/list-03.txt"));
    let rows: Vec<usize> = list.errors.iter().map(|e| e.0).collect();
    assert_eq!(rows, [2, 7, 8]);
    assert_eq!(
        codes(&list),
        ["421223100202", "421223100200", "421223100005", "421223100206"]
    );
    assert_eq!(list.readings.iter().map(|r| r.0).collect::<Vec<_>>(), [3, 4, 5, 6]);
    // Also where no heading says that it is a code.
    let bare = parse("4.21223E+11\t寺前村\n421223100\t菖蒲村\n421223100208\t洪下村");
    assert_eq!(bare.errors.iter().map(|e| e.0).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn titles_totals_and_signatures_are_named() {
    let list = parse(include_str!("fixtures/lists/list-04.txt"));
    assert_eq!(list.errors, []);
    assert_eq!(
        kinds(&list),
        [("寺前村", VILLAGE, "寺前片区"), ("十字街社区", COMMUNITY, "城中片区")]
    );
    let skipped: Vec<(usize, &str)> = list.skipped.iter().map(|s| (s.0, s.1.as_str())).collect();
    assert_eq!(
        skipped,
        [
            (1, "天城镇村（社区）名单"),
            (5, "合计 2"),
            (6, "填表人：甲一 2022年11月22日")
        ]
    );
    for text in [
        "天城镇\t\t\n名称\t类型\t片区\n寺前村\t村\t寺前片区\n小计\t1\t",
        "天城镇村名单\n寺前村\t村\t寺前片区\n合 计\t1",
        "天城镇村名单\n寺前村\t村\t寺前片区\n总计：1",
        "寺前村\t村\t寺前片区\n\t小计\t1\n填表人：甲一\t\t2022年11月",
    ] {
        let list = parse(text);
        assert_eq!(
            (list.errors.len(), list.units.len()),
            (0, 1),
            "{text}: {:?}",
            list.errors
        );
        assert_eq!(list.skipped.len(), 2, "{text}");
    }
}

#[test]
fn what_does_not_show_is_no_part_of_a_name() {
    let text = include_str!("fixtures/lists/list-05.txt");
    let list = parse(text);
    assert_eq!((&list.errors, &list.skipped), (&vec![], &vec![]));
    let names: Vec<&str> = list.units.iter().map(|u| u.name.as_str()).collect();
    assert_eq!(names, ["寺前村", "菖蒲村", "洪下村"]);
    let list = parse("寺前村\u{200b}\n寺前村");
    assert!(list.errors[0].1.contains("重复"));
}

#[test]
fn headings_of_real_offices() {
    for (text, district, unused) in [
        ("行政村\n寺前村", "", &[][..]),
        ("村（居）\n寺前村", "", &[]),
        ("村（社区）名称\t类别\t挂点片区\n寺前村\t村\t寺前片区", "寺前片区", &[]),
        ("所在村\t性质\t片\n寺前村\t村\t寺前片区", "寺前片区", &[]),
        ("村级名称\t区域\n寺前村\t寺前片区", "寺前片区", &[]),
        (
            "村委会\t包保领导\t片区\n寺前村\t甲一\t寺前片区",
            "寺前片区",
            &["包保领导"],
        ),
        ("单位名称\t单位性质\t所属网格\n寺前村\t村\t寺前片区", "寺前片区", &[]),
        ("村 名\t类 型\n寺前村\t村", "", &[]),
        ("社区（村）\t联系片区\n寺前村\t寺前片区", "寺前片区", &[]),
        ("单位\t所属片\t户数\n寺前村\t寺前片区\t12", "寺前片区", &["户数"]),
        ("行政村\t备注\n寺前村\t甲", "", &["备注"]),
    ] {
        let list = parse(text);
        assert_eq!(list.errors, [], "{text}");
        assert_eq!(kinds(&list), [("寺前村", VILLAGE, district)], "{text}");
        assert_eq!(list.unused, unused, "{text}");
    }
    let list = parse("单位名称\t单位性质\n大屋\t村");
    assert_eq!(kinds(&list), [("大屋", VILLAGE, "")]);
}

#[test]
fn codes_are_kept_in_their_field() {
    let list = parse("421223100201,寺前村,村,东片");
    let unit = drafts("天城镇", &list.units, |i| format!("id{i}")).pop().unwrap();
    let slot = Unit::LEDGER.slot("code").unwrap();
    assert!(
        unit.cells
            .iter()
            .any(|(s, v)| *s == slot && v.as_str() == Some("421223100201"))
    );
}
