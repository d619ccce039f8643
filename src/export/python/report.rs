//! The last part of every script: what it prints. It is the same for all of them.

/// What [`CODE`] needs.
pub(super) const IMPORTS: [(&str, &str); 16] = [
    ("imblearn.metrics", "geometric_mean_score"),
    ("sklearn.metrics", "accuracy_score"),
    ("sklearn.metrics", "auc"),
    ("sklearn.metrics", "average_precision_score"),
    ("sklearn.metrics", "balanced_accuracy_score"),
    ("sklearn.metrics", "brier_score_loss"),
    ("sklearn.metrics", "cohen_kappa_score"),
    ("sklearn.metrics", "confusion_matrix"),
    ("sklearn.metrics", "f1_score"),
    ("sklearn.metrics", "fbeta_score"),
    ("sklearn.metrics", "log_loss"),
    ("sklearn.metrics", "matthews_corrcoef"),
    ("sklearn.metrics", "precision_recall_curve"),
    ("sklearn.metrics", "precision_score"),
    ("sklearn.metrics", "recall_score"),
    ("sklearn.metrics", "roc_auc_score"),
];

/// The lines.
pub(super) const CODE: &str = include_str!("report.py");
