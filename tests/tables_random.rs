//! Tables made up of headings and cells of every ledger: whatever stands in them, what was taken in once is not new again.

mod support;

use tiancheng::model::date::Day;
use tiancheng::model::ledger::{Field, Kind, Ledger};
use tiancheng::model::programmes::catalogue;
use tiancheng::view::tables::from_text;
use tiancheng::view::tables::layout::layout;
use tiancheng::view::tables::mapping::{guess, is_known};
use tiancheng::view::tables::plan::{Answers, Asked, Ground, Job, Plan, plan};

/// A number that looks drawn, the same each time (splitmix64).
struct Drawn(u64);

impl Drawn {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.next(all.len())]
    }
}

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

/// A cell for a field: mostly what belongs there, sometimes what does not.
fn cell(drawn: &mut Drawn, field: &Field) -> String {
    const ODD: [&str; 9] = ["", "/", "=1+1", "0007", "1E5", "𨱏㙍", "待定", "七星", "13800001001"];
    if drawn.next(6) == 0 {
        return drawn.of(&ODD).to_owned();
    }
    match field.kind {
        Kind::Unit => drawn.of(&["寺前村", "菖蒲村", "洪下村", "421223100208"]).to_owned(),
        Kind::District => drawn.of(&["寺前片区", "七星片区"]).to_owned(),
        Kind::Day => drawn
            .of(&["2022-03-05", "2021年12月1日", "2022.7.9", "44625"])
            .to_owned(),
        Kind::Month => drawn.of(&["2022-03", "199007", "1988年3月"]).to_owned(),
        Kind::Year => drawn.of(&["2022", "2021年"]).to_owned(),
        Kind::Int => drawn.of(&["0", "5", "12", "1,024"]).to_owned(),
        Kind::Decimal => drawn.of(&["0.5", "110.70", "35000元", "3.5万"]).to_owned(),
        Kind::YesNo => drawn.of(&["是", "否", "√", "×"]).to_owned(),
        Kind::Phone => drawn.of(&["13800001001", "13800001002"]).to_owned(),
        Kind::Choice | Kind::Choices => {
            let labels: Vec<&str> = field.choices.iter().map(|choice| choice.label).collect();
            if labels.is_empty() {
                String::new()
            } else {
                drawn.of(&labels).to_owned()
            }
        }
        _ => drawn.of(&["甲一", "乙一", "修路", "第一组"]).to_owned(),
    }
}

fn table(drawn: &mut Drawn, ledger: &Ledger) -> String {
    let fields: Vec<&Field> = ledger
        .fields
        .iter()
        .filter(|field| field.required || drawn.next(3) > 0)
        .collect();
    let line = |cells: Vec<String>| format!("{}\n", cells.join("\t"));
    let mut out = line(fields.iter().map(|field| field.head()).collect());
    for _ in 0..1 + drawn.next(8) {
        let row: Vec<String> = fields.iter().map(|field| cell(drawn, field)).collect();
        out.push_str(&line(row.clone()));
        if drawn.next(5) == 0 {
            out.push_str(&line(row));
        }
    }
    out
}

fn planned(site: &support::Site, text: &str, ledger: &'static Ledger, answers: Answers) -> Plan {
    let table = from_text(text);
    let layout = layout(&table, &|heading| is_known(catalogue(), heading), None);
    let ground = Ground {
        records: &site.replica,
        catalogue: catalogue(),
        today: Day::parse("2022-11-22").expect("a day"),
        why_not: &|_| None,
    };
    let job = Job {
        ledger,
        mapped: guess(ledger, &layout, &[]),
        fixed: Vec::new(),
        answers,
        issued: None,
    };
    plan(&ground, &table, &layout, &job)
}

#[test]
fn what_was_taken_in_once_is_not_new_again() {
    let rounds = std::env::var("OFFICE_MUTATIONS")
        .ok()
        .and_then(|text| text.parse().ok());
    let rounds: usize = rounds.unwrap_or(2);
    let mut drawn = Drawn(14);
    let (empty, mut taken) = (town(), 0);
    for round in 0..rounds {
        for ledger in catalogue().all().iter().copied().filter(|ledger| !ledger.system) {
            let mut site = support::Site::new("b");
            site.replica = empty.replica.clone();
            let text = table(&mut drawn, ledger);
            let first = planned(&site, &text, ledger, Answers::new());
            let answers: Answers = first
                .questions
                .iter()
                .filter_map(|q| Some((q.about.clone(), q.options.get(drawn.next(q.options.len()))?.0.clone())))
                .collect();
            let first = planned(&site, &text, ledger, answers.clone());
            let drafts = first.drafts();
            taken += drafts.len();
            let stamp = site.stamp();
            let writes = site.replica.writes_of(&stamp, &drafts);
            let (change, _) = site.replica.compose_each(stamp, &writes);
            site.replica.merge_all(change);
            // Who is another person was said of the first table.
            let columns = answers
                .into_iter()
                .filter(|(about, _)| !matches!(about, Asked::Twin(_)));
            let again = planned(&site, &text, ledger, columns.collect());
            let counts = again.counts();
            assert_eq!(
                (counts.new, counts.changed),
                (0, 0),
                "round {round}, {}:\n{text}\n{:?}",
                ledger.label,
                again.rows.iter().map(|row| (row.number, &row.fate)).collect::<Vec<_>>()
            );
        }
    }
    assert!(taken > 100, "{taken}");
}
