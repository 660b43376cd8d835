//! Documents that were written: their parts, the order of their elements, and how LibreOffice lays them out.

use office::paper::{Block, Paper, Picture, Table};
use office::write_paper;
use std::io::{Cursor, Read};
use std::process::Command;

/// One black point.
const PNG: [u8; 67] = [
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58, 126, 155,
    85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 96, 0, 0, 0, 2, 0, 1, 72, 175, 164, 113, 0, 0, 0, 0, 73, 69, 78, 68,
    174, 66, 96, 130,
];

fn sample() -> Paper {
    let text = |text: &str| text.to_owned();
    Paper {
        title: text("汇报 & <试>"),
        times: true,
        one_page: false,
        blocks: vec![
            Block::Title(text("关于五项工程的汇报")),
            Block::Number(text("天镇党〔2026〕12号")),
            Block::Addressee(text("中共崇阳县委组织部")),
            Block::Heading(1, text("一、总体情况")),
            Block::Heading(2, text("（一）筑梦工程")),
            Block::Heading(3, text("1.夜话")),
            Block::Heading(4, text("（1）湾子夜话")),
            Block::Text(text("“湾子夜话”84场——全镇……<b>&\u{1}")),
            Block::Table(Table {
                head: vec![text("村（社区）"), text("夜话"), text("说明")],
                widths: vec![2, 1, 3],
                rows: vec![vec![text("寺前村"), text("3"), text("")], vec![text("河田村")]],
                centred: vec![false, true],
                room: 90,
            }),
            Block::Picture(Picture {
                png: PNG.to_vec(),
                width: 9_999,
                height: 500,
                caption: text("图"),
            }),
            Block::Lines(2),
            Block::Attachments(vec![text("名单"), text("统计表")]),
            Block::Signature(text("中共天城镇委员会"), 7),
            Block::Date(text("2026年11月28日")),
            Block::Page,
            Block::Annex(text("名单")),
            Block::Break,
            Block::Title(text("第二份")),
        ],
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    let mut part = archive.by_name(name).expect(name);
    part.read_to_string(&mut text).expect("a text");
    text
}

/// Names of the elements within each element called `name`, in order.
fn inside(xml: &str, name: &str) -> Vec<Vec<String>> {
    let (open, close) = (format!("<w:{name}>"), format!("</w:{name}>"));
    let within = xml
        .split(&open)
        .skip(1)
        .map(|rest| rest.split(&close).next().unwrap_or_default());
    within
        .map(|inner| {
            let (mut depth, mut names) = (0, Vec::new());
            for tag in inner.split('<').skip(1) {
                if tag.starts_with('/') {
                    depth -= 1;
                    continue;
                }
                if depth == 0 {
                    names.push(tag.split([' ', '/', '>']).next().unwrap_or_default().to_owned());
                }
                if !tag.split('>').next().unwrap_or_default().ends_with('/') {
                    depth += 1;
                }
            }
            names
        })
        .collect()
}

/// Orders of ECMA-376 part 1, 17.3.1.26, 17.3.2.28, 17.4.59, 17.4.69 and 17.6.17, as far as they are used.
const ORDERS: [(&str, &[&str]); 5] = [
    (
        "pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:pageBreakBefore",
            "w:widowControl",
            "w:pBdr",
            "w:autoSpaceDE",
            "w:autoSpaceDN",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:sectPr",
        ],
    ),
    ("rPr", &["w:rFonts", "w:spacing", "w:sz", "w:szCs", "w:lang"]),
    (
        "tblPr",
        &["w:tblW", "w:jc", "w:tblBorders", "w:tblLayout", "w:tblCellMar"],
    ),
    ("tcPr", &["w:tcW", "w:vAlign"]),
    (
        "sectPr",
        &[
            "w:footerReference",
            "w:footerReference",
            "w:pgSz",
            "w:pgMar",
            "w:pgNumType",
        ],
    ),
];

#[test]
fn elements_stand_in_the_order_of_the_standard() {
    let bytes = write_paper(&sample()).expect("a document");
    for file in [
        "word/document.xml",
        "word/styles.xml",
        "word/footer1.xml",
        "word/footer2.xml",
    ] {
        let xml = part(&bytes, file);
        for (name, order) in ORDERS {
            for found in inside(&xml, name) {
                let places: Vec<usize> = found
                    .iter()
                    .map(|own| {
                        order
                            .iter()
                            .position(|known| known == own)
                            .unwrap_or_else(|| panic!("{file}: {own} in {name}"))
                    })
                    .collect();
                assert!(places.is_sorted(), "{file}: {name} holds {found:?}");
            }
        }
        assert!(!xml.contains("Theme"), "{file} names a face of a theme");
    }
    let settings = part(&bytes, "word/settings.xml");
    let at = |name: &str| settings.find(name).expect(name);
    assert!(at("w:defaultTabStop") < at("w:evenAndOddHeaders") && at("w:evenAndOddHeaders") < at("w:compat>"));
}

#[test]
fn the_page_is_that_of_the_norm() {
    let bytes = write_paper(&sample()).expect("a document");
    let document = part(&bytes, "word/document.xml");
    // 37, 26, 35 and 28 mm, to a twentieth of a point.
    assert!(document.contains(
        r#"<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587""#
    ));
    assert!(document.contains(
        r#"<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>"#
    ));
    let (odd, even) = (part(&bytes, "word/footer1.xml"), part(&bytes, "word/footer2.xml"));
    assert!(odd.contains(r#"<w:ind w:right="280"/><w:jc w:val="right"/>"#) && odd.contains(" PAGE "));
    assert!(even.contains(r#"<w:ind w:left="280"/><w:jc w:val="left"/>"#) && even.contains(" PAGE "));
    let styles = part(&bytes, "word/styles.xml");
    assert!(styles.contains(r#"w:line="579" w:lineRule="exact""#), "28.95 pt");
    for face in ["方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"] {
        assert!(styles.contains(&format!("w:eastAsia=\"{face}\"")), "{face}");
    }
    assert!(styles.contains(r#"w:ascii="Times New Roman""#));
    let plain = Paper {
        times: false,
        ..sample()
    };
    let styles = part(&write_paper(&plain).expect("a document"), "word/styles.xml");
    assert!(!styles.contains("Times New Roman") && styles.contains(r#"w:ascii="仿宋_GB2312""#));
}

#[test]
fn tables_have_a_grid_and_widths_that_fill_the_line() {
    let document = part(&write_paper(&sample()).expect("a document"), "word/document.xml");
    assert!(document.contains(r#"<w:tblW w:w="8845" w:type="dxa"/>"#));
    assert!(
        document.contains(
            r#"<w:tblGrid><w:gridCol w:w="2948"/><w:gridCol w:w="1474"/><w:gridCol w:w="4423"/></w:tblGrid>"#
        )
    );
    assert_eq!(2_948 + 1_474 + 4_423, 8_845);
    assert_eq!(document.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(document.matches("<w:cantSplit/>").count(), 3);
    // A row that says less has its cells all the same.
    assert_eq!(document.matches("<w:tcW ").count(), 9);
}

#[test]
fn signs_of_both_scripts_take_the_chinese_face_and_markup_stays_text() {
    let document = part(&write_paper(&sample()).expect("a document"), "word/document.xml");
    let hinted = |sign: &str| {
        document.contains(&format!(
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{sign}</w:t></w:r>"
        ))
    };
    assert!(hinted("“") && hinted("”") && hinted("——") && hinted("……"));
    assert!(document.contains("&lt;b&gt;&amp;</w:t>"));
    // What is wider than the text is made as wide.
    assert!(document.contains(&format!("cx=\"{}\"", 8_845 * 635)));
    assert!(document.contains("附件：1. 名单") && document.contains("　　　2. 统计表"));
    // Each of two papers counts its pages from one.
    assert_eq!(document.matches("<w:pgNumType w:start=\"1\"/>").count(), 2);
    // 7 half characters of 15.75 pt.
    assert!(document.contains(r#"<w:pStyle w:val="Signature"/><w:ind w:right="1099"/>"#));
    // 9 mm.
    assert_eq!(
        document
            .matches(r#"<w:trHeight w:val="510" w:hRule="atLeast"/>"#)
            .count(),
        2
    );
    assert_eq!(document.matches(r#"<w:pStyle w:val="TableMiddle"/>"#).count(), 2);
}

/// A new page of the same paper goes on counting; another paper does not.
#[test]
fn a_new_page_is_no_new_paper() {
    let paper = Paper {
        blocks: vec![
            Block::Text("甲".to_owned()),
            Block::Page,
            Block::Text("附件".to_owned()),
        ],
        ..Paper::default()
    };
    let document = part(&write_paper(&paper).expect("a document"), "word/document.xml");
    assert_eq!(document.matches("<w:br w:type=\"page\"/>").count(), 1);
    assert_eq!(document.matches("<w:pgNumType").count(), 1);
    if let Some(found) = pages("attachment", &paper) {
        assert_eq!(found, 2);
    }
}

#[test]
fn the_same_paper_has_the_same_bytes() {
    assert_eq!(write_paper(&sample()), write_paper(&sample()));
}

/// Pages that LibreOffice makes of a paper; `None` where there is no LibreOffice for texts.
fn pages(name: &str, paper: &Paper) -> Option<usize> {
    let folder = std::env::temp_dir().join(format!("paper-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).ok()?;
    let file = folder.join("paper.docx");
    std::fs::write(&file, write_paper(paper).expect("a document")).ok()?;
    let ran = ["soffice", "libreoffice"].into_iter().find_map(|program| {
        let mut command = Command::new(program);
        command.arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ));
        command.args(["--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir"]);
        command.arg(&folder).arg(&file).output().ok()
    });
    let pdf = std::fs::read(folder.join("paper.pdf"));
    let _ = std::fs::remove_dir_all(&folder);
    ran?;
    let pdf = pdf.ok()?;
    let found = pdf.windows(11).filter(|w| w == b"/Type/Page/").count();
    Some(found)
}

/// GB/T 9704—2012, 5.2.2: a full page has 22 lines of 28 characters.
#[test]
fn a_full_page_has_22_lines_of_28_characters() {
    let lines = |lines: Vec<String>| Paper {
        blocks: lines.into_iter().map(Block::Text).collect(),
        ..Paper::default()
    };
    // The first line of a paragraph has 26 characters, its indent two.
    let full = |characters: usize| lines(vec!["党".repeat(characters)]);
    let most = 22 * 28 - 2;
    let Some(found) = pages("full", &full(most)) else {
        println!("no LibreOffice for texts here");
        return;
    };
    assert_eq!(found, 1, "22 × 28 characters fit one page");
    assert_eq!(pages("more", &full(most + 1)), Some(2), "one more begins another");
    assert_eq!(pages("lines", &lines(vec!["党".repeat(26); 22])), Some(1));
    assert_eq!(pages("lines-more", &lines(vec!["党".repeat(26); 23])), Some(2));
    assert_eq!(
        pages("wide", &lines(vec!["党".repeat(27); 12])),
        Some(2),
        "27 characters need two lines"
    );
    assert_eq!(pages("sample", &sample()), Some(3));
}
