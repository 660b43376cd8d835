//! Forms that go out as workbooks and come back as reports: what was changed is taken, what stood otherwise meanwhile is
//! asked about, and the same form twice brings nothing.

mod support;

use std::sync::OnceLock;

use office::book::{Book, Cell, Row, Table};
use support::{Site, text};
use tiancheng::exchange::batch::Batch;
use tiancheng::exchange::{Outcome, Preview};
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::ledger::{Ledger, TypedRow as _};
use tiancheng::model::notice::Notice;
use tiancheng::model::programmes::dream::ledgers::{NightTalk, Suggestion};
use tiancheng::model::programmes::sample::{self, SampleOptions};
use tiancheng::model::programmes::schemas;
use tiancheng::model::programmes::seedling::ledgers::Reserve;
use tiancheng::model::programmes::town::ledgers::{Dispatch, Submission, Unit};
use tiancheng::model::records::{Records as _, rows, rows_of};
use tiancheng::model::value::Value;
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;
use tiancheng::turns::{Turns, at_once};
use tiancheng::view::conflicts::open;
use tiancheng::view::exchange::{previewed, reports};
use tiancheng::view::fill::asked;
use tiancheng::view::tables::forms::{blank, units, workbook};
use tiancheng::view::tables::issued::Issued;
use tiancheng::view::tables::layout::text_of;
use tiancheng::view::tables::returned::{Arrival, Returned, report};

fn today() -> Day {
    Day::parse("2022-11-22").expect("a day")
}

/// The sample town, as the town's device has it.
fn town() -> Site {
    static SEEDED: OnceLock<Replica> = OnceLock::new();
    let seeded = SEEDED.get_or_init(|| {
        let mut replica = Replica::new(schemas());
        replica.merge_all(seed(&schemas(), &sample::town(&SampleOptions::default())));
        replica
    });
    let mut site = Site::new("office");
    site.replica = seeded.clone();
    site.clock = Instant::parse("2022-11-22T01:00:00Z").expect("an instant").0;
    let device = [("label", text("党建办")), ("role", text("town"))];
    site.write(
        tiancheng::model::programmes::town::ledgers::Device::LEDGER,
        "town",
        &device,
    );
    site
}

/// A unit with talks that has not reported yet.
fn unit(replica: &Replica) -> String {
    let all = rows::<Unit>(replica);
    let found = all.iter().find(|unit| unit.name() == Some("渣冲村"));
    found.expect("a unit of the sample").id().to_owned()
}

fn task(replica: &Replica) -> Dispatch<'_> {
    rows::<Dispatch>(replica).into_iter().next().expect("a task")
}

fn text_of_cell(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        _ => "",
    }
}

/// The form of a unit as it arrives there.
fn form(replica: &Replica, unit: &str) -> Book {
    let sheets = workbook(replica, &task(replica), unit, today());
    let bytes = office::write(&sheets).expect("a workbook");
    office::read(&bytes).expect("our own workbook")
}

fn sheet<'a>(book: &'a mut Book, name: &str) -> &'a mut Table {
    book.sheets
        .iter_mut()
        .find(|table| table.name == name)
        .unwrap_or_else(|| panic!("no sheet {name}"))
}

/// The row of headings and the column of one.
fn heading(table: &Table, named: &str) -> (u32, usize) {
    let found = table.rows.iter().find_map(|row| {
        let at = row.cells.iter().position(|cell| text_of(cell) == named)?;
        Some((row.number, at))
    });
    found.unwrap_or_else(|| panic!("no heading {named}"))
}

fn put(row: &mut Row, at: usize, value: &str) {
    while row.cells.len() <= at {
        row.cells.push(Cell::Empty);
    }
    row.cells[at] = match value {
        "" => Cell::Empty,
        value => Cell::Text(value.to_owned()),
    };
}

/// Writes into the row of a record, counted from 0 below the headings.
fn type_in(book: &mut Book, name: &str, record: usize, head: &str, value: &str) {
    let table = sheet(book, name);
    let (number, at) = heading(table, head);
    let row = table.rows.iter_mut().filter(|row| row.number > number).nth(record);
    put(row.expect("a record"), at, value);
}

/// Fills in an empty row.
fn add(book: &mut Book, name: &str, cells: &[(&str, &str)]) {
    let table = sheet(book, name);
    let number = table.rows.last().map_or(1, |row| row.number + 1);
    let mut row = Row {
        number,
        ..Row::default()
    };
    for (head, value) in cells {
        put(&mut row, heading(table, head).1, value);
    }
    table.rows.push(row);
}

fn returned(replica: &Replica, book: &Book, actor: &str, sha256: &str) -> Result<Returned, Notice> {
    let arrival = Arrival {
        actor: actor.to_owned(),
        at: Instant::parse("2022-11-22T08:00:00Z").expect("an instant"),
        today: today(),
        sha256: sha256.repeat(16),
    };
    at_once(report(replica, book, &arrival, Turns::NONE))
}

/// What the page of merging would show.
fn preview(replica: &Replica, book: &Book, actor: &str, sha256: &str) -> Preview {
    let came = returned(replica, book, actor, sha256).unwrap_or_else(|notice| panic!("{notice}"));
    let mut batch = Batch::new(replica, Instant::parse("2022-11-22T09:00:00Z").expect("an instant").0);
    at_once(batch.take_read("渣冲村.xlsx", came.content, Turns::NONE));
    batch.remark(came.remarks);
    batch.finish()
}

fn take(site: &mut Site, book: &Book, actor: &str, sha256: &str) -> Preview {
    let preview = preview(&site.replica, book, actor, sha256);
    site.replica.merge_all(preview.changes.clone());
    preview
}

fn talks(replica: &Replica, unit: &str) -> Vec<(String, String)> {
    rows_of::<NightTalk>(replica, unit)
        .iter()
        .map(|talk| (talk.id().to_owned(), talk.place().unwrap_or_default().to_owned()))
        .collect()
}

fn remarks(preview: &Preview) -> Vec<String> {
    preview.files[0]
        .remarks
        .iter()
        .map(|notice| notice.what.clone())
        .collect()
}

/// The record of the first row of the talks, as the hidden column names it.
fn first_talk(book: &mut Book) -> String {
    let table = sheet(book, "夜话台账");
    let (number, at) = heading(table, "编号");
    let row = table.rows.iter().find(|row| row.number > number).expect("a record");
    text_of(&row.cells[at]).to_owned()
}

#[test]
fn an_untouched_form_is_a_report_and_nothing_else() {
    let mut site = town();
    let unit = unit(&site.replica);
    let board = reports(&site.replica, task(&site.replica).id(), today());
    let all: usize = board.iter().map(|row| row.reported()).sum();
    let before = site.replica.record_count();
    let book = form(&site.replica, &unit);
    let preview = take(&mut site, &book, "k1", "ab12");
    assert!(remarks(&preview).is_empty(), "{:?}", remarks(&preview));
    // The report and the device that speaks for the unit's spreadsheets; who fills in is no record of the ledgers.
    assert!(matches!(&preview.files[0].outcome, Outcome::Brings(effect) if effect.new == 1 && effect.changed == 0));
    assert_eq!(site.replica.record_count(), before + 2);
    let cell = previewed(&site.replica, &preview);
    let own = cell.iter().flat_map(|row| &row.units).find(|cell| cell.code == unit);
    assert_eq!(own.expect("on the board").word, "+1");
    let board = reports(&site.replica, task(&site.replica).id(), today());
    assert_eq!(board.iter().map(|row| row.reported()).sum::<usize>(), all + 1);
    let told = rows_of::<Submission>(&site.replica, &unit);
    let told = told.last().expect("a report");
    assert_eq!((told.filled(), told.asked()), (Some(2), Some(2)));
    // What the office writes afterwards is nothing that the unit has to report again.
    let talk = talks(&site.replica, &unit)[0].0.clone();
    site.write(NightTalk::LEDGER, &talk, &[("place", text("镇里改的"))]);
    assert_eq!(asked(&site.replica, &unit, today(), &[])[0].later, 0);
}

#[test]
fn changed_cells_and_new_rows_come_in_as_written_by_the_unit() {
    let mut site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    let talk = first_talk(&mut book);
    type_in(&mut book, "夜话台账", 0, "地点", "老祠堂");
    type_in(&mut book, "填写说明", 5, "内容", "龚书记");
    add(
        &mut book,
        "夜话台账",
        &[
            ("日期", "2022-11-20"),
            ("类型", "湾子夜话"),
            ("地点", "新湾"),
            ("议题", "修路"),
            ("群众，人", "12"),
        ],
    );
    let had = talks(&site.replica, &unit).len();
    let preview = take(&mut site, &book, "k1", "ab12");
    assert!(remarks(&preview).is_empty(), "{:?}", remarks(&preview));
    let now = talks(&site.replica, &unit);
    assert_eq!(now.len(), had + 1);
    assert!(now.contains(&(talk.clone(), "老祠堂".to_owned())));
    assert!(now.iter().any(|(_, place)| place == "新湾"));
    let open = open(&site.replica);
    assert_eq!((open.disputed, open.pending), (0, 0));
    let ix = site.ix(NightTalk::LEDGER, &talk);
    let record = site.replica.record(ix).expect("a record");
    let slot = NightTalk::LEDGER.slot("place").expect("a field");
    let head = record.heads(slot).next().expect("a value");
    let by = site.replica.device(site.replica.tag_of(head.change)).expect("known");
    assert_eq!((&*by.unit, &*by.label), (unit.as_str(), "填报表格"));
    let reports = rows_of::<Submission>(&site.replica, &unit);
    assert_eq!(reports.last().and_then(|r| r.by()), Some("龚书记"));
}

#[test]
fn a_cell_that_the_town_changed_meanwhile_is_asked_about() {
    let mut site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    let talk = first_talk(&mut book);
    let both = [("place", text("镇里写的")), ("note", text("镇里补的"))];
    let both = both
        .into_iter()
        .filter(|(name, _)| NightTalk::LEDGER.slot(name).is_some());
    site.write(NightTalk::LEDGER, &talk, &both.collect::<Vec<_>>());
    type_in(&mut book, "夜话台账", 0, "地点", "村里写的");
    let preview = take(&mut site, &book, "k1", "ab12");
    assert!(matches!(&preview.files[0].outcome, Outcome::Brings(effect) if effect.conflicts == 1));
    let ix = site.ix(NightTalk::LEDGER, &talk);
    let slot = NightTalk::LEDGER.slot("place").expect("a field");
    let record = site.replica.record(ix).expect("a record");
    let mut values: Vec<&str> = record.heads(slot).filter_map(|atom| atom.value.as_str()).collect();
    values.sort_unstable();
    assert_eq!(values, ["村里写的", "镇里写的"]);
    // Decided, it stays decided, whichever version of the form comes once more.
    let stamp = site.stamp();
    let decided = site.replica.resolve(stamp, ix, slot, text("镇里写的"));
    site.apply(decided);
    assert_eq!(open(&site.replica).disputed, 0);
    take(&mut site, &book, "k2", "ab12");
    add(
        &mut book,
        "夜话台账",
        &[
            ("日期", "2022-11-21"),
            ("类型", "湾子夜话"),
            ("地点", "又一处"),
            ("议题", "修路"),
        ],
    );
    take(&mut site, &book, "k3", "cd34");
    assert_eq!(open(&site.replica).disputed, 0);
    assert!(talks(&site.replica, &unit).contains(&(talk, "镇里写的".to_owned())));
}

#[test]
fn the_same_form_twice_brings_nothing_and_a_later_version_what_is_new() {
    let mut site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    type_in(&mut book, "夜话台账", 0, "地点", "老祠堂");
    add(
        &mut book,
        "夜话台账",
        &[
            ("日期", "2022-11-20"),
            ("类型", "湾子夜话"),
            ("地点", "新湾"),
            ("议题", "修路"),
        ],
    );
    take(&mut site, &book, "k1", "ab12");
    let stood = talks(&site.replica, &unit);
    let again = take(&mut site, &book, "k2", "ab12");
    assert!(
        matches!(again.files[0].outcome, Outcome::NothingNew),
        "{:?}",
        again.files[0].outcome
    );
    add(
        &mut book,
        "夜话台账",
        &[
            ("日期", "2022-11-21"),
            ("类型", "湾子夜话"),
            ("地点", "又一处"),
            ("议题", "修路"),
        ],
    );
    type_in(&mut book, "夜话台账", 0, "地点", "新祠堂");
    let later = take(&mut site, &book, "k3", "cd34");
    assert!(
        matches!(&later.files[0].outcome, Outcome::Brings(effect) if (effect.new, effect.changed, effect.conflicts) == (2, 1, 0))
    );
    assert_eq!(talks(&site.replica, &unit).len(), stood.len() + 1);
}

#[test]
fn two_devices_that_take_in_one_form_agree() {
    let mut one = town();
    let unit = unit(&one.replica);
    let mut book = form(&one.replica, &unit);
    type_in(&mut book, "夜话台账", 0, "地点", "老祠堂");
    add(
        &mut book,
        "夜话台账",
        &[
            ("日期", "2022-11-20"),
            ("类型", "湾子夜话"),
            ("地点", "新湾"),
            ("议题", "修路"),
        ],
    );
    let mut two = town();
    take(&mut one, &book, "k1", "ab12");
    take(&mut two, &book, "k2", "ab12");
    let stood = talks(&one.replica, &unit);
    one.take(&two.file());
    assert_eq!(talks(&one.replica, &unit), stood);
    assert_eq!(open(&one.replica).disputed, 0);
    two.take(&one.file());
    assert_eq!(one.file(), two.file());
}

#[test]
fn what_is_emptied_is_cleared_and_an_emptied_row_deletes_nothing() {
    let mut site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    let talk = first_talk(&mut book);
    let had = talks(&site.replica, &unit).len();
    type_in(&mut book, "夜话台账", 0, "群众，人", "");
    let table = sheet(&mut book, "夜话台账");
    let (number, id) = heading(table, "编号");
    let last = table
        .rows
        .iter_mut()
        .filter(|row| row.number > number)
        .nth(1)
        .expect("a second record");
    let line = last.number;
    for cell in &mut last.cells[..id] {
        *cell = Cell::Empty;
    }
    let preview = take(&mut site, &book, "k1", "ab12");
    assert_eq!(
        remarks(&preview),
        [format!("夜话台账第 {line} 行被清空，原来的记录没有动")]
    );
    let now = talks(&site.replica, &unit);
    assert_eq!(now.len(), had);
    let all = rows_of::<NightTalk>(&site.replica, &unit);
    let own = all.iter().find(|one| one.id() == talk).expect("the talk");
    assert_eq!(own.masses(), None);
}

#[test]
fn rows_are_known_wherever_they_stand_and_a_copied_row_is_a_new_record() {
    let mut site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    let had = talks(&site.replica, &unit).len();
    let table = sheet(&mut book, "夜话台账");
    let (number, _) = heading(table, "编号");
    let from = table.rows.iter().position(|row| row.number > number).expect("records");
    let records = table.rows.len() - from;
    let (numbers, mut cells): (Vec<u32>, Vec<Vec<Cell>>) = table.rows[from..]
        .iter()
        .map(|row| (row.number, row.cells.clone()))
        .unzip();
    cells.reverse();
    for ((row, cells), number) in table.rows[from..].iter_mut().zip(cells).zip(numbers) {
        (row.cells, row.number) = (cells, number);
    }
    let mut copy = table.rows[from].clone();
    copy.number = table.rows.last().expect("rows").number + 1;
    table.rows.push(copy);
    type_in(&mut book, "夜话台账", records, "日期", "2022-11-19");
    let preview = take(&mut site, &book, "k1", "ab12");
    assert!(
        matches!(&preview.files[0].outcome, Outcome::Brings(effect) if (effect.new, effect.changed) == (2, 0)),
        "{:?} {:?}",
        preview.files[0].outcome,
        remarks(&preview)
    );
    assert_eq!(talks(&site.replica, &unit).len(), had + 1);
}

#[test]
fn a_row_that_cannot_be_taken_is_named_and_the_others_come_in() {
    let mut site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    let had = talks(&site.replica, &unit).len();
    add(
        &mut book,
        "夜话台账",
        &[("日期", "昨天"), ("类型", "湾子夜话"), ("地点", "甲"), ("议题", "修路")],
    );
    add(
        &mut book,
        "夜话台账",
        &[
            ("日期", "2022-11-20"),
            ("类型", "湾子夜话"),
            ("地点", "乙"),
            ("议题", "修路"),
        ],
    );
    book.sheets
        .retain(|table| table.name != "建议台账" && table.name != Suggestion::LEDGER.label);
    let preview = take(&mut site, &book, "k1", "ab12");
    let told = remarks(&preview);
    assert!(
        told.iter()
            .any(|line| line.contains("夜话台账 第") && line.contains("“昨天”看不出是哪一天")),
        "{told:?}"
    );
    assert!(told.iter().any(|line| line.starts_with("没有“")), "{told:?}");
    let now = talks(&site.replica, &unit);
    assert_eq!(now.len(), had + 1);
    let told = rows_of::<Submission>(&site.replica, &unit);
    assert_eq!(told.last().and_then(|report| report.filled()), Some(1));
}

#[test]
fn a_record_that_was_deleted_meanwhile_is_asked_about() {
    let mut site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    let talk = first_talk(&mut book);
    let (stamp, ix) = (site.stamp(), site.ix(NightTalk::LEDGER, &talk));
    let gone = site.replica.delete(stamp, &[ix]);
    site.apply(gone);
    let untouched = preview(&site.replica, &book, "k1", "ab12");
    assert!(
        !untouched.after.record(ix).expect("a record").is_live(),
        "nobody wrote to it"
    );
    type_in(&mut book, "夜话台账", 0, "地点", "老祠堂");
    let preview = take(&mut site, &book, "k2", "cd34");
    assert!(remarks(&preview).is_empty(), "{:?}", remarks(&preview));
    assert!(site.replica.is_open(ix), "the unit did not know of the deletion");
}

#[test]
fn a_form_of_writes_that_are_not_here_yet_supersedes_them_when_they_come() {
    let mut other = town();
    let mut site = town();
    let unit = unit(&site.replica);
    let talk = first_talk(&mut form(&site.replica, &unit));
    other.actor = "second".into();
    other.write(NightTalk::LEDGER, &talk, &[("place", text("另一台写的"))]);
    let mut book = form(&other.replica, &unit);
    let at = {
        let table = sheet(&mut book, "夜话台账");
        let (number, id) = heading(table, "编号");
        let mut records = table.rows.iter().filter(|row| row.number > number);
        records
            .position(|row| text_of(&row.cells[id]) == talk)
            .expect("the record")
    };
    type_in(&mut book, "夜话台账", at, "地点", "村里改的");
    take(&mut site, &book, "k1", "ab12");
    site.take(&other.file());
    assert_eq!(open(&site.replica).disputed, 0);
    assert!(talks(&site.replica, &unit).contains(&(talk, "村里改的".to_owned())));
}

#[test]
fn what_is_no_form_is_refused_with_what_to_do() {
    let site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    let said = |replica: &Replica, book: &Book| returned(replica, book, "k1", "ab12").err().map(|notice| notice.what);
    let empty = Replica::new(schemas());
    assert!(said(&empty, &book).expect("refused").contains("本机没有这个村（社区）"));
    for table in &mut book.sheets {
        if let Some(Cell::Text(mark)) = table.rows.first_mut().and_then(|row| row.cells.first_mut()) {
            *mark = mark.replace("@issued:1", "@issued:2");
        }
    }
    assert!(Issued::is_in(&book));
    assert!(said(&site.replica, &book).expect("refused").contains("更新的版本"));
    let plain = Book {
        sheets: vec![tiancheng::view::tables::from_text("姓名\t电话\n张三\t13800000000")],
        remarks: Vec::new(),
    };
    assert!(said(&site.replica, &plain).expect("refused").contains("一般的表格"));
}

/// The form of every ledger goes out for every kind of field and comes back untouched.
#[test]
fn a_form_of_every_ledger_comes_back_untouched() {
    let mut site = town();
    let unit = unit(&site.replica);
    let all = tiancheng::model::programmes::catalogue()
        .all()
        .iter()
        .filter(|ledger| !ledger.system);
    let ids: Vec<&str> = all.clone().map(|ledger: &&'static Ledger| ledger.id).collect();
    let id = task(&site.replica).id().to_owned();
    let asks = [("ledgers", Value::list(ids.iter().copied())), ("period", text("全部"))];
    site.write(Dispatch::LEDGER, &id, &asks);
    let book = form(&site.replica, &unit);
    let preview = preview(&site.replica, &book, "k1", "ab12");
    let told: Vec<String> = remarks(&preview);
    assert!(told.is_empty(), "{told:#?}");
    let fresh: Vec<&str> = preview
        .changes
        .iter()
        .flat_map(|c| &c.set)
        .map(|patch| &*patch.ledger)
        .collect();
    assert_eq!(fresh.len(), 2, "{fresh:?}");
    assert!(ids.len() > 60, "{}", ids.len());
}

/// Whoever stands in a register stands in the form, whenever entered; who has left does not.
#[test]
fn a_register_is_filled_in_with_whoever_stands_in_it() {
    let mut site = town();
    let unit = unit(&site.replica);
    let reserve = |name: &str, since: &str, left: &str| {
        let mut cells = vec![("unit", text(&unit)), ("name", text(name)), ("since", text(since))];
        cells.extend((!left.is_empty()).then(|| ("left", text(left))));
        cells
    };
    site.write(Reserve::LEDGER, "r-1", &reserve("丙一", "2021-03-03", ""));
    site.write(Reserve::LEDGER, "r-2", &reserve("丙二", "2021-03-03", "2022-03-01"));
    site.write(Reserve::LEDGER, "r-3", &reserve("丙三", "2022-11-03", "2022-11-09"));
    site.write(Reserve::LEDGER, "r-4", &reserve("丙四", "2022-12-03", ""));
    let id = task(&site.replica).id().to_owned();
    let asks = [
        ("ledgers", Value::list([Reserve::LEDGER.id])),
        ("period", text("2022-11")),
    ];
    site.write(Dispatch::LEDGER, &id, &asks);
    let mut book = form(&site.replica, &unit);
    let table = sheet(&mut book, "后备干部");
    let said = |name: &str| {
        let mut cells = table.rows.iter().flat_map(|row| &row.cells);
        cells.any(|cell| text_of_cell(cell) == name)
    };
    let there = ["丙一", "丙二", "丙三", "丙四"].map(said);
    assert_eq!(there, [true, false, true, false]);
}

#[test]
fn blank_sheets_have_lists_hints_and_no_rows() {
    let site = town();
    let sheet = blank(&site.replica, NightTalk::LEDGER, "天城镇", today());
    assert!(sheet.rows.is_empty() && sheet.blank_rows > 0);
    let at = |name: &str| {
        NightTalk::LEDGER
            .fields
            .iter()
            .position(|field| field.name == name)
            .expect("a field")
    };
    assert_eq!(sheet.columns[at("unit")].choices.len(), units(&site.replica).len());
    let kinds = &sheet.columns[at("kind")].choices;
    assert!(kinds.contains(&"湾子夜话".to_owned()), "{kinds:?}");
    assert!(sheet.columns[at("date")].hint.contains("2022-03-05") && sheet.columns[at("date")].required);
    let filled = workbook(&site.replica, &task(&site.replica), &unit(&site.replica), today());
    assert!(filled.last().expect("sheets").hidden);
    assert_eq!(filled.first().expect("sheets").name, "填写说明");
}

#[test]
fn what_looks_like_a_workbook_among_files_to_merge_is_refused_as_what_it_is() {
    let said = |bytes: &[u8]| {
        let refusal = office::read(bytes).expect_err("no workbook");
        tiancheng::view::tables::words::refused_to_merge(&refusal)
    };
    assert!(said(b"PK\x03\x04").what.contains("不是本系统导出的数据文件"));
    let packed = office::bundle(&[("a.xlsx".to_owned(), vec![office::sheet::Sheet::default()])]).expect("an archive");
    let told = said(&packed);
    assert!(told.what.contains("压缩包") && told.todo.contains("先解压"), "{told}");
}

fn place_of(site: &Site, id: &str) -> String {
    let talk = site.replica.find(NightTalk::SCHEMA, id).expect("the talk");
    NightTalk::of(talk).place().unwrap_or_default().to_owned()
}

/// The village changes a cell, and in a later form puts back what was given out.
#[test]
fn what_the_unit_puts_back_is_put_back() {
    let mut site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    let untouched = book.clone();
    let id = first_talk(&mut book);
    let given = place_of(&site, &id);
    type_in(&mut book, "夜话台账", 0, "地点", "老祠堂");
    take(&mut site, &book, "k1", "ab12");
    assert_eq!(place_of(&site, &id), "老祠堂");
    let back = take(&mut site, &untouched, "k2", "cd34");
    assert!(
        matches!(&back.files[0].outcome, Outcome::Brings(effect) if effect.conflicts == 0),
        "{:?}",
        back.files[0].outcome
    );
    assert_eq!(place_of(&site, &id), given);
    // Neither file, taken in once more, is the last word.
    let again = preview(&site.replica, &book, "k3", "ab12");
    assert!(
        matches!(again.files[0].outcome, Outcome::NothingNew),
        "{:?}",
        again.files[0].outcome
    );
    let again = preview(&site.replica, &untouched, "k4", "cd34");
    assert!(
        matches!(again.files[0].outcome, Outcome::NothingNew),
        "{:?}",
        again.files[0].outcome
    );
    // A third form that changes it once more does.
    type_in(&mut book, "夜话台账", 0, "地点", "新祠堂");
    take(&mut site, &book, "k5", "ef56");
    assert_eq!(place_of(&site, &id), "新祠堂");
}

/// What was empty when it was given out, was filled in, and is emptied again.
#[test]
fn what_the_unit_empties_again_is_empty() {
    let mut site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    let id = first_talk(&mut book);
    let purpose = |site: &Site| {
        NightTalk::of(site.replica.find(NightTalk::SCHEMA, &id).expect("it"))
            .purpose()
            .map(str::to_owned)
    };
    let table = sheet(&mut book, "夜话台账");
    let (_, at) = heading(table, "目的");
    assert!(at > 0);
    let given = purpose(&site);
    type_in(&mut book, "夜话台账", 0, "目的", "");
    let empty = book.clone();
    take(&mut site, &empty, "k1", "ab12");
    assert_eq!(purpose(&site), None, "{given:?}");
    // Given out anew, when it is empty.
    let mut book = form(&site.replica, &unit);
    let blank = book.clone();
    let word = NightTalk::LEDGER.field("purpose").expect("a field").choices[0].label;
    type_in(&mut book, "夜话台账", 0, "目的", word);
    take(&mut site, &book, "k2", "cd34");
    assert!(purpose(&site).is_some());
    take(&mut site, &blank, "k3", "ef56");
    assert_eq!(purpose(&site), None);
}

/// What the town wrote over it meanwhile is asked about, as any other write of the unit would be.
#[test]
fn what_the_town_wrote_since_is_not_put_back_unasked() {
    let mut site = town();
    let unit = unit(&site.replica);
    let mut book = form(&site.replica, &unit);
    let untouched = book.clone();
    let id = first_talk(&mut book);
    type_in(&mut book, "夜话台账", 0, "地点", "老祠堂");
    take(&mut site, &book, "k1", "ab12");
    site.write(NightTalk::LEDGER, &id, &[("place", text("镇里改的"))]);
    take(&mut site, &untouched, "k2", "cd34");
    let ix = site.replica.find_ix("night_talk", &id).expect("the talk");
    let slot = NightTalk::LEDGER.slot("place").expect("a field");
    let record = site.replica.record(ix).expect("a record");
    let stands = place_of(&site, &id);
    assert!(stands == "镇里改的" || record.disputed(slot), "{stands}");
}
