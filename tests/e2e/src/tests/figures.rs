//! Every figure that the command line prints stands on the page of its programme, under its name.

use std::collections::BTreeMap;

use crate::driver::Outcome;
use crate::page::Page;
use crate::runner::Test;
use serde_json::Value;
use tiancheng::model::engine::indicator::{Form, Indicator, Summary, summary};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::programmes::{self, figure_by_id};
use tiancheng::view::format;
use tiancheng::view::overview::figures_period;

pub const TESTS: &[Test] = &[
    Test::current(
        "figures: each stands on the page of its programme under its name, as summary prints it",
        figures,
    ),
    Test::current(
        "figures: a district and a kind of unit are chosen and lead to their records",
        narrowed,
    ),
];

/// What the command line prints of the sample town.
fn printed() -> Summary {
    let town = sheet(&SampleOptions::default());
    let period = figures_period(None, as_of());
    let mut board = programmes::board(period, as_of());
    board.refresh(&town);
    let mut statistics = programmes::statistics_board(period, as_of());
    statistics.refresh(&town);
    summary(&board, &statistics)
}

/// The value as a page holds it for programs; nothing where the town entered nothing.
fn plain(indicator: &Indicator, numerator: &str, denominator: &str) -> String {
    let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
    match indicator.form {
        Form::Count => numerator.to_owned(),
        Form::Share if denominator.is_empty() => format!("{numerator}/0"),
        Form::Share => format!("{numerator}/{denominator}"),
        Form::Mean => format::mean(number(numerator) / number(denominator)),
    }
}

/// Values on the page by the name in front of them.
fn shown(page: &mut Page) -> Outcome<BTreeMap<String, String>> {
    let found = page.eval(
        "const found = {}; for (const row of document.querySelectorAll('main tr')) {
            const figure = row.querySelector('[data-indicator]');
            if (figure) found[row.cells[0].firstChild.textContent.trim()] = figure.dataset.value;
         } return found",
    )?;
    let found = found.as_object().cloned().unwrap_or_default().into_iter();
    let text = |value: Value| value.as_str().unwrap_or_default().to_owned();
    Ok(found.map(|(name, value)| (name, text(value))).collect())
}

fn figures(page: &mut Page) -> Outcome<()> {
    let town = printed().town;
    let lines: Vec<_> = town.indicators.iter().chain(&town.statistics).collect();
    if lines.len() < 60 {
        return Err(format!("{} figures are printed", lines.len()));
    }
    page.open("?sample")?;
    for programme in Programme::ALL {
        page.goto(&format!("?sample#/p/{}", programme.id()))?;
        page.see("还缺什么")?;
        let shown = shown(page)?;
        for line in &lines {
            let Some(indicator) = figure_by_id(line.id).filter(|i| i.programme == programme) else {
                continue;
            };
            let is_statistic = programmes::STATISTICS.all().any(|s| s.id == line.id);
            let wanted = match is_statistic && line.numerator == "0" && line.records == 0 && line.unknown > 0 {
                true => String::new(),
                false => plain(indicator, &line.numerator, &line.denominator),
            };
            if shown.get(line.name) != Some(&wanted) {
                return Err(format!(
                    "{}: summary prints {wanted:?}, the page says {:?}",
                    line.name,
                    shown.get(line.name)
                ));
            }
        }
    }
    Ok(())
}

fn narrowed(page: &mut Page) -> Outcome<()> {
    let printed = printed();
    let district = printed.districts.first().ok_or("no district")?;
    let line = district.indicators.iter().find(|l| l.id == "dream.night_talks");
    let line = line.ok_or("no talks")?;
    page.open("?sample#/p/dream")?;
    page.see("还缺什么")?;
    let name = page.eval_with(
        "return Array.from(document.querySelectorAll('select[aria-label=\"片区\"] option')).find((o) => o.value === arguments[0]).textContent",
        serde_json::json!(district.id),
    )?;
    page.select("片区", name.as_str().unwrap_or_default())?;
    let talks = format!(
        "return document.querySelector('main tr [data-indicator=\"dream.night_talks\"]').dataset.value === '{}'",
        line.numerator
    );
    page.wait_until("the talks of the district", &talks)?;
    // The list behind a figure shows the records that were counted.
    page.eval("document.querySelector('main tr [data-indicator=\"dream.night_talks\"]').click()")?;
    let count = format!(
        "return document.querySelector('main').innerText.includes('{} 场')",
        line.numerator
    );
    page.wait_until("the records of the district", &count)
}
