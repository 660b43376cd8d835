//! 正常, 预警 or 滞后: the one traffic light of indicators, follow-ups, pages and charts.

/// How something stands. It follows from numbers and thresholds; nobody sets it by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// 滞后: overdue or below the lower threshold.
    Late,
    /// 预警: close to the threshold.
    Warn,
    /// 正常.
    Ok,
    /// 完成.
    Done,
    /// 无数据: nothing is known; not the same as zero.
    None,
}

impl Status {
    /// All five, the most urgent first.
    pub const ALL: [Self; 5] = [Self::Late, Self::Warn, Self::Ok, Self::Done, Self::None];

    /// The word that always stands with the colour and the shape.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Late => "滞后",
            Self::Warn => "预警",
            Self::Ok => "正常",
            Self::Done => "完成",
            Self::None => "无数据",
        }
    }

    /// The word in style names.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Warn => "warn",
            Self::Ok => "ok",
            Self::Done => "done",
            Self::None => "none",
        }
    }
}
