//! `tiancheng due` and `tiancheng workdays`.

use std::collections::VecDeque;
use std::process::ExitCode;

use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::Scope;
use tiancheng::model::programmes::town::ledgers::Unit;
use tiancheng::model::programmes::{catalogue, settings};
use tiancheng::model::records::rows;
use tiancheng::view::due::{board, json_lines};
use tiancheng::view::summary::last_day;

use super::{Failure, Outcome, print, single};

fn day(option: &str, value: Option<String>) -> Result<Day, Failure> {
    let parsed = value.as_deref().and_then(Day::parse);
    parsed.ok_or_else(|| Failure::Usage(format!("{option} 后面要写日期，例如 2026-11-01")))
}

/// Every deadline as a line of JSON, by day.
pub fn due(args: VecDeque<String>) -> Outcome {
    let (mut today, mut until, mut unit, mut files) = (None, None, None, VecDeque::new());
    let mut args = args;
    while let Some(arg) = args.pop_front() {
        match arg.as_str() {
            "--today" => today = Some(day("--today", args.pop_front())?),
            "--until" => until = Some(day("--until", args.pop_front())?),
            "--unit" => {
                unit = Some(
                    args.pop_front()
                        .ok_or_else(|| Failure::Usage("--unit 后面要写代码".into()))?,
                )
            }
            _ => files.push_back(arg),
        }
    }
    let replica = single(files)?;
    let Some(today) = today.or_else(|| last_day(&replica)) else {
        return Err(Failure::Message("文件里没有记录，没有期限可列".into()));
    };
    if let Some(unit) = &unit
        && !rows::<Unit>(&replica).iter().any(|u| u.id() == unit)
    {
        return Err(Failure::Message(format!("没有代码为 {unit} 的村（社区）")));
    }
    let board = board(&replica, today, unit.map_or(Scope::Town, Scope::Unit));
    print(&json_lines(&board, &replica, catalogue(), until))
}

/// The so manieth working day after a day.
pub fn workdays(mut args: VecDeque<String>) -> Outcome {
    let replica = match args.iter().position(|arg| arg == "--file") {
        Some(at) => {
            args.remove(at);
            Some(single(args.remove(at).into_iter().collect())?)
        }
        None => None,
    };
    let from = day("workdays", args.pop_front())?;
    let count: Option<i32> = args.pop_front().and_then(|text| text.parse().ok());
    let (Some(count), true) = (count.filter(|count| (1..=2_000).contains(count)), args.is_empty()) else {
        return Err(Failure::Usage("写明从哪天起第几个工作日，天数取 1 到 2000".into()));
    };
    let settings = replica.as_ref().map(|replica| settings(replica)).unwrap_or_default();
    let calendar = settings.calendar();
    let Some(found) = calendar.working_day_after(from, count) else {
        return Err(Failure::Message("算不出这一天".into()));
    };
    if let Some(remark) = calendar.remark(from, found) {
        eprintln!("{remark}");
    }
    print(&format!("{found}\n")).map(|_| ExitCode::SUCCESS)
}
