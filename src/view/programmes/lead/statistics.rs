//! How the statistics of 头雁 are shown.

use crate::model::programmes::lead::statistics as lead;
use crate::view::section::{Drawn, Section, Shown};

/// The sections of the programme's page, in order.
pub static SECTIONS: &[Section] = &[
    Section {
        title: "责任和换届",
        shown: &[
            Shown::new(&lead::DUTIES, Drawn::Ring, "的责任事项"),
            Shown::new(&lead::ELECTION, Drawn::Funnel, ""),
            Shown::new(&lead::NEXT_ELECTION, Drawn::Bars, "换届的村（社区）"),
        ],
    },
    Section {
        title: "书记队伍",
        shown: &[
            Shown::new(&lead::AGE, Drawn::Change, ""),
            Shown::new(&lead::AGES, Drawn::Table, "书记"),
            Shown::new(&lead::EDUCATION_LEVELS, Drawn::Change, ""),
            Shown::new(&lead::COHORTS, Drawn::Bars, "书记"),
            Shown::number(&lead::BOTH_POSTS),
        ],
    },
    Section {
        title: "谈话和联系",
        shown: &[
            Shown::new(&lead::TALK_OFFICES, Drawn::Bars, "谈话").by("talkers"),
            Shown::new(&lead::TALK_THEMES_SPOKEN, Drawn::Bars, "主题"),
            Shown::new(&lead::CONTACTS, Drawn::Table, ""),
            Shown::new(&lead::MOODS, Drawn::Ring, "").by("mood"),
            Shown::new(&lead::FOLLOW_UPS, Drawn::Ring, "的事项"),
        ],
    },
    Section {
        title: "学习培训",
        shown: &[
            Shown::new(&lead::HOURS, Drawn::Units, "书记学时"),
            Shown::number(&lead::FULL_HOURS),
            Shown::new(&lead::SESSIONS, Drawn::Bars, "到会"),
            Shown::new(&lead::THEME_MONTHS, Drawn::Table, "培训"),
            Shown::new(&lead::QUIZ_AREAS, Drawn::Bars, ""),
            Shown::new(&lead::QUIZ_UNITS, Drawn::Table, ""),
            Shown::new(&lead::STUDY_CITIES, Drawn::Ranked, "学习").by("city"),
            Shown::number(&lead::NEW_STUDIED),
        ],
    },
    Section {
        title: "组织生活",
        shown: &[Shown::new(&lead::PARTY_LIFE, Drawn::Bars, "的组织生活")],
    },
];
