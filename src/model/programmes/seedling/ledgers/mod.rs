//! 青苗: members and reserve cadres to come (M1–M23).

pub mod development;

use crate::model::ledger::{Ledger, Owner, Preset, Programme};
use crate::model::programmes::lead::ledgers::{Education, Sex, Way};
use crate::model::programmes::seedling::rules;

crate::choices! {
    /// Where assistants come from (M14).
    AssistantSource {
        Thousand = "thousand" "千人计划",
        Police = "police" "一村一辅警",
        Grid = "grid" "社区网格员",
        Other = "other" "其他",
    }

    /// The five measures for mobile members (M8). The article does not name them; the town does, over a
    /// template (docs/requirements.md §2.5).
    FiveOneKind {
        Update = "update" (&rules::FIVE_UPDATE),
        Meeting = "meeting" (&rules::FIVE_MEETING),
        Visit = "visit" (&rules::FIVE_VISIT),
        Link = "link" (&rules::FIVE_LINK),
        Platform = "platform" (&rules::FIVE_PLATFORM),
    }

    /// Tags of the talent pool, in the article's words (M18).
    TalentTag {
        Knowledge = "knowledge" "有知识",
        Technique = "technique" "懂技术",
        Ability = "ability" "有能力",
        Duty = "duty" "有担当",
    }

    /// 流向 of [`Mobile`].
    MobileDirection {
        Out = "out" "流出",
        In = "in" "流入",
    }

    /// 返乡意愿 of [`Mobile`].
    MobileIntent {
        None = "none" "暂无",
        Maybe = "maybe" "有意向",
        Found = "found" "愿意创业",
        Work = "work" "愿意工作",
    }

    /// 类型 of [`Growth`].
    GrowthKind {
        Training = "training" "培训",
        Task = "task" "任务",
        Evaluation = "evaluation" "评价",
    }

    /// 类别 of [`Reserve`].
    ReserveKind {
        Secretary = "secretary" "书记后备",
        Committee = "committee" "两委后备",
    }

    /// 来源 of [`Reserve`].
    ReserveSource {
        Graduate = "graduate" "返乡大学生",
        Veteran = "veteran" "退役军人",
        Rich = "rich" "致富能手",
        Mobile = "mobile" "流动党员",
        Assistant = "assistant" "党建助理员",
        Grid = "grid" "网格员",
        Other = "other" "其他",
    }

    /// 年度评价 of [`Reserve`].
    ReserveEvaluation {
        Good = "good" "优秀",
        Fit = "fit" "称职",
        Weak = "weak" "需提高",
    }

    /// 意愿 of [`Talent`].
    TalentIntent {
        Village = "village" "在村发展",
        Found = "found" "回乡创业",
        Cadre = "cadre" "参与村务",
        Unsure = "unsure" "待了解",
    }

    /// 角色 of [`Service`].
    ServiceRole {
        BayHead = "bay_head" "湾长",
        Mediator = "mediator" "调解员",
        Volunteer = "volunteer" "志愿者",
        Grid = "grid" "网格员",
        Publicist = "publicist" "宣讲员",
        Other = "other" "其他",
    }

    /// 物业方式 of [`Estate`].
    EstateMode {
        Market = "market" "市场化",
        Public = "public" "公益性",
        SelfRun = "self" "自管",
        None = "none" "无物业",
    }

    /// 来源 of [`EstateMember`].
    EstateMemberKind {
        Found = "found" "发掘",
        Report = "report" "双报到",
        Local = "local" "本小区",
    }
}

crate::ledgers! {
    /// Membership of a unit in numbers, once or twice a year (M1, M3).
    MemberStats = Ledger::new("member_stats", "党员结构").programme(Programme::Seedling).adds("次", "填一次党员结构").dated("date").snapshot()
        .key(&["unit", "date"]).title(&["date"]).help("党员人数和结构，只填合计，不逐人登记") => {
        unit: Unit "村（社区）" .required() .column();
        date: Day "截至日期" .required() .preset(Preset::Today) .column();
        total: Int "党员总数" .measure("人") .range(0, 9_999) .summed() .required() .column();
        probationary: Int "预备党员" .measure("人") .range(0, 9_999) .summed();
        activists: Int "入党积极分子" .measure("人") .range(0, 9_999) .summed() .column();
        under_35: Int "35岁以下" .measure("人") .range(0, 9_999) .summed() .column();
        over_60: Int "60岁以上" .measure("人") .range(0, 9_999) .summed() .column();
        women: Int "女性" .measure("人") .range(0, 9_999) .summed() .column();
        college: Int "大专以上" .measure("人") .range(0, 9_999) .summed() .column();
    }

    /// 村民小组 with its members; none may be without (M4).
    Group = Ledger::new("group", "村民小组").programme(Programme::Seedling).adds("个", "登记一个村民小组").title(&["name"])
        .key(&["unit", "name"]).help("村民小组的党员人数；零党员小组写明帮带人和消除日期") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "小组" .required() .column();
        households: Int "户数" .measure("户") .range(0, 9_999) .summed() .column();
        members: Int "党员" .measure("人") .range(0, 999) .summed() .required() .column();
        was_zero: YesNo "曾为零党员小组" .column();
        cleared: Day "消除日期" .hint("第一名党员到组的日期") .column();
        helper: Text "帮带人" .personal() .recurs();
        plan: Text "消除办法" .column();
        due: Day "计划消除日期" .coming();
        since: Day "设立日期";
        until: Day "撤并日期" .near();
    }

    /// A member away from home, or here from elsewhere (M7, M10–M12).
    Mobile = Ledger::new("mobile", "流动党员").programme(Programme::Seedling).adds("名", "登记一名流动党员").dated("since")
        .key(&["unit", "name", "since"]).title(&["name"]).help("长期外出、不能参加本支部活动的党员，以及流入党员") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        direction: Choice "流向" .choices(MobileDirection::ALL) .preset(Preset::Text(MobileDirection::Out.code())) .required() .column();
        since: Day "外出日期" .required() .column();
        place: Text "去向（来处）" .required() .column() .recurs();
        abroad: YesNo "在国（境）外";
        job: Text "从事工作" .recurs();
        contact_person: Text "联系人" .personal() .column() .recurs();
        receiver: Text "接收党组织" .column() .recurs();
        registered: YesNo "已在全国系统登记" .column();
        intent: Choice "返乡意愿" .choices(MobileIntent::ALL) .column();
        services: Text "提供的便利" .recurs();
        lost: YesNo "失去联系";
        returned: Day "返回日期";
        reserve: Ref "转为后备干部" .to("reserve");
        phone: Phone "电话";
    }

    /// Contact with a mobile member (M9).
    MobileContact = Ledger::new("mobile_contact", "流动党员联系").programme(Programme::Seedling).adds("次", "记一次联系").dated("date")
        .title(&["date", "way"]).help("与在外党员的每次联系") => {
        unit: Unit "村（社区）" .required() .column();
        mobile: Ref "流动党员" .to("mobile") .required() .column();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        way: Choice "方式" .choices(Way::ALL) .column();
        note: LongText "情况" .column();
        service: Text "提供的便利" .recurs();
    }

    /// One of the 五个一 done for a mobile member in a year (M8).
    FiveOne = Ledger::new("five_one", "五个一").programme(Programme::Seedling).adds("项", "记一项五个一").dated("date")
        .key(&["mobile", "year", "measure"]).title(&["measure", "year"]).help("对流动党员的五个一措施，每人每年五项；名称可在设置中修改") => {
        unit: Unit "村（社区）" .required() .column();
        mobile: Ref "流动党员" .to("mobile") .required() .column();
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        measure: Choice "措施" .choices(FiveOneKind::ALL) .required() .column();
        date: Day "完成日期" .required() .preset(Preset::Today) .column();
    }

    /// 党建助理员 (M13, M14, M16).
    Assistant = Ledger::new("assistant", "党建助理员").programme(Programme::Seedling).adds("名", "登记一名助理员").dated("since")
        .key(&["unit", "name"]).title(&["name"]).help("千人计划、一村一辅警、社区网格员担任的党建助理员") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        sex: Choice "性别" .choices(Sex::ALL);
        birth: Month "出生年月" .personal();
        education: Choice "学历" .choices(Education::ALL) .column();
        source: Choice "来源" .choices(AssistantSource::ALL) .required() .column();
        since: Day "任职日期" .required() .preset(Preset::Today) .column();
        until: Day "离任日期" .column();
        tasks: LongText "承担工作" .column();
        mentor: Text "帮带人" .personal() .recurs();
        reserve: Ref "转为后备干部" .to("reserve");
        phone: Phone "电话";
    }

    /// How an assistant or reserve cadre grows (M15).
    Growth = Ledger::new("growth", "成长记录").programme(Programme::Seedling).adds("条", "记一条成长").dated("date")
        .title(&["kind", "text"]).help("助理员和后备干部的培训、任务和评价") => {
        unit: Unit "村（社区）" .required() .column();
        assistant: Ref "助理员" .to("assistant");
        reserve: Ref "后备干部" .to("reserve");
        date: Day "日期" .required() .preset(Preset::Today) .column();
        kind: Choice "类型" .choices(GrowthKind::ALL)
            .required() .column();
        text: Text "内容" .required() .column();
        score: Int "评分" .measure("分") .range(0, 100);
    }

    /// A reserve cadre (M12, M16, M17).
    Reserve = Ledger::new("reserve", "后备干部").programme(Programme::Seedling).adds("名", "登记一名后备干部").dated("since")
        .key(&["unit", "name"]).title(&["name"]).help("村（社区）后备干部，一人一条") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        sex: Choice "性别" .choices(Sex::ALL) .column();
        birth: Month "出生年月" .personal() .column();
        education: Choice "学历" .choices(Education::ALL) .column();
        kind: Choice "类别" .choices(ReserveKind::ALL) .column();
        source: Choice "来源" .choices(ReserveSource::ALL) .column();
        since: Day "入库日期" .required() .preset(Preset::Today) .column();
        mentor: Text "培养联系人" .personal() .recurs();
        evaluation: Choice "年度评价" .choices(ReserveEvaluation::ALL);
        mobile: Ref "原流动党员" .to("mobile");
        assistant: Ref "原党建助理员" .to("assistant");
        elected: Day "进入两委日期";
        cadre: Ref "两委干部" .to("cadre");
        left: Day "出库日期";
        left_reason: Text "出库原因" .recurs();
        phone: Phone "电话";
    }

    /// 青年人才库 (M18).
    Talent = Ledger::new("talent", "青年人才库").programme(Programme::Seedling).adds("名", "登记一名青年人才").dated("since")
        .key(&["unit", "name"]).title(&["name"]).help("有知识、懂技术、有能力、有担当的年轻人") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        sex: Choice "性别" .choices(Sex::ALL);
        birth: Month "出生年月" .personal();
        education: Choice "学历" .choices(Education::ALL) .column();
        tags: Choices "特点" .choices(TalentTag::ALL) .required() .column();
        skills: Text "专长" .column() .recurs();
        intent: Choice "意愿" .choices(TalentIntent::ALL) .column();
        since: Day "入库日期" .required() .preset(Preset::Today) .column();
        until: Day "出库日期";
        phone: Phone "电话";
    }

    /// An idea or project that a young person brought (M19).
    Idea = Ledger::new("idea", "新路子").programme(Programme::Seedling).adds("条", "记一条新路子").dated("date")
        .title(&["text"]).help("青年人才给村里带来的想法和项目") => {
        unit: Unit "村（社区）" .required() .column();
        talent: Ref "提出人" .to("talent");
        date: Day "日期" .required() .preset(Preset::Today) .column();
        text: LongText "内容" .required() .column();
        state: Choice "进展" .choices(crate::model::programmes::town::ledgers::Progress::ALL) .preset(Preset::Text(crate::model::programmes::town::ledgers::Progress::Planned.code())) .column();
        project: Ref "成了哪个项目" .to("project");
    }

    /// What a new member does for the village (M6).
    Service = Ledger::new("service", "作用发挥").programme(Programme::Seedling).adds("项", "记一项作用").dated("since")
        .title(&["name", "role"]).help("新党员、返乡青年在村湾治理中担任什么") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        file: Ref "发展党员档案" .to("development");
        role: Choice "角色" .choices(ServiceRole::ALL) .required() .column();
        since: Day "起始日期" .required() .preset(Preset::Today) .column();
        until: Day "截止日期" .coming();
        note: Text "说明";
    }

    /// 红色物业: one 小区 (M20).
    Estate = Ledger::new("estate", "红色物业").programme(Programme::Seedling).adds("个", "登记一个小区").title(&["name"])
        .key(&["unit", "name"]).help("小区的物业、业委会和党组织；村默认不计") => {
        unit: Unit "社区" .required() .column();
        name: Text "小区" .required() .column();
        households: Int "户数" .measure("户") .range(0, 99_999) .summed() .column();
        mode: Choice "物业方式" .choices(EstateMode::ALL) .required() .column();
        company: Text "物业企业" .recurs();
        company_org: YesNo "物业企业有党组织" .column();
        guide: YesNo "有党建指导员";
        committee: YesNo "有业委会" .column();
        committee_total: Int "业委会成员" .measure("人") .range(0, 99);
        committee_members: Int "其中党员" .measure("人") .range(0, 99);
        branch: YesNo "有小区支部" .column();
        cross_posts: Int "交叉任职" .measure("人") .range(0, 99);
        meetings: Int "联席会议" .measure("次") .range(0, 999);
        complaints: Int "投诉" .measure("件") .range(0, 9_999) .summed();
        complaints_closed: Int "投诉办结" .measure("件") .range(0, 9_999) .summed();
        covered: Day "覆盖日期" .hint("物业服务和党组织都到位的日期，没有不填") .column();
        since: Day "建成日期";
    }

    /// A young member found in an estate, who may join its branch (M21, M22).
    EstateMember = Ledger::new("estate_member", "小区党员").programme(Programme::Seedling).adds("名", "登记一名小区党员").dated("found")
        .key(&["estate", "name"]).title(&["name"]).help("发掘的优秀青年党员，加入小区支部、双报到") => {
        unit: Unit "社区" .required() .column();
        estate: Ref "小区" .to("estate") .required() .column();
        name: Text "姓名" .required() .personal() .column();
        birth: Month "出生年月" .personal();
        kind: Choice "来源" .choices(EstateMemberKind::ALL) .column();
        found: Day "登记日期" .required() .preset(Preset::Today) .column();
        joined: Day "加入小区支部" .column();
        role: Text "承担工作" .recurs();
        phone: Phone "电话";
    }

    /// Annual quota of new members, set by the county (M23, docs/requirements.md §2.11).
    Quota = Ledger::new("quota", "发展指标").programme(Programme::Seedling).owner(Owner::Town).adds("条", "登记年度指标").dated("year")
        .key(&["year", "unit"]).title(&["year"]).help("县里下达的年度发展党员指标") => {
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        unit: Unit "村（社区）" .hint("全镇指标不填") .column();
        count: Int "指标" .measure("名") .range(0, 9_999) .required() .column();
    }
}
