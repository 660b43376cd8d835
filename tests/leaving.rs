//! Files on their way out: what counts as a backup or as reported, and texts that chats have handled.

mod support;

use proptest::prelude::*;
use support::still::{desk_with, take};
use support::{Site, config, text};
use tiancheng::desk::Desk;
use tiancheng::desk::sharing::Progress;
use tiancheng::exchange::pasted::{Came, PIECE, Pasted, pieces};
use tiancheng::exchange::sent::Sent;
use tiancheng::exchange::writing::Written;
use tiancheng::exchange::{Batch, Outcome, Preview, Purpose, Scope};
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::ledger::{Role, Slot, TypedRow};
use tiancheng::model::programmes::dream::ledgers::{NightTalk, Plan, PlanReturn};
use tiancheng::model::programmes::town::ledgers::{Dispatch, District, Submission, Town, Unit};
use tiancheng::model::records::{Draft, rows};
use tiancheng::model::status::Status;
use tiancheng::model::value::Value;
use tiancheng::turns::{Turns, at_once};
use tiancheng::view::fill::{Asked, asked, returned_plans};
use tiancheng::view::folder::{RESUME, Sharing, alarm_change};
use tiancheng::view::home::{Next, home};
use tiancheng::view::leaving::{in_app, in_window, waits, way_out};

const U: &str = "421223100208";
const V: &str = "421223100201";

/// Two villages of one district, and a task for November.
fn town() -> Site {
    let mut site = Site::new("a");
    site.write(Town::LEDGER, "town", &[("name", text("天城镇"))]);
    site.write(District::LEDGER, "d", &[("name", text("寺前片区"))]);
    for (id, name) in [(U, "寺前村"), (V, "河田村")] {
        let cells = [("name", text(name)), ("kind", text("village")), ("district", text("d"))];
        site.write(Unit::LEDGER, id, &cells);
    }
    let task = [
        ("title", text("十一月月报")),
        ("period", text("2022-11")),
        ("ledgers", Value::list(["night_talk"])),
        ("due", text("2022-11-25")),
    ];
    site.write(Dispatch::LEDGER, "t", &task);
    site
}

fn village() -> Desk {
    let mut desk = desk_with(&town(), 3);
    desk.become_person(Role::Unit, U, "", "龚书记");
    desk
}

fn slot(name: &str) -> Slot {
    NightTalk::LEDGER.slot(name).expect("a field")
}

fn talk(desk: &mut Desk, place: &str) {
    let mut draft = Draft::new(NightTalk::SCHEMA, "");
    for (name, value) in [("unit", U), ("date", "2022-11-02"), ("place", place), ("topic", "饮水")] {
        draft.set(slot(name), Value::text(value));
    }
    let done = desk.save("新增", &[draft]);
    assert!(!done.unchanged);
}

fn note() -> Draft {
    let mut draft = Draft::new(Submission::SCHEMA, "");
    for (name, value) in [("unit", U), ("task", "t"), ("date", "2022-11-22")] {
        draft.set(Submission::LEDGER.slot(name).expect("a field"), Value::text(value));
    }
    draft
}

/// Hands a file over as the page does; its key.
fn hand_over(desk: &mut Desk, written: &Written, note: Option<tiancheng::desk::Unkept>) -> String {
    let mut sent = Sent::of(written, "文件.json", desk.signature());
    let whole = desk.backs_up(written.header.purpose, &written.header.scope);
    sent.backs_up = whole.then(|| desk.unexported_with(note.as_ref()));
    let key = sent.key();
    desk.note_left(sent, note);
    key
}

fn report(desk: &mut Desk) -> (Written, String) {
    let (written, note) = desk.write_report(U, Some(note()));
    let key = hand_over(desk, &written, note);
    (written, key)
}

fn task(desk: &Desk) -> Asked {
    let today = Day::parse("2022-11-22").expect("a day");
    let mut all = asked(desk.replica(), U, today, &desk.waiting_reports());
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn preview(desk: &Desk, file: &str) -> Preview {
    let mut batch = Batch::new(desk.replica(), desk.now().0);
    batch.add("文件.json", file.as_bytes());
    batch.finish()
}

fn submissions(desk: &Desk) -> usize {
    rows::<Submission>(desk.replica()).len()
}

#[test]
fn a_backup_counts_once_the_person_has_seen_it() {
    let mut desk = village();
    talk(&mut desk, "一组");
    talk(&mut desk, "二组");
    let before = desk.export_age();
    let written = desk.export(Purpose::Backup, Scope::all());
    let key = hand_over(&mut desk, &written, None);
    let waiting = desk.export_age();
    assert_eq!(
        (waiting.days, waiting.saves),
        (before.days, before.saves),
        "nothing is believed"
    );
    assert!(waiting.waiting && !before.waiting);
    talk(&mut desk, "三组");
    desk.confirm_left(&key);
    let after = desk.export_age();
    assert_eq!(
        (after.days, after.saves, after.waiting),
        (Some(0), 1, false),
        "the third came later"
    );
    desk.confirm_left(&key);
    assert_eq!(desk.export_age().saves, 1, "said twice is said once");
}

#[test]
fn of_two_backups_either_may_be_seen_first() {
    for first_first in [true, false] {
        let mut desk = village();
        talk(&mut desk, "一组");
        let written = desk.export(Purpose::Backup, Scope::all());
        let one = hand_over(&mut desk, &written, None);
        talk(&mut desk, "二组");
        let written = desk.export(Purpose::Backup, Scope::all());
        let two = hand_over(&mut desk, &written, None);
        talk(&mut desk, "三组");
        let order = if first_first { [&one, &two] } else { [&two, &one] };
        desk.confirm_left(order[0]);
        assert_eq!(desk.export_age().saves, if first_first { 2 } else { 1 });
        assert_eq!(desk.export_age().waiting, first_first, "the later one still waits");
        desk.confirm_left(order[1]);
        assert_eq!((desk.export_age().saves, desk.export_age().waiting), (1, false));
    }
}

#[test]
fn a_report_that_did_not_leave_is_no_report() {
    let mut desk = village();
    talk(&mut desk, "一组");
    let (written, note) = desk.write_report(U, Some(note()));
    assert!(
        note.is_some() && written.text.contains("\"submission\""),
        "the file says that it reports"
    );
    // The share was cancelled: nothing is kept.
    drop(note);
    assert_eq!(
        (submissions(&desk), task(&desk).reported, task(&desk).prepared),
        (0, None, None)
    );
    assert_eq!(desk.waiting_file(), None);
    let (_, key) = report(&mut desk);
    assert_eq!(
        task(&desk).standing(),
        (Status::Warn, "已准备，等您确认已发出".to_owned())
    );
    assert!(!task(&desk).is_done());
    desk.confirm_left(&key);
    assert_eq!(task(&desk).standing(), (Status::Done, "2022-11-22 已上报".to_owned()));
    assert!(task(&desk).is_done());
    assert_eq!(desk.export_age().saves, 0, "a village's report holds all it has");
}

#[test]
fn a_report_handed_over_again_stays_one_and_saves_after_it_are_counted() {
    let mut desk = village();
    report(&mut desk);
    let (_, key) = report(&mut desk);
    assert_eq!((submissions(&desk), desk.waiting_reports().len()), (1, 1));
    desk.confirm_left(&key);
    talk(&mut desk, "一组");
    talk(&mut desk, "二组");
    assert_eq!(task(&desk).later, 2);
    assert_eq!(task(&desk).standing(), (Status::Warn, "上报后又改了 2 处".to_owned()));
    // What was taken back is no change.
    talk(&mut desk, "三组");
    assert_eq!(task(&desk).later, 3);
    desk.undo().expect("taken back");
    assert_eq!(task(&desk).later, 2);
    let changed = task(&desk).changed;
    let told: Vec<String> = changed
        .iter()
        .map(|one| format!("{} {}", one.title, one.what))
        .collect();
    assert_eq!(told, ["夜话台账：一组 新增", "夜话台账：二组 新增"]);
    assert!(!task(&desk).is_done());
    let (_, key) = report(&mut desk);
    assert_eq!(
        (submissions(&desk), task(&desk).later),
        (2, 0),
        "a report that has left is not written anew"
    );
    desk.confirm_left(&key);
    assert!(task(&desk).is_done());
}

/// One thing at a time: what came back, then what is missing, then the report.
#[test]
fn a_village_is_led_from_one_thing_to_the_next() {
    let mut desk = village();
    let next = |desk: &Desk| home(desk, U).next;
    assert_eq!(home(&desk, U).name, "寺前村");
    assert_eq!(next(&desk), Next::Fill("t".to_owned(), "night_talk"));
    talk(&mut desk, "一组");
    assert_eq!(next(&desk), Next::Report("t".to_owned()));
    let (_, key) = report(&mut desk);
    assert_eq!(next(&desk), Next::Nothing, "it waits for a word");
    desk.confirm_left(&key);
    assert_eq!(next(&desk), Next::Nothing);
    talk(&mut desk, "二组");
    assert_eq!(next(&desk), Next::Report("t".to_owned()));
    let mut office = desk_with(&town(), 9);
    let day = Day::parse("2022-11-20").expect("a day");
    let plan = Plan::draft("p")
        .unit(U)
        .kind("annual")
        .year(2022)
        .version(2)
        .drafted(day);
    let back = PlanReturn::draft("r").unit(U).plan("p").stage("committee").date(day);
    let back = back.version(1).comment("写明责任人").by("王委员").into_draft();
    assert!(
        !office
            .save("退回", &[plan.returned("写明责任人").into_draft(), back])
            .unchanged
    );
    let file = office.export(Purpose::Dispatch, Scope::units([U])).text;
    take(&mut desk, "下发.json", &file);
    let home = home(&desk, U);
    assert_eq!(home.next, Next::Correct);
    let [plan] = home.returned.as_slice() else {
        panic!("{:?}", home.returned)
    };
    assert_eq!(plan.about, "镇党委审核退回，王委员，2022-11-20，退回的是第 1 稿");
    assert_eq!(plan.comment, "写明责任人");
    assert_eq!(home.open, None);
}

#[test]
fn a_report_that_comes_back_from_the_town_has_arrived() {
    let mut desk = village();
    talk(&mut desk, "一组");
    let (written, _) = report(&mut desk);
    let own = preview(&desk, &written.text);
    assert!(matches!(own.files[0].outcome, Outcome::NothingNew));
    assert!(!desk.note_received(&own), "the own file says nothing");
    let mut office = desk_with(&town(), 9);
    take(&mut office, "上报.json", &written.text);
    let back = office.export(Purpose::Dispatch, Scope::units([U])).text;
    let seen = preview(&desk, &back);
    assert!(desk.note_received(&seen));
    assert!(task(&desk).is_done() && desk.waiting_file().is_none());
    assert!(!desk.note_received(&seen), "once");
}

#[test]
fn what_the_town_writes_after_a_report_needs_no_new_one() {
    let mut desk = village();
    let (written, key) = report(&mut desk);
    desk.confirm_left(&key);
    let mut office = desk_with(&town(), 9);
    take(&mut office, "上报.json", &written.text);
    talk(&mut office, "镇里记的");
    let back = office.export(Purpose::Dispatch, Scope::units([U])).text;
    take(&mut desk, "下发.json", &back);
    assert_eq!(task(&desk).later, 0);
}

#[test]
fn the_sample_asks_nobody() {
    use tiancheng::model::programmes::sample::SampleOptions;
    let mut sample = Desk::sample(support::still::Still::new(5), &SampleOptions::default());
    let written = sample.export(Purpose::Backup, Scope::all());
    hand_over(&mut sample, &written, None);
    assert_eq!((sample.waiting_file(), sample.export_age().waiting), (None, false));
}

#[test]
fn a_file_for_one_village_asks_whether_its_secretary_is_here() {
    let file = |scope: Scope| {
        let mut office = desk_with(&town(), 9);
        office.export(Purpose::Dispatch, scope).text
    };
    let empty = || {
        let kv = std::rc::Rc::new(tiancheng::storage::MemoryKeyValue::default());
        Desk::open(kv, support::still::Still::new(7), None)
    };
    let mut phone = empty();
    take(&mut phone, "下发.json", &file(Scope::units([U])));
    assert_eq!(phone.addressee(), Some((Role::Unit, U.to_owned())));
    phone.become_person(Role::Unit, U, "", "");
    assert_eq!(phone.addressee(), None, "answered");
    let mut leader = empty();
    take(&mut leader, "下发.json", &file(Scope::units([U, V])));
    assert_eq!(leader.addressee(), Some((Role::District, "d".to_owned())));
    leader.forget_addressee();
    assert_eq!(leader.addressee(), None);
    let mut known = empty();
    known.become_person(Role::Town, "", "", "");
    take(&mut known, "下发.json", &file(Scope::units([U])));
    assert_eq!(known.addressee(), None, "who said who works here is not asked");
}

#[test]
fn a_plan_that_came_back_stands_until_it_is_handed_in_again() {
    let mut site = town();
    let plan = [
        ("unit", text(U)),
        ("kind", text("annual")),
        ("year", Value::Int(2022)),
        ("version", Value::Int(2)),
        ("shown", text("2022-10-02")),
        ("returned", text("写明责任人")),
    ];
    site.write(Plan::LEDGER, "p", &plan);
    let back = [
        ("unit", text(U)),
        ("plan", text("p")),
        ("stage", text("committee")),
        ("date", text("2022-11-20")),
        ("version", Value::Int(1)),
        ("comment", text("写明责任人")),
    ];
    site.write(PlanReturn::LEDGER, "r", &back);
    let found = returned_plans(&site.replica, U);
    let told: Vec<(&str, &str)> = found.iter().map(|p| (p.about.as_str(), p.comment.as_str())).collect();
    assert_eq!(told, [("镇党委审核退回，2022-11-20，退回的是第 1 稿", "写明责任人")]);
    assert_eq!(returned_plans(&site.replica, V), []);
    site.write(Plan::LEDGER, "p", &[("consulted", text("2022-11-22"))]);
    assert_eq!(returned_plans(&site.replica, U), []);
}

#[test]
fn windows_that_keep_files_back_are_known() {
    let chrome = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36";
    let known = [
        (format!("{chrome} MMWEBID/1 MicroMessenger/8.0.42"), Some("微信")),
        (format!("{chrome} wxwork/4.1 MicroMessenger/7.0.1"), Some("企业微信")),
        (format!("{chrome} V1_AND_SQ_9.0.0 QQ/9.0.0.14110"), Some("QQ")),
        (
            format!("{chrome} MQQBrowser/6.2 TBS/046 MicroMessenger/8.0"),
            Some("微信"),
        ),
        (format!("{chrome} AliApp(DingTalk/7.0.50)"), Some("钉钉")),
        (format!("{chrome} HuaweiBrowser/14.0"), Some("华为浏览器")),
        (format!("{chrome} UCBrowser/15.5"), Some("UC浏览器")),
        (chrome.to_owned(), None),
        (
            "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/118.0".to_owned(),
            None,
        ),
        (
            "Mozilla/5.0 (Windows NT 6.1) Chrome/109.0 MQQBrowser/11 Safari/537.36".to_owned(),
            None,
        ),
    ];
    for (agent, name) in known {
        assert_eq!(in_app(&agent), name, "{agent}");
    }
    assert!(way_out("企业微信").starts_with("企业微信里") && way_out("企业微信").contains("在浏览器打开"));
    assert!(in_window("华为浏览器").todo.contains("换系统自带的浏览器"));
}

#[test]
fn the_same_count_is_said_of_a_file_everywhere() {
    let mut desk = village();
    talk(&mut desk, "一组");
    talk(&mut desk, "二组");
    let gone = desk.replica().records_of(NightTalk::LEDGER.id)[0];
    desk.delete("删除", &[gone]);
    let written = desk.export(Purpose::Backup, Scope::all());
    let mut sent = Sent::of(&written, "备份.json", String::new());
    sent.backs_up = Some(3);
    let receipt = tiancheng::view::receipt::of_sent(desk.replica(), &sent);
    let count = written.records();
    assert_eq!(count, 6, "a town, a district, two villages, a task, a talk");
    assert_eq!((sent.records(), desk.daily(&written).records), (count, count));
    assert_eq!(receipt.sum.live, count.to_string());
    assert!(waits(&sent, None).what.ends_with("含 6 条记录"));
    let kv = std::rc::Rc::new(tiancheng::storage::MemoryKeyValue::default());
    let empty = Desk::open(kv, support::still::Still::new(7), None);
    let preview = preview(&empty, &written.text);
    let Outcome::Brings(effect) = &preview.files[0].outcome else {
        panic!("{:?}", preview.files[0].outcome)
    };
    assert_eq!(u64::try_from(effect.new), Ok(count), "who filled in is no record");
}

#[test]
fn what_a_round_solves_is_no_longer_told() {
    let mut told = None;
    let (old, new) = alarm_change(&mut told, &Sharing::Asks).expect("told");
    assert!(old.is_none() && new.as_ref().is_some_and(|notice| notice.place == RESUME));
    assert_eq!(alarm_change(&mut told, &Sharing::Asks), None, "once");
    // The state on the page was that of the work meanwhile; what was told is remembered apart from it.
    let ready = Sharing::Ready {
        at: Instant(0),
        news: None,
    };
    assert_eq!(alarm_change(&mut told, &ready), Some((new, None)));
    assert_eq!(alarm_change(&mut told, &Sharing::Working(Progress::Taking)), None);
}

/// What a chat makes of a text.
fn broken(text: &str, every: usize, with: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let lines: Vec<String> = letters.chunks(every).map(|line| line.iter().collect()).collect();
    lines.join(with)
}

fn full() -> String {
    let mut desk = village();
    for number in 0..90 {
        talk(&mut desk, &format!("第 {number} 组，\"东头\"的{{湾子}}"));
    }
    desk.export(Purpose::Report, Scope::units([U])).text
}

fn reads(text: &str) -> Result<(), String> {
    let desk = village();
    let mut batch = Batch::new(desk.replica(), desk.now().0);
    at_once(batch.take_text(text.to_owned(), Turns::NONE));
    match &batch.preview().files[0].outcome {
        Outcome::Brings(effect) => {
            assert_eq!(effect.new, 90);
            Ok(())
        }
        other => Err(format!("{other:?}")),
    }
}

fn whole(pasted: &mut Pasted, text: &str) -> String {
    match pasted.take(text) {
        Ok(Came::Whole(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_is_read_whatever_a_chat_put_into_it() {
    let file = full();
    for every in [37, 200, 2_000] {
        for with in ["\n", "\r\n", "\n\n", "\r\n \r\n"] {
            let text = format!(
                "【收到】请查收{{一}}：\n{}\n\n——发自我的手机 {{}}",
                broken(&file, every, with)
            );
            assert_eq!(reads(&whole(&mut Pasted::default(), &text)), Ok(()), "{every} {with:?}");
        }
    }
}

#[test]
fn half_a_text_is_named_as_such() {
    let file = full();
    let half = file.len() / 2;
    let half = (half..).find(|&at| file.is_char_boundary(at)).expect("a boundary");
    let refused = |text: &str| Pasted::default().take(text).expect_err("refused").what;
    assert_eq!(refused(&file[..half]), "文本不完整，缺后面一部分");
    assert_eq!(refused(&file[half..]), "文本不完整，缺前面一部分");
    assert_eq!(refused("今天下午三点开会"), "这不是本系统复制出来的文本");
    assert_eq!(refused(""), "这不是本系统复制出来的文本");
    // A letter that was lost is found by the checksum, and a text is called a text.
    let spoilt = file.replacen("饮水", "饮", 1);
    let text = whole(&mut Pasted::default(), &spoilt);
    let told = reads(&text).expect_err("refused");
    assert!(
        told.contains("没有复制全") && told.contains("重新复制") && !told.contains("文件"),
        "{told}"
    );
}

#[test]
fn a_long_text_goes_out_in_pieces_that_come_in_any_order() {
    let file = full();
    let all = pieces(&file, "0123456789abcdef");
    assert!(all.len() > 2 && all.iter().all(|piece| piece.chars().count() < PIECE + 60));
    let mut pasted = Pasted::default();
    for (at, piece) in all.iter().enumerate().rev() {
        let chat = format!("龚书记：\n{}\n", broken(piece, 120, "\n"));
        match pasted.take(&chat).expect("a piece") {
            Came::Whole(text) => {
                assert_eq!(at, 0);
                assert_eq!(reads(&text), Ok(()));
            }
            Came::Waits {
                here,
                all: count,
                missing,
            } => {
                assert_eq!((here, count), (all.len() - at, all.len()));
                assert_eq!(missing, (1..=at).collect::<Vec<_>>());
            }
        }
    }
    // All at once, one of them twice.
    let mut joined = all.clone();
    joined.rotate_left(1);
    joined.push(all[0].clone());
    assert_eq!(reads(&whole(&mut Pasted::default(), &joined.join("\n好的\n"))), Ok(()));
    // A piece cut short is named, and those before stay.
    let mut pasted = Pasted::default();
    pasted.take(&all[0]).expect("a piece");
    let cut: String = all[1].chars().take(500).collect();
    assert_eq!(pasted.take(&cut).expect_err("cut").what, "第 2 段不完整，缺后面的文字");
    let Ok(Came::Waits { here, .. }) = pasted.take(&all[2]) else {
        panic!("a piece");
    };
    assert_eq!(here, 2);
    // Pieces of two files are not mixed.
    let other = pieces(&file, "fedcba9876543210");
    let mixed = format!("{}{}", all[0], other[1]);
    assert!(
        Pasted::default()
            .take(&mixed)
            .expect_err("mixed")
            .what
            .contains("不是同一份")
    );
    assert_eq!(pieces("{}", ""), ["{}"], "what is short stays as it is");
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn no_pasted_text_does_harm(texts in prop::collection::vec("(【天城党建第|段，共|段，|】|完】|1|2|\\{\"format\"|\"|\\}|\\\\|\n|[a-z寺])*", 1..4)) {
        let mut pasted = Pasted::default();
        for text in texts {
            if let Ok(Came::Waits { here, all, missing }) = pasted.take(&text) {
                prop_assert!(here + missing.len() == all && here > 0);
            }
        }
    }
}
