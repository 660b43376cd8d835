//! Every page, declared once: its address, its title, where it stands in the navigation, the part of the page it comes in
//! and the function that builds it.
//!
//! [`pages!`](crate::view::route::pages) gives the whole list to a macro; each place that has to know the pages takes out
//! of it what it needs: [`Route`](super::Route) the addresses, the navigation titles and pictures, the search its words,
//! `ui::pages` the functions. So a page is added here and, with its fields, in [`Route`](super::Route).

/// Gives the list of pages to the macro `$with`, after `$before`.
///
/// `as` binds the fields of the route for the title and the function. `path` is a list of words and, in brackets, fields;
/// `by_hand` where `Route` reads and writes it itself. `units` says whether the page has nothing to show as long as there
/// are no units. `nav` is its place in the navigation with the word there, `section` the page of the navigation that it
/// belongs to, `words` what else the search finds it by; `part` is what it is fetched with.
macro_rules! pages {
    ($with:ident $($before:tt)*) => {
        $with! { $($before)*
            { Overview path [""] title "总览" units all nav (Top "总览") section Overview icon Home
              words ["首页"] part Main => overview::overview() }
            { Map as {..} path by_hand title "地图" units all nav (Top "地图") section Map icon Map
              words ["边界"] part Figures => map::map() }
            { Programme as (which) path by_hand title (which.full_name()) units all nav () section Programme icon Table
              words () part Figures => programme::programme(which) }
            { Fill path ["fill"] title "填报" units all nav (Daily "填报") section Fill icon Pen
              words ["待填"] part Office => fill::page() }
            { Todo path ["todo"] title "待办" units all nav (Top "待办") section Todo icon Calendar
              words ["到期" "逾期" "期限" "督办"] part Figures => todo::todo() }
            { Calendar path ["calendar"] title "日历" units all nav () section Todo icon Calendar
              words ["月历" "到期日历" "手机日历"] part Figures => todo::calendar() }
            { PartyLife path ["party-life"] title "组织生活" units all nav () section Todo icon Table
              words ["三会一课" "主题党日" "党课"] part Figures => todo::party_life() }
            { Elections path ["elections"] title "换届" units all nav () section Todo icon Table
              words ["换届选举" "两委"] part Figures => todo::elections() }
            { Holidays path ["holidays"] title "节假日" units none nav () section Todo icon Calendar
              words ["放假" "调休" "工作日"] part Figures => todo::holidays() }
            { Ledgers path ["l"] title "台账" units none nav (Daily "台账") section Ledgers icon Table
              words [] part Records => ledgers::page() }
            { Ledger as (ledger) path ["l" (ledger)] title "台账" units none nav () section Ledgers icon Table
              words () part Records => list::page(ledger) }
            { NewRecord as (ledger) path ["l" (ledger) "new"] title "填报" units ledger nav () section Ledgers icon Table
              words () part Records => form::page(ledger, None) }
            { Grid as (ledger) path ["l" (ledger) "grid"] title "成批填写" units ledger nav () section Ledgers icon Table
              words () part Records => grid::page(ledger) }
            { EditRecord as {ledger, record} path ["l" (ledger) (record) "edit"] title "修改记录" units none nav ()
              section Ledgers icon Table words () part Records => form::page(ledger, Some(record)) }
            { Record as (record) path ["r" (record)] title "记录" units none nav () section Ledgers icon Table
              words () part Records => record::page(record) }
            { Units path ["units"] title "村（社区）" units all nav (Daily "村（社区）") section Units icon Houses
              words ["名单"] part Figures => unit::units() }
            { Unit as (code) path ["u" (code)] title "村（社区）" units all nav () section Units icon Houses
              words () part Figures => unit::unit(code) }
            { Person as {unit, name} path ["u" (unit) "p" (name)] title "人员" units all nav () section Units icon Houses
              words () part Figures => person::person(unit, name) }
            { Place as {unit, ledger, record} path ["u" (unit) "w" (ledger) (record)] title "湾子、小组和小区" units all nav ()
              section Units icon Houses words () part Figures => place::place(unit, ledger, record) }
            { Secretaries path ["secretaries"] title "书记通讯录" units all nav () section Units icon Houses
              words ["书记电话"] part Figures => person::secretaries() }
            { Summary path ["summary"] title "汇总表" units all nav () section Units icon Table
              words ["汇总" "小计" "合计"] part Figures => summary::summary() }
            { District as (id) path ["d" (id)] title "片区" units all nav () section Units icon Houses
              words () part Figures => unit::district(id) }
            { Process path ["process"] title "筑梦流程" units all nav () section Dream icon Table
              words ["计划流程" "计划进度"] part Figures => process::page() }
            { Development path ["development"] title "发展党员" units all nav () section Seedling icon Table
              words ["积极分子" "发展对象" "预备党员" "入党"] part Figures => development::page() }
            { Charts path ["charts"] title "图表" units all nav (Daily "图表") section Charts icon Chart
              words ["统计图"] part Figures => charts::charts() }
            { Merge path ["merge"] title "收发" units none nav (Daily "收发") section Merge icon Merge
              words ["合并文件" "导入文件" "导出文件" "导出上报文件" "下发任务" "共享文件夹"] part Office => merge::merge() }
            { Import path ["import"] title "从表格导入" units none nav () section Ledgers icon Table
              words ["导入表格" "Excel" "粘贴表格"] part Office => tables::tables() }
            { Receipt path ["receipt"] title "回执" units none nav () section Merge icon Table
              words ["打印回执"] part Office => receipt::receipt() }
            { Papers path ["papers"] title "报告" units all nav (Daily "报告") section Papers icon Document
              words ["文稿" "工作汇报" "通报" "督办单" "一页纸" "公示"] part Figures => papers::papers() }
            { Paper as (kind) path ["papers" (kind)] title "报告" units all nav () section Papers icon Document
              words () part Figures => papers::paper(kind) }
            { Report path ["report"] title "与文章核对" units all nav () section Settings icon Document
              words ["文章"] part Figures => report::report() }
            { Score path ["score"] title "考核" units all nav (Daily "考核") section Score icon Table
              words ["评分" "考核办法" "等次"] part Figures => score::score() }
            { Screen path ["screen"] title "大屏" units all nav (Daily "大屏") section Screen icon Map
              words ["投屏"] part Figures => screen::screen() }
            { Settings path ["settings"] title "设置" units none nav (Daily "设置") section Settings icon Sliders
              words ["导出备份" "字号" "身份" "目标"] part Office => settings::settings() }
            { Rules path ["rules"] title "指标与规则" units none nav () section Settings icon Table
              words ["规则" "口径"] part Office => rules::rules() }
            { Snapshots path ["snapshots"] title "每日快照" units none nav () section Settings icon Table
              words ["快照" "找回数据"] part Office => snapshots::snapshots() }
            { Compare path ["compare"] title "和备份对比" units none nav () section Settings icon Table
              words ["对比"] part Office => compare::compare() }
            { Bin path ["bin"] title "回收站" units none nav () section Ledgers icon Table
              words ["删除的记录" "恢复"] part Records => bin::page() }
            { Conflicts path ["conflicts"] title "核对" units none nav () section Conflicts icon Document
              words ["填得不同" "重复记录"] part Records => conflicts::page() }
            { Help path ["help"] title "使用说明" units none nav () section Settings icon Document
              words ["帮助" "说明"] part Office => help::help() }
            { Start path ["start"] title "开始使用" units none nav () section Overview icon Table
              words () part Main => start::start() }
            { NotFound as (path) path by_hand title "没有这个页面" units none nav () section NotFound icon Table
              words () part Office => not_found::not_found(path) }
        }
    };
}
pub(crate) use pages;
