//! Pages as sheets: figures as numbers, the page of a person, statistics, flows and points; and paper that can be read.

mod support;

use office::sheet::{Kind, Out, Sheet};
use support::still::Still;
use tiancheng::desk::Desk;
use tiancheng::model::engine::indicator::{Board, Scope};
use tiancheng::model::ledger::Programme;
use tiancheng::model::programmes::lead::ledgers::Secretary;
use tiancheng::model::programmes::sample::{SampleOptions, as_of};
use tiancheng::model::programmes::town::scoring;
use tiancheng::model::programmes::{self, INDICATORS};
use tiancheng::model::records::rows;
use tiancheng::view::charts::Source;
use tiancheng::view::due::{self, Wanted};
use tiancheng::view::overview::figures_period;
use tiancheng::view::programmes::dream::process::process;
use tiancheng::view::programmes::seedling::board;
use tiancheng::view::record::source as source_of;
use tiancheng::view::tables::book::{of_person, of_process, of_programme, of_statistics};
use tiancheng::view::tables::dues;
use tiancheng::view::tables::scores::of_scores;
use tiancheng::view::tables::seen::Over;
use tiancheng::view::tables::write::Personal;
use tiancheng::view::{party_life, person_page, programmes as pages, score, statistics};

fn desk() -> Desk {
    Desk::sample(Still::new(7), &SampleOptions::default())
}

fn figures(desk: &Desk) -> Board {
    let mut board = programmes::board(figures_period(None, as_of()), as_of());
    board.refresh(desk.replica());
    board
}

fn over() -> Over {
    Over {
        title: "天城镇的表".into(),
        line: "单位：天城镇".into(),
    }
}

fn heads(sheet: &Sheet) -> Vec<&str> {
    sheet.head[0].iter().map(|head| head.text.as_str()).collect()
}

/// The cells of the row that begins with this text, or has it second.
fn row<'s>(sheet: &'s Sheet, name: &str) -> &'s [Out] {
    let named = |cells: &&[Out]| cells.iter().take(2).any(|cell| *cell == Out::Text(name.to_owned()));
    let mut all = sheet.rows.iter().map(|line| &line.cells[..]);
    all.find(named)
        .unwrap_or_else(|| panic!("no row {name} in {}", sheet.name))
}

fn number(text: &str) -> Out {
    Out::Number(text.to_owned())
}

fn opens(sheets: &[Sheet]) {
    assert!(sheets.iter().all(|sheet| !sheet.rows.is_empty()));
    let bytes = office::write(sheets).expect("a workbook");
    assert_eq!(office::read(&bytes).expect("readable").sheets.len(), sheets.len());
}

#[test]
fn figures_of_a_programme_are_numbers() {
    let desk = desk();
    let figures = figures(&desk);
    let source = Source {
        records: desk.replica(),
        board: &figures,
    };
    let sheets = of_programme(source, (Programme::Dream, &Scope::Town), &[], &over(), Personal::Masked);
    let first = &sheets[0];
    assert_eq!(heads(first)[2..5], ["实际", "总数", "比例"]);
    // All of 39, a share, and a count; the sample town on its day.
    let cells = |name: &str| row(first, name)[2..5].to_vec();
    assert_eq!(cells("年度计划定稿率"), [number("39"), number("39"), number("1.00")]);
    assert_eq!(cells("五年规划定稿率"), [number("36"), number("39"), number("0.923")]);
    assert_eq!(cells("夜话场次"), [number("146"), Out::Empty, Out::Empty]);
    opens(&sheets);
}

#[test]
fn statistics_go_out_with_their_numbers_and_periods() {
    let desk = desk();
    let mut figures = programmes::statistics_board(figures_period(None, as_of()), as_of());
    figures.refresh(desk.replica());
    let source = Source {
        records: desk.replica(),
        board: &figures,
    };
    let section = pages::sections(Programme::Seedling)
        .iter()
        .find(|section| section.title == "党员队伍")
        .expect("a section");
    let told = section.shown.iter().map(|shown| {
        let vm = statistics::row(source, shown, &Scope::Town);
        let then = statistics::told_then(source, shown.statistic, &Scope::Town);
        (vm, vec![then])
    });
    let sheet = of_statistics(section.title, told.collect(), &["上年同期"], &over());
    assert_eq!(
        heads(&sheet)[..6],
        ["统计", "数", "总数", "比例", "计量单位", "上年同期"]
    );
    let members = row(&sheet, "党员结构");
    assert_eq!(members[1..3], [number("2585"), Out::Empty]);
    let young = row(&sheet, "35岁以下党员占比");
    assert_eq!(young[1..4], [number("383"), number("2585"), number("0.148")]);
    assert_eq!(sheet.columns[3].kind, Kind::Percent);
    opens(&[sheet]);
}

#[test]
fn the_page_of_a_person_is_a_workbook() {
    let desk = desk();
    let figures = figures(&desk);
    let source = Source {
        records: desk.replica(),
        board: &figures,
    };
    let told = |change| source_of(desk.replica(), change);
    let secretary = rows::<Secretary>(desk.replica())[0];
    let (unit, name) = (secretary.unit().expect("a unit"), secretary.name().expect("a name"));
    let page = person_page::page(source, desk.replica(), &told, (unit, name), None).expect("a page");
    let sheets = of_person(page.clone(), &over());
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert!(names.starts_with(&["基本情况", "经历"]), "{names:?}");
    let path = &sheets[1];
    assert_eq!(path.rows.len(), page.path.len());
    assert!(
        path.rows
            .iter()
            .any(|line| line.cells[1] == Out::Text(page.path[0].role.clone())),
        "{path:?}"
    );
    opens(&sheets);
}

#[test]
fn the_flow_of_plans_goes_out_unit_by_unit() {
    let desk = desk();
    let figures = figures(&desk);
    let source = Source {
        records: desk.replica(),
        board: &figures,
    };
    let vm = process(source);
    let sheets = of_process(process(source), &over());
    assert_eq!((sheets[0].rows.len(), sheets[1].rows.len()), (39, vm.steps.len()));
    let here: usize = vm.steps.iter().map(|step| step.here).sum();
    let said = sheets[1].rows.iter().map(|line| match &line.cells[2] {
        Out::Number(text) => text.parse::<usize>().expect("a number"),
        other => panic!("{other:?}"),
    });
    assert_eq!(said.sum::<usize>(), here);
    opens(&sheets);
}

#[test]
fn points_go_out_as_numbers_and_item_by_item() {
    let desk = desk();
    let figures = figures(&desk);
    let source = Source {
        records: desk.replica(),
        board: &figures,
    };
    let plan = scoring::in_use(desk.replica(), &INDICATORS, 2022).remove(0);
    let rows = score::table(source, &plan);
    let sheets = of_scores(source, &plan, &rows, &over());
    assert_eq!(
        sheets.iter().map(|s| &*s.name).collect::<Vec<_>>(),
        ["得分", "各项得分"]
    );
    assert!(sheets.iter().all(|sheet| sheet.rows.len() == 39));
    let scored = scoring::score_of(&plan, source.board, source.records, &rows[0].code);
    let total = Out::Number(score::points(scored.total.given));
    assert_eq!(row(&sheets[0], &rows[0].name)[1], total);
    let items = row(&sheets[1], &rows[0].name);
    assert_eq!((items.len(), items.last()), (scored.lines.len() + 2, Some(&total)));
    // What nobody entered is empty, never zero.
    let mut empty = programmes::board(figures_period(None, as_of()), as_of());
    let bare = support::Site::new("a");
    empty.refresh(&bare.replica);
    assert_eq!(
        of_scores(
            Source {
                records: &bare.replica,
                board: &empty
            },
            &plan,
            &[],
            &over()
        ),
        []
    );
    opens(&sheets);
}

/// Pages of deadlines go out with what they show; without people nobody is named.
#[test]
fn pages_of_deadlines_go_out() {
    let desk = desk();
    let replica = desk.replica();
    let due_board = due::board(replica, as_of(), Scope::Town);
    let parts = due::todo(&due_board, replica, programmes::catalogue(), &Wanted::default(), false);
    let count: usize = parts.iter().map(|part| part.list.len()).sum();
    let named = dues::todo(&parts, &over(), Personal::Masked);
    assert_eq!(named.rows.len(), count);
    assert_eq!(
        heads(&named),
        ["状态", "事项", "村（社区）", "记录", "办理", "期限", "情况", "依据"]
    );
    assert_eq!(
        row(&named, "发展党员：派人谈话")[3],
        Out::Text("示例申请人12".to_owned())
    );
    let hidden = dues::todo(&parts, &over(), Personal::LeftOut);
    assert_eq!(hidden.rows.len(), count);
    assert_ne!(
        row(&hidden, "发展党员：派人谈话")[3],
        Out::Text("示例申请人12".to_owned())
    );

    let matrix = party_life::matrix(replica, as_of(), &Scope::Town, None);
    let life = dues::party_life(&matrix, &over());
    assert_eq!(life.rows.len(), matrix.rows.len());
    assert_eq!(heads(&life).len(), matrix.columns.len() + 2);

    let board = figures(&desk);
    let persons = board::board(Source {
        records: replica,
        board: &board,
    });
    let files = dues::development(&persons, &over(), Personal::Masked);
    assert_eq!(files.rows.len(), persons.cards().count());
    assert_eq!(row(&files, "示例申请人12")[3], Out::Text("2 派人谈话".to_owned()));
    assert_eq!(row(&files, "示例申请人12")[8], number("41"));
    let counted = dues::development(&persons, &over(), Personal::LeftOut);
    assert_eq!(row(&counted, "入党申请人")[1], number("8"));
    let round = tiancheng::view::programmes::lead::elections::elections(replica, as_of(), &Scope::Town, None);
    let [units, steps, teams] = dues::elections(&round, &over()).try_into().expect("three sheets");
    assert_eq!(units.rows.len(), 39);
    assert_eq!(heads(&units).len(), 2 + 11);
    assert_eq!(row(&units, "寺前村")[1], Out::Text("11/11".to_owned()));
    assert_eq!(row(&steps, "投票选举")[3], number("39"));
    assert_eq!(teams.rows.len(), round.changes.measures.len());
    opens(&[named, hidden, life, files, counted, units, steps, teams]);
}
