//! Files taken in by slices: the same outcome as at once, wherever the pauses fall, and no trace when it is given up.

mod support;

use std::cell::{Cell, RefCell};
use std::future::Future as _;
use std::rc::Rc;

use proptest::prelude::*;
use support::still::Still;
use support::turns::{Every, run, run_for};
use support::{Site, canonical, text};
use tiancheng::desk::withdrawing::{redo, reinstate, undo, withdraw};
use tiancheng::desk::{AtDesk, Desk, PreparedImport};
use tiancheng::exchange::seal::{Fresh, seal, seal_in_turns};
use tiancheng::exchange::writing::{Order, canonical_file, export_in_turns};
use tiancheng::exchange::{Batch, Outcome, Preview, Purpose, ReadFile, Scope, export, read_file};
use tiancheng::model::date::Instant;
use tiancheng::model::ledger::TypedRow;
use tiancheng::model::programmes::dream::ledgers::NightTalk;
use tiancheng::model::programmes::sample::{SampleOptions, town};
use tiancheng::model::programmes::schemas;
use tiancheng::model::records::{Draft, rows};
use tiancheng::replica::seed::seed;
use tiancheng::replica::{ChangeId, Replica, Stamp, Write};
use tiancheng::storage::contents::{changes_in, import_contents};
use tiancheng::storage::{KeyValue, MemoryKeyValue};
use tiancheng::turns::Turns;

fn sample() -> Replica {
    let options = SampleOptions {
        records: 4_000,
        ..SampleOptions::default()
    };
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &town(&options)));
    replica
}

/// The file of a unit, twice, the whole, one laid out anew, and some that are refused.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let replica = sample();
    let units = ["421223100201", "421223100208"];
    let order = Order {
        purpose: Purpose::Report,
        scope: Scope::units(units),
        by: String::new(),
        at: Instant(1_669_080_600),
    };
    let report = export(&replica, &order).text;
    let whole = canonical_file(&replica).text;
    // No text holds a line feed as such.
    let wide = whole.replace("\n{", "\r\n \t{ ").replace("}},\r", "}} , \r");
    let bent = report.replacen("\"at\":\"20", "\"at\":\"2O", 1);
    vec![
        ("report.json", report.clone().into_bytes()),
        ("report (1).json", report.clone().into_bytes()),
        ("wide.json", wide.into_bytes()),
        ("whole.json", whole.into_bytes()),
        ("bent.json", bent.into_bytes()),
        ("half.json", report.as_bytes()[..report.len() / 2].to_vec()),
    ]
}

/// Takes files in, with a pause after so many looks at the clock; how many slices it took.
fn sliced(replica: &Replica, files: &[(&str, Vec<u8>)], every: usize) -> (Preview, usize) {
    let mut batch = Batch::new(replica, 1_669_080_600);
    let pace = Every::new(every);
    run(async {
        for (name, bytes) in files {
            batch.take(name, bytes.clone(), Turns::by(&pace)).await;
        }
    });
    (batch.finish(), files.len() + pace.rests())
}

fn told(preview: &Preview) -> Vec<String> {
    let file = |file: &tiancheng::exchange::FilePreview| {
        let outcome = match &file.outcome {
            Outcome::Sealed(_) => "sealed".to_string(),
            other => format!("{other:?}"),
        };
        format!(
            "{} {outcome} {:?} {:?} {:?}",
            file.name, file.units, file.changes, file.remarks
        )
    };
    preview.files.iter().map(file).collect()
}

#[test]
fn slices_of_any_size_bring_what_one_go_brings() {
    let files = files();
    let empty = Replica::new(schemas());
    let (at_once, _) = sliced(&empty, &files, usize::MAX);
    assert!(
        matches!(at_once.files[0].outcome, Outcome::Brings(_)),
        "{:?}",
        told(&at_once)
    );
    assert!(matches!(at_once.files[1].outcome, Outcome::SameAs(_)));
    assert!(
        matches!(at_once.files[2].outcome, Outcome::Brings(_)),
        "{:?}",
        told(&at_once)[2]
    );
    assert!(matches!(at_once.files[4].outcome, Outcome::Refused(_)));
    for every in [1, 7, 333, 10_007] {
        let (preview, slices) = sliced(&empty, &files, every);
        assert!(slices > files.len(), "{every} pauses nowhere");
        assert_eq!(told(&preview), told(&at_once));
        assert_eq!(canonical(&preview.after), canonical(&at_once.after));
        assert_eq!(preview.changes, at_once.changes);
        assert_eq!(preview.drastic, at_once.drastic);
    }
    // Onto records that are there already.
    let (second, _) = sliced(&at_once.after, &files, 50);
    assert!(second.changes.is_empty() && canonical(&second.after) == canonical(&at_once.after));
}

#[test]
fn what_is_wrong_is_told_alike_in_slices() {
    let report = String::from_utf8(files()[0].1.clone()).expect("text");
    let changes = report.find("\"changes\"").expect("changes");
    let spots = [
        ("\"masses\":", "\"masses\":1.5,\"x\":"),
        ("\"place\":", "\"place\":\"a\",\"place\":"),
        ("\"at\":\"", "\"at\":\"x"),
        ("\"by\":\"", "\"by\":\"!"),
        ("\"ledger\":", "\"ledger\":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]],\"x\":"),
    ];
    for (spot, wrong) in spots {
        // Somewhere in the middle, where lines count.
        let from = (changes + 9_000..)
            .find(|&at| report.is_char_boundary(at))
            .expect("a boundary");
        let at = from + report[from..].find(spot).expect(spot);
        let bent = format!("{}{wrong}{}", &report[..at], &report[at + spot.len()..]);
        let (text, from) = (bent.as_str(), bent.find("[\n").expect("a list"));
        let list = text[from..text.rfind(",\n\"sha256\"").expect("a sum")].to_string();
        let sum = tiancheng::exchange::file::checksum(&list);
        let old = text[text.rfind(":\"").expect("a sum") + 2..text.rfind('"').expect("an end")].to_string();
        let bent = text.replace(&old, &sum);
        let mut names = tiancheng::replica::wire::Names::default();
        let limits = tiancheng::replica::wire::Limits::default();
        let whole = tiancheng::replica::wire::read_changes(&list, &mut names, limits);
        let read = tiancheng::exchange::read_file(bent.as_bytes(), &mut names);
        match (whole, read) {
            (Err(one), Err(other)) => assert_eq!(one, other, "{spot}"),
            (one, other) => panic!("{spot}: {} {}", one.is_ok(), other.is_ok()),
        }
    }
}

fn dump(kv: &MemoryKeyValue) -> Vec<(String, Option<String>)> {
    let keys = kv.keys().expect("keys");
    keys.into_iter()
        .map(|key| (key.clone(), kv.get(&key).expect("a text")))
        .collect()
}

fn desk(kv: &Rc<MemoryKeyValue>) -> Desk {
    Desk::open(kv.clone(), Still::new(1), None)
}

#[test]
fn giving_up_after_any_number_of_slices_leaves_everything_as_it_was() {
    let files = files();
    let kv = Rc::new(MemoryKeyValue::default());
    let desk = desk(&kv);
    let (before, shown) = (dump(&kv), canonical(desk.replica()));
    let pace = Every::new(2_997);
    let mut came_to_its_end = 0;
    for given_up in 1..=12 {
        let mut batch = Batch::new(desk.replica(), 0);
        let turns = Turns::by(&pace);
        let work = async {
            for (name, bytes) in &files {
                batch.take(name, bytes.clone(), turns).await;
            }
            turns.rest().await;
            PreparedImport::in_turns(batch.finish(), &|_, _| {}, turns).await
        };
        came_to_its_end += usize::from(run_for(given_up, work).is_some());
        assert_eq!(dump(&kv), before);
        assert_eq!(canonical(desk.replica()), shown);
    }
    assert!(came_to_its_end < 12, "nothing was given up");
}

#[test]
fn an_import_packed_in_slices_is_kept_like_one_in_one_go() {
    let files = files();
    let outcome = |every: usize| {
        let kv = Rc::new(MemoryKeyValue::default());
        let mut desk = desk(&kv);
        let (preview, _) = sliced(desk.replica(), &files, every);
        let pace = Every::new(if every < 1_000 { 1 } else { usize::MAX });
        let told = Cell::new((0, 0));
        let tell = |done, all| told.set((done, all));
        let intake = run(PreparedImport::in_turns(preview, &tell, Turns::by(&pace)));
        assert_eq!(told.get().0, intake.preview().changes.len(), "all of them are told");
        let slices = 1 + pace.rests();
        let base = desk.replica().version();
        assert!(desk.import(intake, base).is_ok(), "taken in");
        let again = Desk::open(kv.clone(), Still::new(9), None);
        (dump(&kv), canonical(desk.replica()), canonical(again.replica()), slices)
    };
    let (one, sliced) = (outcome(usize::MAX), outcome(5));
    assert!(one.3 == 1 && sliced.3 > 3);
    assert!(one.0 == sliced.0, "the same bytes are stored");
    assert_eq!(one.1, sliced.1);
    assert_eq!(one.1, one.2, "what is read back is what was shown");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn packed_blocks_give_back_the_changes(from in 0usize..3_000, count in 0usize..2_500) {
        let changes = seed(&schemas(), &town(&SampleOptions { records: 4_000, ..SampleOptions::default() }));
        let part: Vec<_> = changes.into_iter().skip(from).take(count).collect();
        let text = import_contents(&part);
        let back = changes_in(&text, &mut tiancheng::replica::wire::Names::default());
        let mut one = Replica::new(schemas());
        one.merge_all(part);
        let mut other = Replica::new(schemas());
        other.merge_all(back.expect("reads"));
        prop_assert_eq!(canonical(&one), canonical(&other));
    }
}

#[test]
fn a_file_written_in_slices_is_the_file_written_at_once() {
    let mut site = Site::new("a");
    for n in 0..40 {
        site.write(
            NightTalk::LEDGER,
            &format!("n{n}"),
            &[("place", text("三组")), ("unit", text("u1"))],
        );
    }
    for purpose in Purpose::ALL {
        let order = Order {
            purpose,
            scope: Scope::units(["u1"]),
            by: "town".to_owned(),
            at: Instant(site.clock),
        };
        let whole = export(&site.replica, &order);
        let pace = Every::new(1);
        let sliced = run(export_in_turns(&site.replica, &order, Turns::by(&pace)));
        assert!(pace.rests() > 20, "{}", pace.rests());
        assert_eq!(
            (sliced.text, sliced.holds, sliced.sha256),
            (whole.text, whole.holds, whole.sha256)
        );
    }
}

fn talk(place: &str) -> Draft {
    let mut draft = Draft::new(NightTalk::SCHEMA, "");
    draft.set(NightTalk::LEDGER.slot("place").expect("a field"), text(place));
    draft
}

#[test]
fn what_is_saved_while_the_days_copy_is_written_is_not_in_it_and_is_not_lost() {
    let kv = Rc::new(MemoryKeyValue::default());
    let mut desk = desk(&kv);
    desk.save("记一场夜话", &[talk("三组")]);
    let (records, order) = desk.daily_order();
    let before = export(&records, &order).text;
    let pace = Every::new(1);
    let written = run(async {
        let mut copy = std::pin::pin!(export_in_turns(&records, &order, Turns::by(&pace)));
        assert!(std::future::poll_fn(|context| std::task::Poll::Ready(copy.as_mut().poll(context).is_pending())).await);
        desk.save("记一场夜话", &[talk("五组")]);
        copy.await
    });
    assert_eq!(written.text, before);
    let now = canonical(desk.replica());
    assert!(now.contains("五组") && now.contains("三组"));
    assert_eq!(canonical(Desk::open(kv, Still::new(9), None).replica()), now);
}

#[test]
fn a_sealed_file_opens_in_turns_as_at_once() {
    let fresh = Fresh {
        salt: *b"0123456789abcdef",
        nonce: *b"0123456789ab",
    };
    let pace = Every::new(50);
    let sealed = run(seal_in_turns("{}", "天城口令2022", fresh, Turns::by(&pace))).expect("sealed");
    assert!(pace.rests() > 2, "{}", pace.rests());
    assert_eq!(sealed, seal("{}", "天城口令2022", fresh).expect("sealed"));
    let mut names = tiancheng::replica::wire::Names::default();
    let Ok(ReadFile::Sealed(parts)) = read_file(sealed.as_bytes(), &mut names) else {
        panic!("a sealed file");
    };
    let opened = run(parts.open_in_turns("天城口令2022", Turns::by(&Every::new(50))));
    assert_eq!(opened.expect("opens"), b"{}");
    let wrong = run(parts.open_in_turns("天城口令2023", Turns::by(&Every::new(50))));
    assert_eq!(wrong, parts.open("天城口令2023"));
    assert!(wrong.is_err());
}

/// A desk at which others act while work about it goes on.
struct Shared(RefCell<Desk>);

impl AtDesk for Shared {
    fn update<R>(&self, update: impl FnOnce(&mut Desk) -> R) -> R {
        update(&mut self.0.borrow_mut())
    }
}

#[test]
fn an_import_is_withdrawn_in_turns_and_what_is_saved_meanwhile_stays() {
    let kv = Rc::new(MemoryKeyValue::default());
    let mut desk = desk(&kv);
    for number in 0..10 {
        desk.save("记一场夜话", &[talk(&format!("先前 {number}"))]);
    }
    let (preview, _) = sliced(desk.replica(), &files()[..1], usize::MAX);
    let base = desk.replica().version();
    assert!(desk.import(preview.into(), base).is_ok(), "taken in");
    let id = desk.store().imports()[0].meta.id.clone();
    let shared = Shared(RefCell::new(desk));
    let again = || canonical(Desk::open(kv.clone(), Still::new(9), None).replica());
    let shown = || canonical(shared.0.borrow().replica());
    let talks = || rows::<NightTalk>(shared.0.borrow().replica()).len();
    let all = talks();
    assert!(all > 10);
    let pace = Every::new(1);
    let mut saved = 0;
    for step in [Step::Withdraw, Step::Reinstate, Step::Undo, Step::Redo] {
        let turns = Turns::by(&pace);
        let rests = pace.rests();
        let work = async {
            match step {
                Step::Withdraw => withdraw(&shared, &id, turns).await.expect("withdrawn"),
                Step::Reinstate => reinstate(&shared, &id, turns).await.expect("brought back"),
                Step::Undo => assert_eq!(undo(&shared, turns).await.expect("a step").failure, None),
                Step::Redo => assert_eq!(redo(&shared, turns).await.expect("a step").failure, None),
            }
        };
        {
            let mut work = std::pin::pin!(work);
            assert!(run_for(1, work.as_mut()).is_none(), "not at once");
            if matches!(step, Step::Withdraw | Step::Reinstate) {
                saved += 1;
                shared
                    .0
                    .borrow_mut()
                    .save("记一场夜话", &[talk(&format!("{saved} 组"))]);
                // The steps to take back are those of the import.
                shared.0.borrow_mut().undo().expect("the talk is taken back");
                shared.0.borrow_mut().redo().expect("and written again");
            }
            run(work);
        }
        assert!(pace.rests() > rests + 3);
        if matches!(step, Step::Reinstate) {
            // Undone once each, so that the import is the last step.
            for _ in 0..saved {
                shared.0.borrow_mut().undo().expect("a talk");
            }
            saved = 0;
        }
        let here = match step {
            Step::Withdraw | Step::Undo => 10 + saved,
            Step::Reinstate | Step::Redo => all + saved,
        };
        assert_eq!(talks(), here);
        assert_eq!(shown(), again(), "what is shown is what is stored");
    }
}

#[derive(Clone, Copy)]
enum Step {
    Withdraw,
    Reinstate,
    Undo,
    Redo,
}

/// A town whose every talk was written in one save.
fn one_long_change() -> Replica {
    let site = Site::new("a");
    let slot = NightTalk::LEDGER.slot("place").expect("a field");
    let writes: Vec<Write> = (0..2_500)
        .map(|n| {
            let place = format!("第 {n} 组，\"东头\"的 {{湾子}} 和 [场院]，一直到村口");
            Write::cell(NightTalk::SCHEMA, &format!("t{n:05}"), slot, text(&place))
        })
        .collect();
    let stamp = Stamp {
        id: ChangeId::parse("long.1").expect("an id"),
        at: Instant(site.clock),
        by: "town".into(),
    };
    let mut replica = site.replica;
    let (change, left) = replica.compose_each(stamp, &writes);
    assert_eq!(left, 0);
    replica.merge(change.expect("a change"));
    replica
}

#[test]
fn one_change_of_very_many_records_is_read_merged_and_kept_in_turns() {
    let replica = one_long_change();
    let file = canonical_file(&replica).text;
    let kv = Rc::new(MemoryKeyValue::default());
    let mut desk = desk(&kv);
    let pace = Every::new(1);
    let mut batch = Batch::new(desk.replica(), 1_669_080_600);
    run(batch.take("全镇.json", file.clone().into_bytes(), Turns::by(&pace)));
    // Each record is looked at, taken, settled and derived by itself.
    assert!(pace.rests() > 4 * 2_500, "{}", pace.rests());
    let mut at_once = Batch::new(desk.replica(), 1_669_080_600);
    at_once.add("全镇.json", file.as_bytes());
    let (sliced, whole) = (batch.finish(), at_once.finish());
    assert_eq!(told(&sliced), told(&whole));
    assert!(sliced.changes == whole.changes && sliced.changes.len() == 1);
    assert_eq!(canonical(&sliced.after), canonical(&replica));
    let packing = Every::new(1);
    let intake = run(PreparedImport::in_turns(sliced, &|_, _| {}, Turns::by(&packing)));
    assert!(packing.rests() > 3, "{}", packing.rests());
    let base = desk.replica().version();
    assert!(desk.import(intake, base).is_ok(), "taken in");
    let again = Desk::open(kv, Still::new(9), None);
    assert_eq!(canonical(again.replica()), canonical(desk.replica()));
    assert!(canonical(again.replica()).contains("第 2499 组"));
    // Once more, nothing is new: each record is looked for by itself.
    let pace = Every::new(1);
    let mut batch = Batch::new(again.replica(), 1_669_080_600);
    run(batch.take("全镇.json", file.into_bytes(), Turns::by(&pace)));
    assert!(pace.rests() > 2_500, "{}", pace.rests());
    assert!(matches!(batch.preview().files[0].outcome, Outcome::NothingNew));
}

#[test]
fn what_is_wrong_in_a_long_change_is_told_as_if_it_were_read_whole() {
    let mut list = String::new();
    one_long_change().write_changes(&tiancheng::replica::export::Selection::ALL, &mut list);
    let spots = [
        ("\"t01999\":", "\"t01998\":"),
        ("\"t01999\":{", "\"t01999\":{\"ledger\":\"x\","),
        ("第 1999 组，", "第 1999 组\\ud800，"),
        ("\"at\":\"20", "\"at\":\"2O"),
        ("\"set\":{", "\"set\":{},\"set\":{"),
    ];
    for (right, wrong) in spots {
        let bent = list.replacen(right, wrong, 1);
        assert_ne!(bent, list, "{right}");
        let mut names = tiancheng::replica::wire::Names::default();
        let limits = tiancheng::replica::wire::Limits::default();
        let whole = tiancheng::replica::wire::read_changes(&bent, &mut names, limits);
        let pieces = tiancheng::replica::wire::read_changes_in_turns(bent.as_bytes(), &mut names, limits, Turns::NONE);
        assert_eq!(tiancheng::turns::at_once(pieces), whole, "{right}");
        assert!(whole.is_err(), "{right}");
    }
    let mut names = tiancheng::replica::wire::Names::default();
    let few = tiancheng::replica::wire::Limits {
        records: 2_000,
        ..Default::default()
    };
    let whole = tiancheng::replica::wire::read_changes(&list, &mut names, few);
    let pieces = tiancheng::replica::wire::read_changes_in_turns(list.as_bytes(), &mut names, few, Turns::NONE);
    assert_eq!(tiancheng::turns::at_once(pieces), whole);
    assert!(whole.is_err());
}
