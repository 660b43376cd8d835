//! Rows that name what is here more than once, columns that wait for an answer, and ledgers that are guessed: tables pasted
//! into the town of the 39 units.

mod support;

use tiancheng::model::date::Day;
use tiancheng::model::ledger::Ledger;
use tiancheng::model::programmes::catalogue;
use tiancheng::view::tables::from_text;
use tiancheng::view::tables::layout::layout;
use tiancheng::view::tables::mapping::{guess, is_known, ledgers};
use tiancheng::view::tables::plan::{Answers, Asked, Fate, Ground, Job, Plan, brief_of, plan};
use tiancheng::view::tables::words;

fn town() -> support::Site {
    let mut site = support::Site::new("a");
    let list = tiancheng::view::new_town::parse(include_str!("fixtures/units.csv"));
    let drafts = tiancheng::view::new_town::drafts("天城镇", &list.units, |i| format!("d{i}"));
    let stamp = site.stamp();
    let writes = site.replica.writes_of(&stamp, &drafts);
    let change = site.replica.compose(stamp, &writes);
    site.replica.merge_all(change);
    site
}

fn ledger(id: &str) -> &'static Ledger {
    catalogue().get(id).expect(id)
}

fn planned(site: &support::Site, text: &str, id: &str, answers: &[(Asked, &str)]) -> Plan {
    let table = from_text(text);
    let layout = layout(&table, &|heading| is_known(catalogue(), heading), None);
    let ground = Ground {
        records: &site.replica,
        catalogue: catalogue(),
        today: Day::parse("2022-11-22").expect("a day"),
        why_not: &|_| None,
    };
    let job = Job {
        ledger: ledger(id),
        mapped: guess(ledger(id), &layout, &[]),
        fixed: Vec::new(),
        answers: answers
            .iter()
            .map(|(about, said)| (about.clone(), (*said).to_owned()))
            .collect::<Answers>(),
        issued: None,
    };
    plan(&ground, &table, &layout, &job)
}

fn take_in(site: &mut support::Site, plan: &Plan) {
    let stamp = site.stamp();
    let writes = site.replica.writes_of(&stamp, &plan.drafts());
    let change = site.replica.compose(stamp, &writes);
    site.replica.merge_all(change);
}

fn counts(plan: &Plan) -> [usize; 5] {
    let c = plan.counts();
    [c.new, c.changed, c.same, c.waits, c.wrong]
}

const HEADS: &str = "村\t姓名\t性别\t入库日期\t电话\n";
const ONE: &str = "菖蒲村\t李某甲\t男\t2021-12-01\t13800001201\n";
const OTHER: &str = "菖蒲村\t李某甲\t女\t2021-12-05\t13800001202\n";

/// Both persons of one name, as they were told apart once.
fn two() -> support::Site {
    let mut site = town();
    let both = format!("{HEADS}{ONE}{OTHER}");
    let first = planned(&site, &both, "reserve", &[(Asked::Twin(3), "new")]);
    assert_eq!(counts(&first), [2, 0, 0, 0, 0]);
    take_in(&mut site, &first);
    site
}

#[test]
fn two_persons_of_one_name_are_not_asked_about_again() {
    let site = two();
    for sheet in [format!("{HEADS}{ONE}{OTHER}"), format!("{HEADS}{OTHER}{ONE}")] {
        let again = planned(&site, &sheet, "reserve", &[]);
        assert_eq!(counts(&again), [0, 0, 2, 0, 0], "{:?}", again.questions);
        assert_eq!(again.questions, []);
    }
    // A third one is.
    let third = format!("{HEADS}{ONE}{OTHER}菖蒲村\t李某甲\t男\t2022-01-01\t13800001203\n");
    let third = planned(&site, &third, "reserve", &[]);
    assert_eq!(counts(&third), [0, 0, 2, 1, 0]);
}

#[test]
fn what_changed_of_one_of_them_is_taken_in_where_the_person_says() {
    let site = two();
    let sheet = format!("{HEADS}{ONE}菖蒲村\t李某甲\t女\t2021-12-05\t13800001299\n");
    let open = planned(&site, &sheet, "reserve", &[]);
    assert_eq!(counts(&open), [0, 0, 1, 1, 0]);
    let question = &open.questions[0];
    assert_eq!(question.about, Asked::Twin(3));
    // The one that the second row means is taken: one record is left, or it is another person.
    let codes: Vec<&str> = question.options.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(
        (codes.len(), &codes[1..]),
        (3, &["new", "skip"][..]),
        "{:?}",
        question.options
    );
    let told = planned(&site, &sheet, "reserve", &[(Asked::Twin(3), codes[0])]);
    assert_eq!(counts(&told), [0, 1, 1, 0, 0]);
    let Fate::Changed(cells) = &told.rows[1].fate else {
        panic!("changed")
    };
    assert_eq!((cells.len(), &*cells[0].new), (1, "13800001299"));
}

#[test]
fn nothing_of_a_column_is_wrong_before_it_was_answered_for() {
    let site = town();
    let sheet = "村集体经济收入（单位：元）\n村\t年度\t类别\t金额\n寺前村\t2022\t经营收入\t123,456.00\n菖蒲村\t2022\t经营收入\t￥5\n";
    let open = planned(&site, sheet, "income", &[]);
    assert_eq!(counts(&open), [0, 0, 0, 2, 0], "{:?}", open.rows);
    let scale = open
        .questions
        .iter()
        .find(|q| matches!(q.about, Asked::Scale(_)))
        .expect("a question");
    let told = planned(&site, sheet, "income", &[(scale.about.clone(), "yuan")]);
    assert_eq!(counts(&told), [1, 0, 0, 0, 1]);
}

#[test]
fn a_new_record_says_what_it_will_hold() {
    let site = town();
    let plan = planned(&site, &format!("{HEADS}{ONE}"), "reserve", &[]);
    let said = brief_of(&site.replica, catalogue(), ledger("reserve"), &plan.rows[0].draft);
    assert!(said.starts_with("男，") && said.contains("2021-12-01"), "{said}");
    assert!(!said.contains("李某甲") && !said.contains("菖蒲村"), "{said}");
}

#[test]
fn the_ledger_that_leaves_out_least_is_guessed() {
    let guessed = |heads: &str| {
        let table = from_text(&format!("{heads}\n寺前村\t甲一\t大专\t无\n"));
        let layout = layout(&table, &|heading| is_known(catalogue(), heading), None);
        ledgers(catalogue(), &layout, "")
            .into_iter()
            .map(|ledger| ledger.id)
            .collect::<Vec<_>>()
    };
    // A register of elections has neither a name nor schooling.
    let all = guessed("村\t姓名\t学历\t备注");
    let place = |id: &str| all.iter().position(|other| *other == id);
    assert!(ledger(all[0]).field("name").is_some(), "{all:?}");
    assert!(place("election").is_none_or(|at| at > 0), "{all:?}");
}

#[test]
fn many_rows_are_counted_with_separators() {
    let counts = tiancheng::view::tables::plan::Counts {
        new: 5000,
        ..Default::default()
    };
    assert_eq!(words::counted(&counts), "新增 5,000 行");
    assert_eq!(words::button(&counts, 5, 0).0, "导入 5,000 条");
}
