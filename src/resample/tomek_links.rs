//! Tomek links: pairs of rows of unlike class that are each other's nearest neighbour.
//!
//! Such a pair lies on the border, or one end is noise. The end of a targeted class is removed: by default the
//! majority's, with `All` both. Nothing is drawn.
//!
//! I. Tomek, "Two modifications of CNN", IEEE Transactions on Systems, Man and Cybernetics 6, 1976.
//!
//! The nearest neighbour is the second hit of a search that finds the row itself, too; among rows at the same place it
//! may be any of them.

use super::play::words::{capital, length, plural};
use super::play::{Moment, Tally, Told};
use super::{Algorithm, Bench, Family, Fault, Job, Method, Parity, SamplingKind, Step, TableUse, Words};
use crate::base::Class;

pub(super) struct TomekLinks;

impl Algorithm for TomekLinks {
    const METHOD: Method = Method {
        name: "TomekLinks",
        link: "tomek",
        title: "Tomek links",
        family: Family::UnderSelect,
        kind: SamplingKind::Clean,
        parameters: &[],
        random: false,
    };

    const WORDS: Words = Words {
        does: "Removes the majority end of mutual nearest pairs of unlike class.",
        used: "To clean the border, often after over-sampling; it does not balance.",
        paper: "I. Tomek, Two modifications of CNN, IEEE Transactions on Systems, Man and Cybernetics 6, 1976",
        also: "Tomek's links",
        parity: Parity::Same,
        phases: &[],
        pseudocode: &[
            "for each row i:",
            "    nn[i], distance = its nearest row of any class, and how far that is",
            "for each row i:",
            "    if nn[nn[i]] = i and their classes differ:",
            "        (i, nn[i]) is a link: remove its majority end",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let targeted: Vec<Class> = job.targets.iter().map(|&(class, _)| class).collect();
        remove_links(bench, &targeted)
    }

    fn tell(moment: &Moment) -> Told {
        told_link(moment, 4)
    }

    fn summary(tally: &Tally) -> String {
        let name = tally.name();
        match links(tally) {
            0 => format!("{name} found no link and removed nothing."),
            n => format!("{name} found {} and removed {}.", plural(n, "link"), plural(tally.removed, "point")),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let links = links(tally);
        (
            format!(
                "Two points of unlike class that are each other's nearest neighbour are a Tomek link. There {} \
                 *{links}*, and {} removed. Nothing is left to chance.",
                if links == 1 { "is" } else { "are" },
                tally.removed_are()
            ),
            format!(
                "how little it changes: it cleans the border and does not balance. {} *{}* became *{}*.",
                capital(&tally.class_name()),
                tally.before,
                tally.after
            ),
        )
    }
}

fn links(tally: &Tally) -> usize {
    tally.count(|step| matches!(step, Step::Link { .. }))
}

/// What is said about a link, at this line of the pseudocode.
pub(super) fn told_link(moment: &Moment, line: usize) -> Told {
    let Step::Link { a, b, distance, .. } = moment.step else { return Told::default() };
    let variables = vec![("i", moment.name(a)), ("nn[i]", moment.name(b)), ("distance", length(distance))];
    Told::new(line, moment.linked(), variables)
}

/// Finds the links among the rows on the bench and removes their ends of the classes `targeted`.
pub(super) fn remove_links(bench: &mut Bench, targeted: &[Class]) -> Result<(), Fault> {
    let all: Vec<u32> = (0..bench.y.len() as u32).collect();
    let nearest = bench.neighbors(TableUse::Judge, &all, None, ("neighbour", 1))?;
    for a in all {
        let b = nearest[a as usize];
        let (class_a, class_b) = (bench.y[a as usize], bench.y[b as usize]);
        if a < b && class_a != class_b && nearest[b as usize] == a {
            bench.link(a, b, targeted.contains(&class_a), targeted.contains(&class_b));
        }
    }
    Ok(())
}
