//! The daily copies of this browser.

use leptos::prelude::*;

use crate::exchange::daily::{DAYS, MONTHS, WEEKS};
use crate::ui::components::card::Card;
use crate::ui::daily;
use crate::ui::state::use_store;

/// The page `#/snapshots`.
pub fn snapshots() -> AnyView {
    let town = use_store();
    let kept = daily::kept(town);
    let rule = format!(
        "每天自动在这个浏览器里另存一份全部台账，没有修改的日子不另存。留最近 {DAYS} 份，再往前每周一份留 {WEEKS} 周、每月一份留 {MONTHS} 个月，更早的自动删除。"
    );
    view! {
        <div class="stack">
            <Card title="每日快照".to_owned()>
                <p class="small muted">{rule}</p>
                {daily::list(town, kept)}
            </Card>
            <Card title="说明".to_owned()>
                <p>"改错了、删错了：用“和现在对比”，看那以后改了、删了、新增了什么，选出来改回当时的内容。"</p>
                <p>"数据丢了：用“恢复”，把快照里有、现在没有的合并进来。先预览，确认后才写入；现在的内容不会被盖掉，可以撤销。"</p>
                <p>"快照和台账存在不同的地方，但都在这个浏览器里。清理浏览器全部数据、换设备、设备损坏时快照也会丢，仍要每周导出备份，存到别处。"</p>
            </Card>
        </div>
    }
    .into_any()
}
