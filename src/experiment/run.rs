//! The driver: from a specification to a report, a stage at a time, each made again only when its own key changed.

use std::sync::Arc;

use crate::base::{Class, Point, Rows};
use crate::dataset::{self, DataError, DataSpec, Dataset, Density, Generated, Source, Table};
use crate::metrics::{self, Sweep};
use crate::model::{Classifier, Model};
use crate::random::RandomState;
use crate::resample::{self, Chain, Hardness, ResampleError, SamplerStage};
use crate::split::{self, StandardScaler, TestSize};

use super::contrast::relative_contrast;
use super::diagnosis::diagnose;
use super::memo::Memo;
use super::surface::{Truth, scaled, surface};
use super::{Diagnosis, Extras, Lattice, PopulationAt, PopulationGrid, Report, RunError, Spec, Surface, Window};

/// Runs `spec` from nothing. For many runs in a row a [`Runner`] is faster.
///
/// ```
/// use imbalance_lab::{experiment, permalink};
/// let link = permalink::parse("#/lab?data=blobs&n=400&ratio=9&sampler=smote&seed=1").link;
/// let report = experiment::run(&link.spec).unwrap();
/// assert_eq!(report.train.len() + report.test.len(), 400);
/// ```
pub fn run(spec: &Spec) -> Result<Report, RunError> {
    Runner::default().run(spec).map(|ran| ran.report)
}

/// What a [`Runner`] hands out: the report, and the data with their density for drawing a surface.
#[derive(Clone, Debug)]
pub struct Ran {
    /// The numbers.
    pub report: Report,
    generated: Arc<Generated>,
}

impl Ran {
    /// Scores a grid over `window` (or what fits the data), `cells` along the longer side.
    pub fn surface(&self, window: Option<Window>, cells: u32) -> Surface {
        surface(&self.report, self.generated.density.as_ref(), &mut None, window, cells)
    }
}

/// Rows to train on and rows to test on.
type Parts = (Vec<u32>, Vec<u32>);

/// The training rows in the space that samplers and model work in, and the scaler that leads there.
#[derive(Debug)]
struct Training {
    data: Dataset,
    hidden: Rows,
    scaler: Option<StandardScaler>,
    relative_contrast: Option<f64>,
}

/// Runs specifications one after the other and remembers the last result of every stage.
#[derive(Debug, Default)]
pub struct Runner {
    data: Memo<(DataSpec, u32), Generated>,
    lattice: Option<(Density, Lattice)>,
    grid: Memo<u64, Option<PopulationGrid>>,
    parts: Memo<(u64, Option<u64>, u32), Parts>,
    training: Memo<(u64, bool), Training>,
    chain: Memo<(u64, Vec<SamplerStage>, u32), Chain>,
    diagnosis: Memo<u64, Vec<Diagnosis>>,
    hardness: Memo<(u64, Option<u8>), Judged>,
    model: Memo<(u64, Classifier), Model>,
    scores: Memo<u64, Scored>,
    population: Memo<u64, PopulationAt>,
    truth: Option<Truth>,
}

/// The types of the training rows, where they were asked for, or why they cannot be told.
type Judged = Option<Result<Vec<Hardness>, ResampleError>>;

/// What resampling starts from, with the revisions that later stages build on.
struct Front {
    generated: Arc<Generated>,
    data_rev: u64,
    parts: Arc<Parts>,
    training: Arc<Training>,
    training_rev: u64,
}

/// What follows from a fitted model.
#[derive(Debug)]
struct Scored {
    scores: Vec<f64>,
    sweep: Sweep,
    brier_score_loss: f64,
    log_loss: f64,
}

impl Runner {
    /// Runs `spec`.
    pub fn run(&mut self, spec: &Spec) -> Result<Ran, RunError> {
        self.run_observed(spec, &mut |_| ())
    }

    /// As [`Ran::surface`]; what is known of the true posterior from the surface before is not computed again.
    pub fn surface(&mut self, ran: &Ran, window: Option<Window>, cells: u32) -> Surface {
        surface(&ran.report, ran.generated.density.as_ref(), &mut self.truth, window, cells)
    }

    /// The rows that a run of `spec` begins with, and their names; `None` where there are none.
    pub fn rows(&mut self, spec: &Spec) -> Option<Table> {
        let (generated, _) = self.data.get((spec.data.clone(), spec.seed), || make_data(spec)).ok()?;
        let Generated { data, columns, classes, .. } = &*generated;
        Some(Table { x: data.x.clone(), y: data.y.clone(), columns: columns.clone(), classes: classes.clone() })
    }

    /// Resamples as `spec` says and stops there: the chain, and the scaler in whose space it stands. Nothing of it is
    /// remembered, so that the same can be timed more than once; `entering` is called with "resample" as it begins and
    /// with "end" when it is over.
    pub fn resample_only(
        &mut self,
        spec: &Spec,
        entering: &mut dyn FnMut(&'static str),
    ) -> Result<(Chain, Option<StandardScaler>), RunError> {
        let Front { training, .. } = self.up_to_training(spec, &mut |_| ())?;
        entering("resample");
        let chain = resample::run_wide_chain(active_samplers(spec), &training.data, &training.hidden, spec.seed)?;
        entering("end");
        Ok((chain, training.scaler))
    }

    /// The first stages: data, split, scale.
    fn up_to_training(&mut self, spec: &Spec, entering: &mut dyn FnMut(&'static str)) -> Result<Front, RunError> {
        entering("data");
        let (generated, data_rev) = self.data.get((spec.data.clone(), spec.seed), || make_data(spec))?;
        entering("split");
        let split_seed = spec.split_seed.unwrap_or(spec.seed);
        let test_size = (!spec.off.split).then(|| spec.test_size.to_bits());
        let (parts, parts_rev) =
            self.parts.get((data_rev, test_size, split_seed), || divide(spec, &generated.data, split_seed))?;
        let (training, training_rev) =
            self.training.get((parts_rev, spec.scale), || prepare(spec, &generated, &parts.0))?;
        Ok(Front { generated, data_rev, parts, training, training_rev })
    }

    /// Runs `spec` and calls `entering` with the name of each stage as it begins, so that a caller with a clock can
    /// time them and show progress.
    pub fn run_observed(&mut self, spec: &Spec, entering: &mut dyn FnMut(&'static str)) -> Result<Ran, RunError> {
        self.run_for(spec, Extras::ALL, entering)
    }

    /// As [`Runner::run_observed`], with those extras only that are `wanted`.
    pub fn run_for(
        &mut self,
        spec: &Spec,
        wanted: Extras,
        entering: &mut dyn FnMut(&'static str),
    ) -> Result<Ran, RunError> {
        self.run_stages(spec, wanted, entering).map_err(|error| of_few_rows(error, &spec.data))
    }

    fn run_stages(
        &mut self,
        spec: &Spec,
        wanted: Extras,
        entering: &mut dyn FnMut(&'static str),
    ) -> Result<Ran, RunError> {
        let Front { generated, data_rev, parts, training, training_rev } = self.up_to_training(spec, entering)?;
        let data = &generated.data;
        let Training { data: train, hidden, scaler, relative_contrast } = &*training;
        let scaler = *scaler;

        entering("resample");
        let stages = if spec.off.resample { Vec::new() } else { spec.samplers.clone() };
        let (chain, chain_rev) = self.chain.get((training_rev, stages, spec.seed), || {
            resample::run_wide_chain(active_samplers(spec), train, hidden, spec.seed)
        })?;

        entering("diagnosis");
        let diagnosis = if wanted.diagnosis {
            let found = || diagnose(&chain, scaler.as_ref(), generated.density.as_ref(), &generated.columns);
            Some(Vec::clone(&self.diagnosis.get(chain_rev, || Ok::<_, RunError>(found()))?.0))
        } else {
            None
        };
        let judged = || Ok::<_, RunError>(spec.hardness.map(|k| judge(k, train, hidden)));
        let (hardness, _) = self.hardness.get((training_rev, spec.hardness), judged)?;

        entering("model");
        let classifier = if spec.off.model { Classifier::MajorityDummy } else { spec.classifier.clone() };
        let (model, model_rev) = self.model.get((chain_rev, classifier.clone()), || fit(&classifier, &chain))?;

        entering("score");
        let (grid, _) = self.grid.get(data_rev, || lay_grid(&generated, &mut self.lattice))?;
        let (scored, _) =
            self.scores.get(model_rev, || Ok::<_, RunError>(evaluate(data, &parts.1, scaler.as_ref(), &model)))?;
        let population = match Option::as_ref(&grid) {
            Some(grid) if wanted.population => {
                let score = |points: &[Point]| model.predict_proba_many(&scaled(scaler.as_ref(), points));
                let at = self.population.get(model_rev, || Ok::<_, RunError>(grid.at(score)))?.0;
                Some(grid.population(Some(PopulationAt::clone(&at))))
            }
            grid => grid.map(|grid| grid.population(None)),
        };

        let mut notes = notes(spec, &generated, &parts, *relative_contrast);
        // A layer that cannot be shown is no reason to show nothing.
        if let Some(Err(error)) = &*hardness {
            notes.push(format!("How hard the rows are cannot be told: {}.", error.fault));
        }
        let report = Report {
            data: data.clone(),
            drawn: spec.data.edits.added.len() as u32,
            columns: generated.columns.clone(),
            classes: generated.classes.clone(),
            train: parts.0.clone(),
            test: parts.1.clone(),
            scaler,
            chain: Chain::clone(&chain),
            model: Model::clone(&model),
            scores: scored.scores.clone(),
            sweep: scored.sweep.clone(),
            brier_score_loss: scored.brier_score_loss,
            log_loss: scored.log_loss,
            population,
            hardness: hardness.as_ref().as_ref().and_then(|judged| judged.clone().ok()),
            relative_contrast: *relative_contrast,
            diagnosis,
            notes,
        };
        Ok(Ran { report, generated })
    }
}

fn active_samplers(spec: &Spec) -> &[SamplerStage] {
    if spec.off.resample { &[] } else { &spec.samplers }
}

#[inline(never)]
fn make_data(spec: &Spec) -> Result<Generated, RunError> {
    Ok(dataset::generate(&spec.data, spec.seed)?)
}

/// Splits the rows, or with the split off hands all of them to both sides.
#[inline(never)]
fn divide(spec: &Spec, data: &Dataset, seed: u32) -> Result<Parts, RunError> {
    if spec.off.split {
        let all: Vec<u32> = (0..data.len() as u32).collect();
        return Ok((all.clone(), all));
    }
    let size = TestSize::Share(spec.test_size);
    let split = split::train_test_split(data.len(), size, Some(&data.y), &mut RandomState::new(seed))?;
    Ok((split.train, split.test))
}

/// Two rows of each class are what a split needs. Of own data they are still to be drawn: that says more than what the
/// stage complains about that first misses them.
fn of_few_rows(error: RunError, data: &DataSpec) -> RunError {
    if data.source != Source::Table || matches!(error, RunError::Data(_)) {
        return error;
    }
    let rows = data.rows_at_hand();
    let (majority, minority) = (rows.count(0), rows.count(1));
    if majority.min(minority) >= 2 { error } else { DataError::TooFewOwn { majority, minority }.into() }
}

/// Takes the training rows and, when asked to, fits the scaler on them and them alone.
#[inline(never)]
fn prepare(spec: &Spec, made: &Generated, rows: &[u32]) -> Result<Training, RunError> {
    let (mut data, mut hidden) = (made.data.take(rows), made.hidden.take(rows));
    let mut scaler = None;
    if spec.scale {
        let fitted = StandardScaler::fit(&data.x);
        data.x = fitted.transform_all(&data.x);
        hidden = split::standard_scaled(&hidden);
        scaler = Some(fitted);
    }
    let relative_contrast = relative_contrast(&data, &hidden);
    Ok(Training { data, hidden, scaler, relative_contrast })
}

/// How hard each training row is, in the samplers' space, by `k` neighbours.
#[inline(never)]
fn judge(k: u8, train: &Dataset, hidden: &Rows) -> Result<Vec<Hardness>, ResampleError> {
    let rows = Rows::joined(&train.x, hidden);
    let fault = |fault| ResampleError { stage: 0, n_stages: 1, sampler: "hardness", fault };
    resample::hardness(&rows, &train.y, usize::from(k)).map_err(fault)
}

#[inline(never)]
fn fit(classifier: &Classifier, chain: &Chain) -> Result<Model, RunError> {
    let (rows, weights) = chain.fit_rows();
    Ok(classifier.fit_weighted(&rows.x, &rows.y, weights.as_deref())?)
}

/// The cells that population values are integrated over, where the density is known. The lattice under them is laid
/// anew only when the shape of the classes changes.
#[inline(never)]
fn lay_grid(generated: &Generated, kept: &mut Option<(Density, Lattice)>) -> Result<Option<PopulationGrid>, RunError> {
    let Some(density) = &generated.density else { return Ok(None) };
    let mut lattice = match kept.take() {
        Some((of, lattice)) if of.has_shape_of(density) => lattice,
        _ => Lattice::new(density),
    };
    let grid = PopulationGrid::on(&mut lattice, density);
    *kept = Some((density.clone(), lattice));
    Ok(Some(grid))
}

/// Scores every row, sweeps the test rows.
#[inline(never)]
fn evaluate(data: &Dataset, test: &[u32], scaler: Option<&StandardScaler>, model: &Model) -> Scored {
    let scores = model.predict_proba_many(&scaled(scaler, &data.x));
    let test_y: Vec<Class> = test.iter().map(|&i| data.y[i as usize]).collect();
    let test_scores: Vec<f64> = test.iter().map(|&i| scores[i as usize]).collect();
    Scored {
        sweep: Sweep::new(&test_y, &test_scores, None),
        // Refused only for probabilities outside [0, 1], which no model gives.
        brier_score_loss: metrics::brier_score_loss(&test_y, &test_scores, None).unwrap_or(f64::NAN),
        log_loss: metrics::log_loss(&test_y, &test_scores, None),
        scores,
    }
}

/// From this size on the square of a coordinate is so much larger than the coordinate that a fit without scaling is
/// badly conditioned.
const LARGE: f64 = 30.0;

/// Whether scikit-learn's solver may not reach the optimum: polynomial features of large numbers that are not scaled.
pub fn stalls_elsewhere(spec: &Spec, points: &[Point]) -> bool {
    let curved = matches!(spec.classifier, Classifier::LogisticRegression { degree, .. } if degree >= 2);
    curved && !spec.scale && !spec.off.model && points.iter().flatten().any(|v| v.abs() > LARGE)
}

/// What the reader should know beyond the numbers.
#[inline(never)]
fn notes(spec: &Spec, generated: &Generated, parts: &Parts, relative_contrast: Option<f64>) -> Vec<String> {
    let mut notes = generated.notes.clone();
    if spec.off.split {
        notes.push(
            "The split is off: the model is scored on the very rows it was fitted on, which flatters it.".to_owned(),
        );
    }
    if stalls_elsewhere(spec, &generated.data.x) {
        notes.push(
            "The features are curved and the numbers large, and nothing is scaled: scikit-learn's solver may stop \
             short of the optimum that is shown here. Switch scaling on (in the split) to make the fit sound."
                .to_owned(),
        );
    }
    if let (1.., Some(contrast)) = (spec.data.hidden, relative_contrast) {
        notes.push(format!(
            "{} hidden {} of noise take part in every distance: the farthest point is only {:.1} times as far as the \
             nearest (relative contrast {contrast:.2}).",
            spec.data.hidden,
            if spec.data.hidden == 1 { "column" } else { "columns" },
            contrast + 1.0
        ));
    }
    let positives = parts.1.iter().filter(|&&i| generated.data.y[i as usize] == 1).count();
    if (1..20).contains(&positives) {
        notes.push(format!(
            "Only {positives} minority {} in the test set: recall moves in steps of {:.3}.",
            if positives == 1 { "row" } else { "rows" },
            1.0 / positives as f64
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Edits;

    #[test]
    fn an_own_sheet_says_how_many_points_are_missing_until_there_are_enough() {
        let mut spec = Spec { data: DataSpec::default_for(Source::Table), ..Spec::default() };
        let refused = |spec: &Spec| run(spec).map(|_| ()).map_err(|error| (error.stage(), error.to_string()));
        for (majority, minority) in [(0, 0), (3, 0), (3, 1), (0, 4)] {
            let drawn = |n: u8, class: Class| (0..n).map(move |i| ([f64::from(i), f64::from(class)], class));
            spec.data.edits.added = drawn(majority, 0).chain(drawn(minority, 1)).collect();
            let (stage, message) = refused(&spec).unwrap_err();
            assert_eq!(stage, "data");
            let counts = format!("there are {majority} of the majority and {minority} of the minority");
            assert!(message.contains("at least two points of each class") && message.contains(&counts), "{message}");
        }
        spec.data.edits.added.extend([([5.0, 6.0], 0), ([6.0, 7.0], 0)]);
        assert_eq!(refused(&spec), Ok(()));
        // Generated data are asked for more rows, not for drawing.
        let few = DataSpec { edits: Edits { added: Vec::new(), erased: (0..49).collect() }, ..small() };
        assert_eq!(refused(&Spec { data: few, ..Spec::default() }).unwrap_err().0, "split");
    }

    fn small() -> DataSpec {
        DataSpec { n_samples: 50, ..DataSpec::default() }
    }
}
