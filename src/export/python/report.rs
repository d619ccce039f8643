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

const CODE: &str = include_str!("report.py");

/// What some of the further values are computed from.
const SPACE: &str = include_str!("space.py");

/// One more value that a script prints.
pub(super) struct Extra {
    /// Its name in the script and in the JSON object.
    pub(super) name: &'static str,
    /// The lines that define it.
    pub(super) code: &'static str,
    /// Whether they look at the training rows as the samplers see them.
    pub(super) in_space: bool,
}

/// How little distances tell apart where there are hidden columns.
pub(super) const RELATIVE_CONTRAST: Extra =
    Extra { name: "relative_contrast", code: include_str!("relative_contrast.py"), in_space: true };

/// How hard the training rows are.
pub(super) const HARDNESS: Extra = Extra { name: "hardness", code: include_str!("hardness.py"), in_space: true };

/// How the model does in a part of the plane.
pub(super) const REGION: Extra = Extra { name: "region", code: include_str!("region.py"), in_space: false };

/// What labels between 0 and 1 count as.
const SOFT_LABELS: &str = include_str!("soft_labels.py");

/// The lines, with further values, each with a line of its own before it; `soft` where labels may lie between 0 and 1.
pub(super) fn code(extras: &[(Extra, String)], soft: bool) -> String {
    let mut out = CODE.to_owned();
    if soft {
        out = out.replacen("\n\n\ndef count", &format!("\n{SOFT_LABELS}\n\ndef count"), 1);
        let y = "\"y\": y_resampled.tolist()";
        out = out.replacen(&format!("{{\"x\": X_resampled[:, :2].tolist(), {y}}}"), &format!("{{\n            \"x\": X_resampled[:, :2].tolist(),\n            {y},\n            \"soft_label\": soft_labels.tolist(),\n        }}"), 1);
    }
    if extras.iter().any(|(extra, _)| extra.in_space) {
        out = out.replacen("\nif \"--json\"", &format!("\n{SPACE}\nif \"--json\""), 1);
    }
    for (Extra { name, code, .. }, before) in extras {
        out = out.replacen("\nif \"--json\"", &format!("\n{before}{}\n\nif \"--json\"", code.trim_end()), 1);
        out = out.replacen("    }\n    print(json", &format!("        \"{name}\": {name},\n    }}\n    print(json"), 1);
        out.push_str(&format!("    print(\"  {name}\", {name})\n"));
    }
    out
}
