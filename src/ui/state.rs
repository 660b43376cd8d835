//! The desk as the pages see it: read through signals, written through actions.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::components::frame::SaveState;
use super::components::toast::Toasts;
use crate::browser::local::LocalKeyValue;
use crate::browser::world::{Ask, BrowserWorld};
use crate::desk::{Desk, Done};
use crate::exchange::name::CHINA;
use crate::model::sample::SampleOptions;
use crate::storage::Failure;

/// The one desk of the page. Copies are the same.
#[derive(Clone, Copy)]
pub struct Town {
    desk: StoredValue<Desk, LocalStorage>,
    version: RwSignal<u64>,
    /// How the latest change is kept.
    pub saved: RwSignal<SaveState>,
    /// Short messages.
    pub toasts: Toasts,
    /// Why something is not stored; the banner stands as long as this is set.
    pub failure: RwSignal<Option<Failure>>,
}

/// The desk, from the context that [`start`](super::start) provides before any page is built.
pub fn use_town() -> Town {
    expect_context::<Town>()
}

impl Town {
    /// Opens the desk that the address asks for.
    pub fn open(ask: &Ask, witness: Option<String>) -> Town {
        let world = Rc::new(BrowserWorld::new(ask.today));
        let desk = if ask.sample {
            Desk::sample(world, &SampleOptions::default())
        } else {
            match LocalKeyValue::open() {
                Ok(kv) => Desk::open(Rc::new(kv), world, witness),
                Err(error) => Desk::in_memory(world, &Failure::from(error)),
            }
        };
        Town {
            desk: StoredValue::new_local(desk),
            version: RwSignal::new(0),
            saved: RwSignal::new(SaveState::Untouched),
            toasts: Toasts::new(),
            failure: RwSignal::new(None),
        }
    }

    /// Reads the desk; what reads this way runs again after every change.
    pub fn read<R>(self, read: impl FnOnce(&Desk) -> R) -> R {
        self.version.track();
        self.desk.with_value(read)
    }

    /// Reads the desk once.
    pub fn peek<R>(self, read: impl FnOnce(&Desk) -> R) -> R {
        self.desk.with_value(read)
    }

    /// Alters the desk without a save: settings, drafts. Pages are not told.
    pub fn tend<R>(self, tend: impl FnOnce(&mut Desk) -> R) -> R {
        // The value is there as long as the page is.
        self.desk
            .try_update_value(tend)
            .expect("the desk lives as long as the page")
    }

    /// Does something that saves; tells the pages and the frame.
    pub fn act(self, act: impl FnOnce(&mut Desk) -> Done) -> Done {
        let done = self.tend(act);
        self.note(&done);
        done
    }

    /// Tells the pages and the frame what became of an action.
    pub fn note(self, done: &Done) {
        if done.unchanged {
            return;
        }
        self.failure.set(done.failure.clone());
        self.saved.set(match &done.failure {
            Some(_) => SaveState::Failed,
            None => {
                let (_, hour, minute) = self.peek(|desk| desk.now().local(CHINA));
                SaveState::Saved(format!("{hour:02}:{minute:02}"))
            }
        });
        self.version.update(|version| *version += 1);
    }

    /// Makes everything that reads the desk read it again; for what is no save, such as the role.
    pub fn refresh(self) {
        self.version.update(|version| *version += 1);
    }

    /// Does something that saves, and says so with a way back.
    pub fn act_and_say(self, text: impl Into<String>, act: impl FnOnce(&mut Desk) -> Done) -> Done {
        let done = self.act(act);
        if done.failure.is_none() && !done.unchanged {
            let town = self;
            self.toasts.say(text, Some(Arc::new(move || town.undo())));
        }
        done
    }

    /// Takes the last step back and says what it was.
    pub fn undo(self) {
        self.step_back(|desk| (desk.undo_label().map(str::to_owned), desk.undo()), "已撤销");
    }

    /// Does the last undone step again.
    pub fn redo(self) {
        self.step_back(|desk| (desk.redo_label().map(str::to_owned), desk.redo()), "已恢复");
    }

    fn step_back(self, step: impl FnOnce(&mut Desk) -> (Option<String>, Option<Done>), word: &str) {
        let (label, done) = self.tend(step);
        if let Some(done) = done {
            self.note(&done);
            let mut text = format!("{word}：{}", label.unwrap_or_default());
            for notice in &done.notices {
                text.push_str(&format!("；{}", notice.what));
            }
            self.toasts.say(text, None);
        }
    }
}
