//! The colours of the plane, each by its meaning: hue is the true class, background the prediction, outline an error.

/// An opaque colour or, with `alpha` under 1, a veil.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 (nothing) to 1 (opaque).
    pub alpha: f64,
}

impl Colour {
    /// Opaque, from a number such as `0x2f6db5`.
    pub const fn hex(rgb: u32) -> Colour {
        Colour { rgb: [(rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8], alpha: 1.0 }
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
    pub const LIGHT: Look = Look {
        paper: Colour::hex(0xfafaf7),
        ink: Colour::hex(0x1c1c1c),
        muted: Colour::hex(0x6b6b6b),
        majority: Colour::hex(0x2f6db5),
        minority: Colour::hex(0xdd6b10),
        error: Colour::hex(0xb3261e),
        outline: Colour::hex(0xffffff),
        safe: Colour::hex(0x1d7a4f),
        danger: Colour::hex(0xa3195b),
    };

    /// On black paper.
    pub const DARK: Look = Look {
        paper: Colour::hex(0x141517),
        ink: Colour::hex(0xf0efe9),
        muted: Colour::hex(0xa8a8a2),
        majority: Colour::hex(0x5a97de),
        minority: Colour::hex(0xf08a3c),
        error: Colour::hex(0xff5a52),
        outline: Colour::hex(0x141517),
        safe: Colour::hex(0x5ac48d),
        danger: Colour::hex(0xff7ab8),
    };

    /// Of a theme.
    pub const fn of(dark: bool) -> Look {
        if dark { Look::DARK } else { Look::LIGHT }
    }

    /// The hue of a class.
    pub const fn class(&self, class: crate::base::Class) -> Colour {
        if class == 0 { self.majority } else { self.minority }
    }
}
