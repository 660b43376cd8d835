//! How the statistics of 筑梦 are shown.

use crate::model::programmes::dream::statistics as dream;
use crate::view::section::{Drawn, Section, Shown};

/// The sections of the programme's page, in order.
pub static SECTIONS: &[Section] = &[
    Section {
        title: "工作计划",
        shown: &[
            Shown::new(&dream::PLAN_STAGES, Drawn::Table, ""),
            Shown::new(&dream::PLAN_WAITING, Drawn::Bars, "后停留"),
            Shown::new(&dream::PLAN_DAYS, Drawn::Bars, "用时"),
            Shown::number(&dream::PLAN_RETURNS),
            Shown::new(&dream::PLANS_GUIDED, Drawn::Ranked, "指导").by("guide"),
            Shown::number(&dream::PLANS_SHOWN),
            Shown::new(&dream::SHOWINGS, Drawn::Table, "晒出"),
            Shown::new(&dream::ITEMS_BY_QUARTER, Drawn::Bars, "到期事项办结"),
        ],
    },
    Section {
        title: "夜话",
        shown: &[
            Shown::new(&dream::TALKS_PER_UNIT, Drawn::Units, "夜话"),
            Shown::new(&dream::UNITS_BY_TALKS, Drawn::Bars, "夜话的村（社区）"),
            Shown::new(&dream::TALKS_BY_KIND_OF_UNIT, Drawn::Table, ""),
            Shown::new(&dream::PLATFORMS, Drawn::Ranked, ""),
            Shown::new(&dream::PURPOSES, Drawn::Ring, "的夜话").by("purpose"),
            Shown::number(&dream::PROJECT_TALKS),
            Shown::number(&dream::PROJECTS_CONSULTED),
            Shown::number(&dream::ATTENDANCE),
            Shown::new(&dream::SPEAKING, Drawn::Months, "发言率"),
            Shown::number(&dream::HOUSEHOLDS),
            Shown::new(&dream::SATISFACTION, Drawn::Months, "满意度"),
        ],
    },
    Section {
        title: "群众建议",
        shown: &[
            Shown::new(&dream::SUGGESTIONS_BY_CATEGORY, Drawn::Ranked, "建议").by("category"),
            Shown::new(&dream::PROPOSERS, Drawn::Ring, "提的建议").by("proposer"),
            Shown::new(&dream::SUGGESTION_PATH, Drawn::Funnel, ""),
            Shown::number(&dream::SUGGESTIONS_PLANNED),
            Shown::number(&dream::REPLIES),
        ],
    },
    Section {
        title: "问题和支持",
        shown: &[
            Shown::new(&dream::PROBLEMS, Drawn::Ring, "的问题"),
            Shown::number(&dream::SUPPORT),
        ],
    },
];
