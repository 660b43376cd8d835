//! Names of sheets: at most 31 UTF-16 units, none of `[]:*?/\`, no two alike whatever their case.

/// Longest name, in UTF-16 units.
const LONGEST: usize = 31;

/// Legal and distinct names in the same order.
pub fn legal<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        let name = distinct(name, &all);
        all.push(name);
    }
    all
}

/// A legal name that none of the others is.
pub fn distinct(name: &str, others: &[String]) -> String {
    let clean: String = name
        .chars()
        .map(|c| match c {
            '[' => '（',
            ']' => '）',
            ':' => '：',
            '?' => '？',
            '/' | '\\' | '*' => '-',
            c => c,
        })
        .filter(|c| !c.is_control())
        .collect();
    let clean = clean.trim().trim_matches('\'').trim();
    // Excel keeps this name for itself.
    let taken = |name: &str| {
        let same = |other: &String| other.to_lowercase() == name.to_lowercase();
        name.is_empty() || name.eq_ignore_ascii_case("history") || others.iter().any(same)
    };
    let clean = if clean.is_empty() { "表" } else { clean };
    let mut found = cut(clean, LONGEST);
    let mut number = 2;
    while taken(&found) {
        let tail = format!("({number})");
        found = cut(clean, LONGEST - tail.len()) + &tail;
        number += 1;
    }
    found
}

fn cut(name: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= most
    };
    let cut: String = name.chars().take_while(fits).collect();
    cut.trim_end_matches(['\'', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_and_distinct() {
        let long = "天城镇村（社区）党组织书记后备干部培养情况登记一览表（二〇二二年）";
        let names = [
            "天城/镇[试]",
            "",
            "a",
            "A",
            "'村'",
            "History",
            long,
            long,
            "𫠆𫠆𫠆𫠆𫠆𫠆𫠆𫠆𫠆𫠆𫠆𫠆𫠆𫠆𫠆𫠆",
            "\u{1}",
        ];
        let found = legal(names.into_iter());
        assert_eq!(found[..6], ["天城-镇（试）", "表", "a", "A(2)", "村", "History(2)"]);
        assert_eq!(found[6], long.chars().take(31).collect::<String>());
        assert_eq!(found[7], long.chars().take(28).collect::<String>() + "(2)");
        assert_eq!(found[8].encode_utf16().count(), 30);
        assert_eq!(found[9], "表(2)");
    }
}
