//! Draws a [`Scene`] with any plotters backend.
//!
//! plotters backends count in whole units. [`ScaledBackend`] therefore multiplies CSS pixels by a number of
//! units, and puts the edges of blocks and of upright or level lines on whole device pixels, so a drawing is
//! sharp at any ratio and a slanting line still runs where the data say.

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::DrawingErrorKind;

use super::geometry::{Point, Rect, at};
use super::palette::Color;
use super::scene::{Anchor, Scene, Shape};

/// What drawing on a backend can end in.
pub type DrawResult<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

/// A plotters backend addressed in CSS pixels.
pub struct ScaledBackend<'f, B: DrawingBackend> {
    inner: B,
    units: f64,
    grain: f64,
    font: TextFit<'f>,
}

/// How a backend is told about text.
#[derive(Clone, Copy, Debug)]
pub struct TextFit<'f> {
    /// CSS font family.
    pub family: &'f str,
    /// Factor of the size, for a backend that divides it.
    pub size: f64,
    /// Shift downwards in em that brings the middle of a full-width sign to the place asked for.
    pub shift: f64,
}

impl<'f, B: DrawingBackend> ScaledBackend<'f, B> {
    /// `units`: backend units in a CSS pixel. `grain`: backend units in a device pixel.
    pub fn new(inner: B, units: f64, grain: f64, font: TextFit<'f>) -> Self {
        ScaledBackend {
            inner,
            units,
            grain,
            font,
        }
    }

    /// Ends the drawing.
    pub fn present(&mut self) -> DrawResult<B> {
        self.inner.present()
    }

    fn whole(&self, px: f64) -> i32 {
        (px * self.units).round() as i32
    }

    fn point(&self, p: Point) -> (i32, i32) {
        (self.whole(p.x), self.whole(p.y))
    }

    /// Rounded to a device pixel, in units.
    fn snapped(&self, px: f64) -> f64 {
        (px * self.units / self.grain).round() * self.grain
    }

    fn block(&mut self, rect: Rect, radius: f64, color: Color) -> DrawResult<B> {
        let (x, y) = (self.snapped(rect.x), self.snapped(rect.y));
        let (right, bottom) = (self.snapped(rect.right()), self.snapped(rect.bottom()));
        // A length that is there is never rounded away.
        let right = if rect.w > 0.0 { right.max(x + self.grain) } else { right };
        let bottom = if rect.h > 0.0 {
            bottom.max(y + self.grain)
        } else {
            bottom
        };
        if radius > 0.0 {
            let outline = Rect::new(x, y, right - x, bottom - y).rounded(radius * self.units);
            let corners: Vec<_> = outline
                .iter()
                .map(|p| (p.x.round() as i32, p.y.round() as i32))
                .collect();
            return self.inner.fill_polygon(corners, &paint(color));
        }
        let corner = |x: f64, y: f64| (x.round() as i32, y.round() as i32);
        self.inner
            .draw_rect(corner(x, y), corner(right, bottom), &paint(color), true)
    }

    fn line(&mut self, points: &[Point], width: f64, color: Color) -> DrawResult<B> {
        if let [a, b] = points
            && (a.x == b.x || a.y == b.y)
        {
            let thick = (width * self.units / self.grain).round().max(1.0) * self.grain / self.units;
            let (left, top) = (a.x.min(b.x), a.y.min(b.y));
            let rect = if a.x == b.x {
                Rect::new(left - thick / 2.0, top, thick, (a.y - b.y).abs())
            } else {
                Rect::new(left, top - thick / 2.0, (a.x - b.x).abs(), thick)
            };
            return self.block(rect, 0.0, color);
        }
        let style = paint(color).stroke_width(self.whole(width).max(1) as u32);
        let path: Vec<_> = points.iter().map(|p| self.point(*p)).collect();
        self.inner.draw_path(path, &style)
    }

    fn shape(&mut self, shape: &Shape, color: Color) -> DrawResult<B> {
        match shape {
            Shape::Block { rect, radius } => self.block(*rect, *radius, color),
            Shape::Area(points) => {
                let corners: Vec<_> = points.iter().map(|p| self.point(*p)).collect();
                self.inner.fill_polygon(corners, &paint(color))
            }
            Shape::Line { points, width } => self.line(points, *width, color),
            Shape::Disc { centre, radius } => {
                let (c, r) = (self.point(*centre), self.whole(*radius).max(1) as u32);
                self.inner.draw_circle(c, r, &paint(color), true)
            }
            Shape::Ring { centre, radius, width } => {
                let (c, r) = (self.point(*centre), self.whole(*radius).max(1) as u32);
                let style = paint(color).stroke_width(self.whole(*width).max(1) as u32);
                self.inner
                    .draw_circle(c, r, &ShapeStyle { filled: false, ..style }, false)
            }
        }
    }
}

fn paint(color: Color) -> ShapeStyle {
    ShapeStyle {
        color: RGBAColor(color.r, color.g, color.b, 1.0),
        filled: true,
        stroke_width: 1,
    }
}

/// Draws ground and shapes.
///
/// # Errors
/// What the backend reports.
pub fn draw_shapes<B: DrawingBackend>(scene: &Scene, on: &mut ScaledBackend<'_, B>) -> DrawResult<B> {
    on.inner.ensure_prepared()?;
    on.block(Rect::new(0.0, 0.0, scene.width, scene.height), 0.0, scene.ground)?;
    for drawn in &scene.shapes {
        on.shape(&drawn.shape, scene.color_of(drawn))?;
    }
    match scene.focus_ring() {
        Some(ring) => focus_ring(&ring, scene, on),
        None => Ok(()),
    }
}

/// A 3 px line around the mark on a 7 px line of the ground.
fn focus_ring<B: DrawingBackend>(ring: &[Point], scene: &Scene, on: &mut ScaledBackend<'_, B>) -> DrawResult<B> {
    on.line(ring, 7.0, scene.ground)?;
    on.line(ring, 3.0, scene.focus)
}

/// Draws the words, over whatever is there.
///
/// # Errors
/// What the backend reports.
pub fn draw_texts<B: DrawingBackend>(scene: &Scene, on: &mut ScaledBackend<'_, B>) -> DrawResult<B> {
    for text in &scene.texts {
        let weight = if text.strong {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        };
        let size = text.size * on.units * on.font.size;
        let across = match text.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let c = text.color;
        let color = RGBAColor(c.r, c.g, c.b, 1.0);
        let style = TextStyle::from(FontDesc::new(FontFamily::Name(on.font.family), size, weight))
            .color(&color)
            .pos(Pos::new(across, VPos::Center));
        let place = on.point(at(text.place.x, text.place.y + text.size * on.font.shift));
        on.inner.draw_text(&text.words, &style, place)?;
    }
    Ok(())
}

/// Draws the whole scene.
///
/// # Errors
/// What the backend reports.
pub fn draw<B: DrawingBackend>(scene: &Scene, on: &mut ScaledBackend<'_, B>) -> DrawResult<B> {
    draw_shapes(scene, on)?;
    draw_texts(scene, on)?;
    on.present()
}

/// The scene as an SVG document, for print and for comparison in tests.
///
/// It is drawn at ten units to the CSS pixel, so positions keep a tenth of a pixel.
#[cfg(not(target_arch = "wasm32"))]
pub fn svg(scene: &Scene, family: &str) -> String {
    const UNITS: f64 = 10.0;
    let size = |px: f64| (px * UNITS).ceil() as u32;
    let mut out = String::new();
    let backend = plotters_svg::SVGBackend::with_string(&mut out, (size(scene.width), size(scene.height)));
    // plotters-svg divides sizes by 1.24 and sets the line half an ex under the middle.
    let fit = TextFit {
        family,
        size: 1.24,
        shift: 0.1,
    };
    let mut on = ScaledBackend::new(backend, UNITS, UNITS, fit);
    if draw(scene, &mut on).is_err() {
        // A string cannot refuse to be written; what is there is still a picture.
        return String::new();
    }
    drop(on);
    let wide = format!("width=\"{}\" height=\"{}\"", size(scene.width), size(scene.height));
    let real = format!("width=\"{}\" height=\"{}\"", scene.width.ceil(), scene.height.ceil());
    out.replacen(&wide, &real, 1)
}
