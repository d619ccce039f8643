//! The colours of a figure. Hue is the true class, the background is the prediction; everything else is ink.

use plotters::style::RGBColor;

/// The colours of a figure, one set per theme of the page.
///
/// ```
/// use imbalance_lab::figure::Theme;
/// assert_eq!(Theme::of(true), Theme::DARK);
/// assert_ne!(Theme::LIGHT.card, Theme::DARK.card);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// What a figure lies on.
    pub card: RGBColor,
    /// Curves, the threshold, large numbers.
    pub ink: RGBColor,
    /// Labels, ghosts, chance lines.
    pub muted: RGBColor,
    /// Frames and grids.
    pub line: RGBColor,
    /// The majority class.
    pub majority: RGBColor,
    /// The minority class.
    pub minority: RGBColor,
    /// Words about the majority: at least 4.5 : 1 against the card.
    pub majority_text: RGBColor,
    /// Words about the minority: at least 4.5 : 1 against the card.
    pub minority_text: RGBColor,
    /// Errors.
    pub bad: RGBColor,
}

impl Theme {
    /// Ink on paper.
    pub const LIGHT: Theme = Theme {
        card: RGBColor(0xff, 0xff, 0xff),
        ink: RGBColor(0x1c, 0x1c, 0x1c),
        muted: RGBColor(0x6d, 0x6d, 0x68),
        line: RGBColor(0xde, 0xde, 0xd8),
        majority: RGBColor(0x2f, 0x6d, 0xb5),
        minority: RGBColor(0xdd, 0x6b, 0x10),
        majority_text: RGBColor(0x2a, 0x63, 0xa6),
        minority_text: RGBColor(0xa8, 0x4f, 0x08),
        bad: RGBColor(0xb3, 0x26, 0x1e),
    };

    /// Light on dark.
    pub const DARK: Theme = Theme {
        card: RGBColor(0x1c, 0x1e, 0x21),
        ink: RGBColor(0xf0, 0xef, 0xe9),
        muted: RGBColor(0x9b, 0x9b, 0x95),
        line: RGBColor(0x33, 0x36, 0x3b),
        majority: RGBColor(0x4a, 0x86, 0xcc),
        minority: RGBColor(0xdd, 0x6b, 0x10),
        majority_text: RGBColor(0x7c, 0xae, 0xe4),
        minority_text: RGBColor(0xf0, 0x93, 0x4a),
        bad: RGBColor(0xff, 0x8a, 0x80),
    };

    /// The set for a page that is dark or not.
    pub fn of(dark: bool) -> Theme {
        if dark { Theme::DARK } else { Theme::LIGHT }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(RGBColor(r, g, b): RGBColor) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn words_stand_out_by_four_and_a_half_and_shapes_by_three() {
        for theme in [Theme::LIGHT, Theme::DARK] {
            for text in [theme.ink, theme.muted, theme.majority_text, theme.minority_text, theme.bad] {
                assert!(contrast(text, theme.card) >= 4.5, "{text:?} on {:?}", theme.card);
            }
            for shape in [theme.majority, theme.minority] {
                assert!(contrast(shape, theme.card) >= 3.0, "{shape:?} on {:?}", theme.card);
            }
        }
    }
}
