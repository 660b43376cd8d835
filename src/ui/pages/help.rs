//! How to work with the page, in short.

use leptos::prelude::*;

use crate::ui::components::card::Card;
use crate::view::route::{Address, Route};

/// The instructions.
pub fn help() -> AnyView {
    let link = |route: Route, text: &'static str| view! { <a href=Address::from(route).hash()>{text}</a> };
    view! {
        <div class="help">
            <Card title="第一次使用".to_owned()>
                <ol>
                    <li>"到" {link(Route::Start, "开始使用")} "，新建本镇，或导入镇里下发的文件。"</li>
                    <li>"到" {link(Route::Settings, "设置")} "选定身份。村（社区）书记要选自己的村（社区），片区负责人要选片区。"</li>
                    <li>"先看示例也可以，示例中的改动不会保存，也不影响已有的数据。"</li>
                    <li>"字小看不清，到设置选大字或特大字。"</li>
                </ol>
            </Card>
            <Card title="填报台账".to_owned()>
                <ol>
                    <li>"到" {link(Route::Ledgers, "台账") } "选一本台账，新增或修改记录。"</li>
                    <li>"保存是自动的，顶栏显示已保存的时间。填错可以撤销：点提示里的撤销，或按 Ctrl+Z；按 Ctrl+Shift+Z 恢复。"</li>
                    <li>"台账页可切换到“交叉统计”，按两项分类计数或求和，点数字看记录。总览和图表里的数字也都能点开。"</li>
                    <li>"删除的记录进" {link(Route::Bin, "回收站")} "，可以恢复。"</li>
                </ol>
            </Card>
            <Card title="上报和合并".to_owned()>
                <ol>
                    <li>"村（社区）到" {link(Route::Merge, "合并文件")} "，点上报，把下载的文件发给镇党建办。"</li>
                    <li>"镇党建办在同一页一次选中全部文件，看清预览后点合并。合并前不写入任何内容，合并完成前可以取消。"</li>
                    <li>"同一个文件合并两次不会重复；先后次序不影响结果。"</li>
                    <li>"两人把同一栏填得不同时，两个值都保留，到" {link(Route::Conflicts, "填得不同")} "选一个作准。每个值都写明谁填的、随哪个文件来的。"</li>
                    <li>"聊天里发不出文件时，用“复制为文本”；对方在同一页点“收到的是文本，没有文件”，粘贴即可。在微信里打开本页时存不了文件，请点右上角“···”，选“在浏览器打开”。"</li>
                    <li>"合并错了，可在合并记录中撤回；撤回后还能恢复。"</li>
                    <li>"要留纸质凭据，在导出记录或合并记录里点“打印回执”，上面有所含台账、条数和校验码；两边校验码相同就是同一份文件。"</li>
                </ol>
            </Card>
            <Card title="备份".to_owned()>
                <ol>
                    <li>"数据只存在这台设备的这个浏览器里。清理浏览器数据会一并删除，请每周导出一次备份。"</li>
                    <li>"每天还自动留一份" {link(Route::Snapshots, "每日快照")} "，存在这个浏览器的另一处。清空本机时一并删除。"</li>
                    <li>"改错了、删错了，到" {link(Route::Compare, "和备份对比")} "，选一份快照或备份，把要找回的几条或一个村（社区）、一本台账改回当时的内容，可以撤销。"</li>
                    <li>"换设备时，在新设备上合并备份文件即可。"</li>
                    <li>"对外展示请用脱敏文件，其中没有个人信息。"</li>
                    <li>"打开时显示“找回数据”，说明浏览器里的数据被清理过：有每日快照就先恢复快照，有备份就导入备份，都没有就问问谁手里有本镇的文件。"</li>
                </ol>
            </Card>
            <Card title="调整地图".to_owned()>
                <ol>
                    <li>"镇党建办到" {link(Route::Map { district: None, unit: None }, "地图")} "，点调整地图。拖动圆点移动村（社区），拖到别的片区就是调整片区，要填从哪天起。"</li>
                    <li>"点开片区可以改名、换颜色，点开村（社区）可以改名。颜色在五瓣里显示，也标在片区名牌上。"</li>
                    <li>"有实测边界的，导入 GeoJSON 文件（经纬度、面图层，属性里写名称或区划代码），核对后采用；随时可以恢复示意图。"</li>
                    <li>"每一步都能撤销，也随备份和下发文件合并到别的设备。"</li>
                </ol>
            </Card>
            <Card title="没有网络、几个窗口".to_owned()>
                <ol>
                    <li>"导航下方写着“已可离线使用”，就可以断网打开和填报。"</li>
                    <li>"出现“有新版本”时，点更新即可，填好的数据不受影响。"</li>
                    <li>"同时开几个窗口也可以，互相看得到对方刚保存的内容。"</li>
                </ol>
            </Card>
            <Card title="按键".to_owned()>
                <dl class="facts keys">
                    <dt><kbd>"/"</kbd></dt>
                    <dd>"搜索，也可以输拼音首字母，如 sqc 找到寺前村"</dd>
                    <dt><kbd>"Ctrl+Z"</kbd></dt>
                    <dd>"撤销上一步"</dd>
                    <dt><kbd>"Ctrl+Shift+Z"</kbd></dt>
                    <dd>"恢复撤销的一步"</dd>
                    <dt><kbd>"Esc"</kbd></dt>
                    <dd>"关闭侧栏，返回上一级"</dd>
                    <dt><kbd>"方向键"</kbd></dt>
                    <dd>"在地图和图表上移动，按 Enter 打开"</dd>
                </dl>
            </Card>
        </div>
    }
    .into_any()
}
