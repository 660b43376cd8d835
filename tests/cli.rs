//! The native command line, as another program would call it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Form, Scope};
use tiancheng::model::programmes;
use tiancheng::model::programmes::indicator_by_id;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::view::format::decimal;
use tiancheng::view::overview::{figure, figures_period};

fn tiancheng(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tiancheng"))
        .args(args)
        .output()
        .expect("it runs")
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn a_town_is_split_checked_and_merged_to_the_same_bytes_in_any_order() {
    let folder = folder("cli-merge");
    let at = |name: &str| folder.join(name).display().to_string();
    fs::write(at("town.json"), tiancheng(&["sample"]).stdout).expect("written");
    assert!(tiancheng(&["check", &at("town.json")]).status.success());
    assert!(
        tiancheng(&["split", &at("town.json"), "-o", &at("out")])
            .status
            .success()
    );
    let mut parts: Vec<String> = fs::read_dir(at("out"))
        .expect("parts")
        .map(|e| e.expect("a part").path().display().to_string())
        .collect();
    parts.sort();
    assert_eq!(parts.len(), 39);
    let merge = |files: &[String], to: &str| {
        let mut args: Vec<&str> = vec!["merge"];
        args.extend(files.iter().map(String::as_str));
        args.extend(["-o", to]);
        assert!(tiancheng(&args).status.success());
        fs::read(to).expect("merged")
    };
    let forward = merge(&parts, &at("a.json"));
    parts.reverse();
    parts.push(parts[0].clone());
    assert!(
        merge(&parts, &at("b.json")) == forward,
        "order and repetition do not matter"
    );
    assert!(
        merge(&[at("town.json")], &at("c.json")) == forward,
        "nothing was lost by splitting"
    );
}

#[test]
fn the_summary_gives_the_figures_of_the_article_from_records() {
    let folder = folder("cli-summary");
    let town = folder.join("town.json").display().to_string();
    fs::write(&town, tiancheng(&["sample"]).stdout).expect("written");
    let told = tiancheng(&["summary", &town]);
    assert!(told.status.success());
    let figures: serde_json::Value = serde_json::from_slice(&told.stdout).expect("JSON");
    let indicators = figures["summary"]["town"]["indicators"].as_array().expect("indicators");
    let of = |id: &str| {
        indicators
            .iter()
            .find(|i| i["id"] == id)
            .unwrap_or_else(|| panic!("no {id}"))
    };
    let ratio = |id: &str| (of(id)["numerator"].as_str(), of(id)["denominator"].as_str());
    // Z13, T3, G4.
    assert_eq!(ratio("dream.annual_plan"), (Some("39"), Some("39")));
    assert_eq!(ratio("lead.secretaries"), (Some("39"), Some("39")));
    assert_eq!(figures["summary"]["units"].as_array().map(Vec::len), Some(39));
    assert_eq!(figures["summary"]["districts"].as_array().map(Vec::len), Some(11));
    // M17.
    assert_eq!(of("seedling.reserve")["numerator"], "50");
}

/// What the command line prints of a file is what the pages show of it, where neither is asked for another period.
#[test]
fn the_summary_is_what_the_pages_show() {
    let folder = folder("cli-pages");
    let town = folder.join("town.json").display().to_string();
    fs::write(&town, tiancheng(&["sample"]).stdout).expect("written");
    let records = sheet(&SampleOptions::default());
    for day in [None, Some("2022-03-31"), Some("2021-12-31")] {
        let asked = day.map_or_else(Vec::new, |day| vec!["--today", day]);
        let told = tiancheng(&[&["summary"], asked.as_slice(), &[&town]].concat());
        let told: serde_json::Value = serde_json::from_slice(&told.stdout).expect("JSON");
        let today = day.map_or_else(as_of, |day| Day::parse(day).expect("a day"));
        let mut board = programmes::board(figures_period(None, today), today);
        board.refresh(&records);
        assert_eq!(
            told["summary"]["as_of"],
            today.to_string(),
            "the sample's today is its last day"
        );
        let home = board.frame().unit("421223100208").expect("a unit").district.clone();
        let scopes = [
            (Scope::Town, &told["summary"]["town"]),
            (Scope::District(home.clone()), row(&told, "districts", &home)),
            (Scope::Unit("421223100208".into()), row(&told, "units", "421223100208")),
        ];
        for (scope, told) in scopes {
            let lines = told["indicators"].as_array().expect("indicators");
            for line in lines {
                let id = line["id"].as_str().expect("an id");
                let shown = figure(&board, indicator_by_id(id).expect("an indicator"), &scope);
                let text = |key: &str| line[key].as_str().unwrap_or("0").to_owned();
                let printed = match shown.indicator.form {
                    Form::Share => format!("{}/{}", text("numerator"), text("denominator")),
                    Form::Count => text("numerator"),
                    Form::Mean => {
                        let number = |key: &str| text(key).parse::<f64>().expect("a number");
                        decimal(number("numerator") / number("denominator"), 1)
                    }
                };
                assert_eq!(shown.plain, printed, "{id} on {today}");
            }
            assert!(lines.len() > 20, "{} indicators", lines.len());
        }
    }
}

fn row<'a>(told: &'a serde_json::Value, list: &str, id: &str) -> &'a serde_json::Value {
    let all = told["summary"][list].as_array().expect("rows");
    all.iter()
        .find(|row| row["id"] == id)
        .unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn wrong_calls_and_wrong_files_are_told_apart() {
    let folder = folder("cli-wrong");
    let bad = folder.join("bad.json").display().to_string();
    fs::write(&bad, "not a file of ours").expect("written");
    let told = tiancheng(&["check", &bad]);
    assert_eq!(told.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&told.stdout).contains("不是本系统导出的数据文件"));
    let out = folder.join("out.json").display().to_string();
    assert_eq!(tiancheng(&["merge", &bad, "-o", &out]).status.code(), Some(1));
    assert!(!folder.join("out.json").exists());
    for call in [
        &["merge", &bad][..],
        &["nonsense"],
        &[],
        &["sample", "--years", "x"],
        &["summary"],
        &["summary", "--today", "x", &bad],
    ] {
        assert_eq!(tiancheng(call).status.code(), Some(2), "{call:?}");
    }
    assert_eq!(tiancheng(&["sample", "--unit", "1"]).status.code(), Some(1));
}

/// A ledger goes out as a workbook and comes in again: what is there brings nothing, what was changed comes in once.
#[test]
fn a_workbook_goes_out_and_comes_in() {
    let folder = folder("cli-sheet");
    let at = |name: &str| folder.join(name).display().to_string();
    fs::write(at("town.json"), tiancheng(&["sample"]).stdout).expect("written");
    let out = tiancheng(&[
        "sheet",
        &at("town.json"),
        "--ledger",
        "reserve",
        "-o",
        &at("reserve.xlsx"),
    ]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let import = |sheet: &str, to: &str| {
        let out = tiancheng(&["import", &at("town.json"), sheet, "--ledger", "后备干部", "-o", &at(to)]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let told = import(&at("reserve.xlsx"), "again.json");
    assert!(
        told.contains("相同") && !told.contains("新增") && !told.contains("更改"),
        "{told}"
    );
    let people = format!("{}/office/tests/fixtures/people.xlsx", env!("CARGO_MANIFEST_DIR"));
    let told = import(&people, "more.json");
    assert!(told.contains("新增 12 行"), "{told}");
    assert!(tiancheng(&["check", &at("more.json")]).status.success());
    assert!(
        import(&people, "twice.json") == told.replace("more", "twice"),
        "the same sheet is one change"
    );
    assert_eq!(
        fs::read(at("more.json")).expect("one"),
        fs::read(at("twice.json")).expect("two")
    );
    // What cannot be read is said in words, and nothing is written.
    let bomb = format!("{}/office/tests/fixtures/bomb.xlsx", env!("CARGO_MANIFEST_DIR"));
    let out = tiancheng(&[
        "import",
        &at("town.json"),
        &bomb,
        "--ledger",
        "reserve",
        "-o",
        &at("bomb.json"),
    ]);
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(told.contains("bomb.xlsx：文件展开以后太大，已停止读取"), "{told}");
    assert!(!out.status.success() && fs::metadata(at("bomb.json")).is_err());
    let all = tiancheng(&["sheet", &at("town.json"), "--all", "-o", &at("all.xlsx")]);
    assert!(String::from_utf8_lossy(&all.stdout).contains("张工作表"));
    let book = office::read(&fs::read(at("all.xlsx")).expect("a workbook")).expect("readable");
    assert_eq!(book.sheets.first().map(|sheet| sheet.name.as_str()), Some("汇总表"));
    assert!(
        book.remarks.is_empty() && book.sheets.len() > 60,
        "{}",
        book.sheets.len()
    );
}

/// A form goes out for every unit and comes back as a report; the same form once more brings nothing.
#[test]
fn forms_go_out_and_come_back() {
    let folder = folder("cli-form");
    let at = |name: &str| folder.join(name).display().to_string();
    fs::write(at("town.json"), tiancheng(&["sample"]).stdout).expect("written");
    let out = tiancheng(&["form", &at("town.json"), "--task", "11月填报", "-o", &at("forms")]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(String::from_utf8_lossy(&out.stdout).contains("39 份填报表格"));
    let form = at("forms/渣冲村_11月填报_填报表.xlsx");
    let take = |from: &str, to: &str| {
        let out = tiancheng(&["import", &at(from), &form, "-o", &at(to)]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    assert!(
        take("town.json", "one.json").contains("写入 2 条"),
        "the report and its device"
    );
    assert!(take("one.json", "two.json").contains("写入 0 条"));
    assert!(tiancheng(&["check", &at("two.json")]).status.success());
    let unknown = tiancheng(&["form", &at("town.json"), "--task", "没有", "-o", &at("forms")]);
    assert_eq!(unknown.status.code(), Some(1));
    let people = format!("{}/office/tests/fixtures/people.xlsx", env!("CARGO_MANIFEST_DIR"));
    let plain = tiancheng(&["import", &at("town.json"), &people, "-o", &at("x.json")]);
    assert_eq!(plain.status.code(), Some(2), "no form: the ledger has to be named");
}

/// Papers come out as web pages and documents, with the same paragraphs.
#[test]
fn papers_come_out() {
    let folder = folder("cli-paper");
    let at = |name: &str| folder.join(name).display().to_string();
    fs::write(at("town.json"), tiancheng(&["sample"]).stdout).expect("written");
    let make = |more: &[&str], to: &str| {
        let town = at("town.json");
        let out = at(to);
        let call: Vec<&str> = ["paper", &town]
            .into_iter()
            .chain(more.iter().copied())
            .chain(["-o", &out])
            .collect();
        tiancheng(&call)
    };
    let html = make(&["--kind", "report", "--period", "2022-11"], "report.html");
    let docx = make(&["--kind", "report", "--period", "2022-11"], "report.docx");
    for done in [&html, &docx] {
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let count = |done: &std::process::Output| {
        let told = String::from_utf8_lossy(&done.stdout).into_owned();
        let first = told.lines().next().unwrap_or_default();
        first.split('，').next_back().map(str::to_owned)
    };
    assert!(count(&html).is_some_and(|count| count.ends_with('段')));
    assert_eq!(count(&html), count(&docx));
    // The picture of the report is not in the document, and that is said.
    assert!(String::from_utf8_lossy(&docx.stdout).contains("不带图"));
    let text = fs::read_to_string(at("report.html")).expect("a page");
    assert!(text.contains("天城镇2022年11月党建工作情况汇报"));
    assert!(fs::read(at("report.docx")).expect("a document").starts_with(b"PK"));
    let unit = make(&["--kind", "one-page", "--unit", "421223100208"], "unit.html");
    assert!(unit.status.success(), "{}", String::from_utf8_lossy(&unit.stderr));
    assert!(fs::read_to_string(at("unit.html")).expect("a page").contains("寺前村"));
    let kinds = tiancheng(&["paper", "--list"]);
    assert!(String::from_utf8_lossy(&kinds.stdout).lines().count() >= 20);
    assert!(!make(&["--kind", "nonsense"], "x.html").status.success());
    assert!(!folder.join("x.html").exists());
}

/// Every deadline is a line of JSON that says what, whose, until when, by which rule and how it stands.
#[test]
fn deadlines_are_lines_of_json() {
    let folder = folder("cli-due");
    let town = folder.join("town.json").display().to_string();
    fs::write(&town, tiancheng(&["sample"]).stdout).expect("written");
    let told = tiancheng(&["due", &town, "--today", "2022-11-22", "--until", "2022-11-30"]);
    assert!(told.status.success());
    let text = String::from_utf8(told.stdout).expect("UTF-8");
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("valid JSON"))
        .collect();
    assert!(lines.len() > 100, "{}", lines.len());
    for line in &lines {
        for key in ["ledger", "what", "unit", "who", "due", "latest", "rule", "state"] {
            assert!(line[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {line}");
        }
        assert!(line["due"].as_str() <= Some("2022-11-30"), "{line}");
    }
    let late = lines.iter().filter(|line| line["state"] == "late").count();
    assert!(late > 0 && late < lines.len());
    let one = tiancheng(&["due", &town, "--today", "2022-11-22", "--unit", "421223100207"]);
    let text = String::from_utf8(one.stdout).expect("UTF-8");
    assert!(!text.is_empty() && text.lines().all(|line| line.contains("\"unit\":\"421223100207\"")));
    let none = tiancheng(&["due", &town, "--unit", "1"]);
    assert_eq!(none.status.code(), Some(1));
    let wrong = tiancheng(&["due", &town, "--today", "22.11."]);
    assert_eq!(wrong.status.code(), Some(2));
}

/// National day and a Saturday that is worked lie between; a year without its notice is counted by weekends and says so.
#[test]
fn working_days_are_counted() {
    let told = tiancheng(&["workdays", "2026-09-30", "3"]);
    assert_eq!(String::from_utf8_lossy(&told.stdout), "2026-10-10\n");
    let later = tiancheng(&["workdays", "2026-12-30", "5"]);
    assert!(String::from_utf8_lossy(&later.stderr).contains("按周末暂算"));
    for wrong in [
        vec!["workdays"],
        vec!["workdays", "2026-09-30"],
        vec!["workdays", "2026-09-30", "0"],
    ] {
        assert_eq!(tiancheng(&wrong).status.code(), Some(2), "{wrong:?}");
    }
}
