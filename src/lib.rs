//! 天城党建: the party-building ledger of a township.
pub mod chart;
pub mod desk;
pub mod exchange;
pub mod map;
pub mod model;
pub mod replica;
pub mod storage;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
