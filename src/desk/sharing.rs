//! One round with a shared folder: look, read, take in, write what is missing, put own small files together.
//!
//! The folder and the page around it are a [`Place`], so the same round runs in the page and in tests. Whatever stops
//! a round in the middle loses nothing: the next one begins by looking.

use std::future::Future;

use super::files::PreparedImport;
use super::state::Done;
use super::withdrawing::AtDesk;
use crate::exchange::folder::{
    Consolidation, Here, Kept, Listed, OutgoingFile, SharedFolder, Standing, Writer, may_be_ours,
};
use crate::exchange::preview::Preview;
use crate::exchange::writing::town_name;
use crate::exchange::{Batch, Content};
use crate::model::notice::Notice;
use crate::model::programmes::town::ledgers::Town;
use crate::model::records::rows;
use crate::replica::{ChangeIx, Replica};
use crate::storage::FileSource;
use crate::turns::{Turns, unless};

/// Files written in one round at most; the rest comes with the next.
const MOST_WRITTEN: usize = 200;

/// Why a round ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncError {
    /// The person paused it or left the folder, or the page may not store anything.
    Ended,
    /// The folder, or a file of it, is not there.
    Gone,
    /// The browser wants to ask the person again.
    Asks,
    /// Anything else.
    Held(Notice),
}

/// How far a round is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Files read, files to read.
    Reading(usize, usize),
    /// What was read is being taken in.
    Taking,
    /// Files written so far.
    Writing(usize),
}

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Changes that came in.
    pub taken: usize,
    /// Files written.
    pub written: usize,
    /// Files removed because another own file holds all of them.
    pub folded: usize,
}

/// The folder, and the page that shares it.
pub trait Place: AtDesk {
    /// All files of the folder.
    fn list(&self) -> impl Future<Output = Result<Vec<Listed>, SyncError>>;
    /// The bytes of a file.
    fn read(&self, name: &str) -> impl Future<Output = Result<Vec<u8>, SyncError>>;
    /// Writes a new file, whole or not at all, and says how it is listed. Fails if there is one of this name.
    fn write(&self, name: &str, text: &str) -> impl Future<Output = Result<Listed, SyncError>>;
    /// Removes a file.
    fn remove(&self, name: &str) -> impl Future<Output = Result<(), SyncError>>;
    /// The turns of the round.
    fn turns(&self) -> Turns<'_>;
    /// Shows how far the round is.
    fn tell(&self, progress: Progress);
}

/// One round. What is known of the folder afterwards stands in `folder`, also when the round ended early.
///
/// # Errors
/// Why it ended early.
pub async fn round<P: Place>(place: &P, folder: &mut SharedFolder) -> Result<Round, SyncError> {
    let mut done = Round::default();
    remembered(place)?;
    let mut listing = place.list().await?;
    listing.retain(|file| may_be_ours(&file.name));
    folder.look(listing, now(place));
    tidy_own(place, folder).await?;
    let withheld = place.update(|desk| desk.withheld());
    let found = read_due(place, folder, &withheld).await?;
    if !found.is_empty() {
        done.taken = take_in(place, folder, found, &withheld).await?;
        place.turns().rest().await;
    }
    done.written = write_missing(place, folder).await?;
    done.folded = fold(place, folder).await?;
    place.update(|desk| {
        if folder.is_complete(desk.replica()) {
            desk.note_shared();
        }
    });
    Ok(done)
}

/// What this device remembers, unless sharing has ended or is paused.
fn remembered<P: Place>(place: &P) -> Result<Kept, SyncError> {
    let kept = place.update(|desk| desk.folder().filter(|_| desk.barred().is_none()));
    kept.filter(|kept| !kept.paused).ok_or(SyncError::Ended)
}

fn now<P: Place>(place: &P) -> i64 {
    place.update(|desk| desk.now().0)
}

fn keep<P: Place>(place: &P, kept: &Kept) -> Result<(), SyncError> {
    let stored = place.update(|desk| desk.keep_folder(Some(kept)));
    stored.map_err(|failure| SyncError::Held(failure.notice()))
}

/// Takes a new tag where somebody else writes under this one.
fn heed_betrayal<P: Place>(place: &P, folder: &SharedFolder) -> Result<(), SyncError> {
    let mut kept = remembered(place)?;
    if folder.has_foreign_file(&kept) {
        kept.renew(place.update(|desk| desk.new_tag()));
        keep(place, &kept)?;
    }
    Ok(())
}

/// Brings the list of own files up to what is there.
async fn tidy_own<P: Place>(place: &P, folder: &mut SharedFolder) -> Result<(), SyncError> {
    heed_betrayal(place, folder)?;
    let mut kept = remembered(place)?;
    for name in folder.stillborn(&kept) {
        place.remove(&name).await?;
        folder.forget(&name);
    }
    if folder.prune(&mut kept) {
        keep(place, &kept)?;
    }
    Ok(())
}

/// Reads what is due; what of it is to be merged.
async fn read_due<P: Place>(
    place: &P,
    folder: &mut SharedFolder,
    withheld: &[FileSource],
) -> Result<Vec<(String, Box<Content>)>, SyncError> {
    let due = folder.due();
    let mut found = Vec::new();
    for (index, name) in due.iter().enumerate() {
        place.tell(Progress::Reading(index, due.len()));
        if !folder.admits(name) {
            continue;
        }
        let bytes = match place.read(name).await {
            Ok(bytes) => bytes,
            Err(SyncError::Gone) => continue,
            Err(SyncError::Held(_)) => {
                folder.wait(name, now(place));
                continue;
            }
            Err(trouble) => return Err(trouble),
        };
        // What was read for nothing is read again in the next round.
        let read = read(place, folder, withheld, name, bytes).await;
        match read {
            Ok(Some(content)) => found.push((name.clone(), content)),
            Ok(None) => {}
            Err(trouble) => {
                let names: Vec<String> = found.into_iter().map(|(name, _)| name).collect();
                folder.read_again(&names);
                return Err(trouble);
            }
        }
    }
    heed_betrayal(place, folder)?;
    Ok(found)
}

/// Reads one file in turns.
async fn read<P: Place>(
    place: &P,
    folder: &mut SharedFolder,
    withheld: &[FileSource],
    name: &str,
    bytes: Vec<u8>,
) -> Result<Option<Box<Content>>, SyncError> {
    let (replica, town, now) = place.update(|desk| {
        let towns = rows::<Town>(desk.replica());
        let town = towns.iter().find_map(|town| town.name()).map(str::to_owned);
        (desk.snapshot(), town, desk.now().0)
    });
    let here = Here {
        replica: &replica,
        withheld,
        town: town.as_deref(),
        now,
    };
    unless_ended(place, folder.read(name, bytes, &here, place.turns())).await
}

/// Does work unless the person pauses sharing or leaves the folder meanwhile.
async fn unless_ended<P: Place, T>(place: &P, work: impl Future<Output = T>) -> Result<T, SyncError> {
    let done = unless(|| remembered(place).is_err(), work).await;
    done.ok_or(SyncError::Ended)
}

/// Merges what was read; how many changes came in.
async fn take_in<P: Place>(
    place: &P,
    folder: &mut SharedFolder,
    found: Vec<(String, Box<Content>)>,
    withheld: &[FileSource],
) -> Result<usize, SyncError> {
    place.tell(Progress::Taking);
    let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    let merged = merge(place, folder, found, &names, withheld).await;
    if merged.is_err() {
        folder.read_again(&names);
    }
    merged
}

async fn merge<P: Place>(
    place: &P,
    folder: &mut SharedFolder,
    found: Vec<(String, Box<Content>)>,
    names: &[String],
    withheld: &[FileSource],
) -> Result<usize, SyncError> {
    let (mut batch, base) = place.update(|desk| (Batch::new(desk.replica(), desk.now().0), desk.replica().version()));
    for (name, content) in found {
        unless_ended(place, batch.take_read(&name, content, place.turns())).await?;
        // Also between small files.
        place.turns().rest().await;
    }
    let preview: Preview = batch.finish();
    if preview.drastic && !folder.allows(names) {
        let what = "要替换本机很多已填的内容，等您确认";
        folder.ask(names, &Notice::warning("", what, "核对无误再合并"));
        return Ok(0);
    }
    let intake = PreparedImport::in_turns(preview, &|_, _| {}, place.turns()).await;
    remembered(place)?;
    if place.update(|desk| desk.withheld()) != withheld {
        // A person withdrew or brought back something meanwhile: what was read for the records of before is read anew.
        folder.read_again(names);
        return Ok(0);
    }
    let count = intake.preview().changes.len();
    let done: Result<Done, Notice> = place.update(|desk| desk.import_shared(intake, base));
    done.map_err(SyncError::Held)?;
    Ok(count)
}

/// Writes what is missing in the folder, in as many files as it takes; how many.
async fn write_missing<P: Place>(place: &P, folder: &mut SharedFolder) -> Result<usize, SyncError> {
    let mut written = 0;
    loop {
        // What was saved meanwhile makes the next list; a list of nothing ends it.
        let (stand, lists) = place.update(|desk| (stand(desk.replica()), folder.missing(desk.replica())));
        if lists.is_empty() {
            return Ok(written);
        }
        place.turns().rest().await;
        for changes in lists {
            if written == MOST_WRITTEN {
                return Ok(written);
            }
            if !write_list(place, folder, stand, &changes).await? {
                break;
            }
            written += 1;
            place.tell(Progress::Writing(written));
            place.turns().rest().await;
        }
    }
}

/// Version and number of changes: records built anew count their versions anew.
fn stand(replica: &Replica) -> (u64, usize) {
    (replica.version(), replica.change_count())
}

/// Writes one file of these changes; not if the records are others by now, where the numbers may mean other changes.
async fn write_list<P: Place>(
    place: &P,
    folder: &mut SharedFolder,
    then: (u64, usize),
    changes: &[ChangeIx],
) -> Result<bool, SyncError> {
    remembered(place)?;
    let parcel = place.update(|desk| {
        let replica = desk.replica();
        let writer = Writer {
            town: &town_name(replica),
            by: &desk.person().tag,
            at: desk.now(),
        };
        (stand(replica) == then).then(|| OutgoingFile::of(replica, changes, writer))
    });
    let Some(parcel) = parcel else { return Ok(false) };
    let (name, back) = put(place, folder, &parcel).await?;
    read(place, folder, &[], &name, back).await?;
    if folder.standing(&name) != Some(&Standing::Taken) {
        return Err(unreadable());
    }
    Ok(true)
}

/// Writes a file of one's own under a new name and reads it back.
async fn put<P: Place>(
    place: &P,
    folder: &mut SharedFolder,
    parcel: &OutgoingFile,
) -> Result<(String, Vec<u8>), SyncError> {
    let mut kept = remembered(place)?;
    let town = place.update(|desk| town_name(desk.replica()));
    let mut name = kept.note(&town, &parcel.sha256);
    while folder.has(&name) {
        kept.drop_file(&name);
        name = kept.note(&town, &parcel.sha256);
    }
    // Noted first: a file of this tag that is not noted is somebody else's.
    keep(place, &kept)?;
    folder.add(place.write(&name, &parcel.text).await?);
    let back = place.read(&name).await?;
    if back != parcel.text.as_bytes() {
        return Err(unreadable());
    }
    Ok((name, back))
}

fn unreadable() -> SyncError {
    SyncError::Held(Notice::error(
        "",
        "写入共享文件夹的文件读回来不一样",
        "请检查磁盘或网络，本机数据不受影响",
    ))
}

/// Puts own small files together; how many went.
async fn fold<P: Place>(place: &P, folder: &mut SharedFolder) -> Result<usize, SyncError> {
    let names = folder.foldable(&remembered(place)?);
    if names.is_empty() {
        return Ok(0);
    }
    let mut files = Vec::new();
    for name in names {
        let bytes = place.read(&name).await?;
        files.push((name, bytes));
    }
    let kept = remembered(place)?;
    let made = place.update(|desk| {
        let writer = Writer {
            town: &town_name(desk.replica()),
            by: &desk.person().tag,
            at: desk.now(),
        };
        Consolidation::of(&files, &kept, empty(), writer)
    });
    // Not as they were written: the next round reads them and sees why.
    let Some(made) = made else { return Ok(0) };
    place.turns().rest().await;
    let (name, back) = put(place, folder, &made.parcel).await?;
    let redundant = made.redundant(&back, empty());
    read(place, folder, &[], &name, back).await?;
    let mut kept = remembered(place)?;
    for name in &redundant {
        place.remove(name).await?;
        folder.forget(name);
        kept.drop_file(name);
    }
    keep(place, &kept)?;
    Ok(redundant.len())
}

fn empty() -> Replica {
    Replica::new(crate::model::programmes::schemas())
}
