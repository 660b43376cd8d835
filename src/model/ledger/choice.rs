//! One of several values that a field may have.

use crate::model::settings::{Rule, Settings};

/// A stored code with its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is stored; never changes once released.
    pub code: &'static str,
    /// What is shown, unless the town gave it another name.
    pub label: &'static str,
    /// The rule by which the town may give it another name.
    pub named_by: Option<&'static Rule<str>>,
}

impl Choice {
    /// A choice.
    pub const fn new(code: &'static str, label: &'static str) -> Choice {
        Choice {
            code,
            label,
            named_by: None,
        }
    }

    /// What it is called by the settings in force.
    pub fn label_in(self, settings: &Settings) -> &str {
        self.named_by.map_or(self.label, |rule| rule.get(settings))
    }

    /// A choice whose name is a rule of the town.
    pub const fn named(code: &'static str, rule: &'static Rule<str>) -> Choice {
        Choice {
            code,
            label: rule.about.default,
            named_by: Some(rule),
        }
    }
}

/// Declares choices, each list once: an enum with the stored code and the label of each. What is written nowhere else
/// cannot be misspelt.
///
/// ```
/// tiancheng::choices! {
///     /// How far a bridge is.
///     BridgeState {
///         Planned = "planned" "待建",
///         Built = "built" "已建",
///     }
/// }
/// assert_eq!(BridgeState::Built.code(), "built");
/// assert_eq!(BridgeState::ALL[0].label, "待建");
/// assert!(BridgeState::Planned.is(Some("planned")) && !BridgeState::Planned.is(None));
/// assert_eq!(BridgeState::of(Some("burnt")), None);
/// ```
///
/// A code that is not declared does not compile:
///
/// ```compile_fail
/// tiancheng::choices! { State { Built = "built" "已建", } }
/// let code = State::Bilt.code();
/// ```
///
/// A choice whose name is a rule of the town names the rule in place of its label: `First = "first" (&LINK_FIRST)`.
#[macro_export]
macro_rules! choices {
    (@choice $code:literal ($rule:expr)) => { $crate::model::ledger::Choice::named($code, $rule) };
    (@choice $code:literal $label:literal) => { $crate::model::ledger::Choice::new($code, $label) };
    ($(
        $(#[$doc:meta])*
        $name:ident { $( $(#[$vdoc:meta])* $variant:ident = $code:literal $label:tt ),* $(,)? }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(
                #[doc = concat!("Stored as `", $code, "`.")]
                $(#[$vdoc])*
                $variant
            ),*
        }

        impl $name {
            /// Codes and labels, in display order.
            pub const ALL: &'static [$crate::model::ledger::Choice] = &[
                $( $crate::choices!(@choice $code $label) ),*
            ];

            /// What is stored.
            pub const fn code(self) -> &'static str {
                match self {
                    $( $name::$variant => $code ),*
                }
            }

            /// The choice stored under `code`; `None` where nothing is, or what a newer version wrote.
            pub fn of(code: Option<&str>) -> Option<$name> {
                Some(match code? {
                    $( $code => $name::$variant, )*
                    _ => return None,
                })
            }

            /// Whether this choice is what `code` stores.
            pub fn is(self, code: Option<&str>) -> bool {
                code == Some(self.code())
            }
        }
    )*};
}
