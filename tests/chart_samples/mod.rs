//! Sample figures: the numbers of the article where it gives any, made up where it does not.

use tiancheng::chart::*;
use tiancheng::model::status::Status;

fn values(list: &[f64]) -> Vec<Value> {
    list.iter().map(|v| Value::of(*v)).collect()
}

pub fn two_kinds() -> Vec<Series> {
    vec![
        Series {
            name: "湾子夜话".into(),
            paint: Paint::FIRST,
        },
        Series {
            name: "星空夜话".into(),
            paint: Paint::SECOND,
        },
    ]
}

fn one(name: &str, paint: Paint) -> Vec<Series> {
    vec![Series {
        name: name.into(),
        paint,
    }]
}

pub fn bars() -> Figure {
    let rows = [
        ("白泉片区", 7.0, 6.0),
        ("寺前片区", 14.0, 10.0),
        ("开发区片区", 9.0, 7.0),
        ("中津片区", 8.0, 7.0),
        ("七星片区", 8.0, 6.0),
        ("桃溪片区", 8.0, 5.0),
        ("大集片区", 8.0, 4.0),
        ("谢家坳片区", 6.0, 5.0),
        ("城中片区", 6.0, 4.0),
        ("香山片区", 5.0, 4.0),
        ("渣桥片区", 5.0, 4.0),
    ];
    let rows = rows.iter().map(|(name, a, b)| {
        Row::new(
            *name,
            vec![
                Value::of(*a).linked(format!("{name}/a")),
                Value::of(*b).linked(format!("{name}/b")),
            ],
        )
    });
    Figure {
        title: "寺前片区夜话场次最多，24 场".into(),
        subject: String::new(),
        unit: "场".into(),
        kind: Kind::Bars(Bars {
            series: two_kinds(),
            rows: rows.collect(),
            ordered: false,
            show_unit: false,
        }),
    }
}

pub fn classes() -> Figure {
    let row = |name: &str, v: Option<f64>, paint| Row {
        label: name.into(),
        values: vec![v.into()],
        paint: Some(paint),
    };
    Figure {
        title: "28 个村集体经济全部过 5 万元".into(),
        subject: String::new(),
        unit: "村".into(),
        kind: Kind::Bars(Bars {
            series: one("村数", Paint::solid(Ink::Base)),
            rows: vec![
                row("5 万元以下", Some(0.0), Paint::dotted(Ink::Base)),
                row("5–10 万元", Some(17.0), Paint::striped(Ink::Base)),
                row("10 万元以上", Some(11.0), Paint::solid(Ink::Base)),
                row("未登记", None, Paint::solid(Ink::Base)),
            ],
            ordered: true,
            show_unit: true,
        }),
    }
}

const TALKS: [(&str, f64, f64); 8] = [
    ("3月", 14.0, 7.0),
    ("4月", 10.0, 8.0),
    ("5月", 6.0, 7.0),
    ("6月", 5.0, 6.0),
    ("7月", 4.0, 5.0),
    ("8月", 6.0, 6.0),
    ("9月", 8.0, 7.0),
    ("10月", 9.0, 7.0),
];

fn talk_columns(stacked: bool) -> Figure {
    Figure {
        title: "6 月起两种夜话大体各占一半".into(),
        subject: String::new(),
        unit: "场".into(),
        kind: Kind::Columns(Columns {
            series: two_kinds(),
            rows: TALKS.iter().map(|(m, a, b)| Row::new(*m, values(&[*a, *b]))).collect(),
            stacked,
        }),
    }
}

pub fn grouped() -> Figure {
    talk_columns(false)
}

pub fn stacked() -> Figure {
    talk_columns(true)
}

fn months() -> Vec<String> {
    (1..=12).map(|m| format!("{m}月")).collect()
}

const THIS_YEAR: [f64; 11] = [6.0, 14.0, 21.0, 18.0, 13.0, 11.0, 9.0, 12.0, 15.0, 16.0, 11.0];
const LAST_YEAR: [f64; 12] = [4.0, 7.0, 11.0, 10.0, 9.0, 8.0, 7.0, 9.0, 10.0, 11.0, 9.0, 8.0];

fn line(name: &str, stroke: Stroke, values: Vec<Value>) -> Line {
    Line {
        name: name.into(),
        stroke,
        values,
    }
}

pub fn trend() -> Figure {
    Figure {
        title: "三月是高峰，截至 11 月 22 日，比上年同期多 55%".into(),
        subject: String::new(),
        unit: "场".into(),
        kind: Kind::Trend(Trend {
            steps: months(),
            lines: vec![
                line("2022年", Stroke::Now, values(&THIS_YEAR)),
                line("2021年", Stroke::Then, values(&LAST_YEAR)),
            ],
            target: None,
        }),
    }
}

/// Missing months, a month alone between two gaps, a target, and lines that end at the same place.
pub fn trend_with_gaps() -> Figure {
    let mut now = values(&THIS_YEAR);
    now[4] = Value::UNKNOWN;
    now[6] = Value::UNKNOWN;
    now[7] = Value::UNKNOWN;
    let mut then = values(&LAST_YEAR);
    then[2] = Value::UNKNOWN;
    then[10] = Value::of(11.0);
    then[11] = Value::UNKNOWN;
    Figure {
        title: "两个月没有报数".into(),
        subject: String::new(),
        unit: "场".into(),
        kind: Kind::Trend(Trend {
            steps: months(),
            lines: vec![line("2022年", Stroke::Now, now), line("2021年", Stroke::Then, then)],
            target: Some(("目标".into(), 20.0)),
        }),
    }
}

pub fn donut() -> Figure {
    let part = |label: &str, v: f64, paint| Part {
        label: label.into(),
        value: Value::of(v).linked(label),
        paint,
    };
    Figure {
        title: "近一半阵地已建成，7 个待建".into(),
        subject: String::new(),
        unit: "个".into(),
        kind: Kind::Donut(Donut {
            parts: vec![
                part("已建成", 19.0, Paint::solid(Ink::Base)),
                part("提档中", 13.0, Paint::striped(Ink::Base)),
                part("待建", 7.0, Paint::dotted(Ink::Base)),
            ],
            caption: "个阵地".into(),
        }),
    }
}

/// A unit and its eleven months.
type Months = (&'static str, [f64; 11]);

const TALKS_BY_UNIT: [(&str, &[Months]); 11] = [
    (
        "寺前",
        &[
            ("寺前村", [0.0, 1.0, 3.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0]),
            ("河田村", [1.0, 1.0, 2.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
            ("洪下村", [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0]),
            ("菖蒲村", [0.0, 0.0, 2.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]),
        ],
    ),
    (
        "开发区",
        &[
            ("开发区社区", [1.0, 1.0, 2.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
            ("浮溪桥村", [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0]),
            ("松柏村", [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            ("新塘岭村", [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0]),
        ],
    ),
    (
        "中津",
        &[
            ("中津洲社区", [0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0]),
            ("下津村", [0.0, 1.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            ("中津村", [0.0, 0.0, 2.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
            ("史家渡村", [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
        ],
    ),
    (
        "七星",
        &[
            ("七星社区", [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0]),
            ("七星村", [0.0, 0.0, 2.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            ("鹿门铺村", [0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0]),
            ("茅井村", [0.0, 0.0, 0.0, 0.0, 2.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ],
    ),
    (
        "白泉",
        &[
            ("白泉社区", [0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
            ("白泉村", [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]),
            ("郭家岭村", [0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
            ("龙背村", [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0]),
        ],
    ),
    (
        "桃溪",
        &[
            ("桃溪社区", [0.0, 2.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            ("桃红村", [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0]),
            ("肥塘村", [0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
            ("花山村", [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
        ],
    ),
    (
        "大集",
        &[
            ("大集社区", [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 2.0, 0.0, 1.0, 2.0]),
            ("步行街社区", [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]),
            ("环城村", [0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ],
    ),
    (
        "谢家坳",
        &[
            ("谢家坳村", [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 2.0, 0.0, 1.0, 1.0]),
            ("山下村", [0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
            ("乌龟石村", [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
        ],
    ),
    (
        "城中",
        &[
            ("十字街社区", [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 2.0, 0.0]),
            ("和平社区", [0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            ("碧田社区", [0.0, 0.0, 0.0, 2.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ],
    ),
    (
        "香山",
        &[
            ("香山村", [0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]),
            ("香山社区", [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]),
            ("蛤蟆石村", [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ],
    ),
    (
        "渣桥",
        &[
            ("渣桥村", [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 1.0]),
            ("陈河水村", [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0]),
            ("渣冲村", [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ],
    ),
];

pub fn heat() -> Figure {
    let row = |(name, cells): &Months| HeatRow {
        label: (*name).into(),
        cells: values(cells),
        key: Some((*name).into()),
    };
    let groups = TALKS_BY_UNIT.iter().map(|(name, rows)| HeatGroup {
        label: (*name).into(),
        rows: rows.iter().map(row).collect(),
    });
    Figure {
        title: "二至四月最密，占全部场次的 36%".into(),
        subject: String::new(),
        unit: "场".into(),
        kind: Kind::Heat(Heat {
            column_title: "月".into(),
            columns: (1..=11).map(|m| m.to_string()).collect(),
            groups: groups.collect(),
            sum: Some("合计".into()),
            steps: Steps::Found,
            number_from: 2.0,
        }),
    }
}

/// Unit × indicator: shares of different things, not to be added, some unknown.
pub fn heat_indicators() -> Figure {
    let row = |label: &str, cells: [f64; 5]| HeatRow {
        label: label.into(),
        cells: cells
            .iter()
            .map(|v| if *v < 0.0 { Value::UNKNOWN } else { Value::of(*v) })
            .collect(),
        key: None,
    };
    Figure {
        title: "龙背村三项低于 60%".into(),
        subject: String::new(),
        unit: "%".into(),
        kind: Kind::Heat(Heat {
            column_title: "".into(),
            columns: ["筑梦", "头雁", "强基", "青苗", "引凤"].map(String::from).to_vec(),
            groups: vec![
                HeatGroup {
                    label: "寺前".into(),
                    rows: vec![
                        row("寺前村", [94.0, 97.0, 92.0, 90.0, 95.0]),
                        row("河田村", [88.0, 91.0, 74.0, 66.0, 80.0]),
                    ],
                },
                HeatGroup {
                    label: "白泉".into(),
                    rows: vec![
                        row("龙背村", [52.0, 71.0, 0.0, -1.0, 48.0]),
                        row("郭家岭村", [81.0, 93.0, 77.0, 84.0, 79.0]),
                    ],
                },
            ],
            sum: None,
            steps: Steps::Same(vec![1.0, 60.0, 80.0, 90.0]),
            number_from: 0.0,
        }),
    }
}

pub fn radar() -> Figure {
    let spoke = |label: &str, ink, v: f64, o: f64| Spoke {
        label: label.into(),
        ink,
        value: Value::of(v),
        other: Some(o),
    };
    Figure {
        title: "寺前村五项都高于全镇".into(),
        subject: String::new(),
        unit: "%".into(),
        kind: Kind::Radar(Radar {
            spokes: vec![
                spoke("筑梦", Ink::Dream, 94.0, 85.6),
                spoke("头雁", Ink::Lead, 97.0, 88.9),
                spoke("强基", Ink::Base, 92.0, 80.3),
                spoke("青苗", Ink::Seedling, 90.0, 81.8),
                spoke("引凤", Ink::Phoenix, 95.0, 81.5),
            ],
            name: "寺前村".into(),
            other_name: "全镇平均".into(),
        }),
    }
}

pub fn radar_with_gaps() -> Figure {
    let mut figure = radar();
    if let Kind::Radar(radar) = &mut figure.kind {
        radar.spokes[0].value = Value::of(0.0);
        radar.spokes[2].value = Value::UNKNOWN;
        radar.spokes[3].value = Value::of(0.0);
    }
    figure
}

pub fn funnel() -> Figure {
    let steps = [
        ("意向", 46.0),
        ("聘用", 31.0),
        ("千人计划", 17.0),
        ("考核合格", 12.0),
        ("选举", 8.0),
        ("进两委", 7.0),
    ];
    Figure {
        title: "从意向到聘用减少最多，15 人".into(),
        subject: String::new(),
        unit: "人".into(),
        kind: Kind::Funnel(Funnel {
            steps: steps.iter().map(|(n, v)| ((*n).into(), Value::of(*v))).collect(),
            ink: Ink::Phoenix,
        }),
    }
}

pub fn gantt() -> Figure {
    let task = |label: &str, start, end, done, standing| Task {
        label: label.into(),
        start,
        end,
        done: Some(done),
        standing,
        dates: "示例起止".into(),
        key: None,
        steps: Vec::new(),
    };
    let mut tasks = vec![
        task("黄精基地扩种", 0.0, 4.2, 100.0, Status::Done),
        task("油茶套种补苗", 1.2, 3.6, 100.0, Status::Done),
        task("机耕路硬化 1.2 公里", 2.0, 8.5, 100.0, Status::Done),
        task("牲畜养殖圈舍改造", 3.5, 11.0, 60.0, Status::Warn),
        task("服务中心内容更新", 5.0, 8.0, 100.0, Status::Done),
        task("饮水管网入户", 7.0, 12.0, 55.0, Status::Ok),
        task("后备干部跟班锻炼", 0.0, 12.0, 88.0, Status::Ok),
        task("村史馆布展", 9.0, 10.5, 10.0, Status::Late),
    ];
    tasks.push(Task {
        done: None,
        standing: Status::None,
        ..tasks[3].clone()
    });
    Figure {
        title: "圈舍改造偏慢，其余按计划".into(),
        subject: String::new(),
        unit: String::new(),
        kind: Kind::Gantt(Gantt {
            months: (1..=12).map(|m| m.to_string()).collect(),
            today: Some(month_place(11, 22, 30)),
            tasks,
        }),
    }
}

/// Steps of building over the end of a year: some done, one late, the others to come.
pub fn stages() -> Figure {
    let task = |label: &str, days: [f64; 4], done: usize, late: bool| Task {
        label: label.into(),
        start: days[0],
        end: days[3],
        done: None,
        standing: if late { Status::Warn } else { Status::Ok },
        dates: "示例起止".into(),
        key: None,
        steps: days
            .iter()
            .enumerate()
            .map(|(i, at)| Stage {
                label: format!("第{}步", i + 1),
                at: *at,
                standing: match i {
                    _ if i < done => Status::Done,
                    _ if i == done && late => Status::Warn,
                    _ => Status::Ok,
                },
                said: "示例日期".into(),
                key: None,
            })
            .collect(),
    };
    let month = |m: i32| match m {
        13 => "2023.1".to_owned(),
        m => (1 + (m - 1) % 12).to_string(),
    };
    Figure {
        title: "渣冲村“规划设计”晚 12 天，其余 1 个按计划".into(),
        subject: String::new(),
        unit: String::new(),
        kind: Kind::Gantt(Gantt {
            months: (2..=17).map(month).collect(),
            today: Some(9.7),
            tasks: vec![
                task("渣冲村", [0.5, 4.0, 9.3, 14.0], 2, true),
                task("大集社区", [0.5, 9.9, 12.0, 15.5], 1, false),
            ],
        }),
    }
}

pub fn change() -> Figure {
    let pair = |label: &str, before: Option<f64>, after: f64| Pair {
        label: label.into(),
        before,
        after: Value::of(after),
    };
    Figure {
        title: "本届书记学历明显提高".into(),
        subject: String::new(),
        unit: "%".into(),
        kind: Kind::Change(Change {
            before: "上届".into(),
            after: "本届".into(),
            pairs: vec![
                pair("大专以上", Some(28.0), 51.0),
                pair("35 岁以下", Some(10.0), 23.0),
                pair("女性", Some(13.0), 18.0),
                pair("一肩挑", Some(82.0), 97.0),
                pair("50 岁以上", Some(46.0), 31.0),
                pair("退役军人", None, 15.0),
            ],
            max: Some(100.0),
        }),
    }
}

const SPOTS: [(f64, f64); 28] = [
    (90.0, 12.1),
    (88.0, 15.2),
    (69.0, 7.7),
    (97.0, 7.7),
    (67.0, 5.3),
    (93.0, 13.5),
    (91.0, 10.8),
    (32.0, 7.0),
    (87.0, 32.6),
    (98.0, 11.1),
    (61.0, 7.6),
    (94.0, 10.4),
    (59.0, 6.9),
    (30.0, 7.8),
    (85.0, 16.4),
    (86.0, 9.0),
    (97.0, 9.7),
    (54.0, 5.9),
    (93.0, 11.7),
    (52.0, 9.0),
    (81.0, 8.7),
    (36.0, 8.5),
    (79.0, 7.9),
    (96.0, 18.4),
    (96.0, 12.9),
    (76.0, 9.4),
    (74.0, 8.9),
    (34.0, 9.4),
];

pub fn quadrant() -> Figure {
    let spot = |(i, (x, y)): (usize, &(f64, f64))| {
        let name = match i {
            8 => "寺前村".to_owned(),
            23 => "谢家坳村".to_owned(),
            21 => "渣冲村".to_owned(),
            7 => "蛤蟆石村".to_owned(),
            _ => format!("示例{}村", i + 1),
        };
        Spot {
            named: !name.starts_with("示例"),
            label: name,
            x: *x,
            y: *y,
            key: None,
        }
    };
    Figure {
        title: "过 10 万元的 11 个村，阵地都已建成".into(),
        subject: String::new(),
        unit: String::new(),
        kind: Kind::Quadrant(Quadrant {
            x: Measure {
                name: "阵地完成率".into(),
                unit: "%".into(),
                min: 0.0,
                max: 100.0,
                ticks: vec![0.0, 50.0, 100.0],
                threshold: 50.0,
                logarithmic: false,
            },
            y: Measure {
                name: "集体经济".into(),
                unit: "万元".into(),
                min: 4.5,
                max: 36.0,
                ticks: vec![5.0, 10.0, 20.0, 30.0],
                threshold: 10.0,
                logarithmic: true,
            },
            spots: SPOTS.iter().enumerate().map(spot).collect(),
            ink: Ink::Base,
        }),
    }
}

pub fn strip() -> Figure {
    let dots = [
        ("寺前", 24.0),
        ("开发区", 16.0),
        ("中津", 15.0),
        ("七星", 14.0),
        ("白泉", 13.0),
        ("桃溪", 13.0),
        ("大集", 12.0),
        ("谢家坳", 11.0),
        ("城中", 10.0),
        ("香山", 9.0),
        ("渣桥", 9.0),
    ];
    Figure {
        title: "11 个片区中场次最多".into(),
        subject: String::new(),
        unit: "场".into(),
        kind: Kind::Strip(Strip {
            dots: dots.iter().map(|(n, v)| ((*n).into(), Value::of(*v))).collect(),
            chosen: Some(0),
            average: true,
        }),
    }
}

/// The chosen one in the middle of the crowd, where its name meets that of the average.
pub fn strip_in_crowd() -> Figure {
    let mut figure = strip();
    if let Kind::Strip(strip) = &mut figure.kind {
        strip.chosen = Some(5);
    }
    figure
}

fn moments(list: &[(f64, Occasion, &str)]) -> Vec<Event> {
    let event = |(at, occasion, label): &(f64, Occasion, &str)| Event {
        at: *at,
        occasion: *occasion,
        label: (*label).into(),
        date: format!("{}月", at.floor() + 1.0),
        named: true,
        key: None,
    };
    list.iter().map(event).collect()
}

pub fn lane() -> Figure {
    use Occasion::{Check, Milestone, Routine};
    let routine = |places: &[f64]| -> Vec<(f64, Occasion, &str)> { places.iter().map(|p| (*p, Routine, "")).collect() };
    let track = |label: &str, ink, events: &[(f64, Occasion, &str)], spans: &[(f64, f64, &str)]| Track {
        label: label.into(),
        ink,
        events: moments(events),
        spans: spans
            .iter()
            .map(|(start, end, label)| Span {
                start: *start,
                end: *end,
                label: (*label).into(),
                dates: "示例起止".into(),
                key: None,
            })
            .collect(),
    };
    let mut lead = routine(&[1.4, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.6, 10.4]);
    lead.push((2.13, Milestone, "3月5日 党务培训"));
    let mut dream = routine(&[1.5, 3.3, 4.6, 5.8, 7.4, 8.9, 10.2, 10.72]);
    dream.push((2.4, Milestone, "年度计划定稿"));
    Figure {
        title: "2022 年五项工程".into(),
        subject: String::new(),
        unit: String::new(),
        kind: Kind::Lane(Lane {
            months: months(),
            today: Some(month_place(11, 22, 30)),
            tracks: vec![
                track("头雁", Ink::Lead, &lead, &[]),
                track("筑梦", Ink::Dream, &dream, &[]),
                track(
                    "强基",
                    Ink::Base,
                    &[(3.2, Milestone, ""), (6.1, Check, ""), (9.1, Check, "")],
                    &[(1.2, 5.1, "黄精扩种"), (5.6, 10.73, "套种油茶")],
                ),
                track(
                    "青苗",
                    Ink::Seedling,
                    &[(1.9, Check, ""), (4.9, Milestone, "确定积极分子"), (7.9, Check, "")],
                    &[],
                ),
                track(
                    "引凤",
                    Ink::Phoenix,
                    &[(0.9, Check, ""), (6.6, Milestone, "合作社落地"), (9.7, Check, "")],
                    &[],
                ),
            ],
            header: true,
            labels: true,
        }),
    }
}

/// Every sample with the name of its picture.
pub fn all() -> Vec<(&'static str, Figure)> {
    vec![
        ("bars", bars()),
        ("classes", classes()),
        ("columns", grouped()),
        ("stacked", stacked()),
        ("trend", trend()),
        ("trend-gaps", trend_with_gaps()),
        ("donut", donut()),
        ("heat", heat()),
        ("heat-indicators", heat_indicators()),
        ("radar", radar()),
        ("radar-gaps", radar_with_gaps()),
        ("funnel", funnel()),
        ("gantt", gantt()),
        ("stages", stages()),
        ("change", change()),
        ("quadrant", quadrant()),
        ("strip", strip()),
        ("strip-crowd", strip_in_crowd()),
        ("lane", lane()),
    ]
}
