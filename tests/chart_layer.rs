//! Every kind of chart, laid out with the estimated text widths of the native build.

mod chart_samples;

use std::path::PathBuf;

use chart_samples as samples;
use tiancheng::chart::draw::svg;
use tiancheng::chart::*;

const WIDTHS: [f64; 3] = [320.0, 560.0, 900.0];
const SCALES: [f64; 3] = [1.0, 1.25, 1.5];
const FAMILY: &str = "Noto Sans CJK SC";

fn scene_of(figure: &Figure, width: f64, scale: f64) -> Scene {
    let theme = Theme::new(palette::LIGHT, scale);
    layout(figure, Size { width, height: None }, &theme, &estimate)
}

/// Runs `check` over every sample at every width and text size.
fn everywhere(check: impl Fn(&str, &Figure, &Scene)) {
    for (name, figure) in samples::all() {
        for width in WIDTHS {
            for scale in SCALES {
                let scene = scene_of(&figure, width, scale);
                check(&format!("{name} at {width} × {scale}"), &figure, &scene);
            }
        }
    }
}

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/chart")
        .join(format!("{name}.svg"))
}

/// Compares with the committed picture; `UPDATE_SNAPSHOTS=1` writes it anew.
fn same_picture(name: &str, scene: &Scene) {
    let drawn = svg(scene, FAMILY);
    let path = fixture(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &drawn).expect("the fixtures can be written");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == drawn,
        "{name}: the drawing changed; look at it and run with UPDATE_SNAPSHOTS=1"
    );
}

#[test]
fn drawings_are_as_committed() {
    for (name, figure) in samples::all() {
        same_picture(name, &scene_of(&figure, 506.0, 1.0));
        same_picture(&format!("{name}-narrow-large"), &scene_of(&figure, 320.0, 1.5));
    }
}

#[test]
fn themes_are_as_committed() {
    for (theme, colours) in [
        ("dark", palette::DARK),
        ("screen", palette::SCREEN),
        ("print", palette::PRINT),
    ] {
        let theme_of = Theme::new(colours, 1.0);
        for (name, figure) in [("bars", samples::bars()), ("classes", samples::classes())] {
            let scene = layout(
                &figure,
                Size {
                    width: 506.0,
                    height: None,
                },
                &theme_of,
                &estimate,
            );
            same_picture(&format!("{name}-{theme}"), &scene);
        }
    }
}

#[test]
fn the_middle_of_every_mark_meets_that_mark() {
    everywhere(|at, _, scene| {
        for (i, mark) in scene.marks.iter().enumerate() {
            let p = mark.hit.middle();
            assert_eq!(scene.hit(p.x, p.y), Some(MarkId(i)), "{at}: {}", mark.sentence);
        }
        assert_eq!(scene.hit(-1000.0, -1000.0), None, "{at}");
    });
}

#[test]
fn the_keyboard_visits_each_mark_once() {
    everywhere(|at, _, scene| {
        let mut seen = Vec::new();
        let mut here = scene.step(None, Step::On);
        while let Some(id) = here {
            if seen.last() == Some(&id) {
                break;
            }
            seen.push(id);
            here = scene.step(here, Step::On);
        }
        let all: Vec<MarkId> = (0..scene.marks.len()).map(MarkId).collect();
        assert_eq!(seen, all, "{at}");
        assert_eq!(scene.step(None, Step::Last), all.last().copied(), "{at}");
    });
}

#[test]
fn no_words_touch_and_none_leave_the_drawing() {
    everywhere(|at, _, scene| {
        for (i, a) in scene.texts.iter().enumerate() {
            let e = a.extent();
            assert!(
                e.x >= -0.5 && e.right() <= scene.width + 0.5 && e.y >= -0.5 && e.bottom() <= scene.height + 0.5,
                "{at}: 「{}」 leaves the drawing: {e:?} of {} × {}",
                a.words,
                scene.width,
                scene.height
            );
            for b in &scene.texts[i + 1..] {
                assert!(
                    !e.meets(b.extent(), 0.5),
                    "{at}: 「{}」 and 「{}」 touch",
                    a.words,
                    b.words
                );
            }
        }
    });
}

#[test]
fn every_mark_says_what_it_is_and_the_table_is_whole() {
    everywhere(|at, figure, scene| {
        assert!(!scene.is_empty(), "{at}");
        assert!(scene.sentence.starts_with(&figure.title), "{at}: {}", scene.sentence);
        assert!(!scene.table.rows.is_empty(), "{at}");
        for row in &scene.table.rows {
            assert_eq!(row.len(), scene.table.headers.len(), "{at}");
            assert!(row.iter().all(|c| !c.text.is_empty()), "{at}: {row:?}");
        }
        for mark in &scene.marks {
            assert!(mark.sentence.contains(&mark.label), "{at}: {}", mark.sentence);
            assert!(!mark.value.is_empty(), "{at}: {}", mark.sentence);
        }
    });
}

/// The number at the start of a value like `24 场`.
fn amount(words: &str) -> f64 {
    let digits: String = words.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.parse().expect("a value with a number")
}

fn all_equal(ratios: &[f64], at: &str) {
    assert!(ratios.len() > 1, "{at}");
    assert!(
        ratios.iter().all(|r| (r - ratios[0]).abs() < 1e-6 * ratios[0].abs()),
        "{at}: {ratios:?}"
    );
}

#[test]
fn lengths_are_in_proportion_and_start_at_zero() {
    for width in WIDTHS {
        for (name, figure) in [("bars", samples::bars()), ("funnel", samples::funnel())] {
            let scene = scene_of(&figure, width, 1.0);
            let per: Vec<f64> = scene
                .marks
                .iter()
                .map(|m| m.hit.bounds().w / amount(&m.value))
                .collect();
            all_equal(&per, name);
        }
        for (name, figure) in [("columns", samples::grouped()), ("stacked", samples::stacked())] {
            let scene = scene_of(&figure, width, 1.0);
            let per: Vec<f64> = scene
                .marks
                .iter()
                .map(|m| m.hit.bounds().h / amount(&m.value))
                .collect();
            all_equal(&per, name);
        }
        let scene = scene_of(&samples::trend(), width, 1.0);
        let axis = scene
            .texts
            .iter()
            .find(|t| t.words == "0")
            .expect("the zero of the axis")
            .place
            .y;
        let per: Vec<f64> = scene
            .marks
            .iter()
            .take(11)
            .map(|m| (axis - m.hit.middle().y) / amount(&m.value))
            .collect();
        all_equal(&per, "trend");
    }
}

#[test]
fn the_parts_of_a_ring_have_areas_in_proportion() {
    let scene = scene_of(&samples::donut(), 506.0, 1.0);
    let areas: Vec<f64> = scene
        .marks
        .iter()
        .map(|m| match &m.hit {
            scene::Hit::Area(points, _) => geometry::area(points) / amount(&m.value),
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(areas.iter().all(|a| (a / areas[0] - 1.0).abs() < 0.002), "{areas:?}");
}

#[test]
fn a_missing_month_is_a_gap() {
    let scene = scene_of(&samples::trend_with_gaps(), 506.0, 1.0);
    let of = |id: usize| scene.shapes.iter().filter(|s| s.mark == Some(MarkId(id))).count();
    let names: Vec<&str> = scene.marks.iter().map(|m| m.label.as_str()).collect();
    let may = names
        .iter()
        .position(|n| *n == "5月")
        .expect("May is known from last year");
    assert_eq!(of(may), 0, "no dot where this year has no value");
    assert!(scene.marks[may].sentence.starts_with("5月，2021年"));
    assert!(!names.contains(&"12月"), "a month nobody knows is no mark: {names:?}");
    let cell = &scene.table.rows[4][1];
    assert_eq!(cell.text, "--");
}

#[test]
fn one_mark_stands_out_and_the_others_fade() {
    let mut scene = scene_of(&samples::bars(), 506.0, 1.0);
    let colours = |s: &Scene| s.shapes.iter().map(|d| s.color_of(d)).collect::<Vec<_>>();
    let plain = colours(&scene);
    scene.emphasise(Some(MarkId(2)));
    for (drawn, (before, now)) in scene.shapes.iter().zip(plain.iter().zip(colours(&scene))) {
        let keeps = drawn.mark.is_none_or(|m| m == MarkId(2));
        let want = if keeps {
            *before
        } else {
            before.over(palette::LIGHT.surface, 0.45)
        };
        assert_eq!(now, want);
    }
    same_picture("bars-emphasis", &scene);
    scene.focus(Some(MarkId(2)));
    same_picture("bars-focus", &scene);
    scene.emphasise(Some(MarkId(10_000)));
    assert_eq!(colours(&scene), plain);
}

#[test]
fn arrows_up_and_down_lead_along_a_column_of_cells() {
    let scene = scene_of(&samples::heat(), 560.0, 1.0);
    let below = scene.step(Some(MarkId(2)), Step::Down).expect("a cell");
    assert_eq!(below, MarkId(2 + 11));
    assert_eq!(scene.step(Some(below), Step::Up), Some(MarkId(2)));
    assert_eq!(scene.step(Some(MarkId(2)), Step::Up), Some(MarkId(2)));
    assert_eq!(scene.marks[2].sentence, "寺前村 3月，3 场");
}

#[test]
fn no_data_gives_an_empty_scene_that_says_so() {
    let none = |kind| Figure {
        title: "夜话场次".into(),
        subject: String::new(),
        unit: "场".into(),
        kind,
    };
    let series = samples::two_kinds;
    let kinds = vec![
        Kind::Bars(Bars {
            series: series(),
            rows: vec![],
            ordered: false,
            show_unit: false,
        }),
        Kind::Columns(Columns {
            series: series(),
            rows: vec![],
            stacked: false,
        }),
        Kind::Trend(Trend {
            steps: vec!["1月".into()],
            lines: vec![],
            target: None,
        }),
        Kind::Donut(Donut {
            parts: vec![],
            caption: String::new(),
        }),
        Kind::Heat(Heat {
            column_title: String::new(),
            columns: vec![],
            groups: vec![],
            sum: None,
            steps: Steps::Found,
            number_from: 0.0,
        }),
        Kind::Radar(Radar {
            spokes: vec![],
            name: String::new(),
            other_name: String::new(),
        }),
        Kind::Funnel(Funnel {
            steps: vec![("意向".into(), Value::UNKNOWN)],
            ink: Ink::Phoenix,
        }),
        Kind::Gantt(Gantt {
            months: vec![],
            today: None,
            tasks: vec![],
        }),
        Kind::Change(Change {
            before: String::new(),
            after: String::new(),
            pairs: vec![],
            max: None,
        }),
        Kind::Strip(Strip {
            dots: vec![],
            chosen: Some(3),
            average: true,
        }),
        Kind::Lane(Lane {
            months: vec![],
            today: None,
            tracks: vec![],
            header: true,
            labels: true,
        }),
    ];
    for kind in kinds {
        let scene = scene_of(&none(kind), 320.0, 1.0);
        assert!(scene.is_empty() && scene.marks.is_empty());
        assert_eq!(scene.sentence, "夜话场次。没有数据");
        assert_eq!(scene.step(None, Step::On), None);
        assert_eq!(scene.hit(10.0, 10.0), None);
    }
}

#[test]
fn broken_numbers_draw_nothing_and_break_nothing() {
    let bad = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -3.0, 0.0, 1e300];
    let rows = bad
        .iter()
        .enumerate()
        .map(|(i, v)| Row::new(format!("第{i}行"), vec![Value::of(*v)]));
    let series = vec![Series {
        name: "数量".into(),
        paint: Paint::SECOND,
    }];
    let figures = [
        Kind::Bars(Bars {
            series: series.clone(),
            rows: rows.clone().collect(),
            ordered: false,
            show_unit: true,
        }),
        Kind::Columns(Columns {
            series,
            rows: rows.collect(),
            stacked: true,
        }),
        Kind::Strip(Strip {
            dots: bad.iter().map(|v| ("甲".to_owned(), Value::of(*v))).collect(),
            chosen: Some(0),
            average: true,
        }),
        Kind::Donut(Donut {
            parts: bad[..5]
                .iter()
                .map(|v| Part {
                    label: "部分".into(),
                    value: Value::of(*v),
                    paint: Paint::dotted(Ink::Lead),
                })
                .collect(),
            caption: "个".into(),
        }),
    ];
    for kind in figures {
        let figure = Figure {
            title: String::new(),
            subject: String::new(),
            unit: "场".into(),
            kind,
        };
        for width in [0.0, 1.0, f64::NAN, 320.0] {
            let scene = scene_of(&figure, width, 1.0);
            assert!(scene.width.is_finite() && scene.height.is_finite() && scene.height < 2000.0);
            assert!(!svg(&scene, FAMILY).contains("NaN"));
        }
    }
}

#[test]
fn the_table_names_its_rows() {
    let figure = Figure {
        subject: "片区".into(),
        ..samples::bars()
    };
    assert_eq!(
        scene_of(&figure, 506.0, 1.0).table.headers,
        ["片区", "湾子夜话，场", "星空夜话，场", "合计，场"]
    );
    assert_eq!(scene_of(&samples::bars(), 506.0, 1.0).table.headers[0], "名称");
}

#[test]
fn more_than_five_parts_become_bars() {
    let part = |i: usize| Part {
        label: format!("第{i}类"),
        value: Value::of(i as f64),
        paint: Paint::solid(Ink::Base),
    };
    let kind = Kind::Donut(Donut {
        parts: (1..=6).map(part).collect(),
        caption: String::new(),
    });
    let scene = scene_of(
        &Figure {
            title: String::new(),
            subject: String::new(),
            unit: "个".into(),
            kind,
        },
        400.0,
        1.0,
    );
    assert!(scene.sentence.starts_with("条形图"), "{}", scene.sentence);
    assert_eq!(scene.marks[0].label, "第6类");
}

#[test]
fn a_picture_to_keep_has_its_words_around_it() {
    let figure = samples::trend();
    let theme = Theme::new(palette::PRINT, 1.0);
    let scene = layout(
        &figure,
        Size {
            width: 420.0,
            height: None,
        },
        &theme,
        &estimate,
    );
    let heading = Heading {
        title: format!("{}，比前年同期也有明显增加", figure.title),
        subtitle: "全镇夜话场次（场）· 与 2021 年同期".into(),
        note: "依据夜话台账 146 条记录 · 示例数据".into(),
    };
    let whole = framed(&scene, &heading, &theme, &estimate);
    assert_eq!(whole.marks.len(), scene.marks.len());
    let p = whole.marks[3].hit.middle();
    assert_eq!(whole.hit(p.x, p.y), Some(MarkId(3)));
    for (i, a) in whole.texts.iter().enumerate() {
        assert!(
            a.extent().right() <= whole.width && a.extent().bottom() <= whole.height,
            "{}",
            a.words
        );
        assert!(
            whole.texts[i + 1..].iter().all(|b| !a.extent().meets(b.extent(), 0.5)),
            "{}",
            a.words
        );
    }
    same_picture("trend-framed-print", &whole);
}

#[test]
fn the_name_of_the_chosen_one_covers_no_peer() {
    for chosen in 0..11 {
        let mut figure = samples::strip();
        if let Kind::Strip(data) = &mut figure.kind {
            data.chosen = Some(chosen);
        }
        for width in WIDTHS {
            for scale in SCALES {
                let scene = scene_of(&figure, width, scale);
                for (i, a) in scene.texts.iter().enumerate() {
                    // The surface that answers is a little larger than the dot.
                    let covered = scene
                        .marks
                        .iter()
                        .find(|m| m.hit.bounds().grown(-1.5 * scale).meets(a.extent(), 0.0));
                    assert_eq!(covered.map(|m| &m.label), None, "{} at {width} × {scale}", a.words);
                    let touched = scene.texts[i + 1..].iter().find(|b| a.extent().meets(b.extent(), 0.0));
                    assert_eq!(touched.map(|b| &b.words), None, "{} at {width} × {scale}", a.words);
                }
            }
        }
    }
}

/// Shares by district: the axis ends at the whole, no name is cut, and no number stands alone among equals.
#[test]
fn shares_end_at_the_whole() {
    let names = [
        "七星",
        "城中",
        "白泉",
        "中津",
        "大集",
        "桃溪",
        "香山",
        "开发区",
        "寺前",
        "谢家坳",
        "渣桥",
    ];
    let series = [samples::two_kinds(), samples::two_kinds()].concat();
    let row = |(i, name): (usize, &&str)| {
        let values = [100.0, 100.0, 100.0, 50.0 + i as f64];
        Row::new(*name, values.map(Value::of).to_vec())
    };
    let figure = Figure {
        title: "城中片区进度最低，50%".into(),
        subject: "片区".into(),
        unit: "%".into(),
        kind: Kind::Columns(Columns {
            series,
            rows: names.iter().enumerate().map(row).collect(),
            stacked: false,
        }),
    };
    let scene = scene_of(&figure, 490.0, 1.0);
    let words: Vec<&str> = scene.texts.iter().map(|t| t.words.as_str()).collect();
    for name in names {
        assert!(words.contains(&name), "{name} in {words:?}");
    }
    assert!(
        words.contains(&"100%") && !words.contains(&"100") && !words.contains(&"120%"),
        "{words:?}"
    );
}
