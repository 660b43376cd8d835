//! 成批填写 as a matrix: 五个一 by person and measure, income by village and category; and check-lists, which are rows.

mod support;

use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Cells, Ledger, slots};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::records::Records as _;
use tiancheng::model::value::Value;
use tiancheng::replica::Write;
use tiancheng::view::grid::{Checked, Grid, Ground, Way};
use tiancheng::view::grid_draft::{Kept, TakenUp, from_text, to_text};
use tiancheng::view::matrix::{matrix, shape};

fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).expect("a ledger")
}

/// The 39 units, and mobile members of the first two: one of them has come back.
fn town() -> support::Site {
    let mut site = support::Site::new("a");
    let list = tiancheng::view::new_town::parse(include_str!("fixtures/units.csv"));
    let drafts = tiancheng::view::new_town::drafts("天城镇", &list.units, |i| format!("d{i}"));
    let writes: Vec<Write> = drafts
        .iter()
        .enumerate()
        .map(|(at, d)| Write::of(d, &format!("d{at}")))
        .collect();
    let stamp = site.stamp();
    let change = site.replica.compose(stamp, &writes).expect("units");
    site.replica.merge(change);
    let member = |name: &str, unit: usize, returned: bool| {
        let mut cells = vec![
            ("unit", Value::text(list.units[unit].code.as_str())),
            ("name", Value::text(name)),
            ("direction", Value::text("out")),
            ("since", Value::text("2021-01-01")),
            ("place", Value::text("深圳")),
        ];
        if returned {
            cells.push(("returned", Value::text("2021-12-01")));
        }
        cells
    };
    site.write(ledger("mobile"), "m1", &member("张三", 0, false));
    site.write(ledger("mobile"), "m2", &member("李四", 1, false));
    site.write(ledger("mobile"), "m3", &member("王五", 1, true));
    site
}

fn with<R>(site: &support::Site, work: impl FnOnce(&Ground) -> R) -> R {
    work(&Ground {
        records: &site.replica,
        catalogue: catalogue(),
        today: Day::parse("2022-11-22").expect("a day"),
        why_not: &|_| None,
    })
}

fn held(id: &str, year: i64) -> Vec<(tiancheng::model::ledger::Slot, Value)> {
    vec![(ledger(id).slot("year").expect("a year"), Value::Int(year))]
}

fn grid(site: &support::Site, id: &str) -> Grid {
    with(site, |ground| {
        matrix(ground, ledger(id), &held(id, 2022)).expect("a matrix")
    })
}

fn checked(site: &support::Site, grid: &Grid) -> Checked {
    with(site, |ground| grid.check(ground))
}

/// Saves as the page does: what is written and what is deleted in one change.
fn save(site: &mut support::Site, checked: &Checked, id: &str) {
    let stamp = site.stamp();
    let mut writes = site.replica.writes_of(&stamp, &checked.drafts);
    let gone: Vec<_> = checked
        .deleted
        .iter()
        .filter_map(|one| site.replica.find_ix(id, one))
        .collect();
    writes.extend(site.replica.deletions(&gone));
    let change = site.replica.compose(stamp, &writes).expect("one change");
    site.replica.merge(change);
}

fn count(site: &support::Site, id: &str) -> usize {
    let mut found = 0;
    site.replica.visit(ledger(id).schema, None, &mut |_| found += 1);
    found
}

#[test]
fn which_ledgers_have_a_matrix() {
    let all = catalogue()
        .all()
        .iter()
        .filter_map(|ledger| Some((ledger.id, shape(ledger)?.label())));
    let all: Vec<(&str, String)> = all.collect();
    let of = |id: &str| {
        all.iter()
            .find(|(known, _)| *known == id)
            .map(|(_, label)| label.as_str())
    };
    assert_eq!(of("five_one"), Some("流动党员 × 措施"));
    assert_eq!(of("income"), Some("村（社区） × 类别"));
    assert_eq!(of("expense"), Some("村（社区） × 类别"));
    assert_eq!(of("build_stage"), Some("阵地 × 阶段"));
    // Two records could share a cell, or a cell could not say enough.
    for id in ["party_life", "centre_item", "attendance", "quiz", "night_talk", "unit"] {
        assert_eq!(of(id), None, "{id}");
    }
}

#[test]
fn five_ones_of_all_members_are_one_save() {
    let mut site = town();
    let mut five = grid(&site, "five_one");
    assert_eq!(five.size(), (2, 5), "who has come back is offered nothing");
    assert!(five.name(0).contains("张三") && five.name(1).contains("李四"));
    five.paste(
        (0, 0),
        &[
            vec!["2022-3-5".into(), String::new(), "2022年4月1日".into()],
            vec!["2022-05-01".into()],
        ],
    );
    assert_eq!(five.taken(), 3);
    // Typed and taken back: a cell that stays empty is no record.
    five.write(vec![((1, 4), "2022-06-01".into())]);
    five.write(vec![((1, 4), String::new())]);
    assert_eq!(five.taken(), 3);
    let first = checked(&site, &five);
    assert_eq!(
        (first.faults.len(), first.drafts.len(), first.deleted.len()),
        (0, 3, 0),
        "{:?}",
        first.faults
    );
    let before = site.replica.change_count();
    save(&mut site, &first, "five_one");
    assert_eq!(site.replica.change_count(), before + 1);
    assert_eq!(count(&site, "five_one"), 3);
    let mut units = Vec::new();
    site.replica.visit(ledger("five_one").schema, None, &mut |cells| {
        units.push(cells.cell(slots::UNIT).as_str().unwrap_or_default().to_owned());
    });
    assert!(
        units.iter().all(|unit| !unit.is_empty()),
        "a record is of the unit of its member"
    );
    // Opened again it shows them, and says nothing new.
    let mut again = grid(&site, "five_one");
    assert_eq!(
        (again.text((0, 0)), again.text((0, 2)), again.text((1, 0))),
        ("2022-03-05", "2022-04-01", "2022-05-01")
    );
    assert_eq!(again.copy((0, 0), (1, 2)), "2022-03-05\t\t2022-04-01\n2022-05-01\t\t");
    assert_eq!(checked(&site, &again), Checked::default());
    // One is moved to another day, one is emptied: changed and deleted in one save.
    again.write(vec![((0, 0), "2022-03-06".into()), ((1, 0), String::new())]);
    let second = checked(&site, &again);
    assert_eq!(
        (second.drafts.len(), second.deleted.len()),
        (1, 1),
        "{:?}",
        second.faults
    );
    save(&mut site, &second, "five_one");
    assert_eq!(count(&site, "five_one"), 2);
    let last = grid(&site, "five_one");
    assert_eq!((last.text((0, 0)), last.text((1, 0))), ("2022-03-06", ""));
    // Another year has its own.
    let other = with(&site, |ground| {
        matrix(ground, ledger("five_one"), &held("five_one", 2021)).expect("a matrix")
    });
    assert_eq!(other.text((0, 0)), "");
}

#[test]
fn steps_are_undone_one_by_one_and_cells_outside_are_left_out() {
    let site = town();
    let mut five = grid(&site, "five_one");
    let left = five.paste(
        (1, 4),
        &[
            vec!["2022-03-05".into(), "2022-03-06".into()],
            vec!["2022-03-07".into()],
        ],
    );
    assert_eq!((left, five.taken(), five.text((1, 4))), (1, 1, "2022-03-05"));
    five.fill_down((0, 0), (1, 0));
    five.write(vec![((0, 1), "2022-03-08".into())]);
    five.fill_down((0, 1), (1, 1));
    assert_eq!(five.text((1, 1)), "2022-03-08");
    assert!(five.undo());
    assert_eq!((five.text((1, 1)), five.text((0, 1))), ("", "2022-03-08"));
    assert!(five.undo() && five.undo());
    assert!(!five.undo());
    assert_eq!(five.taken(), 0);
    assert!(five.redo());
    assert_eq!(five.text((1, 4)), "2022-03-05");
    five.clear((0, 0), (1, 4));
    assert_eq!(five.taken(), 0);
}

#[test]
fn a_fault_stands_in_its_cell_and_saves_nothing() {
    let site = town();
    let mut income = grid(&site, "income");
    let (rows, columns) = income.size();
    assert!(rows == 39 && columns > 3, "{rows} {columns}");
    income.write(vec![((3, 2), "三万".into()), ((4, 1), "12.5".into())]);
    let wrong = checked(&site, &income);
    assert_eq!(wrong.drafts, []);
    let places: Vec<_> = wrong.faults.iter().map(|fault| (fault.row, fault.column)).collect();
    assert_eq!(places, [(3, Some(2))], "{:?}", wrong.faults);
    income.write(vec![((3, 2), "3".into())]);
    assert_eq!(checked(&site, &income).drafts.len(), 2);
}

#[test]
fn income_of_39_villages_by_one_paste() {
    let mut site = town();
    let mut income = grid(&site, "income");
    let (rows, columns) = income.size();
    let block: Vec<Vec<String>> = (0..rows)
        .map(|row| (0..columns).map(|at| format!("{row}.{at}")).collect())
        .collect();
    assert_eq!(income.paste((0, 0), &block), 0);
    let done = checked(&site, &income);
    assert_eq!(
        (done.faults.len(), done.drafts.len()),
        (0, rows * columns),
        "{:?}",
        done.faults.first()
    );
    save(&mut site, &done, "income");
    assert_eq!(count(&site, "income"), rows * columns);
    assert_eq!(grid(&site, "income").text((7, 1)), "7.1");
}

#[test]
fn what_says_more_than_its_cell_is_not_deleted_by_emptying_it() {
    let mut site = town();
    let unit = site
        .replica
        .records_of("unit")
        .iter()
        .find_map(|ix| Some(site.replica.record(*ix)?.id.to_string()));
    let code = shape(ledger("income")).expect("a matrix").across.1.choices[0].code;
    let cells = [
        ("unit", Value::text(unit.expect("a unit"))),
        ("year", Value::Int(2022)),
        ("category", Value::text(code)),
        ("amount", Value::text("5")),
        ("note", Value::text("门面租金")),
    ];
    site.write(ledger("income"), "i1", &cells);
    let mut income = grid(&site, "income");
    let row = (0..39).find(|row| income.text((*row, 0)) == "5").expect("the cell");
    income.write(vec![((row, 0), String::new())]);
    let kept = checked(&site, &income);
    assert_eq!(kept.deleted, [] as [String; 0]);
    assert_eq!((kept.faults[0].row, kept.faults[0].column), (row, Some(0)));
    assert!(kept.faults[0].why.contains("说明"), "{}", kept.faults[0].why);
}

#[test]
fn a_matrix_left_unfinished_is_taken_up_again() {
    let mut site = town();
    let five = ledger("five_one");
    let mut left = grid(&site, "five_one");
    left.write(vec![((1, 2), "2022-07-01".into())]);
    let fixed = [(five.slot("year").expect("a year"), "2022".to_owned())];
    let written = Kept::of(Way::Matrix, &fixed, &left).expect("something was written");
    let kept = from_text(five, &to_text(five, &[written])).remove(0);
    assert_eq!((kept.way, kept.fixed.len()), (Way::Matrix, 1));
    // Another member comes in between: the cell is found by its person and measure.
    let unit = left.rows[0].base.unit().expect("a unit").to_owned();
    let cells = [
        ("unit", Value::text(unit)),
        ("name", Value::text("阿一")),
        ("direction", Value::text("out")),
        ("since", Value::text("2022-01-01")),
        ("place", Value::text("北京")),
    ];
    site.write(ledger("mobile"), "m0", &cells);
    let mut fresh = grid(&site, "five_one");
    assert_eq!(fresh.size().0, 3);
    let taken = with(&site, |ground| kept.take_up(ground, &mut fresh));
    assert_eq!(taken, TakenUp::default());
    let row = (0..3)
        .find(|row| fresh.name(*row).contains("李四"))
        .expect("the member");
    assert_eq!(fresh.text((row, 2)), "2022-07-01");
    assert_eq!(fresh.taken(), 1);
}

/// What another wrote into a cell meanwhile is named at the cell.
#[test]
fn what_others_wrote_meanwhile_is_named_at_its_cell() {
    let mut site = town();
    let mut first = grid(&site, "five_one");
    first.write(vec![((1, 3), "2022-08-01".into())]);
    let done = checked(&site, &first);
    save(&mut site, &done, "five_one");
    let mut mine = grid(&site, "five_one");
    let id = mine
        .rows
        .iter()
        .find(|row| !row.base.id.is_empty())
        .expect("a record")
        .base
        .id
        .clone();
    mine.write(vec![((1, 3), "2022-08-02".into())]);
    site.write(ledger("five_one"), &id, &[("date", Value::text("2022-08-03"))]);
    let unseen = with(&site, |ground| mine.catch_up(ground));
    assert_eq!((unseen[0].row, unseen[0].column), (1, Some(3)));
    assert!(unseen[0].why.contains("2022-08-03"));
}

/// Check-lists have a row for each item of their list, with the day or the tick in a column: no matrix is needed.
#[test]
fn a_check_list_is_a_column_of_its_rows() {
    let mut site = town();
    let items = ledger("centre_item");
    let unit = site
        .replica
        .records_of("unit")
        .iter()
        .find_map(|ix| Some(site.replica.record(*ix)?.id.to_string()));
    let unit = unit.expect("a unit");
    let centre = [
        ("unit", Value::text(unit.as_str())),
        ("name", Value::text("党群服务中心")),
        ("state", Value::text("built")),
    ];
    site.write(ledger("centre"), "c1", &centre);
    for at in 0..12 {
        let cells = [
            ("unit", Value::text(unit.as_str())),
            ("centre", Value::text("c1")),
            ("list", Value::text("publicity")),
            ("text", Value::text(format!("第 {at} 项"))),
        ];
        site.write(items, &format!("x{at}"), &cells);
    }
    let made = |site: &support::Site| {
        with(site, |ground| {
            let records = site.replica.records_of("centre_item");
            let records: Vec<&dyn Cells> = records
                .iter()
                .filter_map(|ix| Some(site.replica.record(*ix)? as &dyn Cells))
                .collect();
            Grid::of_list(ground, items, &records, None)
        })
    };
    let mut list = made(&site);
    let done = list
        .columns
        .iter()
        .position(|column| column.field.name == "done")
        .expect("a column");
    list.write(vec![((0, done), "2022-05-01".into())]);
    list.fill_down((0, done), (11, done));
    let saved = checked(&site, &list);
    assert_eq!(
        (saved.faults.len(), saved.drafts.len()),
        (0, 12),
        "{:?}",
        saved.faults.first()
    );
    save(&mut site, &saved, "centre_item");
    assert!((0..12).all(|row| made(&site).text((row, done)) == "2022-05-01"));
    // Fields to be ticked are columns, also where the list does not show them.
    let centres = with(&site, |ground| Grid::of_list(ground, ledger("centre"), &[], None));
    let ticks = ["publicity", "surroundings", "parts_replaced", "content_updated"];
    assert!(
        ticks
            .iter()
            .all(|name| centres.columns.iter().any(|column| column.field.name == *name))
    );
}
