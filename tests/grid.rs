//! 成批填写: many records at once, as one save.

mod support;

use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Cells, Ledger, slots};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::records::Draft;
use tiancheng::model::value::Value;
use tiancheng::replica::Write;
use tiancheng::view::grid::{Checked, Grid, Ground, Way, held_for_all};
use tiancheng::view::grid_draft::{Kept, TakenUp, from_text, to_text};

fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).expect("a ledger")
}

/// The 39 units, a training, and a secretary in each unit.
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
    let training = [
        ("name", Value::text("党务培训")),
        ("date", Value::text("2022-03-05")),
        ("hours", Value::text("8")),
    ];
    site.write(ledger("training"), "t1", &training);
    for (at, unit) in list.units.iter().enumerate() {
        let cells = [
            ("unit", Value::text(unit.code.as_str())),
            ("name", Value::text(format!("书记{at}"))),
            ("since", Value::text("2021-01-01")),
        ];
        site.write(ledger("secretary"), &format!("s{at}"), &cells);
    }
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

fn attendance(site: &support::Site) -> Grid {
    let training = ledger("attendance").slot("training").expect("a field");
    with(site, |ground| {
        Grid::by_unit(ground, ledger("attendance"), &[(training, Value::text("t1"))])
    })
}

fn checked(site: &support::Site, grid: &Grid) -> Checked {
    with(site, |ground| grid.check(ground))
}

fn column(grid: &Grid, name: &str) -> usize {
    grid.columns
        .iter()
        .position(|c| c.field.name == name)
        .expect("a column")
}

fn save(site: &mut support::Site, drafts: &[Draft]) {
    let stamp = site.stamp();
    let writes = site.replica.writes_of(&stamp, drafts);
    let change = site.replica.compose(stamp, &writes);
    site.replica.merge_all(change);
}

/// All came but one: one cell is changed, and 39 records are saved as one.
#[test]
fn attendance_of_39() {
    let mut site = town();
    let mut grid = attendance(&site);
    assert_eq!((grid.rows.len(), grid.taken()), (39, 39));
    assert_eq!(grid.text((0, column(&grid, "hours"))), "8");
    assert_eq!(grid.text((0, column(&grid, "date"))), "2022-03-05");
    assert!(grid.text((0, column(&grid, "secretary"))).starts_with("书记"));
    let came = column(&grid, "attended");
    grid.write(vec![((5, came), "否".to_owned())]);
    let out = checked(&site, &grid);
    assert_eq!(out.faults, []);
    assert_eq!(out.drafts.len(), 39);
    let slot = ledger("attendance").slot("attended").expect("a field");
    let absent = out
        .drafts
        .iter()
        .filter(|d| *d.cell(slot) == Value::Bool(false))
        .count();
    assert_eq!(absent, 1);
    save(&mut site, &out.drafts);
    // Opened again it shows what stands, and saves nothing.
    let mut again = attendance(&site);
    assert_eq!(again.text((5, came)), "否");
    assert_eq!(again.taken(), 0);
    again.write(vec![((5, came), "是".to_owned())]);
    let out = checked(&site, &again);
    assert_eq!(out.drafts.len(), 1);
    assert_eq!(
        out.drafts[0].cells,
        [(slot, Value::Bool(true))],
        "only what was changed"
    );
    again.write(vec![((5, came), "否".to_owned())]);
    assert_eq!(checked(&site, &again).drafts, []);
}

/// Households of 39 by one paste into the list of units.
#[test]
fn households_of_39_by_one_paste() {
    let mut site = town();
    let unit = ledger("unit");
    let ids: Vec<String> = site
        .replica
        .records_of("unit")
        .iter()
        .filter_map(|ix| Some(site.replica.record(*ix)?.id.to_string()))
        .collect();
    let mut grid = with(&site, |ground| {
        let records: Vec<&dyn Cells> = ids
            .iter()
            .filter_map(|id| ground.records.find(unit.schema, id))
            .collect();
        Grid::of_list(ground, unit, &records, None)
    });
    let (first, second) = (column(&grid, "households"), column(&grid, "population"));
    assert_eq!(second, first + 1);
    let block: Vec<Vec<String>> = (1..=39).map(|n| vec![format!("{n}"), format!("1,{n:03}")]).collect();
    assert_eq!(grid.paste((0, first), &block), 0);
    let out = checked(&site, &grid);
    assert_eq!(out.faults, []);
    assert_eq!(out.drafts.len(), 39);
    save(&mut site, &out.drafts);
    let slot = unit.slot("households").expect("a field");
    let sum: i64 = ids
        .iter()
        .filter_map(
            |id| match site.replica.record(site.replica.find_ix("unit", id)?)?.cell(slot) {
                Value::Int(n) => Some(*n),
                _ => None,
            },
        )
        .sum();
    assert_eq!(sum, (1..=39).sum::<i64>());
}

#[test]
fn a_fault_in_one_cell_saves_nothing_and_is_named() {
    let site = town();
    let mut grid = attendance(&site);
    let hours = column(&grid, "hours");
    grid.write(vec![((3, hours), "很多".to_owned())]);
    let out = checked(&site, &grid);
    assert_eq!(out.drafts, []);
    let places: Vec<(usize, Option<usize>)> = out.faults.iter().map(|f| (f.row, f.column)).collect();
    assert_eq!(places, [(3, Some(hours))]);
    assert!(out.faults[0].why.contains("学时"), "{}", out.faults[0].why);
    grid.tick(3, false);
    assert_eq!(checked(&site, &grid).drafts.len(), 38);
}

#[test]
fn steps_are_taken_back_one_by_one() {
    let site = town();
    let mut grid = attendance(&site);
    let begun = grid.clone();
    let (came, hours) = (column(&grid, "attended"), column(&grid, "hours"));
    grid.write(vec![((0, came), "否".to_owned())]);
    grid.write(vec![((0, hours), "4".to_owned())]);
    grid.fill_down((0, hours), (9, hours));
    grid.tick(2, false);
    assert_eq!((grid.text((9, hours)), grid.taken()), ("4", 38));
    let end = grid.clone();
    for _ in 0..4 {
        assert!(grid.undo());
    }
    assert!(!grid.undo());
    assert_eq!(grid.rows, begun.rows);
    for _ in 0..4 {
        assert!(grid.redo());
    }
    assert_eq!(grid.rows, end.rows);
}

#[test]
fn blocks_go_out_and_come_back() {
    let site = town();
    let mut grid = attendance(&site);
    let reason = column(&grid, "reason");
    grid.write(vec![
        ((0, reason), "住院\n两天".to_owned()),
        ((1, reason), "说\"事\"".to_owned()),
    ]);
    let text = grid.copy((0, 0), (1, grid.columns.len() - 1));
    let rows: Vec<Vec<String>> = office::text::rows(&text).into_iter().map(|row| row.cells).collect();
    let mut other = attendance(&site);
    other.paste((0, 0), &rows);
    for row in 0..2 {
        for at in 0..grid.columns.len() {
            assert_eq!(other.text((row, at)), grid.text((row, at)));
        }
    }
    assert_eq!(other.paste((38, 0), &rows), 1, "a row has no room");
}

#[test]
fn which_ledgers_have_one_row_for_each_unit() {
    let names = |id: &str| held_for_all(ledger(id)).map(|held| held.iter().map(|(_, f)| f.name).collect::<Vec<_>>());
    assert_eq!(names("attendance"), Some(vec!["training"]));
    assert_eq!(names("income"), Some(vec!["year", "category"]));
    assert_eq!(names("reserve"), None, "persons are told apart by their names");
    assert_eq!(names("unit"), None);
}

/// Two rows of one natural key are one record.
#[test]
fn two_rows_of_one_record_are_refused() {
    let site = town();
    let reserve = ledger("reserve");
    let mut grid = with(&site, |ground| {
        Grid::of_list(ground, reserve, &[], Some("421223100208"))
    });
    let (name, since) = (column(&grid, "name"), column(&grid, "since"));
    for row in 0..2 {
        grid.write(vec![
            ((row, name), "李某甲".to_owned()),
            ((row, since), "2021-12-01".to_owned()),
        ]);
    }
    let out = checked(&site, &grid);
    assert_eq!((out.drafts.len(), out.faults.len()), (0, 1), "{:?}", out.faults);
    grid.write(vec![((1, name), "李某乙".to_owned())]);
    let out = checked(&site, &grid);
    assert_eq!(out.drafts.len(), 2, "{:?}", out.faults);
    assert!(
        out.drafts
            .iter()
            .all(|draft| draft.cell(slots::UNIT).as_str() == Some("421223100208"))
    );
}

/// What another device wrote while the grid was open is taken over, and covered only once it was seen.
#[test]
fn what_others_wrote_meanwhile_is_not_covered_unseen() {
    let mut site = town();
    let mut grid = attendance(&site);
    let out = checked(&site, &grid);
    save(&mut site, &out.drafts);
    grid = attendance(&site);
    let (came, hours) = (column(&grid, "attended"), column(&grid, "hours"));
    grid.write(vec![((5, hours), "4".to_owned())]);
    let id = grid.rows[5].base.id.clone();
    let theirs = [("hours", Value::text("6")), ("reason", Value::text("迟到"))];
    site.write(ledger("attendance"), &id, &theirs);
    let faults = with(&site, |ground| grid.catch_up(ground));
    let places: Vec<(usize, Option<usize>)> = faults.iter().map(|f| (f.row, f.column)).collect();
    assert_eq!(places, [(5, Some(hours))]);
    assert!(faults[0].why.contains('6'), "{}", faults[0].why);
    assert_eq!(
        grid.text((5, column(&grid, "reason"))),
        "迟到",
        "what was not touched is taken over"
    );
    assert_eq!((grid.text((5, hours)), grid.text((5, came))), ("4", "是"));
    assert_eq!(with(&site, |ground| grid.catch_up(ground)), [], "it was seen");
    let slot = ledger("attendance").slot("hours").expect("a field");
    let out = checked(&site, &grid);
    assert_eq!(out.drafts.len(), 1);
    assert_eq!(out.drafts[0].cells, [(slot, Value::text("4"))]);
}

fn kept(site: &support::Site, grid: &Grid) -> (Grid, TakenUp) {
    let roll = ledger("attendance");
    let held = [(roll.slot("training").expect("a field"), "t1".to_owned())];
    let written = Kept::of(Way::Unit, &held, grid).expect("something was written");
    let all = from_text(roll, &to_text(roll, std::slice::from_ref(&written)));
    assert_eq!(all, [written]);
    let [kept] = all.as_slice() else { panic!("one") };
    assert_eq!(kept.way, Way::Unit);
    assert_eq!(kept.fixed, held);
    let mut again = attendance(site);
    let taken = with(site, |ground| kept.take_up(ground, &mut again));
    (again, taken)
}

#[test]
fn what_was_written_and_not_saved_is_taken_up_again() {
    let site = town();
    let mut grid = attendance(&site);
    let begun = grid.clone();
    assert_eq!(Kept::of(Way::Unit, &[], &grid), None);
    let (came, reason) = (column(&grid, "attended"), column(&grid, "reason"));
    grid.write(vec![((3, came), "否".to_owned())]);
    grid.write(vec![((3, reason), "住院\n\\两天\t假".to_owned())]);
    grid.tick(7, false);
    let (mut again, taken) = kept(&site, &grid);
    assert_eq!(taken, TakenUp::default());
    let texts = |grid: &Grid| -> Vec<(Vec<String>, bool)> {
        let rows = grid.rows.iter();
        rows.map(|row| (row.texts.clone(), row.taken)).collect()
    };
    assert_eq!(texts(&again), texts(&grid));
    while again.undo() {}
    assert_eq!(texts(&again), texts(&begun));
}

#[test]
fn what_others_wrote_while_a_grid_lay_unfinished_is_named() {
    let mut site = town();
    let first = attendance(&site);
    let drafts = checked(&site, &first).drafts;
    save(&mut site, &drafts);
    let mut grid = attendance(&site);
    let reason = column(&grid, "reason");
    grid.write(vec![((3, reason), "住院".to_owned())]);
    let id = grid.rows[3].base.id.clone();
    site.write(ledger("attendance"), &id, &[("reason", Value::text("出差"))]);
    let (again, taken) = kept(&site, &grid);
    assert_eq!(again.text((3, reason)), "住院");
    let [fault] = taken.faults.as_slice() else {
        panic!("{taken:?}");
    };
    assert_eq!((fault.row, fault.column), (3, Some(reason)));
    assert!(fault.why.contains("出差"), "{}", fault.why);
    let ix = site.ix(ledger("attendance"), &id);
    let stamp = site.stamp();
    let gone = site.replica.delete(stamp, &[ix]);
    site.apply(gone);
    let (_, taken) = kept(&site, &grid);
    assert_eq!(taken.lost, 1);
}

/// What was written for one training stays when another is chosen, each by itself.
#[test]
fn grids_of_several_choices_are_kept_side_by_side() {
    let mut site = town();
    let second = [
        ("name", Value::text("冬季培训")),
        ("date", Value::text("2022-11-01")),
        ("hours", Value::text("6")),
    ];
    site.write(ledger("training"), "t2", &second);
    let roll = ledger("attendance");
    let training = roll.slot("training").expect("a field");
    let chosen = |id: &str| vec![(training, id.to_owned())];
    let written = |id: &str, row: usize| {
        let mut grid = with(&site, |ground| {
            Grid::by_unit(ground, roll, &[(training, Value::text(id))])
        });
        let reason = column(&grid, "reason");
        grid.write(vec![((row, reason), format!("{id} 住院"))]);
        Kept::of(Way::Unit, &chosen(id), &grid).expect("something was written")
    };
    let both = [written("t1", 3), written("t2", 5)];
    let read = from_text(roll, &to_text(roll, &both));
    assert_eq!(read, both);
    assert!(read[1].is_of(roll, Way::Unit, &chosen("t2")));
    assert!(!read[1].is_of(roll, Way::Unit, &chosen("t1")));
    assert!(!read[1].is_of(roll, Way::List, &chosen("t2")));
    let told = with(&site, |ground| read[1].told(ground, roll));
    assert_eq!(told, "冬季培训，填了 1 行没有保存，还留着");
    let mut grid = with(&site, |ground| {
        Grid::by_unit(ground, roll, &[(training, Value::text("t2"))])
    });
    let taken = with(&site, |ground| read[1].take_up(ground, &mut grid));
    assert_eq!(taken, TakenUp::default());
    let reason = column(&grid, "reason");
    assert_eq!((grid.text((5, reason)), grid.text((3, reason))), ("t2 住院", ""));
    // Lines before any grid, or of a grid of which no row is left, are none.
    assert_eq!(from_text(roll, "row\ta\tb\tyes\nway\tunit\nheld\ttraining\tt1\n"), []);
}

/// A tick says who came; a second one that nobody did, which is a record; a third leaves the unit out.
#[test]
fn who_did_not_come_is_recorded_as_absent() {
    let mut site = town();
    let mut grid = attendance(&site);
    assert_eq!(grid.roll().map(|field| field.name), Some("attended"));
    let today = Day::parse("2022-11-22").expect("a day");
    let came = column(&grid, "attended");
    let tick = |grid: &mut Grid, row: usize| {
        let next = grid.next_tick((row, came), today);
        grid.write(vec![((row, came), next)]);
    };
    tick(&mut grid, 4);
    tick(&mut grid, 6);
    tick(&mut grid, 6);
    assert_eq!((grid.text((4, came)), grid.text((6, came))), ("否", ""));
    assert_eq!(grid.taken(), 38, "a unit that was not asked leaves no record");
    let out = checked(&site, &grid);
    assert_eq!((out.faults.as_slice(), out.drafts.len()), (&[][..], 38));
    let slot = ledger("attendance").slot("attended").expect("a field");
    let absent = out.drafts.iter().filter(|d| *d.cell(slot) == Value::Bool(false));
    let absent: Vec<Option<&str>> = absent.map(Draft::unit).collect();
    assert_eq!(absent, [grid.rows[4].base.unit()]);
    save(&mut site, &out.drafts);
    // A record that stands is present or absent, never nothing.
    let mut again = attendance(&site);
    tick(&mut again, 4);
    assert_eq!(again.text((4, came)), "是");
    tick(&mut again, 4);
    tick(&mut again, 4);
    assert_eq!(again.text((4, came)), "是");
    tick(&mut again, 6);
    assert_eq!(again.text((6, came)), "是");
    assert_eq!(again.taken(), 2);
}

/// A day without its year is the nearest that the field allows, in the cell at once: one reader for forms, grids, sheets.
#[test]
fn a_short_day_gets_its_year_at_once() {
    let site = town();
    let duty = ledger("duty");
    let mut grid = with(&site, |ground| Grid::of_list(ground, duty, &[], Some("421223100208")));
    let (due, done, text) = (column(&grid, "due"), column(&grid, "done"), column(&grid, "text"));
    grid.paste((0, due), &[vec!["12-28".to_owned()]]);
    grid.write(vec![
        ((0, done), "11-20".to_owned()),
        ((0, text), "11-20".to_owned()),
        ((0, column(&grid, "year")), "2022".to_owned()),
    ]);
    let texts = [due, done, text].map(|at| grid.text((0, at)).to_owned());
    assert_eq!(texts, ["2022-12-28", "2022-11-20", "11-20"]);
    let out = checked(&site, &grid);
    assert_eq!((out.faults.as_slice(), out.drafts.len()), (&[][..], 1));
}

/// What is missing in a row is said beside what cannot be read in it.
#[test]
fn everything_wrong_with_a_row_is_named() {
    let site = town();
    let reserve = ledger("reserve");
    let mut grid = with(&site, |ground| {
        Grid::of_list(ground, reserve, &[], Some("421223100208"))
    });
    let (name, since) = (column(&grid, "name"), column(&grid, "since"));
    grid.write(vec![((0, since), "2022-02-30".to_owned())]);
    let out = checked(&site, &grid);
    let places: Vec<Option<usize>> = out.faults.iter().map(|fault| fault.column).collect();
    assert_eq!(places, [Some(name), Some(since)], "{:?}", out.faults);
}
