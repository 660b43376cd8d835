//! Sentences about figures: how much, how it moved, how far it is from what is asked.
//!
//! Nothing is counted here: values, aims and their distance are those of the board; only the words are of papers.

use super::ground::Figures;
use super::pen::Say;
use crate::model::engine::indicator::{Form, Indicator, Reading, Scope};
use crate::model::programmes::{base, lead, phoenix, seedling};
use crate::model::value::Decimal;
use crate::view::overview::{goal_words, is_own_goal, records_href, value_text};
use crate::view::{format, show};

/// What the value of an indicator is of, where its name on cards does not say it: a sentence stands alone on paper.
static SUBJECTS: [(&Indicator, &str); 11] = [
    (&lead::indicators::SECRETARIES, "书记配备率"),
    (&lead::indicators::STRUCTURE, "在任书记平均年龄"),
    (&base::indicators::CENTRES, "阵地建成率"),
    (&base::indicators::INDUSTRY, "一村一业覆盖率"),
    (&base::indicators::HERBS, "中药材基地覆盖率"),
    (&base::indicators::INCOME, "村集体经济收入达标率"),
    (&seedling::indicators::DEVELOPMENT, "在办发展党员"),
    (&seedling::indicators::MOBILE, "流动党员联系率"),
    (&seedling::indicators::ASSISTANTS, "党建助理员配备率"),
    (&phoenix::indicators::CONTACTS, "两委干部联系项目率"),
    (&phoenix::indicators::SUPPORT, "落实政策资金"),
];

/// What a sentence says the value of an indicator is of: `在任书记平均年龄` where its card says 队伍结构.
pub fn subject(indicator: &Indicator) -> &'static str {
    let found = SUBJECTS.iter().find(|(own, _)| own.id == indicator.id);
    found.map_or(indicator.name, |(_, subject)| subject)
}

/// `夜话场次9场，比上月同期减少2场，比上年同期增加1场，目标10场，还差1场。`; `夜话场次没有填报。` where nobody entered anything; nothing where it
/// is of no unit of the scope.
pub fn sentence(figures: &Figures, indicator: &'static Indicator, scope: &Scope) -> Say {
    let reading = figures.now.reading(indicator, scope);
    if reading.units == 0 {
        return Say::default();
    }
    if is_unknown(&reading) {
        return Say::words(subject(indicator)).and("没有填报。");
    }
    let say = Say::words(subject(indicator)).link(value(&reading), records_href(&figures.now, indicator, scope));
    let (mut same, mut words) = (Vec::new(), String::new());
    for (word, board) in &figures.earlier {
        let then = figures.then(board, indicator, scope);
        match then.map_or(Moved::Unknown, |then| moved(&reading, &then, word)) {
            Moved::Unknown => {}
            Moved::Same => same.push(*word),
            Moved::By(by) => words.push_str(&format!("，{by}")),
        }
    }
    if !same.is_empty() {
        words.push_str(&format!("，与{}持平", same.join("、")));
    }
    say.and(words).and(distance(&reading)).and("。")
}

/// Whether nothing is known: nobody entered anything, or there is nothing of which a share or mean could be taken.
pub fn is_unknown(reading: &Reading) -> bool {
    reading.is_unknown() || (reading.indicator.form != Form::Count && reading.denominator == Decimal::ZERO)
}

/// A value with its measure: `146场`, `92.3%（36/39个）`, `46.2岁`.
pub fn value(reading: &Reading) -> String {
    let text = value_text(reading, false);
    let measure = reading.indicator.measure;
    match (reading.indicator.form, reading.permille()) {
        (Form::Share, Some(share)) => format!("{}（{text}{measure}）", format::permille(share)),
        _ => format!("{text}{measure}"),
    }
}

/// How a value moved since an earlier period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// One of the two is not known.
    Unknown,
    /// Not at all.
    Same,
    /// `比上年同期增加23场`.
    By(String),
}

/// How a value moved since an earlier period, whose word is `上年同期`.
pub fn moved(now: &Reading, then: &Reading, word: &str) -> Moved {
    if now.units == 0 || then.units == 0 || is_unknown(then) || is_unknown(now) {
        return Moved::Unknown;
    }
    let Some((change, measure, more, less)) = change(now, then) else {
        return Moved::Unknown;
    };
    let size = |change: Decimal| format!("{}{measure}", show::amount(change));
    match change.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Greater => Moved::By(format!("比{word}{more}{}", size(change))),
        std::cmp::Ordering::Less => Moved::By(format!("比{word}{less}{}", size(Decimal::ZERO - change))),
        std::cmp::Ordering::Equal => Moved::Same,
    }
}

/// What a value gained, its measure, and the words for more and less; shares in points as they are shown.
fn change(now: &Reading, then: &Reading) -> Option<(Decimal, &'static str, &'static str, &'static str)> {
    let measure = now.indicator.measure;
    Some(match now.indicator.form {
        Form::Count => (now.numerator - then.numerator, measure, "增加", "减少"),
        Form::Share => {
            let points = |reading: &Reading| {
                let tenths = reading.permille()?;
                Decimal::parse(&format!("{}.{}", tenths / 10, tenths % 10))
            };
            (points(now)? - points(then)?, "个百分点", "提高", "下降")
        }
        Form::Mean => {
            let text = |reading: &Reading| Decimal::parse(&value_text(reading, true));
            (text(now)? - text(then)?, measure, "增加", "减少")
        }
    })
}

/// `，目标195场，还差49场`; `，已达到目标` where it is reached; nothing without an aim. Of steps on the way the progress comes
/// first: `，进度80.1%，目标100%，还差19.9个百分点` is of one rate, not of the one before.
fn distance(reading: &Reading) -> String {
    let Some(goal) = reading.goal else {
        return String::new();
    };
    if goal.lack() == Decimal::ZERO {
        // A goal of the steps on the way: 0% and 已达到目标 would contradict.
        return if reading.indicator.form != Form::Share || is_own_goal(reading) {
            "，已达到目标"
        } else {
            "，进度已达到要求"
        }
        .to_owned();
    }
    let (asked, distance) = goal_words(reading);
    let asked = asked.replace(' ', "");
    if let Some((progress, lack)) = distance.split_once('，') {
        return format!("，{progress}，目标{asked}，{lack}");
    }
    match asked.starts_with("不超过") {
        true => format!("，要求{asked}，{distance}"),
        false => format!("，目标{asked}，{distance}"),
    }
}
