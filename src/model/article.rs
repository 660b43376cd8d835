//! 与文章核对: every figure of the article, its quote, and the value computed from records (docs/requirements.md §4).

use super::date::Day;
use super::ledger::{Schema, TypedRow as _};
use super::records::{Records, rows};
use super::value::Decimal;
use crate::model::engine::indicator::{Indicator, Period, Reading, Scope};
use crate::model::programmes;
use crate::model::programmes::base::indicators as base;
use crate::model::programmes::dream::indicators as dream;
use crate::model::programmes::evaluate;
use crate::model::programmes::lead::indicators as lead;
use crate::model::programmes::seedling::indicators as seedling;
use crate::model::programmes::town::ledgers::{Assessment, AssessmentScope, District, Leader};
use crate::model::programmes::town::rules::WINDOW_START;
use crate::order::Arrange;

/// One figure of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Stable id.
    pub id: &'static str,
    /// Row of the mechanism table.
    pub row: &'static str,
    /// What is counted.
    pub label: &'static str,
    /// Words of the article.
    pub quote: &'static str,
    /// What the article says.
    pub expected: String,
    /// What the records say; empty where there are none.
    pub computed: String,
    /// Indicator behind the figure; empty where a ledger is.
    pub indicator: &'static str,
    /// Ledger in which the records stand.
    pub ledger: &'static str,
}

impl Figure {
    /// Whether article and records agree; nothing can be said where nothing was entered.
    pub fn matches(&self) -> Option<bool> {
        (!self.computed.is_empty()).then(|| self.expected == self.computed)
    }
}

/// How a figure is computed.
struct Reader<'a> {
    records: &'a dyn Records,
    as_of: Day,
    since: Day,
}

impl Reader<'_> {
    /// Counted in the window since the start event.
    fn window(&self, indicator: &'static Indicator) -> Option<Reading> {
        let period = Period::Since(self.since);
        let reading = evaluate(indicator, self.records, period, self.as_of, &Scope::Town);
        let entered = |ledger: &'static Schema| {
            let mut some = false;
            self.records.visit(ledger, None, &mut |_| some = true);
            some
        };
        indicator.reads.iter().copied().any(entered).then_some(reading)
    }

    fn part(&self, indicator: &'static Indicator, key: &str) -> String {
        self.window(indicator)
            .map_or(String::new(), |r| r.amount(key).to_string())
    }

    fn numerator(&self, indicator: &'static Indicator) -> String {
        self.window(indicator)
            .map_or(String::new(), |r| r.numerator.to_string())
    }

    /// A comparison of two parts that are averages or shares: `下降`, `提升`, `未变` or empty.
    fn trend(&self, before: &str, after: &str) -> String {
        let reading = self.window(&lead::STRUCTURE);
        let mean = |key: &str| {
            reading
                .as_ref()
                .and_then(|r| r.part(key))
                .and_then(crate::model::engine::indicator::Part::mean)
        };
        match mean(before).zip(mean(after)) {
            Some((b, a)) if a < b => "下降".to_string(),
            Some((b, a)) if a > b => "提升".to_string(),
            Some(_) => "未变".to_string(),
            None => String::new(),
        }
    }
}

/// A line before it is computed.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static Indicator>,
    &'static str,
);

/// Id, row, label, quote, expected, indicator, ledger.
#[rustfmt::skip]
static LINES: [Line; 25] = [
    ("units", "G4", "村（社区）", "39个村(社区)", "39", None, "unit"),
    ("villages", "G4", "村", "全镇28个村", "28", None, "unit"),
    ("communities", "G4", "社区", "39个村(社区)、全镇28个村", "11", None, "unit"),
    ("districts", "T11", "片区", "全镇划分11个片区", "11", None, "district"),
    ("leaders", "T12", "联系片区的班子成员", "由11个班子成员联系", "11", None, "leader"),
    ("bay", "Z8", "湾子夜话", "“湾子夜话”84场", "84", Some(&dream::NIGHT_TALKS), "night_talk"),
    ("star", "Z8", "星空夜话", "“星空夜话”62场", "62", Some(&dream::NIGHT_TALKS), "night_talk"),
    ("talks", "Z8", "夜话合计", "84场、62场", "146", Some(&dream::NIGHT_TALKS), "night_talk"),
    ("plans", "Z13", "定稿的工作计划", "最终形成工作计划39个", "39", Some(&dream::ANNUAL_PLAN), "plan"),
    ("secretaries", "T3", "书记", "选优配强村(社区)党组织书记39人", "39", Some(&lead::SECRETARIES), "secretary"),
    ("age", "T4", "书记平均年龄", "平均年龄下降了", "下降", Some(&lead::STRUCTURE), "secretary"),
    ("education", "T5", "书记学历", "学历整体提升了", "提升", Some(&lead::STRUCTURE), "secretary"),
    ("training", "T18", "2022年3月5日培训到会", "组织39个村(社区)党组织书记开展党务工作培训", "39", Some(&lead::TRAINING), "attendance"),
    ("built", "Q2", "已建成新阵地", "已建成使用的19个新阵地", "19", Some(&base::CENTRES), "centre"),
    ("built_both", "Q6", "两项都完成的新阵地", "全部完成红色宣传上墙、周边环境优化", "19", Some(&base::CENTRES), "centre"),
    ("upgrading", "Q4", "提档中的原有阵地", "13个原有阵地正在进行部分“提档”", "13", Some(&base::CENTRES), "centre"),
    ("planned", "Q7", "待建阵地", "7个待建阵地已经按计划推进", "7", Some(&base::CENTRES), "centre"),
    ("herbs", "Q13", "有中药材基地的村", "18个村…各新建一个百亩中药材基地", "18", Some(&base::HERBS), "project"),
    ("large_herbs", "Q14", "千亩基地", "寺前村新建千亩黄精基地", "1", Some(&base::HERBS), "project"),
    ("industry", "Q11", "有产业项目的村", "每村至少有一个产业项目", "28", Some(&base::INDUSTRY), "project"),
    ("income_low", "Q16", "集体经济过5万元的村", "全镇28个村集体经济全部过5万元", "28", Some(&base::INCOME), "income"),
    ("income_high", "Q17", "集体经济过10万元的村", "11个村集体经济过10万元", "11", Some(&base::INCOME), "income"),
    ("zero_groups", "M4", "零党员村民小组", "全面消除零党员村民小组", "0", Some(&seedling::ZERO_GROUPS), "group"),
    ("reserve", "M17", "后备干部", "已储备村(社区)后备干部50人", "50", Some(&seedling::RESERVE), "reserve"),
    ("assessment", "G5", "2021年全县党建考核", "2021年全县党建考核被评为优秀", "优秀", None, "assessment"),
];

/// Computes every figure on a day; night talks and plans are counted since the start event of the settings.
pub fn figures(records: &dyn Records, as_of: Day) -> Vec<Figure> {
    let reader = Reader {
        records,
        as_of,
        since: WINDOW_START.get(&programmes::settings(records)).unwrap_or(as_of),
    };
    LINES
        .iter()
        .map(|&(id, row, label, quote, expected, indicator, ledger)| Figure {
            id,
            row,
            label,
            quote,
            expected: expected.to_string(),
            computed: compute(&reader, id, indicator),
            indicator: indicator.map_or("", |i| i.id),
            ledger,
        })
        .collect()
}

fn compute(reader: &Reader, id: &str, indicator: Option<&'static Indicator>) -> String {
    let count = |n: usize| n.to_string();
    let some = |n: usize| if n == 0 { String::new() } else { count(n) };
    match id {
        "units" => some(programmes::roster(reader.records, reader.as_of).units.len()),
        "villages" | "communities" => {
            let frame = programmes::roster(reader.records, reader.as_of);
            count(
                frame
                    .units
                    .iter()
                    .filter(|u| u.community == (id == "communities"))
                    .count(),
            )
        }
        "districts" => some(rows::<District>(reader.records).len()),
        "leaders" => some(leaders(reader)),
        "age" => reader.trend("age_before", "age_after"),
        "education" => reader.trend("college_before", "college_after"),
        "training" => trained(reader),
        "assessment" => assessment(reader),
        _ => indicator.map_or_else(String::new, |indicator| match id {
            "bay" | "star" | "upgrading" | "planned" | "built" | "built_both" => reader.part(indicator, id),
            "large_herbs" => reader.part(indicator, "large"),
            "income_low" => reader.part(indicator, "low"),
            "income_high" => reader.part(indicator, "high"),
            _ => reader.numerator(indicator),
        }),
    }
}

/// Leaders in contact with a district on the day, one to one.
fn leaders(reader: &Reader) -> usize {
    let serving = |l: &Leader| {
        let began = l.since().is_none_or(|d| d <= reader.as_of);
        began && l.until().is_none_or(|d| d > reader.as_of) && l.district().is_some()
    };
    let found = rows::<Leader>(reader.records);
    let mut districts: Vec<&str> = found
        .iter()
        .filter(|l| serving(l))
        .filter_map(|l| l.district())
        .collect();
    districts.arrange();
    districts.dedup();
    districts.len()
}

/// Attendance of the training of 2022-03-05 (T18).
fn trained(reader: &Reader) -> String {
    let Some(day) = Day::new(2022, 3, 5) else {
        return String::new();
    };
    let reading = evaluate(&lead::TRAINING, reader.records, Period::Since(day), day, &Scope::Town);
    if reading.is_unknown() || reading.records().next().is_none() {
        return String::new();
    }
    let all = reading.numerator == reading.denominator && reading.numerator > Decimal::ZERO;
    if all {
        reading.numerator.to_string()
    } else {
        format!("{}/{}", reading.numerator, reading.denominator)
    }
}

fn assessment(reader: &Reader) -> String {
    let field = Assessment::LEDGER.field("level");
    let row = rows::<Assessment>(reader.records)
        .into_iter()
        .find(|a| !AssessmentScope::Unit.is(a.scope()) && a.year() == Some(2021));
    let level = row.and_then(|a| a.level());
    level.map_or(String::new(), |code| {
        field.and_then(|f| f.choice(code)).map_or(code, |c| c.label).to_string()
    })
}
