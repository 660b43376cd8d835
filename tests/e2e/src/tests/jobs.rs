//! What each role comes for, walked on a phone of 360 by 780 pixels, with every tap, field and choice counted. What is
//! picked in the system's own file chooser is no tap on the page.

use super::exchange::another_browser;
use crate::driver::Outcome;
use crate::page::{By, Page};
use crate::runner::Test;
use std::path::PathBuf;
use std::sync::Arc;
use tiancheng::exchange::writing::Order;
use tiancheng::exchange::{Purpose, Scope, export};
use tiancheng::model::date::{Day, Instant};
use tiancheng::model::programmes::dream::ledgers::{Plan, PlanReturn};
use tiancheng::model::programmes::sample::{self, SampleOptions};
use tiancheng::model::programmes::schemas;
use tiancheng::model::records::Draft;
use tiancheng::replica::seed::seed;
use tiancheng::replica::{ChangeId, Replica, Stamp, Write};

pub const TESTS: &[Test] = &[
    Test::current(
        "jobs: from a file in a chat to the own task in three actions",
        to_the_task,
    ),
    Test::current(
        "jobs: a plan that came back is corrected and sent in six actions",
        sent_back,
    ),
    Test::current("jobs: a leader opens his district in three actions", to_the_district),
    Test::current("jobs: a link on an empty phone says why and takes the file", by_link),
    Test::current("jobs: what a village may not do is said and not offered", not_offered),
];

const OWN: &str = "421223100208";
const COMMENT: &str = "措施要写明谁来办、什么时候办完";

/// Every tap, every field, every choice of a person.
struct Actions(usize);

impl Actions {
    fn tap(&mut self, page: &mut Page, role: &str, name: &str) -> Outcome<()> {
        page.click(role, name)?;
        self.0 += 1;
        Ok(())
    }

    /// Taps what opens the system's file chooser, and picks a file there.
    fn pick(&mut self, page: &mut Page, door: &str, file: PathBuf) -> Outcome<()> {
        page.upload(door, &[file])?;
        self.0 += 1;
        Ok(())
    }

    fn write(&mut self, page: &mut Page, field: &str, text: &str) -> Outcome<()> {
        page.fill("textbox", field, text)?;
        self.0 += 1;
        Ok(())
    }
}

fn town() -> Replica {
    let mut replica = Replica::new(schemas());
    replica.merge_all(seed(&schemas(), &sample::town(&SampleOptions::default())));
    replica
}

/// A file of the town for some units, as it lies in a chat.
fn file(page: &mut Page, replica: &Replica, name: &str, units: &[&str]) -> Outcome<PathBuf> {
    let order = Order {
        purpose: Purpose::Dispatch,
        scope: Scope::units(units.iter().copied()),
        by: String::new(),
        at: Instant::parse("2022-11-22T08:00:00Z").unwrap_or_default(),
    };
    page.file(name, export(replica, &order).text.as_bytes())
}

fn day(text: &str) -> Outcome<Day> {
    Day::parse(text).ok_or_else(|| format!("no day: {text}"))
}

/// The town writes something.
fn written(replica: &mut Replica, drafts: &[Draft]) {
    let stamp = Stamp {
        id: ChangeId {
            actor: Arc::from("office"),
            n: 1,
        },
        at: Instant::parse("2022-11-20T08:00:00Z").unwrap_or_default(),
        by: Arc::from("office"),
    };
    let writes: Vec<Write> = drafts.iter().map(|draft| Write::of(draft, "")).collect();
    replica.merge_all(replica.compose(stamp, &writes));
}

/// The plan of the next year, drafted by the village and sent back by the committee.
fn send_back(replica: &mut Replica) -> Outcome<()> {
    let day = day("2022-11-20")?;
    let plan = Plan::draft("plan-back").unit(OWN).kind("annual").year(2023).version(2);
    let back = PlanReturn::draft("plan-back-1")
        .unit(OWN)
        .plan("plan-back")
        .stage("committee");
    let back = back.date(day).version(1).comment(COMMENT).by("王委员").into_draft();
    written(replica, &[plan.drafted(day).returned(COMMENT).into_draft(), back]);
    Ok(())
}

fn phone(page: &mut Page, rest: &str) -> Outcome<()> {
    page.open(rest)?;
    let width = page.engine().narrowest().max(360);
    page.set_viewport(width, 780)?;
    // The doors stand as the device is when the page opens.
    page.open(rest)
}

/// Whether the first that matches is seen without scrolling.
fn in_sight(page: &mut Page, by: By) -> Outcome<()> {
    let element = page.find(by)?;
    page.wait_for("it is in sight", std::time::Duration::from_secs(10), |page| {
        Ok(page.eval_on(
            "const box = arguments[0].getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight",
            &element,
        )? == true)
    })
}

/// From a fresh phone to the tasks of 寺前村.
fn begin(page: &mut Page, replica: &Replica) -> Outcome<usize> {
    phone(page, "?today=2022-11-22")?;
    let file = file(page, replica, "下发.json", &[OWN])?;
    let mut actions = Actions(0);
    in_sight(page, By::Text("我收到了文件"))?;
    actions.pick(page, "我收到了文件", file)?;
    actions.tap(page, "button", "合并 1 个文件")?;
    actions.tap(page, "button", "是，我是寺前村的")?;
    page.find(By::Role("heading", "我的任务"))?;
    Ok(actions.0)
}

fn to_the_task(page: &mut Page) -> Outcome<()> {
    let actions = begin(page, &town())?;
    in_sight(page, By::Role("heading", "11月填报"))?;
    page.see("2022-11-21 已上报")?;
    assert!(actions <= 3, "{actions} actions");
    let bar = page.eval("return Array.from(document.querySelectorAll('.tabbar-item'), (e) => e.innerText.trim())")?;
    assert_eq!(bar, serde_json::json!(["我的任务", "本村", "台账", "更多"]));
    page.click("link", "本村")?;
    page.find(By::Role("heading", "寺前村"))?;
    page.click("link", "我的任务")?;
    page.find(By::Role("heading", "11月填报"))?;
    // Its records alone are here, and that is said once.
    let told = page.eval("return document.querySelector('main').innerText")?;
    let told = told.as_str().unwrap_or_default();
    assert_eq!(told.matches("这里只看寺前村的记录").count(), 1, "{told}");
    // The page begins with the tasks the next time, too.
    page.goto("?today=2022-11-22")?;
    page.find(By::Role("heading", "我的任务"))?;
    page.find(By::Role("heading", "11月填报")).map(drop)
}

fn sent_back(page: &mut Page) -> Outcome<()> {
    let mut replica = town();
    begin(page, &replica)?;
    send_back(&mut replica)?;
    let file = file(page, &replica, "退回.json", &[OWN])?;
    let mut actions = Actions(0);
    actions.pick(page, "收到镇里的新文件", file)?;
    actions.tap(page, "button", "合并 1 个文件")?;
    page.find(By::Role("heading", "我的任务"))?;
    in_sight(page, By::Text(COMMENT))?;
    page.see("镇党委审核退回，王委员，2022-11-20，退回的是第 1 稿")?;
    // One red button: the next thing.
    let red =
        page.eval("return Array.from(document.querySelectorAll('main .button-main'), (e) => e.innerText.trim())")?;
    assert_eq!(red, serde_json::json!(["去改"]));
    actions.tap(page, "link", "去改")?;
    page.see(COMMENT)?;
    actions.write(page, "主要内容", "九件事各有责任人，十月底前办完")?;
    actions.tap(page, "button", "保存")?;
    page.find(By::Role("heading", "我的任务"))?;
    page.see("上报以后改了")?;
    actions.tap(page, "button", "导出上报文件")?;
    page.see("已准备，等您确认已发出")?;
    assert!(actions.0 <= 6, "{} actions", actions.0);
    // A report is two: this, and the word that it has gone.
    page.click("button", "已发出")?;
    page.see("2022-11-22 已上报")
}

fn to_the_district(page: &mut Page) -> Outcome<()> {
    let replica = town();
    let district = replica.district_of(OWN).unwrap_or_default().to_owned();
    let all = tiancheng::model::records::rows::<tiancheng::model::programmes::town::ledgers::Unit>(&replica);
    let units: Vec<String> = all.iter().map(|unit| unit.id().to_owned()).collect();
    let units: Vec<&str> = units
        .iter()
        .map(String::as_str)
        .filter(|unit| replica.district_of(unit) == Some(&district))
        .collect();
    phone(page, "?today=2022-11-22")?;
    let file = file(page, &replica, "片区.json", &units)?;
    let mut actions = Actions(0);
    actions.pick(page, "我收到了文件", file)?;
    actions.tap(page, "button", "合并 1 个文件")?;
    actions.tap(page, "button", "是，我联系寺前片区")?;
    page.find(By::Role("heading", "寺前片区"))?;
    assert!(actions.0 <= 3, "{} actions", actions.0);
    let at = page.eval("return location.hash.split('?')[0]")?;
    assert_eq!(at, format!("#/d/{district}"));
    Ok(())
}

fn by_link(page: &mut Page) -> Outcome<()> {
    let replica = town();
    for link in [
        "#/d/d09",
        "#/u/421223100208",
        "#/r/suggestion-13-1",
        "#/l/plan/x/edit",
        "#/p/dream",
    ] {
        phone(page, &format!("?today=2022-11-22{link}"))?;
        page.see("链接里不带数据：请先导入镇里发来的文件")?;
        page.find(By::Role("link", "开始使用"))?;
        assert!(page.all(By::Text("撤并"))?.is_empty(), "{link}");
    }
    let file = file(page, &replica, "下发.json", &[OWN])?;
    page.upload("我收到了文件", &[file])?;
    page.find(By::Role("button", "合并 1 个文件"))?;
    another_browser(page)
}

fn not_offered(page: &mut Page) -> Outcome<()> {
    let mut replica = town();
    let day = day("2022-11-01")?;
    let plan = Plan::draft("waits").unit(OWN).kind("annual").year(2023).version(1);
    let plan = plan.drafted(day).shown(day).consulted(day).into_draft();
    written(&mut replica, &[plan]);
    begin(page, &replica)?;
    page.eval("location.hash = '#/r/waits'")?;
    page.see("登记：指导员审核、退回修改，由党建指导员填写")?;
    assert!(page.all(By::Css(".flow-act"))?.is_empty());
    assert!(page.all(By::Role("button", "保存这一步"))?.is_empty());
    // What is its own is offered.
    page.find(By::Role("button", "修改"))?;
    page.eval("location.hash = '#/l/plan_return'")?;
    page.see("由党建指导员填写。")?;
    assert!(page.all(By::Role("button", "退回一次"))?.is_empty());
    assert!(page.all(By::Role("link", "成批填写"))?.is_empty());
    Ok(())
}
