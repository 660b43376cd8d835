//! 到期提醒 of this device: what is said once a day, and the number on the icon of the installed page.
//!
//! What was said before is kept on the device as a day and the marks of the deadlines it counted, so that nothing is said
//! where nothing is new. No names are said: the screen may be seen by anybody.

use super::due::{Wanted, When, counts, usual, when, words};
use crate::model::engine::due::Due;
use crate::model::engine::due_board::DueBoard;
use crate::model::ledger::Role;
use crate::order::Arrange as _;
use crate::stable::Fnv;

/// The setting of the device that switches it on.
pub const SWITCH: &str = "remind";
/// The setting of the device that keeps what was said.
pub const SAID: &str = "reminded";
/// What [`SWITCH`] holds while it is on.
pub const ON: &str = "on";

/// What there is to remind of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Late and due today.
    pub badge: usize,
    /// What to say, and what is to be kept once it was said; `None` if it was said today or nothing is new.
    pub say: Option<(String, String)>,
}

/// Sixteen digits for a deadline; it has others once it is late.
fn mark(due: &Due, when: When) -> String {
    let late = if when == When::Late { "!" } else { "" };
    Fnv::default().and(due.id().bytes()).and(late.bytes()).hex()
}

/// What there is to remind somebody in a role of, after what was said before.
pub fn remind(board: &DueBoard, role: Role, said: Option<&str>) -> Reminder {
    let wanted = Wanted {
        who: usual(role),
        ..Wanted::default()
    };
    let today = board.today();
    let all = board.all();
    let standing = all.iter().filter(|due| wanted.takes(due));
    let standing: Vec<(&Due, When)> = standing.filter_map(|due| Some((*due, when(due, today)?))).collect();
    let is_pressing = |when: When| matches!(when, When::Late | When::Today);
    let badge = standing.iter().filter(|(_, when)| is_pressing(*when)).count();
    let (day, before) = said.and_then(|said| said.split_once(' ')).unwrap_or_default();
    let of_week = |when: When| is_pressing(when) || when == When::Week;
    let mut marks: Vec<String> = standing
        .iter()
        .filter(|(_, when)| of_week(*when))
        .map(|(due, when)| mark(due, *when))
        .collect();
    marks.arrange();
    let is_new = |mark: &String| before.split(' ').all(|old| old != mark);
    let wants = day != today.to_string() && marks.iter().any(is_new);
    Reminder {
        badge,
        say: wants.then(|| {
            let [late, week, _] = counts(board, &wanted);
            (words([late, week, 0]), format!("{today} {}", marks.join(" ")))
        }),
    }
}
