//! Which files of a folder are one's own.

use crate::exchange::file::Purpose;
use crate::exchange::name::safe;
use crate::replica::change::is_tag;

/// Letters of a checksum that are kept.
const SHORT: usize = 16;

/// A file that this device wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Its name.
    pub name: String,
    /// First letters of its checksum.
    pub sha: String,
}

/// What a device remembers of the folder from one page load to the next.
///
/// A file is one's own only if its name bears the tag, it was noted before it was written, and its content is what was
/// noted. Whoever works with a copied browser profile fails at that and takes a new tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Random; part of the name of every file that this device writes.
    pub tag: String,
    /// Number of the next file.
    pub next: u32,
    /// A person paused it.
    pub paused: bool,
    /// Name of the folder, to show.
    pub folder: String,
    /// Files written and not removed.
    pub own: Vec<Own>,
}

/// The name of a device's file: 天城镇_共享_<tag>_0001.json
pub fn share_name(town: &str, tag: &str, number: u32) -> String {
    let label = Purpose::Share.label();
    format!("{}_{label}_{tag}_{number:04}.json", safe(town))
}

impl Kept {
    /// A folder that was just chosen.
    pub fn new(tag: String, folder: String) -> Kept {
        Kept {
            tag,
            next: 1,
            folder,
            ..Kept::default()
        }
    }

    /// As a text; [`read`](Kept::read) reads it.
    pub fn text(&self) -> String {
        // The name of a folder is shown on one line anyway.
        let folder = self.folder.replace(['\n', '\r'], " ");
        let mut out = format!("{}\n{}\n{}\n{folder}", self.tag, self.next, u8::from(self.paused));
        for own in &self.own {
            out.push_str(&format!("\n{} {}", own.sha, own.name));
        }
        out
    }

    /// Reads what [`text`](Kept::text) wrote; `None` for anything else.
    pub fn read(text: &str) -> Option<Kept> {
        let mut lines = text.split('\n');
        let tag = lines.next().filter(|tag| is_tag(tag))?.to_string();
        let next = lines.next()?.parse().ok()?;
        let paused = lines.next()? == "1";
        let folder = lines.next()?.to_string();
        let own = lines.filter_map(|line| line.split_once(' ')).map(|(sha, name)| Own {
            name: name.to_string(),
            sha: sha.to_string(),
        });
        Some(Kept {
            tag,
            next,
            paused,
            folder,
            own: own.collect(),
        })
    }

    /// The number of a file that bears this tag.
    fn number_of(&self, name: &str) -> Option<u32> {
        let (start, number) = name.strip_suffix(".json")?.rsplit_once('_')?;
        let bears = start.strip_suffix(self.tag.as_str()).is_some_and(|s| s.ends_with('_'));
        let digits = number.len() >= 4 && number.bytes().all(|b| b.is_ascii_digit());
        (bears && digits && !self.tag.is_empty()).then(|| number.parse().ok())?
    }

    /// The note of a file, if it was written here.
    pub(super) fn find(&self, name: &str) -> Option<&Own> {
        self.own.iter().find(|own| own.name == name)
    }

    /// Whether a file bears this device's tag although this device did not write it (any content), or wrote something
    /// else there: the browser profile was copied, or somebody edited the file.
    pub fn has_foreign_file_with_my_tag(&self, name: &str, sha256: Option<&str>) -> bool {
        self.number_of(name).is_some()
            && self
                .find(name)
                .is_none_or(|own| sha256.is_some_and(|sha| !sha.starts_with(&own.sha)))
    }

    /// Whether a file with this content was written here.
    pub fn wrote(&self, name: &str, sha256: &str) -> bool {
        self.number_of(name).is_some()
            && self
                .find(name)
                .is_some_and(|own| !own.sha.is_empty() && sha256.starts_with(&own.sha))
    }

    /// Goes on under a new tag; what was written before is not one's own any more.
    pub fn renew(&mut self, tag: String) {
        self.tag = tag;
        self.next = 1;
        self.own.clear();
    }

    /// Notes a file that is about to be written, and gives its name.
    pub fn note(&mut self, town: &str, sha256: &str) -> String {
        let name = share_name(town, &self.tag, self.next);
        self.next += 1;
        self.own.push(Own {
            name: name.clone(),
            sha: sha256.chars().take(SHORT).collect(),
        });
        name
    }

    /// Takes a file off the list: it was removed, or never came to be.
    pub fn drop_file(&mut self, name: &str) {
        self.own.retain(|own| own.name != name);
    }
}
