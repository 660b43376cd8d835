//! How the statistics of 引凤 are shown.

use crate::model::programmes::phoenix::statistics as phoenix;
use crate::view::section::{Drawn, Section, Shown};

/// The sections of the programme's page, in order.
pub static SECTIONS: &[Section] = &[
    Section {
        title: "回乡能人",
        shown: &[
            Shown::new(&phoenix::LEAD_TIME, Drawn::Bars, "用时").plain(),
            Shown::new(&phoenix::FORMER_JOBS, Drawn::Ranked, "人数").by("former_job"),
            Shown::new(&phoenix::POSTS, Drawn::Ranked, "人数"),
            Shown::new(&phoenix::SECRETARIES, Drawn::Bars, "人数").by("source"),
            Shown::new(&phoenix::PERSUADERS, Drawn::Ranked, "")
                .by("persuader")
                .plain(),
            Shown::number(&phoenix::NEEDS),
        ],
    },
    Section {
        title: "千人计划",
        shown: &[Shown::new(&phoenix::DURATIONS, Drawn::Bars, "用时")],
    },
    Section {
        title: "返乡企业",
        shown: &[
            Shown::new(&phoenix::ENTERPRISES, Drawn::Bars, "家数"),
            Shown::number(&phoenix::INVESTMENT),
            Shown::new(&phoenix::AREA, Drawn::Ranked, "面积"),
            Shown::new(&phoenix::OUTPUT, Drawn::Range, "").counting(""),
            Shown::new(&phoenix::PRODUCTS, Drawn::Ranked, "企业"),
            Shown::new(&phoenix::CORRIDORS, Drawn::Table, "").plain(),
            Shown::new(&phoenix::TECHNOLOGIES, Drawn::Ranked, "技术").by("crop"),
        ],
    },
    Section {
        title: "政策和土地",
        shown: &[
            Shown::new(&phoenix::POLICY, Drawn::Ranked, "政策资金"),
            Shown::new(&phoenix::POLICY_LEVELS, Drawn::Bars, "政策支持").by("level"),
            Shown::number(&phoenix::LAND),
            Shown::new(&phoenix::LAND_UNTIL, Drawn::Bars, "宗数"),
        ],
    },
    Section {
        title: "走出去、引进来",
        shown: &[
            Shown::new(&phoenix::OUTREACH, Drawn::Funnel, ""),
            Shown::new(&phoenix::LEADS, Drawn::Funnel, ""),
            Shown::new(&phoenix::SECRETARY_LEADS, Drawn::Units, "线索"),
            Shown::new(&phoenix::VISITS, Drawn::Months, "走访"),
        ],
    },
    Section {
        title: "返乡环境",
        shown: &[
            Shown::new(&phoenix::MEASURES, Drawn::Ring, "措施").by("kind"),
            Shown::new(&phoenix::SERVED, Drawn::Bars, "惠及"),
        ],
    },
];
