//! Putting one's own small files together, so that a folder in daily use does not fill up.

use super::own::Kept;
use super::share::{OutgoingFile, Writer};
use super::shared::{SharedFolder, Standing};
use crate::exchange::file::Content;
use crate::exchange::reading::{ReadFile, read_file};
use crate::order::Arrange;
use crate::replica::Replica;
use crate::replica::wire::Names;

/// More own small files than this are put together.
pub const CONSOLIDATE_AT: usize = 16;
/// Written fields up to which a file is small.
const SMALL: usize = 3_000;
/// Written fields that are put together at once, so that no frame is held up.
const MOST: usize = 6_000;

/// Own files put together into a new one, which is still to be written and read back.
pub struct Consolidation {
    olds: Vec<(String, Content)>,
    /// The new file.
    pub parcel: OutgoingFile,
}

impl SharedFolder {
    /// The own files to put together now; none while there are few.
    pub fn foldable(&self, kept: &Kept) -> Vec<String> {
        let own = self
            .files()
            .filter(|file| file.standing == Standing::Taken && kept.wrote(&file.listed.name, &file.sha256));
        let mut small: Vec<(usize, &str)> = own
            .map(|file| (file.cells(), file.listed.name.as_str()))
            .filter(|(cells, _)| *cells < SMALL)
            .collect();
        if small.len() <= CONSOLIDATE_AT {
            return Vec::new();
        }
        small.arrange();
        let mut sum = 0;
        let mut fits = |(cells, _): &(usize, &str)| {
            sum += cells;
            sum <= MOST
        };
        small
            .into_iter()
            .take_while(&mut fits)
            .map(|(_, name)| name.to_string())
            .collect()
    }

    /// Own files that came to nothing: noted, but empty, because the page was closed in the middle of writing.
    pub fn stillborn(&self, kept: &Kept) -> Vec<String> {
        let empty = self.files.values().filter(|f| f.gone.is_none() && f.listed.size == 0);
        let own = empty.filter(|file| kept.find(&file.listed.name).is_some());
        own.filter(|file| !kept.has_foreign_file_with_my_tag(&file.listed.name, None))
            .map(|file| file.listed.name.clone())
            .collect()
    }

    /// Takes files that are not there any more off the list of own ones. Whether any was.
    pub fn prune(&self, kept: &mut Kept) -> bool {
        let before = kept.own.len();
        kept.own.retain(|own| self.files.contains_key(&own.name));
        kept.own.len() < before
    }
}

impl Consolidation {
    /// Puts files together, as they were read now; `None` unless every one is as it was written.
    pub fn of(files: &[(String, Vec<u8>)], kept: &Kept, empty: Replica, writer: Writer<'_>) -> Option<Consolidation> {
        let mut names = Names::default();
        let mut olds = Vec::new();
        let mut replica = empty;
        for (name, bytes) in files {
            let content = plain(bytes, &mut names)?;
            if !kept.wrote(name, &content.sha256) {
                return None;
            }
            replica.merge_all(content.changes.iter().cloned());
            olds.push((name.clone(), content));
        }
        let parcel = OutgoingFile::of(&replica, &replica.canonical_order(), writer);
        Some(Consolidation { olds, parcel })
    }

    /// The old files that may go: those whose every change stands in the new file as it was read back.
    pub fn redundant(&self, back: &[u8], empty: Replica) -> Vec<String> {
        let Some(back) = plain(back, &mut Names::default()).filter(|back| back.sha256 == self.parcel.sha256) else {
            return Vec::new();
        };
        let mut held = empty;
        held.merge_all(back.changes);
        let inside = |(_, old): &&(String, Content)| old.changes.iter().all(|change| !held.lacks(change));
        self.olds.iter().filter(inside).map(|(name, _)| name.clone()).collect()
    }
}

fn plain(bytes: &[u8], names: &mut Names) -> Option<Content> {
    match read_file(bytes, names) {
        Ok(ReadFile::Plain(content)) => Some(*content),
        _ => None,
    }
}
