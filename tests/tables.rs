//! Tables that come in: what becomes of every case, from the cells of its sheets to the records.

mod support;

use std::fs;

use office::book::{Cell, Merge, Row, State, Table};
use serde_json::Value as Json;
use tiancheng::model::date::Day;
use tiancheng::model::ledger::Ledger;
use tiancheng::model::programmes::{catalogue, schemas};
use tiancheng::model::value::Value;
use tiancheng::replica::Replica;
use tiancheng::view::tables::footers::Skipped;
use tiancheng::view::tables::layout::{Layout, layout};
use tiancheng::view::tables::mapping::{guess, is_known, ledgers};
use tiancheng::view::tables::plan::{Answers, Asked, Fate, Ground, Job, Plan, line_of, plan};

/// The expected tables of a case, as the reader of files gives them.
struct Case {
    json: Json,
    tables: Vec<Table>,
}

fn case(name: &str) -> Case {
    let name = name.rsplit('/').next().unwrap_or(name);
    let path = format!(
        "{}/office/tests/fixtures/{name}.expected.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let json: Json = serde_json::from_str(&fs::read_to_string(&path).expect(&path)).expect("JSON");
    let sheets = json["sheets"].as_array().expect("sheets");
    Case {
        tables: sheets.iter().map(table).collect(),
        json,
    }
}

/// `B4` as row from 1 and column from 0.
fn place(text: &str) -> (u32, u32) {
    let split = text.find(|c: char| c.is_ascii_digit()).expect("a row");
    let column = text[..split]
        .bytes()
        .fold(0, |sum, b| sum * 26 + u32::from(b - b'A') + 1)
        - 1;
    (text[split..].parse().expect("a row"), column)
}

fn cell(json: &Json) -> Cell {
    let Some((kind, value)) = json.as_object().and_then(|o| o.iter().next()) else {
        return Cell::Empty;
    };
    let text = value.as_str().unwrap_or_default().to_owned();
    match kind.as_str() {
        "text" if text.trim().is_empty() => Cell::Empty,
        "text" => Cell::Text(text),
        "number" => Cell::Number(text),
        "day" => Cell::Day(text),
        "bool" => Cell::Bool(value.as_bool().expect("a bool")),
        "error" => Cell::Error(text),
        "no_value" => Cell::NoValue,
        "merged" => {
            let (row, column) = place(&text);
            Cell::Merged(row, column)
        }
        "not_a_day" => Cell::NotADay(text),
        "refused" => Cell::Refused,
        other => panic!("{other}"),
    }
}

fn table(json: &Json) -> Table {
    let numbers = |key: &str| json[key].as_array().cloned().unwrap_or_default();
    let hidden: Vec<u64> = numbers("hidden_rows").iter().filter_map(Json::as_u64).collect();
    let rows = json["rows"].as_array().cloned().unwrap_or_default();
    let rows = rows.iter().zip(1u32..).filter_map(|(row, number)| {
        let cells: Vec<Cell> = row.as_array()?.iter().map(cell).collect();
        let hidden = hidden.contains(&u64::from(number));
        cells
            .iter()
            .any(|c| *c != Cell::Empty)
            .then_some(Row { number, hidden, cells })
    });
    let merges = numbers("merges").into_iter().filter_map(|m| {
        let (first, last) = m.as_str()?.split_once(':').map(|(a, b)| (place(a), place(b)))?;
        Some(Merge { first, last })
    });
    let columns = numbers("hidden_columns");
    let columns = columns
        .iter()
        .filter_map(|c| Some(place(&format!("{}1", c.as_str()?)).1));
    Table {
        name: json["name"].as_str().unwrap_or_default().to_owned(),
        state: match json["state"].as_str() {
            Some("hidden") => State::Hidden,
            Some("very_hidden") => State::VeryHidden,
            Some("chart") => State::Chart,
            _ => State::Visible,
        },
        rows: rows.collect(),
        merges: merges.collect(),
        hidden_columns: columns.collect(),
    }
}

/// The 39 units of the town, and nothing else.
fn town() -> support::Site {
    let mut site = support::Site::new("a");
    let list = tiancheng::view::new_town::parse(include_str!("fixtures/units.csv"));
    let drafts = tiancheng::view::new_town::drafts("天城镇", &list.units, |i| format!("d{i}"));
    let writes = drafts
        .iter()
        .enumerate()
        .map(|(at, draft)| tiancheng::replica::Write::of(draft, &format!("d{at}")));
    let writes: Vec<_> = writes.collect();
    let stamp = site.stamp();
    let change = site.replica.compose(stamp, &writes).expect("units");
    site.replica.merge(change);
    site
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn laid(table: &Table) -> Layout {
    layout(table, &|heading| is_known(catalogue(), heading), None)
}

fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).expect("a ledger")
}

fn planned(replica: &Replica, table: &Table, id: &str, answers: Answers) -> Plan {
    planned_with(replica, table, id, answers, &[])
}

fn planned_with(replica: &Replica, table: &Table, id: &str, answers: Answers, fixed: &[(&str, Value)]) -> Plan {
    let layout = laid(table);
    let ledger = ledger(id);
    let fixed = fixed
        .iter()
        .map(|(name, value)| (ledger.slot(name).expect("a field"), value.clone()));
    let job = Job {
        ledger,
        mapped: guess(ledger, &layout, &[]),
        fixed: fixed.collect(),
        answers,
        issued: None,
    };
    let ground = Ground {
        records: replica,
        catalogue: catalogue(),
        today: day("2022-11-22"),
        why_not: &|_| None,
    };
    plan(&ground, table, &layout, &job)
}

/// Saves what a plan would save.
fn take_in(site: &mut support::Site, plan: &Plan) {
    let stamp = site.stamp();
    let mut made = 0;
    let writes = plan.drafts().into_iter().map(|draft| {
        let id = stamp.record_id(made);
        made += usize::from(draft.id.is_empty());
        tiancheng::replica::Write::of(&draft, &id)
    });
    let writes: Vec<_> = writes.collect();
    let change = site.replica.compose(stamp, &writes);
    site.replica.merge_all(change);
}

fn counts(plan: &Plan) -> [usize; 5] {
    let c = plan.counts();
    [c.new, c.changed, c.same, c.waits, c.wrong]
}

fn numbers(json: &Json) -> Vec<u32> {
    let all = json.as_array().expect("numbers");
    all.iter().filter_map(Json::as_u64).map(|n| n as u32).collect()
}

/// Headings, skipped rows and records stand where each case says.
#[test]
fn every_table_is_parted_as_its_case_says() {
    let names = [
        "attendance-39",
        "biff8",
        "dimension-a1",
        "explanation-first",
        "headings-row-10-11",
        "hidden",
        "households-39",
        "merged-unit",
        "title-rows",
        "totals",
        "two-row-headings",
        "unit-names",
        "written-dates",
        "amounts",
    ];
    let mut seen = 0;
    for name in names {
        let extension = if name == "biff8" { "xls" } else { "xlsx" };
        let case = case(&format!("sheets/{name}.{extension}"));
        let parts = match &case.json["import"] {
            Json::Array(parts) => parts.clone(),
            one => vec![one.clone()],
        };
        for part in parts {
            let sheet = part["sheet"].as_str();
            let table = case
                .tables
                .iter()
                .find(|t| sheet.is_none_or(|name| t.name == name))
                .expect("a sheet");
            let layout = laid(table);
            let expected = part["heading_rows"].as_array().map(|_| numbers(&part["heading_rows"]));
            assert_eq!(layout.heading_rows, expected.unwrap_or_default(), "{name}: headings");
            let row = |at: &usize| table.rows[*at].number;
            if part["records"].is_array() && !layout.heading_rows.is_empty() {
                let mut wanted = numbers(&part["records"]);
                wanted.extend(
                    part["problems"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(|p| Some(place(p["cell"].as_str()?).0)),
                );
                wanted.sort_unstable();
                wanted.dedup();
                assert_eq!(
                    layout.body.iter().map(row).collect::<Vec<_>>(),
                    wanted,
                    "{name}: records"
                );
            }
            for skipped in part["skipped"].as_array().into_iter().flatten() {
                let number = skipped["row"].as_u64().expect("a row") as u32;
                let why = match skipped["why"].as_str() {
                    Some("title") => Skipped::Title,
                    Some("total") => Skipped::Total,
                    _ => Skipped::Signature,
                };
                let found = layout.skipped.iter().find(|(row, _, _)| *row == number);
                assert_eq!(found.map(|(_, why, _)| *why), Some(why), "{name}: row {number}");
                seen += 1;
            }
        }
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn headings_on_two_rows_are_joined() {
    let case = case("sheets/two-row-headings.xlsx");
    let layout = laid(&case.tables[0]);
    for (letter, heads) in case.json["import"]["headings"].as_object().expect("headings") {
        let (_, at) = place(&format!("{letter}1"));
        let expected: Vec<&str> = heads
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(Json::as_str)
            .collect();
        let column = layout.column(at as usize).expect("a column");
        assert_eq!(column.heads, expected, "{letter}");
    }
}

#[test]
fn the_ledger_is_guessed() {
    for (name, sheet, id) in [
        ("people", 0, "reserve"),
        ("households-39", 0, "unit"),
        ("amounts", 0, "income"),
        ("attendance-39", 0, "attendance"),
        ("title-rows", 0, "reserve"),
    ] {
        let case = case(&format!("sheets/{name}.xlsx"));
        let table = &case.tables[sheet];
        let found = ledgers(catalogue(), &laid(table), &table.name);
        assert_eq!(found.first().map(|l| l.id), Some(id), "{name}");
    }
    // An explanation is no table, nor is an empty sheet or a chart.
    let case = case("sheets/explanation-first.xlsx");
    let fits: Vec<bool> = case
        .tables
        .iter()
        .map(|t| !laid(t).heading_rows.is_empty() && !ledgers(catalogue(), &laid(t), &t.name).is_empty())
        .collect();
    let right: Vec<bool> = case.tables.iter().map(|t| t.name == "名册").collect();
    assert_eq!(fits, right);
}

#[test]
fn the_same_sheet_again_brings_nothing_new() {
    let mut site = town();
    let people = case("sheets/people.xlsx");
    let first = planned(&site.replica, &people.tables[0], "reserve", Answers::new());
    assert_eq!(counts(&first), [12, 0, 0, 0, 0], "{:?}", first.rows);
    take_in(&mut site, &first);
    let second = planned(&site.replica, &people.tables[0], "reserve", Answers::new());
    assert_eq!(counts(&second), [0, 0, 12, 0, 0]);
    let again = case("sheets/people-again.xlsx");
    let third = planned(&site.replica, &again.tables[0], "reserve", Answers::new());
    assert_eq!(counts(&third), [0, 2, 9, 0, 0]);
    let mut changes = Vec::new();
    for row in &third.rows {
        if let Fate::Changed(cells) = &row.fate {
            changes.extend(cells.iter().map(|c| (row.number, c.old.clone(), c.new.clone())));
        }
    }
    assert_eq!(
        changes,
        [
            (3, "高中（中专）".to_owned(), "本科".to_owned()),
            (5, "13800001007".to_owned(), "13800001107".to_owned())
        ]
    );
    take_in(&mut site, &third);
    assert_eq!(site.replica.records_of("reserve").len(), 12, "nobody is deleted");
}

#[test]
fn households_change_the_units_that_are_there() {
    let mut site = town();
    let case = case("sheets/households-39.xlsx");
    let plan = planned(&site.replica, &case.tables[0], "unit", Answers::new());
    assert_eq!(counts(&plan), [0, 39, 0, 0, 0], "{:?}", plan.questions);
    take_in(&mut site, &plan);
    let sum = |name: &str| -> i64 {
        let slot = ledger("unit").slot(name).expect("a field");
        let mut sum = 0;
        use tiancheng::model::records::Records as _;
        site.replica.visit(ledger("unit").schema, None, &mut |cells| {
            if let Value::Int(n) = cells.cell(slot) {
                sum += n;
            }
        });
        sum
    };
    assert_eq!(
        (sum("households"), sum("population"), sum("members")),
        (21_117, 83_595, 1_722)
    );
}

#[test]
fn attendance_of_39_in_one_import() {
    let mut site = town();
    let hours = [
        ("name", Value::text("党务工作培训")),
        ("date", Value::text("2022-03-05")),
        ("hours", Value::text("8")),
    ];
    site.write(ledger("training"), "t1", &hours);
    let case = case("sheets/attendance-39.xlsx");
    let fixed = [("training", Value::text("t1"))];
    let plan = planned_with(&site.replica, &case.tables[0], "attendance", Answers::new(), &fixed);
    // The secretaries are not in this town: said, and left empty.
    assert!(
        plan.rows
            .iter()
            .all(|row| row.says.iter().any(|said| said.contains("书记")))
    );
    assert_eq!(
        counts(&plan),
        [39, 0, 0, 0, 0],
        "{:?}",
        plan.rows.iter().find(|r| r.fate != Fate::New)
    );
    let slot = |name: &str| ledger("attendance").slot(name).expect("a field");
    use tiancheng::model::ledger::Cells as _;
    let came = plan
        .rows
        .iter()
        .filter(|r| *r.draft.cell(slot("attended")) == Value::Bool(true));
    assert_eq!(came.count(), 38);
    let absent = plan.rows.iter().find(|r| r.number == 36).expect("row 36");
    assert_eq!(absent.draft.cell(slot("reason")), &Value::text("住院"));
    assert!(
        plan.rows
            .iter()
            .all(|r| *r.draft.cell(slot("date")) == Value::text("2022-03-05"))
    );
}

/// Before a training is chosen for all rows nothing tells them apart from those of other trainings: nothing is asked.
#[test]
fn rows_that_lack_what_tells_them_apart_raise_no_questions() {
    let mut site = town();
    for (id, day) in [("t1", "2022-03-05"), ("t2", "2022-06-07")] {
        let cells = [
            ("name", Value::text(format!("党务工作培训{id}"))),
            ("date", Value::text(day)),
        ];
        site.write(ledger("training"), id, &cells);
    }
    let case = case("sheets/attendance-39.xlsx");
    for id in ["t1", "t2"] {
        let fixed = [("training", Value::text(id))];
        let plan = planned_with(&site.replica, &case.tables[0], "attendance", Answers::new(), &fixed);
        take_in(&mut site, &plan);
    }
    let plan = planned(&site.replica, &case.tables[0], "attendance", Answers::new());
    let twins = plan.questions.iter().filter(|q| matches!(q.about, Asked::Twin(_)));
    assert_eq!(twins.count(), 0);
    assert_eq!(counts(&plan), [0, 0, 0, 0, 39]);
    let fixed = [("training", Value::text("t2"))];
    let plan = planned_with(&site.replica, &case.tables[0], "attendance", Answers::new(), &fixed);
    assert_eq!(counts(&plan), [0, 0, 39, 0, 0]);
}

/// Days without their year in a sheet: the nearest that the field allows, said with the year; a number is none.
#[test]
fn short_days_get_the_year_that_the_field_allows() {
    let mut table = tiancheng::view::tables::from_text(
        "村名\t年度\t责任事项\t完成时限\t完成日期\n寺前村\t2022\t修路\t12-28\t12-28\n寺前村\t2022\t挖沟\t11月22日\t3.5\n",
    );
    table.rows[2].cells[4] = Cell::Number("3.5".to_owned());
    let plan = planned(&town().replica, &table, "duty", Answers::new());
    let slot = |name: &str| ledger("duty").slot(name).expect("a field");
    use tiancheng::model::ledger::Cells as _;
    let first = &plan.rows[0];
    assert_eq!(first.fate, Fate::New);
    assert_eq!(first.draft.cell(slot("due")), &Value::text("2022-12-28"));
    assert_eq!(first.draft.cell(slot("done")), &Value::text("2021-12-28"));
    assert_eq!(
        first.says,
        ["完成时限：12-28 读作 2022-12-28", "完成日期：12-28 读作 2021-12-28"]
    );
    let Fate::Wrong(problems) = &plan.rows[1].fate else {
        panic!("{:?}", plan.rows[1]);
    };
    let headings: Vec<&str> = problems.iter().map(|problem| problem.heading.as_str()).collect();
    assert_eq!(headings, ["完成日期"]);
}

/// All that is wrong with a row is said at once, and a question that is open stands in the sheet that comes back.
#[test]
fn everything_wrong_with_a_row_is_named() {
    let site = town();
    let table = tiancheng::view::tables::from_text(
        "村名\t姓名\t文化程度\t入库时间\t联系电话\n寺前村\t\t本科\t2022-02-30\t12\n寺前村\t甲一\t大学\t2022-03-01\t\n",
    );
    let plan = planned(&site.replica, &table, "reserve", Answers::new());
    let Fate::Wrong(problems) = &plan.rows[0].fate else {
        panic!("{:?}", plan.rows[0]);
    };
    let mut headings: Vec<&str> = problems.iter().map(|problem| problem.heading.as_str()).collect();
    headings.sort_unstable();
    assert_eq!(headings, ["入库时间", "姓名", "联系电话"], "{problems:?}");
    let line = line_of(Some("名单"), 2, &problems[0]);
    assert!(line.starts_with("工作表“名单”第 2 行 "), "{line}");
    assert_eq!(plan.rows[1].fate, Fate::Waits);
    let layout = laid(&table);
    let job = Job {
        ledger: ledger("reserve"),
        mapped: guess(ledger("reserve"), &layout, &[]),
        fixed: Vec::new(),
        answers: Answers::new(),
        issued: None,
    };
    let sheet = tiancheng::view::tables::write::failed(&table, &layout, &job, &plan).expect("two rows");
    let said = format!("{:?}", sheet.rows[1].cells[0]);
    for part in ["学历没有“大学”这一项，算作哪一个？", "本科", "大专"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let coloured = |row: usize| {
        let cells = sheet.rows[row].cells.iter().skip(1);
        cells
            .map(|cell| matches!(cell, office::sheet::Out::Problem(_)))
            .collect::<Vec<_>>()
    };
    assert_eq!(coloured(1), [false, false, true, false, false]);
    assert_eq!(coloured(0), [false, true, false, true, true]);
}

/// What each listed cell of a case becomes: a value, nothing, a question or a problem.
fn check_cells(name: &str, sheet: &Json, table: &Table, id: &str, field: &str, answers: Answers) {
    let site = town();
    let plan = planned(&site.replica, table, id, answers);
    let slot = ledger(id).slot(field).expect("a field");
    use tiancheng::model::ledger::Cells as _;
    for wanted in sheet["cells"].as_array().expect("cells") {
        let at = wanted["cell"].as_str().expect("a cell");
        let (number, column) = place(at);
        let row = plan.rows.iter().find(|row| row.number == number);
        let Some(row) = row else {
            panic!("{name} {at}: no row");
        };
        let about = format!("{name} {at}: {row:?}");
        let problem = match &row.fate {
            Fate::Wrong(problems) => problems.iter().any(|p| p.column == Some(column as usize)),
            _ => false,
        };
        let asked = plan.questions.iter().any(|q| {
            q.rows.contains(&number) && matches!(q.about, Asked::Text(c, _) | Asked::Cell(_, c) if c == column as usize)
        });
        let text = ["value", "day", "month", "unit"]
            .iter()
            .find_map(|key| wanted[*key].as_str());
        if let Some(text) = text {
            let stands = row.draft.cell(slot);
            // Large amounts are asked about as in a form; what stands there is among the answers.
            let large = plan
                .questions
                .iter()
                .find(|q| q.about == Asked::Cell(number, column as usize));
            if let Some(large) = large.filter(|_| text.parse::<f64>().is_ok_and(|n| n > 1_000.0)) {
                assert!(
                    large
                        .options
                        .iter()
                        .any(|(_, words)| words.replace(',', "").contains(text)),
                    "{large:?}"
                );
                continue;
            }
            assert!(!asked && !problem || wanted.get("or").is_some(), "{about}");
            assert_eq!(stands.as_str(), Some(text), "{about}");
            assert_eq!(wanted.get("says").is_some(), !row.says.is_empty(), "{about}");
        } else if wanted.get("blank").is_some() {
            assert!(row.draft.cell(slot).is_blank(), "{about}");
        } else {
            assert!(asked || problem, "{about}");
            assert!(row.fate == Fate::Waits || problem, "{about}");
        }
    }
}

#[test]
fn amounts_never_slip_by_ten_thousand() {
    let case = case("sheets/amounts.xlsx");
    let mut table = case.tables[0].clone();
    // The reader of files gives the format of a cell that shows something else than its number.
    for row in table.rows.iter_mut().filter(|row| row.number == 18) {
        row.cells[3] = Cell::Formatted("35000".to_owned(), "0.0,\"万\"".to_owned());
    }
    check_cells(
        "amounts",
        &case.json["import"],
        &table,
        "income",
        "amount",
        Answers::new(),
    );
}

#[test]
fn a_title_of_yuan_is_asked_about_once() {
    let case = case("sheets/web-page.xls");
    let table = &case.tables[0];
    let site = town();
    let open = planned(&site.replica, table, "income", Answers::new());
    let scale: Vec<&Asked> = open
        .questions
        .iter()
        .map(|q| &q.about)
        .filter(|a| matches!(a, Asked::Scale(_)))
        .collect();
    assert_eq!(scale.len(), 1, "{:?}", open.questions);
    assert!(open.counts().new == 0, "nothing before it is answered");
    let answers = Answers::from([(scale[0].clone(), "yuan".to_owned())]);
    check_cells("web-page", &case.json["import"], table, "income", "amount", answers);
}

#[test]
fn days_and_months_are_read_or_named() {
    let case = case("sheets/written-dates.xlsx");
    let parts = case.json["import"].as_array().expect("parts").clone();
    check_cells("days", &parts[0], &case.tables[0], "reserve", "elected", Answers::new());
    check_cells("months", &parts[1], &case.tables[1], "reserve", "birth", Answers::new());
}

#[test]
fn names_of_units() {
    let case = case("sheets/unit-names.xlsx");
    check_cells(
        "units",
        &case.json["import"],
        &case.tables[0],
        "reserve",
        "unit",
        Answers::new(),
    );
}

/// Problems stand at the cells that a case names, and nowhere else.
fn check_problems(plan: &Plan, wanted: &Json) {
    let mut expected: Vec<(u32, usize)> = Vec::new();
    for problem in wanted.as_array().expect("problems") {
        let (row, column) = place(problem["cell"].as_str().expect("a cell"));
        expected.push((row, column as usize));
    }
    let mut found: Vec<(u32, usize)> = Vec::new();
    for row in &plan.rows {
        if let Fate::Wrong(problems) = &row.fate {
            found.extend(problems.iter().map(|p| (row.number, p.column.unwrap_or(99))));
        }
    }
    for question in &plan.questions {
        if let Asked::Text(column, _) = question.about {
            found.extend(question.rows.iter().map(|row| (*row, column)));
        }
    }
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected, "{:?}", plan.questions);
}

#[test]
fn three_bad_rows_of_sixty() {
    let case = case("sheets/sixty-rows.xlsx");
    let plan = planned(&town().replica, &case.tables[0], "reserve", Answers::new());
    check_problems(&plan, &case.json["import"]["problems"]);
    assert_eq!((plan.counts().new, plan.counts().wrong + plan.counts().waits), (57, 3));
}

#[test]
fn merged_cells_give_their_value_inside_the_merge_alone() {
    let case = case("sheets/merged-unit.xlsx");
    let plan = planned(&town().replica, &case.tables[0], "reserve", Answers::new());
    check_problems(&plan, &case.json["import"]["problems"]);
    assert_eq!(plan.counts().new, 6);
}

#[test]
fn one_name_for_two_persons_is_asked_about() {
    let case = case("sheets/same-name.xlsx");
    let site = town();
    let open = planned(&site.replica, &case.tables[0], "reserve", Answers::new());
    let twins: Vec<&Asked> = open.questions.iter().map(|q| &q.about).collect();
    assert_eq!(twins, [&Asked::Twin(3)]);
    for (answer, new) in [("new", 3), ("skip", 2)] {
        let answers = Answers::from([(Asked::Twin(3), answer.to_owned())]);
        let plan = planned(&site.replica, &case.tables[0], "reserve", answers);
        assert_eq!((plan.counts().new, plan.counts().waits), (new, 0), "{answer}");
    }
}

#[test]
fn what_is_hidden_is_asked_about() {
    let case = case("sheets/hidden.xlsx");
    let site = town();
    let open = planned(&site.replica, &case.tables[0], "reserve", Answers::new());
    let about: Vec<&Asked> = open.questions.iter().map(|q| &q.about).collect();
    assert_eq!(about, [&Asked::HiddenColumn(3), &Asked::HiddenRows]);
    for (rows, records) in [("no", 4), ("yes", 6)] {
        let answers = Answers::from([
            (Asked::HiddenColumn(3), "yes".to_owned()),
            (Asked::HiddenRows, rows.to_owned()),
        ]);
        let plan = planned(&site.replica, &case.tables[0], "reserve", answers);
        assert_eq!(plan.counts().new, records);
    }
}

#[test]
fn long_numbers_are_whole_or_named() {
    let case = case("sheets/long-numbers.xlsx");
    let plan = planned(&town().replica, &case.tables[0], "reserve", Answers::new());
    let phones = case.json["import"]["phones"].as_object().expect("phones");
    let slot = ledger("reserve").slot("phone").expect("a field");
    use tiancheng::model::ledger::Cells as _;
    for (number, phone) in phones {
        let row = plan
            .rows
            .iter()
            .find(|r| r.number.to_string() == *number)
            .expect("a row");
        assert_eq!(row.draft.cell(slot).as_str(), phone.as_str(), "row {number}");
    }
    let text = format!("{:?}", plan.rows);
    assert!(!text.contains("421223199"), "digits of long numbers are never repeated");
}

/// A person without the right to write there is told, row by row.
#[test]
fn rows_of_other_units_are_refused_for_a_village() {
    let site = town();
    let case = case("sheets/people.xlsx");
    let layout = laid(&case.tables[0]);
    let job = Job {
        ledger: ledger("reserve"),
        mapped: guess(ledger("reserve"), &layout, &[]),
        fixed: Vec::new(),
        answers: Answers::new(),
        issued: None,
    };
    let ground = Ground {
        records: &site.replica,
        catalogue: catalogue(),
        today: day("2022-11-22"),
        why_not: &|unit| (unit != "421223100208").then(|| "只能填本村的记录".to_owned()),
    };
    let plan = plan(&ground, &case.tables[0], &layout, &job);
    assert_eq!((plan.counts().new, plan.counts().wrong), (1, 11));
}

/// A sheet as it is read back: rows numbered from the top, the marks hidden.
fn read_back(sheet: &office::sheet::Sheet) -> Table {
    use office::sheet::Out;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let text = |text: &String| Cell::Text(text.clone());
    if !sheet.title.is_empty() {
        rows.push(vec![text(&sheet.title)]);
    }
    rows.extend(sheet.lines.iter().map(|line| vec![text(line)]));
    let marks = rows.len();
    rows.push(sheet.marks.iter().map(text).collect());
    rows.extend(
        sheet
            .head
            .iter()
            .map(|heads| heads.iter().map(|head| text(&head.text)).collect()),
    );
    rows.extend(sheet.rows.iter().map(|line| {
        let cells = line.cells.iter().map(|cell| match cell {
            Out::Empty => Cell::Empty,
            Out::Text(text) | Out::Problem(text) => Cell::Text(text.clone()),
            Out::Number(number) => Cell::Number(number.clone()),
            Out::Day(day) => Cell::Day(day.clone()),
        });
        cells.collect()
    }));
    let rows = rows.into_iter().zip(0..).map(|(cells, at)| Row {
        number: at as u32 + 1,
        hidden: at == marks,
        cells,
    });
    Table {
        name: sheet.name.clone(),
        rows: rows.collect(),
        ..Table::default()
    }
}

/// The rows that cannot be taken come back with the same headings and are taken once they are right.
#[test]
fn bad_rows_come_back_as_a_sheet() {
    let case = case("sheets/sixty-rows.xlsx");
    let site = town();
    let table = &case.tables[0];
    let layout = laid(table);
    let job = Job {
        ledger: ledger("reserve"),
        mapped: guess(ledger("reserve"), &layout, &[]),
        fixed: Vec::new(),
        answers: Answers::new(),
        issued: None,
    };
    let plan = planned(&site.replica, table, "reserve", Answers::new());
    let sheet = tiancheng::view::tables::write::failed(table, &layout, &job, &plan).expect("three rows");
    let heads: Vec<&str> = sheet.head[0].iter().map(|h| h.text.as_str()).collect();
    assert_eq!(
        (heads[0], heads.len(), sheet.rows.len()),
        ("问题", layout.columns.len() + 1, 3)
    );
    let mut back = read_back(&sheet);
    let again = planned(&site.replica, &back, "reserve", Answers::new());
    assert_eq!((again.counts().new, again.rows.len()), (0, 3), "{:?}", again.rows);
    for row in back.rows.iter_mut().filter(|row| row.number > 2) {
        for cell in &mut row.cells {
            if *cell == Cell::Text("2022-02-30".to_owned()) {
                *cell = Cell::Text("2022-02-28".to_owned());
            } else if *cell == Cell::Text("李家村".to_owned()) {
                *cell = Cell::Text("寺前村".to_owned());
            }
        }
        if row.cells[2] == Cell::Empty || row.cells[2] == Cell::Text(String::new()) {
            row.cells[2] = Cell::Text("壬九".to_owned());
        }
    }
    let right = planned(&site.replica, &back, "reserve", Answers::new());
    assert_eq!(right.counts().new, 3, "{:?}", right.rows);
}

/// Out and in again: every ledger of the sample town, into the town it came from brings nothing, and into an empty one
/// brings records that go out as the same cells.
#[test]
fn every_ledger_goes_out_and_comes_back() {
    use tiancheng::view::tables::write::{Personal, everything};
    let sample = tiancheng::model::programmes::sample::town(&Default::default());
    let mut replica = Replica::new(schemas());
    replica.merge_all(tiancheng::replica::seed::seed(&schemas(), &sample));
    let sheets = everything(&replica, "天城镇", day("2022-11-22"), Personal::Whole);
    assert!(sheets.len() > 60, "{}", sheets.len());
    let mut fresh = support::Site::new("b");
    // What refers to records of a later sheet is taken in when the workbook is imported once more.
    let order = tiancheng::view::tables::names::referred_first(catalogue());
    let in_order = order
        .iter()
        .filter_map(|ledger| sheets.iter().find(|sheet| sheet.name == ledger.label));
    let in_order: Vec<_> = in_order.collect();
    for sheet in in_order.iter().chain(&in_order) {
        let table = read_back(sheet);
        let layout = laid(&table);
        assert!(layout.own, "{}", sheet.name);
        let id = layout.columns[0].mark.clone().expect("a mark").0;
        let here = planned(&replica, &table, &id, Answers::new());
        let counts = here.counts();
        assert_eq!(
            (counts.new, counts.changed),
            (0, 0),
            "{id}: {:?}",
            here.rows
                .iter()
                .find(|r| matches!(r.fate, Fate::New | Fate::Changed(_)))
        );
        let there = planned(&fresh.replica, &table, &id, Answers::new());
        take_in(&mut fresh, &there);
    }
    let back = everything(&fresh.replica, "天城镇", day("2022-11-22"), Personal::Whole);
    let mut differing = Vec::new();
    for sheet in &sheets {
        let other = back.iter().find(|b| b.name == sheet.name);
        let sorted = |sheet: &office::sheet::Sheet| {
            // What has no name of its own is called by its id, and ids are new in another town.
            let rows = sheet.rows.iter().map(|line| format!("{:?}", line.cells));
            let mut rows: Vec<String> = rows.filter(|row| !row.contains("（编号 ")).collect();
            rows.sort();
            rows
        };
        let (one, two) = (sorted(sheet), other.map(sorted).unwrap_or_default());
        let named: Vec<&String> = two.iter().filter(|row| one.contains(row)).collect();
        if one.len() != named.len() {
            let first = one.iter().find(|row| !two.contains(row));
            differing.push(format!("{} {}/{}: {first:?}", sheet.name, one.len(), two.len()));
        }
    }
    assert_eq!(differing, [] as [String; 0]);
}
