//! 头雁: secretaries, talks, contacts, training (T1–T22).

use crate::model::ledger::{Ledger, Owner, Preset, Programme};

/// Steps of an election round, in order, with the field that holds each day (T2, docs/requirements.md §2.4).
pub const ELECTION_STEPS: [(&str, &str); 11] = [
    ("surveyed", "摸底研判"),
    ("audited", "财务清理"),
    ("organised", "成立机构和方案"),
    ("party_elected", "党组织换届"),
    ("registered", "选民登记公布"),
    ("nominated", "提名和联审"),
    ("voted", "投票选举"),
    ("announced", "公告备案"),
    ("handed_over", "工作交接"),
    ("trained", "任职培训"),
    ("talked", "任职谈话"),
];

/// The code of the 年代 of a secretary: from the birth, else as entered.
pub fn cohort(row: Secretary) -> Option<&'static str> {
    let codes = ["60s", "70s", "80s", "90s"];
    let born = row.birth().map(|b| match b.ym().0 {
        ..1970 => "60s",
        1970..1980 => "70s",
        1980..1990 => "80s",
        _ => "90s",
    });
    born.or_else(|| codes.into_iter().find(|c| Some(*c) == row.cohort()))
}

crate::choices! {
    /// Levels of education, lowest first; shared by every ledger of persons.
    Education {
        Primary = "primary" "小学",
        Junior = "junior" "初中",
        Senior = "senior" "高中（中专）",
        College = "college" "大专",
        Bachelor = "bachelor" "本科",
        Master = "master" "研究生",
    }

    /// Sex.
    Sex {
        Male = "male" "男",
        Female = "female" "女",
    }

    /// Offices that talk with a secretary before appointment (T9).
    Talker {
        PartySecretary = "party_secretary" "镇党委书记",
        Mayor = "mayor" "镇长",
        Deputy = "deputy" "副书记",
        Discipline = "discipline" "纪委书记",
        Organisation = "organisation" "组织委员",
    }

    /// The four themes of such a talk (T10).
    TalkTheme {
        Standing = "standing" "提站位",
        Awareness = "awareness" "强认识",
        Duty = "duty" "压责任",
        BottomLine = "bottom_line" "固底线",
    }

    /// Ways to be in contact.
    Way {
        Visit = "visit" "到村走访",
        Talk = "talk" "当面谈话",
        Phone = "phone" "电话",
        Meeting = "meeting" "会议",
        Message = "message" "线上",
    }

    /// Areas of basic party work (T19, T20).
    Skill {
        Meetings = "meetings" "三会一课",
        Openness = "openness" "四议两公开",
        Development = "development" "党员发展流程",
        Policy = "policy" "政策理论",
        Economy = "economy" "经济发展",
        Epidemic = "epidemic" "疫情防控",
        Other = "other" "其他",
    }

    /// 年代 of a secretary.
    Cohort {
        Sixties = "60s" "60后及以前",
        Seventies = "70s" "70后",
        Eighties = "80s" "80后",
        Nineties = "90s" "90后",
    }

    /// 来源 of [`Secretary`].
    SecretarySource {
        Stay = "stay" "留任",
        Promoted = "promoted" "两委提任",
        Returnee = "returnee" "返乡能人",
        Thousand = "thousand" "千人计划",
        Sent = "sent" "上级选派",
        Other = "other" "其他",
    }

    /// 思想动态 of [`Contact`].
    ContactMood {
        Steady = "steady" "平稳",
        Watch = "watch" "需关注",
        Focus = "focus" "重点关注",
    }

    /// 层级 of [`Theme`].
    ThemeLevel {
        Nation = "nation" "中央",
        Province = "province" "省",
        City = "city" "市",
        County = "county" "县",
        Town = "town" "镇",
    }

    /// 类型 of [`PartyLife`].
    PartyLifeKind {
        General = "general" "支部党员大会",
        Committee = "committee" "支部委员会会议",
        Group = "group" "党小组会",
        Lecture = "lecture" "党课",
        Day = "day" "主题党日",
        Life = "life" "组织生活会",
        Review = "review" "民主评议党员",
        Talk = "talk" "谈心谈话",
    }
}

crate::ledgers! {
    /// A secretary of a unit, this term or before (T3–T7).
    Secretary = Ledger::new("secretary", "书记名册").programme(Programme::Lead).owner(Owner::Town).adds("名", "登记一名书记")
        .dated("since").key(&["unit", "name", "since"]).title(&["name"]).help("现任和上届书记，一人一届一条") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        sex: Choice "性别" .choices(Sex::ALL) .column();
        birth: Month "出生年月" .personal() .column();
        cohort: Choice "年代" .choices(Cohort::ALL) .hint("知道出生年月时不必填");
        education: Choice "学历" .choices(Education::ALL) .column();
        joined: Month "入党年月" .personal();
        since: Day "任职日期" .required() .column();
        until: Day "离任日期" .hint("现任不填") .column();
        source: Choice "来源" .choices(SecretarySource::ALL) .column();
        both_posts: YesNo "一肩挑" .hint("兼任村（居）委会主任") .column();
        posts: Text "兼任职务" .recurs();
        returnee: Ref "回乡能人" .to("returnee");
        path: Ref "千人计划" .to("thousand");
        phone: Phone "电话";
    }

    /// A member of the two committees of a unit (T3, F9).
    Cadre = Ledger::new("cadre", "两委干部").programme(Programme::Lead).adds("名", "登记一名两委干部").dated("since")
        .key(&["unit", "name", "since"]).title(&["name", "post"]).help("村（社区）两委成员，书记在书记名册") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        post: Text "职务" .required() .column() .recurs();
        sex: Choice "性别" .choices(Sex::ALL);
        birth: Month "出生年月" .personal();
        education: Choice "学历" .choices(Education::ALL);
        since: Day "任职日期" .required() .column();
        until: Day "离任日期" .column();
        both_committees: YesNo "交叉任职" .hint("同时是党组织委员和村（居）委会成员");
        able: YesNo "致富能手或返乡" .hint("致富能手、返乡创业人员");
        reserve: Ref "原后备干部" .to("reserve");
        path: Ref "千人计划" .to("thousand");
        phone: Phone "电话";
    }

    /// 书记责任清单: what a secretary answers for in a year (T1).
    Duty = Ledger::new("duty", "书记责任清单").programme(Programme::Lead).owner(Owner::Town).adds("项", "列一项责任").dated("due")
        .key(&["unit", "year", "text"]).title(&["text"]).help("书记抓、抓书记：一年一份责任清单") => {
        unit: Unit "村（社区）" .required() .column();
        secretary: Ref "书记" .to("secretary");
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        text: Text "责任事项" .required() .column();
        due: Day "完成时限" .coming() .required() .column();
        done: Day "完成日期" .column();
        note: LongText "完成情况";
    }

    /// 换届: one file per unit and round (T2, docs/requirements.md §2.4).
    Election = Ledger::new("election", "换届档案").programme(Programme::Lead).owner(Owner::Town).adds("份", "建一份换届档案").dated("voted")
        .key(&["unit", "year"]).title(&["year"]).help("村（社区）两委换届，五年一届，按程序逐步登记日期") => {
        unit: Unit "村（社区）" .required() .column();
        year: Year "换届年" .preset(Preset::ThisYear) .required() .column();
        surveyed: Day "摸底研判";
        audited: Day "财务清理";
        organised: Day "成立机构和方案";
        party_elected: Day "党组织换届" .column();
        party_due: Int "党员大会应到" .measure("人") .range(0, 9_999);
        party_present: Int "党员大会实到" .measure("人") .range(0, 9_999);
        party_seats: Int "党组织委员应选" .measure("人") .range(0, 99) .hint("不设委员会、直接选书记的不填");
        party_candidates: Int "党组织委员候选人" .measure("人") .range(0, 99);
        party_least: Int "党组织当选最低票" .measure("票") .range(0, 9_999) .hint("当选人中得票最少的那一名的票数");
        registered: Day "选民登记公布";
        nominated: Day "提名和联审";
        voted: Day "投票选举" .column();
        voters: Int "登记选民" .measure("人") .range(0, 99_999);
        ballots: Int "参加投票" .measure("人") .range(0, 99_999);
        posts: Int "村（居）委会应选" .measure("人") .range(0, 99);
        candidates: Int "村（居）委会候选人" .measure("人") .range(0, 99) .hint("委员候选人在内，各职位相加");
        least: Int "村（居）委会当选最低票" .measure("票") .range(0, 99_999) .hint("当选人中得票最少的那一名的票数");
        announced: Day "公告备案";
        handed_over: Day "工作交接";
        trained: Day "任职培训";
        talked: Day "任职谈话" .column();
        seats: Int "两委职数" .measure("人") .range(0, 99) .summed() .column();
        women: Int "女性" .measure("人") .range(0, 99) .summed();
        both_committees: Int "交叉任职" .measure("人") .range(0, 99) .summed();
        next: Day "下次换届" .coming() .hint("任期五年") .column();
        note: LongText "备注";
    }

    /// 换届安排: until when the town wants each step of a round taken (T2).
    ElectionPlan = Ledger::new("election_plan", "换届安排").programme(Programme::Lead).owner(Owner::Town).adds("份", "安排换届")
        .key(&["year"]).title(&["year"]).help("全镇一届一份：各步骤最迟哪天办完，各村（社区）没办的按它列入待办") => {
        year: Year "换届年" .preset(Preset::ThisYear) .required() .column();
        surveyed: Day "摸底研判" .near() .column();
        audited: Day "财务清理" .near() .column();
        organised: Day "成立机构和方案" .near() .column();
        party_elected: Day "党组织换届" .near() .column();
        registered: Day "选民登记公布" .near() .column();
        nominated: Day "提名和联审" .near() .column();
        voted: Day "投票选举" .near() .column();
        announced: Day "公告备案" .near() .column();
        handed_over: Day "工作交接" .near() .column();
        trained: Day "任职培训" .near() .column();
        talked: Day "任职谈话" .near() .column();
        source: Text "依据" .hint("上级换届工作方案的名称和文号") .recurs();
    }

    /// Talk with a secretary before taking office (T8–T10).
    PriorTalk = Ledger::new("prior_talk", "任前谈话").programme(Programme::Lead).owner(Owner::Town).adds("次", "记一次任前谈话").dated("date")
        .key(&["secretary", "date"]).title(&["date"]).help("正式任职前由镇领导与书记谈话") => {
        unit: Unit "村（社区）" .required() .column();
        secretary: Ref "书记" .to("secretary") .required() .column();
        date: Day "谈话日期" .required() .preset(Preset::Today) .column();
        talkers: Choices "谈话领导" .choices(Talker::ALL) .required() .column();
        themes: Choices "谈话主题" .choices(TalkTheme::ALL) .column();
        note: LongText "谈话要点" .personal();
    }

    /// A district leader in contact with a secretary (T13, T14).
    Contact = Ledger::new("contact", "片区联系").programme(Programme::Lead).owner(Owner::District).adds("次", "记一次联系").dated("date")
        .title(&["date", "way"]).help("班子成员跟踪思想动态、跟进工作进度") => {
        unit: Unit "村（社区）" .required() .column();
        leader: Ref "联系领导" .to("leader") .column();
        secretary: Ref "书记" .to("secretary");
        date: Day "日期" .required() .preset(Preset::Today) .column();
        way: Choice "方式" .choices(Way::ALL) .preset(Preset::Text(Way::Visit.code())) .required() .column();
        mood: Choice "思想动态" .choices(ContactMood::ALL) .column();
        reviewed: LongText "跟进的工作" .column();
        difficulty: LongText "困难";
        follow_up: LongText "要办的事" .hint("需要镇里或片区接着办的事");
        follow_due: Day "办理时限" .coming();
        follow_done: Day "办结日期";
    }

    /// Library of training themes (T16, T17).
    Theme = Ledger::new("theme", "培训主题").programme(Programme::Lead).owner(Owner::Town).adds("个", "加一个主题").title(&["name"])
        .key(&["name"]).help("上级精神和业务主题，按层级整理") => {
        name: Text "主题" .required() .column();
        level: Choice "层级" .choices(ThemeLevel::ALL) .required() .column();
        area: Choice "领域" .choices(Skill::ALL) .column();
        historic: YesNo "已过时" .hint("只用于查看以往培训");
    }

    /// A training session for secretaries (T15, T18).
    Training = Ledger::new("training", "书记培训").programme(Programme::Lead).owner(Owner::Town).adds("次", "办一次培训").dated("date")
        .key(&["date", "name"]).title(&["name"]).help("镇里组织的书记培训，参训情况逐人登记") => {
        name: Text "培训名称" .required() .column();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        themes: Refs "主题" .to("theme") .column();
        areas: Choices "业务领域" .choices(Skill::ALL) .column();
        level: Choice "级别" .choices(crate::model::programmes::town::ledgers::Level::ALL);
        hours: Decimal "学时" .measure("学时") .range(0, 200) .required() .column();
        place: Text "地点" .recurs();
        organiser: Text "组织单位" .column() .recurs();
        intensive: YesNo "集中培训" .hint("每年至少参加一次集中培训");
    }

    /// Whether one secretary came to a training session (T15, T18).
    Attendance = Ledger::new("attendance", "参训情况").programme(Programme::Lead).owner(Owner::Town).adds("人次", "登记参训").dated("date")
        .key(&["training", "unit"]).title(&["training", "date"]).help("应参训的人逐个登记，缺席注明原因") => {
        unit: Unit "村（社区）" .required() .column();
        training: Ref "培训" .to("training") .dates("date") .required() .column();
        secretary: Ref "书记" .to("secretary") .column();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        attended: YesNo "到会" .preset(Preset::YesNo(true)) .required() .column();
        hours: Decimal "学时" .measure("学时") .range(0, 200) .summed() .column();
        reason: Text "缺席原因";
    }

    /// Study outside the town (T21).
    Study = Ledger::new("study", "外出学习").programme(Programme::Lead).owner(Owner::Town).adds("人次", "登记外出学习").dated("date")
        .key(&["unit", "name", "date"]).title(&["name", "city"]).help("推荐书记到外地参加专题培训") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        secretary: Ref "书记" .to("secretary");
        city: Text "城市" .required() .column() .recurs();
        date: Day "开始日期" .required() .preset(Preset::Today) .column();
        until: Day "结束日期" .near();
        theme: Text "专题" .required() .column() .recurs();
        hours: Decimal "学时" .measure("学时") .range(0, 300) .summed();
        newly: YesNo "新任书记" .column();
    }

    /// A self-check in one area of basic party work (T19).
    Quiz = Ledger::new("quiz", "业务自测").programme(Programme::Lead).adds("次", "记一次自测").dated("date")
        .title(&["area", "date"]).help("书记对照业务要点自测，自愿填写") => {
        unit: Unit "村（社区）" .required() .column();
        secretary: Ref "书记" .to("secretary");
        area: Choice "领域" .choices(Skill::ALL) .required() .column();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        score: Int "得分" .measure("分") .range(0, 100) .required() .column();
    }

    /// 三会一课 and other party life that a secretary supervises (T20, docs/requirements.md §2.2).
    PartyLife = Ledger::new("party_life", "组织生活").programme(Programme::Lead).adds("次", "记一次组织生活").dated("date")
        .key(&["unit", "branch", "kind", "date"]).title(&["kind", "date"]).help("三会一课、主题党日、组织生活会等") => {
        unit: Unit "村（社区）" .required() .column();
        branch: Ref "党组织" .to("branch");
        kind: Choice "类型" .choices(PartyLifeKind::ALL) .required() .column();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        topic: Text "主题" .required() .column() .recurs();
        due: Int "应到" .measure("人") .range(0, 9_999);
        present: Int "实到" .measure("人") .range(0, 9_999) .column();
        note: LongText "记要";
        times: Int "场次" .measure("场") .range(1, 99) .hint("几个党小组分别开的，写开了几场；不填算一场");
    }
}
