//! Pure view models.
pub mod bin;
pub mod conflicts;
pub mod exchange;
pub mod fill;
pub mod form;
pub mod format;
pub mod list;
pub mod map_page;
pub mod new_town;
pub mod overview;
pub mod pinyin;
pub mod record;
pub mod route;
pub mod search;
pub mod show;
pub mod summary;
pub mod text;
