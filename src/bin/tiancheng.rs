//! Native command line: the same core as the page, no logic of its own.
//!
//! Exit codes: 0 done, 1 a file was refused or could not be written, 2 the call itself is wrong.

#[path = "tiancheng/due.rs"]
mod due;
#[path = "tiancheng/paper.rs"]
mod paper;

use std::collections::VecDeque;
use std::fs;
use std::io::{self, Write as _};
use std::process::ExitCode;

use office::book::{Book, State, Table};
use sha2::{Digest as _, Sha256};
use tiancheng::exchange::file::{MAX_BYTES, hex, too_large};
use tiancheng::exchange::name::file_name;
use tiancheng::exchange::writing::{Order, canonical_file, town_name};
use tiancheng::exchange::{Content, Purpose, ReadFile, Scope, export, read_file};
use tiancheng::model::date::Day;
use tiancheng::model::ledger::Ledger;
use tiancheng::model::notice::Notice;
use tiancheng::model::programmes::sample;
use tiancheng::model::programmes::sample::SampleOptions;
use tiancheng::model::programmes::town::ledgers::{Device, Dispatch, Unit};
use tiancheng::model::programmes::{board, catalogue, schemas};
use tiancheng::model::records::rows;
use tiancheng::replica::seed::seed;
use tiancheng::replica::wire::Names;
use tiancheng::replica::{ChangeId, Replica, Stamp};
use tiancheng::turns::{Turns, at_once};
use tiancheng::view::overview::figures_period;
use tiancheng::view::summary::{json, last_day};
use tiancheng::view::tables::book::whole_town;
use tiancheng::view::tables::forms::{self, units, workbook};
use tiancheng::view::tables::issued::Issued;
use tiancheng::view::tables::layout::{Layout, layout};
use tiancheng::view::tables::mapping::{guess, is_known};
use tiancheng::view::tables::plan::{Answers, Fate, Ground, Job, line_of, plan};
use tiancheng::view::tables::returned::{Arrival, report};
use tiancheng::view::tables::words;
use tiancheng::view::tables::write::{Personal, records};

const USAGE: &str = "\
用法：
  tiancheng sample [--years N] [--records N] [--unit 代码]   输出示例数据文件
  tiancheng check 文件…                                      检查文件，不合格时退出码为 1
  tiancheng merge 文件… -o 输出文件                          合并，结果与文件先后无关
  tiancheng summary [--today 日期] 文件                      以 JSON 输出全部指标，统计期和网页的默认一样；
                                                             不写日期的，按文件里最后一次填报的那天
  tiancheng split 文件 -o 文件夹                             为每个村（社区）生成一个下发文件
  tiancheng sheet 文件 --ledger 台账|--all -o 输出.xlsx      把一本台账或全部台账写成表格
  tiancheng import 文件 表格 --ledger 台账 -o 输出文件       把表格里的行导入台账；有误的行逐行列出，不导入；
                                                             表格是村里发回的填报表时，不写 --ledger，记为上报
  tiancheng form 文件 --task 任务 -o 文件夹                  为每个村（社区）生成一份填报表格
  tiancheng paper 文件 --kind 种类 [--period 统计期] [--unit 代码|--district 编号|--record 记录] [--today 日期]
                  [--personal] -o 输出.docx|输出.html        生成材料；姓名默认只留姓，--personal 写全
  tiancheng paper --list                                     列出材料的种类
  tiancheng due 文件 [--today 日期] [--until 日期] [--unit 代码]
                                                             逐行输出全部期限（JSON），从已逾期的到 --until 那天
  tiancheng workdays [--file 文件] 日期 天数                 输出某天之后第几个工作日；节假日可取自数据文件
";

/// Why a command ended early: a wrong call, or a message about a file.
enum Failure {
    Usage(String),
    Message(String),
}

type Outcome = Result<ExitCode, Failure>;

fn main() -> ExitCode {
    let mut args: VecDeque<String> = std::env::args().skip(1).collect();
    let command = args.pop_front().unwrap_or_default();
    let done = match command.as_str() {
        "sample" => sample(args),
        "check" => check(args),
        "merge" => merge(args),
        "summary" => summary(args),
        "split" => split(args),
        "sheet" => sheet(args),
        "import" => import(args),
        "form" => form(args),
        "paper" => paper::paper(args),
        "due" => due::due(args),
        "workdays" => due::workdays(args),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(Failure::Usage("请写明要做什么".into())),
    };
    match done {
        Ok(code) => code,
        Err(Failure::Message(message)) => {
            eprintln!("{message}");
            ExitCode::from(1)
        }
        Err(Failure::Usage(message)) => {
            eprintln!("{message}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn number<T: std::str::FromStr>(option: &str, value: Option<String>) -> Result<T, Failure> {
    let parsed = value.as_deref().and_then(|v| v.parse().ok());
    parsed.ok_or_else(|| Failure::Usage(format!("{option} 后面要写一个整数")))
}

fn sample(mut args: VecDeque<String>) -> Outcome {
    let mut options = SampleOptions::default();
    while let Some(arg) = args.pop_front() {
        match arg.as_str() {
            "--years" => options.years = number("--years", args.pop_front())?,
            "--records" => options.records = number("--records", args.pop_front())?,
            "--unit" => {
                options.unit = Some(
                    args.pop_front()
                        .ok_or_else(|| Failure::Usage("--unit 后面要写代码".into()))?,
                )
            }
            other => return Err(Failure::Usage(format!("不认识 {other}"))),
        }
    }
    if !(1..=100).contains(&options.years) || options.records > 1_000_000 {
        return Err(Failure::Usage("--years 取 1 到 100，--records 最多 1000000".into()));
    }
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &sample::town(&options)));
    if let Some(unit) = &options.unit
        && !rows::<Unit>(&replica).iter().any(|u| u.id() == unit)
    {
        return Err(Failure::Message(format!("没有代码为 {unit} 的村（社区）")));
    }
    print(&canonical_file(&replica).text)
}

fn print(text: &str) -> Outcome {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(Failure::Message(format!("写不出结果：{error}"))),
    }
}

fn load(path: &str, names: &mut Names) -> Result<Content, Failure> {
    let told = |notice: Notice| Failure::Message(format!("{path}：{notice}"));
    let size = fs::metadata(path)
        .map_err(|e| Failure::Message(format!("{path}：打不开，{e}")))?
        .len();
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    if size > MAX_BYTES {
        return Err(told(too_large(size)));
    }
    let bytes = fs::read(path).map_err(|e| Failure::Message(format!("{path}：读不出，{e}")))?;
    match read_file(&bytes, names).map_err(told)? {
        ReadFile::Plain(content) => Ok(*content),
        ReadFile::Sealed(_) => Err(told(Notice::error("", "这是加密文件", "请在网页里用口令打开后再导出"))),
    }
}

fn check(args: VecDeque<String>) -> Outcome {
    if args.is_empty() {
        return Err(Failure::Usage("请写上要检查的文件".into()));
    }
    let mut bad = false;
    for path in &args {
        match load(path, &mut Names::default()) {
            Ok(content) => {
                let mut replica = Replica::new(schemas());
                let changes = content.changes.len();
                replica.merge_all(content.changes);
                let open = tiancheng::view::conflicts::open(&replica);
                println!(
                    "{path}：合格，{}，{}，{changes} 次修改，{} 条记录，填得不同 {}，待确认 {}",
                    content.header.town,
                    content.header.purpose.label(),
                    replica.record_count(),
                    open.disputed,
                    open.pending,
                );
                for tiancheng::replica::Alarm::Forged(id) in replica.alarms() {
                    println!("{path}：修改 {id} 有两种内容，都已保留；请核对来源");
                }
            }
            Err(Failure::Message(message)) => {
                bad = true;
                println!("{message}");
            }
            Err(usage) => return Err(usage),
        }
    }
    Ok(if bad { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Takes `-o PATH` out of the arguments.
fn output(args: &mut VecDeque<String>) -> Result<String, Failure> {
    let at = args
        .iter()
        .position(|a| a == "-o")
        .ok_or_else(|| Failure::Usage("请用 -o 写明输出到哪里".into()))?;
    args.remove(at);
    args.remove(at)
        .ok_or_else(|| Failure::Usage("-o 后面要写输出到哪里".into()))
}

fn last_entry(replica: &Replica) -> Result<Day, Failure> {
    last_day(replica).ok_or_else(|| Failure::Message("文件里没有记录".into()))
}

/// Takes `NAME VALUE` out of the arguments.
fn option(args: &mut VecDeque<String>, name: &str) -> Option<String> {
    let at = args.iter().position(|arg| arg == name)?;
    args.remove(at);
    args.remove(at)
}

/// The ledger that `--ledger` names by its id or its label.
fn ledger(args: &mut VecDeque<String>) -> Result<&'static Ledger, Failure> {
    let named = option(args, "--ledger").ok_or_else(|| Failure::Usage("请用 --ledger 写明台账".into()))?;
    let found = catalogue()
        .all()
        .iter()
        .copied()
        .find(|l| l.id == named || l.label == named);
    found.ok_or_else(|| Failure::Message(format!("没有叫 {named} 的台账")))
}

fn save_bytes(path: &str, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|e| Failure::Message(format!("{path}：写不进去，{e}")))
}

/// One ledger or all as a workbook.
fn sheet(mut args: VecDeque<String>) -> Outcome {
    let out = output(&mut args)?;
    let all = args.iter().position(|arg| arg == "--all");
    let one = match all {
        Some(at) => {
            args.remove(at);
            None
        }
        None => Some(ledger(&mut args)?),
    };
    let replica = single(args)?;
    let today = last_entry(&replica)?;
    let mut board = board(figures_period(None, today), today);
    board.refresh(&replica);
    let mut sheets = whole_town(&replica, &board, &town_name(&replica), Personal::Whole);
    if let Some(ledger) = one {
        sheets.retain(|sheet| sheet.name == ledger.label);
        if sheets.is_empty() {
            sheets.push(records(&replica, ledger, &[], false, Personal::Whole));
        }
    }
    let bytes = office::write(&sheets).map_err(Failure::Message)?;
    save_bytes(&out, &bytes)?;
    let rows: usize = sheets.iter().map(|sheet| sheet.rows.len()).sum();
    println!("{out}：{} 张工作表，{rows} 行", sheets.len());
    Ok(ExitCode::SUCCESS)
}

/// Rows of a workbook into a ledger. Rows that raise a question or a problem are listed and left out.
fn import(mut args: VecDeque<String>) -> Outcome {
    let out = output(&mut args)?;
    let ledger = match args.iter().any(|arg| arg == "--ledger") {
        true => Some(ledger(&mut args)?),
        false => None,
    };
    let (Some(town), Some(path), None) = (args.pop_front(), args.pop_front(), args.pop_front()) else {
        return Err(Failure::Usage("请写上数据文件和表格文件".into()));
    };
    let mut replica = single(VecDeque::from([town]))?;
    let told = |notice: Notice| Failure::Message(format!("{path}：{}", of_sheet(&notice)));
    let bytes = fs::read(&path).map_err(|e| Failure::Message(format!("{path}：读不出，{e}")))?;
    let book = office::read(&bytes).map_err(|refusal| told(words::refused(&refusal)))?;
    let Some(ledger) = ledger else {
        return take_form(replica, (&path, &bytes, &book), &out);
    };
    let laid = book.sheets.iter().map(|table| {
        let known = |heading: &str| is_known(catalogue(), heading);
        (table, layout(table, &known, None))
    });
    let found = laid.filter(|(table, layout)| table.state == State::Visible && !layout.heading_rows.is_empty());
    let fits = |(_, layout): &(&Table, Layout)| guess(ledger, layout, &[]).iter().filter(|m| m.slot.is_some()).count();
    let Some((table, layout)) = found.max_by_key(fits) else {
        let todo = "表头要在前十行";
        return Err(told(Notice::error("", "没有找到表头", todo)));
    };
    let job = Job {
        ledger,
        mapped: guess(ledger, &layout, &[]),
        fixed: Vec::new(),
        answers: Answers::new(),
        issued: None,
    };
    let ground = Ground {
        records: &replica,
        catalogue: catalogue(),
        today: last_entry(&replica)?,
        why_not: &|_| None,
    };
    let plan = plan(&ground, table, &layout, &job);
    let sheet = Some(table.name.as_str()).filter(|_| book.sheets.len() > 1);
    for row in &plan.rows {
        if let Fate::Wrong(problems) = &row.fate {
            problems
                .iter()
                .for_each(|problem| eprintln!("{}", line_of(sheet, row.number, problem)));
        }
    }
    for question in &plan.questions {
        eprintln!("{}。在网页里导入可以回答", question.with_answers());
    }
    let stamp = import_stamp(&replica, &bytes);
    let (change, _) = replica.compose_each(stamp.clone(), &replica.writes_of(&stamp, &plan.drafts()));
    replica.merge_all(change);
    save(out.as_ref(), &canonical_file(&replica).text)?;
    println!("{out}：{}", words::counted(&plan.counts()));
    Ok(ExitCode::SUCCESS)
}

/// A form that came back from a unit, as the report of that unit.
fn take_form(mut replica: Replica, (path, bytes, book): (&str, &[u8], &Book), out: &str) -> Outcome {
    if !Issued::is_in(book) {
        return Err(Failure::Usage("请用 --ledger 写明台账".into()));
    }
    let stamp = import_stamp(&replica, bytes);
    let arrival = Arrival {
        actor: stamp.id.actor.to_string(),
        at: stamp.at,
        today: last_entry(&replica)?,
        sha256: hex(&Sha256::digest(bytes)),
    };
    let returned = at_once(report(&replica, book, &arrival, Turns::NONE));
    let returned = returned.map_err(|notice| Failure::Message(format!("{path}：{}", of_sheet(&notice))))?;
    for remark in &returned.remarks {
        eprintln!("{}", of_sheet(remark));
    }
    let patches: usize = returned.content.changes.iter().map(|change| change.set.len()).sum();
    replica.merge_all(returned.content.changes);
    save(out.as_ref(), &canonical_file(&replica).text)?;
    println!("{out}：收下上报，写入 {patches} 条");
    Ok(ExitCode::SUCCESS)
}

/// A form for each unit, to be filled in for a task.
fn form(mut args: VecDeque<String>) -> Outcome {
    let out = output(&mut args)?;
    let named = option(&mut args, "--task").ok_or_else(|| Failure::Usage("请用 --task 写明任务".into()))?;
    let replica = single(args)?;
    let tasks = rows::<Dispatch>(&replica);
    let found = tasks
        .iter()
        .find(|task| task.id() == named || task.title() == Some(&named));
    let Some(task) = found else {
        return Err(Failure::Message(format!("文件里没有叫 {named} 的任务")));
    };
    let today = last_entry(&replica)?;
    fs::create_dir_all(&out).map_err(|e| Failure::Message(format!("{out}：建不了文件夹，{e}")))?;
    let units = units(&replica);
    for unit in &units {
        let bytes = office::write(&workbook(&replica, task, unit, today)).map_err(Failure::Message)?;
        let name = format!("{}.xlsx", forms::file_name(&replica, task, unit));
        save_bytes(&std::path::Path::new(&out).join(name).display().to_string(), &bytes)?;
    }
    println!("{out}：{} 份填报表格", units.len());
    Ok(ExitCode::SUCCESS)
}

/// Who imports: the town's device, under an author that the bytes of the sheet name, so that the same sheet is one change
/// wherever it is imported.
fn import_stamp(replica: &Replica, bytes: &[u8]) -> Stamp {
    let town = rows::<Device>(replica)
        .into_iter()
        .find(|device| device.role() == Some("town"));
    let written = (0..replica.change_count()).map(|c| replica.head(u32::try_from(c).unwrap_or(u32::MAX)).at);
    Stamp {
        id: ChangeId {
            actor: format!("sheet-{}", &hex(&Sha256::digest(bytes))[..12]).into(),
            n: 1,
        },
        at: written.max().unwrap_or_default(),
        by: town.map_or("", |device| device.id()).into(),
    }
}

fn save(path: &std::path::Path, text: &str) -> Result<(), Failure> {
    let partial = path.with_extension("part");
    let done = fs::write(&partial, text).and_then(|()| fs::rename(&partial, path));
    done.map_err(|e| Failure::Message(format!("{}：写不进去，{e}", path.display())))
}

fn merge(mut args: VecDeque<String>) -> Outcome {
    let out = output(&mut args)?;
    if args.is_empty() {
        return Err(Failure::Usage("请写上要合并的文件".into()));
    }
    let mut names = Names::default();
    let mut replica = Replica::new(schemas());
    for path in &args {
        let content = load(path, &mut names)?;
        replica.merge_all(content.changes);
    }
    let written = canonical_file(&replica);
    save(out.as_ref(), &written.text)?;
    println!(
        "{out}：{} 个文件，{} 次修改，{} 条记录",
        args.len(),
        written.counts.changes,
        written.records()
    );
    Ok(ExitCode::SUCCESS)
}

/// A notice about a sheet: its place is a word of the page.
fn of_sheet(notice: &Notice) -> String {
    format!("{}；{}", notice.what, notice.todo)
}

fn single(args: VecDeque<String>) -> Result<Replica, Failure> {
    let [path] = args.as_slices().0 else {
        return Err(Failure::Usage("请写上一个文件".into()));
    };
    let content = load(path, &mut Names::default())?;
    let mut replica = Replica::new(schemas());
    replica.merge_all(content.changes);
    Ok(replica)
}

fn summary(mut args: VecDeque<String>) -> Outcome {
    let today = match args.iter().position(|a| a == "--today") {
        Some(at) => {
            args.remove(at);
            let day = args.remove(at).and_then(|text| Day::parse(&text));
            Some(day.ok_or_else(|| Failure::Usage("--today 后面要写日期，例如 2022-12-31".into()))?)
        }
        None => None,
    };
    let replica = single(args)?;
    let Some(as_of) = today.or_else(|| last_day(&replica)) else {
        return Err(Failure::Message("文件里没有记录，没有可以统计的".into()));
    };
    print(&json(&replica, as_of))
}

fn split(mut args: VecDeque<String>) -> Outcome {
    let out = output(&mut args)?;
    let replica = single(args)?;
    fs::create_dir_all(&out).map_err(|e| Failure::Message(format!("{out}：建不了文件夹，{e}")))?;
    let at = canonical_file(&replica).header.exported_at;
    let units = rows::<Unit>(&replica);
    if units.is_empty() {
        return Err(Failure::Message("文件里没有村（社区）名单，没有可以下发的".into()));
    }
    for unit in &units {
        let order = Order {
            purpose: Purpose::Dispatch,
            scope: Scope::units([unit.id()]),
            by: String::new(),
            at,
        };
        let written = export(&replica, &order);
        save(
            &std::path::Path::new(&out).join(file_name(&replica, &written.header)),
            &written.text,
        )?;
    }
    println!("{out}：{}，{} 个下发文件", town_name(&replica), units.len());
    Ok(ExitCode::SUCCESS)
}
