//! 筑梦: plans, night talks, suggestions and what follows from them (Z1–Z18).

use crate::model::ledger::{Ledger, Preset, Programme, Role};

crate::choices! {
    /// Kinds of night talks; whatever is counted by kind counts all of them.
    TalkKind {
        Bay = "bay" "湾子夜话",
        Star = "star" "星空夜话",
        Other = "other" "其他",
    }

    /// What villagers' suggestions and problems are about.
    Category {
        Road = "road" "道路",
        Water = "water" "饮水",
        Industry = "industry" "产业用工",
        Environment = "environment" "人居环境",
        Service = "service" "公共服务",
        Other = "other" "其他",
    }

    /// Results of the study of a suggestion.
    Studied {
        Open = "open" "待研判",
        Adopted = "adopted" "采纳",
        Partly = "partly" "部分采纳",
        Declined = "declined" "不采纳",
    }

    /// 类型 of [`Plan`].
    PlanKind {
        Annual = "annual" "年度计划",
        FiveYear = "five_year" "五年规划",
    }

    /// 退回环节 of [`PlanReturn`].
    PlanReturnStage {
        Guide = "guide" "指导员审核",
        Committee = "committee" "镇党委审核",
    }

    /// 目的 of [`NightTalk`].
    NightTalkPurpose {
        Policy = "policy" "政策宣讲",
        Consult = "consult" "征求意见",
        Dispute = "dispute" "调解纠纷",
        Project = "project" "项目商议",
        Other = "other" "其他",
    }

    /// 提出人 of [`Suggestion`].
    SuggestionProposer {
        Masses = "masses" "群众",
        Member = "member" "党员",
        Worthy = "worthy" "乡贤",
        Other = "other" "其他",
    }

    /// 类别 of [`Matter`].
    MatterCategory {
        Plan = "plan" "规划和年度计划",
        Land = "land" "土地流转",
        Asset = "asset" "集体资产",
        Project = "project" "项目",
        Funding = "funding" "公益筹资",
        Other = "other" "其他",
    }
}

crate::ledgers! {
    /// An annual or five-year plan of a unit with its review chain (Z1, Z6, Z7, Z13).
    Plan = Ledger::new("plan", "工作计划").programme(Programme::Dream).adds("份", "拟一份计划").dated("drafted")
        .key(&["unit", "kind", "year"]).title(&["kind", "year"])
        .help("一年一计划，五年一规划；经群众、党建指导员和镇党委把关后定稿") => {
        unit: Unit "村（社区）" .required() .column();
        kind: Choice "类型" .choices(PlanKind::ALL)
            .preset(Preset::Text(PlanKind::Annual.code())) .required() .column();
        year: Year "年度" .hint("五年规划填起始年") .preset(Preset::ThisYear) .required() .column();
        until: Year "截止年" .hint("五年规划填写");
        version: Int "版本" .range(1, 99) .preset(Preset::Int(1));
        drafted: Day "草拟" .required() .preset(Preset::Today) .column();
        shown: Day "晒计划" .hint("在夜话等会上向群众公开的日期") .column();
        consulted: Day "征求意见" .column();
        guided: Day "指导员审核" .decided_by(Role::Guide) .column();
        approved: Day "镇党委审核" .decided_by(Role::Town) .column();
        finalised: Day "定稿" .decided_by(Role::Town) .column();
        guide: Text "党建指导员" .personal() .recurs();
        returned: LongText "退回意见" .decided_by(Role::Guide) .hint("指导员或镇党委最近一次退回的意见");
        matter: Ref "四议两公开" .to("matter");
        summary: LongText "主要内容";
    }

    /// One return of a plan with the comments that came with it (Z6).
    PlanReturn = Ledger::new("plan_return", "计划退回").programme(Programme::Dream).adds("次", "退回一次").dated("date")
        .title(&["stage", "date"]).help("计划被指导员或镇党委退回的每一次") => {
        unit: Unit "村（社区）" .required() .column();
        plan: Ref "计划" .to("plan") .required() .column();
        stage: Choice "退回环节" .choices(PlanReturnStage::ALL)
            .required() .column();
        date: Day "退回日期" .required() .preset(Preset::Today) .column();
        version: Int "退回的版本" .range(1, 99);
        comment: LongText "意见" .required() .decided_by(Role::Guide) .column();
        by: Text "退回人" .personal() .recurs();
    }

    /// 晒计划: which version of a plan was shown at which meeting (Z4).
    PlanShown = Ledger::new("plan_shown", "晒计划").programme(Programme::Dream).adds("次", "晒一次计划").dated("date")
        .key(&["plan", "talk", "version"]).title(&["date", "version"]).help("在哪场会上晒了哪一版计划") => {
        unit: Unit "村（社区）" .required() .column();
        plan: Ref "计划" .to("plan") .required() .column();
        talk: Ref "夜话" .to("night_talk") .dates("date") .column();
        version: Int "版本" .range(1, 99) .preset(Preset::Int(1)) .column();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        remarks: LongText "群众反映";
    }

    /// Guidance while a plan is drafted (Z2).
    Guidance = Ledger::new("guidance", "计划指导").programme(Programme::Dream).adds("次", "记一次指导").dated("date")
        .title(&["guide", "date"]).help("党建指导员指导村（社区）拟计划") => {
        unit: Unit "村（社区）" .required() .column();
        plan: Ref "计划" .to("plan") .column();
        guide: Text "党建指导员" .required() .personal() .column() .recurs();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        comment: LongText "指导意见" .required() .column();
    }

    /// One item of a plan (Z5, Z16).
    PlanItem = Ledger::new("plan_item", "计划事项").programme(Programme::Dream).adds("项", "加一项事项").dated("due")
        .key(&["unit", "plan", "goal"]).title(&["goal"]).help("计划里的每一件事：目标、措施、责任人、时限和进度") => {
        unit: Unit "村（社区）" .required() .column();
        plan: Ref "所属计划" .to("plan") .required();
        goal: Text "事项" .required() .column();
        measure: LongText "措施";
        owner: Text "责任人" .personal() .column() .recurs();
        start: Day "开始" .near() .column();
        due: Day "完成时限" .coming() .required() .column();
        criterion: Text "完成标准";
        budget: Decimal "预算" .measure("万元") .asks_above(1_000) .range(0, 99_999) .summed();
        progress: Int "进度" .measure("%") .range(0, 100) .column();
        done: Day "办结日期" .column();
        suggestion: Ref "来自建议" .to("suggestion");
    }

    /// A session of 湾子夜话, 星空夜话 or another platform (Z8–Z11, Z14, Z17).
    NightTalk = Ledger::new("night_talk", "夜话台账").programme(Programme::Dream).adds("场", "记一场夜话").dated("date")
        .key(&["unit", "kind", "date", "place"]).title(&["place", "kind"])
        .help("湾子夜话、星空夜话等议事会，一场一条") => {
        unit: Unit "村（社区）" .required() .column();
        kind: Choice "类型" .choices(TalkKind::ALL) .preset(Preset::Text(TalkKind::Bay.code())) .required() .column();
        platform: Text "议事平台名称" .hint("类型为其他时填写，例如屋场会") .recurs();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        place: Text "地点" .hint("湾子、村民小组或小区") .required() .column() .recurs();
        members: Int "党员" .measure("人") .range(0, 999) .summed() .column();
        masses: Int "群众" .measure("人") .range(0, 999) .summed() .column();
        speakers: Int "发言" .measure("人") .range(0, 999) .summed();
        reached: Int "到会户数" .measure("户") .range(0, 999) .summed();
        topic: LongText "议题" .required() .column();
        host: Text "主持人" .personal() .recurs();
        purpose: Choice "目的" .choices(NightTalkPurpose::ALL);
        project: Ref "商议的项目" .to("project");
        satisfaction: Int "满意度" .measure("分") .hint("会后评 1 到 5 分，可不填") .range(1, 5);
        outcome: LongText "结果" .hint("当场定下的事，没有可不填");
    }

    /// A suggestion by a villager (Z3, Z5).
    Suggestion = Ledger::new("suggestion", "群众建议").programme(Programme::Dream).adds("条", "记一条建议").dated("date")
        .title(&["text"]).help("群众在夜话等场合提出的建议，从提出到反馈") => {
        unit: Unit "村（社区）" .required() .column();
        talk: Ref "出自夜话" .to("night_talk") .dates("date");
        date: Day "提出日期" .required() .preset(Preset::Today) .column();
        text: LongText "建议内容" .required() .column();
        category: Choice "类别" .choices(Category::ALL) .column();
        place: Text "湾子（小区）" .recurs();
        proposer: Choice "提出人" .choices(SuggestionProposer::ALL) .hint("默认不记姓名");
        state: Choice "研判" .choices(Studied::ALL) .preset(Preset::Text(Studied::Open.code())) .column();
        studied: Day "研判日期";
        reason: Text "不采纳理由";
        item: Ref "落实到计划事项" .to("plan_item");
        landed: Day "落实日期" .column();
        replied: Day "反馈日期" .column();
    }

    /// A problem named at a meeting, with who deals with it and until when (Z15).
    Problem = Ledger::new("problem", "问题清单").programme(Programme::Dream).adds("个", "记一个问题").dated("date")
        .title(&["text"]).help("群众提出的问题，办结并答复后销号") => {
        unit: Unit "村（社区）" .required() .column();
        talk: Ref "出自夜话" .to("night_talk") .dates("date");
        date: Day "提出日期" .required() .preset(Preset::Today) .column();
        text: LongText "问题" .required() .column();
        category: Choice "类别" .choices(Category::ALL) .column();
        owner: Text "责任人" .personal() .column() .recurs();
        due: Day "办理时限" .coming() .required() .column();
        result: LongText "办理结果";
        done: Day "办结日期" .column();
        replied: Day "答复日期";
    }

    /// 四议两公开: one matter with its six steps in order (Z13, docs/requirements.md §2.3).
    Matter = Ledger::new("matter", "四议两公开").programme(Programme::Dream).adds("件", "记一件事项").dated("proposed")
        .key(&["unit", "subject"]).title(&["subject"]).help("提议、商议、审议、决议，决议公开、结果公开，逐步进行") => {
        unit: Unit "村（社区）" .required() .column();
        subject: Text "事项" .required() .column();
        category: Choice "类别" .choices(MatterCategory::ALL) .column();
        proposed: Day "党组织提议" .column();
        discussed: Day "两委商议" .column();
        reviewed: Day "党员大会审议" .column();
        review_due: Int "审议应到" .measure("人") .range(0, 9_999);
        review_present: Int "审议实到" .measure("人") .range(0, 9_999);
        review_ayes: Int "审议赞成" .measure("人") .range(0, 9_999);
        resolved: Day "村（居）民代表会议决议" .column();
        resolve_due: Int "决议应到" .measure("人") .range(0, 9_999);
        resolve_present: Int "决议实到" .measure("人") .range(0, 9_999);
        resolve_ayes: Int "决议赞成" .measure("人") .range(0, 9_999);
        published: Day "决议公开" .column();
        published_until: Day "公开截止" .coming();
        published_at: Text "公开地点" .recurs();
        result_published: Day "实施结果公开" .column();
        project: Ref "相关项目" .to("project");
        note: LongText "办理情况";
    }

    /// How many support a project (Z18).
    Support = Ledger::new("support", "项目支持度").programme(Programme::Dream).adds("次", "记一次表态").dated("date")
        .title(&["date"]).help("群众对项目的支持和意见") => {
        unit: Unit "村（社区）" .required() .column();
        project: Ref "项目" .to("project");
        subject: Text "事项" .required() .column();
        talk: Ref "出自夜话" .to("night_talk") .dates("date");
        date: Day "日期" .required() .preset(Preset::Today) .column();
        ayes: Int "支持" .measure("户") .range(0, 9_999) .summed() .required() .column();
        doubts: Int "有意见" .measure("户") .range(0, 9_999) .summed() .column();
        opinion: LongText "主要意见";
    }
}
