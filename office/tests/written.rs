//! Files that were written: read back they hold the same cells, and their bytes are what WPS and Excel 2010 ask for.

use office::book::{Book, Cell, State};
use office::sheet::{Column, Heading, Kind, Line, Look, Out, Sheet};
use office::{read, write};
use std::io::{Cursor, Read};
use std::process::Command;

fn heading(text: &str) -> Heading {
    Heading {
        text: text.to_owned(),
        columns: 1,
        rows: 1,
    }
}

/// A sheet with a column of each kind, titles, marks, and rows of these cells.
fn sheet(rows: Vec<Vec<Out>>) -> Sheet {
    let column = |kind| Column {
        kind,
        ..Column::default()
    };
    Sheet {
        name: "后备干部/名册[试]".to_owned(),
        title: "天城镇村（社区）后备干部名册".to_owned(),
        lines: vec!["单位：天城镇党建办　　制表日期：2022年11月22日".to_owned()],
        marks: vec!["reserve".to_owned(), "name".to_owned()],
        head: vec![["姓名", "人数", "金额（万元）", "占比", "日期"].map(heading).to_vec()],
        columns: [Kind::Text, Kind::Whole, Kind::Decimal, Kind::Percent, Kind::Day]
            .map(column)
            .to_vec(),
        rows: rows
            .into_iter()
            .map(|cells| Line {
                cells,
                look: Look::Plain,
            })
            .collect(),
        ..Sheet::default()
    }
}

fn hostile() -> Vec<String> {
    let longest = "字".repeat(32_767);
    [
        "=1+1",
        "+5%",
        "-甲",
        "@甲",
        "\t甲",
        "=HYPERLINK(\"http://a\",\"b\")",
        "0012",
        "1E5",
        "1e400",
        "13800001001",
        "421223100208",
        "甲\n乙\n",
        " 甲 ",
        "\u{3000}",
        "'01",
        "<b>&amp;\"'",
        "]]>",
        "_x000D_",
        "_x005F_x000D_",
        "_x",
        "a_x0041_b",
        "㙍𨱏㳇𫠆😀",
        "\u{200b}村\u{feff}",
        "TRUE",
        "#N/A",
        "2022-03-05",
        "1.0",
        "http://a/b",
        "mailto:a@b",
        &longest,
        "\u{7f}\u{85}",
        "مرحبا",
        "é\u{301}",
    ]
    .iter()
    .map(|text| (*text).to_owned())
    .collect()
}

fn rows_of(book: &Book, at: usize) -> Vec<Vec<Cell>> {
    let rows = book.sheets[at].rows.iter();
    rows.map(|row| row.cells.clone()).collect()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn hostile_texts_come_back_as_they_were() {
    let texts = hostile();
    let rows = texts
        .iter()
        .map(|text| vec![Out::Text(text.clone()), Out::Text(text.clone())]);
    let book = read(&write(&[sheet(rows.collect())]).unwrap()).unwrap();
    let found = rows_of(&book, 0);
    assert_eq!(found.len(), 4 + texts.len() - 1, "the row of blanks alone is none");
    let texts = texts.iter().filter(|text| !text.trim().is_empty());
    for (row, wanted) in found[4..].iter().zip(texts) {
        assert_eq!(row[..], [text(wanted), text(wanted)]);
    }
}

#[test]
fn numbers_days_and_what_stands_above() {
    let number = |text: &str| Out::Number(text.to_owned());
    let rows = vec![
        vec![
            Out::Text("甲".into()),
            number("12"),
            number("0.3"),
            number("0.593"),
            Out::Day("2022-03-05".into()),
        ],
        vec![
            Out::Problem("乙".into()),
            number("-3"),
            number("110.1234"),
            Out::Empty,
            Out::Day("1900-01-01".into()),
        ],
        vec![
            Out::Empty,
            number("123456789012345678"),
            number("很多"),
            Out::Empty,
            Out::Day("待定".into()),
        ],
    ];
    let mut sheet = sheet(rows);
    sheet.rows[1].look = Look::Total;
    sheet.blank_rows = 5;
    let book = read(&write(&[sheet]).unwrap()).unwrap();
    let table = &book.sheets[0];
    assert_eq!(table.name, "后备干部-名册（试）");
    assert!(table.rows[2].hidden && table.rows.iter().filter(|row| row.hidden).count() == 1);
    assert_eq!(table.rows[2].cells, [text("reserve"), text("name")]);
    assert_eq!(table.merges.len(), 2);
    let rows = rows_of(&book, 0);
    assert_eq!(rows[3], ["姓名", "人数", "金额（万元）", "占比", "日期"].map(text));
    let number = |text: &str| Cell::Number(text.to_owned());
    let share = Cell::Formatted("0.593".to_owned(), "0.0%".to_owned());
    assert_eq!(
        rows[4],
        [
            text("甲"),
            number("12"),
            number("0.3"),
            share,
            Cell::Day("2022-03-05".into())
        ]
    );
    assert_eq!(
        rows[5],
        [
            text("乙"),
            number("-3"),
            number("110.1234"),
            Cell::Empty,
            text("1900-01-01")
        ]
    );
    // A number that a spreadsheet would round is written as text, which is not taken in again.
    assert_eq!(
        rows[6],
        [Cell::Empty, Cell::Refused, text("很多"), Cell::Empty, text("待定")]
    );
    assert_eq!(rows.len(), 7);
}

#[test]
fn headings_of_two_rows_and_several_sheets() {
    let span = |text: &str, columns, rows| Heading {
        text: text.to_owned(),
        columns,
        rows,
    };
    let mut first = sheet(Vec::new());
    first.head = vec![
        vec![span("姓名", 1, 2), span("收入", 3, 1), span("日期", 1, 2)],
        vec![span("人数", 1, 1), span("金额", 1, 1), span("占比", 1, 1)],
    ];
    let mut hidden = sheet(Vec::new());
    hidden.hidden = true;
    let book = read(&write(&[hidden, first]).unwrap()).unwrap();
    assert_eq!(book.sheets[0].state, State::Hidden);
    assert_eq!(book.sheets[1].name, "后备干部-名册（试）(2)");
    let rows = rows_of(&book, 1);
    assert_eq!(
        rows[3],
        [
            text("姓名"),
            text("收入"),
            Cell::Merged(4, 1),
            Cell::Merged(4, 1),
            text("日期")
        ]
    );
    let second = [
        Cell::Merged(4, 0),
        text("人数"),
        text("金额"),
        text("占比"),
        Cell::Merged(4, 4),
    ];
    assert_eq!(rows[4], second);
}

#[test]
fn a_text_that_no_cell_holds_is_refused_with_its_row() {
    for long in ["字".repeat(32_768), "𫠆".repeat(16_384)] {
        let told = write(&[sheet(vec![vec![Out::Text(long)]])]).unwrap_err();
        assert!(told.contains("第 5 行"), "{told}");
    }
    assert!(write(&[sheet(vec![vec![Out::Text("𫠆".repeat(16_383))]])]).is_ok());
    assert!(write(&[]).is_err());
}

/// A part of a written workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn form() -> Sheet {
    let mut form = sheet(vec![vec![Out::Text("甲".into())], vec![Out::Problem("乙".into())]]);
    form.blank_rows = 20;
    form.columns[0].choices = (0..100).map(|number| format!("第{number}村")).collect();
    form.columns[1].hint = "到会人数".repeat(100);
    form.columns[2].choices = vec!["是".to_owned(), "否".to_owned()];
    form.columns[3].required = true;
    form
}

#[test]
fn rules_of_columns_stand_in_the_sheet() {
    let bytes = write(&[form()]).unwrap();
    let page = part(&bytes, "xl/worksheets/sheet1.xml");
    for wanted in [
        "<formula1>'选项'!$A$1:$A$100</formula1>",
        "sqref=\"A5:A26\"",
        "<formula1>\"是,否\"</formula1>",
        "showInputMessage=\"1\"",
        "type=\"containsBlanks\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "topLeftCell=\"A5\"",
        "paperSize=\"9\"",
        "第 &amp;P 页，共 &amp;N 页",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    let book = read(&bytes).unwrap();
    assert_eq!((&*book.sheets[1].name, book.sheets[1].state), ("选项", State::Hidden));
    assert_eq!(book.sheets[1].rows.len(), 100);
    let names = part(&bytes, "xl/workbook.xml");
    assert!(names.contains("Print_Titles") && names.contains("$4:$4"), "{names}");
}

/// Elements of a worksheet in the order of ECMA-376, part 1, 18.3.1.99.
const ORDER: &[&str] = &[
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

#[test]
fn elements_stand_in_the_order_of_the_standard() {
    let bytes = write(&[form()]).unwrap();
    let page = part(&bytes, "xl/worksheets/sheet1.xml");
    let mut reader = quick_xml::Reader::from_str(&page);
    reader.config_mut().expand_empty_elements = true;
    let (mut depth, mut last, mut seen) = (0, 0, 0);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => {
                if depth == 1 {
                    let name = tag.name().0.to_owned();
                    let at = ORDER.iter().position(|known| *known == name);
                    let at = at.unwrap_or_else(|| panic!("{name} is no element of a worksheet"));
                    assert!(at >= last, "{name} stands too late");
                    last = at;
                    seen += 1;
                }
                depth += 1;
            }
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(seen >= 13, "{seen}");
}

#[test]
fn the_archive_is_one_that_every_program_opens() {
    let bytes = write(&[form()]).unwrap();
    let u16_at = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
    let u32_at = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let end = bytes.windows(4).rposition(|part| part == b"PK\x05\x06").unwrap();
    assert_eq!(end + 22, bytes.len(), "no comment");
    for mark in [b"PK\x06\x06", b"PK\x06\x07"] {
        assert!(
            !bytes[end.saturating_sub(100)..].windows(4).any(|part| part == mark),
            "zip64"
        );
    }
    let (count, mut at) = (u16_at(end + 10), u32_at(end + 16) as usize);
    let mut names = Vec::new();
    for _ in 0..count {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let lengths = [28, 30, 32].map(|of| usize::from(u16_at(at + of)));
        let local = u32_at(at + 42) as usize;
        assert_eq!(&bytes[local..local + 4], b"PK\x03\x04");
        for flags in [u16_at(at + 8), u16_at(local + 6)] {
            assert_eq!(flags & 0b1001, 0, "no data descriptor, no password");
        }
        assert!(
            u16_at(at + 6) <= 20 && u16_at(local + 4) <= 20,
            "needs nothing newer than version 2.0"
        );
        assert_eq!((u16_at(at + 30), u16_at(local + 28)), (0, 0), "no extra fields");
        assert!(u32_at(at + 20) != u32::MAX && u32_at(at + 24) != u32::MAX);
        names.push(String::from_utf8(bytes[at + 46..at + 46 + lengths[0]].to_vec()).unwrap());
        at += 46 + lengths.iter().sum::<usize>();
    }
    for wanted in [
        "[Content_Types].xml",
        "docProps/app.xml",
        "docProps/core.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
    ] {
        assert!(names.iter().any(|name| name == wanted), "{wanted} in {names:?}");
    }
    let styles = part(&bytes, "xl/styles.xml");
    assert!(
        styles.contains("<name val=\"宋体\"/>") && !styles.contains("<scheme"),
        "{styles}"
    );
}

/// The cells of a CSV that LibreOffice made of a workbook.
fn through_libreoffice(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    let program = ["soffice", "libreoffice"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok())?;
    let folder = std::env::temp_dir().join(format!("office-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("form.xlsx");
    std::fs::write(&file, bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    // Cells as they are shown, in UTF-8, every text in quotes.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true";
    let done = Command::new(program)
        .args([&*profile, "--headless", "--convert-to", filter, "--outdir"])
        .args([&folder, &file])
        .output()
        .unwrap();
    let csv = std::fs::read_to_string(folder.join("form.csv"));
    std::fs::remove_dir_all(&folder).unwrap();
    let csv = csv.unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&done.stderr)));
    Some(office::text::rows(&csv).into_iter().map(|row| row.cells).collect())
}

/// Texts that a spreadsheet may take for something else.
const HOSTILE: [&str; 9] = [
    "=1+1",
    "+5%",
    "-甲",
    "@甲",
    "0012",
    "1E5",
    "13800001001",
    "甲,\"乙\"",
    "㙍𫠆😀",
];

/// Those texts, each with numbers and a day beside it.
fn hostile_rows() -> Vec<Vec<Out>> {
    let row = |text: &&str| {
        vec![
            Out::Text((*text).to_owned()),
            Out::Number("12".to_owned()),
            Out::Number("110.7".to_owned()),
            Out::Number("0.593".to_owned()),
            Out::Day("2022-03-05".to_owned()),
        ]
    };
    HOSTILE.iter().map(row).collect()
}

#[test]
fn libreoffice_shows_the_same_values() {
    let Some(found) = through_libreoffice(&write(&[sheet(hostile_rows())]).unwrap()) else {
        println!("LibreOffice is not here: not tried");
        return;
    };
    for (row, text) in found[4..].iter().zip(HOSTILE) {
        assert_eq!(row[..], [text, "12", "110.7", "59.3%", "2022-03-05"]);
    }
    assert_eq!(found.len(), 4 + HOSTILE.len());
}

/// What openpyxl reads: its values by row, as JSON.
fn through_openpyxl(bytes: &[u8]) -> Option<serde_json::Value> {
    const SCRIPT: &str = "import io, json, sys, openpyxl\n\
        book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()))\n\
        rows = book.worksheets[0].iter_rows(values_only=True)\n\
        told = lambda v: v if v is None or isinstance(v, (str, int, float)) else v.strftime('%Y-%m-%d')\n\
        print(json.dumps([[told(v) for v in row] for row in rows]))";
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut run = Command::new(python)
        .args(["-c", SCRIPT])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .ok()?;
    std::io::Write::write_all(&mut run.stdin.take()?, bytes).ok();
    let done = run.wait_with_output().ok()?;
    let told = String::from_utf8_lossy(&done.stderr);
    if told.contains("No module named") {
        return None;
    }
    assert!(done.status.success(), "{told}");
    Some(serde_json::from_slice(&done.stdout).expect("JSON"))
}

#[test]
fn openpyxl_reads_the_same_values() {
    let Some(found) = through_openpyxl(&write(&[sheet(hostile_rows())]).unwrap()) else {
        println!("openpyxl is not here: not tried");
        return;
    };
    // The hidden row of marks, if any, stands above the headings.
    let rows = found.as_array().expect("rows");
    let from = rows.len() - HOSTILE.len();
    for (row, text) in rows[from..].iter().zip(HOSTILE) {
        assert_eq!(*row, serde_json::json!([text, 12, 110.7, 0.593, "2022-03-05"]));
    }
}

/// Sixty columns on one page across would be letters that nobody reads.
#[test]
fn a_wide_sheet_is_printed_on_several_pages() {
    let sheet = |columns: usize| Sheet {
        name: "汇总表".to_owned(),
        title: "天城镇汇总表".to_owned(),
        head: vec![
            (0..columns)
                .map(|at| Heading {
                    text: format!("指标{at}"),
                    columns: 1,
                    rows: 1,
                })
                .collect(),
        ],
        columns: vec![Column::default(); columns],
        rows: vec![Line {
            cells: vec![Out::Text("寺前村".to_owned()); columns],
            look: Look::Plain,
        }],
        ..Sheet::default()
    };
    let narrow = write(&[sheet(8)]).unwrap();
    let wide = write(&[sheet(60)]).unwrap();
    assert!(
        !part(&narrow, "xl/worksheets/sheet1.xml").contains("fitToWidth"),
        "one is the rule"
    );
    let page = part(&wide, "xl/worksheets/sheet1.xml");
    assert!(
        page.contains("fitToWidth=\"3\""),
        "{}",
        &page[page.find("<pageSetup").unwrap()..]
    );
    // Whose row it is stands on each.
    assert!(part(&wide, "xl/workbook.xml").contains("$A:$A"));
    assert!(!part(&narrow, "xl/workbook.xml").contains("$A:$A"));
}
