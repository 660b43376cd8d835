//! Opening a desk: at once, or in turns while the page already shows something.

use std::cell::Cell;
use std::rc::Rc;

use super::environment::{Environment, tag};
use super::person::Person;
use super::state::Desk;
use super::{files, kept};
use crate::model::programmes::sample::{self, SampleOptions};
use crate::model::programmes::schemas;
use crate::replica::seed::seed;
use crate::replica::{Change, Replica};
use crate::storage::keys::SETTING;
use crate::storage::{Entrance, Failure, KeyValue, Left, MemoryKeyValue, Opened, Store};
use crate::turns::{Turns, at_once};

/// A desk whose changes are read and not merged yet.
pub struct Unmerged {
    desk: Desk,
    changes: Vec<Change>,
}

impl Unmerged {
    /// The desk with its records, merged in turns.
    pub async fn merged(self, turns: Turns<'_>) -> Desk {
        let mut desk = self.desk;
        let mut changes = self.changes.into_iter();
        desk.records_mut().merge_in_turns(&mut changes, turns).await;
        desk
    }
}

impl Desk {
    /// Opens the data of this browser.
    pub fn open(kv: Rc<dyn KeyValue>, environment: Rc<dyn Environment>, witness: Option<String>) -> Desk {
        at_once(Desk::read(kv, environment, witness, Left::default()).merged(Turns::NONE))
    }

    /// The sample town in memory; nothing stored is touched.
    pub fn sample(environment: Rc<dyn Environment>, options: &SampleOptions) -> Desk {
        let changes = seed(&schemas(), &sample::town(options));
        at_once(Desk::of_sample(environment, changes).merged(Turns::NONE))
    }

    /// A sample town, of its changes ([`seed`]).
    pub fn of_sample(environment: Rc<dyn Environment>, changes: Vec<Change>) -> Unmerged {
        let memory = Rc::new(MemoryKeyValue::default());
        let mut desk = Desk::read(memory, environment, None, Left::default()).desk;
        desk.sample = true;
        Unmerged { desk, changes }
    }

    /// Reads the data of this browser at once, with what only the second place still has.
    pub fn read(
        kv: Rc<dyn KeyValue>,
        environment: Rc<dyn Environment>,
        witness: Option<String>,
        left: Left,
    ) -> Unmerged {
        let entrance = Entrance {
            witness,
            install: tag(&*environment),
            now: environment.now(),
            left,
        };
        let Opened { store, changes, report } = Store::open(kv, &entrance);
        let person = store
            .setting(kept::PERSON)
            .and_then(|text| Person::read(&text))
            .unwrap_or_else(|| Person::town(&*environment));
        let mut desk = Desk {
            replica: Rc::new(Replica::new(schemas())),
            copier: Cell::new(None),
            store,
            environment,
            person,
            actor: None,
            serial: 0,
            steps: Vec::new(),
            done: 0,
            stepped: 0,
            void: Vec::new(),
            sample: false,
            in_memory: false,
            origins: files::origins(report.imports.clone()),
            report,
            exported: None,
            unexported: 0,
            waiting_since: None,
            prepared: None,
        };
        desk.read_export_age();
        Unmerged { desk, changes }
    }

    /// Works in memory because the browser does not let the page store anything.
    pub fn in_memory(environment: Rc<dyn Environment>, why: &Failure) -> Desk {
        let mut desk = Desk::read(Rc::new(MemoryKeyValue::default()), environment, None, Left::default()).desk;
        desk.in_memory = true;
        desk.report.notices.push(why.notice());
        desk
    }

    /// A desk without records that knows what the settings of `kv` say: who works here, and when a copy was exported.
    /// It stands where the page shows something before the records are read; nothing may be saved at it.
    pub fn before_opening(kv: Option<&dyn KeyValue>, environment: Rc<dyn Environment>, sample: bool) -> Desk {
        let memory = MemoryKeyValue::default();
        for key in [
            kept::PERSON,
            kept::EXPORTED,
            kept::UNEXPORTED,
            kept::WAITING_SINCE,
            kept::PREPARED,
        ] {
            let key = format!("{SETTING}{key}");
            if let Some(text) = kv.and_then(|kv| kv.get(&key).ok()?) {
                // Memory takes everything.
                let _ = memory.set(&key, &text);
            }
        }
        let mut desk = Desk::read(Rc::new(memory), environment, None, Left::default()).desk;
        desk.sample = sample;
        desk
    }
}
