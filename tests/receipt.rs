//! Receipts on paper: what they say is what the file says.

mod support;

use support::still::{desk_with, take};
use support::{Site, text};
use tiancheng::exchange::sent::{REMEMBERED, Sent};
use tiancheng::exchange::{Purpose, Scope};
use tiancheng::model::ledger::{Role, TypedRow};
use tiancheng::model::programmes::catalogue;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::town::ledgers::{Device, Town, Unit};
use tiancheng::view::receipt::{Receipt, grouped, of_import, of_sent};

/// Two talks of one unit, one of them deleted, and a talk of another.
fn town() -> Site {
    let mut site = Site::new("a");
    site.write(
        Device::LEDGER,
        "town",
        &[("label", text("党建办")), ("role", text("town"))],
    );
    site.write(Town::LEDGER, "t", &[("name", text("天城镇"))]);
    for (id, name) in [("u1", "寺前村"), ("u2", "河田村")] {
        site.write(Unit::LEDGER, id, &[("name", text(name)), ("kind", text("village"))]);
    }
    for (id, unit) in [("n1", "u1"), ("n2", "u1"), ("n3", "u2")] {
        site.write(NightTalk::LEDGER, id, &[("unit", text(unit)), ("place", text("三组"))]);
    }
    let gone = site.ix(NightTalk::LEDGER, "n2");
    let stamp = site.stamp();
    let change = site.replica.delete(stamp, &[gone]);
    site.apply(change);
    site
}

fn fact<'a>(receipt: &'a Receipt, label: &str) -> &'a str {
    let found = receipt.facts.iter().find(|(of, _)| *of == label);
    found.map_or("", |(_, text)| text)
}

fn rows(receipt: &Receipt) -> Vec<(&str, &str, &str)> {
    let all = receipt.rows.iter().chain([&receipt.sum]);
    all.map(|row| (row.label.as_str(), row.live.as_str(), row.deleted.as_str()))
        .collect()
}

#[test]
fn the_receipt_of_a_report_says_what_the_file_says() {
    let mut desk = desk_with(&town(), 3);
    desk.become_person(Role::Unit, "u1", "", "龚书记");
    let written = desk.export(Purpose::Report, Scope::units(["u1"]));
    let mut sent = Sent::of(&written, "上报.json", desk.signature());
    sent.task = "十一月月报".to_owned();
    let receipt = of_sent(desk.replica(), &sent);
    assert_eq!(receipt.title, "上报回执");
    assert_eq!(rows(&receipt), [("夜话台账", "1", "1"), ("合计", "1", "1")]);
    assert_eq!(fact(&receipt, "镇（街道）"), "天城镇");
    assert_eq!(fact(&receipt, "单位"), "寺前村");
    assert_eq!(fact(&receipt, "任务"), "十一月月报");
    assert_eq!(fact(&receipt, "导出人"), "龚书记（寺前村）");
    assert_eq!(fact(&receipt, "导出时间"), "2022年11月22日 16:00");
    assert_eq!(
        fact(&receipt, "文件大小").replace(',', ""),
        format!("{} 字节", written.text.len())
    );
    // The checksum is the one at the end of the file.
    let at = written.text.find("\"sha256\":\"").expect("a checksum") + 10;
    assert_eq!(receipt.checksum.replace(' ', ""), written.text[at..at + 16]);
}

#[test]
fn a_backup_names_every_ledger_in_its_order() {
    let mut desk = desk_with(&town(), 3);
    let written = desk.export(Purpose::Backup, Scope::all());
    let sent = Sent::of(&written, "备份.json", desk.signature());
    let receipt = of_sent(desk.replica(), &sent);
    assert_eq!(receipt.title, "备份清单");
    let labels: Vec<&str> = receipt.rows.iter().map(|row| row.label.as_str()).collect();
    let order: Vec<&str> = catalogue().all().iter().map(|ledger| ledger.label).collect();
    let mut known = labels.clone();
    known.sort_by_key(|label| order.iter().position(|of| of == label));
    assert_eq!(labels, known);
    assert_eq!(rows(&receipt).last(), Some(&("合计", "5", "1")));
    assert_eq!(fact(&receipt, "单位"), "全镇");
    let sealed = Sent { sealed: true, ..sent };
    assert_eq!(of_sent(desk.replica(), &sealed).title, "加密备份清单");
}

#[test]
fn the_receiver_has_a_receipt_of_the_same_checksum() {
    let mut village = desk_with(&town(), 3);
    let mut office = desk_with(&town(), 90);
    village.become_person(Role::Unit, "u1", "", "龚书记");
    let slot = NightTalk::LEDGER.slot("place").expect("a field");
    village.set("改", NightTalk::LEDGER, "n1", slot, text("四组"));
    let written = village.export(Purpose::Report, Scope::units(["u1"]));
    let sent = Sent::of(&written, "上报.json", village.signature());
    take(&mut office, "上报.json", &written.text);
    let imports = office.store().imports();
    let import = imports
        .iter()
        .find(|import| import.meta.name == "上报.json")
        .expect("the merge");
    let receipts = of_import(&office, import);
    assert_eq!(receipts.len(), 1);
    assert_eq!(receipts[0].checksum, of_sent(village.replica(), &sent).checksum);
    assert_eq!(
        rows(&receipts[0]),
        [("夜话台账", "1", "0"), ("合计", "1", "0")],
        "only what was new"
    );
    assert_eq!(fact(&receipts[0], "合入保存"), "1 次");
    assert_eq!(fact(&receipts[0], "导出人"), "龚书记");
    assert_eq!(fact(&receipts[0], "合并人"), "镇党建办");
}

#[test]
fn the_latest_files_are_remembered_each_once() {
    let mut desk = desk_with(&town(), 3);
    let written = desk.export(Purpose::Backup, Scope::all());
    let of = |name: &str, at: &str| Sent {
        at: at.to_owned(),
        ..Sent::of(&written, name, "党建办".to_owned())
    };
    for minute in 10..40 {
        let sent = of("备份.json", &format!("2022-11-22T08:{minute}:00Z"));
        desk.note_sent(sent.clone());
        desk.note_sent(sent);
    }
    let all = desk.sent();
    assert_eq!(all.len(), REMEMBERED);
    assert!(all[0].at.contains(":39:") && all[1].at.contains(":38:"), "{all:?}");
    assert_eq!(grouped("0123456789abcdef99"), "0123 4567 89ab cdef");
    assert_eq!(grouped(""), "");
}
