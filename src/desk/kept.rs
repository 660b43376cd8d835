//! Names of the settings of this device that only the desk knows.

pub(super) const PERSON: &str = "me";
pub(super) const EXPORTED: &str = "exported";
pub(super) const UNEXPORTED: &str = "unexported";
pub(super) const WAITING_SINCE: &str = "waiting";
pub(super) const FOLDER: &str = "folder";
pub(super) const DAILY: &str = "daily";
pub(super) const SENT: &str = "sent";
pub(super) const PREPARED: &str = "prepared";
pub(super) const WHO: &str = "who";
