//! Any bytes as a workbook or a text: read without a panic and within limits, and what is read is planned for the ledger it
//! looks like without a panic. What would be saved can be saved.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office::book::{Book, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS};
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::programmes::schemas;
use tiancheng::replica::{ChangeId, Replica, Stamp};
use tiancheng::turns::{Turns, at_once};
use tiancheng::view::tables::whole::{Frame, whole};

fn within_limits(book: &Book) {
    assert!((1..=MOST_SHEETS).contains(&book.sheets.len()));
    for table in &book.sheets {
        assert!(table.rows.len() <= MOST_ROWS);
        assert!(table.rows.iter().all(|row| row.number >= 1 && row.cells.len() <= MOST_COLUMNS));
        assert!(table.rows.windows(2).all(|pair| pair[0].number < pair[1].number));
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(book) = office::read(bytes) else { return };
    within_limits(&book);
    let stamp = Stamp {
        id: ChangeId {
            actor: "fuzz".into(),
            n: 1,
        },
        at: Instant(1_669_080_600),
        by: "fuzz".into(),
    };
    let mut replica = Replica::new(schemas());
    let tables: Vec<_> = book.sheets.iter().collect();
    let frame = Frame {
        replica: &replica,
        today: Day::parse("2022-11-22").expect("a day"),
        stamp: stamp.clone(),
        remembered: &|_| Vec::new(),
        why_not: &|_, _| None,
    };
    let found = at_once(whole(&frame, &tables, Turns::NONE));
    let writes = replica.writes_of(&stamp, &found.drafts);
    let (change, _) = replica.compose_each(stamp, &writes);
    replica.merge_all(change);
});
