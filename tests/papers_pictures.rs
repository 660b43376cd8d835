//! The pictures of the papers: `UPDATE_DOCS=1 cargo test --test papers_pictures` draws `docs/pictures/papers/` anew, as Chromium
//! prints the sample town; a person looks at them. Otherwise it is checked that every kind has its picture.

mod rows_support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::programmes::sample::{SampleOptions, sheet};
use tiancheng::model::records::Sheet;
use tiancheng::view::paper::block::Paper;
use tiancheng::view::paper::ground::Asked;
use tiancheng::view::paper::html::document;
use tiancheng::view::paper::kinds::{all, by_id, make};

/// Sheets of a paper that are drawn, and dots in an inch.
const MOST: usize = 3;
const DOTS: &str = "70";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures/papers")
}

/// The sample with members on the steps at which nobody of it stands on its day.
fn town() -> Sheet {
    let mut town = sheet(&SampleOptions::default());
    let file = |id: &str, name: &str| {
        rec!(
            "development",
            id,
            unit = "421223100207",
            name = name,
            sex = "female",
            birth = "1996-04",
            education = "bachelor",
            applied = "2020-03-02",
            talked = "2020-03-20",
            chosen = "2020-09-10",
            inspected = "2022-03-10",
            mentors = "示例党员甲、示例党员乙",
            proposed = "2022-09-20",
        )
    };
    let with = |mut draft, fields: &[(&str, &str)]| {
        for (field, value) in fields {
            let value = match value.parse::<i64>() {
                Ok(number) => tiancheng::model::value::Value::Int(number),
                Err(_) => tiancheng::model::value::Value::text(*value),
            };
            rows_support::set(&mut draft, field, value);
        }
        draft
    };
    let trained = [
        ("consented", "2022-09-26"),
        ("noticed", "2022-10-14"),
        ("notice_result", "clear"),
        ("sponsored", "2022-10-17"),
        ("vetted", "2022-10-20"),
        ("vet_result", "pass"),
        ("trained", "2022-10-28"),
        ("train_hours", "24"),
        ("examined", "2022-11-04"),
    ];
    let accepted = [
        ("proposed", "2021-09-20"),
        ("prechecked", "2021-10-20"),
        ("form_filled", "2021-10-25"),
        ("voted", "2021-11-15"),
        ("approved", "2021-12-01"),
        ("requested", "2022-11-10"),
    ];
    let checked = with(file("p3", "示例发展对象丙"), &trained);
    town.drafts.extend([
        file("p1", "示例发展对象甲"),
        with(file("p2", "示例发展对象乙"), &trained),
        with(checked, &[("prechecked", "2022-11-15")]),
        with(file("p4", "示例预备党员丁"), &accepted),
    ]);
    town
}

/// What a kind of paper is drawn of: of the whole town, or of the record named here.
fn asked(kind: &str) -> Asked {
    let today = Day::parse("2022-11-22").expect("a day");
    let record = match kind {
        "talk" => "night_talk-25-6",
        "matter-decision" | "matter-result" => "matter-29-2",
        "plan" => "plan-06-2",
        "sign-in" => "training-6",
        "secretary" => "secretary-20-2",
        "leader" => "leader-01",
        "report-candidate" => "p1",
        "precheck" => "p2",
        "notice-accept" => "p3",
        "notice-confirm" => "p4",
        "blank" => "night_talk",
        _ => "",
    };
    let scope = match kind {
        "centre" => Scope::Unit("421223100002".to_owned()),
        _ => Scope::Town,
    };
    Asked {
        scope,
        period: Period::Month(today.month()),
        today,
        record: (!record.is_empty()).then(|| record.to_owned()),
        personal: false,
    }
}

fn papers() -> Vec<(&'static str, &'static str, Paper)> {
    let town = town();
    let paper = |id: &str| make(by_id(id).expect(id), &town, &asked(id)).unwrap_or_else(|why| panic!("{id}: {why}"));
    all().map(|kind| (kind.id, kind.label, paper(kind.id))).collect()
}

/// A grey picture, a byte a dot.
struct Grey {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

/// Reads a portable grey map.
fn pgm(bytes: &[u8]) -> Grey {
    let mut at = 0;
    let mut word = || {
        let rest = &bytes[at..];
        let length = rest.iter().position(u8::is_ascii_whitespace).expect("a head");
        at += length + 1;
        String::from_utf8_lossy(&rest[..length]).into_owned()
    };
    assert_eq!(word(), "P5");
    let (width, height): (usize, usize) = (word().parse().expect("a width"), word().parse().expect("a height"));
    assert_eq!(word(), "255");
    Grey {
        width,
        height,
        dots: bytes[at..].to_vec(),
    }
}

/// Sheets beside each other as a PNG of sixteen greys.
fn png(sheets: &[Grey]) -> Vec<u8> {
    let width: usize = sheets.iter().map(|sheet| sheet.width).sum();
    let height = sheets.iter().map(|sheet| sheet.height).max().unwrap_or_default();
    let mut rows = Vec::new();
    for y in 0..height {
        let line = sheets.iter().flat_map(|sheet| {
            let row = sheet.dots.get(y * sheet.width..(y + 1) * sheet.width);
            row.map_or_else(|| vec![255; sheet.width], <[u8]>::to_vec)
        });
        let line: Vec<u8> = line.map(|dot| ((u16::from(dot) * 15 + 127) / 255) as u8).collect();
        rows.push(0);
        rows.extend(
            line.chunks(2)
                .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(15)),
        );
    }
    let number = |value: usize| u32::try_from(value).expect("a small picture").to_be_bytes();
    let mut head = [number(width), number(height)].concat();
    head.extend([4, 0, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [
        (b"IHDR", head),
        (b"IDAT", miniz_oxide::deflate::compress_to_vec_zlib(&rows, 9)),
        (b"IEND", Vec::new()),
    ] {
        out.extend(number(data.len()));
        let checked = [name.as_slice(), &data].concat();
        out.extend(&checked);
        out.extend(crc(&checked).to_be_bytes());
    }
    out
}

/// The checksum of a part of a PNG.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 }
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// Prints a paper; its first sheets, and how many there are.
fn sheets(id: &str, paper: &Paper) -> (Vec<Grey>, usize) {
    let folder = std::env::temp_dir().join(format!("pictures-{}-{id}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let (page, pdf) = (folder.join("paper.html"), folder.join("paper.pdf"));
    fs::write(&page, document(paper)).expect("a page");
    let mut chromium = Command::new("chromium");
    chromium.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]);
    chromium.arg(format!("--user-data-dir={}", folder.join("profile").display()));
    chromium.arg(format!("--print-to-pdf={}", pdf.display())).arg(&page);
    chromium.output().expect("Chromium");
    Command::new("pdftoppm")
        .args(["-gray", "-r", DOTS])
        .args([&pdf, &folder.join("sheet")])
        .output()
        .expect("poppler");
    let mut names: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    names.retain(|name| name.extension().is_some_and(|ending| ending == "pgm"));
    names.sort();
    let shown = names
        .iter()
        .take(MOST)
        .map(|name| pgm(&fs::read(name).expect("a sheet")))
        .collect();
    let _ = fs::remove_dir_all(&folder);
    (shown, names.len())
}

const HEAD: &str = "# Papers, as they print

The sample town on 22 November 2022 as Chromium prints it, with members on the steps of development at which nobody of it stands:
`UPDATE_DOCS=1 cargo test --test papers_pictures` draws all of it anew. Faces that were not at hand are replaced by Noto, whose
digits are wider than those of 仿宋. Each picture shows the first sheets; the number is that of all.

| paper | kind | sheets |
|---|---|---|
";

#[test]
fn every_kind_has_its_picture() {
    let papers = papers();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let mut list = HEAD.to_owned();
        for (id, label, paper) in &papers {
            let (shown, count) = sheets(id, paper);
            assert!(count > 0, "{id}: nothing was printed");
            fs::write(folder().join(format!("{id}.png")), png(&shown)).expect("a picture");
            list.push_str(&format!("| [{label}]({id}.png) | `{id}` | {count} |\n"));
        }
        fs::write(folder().join("README.md"), list).expect("a list");
    }
    let list = fs::read_to_string(folder().join("README.md")).expect("a list");
    assert!(list.starts_with(HEAD), "the list says how it was drawn");
    for (id, label, _) in &papers {
        assert!(
            list.contains(&format!("| [{label}]({id}.png) | `{id}` | ")),
            "{id} is not in the list"
        );
        assert!(folder().join(format!("{id}.png")).exists(), "{id} has no picture");
    }
    assert_eq!(
        list.matches(".png)").count(),
        papers.len(),
        "a picture of what is no kind"
    );
}
