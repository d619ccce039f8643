//! A made-up report for the tests of the figures: asymmetric, deterministic, nothing computed by other rooms.

use crate::dataset::Dataset;
use crate::experiment::{Layers, Report, View};
use crate::metrics::Sweep;
use crate::model::Model;
use crate::resample::Chain;

/// Scores of `n` rows, of which every `n / n_pos`-th is a minority row that scores higher on average.
fn scored(n: usize, n_pos: usize) -> (Vec<u8>, Vec<f64>) {
    let mut state = 20_261_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24)
    };
    let every = n.checked_div(n_pos).unwrap_or(usize::MAX).max(1);
    let y: Vec<u8> = (0..n).map(|i| u8::from(i % every == 0 && i / every < n_pos)).collect();
    let scores = y.iter().map(|&class| if class == 1 { next().powf(0.6) } else { next().powi(3) }).collect();
    (y, scores)
}

/// The sweep of labels and scores (finite ones), counted row by row.
pub fn sweep_of(y: &[u8], scores: &[f64]) -> Sweep {
    let mut thresholds: Vec<f64> = scores.to_vec();
    thresholds.sort_by(|a, b| b.total_cmp(a));
    thresholds.dedup();
    let count = |class: u8, t: f64| y.iter().zip(scores).filter(|&(&c, &s)| c == class && s >= t).count() as f64;
    Sweep {
        tps: thresholds.iter().map(|&t| count(1, t)).collect(),
        fps: thresholds.iter().map(|&t| count(0, t)).collect(),
        n_pos: y.iter().filter(|&&c| c == 1).count() as f64,
        n_neg: y.iter().filter(|&&c| c == 0).count() as f64,
        thresholds,
    }
}

/// A sweep over `n` rows with `n_pos` of the minority.
pub fn sweep(n: usize, n_pos: usize) -> Sweep {
    let (y, scores) = scored(n, n_pos);
    sweep_of(&y, &scores)
}

/// A report whose test rows are all rows.
pub fn report_of(y: Vec<u8>, scores: Vec<f64>) -> Report {
    let all: Vec<u32> = (0..y.len() as u32).collect();
    let sweep = sweep_of(&y, &scores);
    Report {
        data: Dataset { x: vec![[0.0, 0.0]; y.len()], y },
        drawn: 0,
        columns: ["x".into(), "y".into()],
        classes: ["majority".into(), "minority".into()],
        train: all.clone(),
        test: all,
        scaler: None,
        chain: Chain::default(),
        model: Model::MajorityDummy { probability: 0.0 },
        scores,
        sweep,
        brier_score_loss: 0.1,
        log_loss: 0.4,
        hardness: None,
        relative_contrast: None,
        diagnosis: Some(Vec::new()),
        population: None,
        notes: Vec::new(),
    }
}

/// A report over `n` rows with `n_pos` of the minority.
pub fn report(n: usize, n_pos: usize) -> Report {
    let (y, scores) = scored(n, n_pos);
    report_of(y, scores)
}

/// A view at `threshold`.
pub fn view(threshold: f64) -> View {
    let layers = Layers { train: true, test: true, synthetic: true, removed: true, surface: true, bayes: true };
    View { threshold, step: None, layers, region: None }
}
