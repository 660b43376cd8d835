//! Papers as a browser prints them and as LibreOffice lays them out: margins, page numbers, what stays together.
//!
//! Where no Chromium, LibreOffice or poppler is installed, that part says so and is passed over.

mod rows_support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::programmes::sample::{SampleOptions, sheet};
use tiancheng::model::records::Sheet;
use tiancheng::view::paper::block::{Block, Body, Paper, Run};
use tiancheng::view::paper::docx;
use tiancheng::view::paper::ground::Asked;
use tiancheng::view::paper::html::document;
use tiancheng::view::paper::kinds::{by_id, make};
use tiancheng::view::paper::pen::Pen;

/// A word with its place on a page, in points from the upper left.
#[derive(Clone, Debug)]
struct Word {
    page: usize,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    text: String,
}

/// Points in millimetres.
fn mm(length: f64) -> f64 {
    length * 72.0 / 25.4
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("papers-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The words of a PDF; `None` without poppler.
fn words(pdf: &Path) -> Option<Vec<Word>> {
    let out = Command::new("pdftotext")
        .args(["-bbox"])
        .arg(pdf)
        .arg("-")
        .output()
        .ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    let mut page = 0;
    let mut all = Vec::new();
    for line in text.lines() {
        page += usize::from(line.contains("<page "));
        let Some(rest) = line.trim().strip_prefix("<word ") else {
            continue;
        };
        let value = |name: &str| -> f64 {
            let after = rest.split(&format!("{name}=\"")).nth(1).unwrap_or_default();
            after.split('"').next().and_then(|n| n.parse().ok()).unwrap_or_default()
        };
        let text = rest.split('>').nth(1).and_then(|t| t.split('<').next());
        all.push(Word {
            page,
            left: value("xMin"),
            top: value("yMin"),
            right: value("xMax"),
            bottom: value("yMax"),
            text: text.unwrap_or_default().to_owned(),
        });
    }
    (!all.is_empty()).then_some(all)
}

/// The words of a paper as Chromium prints it.
fn printed(name: &str, paper: &Paper) -> Option<Vec<Word>> {
    let folder = folder(name);
    let (page, pdf) = (folder.join("paper.html"), folder.join("paper.pdf"));
    fs::write(&page, document(paper)).expect("a page");
    let ran = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .any(|program| {
            let mut command = Command::new(program);
            command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]);
            command.arg(format!("--user-data-dir={}", folder.join("profile").display()));
            command.arg(format!("--print-to-pdf={}", pdf.display())).arg(&page);
            command.output().is_ok_and(|out| out.status.success())
        });
    let found = if ran { words(&pdf) } else { None };
    let _ = fs::remove_dir_all(&folder);
    if found.is_none() {
        println!("no Chromium or poppler here");
    }
    found
}

/// The same as LibreOffice lays out the document.
fn laid_out(name: &str, paper: &Paper) -> Option<Vec<Word>> {
    let folder = folder(name);
    let file = folder.join("paper.docx");
    let bytes = office::write_paper(&docx::plain(paper, &|_| None)).expect("a document");
    fs::write(&file, bytes).expect("a file");
    let mut command = Command::new("soffice");
    command.arg(format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    ));
    command.args(["--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir"]);
    let ran = command.arg(&folder).arg(&file).output().is_ok();
    let found = if ran { words(&folder.join("paper.pdf")) } else { None };
    let _ = fs::remove_dir_all(&folder);
    if found.is_none() {
        println!("no LibreOffice or poppler here");
    }
    found
}

fn made(kind: &str, records: &Sheet, scope: Scope) -> Paper {
    let asked = Asked {
        scope,
        period: Period::Month(Day::parse("2022-11-22").expect("a day").month()),
        today: Day::parse("2022-11-22").expect("a day"),
        record: None,
        personal: false,
    };
    make(by_id(kind).expect(kind), records, &asked).unwrap_or_else(|why| panic!("{kind}: {why}"))
}

/// Whether a word belongs to the number of a page: `—` or a count between them.
fn is_number(word: &Word, bottom: f64) -> bool {
    (word.top + word.bottom) / 2.0 > bottom
}

/// Every word within the type area of the norm: 37 mm above, 26 right, 35 below, 28 left; page numbers below it.
fn within_the_norm(all: &[Word], what: &str) {
    let (top, bottom) = (mm(37.0), mm(297.0 - 35.0));
    let (left, right) = (mm(28.0), mm(210.0 - 26.0));
    let pages = all.iter().map(|w| w.page).max().unwrap_or_default();
    for word in all.iter().filter(|word| !is_number(word, bottom)) {
        // The box of a word is that of its face, higher than its line: its middle is judged.
        let middle = (word.top + word.bottom) / 2.0;
        // LibreOffice lets a sign at the end of a line hang into the margin.
        let hangs = if word.text.ends_with(['，', '。', '、', '；', '：', '）', '”']) {
            17.0
        } else {
            1.5
        };
        let inside = word.left >= left - 1.5 && word.right <= right + hangs;
        assert!(inside && top < middle && middle < bottom, "{what}: {word:?}");
    }
    for page in 1..=pages {
        let number: String = all
            .iter()
            .filter(|word| word.page == page && is_number(word, bottom))
            .map(|word| word.text.as_str())
            .collect();
        assert!(number.contains('—'), "{what}: page {page} has no number: {number}");
    }
}

/// The numbers of the pages, in their order, and whether each stands in the right half.
fn numbers(all: &[Word]) -> Vec<(String, bool)> {
    let bottom = mm(297.0 - 35.0);
    let pages = all.iter().map(|w| w.page).max().unwrap_or_default();
    let of = |page: usize| {
        let own: Vec<&Word> = all
            .iter()
            .filter(|word| word.page == page && is_number(word, bottom))
            .collect();
        let digits = own
            .iter()
            .flat_map(|word| word.text.chars())
            .filter(char::is_ascii_digit);
        (digits.collect(), own.iter().all(|word| word.left > mm(105.0)))
    };
    (1..=pages).map(of).collect()
}

#[test]
fn a_report_keeps_the_margins_and_numbers_its_pages_outside() {
    let records = sheet(&SampleOptions::default());
    let report = made("report", &records, Scope::Town);
    for (what, all) in [
        ("Chromium", printed("report", &report)),
        ("LibreOffice", laid_out("report-docx", &report)),
    ] {
        let Some(all) = all else { continue };
        within_the_norm(&all, what);
        let numbers = numbers(&all);
        assert!(numbers.len() >= 3, "{what}: {numbers:?}");
        for (at, (number, is_right)) in numbers.iter().enumerate() {
            assert_eq!(*number, (at + 1).to_string(), "{what}");
            assert_eq!(*is_right, at % 2 == 0, "{what}: odd pages right, even ones left");
        }
    }
}

/// GB/T 9704—2012, 5.2.2: a full page has 22 lines of 28 characters, as a browser prints it; for the document
/// `office/tests/paper.rs` counts the same.
#[test]
fn a_full_page_has_22_lines_of_28_characters() {
    let paper = |characters: usize| {
        let mut pen = Pen::default();
        pen.text("t", "党".repeat(characters));
        Paper {
            blocks: pen.done(),
            ..Paper::default()
        }
    };
    // The first line has an indent of two.
    let most = 22 * 28 - 2;
    let Some(all) = printed("full", &paper(most + 1)) else {
        return;
    };
    let lines = |page: usize| -> Vec<usize> {
        let own = all.iter().filter(|word| word.page == page && word.text.contains('党'));
        own.map(|word| word.text.chars().count()).collect()
    };
    let mut first = vec![28; 22];
    first[0] = 26;
    assert_eq!(lines(1), first);
    assert_eq!(lines(2), [1], "one more begins another page");
}

/// The picture of a report stands below what it shows, not alone on the next sheet: its caption holds on to nothing below.
#[test]
fn a_picture_goes_where_it_fits() {
    let report = made("report", &sheet(&SampleOptions::default()), Scope::Town);
    let Some(all) = printed("picture", &report) else { return };
    let page = |text: &str| all.iter().find(|word| word.text.contains(text)).map(|word| word.page);
    assert_eq!((page("五项工程进度（%）"), page("工作进展")), (Some(1), Some(2)));
}

/// Slips of a district: each counts its pages from one.
#[test]
fn each_paper_of_a_batch_counts_its_pages_from_one() {
    let records = sheet(&SampleOptions::default());
    let slips = made("supervision", &records, Scope::Town);
    let titles = slips.blocks.iter().filter(|b| matches!(b.body, Body::Title(_))).count();
    assert!(titles >= 3, "{titles}");
    for (what, all) in [
        ("Chromium", printed("slips", &slips)),
        ("LibreOffice", laid_out("slips-docx", &slips)),
    ] {
        let Some(all) = all else { continue };
        let numbers = numbers(&all);
        let firsts = numbers.iter().filter(|(number, _)| number == "1").count();
        assert_eq!(firsts, titles, "{what}: {numbers:?}");
        assert_eq!(numbers.len(), titles, "{what}: a slip is a page");
    }
}

/// A table that nearly fills a page takes its last rows along to the signature.
#[test]
fn a_signature_is_never_alone() {
    let paper = |count: usize| {
        let mut pen = Pen::default();
        pen.title("甲");
        let row = |at: usize| vec![Run::plain(format!("R{at}.")), Run::plain("乙")];
        pen.table("t", &["名", "值"], &[1, 1], (1..=count).map(row).collect());
        pen.signed("中共天城镇委员会", "2022年11月22日");
        Paper {
            blocks: pen.done(),
            ..Paper::default()
        }
    };
    let mut turned = 0;
    for count in [24, 26, 28] {
        for (what, all) in [
            ("Chromium", printed(&format!("rows-{count}"), &paper(count))),
            ("LibreOffice", laid_out(&format!("rows-docx-{count}"), &paper(count))),
        ] {
            let Some(all) = all else { continue };
            let page = |text: &str| all.iter().find(|word| word.text.contains(text)).map(|word| word.page);
            let (last, signed) = (page(&format!("R{count}.")), page("委员会"));
            assert_eq!(last, signed, "{what}: {count} rows");
            turned += usize::from(signed == Some(2));
        }
    }
    println!("{turned} of them on a second page");
}

/// Blank rows of an inspection are high enough for the pen.
#[test]
fn rows_for_the_pen_have_room_in_print() {
    let rows: Vec<Vec<Run>> = (0..3)
        .map(|at| vec![Run::plain(format!("R{at}.")), Run::plain("\n\n\n")])
        .collect();
    let mut pen = Pen::default();
    pen.table("t", &["日期", "意见"], &[1, 2], rows);
    let paper = Paper {
        blocks: pen.done(),
        ..Paper::default()
    };
    assert!(matches!(
        paper.blocks.as_slice(),
        [Block {
            body: Body::Table(_),
            ..
        }]
    ));
    let Some(all) = printed("pen", &paper) else { return };
    let top = |text: &str| all.iter().find(|word| word.text.contains(text)).map(|word| word.top);
    let (Some(first), Some(second)) = (top("R0."), top("R1.")) else {
        panic!("{all:?}");
    };
    assert!(second - first >= mm(15.0), "{}", second - first);
}

/// The note of an attachment stands above the signature, the attachment on a page of its own.
#[test]
fn an_attachment_is_named_above_the_signature() {
    let records = sheet(&SampleOptions::default());
    let reminder = made("reminder", &records, Scope::Town);
    let at = |is: fn(&Body) -> bool| reminder.blocks.iter().position(|b| is(&b.body)).expect("a block");
    let noted = at(|body| matches!(body, Body::Attachments(_)));
    let signed = at(|body| matches!(body, Body::Signature(_)));
    let page = at(|body| matches!(body, Body::Page));
    let table = at(|body| matches!(body, Body::Table(_)));
    assert!(noted < signed && signed < page && page < table);
    for all in [printed("reminder", &reminder), laid_out("reminder-docx", &reminder)]
        .into_iter()
        .flatten()
    {
        let numbers: Vec<String> = numbers(&all).into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, ["1", "2"]);
        let place = |text: &str| all.iter().find(|word| word.text.contains(text)).map(|word| word.page);
        assert_eq!((place("附件："), place("渣冲村")), (Some(1), Some(2)));
    }
}
