//! What a person changes on the map beside places and districts: names, colours, and borders from a file. Every
//! change is a record, so it is undone, sent and merged like any other.

use std::collections::BTreeMap;

use crate::map::borders::{Borders, DistrictName, borders, match_features};
use crate::map::geojson::{self, GeoError, GeoFeature};
use crate::map::{TownMap, UnitSite};
use crate::model::ledger::{Ledger, TypedRow as _};
use crate::model::programmes::town::ledgers::{District, DistrictColour, MapBorder, Unit};
use crate::model::records::{Draft, Records, rows};
use crate::model::validate::check_field;
use crate::model::value::Value;
use crate::stable::Fnv;

/// Id of the record that names the borders in use.
const IN_USE: &str = "lines";
/// Ids of the records that hold borders begin so; the rest is the fingerprint of the borders.
const HELD: &str = "lines.";
/// Its value while the map is schematic.
const SCHEMATIC: &str = "示意图";

/// A draft with texts.
pub(super) fn draft(ledger: &'static Ledger, id: &str, texts: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::new(ledger.schema, id);
    for (field, text) in texts {
        if let Some(slot) = ledger.slot(field) {
            draft.set(slot, Value::text(*text));
        }
    }
    draft
}

// ---- Names and colours ----

/// The record with a new name, or why it cannot have it. `None` where nothing would change.
///
/// # Errors
/// What to do instead.
fn renamed(ledger: &'static Ledger, names: &[(String, String)], id: &str, name: &str) -> Result<Option<Draft>, String> {
    let name = name.trim();
    if let Some(notice) = ledger
        .field("name")
        .and_then(|field| check_field(field, &Value::text(name)))
    {
        return Err(notice.todo);
    }
    if names.iter().any(|(other, taken)| other != id && taken == name) {
        return Err(format!("已经有“{name}”，请换一个名称"));
    }
    let same = names.iter().any(|(own, now)| own == id && now == name);
    Ok((!same).then(|| draft(ledger, id, &[("name", name)])))
}

/// The unit with a new name.
///
/// # Errors
/// Why it cannot have it, and what to do instead.
pub fn rename_unit(records: &dyn Records, code: &str, name: &str) -> Result<Option<Draft>, String> {
    let names: Vec<(String, String)> = rows::<Unit>(records)
        .iter()
        .map(|u| (u.id().to_owned(), u.name().unwrap_or_default().to_owned()))
        .collect();
    renamed(Unit::LEDGER, &names, code, name)
}

/// The district with a new name.
///
/// # Errors
/// Why it cannot have it, and what to do instead.
pub fn rename_district(records: &dyn Records, id: &str, name: &str) -> Result<Option<Draft>, String> {
    let names: Vec<(String, String)> = district_names(records).into_iter().map(|d| (d.id, d.name)).collect();
    renamed(District::LEDGER, &names, id, name)
}

/// The district in another colour; an empty one is chosen by the map.
pub fn recolour(id: &str, colour: &str) -> Draft {
    draft(District::LEDGER, id, &[("colour", colour)])
}

/// The colour a person gave a district: its code; empty while the map chooses.
pub fn colour(records: &dyn Records, id: &str) -> String {
    let found = records.find(District::SCHEMA, id);
    let colour = found.and_then(|d| District::of(d).colour());
    let known = |c: &&str| DistrictColour::ALL.iter().any(|k| k.code == *c);
    colour.filter(known).unwrap_or_default().to_owned()
}

/// Place of a colour in [`DistrictColour::ALL`] from 1, as the style sheet counts; `None` while the map chooses.
pub fn tint(records: &dyn Records, id: &str) -> Option<u8> {
    let colour = colour(records, id);
    DistrictColour::ALL
        .iter()
        .position(|k| k.code == colour)
        .and_then(|i| u8::try_from(i + 1).ok())
}

// ---- Borders ----

/// What the lines of the map are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// Grown: no line is where it is on the ground.
    #[default]
    Schematic,
    /// Districts from a file, the units in them grown.
    Districts,
    /// From a file.
    Units,
}

impl Lines {
    /// What stands on the map about its lines, on the screen, on paper and in files.
    pub const fn note(self) -> &'static str {
        match self {
            Self::Schematic => "示意图，非实测边界",
            Self::Districts => "片区边界取自导入的文件，已简化；村界为示意",
            Self::Units => "边界取自导入的文件，已简化",
        }
    }
}

/// What the lines of a map are.
pub fn lines(map: &TownMap) -> Lines {
    match (map.is_from_file, map.is_surveyed) {
        (false, _) => Lines::Schematic,
        (true, false) => Lines::Districts,
        (true, true) => Lines::Units,
    }
}

/// Names of units that stand on no map, since the file had no borders for them.
pub fn off_the_map(map: &TownMap) -> Vec<String> {
    let bare = map.cells.iter().filter(|c| c.rings.is_empty());
    bare.map(|c| c.name.clone()).collect()
}

fn kept<'a>(records: &'a dyn Records, id: &str) -> Option<&'a str> {
    let found = records.find(MapBorder::SCHEMA, id);
    found.and_then(|border| MapBorder::of(border).value())
}

/// Fingerprint of the borders in use; `None` while the map is schematic.
///
/// The value names file and fingerprint, so that two people who chose different files can tell them apart.
pub fn in_use(records: &dyn Records) -> Option<String> {
    let (_, print) = kept(records, IN_USE)?.rsplit_once(' ')?;
    kept(records, &format!("{HELD}{print}"))?;
    Some(print.to_owned())
}

/// The borders with this fingerprint; `None` if they are not here or cannot be read.
pub fn held(records: &dyn Records, print: &str) -> Option<Borders> {
    let mut borders: Borders = serde_json::from_str(kept(records, &format!("{HELD}{print}"))?).ok()?;
    lend(records, &mut borders.units);
    Some(borders)
}

/// Name of the file the borders in use came from.
pub fn file_in_use(records: &dyn Records) -> Option<String> {
    in_use(records)?;
    kept(records, IN_USE)?.rsplit_once(' ').map(|(file, _)| file.to_owned())
}

/// The districts of the town.
fn district_names(records: &dyn Records) -> Vec<DistrictName> {
    let name = |d: &District| DistrictName {
        id: d.id().to_owned(),
        name: d.name().unwrap_or_default().to_owned(),
    };
    rows::<District>(records).iter().map(name).collect()
}

/// The units under the codes of the statistical office, where they are known: files know those and not ours.
fn by_statistical_code(records: &dyn Records, sites: &[UnitSite]) -> Vec<UnitSite> {
    let of = |id: &str| {
        let code = records.find(Unit::SCHEMA, id).and_then(|u| Unit::of(u).code());
        code.map(str::trim).filter(|c| !c.is_empty()).unwrap_or(id).to_owned()
    };
    let known = |site: &UnitSite| UnitSite {
        code: of(&site.code),
        ..site.clone()
    };
    sites.iter().map(known).collect()
}

/// A file of borders, read and matched, and not yet in use.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// Name of the file.
    pub file: String,
    features: Vec<GeoFeature>,
    borders: Borders,
    /// What only a person can say; while there is any, nothing is put in use.
    pub questions: Vec<Question>,
    /// Units with borders of their own.
    pub units: usize,
    /// Districts with borders, whose units have none.
    pub districts: usize,
    /// Points left after thinning.
    pub points: usize,
    /// Names of polygons that belong to nothing in this town.
    pub unmatched: Vec<String>,
    /// Names of units that will not stand on the map.
    pub without: Vec<String>,
}

/// A shape that is called after one unit and has the code of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What the file calls it.
    pub shape: String,
    /// Name of the unit it is called after.
    pub by_name: String,
    /// Name and code of the unit whose code it has.
    pub by_code: (String, String),
}

/// Whose borders a shape in question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Those of the unit it is called after.
    ByName,
    /// Those of the unit whose code it has.
    ByCode,
    /// Nobody's: it is left out.
    Neither,
}

/// Reads a file of borders for the units of a map.
///
/// # Errors
/// Why the file cannot be used, in words for a person.
pub fn survey(records: &dyn Records, sites: &[UnitSite], file: &str, bytes: &[u8]) -> Result<Survey, GeoError> {
    surveyed(records, sites, file, geojson::read(bytes)?, &[])
}

/// A file of borders with the answers to its questions, if there is one for each.
fn surveyed(
    records: &dyn Records,
    sites: &[UnitSite],
    file: &str,
    features: Vec<GeoFeature>,
    answers: &[Answer],
) -> Result<Survey, GeoError> {
    let districts = district_names(records);
    let coded = by_statistical_code(records, sites);
    let mut matching = match_features(&features, &coded, &districts);
    if !answers.is_empty() && answers.len() == matching.disputes.len() {
        let chosen = matching
            .disputes
            .iter()
            .zip(answers)
            .map(|(dispute, answer)| match answer {
                Answer::ByName => Some(dispute.by_name),
                Answer::ByCode => Some(dispute.by_code),
                Answer::Neither => None,
            });
        let chosen: Vec<Option<usize>> = chosen.collect();
        matching.settle(&chosen, &coded, &districts);
    }
    let label = |f: &usize| features[*f].label.clone();
    let borders = match borders(&features, &matching, sites, &districts) {
        Err(GeoError::NothingMatches) if !matching.disputes.is_empty() => Borders::default(),
        Err(GeoError::NothingMatches) => {
            return Err(GeoError::Foreign(features.iter().map(|f| f.label.clone()).collect()));
        }
        other => other?,
    };
    let questions = matching.disputes.iter().map(|dispute| Question {
        shape: label(&dispute.feature),
        by_name: sites[dispute.by_name].name.clone(),
        by_code: (sites[dispute.by_code].name.clone(), coded[dispute.by_code].code.clone()),
    });
    // A unit whose borders were too small to draw has none, whatever the file says.
    let map = TownMap::from_borders(sites, &borders);
    Ok(Survey {
        file: file.to_owned(),
        units: borders.units.len(),
        districts: borders.districts.len(),
        points: borders.points(),
        questions: questions.collect(),
        unmatched: matching.unmatched.iter().map(label).collect(),
        without: off_the_map(&map),
        borders,
        features,
    })
}

impl Survey {
    /// The same file with an answer to each of its questions.
    ///
    /// # Errors
    /// Why nothing of it can be used then, in words for a person.
    pub fn answered(&self, records: &dyn Records, sites: &[UnitSite], answers: &[Answer]) -> Result<Self, GeoError> {
        surveyed(records, sites, &self.file, self.features.clone(), answers)
    }

    /// The records that put the borders in use. The borders themselves never change, so only the choice can be
    /// disputed.
    pub fn adopt(&self) -> Vec<Draft> {
        let text = serde_json::to_string(&self.borders).unwrap_or_default();
        let print = Fnv::default().and(text.bytes()).hex();
        let file: String = self.file.chars().take(60).collect();
        vec![
            draft(
                MapBorder::LEDGER,
                &format!("{HELD}{print}"),
                &[("label", &format!("边界数据 {file}")), ("value", &text)],
            ),
            chosen(&format!("{file} {print}")),
        ]
    }
}

/// The record that brings the schematic map back; the borders are kept.
pub fn schematic() -> Draft {
    chosen(SCHEMATIC)
}

fn chosen(value: &str) -> Draft {
    draft(MapBorder::LEDGER, IN_USE, &[("label", "地图边界"), ("value", value)])
}

/// Gives what is kept under the code of a unit that was joined with another to that other, if it has none of its own.
pub(super) fn lend<T: Clone>(records: &dyn Records, by_unit: &mut BTreeMap<String, T>) {
    let mut lent = Vec::new();
    for (code, value) in &*by_unit {
        if let Some(unit) = records.find(Unit::SCHEMA, code)
            && !by_unit.contains_key(unit.id())
        {
            lent.push((unit.id().to_owned(), value.clone()));
        }
    }
    by_unit.extend(lent);
}
