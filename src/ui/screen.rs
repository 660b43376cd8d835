//! Width, text size and theme of the window, written to the root element for the style sheets.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::dom::{set_root, styled, unset_root};

/// How the page is laid out, by the window's width divided by the text size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// From 1200: navigation with words.
    Wide,
    /// 720 to 1199: icon over word, panels over the page.
    Mid,
    /// Under 720: bottom bar, one column.
    Phone,
}

/// Text size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextSize {
    /// 标准, factor 1.
    #[default]
    Standard,
    /// 大字, factor 1.25.
    Large,
    /// 特大, factor 1.5.
    Huge,
}

impl TextSize {
    /// All sizes with their words.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Standard, "标准字号"),
        (Self::Large, "大字"),
        (Self::Huge, "特大字"),
    ];

    /// The word in `data-size` and in the settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Large => "large",
            Self::Huge => "huge",
        }
    }

    /// The size of a [`key`](Self::key); standard for anything else.
    pub fn from_key(key: &str) -> Self {
        Self::ALL
            .into_iter()
            .map(|(size, _)| size)
            .find(|size| size.key() == key)
            .unwrap_or_default()
    }
}

/// Colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// 跟随系统.
    #[default]
    System,
    /// 浅色.
    Light,
    /// 深色.
    Dark,
}

impl Theme {
    /// All themes with their words.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::System, "跟随系统"), (Self::Light, "浅色"), (Self::Dark, "深色")];

    /// The word in the settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a [`key`](Self::key); that of the system for anything else.
    pub fn from_key(key: &str) -> Self {
        Self::ALL
            .into_iter()
            .map(|(theme, _)| theme)
            .find(|theme| theme.key() == key)
            .unwrap_or_default()
    }
}

/// What is known about the window. Copies are the same signals.
#[derive(Clone, Copy)]
pub struct Screen {
    /// How the page is laid out.
    pub width: ReadSignal<Width>,
    /// The size of one rem in units of 16 px: text size times the browser's own setting. SVG text sizes in px are
    /// multiplied by it.
    pub scale: ReadSignal<f64>,
    /// Text size; pages may set it.
    pub size: RwSignal<TextSize>,
    /// Theme; pages may set it.
    pub theme: RwSignal<Theme>,
    /// The system asks for dark colours.
    pub dark: RwSignal<bool>,
    /// The meeting room screen is shown: its own theme, whatever `theme` says.
    pub big: RwSignal<bool>,
    /// The page is being printed: everything must be in the document.
    pub printing: RwSignal<bool>,
}

/// The window's signals, from the context that [`watch`] makes.
pub fn use_screen() -> Screen {
    use_context::<Screen>().unwrap_or_else(|| watch(TextSize::default(), Theme::default()))
}

/// Starts watching the window and provides a [`Screen`] as context.
pub fn watch(size: TextSize, theme: Theme) -> Screen {
    let (width, set_width) = signal(Width::Wide);
    let (scale, set_scale) = signal(1.0);
    let system_dark = RwSignal::new(false);
    let screen = Screen {
        width,
        scale,
        size: RwSignal::new(size),
        theme: RwSignal::new(theme),
        dark: system_dark,
        big: RwSignal::new(false),
        printing: RwSignal::new(false),
    };
    watch_colour_scheme(system_dark);
    let measure = move || {
        // Asked before anything is mounted, so that asking lays nothing out.
        let rem = rem_in_px();
        let effective = window_width() / (rem / 16.0);
        let width = match effective {
            wide if wide >= 1200.0 => Width::Wide,
            mid if mid >= 720.0 => Width::Mid,
            _ => Width::Phone,
        };
        // Within a width, the point where parts that stand side by side no longer fit.
        let narrow = effective < if width == Width::Phone { 300.0 } else { 1000.0 };
        set_root(
            "data-width",
            match width {
                Width::Wide => "wide",
                Width::Mid => "mid",
                Width::Phone => "phone",
            },
        );
        if narrow {
            set_root("data-narrow", "yes")
        } else {
            unset_root("data-narrow")
        }
        set_scale.maybe_update(|old| std::mem::replace(old, rem / 16.0) != rem / 16.0);
        set_width.maybe_update(|old| std::mem::replace(old, width) != width);
    };
    let apply = move |(size, theme, dark, big): (TextSize, Theme, bool, bool)| {
        set_root("data-size", size.key());
        set_root(
            "data-theme",
            match (big, theme, dark) {
                (true, ..) => "screen",
                (_, Theme::Dark, _) | (_, Theme::System, true) => "dark",
                _ => "light",
            },
        );
        measure();
    };
    let now = (size, theme, system_dark.get_untracked(), false);
    apply(now);
    Effect::new(move |before: Option<_>| {
        let asked = (
            screen.size.get(),
            screen.theme.get(),
            system_dark.get(),
            screen.big.get(),
        );
        if before.unwrap_or(now) != asked {
            apply(asked);
        }
        asked
    });
    let handles = [
        window_event_listener_untyped("resize", move |_| measure()),
        window_event_listener_untyped("beforeprint", move |_| screen.printing.set(true)),
        window_event_listener_untyped("afterprint", move |_| screen.printing.set(false)),
    ];
    on_cleanup(move || handles.into_iter().for_each(|handle| handle.remove()));
    provide_context(screen);
    screen
}

/// Prints the page once everything is in the document.
pub fn print(screen: Screen) {
    screen.printing.set(true);
    // Two frames: one for the effects, one for the layout.
    request_animation_frame(|| {
        request_animation_frame(|| {
            let _ = window().print();
        });
    });
}

fn window_width() -> f64 {
    window()
        .inner_width()
        .ok()
        .and_then(|width| width.as_f64())
        .unwrap_or(1366.0)
}

/// The root's font size, in CSS pixels; before the style sheet is there, the usual one. Asking then would show the page
/// without it. When it is there, the window is said to have another size.
fn rem_in_px() -> f64 {
    if !styled() {
        return 16.0;
    }
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    // The engine reads it: reading numbers with a point is 18 kB of code.
    size.map(|size| js_sys::parse_float(&size))
        .filter(|rem| *rem > 0.0)
        .unwrap_or(16.0)
}

/// Keeps `dark` equal to the system's colour scheme.
fn watch_colour_scheme(dark: RwSignal<bool>) {
    let Ok(Some(list)) = window().match_media("(prefers-color-scheme: dark)") else {
        return;
    };
    dark.set(list.matches());
    let query = list.clone();
    let heard = Closure::<dyn FnMut()>::new(move || {
        let _ = dark.try_set(query.matches());
    });
    list.set_onchange(Some(heard.as_ref().unchecked_ref()));
    // The page watches the scheme until it is closed.
    heard.forget();
}
