//! Pure view models.
pub mod charts;
pub mod follow;
pub mod form;
pub mod format;
pub mod list;
pub mod map_export;
pub mod map_page;
pub mod new_town;
pub mod overview;
pub mod period;
pub mod pinyin;
pub mod record;
pub mod route;
pub mod search;
pub mod show;
pub mod summary;
pub mod text;
