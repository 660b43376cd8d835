//! The shared folder at work: when a round begins, and what came of it. Lives as long as the page, whatever is shown.

use std::cell::{Cell, RefCell};
use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::state::AppStore;
use crate::browser::folder::{self, Folder, Permission};
use crate::browser::turns::{Frames, next_turn};
use crate::browser::{handles, tabs};
use crate::desk::sharing::{Place, Progress, Round, SyncError, round};
use crate::desk::{AtDesk, Desk};
use crate::exchange::folder::{Kept, Listed, SharedFolder};
use crate::model::date::Instant;
use crate::model::notice::Notice;
use crate::turns::Turns;
use crate::view::folder::{FileRow, Sharing, alarm_change, file_rows};

/// How often the page looks whether something was saved.
const LOOK_MS: i32 = 2_000;
/// Looks between two rounds in which nothing was saved.
const LOOKS: u32 = 15;

/// What the pages see of it. Copies are the same.
#[derive(Clone)]
pub struct Shared {
    town: AppStore,
    /// How it stands.
    pub state: ArcRwSignal<Sharing>,
    /// The files of the folder.
    pub files: ArcRwSignal<Vec<FileRow>>,
}

/// What the one service of the page knows.
#[derive(Default)]
struct SyncState {
    folder: RefCell<SharedFolder>,
    handle: RefCell<Option<Folder>>,
    /// Files that the person allowed since the last round.
    allowed: RefCell<Vec<String>>,
    busy: Cell<bool>,
    again: Cell<bool>,
    ticking: Cell<bool>,
    /// Version of the records at the last look, and at the end of the last round.
    seen: Cell<u64>,
    settled: Cell<u64>,
    looks: Cell<u32>,
    /// What every page is told because of the folder.
    alarm: RefCell<Option<Notice>>,
    /// The last round that brought or wrote something.
    news: Cell<Option<(Instant, Round)>>,
}

thread_local! {
    static SHARED: RefCell<Option<Shared>> = const { RefCell::new(None) };
    static MIND: SyncState = SyncState::default();
}

/// The service, at work as soon as there is a folder.
pub fn shared(town: AppStore) -> Shared {
    let make = || Shared {
        town,
        state: ArcRwSignal::new(Sharing::Off),
        files: ArcRwSignal::new(Vec::new()),
    };
    let shared = SHARED.with_borrow_mut(|known| known.get_or_insert_with(make).clone());
    if !MIND.with(|mind| mind.ticking.get()) && town.read_untracked(|desk| desk.folder().is_some()) {
        shared.begin();
    }
    shared
}

impl Shared {
    /// Goes to work, for as long as the page lives.
    fn begin(&self) {
        if !MIND.with(|mind| mind.ticking.replace(true)) {
            let me = self.clone();
            let look = Closure::<dyn FnMut()>::new(move || me.look());
            // Refused only for what is no function.
            let _ =
                window().set_interval_with_callback_and_timeout_and_arguments_0(look.as_ref().unchecked_ref(), LOOK_MS);
            look.forget();
            let me = self.clone();
            tabs::on_event("online", move || me.go());
            let me = self.clone();
            tabs::on_wake(move || me.go());
        }
        self.go();
    }

    /// Begins a round when something was saved and nothing more for a moment, or when it is time.
    fn look(&self) {
        if document().hidden() {
            return;
        }
        let version = self.town.read_untracked(|desk| desk.replica().version());
        let due = MIND.with(|mind| {
            let still = mind.seen.replace(version) == version;
            mind.looks.set(mind.looks.get() + 1);
            (still && version != mind.settled.get()) || mind.looks.get() >= LOOKS
        });
        if due {
            self.go();
        }
    }

    /// Begins a round, or another one after the round that is under way.
    pub fn go(&self) {
        if MIND.with(|mind| mind.busy.replace(true)) {
            MIND.with(|mind| mind.again.set(true));
            return;
        }
        let me = self.clone();
        spawn_local(async move {
            loop {
                MIND.with(|mind| mind.again.set(false));
                let now = me.once().await;
                me.stands(now);
                if !MIND.with(|mind| mind.again.get()) {
                    break;
                }
            }
            MIND.with(|mind| mind.busy.set(false));
        });
    }

    /// Shows how it stands, on every page if the person is needed.
    fn stands(&self, now: Sharing) {
        // Not by the state before: while a round is under way it is that of the work.
        let change = MIND.with(|mind| alarm_change(&mut mind.alarm.borrow_mut(), &now));
        if let Some((old, alarm)) = change {
            self.town
                .told
                .update(|told| told.retain(|notice| Some(notice) != old.as_ref()));
            self.town.tell(alarm.into_iter().collect());
        }
        // Nobody needs to hear that all is as it was.
        if self.state.get_untracked() != now {
            self.state.set(now);
        }
    }

    /// One round, from asking for permission to showing what came of it.
    async fn once(&self) -> Sharing {
        let town = self.town;
        MIND.with(|mind| mind.looks.set(0));
        let Some(kept) = town.read_untracked(Desk::folder) else {
            return Sharing::Off;
        };
        if kept.paused {
            return Sharing::Paused;
        }
        let Some(handle) = handle().await else {
            return Sharing::Gone;
        };
        match handle.permission().await {
            Permission::Granted => {}
            Permission::Prompt => return Sharing::Asks,
            Permission::Denied => return Sharing::Denied,
        }
        let Some(_lock) = folder::lock().await else {
            return Sharing::Elsewhere;
        };
        let seen = |desk: &Desk| (desk.replica().version(), desk.export_age());
        let before = town.read_untracked(seen);
        let (mut known, allowed) = MIND.with(|mind| (mind.folder.take(), mind.allowed.take()));
        known.allow(&allowed);
        let at = At {
            shared: self,
            handle,
            frames: Frames::begin(),
        };
        let done = round(&at, &mut known).await;
        next_turn().await;
        let after = town.read_untracked(|desk| {
            let kept = desk.folder().unwrap_or_default();
            self.files.set(file_rows(&known, &kept, desk.replica()));
            seen(desk)
        });
        MIND.with(|mind| {
            mind.folder.replace(known);
            mind.settled.set(after.0);
        });
        if after != before {
            // Others may have written what is on the page, and what stands in the folder is no longer to be exported.
            next_turn().await;
            town.refresh();
            town.tidy_soon();
        }
        match done {
            Ok(round) => {
                let at = town.read_untracked(Desk::now);
                let news = MIND.with(|mind| {
                    if round.taken + round.written > 0 {
                        mind.news.set(Some((at, round)));
                    }
                    mind.news.get()
                });
                Sharing::Ready { at, news }
            }
            Err(SyncError::Gone) => Sharing::Gone,
            Err(SyncError::Asks) => Sharing::Asks,
            Err(SyncError::Held(notice)) => Sharing::Held(notice),
            Err(SyncError::Ended) if town.read_untracked(Desk::folder).is_some() => Sharing::Paused,
            Err(SyncError::Ended) => Sharing::Off,
        }
    }

    /// Lets the person choose a folder, and begins; after a click.
    pub fn choose(&self) {
        let me = self.clone();
        spawn_local(async move {
            let folder = match folder::choose().await {
                Ok(folder) => folder,
                // The person changed their mind.
                Err(SyncError::Ended) => return,
                Err(SyncError::Held(notice)) => return me.town.toasts.say(notice.what, None),
                Err(_) => {
                    return me
                        .town
                        .toasts
                        .say("没有得到文件夹，浏览器或系统不让访问，请换一个", None);
                }
            };
            if folder.permission().await != Permission::Granted && folder.ask().await != Permission::Granted {
                return me.town.toasts.say("没有得到读写文件夹的允许", None);
            }
            // Without it the folder has to be chosen again after the page is closed, which is said then.
            handles::keep(&folder).await;
            let kept = |desk: &mut Desk| {
                let kept = Kept::new(desk.new_tag(), folder.name());
                desk.keep_folder(Some(&kept))
            };
            if let Err(failure) = me.town.update(kept) {
                return me.town.toasts.say(failure.notice().what, None);
            }
            MIND.with(|mind| {
                mind.folder.take();
                mind.handle.replace(Some(folder));
                mind.news.set(None);
            });
            me.begin();
        });
    }

    /// Pauses, or goes on; going on may ask the person, so after a click.
    pub fn pause(&self, paused: bool) {
        let keep = |desk: &mut Desk| match desk.folder() {
            Some(kept) => desk.keep_folder(Some(&Kept { paused, ..kept })),
            None => Ok(()),
        };
        if let Err(failure) = self.town.update(keep) {
            return self.town.toasts.say(failure.notice().what, None);
        }
        let me = self.clone();
        spawn_local(async move {
            if let (false, Some(handle)) = (paused, handle().await)
                && handle.permission().await != Permission::Granted
            {
                handle.ask().await;
            }
            me.go();
        });
    }

    /// Takes in files that wait for the person's word.
    pub fn allow(&self, names: &[String]) {
        MIND.with(|mind| mind.allowed.borrow_mut().extend_from_slice(names));
        self.go();
    }

    /// Forgets the folder and leaves its files as they are.
    pub fn stop(&self) {
        if let Err(failure) = self.town.update(|desk| desk.keep_folder(None)) {
            return self.town.toasts.say(failure.notice().what, None);
        }
        MIND.with(|mind| mind.handle.replace(None));
        self.files.set(Vec::new());
        let me = self.clone();
        spawn_local(async move {
            handles::forget().await;
            me.town.toasts.say("已不再共享，文件夹里的文件没有动", None);
            me.go();
        });
    }
}

/// The folder, from memory or from the browser's own store.
async fn handle() -> Option<Folder> {
    if let Some(known) = MIND.with(|mind| mind.handle.borrow().clone()) {
        return Some(known);
    }
    let found = handles::recall().await?;
    MIND.with(|mind| mind.handle.replace(Some(found.clone())));
    Some(found)
}

/// The folder and the page, as a round sees them.
struct At<'a> {
    shared: &'a Shared,
    handle: Folder,
    frames: Frames,
}

impl AtDesk for At<'_> {
    fn update<R>(&self, update: impl FnOnce(&mut Desk) -> R) -> R {
        self.shared.town.update(update)
    }
}

impl Place for At<'_> {
    fn list(&self) -> impl Future<Output = Result<Vec<Listed>, SyncError>> {
        self.handle.list()
    }

    fn read(&self, name: &str) -> impl Future<Output = Result<Vec<u8>, SyncError>> {
        self.handle.read(name)
    }

    fn write(&self, name: &str, text: &str) -> impl Future<Output = Result<Listed, SyncError>> {
        self.handle.write(name, text)
    }

    fn remove(&self, name: &str) -> impl Future<Output = Result<(), SyncError>> {
        self.handle.remove(name)
    }

    fn turns(&self) -> Turns<'_> {
        Turns::by(&self.frames)
    }

    fn tell(&self, progress: Progress) {
        self.shared.state.set(Sharing::Working(progress));
    }
}
