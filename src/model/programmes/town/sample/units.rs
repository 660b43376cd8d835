//! The 39 units of the register (国家统计局 统计用区划代码) and what the sample assigns to each.
//!
//! The division into districts and every count beside the name is sample data (示例), not a survey.

/// State of a service centre in the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum Built {
    /// 已建新.
    New,
    /// 原有提档.
    Upgrading,
    /// 待建.
    Planned,
}

/// One unit of the register with its part in the sample.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct UnitRow {
    /// 12-digit code; also the record id.
    pub code: &'static str,
    /// Registered name.
    pub name: &'static str,
    /// 社区 rather than 村.
    pub community: bool,
    /// 1 to 11: record `d01` to `d11`.
    pub district: usize,
    /// Night talks in the counting window.
    pub talks: usize,
    /// State of the service centre.
    pub centre: Built,
    /// Collective income above 10万元.
    pub rich: bool,
    /// A herb base.
    pub herb: bool,
}

const fn row(
    code: &'static str,
    name: &'static str,
    district: usize,
    talks: usize,
    centre: Built,
    rich: bool,
    herb: bool,
) -> UnitRow {
    let community = code.as_bytes()[9] == b'0';
    UnitRow {
        code,
        name,
        community,
        district,
        talks,
        centre,
        rich,
        herb,
    }
}

use Built::{New, Planned, Upgrading};

/// The register, in the order of the codes.
#[rustfmt::skip]
pub(in crate::model) const UNITS: [UnitRow; 39] = [
    row("421223100001", "七星社区", 1, 4, New, false, false),
    row("421223100002", "十字街社区", 2, 4, New, false, false),
    row("421223100003", "白泉社区", 3, 4, Upgrading, false, false),
    row("421223100004", "和平社区", 2, 3, Upgrading, false, false),
    row("421223100005", "中津洲社区", 4, 4, New, false, false),
    row("421223100006", "步行街社区", 5, 3, Upgrading, false, false),
    row("421223100007", "大集社区", 5, 6, Planned, false, false),
    row("421223100008", "桃溪社区", 6, 4, New, false, false),
    row("421223100009", "香山社区", 7, 3, New, false, false),
    row("421223100010", "碧田社区", 2, 3, Planned, false, false),
    row("421223100011", "开发区社区", 8, 6, New, false, false),
    row("421223100200", "洪下村", 9, 5, New, true, true),
    row("421223100201", "河田村", 9, 7, New, true, true),
    row("421223100202", "菖蒲村", 9, 4, Upgrading, false, true),
    row("421223100203", "鹿门铺村", 1, 3, Upgrading, false, true),
    row("421223100204", "山下村", 10, 3, Upgrading, false, true),
    row("421223100205", "环城村", 5, 3, Upgrading, false, false),
    row("421223100206", "香山村", 7, 4, New, true, true),
    row("421223100207", "蛤蟆石村", 7, 2, Planned, false, false),
    row("421223100208", "寺前村", 9, 8, New, true, true),
    row("421223100209", "七星村", 1, 4, New, true, false),
    row("421223100210", "茅井村", 1, 3, Planned, false, false),
    row("421223100211", "桃红村", 6, 3, New, true, true),
    row("421223100212", "松柏村", 8, 3, New, false, true),
    row("421223100213", "新塘岭村", 8, 3, Upgrading, false, true),
    row("421223100214", "浮溪桥村", 8, 4, New, true, true),
    row("421223100215", "下津村", 4, 4, New, false, false),
    row("421223100216", "渣桥村", 11, 4, New, true, true),
    row("421223100217", "肥塘村", 6, 3, Upgrading, false, false),
    row("421223100218", "中津村", 4, 4, New, true, false),
    row("421223100219", "花山村", 6, 3, Upgrading, false, true),
    row("421223100220", "陈河水村", 11, 3, Upgrading, false, false),
    row("421223100221", "渣冲村", 11, 2, Planned, false, true),
    row("421223100222", "乌龟石村", 10, 2, Planned, false, true),
    row("421223100223", "谢家坳村", 10, 6, New, true, false),
    row("421223100224", "白泉村", 3, 4, New, true, true),
    row("421223100225", "郭家岭村", 3, 3, Upgrading, false, true),
    row("421223100226", "史家渡村", 4, 3, Upgrading, false, false),
    row("421223100227", "龙背村", 3, 2, Planned, false, true),
];

/// Names of the eleven sample districts; the record of the first is `d01`.
pub(in crate::model) const DISTRICTS: [&str; 11] = [
    "七星片区",
    "城中片区",
    "白泉片区",
    "中津片区",
    "大集片区",
    "桃溪片区",
    "香山片区",
    "开发区片区",
    "寺前片区",
    "谢家坳片区",
    "渣桥片区",
];

/// Code of the unit at an index of the register.
pub(in crate::model) fn code(unit: usize) -> &'static str {
    UNITS[unit % UNITS.len()].code
}

/// The units with their index.
pub(in crate::model) fn units() -> impl Iterator<Item = (usize, &'static UnitRow)> {
    UNITS.iter().enumerate()
}

/// Index of the unit called `name`.
pub(in crate::model) fn unit(name: &str) -> usize {
    UNITS.iter().position(|u| u.name == name).unwrap_or(0)
}

/// Record id of the leader of the unit's district.
pub(in crate::model) fn leader_of(unit: usize) -> String {
    format!("leader-{:02}", UNITS[unit % UNITS.len()].district)
}

/// Record id of the secretary in office; the one before is `-1`.
pub(in crate::model) fn secretary_id(unit: usize) -> String {
    format!("secretary-{:02}-2", unit + 1)
}

/// The secretary's name: three that the article names, otherwise a placeholder.
pub(in crate::model) fn secretary_name(unit: usize) -> String {
    match UNITS.get(unit).map_or("", |u| u.name) {
        "河田村" => "魏君".to_string(),
        "大集社区" => "黄正亮".to_string(),
        "寺前村" => "龚正宇".to_string(),
        _ => format!("示例书记{:02}", unit + 1),
    }
}
