//! Every method of the lab. A new one is a file and a line in this list.

use super::bench::{Bench, Job};
use super::method::{Algorithm, Method, PythonCall, Words};
use super::play::{Moment, Tally, Told};
use super::{Fault, Sampler};

/// One list, several questions: which methods there are, and for each what people read about it and how it resamples,
/// tells, gives its reasons, sums up and is written in Python. The questions are apart so that a program carries only what it asks.
macro_rules! methods {
    ($($algorithm:path,)*) => {
        /// Every method, in the order of the picker.
        pub static METHODS: &[Method] = &[$(<$algorithm as Algorithm>::METHOD,)*];

        /// What people read about each, in the same order.
        static WORDS: &[Words] = &[$(<$algorithm as Algorithm>::WORDS,)*];

        /// Resamples the rows on the bench.
        // Kept out of its caller: the site loads the samplers when one of them is called (cargo xtask dist).
        #[inline(never)]
        pub(super) fn fit_resample(sampler: &Sampler, bench: &mut Bench, job: &Job) -> Result<(), Fault> {
            $(if sampler.method().link == <$algorithm as Algorithm>::METHOD.link {
                return <$algorithm as Algorithm>::fit_resample(bench, job);
            })*
            Ok(())
        }

        /// What to say about one step.
        pub(super) fn tell(sampler: &Sampler, moment: &Moment) -> Told {
            $(if sampler.method().link == <$algorithm as Algorithm>::METHOD.link {
                return <$algorithm as Algorithm>::tell(moment);
            })*
            Told::default()
        }

        /// Why a row is dropped or removed.
        pub(super) fn why_dropped(sampler: &Sampler, moment: &Moment) -> String {
            $(if sampler.method().link == <$algorithm as Algorithm>::METHOD.link {
                return <$algorithm as Algorithm>::why_dropped(moment);
            })*
            String::new()
        }

        /// What a stage did.
        pub(super) fn summary(sampler: &Sampler, tally: &Tally) -> String {
            $(if sampler.method().link == <$algorithm as Algorithm>::METHOD.link {
                return <$algorithm as Algorithm>::summary(tally);
            })*
            String::new()
        }

        /// What a stage does, and what to watch out for.
        pub(super) fn explain(sampler: &Sampler, tally: &Tally) -> (String, String) {
            $(if sampler.method().link == <$algorithm as Algorithm>::METHOD.link {
                return <$algorithm as Algorithm>::explain(tally);
            })*
            Default::default()
        }

        /// The sampler in a Python script.
        pub fn python(sampler: &Sampler, seed: &str) -> PythonCall {
            $(if sampler.method().link == <$algorithm as Algorithm>::METHOD.link {
                return <$algorithm as Algorithm>::python(sampler, seed);
            })*
            PythonCall::default()
        }
    };
}

impl Method {
    /// What people read about it.
    pub fn words(&self) -> &'static Words {
        // Every method comes from the list; the first stands for one that does not.
        let at = METHODS.iter().position(|method| method == self).unwrap_or_default();
        &WORDS[at]
    }
}

methods! {
    super::random_over_sampler::RandomOverSampler,
    super::smote::Smote,
    super::borderline_smote::BorderlineSmote,
    super::svm_smote::SvmSmote,
    super::adasyn::Adasyn,
    super::k_means_smote::KMeansSmote,
    super::random_under_sampler::RandomUnderSampler,
    super::tomek_links::TomekLinks,
    super::edited_nearest_neighbours::EditedNearestNeighbours,
    super::repeated_edited_nearest_neighbours::RepeatedEditedNearestNeighbours,
    super::all_knn::AllKnn,
    super::near_miss::NearMiss,
    super::condensed_nearest_neighbour::CondensedNearestNeighbour,
    super::one_sided_selection::OneSidedSelection,
    super::neighbourhood_cleaning_rule::NeighbourhoodCleaningRule,
    super::instance_hardness_threshold::InstanceHardnessThreshold,
    super::cluster_centroids::ClusterCentroids,
    super::smote_tomek::SmoteTomek,
    super::smote_enn::SmoteEnn,
    super::island_smote::IslandSmote,
    super::gaussian_mixture_sampler::GaussianMixtureSampler,
    super::mixup::Mixup,
}
