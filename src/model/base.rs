//! 强基: service centres, industry, collective economy (Q1–Q20).

use super::ledger::{Choice, Ledger, Preset, Programme};

crate::ledgers! {
    /// 党员群众服务中心 of a unit (Q2–Q7).
    Centre = Ledger::new("centre", "阵地台账").programme(Programme::Base).adds("个", "登记一个阵地").title(&["name"])
        .key(&["unit", "name"]).help("党员群众服务中心：已建新、原有提档、待建") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "名称" .required();
        state: Choice "状态" .choices(&[
            Choice::new("built", "已建新"), Choice::new("upgrading", "原有提档"), Choice::new("planned", "待建"),
        ]) .required() .column();
        area: Int "面积" .measure("㎡") .range(0, 99_999) .summed() .column();
        year: Year "建成年份";
        rooms: Int "功能室" .measure("间") .range(0, 99);
        funds: Decimal "投入资金" .measure("万元") .range(0, 99_999) .summed() .column();
        publicity: YesNo "红色宣传上墙";
        surroundings: YesNo "周边环境优化";
        parts_replaced: YesNo "更换旧件";
        content_updated: YesNo "更新内容";
        stage: Choice "建设阶段" .choices(&[
            Choice::new("applied", "申报"), Choice::new("approved", "立项"), Choice::new("sited", "选址"),
            Choice::new("designed", "规划设计"), Choice::new("funded", "资金"), Choice::new("building", "施工"),
            Choice::new("accepted", "验收"), Choice::new("opened", "启用"),
        ]) .hint("待建阵地填写") .column();
        planned_open: Day "计划启用";
        photo: Text "照片文件名" .hint("只记文件名或网址");
        note: LongText "备注";
    }

    /// Income of a village's collective economy in one year and category (Q16–Q20, domain 2.6).
    Income = Ledger::new("income", "村集体经济").programme(Programme::Base).adds("笔", "记一笔收入").dated("year")
        .key(&["unit", "year", "category"]).title(&["year", "category"]).help("村集体经济年度收入，按类别记") => {
        unit: Unit "村" .required() .column();
        year: Year "年度" .preset(Preset::ThisYear) .required() .column();
        category: Choice "类别" .choices(&[
            Choice::new("operation", "经营收入"), Choice::new("contract", "发包及上交收入"), Choice::new("investment", "投资收益"),
            Choice::new("subsidy", "补助收入"), Choice::new("other", "其他收入"),
        ]) .required() .column();
        amount: Decimal "金额" .measure("万元") .range(0, 99_999) .summed() .required() .column();
        note: Text "说明" .column();
    }
}
