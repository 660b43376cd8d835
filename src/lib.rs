//! 天城党建: the party-building ledger of a township.
//!
//! # Bird's eye
//! One page in a browser replaces spreadsheets that 39 villages and communities send around and somebody merges
//! by hand. Everything is kept in the browser; files carry it from one device to another, and files merge
//! without loss in any order.
//!
//! A **ledger** (台账) is declared once ([`model::ledger`]): its schema is what replicas and figures know, its labels, hints
//! and choices are what forms and lists show. One save is one **change** ([`replica::change`]): the
//! entry in storage, the line in a file and the operand of merge. A **replica** ([`replica::state`]) is a set of
//! changes; what people see is derived from it. The **desk** ([`desk`]) is one replica, its storage and the person
//! who works there. Every **indicator** ([`model::engine::indicator`]) carries the records behind it; a **statistic** is one
//! without an aim, read on a board of its own and fetched with the pages that show it.
//!
//! # Where to start
//! Read [`model::programmes::dream::ledgers`] for what a ledger looks like, [`replica::derive`] for what is shown of it,
//! [`desk::Desk`] for what an action does, and `ui::pages` for how a page shows it. `ui::start` tells how the page
//! begins: a first look while the records are read, or the records first.
//!
//! What is due is one mechanism ([`model::engine::due`]): a rule of a room finds in the records of a unit what has to be done,
//! by whom, until when; lists, the calendar, the file for phones and what falls short ([`model::engine::gap`]) read it.
//!
//! Each of the five programmes, and the town they belong to, has one room in a layer:
//! [`model::programmes`]`::<room>` holds its ledgers, the rules of its records, its indicators, its statistics, its gaps,
//! its deadlines, its workflows and its part of the sample town, [`view::programmes`]`::<room>` its card, its charts, the sections of its
//! page and what may be done with its records. Pages are declared in `view::route`'s list, once each. [`model::programmes`] puts the rooms' lists together and hands them to [`model::engine`], which knows no
//! programme. CONTRIBUTING.md has recipes; `docs/requirements.md` has the rules that comments cite, with their sources.
//!
//! # Code map
//! Imports go one way, top to bottom of this list; but for `ui`, no files of a layer use each other in a circle: types stand
//! below those who use them, lists above. `tests/tidy.rs` checks both.
//!
//! | module | what it is |
//! |---|---|
//! | [`order`] | sorting that stays small in the page |
//! | [`stable`] | a hash and a stream of numbers that are the same everywhere |
//! | [`turns`] | long work in turns: the one yield point, at which native code never waits |
//! | [`model`] | what a town records: values, days, ledgers, rules, workflows, indicators, the sample town |
//! | [`replica`] | how it changes and merges: changes, heads, authority, undo, history, canonical bytes |
//! | [`storage`] | a replica in a key-value store: journal, snapshot, compaction, recovery |
//! | [`exchange`] | files: envelope, scope, preview, redaction, sealing; a shared folder |
//! | [`desk`] | one replica, its storage and the person: every action of the page |
//! | [`map`], [`chart`] | geometry of the town map; drawings on plotters |
//! | [`view`] | what is shown: pure view models, routes, formats, search |
//! | `browser` | wasm only: local storage, files, clock, canvas. No Leptos |
//! | `ui` | wasm only: Leptos shell and pages; `ui::parts` says what is fetched after the first view |
//!
//! `src/bin/tiancheng.rs` is the native command line over the same core; `xtask` holds the developer commands,
//! `tests/e2e` the tests in real browsers. `office` turns bytes of workbooks and texts into plain tables and back; it knows
//! no ledger. The page runs it in a worker (`browser::office`), the command line in its own process; what a table means
//! stands in [`view::tables`]. It writes papers as documents as well; what a paper says stands in [`view::paper`].
//!
//! # Invariants
//! - The core (everything but `browser` and `ui`) has no clock, no randomness, no storage of its own and no
//!   `web_sys`; "today", actors and authors arrive as data.
//! - A replica only grows. Nothing is merged by time; time only orders what is shown.
//! - Pages speak of whom the records are of ([`desk::Desk::reach`]): the device of a village says nothing of the town.
//! - Where 正常, 预警 and 滞后 begin is said by one rule ([`model::engine::indicator::Thresholds`]), over what the town set.
//! - How a programme stands is said by one rule ([`view::standing`]), with the follow-ups that are late.
//! - What nobody entered is not known: neither late nor low nor good ([`model::engine::indicator::Board::is_silent`]).
//! - Lists of records and the rows of cross tables are built in portions; lists of units are whole ([`view::portion`]).
//! - A form covers nothing that its person has not seen ([`view::meanwhile`]). A record that it names and that is not here is
//!   registered with it in one save ([`view::beside`]). What a role may not do is not offered ([`view::offer`]).
//! - Totals are never stored as records. What the next start shows first ([`view::first_look`]) is a copy of the top of
//!   the overview, shown only while storage, day and build are those it was worked out from, until the records are read.
//! - Records that were joined are one wherever a reference is followed: `replica::joins` alone follows
//!   aliases, and `view::stands` leads addresses that name a duplicate.
//! - What holds records stands in two places of the browser before the page says 已保存 ([`storage::second`]).
//! - Absence never means deletion: a redacted, scoped or damaged file can only fail to add.
//! - A form that a village fills in outside of the page comes back as its report: it supersedes what stood when it was given
//!   out and nothing else ([`view::tables::returned`]).
//! - A paper is computed; a person's words lie beside it by the id of their paragraph ([`view::paper`]).
//! - A paper that was sent is kept word for word and never computed again; one made anew takes its words over ([`view::papers`]).
//! - A sheet is only a way in: its rows become drafts that a person has seen, and one import that is withdrawn like a file.
//! - Whether a day is worked is said by one calendar ([`model::working_days`]): the notices that are shipped, and those that
//!   the town recorded. A deadline is computed on a day; only that it was met, or does not apply, is recorded.
//! - There is no float in a file and none in a stored value.
//! - What another ledger held in older versions is one record under both names ([`model::ledger::Former`]); each write keeps
//!   the name it was made under, so a change has the same bytes on every device.
//! - Who may write what is judged in the view, never in merge: entries without authority are kept and wait.
//!
//! # Glossary
//! | English | Chinese |
//! |---|---|
//! | programme | 工程 (dream 筑梦, lead 头雁, base 强基, seedling 青苗, phoenix 引凤) |
//! | unit | 村（社区）; village 村, community 社区 |
//! | district | 片区 |
//! | leader | 班子成员 |
//! | night talk | 湾子夜话 / 星空夜话 |
//! | secretary | 书记 |
//! | centre | 阵地 (党员群众服务中心) |
//! | reserve | 后备干部 |
//! | returnee | 能人 |
//! | ledger | 台账 |
//! | dispatch, report | 下发, 上报 |

pub mod chart;
pub mod desk;
pub mod exchange;
pub mod map;
pub mod model;
pub mod order;
pub mod replica;
pub mod stable;
pub mod storage;
pub mod turns;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
