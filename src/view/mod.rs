//! Pure view models.
