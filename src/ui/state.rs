//! The desk as the pages see it: read through signals, written through actions.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::components::frame::SaveState;
use super::components::toast::{Toasts, Undo};
use super::dom::next_frame;
use super::figures;
use crate::browser::environment::{Ask, BrowserEnvironment};
use crate::browser::host::{self, Build};
use crate::browser::local::LocalKeyValue;
use crate::browser::share::app;
use crate::browser::turns::Frames;
use crate::browser::{second, tabs};
use crate::desk::withdrawing::{redo, undo};
use crate::desk::{AtDesk, Desk, Done, Environment as _, ExternalUpdate, Person, Unmerged};
use crate::model::date::Day;
use crate::model::ledger::Role;
use crate::model::notice::Notice;
use crate::model::programmes::sample;
use crate::replica::Change;
use crate::storage::keys::SETTING;
use crate::storage::{Exclusive, Failure, KeyValue, KvError, Left, mark};
use crate::turns::{Turns, at_once};
use crate::ui::parts::{self, Part, PartRequest};
use crate::view::conflicts;
use crate::view::first_look::{Basis, FirstLook};
use crate::view::leaving::in_window;
use crate::view::route::{self, Address, Route, key};

/// How long the browser has to paint the first look and to hear the person before it gets more to do.
const PAINT: Duration = Duration::from_millis(50);
/// How often the page looks whether midnight has passed.
const MIDNIGHT: Duration = Duration::from_secs(20);
/// Milliseconds after which what keeps the storage tidy waits no longer.
const TIDY_MS: i32 = 5_000;
/// Milliseconds after which what did not fit is tried again.
const RETRY_MS: i32 = 10_000;
/// Milliseconds after which the second place is looked through.
const RELEASE_MS: i32 = 1_800_000;
/// The setting that keeps what the next start shows first.
const LOOK: &str = "look";
/// Why a message cannot take back what it tells of.
const NOT_LAST: &str = "后来又有别的操作，这一步不能单独撤销，可以打开记录改回";
/// Why there is no sample town.
pub const SAMPLE_MISSED: &str = "没有取到示例数据";

/// The storage of this browser, and what only its second place still has.
type Place = Result<(Rc<dyn KeyValue>, Left), KvError>;

/// The one desk of the page. Copies are the same.
#[derive(Clone, Copy)]
pub struct AppStore {
    desk: StoredValue<Desk, LocalStorage>,
    version: RwSignal<u64>,
    /// How many records wait to be looked at, once a part that counts them is here.
    pub waits: RwSignal<usize>,
    /// How the latest change is kept.
    pub saved: RwSignal<SaveState>,
    /// Short messages.
    pub toasts: Toasts,
    /// Why something is not stored; the banner stands as long as this is set.
    pub failure: RwSignal<Option<Failure>>,
    /// What opening found and other windows brought about, until the person has taken note.
    pub told: RwSignal<Vec<Notice>>,
    /// The offline copy and the update.
    pub build: RwSignal<Build>,
    /// Grows when a daily copy comes or goes.
    pub copies: RwSignal<u32>,
    /// A quiet moment has been asked for.
    waiting: StoredValue<bool>,
    /// The pages will be told at the next frame.
    stale: StoredValue<bool>,
    /// What is shown while the records are being read.
    look: RwSignal<Option<FirstLook>>,
    /// What waits until they are.
    later: StoredValue<Vec<Box<dyn FnOnce()>>, LocalStorage>,
}

/// Time and chance. The sample town stands still at the end of the year it tells of.
fn environment(ask: &Ask) -> Rc<BrowserEnvironment> {
    let today = ask.today.or_else(|| ask.sample.then(sample::as_of));
    Rc::new(BrowserEnvironment::new(today))
}

/// What the storage of this browser holds.
fn read(ask: &Ask, kv: Rc<dyn KeyValue>, left: Left) -> Unmerged {
    Desk::read(kv, environment(ask), host::witness(), left)
}

/// Why 已保存 may be said although the second place has nothing.
fn refused() -> Notice {
    Notice::warning(
        "",
        "这个浏览器不能把刚做的修改另存一份",
        "保存后请等一分钟再关机，并常导出备份",
    )
}

/// What a look of today would be worked out from.
fn basis(day: Day) -> Option<Basis> {
    let kv = LocalKeyValue::open().ok()?;
    Some(Basis {
        build: host::build_name()?,
        mark: mark(&kv).ok()?,
        day,
    })
}

/// What the page can show before the records are read: the top of the overview, if nothing has changed since it was
/// kept, and the address asks for no other day or period.
pub fn first_look(ask: &Ask, address: &Address) -> Option<FirstLook> {
    let usual = address.route == Route::Overview && address.get(key::PERIOD).or(address.get(key::AS_OF)).is_none();
    if !usual {
        return None;
    }
    let today = environment(ask).today();
    if ask.sample {
        return FirstLook::sample().filter(|_| today == sample::as_of());
    }
    let kv = LocalKeyValue::open().ok()?;
    // What is kept is of the town.
    if Person::kept(&kv).is_some_and(|person| person.role == Role::Unit) {
        return None;
    }
    let kept = kv.get(&format!("{SETTING}{LOOK}")).ok()??;
    FirstLook::read(&kept, &basis(today)?)
}

/// The page that whoever works in this browser begins with.
pub fn home() -> Route {
    let person = LocalKeyValue::open().ok().and_then(|kv| Person::kept(&kv));
    person.map_or(Route::Overview, |me| route::home(me.role, &me.district))
}

/// The desk, from the context that [`start`](super::start) provides before any page is built.
pub fn use_store() -> AppStore {
    expect_context::<AppStore>()
}

impl AppStore {
    /// Opens the desk of this browser.
    pub fn open(ask: &Ask, place: Place) -> AppStore {
        let desk = match place {
            Ok((kv, left)) => at_once(read(ask, kv, left).merged(Turns::NONE)),
            Err(error) => Desk::in_memory(environment(ask), &Failure::from(error)),
        };
        let town = AppStore::at(desk, None);
        town.greet();
        town
    }

    /// Opens the desk of the sample town.
    pub fn open_sample(ask: &Ask, changes: Vec<Change>) -> AppStore {
        let desk = at_once(Desk::of_sample(environment(ask), changes).merged(Turns::NONE));
        let town = AppStore::at(desk, None);
        town.greet();
        town
    }

    /// Shows `look`; [`read_records`](AppStore::read_records) follows.
    pub fn showing(ask: &Ask, look: FirstLook) -> AppStore {
        let kv = LocalKeyValue::open().ok().filter(|_| !ask.sample);
        let kv = kv.as_ref().map(|kv| kv as &dyn KeyValue);
        AppStore::at(Desk::before_opening(kv, environment(ask), ask.sample), Some(look))
    }

    fn at(desk: Desk, look: Option<FirstLook>) -> AppStore {
        let town = AppStore {
            desk: StoredValue::new_local(desk),
            version: RwSignal::new(0),
            waits: RwSignal::new(look.as_ref().map_or(0, |look| look.open)),
            saved: RwSignal::new(SaveState::Untouched),
            toasts: Toasts::new(),
            failure: RwSignal::new(None),
            told: RwSignal::new(Vec::new()),
            build: RwSignal::new(Build::now()),
            copies: RwSignal::new(0),
            waiting: StoredValue::new(false),
            stale: StoredValue::new(false),
            look: RwSignal::new(look),
            later: StoredValue::new_local(Vec::new()),
        };
        Build::watch(move |build| town.build.set(build));
        town.turn_day(town.read_untracked(Desk::today));
        town
    }

    /// Has the pages look at the desk again when the day turns while they are open.
    fn turn_day(self, day: Day) {
        set_timeout(
            move || {
                let today = self.read_untracked(Desk::today);
                if today != day {
                    self.refresh();
                }
                self.turn_day(today);
            },
            MIDNIGHT,
        );
    }

    /// Tells what opening found, and listens to other windows from now on.
    fn greet(self) {
        // What bars the storage is told by a banner of its own as long as it lasts.
        let lasting = self.read_untracked(|desk| desk.barred().map(Failure::notice));
        let mut told = self.read_untracked(|desk| desk.report().notices.clone());
        told.retain(|notice| Some(notice) != lasting.as_ref());
        self.tell(told);
        // Nothing is saved by the main part alone, nor what did not fit last time.
        parts::before_saving(self);
    }

    /// What is shown while the records are being read; `None` once they are.
    pub fn look<R>(self, read: impl FnOnce(&FirstLook) -> R) -> Option<R> {
        self.look.read().as_ref().map(read)
    }

    /// Whether the records are still being read.
    pub fn is_opening(self) -> bool {
        self.look.read().is_some()
    }

    /// Acts on the desk once the records are read.
    pub fn when_open(self, act: impl FnOnce() + 'static) {
        if self.look.read_untracked().is_none() {
            act();
        } else {
            self.later.update_value(|later| later.push(Box::new(act)));
        }
    }

    /// Reads the records in turns, while the page shows its first look, which is painted before.
    pub fn read_records(self, ask: Ask) {
        set_timeout(move || self.read_records_now(ask), PAINT);
    }

    fn read_records_now(self, ask: Ask) {
        if ask.sample {
            parts::fetch_sample_town(Box::new(move |changes| match changes {
                Some(changes) => self.merge(Desk::of_sample(environment(&ask), changes)),
                None => super::panic::start_failed(SAMPLE_MISSED),
            }));
            return;
        }
        spawn_local(Box::pin(async move {
            match second::open().await {
                Ok((kv, left)) => self.merge(read(&ask, kv, left)),
                Err(error) => self.opened(Desk::in_memory(environment(&ask), &Failure::from(error))),
            }
        }) as Pin<Box<dyn Future<Output = ()>>>);
    }

    /// Merges what was read in turns, while the page shows its first look.
    fn merge(self, unmerged: Unmerged) {
        spawn_local(Box::pin(async move {
            let frames = Frames::begin();
            self.opened(unmerged.merged(Turns::by(&frames)).await);
        }) as Pin<Box<dyn Future<Output = ()>>>);
    }

    fn opened(self, desk: Desk) {
        self.update(|now| *now = desk);
        self.version.update(|version| *version += 1);
        self.look.set(None);
        self.greet();
        let later = self.later.try_update_value(std::mem::take).unwrap_or_default();
        later.into_iter().for_each(|act| act());
        parts::fetch_ahead(self);
    }

    /// Counts what waits to be looked at, for the navigation.
    pub fn count_waiting_now(self) {
        let waits = self.read_untracked(|desk| conflicts::open(desk.replica())).all();
        self.waits.maybe_update(|now| std::mem::replace(now, waits) != waits);
    }

    /// Listens to other windows; of the parts that save, before they do.
    pub fn listen_now(self) {
        self.count_waiting_now();
        if self.read_untracked(Desk::is_sample) {
            return;
        }
        tabs::on_leaving(move || self.read_untracked(Desk::is_unsaved));
        if self.read_untracked(Desk::is_in_memory) {
            return;
        }
        // What did not fit last time may fit now.
        if self.read_untracked(Desk::is_unsaved) {
            self.failure.set(self.update(Desk::retry));
        }
        if !second::has_copies() {
            // The second place was emptied: the day's copy is made again.
            self.update(|desk| desk.unclaim_daily(None));
        }
        tabs::on_written(move |what| {
            self.hear(|desk| desk.external(what.key.as_deref(), what.old.as_deref(), what.new.as_deref()));
        });
        tabs::on_wake(move || {
            self.hear(Desk::catch_up);
            self.try_again();
        });
        tabs::every(RETRY_MS, move || self.try_again());
        tabs::every(RELEASE_MS, parts::release);
        // What other windows stored since this one read.
        self.hear(Desk::catch_up);
        self.tidy_soon();
        if let Some(app) = app() {
            self.tell(vec![in_window(app)]);
        }
        if self.read_untracked(Desk::shares) {
            parts::send(self, Part::Office, PartRequest::Share(self));
        }
    }

    /// Tries again to store what did not fit.
    fn try_again(self) {
        if self.read_untracked(|desk| desk.store().waiting().is_empty()) {
            return;
        }
        let failure = self.update(Desk::retry);
        if failure.is_none() {
            self.say_saved();
            self.tidy_soon();
        }
        self.failure.set(failure);
    }

    /// Takes in what happened outside of this window.
    fn hear(self, listen: impl FnOnce(&mut Desk) -> ExternalUpdate) {
        let heard = self.update(listen);
        self.tell(heard.notices);
        if heard.rewrite {
            parts::send(self, Part::Records, PartRequest::Rewrite(self));
        }
        if heard.changed {
            self.tidy_soon();
            // Hundreds of saves of another window are shown at once.
            if !self.stale.get_value() {
                self.stale.set_value(true);
                next_frame(move || {
                    self.stale.set_value(false);
                    self.refresh();
                });
            }
        }
    }

    /// Shows messages until the person has taken note of them.
    pub fn tell(self, notices: Vec<Notice>) {
        if notices.is_empty() {
            return;
        }
        self.told.update(|told| {
            for notice in notices {
                if !told.contains(&notice) {
                    told.push(notice);
                }
            }
        });
    }

    /// In a quiet moment keeps the witness, tidies the storage if that is worth while, and makes the day's copy.
    pub fn tidy_soon(self) {
        if self.waiting.get_value() || self.read_untracked(|desk| desk.is_sample() || desk.is_in_memory()) {
            return;
        }
        self.waiting.set_value(true);
        let tidy = move || {
            self.waiting.set_value(false);
            if self.read_untracked(|desk| desk.barred().is_none()) {
                second::keep_witness(&self.read_untracked(|desk| desk.store().witness()));
                self.keep_look();
            }
            if self.read_untracked(Desk::wants_compaction) {
                parts::send(self, Part::Records, PartRequest::Tidy(self));
            }
            if self.read_untracked(Desk::wants_daily) {
                parts::send(self, Part::Office, PartRequest::Daily(self));
            }
        };
        tabs::when_idle(TIDY_MS, Box::new(tidy));
    }

    /// Writes everything anew, of the part that saves.
    pub fn rewrite_now(self) {
        tabs::in_turn(move |turn| {
            let outcome = self.update(|desk| desk.rewrite(turn));
            self.failure.set(outcome.err());
        });
    }

    /// Tidies the storage, of the part that saves.
    pub fn tidy_now(self) {
        tabs::in_turn(move |turn| self.tidy(turn));
    }

    /// Forgets the shared folder as well, after everything was erased on purpose.
    pub fn forget(self) {
        leptos::task::spawn_local(crate::browser::handles::forget());
    }

    /// Keeps what the next start shows first, of the part that knows all of it.
    fn keep_look(self) {
        if self.read_untracked(figures::has_first) {
            parts::keep_look(self);
        }
    }

    /// Keeps what the next start shows first, where the figures of it are at hand.
    pub fn keep_look_now(self) {
        let Some(top) = self.read_untracked(figures::first_top) else {
            return;
        };
        let Some(basis) = basis(self.read_untracked(Desk::today)) else {
            return;
        };
        let open = self.read_untracked(|desk| conflicts::open(desk.replica()));
        let look = FirstLook { top, open: open.all() };
        let Some(text) = look.write(&basis) else { return };
        self.update(|desk| {
            if desk.store().setting(LOOK).as_ref() != Some(&text) {
                // Without it the next start waits for the records.
                let _ = desk.store_mut().set_setting(LOOK, Some(&text));
            }
        });
    }

    fn tidy(self, turn: Exclusive) {
        let outcome = self.update(|desk| desk.compact(turn));
        self.keep_look();
        if self.failure.with_untracked(Option::is_some) {
            if outcome.is_ok() {
                self.say_saved();
            }
            self.failure.set(outcome.err());
        }
    }

    /// Reads the desk; what reads this way runs again after every change.
    pub fn read<R>(self, read: impl FnOnce(&Desk) -> R) -> R {
        self.version.track();
        self.desk.with_value(read)
    }

    /// Reads the desk once.
    pub fn read_untracked<R>(self, read: impl FnOnce(&Desk) -> R) -> R {
        self.desk.with_value(read)
    }

    /// Alters the desk without a save: settings, drafts. Pages are not told.
    pub fn update<R>(self, update: impl FnOnce(&mut Desk) -> R) -> R {
        // The value is there as long as the page is.
        self.desk
            .try_update_value(update)
            .expect("the desk lives as long as the page")
    }

    /// Does something that saves; tells the pages and the frame.
    pub fn commit(self, commit: impl FnOnce(&mut Desk) -> Done) -> Done {
        let done = self.update(commit);
        self.note(&done);
        done
    }

    /// Tells the pages and the frame what became of an action.
    pub fn note(self, done: &Done) {
        if done.unchanged {
            return;
        }
        self.toasts.settle();
        self.failure.set(done.failure.clone());
        if done.failure.is_some() {
            self.saved.set(SaveState::Failed);
        } else {
            self.say_saved();
        }
        self.version.update(|version| *version += 1);
        self.tidy_soon();
    }

    /// Says so once it is on the disk.
    fn say_saved(self) {
        if !second::when_settled(Box::new(move || self.say_settled())) {
            self.saved.set(SaveState::Busy);
        }
    }

    fn say_settled(self) {
        if self.read_untracked(Desk::is_unsaved) && self.failure.with_untracked(Option::is_some) {
            return;
        }
        if second::is_refused() {
            self.tell(vec![refused()]);
        }
        self.saved.set(self.read_untracked(|desk| {
            let (_, hour, minute) = desk.now().office();
            match () {
                () if desk.is_sample() => SaveState::Loose("示例不保存"),
                () if desk.is_in_memory() => SaveState::Loose("未存入本机"),
                () => SaveState::Saved(format!("{hour:02}:{minute:02}")),
            }
        }));
    }

    /// Makes everything that reads the desk read it again; for what is no save, such as the role.
    pub fn refresh(self) {
        self.version.update(|version| *version += 1);
    }

    /// Does something that saves, and says so with a way back.
    pub fn act_and_say(self, text: impl Into<String>, act: impl FnOnce(&mut Desk) -> Done) -> Done {
        let done = self.commit(act);
        if done.failure.is_none() && !done.unchanged {
            let (town, text, back) = (self, text.into(), self.way_back());
            let say = move || town.toasts.say(text, back);
            second::when_settled(Box::new(say));
        }
        done
    }

    /// Takes back the step that was done last, and no other.
    pub fn way_back(self) -> Option<Undo> {
        let step = self.read_untracked(Desk::last_step)?;
        Some(Arc::new(move || {
            parts::send(self, Part::Records, PartRequest::Undo(self, Some(step)));
        }))
    }

    /// Takes the last step back and says what it was.
    pub fn undo(self) {
        parts::send(self, Part::Records, PartRequest::Undo(self, None));
    }

    /// [`undo`](Self::undo), of the part that saves; with a step, only if it is the last one.
    pub fn undo_now(self, step: Option<u32>) {
        if step.is_some() && step != self.read_untracked(Desk::last_step) {
            return self.toasts.say(NOT_LAST, None);
        }
        self.step_back(
            false,
            "已撤销",
            "没有可以撤销的操作。打开页面以前的修改不能撤销，可以打开记录改回",
        );
    }

    /// Does the last undone step again.
    pub fn redo(self) {
        parts::send(self, Part::Records, PartRequest::Redo(self));
    }

    /// [`redo`](Self::redo), of the part that saves.
    pub fn redo_now(self) {
        self.step_back(true, "已恢复", "没有可以恢复的操作");
    }

    fn step_back(self, forward: bool, word: &'static str, none: &'static str) {
        spawn_local(Box::pin(async move {
            let frames = Frames::begin();
            let label = self
                .read_untracked(|desk| if forward { desk.redo_label() } else { desk.undo_label() }.map(str::to_owned));
            let done = match forward {
                true => redo(&self, Turns::by(&frames)).await,
                false => undo(&self, Turns::by(&frames)).await,
            };
            match done {
                Some(done) => self.say_stepped(&done, word, &label.unwrap_or_default()),
                None => self.toasts.say(none, None),
            }
        }) as Pin<Box<dyn Future<Output = ()>>>);
    }

    fn say_stepped(self, done: &Done, word: &str, label: &str) {
        self.note(done);
        let mut text = match done.unchanged && !done.notices.is_empty() {
            true => "没有改动".to_owned(),
            false => format!("{word}：{label}"),
        };
        for notice in &done.notices {
            text.push_str(&format!("；{}", notice.what));
        }
        self.toasts.say(text, None);
    }
}

impl AtDesk for AppStore {
    fn update<R>(&self, update: impl FnOnce(&mut Desk) -> R) -> R {
        AppStore::update(*self, update)
    }
}
