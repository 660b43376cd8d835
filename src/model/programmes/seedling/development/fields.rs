//! What is registered with a step beside its day.

use crate::model::programmes::seedling::ledgers::development::Development;

/// The fields that a step needs. Of a meeting that treats several persons some hold for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepFields {
    /// Field of the step.
    pub step: &'static str,
    /// What holds for all persons of one meeting, one course, one sitting.
    pub shared: &'static [&'static str],
    /// What is each person's own.
    pub own: &'static [&'static str],
}

const NEEDS: [StepFields; 11] = [
    of(Development::FIELDS.talked, &[Development::FIELDS.talker], &[]),
    of(Development::FIELDS.mentored, &[], &[Development::FIELDS.mentors]),
    of(Development::FIELDS.notice_from, &[], &[]),
    of(Development::FIELDS.noticed, &[Development::FIELDS.notice_result], &[]),
    of(Development::FIELDS.sponsored, &[], &[Development::FIELDS.sponsors]),
    of(Development::FIELDS.vetted, &[Development::FIELDS.vet_result], &[]),
    of(
        Development::FIELDS.trained,
        &[Development::FIELDS.train_days, Development::FIELDS.train_hours],
        &[],
    ),
    of(
        Development::FIELDS.prechecked,
        &[Development::FIELDS.precheck_result],
        &[],
    ),
    of(
        Development::FIELDS.voted,
        &[
            Development::FIELDS.vote_due,
            Development::FIELDS.vote_present,
            Development::FIELDS.vote_written,
        ],
        &[
            Development::FIELDS.vote_ayes,
            Development::FIELDS.vote_nays,
            Development::FIELDS.vote_abstain,
        ],
    ),
    of(Development::FIELDS.approved, &[Development::FIELDS.special], &[]),
    of(
        Development::FIELDS.revoted,
        &[
            Development::FIELDS.revote_due,
            Development::FIELDS.revote_present,
            Development::FIELDS.revote_written,
        ],
        &[
            Development::FIELDS.revote_ayes,
            Development::FIELDS.revote_nays,
            Development::FIELDS.revote_abstain,
            Development::FIELDS.exit,
            Development::FIELDS.extended_until,
        ],
    ),
];

const fn of(step: &'static str, shared: &'static [&'static str], own: &'static [&'static str]) -> StepFields {
    StepFields { step, shared, own }
}

/// What a step needs beside its day; nothing for most of them.
pub fn fields_of(step: &str) -> StepFields {
    let found = NEEDS.into_iter().find(|needs| needs.step == step);
    found.unwrap_or(of("", &[], &[]))
}

/// Where the number of the persons stands whose names a field holds: 1 to 2 who train, 2 who introduce (§9, §14).
pub const COUNTED: [(&str, &str); 2] = [
    (Development::FIELDS.mentors, Development::FIELDS.mentor_count),
    (Development::FIELDS.sponsors, Development::FIELDS.sponsor_count),
];

/// How many persons a list of names holds: `张三、李四` is two. A name may have a space in it (`李 明`).
pub fn names_in(text: &str) -> usize {
    let marks = ['、', '，', ',', '；', ';', '/', '\n'];
    let parts = text.split(marks).map(str::trim).filter(|part| !part.is_empty());
    let spaced = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let whole = words.iter().all(|word| word.chars().count() >= 2);
        if whole { words.len() } else { 1 }
    };
    parts.map(spaced).sum()
}
