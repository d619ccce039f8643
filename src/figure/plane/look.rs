//! The colours of the plane, each by its meaning: hue is the true class, background the prediction, outline an error.

use plotters::style::RGBColor;

use crate::figure::Theme;

/// An opaque colour or, with `alpha` under 1, a veil.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 (nothing) to 1 (opaque).
    pub alpha: f64,
}

impl Colour {
    /// A colour of the theme, opaque.
    pub const fn of(RGBColor(r, g, b): RGBColor) -> Colour {
        Colour { rgb: [r, g, b], alpha: 1.0 }
    }

    /// The same colour, see-through.
    pub const fn with_alpha(self, alpha: f64) -> Colour {
        Colour { alpha, ..self }
    }

    /// As style sheets, canvas and SVG write it.
    pub fn css(self) -> String {
        let [r, g, b] = self.rgb;
        if self.alpha < 1.0 { format!("rgba({r},{g},{b},{})", self.alpha) } else { format!("#{r:02x}{g:02x}{b:02x}") }
    }

    /// `part` of the way from `self` to `other`.
    pub fn mix(self, other: Colour, part: f64) -> Colour {
        let mut rgb = self.rgb;
        for (a, &b) in rgb.iter_mut().zip(&other.rgb) {
            *a = (f64::from(*a) + part * (f64::from(b) - f64::from(*a))).round() as u8;
        }
        Colour { rgb, alpha: 1.0 }
    }
}

/// Colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Background, and the surface exactly at the threshold.
    pub paper: Colour,
    /// Text, contours, marks of the step.
    pub ink: Colour,
    /// Quiet lines.
    pub muted: Colour,
    /// Majority.
    pub majority: Colour,
    /// Minority.
    pub minority: Colour,
    /// Outline of a test point on the wrong side.
    pub error: Colour,
    /// Hairline around points.
    pub outline: Colour,
    /// Around a row that its neighbours agree with.
    pub safe: Colour,
    /// Around a row in danger, or one that they disagree with.
    pub danger: Colour,
}

impl Look {
    /// On white paper.
    pub const LIGHT: Look = Look::new(&Theme::LIGHT);

    /// On black paper.
    pub const DARK: Look = Look::new(&Theme::DARK);

    /// Those of the figures, as the plane mixes them.
    const fn new(theme: &Theme) -> Look {
        Look {
            paper: Colour::of(theme.paper),
            ink: Colour::of(theme.ink),
            muted: Colour::of(theme.muted),
            majority: Colour::of(theme.majority),
            minority: Colour::of(theme.minority),
            error: Colour::of(theme.bad),
            // White is whiter than the paper; black paper is as dark as it gets.
            outline: Colour::of(if theme.paper.0 > theme.ink.0 { theme.card } else { theme.paper }),
            safe: Colour::of(theme.good),
            danger: Colour::of(theme.danger),
        }
    }

    /// Of a theme.
    pub const fn of(dark: bool) -> Look {
        if dark { Look::DARK } else { Look::LIGHT }
    }

    /// The hue of a class.
    pub const fn class(&self, class: crate::base::Class) -> Colour {
        if class == 0 { self.majority } else { self.minority }
    }
}
