//! From [`DataSpec`] to rows: make, disturb, edit.
//!
//! # Counts
//!
//! Of `n` rows at a ratio `r`, the minority gets `max(2, round(n / (1 + r)))`, at most half, and the majority the
//! rest: exact before label noise. Two is what a stratified split needs at the least.
//!
//! # Noise
//!
//! Label noise and outliers have a stream of their own, `RandomState(seed + 1)`, so that turning them on moves no
//! other point. First `random_sample(n) < label_noise` swaps labels, then `random_sample(n) < outliers` picks rows to
//! replace by `uniform(low, high)` in the box of [`Density::outlier_box`]. Only `make_classification` brings its own
//! label noise, `flip_y`.
//!
//! # Units
//!
//! `X[:, 1] *= units`, after noise and before edits: what is drawn by hand is drawn in the new units.
//!
//! # Hidden columns
//!
//! `RandomState(seed + 2).standard_normal((rows, hidden))`, for the rows as they are after noise and edits.

use super::arc::Arc;
use super::breast_cancer;
use super::{
    Centers, ClusterStd, Component, DataError, DataSpec, Dataset, Density, Dial, Edits, MakeClassification, Mixture,
    NSamples, Source, Table, make_blobs, make_circles, make_classification, make_imbalance, make_moons, preset,
};
use crate::base::Rows;
use crate::random::RandomState;

/// Rows the lab takes at most.
pub const MAX_ROWS: usize = 100_000;
/// Rows a generator makes at least.
pub const MIN_ROWS: usize = 50;
/// The greatest ratio of majority to minority.
pub const MAX_RATIO: f64 = 1000.0;
/// Hidden columns at most.
pub const MAX_HIDDEN: u8 = 200;
/// The greatest factor on the second axis.
pub const MAX_UNITS: f64 = 1000.0;
/// The greatest share of wrong labels, and of outliers.
pub const MAX_NOISE: f64 = 0.5;

/// The rows of a source, edits applied, and what is known about where they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Generated {
    /// The source's rows that were not erased, then the drawn ones.
    pub data: Dataset,
    /// Columns of noise beyond the two of the plane, a row for each of `data`.
    pub hidden: Rows,
    /// Rows of the source before any was erased.
    pub source_len: usize,
    /// Names of the two axes.
    pub columns: [String; 2],
    /// Names of the majority and of the minority class.
    pub classes: [String; 2],
    /// The density the source's rows were drawn from; `None` for real, own and edited data, and for curves without
    /// noise.
    pub density: Option<Density>,
    /// What the reader should know. Sentences.
    pub notes: Vec<String>,
}

/// The data that `spec` describes; `lab_seed` is the seed unless the specification has its own.
///
/// ```
/// use imbalance_lab::dataset::{DataSpec, Source, generate};
/// let spec = DataSpec { n_samples: 1000, ..DataSpec::default_for(Source::MakeMoons) };
/// let made = generate(&spec, 42).unwrap();
/// assert_eq!((made.data.count(0), made.data.count(1)), (952, 48));
/// ```
pub fn generate(spec: &DataSpec, lab_seed: u32) -> Result<Generated, DataError> {
    check(spec)?;
    let seed = spec.seed.unwrap_or(lab_seed);
    let mut made = source_rows(spec, seed)?;
    if let Some(density) = made.density.take() {
        disturb(&mut made.data, spec, &density, seed);
        // make_classification draws labels anew, and half of them come out as they were
        let swapped = if spec.source == Source::MakeClassification { 0.5 } else { 1.0 } * spec.label_noise;
        if density.is_singular() {
            made.notes.push("Without noise the classes are curves, which have no density: no true posterior.".into());
        } else {
            made.density = Some(density.with_noise(swapped, spec.outliers));
        }
    } else if spec.label_noise > 0.0 || spec.outliers > 0.0 {
        made.notes.push("Label noise and outliers are for generated data only; real rows stay as they are.".into());
    }
    if spec.source.info().has_units() && spec.units != 1.0 {
        made.data.x.iter_mut().for_each(|point| point[1] *= spec.units);
        made.density = made.density.map(|density| density.in_units(spec.units));
    }
    edit(&mut made, &spec.edits)?;
    made.hidden = hidden_columns(made.data.len(), spec.hidden, seed);
    Ok(made)
}

#[inline(never)]
fn hidden_columns(rows: usize, columns: u8, seed: u32) -> Rows {
    let columns = usize::from(columns);
    let mut random = RandomState::new(seed.wrapping_add(2));
    Rows::from_values(columns, (0..rows * columns).map(|_| random.standard_normal()).collect())
}

/// A small sample of `source` at its default dials, for a picture the size of a thumbnail.
pub fn thumbnail(source: Source) -> Dataset {
    let spec = DataSpec { n_samples: 160, imbalance_ratio: 3.0, ..DataSpec::default_for(source) };
    generate(&spec, 0).map(|made| made.data).unwrap_or_default()
}

/// Rows of the majority and of the minority.
pub fn class_counts(n_samples: usize, imbalance_ratio: f64) -> (usize, usize) {
    let share = (n_samples as f64 / (1.0 + imbalance_ratio) + 0.5).floor() as usize;
    let minority = share.max(2).min(n_samples / 2);
    (n_samples - minority, minority)
}

impl DataSpec {
    /// The distance dial: what was chosen or the source's default; 1 for a source without the dial.
    pub fn distance(&self) -> f64 {
        dialled(self.distance, self.source.info().distance)
    }

    /// The spread dial: what was chosen or the source's default; 1 for a source without the dial.
    pub fn spread(&self) -> f64 {
        dialled(self.spread, self.source.info().spread)
    }

    /// The call of `make_classification`, with weights that give exact class counts.
    ///
    /// scikit-learn rounds every cluster's share down and gives the missing rows to the clusters in turn, the first of
    /// the majority's first. Half a row more keeps rounding errors out of the way. With two clusters per class, an
    /// even majority and an odd minority the one missing row would go to the wrong class, so the majority asks for
    /// half a row less instead and gets two of the three missing ones.
    pub fn make_classification_call(&self) -> MakeClassification {
        let (majority, minority) = class_counts(self.n_samples, self.imbalance_ratio);
        let misplaced = self.clusters == 2 && majority % 2 == 0 && minority % 2 == 1;
        let majority = if misplaced { majority as f64 - 0.5 } else { majority as f64 + 0.5 };
        let n = self.n_samples as f64;
        MakeClassification {
            n_samples: self.n_samples,
            n_classes: 2,
            n_clusters_per_class: usize::from(self.clusters),
            weights: Some(vec![majority / n, (minority as f64 + 0.5) / n]),
            flip_y: self.label_noise,
            class_sep: self.distance(),
            shuffle: true,
        }
    }

    /// Malignant rows that are kept of the breast-cancer data: all benign ones stay.
    pub fn malignant_kept(&self) -> usize {
        let wanted = (breast_cancer::N_BENIGN as f64 / self.imbalance_ratio + 0.5).floor() as usize;
        wanted.clamp(2, breast_cancer::N_MALIGNANT)
    }
}

fn dialled(chosen: Option<f64>, dial: Option<Dial>) -> f64 {
    dial.map_or(1.0, |dial| chosen.unwrap_or(dial.default))
}

fn check(spec: &DataSpec) -> Result<(), DataError> {
    let info = spec.source.info();
    let within = |what, got: f64, min, max| {
        if (min..=max).contains(&got) { Ok(()) } else { Err(DataError::OutOfRange { what, got, min, max }) }
    };
    if info.has_size() {
        within("The number of rows", spec.n_samples as f64, MIN_ROWS as f64, MAX_ROWS as f64)?;
    }
    if info.has_ratio() {
        within("The imbalance ratio", spec.imbalance_ratio, 1.0, MAX_RATIO)?;
    }
    if info.has_noise() {
        within("Label noise", spec.label_noise, 0.0, MAX_NOISE)?;
        within("Outliers", spec.outliers, 0.0, MAX_NOISE)?;
    }
    let dials = [(info.distance, spec.distance()), (info.spread, spec.spread()), (info.factor, spec.factor)];
    for (dial, value) in dials {
        if let Some(dial) = dial {
            within(dial.label, value, dial.min, dial.max)?;
        }
    }
    within("The number of hidden columns", f64::from(spec.hidden), 0.0, f64::from(MAX_HIDDEN))?;
    if info.has_units() {
        within("The factor on the second axis", spec.units, 1.0, MAX_UNITS)?;
    }
    if info.has_clusters {
        within("The number of clusters per class", f64::from(spec.clusters), 1.0, 2.0)?;
    }
    if info.has_features() {
        for feature in spec.features {
            within("The index of the feature", f64::from(feature), 0.0, breast_cancer::FEATURES.len() as f64 - 1.0)?;
        }
    }
    Ok(())
}

/// The rows before noise and edits, with their density before noise.
pub(super) fn source_rows(spec: &DataSpec, seed: u32) -> Result<Generated, DataError> {
    match spec.source {
        Source::MakeMoons => moons(spec, seed),
        Source::MakeCircles => circles(spec, seed),
        Source::MakeBlobs => blobs(spec, seed),
        Source::MakeClassification => classification(spec, seed),
        Source::BreastCancer => breast_cancer_rows(spec, seed),
        Source::Table => match &spec.table {
            Some(table) => table_rows(table),
            None => Ok(drawn(Dataset::default(), None)),
        },
        mixture_source => Ok(mixture_rows(mixture_source, spec, seed)),
    }
}

// Each source is kept out of its caller: the site loads a generator when it is first asked for (cargo xtask dist).

#[inline(never)]
fn moons(spec: &DataSpec, seed: u32) -> Result<Generated, DataError> {
    let (each, noise) = (NSamples::Each(class_sizes(spec).into()), spec.spread());
    let arc = |center, from| Arc { center, radius: 1.0, from, to: from + std::f64::consts::PI, noise };
    let density = Density::of_arcs(arc([0.0, 0.0], 0.0), arc([1.0, 0.5], std::f64::consts::PI), prevalence(spec));
    Ok(drawn(make_moons(&each, true, Some(noise), &mut RandomState::new(seed))?, Some(density)))
}

#[inline(never)]
fn circles(spec: &DataSpec, seed: u32) -> Result<Generated, DataError> {
    let (each, noise) = (NSamples::Each(class_sizes(spec).into()), spec.spread());
    let arc = |radius| Arc { center: [0.0; 2], radius, from: 0.0, to: 2.0 * std::f64::consts::PI, noise };
    let density = Density::of_arcs(arc(1.0), arc(spec.factor), prevalence(spec));
    Ok(drawn(make_circles(&each, true, Some(noise), spec.factor, &mut RandomState::new(seed))?, Some(density)))
}

#[inline(never)]
fn blobs(spec: &DataSpec, seed: u32) -> Result<Generated, DataError> {
    let (each, noise) = (NSamples::Each(class_sizes(spec).into()), spec.spread());
    let centers = vec![[0.0, 0.0], [spec.distance(), 0.0]];
    let component = |&mean| vec![Component::new(1.0, mean, [noise * noise, 0.0, noise * noise])];
    let mixture = Mixture { components: [component(&centers[0]), component(&centers[1])] };
    let (centers, std) = (Centers::At(centers), ClusterStd::All(noise));
    let data = make_blobs(&each, &centers, &std, (-10.0, 10.0), true, &mut RandomState::new(seed))?;
    Ok(drawn(data, Some(Density::of_mixture(&mixture, prevalence(spec)))))
}

#[inline(never)]
fn classification(spec: &DataSpec, seed: u32) -> Result<Generated, DataError> {
    let [n0, n1] = class_sizes(spec);
    let (data, clusters) = make_classification(&spec.make_classification_call(), &mut RandomState::new(seed))?;
    let components = [(0, n0), (1, n1)].map(|(class, n)| {
        let own = clusters.iter().filter(|cluster| cluster.class == class && cluster.size > 0);
        own.map(|c| Component::new(c.size as f64 / n as f64, c.center, c.covariance)).collect()
    });
    Ok(drawn(data, Some(Density::of_mixture(&Mixture { components }, prevalence(spec)))))
}

#[inline(never)]
fn breast_cancer_rows(spec: &DataSpec, seed: u32) -> Result<Generated, DataError> {
    if !breast_cancer::is_at_hand() {
        return Err(DataError::NotAtHand { file: breast_cancer::FILE });
    }
    let all = breast_cancer::columns(spec.features);
    let kept = spec.malignant_kept();
    let rows = make_imbalance(&all.y, &[(1, kept as i64)], &mut RandomState::new(seed))?;
    let mut made = drawn(all.take(&rows), None);
    made.columns = spec.features.map(|feature| breast_cancer::FEATURES[usize::from(feature)].to_string());
    made.classes = ["benign", "malignant"].map(String::from);
    if (breast_cancer::N_BENIGN as f64 / spec.imbalance_ratio) > breast_cancer::N_MALIGNANT as f64 + 0.5 {
        made.notes.push(format!(
            "There are only {} malignant rows: the ratio is 1 : {:.2} at the least.",
            breast_cancer::N_MALIGNANT,
            breast_cancer::N_BENIGN as f64 / breast_cancer::N_MALIGNANT as f64
        ));
    }
    Ok(made)
}

#[inline(never)]
fn mixture_rows(source: Source, spec: &DataSpec, seed: u32) -> Generated {
    let Some(mixture) = preset(source, spec.distance(), spec.spread()) else { return drawn(Dataset::default(), None) };
    let [n0, n1] = class_sizes(spec);
    // the weights of every preset sum to 1, which is all that `sample` asks for
    let data = mixture.sample(n0, n1, seed).unwrap_or_default();
    drawn(data, Some(Density::of_mixture(&mixture, prevalence(spec))))
}

/// Rows of the majority and of the minority.
fn class_sizes(spec: &DataSpec) -> [usize; 2] {
    class_counts(spec.n_samples, spec.imbalance_ratio).into()
}

/// Share of the minority.
fn prevalence(spec: &DataSpec) -> f64 {
    let [n0, n1] = class_sizes(spec);
    n1 as f64 / (n0 + n1) as f64
}

/// Names of columns that have none of their own.
pub const COLUMNS: [&str; 2] = ["x1", "x2"];

/// Names of classes that have none of their own.
pub const CLASSES: [&str; 2] = ["majority", "minority"];

fn drawn(data: Dataset, density: Option<Density>) -> Generated {
    Generated {
        source_len: data.len(),
        data,
        hidden: Rows::default(),
        columns: COLUMNS.map(String::from),
        classes: CLASSES.map(String::from),
        density,
        notes: Vec::new(),
    }
}

fn table_rows(table: &Table) -> Result<Generated, DataError> {
    let (points, classes) = (table.x.len(), table.y.len());
    if points != classes {
        return Err(DataError::TableLengths { points, classes });
    }
    if points > MAX_ROWS {
        return Err(DataError::TooManyRows { rows: points });
    }
    let broken = |(x, &y): (&[f64; 2], &u8)| !x.iter().all(|v| v.is_finite()) || y > 1;
    if let Some(row) = table.x.iter().zip(&table.y).position(broken) {
        return Err(DataError::TableRow { row: row + 1 });
    }
    let mut made = drawn(Dataset { x: table.x.clone(), y: table.y.clone() }, None);
    made.columns.clone_from(&table.columns);
    made.classes.clone_from(&table.classes);
    Ok(made)
}

#[inline(never)]
fn disturb(data: &mut Dataset, spec: &DataSpec, density: &Density, seed: u32) {
    let mut random = RandomState::new(seed.wrapping_add(1));
    let n = data.len();
    if spec.label_noise > 0.0 && spec.source != Source::MakeClassification {
        for label in &mut data.y {
            *label ^= u8::from(random.random_sample() < spec.label_noise);
        }
    }
    if spec.outliers > 0.0 {
        let replaced: Vec<bool> = (0..n).map(|_| random.random_sample() < spec.outliers).collect();
        let bounds = density.outlier_box();
        for (point, _) in data.x.iter_mut().zip(replaced).filter(|(_, replaced)| *replaced) {
            *point = [0, 1].map(|axis| random.uniform(bounds.low[axis], bounds.high[axis]));
        }
    }
}

/// Erases and adds. Rows to erase that do not exist are passed over with a note, since a link may carry edits over
/// from a larger sample.
#[inline(never)]
fn edit(made: &mut Generated, edits: &Edits) -> Result<(), DataError> {
    for (index, &(point, class)) in edits.added.iter().enumerate() {
        let position = index + 1;
        if !point.iter().all(|v| v.is_finite()) {
            return Err(DataError::AddedNotFinite { position });
        }
        if class > 1 {
            return Err(DataError::AddedClass { position });
        }
    }
    let mut keep = vec![true; made.source_len];
    let mut beyond = 0;
    for &row in &edits.erased {
        match keep.get_mut(row as usize) {
            Some(keep) => *keep = false,
            None => beyond += 1,
        }
    }
    if beyond > 0 {
        made.notes.push(format!(
            "{beyond} of the rows to erase lie beyond the {} rows of the source and were passed over.",
            made.source_len
        ));
    }
    let kept: Vec<u32> = (0..made.source_len as u32).filter(|&row| keep[row as usize]).collect();
    if kept.len() < made.source_len {
        made.data = made.data.take(&kept);
    }
    for &(point, class) in &edits.added {
        made.data.x.push(point);
        made.data.y.push(class);
    }
    if made.data.len() > MAX_ROWS {
        return Err(DataError::TooManyRows { rows: made.data.len() });
    }
    if made.density.is_some() && (kept.len() < made.source_len || !edits.added.is_empty()) {
        made.density = None;
        made.notes.push("Rows were drawn or erased, so the true posterior is no longer known.".into());
    }
    Ok(())
}
