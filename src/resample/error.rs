//! What can be wrong with a resampling stage, in the words of the lab; imbalanced-learn's are in `library_message.rs`.

use std::fmt;

use super::limits::{NEIGHBORS_AT_MOST, NUMBERS_AT_MOST, ROWS_AT_MOST};
use super::mixup::REMIX_RATIO;
use super::only_types::class_word;
use super::{Parameter, Restriction, SamplingKind, SamplingStrategy};
use crate::base::Class;
use crate::base::neighbors::NeighborsError;

/// A stage that cannot be run.
#[derive(Clone, Debug, PartialEq)]
pub struct ResampleError {
    /// Index of the stage in its chain.
    pub stage: usize,
    /// Stages of that chain.
    pub n_stages: usize,
    /// Name of the sampler.
    pub sampler: &'static str,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a stage.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// There is no row.
    Empty,
    /// A coordinate is infinite or not a number.
    NotFinite {
        /// The first such row.
        row: usize,
        /// Whether it is not a number.
        is_nan: bool,
    },
    /// Fewer than two classes.
    OneClass {
        /// How many there are.
        n_classes: usize,
    },
    /// A number of neighbours below 1.
    NoNeighbors {
        /// The parameter.
        parameter: &'static str,
    },
    /// A parameter below what it may be.
    Parameter {
        /// The parameter.
        parameter: &'static str,
        /// What it is.
        value: String,
        /// What it has to be at least.
        min: f64,
    },
    /// Rows that belong to two classes at once, before a sampler that needs one.
    SoftLabels,
    /// Something that the algorithm finds while it works; both texts are whole sentences.
    Algorithm {
        /// What is wrong and what to change.
        message: String,
        /// imbalanced-learn's wording.
        library: String,
        /// imbalanced-learn's exception class.
        library_type: &'static str,
    },
    /// A strategy that this kind of sampler does not take.
    Strategy {
        /// The strategy.
        strategy: SamplingStrategy,
        /// The kind of sampler.
        kind: SamplingKind,
    },
    /// A ratio where there are more than two classes.
    RatioOfManyClasses {
        /// How many there are.
        n_classes: usize,
    },
    /// A ratio for a sampler that cleans.
    RatioWhenCleaning,
    /// Over-sampling to a ratio that the data has already.
    RatioAlreadyReached {
        /// Asked for.
        ratio: f64,
        /// Rows of the minority.
        minority: usize,
        /// Rows of the majority.
        majority: usize,
    },
    /// Under-sampling to a ratio lower than the present one.
    RatioBelowPresent {
        /// Asked for.
        ratio: f64,
        /// Rows of the minority.
        minority: usize,
        /// Rows of the majority.
        majority: usize,
    },
    /// Over-sampling a class to fewer rows than it has.
    CountBelowPresent {
        /// The class.
        class: Class,
        /// Rows asked for.
        asked: usize,
        /// Rows it has.
        present: usize,
    },
    /// Under-sampling a class to more rows than it has.
    CountAbovePresent {
        /// The class.
        class: Class,
        /// Rows asked for.
        asked: usize,
        /// Rows it has.
        present: usize,
    },
    /// A negative number of rows.
    CountNegative {
        /// The class.
        class: Class,
        /// Rows asked for.
        asked: i64,
    },
    /// Classes that do not occur.
    ClassNotPresent {
        /// Those classes.
        missing: Vec<Class>,
    },
    /// More rows than a chain may come to.
    TooManyRows {
        /// So many there would be: training rows and everything made since, taken away again or not.
        asked: usize,
    },
    /// More numbers than a chain may hold.
    TooManyNumbers {
        /// Rows there would be, counted as for `TooManyRows`.
        rows: usize,
        /// Columns of each, hidden ones included.
        columns: usize,
    },
    /// More neighbours than a chain may remember, or look at in one search.
    TooManyNeighbors {
        /// What their number is called.
        parameter: &'static str,
        /// Neighbours asked for, of each row.
        neighbors: usize,
        /// Rows whose neighbours are asked for.
        rows: usize,
        /// Neighbours that the chain remembers already.
        remembered: usize,
    },
    /// Not enough rows for the number of neighbours.
    TooFewRows {
        /// The parameter that asks for them.
        parameter: &'static str,
        /// Neighbours asked for, the row itself not counted.
        neighbors: usize,
        /// Whether a row is among those searched for its neighbours, so that one row more is needed.
        itself: bool,
        /// Rows to choose from, the row itself included.
        rows: usize,
        /// Rows asked about.
        queries: usize,
        /// The class they have to be of; `None`: any.
        class: Option<Class>,
    },
    /// What a sampler found that sees only rows of some types.
    Restricted {
        /// What was left to it.
        restriction: Restriction,
        /// What it found.
        fault: Box<Fault>,
    },
}

impl Fault {
    /// A search with `parameter` neighbours that failed, among rows of `class` (`None`: any) that are not those asked
    /// about.
    pub(super) fn neighbors(error: NeighborsError, parameter: &Parameter, class: Option<Class>) -> Self {
        match error {
            NeighborsError::NotFinite { row, is_nan } => Self::NotFinite { row, is_nan },
            NeighborsError::KOutOfRange { k, n_samples_fit, n_samples, .. } => Self::TooFewRows {
                parameter: parameter.name,
                neighbors: k,
                itself: false,
                rows: n_samples_fit,
                queries: n_samples,
                class,
            },
        }
    }

    /// The same where each row is found first among its own neighbours: `k` more are asked for.
    pub(super) fn neighbors_beside_itself(
        error: NeighborsError,
        (parameter, k): (&'static str, usize),
        class: Option<Class>,
    ) -> Self {
        match error {
            NeighborsError::NotFinite { row, is_nan } => Self::NotFinite { row, is_nan },
            NeighborsError::KOutOfRange { n_samples_fit: rows, n_samples: queries, .. } => {
                Self::TooFewRows { parameter, neighbors: k, itself: true, rows, queries, class }
            }
        }
    }
}

impl fmt::Display for ResampleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.n_stages > 1 {
            write!(f, "{} (sampler {} of {}): {}", self.sampler, self.stage + 1, self.n_stages, self.fault)
        } else {
            write!(f, "{}: {}", self.sampler, self.fault)
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Restricted { restriction, fault } => restriction.write_fault(fault, f),
            Self::Empty => write!(f, "there is no row to resample; add data"),
            Self::NotFinite { row, .. } => {
                write!(f, "row {row} has a coordinate that is not a finite number; remove or correct that row")
            }
            Self::OneClass { .. } => {
                write!(f, "the training rows are all of one class; add rows of the other class or lower the ratio")
            }
            Self::NoNeighbors { parameter } => write!(f, "{parameter} is 0; set it to at least 1"),
            Self::Strategy { strategy: SamplingStrategy::Ratio(ratio), .. } => {
                write!(f, "a target ratio of {ratio} is not possible; choose one above 0 and up to 1")
            }
            Self::Strategy { strategy, kind } => {
                let verb = match kind {
                    SamplingKind::Over => "adds rows",
                    SamplingKind::Under => "takes rows away",
                    SamplingKind::Clean => "cleans by a rule, not to a count",
                };
                write!(f, "the strategy {} does not fit a sampler that {verb}; use \"auto\"", strategy.python())
            }
            Self::Parameter { parameter, value, min } => {
                write!(f, "{parameter} = {value} is too small; give it at least {min}")
            }
            Self::Algorithm { message, .. } => f.write_str(message),
            Self::SoftLabels => write!(
                f,
                "mixed rows belong to two classes at once, and this sampler needs one per row; put it before Mixup \
                 (after it only where remix is on and the other class had {REMIX_RATIO} times the rows or more)"
            ),
            Self::RatioOfManyClasses { n_classes } => {
                write!(f, "a target ratio needs exactly two classes, there are {n_classes}; give counts per class")
            }
            Self::RatioWhenCleaning => {
                write!(f, "a sampler that cleans has no target ratio; name the classes to clean or use \"auto\"")
            }
            Self::RatioAlreadyReached { ratio, minority, majority } => write!(
                f,
                "{minority} minority rows to {majority} majority rows are already at or above the target ratio \
                 {ratio}; raise the ratio above {:.3}",
                *minority as f64 / *majority as f64
            ),
            Self::RatioBelowPresent { ratio, minority, majority } => write!(
                f,
                "{minority} minority rows to {majority} majority rows are already above the target ratio {ratio}, so \
                 that majority rows would have to be made; raise the ratio to at least {:.3}",
                *minority as f64 / *majority as f64
            ),
            Self::CountBelowPresent { class, asked, present } => {
                write!(f, "class {class} has {present} rows and cannot be over-sampled to {asked}; ask for more")
            }
            Self::CountAbovePresent { class, asked, present } => {
                write!(f, "class {class} has {present} rows and cannot be under-sampled to {asked}; ask for fewer")
            }
            Self::CountNegative { class, asked } => {
                write!(f, "class {class} cannot have {asked} rows; ask for 0 or more")
            }
            Self::ClassNotPresent { missing } => {
                write!(f, "no row is of class {}; name only classes that occur", list(missing))
            }
            Self::TooManyRows { asked } => write!(
                f,
                "there would be {asked} rows, with those that earlier samplers made, and the lab holds {ROWS_AT_MOST} \
                 at most; set a smaller count or ratio"
            ),
            Self::TooManyNumbers { rows, columns } => write!(
                f,
                "there would be {rows} rows of {columns} columns, hidden ones included, and the lab holds \
                 {NUMBERS_AT_MOST} numbers at most; set a smaller count or ratio, or fewer hidden columns"
            ),
            Self::TooManyNeighbors { parameter, neighbors, rows, remembered } => {
                write!(f, "{neighbors} neighbours ({parameter}) of each of {rows} rows are too many: the lab holds ")?;
                write!(f, "{NEIGHBORS_AT_MOST} at most")?;
                if *remembered > 0 {
                    write!(f, ", and {remembered} are taken by what was done before")?;
                }
                match NEIGHBORS_AT_MOST.saturating_sub(*remembered) / (*rows).max(1) {
                    0 => write!(f, "; use fewer rows or fewer samplers"),
                    most => write!(f, "; lower {parameter} to {most} or use fewer rows"),
                }
            }
            Self::TooFewRows { parameter, neighbors, itself, rows, class, .. } => {
                let what = class_word(*class);
                let itself = usize::from(*itself);
                let (needed, verb) = (neighbors.saturating_add(itself), if *rows == 1 { "is" } else { "are" });
                write!(
                    f,
                    "{neighbors} neighbours ({parameter}) need at least {needed} {what}rows, there {verb} {rows}; "
                )?;
                match rows.saturating_sub(itself) {
                    0 => write!(f, "no number of neighbours would do, use RandomOverSampler or add {what}rows"),
                    most => write!(f, "lower {parameter} to {most} or add {what}rows"),
                }
            }
        }
    }
}

pub(super) fn list(classes: &[Class]) -> String {
    classes.iter().map(Class::to_string).collect::<Vec<_>>().join(", ")
}

impl std::error::Error for ResampleError {}
