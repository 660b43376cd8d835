//! As whom a device works.

crate::choices! {
    /// As whom a device works. A view of the same data, not a security boundary.
    Role {
        /// 镇党建办: everything.
        Town = "town" "镇党建办",
        /// 片区负责人: the units of one district.
        District = "district" "片区负责人",
        /// 村（社区）书记: one unit.
        Unit = "unit" "村（社区）书记",
        /// 党建指导员: reviews the plans of units.
        Guide = "guide" "党建指导员",
        /// 只看.
        Viewer = "viewer" "只看",
    }
}
