//! Line icons. An icon never stands without a word, so it is hidden from screen readers.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// 总览.
    Home,
    /// 地图.
    Map,
    /// 台账.
    Table,
    /// 村（社区）.
    Houses,
    /// 图表.
    Chart,
    /// 合并: two strands become one.
    Merge,
    /// 报告.
    Document,
    /// 设置.
    Sliders,
    /// 填报.
    Pen,
    /// 更多: three dots.
    More,
    /// One more.
    Plus,
    /// One less.
    Minus,
    /// Closes or takes off.
    Close,
    /// Goes back.
    Back,
    /// Opens a calendar.
    Calendar,
    /// Plays the months.
    Play,
    /// Stops playing.
    Pause,
}

impl Icon {
    /// The strokes, in a square of 20.
    const fn strokes(self) -> &'static str {
        match self {
            Self::Home => "M3.5 9 10 3.8 16.5 9v7.2h-13zM8 16.2v-4.7h4v4.7",
            Self::Map => "M2.8 5.2 7.6 3.5l4.8 1.9 4.8-1.7v11.1l-4.8 1.7-4.8-1.9-4.8 1.7zM7.6 3.5v11.1M12.4 5.4v11.1",
            Self::Table => "M3 4h14v12H3zM3 8h14M3 12h14M8 8v8",
            Self::Houses => "M3 16V8.2L7 5l4 3.2V16zM11 10h6v6h-6M6 16v-3h2v3",
            Self::Chart => "M3 16h14M5.5 16v-5M10 16V5M14.5 16V9",
            Self::Merge => "M4 4v2.6c0 3.4 6 3.4 6 6.8V16M16 4v2.6c0 3.4-6 3.4-6 6.8M7.4 13.4 10 16l2.6-2.6",
            Self::Document => "M5 3h7l3 3v11H5zM12 3v3h3M7.5 10h5M7.5 13h5",
            Self::Sliders => {
                "M3 6h8M15 6h2M3 14h2M9 14h8M13 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM7 12a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
            }
            Self::Pen => "M4 16l1-4 8-8 3 3-8 8zM11.4 5.6l3 3",
            Self::More => {
                "M4.5 9.2a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6zM10 9.2a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6z\
                 M15.5 9.2a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6z"
            }
            Self::Plus => "M10 3.5v13M3.5 10h13",
            Self::Minus => "M5.5 10h9",
            Self::Close => "M4 4l12 12M16 4 4 16",
            Self::Back => "M12.5 3.5 6 10l6.5 6.5",
            Self::Calendar => "M3 5h14v12H3zM3 9h14M7 3v4M13 3v4",
            Self::Play => "M6.5 4.5l9 5.5-9 5.5z",
            Self::Pause => "M7 4.5v11M13 4.5v11",
        }
    }
}

/// Draws an icon, 20 px at the standard text size.
pub fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=icon.strokes()></path>
        </svg>
    }
    .into_any()
}
