//! What is wrong with a resampling stage, in imbalanced-learn's words.

use super::error::list;
use super::{Fault, ResampleError, SamplingKind};

impl ResampleError {
    /// imbalanced-learn's exception class.
    pub fn library_type(&self) -> &'static str {
        self.fault.library_type()
    }

    /// imbalanced-learn's wording.
    pub fn library_message(&self) -> String {
        self.fault.library_message(self.sampler)
    }
}

impl Fault {
    fn library_type(&self) -> &'static str {
        match self {
            Self::NoNeighbors { .. } | Self::Strategy { .. } | Self::Parameter { .. } => "InvalidParameterError",
            Self::Algorithm { library_type, .. } => library_type,
            Self::Restricted { fault, .. } => fault.library_type(),
            _ => "ValueError",
        }
    }

    fn library_message(&self, sampler: &str) -> String {
        match self {
            Self::Restricted { fault, .. } => fault.library_message(sampler),
            Self::Empty => "Found array with 0 sample(s) (shape=(0, 2)) while a minimum of 1 is required.".to_string(),
            Self::NotFinite { is_nan: true, .. } => "Input X contains NaN.".to_string(),
            Self::NotFinite { .. } => {
                "Input X contains infinity or a value too large for dtype('float64').".to_string()
            }
            Self::OneClass { n_classes } => {
                format!("The target 'y' needs to have more than 1 class. Got {n_classes} class instead")
            }
            Self::NoNeighbors { parameter } => format!(
                "The '{parameter}' parameter of {sampler} must be an int in the range [1, inf) or an object \
                 implementing 'kneighbors' and 'kneighbors_graph'. Got 0 instead."
            ),
            Self::Parameter { parameter, value, min } => format!(
                "The '{parameter}' parameter of {sampler} must be a float in the range [{min}, inf). Got {value} instead."
            ),
            Self::Algorithm { library, .. } => library.clone(),
            Self::SoftLabels => {
                "Unknown label type: continuous. Maybe you are trying to fit a classifier, which expects \
                                 discrete classes on a regression target with continuous values."
                    .to_string()
            }
            Self::Strategy { strategy, kind } => {
                let (names, collection) = match kind {
                    SamplingKind::Over => {
                        ("'auto', 'minority', 'all', 'not minority', 'not majority'", "'collections.abc.Mapping'")
                    }
                    SamplingKind::Under => {
                        ("'auto', 'majority', 'all', 'not minority', 'not majority'", "'collections.abc.Mapping'")
                    }
                    SamplingKind::Clean => ("'auto', 'majority', 'all', 'not minority', 'not majority'", "'list'"),
                };
                format!(
                    "The 'sampling_strategy' parameter of {sampler} must be a float in the range (0.0, 1.0], a str \
                     among {{{names}}}, an instance of {collection} or a callable. Got {} instead.",
                    strategy.python()
                )
            }
            Self::RatioOfManyClasses { .. } => "\"sampling_strategy\" can be a float only when the type of target is \
                                                binary. For multi-class, use a dict."
                .to_string(),
            Self::RatioWhenCleaning => {
                "'clean-sampling' methods do let the user specify the sampling ratio.".to_string()
            }
            Self::RatioAlreadyReached { .. } => "The specified ratio required to remove samples from the minority \
                                                 class while trying to generate new samples. Please increase the \
                                                 ratio."
                .to_string(),
            Self::RatioBelowPresent { .. } => "The specified ratio required to generate new sample in the majority \
                                               class while trying to remove samples. Please increase the ratio."
                .to_string(),
            Self::CountBelowPresent { asked, present, .. } => format!(
                "With over-sampling methods, the number of samples in a class should be greater or equal to the \
                 original number of samples. Originally, there is {present} samples and {asked} samples are asked."
            ),
            Self::CountAbovePresent { asked, present, .. } => format!(
                "With under-sampling methods, the number of samples in a class should be less or equal to the \
                 original number of samples. Originally, there is {present} samples and {asked} samples are asked."
            ),
            Self::CountNegative { class, asked } => format!(
                "The number of samples in a class cannot be negative.'sampling_strategy' contains some negative \
                 value: {{{class}: {asked}}}"
            ),
            Self::ClassNotPresent { missing } => {
                format!("The {{{}}} target class is/are not present in the data.", list(missing))
            }
            // The library goes on until there is no memory left.
            Self::TooManyRows { asked } => format!("Unable to allocate memory for an array with {asked} rows"),
            Self::TooManyNumbers { rows, columns } => {
                format!("Unable to allocate memory for an array with shape ({rows}, {columns})")
            }
            Self::TooManyNeighbors { neighbors, rows, .. } => {
                format!("Unable to allocate memory for an array with shape ({rows}, {neighbors})")
            }
            Self::TooFewRows { neighbors, itself, rows, queries, .. } => format!(
                "Expected n_neighbors <= n_samples_fit, but n_neighbors = {}, n_samples_fit = {rows}, n_samples = \
                 {queries}",
                neighbors.saturating_add(usize::from(*itself))
            ),
        }
    }
}
