//! 青苗: members and reserve cadres to come (M1–M23).

use super::lead_goose::{EDUCATION, SEX};
use super::ledger::{Choice, Ledger, Preset, Programme};

crate::ledgers! {
    /// A reserve cadre (M12, M16, M17).
    Reserve = Ledger::new("reserve", "后备干部").programme(Programme::Seedling).adds("名", "登记一名后备干部").dated("since")
        .key(&["unit", "name"]).title(&["name"]).help("村（社区）后备干部，一人一条") => {
        unit: Unit "村（社区）" .required() .column();
        name: Text "姓名" .required() .personal() .column();
        sex: Choice "性别" .choices(SEX) .column();
        birth: Month "出生年月" .personal() .column();
        education: Choice "学历" .choices(EDUCATION) .column();
        kind: Choice "类别" .choices(&[Choice::new("secretary", "书记后备"), Choice::new("committee", "两委后备")]) .column();
        source: Choice "来源" .choices(&[
            Choice::new("graduate", "返乡大学生"), Choice::new("veteran", "退役军人"), Choice::new("rich", "致富能手"),
            Choice::new("mobile", "流动党员"), Choice::new("assistant", "党建助理员"), Choice::new("grid", "网格员"), Choice::new("other", "其他"),
        ]) .column();
        since: Day "入库日期" .required() .preset(Preset::Today) .column();
        mentor: Text "培养联系人" .personal();
        evaluation: Choice "年度评价" .choices(&[Choice::new("good", "优秀"), Choice::new("fit", "称职"), Choice::new("weak", "需提高")]);
        left: Day "出库日期";
        left_reason: Text "出库原因";
        phone: Phone "电话";
    }
}
