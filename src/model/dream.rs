//! 筑梦: plans, night talks, suggestions (Z1–Z18).

use super::ledger::{Choice, Ledger, Preset, Programme, Role};

crate::ledgers! {
    /// An annual or five-year plan of a unit with its review chain (Z1, Z6, Z13).
    Plan = Ledger::new("plan", "工作计划").programme(Programme::Dream).adds("份", "拟一份计划").dated("drafted")
        .key(&["unit", "kind", "year"]).title(&["kind", "year"])
        .help("一年一计划，五年一规划；经群众、党建指导员和镇党委把关后定稿") => {
        unit: Unit "村（社区）" .required() .column();
        kind: Choice "类型" .choices(&[Choice::new("annual", "年度计划"), Choice::new("five_year", "五年规划")])
            .preset(Preset::Text("annual")) .required() .column();
        year: Year "年度" .hint("五年规划填起始年") .preset(Preset::ThisYear) .required() .column();
        version: Int "版本" .range(1, 99) .preset(Preset::Int(1));
        drafted: Day "草拟" .required() .preset(Preset::Today) .column();
        shown: Day "晒计划" .hint("在夜话等会上向群众公开的日期") .column();
        consulted: Day "征求意见" .column();
        guided: Day "指导员审核" .decided_by(Role::Guide) .column();
        approved: Day "镇党委审核" .decided_by(Role::Town) .column();
        finalised: Day "定稿" .decided_by(Role::Town) .column();
        returned: LongText "退回意见" .hint("指导员或镇党委退回时填写");
        summary: LongText "主要内容";
    }

    /// A session of 湾子夜话, 星空夜话 or another platform (Z8–Z11, Z14, Z17).
    NightTalk = Ledger::new("night_talk", "夜话台账").programme(Programme::Dream).adds("场", "记一场夜话").dated("date")
        .key(&["unit", "kind", "date", "place"]).title(&["place", "kind"])
        .help("湾子夜话、星空夜话等议事会，一场一条") => {
        unit: Unit "村（社区）" .required() .column();
        kind: Choice "类型" .choices(&[
            Choice::new("bay", "湾子夜话"), Choice::new("star", "星空夜话"), Choice::new("other", "其他"),
        ]) .preset(Preset::Text("bay")) .required() .column();
        date: Day "日期" .required() .preset(Preset::Today) .column();
        place: Text "地点" .hint("湾子、村民小组或小区") .required() .column();
        members: Int "党员" .measure("人") .range(0, 999) .summed() .column();
        masses: Int "群众" .measure("人") .range(0, 999) .summed() .column();
        topic: LongText "议题" .required() .column();
        host: Text "主持人" .personal();
        purpose: Choice "目的" .choices(&[
            Choice::new("policy", "政策宣讲"), Choice::new("consult", "征求意见"), Choice::new("dispute", "调解纠纷"),
            Choice::new("project", "项目商议"), Choice::new("other", "其他"),
        ]);
        outcome: LongText "结果" .hint("当场定下的事，没有可不填");
    }

    /// A suggestion by a villager (Z3, Z5).
    Suggestion = Ledger::new("suggestion", "群众建议").programme(Programme::Dream).adds("条", "记一条建议").dated("date")
        .title(&["text"]).help("群众在夜话等场合提出的建议，从提出到反馈") => {
        unit: Unit "村（社区）" .required() .column();
        talk: Ref "出自夜话" .to("night_talk");
        date: Day "提出日期" .required() .preset(Preset::Today) .column();
        text: LongText "建议内容" .required() .column();
        category: Choice "类别" .choices(&[
            Choice::new("road", "道路"), Choice::new("water", "饮水"), Choice::new("industry", "产业用工"),
            Choice::new("environment", "人居环境"), Choice::new("service", "公共服务"), Choice::new("other", "其他"),
        ]) .column();
        proposer: Choice "提出人" .choices(&[
            Choice::new("masses", "群众"), Choice::new("member", "党员"), Choice::new("worthy", "乡贤"), Choice::new("other", "其他"),
        ]) .hint("默认不记姓名") .preset(Preset::Text("masses"));
        state: Choice "研判" .choices(&[
            Choice::new("open", "待研判"), Choice::new("adopted", "采纳"), Choice::new("partly", "部分采纳"), Choice::new("declined", "不采纳"),
        ]) .preset(Preset::Text("open")) .column();
        reason: Text "不采纳理由";
        replied: Day "反馈日期" .column();
    }
}
