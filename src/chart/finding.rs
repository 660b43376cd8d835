//! Sentences that state what the numbers say, for the titles of charts. Each gives `None` where the data do not
//! carry a finding, so that the caller can say what is missing instead.

use super::number::{number, percent, share, whole_percent, with_unit};

/// A name and its number.
pub type Named<'a> = (&'a str, f64);

/// The greatest value and all names that share it, or with `least` the smallest.
pub fn extreme<'a>(values: &[Named<'a>], least: bool) -> Option<(Vec<&'a str>, f64)> {
    let known = || values.iter().copied().filter(|v| v.1.is_finite());
    let beats = |one: f64, best: f64| if least { one < best } else { one > best };
    let (_, best) = known().reduce(|best, v| if beats(v.1, best.1) { v } else { best })?;
    Some((known().filter(|v| v.1 == best).map(|v| v.0).collect(), best))
}

/// `最大甲 24 场，最小乙和丙，各 1 场`: both ends of a row of values, with words for each.
pub fn ends(values: &[Named<'_>], unit: &str, words: (&str, &str)) -> Option<String> {
    let (most, least) = (extreme(values, false)?, extreme(values, true)?);
    if most.1 == least.1 && most.0.len() > 1 {
        return Some(format!("都是 {}", with_unit(Some(most.1), unit)));
    }
    let end = |word: &str, (names, value): (Vec<&str>, f64)| {
        let said = with_unit(Some(value), unit);
        match names.as_slice() {
            [one] => format!("{word}{one} {said}"),
            few if few.len() <= NAMED => format!("{word}{}，各 {said}", listed(few)),
            many => format!("{word}有 {} 项，各 {said}", many.len()),
        }
    };
    Some(format!("{}，{}", end(words.0, most), end(words.1, least)))
}

/// As many names as a sentence takes; of more it says how many they are, never only some of them.
pub const NAMED: usize = 3;

/// Names in a row: up to three in full, then how many there are.
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one}和{two}"),
        [one, two, three] => format!("{one}、{two}和{three}"),
        [one, two, ..] => format!("{one}、{two}等 {} 个", names.len()),
    }
}

/// `寺前片区夜话场次最多，24 场`; of equals all are named or none. Nothing if all are zero.
pub fn peak(values: &[Named<'_>], what: &str, unit: &str) -> Option<String> {
    let (tied, most) = extreme(values, false).filter(|l| l.1 > 0.0)?;
    let said = with_unit(Some(most), unit);
    Some(match tied.len() {
        1 if values.len() == 1 => format!("{}{what} {said}", tied[0]),
        1 => format!("{}{what}最多，{said}", tied[0]),
        n if n == values.len() => format!("{n} 个{what}相同，各 {said}"),
        n if n <= NAMED => format!("{}{what}最多，各 {said}", listed(&tied)),
        n => format!("{what}最多的有 {n} 个，各 {said}"),
    })
}

/// Most of a step in time below which nothing is called a peak.
const FEW: f64 = 2.0;

/// The steps in time that stand out, and their value: more than two, shared by no more than three and not by all.
pub fn crest(steps: &[Named<'_>]) -> Option<(String, f64)> {
    let (tied, most) = extreme(steps, false).filter(|l| l.1 > FEW)?;
    let stands_out = tied.len() <= NAMED && (tied.len() == 1 || tied.len() < steps.len());
    stands_out.then(|| (listed(&tied), most))
}

/// `前 11 个月比上年同期多 54%`, from the sums of both periods; `period` is the first words of it. Both sums are of the
/// same days of the two years.
pub fn against_last_year(period: &str, now: f64, before: f64) -> Option<String> {
    if !now.is_finite() || !before.is_finite() {
        return None;
    }
    if before == 0.0 {
        return (now > 0.0).then(|| format!("{period}共 {}，上年同期为 0", number(now)));
    }
    let change = (now - before) / before.abs() * 100.0;
    Some(match change {
        0.0 => format!("{period}与上年同期持平"),
        c if c >= 100.0 => format!("{period}是上年同期的 {} 倍", number(now / before)),
        c if c.abs() < 1.0 => format!("{period}与上年同期基本持平"),
        c if c > 0.0 => format!("{period}比上年同期多 {}", percent(c.round())),
        c => format!("{period}比上年同期少 {}", percent(c.abs().round())),
    })
}

/// A month in words, `三月`; empty for what is no month.
pub fn month_word(month: u32) -> &'static str {
    const WORDS: [&str; 12] = [
        "一月",
        "二月",
        "三月",
        "四月",
        "五月",
        "六月",
        "七月",
        "八月",
        "九月",
        "十月",
        "十一月",
        "十二月",
    ];
    (month as usize)
        .checked_sub(1)
        .and_then(|i| WORDS.get(i))
        .copied()
        .unwrap_or("")
}

/// `三月是高峰，截至 11 月 22 日，比上年同期多 55%`: what stands out among the steps of a period, and its sum against that
/// of the same days of the year before; `period` says up to when.
pub fn course(steps: &[Named<'_>], period: &str, sums: Option<(f64, f64)>) -> Option<String> {
    let crest = crest(steps).map(|(names, _)| format!("{names}是高峰"));
    let change = sums.and_then(|(now, before)| against_last_year(period, now, before));
    match (crest, change) {
        (Some(crest), Some(change)) => Some(format!("{crest}，{change}")),
        (one, other) => one.or(other),
    }
}

/// `三至五月最密，占全部场次的 36%`: the densest `span` steps in a row, where no others are as dense and others are left.
pub fn densest(steps: &[Named<'_>], span: usize, what: &str) -> Option<String> {
    let total: f64 = steps.iter().map(|s| s.1).sum();
    if span == 0 || steps.len() <= span || !total.is_finite() {
        return None;
    }
    let sum = |at: usize| steps[at..at + span].iter().map(|s| s.1).sum::<f64>();
    let (mut from, mut is_tied) = (0, false);
    for at in 1..=steps.len() - span {
        is_tied = sum(at) == sum(from) || (is_tied && sum(at) < sum(from));
        if sum(at) > sum(from) {
            from = at;
        }
    }
    if is_tied || sum(from) <= FEW {
        return None;
    }
    let (first, last) = (steps[from].0, steps[from + span - 1].0);
    let name = if span == 1 {
        first.to_owned()
    } else {
        format!("{}至{last}", first.trim_end_matches('月'))
    };
    Some(format!(
        "{name}最密，占全部{what}的 {}",
        whole_percent(sum(from), total)
    ))
}

/// A share in words: `近一半`, `三分之二`, `九成以上`; percent where no plain word is near.
pub fn share_word(part: f64, whole: f64) -> Option<String> {
    let p = share(part, whole)?;
    let word = match p {
        p if p <= 0.0 => "没有",
        p if p >= 100.0 => "全部",
        p if p > 90.0 => "九成以上",
        p if (65.5..=67.5).contains(&p) => "三分之二",
        p if p > 50.0 && p <= 55.0 => "一半多",
        50.0 => "一半",
        p if (45.0..50.0).contains(&p) => "近一半",
        p if (32.5..=34.0).contains(&p) => "三分之一",
        _ => return Some(whole_percent(part, whole)),
    };
    Some(word.to_owned())
}

/// `近一半阵地已建成，7 个待建`: the share of the first part and the count of the last.
pub fn parts(what: &str, parts: &[Named<'_>], unit: &str) -> Option<String> {
    let total: f64 = parts.iter().map(|p| p.1).sum();
    let (first, last) = (parts.first()?, parts.last()?);
    let word = share_word(first.1, total)?;
    let head = if first.1 > 0.0 {
        format!("{word}{what}{}", first.0)
    } else {
        format!("{what}还没有{}的", first.0)
    };
    if parts.len() < 2 || last.1 <= 0.0 {
        return Some(head);
    }
    Some(format!("{head}，{}{}", with_unit(Some(last.1), unit), last.0))
}

/// `从意向到聘用减少最多，15 人`: the steps that lose most.
pub fn largest_loss(steps: &[Named<'_>], unit: &str) -> Option<String> {
    let losses = steps
        .windows(2)
        .map(|w| (format!("从{}到{}", w[0].0, w[1].0), w[0].1 - w[1].1));
    let losses: Vec<(String, f64)> = losses.collect();
    let named: Vec<Named<'_>> = losses.iter().map(|l| (l.0.as_str(), l.1)).collect();
    let (tied, lost) = extreme(&named, false)?;
    let said = with_unit(Some(lost), unit);
    Some(match tied.len() {
        _ if lost <= 0.0 => "各步都没有减少".to_owned(),
        1 => format!("{}减少最多，{said}", tied[0]),
        n if n <= NAMED => format!("{}减少最多，各 {said}", listed(&tied)),
        n => format!("有 {n} 步减少最多，各 {said}"),
    })
}

/// `寺前村五项都高于全镇`, or which stand below: names with own and other value.
pub fn compared(name: &str, other: &str, values: &[(&str, f64, f64)]) -> Option<String> {
    const COUNT: [&str; 11] = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
    let count = |n: usize| COUNT.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned());
    let below: Vec<&str> = values.iter().filter(|v| v.1 < v.2).map(|v| v.0).collect();
    let above = values.iter().filter(|v| v.1 > v.2).count();
    let all = values.len();
    Some(match (all, above, below.len()) {
        (0, ..) => return None,
        (_, a, 0) if a == all => format!("{name}{}项都高于{other}", count(all)),
        (_, _, 0) => format!("{name}{}项都不低于{other}", count(all)),
        (_, _, b) if b == all => format!("{name}{}项都低于{other}", count(all)),
        _ => format!("{name}{}低于{other}，其余不低", listed(&below)),
    })
}

/// `圈舍改造偏慢，其余按计划`: names and whether each is behind.
pub fn pace(tasks: &[(&str, bool)]) -> Option<String> {
    let slow: Vec<&str> = tasks.iter().filter(|t| t.1).map(|t| t.0).collect();
    Some(match (tasks.len(), slow.len()) {
        (0, _) => return None,
        (all, 0) => format!("{all} 项都按计划"),
        (all, s) if s == all => format!("{all} 项都偏慢"),
        (_, 1) => format!("{}偏慢，其余按计划", slow[0]),
        (_, s) => format!("{s} 项偏慢，其余按计划"),
    })
}

/// `大专以上提高最多，由 28% 到 51%`: names with the value before and after, in percent.
pub fn largest_rise(pairs: &[(&str, f64, f64)]) -> Option<String> {
    let rises: Vec<Named<'_>> = pairs.iter().map(|p| (p.0, p.2 - p.1)).collect();
    let (tied, rise) = extreme(&rises, false)?;
    if rise <= 0.0 {
        return Some("各项都没有提高".to_owned());
    }
    let best = pairs.iter().find(|p| p.0 == tied[0])?;
    Some(match tied.len() {
        1 => format!("{}提高最多，由 {} 到 {}", best.0, percent(best.1), percent(best.2)),
        n if n <= NAMED => format!("{}提高最多，各 {} 个百分点", listed(&tied), number(rise)),
        n => format!("有 {n} 项提高最多，各 {} 个百分点", number(rise)),
    })
}

/// `11 个片区中场次最多`, `高于平均 13.3 场`: where one stands among its peers. No ranks.
pub fn among(values: &[Named<'_>], chosen: &str, peers: &str, what: &str, unit: &str) -> Option<String> {
    let own = values.iter().find(|v| v.0 == chosen)?.1;
    let others: Vec<f64> = values
        .iter()
        .filter(|v| v.0 != chosen && v.1.is_finite())
        .map(|v| v.1)
        .collect();
    if others.is_empty() || !own.is_finite() {
        return None;
    }
    let all = others.len() + 1;
    if others.iter().all(|o| *o < own) {
        return Some(format!("{all} 个{peers}中{what}最多"));
    }
    if others.iter().all(|o| *o > own) {
        return Some(format!("{all} 个{peers}中{what}最少"));
    }
    let mean = (others.iter().sum::<f64>() + own) / all as f64;
    let said = with_unit(Some(mean), unit);
    Some(match own {
        o if o > mean => format!("{what}高于平均 {said}"),
        o if o < mean => format!("{what}低于平均 {said}"),
        _ => format!("{what}与平均相同，{said}"),
    })
}

/// `11 个村两项都达到，4 个村都未达到`: by whether each reaches the first and the second threshold.
pub fn corners(reached: &[(bool, bool)], what: &str) -> Option<String> {
    let both = reached.iter().filter(|r| r.0 && r.1).count();
    let none = reached.iter().filter(|r| !r.0 && !r.1).count();
    match reached.len() {
        0 => None,
        all if both == all => Some(format!("{all} 个{what}两项都达到")),
        _ if none == 0 => Some(format!("{both} 个{what}两项都达到，其余达到一项")),
        _ => Some(format!("{both} 个{what}两项都达到，{none} 个{what}都未达到")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_and_its_ties() {
        let say = |v: &[Named<'_>]| peak(v, "夜话场次", "场").unwrap_or_default();
        assert_eq!(
            say(&[("寺前片区", 24.0), ("中津片区", 15.0)]),
            "寺前片区夜话场次最多，24 场"
        );
        assert_eq!(
            say(&[("甲", 13.0), ("乙", 13.0), ("丙", 1.0)]),
            "甲和乙夜话场次最多，各 13 场"
        );
        let five = [("甲", 2.0), ("乙", 2.0), ("丙", 2.0), ("丁", 2.0), ("戊", 1.0)];
        assert_eq!(
            say(&five),
            "夜话场次最多的有 4 个，各 2 场",
            "some of the equal ones are not named"
        );
        assert_eq!(peak(&[("甲", 0.0)], "夜话", "场"), None);
        assert_eq!(peak(&[], "夜话", "场"), None);
    }

    fn months(values: &[f64]) -> Vec<Named<'static>> {
        (1..).zip(values).map(|(m, v)| (month_word(m), *v)).collect()
    }

    #[test]
    fn the_course_of_a_period_against_the_year_before() {
        let now = months(&[6., 14., 21., 18., 13., 11., 9., 12., 15., 16., 11.]);
        let say = |steps: &[Named<'_>], sums| course(steps, "截至 11 月 22 日，", sums).unwrap_or_default();
        assert_eq!(
            say(&now, Some((146.0, 94.0))),
            "三月是高峰，截至 11 月 22 日，比上年同期多 55%"
        );
        assert_eq!(say(&now, None), "三月是高峰");
        let tied = months(&[1., 4., 4., 2.]);
        assert_eq!(
            say(&tied, Some((11.0, 10.0))),
            "二月和三月是高峰，截至 11 月 22 日，比上年同期多 10%"
        );
        // Four months of three each, and months of two at most, have no peak.
        assert_eq!(say(&months(&[3., 3., 3., 3., 1.]), None), "");
        assert_eq!(say(&months(&[3., 3.]), None), "");
        assert_eq!(
            say(&months(&[2., 1., 0.]), Some((3.0, 3.0))),
            "截至 11 月 22 日，与上年同期持平"
        );
    }

    /// What equals the largest is never passed over, in words for reading either.
    #[test]
    fn both_ends_name_all_or_none() {
        let say = |v: &[Named<'_>]| ends(v, "场", ("最大", "最小")).unwrap_or_default();
        assert_eq!(say(&[("甲", 3.0), ("乙", 1.0)]), "最大甲 3 场，最小乙 1 场");
        assert_eq!(
            say(&[("甲", 3.0), ("乙", 3.0), ("丙", 1.0)]),
            "最大甲和乙，各 3 场，最小丙 1 场"
        );
        assert_eq!(say(&[("甲", 3.0), ("乙", 3.0)]), "都是 3 场");
        let many = [("甲", 0.0), ("乙", 0.0), ("丙", 0.0), ("丁", 0.0), ("戊", 1.0)];
        assert_eq!(say(&many), "最大戊 1 场，最小有 4 项，各 0 场");
        assert_eq!(ends(&[], "场", ("最大", "最小")), None);
        let losses = [("甲", 9.0), ("乙", 6.0), ("丙", 3.0)];
        assert_eq!(
            largest_loss(&losses, "人").as_deref(),
            Some("从甲到乙和从乙到丙减少最多，各 3 人")
        );
        let rises = [("甲", 10.0, 20.0), ("乙", 30.0, 40.0), ("丙", 1.0, 2.0)];
        assert_eq!(largest_rise(&rises).as_deref(), Some("甲和乙提高最多，各 10 个百分点"));
    }

    #[test]
    fn change_is_said_plainly() {
        let say = |now, before| against_last_year("前 3 个月", now, before).unwrap_or_default();
        assert_eq!(say(10.0, 10.0), "前 3 个月与上年同期持平");
        assert_eq!(say(8.0, 10.0), "前 3 个月比上年同期少 20%");
        assert_eq!(say(25.0, 10.0), "前 3 个月是上年同期的 2.5 倍");
        assert_eq!(say(1001.0, 1000.0), "前 3 个月与上年同期基本持平");
        assert_eq!(say(5.0, 0.0), "前 3 个月共 5，上年同期为 0");
        assert_eq!(against_last_year("全年", 0.0, 0.0), None);
        assert_eq!(against_last_year("全年", f64::NAN, 1.0), None);
    }

    #[test]
    fn the_densest_months() {
        let year = months(&[6., 14., 21., 18., 13., 11., 9., 12., 15., 16., 11.]);
        assert_eq!(
            densest(&year, 3, "场次").as_deref(),
            Some("二至四月最密，占全部场次的 36%")
        );
        assert_eq!(densest(&year, 1, "场次").as_deref(), Some("三月最密，占全部场次的 14%"));
        assert_eq!(densest(&months(&[0.0; 12]), 3, "场次"), None);
        assert_eq!(densest(&year, 11, "场次"), None, "the whole is no part");
        assert_eq!(
            densest(&months(&[4., 4., 1., 4., 4.]), 2, "场次"),
            None,
            "two stretches are alike"
        );
        assert_eq!(
            densest(&months(&[4., 4., 1., 5., 4.]), 2, "场次").as_deref(),
            Some("四至五月最密，占全部场次的 50%")
        );
    }

    #[test]
    fn parts_of_a_whole() {
        let say = |list: &[Named<'_>]| parts("阵地", list, "个").unwrap_or_default();
        let three = [("已建成", 19.0), ("提档中", 13.0), ("待建", 7.0)];
        assert_eq!(say(&three), "近一半阵地已建成，7 个待建");
        assert_eq!(say(&[("已建成", 39.0), ("待建", 0.0)]), "全部阵地已建成");
        assert_eq!(say(&[("已建成", 0.0), ("待建", 3.0)]), "阵地还没有已建成的，3 个待建");
        assert_eq!(parts("阵地", &[], "个"), None);
        assert_eq!(share_word(2.0, 3.0).as_deref(), Some("三分之二"));
        assert_eq!(share_word(1.0, 4.0).as_deref(), Some("25%"));
    }

    #[test]
    fn losses_pace_and_rises() {
        let steps = [("意向", 46.0), ("聘用", 31.0), ("千人计划", 17.0)];
        assert_eq!(
            largest_loss(&steps, "人").as_deref(),
            Some("从意向到聘用减少最多，15 人")
        );
        assert_eq!(
            largest_loss(&[("甲", 1.0), ("乙", 1.0)], "人").as_deref(),
            Some("各步都没有减少")
        );
        assert_eq!(largest_loss(&steps[..1], "人"), None);
        assert_eq!(
            pace(&[("圈舍改造", true), ("入户", false)]).as_deref(),
            Some("圈舍改造偏慢，其余按计划")
        );
        assert_eq!(pace(&[("甲", false), ("乙", false)]).as_deref(), Some("2 项都按计划"));
        assert_eq!(pace(&[]), None);
        let pairs = [("大专以上", 28.0, 51.0), ("女性", 13.0, 18.0)];
        assert_eq!(largest_rise(&pairs).as_deref(), Some("大专以上提高最多，由 28% 到 51%"));
    }

    #[test]
    fn one_against_the_others() {
        let all = [("筑梦", 94.0, 85.0), ("头雁", 97.0, 88.0)];
        assert_eq!(
            compared("寺前村", "全镇", &all).as_deref(),
            Some("寺前村两项都高于全镇")
        );
        let some = [("筑梦", 94.0, 85.0), ("头雁", 80.0, 88.0)];
        assert_eq!(
            compared("寺前村", "全镇", &some).as_deref(),
            Some("寺前村头雁低于全镇，其余不低")
        );
        let dots = [("寺前", 24.0), ("中津", 15.0), ("渣桥", 9.0)];
        let say = |one| among(&dots, one, "片区", "场次", "场").unwrap_or_default();
        assert_eq!(say("寺前"), "3 个片区中场次最多");
        assert_eq!(say("中津"), "场次低于平均 16 场");
        assert_eq!(say("渣桥"), "3 个片区中场次最少");
        assert_eq!(among(&dots, "无", "片区", "场次", "场"), None);
        let reached = [(true, true), (true, false), (false, false)];
        assert_eq!(
            corners(&reached, "村").as_deref(),
            Some("1 个村两项都达到，1 个村都未达到")
        );
    }
}
