//! 引凤: bringing capable people home (F1–F22).

use super::lead_goose::SEX;
use super::ledger::{Choice, Ledger, Programme};

crate::ledgers! {
    /// 回乡能人: a person who came home to found or to work (F1, F3, F18).
    Returnee = Ledger::new("returnee", "回乡能人").programme(Programme::Phoenix).adds("名", "登记一名能人").dated("returned")
        .key(&["unit", "name"]).title(&["name"]).help("回乡创业、回乡工作的能人，一人一条") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        sex: Choice "性别" .choices(SEX);
        kind: Choice "类型" .choices(&[Choice::new("found", "创业"), Choice::new("work", "工作")]) .required() .column();
        returned: Year "回乡年份" .column();
        member: YesNo "党员" .column();
        former_place: Text "原所在地";
        former_job: Text "原职业";
        persuader: Text "引荐人" .personal();
        phone: Phone "电话";
    }
}
