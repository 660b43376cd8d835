//! Tables in and out: a sheet that was chosen or pasted becomes records, is undone and withdrawn; what is seen goes out.

use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use tiancheng::model::date::Day;
use tiancheng::model::programmes::sample::{self, SampleOptions};
use tiancheng::model::programmes::schemas;
use tiancheng::model::programmes::town::ledgers::{Dispatch, Unit};
use tiancheng::model::records::rows;
use tiancheng::replica::Replica;
use tiancheng::replica::seed::seed;
use tiancheng::view::tables::forms;
use tiancheng::view::tables::write::{Personal, everything};

pub const TESTS: &[Test] = &[
    Test::all(
        "tables: a workbook comes in, again brings nothing, and is withdrawn",
        workbook,
    ),
    Test::current(
        "tables: pasted cells are assigned, asked about, imported and undone",
        pasted,
    ),
    Test::current("tables: a whole workbook comes in at once and is undone", whole),
    Test::all(
        "tables: a file that is dropped onto a list is imported into its ledger",
        dropped,
    ),
    Test::current("tables: wrong rows are named and leave nothing behind", wrong),
    Test::all(
        "tables: a list goes out as a workbook and comes back as it was",
        there_and_back,
    ),
    Test::all(
        "tables: a form goes out for a task and comes back as the report of its unit",
        form,
    ),
    Test::current("tables: files that are no tables get a sentence each", refused),
    Test::current(
        "tables: bringing back an import that was made again asks before it doubles",
        brought_back,
    ),
    Test::all("grid: attendance of 39 is one save, and is undone", attendance),
    Test::all(
        "grid: what an input method puts together stands in the cell, and arrows go on",
        input_method,
    ),
    Test::current("grid: keys, ranges, copies and faults", keys),
    Test::current(
        "grid: 五个一 is a matrix of persons by measures, saved and undone",
        matrix,
    ),
    Test::current(
        "several: one field of two records is changed, both are deleted, and each is undone",
        several,
    ),
    Test::current(
        "tables: cross tables, boards, units and charts go out as they are seen",
        seen,
    ),
    Test::current(
        "summary table: indicators are chosen, sorted and exported",
        summary_table,
    ),
];

const IMPORT: &str = "?today=2022-11-22#/import";

/// Founds the town of the 39 units.
pub(super) fn found(page: &mut Page) -> Outcome<()> {
    page.open("?today=2022-11-22#/start")?;
    page.click("link", "新建本镇")?;
    page.fill("textbox", "镇（街道）名称", "天城镇")?;
    super::town::paste(page, include_str!("../../../fixtures/units.csv"))?;
    page.see("读出 39 个")?;
    page.click("button", "核对名单")?;
    page.click("button", "建立本镇")?;
    page.find(By::Role("heading", "总览"))?;
    page.see("39 个村（社区）")
}

/// A file of the cases.
fn fixture(page: &mut Page, name: &str) -> Outcome<std::path::PathBuf> {
    let path = format!("{}/../../office/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).map_err(|error| format!("{path}: {error}"))?;
    page.file(name, &bytes)
}

/// Presses a button that saves a file, and returns its bytes.
pub(super) fn saved_bytes(page: &mut Page, button: &str) -> Outcome<Vec<u8>> {
    page.eval(
        "if (!window.handedOver) { window.handedOver = []; const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.handedOver.push(blob); return make.call(URL, blob); }; }",
    )?;
    page.eval("window.handedOver.length = 0")?;
    page.click("button", button)?;
    page.wait_until("a file is handed over", "return window.handedOver.length > 0")?;
    let hex = page.eval(
        "return window.handedOver[0].arrayBuffer().then((b) => Array.from(new Uint8Array(b), (x) => x.toString(16).padStart(2, '0')).join(''))",
    )?;
    let hex = hex.as_str().unwrap_or_default().as_bytes().to_vec();
    let digit = |b: u8| (b as char).to_digit(16).unwrap_or(0) as u8;
    Ok(hex.chunks(2).map(|pair| digit(pair[0]) * 16 + digit(pair[1])).collect())
}

fn workbook(page: &mut Page) -> Outcome<()> {
    found(page)?;
    page.goto(IMPORT)?;
    let people = fixture(page, "people.xlsx")?;
    page.upload("选择表格文件", std::slice::from_ref(&people))?;
    page.see("新增 12 行")?;
    page.click("button", "导入 12 条")?;
    page.see("已导入后备干部：新增 12 名")?;
    page.goto("?today=2022-11-22#/l/reserve")?;
    page.see("12 名")?;
    page.step_to("#/import")?;
    page.upload("选择表格文件", &[people])?;
    page.see("相同 12 行")?;
    let again = fixture(page, "people-again.xlsx")?;
    page.upload("选择表格文件", &[again])?;
    page.see("更改 2 行，相同 9 行")?;
    page.see("学历：高中（中专） → 本科")?;
    page.click("button", "取消")?;
    page.goto(super::exchange::LOG)?;
    page.see("表格导入")?;
    page.click("button", "撤回")?;
    page.see("已撤回这次合并")?;
    page.goto("?today=2022-11-22#/l/reserve")?;
    page.see("后备干部还没有记录")
}

fn brought_back(page: &mut Page) -> Outcome<()> {
    found(page)?;
    let people = fixture(page, "people.xlsx")?;
    let take_in = |page: &mut Page| -> Outcome<()> {
        page.goto(IMPORT)?;
        page.upload("选择表格文件", std::slice::from_ref(&people))?;
        page.see("新增 12 行")?;
        page.see("女，1984-01")?;
        page.click("button", "导入 12 条")?;
        page.see("已导入后备干部：新增 12 名")
    };
    take_in(page)?;
    page.goto(super::exchange::LOG)?;
    page.click("button", "撤回")?;
    page.see("已撤回这次合并")?;
    take_in(page)?;
    page.goto(super::exchange::LOG)?;
    page.click("button", "恢复")?;
    page.see("恢复以后，12 条记录会和后来登记的重复")?;
    page.click("button", "不恢复")?;
    page.goto("?today=2022-11-22#/l/reserve")?;
    page.see("12 名")
}

/// Who types with an input method finds the box of the cell before the first letter. The box selects what it holds.
fn input_method(page: &mut Page) -> Outcome<()> {
    if !page.engine().can_select_text() {
        return Ok(());
    }
    page.open("?sample&today=2022-11-22#/l/reserve/grid")?;
    page.see("姓名")?;
    page.click_by(By::Css("#cell-0-1"))?;
    page.wait_until(
        "the box has the focus, and what it holds is selected",
        "const box = document.activeElement; return box.matches('#cell-0-1 input') && box.value !== '' && box.selectionEnd - box.selectionStart === box.value.length",
    )?;
    page.eval(
        "const box = document.activeElement; \
         const said = (kind, more) => box.dispatchEvent(new CompositionEvent(kind, { bubbles: true, data: more })); \
         said('compositionstart', ''); box.value = 'wang'; \
         box.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true })); \
         box.value = '王小五'; box.dispatchEvent(new InputEvent('input', { bubbles: true })); \
         said('compositionend', '王小五'); return true;",
    )?;
    page.find(By::Css("#cell-0-1 input.is-typing"))?;
    page.press("Enter")?;
    page.wait_until(
        "the cell says it",
        "return document.getElementById('cell-0-1').textContent.includes('王小五')",
    )?;
    // The next one is replaced by what is typed, and an arrow goes on.
    page.wait_until(
        "the cell below has the focus",
        "return document.activeElement.matches('#cell-1-1 input')",
    )?;
    page.press("x")?;
    page.find(By::Css("#cell-1-1 input.is-typing"))?;
    page.press("ArrowDown")?;
    page.wait_until(
        "the cell below that has the focus",
        "return document.activeElement.matches('#cell-2-1 input')",
    )?;
    let cell = page.find(By::Css("#cell-1-1"))?;
    assert_eq!(page.text(&cell)?, "x");
    page.see("保存 2 名")
}

fn paste(page: &mut Page, text: &str) -> Outcome<()> {
    page.goto(IMPORT)?;
    page.find(By::Role("heading", "选择表格"))?;
    page.see("也可以粘贴单元格")?;
    page.click_by(By::Css("details.fold > summary"))?;
    super::town::paste_into(page, "在 Excel 或 WPS 里连表头一起选中、复制，粘贴到这里", text)?;
    page.click("button", "读取单元格")
}

fn pasted(page: &mut Page) -> Outcome<()> {
    found(page)?;
    let cells =
        "村名\t姓名\t文化程度\t入库时间\t爱好\n寺前村\t甲一\t大学\t2021-12-01\t钓鱼\n菖蒲村\t乙一\t大专\t2021/12/2\t\n";
    paste(page, cells)?;
    page.select("导入到哪个台账", "后备干部")?;
    page.see("不导入的列：爱好。")?;
    page.see("学历没有“大学”这一项，算作哪一个？")?;
    page.see("新增 1 行，待确认 1 行")?;
    page.select("学历没有“大学”这一项，算作哪一个？", "本科")?;
    page.see("新增 2 行")?;
    page.click("button", "导入 2 条")?;
    page.see("已导入后备干部：新增 2 名")?;
    page.click("button", "撤销")?;
    page.goto("?today=2022-11-22#/l/reserve")?;
    page.see("后备干部还没有记录")?;
    // Anywhere on the page but in a field.
    page.goto(IMPORT)?;
    page.find(By::Role("heading", "选择表格"))?;
    page.eval(
        "const data = new DataTransfer(); \
         data.setData('text/plain', '村\\t姓名\\t入库日期\\n寺前村\\t甲一\\t2021-12-01'); \
         const event = new Event('paste', { bubbles: true, cancelable: true }); \
         Object.defineProperty(event, 'clipboardData', { value: data }); \
         document.body.dispatchEvent(event); return true;",
    )?;
    page.see("已读取：粘贴的表格")?;
    page.see("新增 1 行")
}

/// A drop as browsers make it: a file dragged over the list, let go there.
fn dropped(page: &mut Page) -> Outcome<()> {
    found(page)?;
    page.goto("?today=2022-11-22#/l/reserve")?;
    page.see("后备干部还没有记录")?;
    let drag = |kind: &str| {
        format!(
            "const text = '村名,姓名,入库时间\\n寺前村,甲一,2021-12-01\\n'; \
             const data = new DataTransfer(); \
             data.items.add(new File([text], '名单.csv', {{ type: 'text/csv' }})); \
             const list = document.querySelector('.ledger-list'); \
             const event = new DragEvent('{kind}', {{ bubbles: true, cancelable: true, dataTransfer: data }}); \
             list.dispatchEvent(event); return event.defaultPrevented;"
        )
    };
    assert_eq!(page.eval(&drag("dragover"))?.as_bool(), Some(true));
    page.see("放开鼠标，把表格导入到后备干部")?;
    page.eval(&drag("drop"))?;
    page.see("新增 1 行")?;
    page.click("button", "导入 1 条")?;
    page.see("已导入后备干部：新增 1 名")
}

fn wrong(page: &mut Page) -> Outcome<()> {
    found(page)?;
    page.goto(IMPORT)?;
    let sheet = fixture(page, "sixty-rows.xlsx")?;
    page.upload("选择表格文件", &[sheet])?;
    page.see("新增 57 行")?;
    page.see("第 15 行 G 列“入库日期”：“2022-02-30”看不出是哪一天，日期写成 2022-03-05 这样")?;
    page.click("button", "取消")?;
    page.goto("?today=2022-11-22#/l/reserve")?;
    page.see("后备干部还没有记录")
}

fn there_and_back(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/l/reserve")?;
    page.click("button", "导出表格")?;
    page.click("button", "全部栏目")?;
    page.click("button", "电话写全")?;
    let bytes = saved_bytes(page, "导出 Excel 表格")?;
    page.see("已导出")?;
    let book = office::read(&bytes).map_err(|refusal| format!("{refusal:?}"))?;
    assert_eq!(book.sheets.len(), 1);
    let file = page.file("reserve.xlsx", &bytes)?;
    page.step_to("#/import")?;
    page.upload("选择表格文件", &[file])?;
    page.see("表里的内容本机都有，没有要导入的")
}

/// The form of a unit of the sample town, as the page makes it.
fn sample_form(unit: &str) -> Vec<office::sheet::Sheet> {
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &sample::town(&SampleOptions::default())));
    let unit = rows::<Unit>(&replica)
        .into_iter()
        .find(|known| known.name() == Some(unit));
    let code = unit.map_or_else(String::new, |unit| unit.id().to_owned());
    let task = rows::<Dispatch>(&replica).into_iter().next();
    let today = Day::parse("2022-11-22");
    match task.zip(today) {
        Some((task, today)) => forms::workbook(&replica, &task, &code, today),
        None => Vec::new(),
    }
}

fn form(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/merge?tab=out")?;
    let all = saved_bytes(page, "导出填报表格")?;
    assert!(all.starts_with(b"PK"), "an archive of 39 workbooks");
    page.see("里面有 39 份表格")?;
    page.select("填报表格发给", "渣冲村")?;
    let bytes = saved_bytes(page, "导出填报表格")?;
    page.see("已导出 渣冲村_11月填报_填报表.xlsx")?;
    let book = office::read(&bytes).map_err(|refusal| format!("{refusal:?}"))?;
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names.get(..3), Some(&["填写说明", "夜话台账", "群众建议"][..]));
    // Filled in as a spreadsheet would save it: the same sheets with one more row.
    let mut sheets = sample_form("渣冲村");
    let talks = sheets.get_mut(1).ok_or("no talks")?;
    let mut cells = vec![office::sheet::Out::Empty; talks.columns.len()];
    let typed = [
        ("类型", "湾子夜话"),
        ("日期", "2022-11-20"),
        ("地点", "新湾"),
        ("议题", "修路"),
    ];
    for (head, text) in typed {
        let at = talks.head[0].iter().position(|heading| heading.text == head);
        cells[at.ok_or(head)?] = office::sheet::Out::Text(text.to_owned());
    }
    talks.rows.push(office::sheet::Line {
        cells,
        ..office::sheet::Line::default()
    });
    let filled = page.file("渣冲村.xlsx", &office::write(&sheets)?)?;
    page.step_to("#/import")?;
    page.upload("选择表格文件", std::slice::from_ref(&filled))?;
    page.see("这是渣冲村发回的填报表")?;
    page.click("link", "去合并")?;
    page.upload("选择文件", &[filled])?;
    page.see("上报文件，渣冲村")?;
    page.click("button", "合并 1 个文件")?;
    page.see("已合并 1 个文件")?;
    page.step_to("#/l/night_talk?q=%E6%96%B0%E6%B9%BE")?;
    page.see("新湾")
}

fn refused(page: &mut Page) -> Outcome<()> {
    found(page)?;
    page.goto(IMPORT)?;
    for (name, told) in [
        ("password.xlsx", "文件有密码"),
        ("truncated.xlsx", "文件不完整或已损坏"),
        ("word.xlsx", "不是表格"),
        ("bomb.xlsx", "展开以后太大"),
        ("bomb-lies.xlsx", "展开以后太大"),
    ] {
        let file = fixture(page, name)?;
        page.upload("选择表格文件", &[file])?;
        page.see(told)?;
    }
    let good = fixture(page, "people.xlsx")?;
    page.upload("选择表格文件", &[good])?;
    page.see("新增 12 行")
}

fn attendance(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/l/attendance")?;
    page.see("234 人次")?;
    page.step_to("#/l/training/new")?;
    page.fill("textbox", "培训名称", "冬季党务培训")?;
    page.fill("textbox", "学时", "6")?;
    page.click("button", "保存")?;
    page.see("已保存：")?;
    page.step_to("#/l/attendance/grid")?;
    page.select("全表的培训", "冬季党务培训（2022-11-22）")?;
    page.see("保存 39 人次")?;
    // One was absent.
    page.click_by(By::Css("#cell-3-2"))?;
    page.press(" ")?;
    page.click("button", "保存 39 人次")?;
    page.see("已保存：成批填写参训情况 39 人次")?;
    page.click("button", "撤销")?;
    page.step_to("#/l/attendance")?;
    page.see("234 人次")
}

fn matrix(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/l/five_one/grid")?;
    page.see("流动党员 × 措施")?;
    page.see("保存 0 项")?;
    // The space bar puts today into an empty cell.
    page.click_by(By::Css("#cell-0-4"))?;
    page.press(" ")?;
    page.see("保存 1 项")?;
    let cell = page.find(By::Css("#cell-0-4"))?;
    assert_eq!(page.text(&cell)?, "2022-11-22");
    page.click("button", "保存 1 项")?;
    page.see("已保存：")?;
    // The grid that stays open shows that it was taken back.
    page.click("button", "撤销")?;
    page.see("已撤销：")?;
    page.wait_until(
        "the cell is empty again",
        "return document.getElementById('cell-0-4').textContent === ''",
    )?;
    page.see("保存 0 项")
}

fn keys(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/l/unit/grid")?;
    let column = "return [...document.querySelectorAll('table.cells thead th')].findIndex((th) => th.textContent.startsWith('户数')) - 2";
    let column = page.eval(column)?.as_i64().unwrap_or(-1);
    assert!(column > 0, "{column}");
    let text = |page: &mut Page, row: i64| -> Outcome<String> {
        let cell = page.find(By::Css(&format!("#cell-{row}-{column}")))?;
        page.text(&cell)
    };
    // A key in the same moment as the click is not lost.
    page.eval(&format!(
        "const cell = document.getElementById('cell-1-{column}'); \
         cell.dispatchEvent(new MouseEvent('mousedown', {{ bubbles: true }})); \
         cell.dispatchEvent(new KeyboardEvent('keydown', {{ key: '7', bubbles: true }})); return true;"
    ))?;
    page.wait_until(
        "the cell is typed into",
        "return document.querySelector('.cell-input.is-typing') !== null",
    )?;
    page.press("8")?;
    page.press("Enter")?;
    assert_eq!(text(page, 1)?, "78");
    page.press_with("z", true, false, false)?;
    page.click_by(By::Css(&format!("#cell-0-{column}")))?;
    page.press("1")?;
    page.press("2")?;
    page.press("Enter")?;
    assert_eq!(text(page, 0)?, "12");
    page.press("x")?;
    page.press("Enter")?;
    page.press("ArrowUp")?;
    page.press("F2")?;
    page.press("y")?;
    page.press("Escape")?;
    assert_eq!(text(page, 1)?, "x", "what was begun is let go");
    page.click("button", "保存 2 个")?;
    page.see("有 1 处要改正，没有保存任何一行。")?;
    page.see("第 2 行")?;
    page.press("Delete")?;
    page.click("button", "撤销一步")?;
    assert_eq!(text(page, 1)?, "x");
    Ok(())
}

fn several(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/l/reserve")?;
    page.click("button", "多选")?;
    page.click_by(By::Css("tbody tr[aria-rowindex='2'] .row-tick"))?;
    page.click_by(By::Css("tbody tr[aria-rowindex='3'] .row-tick"))?;
    page.see("已选 2 条")?;
    page.click("button", "改一项")?;
    page.select("改哪一项", "培养联系人")?;
    page.fill("textbox", "培养联系人都改为", "王小五")?;
    page.click("button", "看看改了什么")?;
    page.see("2 条改为“王小五”，原来：")?;
    page.click("button", "改 2 条")?;
    page.see("已把 2 名的培养联系人一起改了")?;
    page.click("button", "撤销")?;
    page.see("已撤销：")?;
    page.click("button", "删除所选")?;
    page.see("删除 2 条，放进回收站，可以恢复。")?;
    page.click("button", "删除 2 条")?;
    page.see("已删除 2 名后备干部")?;
    page.see("已选 0 条")?;
    page.click("button", "撤销")?;
    page.see("已撤销：删除 2 名后备干部")?;
    // On a phone a card is the tick.
    let width = page.engine().narrowest().max(360);
    page.set_viewport(width, 740)?;
    page.click_by(By::Css(".tick-card"))?;
    page.see("已选 1 条")
}

fn summary_table(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/units")?;
    page.click("link", "汇总表")?;
    page.see("全镇合计")?;
    let count = page.eval("return document.querySelectorAll('.summary-table tbody tr').length")?;
    assert_eq!(count.as_i64(), Some(39 + 11 + 1));
    page.click_by(By::Css(".summary-table thead button"))?;
    page.find(By::Css(".summary-table th[aria-sort='descending']"))?;
    on_paper(page)?;
    page.click("button", "导出表格")?;
    let bytes = saved_bytes(page, "导出 Excel 表格")?;
    let book = office::read(&bytes).map_err(|refusal| format!("{refusal:?}"))?;
    let rows = book.sheets.first().map_or(0, |sheet| sheet.rows.len());
    assert_eq!(rows, 2 + 2 + 51, "title, line, two rows of headings and the table");
    Ok(())
}

/// On paper the table is parted into some that a sheet holds, each with its heads.
fn on_paper(page: &mut Page) -> Outcome<()> {
    page.eval("window.dispatchEvent(new Event('beforeprint')); return true;")?;
    page.wait_until(
        "it is parted",
        "return document.querySelectorAll('.summary-table').length === 4",
    )?;
    if page.as_on_paper(true)? {
        // Buttons are not printed anew on later sheets: the words of the heads are.
        let unseen = page.eval(
            "return [...document.querySelectorAll('.summary-table thead th.num')]\
                .filter(th => !th.dataset.head || ['none', 'normal'].includes(getComputedStyle(th, '::before').content)).length",
        )?;
        assert_eq!(unseen.as_i64(), Some(0), "heads that paper leaves out");
        page.as_on_paper(false)?;
    }
    page.eval("window.dispatchEvent(new Event('afterprint')); return true;")?;
    page.wait_until(
        "it is whole",
        "return document.querySelectorAll('.summary-table').length === 1",
    )
}

/// The first sheet of a workbook that is saved: its name and how many rows it has.
fn first_sheet(page: &mut Page) -> Outcome<(String, usize)> {
    page.click("button", "导出表格")?;
    let bytes = saved_bytes(page, "导出 Excel 表格")?;
    let book = office::read(&bytes).map_err(|refusal| format!("{refusal:?}"))?;
    let first = book.sheets.first();
    Ok(first.map_or((String::new(), 0), |sheet| (sheet.name.clone(), sheet.rows.len())))
}

fn seen(page: &mut Page) -> Outcome<()> {
    page.open("?sample&today=2022-11-22#/units")?;
    page.see("书记通讯录")?;
    assert_eq!(first_sheet(page)?, ("村（社区）".to_owned(), 3 + 39 + 11 + 1));
    page.step_to("#/l/night_talk?by=unit&across=kind")?;
    page.find(By::Css(".pivot tfoot"))?;
    let lines = page.eval("return document.querySelectorAll('.pivot tbody tr').length")?;
    let (name, rows) = first_sheet(page)?;
    assert!(
        name.ends_with("交叉统计") && rows > 39,
        "{name}: {rows} rows, {lines} on the page"
    );
    page.step_to("#/merge")?;
    page.see("已报和未报")?;
    let (name, rows) = first_sheet(page)?;
    assert_eq!(name, "已报和未报");
    assert!(rows > 39);
    page.step_to("#/charts")?;
    page.click_by(By::Css(".chart-foot .end button"))?;
    page.find(By::Css(".chart-data table"))?;
    assert_eq!(first_sheet(page)?.0, "数据表");
    page.step_to("#/score")?;
    page.see("各村（社区）得分")?;
    assert_eq!(first_sheet(page)?, ("得分".to_owned(), 3 + 39));
    page.step_to("#/process")?;
    page.see("各村（社区）进度")?;
    assert_eq!(first_sheet(page)?, ("各村（社区）进度".to_owned(), 3 + 39));
    page.step_to("#/todo")?;
    page.see("已逾期")?;
    let (name, rows) = first_sheet(page)?;
    assert_eq!(name, "待办");
    assert!(rows > 39, "all of the list, not the part that is shown: {rows}");
    page.step_to("#/party-life")?;
    page.see("按期／应开展")?;
    assert_eq!(first_sheet(page)?, ("组织生活".to_owned(), 3 + 39));
    page.step_to("#/development")?;
    page.see("在办 42 人")?;
    assert_eq!(first_sheet(page)?, ("发展党员".to_owned(), 3 + 42));
    Ok(())
}

/// The workbook of the sample town into a town that has its units alone.
fn whole(page: &mut Page) -> Outcome<()> {
    found(page)?;
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &sample::town(&SampleOptions::default())));
    let today = Day::parse("2022-11-22").ok_or("a day")?;
    let mut sheets = everything(&replica, "天城镇", today, Personal::Whole);
    sheets.retain(|sheet| ["夜话台账", "后备干部"].contains(&sheet.name.as_str()));
    assert_eq!(sheets.len(), 2);
    let file = page.file("two.xlsx", &office::write(&sheets)?)?;
    page.goto(IMPORT)?;
    page.upload("选择表格文件", &[file])?;
    page.click("button", "看看 2 张工作表会怎样")?;
    page.find(By::Css("table[aria-label='各张工作表会变成什么']"))?;
    page.click_by(By::Css(".stack > section:nth-of-type(2) .button-main"))?;
    page.see("已导入 2 张工作表")?;
    page.click("button", "撤销")?;
    page.goto("?today=2022-11-22#/l/reserve")?;
    page.see("后备干部还没有记录")
}
