//! A book in pieces, so that who receives it as text need not read it all at once.

use serde::{Deserialize, Serialize};

use crate::book::{Book, Row};

/// Cells in a piece, about; reading one takes some milliseconds.
const CELLS: usize = 4_000;

/// Rows of the sheet at a place of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    sheet: usize,
    rows: Vec<Row>,
}

/// The book without its rows, and its rows in order.
pub fn apart(mut book: Book) -> (Book, Vec<Piece>) {
    let mut out = Vec::new();
    for (sheet, table) in book.sheets.iter_mut().enumerate() {
        let (mut rows, mut cells) = (Vec::new(), 0);
        for row in std::mem::take(&mut table.rows) {
            cells += row.cells.len() + 1;
            rows.push(row);
            if cells >= CELLS {
                let rows = std::mem::take(&mut rows);
                out.push(Piece { sheet, rows });
                cells = 0;
            }
        }
        if !rows.is_empty() {
            out.push(Piece { sheet, rows });
        }
    }
    (book, out)
}

/// Puts a piece back. Rows of a sheet that the book does not have are left out.
pub fn join(book: &mut Book, piece: Piece) {
    if let Some(table) = book.sheets.get_mut(piece.sheet) {
        table.rows.extend(piece.rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Cell, Table};

    fn book(sizes: &[usize]) -> Book {
        let row = |number: usize| Row {
            number: number as u32 + 1,
            hidden: number == 3,
            cells: vec![
                Cell::Text(format!("第 {number} 行")),
                Cell::Empty,
                Cell::Number("1.5".into()),
            ],
        };
        let table = |(at, size): (usize, &usize)| Table {
            name: format!("表{at}"),
            rows: (0..*size).map(row).collect(),
            ..Table::default()
        };
        Book {
            sheets: sizes.iter().enumerate().map(table).collect(),
            remarks: Vec::new(),
        }
    }

    #[test]
    fn a_book_comes_back_from_its_pieces() {
        for sizes in [&[][..], &[0], &[1], &[3_000, 0, 2], &[1_000, 1_000]] {
            let all = book(sizes);
            let (mut back, pieces) = apart(all.clone());
            assert!(back.sheets.iter().all(|table| table.rows.is_empty()));
            pieces.into_iter().for_each(|piece| join(&mut back, piece));
            assert_eq!(back, all, "{sizes:?}");
        }
        let (_, pieces) = apart(book(&[5_000]));
        let largest = pieces.iter().map(|piece| piece.rows.len()).max();
        assert_eq!((pieces.len(), largest), (5, Some(1_000)));
    }
}
