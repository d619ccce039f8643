//! What values a slider can take and how its positions map to them.

/// The values of a slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// Distance of neighbouring values; on a logarithmic scale 1 for whole numbers, 0 for any.
    pub step: f64,
    /// Whether equal ways on the slider are equal factors.
    pub log: bool,
}

/// Positions of a logarithmic slider: fine enough for a pixel, coarse enough for an arrow key to be felt.
const LOG_POSITIONS: f64 = 300.0;

impl Scale {
    /// Equal steps.
    pub const fn linear(min: f64, max: f64, step: f64) -> Scale {
        Scale { min, max, step, log: false }
    }

    /// Equal factors; values are rounded to two significant figures.
    pub const fn log(min: f64, max: f64, step: f64) -> Scale {
        Scale { min, max, step, log: true }
    }

    /// Ends and step of the slider's positions.
    pub fn positions(&self) -> (f64, f64, f64) {
        if self.log { (0.0, LOG_POSITIONS, 1.0) } else { (self.min, self.max, self.step) }
    }

    /// Where the slider stands for a value.
    pub fn position(&self, value: f64) -> f64 {
        let value = self.clamp(value);
        match self.log {
            true => LOG_POSITIONS * (value / self.min).ln() / (self.max / self.min).ln(),
            false => value,
        }
    }

    /// The position nearest to a share of the way from one end to the other (0 to 1).
    pub fn position_at(&self, share: f64) -> f64 {
        let (low, high, step) = self.positions();
        let exact = low + share * (high - low);
        if step > 0.0 { (low + ((exact - low) / step).round() * step).clamp(low, high) } else { exact }
    }

    /// The value at a position of the slider.
    pub fn value(&self, position: f64) -> f64 {
        if !self.log {
            return self.clamp(self.snap(position));
        }
        let value = self.min * (position / LOG_POSITIONS * (self.max / self.min).ln()).exp();
        // Two significant figures: 1 : 20 and 1 : 130, not 1 : 20.07.
        let unit = 10f64.powf(value.log10().floor() - 1.0);
        self.clamp(self.snap((value / unit).round() * unit))
    }

    /// The nearest value inside the scale.
    pub fn clamp(&self, value: f64) -> f64 {
        value.clamp(self.min, self.max)
    }

    /// Decimals that tell neighbouring values apart.
    pub fn decimals(&self) -> usize {
        let step = if self.step > 0.0 { self.step } else { self.min.min(0.1) };
        (0..6).find(|&d| step * 10f64.powi(d) >= 0.999).unwrap_or(6) as usize
    }

    fn snap(&self, value: f64) -> f64 {
        if self.step <= 0.0 {
            return round_to(value, 6);
        }
        round_to((value / self.step).round() * self.step, 6)
    }
}

/// Takes the dust of binary fractions off: 0.30000000000000004 becomes 0.3, so that links stay short.
fn round_to(value: f64, decimals: i32) -> f64 {
    let unit = 10f64.powi(decimals);
    (value * unit).round() / unit
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATIO: Scale = Scale::log(1.0, 1000.0, 0.0);

    #[test]
    fn a_logarithmic_slider_reaches_both_ends() {
        assert_eq!(RATIO.value(0.0), 1.0);
        assert_eq!(RATIO.value(LOG_POSITIONS), 1000.0);
        assert_eq!(RATIO.position(1000.0), LOG_POSITIONS);
    }

    #[test]
    fn logarithmic_values_have_two_significant_figures() {
        for position in 0..=300 {
            let value = RATIO.value(f64::from(position));
            let unit = 10f64.powf(value.log10().floor() - 1.0);
            assert!(((value / unit).round() * unit - value).abs() < 1e-9, "{value}");
        }
    }

    #[test]
    fn linear_values_carry_no_dust() {
        let dial = Scale::linear(0.0, 1.0, 0.01);
        assert_eq!(dial.value(0.1 + 0.2), 0.3);
        assert_eq!(dial.decimals(), 2);
    }

    #[test]
    fn a_share_of_the_way_is_a_position_on_the_grid() {
        assert_eq!(RATIO.position_at(0.0), 0.0);
        assert_eq!(RATIO.position_at(0.501), 150.0);
        assert_eq!(RATIO.position_at(1.0), LOG_POSITIONS);
        let odd = Scale::linear(1.0, 15.0, 2.0);
        assert_eq!([0.0, 0.07, 0.08, 0.5, 1.0].map(|share| odd.position_at(share)), [1.0, 1.0, 3.0, 9.0, 15.0]);
        assert_eq!(Scale::linear(0.0, 1.0, 0.0).position_at(0.123), 0.123);
    }

    #[test]
    fn positions_and_values_are_inverse_up_to_rounding() {
        for value in [1.0, 2.5, 20.0, 99.0, 130.0, 1000.0] {
            assert!((RATIO.value(RATIO.position(value)) / value - 1.0).abs() < 0.05);
        }
    }
}
