//! A small file drawn as a code that a camera reads.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::exchange::letters::pack;
use crate::replica::Replica;

/// Records of a unit up to which a code is offered: more hardly fit.
const FEW: usize = 12;
/// White squares around a code.
const EDGE: i32 = 4;

/// A code: squares along an edge, its white edge included, and the outline of the dark ones in a drawing of that size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Squares along an edge.
    pub side: i32,
    /// The dark ones, as a path.
    pub path: String,
    /// What it says.
    pub letters: String,
}

/// The code of a file; `None` if it holds too much.
pub fn code(text: &str) -> Option<Code> {
    of_letters(pack(text)?)
}

/// The code of a text as it stands, as of the address of the page; `None` if it holds too much.
pub fn of_letters(letters: String) -> Option<Code> {
    let drawn = QrCode::encode_text(&letters, QrCodeEcc::Low).ok()?;
    let size = drawn.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let wide = (x..size).take_while(|&x| drawn.get_module(x, y)).count();
            let wide = i32::try_from(wide).unwrap_or(size);
            if wide > 0 {
                path += &format!("M{} {}h{wide}v1h-{wide}z", x + EDGE, y + EDGE);
            }
            x += wide.max(1);
        }
    }
    Some(Code {
        side: size + 2 * EDGE,
        path,
        letters,
    })
}

/// Whether a unit has so few records that its report may fit into a code.
pub fn may_fit(replica: &Replica, unit: &str) -> bool {
    let own = replica
        .all_records()
        .filter(|(_, record)| replica.unit_of(record) == unit);
    own.take(FEW + 1).count() <= FEW
}
