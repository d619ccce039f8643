//! What can be picked: every method of the lab, the training rows as they are, and chains that have a name. Plain
//! words and lists; the search, too.

use crate::resample::{Family, METHODS, Method, Parity, Sampler, SamplerStage};

/// Something that can be picked.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name in tests: that of the class in Python.
    pub id: &'static str,
    /// The heading it stands under.
    pub family: Option<Family>,
    /// Its name on screen.
    pub title: &'static str,
    /// What it does.
    pub does: &'static str,
    /// When it is used.
    pub used: &'static str,
    /// Its paper.
    pub paper: &'static str,
    /// What else it is called, between commas.
    pub also: &'static str,
    /// Where it is not the library's, and why.
    pub note: Option<Note>,
    /// The methods it applies, one after the other.
    pub methods: Vec<&'static str>,
}

/// How far a method is not the library's: words for all to see, and the reason.
pub type Note = (&'static str, &'static str);

/// A chain with a name: name, title, what it does, when it is used, paper, methods.
type Named = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

/// Left out where a method of that name does the same.
const CHAINS: [Named; 1] = [(
    "SMOTETomek",
    "SMOTE, then Tomek links",
    "New minority rows first, then the border is cleaned.",
    "When SMOTE's new rows have come too close to the majority.",
    "G. Batista, A. Bazzan, M. Monard, Balancing training data for automated annotation of keywords: a case study, \
     WOB 2003",
    &["SMOTE", "TomekLinks"],
)];

/// How far a method is not the library's.
pub fn note(method: &Method) -> Option<Note> {
    match method.words().parity {
        Parity::Same => None,
        Parity::SameRule(why) => Some(("same rule and stream; a last bit may decide otherwise", why)),
        Parity::Own => Some(("the lab's own, carried by the script", "No class of imbalanced-learn does this.")),
    }
}

/// Everything that can be picked, grouped by family in the order of the headings; first the rows as they are.
pub fn entries() -> Vec<Entry> {
    let mut all = vec![Entry {
        id: "none",
        family: None,
        title: "None",
        does: "The training rows as they are.",
        used: "As the baseline of all others, and whenever moving the threshold is enough.",
        paper: "",
        also: "",
        note: None,
        methods: Vec::new(),
    }];
    for family in Family::ALL {
        all.extend(METHODS.iter().filter(|method| method.family == family).map(of));
        if family == Family::Combined {
            let apart = |chain: &&Named| METHODS.iter().all(|method| method.name != chain.0);
            all.extend(CHAINS.iter().filter(apart).map(|&(id, title, does, used, paper, methods)| Entry {
                id,
                family: Some(family),
                title,
                does,
                used,
                paper,
                also: "",
                note: None,
                methods: methods.to_vec(),
            }));
        }
    }
    all
}

fn of(method: &'static Method) -> Entry {
    let words = method.words();
    Entry {
        id: method.name,
        family: Some(method.family),
        title: method.title,
        does: words.does,
        used: words.used,
        paper: words.paper,
        also: words.also,
        note: note(method),
        methods: vec![method.name],
    }
}

impl Entry {
    /// Whether it can be picked for the step at `at`: none and chains take the place of all steps.
    pub fn suits(&self, at: usize) -> bool {
        at == 0 || self.methods.len() == 1
    }

    /// Whether every word of `query` stands somewhere in it.
    pub fn answers(&self, query: &str) -> bool {
        let heading = self.family.map_or("", Family::title);
        let text = [self.title, self.id, self.also, self.link(), self.does, self.used, self.paper, heading].join(" ");
        let text = text.to_lowercase();
        query.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }

    /// What a link calls it, if it is one method.
    fn link(&self) -> &'static str {
        match self.methods[..] {
            [method] => METHODS.iter().find(|known| known.name == method).map_or("", |known| known.link),
            _ => "",
        }
    }

    /// How well its names fit `query`; less is better.
    pub fn rank(&self, query: &str) -> u8 {
        let query = query.trim().to_lowercase();
        let names = [self.title, self.id, self.link()].into_iter().chain(self.also.split(", "));
        let names: Vec<String> = names.map(str::to_lowercase).collect();
        let fits = |how: &dyn Fn(&str) -> bool| names.iter().any(|name| how(name));
        match () {
            () if fits(&|name| name == query) => 0,
            () if fits(&|name| name.starts_with(&query)) => 1,
            () if fits(&|name| name.contains(&query)) => 2,
            () => 3,
        }
    }

    /// The steps after it was picked for the step at `at` of `stages` (one more than there are: after them).
    pub fn applied(&self, stages: &[SamplerStage], at: usize) -> Vec<SamplerStage> {
        let [method] = self.methods.as_slice() else {
            return self.methods.iter().filter_map(|method| with_defaults(method)).collect();
        };
        let mut stages = stages.to_vec();
        let before = stages.get(at).map(|stage| stage.sampler.clone());
        match (sampler(method, before.as_ref()), stages.get_mut(at)) {
            (Some(sampler), Some(stage)) => {
                stage.only = stage.only.take().filter(|_| sampler.method().takes_types());
                stage.sampler = sampler;
            }
            (Some(sampler), None) => stages.push(SamplerStage::new(sampler)),
            (None, _) => {}
        }
        stages
    }

    /// What it would be restricted to, picked for the step at `at`: what the step is restricted to, if it can be.
    pub fn restriction(&self, stages: &[SamplerStage], at: usize) -> Option<String> {
        let picked = self.applied(stages, at);
        Some(picked.get(at)?.only.as_ref()?.in_words())
    }
}

/// A method with its defaults, keeping of `before` the target, and of the parameters that both have those that somebody
/// has set: two methods that share a name do not share its default.
fn sampler(method: &str, before: Option<&Sampler>) -> Option<Sampler> {
    let mut sampler = Sampler::named(method)?;
    if let Some(before) = before {
        if sampler.kind() == before.kind() {
            sampler.sampling_strategy = before.sampling_strategy.clone();
        }
        for (parameter, value) in before.parameters().filter(|(parameter, value)| *value != parameter.default) {
            sampler.set(parameter.name, value);
        }
    }
    Some(sampler)
}

/// A method with its defaults, as a step.
pub fn with_defaults(method: &str) -> Option<SamplerStage> {
    Sampler::named(method).map(SamplerStage::new)
}

/// A paper in two or three words: who and when.
///
/// Authors come first, each as initials and name; the year comes last.
pub fn short_paper(paper: &str) -> String {
    let mut authors = paper.split(", ").map_while(|part| {
        let is_initial = |word: &&str| word.ends_with('.');
        part.split(' ').next().filter(is_initial)?;
        Some(part.split(' ').filter(|word| !is_initial(word)).collect::<Vec<_>>().join(" "))
    });
    let Some(first) = authors.next() else { return paper.to_owned() };
    let year = paper.trim_end_matches('.').rsplit([' ', ',']).next().unwrap_or_default();
    match (authors.next(), authors.next()) {
        (None, _) => format!("{first} {year}"),
        (Some(second), None) => format!("{first} and {second} {year}"),
        _ => format!("{first} et al. {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::{K_NEIGHBORS, Value};

    fn entry(id: &str) -> Entry {
        entries().into_iter().find(|entry| entry.id == id).unwrap()
    }

    fn names(stages: &[SamplerStage]) -> Vec<&'static str> {
        stages.iter().map(|stage| stage.sampler.name()).collect()
    }

    #[test]
    fn a_default_is_not_carried_over_to_a_method_with_another_and_what_was_set_is() {
        for before in METHODS {
            for after in METHODS {
                let mut set = Sampler::new(before);
                assert_eq!(
                    sampler(after.name, Some(&set)),
                    Sampler::named(after.name),
                    "{} {}",
                    before.name,
                    after.name
                );
                if set.get("k_neighbors").is_some() && Sampler::new(after).get("k_neighbors").is_some() {
                    set.set("k_neighbors", Value::Count(7));
                    let kept = sampler(after.name, Some(&set)).unwrap();
                    assert_eq!(kept.get("k_neighbors"), Some(Value::Count(7)), "{} {}", before.name, after.name);
                }
            }
        }
    }

    #[test]
    fn every_method_can_be_picked_once_and_headings_do_not_repeat() {
        let all = entries();
        for method in METHODS {
            assert_eq!(all.iter().filter(|entry| entry.id == method.name).count(), 1, "{}", method.name);
        }
        let mut headings: Vec<_> = all.iter().map(|entry| entry.family).collect();
        headings.dedup();
        let mut once = headings.clone();
        once.sort();
        once.dedup();
        assert_eq!(headings.len(), once.len());
        assert_eq!(all[0].family, None);
    }

    #[test]
    fn all_words_of_the_search_have_to_be_there_whatever_their_case() {
        assert!(entry("SMOTE").answers("minority NEIGHBOURS"));
        assert!(entry("SMOTE").answers(""));
        assert!(entry("SMOTE").answers("chawla 2002"));
        assert!(!entry("SMOTE").answers("neighbours zebra"));
        assert!(entry("RandomUnderSampler").answers("under-sample"));
    }

    #[test]
    fn a_name_that_is_typed_in_full_comes_first() {
        let best = |query: &str| {
            let all = entries();
            all.into_iter().filter(|entry| entry.answers(query)).min_by_key(|entry| entry.rank(query)).unwrap().id
        };
        assert_eq!(best("smote"), "SMOTE");
        assert_eq!(best("border"), "BorderlineSMOTE");
        assert_eq!(best("randomunder"), "RandomUnderSampler");
    }

    #[test]
    fn what_the_field_and_what_a_link_calls_a_method_finds_it_first() {
        let best = |query: &str| {
            let all = entries();
            all.into_iter().filter(|entry| entry.answers(query)).min_by_key(|entry| entry.rank(query)).map(|e| e.id)
        };
        let short = [
            ("cnn", "CondensedNearestNeighbour"),
            ("enn", "EditedNearestNeighbours"),
            ("renn", "RepeatedEditedNearestNeighbours"),
            ("OSS", "OneSidedSelection"),
            ("ncr", "NeighbourhoodCleaningRule"),
            ("iht", "InstanceHardnessThreshold"),
            ("ROSE", "RandomOverSampler"),
            ("smoothed bootstrap", "RandomOverSampler"),
            ("ctgan", "GaussianMixtureSampler"),
        ];
        for (query, name) in short {
            assert_eq!(best(query), Some(name), "{query}");
        }
        for method in METHODS {
            assert_eq!(best(method.link), Some(method.name), "{}", method.link);
        }
    }

    #[test]
    fn a_method_takes_the_place_of_its_step_and_keeps_what_both_have() {
        let mut stages = vec![with_defaults("SMOTE").unwrap(), with_defaults("TomekLinks").unwrap()];
        stages[0].sampler.set(K_NEIGHBORS.name, Value::Count(9));
        let after = entry("BorderlineSMOTE").applied(&stages, 0);
        assert_eq!(names(&after), ["BorderlineSMOTE", "TomekLinks"]);
        assert_eq!(after[0].sampler.count(&K_NEIGHBORS), 9);
        assert_eq!(
            names(&entry("RandomUnderSampler").applied(&stages, 2)),
            ["SMOTE", "TomekLinks", "RandomUnderSampler"]
        );
        assert_eq!(entry("none").applied(&stages, 0), []);
    }

    #[test]
    fn a_method_that_takes_the_place_of_a_restricted_one_is_called_restricted_where_it_will_be() {
        let stages = crate::permalink::parse("sampler=smote.borderline").link.spec.samplers;
        let called = |id: &str, at: usize| entry(id).restriction(&stages, at);
        assert_eq!(called("ADASYN", 0).as_deref(), Some("borderline only"));
        assert_eq!(called("IslandSMOTE", 0).as_deref(), Some("borderline only"));
        assert_eq!(called("ADASYN", 1), None, "one step more is not restricted");
        assert_eq!((called("TomekLinks", 0), called("SMOTETomek", 0), called("none", 0)), (None, None, None));
    }

    #[test]
    fn only_a_single_method_suits_a_later_step() {
        assert!(entry("none").suits(0) && !entry("none").suits(1));
        assert!(entry("SMOTE").suits(1));
    }

    #[test]
    fn a_paper_is_shortened_to_who_and_when() {
        assert_eq!(short_paper("I. Tomek, Two modifications of CNN, IEEE Transactions 6, 1976"), "Tomek 1976");
        assert_eq!(short_paper("M. Kubat, S. Matwin, Addressing the curse, ICML 1997"), "Kubat and Matwin 1997");
        assert_eq!(short_paper("H. Han, W.-Y. Wang, B.-H. Mao, Borderline-SMOTE, ICIC 2005"), "Han et al. 2005");
        for method in METHODS {
            let short = short_paper(method.words().paper);
            assert!(short.len() < 60 && short.ends_with(|c: char| c.is_ascii_digit()), "{}: {short}", method.name);
        }
    }
}
