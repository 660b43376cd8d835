//! A folder that several devices share: what each reads, writes, leaves alone and tells.

#[path = "support/devices.rs"]
mod devices;
#[path = "support/dice.rs"]
mod dice;
#[path = "support/turns.rs"]
#[allow(dead_code)]
mod turns;

use devices::{Device, Drive, local_texts};
use dice::Dice;
use tiancheng::desk::sharing::SyncError;
use tiancheng::exchange::folder::{CONSOLIDATE_AT, Kept, Standing};
use tiancheng::exchange::seal::{Fresh, seal};
use tiancheng::exchange::writing::canonical_file;
use tiancheng::exchange::{Purpose, Scope};
use tiancheng::storage::{FROM_FOLDER, ImportState};
use tiancheng::view::folder::{RESUME, Sharing, file_rows};

/// Some devices in one folder that a sync program keeps equal; the first has the town.
fn office(devices: u64) -> (Vec<Device>, Drive) {
    let drive = Drive::default();
    let mut all: Vec<Device> = (0..devices).map(|seed| Device::new(seed + 1)).collect();
    all[0].found_town();
    for (at, device) in all.iter_mut().enumerate() {
        device.join(&drive, at);
    }
    (all, drive)
}

fn standing(device: &Device, name: &str) -> Standing {
    device
        .folder
        .standing(name)
        .cloned()
        .unwrap_or_else(|| panic!("no file {name}"))
}

fn own_names(device: &Device) -> Vec<String> {
    let kept = device.desk().folder().expect("shares");
    kept.own.into_iter().map(|own| own.name).collect()
}

#[test]
fn whatever_comes_late_half_or_twice_all_devices_end_alike() {
    for seed in 0..25 {
        let mut dice = Dice(seed * 7_919 + 1);
        let (mut all, drive) = office(3 + seed % 2);
        let mut saved = Vec::new();
        for step in 0..70 {
            let who = dice.roll(all.len());
            match dice.roll(8) {
                0..=2 => {
                    let place = format!("{step}组");
                    all[who].add_talk(&place);
                    saved.push(place);
                }
                3 | 4 => {
                    let (other, count) = (dice.roll(all.len()), 1 + dice.roll(6));
                    drive.carry(other, count, &mut dice);
                }
                5 if dice.roll(4) == 0 => all[who].reopen(),
                _ => drop(all[who].round(&drive).expect("a round")),
            }
            all[who].wait(dice.roll(90) as i64);
        }
        for _ in 0..4 {
            for device in &mut all {
                device.round(&drive).expect("a round");
            }
            drive.carry_all(&mut dice);
            all.iter_mut().for_each(|device| device.wait(60));
        }
        let texts: Vec<String> = all.iter().map(|d| canonical_file(d.desk().replica()).text).collect();
        assert!(
            texts.iter().all(|text| *text == texts[0]),
            "seed {seed}: the devices differ"
        );
        for place in saved {
            assert!(
                texts[0].contains(&format!("\"place\":\"{place}\"")),
                "seed {seed}: {place} is lost"
            );
        }
        assert_eq!(drive.overwritten(), 0, "seed {seed}: a file was written over");
        // At rest nobody writes any more.
        let before = drive.names(0).len();
        for device in &mut all {
            assert_eq!(device.round(&drive).expect("a round").written, 0, "seed {seed}");
        }
        assert_eq!(drive.names(0).len(), before);
    }
}

#[test]
fn a_blank_device_gets_all_and_what_came_by_other_ways_travels_on() {
    let (mut all, drive) = office(3);
    all[0].add_talk("三组");
    // By a chat to the second device, which then brings it to the folder.
    let file = all[0].desk.borrow_mut().export(Purpose::Backup, Scope::all()).text;
    all[1].merge_file("备份.json", &file);
    let round = all[1].round(&drive).expect("a round");
    assert_eq!(round.written, 1);
    drive.carry_all(&mut Dice(1));
    assert!(all[2].round(&drive).expect("a round").taken > 0);
    assert!(all[2].has_talk("三组"));
    // The first finds everything there and writes nothing.
    assert_eq!(all[0].round(&drive).expect("a round").written, 0);
    let age = all[0].desk().export_age();
    assert_eq!(
        (age.saves, age.days),
        (0, Some(0)),
        "the folder is a copy outside of the browser"
    );
}

#[test]
fn a_half_file_is_left_until_it_is_whole_and_named_when_it_never_is() {
    let (mut all, drive) = office(2);
    all[0].round(&drive).expect("a round");
    let name = own_names(&all[0]).remove(0);
    let whole = drive.bytes(0, &name);
    let halves: [Vec<u8>; 4] = [
        whole[..whole.len() / 2].to_vec(),
        Vec::new(),
        vec![0; whole.len()],
        [&whole[..whole.len() - 90], &[0; 90]].concat(),
    ];
    for half in halves {
        drive.put(1, &name, &half);
        all[1].round(&drive).expect("a round");
        assert!(matches!(standing(&all[1], &name), Standing::Partial { .. }));
        assert!(!all[1].has_town());
    }
    let before = drive.bytes(1, &name);
    all[1].wait(601);
    all[1].round(&drive).expect("a round");
    assert_eq!(standing(&all[1], &name), Standing::Damaged);
    assert_eq!(drive.bytes(1, &name), before, "left where it is");
    drive.put(1, &name, &whole);
    all[1].round(&drive).expect("a round");
    assert_eq!(standing(&all[1], &name), Standing::Taken);
    assert!(all[1].has_town());
}

#[test]
fn copies_under_other_names_merge_and_foreign_files_are_left_alone() {
    let (mut all, drive) = office(2);
    all[0].round(&drive).expect("a round");
    let name = own_names(&all[0]).remove(0);
    let whole = drive.bytes(0, &name);
    let copies = [
        name.replace(".json", " (冲突副本).json"),
        name.replace(".json", " (1).json"),
        name.replace(".json", ".sync-conflict-20221122-093000-ABCDEFG.json"),
        format!("{name}.txt"),
    ];
    for copy in &copies {
        drive.put(1, copy, &whole);
    }
    let foreign = [
        "总结.docx",
        "settings.json",
        "~$总结.json",
        ".stfolder.json",
        "half.json.crswap",
    ];
    for foreign in foreign {
        drive.put(1, foreign, b"{\"a\":1}");
    }
    all[1].round(&drive).expect("a round");
    assert!(all[1].has_town());
    assert!(copies.iter().all(|copy| standing(&all[1], copy) == Standing::Taken));
    let shown: Vec<&str> = all[1].folder.files().map(|file| file.listed.name.as_str()).collect();
    assert!(foreign.iter().all(|name| !shown.contains(name)), "{shown:?}");
    assert!(foreign.iter().all(|name| drive.bytes(1, name) == b"{\"a\":1}"));
}

#[test]
fn files_that_need_a_word_are_explained_and_not_taken() {
    let (mut all, drive) = office(2);
    all[0].add_talk("三组");
    let export = |purpose| all[0].desk.borrow_mut().export(purpose, Scope::all()).text;
    let (redacted, backup) = (export(Purpose::Redacted), export(Purpose::Backup));
    let fresh = Fresh {
        salt: [1; 16],
        nonce: [2; 12],
    };
    let sealed = seal(&backup, "一二三四五六七八", fresh).expect("sealed");
    let newer = backup.replace("\"minReader\":1", "\"minReader\":9");
    let files = [("脱敏.json", redacted), ("加密.json", sealed), ("新版.json", newer)];
    for (name, text) in &files {
        drive.put(1, name, text.as_bytes());
    }
    drive.put(1, "天城镇_全镇_备份_9.json", &vec![b' '; (48 << 20) + 1]);
    all[1].round(&drive).expect("a round");
    let told = |name: &str| match standing(&all[1], name) {
        Standing::Apart(notice) => notice.what,
        other => panic!("{name} {other:?}"),
    };
    assert!(told("脱敏.json").contains("脱敏"));
    assert!(told("加密.json").contains("加密"));
    assert!(told("新版.json").contains("更新的版本"));
    assert!(told("天城镇_全镇_备份_9.json").contains("超过"));
    assert!(!all[1].has_town());
}

#[test]
fn a_redacted_change_in_the_folder_does_not_keep_the_whole_one_out() {
    let (mut all, drive) = office(3);
    all[0].add_talk("三组");
    let redacted = all[0].desk.borrow_mut().export(Purpose::Redacted, Scope::all()).text;
    all[1].merge_file("脱敏.json", &redacted);
    all[1].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[2].round(&drive).expect("a round");
    let text = |device: &Device| canonical_file(device.desk().replica()).text;
    assert_eq!(text(&all[2]), text(&all[0]));
    assert_eq!(all[0].round(&drive).expect("a round").written, 0);
}

#[test]
fn a_copied_profile_takes_a_new_tag_and_nothing_is_written_over() {
    let (mut all, drive) = office(1);
    all[0].round(&drive).expect("a round");
    all[0].add_talk("一组");
    all[0].round(&drive).expect("a round");
    let mut copy = all[0].clone_profile(99);
    copy.drive_at(0);
    let tag = |device: &Device| device.desk().folder().expect("shares").tag;
    let first = tag(&all[0]);
    assert_eq!(tag(&copy), first);
    for step in 0..6 {
        all[0].add_talk(&format!("甲{step}"));
        copy.add_talk(&format!("乙{step}"));
        all[0].round(&drive).expect("a round");
        copy.round(&drive).expect("a round");
    }
    all[0].round(&drive).expect("a round");
    assert_ne!(tag(&copy), tag(&all[0]));
    assert_eq!(drive.overwritten(), 0);
    assert!((0..6).all(|n| all[0].has_talk(&format!("乙{n}")) && copy.has_talk(&format!("甲{n}"))));
}

#[test]
fn the_same_number_written_by_two_copies_at_once_loses_nothing() {
    let (mut all, drive) = office(1);
    all[0].round(&drive).expect("a round");
    let mut copy = all[0].clone_profile(99);
    // On another computer, which has not heard of the other yet.
    drive.mirror(0, 1);
    copy.drive_at(1);
    all[0].add_talk("甲");
    copy.add_talk("乙");
    all[0].round(&drive).expect("a round");
    copy.round(&drive).expect("a round");
    for _ in 0..3 {
        drive.carry_all(&mut Dice(3));
        all[0].round(&drive).expect("a round");
        copy.round(&drive).expect("a round");
    }
    assert!(all[0].has_talk("乙") && copy.has_talk("甲"));
    let tag = |device: &Device| device.desk().folder().expect("shares").tag;
    assert_ne!(tag(&all[0]), tag(&copy));
}

#[test]
fn own_small_files_are_put_together_and_only_after_the_new_one_was_read_back() {
    let (mut all, drive) = office(2);
    let mut most = 0;
    for step in 0..60 {
        all[0].add_talk(&format!("{step}组"));
        if step % 5 == 0 {
            all[1].add_talk(&format!("另{step}组"));
        }
        all[0].round(&drive).expect("a round");
        drive.carry_all(&mut Dice(step));
        all[1].round(&drive).expect("a round");
        drive.carry_all(&mut Dice(step));
        most = most.max(own_names(&all[0]).len());
    }
    assert!(most <= CONSOLIDATE_AT + 1, "{most} files");
    assert_eq!(drive.removed_of_others(), 0);
    assert!(all[1].has_talk("59组") && all[0].has_talk("另55组"));
    let mut late = Device::new(77);
    late.join(&drive, 0);
    late.round(&drive).expect("a round");
    assert_eq!(
        canonical_file(late.desk().replica()).text,
        canonical_file(all[0].desk().replica()).text
    );
    assert_eq!(late.round(&drive).expect("a round").written, 0);
}

#[test]
fn a_new_file_that_reads_back_otherwise_removes_nothing() {
    let (mut all, drive) = office(1);
    for step in 0..CONSOLIDATE_AT {
        all[0].add_talk(&format!("{step}组"));
        all[0].round(&drive).expect("a round");
    }
    let before = drive.names(0);
    drive.spoil_after(1);
    all[0].add_talk("最后");
    assert!(matches!(all[0].round(&drive), Err(SyncError::Held(_))));
    assert!(before.iter().all(|name| drive.names(0).contains(name)));
    // Without the fault the next round makes it good.
    drive.spoil_after(usize::MAX);
    all[0].round(&drive).expect("a round");
    let mut late = Device::new(77);
    late.join(&drive, 0);
    late.round(&drive).expect("a round");
    assert!(late.has_talk("最后") && late.has_talk("0组"));
}

#[test]
fn what_was_withdrawn_does_not_come_back_by_itself() {
    let (mut all, drive) = office(2);
    all[0].add_talk("三组");
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[1].round(&drive).expect("a round");
    let imports = all[1].desk().store().imports();
    assert_eq!(imports.len(), 1);
    assert_eq!(imports[0].meta.purpose, FROM_FOLDER);
    let id = imports[0].meta.id.clone();
    all[1].desk.borrow_mut().withdraw(&id).expect("withdrawn");
    assert!(!all[1].has_talk("三组"));
    for _ in 0..3 {
        assert_eq!(all[1].round(&drive).expect("a round").taken, 0);
        all[1].reopen();
        assert_eq!(all[1].round(&drive).expect("a round").taken, 0);
        assert!(!all[1].has_talk("三组"));
    }
    // Also not by another file that holds it.
    let copy = drive.bytes(1, &own_names(&all[0])[0]);
    drive.put(1, "天城镇_共享_other_0001.json", &copy);
    all[1].round(&drive).expect("a round");
    assert!(!all[1].has_talk("三组"));
    // News of others comes all the same, as an entry of its own.
    all[0].add_talk("四组");
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    assert!(all[1].round(&drive).expect("a round").taken > 0);
    assert!(all[1].has_talk("四组") && !all[1].has_talk("三组"));
    assert_eq!(all[1].desk().store().imports().len(), 2);
    all[1].desk.borrow_mut().reinstate(&id).expect("brought back");
    assert!(all[1].has_talk("三组"));
}

#[test]
fn a_day_of_news_is_one_entry_that_names_its_files() {
    let (mut all, drive) = office(2);
    for step in 0..12 {
        all[0].add_talk(&format!("{step}组"));
        all[0].round(&drive).expect("a round");
        drive.carry_all(&mut Dice(step));
        all[1].round(&drive).expect("a round");
        all[1].wait(30);
        if step == 6 {
            all[1].reopen();
        }
    }
    let imports = all[1].desk().store().imports();
    assert_eq!(imports.len(), 1, "one entry for one day");
    assert_eq!(imports[0].meta.files.len(), 12);
    let by = all[0].desk().person().tag.clone();
    assert!(imports[0].meta.files.iter().all(|file| *file.by == *by));
    all[1].wait(86_400);
    all[1].reopen();
    all[0].add_talk("次日");
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[1].round(&drive).expect("a round");
    assert_eq!(all[1].desk().store().imports().len(), 2);
    // The source of a record is the file, also after a page load.
    all[1].reopen();
    let desk = all[1].desk();
    let replica = desk.replica();
    let sources = (0..replica.change_count() as u32).filter(|&c| desk.origin(&replica.change_id(c)).is_some());
    assert_eq!(sources.count(), replica.change_count());
    let first = &desk.store().imports()[0];
    assert_eq!(first.state, ImportState::Withdrawable);
}

#[test]
fn another_window_hears_of_an_entry_that_grew() {
    let (mut all, drive) = office(2);
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[1].round(&drive).expect("a round");
    let window = all[1].window();
    all[0].add_talk("三组");
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[1].round(&drive).expect("a round");
    assert!(!window.has_talk("三组"));
    // It was frozen and heard nothing.
    let heard = window.desk.borrow_mut().catch_up();
    assert!(heard.changed && heard.notices.is_empty() && !heard.rewrite);
    assert!(window.has_talk("三组"));
}

#[test]
fn files_of_another_town_and_drastic_ones_wait_for_a_word() {
    let (mut all, drive) = office(2);
    all[1].found_town_named("别的镇");
    all[0].round(&drive).expect("a round");
    let name = own_names(&all[0]).remove(0);
    drive.carry_all(&mut Dice(1));
    assert_eq!(all[1].round(&drive).expect("a round").taken, 0);
    assert!(matches!(standing(&all[1], &name), Standing::Asks(_)));
    assert_eq!(all[1].round(&drive).expect("a round").taken, 0);
    all[1].folder.allow(std::slice::from_ref(&name));
    assert!(all[1].round(&drive).expect("a round").taken > 0);
    assert_eq!(standing(&all[1], &name), Standing::Taken);
    // Replacing most of what is here.
    let (mut all, drive) = office(2);
    for n in 0..260 {
        all[0].add_talk(&format!("{n}组"));
    }
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[1].round(&drive).expect("a round");
    all[0].rename_all_talks();
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    assert_eq!(all[1].round(&drive).expect("a round").taken, 0);
    assert!(all[1].has_talk("7组"));
    let asking: Vec<String> = own_names(&all[0])
        .into_iter()
        .filter(|name| matches!(standing(&all[1], name), Standing::Asks(_)))
        .collect();
    assert!(!asking.is_empty());
    all[1].folder.allow(&asking);
    assert!(all[1].round(&drive).expect("a round").taken > 0);
    assert!(!all[1].has_talk("7组"));
}

#[test]
fn what_somebody_deleted_is_made_good_after_a_while() {
    let (mut all, drive) = office(2);
    all[0].add_talk("三组");
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[1].round(&drive).expect("a round");
    for at in 0..2 {
        drive.empty(at);
    }
    assert_eq!(
        all[1].round(&drive).expect("a round").written,
        0,
        "what replaces it may be on its way"
    );
    all[1].wait(601);
    assert_eq!(all[1].round(&drive).expect("a round").written, 1);
    drive.carry_all(&mut Dice(1));
    all[0].wait(601);
    all[0].round(&drive).expect("a round");
    let mut late = Device::new(77);
    late.join(&drive, 0);
    late.round(&drive).expect("a round");
    assert!(late.has_talk("三组"));
}

#[test]
fn paused_ended_full_and_lost_it_says_so_and_goes_on_later() {
    let (mut all, drive) = office(2);
    all[0].add_talk("三组");
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    let pause = |device: &Device, paused: bool| {
        let kept = device.desk().folder().expect("shares");
        let kept = Kept { paused, ..kept };
        device.desk.borrow_mut().keep_folder(Some(&kept)).expect("kept");
    };
    pause(&all[1], true);
    assert_eq!(all[1].round(&drive), Err(SyncError::Ended));
    pause(&all[1], false);
    drive.hide(1, true);
    assert_eq!(all[1].round(&drive), Err(SyncError::Gone));
    drive.hide(1, false);
    all[1].fill_storage(true);
    let before = local_texts(&all[1]);
    assert!(matches!(all[1].round(&drive), Err(SyncError::Held(_))));
    assert_eq!(local_texts(&all[1]), before);
    assert!(!all[1].has_town());
    all[1].fill_storage(false);
    assert!(all[1].round(&drive).expect("a round").taken > 0);
    assert!(all[1].has_talk("三组"));
    all[1].desk.borrow_mut().keep_folder(None).expect("forgotten");
    assert_eq!(all[1].round(&drive), Err(SyncError::Ended));
}

#[test]
fn a_page_closed_while_writing_leaves_nothing_behind() {
    let (mut all, drive) = office(1);
    all[0].round(&drive).expect("a round");
    all[0].add_talk("三组");
    drive.fail_writing(true);
    assert!(all[0].round(&drive).is_err());
    let empty = own_names(&all[0]).pop().expect("noted");
    assert_eq!(drive.bytes(0, &empty), b"");
    drive.fail_writing(false);
    all[0].reopen();
    assert_eq!(all[0].round(&drive).expect("a round").written, 1);
    assert!(!drive.names(0).contains(&empty));
    assert!(!own_names(&all[0]).contains(&empty));
}

#[test]
fn the_sample_and_a_page_without_storage_never_share() {
    let world = devices::Clock::new(1);
    let kept = Kept::new("abc".into(), "共享".into());
    let mut sample = tiancheng::desk::Desk::sample(world, &Default::default());
    sample.keep_folder(Some(&kept)).expect("kept");
    assert_eq!(sample.folder(), None);
}

#[test]
fn what_is_remembered_reads_back() {
    let mut kept = Kept::new("aB3".into(), "镇里 共享\n盘".into());
    kept.note("天城镇", "0123456789abcdef0123");
    kept.note("天城镇", "ffff456789abcdef0123");
    kept.paused = true;
    let back = Kept::read(&kept.text()).expect("reads");
    assert_eq!(back.folder, "镇里 共享 盘");
    assert_eq!((back.own.clone(), back.next, back.paused), (kept.own, 3, true));
    assert_eq!(back.own[1].name, "天城镇_共享_aB3_0002.json");
    assert!(back.wrote("天城镇_共享_aB3_0002.json", "ffff456789abcdef0123"));
    assert!(!back.wrote("天城镇_共享_aB3_0002.json", "0123456789abcdef0123"));
    assert!(back.has_foreign_file_with_my_tag("天城镇_共享_aB3_0003.json", None));
    assert!(!back.has_foreign_file_with_my_tag("天城镇_共享_aB3_0002 (1).json", None));
    assert_eq!(Kept::read(""), None);
}

#[test]
fn what_is_withdrawn_while_a_round_reads_does_not_slip_in() {
    let (mut all, drive) = office(2);
    all[0].add_talk("三组");
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[1].round(&drive).expect("a round");
    let id = all[1].desk().store().imports()[0].meta.id.clone();
    all[0].add_talk("四组");
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[1].when_it_rests(Box::new(move |desk| desk.withdraw(&id).expect("withdrawn")));
    assert_eq!(all[1].round(&drive).expect("a round").taken, 0);
    assert!(!all[1].has_talk("三组") && !all[1].has_talk("四组"));
    assert!(all[1].round(&drive).expect("a round").taken > 0);
    assert!(!all[1].has_talk("三组") && all[1].has_talk("四组"));
}

#[test]
fn the_list_of_files_says_whose_they_are_and_puts_what_needs_a_look_first() {
    let (mut all, drive) = office(2);
    all[0].round(&drive).expect("a round");
    drive.carry_all(&mut Dice(1));
    all[1].round(&drive).expect("a round");
    all[1].add_talk("三组");
    let redacted = all[0].desk.borrow_mut().export(Purpose::Redacted, Scope::all()).text;
    drive.put(1, "脱敏.json", redacted.as_bytes());
    drive.put(1, "天城镇_共享_half_0001.json", b"{\"format\":\"tiancheng-ledger\",");
    all[1].round(&drive).expect("a round");
    let kept = all[1].desk().folder().expect("shares");
    let rows = file_rows(&all[1].folder, &kept, all[1].desk().replica());
    let words: Vec<(&str, bool)> = rows.iter().map(|row| (row.word, row.is_odd())).collect();
    assert_eq!(words[0], ("没有合并", true));
    assert_eq!(words[3], ("还没有传完", false));
    assert!(words.contains(&("已读取", false)) && words.contains(&("本机写出", false)));
    let others = rows.iter().find(|row| row.word == "已读取").expect("a row");
    assert_eq!(
        (others.by.as_str(), others.when.as_str()),
        ("镇党建办", "2022-11-22 09:30")
    );
}

#[test]
fn only_what_needs_the_person_is_told_on_every_page() {
    let alarms = [Sharing::Asks, Sharing::Denied, Sharing::Gone];
    assert!(alarms.iter().all(|state| state.alarm().is_some()));
    let quiet = [Sharing::Off, Sharing::Paused, Sharing::Elsewhere, Sharing::default()];
    assert!(quiet.iter().all(|state| state.alarm().is_none()));
    // Only what a click mends has the place that gives the banner its button.
    let resumes = |state: &Sharing| state.alarm().is_some_and(|notice| notice.place == RESUME);
    assert_eq!(alarms.iter().filter(|state| resumes(state)).count(), 1);
}
