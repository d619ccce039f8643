//! The same bits on a desktop and in a browser: the elementary functions are folded into one number each, which both
//! must reach. On wasm: `cargo test --target wasm32-unknown-unknown --test portable`.

use imbalance_lab::base::math::{cos, erfc, exp, expit, ln, ln_1p, pow, sin, softplus};
use imbalance_lab::random::RandomState;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// FNV-1a over the bits of the results at 20,000 random arguments.
fn fingerprint(low: f64, high: f64, f: impl Fn(f64) -> f64) -> u64 {
    let mut random = RandomState::new(7);
    (0..20_000).fold(0xcbf2_9ce4_8422_2325, |hash, _| {
        (hash ^ f(random.uniform(low, high)).to_bits()).wrapping_mul(0x0100_0000_01b3)
    })
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
