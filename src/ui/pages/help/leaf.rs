//! The leaf of a role: what it does, step by step, each with a picture of what is seen then.

use leptos::prelude::*;

use crate::ui::by_hand::drawing;
use crate::ui::components::card::Card;
use crate::view::code::of_letters;

/// What a role reads.
pub struct Leaf {
    /// Its key in the address: a code of [`Role`](crate::model::ledger::Role).
    pub code: &'static str,
    /// Who reads it.
    pub whom: &'static str,
    /// What it is for, a sentence.
    pub says: &'static str,
    steps: &'static [Step],
}

struct Step {
    what: &'static str,
    how: &'static str,
    shot: Shot,
}

/// A small picture of the page: its heading, some lines, the button to press.
struct Shot {
    head: &'static str,
    lines: &'static [&'static str],
    press: &'static str,
}

const fn step(
    what: &'static str,
    how: &'static str,
    (head, lines, press): (&'static str, &'static [&'static str], &'static str),
) -> Step {
    Step {
        what,
        how,
        shot: Shot { head, lines, press },
    }
}

/// The leaves, in the order of the tabs.
pub const LEAVES: &[Leaf] = &[
    Leaf {
        code: "unit",
        whom: "村（社区）书记",
        says: "镇里在微信里发来文件，您填好再发回去。不用注册，不用登录，填的内容只存在这部手机里。",
        steps: &[
            step(
                "收文件",
                "先在微信里把镇里发来的文件保存到手机，再打开本页，点“我收到了文件”，选它，点“合并”。问“您是某某村的吗”，点“是”。",
                ("开始使用", &["镇里发来的文件", "从这里打开"], "我收到了文件"),
            ),
            step(
                "看任务",
                "首页就是您的任务：要填哪几项，填了几项，哪天截止。点红色按钮，接着填下一项。",
                ("我的任务", &["已填 2 项，共 4 项", "还剩 5 天"], "记一场夜话"),
            ),
            step(
                "记一件事",
                "带“选填”的可以不填。名单里没有的人，打上姓名，点“没有……，先登记”，一起保存。再记一件，点“保存并再记一条”。",
                ("记一场夜话", &["日期", "地点", "党员、群众人数"], "保存"),
            ),
            step(
                "上报",
                "都填好了点“上报”，转发给镇党建办。发出去以后回到本页，点“已发出”。报了以后又改了，再报一次就行。",
                ("我的任务", &["已填 4 项，共 4 项"], "上报"),
            ),
            step(
                "被退回了",
                "首页最上面写着谁退回的、为什么。点“去改”，改好再上报。",
                ("退回修改", &["退回意见：请写明资金来源"], "去改"),
            ),
            step(
                "填错了",
                "保存以后马上点“撤销”就能退回去；删掉的在“更多”里的回收站，可以恢复。字小看不清，到“更多”里的设置，选大字或特大字。",
                ("已保存", &["三组 湾子夜话"], "撤销"),
            ),
        ],
    },
    Leaf {
        code: "district",
        whom: "片区负责人",
        says: "看自己片区哪个村有事逾期、谁还没报，记下和书记的联系，一下复制催办的话。",
        steps: &[
            step(
                "收文件",
                "镇党建办发来本片区的文件。打开本页，点“我收到了文件”，选它，点“合并”，再点“是”。以后打开本页，先看到的就是本片区。",
                ("开始使用", &["镇里发来的文件", "从这里打开"], "我收到了文件"),
            ),
            step(
                "看各村",
                "“各村待办”里，事情最多的村在最上面：逾期几件，未报几件，上次联系是哪天，下次最晚哪天。",
                ("各村待办", &["寺前村 3 件逾期", "菖蒲村 没有逾期"], "记联系"),
            ),
            step(
                "催办",
                "点“复制全部催办语”，粘贴到微信群；只催一个村，点那一行的“催办”。",
                ("各村待办", &["4 个村（社区）共 9 件逾期"], "复制全部催办语"),
            ),
            step(
                "记联系",
                "和书记谈过以后，点那一行的“记联系”，村名和日期已经填好，写上方式和谈了什么，保存。",
                ("记一次联系", &["村（社区）", "日期", "方式"], "保存"),
            ),
            step(
                "发回去",
                "到“更多”里的收发，把您记的内容导出，发给镇党建办。",
                ("收发", &["发给镇党建办"], "导出"),
            ),
        ],
    },
    Leaf {
        code: "town",
        whom: "镇党建办",
        says: "建好本镇，把任务发给各村，收回来一次合并，再看全镇。",
        steps: &[
            step(
                "建本镇",
                "从电子表格复制村（社区）名单，粘贴进来，核对后建立。已有的台账用“从表格导入”一起带进来。",
                (
                    "新建本镇",
                    &["寺前村 村 寺前片区", "和平社区 社区 城中片区"],
                    "建立本镇",
                ),
            ),
            step(
                "发任务",
                "到“收发”的“发”，定一项任务：填哪些台账、哪个统计期、哪天截止，给每个村导出一个文件，在微信里发去。",
                ("发", &["11 月月报", "11-25 截止"], "导出"),
            ),
            step(
                "收上来",
                "到“收发”的“收”，一次选中全部文件，看一句话的预览，点“合并”。同一个文件合并两次不会重复，先后不限。",
                ("收", &["12 个文件，新增 86 条"], "合并 12 个文件"),
            ),
            step(
                "催没报的",
                "“谁报了、谁没报”里，点“复制催报语”，粘贴到群里。",
                ("已报和未报", &["已报 30/39"], "复制催报语"),
            ),
            step(
                "看和核对",
                "总览看全镇，数字都能点开。两人填得不同的，到“核对”选一个作准。",
                ("总览", &["五项工程", "需要跟进"], "看待办"),
            ),
            step(
                "备份",
                "每周导出一次备份，放到别的地方。换电脑时，在新电脑上合并备份文件就行。",
                ("收发", &["上次备份 11-20"], "导出备份"),
            ),
        ],
    },
];

/// A leaf on the page, and on one sheet of paper.
pub fn leaf(leaf: &'static Leaf) -> AnyView {
    let steps = leaf.steps.iter().enumerate().map(|(place, step)| {
        view! {
            <li class="help-step">
                <div>
                    <h3>{format!("{}. {}", place + 1, step.what)}</h3>
                    <p>{step.how}</p>
                </div>
                {shot(&step.shot)}
            </li>
        }
    });
    view! {
        <Card title=format!("{}怎么用", leaf.whom) class="help-leaf">
            <p class="lede">{leaf.says}</p>
            <ol class="help-steps">{steps.collect_view()}</ol>
            {address().map(|address| view! {
                <div class="help-code">
                    {of_letters(address.clone()).map(|code| drawing(code, "本页网址的二维码"))}
                    <p>"用手机相机扫一扫，打开本页：" <span class="help-address">{address}</span></p>
                </div>
            })}
        </Card>
    }
    .into_any()
}

/// Where this page is opened, without what follows `?` and `#`; `None` for a page that lies in a file.
fn address() -> Option<String> {
    let href = window().location().href().ok()?;
    let plain = href.split(['#', '?']).next()?;
    plain.starts_with("http").then(|| plain.to_owned())
}

/// What is in the picture says nothing that the words beside it do not say.
fn shot(shot: &'static Shot) -> AnyView {
    let lines = shot
        .lines
        .iter()
        .map(|line| view! { <span class="help-line">{*line}</span> });
    view! {
        <div class="help-shot" aria-hidden="true">
            <b>{shot.head}</b>
            {lines.collect_view()}
            <span class="help-press">{shot.press}</span>
        </div>
    }
    .into_any()
}
