//! Habits of the house that no compiler knows: which room may know which, who may compute, how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms in reading order: a room may name itself and those before it.
const ROOMS: [&str; 19] = [
    "base",
    "random",
    "dataset",
    "split",
    "cluster",
    "model",
    "resample",
    "calibration",
    "metrics",
    "experiment",
    "permalink",
    "export",
    "lesson",
    "protocol",
    "figure",
    "browser",
    "worker",
    "state",
    "ui",
];

/// Crates and modules that a room must not name, beyond what its features forbid.
const COMPUTE_MUST_NOT_NAME: [&str; 9] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "leptos",
    "plotters",
    "plotters_canvas",
    "getrandom",
    "Instant",
    "SystemTime",
];
const FIGURE_MUST_NOT_NAME: [&str; 7] =
    ["web_sys", "js_sys", "wasm_bindgen", "leptos", "plotters_canvas", "getrandom", "Instant"];
const BROWSER_MUST_NOT_NAME: [&str; 2] = ["leptos", "plotters"];

/// Verbs that compute; a view may only read what they found.
const COMPUTING_CALLS: [&str; 5] =
    ["fit_resample", "fit_transform", "train_test_split", "run_chain", "stratified_k_fold"];
const COMPUTING_CALL_PARTS: [(&str, &str); 4] = [("predict_", ""), ("", "_score"), ("", "_curve"), ("make_", "")];

/// Functions whose last digit depends on the platform; `base::math` has those that do not.
const PLATFORM_FUNCTIONS: [&str; 21] = [
    "exp", "exp2", "exp_m1", "ln", "ln_1p", "log", "log2", "log10", "pow", "powf", "powi", "sin", "cos", "tan", "asin",
    "acos", "atan", "atan2", "sinh", "tanh", "hypot",
];

const LINES_AT_MOST: usize = 400;
/// One table, a row per field of the link: to cut it in two would hide what is missing.
const ONE_TABLE: &str = "src/permalink/fields.rs";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files under `folder`, sorted.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![root().join(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The room a file of `src` belongs to; `None` for `lib.rs` and the binaries, which may know everything.
fn room_of(file: &Path) -> Option<usize> {
    let relative = file.strip_prefix(root().join("src")).ok()?;
    let first = relative.components().next()?.as_os_str().to_str()?;
    ROOMS.iter().position(|room| *room == first.trim_end_matches(".rs"))
}

/// Lines of code with their number: comments and doc comments are left out.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, line)| (i + 1, line.split("// ").next().unwrap_or(line))).filter(|(_, line)| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with("//")
    })
}

/// Identifiers of a line, each with what stands before and after it.
fn identifiers(line: &str) -> Vec<(&str, &str, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line[at..].find(is_part).map(|i| at + i) {
        let end = line[start..].find(|c| !is_part(c)).map_or(line.len(), |i| start + i);
        found.push((&line[..start], &line[start..end], &line[end..]));
        at = end;
    }
    found
}

/// Complaints about every file of `src` that belongs to a room.
fn complaints(judge: impl Fn(usize, &str) -> Vec<String>) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in rust_files("src") {
        let Some(room) = room_of(&file) else { continue };
        let text = fs::read_to_string(&file).unwrap();
        let shown = file.strip_prefix(root()).unwrap().display();
        for (number, line) in code_lines(&text) {
            complaints.extend(judge(room, line).into_iter().map(|c| format!("{shown}:{number}: {c}")));
        }
    }
    complaints
}

fn room(name: &str) -> usize {
    ROOMS.iter().position(|r| *r == name).unwrap()
}

/// Rooms below its own that a line names.
fn rooms_below(own: usize, line: &str) -> Vec<String> {
    let named = line.split("crate::").skip(1).flat_map(|rest| {
        // `crate::{a::B, c::D}` names several at once.
        let group = rest.strip_prefix('{').map(|g| g.split('}').next().unwrap_or(g));
        let paths: Vec<&str> = group.map_or_else(|| vec![rest], |g| g.split(',').map(str::trim).collect());
        paths.into_iter().filter_map(|p| identifiers(p).first().map(|(_, name, _)| *name)).collect::<Vec<_>>()
    });
    let below = |name: &&str| ROOMS.iter().position(|r| r == name).is_some_and(|other| other > own);
    named.filter(below).map(|name| format!("{} must not know {name}, which comes after it", ROOMS[own])).collect()
}

/// Calls of mathematics that gives other bits elsewhere, as methods or by their path.
fn platform_functions(line: &str) -> Vec<String> {
    let is_of_numbers = |before: &str| before.ends_with('.') || before.ends_with("f64::") || before.ends_with("f32::");
    identifiers(line)
        .into_iter()
        .filter(|(before, name, after)| {
            is_of_numbers(before)
                && PLATFORM_FUNCTIONS.contains(name)
                && (after.starts_with('(') || before.ends_with("::"))
        })
        .map(|(_, name, _)| format!("{name} differs from platform to platform: base::math has one that does not"))
        .collect()
}

/// Names that a room must not use.
fn forbidden_names(own: usize, line: &str) -> Vec<String> {
    let forbidden: &[&str] = match own {
        r if r <= room("protocol") => &COMPUTE_MUST_NOT_NAME,
        r if r == room("figure") => &FIGURE_MUST_NOT_NAME,
        r if r <= room("worker") => &BROWSER_MUST_NOT_NAME,
        _ => &[],
    };
    let names = identifiers(line).into_iter().map(|(_, name, _)| name);
    names.filter(|n| forbidden.contains(n)).map(|n| format!("{} must not name {n}", ROOMS[own])).collect()
}

/// Calls of computing verbs in rooms that only show.
fn computing_calls(own: usize, line: &str) -> Vec<String> {
    if ROOMS[own] != "figure" && ROOMS[own] != "ui" {
        return Vec::new();
    }
    let computes = |before: &str, name: &str| {
        // A frame is fitted around points, too; a model is fitted by its classifier.
        name == "fit" && [".", "Scaler::", "Classifier::"].iter().any(|owner| before.ends_with(owner))
            || COMPUTING_CALLS.contains(&name)
            || COMPUTING_CALL_PARTS.iter().any(|(head, tail)| {
                name.len() > head.len() + tail.len() && name.starts_with(head) && name.ends_with(tail)
            })
    };
    let calls = identifiers(line)
        .into_iter()
        .filter(|(before, name, after)| after.starts_with('(') && !before.ends_with("fn ") && computes(before, name));
    calls.map(|(_, name, _)| format!("{} shows and must not compute: {name}()", ROOMS[own])).collect()
}

fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn a_room_knows_only_the_rooms_before_it() {
    assert_none(&complaints(rooms_below));
}

#[test]
fn computing_rooms_know_no_browser_no_clock_and_no_drawing() {
    assert_none(&complaints(forbidden_names));
}

#[test]
fn views_do_not_compute() {
    assert_none(&complaints(computing_calls));
}

#[test]
fn what_computes_gives_the_same_bits_on_every_platform() {
    let mut complaints = Vec::new();
    for file in rust_files("src") {
        let computes = room_of(&file).is_some_and(|own| own <= room("protocol"));
        let is_test = file.file_name().is_some_and(|name| name == "contract.rs" || name == "tests.rs");
        if !computes || is_test {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let without_tests = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for (number, line) in code_lines(without_tests) {
            let shown = file.strip_prefix(root()).unwrap().display();
            complaints.extend(platform_functions(line).into_iter().map(|c| format!("{shown}:{number}: {c}")));
        }
    }
    assert_none(&complaints);
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let mut complaints = Vec::new();
    for file in ["src", "tests", "loops/src", "xtask/src"].into_iter().flat_map(rust_files) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        let shown = file.strip_prefix(root()).unwrap();
        if lines > LINES_AT_MOST && shown != Path::new(ONE_TABLE) {
            complaints.push(format!("{} has {lines} lines", shown.display()));
        }
    }
    assert_none(&complaints);
}

#[test]
fn no_test_is_ignored_or_expects_a_panic() {
    // Written in two parts, or this file would name them itself.
    let refused = [concat!("#[ign", "ore"), concat!("#[should_", "panic")];
    let mut complaints = Vec::new();
    for file in ["src", "tests", "loops/src", "xtask/src"].into_iter().flat_map(rust_files) {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            if refused.iter().any(|attribute| line.contains(attribute)) {
                complaints.push(format!("{}:{}: {line}", file.strip_prefix(root()).unwrap().display(), number + 1));
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn the_rules_find_what_they_are_for() {
    assert_eq!(rooms_below(room("base"), "use crate::{base::Point, metrics::Sweep};").len(), 1);
    assert_eq!(rooms_below(room("model"), "let s = crate::ui::mount();").len(), 1);
    assert!(rooms_below(room("ui"), "use crate::base::Point;").is_empty());
    assert_eq!(forbidden_names(room("model"), "use web_sys::Window;").len(), 1);
    assert!(forbidden_names(room("ui"), "use web_sys::Window;").is_empty());
    assert_eq!(computing_calls(room("figure"), "let m = classifier.fit(&x, &y);").len(), 1);
    assert_eq!(computing_calls(room("ui"), "let a = metrics::roc_auc_score(&sweep);").len(), 1);
    assert!(computing_calls(room("ui"), "let surface = canvas::fit(&canvas, 1.0, 2.0);").is_empty());
    assert!(computing_calls(room("ui"), "let id = \"roc_auc_score\"; fitting(1)").is_empty());
    assert!(computing_calls(room("model"), "self.fit(&x)").is_empty());
    assert_eq!(platform_functions("let y = x.exp() + (a - b).powi(2) + xs.iter().map(f64::ln).sum();").len(), 3);
    assert!(platform_functions("let y = math::exp(x) + exp(x) + x.sqrt() + self.log_density(x);").is_empty());
    assert_eq!(code_lines("a\n// crate::ui\nb // crate::ui").map(|(_, l)| l.trim()).collect::<Vec<_>>(), ["a", "b"]);
}
