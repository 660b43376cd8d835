//! 头雁 of the sample beyond the register: talks, contacts, training, study, elections, duties, cadres.

use crate::model::date::Day;
use crate::model::engine::sample::{Dice, Maker, ym, ymd};
use crate::model::ledger::TypedRow as _;
use crate::model::programmes::lead::ledgers::{
    Attendance, Cadre, Contact, Duty, ELECTION_STEPS, Election, ElectionPlan, PartyLife, PriorTalk, Quiz, Study, Theme,
    Training,
};
use crate::model::programmes::town::sample::units::UNITS;
use crate::model::programmes::town::sample::units::{leader_of, secretary_id, secretary_name, units};
use crate::order::Arrange;

pub(in crate::model) fn fill(maker: &mut Maker) {
    let themes = themes(maker);
    election_plan(maker);
    for (index, _) in units() {
        prior_talk(maker, index);
        election(maker, index);
        contacts(maker, index);
        duties(maker, index);
        cadres(maker, index);
        party_life(maker, index);
    }
    sessions(maker, &themes);
    study(maker);
}

/// The five offices of the article talk in turn, two or three at a time (T9, T10).
fn prior_talk(maker: &mut Maker, index: usize) {
    const OFFICES: [&[&str]; 3] = [
        &["party_secretary", "organisation"],
        &["mayor", "deputy", "discipline"],
        &["party_secretary", "mayor", "deputy", "discipline", "organisation"],
    ];
    let date = crate::model::programmes::lead::sample::secretaries::appointed(index).plus_days(-3 - index as i32 % 4);
    let rec = maker.of(PriorTalk::SCHEMA, index, date);
    maker.put(
        rec.text("secretary", secretary_id(index))
            .show("date", date)
            .list("talkers", OFFICES[index % 3].iter().copied())
            .list("themes", ["standing", "awareness", "duty", "bottom_line"]),
    );
}

/// Until when the town wanted the steps of 2021 taken.
fn election_plan(maker: &mut Maker) {
    let rec = maker.of_town(ElectionPlan::SCHEMA, ymd(2021, 1, 12));
    let last = [
        (2020, 12, 25),
        (2021, 1, 5),
        (2021, 1, 20),
        (2021, 2, 18),
        (2021, 2, 26),
        (2021, 3, 8),
        (2021, 3, 20),
        (2021, 3, 24),
        (2021, 3, 31),
        (2021, 4, 20),
        (2021, 4, 25),
    ];
    let steps = ELECTION_STEPS.iter().zip(last);
    let rec = steps.fold(rec.int("year", 2021), |rec, ((field, _), (year, month, day))| {
        rec.show(field, ymd(year, month, day))
    });
    maker.put(rec.text("source", "村（社区）“两委”换届工作方案"));
}

fn election(maker: &mut Maker, index: usize) {
    let mut dice = Dice::new("election", index);
    let since = crate::model::programmes::lead::sample::secretaries::appointed(index);
    let before = |days: i32| since.plus_days(-days);
    let voters = if UNITS[index].community {
        dice.between(1400, 3200)
    } else {
        dice.between(560, 1500)
    };
    let due = dice.between(30, 60);
    let rec = maker.of(Election::SCHEMA, index, since);
    maker.put(
        rec.int("year", 2021)
            .show("surveyed", before(96))
            .show("audited", before(84))
            .show("organised", before(70))
            .show("party_elected", before(42))
            .int("party_due", due)
            .int("party_present", due - dice.between(0, due / 8))
            .int("party_seats", 3)
            .int("party_candidates", 4)
            .int("party_least", due * 3 / 5 + i64::from(index % 5 == 1))
            .show("registered", before(34))
            .show("nominated", before(22))
            .show("voted", before(9))
            .int("voters", voters)
            .int("ballots", voters * dice.between(62, 88) / 100)
            .int("posts", 3)
            .int("candidates", 4 + i64::from(index % 7 == 2))
            .int("least", voters * 46 / 100)
            .show("announced", before(6))
            .show("handed_over", since)
            .show("trained", since.plus_days(20))
            .show("talked", since.plus_days(24))
            .int("seats", 5)
            .int("women", 1 + i64::from(index % 4 == 0))
            .int("both_committees", dice.between(2, 4))
            .show("next", before(9).plus_months(60)),
    );
}

/// Days without contact on the sample's day, where more than thirty.
fn silence(name: &str) -> i32 {
    match name {
        "蛤蟆石村" => 46,
        "渣冲村" => 38,
        "菖蒲村" => 31,
        _ => 0,
    }
}

const REVIEWED: &[&str] = &[
    "查看计划事项进度，三项按时，一项稍慢",
    "到基地看苗情，了解用工和销路",
    "谈阵地资料整理和值班安排",
    "了解两委分工磨合情况",
    "走访两户提意见的群众，当面答复",
    "看饮水管网施工，催促验收",
    "商量后备干部跟班和入党积极分子培养",
];
const FOLLOW_UPS: &[&str] = &[
    "协调项目资金拨付",
    "请农技站到场指导",
    "帮助联系返乡能人",
    "核实道路验收时间",
];

fn contacts(maker: &mut Maker, index: usize) {
    let name = UNITS[index].name;
    let mut dice = Dice::new("contact", index);
    let last = match silence(name) {
        0 => crate::model::programmes::sample::as_of().plus_days(-(dice.between(1, 26) as i32)),
        days => crate::model::programmes::sample::as_of().plus_days(-days),
    };
    let mut dates: Vec<Day> = (0..10)
        .map(|k| last.plus_days(-30 * k - if k == 0 { 0 } else { (k * 7 + index as i32) % 3 }))
        .collect();
    dates.extend((0..4).map(|k| ymd(2021, 4 + k * 2, 6 + index as i32 % 20)));
    dates.arrange();
    for (k, date) in dates.into_iter().enumerate() {
        let follow = k % 5 == 2;
        let done = date.plus_days(25);
        let rec = maker.of(Contact::SCHEMA, index, date);
        maker.put(
            rec.text("leader", leader_of(index))
                .text("secretary", secretary_id(index))
                .show("date", date)
                .text("way", dice.pick(&["visit", "visit", "talk", "phone", "meeting"]))
                .text("mood", if (index + k) % 23 == 7 { "watch" } else { "steady" })
                .text("reviewed", dice.pick(REVIEWED))
                .text("follow_up", if follow { dice.pick(FOLLOW_UPS) } else { "" })
                .maybe("follow_due", follow.then(|| date.plus_days(30)))
                .maybe(
                    "follow_done",
                    (follow && done <= crate::model::programmes::sample::as_of()).then_some(done),
                ),
        );
    }
}

const DUTIES: [(&str, i32); 3] = [
    ("领办年度计划中最难的一件事", 11),
    ("讲党课并督促三会一课按期召开", 12),
    ("培养一名后备干部和一名入党积极分子", 10),
];

fn duties(maker: &mut Maker, index: usize) {
    for (k, (text, month)) in DUTIES.into_iter().enumerate() {
        let due = ymd(2022, month + 1, 1).plus_days(-1);
        let done = (month == 10).then(|| due.plus_days(-(index as i32 % 20)));
        let rec = maker.of(Duty::SCHEMA, index, ymd(2022, 1, 25).plus_days(k as i32));
        maker.put(
            rec.text("secretary", secretary_id(index))
                .int("year", 2022)
                .text("text", text)
                .show("due", due)
                .maybe("done", done),
        );
    }
}

const POSTS: [&str; 3] = ["副书记", "委员", "妇联主席"];

/// Who came to the committees with the round of 2021, and who was there before; every fifth stayed.
fn cadres(maker: &mut Maker, index: usize) {
    let since = crate::model::programmes::lead::sample::secretaries::appointed(index);
    let number = |k: usize| index * 3 + k + 1;
    let name = |k: usize| format!("示例干部{:03}", number(k));
    let sex = |k: usize| if k == 2 { "female" } else { "male" };
    let person = |k: usize| {
        let mut dice = Dice::new("cadre", index * 4 + k);
        let education = dice.pick(&["senior", "college", "college", "bachelor"]);
        let born = ym(
            1972 + dice.between(0, 22) as i32,
            1 + i32::try_from(number(k) % 12).unwrap_or(0),
        );
        (education, born)
    };
    for (k, post) in POSTS.into_iter().enumerate() {
        let (education, born) = person(k);
        let rec = maker.of(Cadre::SCHEMA, index, since);
        maker.put(
            rec.text("name", name(k))
                .text("post", post)
                .text("sex", sex(k))
                .show("birth", born)
                .text("education", education)
                .show("since", since)
                .yes("both_committees", k == 0 || number(k) % 4 == 1)
                .yes("able", number(k) % 3 == 1),
        );
    }
    for (k, post) in POSTS.into_iter().enumerate() {
        let stayed = number(k).is_multiple_of(5);
        let mut dice = Dice::new("cadre before", number(k));
        let education = dice.pick(&["junior", "senior", "senior", "college"]);
        let old = (education, ym(1958 + dice.between(0, 20) as i32, 6));
        let (education, born) = if stayed { person(k) } else { old };
        let former = format!("示例前任干部{:03}", number(k));
        let rec = maker.of(Cadre::SCHEMA, index, ymd(2021, 1, 12));
        maker.put(
            rec.text("name", if stayed { name(k) } else { former })
                .text("post", post)
                .text("sex", sex(k))
                .show("birth", born)
                .text("education", education)
                .show("since", ymd(2016, 3, 1).plus_days(index as i32))
                .show("until", since.plus_days(-1))
                .yes("both_committees", k == 0)
                .yes("able", number(k) % 6 == 1),
        );
    }
}

/// Kind, month, topic of what was held since July; a village that kept nothing before owes nothing before.
const MEETINGS: [(&str, i32, &str); 14] = [
    ("day", 7, "主题党日：重温入党誓词，义务清沟"),
    ("committee", 7, "研究下半年重点工作"),
    ("general", 8, "学习会议精神，审议年度计划进度"),
    ("day", 8, "主题党日：入户宣传防溺水"),
    ("committee", 8, "研究入党积极分子培养"),
    ("lecture", 9, "书记讲党课：把群众的事办实"),
    ("day", 9, "主题党日：环境整治"),
    ("committee", 9, "研究秋收和防火"),
    ("day", 10, "主题党日：走访困难党员"),
    ("committee", 10, "研究集体经济收入"),
    ("general", 11, "学习会议精神，安排年终工作"),
    ("lecture", 11, "学习党的二十大精神"),
    ("committee", 11, "研究民主评议党员"),
    ("day", 11, "主题党日：二十大精神宣讲"),
];

fn party_life(maker: &mut Maker, index: usize) {
    let branch = format!("branch-{:02}-1", index + 1);
    for (k, (kind, month, topic)) in MEETINGS.into_iter().enumerate() {
        // The first is kept by every unit; of the others a few are missing, and of those of November some are to come.
        if k > 0 && (index * 5 + k) % 13 == 10 {
            continue;
        }
        let mut dice = Dice::new("life", index * 16 + k);
        let due = match kind {
            "committee" => dice.between(3, 5),
            _ => dice.between(28, 48),
        };
        let date = ymd(2022, month, 4 + dice.between(0, 14) as i32);
        let rec = maker.of(PartyLife::SCHEMA, index, date);
        maker.put(
            rec.text("branch", branch.clone())
                .text("kind", kind)
                .show("date", date)
                .text("topic", topic)
                .int("due", due)
                .int("present", due - dice.between(0, (due - 2).min(7)))
                .text(
                    "note",
                    if (index + k) % 7 == 0 {
                        ""
                    } else {
                        "议题逐项讨论，形成一致意见"
                    },
                ),
        );
    }
    for month in 7..=11 {
        if (index + month) % 9 == 4 {
            continue;
        }
        let month = i32::try_from(month).unwrap_or(7);
        let date = ymd(2022, month, 2 + (index % 6) as i32);
        let rec = maker.of(PartyLife::SCHEMA, index, date);
        maker.put(
            rec.text("branch", branch.clone())
                .text("kind", "group")
                .show("date", date)
                .text("topic", "党小组学习和组内事务")
                .text("note", "三个党小组分别召开")
                .int("times", 3),
        );
    }
}

fn themes(maker: &mut Maker) -> Vec<String> {
    const THEMES: [(&str, &str, &str, bool); 6] = [
        ("党的十九届六中全会精神", "nation", "policy", false),
        ("乡村振兴工作会议精神", "province", "economy", false),
        ("疫情防控和经济发展“两手抓、两手硬”", "county", "epidemic", true),
        ("三会一课", "town", "meetings", false),
        ("四议两公开", "town", "openness", false),
        ("党员发展流程", "town", "development", false),
    ];
    let mut ids = Vec::new();
    for (name, level, area, historic) in THEMES {
        let rec = maker.of_town(Theme::SCHEMA, ymd(2021, 11, 20));
        ids.push(
            maker.put(
                rec.text("name", name)
                    .text("level", level)
                    .text("area", area)
                    .yes("historic", historic),
            ),
        );
    }
    ids
}

/// Name, day, themes, hours, areas.
type Session = (
    (&'static str, (i32, i32, i32)),
    (&'static [usize], i64, &'static [&'static str]),
);

const SESSIONS: [Session; 6] = [
    (
        ("新任书记任职培训", (2021, 4, 20)),
        (&[3, 4], 16, &["meetings", "openness"]),
    ),
    (("全会精神学习", (2021, 12, 8)), (&[0, 1], 8, &["policy"])),
    (
        ("村（社区）党组织书记党务工作培训", (2022, 3, 5)),
        (&[3, 4, 5], 8, &["meetings", "openness", "development"]),
    ),
    (
        ("疫情防控和经济发展专题学习", (2022, 5, 18)),
        (&[1, 2], 8, &["epidemic", "economy"]),
    ),
    (
        ("书记集中培训班", (2022, 8, 16)),
        (&[0, 1, 4], 24, &["policy", "economy"]),
    ),
    (("发展党员业务培训", (2022, 10, 28)), (&[5], 8, &["development"])),
];

/// Who missed which session of [`SESSIONS`]; nobody missed the one of 2022-03-05 (T18).
fn absent(session: usize, index: usize) -> bool {
    session != 2 && (index * 5 + session * 11) % 37 == 6
}

fn sessions(maker: &mut Maker, themes: &[String]) {
    for (k, ((name, (year, month, day)), (about, hours, areas))) in SESSIONS.into_iter().enumerate() {
        let date = ymd(year, month, day);
        let rec = maker.of_town(Training::SCHEMA, date);
        let named: Vec<String> = about.iter().filter_map(|i| themes.get(*i).cloned()).collect();
        let id = maker.put(
            rec.text("name", name)
                .show("date", date)
                .list("themes", named)
                .list("areas", areas.iter().copied())
                .text("level", "town")
                .show("hours", hours)
                .text("place", "镇政府会议室")
                .text("organiser", "天城镇党委")
                .yes("intensive", hours >= 16),
        );
        for (index, _) in units() {
            let missed = absent(k, index);
            let rec = maker.of(Attendance::SCHEMA, index, date);
            maker.put(
                rec.text("training", id.clone())
                    .text("secretary", secretary_id(index))
                    .show("date", date)
                    .yes("attended", !missed)
                    .show("hours", if missed { 0 } else { hours })
                    .text("reason", if missed { "参加县里会议" } else { "" }),
            );
        }
        if k == 2 {
            quizzes(maker, date);
        }
    }
}

fn quizzes(maker: &mut Maker, date: Day) {
    for (index, _) in units().filter(|(i, _)| i % 2 == 0) {
        for (k, area) in ["meetings", "openness", "development"].into_iter().enumerate() {
            let score = Dice::new("quiz", index * 4 + k).between(72, 98);
            let rec = maker.of(Quiz::SCHEMA, index, date.plus_days(3));
            maker.put(
                rec.text("secretary", secretary_id(index))
                    .text("area", area)
                    .show("date", date.plus_days(3))
                    .int("score", score),
            );
        }
    }
}

/// New secretaries of placeholders go to the two cities of the article (T21).
fn study(maker: &mut Maker) {
    let new = units().filter(|(index, row)| {
        !crate::model::programmes::lead::sample::secretaries::stayed(*index)
            && !matches!(row.name, "河田村" | "大集社区" | "寺前村")
    });
    for (turn, (index, _)) in new.enumerate() {
        let (city, theme) = if turn % 3 == 0 {
            ("武汉市", "乡村治理专题")
        } else {
            ("咸宁市", "基层党务专题")
        };
        let date = if turn % 2 == 0 {
            ymd(2021, 10, 18)
        } else {
            ymd(2022, 6, 20)
        };
        let rec = maker.of(Study::SCHEMA, index, date);
        maker.put(
            rec.text("name", secretary_name(index))
                .text("secretary", secretary_id(index))
                .text("city", city)
                .show("date", date)
                .show("until", date.plus_days(2))
                .text("theme", theme)
                .show("hours", 16)
                .yes("newly", true),
        );
    }
}
