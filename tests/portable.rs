//! The same bits on a desktop and in a browser: elementary functions and whole reports are folded into one number each,
//! which both must reach. On wasm: `cargo test --target wasm32-unknown-unknown --test portable`.

use imbalance_lab::base::math::{cos, erfc, exp, expit, ln, ln_1p, pow, sin, softplus};
use imbalance_lab::dataset::{Source, breast_cancer};
use imbalance_lab::experiment::run;
use imbalance_lab::permalink::{HURTS, parse};
use imbalance_lab::protocol::encode;
use imbalance_lab::random::RandomState;
use imbalance_lab::resample::METHODS;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// FNV-1a.
fn fold(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0xcbf2_9ce4_8422_2325, |hash, word| (hash ^ word).wrapping_mul(0x0100_0000_01b3))
}

/// The bits of the results at 20,000 random arguments.
fn fingerprint(low: f64, high: f64, f: impl Fn(f64) -> f64) -> u64 {
    let mut random = RandomState::new(7);
    fold((0..20_000).map(|_| f(random.uniform(low, high)).to_bits()))
}

#[test]
fn elementary_functions_give_the_recorded_bits() {
    let mut normals = RandomState::new(3);
    let found = [
        ("ln", fingerprint(0.0, 1.0, ln)),
        ("exp", fingerprint(-40.0, 40.0, exp)),
        ("sin", fingerprint(-7.0, 7.0, sin)),
        ("cos", fingerprint(-7.0, 7.0, cos)),
        ("ln_1p", fingerprint(0.0, 1.0, ln_1p)),
        ("expit", fingerprint(-40.0, 40.0, expit)),
        ("softplus", fingerprint(-40.0, 40.0, softplus)),
        ("pow", fingerprint(0.0, 3.0, |x| pow(x, 0.37))),
        ("erfc", fingerprint(-3.0, 6.0, erfc)),
        (
            "normal",
            fingerprint(0.0, 1.0, |_| 0.0) ^ (0..20_000).fold(0, |h, _| h ^ normals.standard_normal().to_bits()),
        ),
    ];
    assert_eq!(found.map(|(name, hash)| format!("{name} {hash:016x}")), RECORDED);
}

const RECORDED: [&str; 10] = [
    "ln 7ab63bb3e26150c2",
    "exp 5ea3efc3160af55c",
    "sin 509dfdb3668b0a6f",
    "cos 1e77ea9cf3c1fb20",
    "ln_1p a4960a6cc95837a7",
    "expit 3c9f37b7d7e43b5f",
    "softplus 93974da805355486",
    "pow 1aa1cbb4acbbabdb",
    "erfc fdb06769b460694d",
    "normal 0fb900fd4b1b6894",
];

/// Every method, every source and every example of harm.
fn links() -> Vec<String> {
    let methods = METHODS.iter().map(|method| format!("#/lab?n=240&ratio=9&sampler={}", method.link));
    let sources = Source::ALL.iter().map(|source| {
        let id = source.info().id;
        format!(
            "#/lab?data={id}&n=200&ratio=8&scale=true&hardness=5&sampler=smote.k3+enn&degree=3&class_weight=balanced"
        )
    });
    methods.chain(sources).chain(HURTS.iter().map(|hurt| hurt.link.to_owned())).collect()
}

/// What a run of the link ends with: every byte of the report (the chain with its steps, the fit, the scores, the
/// population, the diagnosis), or the refusal.
fn ending(link: &str) -> u64 {
    let bytes = match run(&parse(link).link.spec) {
        Ok(report) => encode(&report),
        Err(error) => error.to_string().into_bytes(),
    };
    fold(bytes.into_iter().map(u64::from))
}

#[test]
fn whole_reports_have_the_recorded_bytes() {
    if !breast_cancer::is_at_hand() {
        assert!(breast_cancer::give(include_str!("../assets/breast_cancer.txt").to_owned()));
    }
    let recorded: Vec<&str> = include_str!("portable/reports.txt").lines().collect();
    let found: Vec<String> = links().iter().map(|link| format!("{:016x} {link}", ending(link))).collect();
    let other: Vec<&String> = found.iter().filter(|line| !recorded.contains(&line.as_str())).collect();
    assert!(other.is_empty(), "not as recorded in tests/portable/reports.txt:\n{other:#?}");
    assert_eq!(recorded.len(), found.len(), "a line of tests/portable/reports.txt stands for no link");
}
