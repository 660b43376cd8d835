//! Long work with pauses in between, so that the page stays alive. The core has no clock: who calls decides.

/// Asked at natural boundaries of long work: whether to stop here and let others have a turn.
pub type Pause<'a> = &'a mut dyn FnMut() -> bool;

/// Never stops.
pub fn never() -> bool {
    false
}
