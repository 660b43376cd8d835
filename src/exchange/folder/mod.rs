//! A folder that several devices share: on a disk, in the local network, or kept equal by a sync program.
//!
//! Every device writes files of its own there, each under a new name, and takes in what all others wrote. Nobody
//! writes to another's file. What is written is exactly what no file of the folder holds yet, so changes that came in
//! another way travel on as well, and a file that somebody deleted is made good by any device that has its content.
//!
//! Files may appear late, half, twice or under a changed name; this module decides from names, sizes and contents what
//! to read, what to leave alone and what to say about it. It knows no files and no clock.

mod consolidation;
mod own;
mod reader;
mod share;
mod shared;

pub use consolidation::{CONSOLIDATE_AT, Consolidation};
pub use own::{Kept, Own, share_name};
pub use reader::Here;
pub use share::{FULL, OutgoingFile, Writer};
pub use shared::{FolderFile, Listed, SharedFolder, Standing, may_be_ours};
