//! 引凤: bringing capable people home (F1–F22).

use crate::model::ledger::{Ledger, Owner, Preset, Programme};
use crate::model::programmes::lead::ledgers::{Sex, Way};
use crate::model::programmes::seedling::ledgers::development::Verdict;

crate::choices! {
    /// What somebody comes home for.
    ReturnKind {
        Found = "found" "创业",
        Work = "work" "工作",
    }

    /// 节点 of [`ReturneeContact`].
    ReturneeContactKind {
        Contact = "contact" "联系",
        Decided = "decided" "决定回乡",
        Returned = "returned" "回乡",
        Visit = "visit" "回访",
    }

    /// 频次 of [`Assignment`].
    AssignmentFrequency {
        Weekly = "weekly" "每周",
        Monthly = "monthly" "每月",
        Quarterly = "quarterly" "每季度",
    }

    /// 进展 of [`Prospect`].
    ProspectState {
        Lead = "lead" "线索",
        Talking = "talking" "洽谈",
        Signed = "signed" "签约",
        Landed = "landed" "落地",
        Dropped = "dropped" "放弃",
    }

    /// 类型 of [`Measure`].
    MeasureKind {
        Housing = "housing" "住房",
        School = "school" "子女入学",
        Loan = "loan" "贷款",
        Desk = "desk" "一站式服务",
        Other = "other" "其他",
    }
}

crate::ledgers! {
    /// 回乡能人: a person who came home to found or to work (F1, F3, F8, F18).
    Returnee = Ledger::new("returnee", "回乡能人").programme(Programme::Phoenix).adds("名", "登记一名能人").dated("returned")
        .key(&["unit", "name"]).title(&["name"]).help("回乡创业、回乡工作的能人，一人一条") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        sex: Choice "性别" .choices(Sex::ALL);
        kind: Choice "类型" .choices(ReturnKind::ALL) .required() .column();
        returned: Year "回乡年份" .column();
        member: YesNo "党员" .column();
        former_place: Text "原所在地" .recurs();
        former_job: Text "原职业" .recurs();
        persuader: Text "引荐人" .personal() .recurs();
        posts: Text "担任职务" .column() .recurs();
        known_as: Text "称号";
        file: Ref "发展党员档案" .to("development");
        phone: Phone "电话";
    }

    /// How a person was won: contact, decision, return (F2, F18).
    ReturneeContact = Ledger::new("returnee_contact", "能人联络").programme(Programme::Phoenix).adds("次", "记一次联络").dated("date")
        .title(&["kind", "date"]).help("从第一次联系到回乡的经过") => {
        unit: Unit "村（社区）" .required() .column();
        returnee: Ref "能人" .to("returnee");
        prospect: Ref "引才线索" .to("prospect");
        date: Day "日期" .required() .preset(Preset::Today) .column();
        kind: Choice "节点" .choices(ReturneeContactKind::ALL) .required() .column();
        way: Choice "方式" .choices(Way::ALL);
        by: Text "联络人" .personal() .column() .recurs();
        note: LongText "情况" .column();
    }

    /// An enterprise or business of a returnee (F3–F7, F21, F22).
    Enterprise = Ledger::new("enterprise", "返乡企业").programme(Programme::Phoenix).adds("家", "登记一家企业").dated("since")
        .key(&["unit", "name"]).title(&["name"]).help("返乡能人办的企业、基地和商户") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "名称" .required() .column();
        returnee: Ref "创办人" .to("returnee") .column();
        since: Month "开办年月";
        until: Month "停办年月";
        products: Text "产品" .required() .column() .recurs();
        mu: Decimal "面积" .measure("亩") .range(0, 99_999) .summed() .column();
        investment: Decimal "投资" .measure("万元") .range(0, 999_999) .summed() .column();
        output_least: Decimal "产量下限" .range(0, 999_999);
        output_most: Decimal "产量上限" .range(0, 999_999);
        output_unit: Text "产量单位" .hint("例如 斤每亩");
        brand: Text "品牌" .recurs();
        jobs: Int "带动就业" .measure("人") .range(0, 99_999) .summed() .column();
        villager_income: Decimal "户均增收" .measure("元") .range(0, 999_999);
        visitors: Int "年游客" .measure("人次") .range(0, 9_999_999) .summed();
        corridor: Text "所处沿线" .hint("例如 106国道沿线") .recurs();
        technology: Text "采用技术" .recurs();
        project: Ref "对应产业项目" .to("project");
    }

    /// 两委干部联系项目 (F9).
    Assignment = Ledger::new("assignment", "联系项目").programme(Programme::Phoenix).adds("项", "定一项联系").dated("since")
        .key(&["cadre", "project", "enterprise"]).title(&["since"]).help("两委干部联系产业项目和返乡企业") => {
        unit: Unit "村（社区）" .required() .column();
        cadre: Ref "两委干部" .to("cadre") .required() .column();
        project: Ref "产业项目" .to("project") .column();
        enterprise: Ref "返乡企业" .to("enterprise") .column();
        frequency: Choice "频次" .choices(AssignmentFrequency::ALL);
        since: Day "起始日期" .required() .preset(Preset::Today) .column();
        until: Day "截止日期" .coming();
    }

    /// One visit to an assigned project (F9).
    ProjectVisit = Ledger::new("project_visit", "项目走访").programme(Programme::Phoenix).adds("次", "记一次走访").dated("date")
        .title(&["date"]).help("联系干部到项目走访，解决什么问题") => {
        unit: Unit "村（社区）" .required() .column();
        assignment: Ref "联系项目" .to("assignment") .required() .column();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        found: LongText "了解的情况" .column();
        solved: LongText "解决的问题";
    }

    /// A trip to bring people and projects in (F10).
    Outreach = Ledger::new("outreach", "外出招引").programme(Programme::Phoenix).adds("次", "记一次外出").dated("date")
        .title(&["place", "date"]).help("两委干部走出去、引进来") => {
        unit: Unit "村（社区）" .required() .column();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        place: Text "地点" .required() .column() .recurs();
        who: Text "外出人员" .personal() .recurs();
        met: Text "走访对象" .personal();
        led_by_secretary: YesNo "书记带队" .column();
        leads: Int "得到线索" .measure("条") .range(0, 999) .summed() .column();
        note: LongText "收获";
    }

    /// A person or project that may come (F10, F11).
    Prospect = Ledger::new("prospect", "引才线索").programme(Programme::Phoenix).adds("条", "记一条线索").dated("date")
        .title(&["name"]).help("可能回乡的能人和项目，从线索到落地") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名或项目" .required() .personal() .column();
        place: Text "所在地" .column() .recurs();
        kind: Choice "意向" .choices(ReturnKind::ALL) .column();
        by_secretary: YesNo "书记负责" .column();
        outreach: Ref "来自外出招引" .to("outreach");
        date: Day "登记日期" .required() .preset(Preset::Today) .column();
        state: Choice "进展" .choices(ProspectState::ALL) .preset(Preset::Text(ProspectState::Lead.code())) .column();
        returnee: Ref "回乡能人" .to("returnee");
    }

    /// Policy support won (F12).
    Policy = Ledger::new("policy", "政策支持").programme(Programme::Phoenix).adds("笔", "记一笔政策支持").dated("date")
        .title(&["policy"]).help("为返乡项目争取到的政策和资金") => {
        unit: Unit "村（社区）" .required() .column();
        enterprise: Ref "返乡企业" .to("enterprise") .column();
        project: Ref "产业项目" .to("project");
        policy: Text "政策" .required() .column() .recurs();
        level: Choice "级别" .choices(crate::model::programmes::town::ledgers::Level::ALL) .column();
        amount: Decimal "金额" .measure("万元") .asks_above(1_000) .range(0, 99_999) .summed() .required() .column();
        date: Day "落实日期" .required() .preset(Preset::Today) .column();
        until: Day "资金使用期限" .coming() .hint("批复里写的用完日期");
        settled: Day "用完结清日期";
    }

    /// Land transfer arranged (F13).
    LandTransfer = Ledger::new("land_transfer", "土地流转").programme(Programme::Phoenix).adds("宗", "记一宗流转").dated("signed")
        .title(&["signed", "mu"]).help("协助返乡项目流转的土地") => {
        unit: Unit "村（社区）" .required() .column();
        enterprise: Ref "返乡企业" .to("enterprise") .column();
        project: Ref "产业项目" .to("project");
        mu: Decimal "面积" .measure("亩") .range(0, 99_999) .summed() .required() .column();
        price: Decimal "租金" .measure("元每亩每年") .range(0, 99_999) .column();
        signed: Day "签约日期" .required() .preset(Preset::Today) .column();
        from: Day "起始" .near();
        until: Day "到期" .coming() .column();
    }

    /// 千人计划: from intention to the committees (F14, F15, F19).
    Thousand = Ledger::new("thousand", "千人计划").programme(Programme::Phoenix).adds("名", "登记一名意向人员").dated("intent")
        .key(&["unit", "name"]).title(&["name"]).help("意向、聘用、纳入千人计划、考核、选举、进两委，逐步登记") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        returnee: Ref "回乡能人" .to("returnee");
        intent: Day "意向" .column();
        hired: Day "聘用" .column();
        enrolled: Day "纳入千人计划" .column();
        assessed: Day "考核" .column();
        assess_result: Choice "考核结果" .choices(Verdict::ALL);
        elected: Day "选举" .column();
        joined: Day "进入两委" .column();
        post: Text "职务" .column() .recurs();
        secretary: Ref "书记" .to("secretary");
        cadre: Ref "两委干部" .to("cadre");
        left: Day "退出日期";
        left_reason: Text "退出原因" .recurs();
    }

    /// What a returnee asked for and what came of it (F17).
    Need = Ledger::new("need", "能人需求").programme(Programme::Phoenix).adds("条", "记一条需求").dated("date")
        .title(&["text"]).help("回乡能人的困难和愿望，办理和答复") => {
        unit: Unit "村（社区）" .required() .column();
        returnee: Ref "能人" .to("returnee") .column();
        date: Day "提出日期" .required() .preset(Preset::Today) .column();
        text: LongText "需求" .required() .column();
        due: Day "办理时限" .coming() .column();
        replied: Day "答复日期";
        solved: Day "解决日期" .column();
    }

    /// What the town does to be a good place to come home to (F16).
    Measure = Ledger::new("measure", "环境措施").programme(Programme::Phoenix).owner(Owner::Town).adds("项", "定一项措施").dated("since")
        .key(&["text"]).title(&["text"]).help("为返乡能人提供的住房、子女入学、贷款和一站式服务") => {
        kind: Choice "类型" .choices(MeasureKind::ALL) .required() .column();
        text: Text "措施" .required() .column();
        since: Day "实行日期" .required() .preset(Preset::Today) .column();
        until: Day "停止日期" .near();
        served: Int "惠及" .measure("人") .range(0, 9_999) .summed() .column();
    }

    /// A technique in use and the expert who knows it (F22).
    Technology = Ledger::new("technology", "技术和专家").programme(Programme::Phoenix).adds("项", "记一项技术").dated("date")
        .title(&["name"]).help("优选品种、合理密植等技术，以及能请到的专家") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "技术" .required() .column();
        crop: Text "用于" .column() .recurs();
        expert: Text "专家" .personal() .column() .recurs();
        enterprise: Ref "返乡企业" .to("enterprise");
        date: Day "登记日期" .required() .preset(Preset::Today) .column();
        note: LongText "要点";
    }
}
