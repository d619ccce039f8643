//! The reference data: what NumPy, scikit-learn and imbalanced-learn answered, against what this crate answers.
//!
//! Every JSON file of `tests/reference`, or of the folder that the environment variable `REFERENCE_DIR` names, is read
//! whole; every case of it is answered from its own call and inputs, compared by its own tolerance, and counted as
//! passed, failed or not covered. A case that nobody answers is an error too, unless its area says with a reason that
//! it is left out; a file without an area is listed. Arguments after `--` choose areas: `cargo test --test reference
//! -- rng split`.

mod reference_areas;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use reference_areas::case::Case;
use reference_areas::compare::{self, compare};
use reference_areas::{AREAS, Area};
use serde_json::Value;

/// Mismatches shown in full per area; the rest is counted.
const SHOWN: usize = 12;

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: Vec<String>,
    left_out: BTreeMap<String, usize>,
    unanswered: Vec<String>,
}

fn main() -> ExitCode {
    compare::self_check();
    let folder = std::env::var_os("REFERENCE_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference"), PathBuf::from);
    let chosen: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();

    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()))
        .map(|entry| entry.expect("a directory entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();

    let (mut passed, mut failed, mut not_covered, mut broken, mut areas_read) = (0, 0, 0, false, 0);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let document: Value = serde_json::from_str(&text).expect("valid JSON");
        assert_eq!(document["schema"], "imblab-ref/1", "{}", path.display());
        let name = document["area"].as_str().expect("an area");
        if !chosen.is_empty() && !chosen.iter().any(|c| c == name) {
            continue;
        }
        areas_read += 1;
        let tally = run_area(AREAS.iter().find(|area| area.name == name), &document);
        report(name, &tally);
        passed += tally.passed;
        failed += tally.failed.len() + tally.unanswered.len();
        not_covered += tally.left_out.values().sum::<usize>();
        broken |= !tally.failed.is_empty() || !tally.unanswered.is_empty();
    }
    println!("reference: {passed} cases equal, in {areas_read} areas of {}", folder.display());
    // As other test runners end, so that the sum of all tests counts these cases, and those that are not covered.
    let verdict = if broken { "FAILED" } else { "ok" };
    println!("test result: {verdict}. {passed} passed; {failed} failed; {not_covered} not covered");
    if broken || passed == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn run_area(area: Option<&Area>, document: &Value) -> Tally {
    let mut tally = Tally::default();
    for case in document["cases"].as_array().expect("cases") {
        let case = Case::new(case, &document["data"]);
        let Some(area) = area else {
            *tally.left_out.entry(family(case.name)).or_default() += 1;
            continue;
        };
        match (area.answer)(&case) {
            Some(answer) => match compare(&answer, case.expected, case.tolerance) {
                Ok(()) => tally.passed += 1,
                Err(difference) => tally.failed.push(format!("{}\n      {}\n      {difference}", case.name, case.call)),
            },
            None => match area.left_out.iter().find(|(prefix, _)| case.name.starts_with(prefix)) {
                Some((prefix, reason)) => *tally.left_out.entry(format!("{prefix} ({reason})")).or_default() += 1,
                None => tally.unanswered.push(case.name.to_owned()),
            },
        }
    }
    tally
}

fn report(name: &str, tally: &Tally) {
    let left_out: usize = tally.left_out.values().sum();
    let (failed, unanswered) = (tally.failed.len(), tally.unanswered.len());
    println!("{name}: {} passed, {failed} failed, {unanswered} unanswered, {left_out} not covered", tally.passed);
    for (family, count) in &tally.left_out {
        println!("    not covered: {family}, {count} cases");
    }
    for name in &tally.unanswered {
        println!("    UNANSWERED: {name}");
    }
    for difference in tally.failed.iter().take(SHOWN) {
        println!("    FAILED: {difference}");
    }
    if failed > SHOWN {
        println!("    and {} more failed", failed - SHOWN);
    }
}

/// What a case is about: the name up to the first slash.
fn family(name: &str) -> String {
    name.split('/').next().unwrap_or(name).to_owned()
}
