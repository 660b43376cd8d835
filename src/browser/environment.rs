//! Time and chance from the browser.

use js_sys::Date;

use crate::desk::Environment;
use crate::model::date::{Day, Instant};

/// The browser's clock and its random numbers. `today` can be fixed by the address (`?today=2022-12-31`).
pub struct BrowserEnvironment {
    today: Option<Day>,
}

impl BrowserEnvironment {
    /// The environment as the address asks for it.
    pub fn new(today: Option<Day>) -> BrowserEnvironment {
        BrowserEnvironment { today }
    }
}

impl Environment for BrowserEnvironment {
    fn now(&self) -> Instant {
        // Milliseconds since 1970 fit an i64 for any date a browser knows.
        Instant((Date::now() / 1000.0) as i64)
    }

    fn today(&self) -> Day {
        // Never the computer's own day: its zone may be any.
        self.today.unwrap_or_else(|| self.now().office().0)
    }

    fn random(&self, bytes: &mut [u8]) {
        let drawn = web_sys::window()
            .and_then(|w| w.crypto().ok())
            .and_then(|crypto| crypto.get_random_values_with_u8_array(bytes).ok());
        if drawn.is_none() {
            // No engine that runs this page lacks it; the clock and Math.random still keep actors apart.
            bytes
                .iter_mut()
                .for_each(|b| *b = (js_sys::Math::random() * 256.0) as u8);
        }
    }
}

/// The part of the address before `#` that this page reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// `?sample`: the sample town, in memory.
    pub sample: bool,
    /// `?today=2022-12-31`.
    pub today: Option<Day>,
}

impl Ask {
    /// What the address asks for.
    pub fn read() -> Ask {
        let search = web_sys::window()
            .and_then(|w| w.location().search().ok())
            .unwrap_or_default();
        let mut ask = Ask::default();
        for part in search.trim_start_matches('?').split('&') {
            match part.split_once('=').unwrap_or((part, "")) {
                ("sample", _) => ask.sample = true,
                ("today", day) => ask.today = Day::parse(day),
                _ => {}
            }
        }
        ask
    }
}
