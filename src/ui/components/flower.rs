//! The five-petal flower: mark of the product, icon of each programme, glyph of a unit.

use leptos::prelude::*;

use crate::view::format::decimal;
use crate::view::route::Programme;

/// Radius and middle of the flower in its square of 24. The middle is low because the lower petals end above their
/// circle's bottom.
const RADIUS: f64 = 11.6;
const MIDDLE: (f64, f64) = (12.0, 12.8);

/// Sine and cosine of the five axes, clockwise from the top.
const AXES: [(f64, f64); 5] = [
    (0.0, 1.0),
    (0.951_056_5, 0.309_017),
    (0.587_785_3, -0.809_017),
    (-0.587_785_3, -0.809_017),
    (-0.951_056_5, 0.309_017),
];

/// How far one programme is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Petal {
    /// Progress `0.0..=1.0`; at 0 only the ghost shows.
    Reached(f64),
    /// No data: the ghost as a dashed outline.
    Unknown,
}

/// The outline of petal `place` (`0..5`, clockwise from the top), `length` as a share of the radius.
pub fn petal_path(place: usize, length: f64) -> String {
    // Along the axis and to its side, in shares of the radius: foot, two control points, tip.
    const FOOT: (f64, f64) = (0.06, 0.0);
    const LOW: (f64, f64) = (0.30, 0.34);
    const HIGH: (f64, f64) = (0.98, 0.50);
    const TIP: (f64, f64) = (1.0, 0.0);
    let (sin, cos) = AXES[place % AXES.len()];
    let at = |(along, side): (f64, f64), sign: f64| {
        let (along, side) = (along * length * RADIUS, side * length * RADIUS * sign);
        let x = MIDDLE.0 + along * sin + side * cos;
        let y = MIDDLE.1 - along * cos + side * sin;
        format!("{} {}", decimal(x, 1), decimal(y, 1))
    };
    format!(
        "M{foot}C{} {} {tip}C{} {} {foot}Z",
        at(LOW, 1.0),
        at(HIGH, 1.0),
        at(HIGH, -1.0),
        at(LOW, -1.0),
        foot = at(FOOT, 1.0),
        tip = at(TIP, 1.0),
    )
}

/// The drawn length of a petal for a progress, as a share of the radius; `None` if nothing is drawn over the ghost.
pub fn petal_length(progress: f64) -> Option<f64> {
    (progress > 0.0).then(|| 0.16 + 0.84 * progress.min(1.0))
}

/// The glyph of a unit or a district: five petals as far as its five programmes are.
///
/// `label` says the same in words (`五项工程：筑梦 80%，…`); empty where the numbers stand beside it.
pub fn flower(petals: [Petal; 5], label: String) -> AnyView {
    let mut parts = String::new();
    for (programme, petal) in Programme::ALL.into_iter().zip(petals) {
        let place = programme.petal();
        match petal {
            Petal::Unknown => whole(&mut parts, "petal-unknown", place),
            Petal::Reached(progress) => {
                whole(&mut parts, "petal-ghost", place);
                let class = format!("petal-{}", programme.id());
                match petal_length(progress) {
                    Some(1.0) => whole(&mut parts, &class, place),
                    Some(length) => path(&mut parts, &class, &petal_path(place, length)),
                    None => {}
                }
            }
        }
    }
    if label.is_empty() {
        view! { <svg class="flower" viewBox="0 0 24 24" aria-hidden="true" focusable="false" inner_html=parts></svg> }
            .into_any()
    } else {
        view! { <svg class="flower" viewBox="0 0 24 24" role="img" aria-label=label inner_html=parts></svg> }.into_any()
    }
}

/// Appends a path. There are hundreds of petals on a page, and a browser makes elements of a text much sooner than of
/// calls for each of them. Nothing a person wrote is in it.
fn path(out: &mut String, class: &str, d: &str) {
    for piece in ["<path class=\"", class, "\" d=\"", d, "\"></path>"] {
        out.push_str(piece);
    }
}

/// Appends a petal that is as long as it can be.
fn whole(out: &mut String, class: &str, place: usize) {
    thread_local!(static WHOLE: [String; 5] = std::array::from_fn(|place| petal_path(place, 1.0)));
    WHOLE.with(|petals| path(out, class, &petals[place]));
}

/// The icon of a programme: the flower with its petal lit.
pub fn programme_icon(lit: Programme) -> AnyView {
    let petals = Programme::ALL.map(|programme| Petal::Reached(if programme == lit { 1.0 } else { 0.0 }));
    flower(petals, String::new())
}

/// The mark of the product.
pub fn logo() -> AnyView {
    let mut parts = String::new();
    (0..5).for_each(|place| whole(&mut parts, "logo-petal", place));
    parts.push_str("<circle class=\"logo-heart\" cx=\"12\" cy=\"12.8\" r=\"1.5\"></circle>");
    view! {
        <svg
            class="logo"
            width="28"
            height="28"
            viewBox="0 0 24 24"
            aria-hidden="true"
            focusable="false"
            inner_html=parts
        ></svg>
    }
    .into_any()
}
