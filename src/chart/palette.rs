//! Colours of the drawings: the values of `style/tokens.css` for the four grounds a chart stands on.
//!
//! A figure never names a colour, it names an [`Ink`]; the [`Palette`] of the theme says what it is.

use crate::model::status::Status;

/// An opaque colour, eight bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    /// Red, 0–255.
    pub r: u8,
    /// Green, 0–255.
    pub g: u8,
    /// Blue, 0–255.
    pub b: u8,
}

impl Color {
    /// From `0xRRGGBB`.
    pub const fn hex(rgb: u32) -> Self {
        Color {
            r: (rgb >> 16) as u8,
            g: (rgb >> 8) as u8,
            b: rgb as u8,
        }
    }

    /// This colour seen at `share` (0–1) of its strength over `ground`.
    ///
    /// Blending instead of an alpha value keeps a stripe over its base, or two parts of one mark,
    /// from shining through each other.
    pub fn over(self, ground: Color, share: f64) -> Color {
        let mix = |top: u8, under: u8| {
            (f64::from(top) * share + f64::from(under) * (1.0 - share))
                .round()
                .clamp(0.0, 255.0) as u8
        };
        Color {
            r: mix(self.r, ground.r),
            g: mix(self.g, ground.g),
            b: mix(self.b, ground.b),
        }
    }

    /// As CSS, `#rrggbb`.
    pub fn css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

/// Grounds of districts that a person coloured, on white: orange, light blue, green, yellow, blue, purple. Each pair
/// differs for people without red, green or blue cones, too, and text stands on all of them (tested).
pub const DISTRICT_TINTS: [Color; 6] = [
    Color::hex(0xf1_c86d),
    Color::hex(0xa8_cfe5),
    Color::hex(0xcc_ece3),
    Color::hex(0xfa_f6bf),
    Color::hex(0x78_c3ed),
    Color::hex(0xdb_a1c1),
];

/// The same on the dark ground.
pub const DISTRICT_TINTS_DARK: [Color; 6] = [
    Color::hex(0x3b_341f),
    Color::hex(0x25_3742),
    Color::hex(0x14_473d),
    Color::hex(0x4f_4f2c),
    Color::hex(0x0c_527a),
    Color::hex(0x70_4b63),
];

/// What a colour means; the names follow the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Card ground.
    Surface,
    /// Well: a cell that holds zero.
    Sunken,
    /// Hairline.
    Line,
    /// Stronger edge.
    LineStrong,
    /// Text.
    Text,
    /// Labels.
    TextSecond,
    /// Notes.
    TextThird,
    /// The red of the seal: today, the chosen one.
    Accent,
    /// Focus ring.
    Focus,
    /// 筑梦 fill.
    Dream,
    /// 头雁 fill.
    Lead,
    /// 强基 fill.
    Base,
    /// 青苗 fill.
    Seedling,
    /// 引凤 fill.
    Phoenix,
    /// 筑梦 words.
    DreamText,
    /// 头雁 words.
    LeadText,
    /// 强基 words.
    BaseText,
    /// 青苗 words.
    SeedlingText,
    /// 引凤 words.
    PhoenixText,
    /// 筑梦 ground.
    DreamSoft,
    /// 头雁 ground.
    LeadSoft,
    /// 强基 ground.
    BaseSoft,
    /// 青苗 ground.
    SeedlingSoft,
    /// 引凤 ground.
    PhoenixSoft,
    /// The part not yet reached.
    Ghost,
    /// 正常.
    Ok,
    /// 预警.
    Warn,
    /// 滞后.
    Late,
    /// 完成.
    Done,
    /// 无数据.
    None,
    /// Step 1 (few) to 5 (many) of the amounts; other numbers are clamped.
    Amount(u8),
    /// Text that can be read on that step of the amounts.
    OnAmount(u8),
    /// Ground of a cell without data.
    Unknown,
    /// This year, the first series.
    Now,
    /// Last year.
    Then,
    /// Target.
    Target,
    /// Grid.
    Grid,
    /// Axis.
    Axis,
}

impl Ink {
    /// The ink of a status.
    pub const fn of(status: Status) -> Ink {
        match status {
            Status::Late => Ink::Late,
            Status::Warn => Ink::Warn,
            Status::Ok => Ink::Ok,
            Status::Done => Ink::Done,
            Status::None => Ink::None,
        }
    }

    /// The ink for words about this programme; any other ink stands for itself.
    pub fn words(self) -> Ink {
        match self {
            Ink::Dream => Ink::DreamText,
            Ink::Lead => Ink::LeadText,
            Ink::Base => Ink::BaseText,
            Ink::Seedling => Ink::SeedlingText,
            Ink::Phoenix => Ink::PhoenixText,
            other => other,
        }
    }

    /// The soft ground of this programme; any other ink gives the well.
    pub fn soft(self) -> Ink {
        match self {
            Ink::Dream => Ink::DreamSoft,
            Ink::Lead => Ink::LeadSoft,
            Ink::Base => Ink::BaseSoft,
            Ink::Seedling => Ink::SeedlingSoft,
            Ink::Phoenix => Ink::PhoenixSoft,
            _ => Ink::Sunken,
        }
    }
}

/// The colours of one theme. Field names are those of the tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// `--c-surface`
    pub surface: Color,
    /// `--c-sunken`
    pub sunken: Color,
    /// `--c-line`
    pub line: Color,
    /// `--c-line-strong`
    pub line_strong: Color,
    /// `--c-text`, `-2`, `-3`
    pub text: [Color; 3],
    /// `--c-accent`
    pub accent: Color,
    /// `--c-focus`
    pub focus: Color,
    /// `--p-dream`, `-lead`, `-base`, `-seed`, `-phoenix`
    pub programme: [Color; 5],
    /// The same with `-text`
    pub programme_text: [Color; 5],
    /// The same with `-soft`
    pub programme_soft: [Color; 5],
    /// `--p-ghost`
    pub ghost: Color,
    /// `--s-ok`, `-warn`, `-late`, `-done`, `-none`
    pub status: [Color; 5],
    /// `--q-1` to `--q-5`
    pub amount: [Color; 5],
    /// Words on each step: `--q-ink` three times, `--q-ink-4`, `--q-ink-5`
    pub on_amount: [Color; 5],
    /// `--q-none`
    pub unknown: Color,
    /// `--x-now`, `-then`, `-target`, `-grid`, `-axis`
    pub series: [Color; 5],
}

const fn row(hex: [u32; 5]) -> [Color; 5] {
    [
        Color::hex(hex[0]),
        Color::hex(hex[1]),
        Color::hex(hex[2]),
        Color::hex(hex[3]),
        Color::hex(hex[4]),
    ]
}

/// White sheets.
pub const LIGHT: Palette = Palette {
    surface: Color::hex(0xffffff),
    sunken: Color::hex(0xf1efea),
    line: Color::hex(0xe3e0d9),
    line_strong: Color::hex(0xcbc7be),
    text: [Color::hex(0x1f2226), Color::hex(0x454950), Color::hex(0x4f545b)],
    accent: Color::hex(0x9d1915),
    focus: Color::hex(0x1c4e8c),
    programme: row([0x1f4e9c, 0xa8330f, 0xb98500, 0x3f9457, 0xb4589c]),
    programme_text: row([0x1f4e9c, 0x9c3210, 0x6f4e00, 0x1f5f36, 0x7d2f68]),
    programme_soft: row([0xe8eef8, 0xfbeae4, 0xfaf0d7, 0xe6f2e9, 0xf7e9f3]),
    ghost: Color::hex(0xe2dfd8),
    status: row([0x2f8f5b, 0xc27f00, 0xb3201a, 0x2a4f86, 0x85817a]),
    amount: row([0xf1f4ea, 0xc9dfd2, 0x95c1b5, 0x559896, 0x1a5868]),
    on_amount: row([0x14211f, 0x14211f, 0x14211f, 0x14211f, 0xffffff]),
    unknown: Color::hex(0xefede8),
    series: row([0x1a5868, 0xa9a49a, 0x9d1915, 0xe9e6df, 0x85817a]),
};

/// Dark office.
pub const DARK: Palette = Palette {
    surface: Color::hex(0x1d2125),
    sunken: Color::hex(0x252a2f),
    line: Color::hex(0x30363c),
    line_strong: Color::hex(0x434a51),
    text: [Color::hex(0xece9e2), Color::hex(0xc3c0b8), Color::hex(0xb0ada5)],
    accent: Color::hex(0xf49a90),
    focus: Color::hex(0x8fb8ee),
    programme: row([0x6f9fe8, 0xf0805c, 0xe2b34a, 0x74c286, 0xe0a3d6]),
    programme_text: row([0x93b8f0, 0xf49b7e, 0xe2b34a, 0x74c286, 0xe0a3d6]),
    programme_soft: row([0x202c3d, 0x392620, 0x352d1b, 0x1f3126, 0x352735]),
    ghost: Color::hex(0x3a4046),
    status: row([0x5fbf8c, 0xf2c14e, 0xff7f72, 0x9dbdf2, 0x838a91]),
    amount: row([0x243034, 0x2b4a4e, 0x37696b, 0x5b9a96, 0xa9d6c8]),
    on_amount: row([0xf4f1ea, 0xf4f1ea, 0xf4f1ea, 0x0f1416, 0x0f1416]),
    unknown: Color::hex(0x22272b),
    series: row([0xa9d6c8, 0x7d828a, 0xf49a90, 0x2b3136, 0x838a91]),
};

/// The big screen of the meeting room.
pub const SCREEN: Palette = Palette {
    surface: Color::hex(0x211110),
    sunken: Color::hex(0x2b1715),
    line: Color::hex(0x43261f),
    line_strong: Color::hex(0x6b4030),
    text: [Color::hex(0xf6ecdd), Color::hex(0xdccab2), Color::hex(0xc9b294)],
    accent: Color::hex(0xf0c869),
    focus: Color::hex(0xffffff),
    programme: row([0x86b1f2, 0xff8a62, 0xf2c14e, 0x86cf93, 0xe3abd9]),
    programme_text: row([0xa6c6f6, 0xff9f7d, 0xf2c14e, 0x86cf93, 0xe3abd9]),
    programme_soft: row([0x23222f, 0x391d15, 0x362614, 0x232a1b, 0x36202c]),
    ghost: Color::hex(0x4a2d26),
    status: row([0x7ecf9f, 0xf2c14e, 0xff8a7d, 0xa6c6f6, 0xa3795c]),
    amount: row([0x3a211d, 0x64351f, 0x965522, 0xcf8b33, 0xf7d27a]),
    on_amount: row([0xfff6e6, 0xfff6e6, 0xfff6e6, 0x1d0f0b, 0x1d0f0b]),
    unknown: Color::hex(0x241412),
    series: row([0xf0c869, 0x8f6a52, 0xff8a7d, 0x38201b, 0xa3795c]),
};

/// Paper: black on white, greys only, neighbouring tints at least one step apart.
pub const PRINT: Palette = Palette {
    surface: Color::hex(0xffffff),
    sunken: Color::hex(0xf4f4f4),
    line: Color::hex(0xcccccc),
    line_strong: Color::hex(0x999999),
    text: [Color::hex(0x000000), Color::hex(0x222222), Color::hex(0x333333)],
    accent: Color::hex(0x000000),
    focus: Color::hex(0x000000),
    programme: row([0x1a1a1a, 0x666666, 0x404040, 0x8c8c8c, 0x525252]),
    programme_text: row([0x000000; 5]),
    programme_soft: row([0xf0f0f0; 5]),
    ghost: Color::hex(0xdedede),
    status: row([0x707070, 0xa8a8a8, 0x000000, 0x404040, 0xc4c4c4]),
    amount: row([0xf2f2f2, 0xd0d0d0, 0xa6a6a6, 0x6e6e6e, 0x2e2e2e]),
    on_amount: row([0x000000, 0x000000, 0x000000, 0xffffff, 0xffffff]),
    unknown: Color::hex(0xfafafa),
    series: row([0x2e2e2e, 0x8c8c8c, 0x000000, 0xdddddd, 0x555555]),
};

impl Palette {
    /// The colour that carries this meaning here.
    pub fn ink(&self, ink: Ink) -> Color {
        let step = |n: u8| usize::from(n.clamp(1, 5) - 1);
        match ink {
            Ink::Surface => self.surface,
            Ink::Sunken => self.sunken,
            Ink::Line => self.line,
            Ink::LineStrong => self.line_strong,
            Ink::Text => self.text[0],
            Ink::TextSecond => self.text[1],
            Ink::TextThird => self.text[2],
            Ink::Accent => self.accent,
            Ink::Focus => self.focus,
            Ink::Dream => self.programme[0],
            Ink::Lead => self.programme[1],
            Ink::Base => self.programme[2],
            Ink::Seedling => self.programme[3],
            Ink::Phoenix => self.programme[4],
            Ink::DreamText => self.programme_text[0],
            Ink::LeadText => self.programme_text[1],
            Ink::BaseText => self.programme_text[2],
            Ink::SeedlingText => self.programme_text[3],
            Ink::PhoenixText => self.programme_text[4],
            Ink::DreamSoft => self.programme_soft[0],
            Ink::LeadSoft => self.programme_soft[1],
            Ink::BaseSoft => self.programme_soft[2],
            Ink::SeedlingSoft => self.programme_soft[3],
            Ink::PhoenixSoft => self.programme_soft[4],
            Ink::Ghost => self.ghost,
            Ink::Ok => self.status[0],
            Ink::Warn => self.status[1],
            Ink::Late => self.status[2],
            Ink::Done => self.status[3],
            Ink::None => self.status[4],
            Ink::Amount(n) => self.amount[step(n)],
            Ink::OnAmount(n) => self.on_amount[step(n)],
            Ink::Unknown => self.unknown,
            Ink::Now => self.series[0],
            Ink::Then => self.series[1],
            Ink::Target => self.series[2],
            Ink::Grid => self.series[3],
            Ink::Axis => self.series[4],
        }
    }
}

/// Colours and size of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// The colours.
    pub palette: Palette,
    /// Factor of every text and distance: 1 标准, 1.25 大字, 1.5 特大; more on the big screen.
    pub scale: f64,
}

impl Theme {
    /// A theme; a factor that is not a positive number counts as 1.
    pub fn new(palette: Palette, scale: f64) -> Self {
        let scale = if scale.is_finite() && scale > 0.0 { scale } else { 1.0 };
        Theme { palette, scale }
    }
}
