//! The colours of the figures, the same as those of the page (`style/base.css`; a test holds them together). Hue is the
//! true class, the background is the prediction; everything else is ink.

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
    /// What the page lies on, and the plane exactly at the threshold.
    pub paper: RGBColor,
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
    /// Rows that their neighbours agree with.
    pub good: RGBColor,
    /// Rows in danger, or that their neighbours disagree with.
    pub danger: RGBColor,
}

impl Theme {
    /// Ink on paper.
    pub const LIGHT: Theme = Theme {
        paper: RGBColor(0xfa, 0xfa, 0xf7),
        card: RGBColor(0xff, 0xff, 0xff),
        ink: RGBColor(0x1c, 0x1c, 0x1c),
        muted: RGBColor(0x65, 0x65, 0x5f),
        line: RGBColor(0xde, 0xde, 0xd8),
        majority: RGBColor(0x2f, 0x6d, 0xb5),
        minority: RGBColor(0xdd, 0x6b, 0x10),
        majority_text: RGBColor(0x2a, 0x63, 0xa6),
        minority_text: RGBColor(0xa8, 0x4f, 0x08),
        bad: RGBColor(0xb3, 0x26, 0x1e),
        good: RGBColor(0x1d, 0x7a, 0x4f),
        danger: RGBColor(0xa3, 0x19, 0x5b),
    };

    /// Light on dark.
    pub const DARK: Theme = Theme {
        paper: RGBColor(0x14, 0x15, 0x17),
        card: RGBColor(0x1c, 0x1e, 0x21),
        ink: RGBColor(0xf0, 0xef, 0xe9),
        muted: RGBColor(0xa3, 0xa3, 0x9c),
        line: RGBColor(0x33, 0x36, 0x3b),
        majority: RGBColor(0x5a, 0x97, 0xde),
        minority: RGBColor(0xf0, 0x8a, 0x3c),
        majority_text: RGBColor(0x7c, 0xae, 0xe4),
        minority_text: RGBColor(0xf0, 0x93, 0x4a),
        bad: RGBColor(0xff, 0x8a, 0x80),
        good: RGBColor(0x5a, 0xc4, 0x8d),
        danger: RGBColor(0xff, 0x7a, 0xb8),
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
    fn the_page_and_its_figures_have_the_same_colours() {
        let style = include_str!("../../style/base.css");
        let (light, dark) = style.split_once(":root[data-theme=\"dark\"]").expect("two sets of colours");
        for (theme, style) in [(Theme::LIGHT, light), (Theme::DARK, dark)] {
            let colours = [
                ("paper", theme.paper),
                ("card", theme.card),
                ("ink", theme.ink),
                ("muted", theme.muted),
                ("line", theme.line),
                ("major", theme.majority),
                ("minor", theme.minority),
                ("major-text", theme.majority_text),
                ("minor-text", theme.minority_text),
                ("bad", theme.bad),
                ("good", theme.good),
                ("danger", theme.danger),
            ];
            for (name, RGBColor(r, g, b)) in colours {
                let (_, rest) = style.split_once(&format!("--{name}: #")).expect(name);
                let digits = rest.split(';').next().unwrap_or_default();
                let short = [r, g, b].map(|part| format!("{:x}", part & 15)).concat();
                let long = format!("{r:02x}{g:02x}{b:02x}");
                let repeats = [r, g, b].iter().all(|part| part >> 4 == part & 15);
                assert!(digits == long || (repeats && digits == short), "--{name} is #{digits}, not #{long}");
            }
        }
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
