//! The catalogue of sources: how each is called in links, what its dials mean and where they start.
//!
//! Page, link, command line and Python export all ask this one table; no other place lists the sources.
//!
//! ```
//! use imbalance_lab::dataset::{DataSpec, Source};
//! let moons = Source::from_id("make_moons").unwrap();
//! assert_eq!(moons.info().spread.unwrap().label, "Noise");
//! assert_eq!(DataSpec::default_for(moons).n_samples, 2000);
//! ```

use super::{DataSpec, Edits, Source};

/// One dial of a source: how far apart, how wide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dial {
    /// Words on screen.
    pub label: &'static str,
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// A sensible step of a slider.
    pub step: f64,
    /// Where it starts.
    pub default: f64,
}

/// Where a source comes from; the page groups its list by this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A generator of scikit-learn.
    ScikitLearn,
    /// The general Gaussian-mixture generator.
    Mixture,
    /// Measured data.
    Real,
    /// The learner's own table or drawing.
    Own,
}

/// What there is to know about a source without making any data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SourceInfo {
    /// The source.
    pub source: Source,
    /// Its name in links.
    pub id: &'static str,
    /// Its name on screen.
    pub title: &'static str,
    /// What it is good for, in one line.
    pub story: &'static str,
    /// Where it comes from.
    pub origin: Origin,
    /// [`DataSpec::distance`], if the source has that dial.
    pub distance: Option<Dial>,
    /// [`DataSpec::spread`], if the source has that dial.
    pub spread: Option<Dial>,
    /// [`DataSpec::factor`], if the source has that dial.
    pub factor: Option<Dial>,
    /// Whether [`DataSpec::clusters`] is read.
    pub has_clusters: bool,
}

impl SourceInfo {
    /// Whether [`DataSpec::n_samples`] is read.
    pub fn has_size(&self) -> bool {
        matches!(self.origin, Origin::ScikitLearn | Origin::Mixture)
    }

    /// Whether [`DataSpec::imbalance_ratio`] is read.
    pub fn has_ratio(&self) -> bool {
        self.origin != Origin::Own
    }

    /// Whether [`DataSpec::label_noise`] and [`DataSpec::outliers`] are read: generated rows only, since measured
    /// rows stay as they were measured.
    pub fn has_noise(&self) -> bool {
        self.has_size()
    }

    /// Whether [`DataSpec::units`] is read.
    pub fn has_units(&self) -> bool {
        self.origin != Origin::Own
    }

    /// Whether [`DataSpec::features`] is read.
    pub fn has_features(&self) -> bool {
        self.origin == Origin::Real
    }
}

impl Source {
    /// Every source, in the order of the page's list.
    pub const ALL: [Source; 20] = [
        Source::Blobs,
        Source::Noise,
        Source::IslandsFar,
        Source::Islands,
        Source::Ring,
        Source::Moons,
        Source::Core,
        Source::Hetero,
        Source::TwoDetectors,
        Source::Flipped,
        Source::Outlying,
        Source::Inlying,
        Source::Xor,
        Source::Spirals,
        Source::MakeMoons,
        Source::MakeCircles,
        Source::MakeBlobs,
        Source::MakeClassification,
        Source::BreastCancer,
        Source::Table,
    ];

    /// The source's row of the catalogue.
    pub const fn info(self) -> SourceInfo {
        const SHIFT: Option<Dial> = dial("Distance", 0.0, 3.0, 0.05, 1.0);
        match self {
            Source::Blobs => self.mixture(
                "blobs",
                "Two blobs",
                "Two round clouds; logistic regression is exactly the right model.",
                dial("Distance", 0.0, 6.0, 0.1, 1.5),
            ),
            Source::Noise => self.mixture(
                "noise",
                "Pure noise",
                "Both classes come from the same cloud: there is nothing to learn.",
                None,
            ),
            Source::IslandsFar => self.mixture(
                "islands-far",
                "Far islands",
                "Two tight minority islands far apart: SMOTE builds a bridge right through the majority.",
                SHIFT,
            ),
            Source::Islands => self.mixture(
                "islands",
                "Islands",
                "Two minority islands on the majority's flanks: a job for trees and curved boundaries.",
                SHIFT,
            ),
            Source::Ring => {
                self.mixture("ring", "Ring", "The minority surrounds the majority: no straight line can help.", SHIFT)
            }
            Source::Moons => {
                self.mixture("moons", "Gaussian moons", "Two interleaved arcs, well separated by a curve.", SHIFT)
            }
            Source::Core => self.mixture(
                "core",
                "Core",
                "A tight minority core inside a wide majority: a straight line is hopeless.",
                SHIFT,
            ),
            Source::Hetero => self.mixture(
                "hetero",
                "Two unlike groups",
                "Two minority groups of different shape: the linear model is mis-specified.",
                SHIFT,
            ),
            Source::TwoDetectors => self.mixture(
                "two-detectors",
                "Two detectors",
                "One axis finds some of the minority surely, the other finds most of it roughly: ROC and PR disagree.",
                SHIFT,
            ),
            Source::Flipped => self.mixture(
                "flipped",
                "Wrong labels",
                "A tenth of the minority labels are wrong, deep inside the majority: watch SMOTE multiply them.",
                dial("Distance", 0.0, 6.0, 0.1, 4.0),
            ),
            Source::Outlying => self.mixture(
                "outlying",
                "Outlying minority",
                "The minority lies outside, in the corners: detecting anomalies works.",
                SHIFT,
            ),
            Source::Inlying => self.mixture(
                "inlying",
                "Inlying minority",
                "The minority hides in a dense region: detecting anomalies fails.",
                SHIFT,
            ),
            Source::Xor => self.mixture(
                "xor",
                "XOR",
                "Four clouds in a square, opposite corners alike: either axis alone says nothing.",
                SHIFT,
            ),
            Source::Spirals => self.mixture(
                "spirals",
                "Two spirals",
                "Two spiral arms wound into each other: as curved as a boundary gets.",
                dial("Distance", 0.5, 3.0, 0.05, 1.0),
            ),
            Source::MakeMoons => SourceInfo {
                spread: dial("Noise", 0.0, 1.0, 0.01, 0.25),
                ..self.row(
                    Origin::ScikitLearn,
                    "make_moons",
                    "Two moons",
                    "Two interleaving half circles, the classic of curved boundaries.",
                )
            },
            Source::MakeCircles => SourceInfo {
                spread: dial("Noise", 0.0, 1.0, 0.01, 0.15),
                factor: dial("Factor", 0.0, 0.99, 0.01, 0.5),
                ..self.row(
                    Origin::ScikitLearn,
                    "make_circles",
                    "Two circles",
                    "The minority is the inner of two circles.",
                )
            },
            Source::MakeBlobs => SourceInfo {
                distance: dial("Distance", 0.0, 10.0, 0.1, 2.0),
                spread: dial("Standard deviation", 0.05, 5.0, 0.05, 1.0),
                ..self.row(
                    Origin::ScikitLearn,
                    "make_blobs",
                    "scikit-learn blobs",
                    "Two round clouds as scikit-learn draws them.",
                )
            },
            Source::MakeClassification => SourceInfo {
                distance: dial("Class separation", 0.05, 5.0, 0.05, 1.0),
                has_clusters: true,
                ..self.row(
                    Origin::ScikitLearn,
                    "make_classification",
                    "Slanted clusters",
                    "Clusters of random slant on the corners of a square; another seed is another problem.",
                )
            },
            Source::BreastCancer => SourceInfo {
                origin: Origin::Real,
                ..self.row(
                    Origin::ScikitLearn,
                    "breast-cancer",
                    "Breast cancer",
                    "Real cell nuclei, benign or malignant: 569 patients of Wisconsin.",
                )
            },
            Source::Table => SourceInfo {
                origin: Origin::Own,
                ..self.row(
                    Origin::ScikitLearn,
                    "table",
                    "Your own data",
                    "A pasted or uploaded table, or an empty sheet to draw on.",
                )
            },
        }
    }

    /// The source called `id` in links.
    pub fn from_id(id: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.info().id == id)
    }

    const fn row(self, origin: Origin, id: &'static str, title: &'static str, story: &'static str) -> SourceInfo {
        SourceInfo {
            source: self,
            id,
            title,
            story,
            origin,
            distance: None,
            spread: None,
            factor: None,
            has_clusters: false,
        }
    }

    const fn mixture(
        self,
        id: &'static str,
        title: &'static str,
        story: &'static str,
        distance: Option<Dial>,
    ) -> SourceInfo {
        let spread = dial("Spread", 0.2, 3.0, 0.05, 1.0);
        SourceInfo { distance, spread, ..self.row(Origin::Mixture, id, title, story) }
    }
}

impl DataSpec {
    /// The source as the page first shows it: two thousand rows, one in twenty-one of the minority, nothing drawn.
    pub fn default_for(source: Source) -> DataSpec {
        DataSpec {
            source,
            n_samples: 2000,
            imbalance_ratio: 20.0,
            distance: None,
            spread: None,
            label_noise: 0.0,
            outliers: 0.0,
            hidden: 0,
            units: 1.0,
            factor: match source.info().factor {
                Some(dial) => dial.default,
                None => 0.5,
            },
            clusters: 1,
            features: [0, 1],
            table: None,
            edits: Edits::default(),
            seed: None,
        }
    }
}

impl Default for DataSpec {
    /// The page's first example: two overlapping clouds, where accuracy looks fine and the minority is missed.
    fn default() -> DataSpec {
        DataSpec::default_for(Source::Blobs)
    }
}

const fn dial(label: &'static str, min: f64, max: f64, step: f64, default: f64) -> Option<Dial> {
    Some(Dial { label, min, max, step, default })
}
