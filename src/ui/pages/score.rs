//! 考核: points of the units for a year by a sheet, item by item, with what would be if, marks and the archive.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::desk::Desk;
use crate::model::engine::indicator::Scope;
use crate::model::engine::score::{Plan, Score};
use crate::model::ledger::{Programme, TypedRow as _};
use crate::model::notice::Notice;
use crate::model::programmes::town::ledgers::{Assessment, ScoreMark, ScoreSheet};
use crate::model::programmes::town::scoring::{self, Archive, By};
use crate::model::programmes::{INDICATORS, settings};
use crate::ui::app::use_shell;
use crate::ui::by_hand::{give_text, laid_out};
use crate::ui::components::button::{Button, ButtonKind, Select};
use crate::ui::components::card::Card;
use crate::ui::components::message::EmptyState;
use crate::ui::dom::next_id;
use crate::ui::figures::{Figures, use_year_figures};
use crate::ui::screen::{print, use_screen};
use crate::ui::tables::{Asks, figures_menu};
use crate::view::charts::Source;
use crate::view::route::{Address, Route, key};
use crate::view::score::{self as vm, LineVm, RowVm, SHEET, UNIT};
use crate::view::show;
use crate::view::tables::scores::of_scores;
use crate::view::tables::seen::Over;

/// Years that can be chosen, this one included.
const YEARS: i32 = 6;
/// Key of the sheet that holds while none is recorded.
const DEFAULT: &str = "default";

/// What the page shows: figures of the year, the sheets that hold, the chosen one and the chosen unit.
#[derive(Clone, Copy)]
struct Page {
    figures: Figures,
    held: Memo<Vec<Plan>>,
    all: Memo<Vec<Plan>>,
    plan: Memo<Option<Plan>>,
    unit: Memo<String>,
}

impl Page {
    fn new() -> Page {
        let (shell, figures) = (use_shell(), use_year_figures());
        let held =
            Memo::new(move |_| figures.source(|s| scoring::in_use(s.records, &INDICATORS, scoring::year_of(s.board))));
        let all = Memo::new(move |_| {
            let mut all = held.get();
            let recorded = figures.source(|s| scoring::plans(s.records, &INDICATORS));
            all.extend(
                recorded
                    .into_iter()
                    .filter(|plan| held.read().iter().all(|other| other.id != plan.id)),
            );
            all
        });
        let plan = Memo::new(move |_| {
            let asked = shell.address.read().get(SHEET).map(str::to_owned).unwrap_or_default();
            let all = all.read();
            all.iter()
                .find(|plan| key_of(plan) == asked)
                .or_else(|| all.first())
                .cloned()
        });
        let unit = Memo::new(move |_| match figures.reach() {
            Scope::Unit(own) => own,
            Scope::Town | Scope::District(_) => {
                let asked = shell.address.read().get(UNIT).map(str::to_owned).unwrap_or_default();
                let is_here = figures.with(|board| board.frame().unit(&asked).is_some());
                if is_here { asked } else { String::new() }
            }
        });
        Page {
            figures,
            held,
            all,
            plan,
            unit,
        }
    }

    /// Reads records and board with the chosen sheet.
    fn read<R>(self, read: impl FnOnce(Source, &Plan) -> R) -> Option<R> {
        self.plan
            .get()
            .map(|plan| self.figures.source(|source| read(source, &plan)))
    }

    fn year(self) -> i32 {
        self.figures.with(scoring::year_of)
    }
}

fn key_of(plan: &Plan) -> &str {
    if plan.id.is_empty() { DEFAULT } else { &plan.id }
}

/// The page.
pub fn score() -> AnyView {
    let page = Page::new();
    let rows = Memo::new(move |_| page.read(vm::table).unwrap_or_default());
    let lede = move || page.plan.get().map(|plan| vm::lede(&plan, page.year(), &rows.read()));
    let limits = move || page.plan.get().map(|plan| vm::limits_words(&plan));
    let chosen = Memo::new(move |_| (page.plan.get(), page.unit.get()));
    let of_unit = move || match chosen.get() {
        (Some(plan), unit) if !unit.is_empty() => unit_card(page, plan, unit),
        _ => ().into_any(),
    };
    let beside = move || (page.held.read().len() > 1).then(|| beside_card(page));
    view! {
        {laid_out()}
        <p class="lede">{lede}</p>
        <p class="print-only paper-line">{move || page.figures.on_paper()}</p>
        {tools(page, rows)}
        <p class="note">{limits} "按指标评分的项目，得分是分值乘以完成目标的百分比。没有填报的不算零分也不算满分，单独列出，补齐以前不定等次。"</p>
        <div class="grid">
            {of_unit}
            <Card title="各村（社区）得分".to_owned() class="span-12">{move || table(&rows.read())}</Card>
            {beside}
            <Card title="考核办法".to_owned() class="span-12">{sheets(page)}</Card>
        </div>
    }
    .into_any()
}

/// Where year, sheet and unit are chosen; print and copy.
fn tools(page: Page, rows: Memo<Vec<RowVm>>) -> AnyView {
    let (shell, screen, figures) = (use_shell(), use_screen(), page.figures);
    let years = Memo::new(move |_| {
        let now = figures.town.read(|desk| desk.today()).year().max(page.year());
        (0..YEARS)
            .map(|back| now - back)
            .map(|year| (year.to_string(), format!("{year} 年")))
            .collect::<Vec<_>>()
    });
    let year = Signal::derive(move || page.year().to_string());
    let plans = Memo::new(move |_| {
        let word = |plan: &Plan| match plan.used {
            true => plan.name.clone(),
            false => format!("{}（未启用）", plan.name),
        };
        page.all
            .read()
            .iter()
            .map(|plan| (key_of(plan).to_owned(), show::choice(&word(plan))))
            .collect::<Vec<_>>()
    });
    let plan = Signal::derive(move || {
        page.plan
            .read()
            .as_ref()
            .map(|plan| key_of(plan).to_owned())
            .unwrap_or_default()
    });
    let units = Memo::new(move |_| {
        figures.with(|board| {
            let own = board
                .frame()
                .units
                .iter()
                .map(|unit| (unit.code.clone(), unit.name.clone()));
            std::iter::once((String::new(), "不看明细".to_owned()))
                .chain(own)
                .collect::<Vec<_>>()
        })
    });
    let lone = move || matches!(figures.reach(), Scope::Unit(_));
    let copy = move |()| {
        if let Some(plan) = page.plan.get_untracked() {
            let year = untrack(|| page.year());
            give_text(
                figures.town,
                "考核表",
                vm::table_text(&plan, year, &rows.read_untracked()),
            );
        }
    };
    view! {
        <div class="period-bar no-print" role="group" aria-label="年度和考核办法">
            <Select label="年度" options=years chosen=year on_choose=move |year: String| shell.refine_query(key::PERIOD, &year) />
            <Select label="考核办法" options=plans chosen=plan on_choose=move |id: String| shell.refine_query(SHEET, &id) />
            <Show when=move || !lone()>
                <Select label="看明细的村（社区）" options=units chosen=page.unit on_choose=move |code: String| shell.refine_query(UNIT, &code) />
            </Show>
            <Button label="打印".to_owned() on_press=move |()| print(screen) />
            <Button label="复制考核表".to_owned() on_press=copy />
            {export(page, rows)}
        </div>
        {move || figures.told().map(|told| view! { <p class="note reach-note">{told}</p> })}
    }
    .into_any()
}

/// `导出表格` of the points, of the units and item by item.
fn export(page: Page, rows: Memo<Vec<RowVm>>) -> AnyView {
    let sheets = move |source: Source<'_>, over: &Over, _| {
        let plan = page.plan.get_untracked();
        plan.map_or_else(Vec::new, |plan| of_scores(source, &plan, &rows.read_untracked(), over))
    };
    figures_menu(page.figures, Asks::Format, "考核".to_owned(), sheets)
}

fn table(rows: &[RowVm]) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState why="这一年没有村（社区）。" /> }.into_any();
    }
    let address = use_shell().address.get_untracked();
    let heads = Programme::ALL.map(|p| view! { <th scope="col">{p.label()}</th> });
    let row = |row: &RowVm| {
        let href = address.clone().with(UNIT, &row.code).hash();
        let cells = row
            .cells
            .iter()
            .map(|text| view! { <td>{text.clone()}</td> })
            .collect_view();
        let band = if row.band.is_empty() {
            row.open.clone()
        } else {
            row.band.clone()
        };
        view! {
            <tr data-unit=row.code.clone()>
                <th scope="row"><a href=href>{row.name.clone()}</a></th>
                <td>{row.total.clone()}</td>
                <td><b>{band}</b></td>
                {cells}
            </tr>
        }
    };
    view! {
        <div class="pivot score" tabindex="0" role="region" aria-label="各村（社区）得分">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"村（社区）"</th>
                        <th scope="col">"合计"</th>
                        <th scope="col">"等次"</th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Several sheets in use, a column each.
fn beside_card(page: Page) -> AnyView {
    let body = move || {
        let plans = page.held.get();
        let rows = page.figures.source(|source| vm::beside(source, &plans));
        let heads = plans
            .iter()
            .map(|plan| view! { <th scope="col">{plan.name.clone()}</th> })
            .collect_view();
        let row = |(name, cells): (String, Vec<String>)| {
            let cells = cells.into_iter().map(|text| view! { <td>{text}</td> }).collect_view();
            view! { <tr><th scope="row">{name}</th>{cells}</tr> }
        };
        view! {
            <div class="pivot" tabindex="0" role="region" aria-label="各办法对照">
                <table>
                    <thead><tr><th scope="col">"村（社区）"</th>{heads}</tr></thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
    };
    view! { <Card title="各办法对照".to_owned() class="span-12">{body}</Card> }.into_any()
}

/// A unit item by item.
fn unit_card(page: Page, plan: Plan, unit: String) -> AnyView {
    let figures = page.figures;
    let name = figures.source(|s| show::unit_name(s.records, &unit));
    let (plan, unit) = (StoredValue::new(plan), StoredValue::new(unit));
    let done = RwSignal::new(BTreeSet::<String>::new());
    let scored = move || -> Score {
        figures.source(|s| {
            plan.with_value(|plan| unit.with_value(|unit| scoring::score_of(plan, s.board, s.records, unit)))
        })
    };
    let lines = Memo::new(move |_| {
        let score = scored();
        figures.source(|s| unit.with_value(|unit| vm::lines(s, &score, unit)))
    });
    let real = Memo::new(move |_| {
        let score = scored();
        format!("{}，{}", vm::total_words(&score), vm::band_words(&score))
    });
    let then = move || vm::what_if(&scored(), &done.read());
    let rows = move || {
        let lines = lines.get();
        if lines.is_empty() {
            return view! { <tr><td colspan="6">"这份办法还没有考核项目，到下面的考核项目台账新增。"</td></tr> }
                .into_any();
        }
        lines
            .into_iter()
            .map(|line| line_row(page, unit, done, line))
            .collect_view()
            .into_any()
    };
    view! {
        <Card title=format!("{name}考核明细") class="span-12">
            <p><b>{move || real.get()}</b></p>
            <p class="strong" role="status">{then}</p>
            <div class="pivot" tabindex="0" role="region" aria-label="考核明细">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"工程"</th>
                            <th scope="col">"项目"</th>
                            <th scope="col" class="num">"分值"</th>
                            <th scope="col" class="num">"得分"</th>
                            <th scope="col">"怎么来的"</th>
                            <th scope="col" class="no-print">"假如做到"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Card>
    }
    .into_any()
}

fn line_row(page: Page, unit: StoredValue<String>, done: RwSignal<BTreeSet<String>>, line: LineVm) -> AnyView {
    let links = line.records.clone().into_iter().chain(line.missing.clone());
    let links = links
        .map(|(words, href)| view! { " " <a href=href>{words}</a> })
        .collect_view();
    let id = line.id.clone();
    let tick = line.open.then(|| {
        let (shown, id) = (id.clone(), id.clone());
        view! {
            <input
                type="checkbox"
                aria-label=format!("假如做到：{}", line.name)
                prop:checked=move || done.read().contains(&shown)
                on:change=move |ev| {
                    let on = event_target_checked(&ev);
                    done.update(|done| {
                        if on { done.insert(id.clone()); } else { done.remove(&id); }
                    });
                }
            />
        }
    });
    let marks = line.marked.map(|is_deduction| marks(page, unit, &line, is_deduction));
    view! {
        <tr data-item=line.id.clone()>
            <td>{line.programme.label()}</td>
            <th scope="row">{line.name.clone()}</th>
            <td class="num">{line.possible.clone()}</td>
            <td class="num">{line.given.clone()}</td>
            <td>{line.why.clone()} {links} {marks}</td>
            <td class="no-print">{tick}</td>
        </tr>
    }
    .into_any()
}

/// Where the unit and the town write their points, each what it may.
fn marks(page: Page, unit: StoredValue<String>, line: &LineVm, is_deduction: bool) -> AnyView {
    let may = |field: &str| {
        let slot = ScoreMark::LEDGER.slot(field);
        let why = |desk: &Desk| unit.with_value(|unit| desk.why_not(ScoreMark::LEDGER, unit, slot));
        page.figures.town.read_untracked(why).is_none()
    };
    let is_unit = page.figures.town.read_untracked(|desk| desk.own_unit().is_some());
    let [own, town] = line.said.clone();
    let own = (is_unit && !is_deduction && may("self_points")).then(|| mark(page, unit, line, By::Unit, "自评", own));
    let word = if is_deduction { "扣分" } else { "评定" };
    let town = may("points").then(|| mark(page, unit, line, By::Town, word, town));
    view! { <div class="no-print">{own} {town}</div> }.into_any()
}

/// Points and reason by one of the two.
fn mark(
    page: Page,
    unit: StoredValue<String>,
    line: &LineVm,
    by: By,
    word: &'static str,
    said: (String, String),
) -> AnyView {
    let (points, reason) = (RwSignal::new(said.0), RwSignal::new(said.1));
    let wrong = RwSignal::new(String::new());
    let item = line.id.clone();
    let title = format!("{word}：{}", line.name);
    let label = title.clone();
    let save = move |()| {
        let typed = |s: Source| {
            let said = (points.get_untracked(), reason.get_untracked());
            unit.with_value(|unit| vm::typed_mark(s, unit, &item, by, (&said.0, &said.1)))
        };
        match untrack(|| page.figures.source(typed)) {
            Ok(draft) => {
                wrong.set(String::new());
                page.figures
                    .town
                    .act_and_say(format!("已{label}"), |desk| desk.save(&label, &[draft]));
            }
            Err(Notice { what, todo, .. }) => wrong.set(format!("{what}，{todo}")),
        }
    };
    let (points_id, reason_id) = (next_id("mark"), next_id("mark"));
    view! {
        <details class="fold">
            <summary>{title}</summary>
            <div class="setting rule">
                <label for=points_id.clone()>{format!("{word}分")}</label>
                <input class="input" id=points_id inputmode="decimal" prop:value=move || points.get()
                    on:change=move |ev| points.set(event_target_value(&ev)) />
                <label for=reason_id.clone()>{if by == By::Town { "理由" } else { "说明" }}</label>
                <input class="input" id=reason_id prop:value=move || reason.get()
                    on:change=move |ev| reason.set(event_target_value(&ev)) />
                <Button label=format!("保存{word}") on_press=save />
                <span class="field-error" role="alert">{move || wrong.get()}</span>
            </div>
        </details>
    }
    .into_any()
}

/// The ledgers of the sheets, a new sheet from the default one, and the archive of the year.
fn sheets(page: Page) -> AnyView {
    let town = page.figures.town;
    let why_not = |ledger| town.read_untracked(|desk| desk.why_not(ledger, "", None)).is_none();
    let make = move |()| {
        let id = town.update(|desk| desk.next_record_id(0));
        let year = untrack(|| page.year());
        let drafts =
            town.read_untracked(|desk| scoring::default_drafts(&INDICATORS, &settings(desk.replica()), year, &id));
        let label = "用默认办法新建考核办法";
        town.act_and_say(format!("已{label}，可以逐项修改"), |desk| {
            desk.save(label, &drafts)
        });
    };
    let make =
        why_not(ScoreSheet::LEDGER).then(|| view! { <Button label="用默认办法新建".to_owned() on_press=make /> });
    let (archive, question) = why_not(Assessment::LEDGER).then(|| archive(page)).unzip();
    let links = [
        ("score_sheet", "考核办法台账"),
        ("score_item", "考核项目台账"),
        ("score_mark", "考核评分台账"),
        ("assessment", "党建考核台账"),
    ];
    let links = links.map(|(ledger, word)| {
        let href = Address::from(Route::Ledger(ledger.to_owned())).hash();
        view! { <a class="ledger-link" href=href>{word}</a> }
    });
    view! {
        <p class="note">
            "没有启用的办法时，按默认办法评分：筑梦 15、头雁 20、强基 25、青苗 25、引凤 15，分到各项指标。可以照它新建一份再改。存档把各村（社区）的得分和等次记入党建考核台账。只看台账里的事，不看使用次数。"
        </p>
        <div class="ledger-groups">{links.collect_view()}</div>
        <p class="button-row no-print">{make} {archive}</p>
        {question}
    }
    .into_any()
}

/// The button that archives the year, and what is asked where it would overwrite.
fn archive(page: Page) -> (AnyView, AnyView) {
    let town = page.figures.town;
    let asks = RwSignal::new(None::<Archive>);
    let names = move |codes: &[String]| {
        town.read_untracked(|desk| {
            codes
                .iter()
                .map(|code| show::unit_name(desk.replica(), code))
                .collect::<Vec<_>>()
                .join("、")
        })
    };
    let save = move |archive: Archive| {
        let year = untrack(|| page.year());
        let label = format!("存档 {year} 年考核结果");
        let mut said = format!("已{label}，{} 个村（社区）", archive.drafts.len());
        if !archive.refused.is_empty() {
            said.push_str(&format!("；没有等次、没有存档的：{}", names(&archive.refused)));
        }
        town.act_and_say(said, |desk| desk.save(&label, &archive.drafts));
        asks.set(None);
    };
    let press =
        move |()| match untrack(|| page.read(|source, plan| scoring::archive(plan, source.board, source.records))) {
            Some(Ok(archive)) if archive.overwritten.is_empty() => save(archive),
            Some(Ok(archive)) => asks.set(Some(archive)),
            Some(Err(Notice { what, todo, .. })) => town.toasts.say(format!("{what}，{todo}"), None),
            None => {}
        };
    let question = move || {
        asks.get().map(|archive| {
            let words = format!("{} 个村（社区）已有这一年的考核结果，和现在的不同：{}。存档会改写。", archive.overwritten.len(), names(&archive.overwritten));
            view! {
                <div role="alert">
                    <p>{words}</p>
                    <p class="button-row">
                        <Button kind=ButtonKind::Main label="改写并存档".to_owned() on_press=move |()| save(archive.clone()) />
                        <Button label="不存档".to_owned() on_press=move |()| asks.set(None) />
                    </p>
                </div>
            }
        })
    };
    let button = view! { <Button label="存档本年度".to_owned() on_press=press /> };
    (button.into_any(), question.into_any())
}
