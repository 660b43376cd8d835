//! How a report leaves a phone: the way that works first, as letters of a code, in pieces that chats have handled, and what
//! counts as sent.

mod support;

use support::still::{desk_with, take};
use support::{Site, text};
use tiancheng::desk::Desk;
use tiancheng::exchange::letters::{MOST, are_in, pack, unpack};
use tiancheng::exchange::pasted::{Came, Pasted, pieces};
use tiancheng::exchange::sent::Sent;
use tiancheng::exchange::{Batch, Outcome, Purpose, Scope};
use tiancheng::model::ledger::{Role, TypedRow};
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::town::ledgers::{District, Submission, Town, Unit};
use tiancheng::model::records::Draft;
use tiancheng::model::value::Value;
use tiancheng::turns::{Turns, at_once};
use tiancheng::view::code::{code, may_fit};
use tiancheng::view::leaving::{Way, way_word, ways, ways_to_keep};

const U: &str = "421223100208";

fn town() -> Site {
    let mut site = Site::new("a");
    site.write(Town::LEDGER, "town", &[("name", text("天城镇"))]);
    site.write(District::LEDGER, "d", &[("name", text("寺前片区"))]);
    let cells = [
        ("name", text("寺前村")),
        ("kind", text("village")),
        ("district", text("d")),
    ];
    site.write(Unit::LEDGER, U, &cells);
    site
}

fn village(talks: usize) -> Desk {
    let mut desk = desk_with(&town(), 3);
    desk.become_person(Role::Unit, U, "", "龚书记");
    for number in 0..talks {
        let mut draft = Draft::new(NightTalk::SCHEMA, "");
        for (name, value) in [
            ("unit", U),
            ("kind", "bay"),
            ("date", "2022-11-02"),
            ("place", &format!("第 {number} 组，\"东头\"　{{湾子}}")),
            ("topic", "饮水"),
        ] {
            draft.set(NightTalk::LEDGER.slot(name).expect("a field"), Value::text(value));
        }
        assert!(!desk.save("新增", &[draft]).unchanged);
    }
    desk
}

fn report(desk: &mut Desk) -> String {
    desk.export(Purpose::Report, Scope::units([U])).text
}

/// Records that a text brings to the town.
fn brings(file: &str) -> usize {
    let desk = desk_with(&town(), 9);
    let mut batch = Batch::new(desk.replica(), desk.now().0);
    at_once(batch.take_text(file.to_owned(), Turns::NONE));
    match &batch.preview().files[0].outcome {
        Outcome::Brings(effect) => effect.new,
        other => panic!("{other:?}"),
    }
}

fn whole(pasted: &mut Pasted, text: &str) -> String {
    match pasted.take(text) {
        Ok(Came::Whole(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_way_that_works_comes_first() {
    use Way::{Code, Copy, Download, Share};
    assert_eq!(ways(None, true, true), [Share, Download, Copy, Code]);
    assert_eq!(ways(None, false, false), [Download, Copy]);
    // Chats keep files back, and their windows mostly cannot share.
    assert_eq!(ways(Some("微信"), false, true), [Copy, Download, Code]);
    assert_eq!(ways(Some("钉钉"), true, false), [Copy, Share, Download]);
    // A backup is kept: a file, where one can be saved.
    assert_eq!(ways_to_keep(None, true), [Download, Share, Copy]);
    assert_eq!(ways_to_keep(Some("微信"), true), [Copy, Share, Download]);
    assert_eq!(way_word(Download, "导出上报文件"), "导出上报文件");
}

#[test]
fn a_tiny_report_is_letters_of_a_code_and_comes_back() {
    let mut desk = village(1);
    let file = report(&mut desk);
    let letters = pack(&file).expect("it fits");
    assert!(letters.len() <= MOST && letters.is_ascii() && !letters.contains(' '));
    assert_eq!(unpack(&letters).as_deref(), Ok(file.as_str()));
    // As it is pasted from another program: with words around and broken lines.
    let (first, second) = letters.split_at(letters.len() / 2);
    let pasted = format!("扫描结果：\n{first}\n {second}\n复制");
    assert!(are_in(&pasted));
    let came = whole(&mut Pasted::default(), &pasted);
    assert_eq!(came, file);
    assert_eq!(brings(&came), 1);
    // Half of it is named as such, and so is one that was typed wrongly.
    let refused = Pasted::default().take(first).expect_err("half");
    assert_eq!(refused.what, "二维码的文字不完整");
    assert!(unpack(&letters.replacen('-', "-*", 1)).is_err());
    for text in ["TCDJ1--TCDJ", "TCDJ1-0-TCDJ", "TCDJ1-///-TCDJ", "TCDJ1-寺前-TCDJ"] {
        assert!(unpack(text).is_err() || unpack(text).as_deref() == Ok(""), "{text}");
    }
}

#[test]
fn a_code_is_drawn_for_a_tiny_report_only() {
    let mut few = village(2);
    assert!(may_fit(few.replica(), U));
    let drawn = code(&report(&mut few)).expect("it fits");
    assert_eq!(drawn.letters, pack(&report(&mut few)).expect("it fits"));
    assert!((21..=177 + 8).contains(&drawn.side), "{}", drawn.side);
    // The corner that tells a reader how the code lies: seven dark squares, behind a white edge of four.
    assert!(drawn.path.starts_with("M4 4h7v1h-7z"), "{}", &drawn.path[..40]);
    let mut many = village(90);
    assert!(!may_fit(many.replica(), U));
    assert_eq!(code(&report(&mut many)), None);
    assert_eq!(
        pack(&"寺".repeat(3)).map(|letters| unpack(&letters)),
        Some(Ok("寺寺寺".to_owned()))
    );
}

/// Breaks a text into lines as a chat does, with something before each.
fn indented(text: &str, every: usize, indent: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let lines = letters.chunks(every).map(|line| line.iter().collect::<String>());
    lines.map(|line| format!("{indent}{line}\n")).collect()
}

#[test]
fn blanks_that_a_chat_put_in_are_taken_out_again_and_those_of_the_text_stay() {
    let mut desk = village(90);
    let file = report(&mut desk);
    assert!(file.contains('　'), "a full-width blank of the text's own");
    for indent in ["　　", "\u{a0}\u{a0}", "\u{feff}", "　"] {
        for every in [37, 400] {
            let text = format!("龚书记 11-22 09:30\n{}", indented(&file, every, indent));
            assert_eq!(brings(&whole(&mut Pasted::default(), &text)), 90, "{indent:?} {every}");
        }
    }
    let hard = file.replace(' ', "\u{a0}");
    assert_ne!(hard, file);
    assert_eq!(brings(&whole(&mut Pasted::default(), &hard)), 90);
    // In pieces as well, each under the name and the time of the sender.
    let all = pieces(&file, "0123456789abcdef");
    let mut pasted = Pasted::default();
    let mut came = None;
    for piece in all.iter().rev() {
        let chat = format!("龚书记　2022-11-22 09:30:11\n{}好的", indented(piece, 97, "　　"));
        came = match pasted.take(&chat).expect("a piece") {
            Came::Whole(text) => Some(text),
            Came::Waits { .. } => None,
        };
    }
    assert_eq!(brings(&came.expect("all are here")), 90);
}

#[test]
fn of_many_pieces_pasted_at_once_the_good_ones_stay_and_the_torn_one_is_named() {
    let mut desk = village(90);
    let file = report(&mut desk);
    let mut all = pieces(&file, "0123456789abcdef");
    assert!(all.len() > 2);
    let good = all[1].clone();
    all[1] = good.chars().take(300).collect();
    let mut pasted = Pasted::default();
    assert_eq!(
        pasted.take(&all.join("\n")).expect_err("torn").what,
        "第 2 段不完整，缺后面的文字"
    );
    assert_eq!(
        brings(&whole(&mut pasted, &good)),
        90,
        "only the torn one is sent again"
    );
}

#[test]
fn the_next_file_of_the_town_says_that_a_report_arrived() {
    let mut desk = village(1);
    let mut note = Draft::new(Submission::SCHEMA, "");
    for (name, value) in [("unit", U), ("date", "2022-11-22")] {
        note.set(Submission::LEDGER.slot(name).expect("a field"), Value::text(value));
    }
    let (written, note) = desk.write_report(U, Some(note));
    let sent = Sent::of(&written, "上报.json", desk.signature());
    desk.note_left(sent, note);
    assert!(desk.waiting_file().is_some(), "nobody has said that it went");
    let mut office = desk_with(&town(), 9);
    take(&mut office, "上报.json", &written.text);
    let back = office.export(Purpose::Dispatch, Scope::units([U])).text;
    let mut batch = Batch::new(desk.replica(), desk.now().0);
    batch.add("下发.json", back.as_bytes());
    assert!(desk.note_received(batch.preview()));
    assert!(desk.waiting_file().is_none());
}

#[test]
fn an_address_is_drawn_as_it_stands() {
    let drawn = tiancheng::view::code::of_letters("https://example.org/天城/".to_owned()).expect("it fits");
    assert_eq!(drawn.letters, "https://example.org/天城/");
    assert!(
        drawn.side > 8 && drawn.path.starts_with("M4 4h7v1h-7z"),
        "{}",
        drawn.path
    );
    assert_eq!(tiancheng::view::code::of_letters("字".repeat(4_000)), None);
}
