//! The town's frame: town, districts, units, leaders, devices and settings, and what belongs to
//! no single programme (G1–G15, T11, T12).

use super::rules::{LINK_FIRST, LINK_SECOND, LINK_THIRD};
use crate::model::ledger::{Choice, Ledger, Owner, Preset, Programme, Role};

/// Stored kind of a 村.
pub const VILLAGE: &str = UnitKind::Village.code();
/// Stored kind of a 社区.
pub const COMMUNITY: &str = UnitKind::Community.code();

crate::choices! {
    /// Levels of honours, pilots and policies, highest first.
    Level {
        Nation = "nation" "国家级",
        Province = "province" "省级",
        City = "city" "市级",
        County = "county" "县级",
        Town = "town" "镇级",
    }

    /// State of a matter that is worked on; shared by pilots, links and factors.
    Progress {
        Planned = "planned" "未开始",
        Running = "running" "进行中",
        Done = "done" "已完成",
        Stopped = "stopped" "已停止",
    }

    /// The three links of 三联 (G11). The article does not name them; the town does.
    Link {
        First = "first" (&LINK_FIRST),
        Second = "second" (&LINK_SECOND),
        Third = "third" (&LINK_THIRD),
    }

    /// Colours a person can give a district on the map; told apart by people who see no red or no green, too.
    DistrictColour {
        Orange = "orange" "橙",
        Sky = "sky" "浅蓝",
        Green = "green" "绿",
        Yellow = "yellow" "黄",
        Blue = "blue" "蓝",
        Purple = "purple" "紫",
    }

    /// Factors that flow into a project (G15).
    FactorKind {
        Land = "land" "土地",
        Funds = "funds" "资金",
        People = "people" "人才",
        Technology = "technology" "技术",
        Market = "market" "市场",
    }

    /// 类型 of [`Unit`].
    UnitKind {
        Village = "village" "村",
        Community = "community" "社区",
    }

    /// 党组织类型 of [`Unit`].
    UnitOrgType {
        Committee = "committee" "党委",
        GeneralBranch = "general_branch" "党总支",
        Branch = "branch" "党支部",
    }

    /// 类型 of [`Place`].
    PlaceKind {
        Bay = "bay" "湾子",
        Grid = "grid" "网格",
        Other = "other" "其他",
    }

    /// 回答的问题 of [`Goal`].
    GoalQuestion {
        WhoLeads = "who_leads" "谁来带",
        WhatWith = "what_with" "带什么",
        OnWhom = "on_whom" "依靠谁",
    }

    /// 考核对象 of [`Assessment`].
    AssessmentScope {
        Town = "town" "全镇",
        Unit = "unit" "村（社区）",
    }

    /// 等次 of [`Assessment`].
    AssessmentLevel {
        Excellent = "excellent" "优秀",
        Good = "good" "良好",
        Fair = "fair" "一般",
        Poor = "poor" "较差",
    }

    /// 形式 of [`Evidence`].
    EvidenceForm {
        Note = "note" "文字说明",
        File = "file" "文件名",
        Link = "link" "网址",
    }

    /// 类型 of [`Branch`].
    BranchKind {
        Committee = "committee" "党委",
        GeneralBranch = "general_branch" "党总支",
        Branch = "branch" "党支部",
        JointBranch = "joint_branch" "联合党支部",
        Group = "group" "党小组",
    }

    /// 类型 of [`Honour`].
    HonourKind {
        Unit = "unit" "集体荣誉",
        Person = "person" "个人荣誉",
        Pilot = "pilot" "试点",
    }

    /// 制定单位 of [`ScoreSheet`].
    ScoreSheetWhose {
        Town = "town" "镇",
        County = "county" "县",
        Other = "other" "其他",
    }

    /// 状态 of [`ScoreSheet`].
    ScoreSheetState {
        Used = "used" "启用",
        Unused = "unused" "未启用",
    }

    /// 评分方式 of [`ScoreItem`].
    ScoreItemWay {
        Indicator = "indicator" "按指标完成情况",
        Mark = "mark" "人工评分",
        Deduct = "deduct" "扣分",
    }
}

crate::ledgers! {
    /// The town itself: one record.
    Town = Ledger::new("town", "本镇").owner(Owner::Town).adds("个", "登记本镇").title(&["name"]).system()
        .help("本镇名称和统计起点") => {
        name: Text "镇名" .required() .column();
        county: Text "所属县" .column();
        sample_division: YesNo "片区为示例划分" .hint("片区没有正式确定前勾选，地图上会注明");
    }

    /// 片区: a group of units with one leader (T11).
    District = Ledger::new("district", "片区").owner(Owner::Town).adds("个", "新增一个片区").title(&["name"])
        .key(&["name"]).help("全镇分几个片区，每个片区由一名班子成员联系") => {
        name: Text "片区名称" .required() .column();
        order: Int "次序" .range(0, 999) .column();
        colour: Choice "地图颜色" .choices(DistrictColour::ALL) .hint("不选时自动配色");
    }

    /// 村 or 社区 (G4, G9).
    Unit = Ledger::new("unit", "村（社区）").owner(Owner::Town).adds("个", "新增一个村（社区）").title(&["name"])
        .key(&["name"]).help("全镇的村和社区，各项台账都落到这里") => {
        name: Text "名称" .required() .column();
        kind: Choice "类型" .choices(UnitKind::ALL) .required() .column();
        district: District "片区" .column();
        code: Text "统计用区划代码" .hint("12 位数字，没有可不填") .column();
        org_type: Choice "党组织类型" .choices(UnitOrgType::ALL) .column();
        branches: Int "党支部数" .measure("个") .range(0, 99) .summed();
        party_groups: Int "党小组数" .measure("个") .range(0, 999) .summed();
        households: Int "户数" .measure("户") .range(0, 99_999) .column() .summed();
        population: Int "人口" .measure("人") .range(0, 999_999) .column() .summed();
        members: Int "党员数" .measure("人") .range(0, 9_999) .column() .summed();
        corridor: Text "所处沿线" .hint("例如 106 国道沿线，可不填") .recurs();
        since: Day "设立日期" .hint("合并、新设的村（社区）填写");
        until: Day "撤并日期" .near();
        merged_into: Unit "并入" .hint("撤并后由哪个村（社区）接续");
        note: LongText "备注";
    }

    /// The third level below a unit: 湾子 or 网格; 村民小组 and 小区 have their own ledgers (G1, G12).
    Place = Ledger::new("place", "湾子网格").adds("个", "登记一个湾子").title(&["name"]).key(&["unit", "kind", "name"])
        .help("村（社区）下的湾子和网格；村民小组、小区另有台账") => {
        unit: Unit "村（社区）" .required() .column();
        kind: Choice "类型" .choices(PlaceKind::ALL)
            .preset(Preset::Text(PlaceKind::Bay.code())) .required() .column();
        name: Text "名称" .required() .column();
        households: Int "户数" .measure("户") .range(0, 9_999) .summed() .column();
        head: Text "湾长（网格长）" .personal() .recurs();
        group: Ref "所属村民小组" .to("group");
        note: Text "备注";
    }

    /// A unit changes its district from a day on (T11).
    UnitMove = Ledger::new("unit_move", "片区调整").owner(Owner::Town).adds("次", "调整一次片区").dated("date")
        .title(&["date"]).help("某个村（社区）从哪天起划入哪个片区") => {
        unit: Unit "村（社区）" .required() .column();
        district: District "划入片区" .required() .column();
        date: Day "生效日期" .near() .required() .preset(Preset::Today) .column();
        note: Text "说明" .column();
    }

    /// 班子成员 in contact with a district (T12).
    Leader = Ledger::new("leader", "班子成员").owner(Owner::Town).adds("名", "登记一名班子成员").title(&["name"])
        .help("片区由谁联系，从哪天到哪天") => {
        name: Text "姓名" .required() .column();
        office: Text "职务" .column() .recurs();
        district: District "联系片区" .column();
        since: Day "联系起始" .column();
        until: Day "联系截止" .near() .column();
        phone: Phone "电话";
    }

    /// A device or a role on it; change records name it by its id.
    Device = Ledger::new("device", "填报设备").owner(Owner::Unit).title(&["label"]).system()
        .help("谁在哪台设备上以什么身份填报") => {
        label: Text "填报人" .required() .personal() .column();
        role: Choice "身份" .choices(Role::ALL) .required() .column();
        unit: Unit "村（社区）" .column();
        district: District "片区" .column();
    }

    /// One setting: a named value, merged like any record.
    Setting = Ledger::new("setting", "设置项").owner(Owner::Town).title(&["label"]).system()
        .help("目标、预警线、权重和统计口径") => {
        label: Text "名称";
        value: Text "取值" .required();
    }

    /// Where a person put a unit on the map: `x,y` in map units, or `auto` where the map places it. The id is
    /// `place.` and that of the unit, so two people who move one unit write to one record (T11).
    MapPlace = Ledger::new("map_place", "地图位置").owner(Owner::Town).title(&["label"]).system()
        .formerly("setting", "map.", "place.").help("在地图上手工移动过的村（社区）") => {
        label: Text "名称";
        value: Text "位置" .required();
    }

    /// Borders of the map that came from a file, under `lines.` and their fingerprint, and under `lines` which of them are
    /// in use (T11). Borders never change under their fingerprint, so only the choice can be disputed.
    MapBorder = Ledger::new("map_border", "地图边界").owner(Owner::Town).title(&["label"]).system()
        .formerly("setting", "border", "lines").help("导入的边界数据和正在使用的边界") => {
        label: Text "名称";
        value: Text "内容" .required();
    }

    /// A request from the town to fill in ledgers for a period.
    Dispatch = Ledger::new("dispatch", "下发任务").owner(Owner::Town).adds("项", "下发一项任务").dated("due").title(&["title"])
        .system().help("镇里请各村（社区）在期限前填报哪些台账") => {
        title: Text "任务名称" .required() .column();
        period: Text "统计期" .hint("例如 2022、2022-11、2022年第三季度") .required() .column();
        ledgers: Refs "要填的台账" .required();
        due: Day "截止日期" .coming() .required() .column();
        note: LongText "说明";
    }

    /// A unit handed in its report: one for every file it wrote for the town.
    Submission = Ledger::new("submission", "上报记录").dated("date").title(&["date"])
        .system().help("村（社区）哪天上报、由谁上报、填了几项") => {
        unit: Unit "村（社区）" .required() .column();
        task: Ref "任务" .to("dispatch") .column();
        date: Day "上报日期" .required() .column();
        by: Text "填报人" .personal() .column() .recurs();
        filled: Int "已填台账" .measure("项") .range(0, 999) .column();
        asked: Int "应填台账" .measure("项") .range(0, 999) .column();
    }

    /// A paper that was sent: its text as it went out, kept word for word ([`crate::view::paper`]).
    SentPaper = Ledger::new("paper", "文稿").owner(Owner::Author).adds("份", "留存一份文稿").dated("date").title(&["title"])
        .system().help("发出的文稿，留存当时的全文") => {
        unit: Unit "村（社区）";
        title: Text "标题" .required() .column();
        kind: Text "种类" .required() .column() .recurs();
        period: Text "统计期";
        date: Day "发出日期" .required() .column();
        to: Text "发往" .column() .recurs();
        by: Text "经办人" .personal() .recurs();
        body: LongText "全文" .required() .personal();
    }

    /// What a programme sets out to do in a year and who answers for it (G2, G3).
    Goal = Ledger::new("goal", "工程目标").owner(Owner::Town).adds("项", "定一项目标").dated("year").title(&["programme", "text"])
        .key(&["programme", "year", "text"]).help("五项工程各年的目标和责任人") => {
        programme: Choice "工程" .choices(Programme::CHOICES) .required() .column();
        question: Choice "回答的问题" .choices(GoalQuestion::ALL) .column();
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        text: Text "目标" .required() .column();
        owner: Text "责任人" .personal() .recurs();
        due: Day "完成时限" .coming() .column();
        state: Choice "进展" .choices(Progress::ALL) .column();
    }

    /// Result of a yearly assessment of the town or of one unit (G5, docs/requirements.md §2.10).
    Assessment = Ledger::new("assessment", "党建考核").owner(Owner::Town).adds("次", "登记一次考核").dated("year")
        .key(&["scope", "unit", "year", "assessor"]).title(&["year", "level"]).help("年度党建考核结果，一年一条") => {
        scope: Choice "考核对象" .choices(AssessmentScope::ALL)
            .preset(Preset::Text(AssessmentScope::Town.code())) .required() .column();
        unit: Unit "村（社区）" .hint("考核全镇时不填") .column();
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        assessor: Text "考核单位" .required() .column() .recurs();
        level: Choice "等次" .choices(AssessmentLevel::ALL) .required() .column();
        score: Decimal "得分" .range(0, 1_000) .measure("分");
        note: LongText "说明";
    }

    /// What shows that a record is true: a text, an address or the name of a file kept elsewhere (G8).
    Evidence = Ledger::new("evidence", "佐证材料").adds("份", "登记一份材料").dated("date").title(&["title"])
        .help("材料只记名称和存放处，不存照片") => {
        unit: Unit "村（社区）" .required() .column();
        title: Text "材料名称" .required() .column();
        of_ledger: Text "所证台账" .hint("例如 夜话台账") .column() .recurs();
        of_record: Text "所证记录";
        date: Day "日期" .preset(Preset::Today) .column();
        form: Choice "形式" .choices(EvidenceForm::ALL) .column();
        location: Text "文件名或网址";
        note: LongText "说明";
    }

    /// A party organisation inside a unit (G9).
    Branch = Ledger::new("branch", "党组织名册").adds("个", "登记一个党组织").dated("since").title(&["name"])
        .key(&["unit", "name"]).help("村（社区）党组织和下设的党支部、党小组") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "名称" .required() .column();
        kind: Choice "类型" .choices(BranchKind::ALL) .required() .column();
        members: Int "党员数" .measure("人") .range(0, 9_999) .column();
        head: Text "负责人" .personal() .recurs();
        since: Day "成立日期" .column();
        until: Day "撤销日期" .near();
        party_groups: Int "下设党小组" .measure("个") .range(0, 99) .hint("党小组会按这个数计");
    }

    /// 联合党委: several units that work together (G10).
    JointCommittee = Ledger::new("joint_committee", "联合党委").owner(Owner::Town).adds("个", "登记一个联合党委").dated("since")
        .title(&["name"]).key(&["name"]).help("联合党委由哪些村（社区）组成") => {
        name: Text "名称" .required() .column();
        units: Refs "成员村（社区）" .to("unit") .required() .column();
        since: Day "成立日期" .column();
        until: Day "撤销日期" .near();
        task: LongText "共同事项";
    }

    /// A member of a 联合党委 (G10, F8).
    JointMember = Ledger::new("joint_member", "联合党委委员").owner(Owner::Town).adds("名", "登记一名委员").dated("since")
        .title(&["name", "post"]).key(&["name", "post"]).help("联合党委委员，返乡能人任职时注明") => {
        committee: Ref "联合党委" .to("joint_committee") .column();
        unit: Unit "村（社区）" .column();
        name: Text "姓名" .required() .personal() .column();
        post: Text "职务" .required() .column() .recurs();
        returnee: Ref "回乡能人" .to("returnee");
        since: Day "任职日期" .column();
        until: Day "离任日期";
    }

    /// 三联: links between units and partners; the town names the three links in its settings (G11).
    ThreeLink = Ledger::new("three_link", "三联事项").adds("项", "记一项三联").dated("date").title(&["link", "item"])
        .help("“三联”工作机制的联建事项；三联的名称可在设置中修改") => {
        unit: Unit "村（社区）" .required() .column();
        link: Choice "联建方式" .choices(Link::ALL)
            .required() .column();
        partner: Text "联建对象" .required() .column() .recurs();
        item: Text "事项" .required() .column();
        date: Day "确定日期" .preset(Preset::Today) .required() .column();
        factors: Choices "带动要素" .choices(FactorKind::ALL);
        state: Choice "进展" .choices(Progress::ALL) .column();
    }

    /// 村湾治理试点 (G12).
    Pilot = Ledger::new("pilot", "村湾治理试点").adds("个", "登记一个试点").dated("since").title(&["place", "task"])
        .help("试点湾子、试点任务和进展") => {
        unit: Unit "村（社区）" .required() .column();
        place: Text "试点湾（村）" .required() .column() .recurs();
        task: Text "试点任务" .required() .column();
        level: Choice "级别" .choices(Level::ALL) .column();
        since: Day "启动日期" .near() .required() .column();
        state: Choice "进展" .choices(Progress::ALL) .column();
        done: Day "完成日期";
        until: Day "到期日期" .coming() .hint("批复里写的试点结束日期");
    }

    /// Honours of units and persons, and pilot tags such as 国土综合整治试点村 (G13, G14).
    Honour = Ledger::new("honour", "荣誉和试点").adds("项", "登记一项荣誉").dated("year").title(&["title"])
        .key(&["unit", "title", "person"]).help("集体荣誉、个人荣誉和各级试点") => {
        unit: Unit "村（社区）" .required() .column();
        kind: Choice "类型" .choices(HonourKind::ALL) .required() .column();
        title: Text "名称" .required() .column();
        level: Choice "级别" .choices(Level::ALL) .required() .column();
        year: Year "年度" .column();
        person: Text "获得者" .personal() .column() .recurs();
        note: Text "说明";
    }

    /// What a project needs and has of land, funds, people, technology and market (G15).
    Factor = Ledger::new("factor", "项目要素").adds("项", "记一项要素").dated("date").title(&["kind", "need"])
        .help("产业项目缺什么要素、从哪里来、补上没有") => {
        unit: Unit "村（社区）" .required() .column();
        project: Ref "产业项目" .to("project") .required() .column();
        kind: Choice "要素" .choices(FactorKind::ALL) .required() .column();
        need: Text "需要" .required() .column();
        origin: Text "来源" .hint("从哪里引来，例如联合党委、三联单位") .column() .recurs();
        date: Day "提出日期" .preset(Preset::Today) .required() .column();
        met: Day "补上日期" .column();
    }

    /// What a person says of two records about people: that they are about one person, or that they are not; blank where
    /// that was taken back. The unit is that of both records; blank for records of two units, of which the town decides.
    SamePerson = Ledger::new("same_person", "同一人").title(&["name"]).system()
        .help("两条记录是不是同一个人，由人认定，可以取消") => {
        unit: Unit "村（社区）" .column();
        name: Text "姓名" .personal() .column();
        one: Text "一条记录" .required();
        other: Text "另一条记录" .required();
        same: YesNo "是同一人" .column();
    }

    /// A sheet by which units are assessed for a year (docs/requirements.md §2.10).
    ScoreSheet = Ledger::new("score_sheet", "考核办法").owner(Owner::Town).adds("份", "新建考核办法").dated("since")
        .title(&["name"]).key(&["name", "since"]).help("本镇或上级的考核办法：从哪年起用、各等次不低于多少分") => {
        name: Text "名称" .required() .column();
        since: Year "起用年度" .preset(Preset::ThisYear) .required() .column();
        whose: Choice "制定单位" .choices(ScoreSheetWhose::ALL)
            .preset(Preset::Text(ScoreSheetWhose::Town.code())) .required() .column();
        excellent: Decimal "优秀，不低于" .range(0, 1_000) .measure("分") .preset(Preset::Text("90")) .column();
        good: Decimal "良好，不低于" .range(0, 1_000) .measure("分") .preset(Preset::Text("80")) .column();
        fair: Decimal "一般，不低于" .range(0, 1_000) .measure("分") .preset(Preset::Text("60")) .column();
        state: Choice "状态" .choices(ScoreSheetState::ALL)
            .preset(Preset::Text(ScoreSheetState::Used.code())) .required() .column();
        note: LongText "说明";
    }

    /// What a sheet gives points for, or takes points off for.
    ScoreItem = Ledger::new("score_item", "考核项目").owner(Owner::Town).adds("项", "新增考核项目")
        .title(&["name"]).key(&["sheet", "programme", "name"]).help("考核办法的各个项目：分值和评分方式") => {
        sheet: Ref "考核办法" .to("score_sheet") .required() .column();
        programme: Choice "工程" .choices(Programme::CHOICES) .required() .column();
        name: Text "名称" .required() .column();
        points: Decimal "分值" .range(0, 1_000) .measure("分") .required() .column()
            .hint("扣分项填最多扣几分，不限填 0");
        way: Choice "评分方式" .choices(ScoreItemWay::ALL) .preset(Preset::Text(ScoreItemWay::Mark.code())) .required() .column();
        indicator: Choice "指标" .choices(SCORED) .hint("按指标完成情况评分时选") .column();
        order: Int "次序" .range(0, 999);
    }

    /// Points of a unit for an item in a year: by the unit itself and by the town.
    ScoreMark = Ledger::new("score_mark", "考核评分").adds("条", "登记考核评分").dated("year")
        .title(&["item"]).key(&["unit", "item", "year"]).help("人工评分和扣分的项目：村（社区）自评，镇里评定并写明理由") => {
        unit: Unit "村（社区）" .required() .column();
        item: Ref "考核项目" .to("score_item") .required() .column();
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        self_points: Decimal "自评分" .range(0, 1_000) .measure("分") .column();
        self_reason: LongText "自评说明";
        points: Decimal "评定分" .range(0, 1_000) .measure("分") .decided_by(Role::Town) .column()
            .hint("扣分项填扣几分");
        reason: LongText "评定理由" .decided_by(Role::Town);
    }
}

/// Indicators that an item of a score sheet can go by, with their names.
pub const SCORED: &[Choice] = &[
    Choice::new("dream.annual_plan", "年度计划定稿率"),
    Choice::new("dream.five_year_plan", "五年规划定稿率"),
    Choice::new("dream.night_talks", "夜话场次"),
    Choice::new("dream.suggestions", "群众建议采纳率"),
    Choice::new("dream.items", "计划事项完成率"),
    Choice::new("dream.process", "四议两公开完成率"),
    Choice::new("lead.secretaries", "书记配备"),
    Choice::new("lead.talks", "任前谈话覆盖率"),
    Choice::new("lead.contact", "片区联系覆盖率"),
    Choice::new("lead.training", "培训参训率"),
    Choice::new("lead.study_outside", "外出学习"),
    Choice::new("lead.structure", "队伍结构"),
    Choice::new("base.centres", "阵地建设"),
    Choice::new("base.industry", "一村一业"),
    Choice::new("base.herbs", "中药材基地"),
    Choice::new("base.income", "村集体经济"),
    Choice::new("seedling.zero_groups", "零党员村民小组"),
    Choice::new("seedling.development", "发展党员"),
    Choice::new("seedling.mobile", "流动党员联系"),
    Choice::new("seedling.assistants", "党建助理员"),
    Choice::new("seedling.reserve", "后备干部"),
    Choice::new("seedling.talent", "青年人才库"),
    Choice::new("seedling.estates", "红色物业覆盖率"),
    Choice::new("phoenix.returnees", "回乡能人"),
    Choice::new("phoenix.contacts", "两委干部联系项目"),
    Choice::new("phoenix.support", "政策与土地"),
    Choice::new("phoenix.pipeline", "千人计划"),
    Choice::new("phoenix.jobs", "带动就业"),
];
