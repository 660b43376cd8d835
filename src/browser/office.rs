//! Workbooks, read and written in a worker of their own: a file that takes too long or too much ends the worker, and
//! the page goes on. The worker is fetched when it is first asked for and stays for the next file.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use office::book::{Book, Refusal};
use office::pieces;
use office::sheet::Sheet;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageEvent, Worker};

use super::turns::Frames;
use crate::turns::Turns;

/// How long one file may take, in milliseconds; the fetching of the worker does not count.
const LONGEST_MS: i32 = 30_000;
/// The worker's script; the build puts its real name here (`xtask/src/office.rs`).
const SCRIPT: &str = "./office-0000000000000000.js";

/// Why the work was ended before there was a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It took more than 30 seconds.
    TooLong,
    /// It asked for more memory than 512 MB.
    TooMuch,
    /// The worker could not be fetched or started.
    Unreachable,
    /// [`cancel`] was called.
    Cancelled,
    /// The engine stopped; a sentence, if it gave one.
    Failed(String),
}

/// What is waited for.
struct Running {
    worker: Worker,
    /// Ends the waiting with a word.
    settle: Function,
}

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
    /// The end of the work that was asked for last; the next begins after it.
    static LAST: RefCell<Option<Promise>> = const { RefCell::new(None) };
    /// How often everything was cancelled: what was asked for before is not begun after.
    static CANCELLED: Cell<u32> = const { Cell::new(0) };
    static NEXT: Cell<u32> = const { Cell::new(1) };
}

/// Reads a file.
///
/// # Errors
/// Outside: the work was ended. Inside: the file is refused.
pub async fn read(bytes: Vec<u8>) -> Result<Result<Book, Refusal>, Ended> {
    // Not even sent: the copy alone would take too much.
    if bytes.len() > office::book::MOST_BYTES {
        return Ok(Err(Refusal::TooLarge));
    }
    let bytes = Uint8Array::from(&bytes[..]).buffer();
    let told = ask("read", "bytes", &bytes, Some(&bytes)).await?;
    let text = |piece: JsValue| piece.as_string().unwrap_or_default();
    let failed = |error: serde_json::Error| Ended::Failed(error.to_string());
    let all = Array::from(&field(&told, "pieces"));
    let first: Result<Book, Refusal> = serde_json::from_str(&text(all.get(0))).map_err(failed)?;
    let mut book = match first {
        Ok(book) => book,
        refused => return Ok(refused),
    };
    let frames = Frames::begin();
    for piece in all.iter().skip(1) {
        Turns::by(&frames).pause().await;
        pieces::join(&mut book, serde_json::from_str(&text(piece)).map_err(failed)?);
    }
    Ok(Ok(book))
}

/// Writes a workbook.
///
/// # Errors
/// The work was ended, or the sheets hold what no workbook can: [`Ended::Failed`] with a sentence.
pub async fn write(sheets: &[Sheet]) -> Result<Vec<u8>, Ended> {
    let json = serde_json::to_string(sheets).map_err(|error| Ended::Failed(error.to_string()))?;
    let told = ask("write", "json", &json.into(), None).await?;
    Ok(Uint8Array::new(&field(&told, "bytes")).to_vec())
}

/// Writes workbooks into one archive; each with the name of its file.
///
/// # Errors
/// As [`write`].
pub async fn bundle(books: &[(String, Vec<Sheet>)]) -> Result<Vec<u8>, Ended> {
    let json = serde_json::to_string(books).map_err(|error| Ended::Failed(error.to_string()))?;
    let told = ask("bundle", "json", &json.into(), None).await?;
    Ok(Uint8Array::new(&field(&told, "bytes")).to_vec())
}

/// Writes a paper as a text document.
///
/// # Errors
/// As [`write`].
pub async fn write_paper(paper: &office::paper::Paper) -> Result<Vec<u8>, Ended> {
    let json = serde_json::to_string(paper).map_err(|error| Ended::Failed(error.to_string()))?;
    let told = ask("paper", "json", &json.into(), None).await?;
    Ok(Uint8Array::new(&field(&told, "bytes")).to_vec())
}

/// Ends what is running and what waits for it.
pub fn cancel() {
    CANCELLED.with(|count| count.set(count.get().wrapping_add(1)));
    end("cancelled");
}

/// Asks the worker, after everything that was asked before.
async fn ask(kind: &str, name: &str, what: &JsValue, given: Option<&JsValue>) -> Result<Object, Ended> {
    let cancelled = CANCELLED.with(Cell::get);
    let mut done = None;
    let turn = Promise::new(&mut |resolve, _| done = Some(resolve));
    let _turn = Turn(done);
    let before = LAST.with(|last| last.replace(Some(turn)));
    if let Some(before) = before {
        // It is only ever resolved.
        let _ = JsFuture::from(before).await;
    }
    if cancelled == CANCELLED.with(Cell::get) {
        ask_now(kind, name, what, given).await
    } else {
        Err(Ended::Cancelled)
    }
}

/// Lets the next one begin, also when nobody waits for this one any more.
struct Turn(Option<Function>);

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(done) = &self.0 {
            let _ = done.call0(&JsValue::NULL);
        }
    }
}

async fn ask_now(kind: &str, name: &str, what: &JsValue, given: Option<&JsValue>) -> Result<Object, Ended> {
    let worker = worker().map_err(|_| Ended::Unreachable)?;
    let id = NEXT.with(|next| next.replace(next.get().wrapping_add(1)));
    let mut settle = None;
    let waiting = Promise::new(&mut |resolve, _| settle = Some(resolve));
    let settle = settle.ok_or(Ended::Unreachable)?;
    let heard = hear(&worker, id, &settle);
    RUNNING.with(|running| {
        let worker = worker.clone();
        running.replace(Some(Running { worker, settle }));
    });
    let message = Object::new();
    let fields = [("id", &JsValue::from(id)), ("kind", &JsValue::from(kind)), (name, what)];
    for (name, value) in fields {
        let _ = Reflect::set(&message, &name.into(), value);
    }
    let given: Array = given.into_iter().collect();
    let sent = worker.post_message_with_transfer(&message, &given);
    let told = match sent {
        Ok(()) => JsFuture::from(waiting).await.unwrap_or_default(),
        Err(_) => "unreachable".into(),
    };
    drop(heard);
    RUNNING.with(|running| running.replace(None));
    if let Some(word) = told.as_string() {
        forget(&worker);
        return Err(ended(&word, String::new()));
    }
    let told: Object = told.unchecked_into();
    match field(&told, "error").as_string() {
        None => Ok(told),
        Some(word) => {
            let words = field(&told, "words").as_string().unwrap_or_default();
            // With a sentence the engine is well; without one it stopped.
            if words.is_empty() {
                forget(&worker);
            }
            Err(ended(&word, words))
        }
    }
}

fn ended(word: &str, words: String) -> Ended {
    match word {
        "long" => Ended::TooLong,
        "memory" => Ended::TooMuch,
        "unreachable" => Ended::Unreachable,
        "cancelled" => Ended::Cancelled,
        _ => Ended::Failed(words),
    }
}

/// The worker that is there, or a new one.
fn worker() -> Result<Worker, JsValue> {
    if let Some(worker) = WORKER.with(|worker| worker.borrow().clone()) {
        return Ok(worker);
    }
    let worker = Worker::new(SCRIPT)?;
    WORKER.with(|kept| kept.replace(Some(worker.clone())));
    Ok(worker)
}

/// Ends a worker; the next file gets a new one.
fn forget(worker: &Worker) {
    worker.terminate();
    WORKER.with(|kept| kept.replace(None));
}

/// Ends what is running with a word.
fn end(word: &str) {
    if let Some(running) = RUNNING.with(|running| running.replace(None)) {
        forget(&running.worker);
        let _ = running.settle.call1(&JsValue::NULL, &word.into());
    }
}

/// What listens while one file is worked on.
struct Heard {
    worker: Worker,
    timer: std::rc::Rc<Cell<Option<i32>>>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(Event)>,
}

impl Drop for Heard {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        if let (Some(window), Some(timer)) = (web_sys::window(), self.timer.take()) {
            window.clear_timeout_with_handle(timer);
        }
    }
}

fn hear(worker: &Worker, id: u32, settle: &Function) -> Heard {
    let timer = std::rc::Rc::new(Cell::new(None));
    let message = {
        let (settle, timer) = (settle.clone(), timer.clone());
        Closure::new(move |event: MessageEvent| {
            let data = event.data();
            if field(&data, "id").as_f64() != Some(f64::from(id)) {
                return;
            }
            if field(&data, "started").is_truthy() {
                let late = Closure::once_into_js(|| end("long"));
                let window = web_sys::window();
                let set = window.and_then(|window| {
                    let late = late.unchecked_ref();
                    window
                        .set_timeout_with_callback_and_timeout_and_arguments_0(late, LONGEST_MS)
                        .ok()
                });
                timer.set(set);
            } else {
                let _ = settle.call1(&JsValue::NULL, &data);
            }
        })
    };
    let error = {
        let settle = settle.clone();
        // The script did not come, or is none.
        Closure::new(move |event: Event| {
            event.prevent_default();
            let _ = settle.call1(&JsValue::NULL, &"unreachable".into());
        })
    };
    worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(error.as_ref().unchecked_ref()));
    Heard {
        worker: worker.clone(),
        timer,
        _message: message,
        _error: error,
    }
}

fn field(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}
