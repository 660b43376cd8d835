//! The second place of the browser: what is saved goes there as well, and is called saved once it is there.
//!
//! [`Twofold`] decides what goes there; `pwa/boot.js` keeps it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::host::{self, global};
use super::local::LocalKeyValue;
use crate::storage::second::{key_of, missing};
use crate::storage::{KeyValue, KvError, Left, SecondPlace, Twofold};

type Waiting = Vec<Box<dyn FnOnce()>>;

thread_local! {
    static BOTH: RefCell<Option<Rc<Twofold<LocalKeyValue>>>> = const { RefCell::new(None) };
    static WAITING: RefCell<Waiting> = const { RefCell::new(Vec::new()) };
}

struct Place;

impl SecondPlace for Place {
    fn keep(&self, name: &str, text: &str, number: u64) {
        let kept = ask("tcKeep", &[name.into(), text.into()]);
        spawn_local(async move {
            let kept = match kept {
                Some(promise) => JsFuture::from(promise).await.is_ok(),
                None => false,
            };
            if let Some(both) = both() {
                both.settle(number, kept);
                if !both.is_pending() {
                    let waiting = WAITING.with(|waiting| waiting.take());
                    waiting.into_iter().for_each(|act| act());
                }
            }
        });
    }

    fn clear(&self) {
        // What does not go now is of an installation that is no more, and is let go of later.
        drop(ask("tcKeep", &[]));
    }
}

/// Keeps the witness.
pub fn keep_witness(text: &str) {
    drop(ask("tcKeep", &["witness".into(), text.into()]));
}

/// Forgets everything in the second place; whether it is gone.
pub async fn clear() -> bool {
    match ask("tcKeep", &[]) {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// Both places as one store, and what only the second still has; not before the second has been looked at, whatever the
/// page shows meanwhile.
///
/// # Errors
/// There is no local storage.
pub async fn open() -> Result<(Rc<dyn KeyValue>, Left), KvError> {
    host::witness_read().await;
    let first = LocalKeyValue::open()?;
    let left = left(&first, host::witness().as_deref()).await;
    let both = Rc::new(Twofold::new(first, Rc::new(Place), &left.install));
    BOTH.with(|kept| kept.replace(Some(both.clone())));
    Ok((both, left))
}

async fn left(first: &LocalKeyValue, witness: Option<&str>) -> Left {
    let Ok((install, names)) = missing(first, witness, &names()) else {
        return Left::default();
    };
    let mut left = Left {
        install,
        texts: Vec::new(),
    };
    if names.is_empty() {
        return left;
    }
    let list: Array = names.iter().map(|name| JsValue::from_str(name)).collect();
    if let Some(promise) = ask("tcRead", &[list.into()])
        && let Ok(read) = JsFuture::from(promise).await
    {
        for (name, entry) in names.iter().zip(Array::from(&read).iter()) {
            // When it came, and the text.
            if let (Some(key), Some(text)) = (key_of(name), Array::from(&entry).get(1).as_string()) {
                left.texts.push((key.to_owned(), text));
            }
        }
    }
    left
}

/// Calls `act` once everything saved so far is on the disk, or the second place has refused; whether it was called at
/// once.
pub fn when_settled(act: Box<dyn FnOnce()>) -> bool {
    let at_once = both().is_none_or(|both| !both.is_pending());
    if at_once {
        act();
    } else {
        WAITING.with(|waiting| waiting.borrow_mut().push(act));
    }
    at_once
}

/// Whether the second place does not take what it is given.
pub fn is_refused() -> bool {
    both().is_some_and(|both| both.is_refused())
}

/// Whether any daily copy is there, as far as was seen at the start.
pub fn has_copies() -> bool {
    global("tcKept").is_undefined() || names().iter().any(|name| name.starts_with("day "))
}

/// The names of all that was in the second place at the start.
fn names() -> Vec<String> {
    let kept = global("tcKept");
    if kept.is_undefined() {
        return Vec::new();
    }
    Array::from(&kept).iter().filter_map(|name| name.as_string()).collect()
}

fn both() -> Option<Rc<Twofold<LocalKeyValue>>> {
    BOTH.with(|both| both.borrow().clone())
}

fn ask(name: &str, words: &[JsValue]) -> Option<Promise> {
    let function = global(name).dyn_into::<Function>().ok()?;
    let words: Array = words.iter().cloned().collect();
    function.apply(&JsValue::NULL, &words).ok()?.dyn_into().ok()
}
