//! 头雁: secretaries, talks, contacts, training (T1–T22).

use super::ledger::{Choice, Ledger, Owner, Programme};

/// Levels of education, lowest first; shared by every ledger of persons.
pub const EDUCATION: &[Choice] = &[
    Choice::new("primary", "小学"),
    Choice::new("junior", "初中"),
    Choice::new("senior", "高中（中专）"),
    Choice::new("college", "大专"),
    Choice::new("bachelor", "本科"),
    Choice::new("master", "研究生"),
];

/// Sex.
pub const SEX: &[Choice] = &[Choice::new("male", "男"), Choice::new("female", "女")];

crate::ledgers! {
    /// A secretary of a unit, this term or before (T3–T7).
    Secretary = Ledger::new("secretary", "书记名册").programme(Programme::Lead).owner(Owner::Town).adds("名", "登记一名书记")
        .dated("since").key(&["unit", "name", "since"]).title(&["name"]).help("现任和上届书记，一人一届一条") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        sex: Choice "性别" .choices(SEX) .column();
        birth: Month "出生年月" .personal() .column();
        education: Choice "学历" .choices(EDUCATION) .column();
        joined: Month "入党年月" .personal();
        since: Day "任职日期" .required() .column();
        until: Day "离任日期" .hint("现任不填") .column();
        source: Choice "来源" .choices(&[
            Choice::new("stay", "留任"), Choice::new("promoted", "两委提任"), Choice::new("returnee", "返乡能人"),
            Choice::new("thousand", "千人计划"), Choice::new("sent", "上级选派"), Choice::new("other", "其他"),
        ]) .column();
        both_posts: YesNo "一肩挑" .hint("兼任村（居）委会主任") .column();
        posts: Text "兼任职务";
        phone: Phone "电话";
    }
}
