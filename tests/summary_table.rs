//! 汇总表: its figures are those of the boards, its subtotals those of the districts.

use office::sheet::{Look, Out};
use tiancheng::model::engine::indicator::{Form, Scope};
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::programmes::{self, indicators};
use tiancheng::view::format::UNKNOWN;
use tiancheng::view::overview::figures_period;
use tiancheng::view::route::Sort;
use tiancheng::view::summary_table::{self as vm, Whose, build, chosen, query_of};

#[test]
fn every_cell_is_the_figure_of_its_row() {
    let records = sheet(&SampleOptions::default());
    let mut board = programmes::board(figures_period(None, as_of()), as_of());
    board.refresh(&records);
    let table = build(&board, &records, chosen(None), None);
    let count = |whose: Whose| table.rows.iter().filter(|row| row.whose == whose).count();
    assert_eq!(
        (count(Whose::Unit), count(Whose::District), count(Whose::Town)),
        (39, 11, 1)
    );
    assert_eq!(table.columns.len(), indicators().count());
    for row in &table.rows {
        for (indicator, cell) in table.columns.iter().zip(&row.cells) {
            let reading = board.reading(indicator, &row.scope);
            assert_eq!(
                cell.text == UNKNOWN,
                reading.is_unknown() || cell.text == UNKNOWN,
                "{}",
                indicator.id
            );
        }
    }
    // The total is the town's, not what the rows add up to.
    let town = table.rows.last().expect("a total");
    assert_eq!((town.name.as_str(), &town.scope), ("全镇合计", &Scope::Town));
    // A subtotal stands below the units of its district.
    let first = table
        .rows
        .iter()
        .position(|row| row.whose == Whose::District)
        .expect("a subtotal");
    let Scope::District(id) = &table.rows[first].scope else {
        panic!("a district");
    };
    let units: Vec<String> = board
        .frame()
        .units_in(&Scope::District(id.clone()))
        .map(|u| u.name.clone())
        .collect();
    let shown: Vec<String> = table.rows[..first].iter().map(|row| row.name.clone()).collect();
    assert_eq!(shown, units);
}

#[test]
fn sorting_keeps_units_in_their_districts_and_the_unknown_last() {
    let records = sheet(&SampleOptions::default());
    let mut board = programmes::board(figures_period(None, as_of()), as_of());
    board.refresh(&records);
    for indicator in indicators() {
        for descending in [false, true] {
            let sort = Sort {
                column: indicator.id.to_owned(),
                descending,
            };
            let table = build(&board, &records, vec![indicator], Some(sort));
            let mut group: Vec<String> = Vec::new();
            for row in &table.rows {
                match row.whose {
                    Whose::Unit => group.push(row.cells[0].text.clone()),
                    _ => {
                        let known = group.iter().position(|text| text == UNKNOWN).unwrap_or(group.len());
                        assert!(
                            group[known..].iter().all(|text| text == UNKNOWN),
                            "{}: {group:?}",
                            indicator.id
                        );
                        if indicator.form == Form::Count {
                            let numbers: Vec<f64> = group[..known]
                                .iter()
                                .map(|t| t.replace(',', "").parse().expect("a number"))
                                .collect();
                            let ordered = numbers
                                .windows(2)
                                .all(|w| if descending { w[0] >= w[1] } else { w[0] <= w[1] });
                            assert!(ordered, "{}: {numbers:?}", indicator.id);
                        }
                        group.clear();
                    }
                }
            }
            assert_eq!(table.rows.last().map(|row| row.whose), Some(Whose::Town));
        }
    }
}

#[test]
fn the_sheet_has_a_share_in_three_columns_and_nothing_where_nothing_is_known() {
    let records = sheet(&SampleOptions::default());
    let mut board = programmes::board(figures_period(None, as_of()), as_of());
    board.refresh(&records);
    let table = build(&board, &records, chosen(None), None);
    let sheet = vm::sheet(&board, &table, "天城镇党建工作汇总表".into(), "统计期".into());
    let shares = table.columns.iter().filter(|i| i.form == Form::Share).count();
    assert_eq!(sheet.columns.len(), 1 + table.columns.len() + 2 * shares);
    assert!(sheet.rows.iter().all(|line| line.cells.len() == sheet.columns.len()));
    assert_eq!(sheet.rows.last().map(|line| line.look), Some(Look::Total));
    let upper: u16 = sheet.head[0].iter().map(|heading| heading.columns).sum();
    assert_eq!(usize::from(upper), sheet.columns.len());
    for (row, line) in table.rows.iter().zip(&sheet.rows) {
        let mut at = 1;
        for indicator in &table.columns {
            let reading = board.reading(indicator, &row.scope);
            if reading.is_unknown() {
                assert_eq!(line.cells[at], Out::Empty, "{} {}", row.name, indicator.id);
            }
            if indicator.form == Form::Share && !reading.is_unknown() {
                assert_eq!(line.cells[at], Out::Number(reading.numerator.to_string()));
                assert_eq!(line.cells[at + 1], Out::Number(reading.denominator.to_string()));
            }
            at += if indicator.form == Form::Share { 3 } else { 1 };
        }
    }
    let bytes = office::write(&[sheet]).expect("a workbook");
    assert!(office::read(&bytes).is_ok());
}

#[test]
fn the_choice_of_indicators_stands_in_the_address() {
    let two: Vec<_> = indicators().take(2).collect();
    assert_eq!(chosen(Some(&query_of(&two))), two);
    assert_eq!(query_of(&chosen(None)), "");
    assert_eq!(chosen(Some("nothing,known")).len(), indicators().count());
}
