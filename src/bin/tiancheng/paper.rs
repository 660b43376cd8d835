//! `tiancheng paper`: a paper from the records of a file, as a document or a web page.

use std::collections::VecDeque;
use std::path::Path;
use std::process::ExitCode;

use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::view::paper::block::Body;
use tiancheng::view::paper::docx::plain;
use tiancheng::view::paper::ground::Asked;
use tiancheng::view::paper::html::document;
use tiancheng::view::paper::kind::Of;
use tiancheng::view::paper::kinds::{all, by_id, make};
use tiancheng::view::period;

use super::{Failure, Outcome, last_entry, option, output, print, save_bytes, single};

/// Takes an option without a value out of the arguments.
fn flag(args: &mut VecDeque<String>, name: &str) -> bool {
    let at = args.iter().position(|arg| arg == name);
    at.and_then(|at| args.remove(at)).is_some()
}

/// The kinds, a line each: id, name, what it is of, what it is for.
fn list() -> Outcome {
    let line = |kind: &tiancheng::view::paper::kind::Kind| {
        let of = kind.of.iter().map(|of| match of {
            Of::Record(ledger) => format!("--record（{}）", ledger.id),
            Of::Ledger => "--record（台账）".to_owned(),
            Of::Unit => "--unit".to_owned(),
            Of::District => "--district".to_owned(),
            Of::Town => "全镇".to_owned(),
        });
        let period = if kind.period { "，--period" } else { "" };
        let of = of.collect::<Vec<_>>().join("、");
        format!("{}\t{}\t{of}{period}\t{}\n", kind.id, kind.label, kind.whom)
    };
    print(&all().map(line).collect::<String>())
}

/// The paper that the arguments ask for.
pub fn paper(mut args: VecDeque<String>) -> Outcome {
    if flag(&mut args, "--list") {
        return list();
    }
    let out = output(&mut args)?;
    let wanted = option(&mut args, "--kind").ok_or_else(|| Failure::Usage("请用 --kind 写明材料的种类".into()))?;
    let kind = by_id(&wanted)
        .ok_or_else(|| Failure::Usage(format!("没有叫 {wanted} 的材料，tiancheng paper --list 列出全部种类")))?;
    let period = option(&mut args, "--period");
    let unit = option(&mut args, "--unit").map(Scope::Unit);
    let scope = unit.or_else(|| option(&mut args, "--district").map(Scope::District));
    let record = option(&mut args, "--record");
    let today = option(&mut args, "--today");
    let personal = flag(&mut args, "--personal");
    let replica = single(args)?;
    let today = match today {
        Some(text) => {
            Day::parse(&text).ok_or_else(|| Failure::Usage("--today 后面要写日期，例如 2022-12-31".into()))?
        }
        None => last_entry(&replica)?,
    };
    let period = match period {
        Some(text) => period::parse(&text)
            .ok_or_else(|| Failure::Usage("--period 后面写 2022、2022-h1、2022-q4、2022-11 这样的统计期".into()))?,
        None => Period::Year(today.year()),
    };
    let asked = Asked {
        scope: scope.unwrap_or(Scope::Town),
        period,
        today,
        record,
        personal,
    };
    let paper = make(kind, &replica, &asked).map_err(Failure::Message)?;
    let extension = Path::new(&out).extension().and_then(|e| e.to_str()).unwrap_or_default();
    let bytes = match extension {
        "docx" => office::write_paper(&plain(&paper, &|_| None)).map_err(Failure::Message)?,
        "html" => document(&paper).into_bytes(),
        _ => return Err(Failure::Usage("-o 后面写 .docx 或 .html 文件".into())),
    };
    save_bytes(&out, &bytes)?;
    println!("{out}：{}，{} 段", kind.label, paper.blocks.len());
    let has_picture = paper.blocks.iter().any(|block| matches!(block.body, Body::Picture(..)));
    if extension == "docx" && has_picture {
        println!("命令行做的 .docx 不带图：图在 .html 文件里，或在页面上存为 Word");
    }
    Ok(ExitCode::SUCCESS)
}
