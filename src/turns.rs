//! Long work in turns, so that the page stays alive: an `async` function that awaits [`Turns::pause`] at its natural
//! boundaries. The core has no clock: who begins the work hands in a [`Pace`], or none, and then it is done at once.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// How long a turn lasts, and how to wait for the next one.
pub trait Pace {
    /// Whether the turn is over.
    fn is_over(&self) -> bool;
    /// Waits until others had their turn, and begins the next one.
    fn rest(&self) -> Pin<Box<dyn Future<Output = ()> + '_>>;
}

/// What long work is handed to let others have their turn.
#[derive(Clone, Copy, Default)]
pub struct Turns<'a>(Option<&'a dyn Pace>);

impl<'a> Turns<'a> {
    /// No turns: the work is done in one go.
    pub const NONE: Turns<'static> = Turns(None);

    /// Turns as the pace says.
    pub fn by(pace: &'a dyn Pace) -> Turns<'a> {
        Turns(Some(pace))
    }

    /// Lets others have their turn if this one is over.
    pub async fn pause(self) {
        if let Some(pace) = self.0
            && pace.is_over()
        {
            pace.rest().await;
        }
    }

    /// Lets others have their turn.
    pub async fn rest(self) {
        if let Some(pace) = self.0 {
            pace.rest().await;
        }
    }
}

/// Does work at once that is handed [`Turns::NONE`] and waits for nothing else.
///
/// # Panics
/// If it waits.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("work without turns waits for nothing"),
    }
}

/// Does work unless it is called off, which is asked before every turn: `None` then, and what was begun is dropped.
pub async fn unless<T>(is_called_off: impl Fn() -> bool, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    poll_fn(|context| match is_called_off() {
        true => Poll::Ready(None),
        false => work.as_mut().poll(context).map(Some),
    })
    .await
}
