//! Every row of `docs/rows.json` has its figures on the page where a person finds them, under their names, as the command
//! line prints them.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::driver::Outcome;
use crate::page::Page;
use crate::runner::Test;
use serde_json::Value;
use tiancheng::model::article;
use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Form, Indicator, Line, Period, Scope, Summary, summary};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes::sample::{SampleOptions, as_of, sheet};
use tiancheng::model::programmes::town::rules::WINDOW_START;
use tiancheng::model::programmes::{self, catalogue, figure_by_id};
use tiancheng::model::records::{Records as _, Sheet};
use tiancheng::view::follow::follow_ups;
use tiancheng::view::format;
use tiancheng::view::overview::figures_period;
use tiancheng::view::period;
use tiancheng::view::programmes::card;
use tiancheng::view::rules::general;

pub const TESTS: &[Test] = &[
    Test::current(
        "figures: each row of the table has its figures on its page under their names, as summary prints them",
        figures,
    ),
    Test::current(
        "figures: a district and a kind of unit are chosen and lead to their records",
        narrowed,
    ),
];

/// The table of what a town is to record and to see.
const ROWS: &str = include_str!("../../../../docs/rows.json");

/// Functions of the page's elements to what stands there: values by the name in front of them. Figures in tables,
/// follow-ups, figures of the article, ledgers, rules, cards of the overview, secretaries to call.
const FIGURES: &str = "for (const row of main.querySelectorAll('tr')) {
        const figure = row.querySelector('[data-indicator]');
        if (figure) found[row.cells[0].firstChild.textContent.trim()] = figure.dataset.value;
    }";
const GAPS: &str = "for (const gap of main.querySelectorAll('summary[data-gap]'))
        found[gap.querySelector('b').textContent] = gap.dataset.value;";
const ARTICLE: &str = "for (const row of main.querySelectorAll('tr[data-figure]'))
        found[row.cells[0].textContent] = row.querySelector('[data-value]').dataset.value;";
const LEDGERS: &str = "for (const ledger of main.querySelectorAll('a[data-ledger]'))
        found[ledger.querySelector('.ledger-name').textContent] = ledger.dataset.value;";
const RULES: &str = "for (const rule of main.querySelectorAll('.rule'))
        found[rule.querySelector('label').firstChild.textContent] = rule.querySelector('input, select').value;";
const CARDS: &str = "for (const figure of main.querySelectorAll('.questions [data-indicator]')) {
        const cell = figure.parentElement;
        const word = cell.localName === 'dd' ? cell.previousElementSibling : cell.querySelector('small');
        found[figure.dataset.indicator + ' ' + word.textContent] = figure.dataset.value;
    }";
const SECRETARIES: &str = "const rows = Array.from(main.querySelectorAll('tbody tr'));
    found['书记'] = String(rows.filter((row) => row.cells[2].querySelector('a')).length);";

/// One figure of a page: its place, its name and its value.
type Wanted = (Place, String, String);

/// An address after `?sample#/`, and one of the functions above.
type Place = (String, &'static str);

/// The sample town.
fn town() -> Sheet {
    sheet(&SampleOptions::default())
}

/// What the command line prints of the sample town; a period and a day are those of the page where nobody asks for others.
fn printed(town: &Sheet, period: Option<Period>, day: Day) -> Summary {
    let period = period.unwrap_or_else(|| figures_period(None, day));
    let mut board = programmes::board(period, day);
    board.refresh(town);
    let mut statistics = programmes::statistics_board(period, day);
    statistics.refresh(town);
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

/// The value that a page holds of a line of the summary.
fn value(line: &Line) -> Option<String> {
    let indicator = figure_by_id(line.id)?;
    let is_statistic = programmes::STATISTICS.all().any(|s| s.id == line.id);
    let is_silent = is_statistic && line.numerator == "0" && line.records == 0 && line.unknown > 0;
    Some(match is_silent {
        true => String::new(),
        false => plain(indicator, &line.numerator, &line.denominator),
    })
}

/// The figures of all lines, or of those that belong to a programme, at an address.
fn lines_at<'a>(
    address: &str,
    lines: impl Iterator<Item = &'a Line>,
    of: Option<Programme>,
) -> impl Iterator<Item = Wanted> {
    let own = lines.filter(move |l| of.is_none_or(|p| figure_by_id(l.id).is_some_and(|i| i.programme == p)));
    own.filter_map(move |l| Some(((address.to_owned(), FIGURES), l.name.to_owned(), value(l)?)))
}

/// Where the signs of rows are found.
struct Town {
    records: Sheet,
    printed: Summary,
    article: Vec<article::Figure>,
}

impl Town {
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.printed.town.indicators.iter().chain(&self.printed.town.statistics)
    }

    /// The figures that a sign of a row stands for; none for what is a rule of records.
    fn wanted(&self, sign: &str) -> Outcome<Vec<Wanted>> {
        let (kind, id) = sign.split_once(':').ok_or(sign)?;
        let one =
            |address: String, reader, name: &str, value: String| vec![((address, reader), name.to_owned(), value)];
        Ok(match kind {
            "indicator" | "statistic" => {
                let programme = figure_by_id(id).ok_or(sign)?.programme;
                let line = self.lines().filter(|l| l.id == id);
                lines_at(&format!("p/{}", programme.id()), line, None).collect()
            }
            "figure" => {
                let figure = self.article.iter().find(|f| f.id == id).ok_or(sign)?;
                one("report".to_owned(), ARTICLE, figure.label, figure.computed.clone())
            }
            "ledger" => {
                let ledger = catalogue().get(id).ok_or(sign)?;
                let mut count = 0;
                self.records.visit(ledger.schema, None, &mut |_| count += 1);
                one("l".to_owned(), LEDGERS, ledger.label, count.to_string())
            }
            "setting" => {
                let rule = general(&self.records).into_iter().find(|r| r.key == id).ok_or(sign)?;
                one("rules".to_owned(), RULES, &rule.label, rule.value)
            }
            "gap" => self.gaps(id),
            "programme" => self.cards(),
            "scope" => self.district()?,
            "period" => self.periods(id)?,
            "list" => {
                let line = self.lines().find(|l| l.id == "lead.secretaries").ok_or(sign)?;
                one("secretaries".to_owned(), SECRETARIES, "书记", line.numerator.clone())
            }
            "rule" | "workflow" => Vec::new(),
            _ => return Err(format!("no page is known for {sign}")),
        })
    }

    /// A kind of gap, if the town has some.
    fn gaps(&self, id: &str) -> Vec<Wanted> {
        let all = follow_ups(&self.records, catalogue(), as_of(), &Scope::Town).into_iter();
        let own = all.filter(|g| g.id == id);
        own.map(|g| {
            let place = (format!("p/{}", g.programme.id()), GAPS);
            (place, g.title.clone(), g.count().to_string())
        })
        .collect()
    }

    /// The cards of the five programmes on the overview.
    fn cards(&self) -> Vec<Wanted> {
        let all = Programme::ALL.into_iter().flat_map(card);
        let wanted = all.filter_map(|(indicator, word)| {
            let line = self.lines().find(|l| l.id == indicator.id)?;
            let name = format!("{} {word}", indicator.id);
            Some(((String::new(), CARDS), name, value(line)?))
        });
        wanted.collect()
    }

    /// The figures of a district on its page.
    fn district(&self) -> Outcome<Vec<Wanted>> {
        let district = self.printed.districts.first().ok_or("no district")?;
        Ok(lines_at(&format!("d/{}", district.id), district.indicators.iter(), None).collect())
    }

    /// The town of an earlier day, or since the event from which it counts.
    fn periods(&self, id: &str) -> Outcome<Vec<Wanted>> {
        let earlier = Day::new(2022, 6, 30).ok_or("no day")?;
        let start = WINDOW_START.get(&programmes::settings(&self.records));
        let start = Period::Since(start.ok_or("the sample names no start")?);
        let (address, town) = match id {
            "as_of" => (
                format!("p/dream?asof={earlier}"),
                printed(&self.records, None, earlier).town,
            ),
            _ => (
                format!("p/dream?period={}", period::key(start)),
                printed(&self.records, Some(start), as_of()).town,
            ),
        };
        Ok(lines_at(&address, town.indicators.iter(), Some(Programme::Dream)).collect())
    }
}

/// What is to be seen on each page, with the rows that ask for it.
type Pages = BTreeMap<Place, BTreeMap<(String, String), BTreeSet<String>>>;

/// The figures of all rows, page by page.
fn asked_for() -> Outcome<Pages> {
    let records = town();
    let town = Town {
        printed: printed(&records, None, as_of()),
        article: article::figures(&records, as_of()),
        records,
    };
    let rows: Vec<Value> = serde_json::from_str(ROWS).map_err(|e| e.to_string())?;
    let mut pages = Pages::new();
    for row in &rows {
        let id = row["row"].as_str().unwrap_or_default();
        let signs = row["derived"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        let mut some = false;
        for sign in signs {
            for (place, name, value) in town.wanted(sign)? {
                some = true;
                let page = pages.entry(place).or_default();
                page.entry((name, value)).or_default().insert(id.to_owned());
            }
        }
        if !some {
            return Err(format!("{id} has no figure on any page"));
        }
    }
    Ok(pages)
}

/// What stands on the page by now, by name.
fn shown(page: &mut Page, reader: &str) -> Outcome<BTreeMap<String, String>> {
    let read = format!("const found = {{}}, main = document.querySelector('main'); {reader} return found");
    let found = page.eval(&read)?;
    let found = found.as_object().cloned().unwrap_or_default().into_iter();
    let text = |value: Value| value.as_str().unwrap_or_default().to_owned();
    Ok(found.map(|(name, value)| (name, text(value))).collect())
}

fn figures(page: &mut Page) -> Outcome<()> {
    let pages = asked_for()?;
    page.open("?sample")?;
    for ((address, reader), wanted) in &pages {
        page.goto(&format!("?sample#/{address}"))?;
        let mut wrong = Vec::new();
        let waited = page.wait_for(address, Duration::from_secs(20), |page| {
            let shown = shown(page, reader)?;
            wrong.clear();
            for ((name, value), rows) in wanted {
                let has = shown.get(name);
                if has != Some(value) {
                    wrong.push(format!(
                        "{rows:?} {name}: summary prints {value:?}, the page says {has:?}"
                    ));
                }
            }
            Ok(wrong.is_empty())
        });
        waited.map_err(|why| format!("#/{address}: {}\n{why}", wrong.join("\n")))?;
    }
    Ok(())
}

fn narrowed(page: &mut Page) -> Outcome<()> {
    let printed = printed(&town(), None, as_of());
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
