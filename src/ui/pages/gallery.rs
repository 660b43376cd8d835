//! All parts on one page (`#/parts`), for looking at while developing; not in a shipped build.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::ui::app::use_shell;
use crate::ui::components::button::{Button, ButtonKind, Segments};
use crate::ui::components::card::{Card, ConflictBox, FigureCard, History, Lede, RivalValue, Step, Words, facts};
use crate::ui::components::field::{
    ChoiceField, DayField, ErrorSummary, FieldError, Form, Label, LongTextField, ManyField, MaskedPhone, RefOption,
    ReferenceField, StepperField, TextField, YesNoField,
};
use crate::ui::components::filters::{Filter, FilterRow};
use crate::ui::components::flower::{Petal, flower, programme_icon};
use crate::ui::components::frame::{Head, SaveState};
use crate::ui::components::message::{AllDone, Banner, EmptyState, Notice};
use crate::ui::components::panel::SidePanel;
use crate::ui::components::status::status_tag;
use crate::ui::components::table::{Cell, Column, DataTable, Row};
use crate::view::format::{count, date};
use crate::view::route::{ListQuery, Programme};
use crate::view::text::Status;

/// Parts that stand still.
pub fn gallery() -> AnyView {
    let shell = use_shell();
    let opened = RwSignal::new(false);
    let sentence = vec![
        Words::Plain("39 个村（社区）年度计划".into()),
        Words::Fact("全部定稿".into()),
        Words::Plain("，夜话开展 ".into()),
        Words::Fact("146 场".into()),
        Words::Plain("；".into()),
        Words::Follow("6 件事需要跟进，其中 2 件已逾期".into(), "#/l".into()),
        Words::Plain("。".into()),
    ];
    let undo = Callback::new(move |()| shell.toasts.say("已恢复", None));
    view! {
        <Lede parts=sentence />
        <div class="grid">
            <Card title="五瓣花".to_owned() class="span-5">{flowers()}</Card>
            <Card title="状态".to_owned() meta="五种".to_owned() link=("全部事项".into(), "#/l".into()) class="span-7">
                <p class="button-row">
                    {Status::ALL.map(|status| status_tag(status, None)).into_iter().collect_view()}
                </p>
                <p>"电话 " <MaskedPhone phone="13800001027" /></p>
                <AllDone text="39 个村（社区）11 月填报已收齐" />
            </Card>
            <Card title="按钮与字段".to_owned() class="span-6">
                <p class="button-row">
                    <Button kind=ButtonKind::Main label="记一场夜话".to_owned() on_press=move |()| shell.toasts.say("已删除 1 场夜话", Some(undo)) />
                    <Button label="打开侧栏".to_owned() on_press=move |()| opened.set(true) />
                    <Button kind=ButtonKind::Link label="看台账".to_owned() on_press=|()| () />
                </p>
                <p class="button-row">
                    <Button label="合并 36 个文件".to_owned() on_press=|()| () why_not="还在读第 12 个文件".to_owned() />
                </p>
                {form()}
            </Card>
            <Card title="消息与空状态".to_owned() class="span-6">
                <Banner inset=true on_action=|()| () notice=Notice {
                    status: Status::Late,
                    text: "本机空间不足，最近 2 处修改还没有存下".into(),
                    action: "导出备份".into(),
                } />
                <EmptyState why="寺前片区 12 月还没有夜话。">
                    <a class=ButtonKind::Plain.class() href="#/l">"记一场夜话"</a>
                </EmptyState>
                <Segments
                    label="看法"
                    options=vec![("a".into(), "图".into()), ("b".into(), "数据表".into())]
                    chosen="a".to_owned()
                    on_choose=|_| ()
                />
                {record()}
            </Card>
            <FigureCard
                class="span-6"
                finding="寺前片区夜话场次最多，24 场".to_owned()
                about="夜话场次，场，2022年1月—11月".to_owned()
                records=Some(("146 场夜话".to_owned(), "#/l".to_owned()))
                on_picture=Callback::new(|()| ())
                table=|| view! { <p>"表"</p> }
            >
                <p>"图"</p>
            </FigureCard>
        </div>
        <Show when=move || opened.get()>
            <SidePanel
                title="汪家巷湾子夜话".to_owned()
                about="开发区社区 · 2022-02-11".to_owned()
                on_close=move |()| opened.set(false)
                over=true
                acts=|| view! { <Button kind=ButtonKind::Main label="修改".to_owned() on_press=|()| () /> <Button label="删除".to_owned() on_press=|()| () /> }
            >
                {record()}
            </SidePanel>
        </Show>
    }
    .into_any()
}

fn flowers() -> AnyView {
    let steps = [0.0, 0.25, 0.5, 0.75, 1.0];
    let row = steps.map(|progress| flower([Petal::Reached(progress); 5], format!("{progress}")));
    let icons = Programme::ALL.map(|programme| {
        view! {
            <span class=format!("cell-mark strong word-{}", programme.id())>
                {programme_icon(programme)} {programme.label()}
            </span>
        }
    });
    let mixed = [
        Petal::Reached(0.9),
        Petal::Unknown,
        Petal::Reached(0.3),
        Petal::Reached(1.0),
        Petal::Reached(0.0),
    ];
    view! {
        <p class="button-row">{row.into_iter().collect_view()} {flower(mixed, "混合".into())}</p>
        <p class="button-row">{icons.into_iter().collect_view()}</p>
    }
    .into_any()
}

fn record() -> AnyView {
    let values = [
        ("35", "党建办 · 2022-02-14 09:12"),
        ("32", "示例书记11 · 2022-02-11 20:41"),
    ];
    let values = values.map(|(value, by)| RivalValue {
        key: value.into(),
        value: format!("{value} 人"),
        short: value.into(),
        by: by.into(),
    });
    let step = |values: Option<(&str, &str)>, disputed| Step {
        what: if disputed { "群众人数" } else { "新增记录" }.into(),
        values: values.map(|(old, new)| (old.to_owned(), new.to_owned())),
        by: "示例书记11 · 2022-02-11 20:41".into(),
        disputed,
    };
    let steps = vec![
        step(Some(("28", "35")), true),
        step(Some(("28", "32")), true),
        step(None, false),
    ];
    view! {
        <ConflictBox field="群众人数" values=values.to_vec() on_adopt=|_: String| () />
        <section>
            {facts(vec![
                ("主持人".into(), "示例书记11".into_any()),
                ("议题".into(), "老旧小区改造".into_any()),
            ])}
        </section>
        <section>
            <h3>"变更经过"</h3>
            <History steps />
        </section>
    }
    .into_any()
}

fn form() -> AnyView {
    let text = |value: &str| RwSignal::new(value.to_owned());
    let (kind, day, place, members, people, topic, host, yes, level) = (
        text("a"),
        text("2022-11-22"),
        text(""),
        text("8"),
        text("1200"),
        text("黄精基地冬管用工和油茶套种分工"),
        text(""),
        text("yes"),
        text(""),
    );
    let many = RwSignal::new(vec!["b".to_owned()]);
    let attempts = RwSignal::new(0);
    let set = |signal: RwSignal<String>| Callback::new(move |value| signal.set(value));
    let place_error = Signal::derive(move || {
        if place.read().is_empty() {
            "写明湾子、小组或小区，如“三组”"
        } else {
            ""
        }
        .to_owned()
    });
    let errors = Signal::derive(move || {
        let missing = attempts.get() > 0 && place.read().is_empty();
        missing
            .then(|| FieldError {
                id: "place".into(),
                text: "地点：写明湾子、小组或小区".into(),
            })
            .into_iter()
            .collect::<Vec<_>>()
    });
    let label = |id: &str, text: &str, hint: &str| Label {
        id: id.into(),
        text: text.into(),
        hint: hint.into(),
        optional: false,
    };
    let words = |list: &[(&str, &str)]| {
        list.iter()
            .map(|(key, word)| ((*key).to_owned(), (*word).to_owned()))
            .collect::<Vec<_>>()
    };
    let people_options: Vec<RefOption> = ["龚正宇", "魏君", "黄正亮", "李林波"]
        .iter()
        .map(|name| RefOption {
            key: (*name).into(),
            name: (*name).into(),
            note: "书记".into(),
        })
        .collect();
    view! {
        <Form on_submit=move |()| attempts.update(|n| *n += 1)>
            <ErrorSummary errors attempts />
            <ChoiceField label=label("kind", "类型", "") value=kind on_commit=set(kind) options=words(&[("a", "湾子夜话"), ("b", "星空夜话"), ("c", "其他")]) />
            <DayField label=label("day", "日期", "") value=day on_commit=set(day) today="2022-11-22".to_owned() />
            <TextField label=label("place", "地点", "湾子、村民小组或小区") value=place error=place_error on_commit=set(place) />
            <div class="field-pair">
                <StepperField label=label("members", "党员，人", "") value=members on_commit=set(members) max=999 />
                <StepperField label=label("people", "群众，人", "") value=people on_commit=set(people) max=999 error="应是 0 到 999 的数".to_owned() />
            </div>
            <LongTextField label=label("topic", "议题", "") value=topic on_commit=set(topic) />
            <ReferenceField label=label("host", "主持人", "") options=people_options name=host on_commit=set(host) />
            <ManyField label=label("many", "参加", "") value=many on_commit=move |v| many.set(v) options=words(&[("a", "班子成员"), ("b", "网格员"), ("c", "辅警")]) />
            <YesNoField label=label("yes", "已上墙", "") value=yes on_commit=set(yes) />
            <ChoiceField label=label("level", "等级", "") value=level on_commit=set(level) options=words(&[("a", "一"), ("b", "二"), ("c", "三"), ("d", "四"), ("e", "五")]) />
            <button type="submit" class=ButtonKind::Save.class()>"保存本场夜话"</button>
        </Form>
    }
    .into_any()
}

/// Fifty thousand rows (`#/rows`).
pub fn rows() -> AnyView {
    const ROWS: usize = 50_000;
    let shell = use_shell();
    shell.head.set(Head {
        full: true,
        saved: Some(SaveState::Saved("14:08".into())),
        ..Head::titled("夜话台账")
    });
    let column = |key: &str, label: &str, width: f64, numeric: bool, sticky: bool| Column {
        key: key.into(),
        label: label.into(),
        width,
        numeric,
        sticky,
        sortable: key != "no",
        grows: key == "topic",
    };
    let columns = vec![
        column("no", "序号", 4.5, true, true),
        column("unit", "村（社区）", 7.5, false, true),
        column("date", "日期", 7.0, false, false),
        column("place", "地点", 6.0, false, false),
        column("topic", "议题", 10.0, false, false),
        column("members", "党员，人", 6.0, true, false),
        column("people", "群众，人", 6.0, true, false),
        column("advice", "建议，条", 6.0, true, false),
        column("host", "主持人", 7.0, false, false),
    ];
    let list = Memo::new(move |_| ListQuery::of(&shell.address.read().query));
    let descending = move || list.read().sort.as_ref().is_some_and(|sort| sort.descending);
    let row = move |place: usize| {
        let n = if descending() { ROWS - place } else { place + 1 };
        let day = date(2022, 1 + n as u32 % 11, 1 + n as u32 % 28);
        let mut cells: Vec<Cell> = [
            n.to_string(),
            "寺前村".into(),
            day.clone(),
            "三组".into(),
            "移风易俗".into(),
            (n % 12).to_string(),
            count((n % 40) as i64),
            (n % 5).to_string(),
            "示例书记17".into(),
        ]
        .into_iter()
        .map(Cell::text)
        .collect();
        cells[0].muted = true;
        if n.is_multiple_of(9) {
            cells[6].mark = Some(Status::Warn);
        }
        let id = format!("r{n}");
        let href = shell.address.get_untracked().with("rec", &id).hash();
        Some(Row {
            id,
            href,
            cells,
            card_title: "寺前村".into(),
            card_aside: day,
            card_line: "三组 · 移风易俗".into(),
            card_counts: format!("党员 {} · 群众 {}", n % 12, n % 40),
        })
    };
    let selected = Signal::derive(move || list.read().record.clone());
    let open = move |id: String| {
        let to = shell.address.get_untracked().with("rec", &id);
        shell.go(&to);
    };
    let on_sort = move |sort| {
        let mut address = shell.address.get_untracked();
        let mut query = ListQuery::of(&address.query);
        query.sort = Some(sort);
        query.write(&mut address.query);
        shell.refine(address);
    };
    let options = BTreeMap::from([("a", "湾子夜话"), ("b", "星空夜话")]);
    let options: Vec<(String, String)> = options
        .into_iter()
        .map(|(key, word)| (key.into(), word.into()))
        .collect();
    let filter = |key: &str, label: &str, chosen: Option<&str>| Filter {
        key: key.into(),
        label: label.into(),
        options: options.clone(),
        chosen: chosen.map(str::to_owned),
    };
    let filters = vec![
        filter("kind", "类型", Some("a")),
        filter("district", "片区", None),
        filter("topic", "议题", None),
    ];
    let totals = ["", "合计", "50,000 场", "", "", "662", "2,342", "119", ""]
        .map(str::to_owned)
        .to_vec();
    view! {
        <div class="ledger">
            <div class="ledger-list">
                <FilterRow filters on_set=|_| () on_clear=|()| () />
                <DataTable
                    name="夜话台账".to_owned()
                    columns=columns
                    count=ROWS
                    row
                    sort=Signal::derive(move || list.read().sort.clone())
                    on_sort
                    totals=totals
                    totals_line="合计 50,000 场 · 群众 2,342 人".to_owned()
                    selected
                    on_open=open
                    empty=|| view! { <EmptyState why="没有" /> }
                />
            </div>
            <Show when=move || selected.get().is_some()>
                <SidePanel
                    title=Signal::derive(move || selected.get().unwrap_or_default())
                    about="开发区社区 · 2022-02-11".to_owned()
                    on_close=move |()| shell.refine_query("rec", "")
                    acts=|| view! { <Button kind=ButtonKind::Main label="修改".to_owned() on_press=|()| () /> }
                >
                    {record()}
                </SidePanel>
            </Show>
        </div>
    }
    .into_any()
}

/// The page of the gallery with this path.
pub fn page(path: &str) -> Option<AnyView> {
    match path {
        "parts" => Some(gallery()),
        "rows" => Some(rows()),
        _ => None,
    }
}
