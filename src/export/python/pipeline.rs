//! The pipeline of a script: scaler, samplers, polynomial features, model. One place to add a model.

use super::imports::Imports;
use super::{meaning, seed};
use crate::experiment::Spec;
use crate::model::{ClassWeight, Classifier};
use crate::resample::{self, Parity, PythonCall, SamplerStage};

/// The lines that build and fit the pipeline and score the test rows; with a warning where the solver may stall.
pub(super) fn code(spec: &Spec, stalls: bool, imports: &mut Imports) -> String {
    let stages: &[SamplerStage] = if spec.off.resample { &[] } else { &spec.samplers };
    // scikit-learn's own pipeline refuses samplers; imbalanced-learn's applies them while fitting only.
    imports.from(if stages.is_empty() { "sklearn.pipeline" } else { "imblearn.pipeline" }, "Pipeline");

    let mut steps: Vec<(String, String)> = Vec::new();
    let mut classes = String::new();
    let mut soft = false;
    if spec.scale {
        imports.from("sklearn.preprocessing", "StandardScaler");
        steps.push(("scale".to_string(), "StandardScaler()".to_string()));
    }
    let mut warned = Vec::new();
    for stage in stages {
        let method = stage.sampler.method();
        if let (Parity::SameRule(why), false) = (method.words().parity, warned.contains(&method.name)) {
            warned.push(method.name);
            classes.push_str(&wrapped(&format!(
                "{}: the same rule as the lab's, but not to the last bit, so rows may differ. {why}",
                method.name
            )));
            classes.push('\n');
        }
        let name = method.link;
        let PythonCall { imports: names, code, call, soft_labels } = resample::python(stage, &seed(stage.seed));
        names.iter().for_each(|(module, name)| imports.from(module, name));
        for class in code {
            if !classes.contains(class) {
                classes.push_str(class);
                classes.push('\n');
            }
        }
        soft |= soft_labels;
        let earlier = steps.iter().filter(|(n, _)| n.trim_end_matches(|c: char| c.is_ascii_digit()) == name).count();
        let name = if earlier == 0 { name.to_string() } else { format!("{name}{}", earlier + 1) };
        steps.push((name, call));
    }
    if spec.data.hidden > 0 {
        imports.from("sklearn.compose", "make_column_transformer");
        let call = "make_column_transformer((\"passthrough\", [0, 1]))".to_string();
        steps.push(("visible".to_string(), call));
    }
    let classifier = if spec.off.model { &Classifier::MajorityDummy } else { &spec.classifier };
    steps.extend(model(classifier, imports));
    if let (true, Some((_, call))) = (soft, steps.last_mut()) {
        *call = format!("SoftLabels({call})");
    }

    let mut out = classes;
    out.push_str("# One pipeline, so that every step is fitted on the training rows alone");
    out.push_str(match stages.is_empty() {
        true => ".\n",
        false => ".\n# Samplers act while fitting only: the test rows are scored as they are, as rare as they are.\n",
    });
    if let Classifier::LogisticRegression { .. } = classifier {
        out.push_str("# newton-cholesky with a small tol goes all the way to the optimum; the default stops early.\n");
    }
    if stalls {
        out.push_str(
            "# Curved features of large numbers without scaling: the solver may not reach the optimum here, and the\n\
             # numbers may differ from those of the page. A StandardScaler in front makes the fit sound.\n",
        );
    }
    out.push_str("pipe = Pipeline(\n    [\n");
    for (name, call) in &steps {
        out.push_str(&match call.contains('\n') {
            false => format!("        (\"{name}\", {call}),\n"),
            true => format!("        (\n            \"{name}\",\n            {call},\n        ),\n"),
        });
    }
    out.push_str("    ]\n)\npipe.fit(X_train, y_train)\n");
    out.push_str(match (classifier, soft) {
        // Of one class only, predict_proba would have one column.
        (Classifier::MajorityDummy, false) => "scores = (pipe.predict(X_test) == 1).astype(float)\n\n",
        _ => "scores = pipe.predict_proba(X_test)[:, 1]\n\n",
    });
    out.push_str(&format!(
        "# The decision is a step of its own. THRESHOLD: {}.\npredictions = (scores >= THRESHOLD).astype(int)\n",
        meaning("threshold")
    ));
    out
}

/// A comment in lines of a readable length.
fn wrapped(text: &str) -> String {
    const WIDTH: usize = 96;
    let mut lines = vec!["#".to_string()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("# {word}")),
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The last steps: polynomial features, when there are any, and the model.
fn model(classifier: &Classifier, imports: &mut Imports) -> Vec<(String, String)> {
    let Classifier::LogisticRegression { c, degree, class_weight } = classifier else {
        imports.from("sklearn.dummy", "DummyClassifier");
        return vec![("model".to_string(), "DummyClassifier(strategy=\"most_frequent\")".to_string())];
    };
    let mut steps = Vec::new();
    if *degree > 1 {
        imports.from("sklearn.preprocessing", "PolynomialFeatures");
        let call = format!("PolynomialFeatures(degree={degree}, include_bias=False)");
        steps.push(("features".to_string(), call));
    }
    imports.from("sklearn.linear_model", "LogisticRegression");
    let mut arguments = vec![if c.is_finite() { format!("C={c:?}") } else { "C=np.inf".to_string() }];
    match class_weight {
        ClassWeight::None => {}
        ClassWeight::Balanced => arguments.push("class_weight=\"balanced\"".to_string()),
        ClassWeight::Ratio(ratio) => arguments.push(format!("class_weight={{0: 1.0, 1: {ratio:?}}}")),
    }
    arguments.extend(["solver=\"newton-cholesky\"", "tol=1e-12", "max_iter=1000"].map(String::from));
    let one_line = format!("LogisticRegression({})", arguments.join(", "));
    let call = match one_line.len() {
        ..66 => one_line,
        _ => {
            let lines: Vec<String> = arguments.iter().map(|a| format!("                {a},\n")).collect();
            format!("LogisticRegression(\n{}            )", lines.concat())
        }
    };
    steps.push(("model".to_string(), call));
    steps
}
