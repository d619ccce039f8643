//! Links: what is written is read back exactly, and nothing that is read can do harm.

mod common;

use std::sync::Arc;

use common::{Dice, random_link};
use imbalance_lab::dataset::{Source, Table};
use imbalance_lab::experiment::{Link, Pin, run};
use imbalance_lab::model::{ClassWeight, Classifier};
use imbalance_lab::permalink::{FIELDS, TableStore, digest, parse, parse_with, write};
use imbalance_lab::resample::{K_NEIGHBORS, METHODS, Sampler, SamplerStage, SamplingStrategy, Value};

#[test]
fn the_default_link_says_nothing() {
    assert_eq!(write(&Link::default()), "#/lab");
    for text in ["", "#", "#/", "/lab", "#/lab", "#/lab?", "?", "https://example.org/x/#/lab"] {
        let parsed = parse(text);
        assert_eq!((parsed.link, parsed.notes), (Link::default(), vec![]), "{text}");
    }
}

#[test]
fn a_link_reads_alike_with_and_without_what_stands_before_it() {
    let expected = parse("n=300&seed=7").link;
    assert_eq!((expected.spec.data.n_samples, expected.spec.seed), (300, 7));
    for before in ["?", "/lab?", "#/lab?", "#?", "lab?", "https://example.org/a?b=c#/lab?"] {
        assert_eq!(parse(&format!("{before}n=300&seed=7")).link, expected, "{before}");
    }
}

#[test]
fn what_is_written_is_read_back_exactly() {
    let mut dice = Dice::new(2026);
    let mut lengths = 0;
    for round in 0..3000 {
        let link = random_link(&mut dice);
        let text = write(&link);
        let parsed = parse(&text);
        assert_eq!(parsed.link, link, "round {round}: {text}");
        assert_eq!(parsed.notes, Vec::<String>::new(), "round {round}: {text}");
        assert_eq!(write(&parsed.link), text);
        lengths += text.len();
    }
    assert!(lengths > 3000 * 60, "the random links say too little to test anything");
}

#[test]
fn every_field_is_written_by_some_random_link() {
    let mut dice = Dice::new(7);
    let texts: Vec<String> = (0..600).map(|_| write(&random_link(&mut dice))).collect();
    for field in FIELDS {
        let key = format!("{}=", field.name);
        assert!(
            texts.iter().any(|t| t.split(['?', '&']).any(|p| p.starts_with(&key))),
            "{} is never written",
            field.name
        );
    }
}

#[test]
fn a_readable_link_means_what_it_says() {
    let link = parse("#/lab?data=make_moons&n=1000&ratio=20&seed=7&sampler=smote.k3.r0.5.s9+tomek.all&C=none&degree=3&class_weight=balanced&threshold=.25").link;
    assert_eq!(link.spec.data.source, Source::MakeMoons);
    assert_eq!(
        link.spec.samplers,
        [
            SamplerStage {
                sampler: Sampler::named("SMOTE")
                    .unwrap()
                    .to(SamplingStrategy::Ratio(0.5))
                    .with(&K_NEIGHBORS, Value::Count(3)),
                seed: Some(9),
                only: None
            },
            SamplerStage::new(Sampler::named("TomekLinks").unwrap().to(SamplingStrategy::All)),
        ]
    );
    let classifier =
        Classifier::LogisticRegression { c: f64::INFINITY, degree: 3, class_weight: ClassWeight::Balanced };
    assert_eq!(link.spec.classifier, classifier);
    assert_eq!(link.view.threshold, 0.25);
}

#[test]
fn values_out_of_range_are_moved_to_its_end_with_a_note() {
    let cases = [
        ("n=10", "n=10 is below 50; 50 is used"),
        ("ratio=1e9", "ratio=1e9 is above 1000; 1000 is used"),
        ("n=100.6", "n=100.6 is not a whole number; 101 is used"),
        ("threshold=-3", "threshold=-3 is below 0; 0 is used"),
        ("degree=9", "degree=9 is above 3; 3 is used"),
        ("sampler=smote.k0", "sampler smote: k0 is below 1; k1 is used"),
        ("sampler=smote.r1.5", "sampler smote: r1.5 is above 1; r1 is used"),
        ("sampler=over.h0-99.h1-0.5", "sampler over: h0-99 is above 10; h0-10 is used"),
        ("class_weight=1e7", "class_weight: \"1e7\" is above 1000; 1000 is used"),
    ];
    for (text, note) in cases {
        assert_eq!(parse(text).notes, [note], "{text}");
    }
    assert_eq!(parse("n=10").link.spec.data.n_samples, 50);
}

#[test]
fn wrong_values_leave_the_default_with_a_note_that_lists_the_choices() {
    for (text, expected) in [
        ("data=mars", "not one of blobs, noise,"),
        ("model=forest", "not one of logistic or majority; logistic is used instead"),
        ("n=many", "not a whole number from 50 to 100000; 2000 is used instead"),
        ("C=nan", "not a number from 0.0001 to 10000 and not none; 1 is used instead"),
        ("scale=perhaps", "not on or off; off is used instead"),
        ("class_weight=heavy", "not none, balanced or a number"),
        ("sampler=smoote", "samplers are over, smote, borderline"),
        ("off=lights", "there are split, resample or model"),
        ("layers=onion", "there are train, test"),
        ("csv=!!!", "damaged"),
        ("points=a", "1 left out"),
        ("erase=5-2", "erase: \"5-2\" is left out"),
    ] {
        let parsed = parse(text);
        assert_eq!(parsed.notes.len(), 1, "{text}: {:?}", parsed.notes);
        assert!(parsed.notes[0].contains(expected), "{text}: {:?}", parsed.notes);
    }
    assert_eq!(parse("n=many&data=mars&model=forest&C=nan&scale=perhaps").link, Link::default());
}

#[test]
fn every_method_that_only_adds_rows_can_be_restricted_and_no_other() {
    for method in METHODS {
        let text = format!("#/lab?sampler={}.borderline.rare.t9", method.link);
        let parsed = parse(&text);
        let adds = ["over", "smote", "borderline", "svmsmote", "adasyn", "kmeanssmote", "island", "mixture", "mixup"];
        if adds.contains(&method.link) {
            assert_eq!((write(&parsed.link), parsed.notes), (text, Vec::<String>::new()));
        } else {
            assert_eq!(parsed.link.spec.samplers[0].only, None, "{text}");
            assert!(parsed.notes[0].contains("only methods that add rows and take none away"), "{:?}", parsed.notes);
        }
    }
}

#[test]
fn unknown_and_repeated_keys_are_noted() {
    let parsed = parse("colour=red&n=100&n=200");
    assert_eq!(parsed.link.spec.data.n_samples, 200);
    assert_eq!(
        parsed.notes,
        ["\"colour\" is not a setting of the lab; it is ignored", "n is given more than once; the last one counts"]
    );
}

#[test]
fn settings_of_another_model_are_noted() {
    assert_eq!(parse("model=majority&C=2").notes.len(), 1);
    assert_eq!(parse("C=2&model=logistic").notes.len(), 0);
}

#[test]
fn percent_encoded_links_read_alike() {
    assert_eq!(parse("sampler=smote%2Btomek&features=3%2C4"), parse("sampler=smote+tomek&features=3,4"));
}

#[test]
fn a_pin_inside_a_pin_is_ignored() {
    let inner = Link { pin: Some(Box::new(Pin { spec: Link::default().spec, threshold: 0.1 })), ..parse("n=99").link };
    let inner = write(&inner).replace("#/lab?", "").replace('%', "%25").replace('&', "%26").replace('=', "%3D");
    let parsed = parse(&format!("n=70&pin={inner}"));
    let pin = parsed.link.pin.unwrap();
    assert_eq!((pin.spec.data.n_samples, pin.threshold), (99, 0.5));
}

#[test]
fn a_large_table_stands_in_the_link_as_its_digest() {
    let mut dice = Dice::new(3);
    let rows = 5000;
    let table = Table {
        x: (0..rows).map(|_| [dice.unit(), dice.unit()]).collect(),
        y: (0..rows).map(|i| u8::from(i % 9 == 0)).collect(),
        columns: ["a".into(), "b".into()],
        classes: ["no".into(), "yes".into()],
    };
    let mut link = Link::default();
    link.spec.data.source = Source::Table;
    link.spec.data.table = Some(Arc::new(table.clone()));
    let text = write(&link);
    assert!(text.contains(&format!("csv=@{}", digest(&table))), "{text}");

    let mut store = TableStore::default();
    store.insert(Arc::new(table));
    assert_eq!(parse_with(&text, &store).link, link);
    let alone = parse(&text);
    assert_eq!(alone.link.spec.data.table, None);
    assert!(alone.notes[0].contains("load its CSV file again"), "{:?}", alone.notes);
}

/// A random link, damaged: characters that do not belong there, missing ones, pieces twice and elsewhere.
fn damaged_link(dice: &mut Dice, damages: usize) -> String {
    let alphabet: Vec<char> = "abcnk019.,;:+-=&%#?/@_~ ~eE∞\u{0}\u{202e}ß\"'<>".chars().collect();
    let mut text: Vec<char> = write(&random_link(dice)).chars().collect();
    for _ in 0..1 + dice.below(damages) {
        let at = dice.below(text.len().max(1)).min(text.len());
        match dice.below(3) {
            0 => text.insert(at, alphabet[dice.below(alphabet.len())]),
            1 if at < text.len() => drop(text.remove(at)),
            _ => {
                let piece: Vec<char> = text[at..].iter().take(dice.below(30)).copied().collect();
                let to = dice.below(text.len() + 1);
                text.splice(to..to, piece);
            }
        }
    }
    text.into_iter().collect()
}

#[test]
fn hostile_links_do_no_harm() {
    let mut dice = Dice::new(11);
    for _ in 0..3000 {
        let text = damaged_link(&mut dice, 12);
        let once = parse(&text);
        let again = parse(&write(&once.link));
        assert_eq!(again.link, once.link, "{text}");
    }
}

#[test]
fn what_is_read_of_a_damaged_link_is_run_or_refused_with_a_reason() {
    let mut dice = Dice::new(12);
    let (mut ran, mut refused) = (0, 0);
    while ran + refused < 250 {
        let text = damaged_link(&mut dice, 6);
        let mut spec = parse(&text).link.spec;
        // Large ones take long and go wrong in no other way; what asks for too much is tested where the limits are.
        spec.data.n_samples = spec.data.n_samples.min(400);
        match run(&spec) {
            Ok(report) => {
                ran += 1;
                assert_eq!(report.scores.len(), report.data.len(), "{text}");
                assert!(report.scores.iter().all(|score| (0.0..=1.0).contains(score)), "{text}");
            }
            Err(error) => {
                refused += 1;
                assert!(error.to_string().split_whitespace().count() >= 4, "{text}: {error}");
            }
        }
    }
    assert!(ran > 50 && refused > 10, "{ran} ran, {refused} were refused");
}

#[test]
fn endless_links_are_answered_briefly() {
    let parsed = parse(&"x=1&".repeat(100_000));
    assert_eq!(parsed.notes.len(), 21);
    assert!(parsed.notes[20].contains("99980 more"));
    let bomb = parse(&format!("erase={}", "0-99999,".repeat(10_000)));
    assert_eq!(bomb.link.spec.data.edits.erased.len(), 100_000);
    let long = parse(&format!("n={}", "9".repeat(100_000)));
    assert!(long.notes.iter().all(|n| n.len() < 200));
}

#[test]
fn every_row_of_the_table_has_its_own_name_and_a_meaning() {
    for (i, field) in FIELDS.iter().enumerate() {
        assert!(!field.meaning.is_empty(), "{}", field.name);
        assert!(FIELDS[..i].iter().all(|f| !f.name.eq_ignore_ascii_case(field.name)), "{}", field.name);
        let json = field.to_json();
        for key in ["name", "kind", "choices", "min", "max", "default", "meaning"] {
            assert!(json.get(key).is_some(), "{} lacks {key}", field.name);
        }
    }
    for (i, method) in METHODS.iter().enumerate() {
        let words = method.words();
        assert!(!words.does.is_empty() && !words.used.is_empty() && !words.paper.is_empty(), "{}", method.name);
        assert!(METHODS[..i].iter().all(|other| other.link != method.link && other.name != method.name));
        assert!(method.link.starts_with(|c: char| c.is_ascii_lowercase()));
    }
}
