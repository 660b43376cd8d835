//! A environment in which no time passes, and desks that live in it.

use std::cell::Cell;
use std::rc::Rc;

use tiancheng::desk::{Desk, Environment};
use tiancheng::exchange::Batch;
use tiancheng::exchange::writing::canonical_file;
use tiancheng::model::date::{Day, Instant};
use tiancheng::storage::MemoryKeyValue;

use super::Site;

/// The clock stands on the day of the sample town, and chance counts on from a seed.
pub struct Still(Cell<u8>);

impl Still {
    pub fn new(seed: u8) -> Rc<Still> {
        Rc::new(Still(Cell::new(seed)))
    }
}

impl Environment for Still {
    fn now(&self) -> Instant {
        Instant::parse("2022-11-22T08:00:00Z").expect("an instant")
    }
    fn today(&self) -> Day {
        Day::parse("2022-11-22").expect("a day")
    }
    fn random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0.set(self.0.get().wrapping_add(7));
            *byte = self.0.get();
        }
    }
}

/// An empty desk that took in all of a site.
pub fn desk_with(site: &Site, seed: u8) -> Desk {
    let mut desk = Desk::open(Rc::<MemoryKeyValue>::default(), Still::new(seed), None);
    take(&mut desk, "全镇.json", &canonical_file(&site.replica).text);
    desk
}

/// The desk takes a file in.
pub fn take(desk: &mut Desk, name: &str, file: &str) {
    let mut batch = Batch::new(desk.replica(), desk.now().0);
    batch.add(name, file.as_bytes());
    let base = desk.replica().version();
    assert!(desk.import(batch.finish().into(), base).is_ok(), "{name}");
}
