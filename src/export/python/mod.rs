//! The exported script: readable, leak-free scikit-learn and imbalanced-learn that prints the numbers of the page.
//!
//! It is written as one would write it by hand: data, split, one pipeline, decision, report. What is switched off is
//! not there. Run plainly it prints a short report; with `--json` it prints one object with the keys `counts`,
//! `confusion`, `metrics`, `scores` and `resampled`, as the report in JSON has them.
//!
//! ```
//! use imbalance_lab::{export::python, permalink};
//!
//! let script = python::script(&permalink::parse("#/lab?sampler=smote&threshold=0.3").link)?;
//! assert!(script.contains("SMOTE(random_state=SEED)"));
//! assert!(script.contains("THRESHOLD = 0.3"));
//! # Ok::<(), imbalance_lab::dataset::DataError>(())
//! ```

mod imports;
mod pipeline;
mod report;

use crate::dataset::{self, DataError, Source, python_source};
use crate::experiment::{Link, stalls_elsewhere};
use crate::permalink::{FIELDS, write};
use crate::resample;
use imports::Imports;

/// The script of a link. Fails where the data themselves cannot be made.
pub fn script(link: &Link) -> Result<String, DataError> {
    let spec = &link.spec;
    let mut imports = Imports::default();
    for (module, name) in report::IMPORTS {
        imports.from(module, name);
    }
    let data = data(link, &mut imports)?;
    let split = split(link, &mut imports);
    let stalls = stalls_elsewhere(spec, &dataset::generate(&spec.data, spec.seed)?.data.x);
    let pipeline = pipeline::code(spec, stalls, &mut imports);
    let mut extras = Vec::new();
    if spec.data.hidden > 0 {
        extras.push((report::RELATIVE_CONTRAST, String::new()));
    }
    if let Some(k) = spec.hardness {
        imports.from("sklearn.neighbors", "NearestNeighbors");
        extras.push((report::HARDNESS, format!("HARDNESS_NEIGHBORS = {k}\n")));
    }
    if let Some(region) = &link.view.region {
        let corners: Vec<String> = region.corners().iter().map(|[x, y]| format!("({x:?}, {y:?})")).collect();
        extras.push((report::REGION, format!("REGION = [{}]\n\n\n", corners.join(", "))));
    }
    let constants = format!(
        "SEED = {}  # {}\nTHRESHOLD = {:?}  # {}\n",
        spec.seed,
        meaning("seed"),
        link.view.threshold,
        meaning("threshold")
    );
    let soft = !spec.off.resample && spec.samplers.iter().any(|stage| resample::python(stage, "").soft_labels);
    Ok([head(link), imports.code(), constants, data, split, pipeline, report::code(&extras, soft)].join("\n"))
}

/// The docstring: what this is, what it needs, and the settings that are not the defaults.
fn head(link: &Link) -> String {
    // A link that carries a table or a drawing is too long to be read; its rows are below anyway.
    const LONGEST_LINK: usize = 300;
    let address = write(link);
    let address = if address.len() <= LONGEST_LINK { address } else { "(too long to be printed here)".to_string() };
    let mut out = format!(
        "\"\"\"An experiment exported from Imbalance Lab; it prints the numbers of the page.\n\n    {address}\n\n\
         Needs Python 3.11 or later and\n\n    pip install scikit-learn==1.9.1 imbalanced-learn==0.14.2\n\n\
         Run it plainly for a short report, or with --json for every number.\n"
    );
    // What is measured or drawn often stands equally far away, what is generated hardly ever.
    let is_given = matches!(link.spec.data.source, Source::Table | Source::BreastCancer);
    if is_given && !link.spec.samplers.is_empty() {
        out.push_str(
            "\nAmong rows at the same distance the library's choice hangs on the number of its\nthreads; with \
             OMP_NUM_THREADS=1 it is that of the page.\n",
        );
    }
    let changed: Vec<(String, &str)> = FIELDS
        .iter()
        .filter(|f| !["csv", "points", "erase", "step", "region", "layers", "pin"].contains(&f.name))
        .filter_map(|f| Some((format!("{}={}", f.name, f.write(link)?), f.meaning)))
        .collect();
    if !changed.is_empty() {
        let width = changed.iter().map(|(setting, _)| setting.chars().count()).max().unwrap_or(0);
        out.push_str("\nSettings that differ from the defaults of the lab:\n\n");
        for (setting, meaning) in changed {
            out.push_str(&format!("    {setting:width$}  {meaning}\n"));
        }
    }
    out.push_str("\"\"\"\n");
    out
}

/// The lines that define `X` and `y`, with the lab seed by its name.
fn data(link: &Link, imports: &mut Imports) -> Result<String, DataError> {
    let (spec, seed) = (&link.spec.data, link.spec.seed);
    let source = python_source(spec, seed)?;
    source.imports.iter().for_each(|line| imports.line(line));
    let mut code = source.code;
    if spec.seed.is_none() {
        code = code.replace(&format!("random_state={seed}"), "random_state=SEED");
        code = code.replace(&format!("RandomState({seed})"), "RandomState(SEED)");
        for later in 1..=2 {
            if let Some(next) = seed.checked_add(later) {
                code = code.replace(&format!("RandomState({next})"), &format!("RandomState(SEED + {later})"));
            }
        }
    }
    Ok(format!("# Data: one row of X per point; y is 1 for the minority and 0 for the majority.\n{code}"))
}

fn split(link: &Link, imports: &mut Imports) -> String {
    let spec = &link.spec;
    if spec.off.split {
        return "# The split is switched off: the model is scored on the very rows it was fitted on.\n\
                # That flatters it; never report such numbers.\n\
                X_train, X_test, y_train, y_test = X, X, y, y\n"
            .to_string();
    }
    imports.from("sklearn.model_selection", "train_test_split");
    format!(
        "# Split before anything else looks at the rows. A sampler or a scaler that has seen the test rows\n\
         # leaks them into the training set, and the scores would promise too much.\n\
         X_train, X_test, y_train, y_test = train_test_split(\n    \
         X, y, test_size={:?}, stratify=y, random_state={}\n)\n",
        spec.test_size,
        seed(spec.split_seed)
    )
}

/// A seed as the script writes it: the lab seed by name, one of its own as a number.
fn seed(own: Option<u32>) -> String {
    own.map_or("SEED".to_string(), |seed| seed.to_string())
}

/// The meaning of a field in the table of fields.
fn meaning(name: &str) -> &'static str {
    FIELDS.iter().find(|f| f.name == name).map_or("", |f| f.meaning)
}
