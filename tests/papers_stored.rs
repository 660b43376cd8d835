//! Papers and the words of a person in them when the storage is full, and when the browser is killed.

mod support;

use std::cell::Cell;
use std::rc::Rc;

use support::Site;
use support::still::{Still, take};
use tiancheng::desk::Desk;

use tiancheng::exchange::{Purpose, Scope as FileScope};
use tiancheng::model::ledger::{Role, TypedRow};
use tiancheng::model::programmes::town::ledgers::{Town, Unit};
use tiancheng::storage::{Exclusive, Failure, KeyValue, KvError, Limit, MemoryKeyValue};
use tiancheng::view::paper::block::Paper;
use tiancheng::view::paper::kinds::by_id;
use tiancheng::view::papers::{self, Wish};
use tiancheng::view::route::Address;

/// A store that can be full.
#[derive(Default)]
struct Store {
    inner: MemoryKeyValue,
    full: Cell<bool>,
}

impl KeyValue for Store {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.inner.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        if self.full.get() {
            return Err(KvError::Quota);
        }
        self.inner.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.inner.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, KvError> {
        self.inner.keys()
    }
    fn limit(&self) -> Limit {
        self.inner.limit()
    }
}

fn office() -> (Rc<Store>, Desk) {
    let mut site = Site::new("a");
    site.write(Town::LEDGER, "town", &[("name", support::text("天城镇"))]);
    let cells = [("name", support::text("寺前村")), ("kind", support::text("village"))];
    site.write(Unit::LEDGER, "421223100208", &cells);
    let store: Rc<Store> = Rc::default();
    let mut desk = Desk::open(store.clone(), Still::new(5), None);
    let file = tiancheng::exchange::writing::canonical_file(&site.replica).text;
    take(&mut desk, "全镇.json", &file);
    desk.become_person(Role::Town, "", "", "李主任");
    (store, desk)
}

/// What the next start finds: what lies on the disk at this instant.
fn killed(store: &Store) -> Desk {
    let copy = MemoryKeyValue::with(store.inner.texts(), Limit::NONE);
    Desk::open(Rc::new(copy), Still::new(6), None)
}

fn report(desk: &Desk) -> (Wish, Paper) {
    let kind = by_id("report").expect("it");
    let address = Address::parse("#/papers/report?about=town&period=2022-11");
    let wish = Wish::of(desk.replica(), kind, &address, &desk.reach(), desk.today());
    let paper = wish.make(desk.replica()).expect("a report");
    (wish, paper.edited("title", "关于十一月工作的汇报"))
}

#[test]
fn a_kept_paper_and_words_that_are_not_kept_outlive_a_kill() {
    let (store, mut desk) = office();
    let (wish, paper) = report(&desk);
    // What is being written is on the disk with each word.
    let text = papers::edits_text(&paper.edits);
    desk.keep_draft(&wish.draft_name(), "1", &text).expect("kept");
    let found = killed(&store).own_draft(&wish.draft_name(), "1").expect("the words");
    assert_eq!(papers::edits_of(&found.text), paper.edits);
    // What is called kept is there.
    let draft = papers::draft(&paper, &wish, "中共崇阳县委", "李主任").expect("a draft");
    assert_eq!(desk.save("留存文稿", &[draft]).failure, None);
    let later = killed(&store);
    let sent = papers::sent(later.replica());
    assert_eq!(sent.len(), 1);
    let (told, back) = papers::sent_paper(later.replica(), &sent[0].id).expect("it");
    assert_eq!((told.title.as_str(), back), ("关于十一月工作的汇报", paper));
}

#[test]
fn a_full_storage_is_told_and_takes_no_words_away() {
    let (store, mut desk) = office();
    let (wish, paper) = report(&desk);
    let name = wish.draft_name();
    desk.keep_draft(&name, "1", &papers::edits_text(&paper.edits))
        .expect("kept");
    store.full.set(true);
    // Further words are told not to be kept; those before stay.
    let more = paper.clone().edited("opening", "另起一段。\n再起一段。");
    let refused = desk.keep_draft(&name, "1", &papers::edits_text(&more.edits));
    assert_eq!(refused, Err(Failure::Quota));
    let found = killed(&store).own_draft(&name, "1").expect("those before");
    assert_eq!(papers::edits_of(&found.text), paper.edits);
    // The paper that does not fit is not called kept, and can leave the device.
    let draft = papers::draft(&more, &wish, "", "").expect("a draft");
    assert_eq!(desk.save("留存文稿", &[draft]).failure, Some(Failure::Quota));
    assert!(papers::sent(killed(&store).replica()).is_empty());
    assert!(desk.export(Purpose::Backup, FileScope::all()).text.contains("另起一段"));
    // With room it is stored whole.
    store.full.set(false);
    assert_eq!(desk.compact(Exclusive::OnlyTab), Ok(()));
    let later = killed(&store);
    let sent = papers::sent(later.replica());
    let (_, back) = papers::sent_paper(later.replica(), &sent[0].id).expect("it");
    assert_eq!(back, more);
}
