//! imbalanced-learn's `classification_report_imbalanced`.

use std::fmt;

use super::ConfusionTable;
use crate::base::Class;

/// Share of the dominance in the index balanced accuracy, imbalanced-learn's default.
const ALPHA: f64 = 0.1;

/// The seven numbers of a class (or their averages).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassReport {
    /// Precision.
    pub pre: f64,
    /// Recall.
    pub rec: f64,
    /// Specificity.
    pub spe: f64,
    /// F1.
    pub f1: f64,
    /// Geometric mean of recall and specificity.
    pub geo: f64,
    /// Index balanced accuracy of the geometric mean.
    pub iba: f64,
    /// True rows.
    pub sup: f64,
}

/// One line per class and their mean weighted by support. `Display` is imbalanced-learn's text; the precision of the
/// format is its `digits` (`{:.4}`), 2 unless told.
#[derive(Clone, Debug, PartialEq)]
pub struct ImbalancedReport {
    /// Per label, ascending.
    pub classes: Vec<(Class, ClassReport)>,
    /// Weighted by support, with the total support.
    pub average: ClassReport,
}

impl ImbalancedReport {
    /// Undefined scores count 0.
    pub fn new(y_true: &[Class], y_pred: &[Class]) -> Self {
        let table = ConfusionTable::new(y_true, y_pred);
        let classes: Vec<(Class, ClassReport)> = table
            .labels
            .iter()
            .zip(table.one_vs_rest())
            .map(|(&label, matrix)| {
                let (rec, spe) = (matrix.recall_score().value, matrix.specificity_score().value);
                let geo = (rec * spe).sqrt();
                let iba = (1.0 + ALPHA * (rec - spe)) * geo * geo;
                let (pre, f1) = (matrix.precision_score().value, matrix.f1_score().value);
                (label, ClassReport { pre, rec, spe, f1, geo, iba, sup: matrix.tp + matrix.fn_ })
            })
            .collect();
        let sup: f64 = classes.iter().map(|(_, c)| c.sup).sum();
        let mean = |of: fn(&ClassReport) -> f64| classes.iter().map(|(_, c)| of(c) * c.sup).sum::<f64>() / sup;
        let average = ClassReport {
            pre: mean(|c| c.pre),
            rec: mean(|c| c.rec),
            spe: mean(|c| c.spe),
            f1: mean(|c| c.f1),
            geo: mean(|c| c.geo),
            iba: mean(|c| c.iba),
            sup,
        };
        Self { classes, average }
    }
}

impl ClassReport {
    /// Names and numbers in imbalanced-learn's order, without the support.
    pub fn scores(&self) -> [(&'static str, f64); 6] {
        [("pre", self.pre), ("rec", self.rec), ("spe", self.spe), ("f1", self.f1), ("geo", self.geo), ("iba", self.iba)]
    }
}

impl fmt::Display for ImbalancedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const AVERAGE: &str = "avg / total";
        let digits = f.precision().unwrap_or(2);
        let width = AVERAGE.len().max(digits);
        // scikit-learn counts in floating point when not a single row is right, and the text shows it
        let nothing_right = self.average.rec == 0.0;
        let support = |rows: f64| if nothing_right { format!("{rows:.1}") } else { rows.to_string() };
        let line = |f: &mut fmt::Formatter<'_>, name: &str, report: &ClassReport| {
            write!(f, "{name:>width$} ")?;
            for (_, score) in report.scores() {
                write!(f, " {score:>9.digits$}")?;
            }
            writeln!(f, " {:>9}", support(report.sup))
        };
        write!(f, "{:>width$} ", "")?;
        for (name, _) in self.average.scores() {
            write!(f, " {name:>9}")?;
        }
        writeln!(f, " {:>9}\n", "sup")?;
        for (label, report) in &self.classes {
            line(f, &label.to_string(), report)?;
        }
        writeln!(f)?;
        line(f, AVERAGE, &self.average)
    }
}
