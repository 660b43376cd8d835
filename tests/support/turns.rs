//! Work in turns without a browser: pauses after so many looks at the clock, and who goes on after each.

use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use tiancheng::turns::Pace;

/// A turn is over after so many looks.
pub struct Every {
    every: usize,
    looks: Cell<usize>,
    rests: Cell<usize>,
}

impl Every {
    pub fn new(every: usize) -> Every {
        Every {
            every,
            looks: Cell::new(0),
            rests: Cell::new(0),
        }
    }

    /// How often the work rested.
    pub fn rests(&self) -> usize {
        self.rests.get()
    }
}

impl Pace for Every {
    fn is_over(&self) -> bool {
        self.looks.set(self.looks.get() + 1);
        self.looks.get().is_multiple_of(self.every)
    }

    fn rest(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        self.rests.set(self.rests.get() + 1);
        Box::pin(once_later())
    }
}

/// Waits for the next turn.
pub fn once_later() -> impl Future<Output = ()> {
    let mut waited = false;
    std::future::poll_fn(move |_| match std::mem::replace(&mut waited, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    })
}

/// Does work to its end, turn after turn.
pub fn run<T>(work: impl Future<Output = T>) -> T {
    run_for(usize::MAX, work).expect("an end")
}

/// Gives work up after so many turns: `None` then.
pub fn run_for<T>(turns: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    (0..turns).find_map(|_| match work.as_mut().poll(&mut context) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    })
}
