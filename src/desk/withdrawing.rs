//! Withdrawing an import and bringing one back, in turns: the records are worked out beside the desk, and take their
//! place at once.

use std::cell::RefCell;
use std::rc::Rc;

use super::environment::tag;
use super::files::origins;
use super::state::{Desk, Done};
use crate::model::programmes::schemas;
use crate::replica::{Change, Replica};
use crate::storage::{Entrance, Failure, ImportState, Store};
use crate::turns::{Turns, at_once};

/// Where the desk stands while work about it is done in turns; others act at it in between.
pub trait AtDesk {
    /// Does something with the desk.
    fn update<R>(&self, update: impl FnOnce(&mut Desk) -> R) -> R;
}

/// A desk at which nobody else acts.
struct Alone<'a>(RefCell<&'a mut Desk>);

impl AtDesk for Alone<'_> {
    fn update<R>(&self, update: impl FnOnce(&mut Desk) -> R) -> R {
        update(&mut self.0.borrow_mut())
    }
}

/// Withdraws an import: its records are as if the files had never come.
///
/// # Errors
/// Why it could not be withdrawn; nothing changed.
pub async fn withdraw<D: AtDesk>(at: &D, id: &str, turns: Turns<'_>) -> Result<(), Failure> {
    at.update(|desk| desk.store.withdraw(id, desk.environment.now()))?;
    loop {
        let (before, changes) = at.update(|desk| (desk.snapshot(), desk.stored()));
        let mut replica = Replica::new(schemas());
        replica.merge_in_turns(&mut changes.into_iter(), turns).await;
        if at.update(|desk| desk.stands_on(&before, replica)) {
            return Ok(());
        }
    }
}

/// Brings a withdrawn import back.
///
/// # Errors
/// Why it could not be brought back; nothing changed.
pub async fn reinstate<D: AtDesk>(at: &D, id: &str, turns: Turns<'_>) -> Result<(), Failure> {
    let changes = at.update(|desk| desk.store.reinstate(id))?;
    loop {
        let before = at.update(|desk| desk.snapshot());
        let mut replica = Replica::clone(&before);
        replica.merge_in_turns(&mut changes.iter().cloned(), turns).await;
        if at.update(|desk| desk.stands_on(&before, replica)) {
            return Ok(());
        }
    }
}

/// The records as they stand, and as they would with a withdrawn import brought back.
///
/// # Errors
/// Why it cannot be read.
pub async fn as_if_reinstated<D: AtDesk>(
    at: &D,
    id: &str,
    turns: Turns<'_>,
) -> Result<(Rc<Replica>, Replica), Failure> {
    let (before, changes) = at.update(|desk| (desk.snapshot(), desk.store.imported(id)));
    let mut after = Replica::clone(&before);
    after.merge_in_turns(&mut changes?.into_iter(), turns).await;
    Ok((before, after))
}

/// Takes the last step back; in turns, where that is an import.
pub async fn undo<D: AtDesk>(at: &D, turns: Turns<'_>) -> Option<Done> {
    let step = at.update(|desk| desk.done.checked_sub(1))?;
    match at.update(|desk| desk.import_of(step)) {
        Some(id) => Some(toggle(at, &id, (step + 1, step), turns).await),
        None => Some(at.update(|desk| desk.go_to_step(step, step))),
    }
}

/// Does the last undone step again; in turns, where that is an import.
pub async fn redo<D: AtDesk>(at: &D, turns: Turns<'_>) -> Option<Done> {
    let step = at.update(|desk| Some(desk.done).filter(|done| *done < desk.steps.len()))?;
    match at.update(|desk| desk.import_of(step)) {
        Some(id) => Some(toggle(at, &id, (step, step + 1), turns).await),
        None => Some(at.update(|desk| desk.go_to_step(step, step + 1))),
    }
}

/// Withdraws an import, or brings a withdrawn one back. So many steps are done afterwards instead of `done.0`; said at
/// once, so that who goes on meanwhile takes the next step.
async fn toggle<D: AtDesk>(at: &D, id: &str, done: (usize, usize), turns: Turns<'_>) -> Done {
    let is_withdrawn = at.update(|desk| {
        desk.done = done.1;
        let mut imports = desk.store.imports().into_iter();
        imports.any(|import| import.meta.id == id && import.state == ImportState::Withdrawn)
    });
    let outcome = match is_withdrawn {
        true => reinstate(at, id, turns).await,
        false => withdraw(at, id, turns).await,
    };
    at.update(|desk| {
        if outcome.is_err() && desk.done == done.1 {
            desk.done = done.0;
        }
    });
    Done {
        failure: outcome.err(),
        ..Done::default()
    }
}

impl Desk {
    /// [`withdraw`] at once.
    ///
    /// # Errors
    /// Why it could not be withdrawn; nothing changed.
    pub fn withdraw(&mut self, id: &str) -> Result<(), Failure> {
        at_once(withdraw(&Alone(RefCell::new(self)), id, Turns::NONE))
    }

    /// [`reinstate`] at once.
    ///
    /// # Errors
    /// Why it could not be brought back; nothing changed.
    pub fn reinstate(&mut self, id: &str) -> Result<(), Failure> {
        at_once(reinstate(&Alone(RefCell::new(self)), id, Turns::NONE))
    }

    /// [`as_if_reinstated`] at once.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn as_if_reinstated(&mut self, id: &str) -> Result<(Rc<Replica>, Replica), Failure> {
        at_once(as_if_reinstated(&Alone(RefCell::new(self)), id, Turns::NONE))
    }

    /// [`undo`] at once.
    pub fn undo(&mut self) -> Option<Done> {
        at_once(undo(&Alone(RefCell::new(self)), Turns::NONE))
    }

    /// [`redo`] at once.
    pub fn redo(&mut self) -> Option<Done> {
        at_once(redo(&Alone(RefCell::new(self)), Turns::NONE))
    }

    /// Everything that counts: what is stored, and what waits to be.
    fn stored(&self) -> Vec<Change> {
        let entrance = Entrance {
            witness: None,
            install: tag(&*self.environment),
            now: self.environment.now(),
            ..Entrance::default()
        };
        let mut changes = Store::open(self.store.key_value().clone(), &entrance).changes;
        changes.extend_from_slice(self.store.waiting());
        changes
    }

    /// Takes records that were worked out from `before`, unless something was saved since.
    fn stands_on(&mut self, before: &Rc<Replica>, after: Replica) -> bool {
        let is_still = Rc::ptr_eq(before, &self.replica);
        if is_still {
            self.replica = after.into();
            self.origins = origins(self.store.imports());
        }
        is_still
    }
}
