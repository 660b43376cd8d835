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

#[test]
fn bars_are_as_long_as_their_values() {
    for width in WIDTHS {
        let scene = scene_of(&samples::bars(), width, 1.0);
        let per: Vec<f64> = scene
            .marks
            .iter()
            .map(|m| m.hit.bounds().w / m.value.trim_end_matches(" 场").parse::<f64>().expect("a number"))
            .collect();
        assert!(per.iter().all(|p| (p - per[0]).abs() < 1e-9), "{per:?}");
    }
}
