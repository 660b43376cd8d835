//! The colours of the charts are those of the style sheet.

use tiancheng::chart::palette::{Color, DARK, LIGHT, Palette, SCREEN};

/// The colour a token has in the block that starts with `selector`.
fn token(css: &str, selector: &str, name: &str) -> Color {
    let block = css
        .split(selector)
        .nth(1)
        .unwrap_or_else(|| panic!("no block {selector}"));
    let block = &block[..block.find('}').expect("the block ends")];
    let value = block
        .split(&format!("--{name}:"))
        .nth(1)
        .unwrap_or_else(|| panic!("no --{name} in {selector}"));
    let hex = value.trim_start().trim_start_matches('#').get(..6).expect("six digits");
    Color::hex(u32::from_str_radix(hex, 16).unwrap_or_else(|_| panic!("--{name} in {selector} is {hex}")))
}

#[test]
fn palettes_follow_the_tokens() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/style/tokens.css");
    let css = std::fs::read_to_string(path).expect("the style sheet");
    let themes: [(&str, &Palette); 3] = [
        (":root {", &LIGHT),
        ("[data-theme=\"dark\"] {", &DARK),
        ("[data-theme=\"screen\"] {", &SCREEN),
    ];
    for (selector, palette) in themes {
        let same = |name: &str, color: Color| assert_eq!(token(&css, selector, name), color, "--{name} {selector}");
        same("c-surface", palette.surface);
        same("c-sunken", palette.sunken);
        same("c-line", palette.line);
        same("c-line-strong", palette.line_strong);
        same("c-accent", palette.accent);
        same("c-focus", palette.focus);
        same("p-ghost", palette.ghost);
        same("q-none", palette.unknown);
        let rows: [(&str, &[&str], &[Color]); 6] = [
            ("c-text", &["", "-2", "-3"], &palette.text),
            ("s-", &["ok", "warn", "late", "done", "none"], &palette.status),
            ("q-", &["1", "2", "3", "4", "5"], &palette.amount),
            ("q-ink", &["", "", "", "-4", "-5"], &palette.on_amount),
            ("x-", &["now", "then", "target", "grid", "axis"], &palette.series),
            ("p-", &["dream", "lead", "base", "seed", "phoenix"], &palette.programme),
        ];
        for (stem, ends, colors) in rows {
            for (end, color) in ends.iter().zip(colors) {
                same(&format!("{stem}{end}"), *color);
            }
        }
        for (i, name) in ["dream", "lead", "base", "seed", "phoenix"].iter().enumerate() {
            same(&format!("p-{name}-text"), palette.programme_text[i]);
            same(&format!("p-{name}-soft"), palette.programme_soft[i]);
        }
    }
}
