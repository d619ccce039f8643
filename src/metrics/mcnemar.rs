//! McNemar's test: do two classifiers err on different rows?

use crate::base::math::erfc;

/// The outcome of the test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct McNemar {
    /// The smaller of the two discordant counts (exact), or the chi-square statistic.
    pub statistic: f64,
    /// Probability of a difference at least as large if the two erred alike.
    pub pvalue: f64,
}

/// McNemar's test (1947) of a 2 x 2 table of two classifiers' rights and wrongs, of which only the discordant cells
/// count: `exact` by the binomial distribution, else by chi-square, with Edwards' continuity correction if wanted.
/// Without discordant rows the chi-square statistic is 0 / 0 or 1 / 0, as in statsmodels.
///
/// ```
/// use imbalance_lab::metrics::mcnemar;
///
/// assert_eq!(mcnemar([[40, 12], [5, 43]], true, true).statistic, 5.0);
/// ```
pub fn mcnemar(table: [[u32; 2]; 2], exact: bool, correction: bool) -> McNemar {
    let (n1, n2) = (f64::from(table[0][1]), f64::from(table[1][0]));
    if exact {
        let pvalue = (2.0 * fair_binomial_cdf(n1.min(n2), n1 + n2)).min(1.0);
        return McNemar { statistic: n1.min(n2), pvalue };
    }
    let difference = (n1 - n2).abs() - f64::from(correction);
    let statistic = difference * difference / (n1 + n2);
    // the upper tail of chi-square with one degree of freedom
    McNemar { statistic, pvalue: erfc((statistic / 2.0).sqrt()) }
}

/// P(X <= k) for n tosses of a fair coin, from the ratios of neighbouring terms to the central one, so that nothing
/// overflows.
fn fair_binomial_cdf(k: f64, n: f64) -> f64 {
    let centre = (n / 2.0).floor();
    let (mut below, mut all) = (0.0, 0.0);
    let mut add = |at: f64, term: f64| {
        all += term;
        if at <= k {
            below += term;
        }
    };
    let (mut at, mut term) = (centre, 1.0);
    while at >= 0.0 && term > 0.0 {
        add(at, term);
        term *= at / (n - at + 1.0);
        at -= 1.0;
    }
    (at, term) = (centre + 1.0, (n - centre) / (centre + 1.0));
    while at <= n && term > 0.0 {
        add(at, term);
        term *= (n - at) / (at + 1.0);
        at += 1.0;
    }
    below / all
}
