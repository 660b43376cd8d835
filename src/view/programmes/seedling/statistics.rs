//! How the statistics of 青苗 are shown.

use crate::model::programmes::seedling::statistics as seedling;
use crate::view::section::{Drawn, Section, Shown};

/// The sections of the programme's page, in order.
pub static SECTIONS: &[Section] = &[
    Section {
        title: "党员队伍",
        shown: &[
            Shown::new(&seedling::SUCCESSION, Drawn::Ring, "单位"),
            Shown::new(&seedling::MEMBERS, Drawn::Bars, "党员"),
            Shown::new(&seedling::CHANGE, Drawn::Change, ""),
            Shown::new(&seedling::ZERO_BY_YEAR, Drawn::Bars, "零党员小组"),
            Shown::new(&seedling::ROLES, Drawn::Bars, "").by("role"),
        ],
    },
    Section {
        title: "发展党员",
        shown: &[
            Shown::new(&seedling::PATH, Drawn::Funnel, ""),
            Shown::new(&seedling::SOURCES, Drawn::Bars, "").by("source"),
            Shown::new(&seedling::ADMITTED, Drawn::Bars, "").by("source"),
            Shown::number(&seedling::RETURNING),
            Shown::new(&seedling::DEADLINES, Drawn::Bars, "步骤"),
            Shown::number(&seedling::QUOTA),
        ],
    },
    Section {
        title: "流动党员",
        shown: &[
            Shown::new(&seedling::DIRECTIONS, Drawn::Ring, "党员"),
            Shown::new(&seedling::AWAY, Drawn::Ranked, "人数").by("place"),
            Shown::number(&seedling::LOST),
            Shown::new(&seedling::FIVE_ONE, Drawn::Bars, "完成"),
            Shown::new(&seedling::FIVE_ONE_SCORE, Drawn::Bars, "的党员").plain(),
            Shown::new(&seedling::WISH, Drawn::Funnel, ""),
            Shown::new(&seedling::SERVICES, Drawn::Ranked, "人数"),
        ],
    },
    Section {
        title: "助理员、后备干部和青年人才",
        shown: &[
            Shown::new(&seedling::ASSISTANT_SOURCES, Drawn::Ring, "助理员").by("source"),
            Shown::new(&seedling::ASSISTANT_PATH, Drawn::Funnel, ""),
            Shown::new(&seedling::GROWTH, Drawn::Bars, "记录").by("kind"),
            Shown::new(&seedling::SCORES, Drawn::Bars, "平均分").plain(),
            Shown::number(&seedling::RESERVE_MEAN),
            Shown::new(&seedling::RESERVE_SOURCES, Drawn::Bars, "").by("source"),
            Shown::new(&seedling::RESERVE_AGES, Drawn::Bars, "人数"),
            Shown::new(&seedling::RESERVE_EDUCATION, Drawn::Bars, "人数").by("education"),
            Shown::new(&seedling::TAGS, Drawn::Bars, "人数").by("tags"),
            Shown::new(&seedling::SKILLS, Drawn::Ranked, "专长"),
        ],
    },
    Section {
        title: "红色物业",
        shown: &[
            Shown::new(&seedling::COVERED_COMMUNITIES, Drawn::Ring, "社区"),
            Shown::new(&seedling::ESTATE_MEMBERS, Drawn::Ring, "人数").by("kind"),
            Shown::new(&seedling::JOINED, Drawn::Ranked, "加入人数"),
        ],
    },
];
