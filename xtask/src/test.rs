//! Every test there is, and one line at the end that counts what passed.

use std::path::PathBuf;

use crate::browser::{self, Browser};
use crate::count::{Count, run_counting};
use crate::sh::{Outcome, command};
use crate::{dist, python, tools};

/// What the steps need to have been installed.
struct Ground {
    python: PathBuf,
    browser: Browser,
}

/// Its name and what it does.
type Step = (&'static str, fn(&Ground) -> Count);

/// The steps in order. `native` holds unit tests, doc tests, the reference and parity tests and the tidy test.
const STEPS: [Step; 4] = [("native", native), ("wasm", wasm), ("dist", build_dist), ("e2e", end_to_end)];

/// `cargo xtask test`
pub fn run(args: &[String]) -> Outcome {
    let steps = chosen(args)?;
    let ground = install()?;
    let mut sum = Count::default();
    for (name, step) in STEPS {
        if steps.contains(&name) {
            println!("\n=== {name}");
            sum += step(&ground);
        }
    }
    println!("\n{}", said(sum));
    // The count is the last line; the exit status says the rest.
    if sum.failed == 0 { Ok(()) } else { std::process::exit(1) }
}

/// The last line.
fn said(sum: Count) -> String {
    match sum.not_covered {
        0 => format!("{} passed, {} failed", sum.passed, sum.failed),
        n => format!("{} passed, {} failed, {n} reference cases not covered", sum.passed, sum.failed),
    }
}

fn chosen(args: &[String]) -> Result<Vec<&'static str>, String> {
    let all: Vec<&str> = STEPS.iter().map(|(name, _)| *name).collect();
    let named = |name: &String| {
        all.iter()
            .copied()
            .find(|n| n == name)
            .ok_or_else(|| format!("{name} is no step; steps are {}", all.join(", ")))
    };
    match args {
        [] => Ok(all),
        [flag, name] if flag == "--only" => Ok(vec![named(name)?]),
        [flag, name] if flag == "--skip" => {
            let left_out = named(name)?;
            Ok(all.into_iter().filter(|n| *n != left_out).collect())
        }
        _ => Err("usage: cargo xtask test [--only STEP | --skip STEP]".to_owned()),
    }
}

/// Installs what is missing; what does not need the compiler is fetched while cargo builds its tools.
fn install() -> Result<Ground, String> {
    std::thread::scope(|scope| {
        // One after the other: two apt runs at a time would refuse each other.
        let fetched = scope.spawn(|| {
            let browser = browser::ensure()?;
            let python = python::ensure()?;
            tools::node_packages()?;
            Ok::<_, String>(Ground { python, browser })
        });
        let built = tools::for_building();
        let ground = fetched.join().map_err(|_| "installing broke off".to_owned())?;
        built.and(ground)
    })
}

fn native(ground: &Ground) -> Count {
    let mut cargo = command("cargo");
    cargo.args(["test", "--workspace", "--all-features", "--no-fail-fast"]);
    run_counting(cargo.env(python::VARIABLE, &ground.python))
}

fn wasm(ground: &Ground) -> Count {
    let mut cargo = command("cargo");
    cargo.args(["test", "--target", "wasm32-unknown-unknown", "--features", "app,worker"]);
    cargo.args(["--test", "web", "--test", "portable"]);
    cargo.env("CHROMEDRIVER", &ground.browser.chromedriver);
    // The first page load on a machine under load takes longer than the runner's 20 seconds.
    run_counting(cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "120"))
}

fn build_dist(_: &Ground) -> Count {
    match dist::run(&[]) {
        Ok(()) => Count { passed: 1, ..Count::default() },
        Err(message) => {
            println!("{message}");
            Count { failed: 1, ..Count::default() }
        }
    }
}

fn end_to_end(ground: &Ground) -> Count {
    let mut node = command("node");
    node.arg("tests/e2e/run.mjs").env("CHROMIUM", &ground.browser.chromium);
    run_counting(&mut node)
}
