//! Search by pinyin initials: `sqc` finds 寺前村, and what fits best comes first.
//!
//! The initials stand in `pinyin_letters.txt`: one letter for each place of Unicode's first block of Chinese characters,
//! a dot where none is known. Known are all characters of GB2312 (level 1 by its own order, which is that of pinyin) and
//! of the Table of General Standard Chinese Characters of 2013, with the readings that pinyin-data (MIT) gives them.

use crate::order::Arrange;

/// How well a query fits a text; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the text.
    Whole,
    /// The text begins so.
    Begins,
    /// The text holds it.
    Inside,
}

/// How `query` fits `text`, by its characters or by the letters of its pinyin initials in a row; `None` if it does not.
///
/// Letter case is ignored and so are spaces around the query. An empty query fits everything.
/// In the initials, Latin letters and digits of the text stand for themselves and other signs are skipped,
/// so `k2` finds `K2 网格` and `qjp106` finds `渠江片（106）`. The reading of a surname counts at the beginning only:
/// `o` finds 区某甲 and no 社区.
pub fn fit(query: &str, text: &str) -> Option<Fit> {
    let small = |text: &str| text.chars().map(small).collect::<String>();
    let (query, text) = (small(query.trim()), small(text));
    let place = |at: usize, whole: bool| match at {
        0 if whole => Fit::Whole,
        0 => Fit::Begins,
        _ => Fit::Inside,
    };
    if let Some(at) = text.find(&query) {
        return Some(place(at, query.is_empty() || text.len() == query.len()));
    }
    if !query.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let readings: Vec<(char, u8)> = text.chars().filter_map(|c| Some((c, letter(c)?))).collect();
    let holds = |at: usize, (c, letter): (char, u8), wanted: u8| {
        letter == wanted
            || read_otherwise(&OTHER_READINGS, c, wanted)
            || at == 0 && read_otherwise(&SURNAMES, c, wanted)
    };
    let fits = |at: &usize| {
        let rest = readings.iter().enumerate().skip(*at);
        rest.zip(query.bytes())
            .all(|((at, reading), wanted)| holds(at, *reading, wanted))
    };
    let last = readings.len().checked_sub(query.len())?;
    let at = (0..=last).find(fits)?;
    Some(place(at, last == 0))
}

/// The small letter of a capital one, of the alphabets that lists of here hold: Latin with its accents, full-width
/// Latin, Greek and Cyrillic. The table of all the world's would be four thousand bytes more to fetch.
fn small(c: char) -> char {
    let step = match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' | 'Ａ'..='Ｚ' => 32,
        'Ѐ'..='Џ' => 80,
        'Ā'..='Į' | 'Ŋ'..='Ŷ' => 1 - u32::from(c) % 2,
        'Ĺ'..='Ň' | 'Ź'..='Ž' | 'Ǎ'..='Ǜ' => u32::from(c) % 2,
        _ => 0,
    };
    char::from_u32(u32::from(c) + step).unwrap_or(c)
}

/// True if `query` fits `text`, see [`fit`].
pub fn matches(query: &str, text: &str) -> bool {
    fit(query, text).is_some()
}

/// Those that a query fits, best first: whose name it is, whose name begins so, whose name holds it, whose note holds
/// it; of equals the shorter name, then the order given. `texts` gives name and note. An empty query keeps the order.
pub fn best_first<T>(query: &str, items: impl IntoIterator<Item = T>, texts: impl Fn(&T) -> (&str, &str)) -> Vec<T> {
    let rank = |item: &T| {
        let (name, note) = texts(item);
        let by_name = fit(query, name).map(|fit| fit as usize);
        let rank = by_name.or_else(|| fit(query, note).map(|_| Fit::Inside as usize + 1))?;
        Some((rank, name.chars().count()))
    };
    if query.trim().is_empty() {
        return items.into_iter().collect();
    }
    let ranked = items.into_iter().filter_map(|item| Some((rank(&item)?, item)));
    let mut ranked: Vec<((usize, usize), T)> = ranked.collect();
    ranked.arrange_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, item)| item).collect()
}

/// The pinyin initials of a text, usual readings, in lower case: `寺前村` gives `sqc`.
pub fn initials(text: &str) -> String {
    text.chars().filter_map(letter).map(char::from).collect()
}

/// The letter a character is searched by: its usual reading.
fn letter(c: char) -> Option<u8> {
    if c.is_ascii_alphanumeric() {
        return Some(c.to_ascii_lowercase() as u8);
    }
    if let Some(place) = u32::from(c).checked_sub(FIRST).filter(|place| *place <= LAST - FIRST) {
        let place = place as usize;
        // Each line ends in a line feed.
        return LETTERS
            .as_bytes()
            .get(place + place / LINE)
            .copied()
            .filter(|letter| *letter != b'.');
    }
    RARE.iter().find(|(_, row)| row.contains(c)).map(|(letter, _)| *letter)
}

fn read_otherwise(readings: &[(u8, &str)], c: char, wanted: u8) -> bool {
    readings
        .iter()
        .any(|(letter, row)| *letter == wanted && row.contains(c))
}

/// Usual readings from [`FIRST`] to [`LAST`], [`LINE`] in a line.
const LETTERS: &str = include_str!("pinyin_letters.txt");
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fa5;
const LINE: usize = 128;

/// Second readings that names, places and office words use.
const OTHER_READINGS: [(u8, &str); 16] = [
    (b'b', "陂埔秘"),
    (b'c', "曾重朝种"),
    (b'd', "翟"),
    (b'g', "蛤"),
    (b'h', "蛤行垸"),
    (b'j', "校系隽"),
    (b'k', "会"),
    (b'm', "万"),
    (b'p', "陂埔"),
    (b'q', "覃瞿俟"),
    (b's', "厦参晟泷"),
    (b't', "调覃"),
    (b'w', "圩隗"),
    (b'x', "圩省降行"),
    (b'y', "尉乐"),
    (b'z', "翟长传藏咀"),
];

/// Readings as a surname, where it is not the usual one.
const SURNAMES: [(u8, &str); 14] = [
    (b'b', "秘薄"),
    (b'c', "种单"),
    (b'g', "盖句"),
    (b'h', "黑郝"),
    (b'k', "隗阚"),
    (b'm', "缪万"),
    (b'o', "区"),
    (b'p', "繁朴"),
    (b'q', "仇"),
    (b's', "单召折"),
    (b't', "澹"),
    (b'x', "解洗郗"),
    (b'y', "员尉乐"),
    (b'z', "查翟曾祭"),
];

/// Characters of the standard table outside the first block.
#[rustfmt::skip]
const RARE: [(u8, &str); 23] = [
    (b'a', "𩽾"),
    (b'b', "𠳐𨚕𨭉𫐓𬭛𬷕"),
    (b'c', "㬚㳘䅟䝙䢺䲠𥕢𥻗𫄨𫚖𬊤𬬮𬭚𬺓"),
    (b'd', "㙍䃅䏲䗖𣗋𤧛𨱏𫟼𫢸𫶇𬍡𬘘𬟽𬭊𬱖"),
    (b'e', "𥔲𫫇"),
    (b'f', "㕮㳇𣸣𫓧𫔍𫖯𬴂𬸪"),
    (b'g', "㭎㽏䢼鿍𦙶𨐈𬇹𬒔𬕂"),
    (b'h', "㘎㧑㬊㸌㿠𤩽𨱑𫟹𬌗𬘫𬣳𬤝𬭎𬭤𬭶𬴃"),
    (b'j', "㛃㠇㵐䌹䐃䴔䴖䴗𪟝𫌀𫓯𫓹𫔎𫘝𬂩𬣡𬬱𬯀𬳶𬶋𬶨𬶭"),
    (b'k', "㧟㸆𡐓𩾌𫛭𫠆𫸩"),
    (b'l', "㥄㫰㮾㰀䁖䂮䴕𦝼𪣻𪤗𫘧𫚭𫟅𫭢𫭼𫵷𬍛𬒗𬘭𬜯𬬭𬬻𬭸𬴊𬶟𬶠"),
    (b'm', "㠓鿏𧿹𩾃𫑡𫞩𬙊𬜬𬭁"),
    (b'n', "𦰡𨺙𫐐𫔶𫠜𬪩"),
    (b'o', "𠙶𫭟𬉼"),
    (b'p', "㛹䥽䴙𡎚𬇙𬞟𬭯𬳵"),
    (b'q', "㭕䓖䓛䓫𨙸𨟠𨱇𪨰𬒈𬘬𬨂𬮿"),
    (b'r', "䎃"),
    (b's', "㟃㧐䏡䴓𪨶𫗧𫚕𫟦𫮃𬤊𬬸𬬹𬭼𬳽"),
    (b't', "㛚㻬䗴䣘䲢䴘鿎𦒍𫍣𫘦𫘨𬘩𬯎𬳿𬶍"),
    (b'w', "𣲗𣲘𫇭𫘜𬀩𬇕𬭩𬭬𬱟𬶏"),
    (b'x', "㙦㬎㳚㴔䗛䜣𠅤𤫉𦈡𪾢𫄸𫍯𫍲𫍽𫓶𫘬𫠊𫰛𫷷𬀪𬊈𬍤𬘓𬙋𬣙𬩽𬭳𬶮𬸣𬹼"),
    (b'y', "㑊㙘㶲㺄䓨䲟䶮𪩘𫄧𫄷𫐄𫖮𫖳𫘪𬘡𬙂𬟁𬤇𬨎𬬩𬮱𬸘𬸚𬺈"),
    (b'z', "㑇㤘䃎䎖䏝䓬䗪䦃𥖨𦭜𨱔𫗴𬃊𬘯𬣞𬬿𬶐𬸦"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_of_the_alphabets_that_names_hold_become_small() {
        let kept = |c: char| c.to_lowercase().eq([small(c)]);
        let known = [
            'A'..='ß',
            'Ā'..='Į',
            'Ĺ'..='Ň',
            'Ŋ'..='Ŷ',
            'Ź'..='ſ',
            'Ǎ'..='ǜ',
            'Α'..='ώ',
            'Ѐ'..='џ',
            'Ａ'..='ｚ',
        ];
        assert!(known.into_iter().flatten().all(kept));
        assert!(('\u{2e80}'..='\u{9fff}').all(kept), "Chinese has no capitals");
        assert_eq!(fit("Ｋ２ｗ", "ｋ２Ｗ网格"), Some(Fit::Begins));
    }

    #[test]
    fn initials_of_units() {
        for (name, expected) in [
            ("寺前村", "sqc"),
            ("菖蒲村", "cpc"),
            ("谢家坳村", "xjac"),
            ("十字街社区", "szjsq"),
            ("中津洲社区", "zjzsq"),
            ("渣冲村", "zcc"),
            ("鹿门铺村", "lmpc"),
            ("乌龟石村", "wgsc"),
            ("村（社区）", "csq"),
            ("106国道", "106gd"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn every_letter_has_its_first_character() {
        let firsts = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝";
        assert_eq!(initials(firsts), "abcdefghjklmnopqrstwxyz");
        // The last of each letter in level 1, and the first and last characters of level 2.
        let lasts = "澳怖错堕贰咐过祸骏阔络穆诺沤瀑群弱所唾误迅韵座";
        assert_eq!(initials(lasts), "abcdefghjklmnopqrstwxyz");
        assert_eq!(initials("亍丌兀龠齄黹"), "cjwyzz");
    }

    #[test]
    fn the_table_is_whole() {
        let lines: Vec<&str> = LETTERS.lines().collect();
        let (last, full) = lines.split_last().unwrap();
        assert!(full.iter().all(|line| line.len() == LINE));
        assert_eq!(full.len() * LINE + last.len(), (LAST - FIRST + 1) as usize);
        let known = lines.iter().flat_map(|line| line.bytes()).filter(|b| *b != b'.');
        assert!(known.clone().all(|b| b.is_ascii_lowercase() && !b"iuv".contains(&b)));
        // GB2312 holds 6,763 characters, the standard table some 1,200 more of this block; 卨 of 万俟卨 is in neither.
        assert_eq!(known.count(), 7_955);
    }

    #[test]
    fn names_and_places_of_rare_characters() {
        for (name, queries) in [
            ("李某倩", &["lmq"][..]),
            ("王某妍", &["wmy"]),
            ("闫某甲", &["ymj"]),
            ("佟某乙", &["tmy"]),
            ("闵某丙", &["mmb"]),
            ("丁某瑾", &["dmj"]),
            ("龙垸村", &["lyc"]),
            ("塝上村", &["bsc"]),
            ("畈上村", &["fsc"]),
            ("白圩社区", &["bwsq", "bxsq"]),
            ("陂塘村", &["ptc", "btc"]),
            ("单某甲", &["smj", "dmj"]),
            ("仇某甲", &["qmj"]),
            ("曾某甲", &["zmj"]),
            ("解某甲", &["xmj"]),
            ("查某甲", &["zmj"]),
            ("盖某甲", &["gmj"]),
            ("区某甲", &["omj"]),
            ("𨱏某甲", &["dmj"]),
        ] {
            for query in queries {
                assert_eq!(fit(query, name), Some(Fit::Whole), "{query} {name}");
            }
        }
    }

    #[test]
    fn a_surname_is_read_so_at_the_beginning_only() {
        for query in ["o", "so", "zso"] {
            assert_eq!(fit(query, "中津洲社区"), None, "{query}");
        }
        assert_eq!(fit("sq", "中津洲社区"), Some(Fit::Inside));
    }

    #[test]
    fn what_fits_best_comes_first() {
        let units = [
            ("七星社区", "城中片区"),
            ("中津洲社区", "城中片区"),
            ("洪下村", "寺前片区"),
            ("菖蒲村", "寺前片区"),
            ("寺前村", "寺前片区"),
            ("中津村", "城郊片区"),
        ];
        let names = |query: &str| {
            let found = best_first(query, units, |unit| (unit.0, unit.1));
            found.into_iter().map(|unit| unit.0).collect::<Vec<_>>()
        };
        assert_eq!(names("寺前"), ["寺前村", "洪下村", "菖蒲村"]);
        assert_eq!(names("寺")[0], "寺前村");
        assert_eq!(names("中津"), ["中津村", "中津洲社区"]);
        assert_eq!(names("zj")[0], "中津村");
        assert_eq!(names("sq")[..3], ["寺前村", "七星社区", "中津洲社区"]);
        assert_eq!(names("菖蒲村"), ["菖蒲村"]);
        assert_eq!(names(" ").len(), 6);
        assert_eq!(names(" ")[0], "七星社区");
    }

    #[test]
    fn matches_words_and_initials() {
        for (query, text, expected) in [
            ("sqc", "寺前村", true),
            ("SQ", "寺前村", true),
            (" 前村 ", "寺前村", true),
            ("qc", "寺前村", true),
            ("sc", "寺前村", false),
            ("hmsc", "蛤蟆石村", true),
            ("gmsc", "蛤蟆石村", true),
            ("zjy", "翟建业", true),
            ("djy", "翟建业", true),
            ("", "寺前村", true),
            ("sqcc", "寺前村", false),
            ("k2", "K2 网格", true),
            ("前 村", "寺前村", false),
            ("x", "", false),
        ] {
            assert_eq!(matches(query, text), expected, "{query} in {text}");
        }
    }

    #[test]
    fn all_characters_of_the_unit_names_are_known() {
        let names = "七星社区十字街白泉和平中津洲步行大集桃溪香山碧田开发洪下河菖蒲鹿门铺环城蛤蟆石寺前茅井红\
                     松柏新塘岭浮桥渣肥花陈水冲乌龟谢家坳郭史渡龙背村片";
        for c in names.chars() {
            assert!(letter(c).is_some(), "{c}");
        }
    }
}
