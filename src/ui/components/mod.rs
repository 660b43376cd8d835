//! Parts of the interface. They take props and callbacks and know nothing of the records.

pub mod button;
pub mod card;
pub mod chart;
pub mod day;
pub mod drop;
pub mod field;
pub mod filters;
pub mod flower;
pub mod frame;
pub mod icon;
pub mod message;
pub mod panel;
pub mod portion;
pub mod search;
pub mod status;
pub mod table;
pub mod toast;
pub mod town_map;
