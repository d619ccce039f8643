//! The same data in Python: statements that define `X` and `y` as NumPy arrays, equal to [`super::generate()`]'s rows.
//!
//! scikit-learn's generators and `make_imbalance` are called; a Gaussian mixture is drawn by the recipe of
//! [`super::Mixture`]; an imported table is embedded; noise and edits follow. Numbers are written so that they read
//! back as the same doubles.
//!
//! ```
//! use imbalance_lab::dataset::{DataSpec, Source, python_source};
//! let spec = DataSpec { n_samples: 1000, ..DataSpec::default_for(Source::MakeMoons) };
//! let python = python_source(&spec, 42).unwrap();
//! assert_eq!(python.imports, ["from sklearn.datasets import make_moons"]);
//! assert_eq!(python.code, "X, y = make_moons(n_samples=(952, 48), noise=0.25, random_state=42)\n");
//! ```

use super::generate::source_rows;
use super::{
    Component, DataError, DataSpec, Dataset, Density, Edits, Mixture, Source, breast_cancer, class_counts, generate,
    preset,
};

/// Statements and what they import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PythonSource {
    /// Import statements, in the order of need.
    pub imports: Vec<String>,
    /// Statements that define `X` and `y`. Ends with a line break.
    pub code: String,
}

/// Python that makes the data of `spec`; `lab_seed` is the seed unless the specification has its own. Refuses what
/// [`super::generate()`] refuses.
pub fn python_source(spec: &DataSpec, lab_seed: u32) -> Result<PythonSource, DataError> {
    generate(spec, lab_seed)?;
    let seed = spec.seed.unwrap_or(lab_seed);
    let mut python = PythonSource::default();
    python.source(spec, seed);
    let made = source_rows(spec, seed)?;
    if let Some(density) = &made.density {
        python.noise(spec, density, seed);
    }
    python.units(spec);
    python.edits(&spec.edits, made.source_len);
    python.hidden(spec.hidden, seed);
    Ok(python)
}

impl PythonSource {
    fn import(&mut self, line: &str) {
        if !self.imports.iter().any(|import| import == line) {
            self.imports.push(line.to_owned());
        }
    }

    fn line(&mut self, line: &str) {
        self.code.push_str(line);
        self.code.push('\n');
    }

    fn source(&mut self, spec: &DataSpec, seed: u32) {
        let (n0, n1) = class_counts(spec.n_samples, spec.imbalance_ratio);
        let (distance, spread) = (spec.distance(), spec.spread());
        match spec.source {
            Source::MakeMoons => {
                self.import("from sklearn.datasets import make_moons");
                self.line(&format!("X, y = make_moons(n_samples=({n0}, {n1}), noise={spread:?}, random_state={seed})"));
            }
            Source::MakeCircles => {
                self.import("from sklearn.datasets import make_circles");
                let factor = spec.factor;
                self.line(&format!(
                    "X, y = make_circles(n_samples=({n0}, {n1}), noise={spread:?}, factor={factor:?}, random_state={seed})"
                ));
            }
            Source::MakeBlobs => {
                self.import("from sklearn.datasets import make_blobs");
                let centers = format!("[[0.0, 0.0], [{distance:?}, 0.0]]");
                self.line(&format!(
                    "X, y = make_blobs(n_samples=[{n0}, {n1}], centers={centers}, cluster_std={spread:?}, \
                     random_state={seed})"
                ));
            }
            Source::MakeClassification => self.classification(spec, seed),
            Source::BreastCancer => self.breast_cancer(spec, seed),
            Source::Table => match &spec.table {
                Some(table) => self.table(&table.x, &table.y),
                None => self.table(&[], &[]),
            },
            source => {
                if let Some(mixture) = preset(source, distance, spread) {
                    self.mixture(&mixture, n0, n1, seed);
                }
            }
        }
    }

    fn classification(&mut self, spec: &DataSpec, seed: u32) {
        self.import("from sklearn.datasets import make_classification");
        let call = spec.make_classification_call();
        let n = call.n_samples;
        let weights = call.weights.unwrap_or_default();
        self.line("# Half a row more or less in the weights makes the rounded class counts exact.");
        self.line("X, y = make_classification(");
        self.line(&format!("    n_samples={n}, n_features=2, n_informative=2, n_redundant=0,"));
        self.line(&format!("    n_clusters_per_class={}, weights={weights:?},", call.n_clusters_per_class));
        let (flip, sep) = (call.flip_y, call.class_sep);
        self.line(&format!("    flip_y={flip:?}, class_sep={sep:?}, random_state={seed},"));
        self.line(")");
    }

    fn breast_cancer(&mut self, spec: &DataSpec, seed: u32) {
        self.import("from sklearn.datasets import load_breast_cancer");
        self.import("from imblearn.datasets import make_imbalance");
        let [a, b] = spec.features;
        let names = spec.features.map(|feature| breast_cancer::FEATURES[usize::from(feature)]);
        self.line("cancer = load_breast_cancer()");
        self.line(&format!("X = cancer.data[:, [{a}, {b}]]  # {} and {}", names[0], names[1]));
        self.line("y = 1 - cancer.target  # scikit-learn calls malignant 0; here the minority is 1");
        let kept = spec.malignant_kept();
        self.line(&format!("X, y = make_imbalance(X, y, sampling_strategy={{1: {kept}}}, random_state={seed})"));
    }

    fn mixture(&mut self, mixture: &Mixture, n0: usize, n1: usize, seed: u32) {
        self.import("import numpy as np");
        self.line("# One Gaussian per row: weight, mean x, mean y, Cholesky factor l11, l21, l22 of its covariance.");
        for (name, components) in ["majority", "minority"].into_iter().zip(&mixture.components) {
            self.line(&format!("{name} = ["));
            for Component { weight, mean: [x, y], factor: [l11, l21, l22] } in components {
                self.line(&format!("    ({weight:?}, {x:?}, {y:?}, {l11:?}, {l21:?}, {l22:?}),"));
            }
            self.line("]");
        }
        self.code.push_str(&format!(
            "rng = np.random.RandomState({seed})


def draw(n, gaussians):
    weight, mean_x, mean_y, l11, l21, l22 = np.array(gaussians).T
    k = rng.choice(len(weight), size=n, p=weight)  # which Gaussian each row comes from
    z = rng.standard_normal((n, 2))
    return np.column_stack([mean_x[k] + l11[k] * z[:, 0], mean_y[k] + (l21[k] * z[:, 0] + l22[k] * z[:, 1])])


X = np.vstack([draw({n0}, majority), draw({n1}, minority)])
y = np.repeat([0, 1], [{n0}, {n1}])
order = rng.permutation(len(y))
X, y = X[order], y[order]
"
        ));
    }

    fn table(&mut self, x: &[[f64; 2]], y: &[u8]) {
        self.import("import numpy as np");
        if x.is_empty() {
            self.line("X, y = np.empty((0, 2)), np.empty(0, dtype=int)");
            return;
        }
        self.import("import io");
        self.line("TABLE = \"\"\"\\");
        for ([a, b], class) in x.iter().zip(y) {
            self.line(&format!("{a:?},{b:?},{class}"));
        }
        self.line("\"\"\"");
        self.line("table = np.loadtxt(io.StringIO(TABLE), delimiter=\",\", ndmin=2)");
        self.line("X, y = table[:, :2], table[:, 2].astype(int)");
    }

    fn noise(&mut self, spec: &DataSpec, density: &Density, seed: u32) {
        let swaps = spec.label_noise > 0.0 && spec.source != Source::MakeClassification;
        if !swaps && spec.outliers <= 0.0 {
            return;
        }
        self.import("import numpy as np");
        self.line("# Noise has a stream of its own, so that turning it on moves no other point.");
        self.line(&format!("noise = np.random.RandomState({})", seed.wrapping_add(1)));
        if swaps {
            self.line(&format!("y = np.where(noise.random_sample(len(y)) < {:?}, 1 - y, y)", spec.label_noise));
        }
        if spec.outliers > 0.0 {
            let bounds = density.outlier_box();
            self.line(&format!("outlying = noise.random_sample(len(y)) < {:?}", spec.outliers));
            self.line(&format!(
                "X[outlying] = noise.uniform({:?}, {:?}, size=(outlying.sum(), 2))",
                bounds.low, bounds.high
            ));
        }
    }

    fn units(&mut self, spec: &DataSpec) {
        if spec.source.info().has_units() && spec.units != 1.0 {
            self.line("# The second axis in another unit.");
            self.line(&format!("X[:, 1] *= {:?}", spec.units));
        }
    }

    fn hidden(&mut self, columns: u8, seed: u32) {
        if columns == 0 {
            return;
        }
        self.import("import numpy as np");
        self.line("# Columns of noise that no plane shows: whoever measures distances measures them too.");
        self.line(&format!("hidden = np.random.RandomState({})", seed.wrapping_add(2)));
        self.line(&format!("X = np.hstack([X, hidden.standard_normal((len(X), {columns}))])"));
    }

    fn edits(&mut self, edits: &Edits, source_len: usize) {
        let erased: Vec<u32> = edits.erased.iter().copied().filter(|&row| (row as usize) < source_len).collect();
        if !erased.is_empty() {
            self.import("import numpy as np");
            self.line("# Rows erased by hand.");
            self.line(&format!("erased = {erased:?}"));
            self.line("X, y = np.delete(X, erased, axis=0), np.delete(y, erased)");
        }
        if !edits.added.is_empty() {
            self.import("import numpy as np");
            let added = Dataset {
                x: edits.added.iter().map(|(point, _)| *point).collect(),
                y: edits.added.iter().map(|(_, class)| *class).collect(),
            };
            self.line("# Rows drawn by hand.");
            self.line(&format!("X = np.vstack([X, {:?}])", added.x));
            self.line(&format!("y = np.append(y, {:?})", added.y));
        }
    }
}
