//! The charts of the page without the page: `prepare` makes the data of a figure, `draw` lays it out and paints it, as
//! a chart of the page does when its data change.

#[cfg(target_arch = "wasm32")]
mod charts {
    use std::cell::RefCell;
    use tiancheng::browser::canvas::{measurer, paint};
    use tiancheng::chart::palette::LIGHT;
    use tiancheng::chart::{
        Columns, Figure, Heat, HeatGroup, HeatRow, Ink, Kind, Line, Paint, Row, Series, Size, Steps, Stroke, Theme,
        Trend, Value, layout,
    };
    use wasm_bindgen::prelude::*;
    use web_sys::HtmlCanvasElement;

    thread_local!(static FIGURE: RefCell<Option<Figure>> = const { RefCell::new(None) });

    const INKS: [Ink; 5] = [Ink::Dream, Ink::Lead, Ink::Base, Ink::Seedling, Ink::Phoenix];

    /// Makes the figure `bars`, `lines` or `heat` of these rows of values.
    #[wasm_bindgen]
    pub fn prepare(kind: &str, values: &[f64], columns: usize) {
        let rows = values.chunks(columns.max(1));
        let kind = match kind {
            "bars" => bars(rows),
            "lines" => lines(rows, columns),
            _ => heat(rows, columns),
        };
        FIGURE.set(Some(Figure {
            title: "寺前片区夜话场次最多".to_owned(),
            subject: "片区".to_owned(),
            unit: "场".to_owned(),
            kind,
        }));
    }

    /// Draws it, and tells the height in CSS px.
    #[wasm_bindgen]
    pub fn draw(canvas: &HtmlCanvasElement, width: f64, height: f64, ratio: f64) -> f64 {
        let theme = Theme::new(LIGHT, 1.0);
        let size = Size {
            width,
            height: (height > 0.0).then_some(height),
        };
        FIGURE.with_borrow(|figure| {
            let Some(figure) = figure else { return 0.0 };
            let scene = layout(figure, size, &theme, &measurer());
            match paint(canvas, &scene, ratio) {
                Ok(()) => scene.height,
                Err(_) => 0.0,
            }
        })
    }

    fn series() -> Vec<Series> {
        let named = INKS.iter().enumerate().map(|(i, ink)| Series {
            name: format!("工程{}", i + 1),
            paint: Paint::solid(*ink),
        });
        named.collect()
    }

    fn known(values: &[f64]) -> Vec<Value> {
        values.iter().map(|v| Value::of(*v)).collect()
    }

    /// A row is a district.
    fn bars<'a>(rows: impl Iterator<Item = &'a [f64]>) -> Kind {
        let rows = rows
            .enumerate()
            .map(|(i, v)| Row::new(format!("片区{}", i + 1), known(v)));
        Kind::Columns(Columns {
            series: series(),
            rows: rows.collect(),
            stacked: false,
        })
    }

    /// A row is a line.
    fn lines<'a>(rows: impl Iterator<Item = &'a [f64]>, steps: usize) -> Kind {
        let lines = rows.enumerate().map(|(i, v)| Line {
            name: format!("工程{}", i + 1),
            stroke: Stroke::Other(INKS[i % INKS.len()]),
            values: known(v),
        });
        Kind::Trend(Trend {
            steps: (0..steps)
                .map(|i| format!("{}年{}月", 18 + i / 12, i % 12 + 1))
                .collect(),
            lines: lines.collect(),
            target: None,
        })
    }

    /// A row is a unit.
    fn heat<'a>(rows: impl Iterator<Item = &'a [f64]>, columns: usize) -> Kind {
        let rows = rows.enumerate().map(|(i, v)| HeatRow {
            label: format!("第{}村", i + 1),
            cells: known(v),
            key: None,
        });
        Kind::Heat(Heat {
            column_title: "月".to_owned(),
            columns: (1..=columns).map(|m| format!("{m}月")).collect(),
            groups: vec![HeatGroup {
                label: "全镇".to_owned(),
                rows: rows.collect(),
            }],
            sum: None,
            steps: Steps::Found,
            number_from: 2.0,
        })
    }
}

fn main() {}
