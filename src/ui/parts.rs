//! What is fetched after the first view.
//!
//! The page comes in parts: the main part holds the shell, storage and the figures of the overview; everything else
//! lies behind one door per [`Part`]. `cargo xtask finish` cuts the compiled page at these doors, by what is reached
//! through each alone. A door that was passed once stays open, so nothing waits twice.

use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::components::button::{Button, ButtonKind};
use super::components::frame::{FrameState, more_sheet};
use super::components::message::EmptyState;
use super::components::search::Searching;
use super::figures::{Figures, period_bar};
use super::pages::Told;
use super::state::AppStore;
use super::{daily, desk_frame, hand_over, pages, recovery, sharing};
use crate::browser::tabs;
use crate::model::programmes::sample::SampleOptions;
use crate::model::programmes::{sample, schemas};
use crate::replica::Change;
use crate::replica::seed::seed;
use crate::view::route::Route;

/// What nobody waits for is fetched in a quiet moment, at the latest after so many milliseconds.
const IDLE_MS: i32 = 5_000;
/// Shown where a part is still on its way.
const WAITING: &str = "正在打开…";
/// Said where it did not come.
const MISSED: &str = "没有取到这部分页面，请检查网络后再试。已经保存的数据不受影响。";

/// What is fetched together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Ledgers, forms, records, search, and every way to save.
    Records,
    /// Map, charts and everything else that shows figures beyond the top of the overview.
    Figures,
    /// First steps, files, settings, help.
    Office,
    /// The sample town.
    Sample,
}

/// What is asked of a part.
pub enum PartRequest {
    /// The page of a route.
    Page(Route),
    /// What the overview shows below the five programmes; tells the top of it what needs a hand.
    OverviewRest(Figures, RwSignal<Told>),
    /// Keeps what the next start shows first.
    Look(AppStore),
    /// Everything the bottom bar has no room for.
    More(FrameState, Memo<Route>, RwSignal<bool>, RwSignal<bool>),
    /// A new town, from a list.
    NewTown,
    /// Takes the last step back.
    Undo(AppStore, Option<u32>),
    /// Does the last undone step again.
    Redo(AppStore),
    /// Listens to other windows.
    Listen(AppStore),
    /// Counts what waits to be looked at.
    Waits(AppStore),
    /// Tidies the storage.
    Tidy(AppStore),
    /// Writes the storage anew.
    Rewrite(AppStore),
    /// What stands in place of every page when the storage was found empty.
    Recovery,
    /// Downloads everything.
    Backup(AppStore),
    /// Goes on sharing a folder.
    Share(AppStore),
    /// Asks for the shared folder again, after a click.
    Resume(AppStore),
    /// The person says that the file that was asked about is where it should be.
    Left(AppStore),
    /// Makes the day's copy.
    Daily(AppStore),
    /// Lets go of what the second place need not hold any longer.
    Release,
    /// Reminds of what is due, where this device wants it.
    Remind(AppStore),
    /// The list of what is found.
    Hits(Searching),
    /// Where period and day of the figures are chosen.
    Period(Figures),
    /// Makes the sample town.
    Sample,
}

/// What comes of a request.
pub enum PartAnswer {
    /// Something to show.
    View(AnyView),
    /// The changes that make the sample town.
    Sample(Vec<Change>),
    /// It is done.
    Nothing,
}

type Answer = Result<PartAnswer, SplitLoaderError>;
type Arrival = Result<(), SplitLoaderError>;

#[wasm_split(records, fallible, preload(fetch_records))]
fn records(request: PartRequest) -> Answer {
    Ok(match request {
        PartRequest::Listen(town) => {
            town.listen_now();
            PartAnswer::Nothing
        }
        PartRequest::Waits(town) => {
            town.count_waiting_now();
            PartAnswer::Nothing
        }
        PartRequest::Page(route) => PartAnswer::View(pages::in_records(route)),
        PartRequest::Undo(town, step) => {
            town.undo_now(step);
            PartAnswer::Nothing
        }
        PartRequest::Redo(town) => {
            town.redo_now();
            PartAnswer::Nothing
        }
        PartRequest::Tidy(town) => {
            town.tidy_now();
            PartAnswer::Nothing
        }
        PartRequest::Rewrite(town) => {
            town.rewrite_now();
            PartAnswer::Nothing
        }
        PartRequest::Hits(searching) => PartAnswer::View(desk_frame::hits(searching)),
        _ => PartAnswer::Nothing,
    })
}

#[wasm_split(figures, fallible, preload(fetch_figures))]
fn figures(request: PartRequest) -> Answer {
    Ok(match request {
        PartRequest::Listen(town) => {
            town.listen_now();
            PartAnswer::Nothing
        }
        PartRequest::Waits(town) => {
            town.count_waiting_now();
            PartAnswer::Nothing
        }
        PartRequest::Page(route) => PartAnswer::View(pages::in_figures(route)),
        PartRequest::OverviewRest(figures, told) => PartAnswer::View(pages::overview_rest(figures, told)),
        PartRequest::Period(figures) => PartAnswer::View(period_bar(figures)),
        PartRequest::Look(town) => {
            town.keep_look_now();
            PartAnswer::Nothing
        }
        PartRequest::Remind(town) => {
            pages::remind(town);
            PartAnswer::Nothing
        }
        _ => PartAnswer::Nothing,
    })
}

#[wasm_split(office, fallible, preload(fetch_office))]
fn office(request: PartRequest) -> Answer {
    Ok(match request {
        PartRequest::Listen(town) => {
            town.listen_now();
            PartAnswer::Nothing
        }
        PartRequest::Waits(town) => {
            town.count_waiting_now();
            PartAnswer::Nothing
        }
        PartRequest::Page(route) => PartAnswer::View(pages::in_office(route)),
        PartRequest::More(state, here, more, searching) => PartAnswer::View(more_sheet(state, here, more, searching)),
        PartRequest::NewTown => PartAnswer::View(pages::new_town()),
        PartRequest::Recovery => PartAnswer::View(recovery::recovery()),
        PartRequest::Backup(town) => {
            desk_frame::backup_now(town);
            PartAnswer::Nothing
        }
        PartRequest::Share(town) => {
            sharing::shared(town);
            PartAnswer::Nothing
        }
        PartRequest::Resume(town) => {
            sharing::shared(town).pause(false);
            PartAnswer::Nothing
        }
        PartRequest::Left(town) => {
            hand_over::confirm(town, None);
            PartAnswer::Nothing
        }
        PartRequest::Daily(town) => {
            daily::make(town);
            PartAnswer::Nothing
        }
        PartRequest::Release => {
            daily::release();
            PartAnswer::Nothing
        }
        _ => PartAnswer::Nothing,
    })
}

#[wasm_split(sample, fallible, preload(fetch_sample))]
fn sample_town(_errand: PartRequest) -> Answer {
    Ok(PartAnswer::Sample(seed(
        &schemas(),
        &sample::town(&SampleOptions::default()),
    )))
}

impl Part {
    /// Fetches the part; done at once when it is here.
    async fn fetch(self) -> Arrival {
        match self {
            Part::Records => fetch_records().await,
            Part::Figures => fetch_figures().await,
            Part::Office => fetch_office().await,
            Part::Sample => fetch_sample().await,
        }
    }

    /// Fetches the part and runs a request.
    pub async fn run(self, request: PartRequest) -> Answer {
        match self {
            Part::Records => records(request).await,
            Part::Figures => figures(request).await,
            Part::Office => office(request).await,
            Part::Sample => sample_town(request).await,
        }
    }

    /// Whether the part is here. Asking fetches nothing anew once it is.
    fn is_here(self) -> bool {
        HERE.with(|here| here.get() & self.bit() != 0)
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }

    /// What the part does with a request, if it is here.
    fn at_once(self, request: PartRequest) -> Option<PartAnswer> {
        if !self.is_here() {
            return None;
        }
        match pin!(self.run(request)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer.ok(),
            Poll::Pending => None,
        }
    }
}

thread_local! {
    static HERE: Cell<u8> = const { Cell::new(0) };
    static LISTENER: Cell<Option<AppStore>> = const { Cell::new(None) };
}

/// Fetches a part and tells those that wait for it.
fn fetch(part: Part, then: Box<dyn FnOnce(bool)>) {
    spawn_local(Box::pin(async move {
        let came = part.fetch().await.is_ok();
        if came {
            HERE.with(|here| here.set(here.get() | part.bit()));
            let saves = part != Part::Sample;
            if let Some(town) = LISTENER.with(|town| if saves { town.take() } else { None }) {
                part.at_once(PartRequest::Listen(town));
            }
        }
        then(came);
    }) as Pin<Box<dyn Future<Output = ()>>>);
}

/// Fetches a part that will be asked for soon.
pub fn fetch_quietly(part: Part) {
    fetch(part, Box::new(|_| ()));
}

/// Has the desk listen to other windows as soon as a part is here that can save.
pub fn before_saving(town: AppStore) {
    let saving = [Part::Records, Part::Figures, Part::Office];
    if let Some(part) = saving.into_iter().find(|part| part.is_here()) {
        part.at_once(PartRequest::Listen(town));
        return;
    }
    LISTENER.with(|listener| listener.set(Some(town)));
}

/// Brings the sample town.
pub fn fetch_sample_town(then: Box<dyn FnOnce(Option<Vec<Change>>)>) {
    let made = |came| match Part::Sample.at_once(PartRequest::Sample) {
        Some(PartAnswer::Sample(changes)) if came => Some(changes),
        _ => None,
    };
    fetch(Part::Sample, Box::new(move |came| then(made(came))));
}

/// Runs a request that shows nothing, once its part is here; says so when that does not come.
pub fn send(town: AppStore, part: Part, request: PartRequest) {
    if part.is_here() {
        part.at_once(request);
        return;
    }
    let run = move |came: bool| {
        if came {
            part.at_once(request);
        } else {
            town.toasts.say(MISSED, None);
        }
    };
    fetch(part, Box::new(run));
}

/// Counts what waits to be looked at, by the first part that is here; each that comes counts anew.
pub fn count_waiting(town: AppStore) {
    let here = [Part::Records, Part::Figures, Part::Office]
        .into_iter()
        .find(|part| part.is_here());
    if let Some(part) = here {
        part.at_once(PartRequest::Waits(town));
    }
}

/// Where a part that is to be shown has got to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Here,
    Missed,
}

thread_local! {
    /// Pages whose part is on its way.
    static PAGES: Cell<u32> = const { Cell::new(0) };
}

/// Whether a page waits for its part, so that there is nothing to use yet.
pub fn page_is_coming() -> bool {
    PAGES.with(Cell::get) > 0
}

/// Shows what a part builds, at once if it is here.
pub fn shown(part: Part, request: impl Fn() -> PartRequest + 'static) -> AnyView {
    shown_of(part, Rc::new(request))
}

fn shown_of(part: Part, request: Rc<dyn Fn() -> PartRequest>) -> AnyView {
    if let Some(PartAnswer::View(view)) = part.at_once(request()) {
        return view;
    }
    let stage = RwSignal::new(Stage::Waiting);
    let is_page = matches!(request(), PartRequest::Page(_));
    let ask = move || {
        PAGES.with(|pages| pages.set(pages.get() + u32::from(is_page)));
        let told = move |came| {
            PAGES.with(|pages| pages.set(pages.get() - u32::from(is_page)));
            // The person may have gone on to another page.
            let _ = stage.try_set(if came { Stage::Here } else { Stage::Missed });
        };
        fetch(part, Box::new(told));
    };
    ask();
    let request = StoredValue::new_local(request);
    let retry = move |()| {
        stage.set(Stage::Waiting);
        ask();
    };
    (move || match stage.get() {
        Stage::Waiting => waiting(),
        Stage::Here => match untrack(|| part.at_once(request.with_value(|request| request()))) {
            Some(PartAnswer::View(view)) => view,
            _ => ().into_any(),
        },
        Stage::Missed => view! {
            <EmptyState why=MISSED>
                <Button label="再试一次".to_owned() kind=ButtonKind::Main on_press=retry />
            </EmptyState>
        }
        .into_any(),
    })
    .into_any()
}

/// What stands where something is still on its way.
pub fn waiting() -> AnyView {
    view! { <p class="note" role="status" aria-busy="true">{WAITING}</p> }.into_any()
}

/// Fetches what the person may need next, one part after the other, when the browser has nothing else to do.
pub fn fetch_ahead(town: AppStore) {
    tabs::when_idle(
        IDLE_MS,
        Box::new(move || next_ahead(town, [Part::Figures, Part::Records, Part::Office].into_iter())),
    );
}

/// Keeps what the next start shows first, where the part that knows it is here.
pub fn keep_look(town: AppStore) {
    Part::Figures.at_once(PartRequest::Look(town));
}

/// Lets go of what the second place need not hold any longer, where the part that can do so is here.
pub fn release() {
    Part::Office.at_once(PartRequest::Release);
}

fn next_ahead(town: AppStore, mut rest: std::array::IntoIter<Part, 3>) {
    if let Some(part) = rest.next() {
        // One that did not come is asked for again when it is needed.
        fetch(
            part,
            Box::new(move |_| tabs::when_idle(IDLE_MS, Box::new(move || next_ahead(town, rest)))),
        );
    } else {
        super::dom::set_root("data-parts", "all");
        release();
        Part::Figures.at_once(PartRequest::Remind(town));
    }
}
