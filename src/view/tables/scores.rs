//! 考核 as sheets: the units with their points, and each unit item by item.

use office::sheet::Sheet;

use super::seen::{Over, Read, numbers, plain, sheet, words};
use crate::model::engine::score::{Line, Outcome, Plan, Points, Score, Sum, Way};
use crate::model::ledger::Programme;
use crate::model::programmes::town::scoring;
use crate::view::charts::Source;
use crate::view::score::{RowVm, band_words, points};

/// The sheets: 得分, and 各项得分 with a column for each item. What is not known is empty, never zero.
pub fn of_scores(source: Source, plan: &Plan, rows: &[RowVm], over: &Over) -> Vec<Sheet> {
    let scored: Vec<(&RowVm, Score)> = rows
        .iter()
        .map(|row| (row, scoring::score_of(plan, source.board, source.records, &row.code)))
        .collect();
    let mut sheets = vec![totals(&scored, over), items(&scored, over)];
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets
}

/// Points of a part of which something is judged.
fn given(sum: &Sum) -> String {
    match sum.judged() == Points::ZERO {
        true => String::new(),
        false => points(sum.given),
    }
}

fn totals(scored: &[(&RowVm, Score)], over: &Over) -> Sheet {
    let mut heads = vec![words("村（社区）"), numbers("得分"), numbers("可评分"), words("等次")];
    heads.extend(Programme::ALL.map(|programme| numbers(programme.label())));
    heads.push(words("说明"));
    let row = |(row, score): &(&RowVm, Score)| -> Read {
        let mut cells = vec![
            row.name.clone(),
            given(&score.total),
            points(score.total.judged()),
            row.band.clone(),
        ];
        cells.extend(score.programmes.iter().map(given));
        cells.push(match score.band {
            Some(_) => String::new(),
            None => band_words(score),
        });
        plain(cells)
    };
    sheet("得分", over, heads, scored.iter().map(row).collect())
}

fn items(scored: &[(&RowVm, Score)], over: &Over) -> Sheet {
    let lines = scored.first().map_or(&[][..], |(_, score)| &score.lines);
    if lines.is_empty() {
        return Sheet::default();
    }
    let mut heads = vec![words("村（社区）")];
    heads.extend(lines.iter().map(|line| numbers(line.item.name.clone())));
    heads.push(numbers("合计"));
    let row = |(row, score): &(&RowVm, Score)| -> Read {
        let mut cells = vec![row.name.clone()];
        cells.extend(score.lines.iter().map(one));
        cells.push(given(&score.total));
        plain(cells)
    };
    sheet("各项得分", over, heads, scored.iter().map(row).collect())
}

/// What an item brought; what it took off stands with its sign.
fn one(line: &Line) -> String {
    match line.outcome {
        Outcome::Given(taken) if line.item.way == Way::Deduction && taken > Points::ZERO => {
            format!("-{}", points(taken))
        }
        Outcome::Given(given) => points(given),
        Outcome::Unknown | Outcome::Waiting => String::new(),
        Outcome::NotFor | Outcome::NothingDue => "不适用".to_owned(),
    }
}
