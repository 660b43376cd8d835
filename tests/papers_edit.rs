//! Words of a person in papers: cells of tables, paragraphs that are split, added and left out, and the way back.

mod rows_support;

use tiancheng::model::date::Day;
use tiancheng::model::engine::indicator::{Period, Scope};
use tiancheng::model::records::{Draft, Sheet};
use tiancheng::view::paper::block::{Body, Paper, words};
use tiancheng::view::paper::docx;
use tiancheng::view::paper::edit::{Lines, Mark};
use tiancheng::view::paper::ground::Asked;
use tiancheng::view::paper::html::{html, html_open, plain, title};
use tiancheng::view::paper::kinds::{all, by_id, make};
use tiancheng::view::papers;

const VILLAGE: &str = "421223100207";

fn town(more: Vec<Draft>) -> Sheet {
    let mut drafts = vec![
        rec!("town", "town", name = "天城镇", county = "崇阳县"),
        rec!("district", "1", name = "寺前片区"),
        rec!("unit", VILLAGE, name = "寺前村", kind = "village", district = "1"),
    ];
    drafts.extend(more);
    Sheet { drafts }
}

fn problem(id: &str, owner: &str, text: &str) -> Draft {
    rec!(
        "problem",
        id,
        unit = VILLAGE,
        date = "2022-10-01",
        text = text,
        owner = owner,
        due = "2022-11-12"
    )
}

fn made(kind: &str, records: &Sheet) -> Paper {
    let asked = Asked {
        scope: Scope::Town,
        period: Period::Year(2022),
        today: Day::parse("2022-11-22").expect("a day"),
        record: None,
        personal: true,
    };
    make(by_id(kind).expect(kind), records, &asked).unwrap_or_else(|why| panic!("{kind}: {why}"))
}

fn slips(owner: &str) -> Paper {
    made("supervision", &town(vec![problem("q", owner, "路灯不亮")]))
}

/// The id of the cell in which some words stand.
fn cell(paper: &Paper, text: &str) -> String {
    let open = html_open(paper);
    let cells = open.split("<td").skip(1);
    let found = cells
        .map(|cell| cell.split("</td>").next().unwrap_or_default())
        .find(|cell| cell.contains(&format!(">{text}")));
    let found = found.unwrap_or_else(|| panic!("no cell says {text}: {open}"));
    let id = found
        .split("data-block=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    id.expect("a field").to_owned()
}

#[test]
fn a_cell_is_written_anew_marked_and_restored() {
    let paper = slips("甲乙");
    let own = cell(&paper, "甲乙");
    assert_eq!(paper.lines(&own), Some(Lines::Several));
    let edited = paper.clone().edited(&own, "丙丁");
    assert!(plain(&edited).contains("责任人\t丙丁") && !plain(&edited).contains("甲乙"));
    assert!(
        html(&edited).contains("<td data-mark=\"edited\">丙丁</td>"),
        "{}",
        html(&edited)
    );
    // The document says the same.
    let document = docx::plain(&edited, &|_| None);
    let said = format!("{:?}", document.blocks);
    assert!(said.contains("丙丁") && !said.contains("甲乙"));
    // Words as computed, and the way back, leave nothing.
    assert!(edited.clone().edited(&own, "甲乙").edits.is_empty());
    assert!(edited.clone().restored(&own).edits.is_empty());
    // An emptied cell stays a cell.
    let empty = paper.edited(&own, "");
    assert!(plain(&empty).contains("责任人\t\n"), "{}", plain(&empty));
    // What is computed changed under the person's words.
    let later = slips("戊己").renewed(&edited);
    assert_eq!(later.mark(&own), Mark::Outdated);
    let stale = papers::stale(&later);
    assert_eq!((stale[0].own.as_str(), stale[0].now.as_deref()), ("丙丁", Some("戊己")));
    assert!(papers::changed(&later).is_empty() && papers::changed(&edited).len() == 1);
}

/// A cell is found again by what its row speaks of, not by its place.
#[test]
fn a_row_that_comes_in_between_moves_no_words() {
    let villages = |names: &[&str]| {
        let mut all = town(vec![rec!(
            "dispatch",
            "d",
            title = "十一月填报",
            due = "2022-11-25",
            ledgers = ["night_talk"]
        )]);
        for (at, name) in names.iter().enumerate() {
            // Codes put new ones between.
            let code = format!("4212231002{:02}", 10 + at * 5);
            let code = if *name == "新村" {
                "421223100201".to_owned()
            } else {
                code
            };
            all.drafts
                .push(rec!("unit", &code, name = *name, kind = "village", district = "1"));
        }
        made("reminder", &all)
    };
    let before = villages(&["河田村", "渣冲村"]);
    let own = cell(&before, "<a href=\"#/u/421223100215\">渣冲村");
    let edited = before.edited(&own, "渣冲村（已电话催报）");
    let after = villages(&["河田村", "渣冲村", "新村"]).renewed(&edited);
    let text = plain(&after);
    let line = text.lines().find(|line| line.contains("已电话催报")).expect("the row");
    assert!(line.starts_with("4\t") || line.starts_with("3\t"), "{line}");
    assert_eq!(text.matches("渣冲村").count(), 1, "{text}");
    assert_eq!(after.mark(&own), Mark::Edited);
    // The words still lead to the unit.
    assert!(html(&after).contains("<a href=\"#/u/421223100215\">渣冲村（已电话催报）</a>"));
}

#[test]
fn lines_are_paragraphs_of_their_own() {
    let paper = made("report", &town(vec![]));
    let count = |paper: &Paper| {
        let shown = paper.shown();
        shown.iter().filter(|b| matches!(b.body, Body::Paragraph(_))).count()
    };
    let before = count(&paper);
    let was = paper.computed_now("opening").expect("the opening");
    let split = paper.clone().edited("opening", &format!("{was}\n第二段。\n\n第三段。"));
    assert_eq!(count(&split), before + 2);
    assert!(
        plain(&split).contains(&format!("{was}\n第二段。\n第三段。")),
        "{}",
        plain(&split)
    );
    // In the document as well, and on the page with ids that no other block has.
    assert_eq!(
        docx::plain(&split, &|_| None).blocks.len(),
        docx::plain(&paper, &|_| None).blocks.len() + 2
    );
    let shown = split.shown();
    let mut ids: Vec<&str> = shown.iter().map(|block| block.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), shown.len());
    // Numbers lead to their records in whichever paragraph they stand.
    let linked = html(&split);
    assert!(linked.contains("<a href=\"#/l/unit\">1个村</a>"), "{linked}");
    // Below a heading, and a heading that is left out.
    let below = paper.clone().edited("whole", "总体情况\n先说两句。");
    assert!(plain(&below).contains("一、总体情况\n先说两句。"));
    let without = paper.clone().edited("whole", "\n只留这一段。");
    assert!(!plain(&without).contains("总体情况") && plain(&without).contains("只留这一段。"));
    // Left out altogether, and open it is still there to be brought back.
    let gone = paper.clone().edited("opening", "");
    assert_eq!(count(&gone), before - 1);
    assert!(html_open(&gone).contains("data-block=\"opening\" data-mark=\"edited\"></div>"));
    assert_eq!(papers::changed(&gone).len(), 1);
    // A title of two lines has the name of one; who signs has one line.
    let titled = paper
        .edited("title", "天城镇\n工作汇报")
        .edited("signature", "甲委员会\n乙委员会");
    assert_eq!(title(&titled), "天城镇工作汇报");
    assert!(html(&titled).contains("天城镇<br>工作汇报"));
    assert!(plain(&titled).contains("甲委员会 乙委员会"));
}

/// Below a table stands what a person adds; it stays with the table.
#[test]
fn a_paragraph_is_added_below_a_table() {
    let paper = slips("甲乙");
    let table = paper.blocks.iter().find(|b| matches!(b.body, Body::Table(_)));
    let id = table.expect("a table").id.clone();
    let more = paper.edited(&id, "附言一。\n附言二。");
    let shown = more.shown();
    let at = shown.iter().position(|b| matches!(b.body, Body::Table(_))).expect("it");
    let said: Vec<String> = shown[at + 1..at + 3]
        .iter()
        .map(|block| match &block.body {
            Body::Paragraph(runs) => words(runs),
            other => panic!("{other:?}"),
        })
        .collect();
    // The empty first line is the table itself.
    assert_eq!(said, ["附言一。", "附言二。"]);
    let stored: Paper = serde_json::from_str(&serde_json::to_string(&more).expect("JSON")).expect("it");
    assert_eq!(plain(&stored), plain(&more));
}

/// Every place of every kind: its own words written back are no edit, and what is open has a field for each.
#[test]
fn words_as_they_are_change_nothing() {
    let records = tiancheng::model::programmes::sample::sheet(&Default::default());
    let mut fields = 0;
    for kind in all().filter(|kind| kind.id != "blank") {
        for (about, _) in papers::subjects(&records, kind, &Scope::Town, Day::parse("2022-11-22").expect("a day"))
            .into_iter()
            .take(1)
        {
            let address = tiancheng::view::route::Address::parse(&papers::href(kind, &about));
            let day = Day::parse("2022-11-22").expect("a day");
            let Ok(paper) = papers::Wish::of(&records, kind, &address, &Scope::Town, day).make(&records) else {
                continue;
            };
            let open = html_open(&paper);
            let mut ids: Vec<String> = open
                .split("data-block=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next().map(str::to_owned))
                .collect();
            fields += ids.len();
            for id in ids.iter().step_by(9) {
                let was = paper.computed_now(id).unwrap_or_else(|| panic!("{}: {id}", kind.id));
                assert!(paper.clone().edited(id, &was).edits.is_empty());
                assert_eq!(paper.clone().edited(id, "别的").edits.len(), 1, "{}: {id}", kind.id);
            }
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count, "{}: a field stands twice", kind.id);
        }
    }
    assert!(fields > 500, "{fields}");
}
