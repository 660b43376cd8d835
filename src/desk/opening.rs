//! Opening a desk: at once, or in slices while the page already shows something.

use std::rc::Rc;
use std::vec::IntoIter;

use super::person::Person;
use super::state::Desk;
use super::world::{World, tag};
use super::{files, kept};
use crate::model::programmes::catalogue;
use crate::model::programmes::sample::{self, SampleOptions, SampleRecord};
use crate::replica::seed::seed;
use crate::replica::{Change, Merging, Replica};
use crate::storage::keys::SETTING;
use crate::storage::{Entrance, Failure, KeyValue, Left, MemoryKeyValue, Opened, Store};
use crate::turns::Pause;

/// A desk on its way; nothing can be read from it before it is done.
pub struct Opening {
    desk: Desk,
    changes: IntoIter<Change>,
    merging: Merging,
}

impl Opening {
    /// Begins to open the data of this browser: everything is read now, and merged in slices.
    pub fn stored(kv: Rc<dyn KeyValue>, world: Rc<dyn World>, witness: Option<String>) -> Opening {
        Opening::with_left(kv, world, witness, Left::default())
    }

    /// [`stored`](Opening::stored), with what only the second place still has.
    pub fn with_left(kv: Rc<dyn KeyValue>, world: Rc<dyn World>, witness: Option<String>, left: Left) -> Opening {
        let entrance = Entrance {
            witness,
            install: tag(&*world),
            now: world.now(),
            left,
        };
        let Opened { store, changes, report } = Store::open(kv, &entrance);
        let replica = Replica::new(catalogue());
        let person = store
            .setting(kept::PERSON)
            .and_then(|text| Person::read(&text))
            .unwrap_or_else(|| Person::town(&*world));
        let merging = replica.begin_merge();
        let mut desk = Desk {
            replica,
            store,
            world,
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
        Opening {
            desk,
            changes: changes.into_iter(),
            merging,
        }
    }

    /// Begins to open the sample town in memory; nothing stored is touched.
    pub fn sample(world: Rc<dyn World>, records: &[SampleRecord]) -> Opening {
        let mut opening = Opening::stored(Rc::new(MemoryKeyValue::default()), world, None);
        opening.desk.sample = true;
        opening.changes = seed(&catalogue(), records).into_iter();
        opening
    }

    /// Goes on until `pause` asks to stop; whether it is done.
    pub fn step(&mut self, pause: Pause<'_>) -> bool {
        for change in self.changes.by_ref() {
            self.desk.replica.take_some(&mut self.merging, change);
            if pause() {
                return false;
            }
        }
        self.desk.replica.merge_on(&mut self.merging, pause)
    }

    /// The desk, once it is done; what is left is done now.
    pub fn desk(mut self) -> Desk {
        while !self.step(&mut || false) {}
        self.desk
    }
}

impl Desk {
    /// Opens the data of this browser.
    pub fn open(kv: Rc<dyn KeyValue>, world: Rc<dyn World>, witness: Option<String>) -> Desk {
        Opening::stored(kv, world, witness).desk()
    }

    /// The sample town in memory; nothing stored is touched.
    pub fn sample(world: Rc<dyn World>, options: &SampleOptions) -> Desk {
        Desk::of_sample(world, &sample::town(options))
    }

    /// The same from records made before.
    pub fn of_sample(world: Rc<dyn World>, records: &[SampleRecord]) -> Desk {
        Opening::sample(world, records).desk()
    }

    /// Works in memory because the browser does not let the page store anything.
    pub fn in_memory(world: Rc<dyn World>, why: &Failure) -> Desk {
        let mut desk = Desk::open(Rc::new(MemoryKeyValue::default()), world, None);
        desk.in_memory = true;
        desk.report.notices.push(why.notice());
        desk
    }

    /// A desk without records that knows what the settings of `kv` say: who works here, and when a copy was exported.
    /// It stands where the page shows something before the records are read; nothing may be saved at it.
    pub fn before_opening(kv: Option<&dyn KeyValue>, world: Rc<dyn World>, sample: bool) -> Desk {
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
        let mut desk = Opening::stored(Rc::new(memory), world, None).desk();
        desk.sample = sample;
        desk
    }
}
