//! Words that more than one page uses.

use super::route::{Programme, Route, pages};

/// Name of the product.
pub const PRODUCT: &str = "天城党建";
/// Stands at the foot of the navigation, always.
pub const LOCAL_ONLY: &str = "数据只保存在本机浏览器";
/// Marks the sample town; a narrow screen leaves the second word out.
pub const SAMPLE: (&str, &str) = ("示例", "数据");
/// Stands in place of every page that is about units, as long as there are none.
pub const NO_UNITS: &str =
    "这台设备里还没有村（社区）名单，没有可看可填的。链接里不带数据：请先导入镇里发来的文件，或者新建本镇。";
/// What a village calls its first page.
pub const TASKS: &str = "我的任务";
/// What the search field asks for.
pub const SEARCH: &str = "搜村（社区）、人、事项";

impl Programme {
    /// Full name: `筑梦工程`.
    pub const fn full_name(self) -> &'static str {
        match self {
            Self::Dream => "筑梦工程",
            Self::Lead => "头雁工程",
            Self::Base => "强基工程",
            Self::Seedling => "青苗工程",
            Self::Phoenix => "引凤工程",
        }
    }

    /// The question the programme answers.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Lead => "谁来带",
            Self::Dream | Self::Base => "带什么",
            Self::Seedling | Self::Phoenix => "依靠谁",
        }
    }
}

/// The title of a page, until the page names what it shows.
#[allow(unused_variables, reason = "of what a route holds, few titles say something")]
pub const fn title(route: &Route) -> &'static str {
    pages!(title_of route)
}

macro_rules! title_of {
    ($route:ident $({ $page:ident $(as $bind:tt)? path $path:tt title $title:tt $($rest:tt)* })*) => {
        match $route {
            $(Route::$page { .. } => title_of!(@ $route $page ($($bind)?) $title),)*
        }
    };
    (@ $route:ident $page:ident $bind:tt $title:literal) => { $title };
    (@ $route:ident $page:ident ($bind:tt) ($($title:tt)*)) => {
        match $route {
            Route::$page $bind => $($title)*,
            _ => "",
        }
    };
}
use title_of;

/// What the browser's tab says: the page, then the product.
pub fn document_title(page: &str) -> String {
    if page.is_empty() {
        PRODUCT.to_owned()
    } else {
        format!("{page} · {PRODUCT}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_titles() {
        assert_eq!(document_title("总览"), "总览 · 天城党建");
        assert_eq!(document_title(""), "天城党建");
    }

    #[test]
    fn three_questions_over_five_programmes() {
        let questions: Vec<_> = Programme::ALL.iter().map(|programme| programme.question()).collect();
        assert_eq!(questions, ["带什么", "谁来带", "带什么", "依靠谁", "依靠谁"]);
    }
}
