//! Metrics: the confusion matrix, the one sweep over thresholds, and everything read from them.
//!
//! Names and conventions are scikit-learn's and imbalanced-learn's. A score that is not defined (precision when nothing
//! is called positive) is a [`Score`] that says so and why, and still carries the number that scikit-learn would print.
//!
//! ```
//! use imbalance_lab::metrics::Sweep;
//!
//! let sweep = Sweep::new(&[0, 0, 1, 1], &[0.1, 0.4, 0.35, 0.8], None);
//! let confusion = sweep.confusion_at(0.35);
//! assert_eq!((confusion.tp, confusion.fp, confusion.fn_, confusion.tn), (2.0, 1.0, 0.0, 1.0));
//! assert_eq!(sweep.roc_auc_score().value, 0.75);
//! assert!(sweep.confusion_at(0.9).precision_score().undefined.is_some());
//! ```

mod areas;
mod bootstrap;
mod confusion;
mod curves;
mod losses;
mod mcnemar;
mod multiclass;
mod report;
mod score;
mod sweep;
mod table;

pub use bootstrap::{Bootstrap, Resampling};
pub use confusion::ConfusionMatrix;
pub use curves::{Curve, det_curve, precision_recall_curve, roc_curve};
pub use losses::{brier_score_loss, log_loss, log_loss_of_seen_labels};
pub use mcnemar::{McNemar, mcnemar};
pub use multiclass::{Average, ConfusionTable};
pub use report::{ClassReport, ImbalancedReport};
pub use score::{MetricError, Score, Undefined};
pub use sweep::Sweep;
pub use table::{ALL, Better, Metric, Scored, metric};
