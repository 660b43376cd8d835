//! How the statistics of 强基 are shown, and those of the frame, which have no page of their own.

use crate::model::programmes::base::statistics as base;
use crate::model::programmes::town::statistics as town;
use crate::view::section::{Drawn, Section, Shown};

/// The sections of the programme's page, in order.
pub static SECTIONS: &[Section] = &[
    Section {
        title: "硬实力和软实力",
        shown: &[
            Shown::new(&base::HARD, Drawn::Bars, ""),
            Shown::new(&base::SOFT, Drawn::Bars, ""),
        ],
    },
    Section {
        title: "阵地",
        shown: &[
            Shown::new(&base::CHECKLIST, Drawn::Bars, "完成率").by("list"),
            Shown::new(&base::SITES, Drawn::Bars, "阶段的待建阵地"),
            Shown::number(&base::RENEWAL),
            Shown::number(&base::FUNDS),
        ],
    },
    Section {
        title: "产业",
        shown: &[
            Shown::new(&base::PROJECTS, Drawn::Ring, "项目").by("age"),
            Shown::number(&base::SEVERAL),
            Shown::new(&base::KINDS, Drawn::Ranked, "项目").by("kind"),
            Shown::new(&base::HERB_SIZES, Drawn::Bars, "的基地").counting("个"),
            Shown::number(&base::GUIDED),
            Shown::new(&base::FACTORS_MET, Drawn::Bars, "补上率").by("kind"),
        ],
    },
    Section {
        title: "集体经济",
        shown: &[Shown::new(&base::INCOMES, Drawn::Ring, "").by("category")],
    },
    Section {
        title: "基层组织",
        shown: &[
            Shown::number(&town::UNITS),
            Shown::new(&town::MEMBERS, Drawn::Bars, "的单位").counting("个"),
            Shown::new(&town::BRANCHES, Drawn::Bars, "").by("kind"),
            Shown::number(&town::JOINT),
            Shown::new(&town::LINKS, Drawn::Table, "事项"),
            Shown::number(&town::PILOTS),
            Shown::new(&town::HONOURS, Drawn::Table, ""),
            Shown::number(&town::EVIDENCE),
        ],
    },
];
