//! A small town of one's own, for tests that need stored records.

use crate::driver::Outcome;
use crate::page::{By, Page};

/// Founds a town with three units in two districts.
pub fn found(page: &mut Page) -> Outcome<()> {
    page.open("?today=2022-11-22#/start")?;
    page.click("link", "新建本镇")?;
    page.fill("textbox", "镇（街道）名称", "天城镇")?;
    super::town::paste(
        page,
        "寺前村\t村\t寺前片区\n河田村\t村\t寺前片区\n和平社区\t社区\t城中片区",
    )?;
    page.see("读出 3 个：2 个村，1 个社区，2 个片区")?;
    page.click("button", "核对名单")?;
    page.click("button", "建立本镇")?;
    page.find(By::Role("heading", "总览"))?;
    page.see("3 个村（社区）")
}

/// Opens the form of a ledger from its list, to which it leads back.
pub fn form(page: &mut Page, ledger: &str, label: &str) -> Outcome<()> {
    page.goto(&format!("?today=2022-11-22#/l/{ledger}"))?;
    page.find(By::Role("heading", label))?;
    page.goto(&format!("?today=2022-11-22#/l/{ledger}/new"))
}

/// Chooses to be the secretary of a unit.
pub fn be_secretary(page: &mut Page, unit: &str) -> Outcome<()> {
    page.goto("?today=2022-11-22#/settings?role=unit")?;
    // The frame's search is named after villages as well: not before the page is there.
    page.find(By::Role("button", "保存身份"))?;
    page.select("村（社区）", unit)?;
    page.click("button", "保存身份")?;
    page.see("已保存身份")
}
