//! When it hurts: examples in which resampling does harm or cannot be done, each with what the lab finds to say about it.

use crate::experiment::DiagnosisKind;

/// An example of harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hurt {
    /// A few words.
    pub title: &'static str,
    /// What happens, one line.
    pub story: &'static str,
    /// Where to see it.
    pub link: &'static str,
    /// What the diagnosis of it says; `None` where the sampler refuses, and the error says what to change.
    pub kind: Option<DiagnosisKind>,
}

/// The examples, in the order of the page.
///
/// ```
/// use imbalance_lab::{experiment, permalink};
/// let bridges = permalink::HURTS[0];
/// let report = experiment::run(&permalink::parse(bridges.link).link.spec).unwrap();
/// assert!(report.diagnosis.iter().flatten().any(|diagnosis| Some(diagnosis.kind) == bridges.kind));
/// ```
pub const HURTS: &[Hurt] = &[
    Hurt {
        title: "Bridges between islands",
        story: "Two far islands and more neighbours than an island has points: SMOTE draws lines through the majority.",
        link: "#/lab?data=islands-far&n=600&ratio=24&sampler=smote.k12",
        kind: Some(DiagnosisKind::Bridges),
    },
    Hurt {
        title: "Wrong labels multiplied",
        story: "A tenth of the minority is mislabelled. ADASYN works hardest exactly there.",
        link: "#/lab?data=flipped&sampler=adasyn",
        kind: Some(DiagnosisKind::AmplifiedNoise),
    },
    Hurt {
        title: "A core among outliers",
        story: "A tight core, and a few minority points thrown anywhere: each of them gets as many children as the rest.",
        link: "#/lab?data=core&outliers=0.15&sampler=smote",
        kind: Some(DiagnosisKind::AmplifiedNoise),
    },
    Hurt {
        title: "Chords through a ring",
        story: "The minority is a ring with few points. Straight lines between them cut through the middle.",
        link: "#/lab?data=ring&ratio=60&sampler=smote.k12",
        kind: Some(DiagnosisKind::MajorityTerritory),
    },
    Hurt {
        title: "Off the spiral",
        story: "Few points on a thin arm: the new ones lie where no real one would.",
        link: "#/lab?data=spirals&ratio=60&sampler=smote",
        kind: Some(DiagnosisKind::OutsideSupport),
    },
    Hurt {
        title: "Five points, four neighbours",
        story: "With so few points everyone is everyone's neighbour, and k means nothing.",
        link: "#/lab?n=300&ratio=42&sampler=smote.k4",
        kind: Some(DiagnosisKind::EveryoneANeighbour),
    },
    Hurt {
        title: "Metres and millimetres",
        story: "One axis in a unit a thousand times smaller and nothing scaled: the other axis no longer exists.",
        link: "#/lab?data=moons&units=1000&sampler=smote",
        kind: Some(DiagnosisKind::Unscaled),
    },
    Hurt {
        title: "A hundred columns of noise",
        story: "The plane looks the same, but the neighbours are picked by columns that mean nothing.",
        link: "#/lab?data=moons&hidden=100&sampler=smote",
        kind: Some(DiagnosisKind::LostNeighbours),
    },
    Hurt {
        title: "Four points, five neighbours",
        story: "Fewer minority points than SMOTE asks for: it refuses, and says how many neighbours would do.",
        link: "#/lab?n=300&ratio=59&sampler=smote",
        kind: None,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::run;
    use crate::permalink::{parse, write};

    #[test]
    fn every_example_hurts_in_the_way_it_says() {
        for hurt in HURTS {
            let parsed = parse(hurt.link);
            assert!(parsed.notes.is_empty(), "{}: {:?}", hurt.title, parsed.notes);
            assert_eq!(write(&parsed.link), hurt.link, "{}", hurt.title);
            let Some(kind) = hurt.kind else { continue };
            let found = run(&parsed.link.spec).unwrap().diagnosis.unwrap();
            assert!(found.iter().any(|diagnosis| diagnosis.kind == kind), "{}: {found:#?}", hurt.title);
        }
    }

    #[test]
    fn what_is_refused_works_when_its_own_advice_is_followed() {
        let refused: Vec<&Hurt> = HURTS.iter().filter(|hurt| hurt.kind.is_none()).collect();
        assert_eq!(refused.len(), 1);
        let error = run(&parse(refused[0].link).link.spec).unwrap_err().to_string();
        assert!(
            error.contains("SMOTE: 5 neighbours (k_neighbors) need at least 6 minority rows, there are 4"),
            "{error}"
        );
        let advice = error.split("lower k_neighbors to ").nth(1).and_then(|rest| rest.split(' ').next());
        let k: u32 = advice.and_then(|k| k.parse().ok()).expect("a number of neighbours");
        let with = |k: u32| run(&parse(&format!("{}.k{k}", refused[0].link)).link.spec);
        let [majority, minority] = with(k).unwrap().chain.class_weights();
        assert!(majority == minority && majority > 200.0);
        assert!(with(k + 1).is_err(), "no more than it says");
    }

    #[test]
    fn the_cure_takes_the_pain_away() {
        let found = |link: &str| run(&parse(link).link.spec).unwrap().diagnosis.unwrap();
        let hurts = |link: &str, kind| found(link).iter().any(|diagnosis| Some(diagnosis.kind) == kind);
        let (bridges, unscaled) = (HURTS[0], HURTS[6]);
        assert!(!hurts(&bridges.link.replace("k12", "k3"), bridges.kind));
        assert!(!hurts(&format!("{}&scale=on", unscaled.link), unscaled.kind));
        for hurt in HURTS {
            assert_eq!(found(&format!("{}&off=resample", hurt.link)), [], "{}", hurt.title);
        }
    }
}
