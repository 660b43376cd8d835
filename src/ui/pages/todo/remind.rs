//! 到期提醒: once a day a notification, and the number on the icon, while the page is open and this device wants it.

use std::cell::Cell;

use leptos::prelude::*;

use super::{board_of, reach};
use crate::browser::notify::{Permission, badge, permission, show};
use crate::browser::tabs::{every, one_after_another};
use crate::model::date::Day;
use crate::ui::state::AppStore;
use crate::view::remind::{ON, SAID, SWITCH, remind};
use crate::view::route::{Address, Route};

/// How often it is looked whether the day has turned or records have changed.
const LOOK_MS: i32 = 60_000;
/// Windows look one after the other, so that one of them speaks.
const LOCK: &str = "tiancheng remind";

thread_local! {
    static LOOKS: Cell<bool> = const { Cell::new(false) };
    static SEEN: Cell<Option<(Day, u64)>> = const { Cell::new(None) };
}

/// Looks now, and goes on looking for as long as the page is open.
pub fn begin(town: AppStore) {
    SEEN.set(None);
    look(town);
    if !LOOKS.replace(true) {
        every(LOOK_MS, move || look(town));
    }
}

/// Says what is new of the day, if this device wants it, and nothing has been said today.
fn look(town: AppStore) {
    let stands = town.read_untracked(|desk| (desk.today(), desk.replica().version()));
    let wanted = town.read_untracked(|desk| desk.store().setting(SWITCH));
    if wanted.as_deref() != Some(ON) || SEEN.replace(Some(stands)) == Some(stands) {
        return;
    }
    one_after_another(LOCK, move || {
        let found = town.read_untracked(|desk| {
            let board = board_of(desk, &reach(desk));
            let board = board.borrow();
            remind(&board, desk.person().role, desk.store().setting(SAID).as_deref())
        });
        badge(found.badge);
        let Some((text, said)) = found.say.filter(|_| permission() == Permission::Granted) else {
            return;
        };
        // Where it cannot be kept it would be said again and again.
        if town
            .update(|desk| desk.store_mut().set_setting(SAID, Some(&said)))
            .is_ok()
        {
            show("天城党建", &text, open);
        }
    });
}

fn open() {
    let _ = window().focus();
    let _ = window().location().set_hash(&Address::from(Route::Todo).hash());
}
