//! The town's frame: town, districts, units, leaders, devices and settings (G1, G4, G9, T11, T12).

use super::ledger::{Choice, Ledger, Owner, Preset, Role};

/// Stored kind of a 村.
pub const VILLAGE: &str = "village";
/// Stored kind of a 社区.
pub const COMMUNITY: &str = "community";

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
    }

    /// 村 or 社区 (G4, G9).
    Unit = Ledger::new("unit", "村（社区）").owner(Owner::Town).adds("个", "新增一个村（社区）").title(&["name"])
        .key(&["name"]).help("全镇的村和社区，各项台账都落到这里") => {
        name: Text "名称" .required() .column();
        kind: Choice "类型" .choices(&[Choice::new(VILLAGE, "村"), Choice::new(COMMUNITY, "社区")]) .required() .column();
        district: District "片区" .column();
        code: Text "统计用区划代码" .hint("12 位数字，没有可不填") .column();
        org_type: Choice "党组织类型" .choices(&[
            Choice::new("committee", "党委"), Choice::new("general_branch", "党总支"), Choice::new("branch", "党支部"),
        ]) .column();
        branches: Int "党支部数" .measure("个") .range(0, 99) .summed();
        party_groups: Int "党小组数" .measure("个") .range(0, 999) .summed();
        households: Int "户数" .measure("户") .range(0, 99_999) .column() .summed();
        population: Int "人口" .measure("人") .range(0, 999_999) .column() .summed();
        members: Int "党员数" .measure("人") .range(0, 9_999) .column() .summed();
        corridor: Text "所处沿线" .hint("例如 106 国道沿线，可不填");
        since: Day "设立日期" .hint("合并、新设的村（社区）填写");
        until: Day "撤并日期";
        note: LongText "备注";
    }

    /// A unit changes its district from a day on (T11).
    UnitMove = Ledger::new("unit_move", "片区调整").owner(Owner::Town).adds("次", "调整一次片区").dated("date")
        .title(&["date"]).help("某个村（社区）从哪天起划入哪个片区") => {
        unit: Unit "村（社区）" .required() .column();
        district: District "划入片区" .required() .column();
        date: Day "生效日期" .required() .preset(Preset::Today) .column();
        note: Text "说明" .column();
    }

    /// 班子成员 in contact with a district (T12).
    Leader = Ledger::new("leader", "班子成员").owner(Owner::Town).adds("名", "登记一名班子成员").title(&["name"])
        .help("片区由谁联系，从哪天到哪天") => {
        name: Text "姓名" .required() .column();
        office: Text "职务" .column();
        district: District "联系片区" .column();
        since: Day "联系起始" .column();
        until: Day "联系截止" .column();
        phone: Phone "电话";
    }

    /// A device or a role on it; change records name it by its id.
    Device = Ledger::new("device", "填报设备").owner(Owner::Unit).title(&["label"]).system()
        .help("谁在哪台设备上以什么身份填报") => {
        label: Text "填报人" .required() .personal() .column();
        role: Choice "身份" .choices(Role::CHOICES) .required() .column();
        unit: Unit "村（社区）" .column();
        district: District "片区" .column();
    }

    /// One setting: a named value, merged like any record.
    Setting = Ledger::new("setting", "设置项").owner(Owner::Town).title(&["label"]).system()
        .help("目标、预警线、权重和统计口径") => {
        label: Text "名称";
        value: Text "取值" .required();
    }

    /// A request from the town to fill in ledgers for a period.
    Dispatch = Ledger::new("dispatch", "下发任务").owner(Owner::Town).adds("项", "下发一项任务").dated("due").title(&["title"])
        .system().help("镇里请各村（社区）在期限前填报哪些台账") => {
        title: Text "任务名称" .required() .column();
        period: Text "统计期" .required() .column();
        ledgers: Refs "要填的台账" .required();
        due: Day "截止日期" .required() .column();
        note: LongText "说明";
    }
}
