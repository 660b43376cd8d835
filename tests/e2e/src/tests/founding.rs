//! A small town of one's own, for tests that need stored records.

use crate::driver::Outcome;
use crate::page::{By, Page};

/// Founds a town with three units in two districts.
pub fn found(page: &mut Page) -> Outcome<()> {
    page.open("?today=2022-11-22#/start")?;
    page.fill("textbox", "镇名", "天城镇")?;
    let list = page.find(By::Role("textbox", "村（社区）名单"))?;
    page.fill_on(
        &list,
        "寺前村，村，寺前片区\n河田村，村，寺前片区\n和平社区，社区，城中片区",
    )?;
    page.see("共 3 个村（社区），2 个片区")?;
    page.click("button", "建立本镇")?;
    page.see("已建立本镇")
}

/// Chooses to be the secretary of a unit.
pub fn be_secretary(page: &mut Page, unit: &str) -> Outcome<()> {
    page.goto("?today=2022-11-22#/settings?role=unit")?;
    page.select("村（社区）", unit)?;
    page.click("button", "保存身份")?;
    page.see("已保存身份")
}
