//! 发展党员: one file per person with the 25 familiar steps and step 8+ (M1, M2, M5, M23, docs/requirements.md §2.1).
//!
//! The authoritative file is in the national system; here stands only what is needed to remind.
//! The rules between the steps are in [`workflow::development`](crate::model::programmes::seedling::development).

use crate::model::ledger::{Ledger, Preset, Programme};
use crate::model::programmes::lead::ledgers::{Education, Sex};
use crate::model::programmes::seedling::rules;

crate::choices! {
    /// Versions of 《中国共产党发展党员工作细则》 that a file can follow.
    RuleVersionKind {
        Auto = "auto" "按办理日期",
        Of2014 = "2014" "2014年5月版",
        Of2026 = "2026-05" "2026年5月版",
    }

    /// Where new members come from (M2, M5, M21).
    FileSource {
        Youth = "youth" "青年群体",
        Weak = "weak" "薄弱领域",
        Epidemic = "epidemic" "疫情防控一线",
        Returnee = "returnee" "返乡创业青年",
        Estate = "estate" "小区青年",
        Other = "other" "其他",
    }

    /// 公示结果 of [`Development`].
    DevelopmentNoticeResult {
        Clear = "clear" "无异议",
        Objection = "objection" "有异议",
    }

    /// What an examination found.
    Verdict {
        Pass = "pass" "合格",
        Fail = "fail" "不合格",
    }

    /// 转正结果 of [`Development`].
    DevelopmentExit {
        OnTime = "on_time" "按期转正",
        Extended = "extended" "延长预备期",
        Cancelled = "cancelled" "取消预备党员资格",
    }

    /// 阶段 of [`Inspection`].
    InspectionStage {
        Activist = "activist" "积极分子",
        Probationary = "probationary" "预备党员",
    }
}

crate::ledgers! {
    /// The file of one applicant.
    Development = Ledger::new("development", "发展党员").programme(Programme::Seedling).adds("名", "建一份发展档案").dated("applied")
        .key(&["unit", "name", "applied"]).title(&["name"]).help("从递交申请书到转正归档，逐步登记日期；不登记身份证号") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        sex: Choice "性别" .choices(Sex::ALL);
        birth: Month "出生年月" .personal();
        education: Choice "学历" .choices(Education::ALL);
        source: Choice "来源" .choices(FileSource::ALL) .column();
        returnee: Ref "回乡能人" .to("returnee");
        estate_member: Ref "小区党员" .to("estate_member");
        mobile_person: YesNo "流动人员" .hint("公示和政审要在流出地、流入地两处办理");
        rule: Choice "适用细则" .choices(RuleVersionKind::ALL) .preset(Preset::Text(RuleVersionKind::Auto.code()));
        applied: Day "1 递交入党申请书" .required() .preset(Preset::Today) .column();
        talked: Day "2 派人谈话" .hint("收到申请书一个月内");
        talker: Text "谈话人" .personal() .recurs();
        chosen: Day "3 确定入党积极分子" .column();
        filed: Day "4 上级党委备案";
        mentored: Day "5 指定培养联系人";
        mentors: Text "培养联系人" .hint("1 至 2 名正式党员") .personal();
        mentor_count: Int "培养联系人数" .measure("名") .range(0, 9);
        inspected: Day "6 培养教育考察满期" .hint_of("至少 # 个月，每半年考察一次", &rules::ACTIVIST_MONTHS);
        proposed: Day "7 确定发展对象" .column();
        consented: Day "8 报上级党委" .hint("2014 年版为备案，2026 年版为同意");
        notice_from: Day "公示开始" .near();
        noticed: Day "8+ 公示结束" .hint_of("不少于 # 个工作日，期满第二天起登记", &rules::NOTICE_DAYS);
        notice_result: Choice "公示结果" .choices(DevelopmentNoticeResult::ALL);
        sponsored: Day "9 确定入党介绍人";
        sponsors: Text "入党介绍人" .personal();
        sponsor_count: Int "入党介绍人数" .measure("名") .range(0, 9);
        vetted: Day "10 政治审查";
        vet_result: Choice "政审结论" .choices(Verdict::ALL);
        trained: Day "11 集中培训";
        train_days: Int "培训天数" .measure("天") .range(0, 60);
        train_hours: Int "培训学时" .measure("学时") .range(0, 400);
        examined: Day "12 支部委员会审查";
        prechecked: Day "13 上级党委预审";
        precheck_result: Choice "预审结果" .choices(Verdict::ALL);
        form_filled: Day "14 填写入党志愿书";
        voted: Day "15 支部党员大会讨论" .column();
        vote_due: Int "应到有表决权" .measure("人") .range(0, 9_999);
        vote_present: Int "实到有表决权" .measure("人") .range(0, 9_999);
        vote_ayes: Int "赞成" .measure("票") .range(0, 9_999);
        vote_nays: Int "反对" .measure("票") .range(0, 9_999);
        vote_abstain: Int "弃权" .measure("票") .range(0, 9_999);
        vote_written: Int "书面意见" .measure("票") .hint("因故未到会、会前提出书面意见的，计入票数") .range(0, 9_999);
        interviewed: Day "16 上级党委谈话";
        approved: Day "17 上级党委审批" .column();
        special: YesNo "审批特殊情况" .hint("可延长到六个月");
        recorded: Day "18 组织部门备案";
        assigned: Day "19 编入党支部和党小组";
        sworn: Day "20 入党宣誓";
        observed: Day "21 继续教育考察满期" ;
        requested: Day "22 提出转正申请";
        revoted: Day "23 支部大会讨论转正" .column();
        revote_due: Int "转正应到" .measure("人") .range(0, 9_999);
        revote_present: Int "转正实到" .measure("人") .range(0, 9_999);
        revote_ayes: Int "转正赞成" .measure("票") .range(0, 9_999);
        revote_nays: Int "转正反对" .measure("票") .range(0, 9_999);
        revote_abstain: Int "转正弃权" .measure("票") .range(0, 9_999);
        revote_written: Int "转正书面意见" .measure("票") .hint("因故未到会、会前提出书面意见的，计入票数") .range(0, 9_999);
        exit: Choice "转正结果" .choices(DevelopmentExit::ALL) .column();
        extended_until: Day "延长到" .coming() .hint("不少于六个月，不超过一年，只能一次");
        confirmed: Day "24 上级党委审批转正" .column();
        archived: Day "25 材料归档";
        early_reason: Text "提前办理理由" .hint("不满期限确需办理时填写");
        left: Day "终止日期" .hint("本人撤回、转出等");
        left_reason: Text "终止原因" .recurs();
        phone: Phone "电话";
    }

    /// One half-yearly inspection of an activist or quarterly one of a probationary member (steps 6 and 21).
    Inspection = Ledger::new("inspection", "培养考察").programme(Programme::Seedling).adds("次", "记一次考察").dated("date")
        .key(&["file", "date"]).title(&["date"]).help("积极分子每半年一次，预备党员按季度一次") => {
        unit: Unit "村（社区）" .required() .column();
        file: Ref "发展党员档案" .to("development") .required() .column();
        stage: Choice "阶段" .choices(InspectionStage::ALL) .required() .column();
        date: Day "考察日期" .required() .preset(Preset::Today) .column();
        opinion: LongText "考察意见" .required() .personal();
    }
}
