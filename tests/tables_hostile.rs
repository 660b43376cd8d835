//! Damaged tables on their way in: whatever is read of them, what becomes of their rows is worked out without a panic and
//! can be saved. `fuzz/` holds the same check as a target for cargo-fuzz; `office/tests/hostile.rs` looks at the reader.
//!
//! `OFFICE_MUTATIONS` says how many changes each fixture gets (5 if it is not set).

use std::fs;
use std::path::Path;

use office::book::Table;
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::programmes::schemas;
use tiancheng::replica::{ChangeId, Replica, Stamp};
use tiancheng::turns::{Turns, at_once};
use tiancheng::view::tables::whole::{Frame, whole};

/// A number that looks drawn, the same each time (splitmix64).
struct Drawn(u64);

impl Drawn {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }
}

/// The town of the 39 units.
fn town() -> Replica {
    let mut replica = Replica::new(schemas());
    let list = tiancheng::view::new_town::parse(include_str!("fixtures/units.csv"));
    let drafts = tiancheng::view::new_town::drafts("天城镇", &list.units, |i| format!("d{i}"));
    let stamp = Stamp {
        id: ChangeId {
            actor: "town".into(),
            n: 1,
        },
        at: Instant(1_669_080_000),
        by: "town".into(),
    };
    let writes = replica.writes_of(&stamp, &drafts);
    let change = replica.compose(stamp, &writes);
    replica.merge_all(change);
    replica
}

/// Takes in what a file holds; how many records came of it.
fn taken(town: &Replica, bytes: &[u8]) -> usize {
    let Ok(book) = office::read(bytes) else {
        return 0;
    };
    let stamp = Stamp {
        id: ChangeId {
            actor: "hostile".into(),
            n: 1,
        },
        at: Instant(1_669_080_600),
        by: "hostile".into(),
    };
    let mut replica = town.clone();
    let tables: Vec<&Table> = book.sheets.iter().collect();
    let frame = Frame {
        replica: &replica,
        today: Day::parse("2022-11-22").expect("a day"),
        stamp: stamp.clone(),
        remembered: &|_| Vec::new(),
        why_not: &|_, _| None,
    };
    let found = at_once(whole(&frame, &tables, Turns::NONE));
    let shown: usize = found.parts.iter().map(|part| part.plan.rows.len()).sum();
    assert!(found.drafts.len() <= shown && found.left() <= shown);
    let writes = replica.writes_of(&stamp, &found.drafts);
    let (change, _) = replica.compose_each(stamp, &writes);
    replica.merge_all(change);
    found.drafts.len()
}

#[test]
fn damaged_tables_are_planned_without_a_panic() {
    let changes = std::env::var("OFFICE_MUTATIONS")
        .ok()
        .and_then(|text| text.parse().ok());
    let changes: usize = changes.unwrap_or(5);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("office/tests/fixtures");
    let (town, mut drawn) = (town(), Drawn(14));
    let (mut files, mut records) = (0, 0);
    for entry in fs::read_dir(folder).expect("fixtures") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "json") {
            continue;
        }
        let bytes = fs::read(&path).expect("a fixture");
        files += 1;
        records += taken(&town, &bytes);
        for _ in 0..changes {
            let mut damaged = bytes.clone();
            for _ in 0..=drawn.next(12) {
                let at = drawn.next(damaged.len());
                damaged[at] ^= 1 << drawn.next(8);
            }
            taken(&town, &damaged);
        }
    }
    assert!(files > 35 && records > 0, "{files} {records}");
}
