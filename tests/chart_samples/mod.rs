//! Sample figures: the numbers of the article where it gives any, made up where it does not.

use tiancheng::chart::*;

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
        unit: "场".into(),
        kind: Kind::Columns(Columns {
            series: two_kinds(),
            rows: TALKS
                .iter()
                .map(|(m, a, b)| Row::new(*m, values(&[*a, *b])))
                .collect(),
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

/// Every sample with the name of its picture.
pub fn all() -> Vec<(&'static str, Figure)> {
    vec![
        ("bars", bars()),
        ("classes", classes()),
        ("columns", grouped()),
        ("stacked", stacked()),
    ]
}
