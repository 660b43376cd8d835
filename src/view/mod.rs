//! Pure view models.
pub mod format;
pub mod pinyin;
pub mod route;
pub mod summary;
pub mod text;
