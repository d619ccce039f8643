//! SMOTE: new minority rows on the segments between minority rows and their minority neighbours.
//!
//! A base row and one of its `k` nearest neighbours of the same class are drawn, then `gap` from `[0, 1)`; the new row
//! is `base + gap * (neighbor - base)`. It fills the space between minority rows, also where the majority lives.
//!
//! N. V. Chawla, K. W. Bowyer, L. O. Hall, W. P. Kegelmeyer, "SMOTE: synthetic minority over-sampling technique",
//! Journal of Artificial Intelligence Research 16, 2002.
//!
//! Every class starts again with the same seed, as imbalanced-learn does.

use super::interpolate::add_between;
use super::play::{Moment, Tally, Told};
use super::{Algorithm, Bench, Family, Fault, Job, K_NEIGHBORS, Method, Parity, SamplingKind, TableUse, Words};

pub(super) struct Smote;

impl Algorithm for Smote {
    const METHOD: Method = Method {
        name: "SMOTE",
        link: "smote",
        title: "SMOTE",
        family: Family::Over,
        kind: SamplingKind::Over,
        parameters: &[K_NEIGHBORS],
        random: true,
    };

    const WORDS: Words = Words {
        does: "New minority rows between minority neighbours.",
        used: "The usual first remedy when the minority forms connected regions.",
        paper: "N. V. Chawla, K. W. Bowyer, L. O. Hall, W. P. Kegelmeyer, SMOTE: synthetic minority over-sampling \
                technique, JAIR 16, 2002",
        also: "",
        parity: Parity::Same,
        phases: &[],
        pseudocode: &[
            "for each minority row i:",
            "    nn[i] = its k nearest minority rows",
            "repeat n times:",
            "    i, nn = a row and one of its neighbours, at random",
            "    gap = a number from 0 to 1, at random",
            "    add new = x[i] + gap * (x[nn] - x[i])",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let k = job.sampler.count(&K_NEIGHBORS);
        for &(class, n) in job.targets.iter().filter(|&&(_, n)| n > 0) {
            let bases = bench.positions_of(class);
            let table = bench.neighbors(TableUse::Interpolate, &bases, Some(&bases), (K_NEIGHBORS.name, k))?;
            add_between(bench, &bases, (&table, k), n, job.seed, None);
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        Told::new(5, moment.added_between(), moment.between_variables())
    }

    fn summary(tally: &Tally) -> String {
        match tally.added {
            0 => format!("{} added nothing: the classes had their counts already.", tally.name()),
            _ => tally.summary(),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let (class, k) = (tally.class_name(), tally.stage.sampler.count(&K_NEIGHBORS));
        (
            format!(
                "For each new point, take a {class} point, one of its *{k}* nearest {class} neighbours, and a random \
                 place on the line between them. {} added.",
                tally.added_are()
            ),
            "lines that cross the other class's territory: SMOTE does not look who lives there.".to_string(),
        )
    }
}
