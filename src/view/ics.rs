//! Deadlines as an iCalendar file (RFC 5545) for the calendar of a phone: one all-day event each, with an id that stays.

use super::due::{Wanted, title, unit_of, what};
use crate::model::date::Day;
use crate::model::engine::due::Due;
use crate::model::engine::due_board::DueBoard;
use crate::model::ledger::Catalogue;
use crate::model::records::Records;

/// Bytes of a line, its end not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// A line folded at [`LINE`] bytes, never within a character.
fn folded(line: &str, out: &mut String) {
    let mut left = LINE;
    for sign in line.chars() {
        if sign.len_utf8() > left {
            out.push_str("\r\n ");
            left = LINE - 1;
        }
        left -= sign.len_utf8();
        out.push(sign);
    }
    out.push_str("\r\n");
}

/// A text as a value: commas, semicolons, backslashes and line breaks are written so that they mean themselves.
fn text(value: &str) -> String {
    let mut out = String::new();
    for sign in value.chars() {
        match sign {
            '\\' | ',' | ';' => out.extend(['\\', sign]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            sign => out.push(sign),
        }
    }
    out
}

fn date(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// What an event is called. Names of persons stand in titles of records, so these are left out unless they are asked for;
/// so are texts that somebody wrote.
fn summary(due: &Due, unit: &str, title: Option<String>, names: bool) -> String {
    let said = match (names, due.key.as_str()) {
        (true, _) => what(due),
        // A step with a key is one of the rule, a text without is of a person.
        (false, key) if !key.is_empty() && due.kind.id != "task" => what(due),
        (false, _) => due.kind.what.to_owned(),
    };
    match title.filter(|_| names) {
        Some(title) => format!("{unit} {said}（{title}）"),
        None => format!("{unit} {said}"),
    }
}

/// The file: what is wanted and still open, with a reminder on the day of the notice. `stamp` is the moment of writing as
/// `20221122T010000Z`.
pub fn ics(
    board: &DueBoard,
    records: &dyn Records,
    catalogue: &Catalogue,
    (wanted, names): (&Wanted, bool),
    stamp: &str,
) -> String {
    let mut out = String::new();
    let mut line = |text: &str| folded(text, &mut out);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Tiancheng//Ledger//ZH");
    line("CALSCALE:GREGORIAN");
    line("X-WR-CALNAME:天城党建待办");
    for due in board.all() {
        if !wanted.takes(due) || !due.state(board.today()).is_open() {
            continue;
        }
        let (unit, _) = unit_of(board, due);
        let title = title(records, catalogue, due);
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@tiancheng-ledger", text(&due.id())));
        line(&format!("DTSTAMP:{stamp}"));
        line(&format!("DTSTART;VALUE=DATE:{}", date(due.due)));
        line(&format!("DTEND;VALUE=DATE:{}", date(due.due.plus_days(1))));
        line(&format!("SUMMARY:{}", text(&summary(due, &unit, title, names))));
        line(&format!(
            "DESCRIPTION:{}",
            text(&format!("办理：{}。依据：{}", due.who.label(), due.rule()))
        ));
        line("TRANSP:TRANSPARENT");
        let days = due.due.since(due.remind).max(0);
        if days > 0 {
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line(&format!("DESCRIPTION:{}", text(due.kind.what)));
            line(&format!("TRIGGER:-P{days}D"));
            line("END:VALARM");
        }
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}
