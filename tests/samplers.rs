//! What every sampler owes, whatever it does. A new sampler joins with one line in `SAMPLERS`.

use std::collections::BTreeSet;

use imbalance_lab::base::Point;
use imbalance_lab::dataset::Dataset;
use imbalance_lab::random::RandomState;
use imbalance_lab::resample::play::{RowState, Timeline, explain, focus, provenance, sentence, summary};
use imbalance_lab::resample::{
    BorderlineKind, Chain, Fault, Origin, ResampleError, Resampled, Sampler, SamplerStage, SamplingKind,
    SamplingStrategy, Step, TableUse, fit_resample, run_chain,
};

use SamplingStrategy::{All, Auto, Counts, Ratio};

/// What a sampler is called with: a strategy and a number of neighbours.
type Make = fn(SamplingStrategy, usize) -> Sampler;

const SAMPLERS: &[Make] = &[
    |sampling_strategy, _| Sampler::RandomOverSampler { sampling_strategy },
    |sampling_strategy, _| Sampler::RandomUnderSampler { sampling_strategy, replacement: false },
    |sampling_strategy, _| Sampler::RandomUnderSampler { sampling_strategy, replacement: true },
    |sampling_strategy, k_neighbors| Sampler::Smote { sampling_strategy, k_neighbors },
    |sampling_strategy, k| borderline(sampling_strategy, k, BorderlineKind::One),
    |sampling_strategy, k| borderline(sampling_strategy, k, BorderlineKind::Two),
    |sampling_strategy, _| Sampler::TomekLinks { sampling_strategy },
];

fn borderline(sampling_strategy: SamplingStrategy, k: usize, kind: BorderlineKind) -> Sampler {
    Sampler::BorderlineSmote { sampling_strategy, k_neighbors: k, m_neighbors: 2 * k, kind }
}

fn samplers() -> impl Iterator<Item = Sampler> {
    SAMPLERS.iter().map(|make| make(Auto, 5))
}

/// Gaussian clouds, one per class, that overlap; classes in random order.
fn clouds(sizes: &[usize], seed: u32) -> Dataset {
    let mut random = RandomState::new(seed);
    let mut y: Vec<u8> = sizes.iter().enumerate().flat_map(|(class, &n)| vec![class as u8; n]).collect();
    random.shuffle(&mut y);
    let mut point = |class: u8| [random.normal(f64::from(class) * 1.1, 1.0), random.normal(f64::from(class % 2), 1.0)];
    Dataset { x: y.iter().map(|&class| point(class)).collect(), y }
}

/// The same, on a coarse grid: many rows at the same place, many equal distances.
fn snapped(sizes: &[usize], seed: u32) -> Dataset {
    let mut data = clouds(sizes, seed);
    data.x.iter_mut().flatten().for_each(|value| *value = (*value * 2.0).round() / 2.0);
    data
}

fn run(sampler: &Sampler, data: &Dataset, seed: u32) -> Resampled {
    fit_resample(sampler, &data.x, &data.y, seed).unwrap_or_else(|error| panic!("{error}"))
}

fn fault(sampler: &Sampler, data: &Dataset) -> Fault {
    match fit_resample(sampler, &data.x, &data.y, 0) {
        Ok(_) => panic!("{} should have refused", sampler.name()),
        Err(error) => error.fault,
    }
}

fn counts(data: &Dataset) -> Vec<usize> {
    (0..3).map(|class| data.count(class)).collect()
}

fn squared_distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
}

/// Row numbers of `among` by distance from `row`, without `row`.
fn nearest(data: &Dataset, row: usize, among: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut others: Vec<usize> = (0..data.len()).filter(|&i| i != row && among(i)).collect();
    others.sort_by(|&i, &j| {
        squared_distance(data.x[row], data.x[i]).total_cmp(&squared_distance(data.x[row], data.x[j]))
    });
    others
}

fn stages(samplers: impl IntoIterator<Item = Sampler>) -> Vec<SamplerStage> {
    samplers.into_iter().map(|sampler| SamplerStage { sampler, seed: None }).collect()
}

/// Chains worth playing: every sampler alone, and some after one another.
fn chains() -> Vec<Chain> {
    let data = clouds(&[70, 18], 5);
    let mut all: Vec<Vec<SamplerStage>> = samplers().map(|sampler| stages([sampler])).collect();
    for pair in [(3, 6), (0, 6), (6, 3), (2, 3), (1, 4), (5, 6), (2, 6)] {
        all.push(stages([SAMPLERS[pair.0](Ratio(0.5), 3), SAMPLERS[pair.1](Auto, 3)].map(without_ratio_when_cleaning)));
    }
    all.push(stages([SAMPLERS[3](Ratio(0.6), 3), SAMPLERS[6](All, 3), SAMPLERS[2](Auto, 3)]));
    all.push(Vec::new());
    all.iter().map(|stages| run_chain(stages, &data, 7).unwrap_or_else(|error| panic!("{error}"))).collect()
}

fn without_ratio_when_cleaning(sampler: Sampler) -> Sampler {
    match sampler {
        Sampler::TomekLinks { sampling_strategy: Ratio(_) } => Sampler::TomekLinks { sampling_strategy: Auto },
        other => other,
    }
}

#[test]
fn the_same_seed_gives_the_same_rows() {
    let data = clouds(&[80, 20], 1);
    for sampler in samplers() {
        assert_eq!(run(&sampler, &data, 3), run(&sampler, &data, 3), "{}", sampler.name());
    }
}

#[test]
fn another_seed_gives_other_rows_unless_nothing_is_drawn() {
    let data = clouds(&[80, 20], 1);
    for sampler in samplers() {
        let same = run(&sampler, &data, 3).data == run(&sampler, &data, 4).data;
        assert_eq!(same, sampler.kind() == SamplingKind::Clean, "{}", sampler.name());
    }
}

#[test]
fn counts_are_as_asked() {
    let data = clouds(&[80, 20], 2);
    for make in SAMPLERS {
        let sampler = make(Auto, 5);
        let after = |strategy| counts(&run(&make(strategy, 5), &data, 3).data)[..2].to_vec();
        match sampler.kind() {
            SamplingKind::Over => {
                assert_eq!(after(Auto), [80, 80], "{}", sampler.name());
                assert_eq!(after(Ratio(0.5)), [80, 40], "{}", sampler.name());
                assert_eq!(after(Counts(vec![(1, 33)])), [80, 33], "{}", sampler.name());
            }
            SamplingKind::Under => {
                assert_eq!(after(Auto), [20, 20], "{}", sampler.name());
                assert_eq!(after(Ratio(0.5)), [40, 20], "{}", sampler.name());
                assert_eq!(after(Counts(vec![(0, 33)])), [33, 20], "{}", sampler.name());
            }
            SamplingKind::Clean => {
                assert!(after(Auto)[0] < 80 && after(Auto)[1] == 20, "{}", sampler.name());
                assert!(after(All)[0] < 80 && after(All)[1] < 20, "{}", sampler.name());
            }
        }
    }
}

#[test]
fn three_classes_are_brought_to_their_counts() {
    let data = clouds(&[60, 25, 14], 3);
    for make in SAMPLERS {
        let sampler = make(Auto, 3);
        let after = counts(&run(&sampler, &data, 3).data);
        match sampler.kind() {
            SamplingKind::Over => assert_eq!(after, [60, 60, 60], "{}", sampler.name()),
            SamplingKind::Under => assert_eq!(after, [14, 14, 14], "{}", sampler.name()),
            SamplingKind::Clean => assert!(after[0] < 60 && after[1] < 25 && after[2] == 14, "{}", sampler.name()),
        }
    }
}

#[test]
fn the_rows_that_came_in_keep_place_and_order() {
    let data = clouds(&[80, 20], 4);
    for sampler in samplers() {
        let Resampled { data: after, chain } = run(&sampler, &data, 3);
        assert_eq!((&chain.pool_x[..100], &chain.pool_y[..100]), (&data.x[..], &data.y[..]), "{}", sampler.name());
        match sampler.kind() {
            SamplingKind::Over => assert_eq!((&after.x[..100], &after.y[..100]), (&data.x[..], &data.y[..])),
            SamplingKind::Under => assert!(after.y.is_sorted(), "grouped by class"),
            SamplingKind::Clean => assert!(chain.output.is_sorted(), "in the order given"),
        }
    }
}

#[test]
fn a_synthetic_point_lies_on_the_segment_of_its_parents() {
    for data in [clouds(&[80, 20], 5), snapped(&[80, 20], 5), clouds(&[50, 20, 12], 5)] {
        for sampler in samplers() {
            let chain = run(&sampler, &data, 3).chain;
            for (row, origin) in chain.pool_origin.iter().enumerate() {
                let &Origin::Between { base, neighbor, gap } = origin else { continue };
                let (from, to) = (chain.pool_x[base as usize], chain.pool_x[neighbor as usize]);
                for axis in 0..2 {
                    let wanted = from[axis] + gap * (to[axis] - from[axis]);
                    assert!((chain.pool_x[row][axis] - wanted).abs() <= 1e-14 * (1.0 + wanted.abs()));
                }
                assert_eq!(chain.pool_y[row], chain.pool_y[base as usize]);
                let reach = if chain.pool_y[neighbor as usize] == chain.pool_y[row] { 1.0 } else { 0.5 };
                assert!((0.0..reach).contains(&gap), "gap {gap}");
            }
        }
    }
}

#[test]
fn a_repeated_row_lies_where_its_original_lies() {
    for sampler in samplers() {
        let chain = run(&sampler, &clouds(&[80, 20], 6), 3).chain;
        for (row, origin) in chain.pool_origin.iter().enumerate() {
            if let Origin::Copy { of } = *origin {
                assert_eq!(chain.pool_x[row], chain.pool_x[of as usize]);
                assert_eq!(chain.pool_y[row], chain.pool_y[of as usize]);
            }
        }
    }
}

#[test]
fn rows_at_the_same_place_are_no_trouble() {
    let twice = clouds(&[40, 12], 7);
    let twice = twice.take(&(0..52).flat_map(|i| [i, i]).collect::<Vec<_>>());
    let one_place = Dataset { x: vec![[0.5, -1.0]; 60], y: (0..60).map(|i| u8::from(i % 4 == 0)).collect() };
    for data in [twice, one_place, snapped(&[70, 20], 7)] {
        for sampler in samplers() {
            let after = run(&sampler, &data, 3).data;
            match sampler.kind() {
                // No row in danger, nothing to start from: Borderline-SMOTE leaves such a class alone.
                SamplingKind::Over if after.count(1) == data.count(1) => assert_eq!(sampler.name(), "BorderlineSMOTE"),
                SamplingKind::Over => assert_eq!(after.count(0), after.count(1), "{}", sampler.name()),
                SamplingKind::Under => assert_eq!(after.count(0), after.count(1), "{}", sampler.name()),
                SamplingKind::Clean => assert_eq!(after.count(1), data.count(1), "{}", sampler.name()),
            }
            assert!(after.x.iter().flatten().all(|value| value.is_finite()));
        }
    }
}

#[test]
fn a_constant_feature_stays_constant() {
    let mut data = clouds(&[80, 20], 8);
    data.x.iter_mut().for_each(|point| point[1] = 2.5);
    for sampler in samplers() {
        assert!(run(&sampler, &data, 3).data.x.iter().all(|point| point[1] == 2.5), "{}", sampler.name());
    }
}

#[test]
fn balanced_classes_need_no_new_row() {
    let data = clouds(&[30, 30], 9);
    for sampler in samplers().filter(|sampler| sampler.kind() == SamplingKind::Over) {
        assert_eq!(run(&sampler, &data, 3).data, data, "{}", sampler.name());
    }
}

#[test]
fn one_class_alone_is_refused() {
    let data = Dataset { x: clouds(&[30], 10).x, y: vec![1; 30] };
    for sampler in samplers() {
        assert_eq!(fault(&sampler, &data), Fault::OneClass { n_classes: 1 });
    }
}

#[test]
fn no_rows_are_refused() {
    for sampler in samplers() {
        assert_eq!(fault(&sampler, &Dataset::default()), Fault::Empty);
    }
}

#[test]
fn coordinates_that_are_not_finite_are_refused() {
    for (value, is_nan) in [(f64::NAN, true), (f64::INFINITY, false), (f64::NEG_INFINITY, false)] {
        let mut data = clouds(&[40, 15], 11);
        data.x[17][1] = value;
        for sampler in samplers() {
            assert_eq!(fault(&sampler, &data), Fault::NotFinite { row: 17, is_nan });
        }
    }
}

#[test]
fn too_few_rows_for_the_neighbours_are_refused_with_what_to_change() {
    let data = clouds(&[40, 4], 12);
    let smote = Sampler::Smote { sampling_strategy: Auto, k_neighbors: 5 };
    let error = fit_resample(&smote, &data.x, &data.y, 0).expect_err("4 rows have no 5 neighbours");
    assert_eq!(
        error.to_string(),
        "SMOTE: 5 neighbours (k_neighbors) need at least 6 minority rows, there are 4; lower k_neighbors to 3 or add \
         minority rows"
    );
    for make in SAMPLERS {
        for k in [44, 1000, usize::MAX / 4, usize::MAX / 2] {
            let sampler = make(Auto, k);
            let refused = fit_resample(&sampler, &data.x, &data.y, 0);
            let too_few = matches!(refused, Err(ResampleError { fault: Fault::TooFewRows { .. }, .. }));
            assert_eq!(too_few, !sampler.neighbor_parameters().is_empty(), "{} k = {k}", sampler.name());
        }
    }
}

#[test]
fn no_neighbours_are_refused_before_the_data_are_looked_at() {
    let single = Dataset { x: clouds(&[30], 10).x, y: vec![0; 30] };
    for sampler in SAMPLERS.iter().map(|make| make(Auto, 0)).filter(|s| !s.neighbor_parameters().is_empty()) {
        assert_eq!(fault(&sampler, &single), Fault::NoNeighbors { parameter: "k_neighbors" });
    }
}

#[test]
fn an_error_in_a_chain_names_the_stage() {
    let chain = stages([SAMPLERS[1](Ratio(0.5), 5), SAMPLERS[3](Auto, 50)]);
    let error = run_chain(&chain, &clouds(&[80, 20], 1), 0).expect_err("20 rows have no 50 neighbours");
    assert_eq!((error.stage, error.sampler), (1, "SMOTE"));
    assert!(error.to_string().starts_with("SMOTE (sampler 2 of 2): "), "{error}");
}

#[test]
fn a_stage_takes_the_lab_seed_unless_it_has_its_own() {
    let data = clouds(&[80, 20], 13);
    let smote = SAMPLERS[3](Auto, 5);
    let by = |seed, lab_seed| run_chain(&[SamplerStage { sampler: smote.clone(), seed }], &data, lab_seed);
    assert_eq!(by(None, 9), by(Some(9), 1));
    assert_ne!(by(None, 9), by(None, 1));
}

#[test]
fn what_tomek_links_removes_is_the_majority_end_of_every_mutual_nearest_pair() {
    for seed in 0..40 {
        let data = clouds(&[30, 12], seed);
        let first = |row| nearest(&data, row, |_| true)[0];
        let in_link = |row: usize| data.y[first(row)] != data.y[row] && first(first(row)) == row;
        let kept =
            |strategy: SamplingStrategy| run(&Sampler::TomekLinks { sampling_strategy: strategy }, &data, 0).chain;
        let wanted: Vec<u32> =
            (0..42).filter(|&row| !(in_link(row) && data.y[row] == 0)).map(|row| row as u32).collect();
        assert_eq!(kept(Auto).output, wanted, "seed {seed}");
        let wanted: Vec<u32> = (0..42).filter(|&row| !in_link(row)).map(|row| row as u32).collect();
        assert_eq!(kept(All).output, wanted, "seed {seed}");
    }
}

#[test]
fn smote_goes_to_one_of_the_k_nearest_of_the_same_class() {
    for seed in 0..20 {
        let data = clouds(&[45, 16], seed);
        for k_neighbors in [1, 4, 7, 15] {
            let chain = run(&Sampler::Smote { sampling_strategy: Auto, k_neighbors }, &data, seed).chain;
            for origin in &chain.pool_origin {
                let &Origin::Between { base, neighbor, .. } = origin else { continue };
                let mut allowed = nearest(&data, base as usize, |i| data.y[i] == 1);
                allowed.truncate(k_neighbors);
                assert!(data.y[base as usize] == 1 && allowed.contains(&(neighbor as usize)), "seed {seed}");
            }
        }
    }
}

#[test]
fn borderline_smote_starts_only_from_rows_in_danger() {
    for seed in 0..20 {
        let data = clouds(&[60, 22], seed);
        for (kind, m) in [(BorderlineKind::One, 7), (BorderlineKind::One, 10), (BorderlineKind::Two, 6)] {
            let sampler = Sampler::BorderlineSmote { sampling_strategy: Auto, k_neighbors: 4, m_neighbors: m, kind };
            let chain = run(&sampler, &data, seed).chain;
            let others = |row: usize| nearest(&data, row, |_| true)[..m].iter().filter(|&&i| data.y[i] == 0).count();
            let danger = |row: usize| 2 * others(row) >= m && others(row) < m;
            let mut judged = 0;
            for step in &chain.stages[0].steps {
                if let Step::Classify { row, other_class, danger: found } = *step {
                    judged += 1;
                    assert_eq!((other_class as usize, found), (others(row as usize), danger(row as usize)));
                }
            }
            assert_eq!(judged, 22);
            for origin in &chain.pool_origin {
                let &Origin::Between { base, neighbor, .. } = origin else { continue };
                assert!(danger(base as usize));
                let among = |i: usize| kind == BorderlineKind::Two || data.y[i] == 1;
                assert!(nearest(&data, base as usize, among)[..4].contains(&(neighbor as usize)));
            }
        }
    }
}

#[test]
fn random_under_sampling_keeps_or_drops_every_row_of_the_majority_once() {
    let data = clouds(&[60, 22], 14);
    for sampler in [SAMPLERS[1](Auto, 0), SAMPLERS[2](Auto, 0)] {
        let chain = run(&sampler, &data, 1).chain;
        let mut named: Vec<u32> = chain.stages[0]
            .steps
            .iter()
            .filter_map(|step| match *step {
                Step::Keep { row } | Step::Drop { row } => Some(row),
                _ => None,
            })
            .collect();
        named.sort_unstable();
        assert_eq!(named, (0..82).filter(|&row| data.y[row as usize] == 0).collect::<Vec<_>>());
    }
}

#[test]
fn the_tables_hold_what_the_steps_refer_to() {
    for chain in chains() {
        for position in 1..=chain.total_steps() {
            let focus = focus(&chain, position).expect("a step at every position above 0");
            let stage = &chain.stages[focus.place.stage];
            assert!(stage.input.contains(&focus.center));
            if let Some(chosen) = focus.chosen {
                assert!(focus.neighbors.contains(&chosen), "the neighbour is one of those looked up");
            }
            if let Step::Classify { row, other_class, .. } = focus.step {
                let others =
                    focus.neighbors.iter().filter(|&&i| chain.pool_y[i as usize] != chain.pool_y[row as usize]);
                assert_eq!(others.count(), other_class as usize);
                assert!(stage.tables.iter().any(|table| table.purpose == TableUse::Judge));
            }
        }
    }
}

/// Plays by doing and undoing one step at a time on a set of rows: another way than the timeline's.
struct Player<'a> {
    steps: Vec<Step>,
    chain: &'a Chain,
    rows: BTreeSet<u32>,
    position: usize,
}

impl<'a> Player<'a> {
    fn new(chain: &'a Chain) -> Self {
        let steps = chain.stages.iter().flat_map(|stage| stage.steps.iter().copied()).collect();
        Self { steps, chain, rows: (0..chain.n_train() as u32).collect(), position: 0 }
    }

    fn forward(&mut self) {
        let step = self.steps[self.position];
        if let Step::Add { row } = step {
            assert!(self.rows.insert(row), "made twice");
        }
        for row in step.removed().into_iter().flatten() {
            assert!(self.rows.remove(&row), "removed twice");
        }
        self.position += 1;
    }

    fn back(&mut self) {
        self.position -= 1;
        let step = self.steps[self.position];
        for row in step.removed().into_iter().flatten() {
            assert!(self.rows.insert(row));
        }
        if let Step::Add { row } = step {
            assert!(self.rows.remove(&row));
        }
    }

    fn agrees_with(&self, timeline: &Timeline) {
        let position = self.position as u32;
        assert_eq!(timeline.rows(RowState::Present, position).collect::<BTreeSet<_>>(), self.rows);
        let seen = timeline.rows(RowState::Removed, position).chain(timeline.rows(RowState::Present, position)).count();
        let hidden = timeline.rows(RowState::NotYet, position).count();
        assert_eq!(seen + hidden, self.chain.pool_x.len());
    }
}

#[test]
fn stepping_forwards_and_then_back_shows_the_same() {
    for chain in chains() {
        let timeline = Timeline::new(&chain);
        let mut player = Player::new(&chain);
        player.agrees_with(&timeline);
        for _ in 0..chain.total_steps() {
            player.forward();
            player.agrees_with(&timeline);
        }
        assert_eq!(player.rows, chain.output.iter().copied().collect::<BTreeSet<_>>(), "the end is the result");
        for _ in 0..chain.total_steps() {
            player.back();
            player.agrees_with(&timeline);
        }
        assert_eq!(player.rows.len(), chain.n_train());
    }
}

#[test]
fn every_row_that_leaves_a_stage_came_in_or_was_made_there() {
    for chain in chains() {
        let mut before: Vec<u32> = (0..chain.n_train() as u32).collect();
        for stage in &chain.stages {
            assert_eq!(stage.input, before);
            let unique: BTreeSet<u32> = stage.output.iter().copied().collect();
            assert_eq!(unique.len(), stage.output.len(), "a row leaves once");
            let made = |row: u32| stage.steps.contains(&Step::Add { row });
            assert!(stage.output.iter().all(|&row| stage.input.contains(&row) || made(row)));
            before.clone_from(&stage.output);
        }
        assert_eq!(chain.output, before);
    }
}

#[test]
fn positions_and_places_count_the_same_steps() {
    for chain in chains() {
        assert_eq!(chain.locate(0), None);
        let starts = chain.stage_starts();
        for position in 1..=chain.total_steps() {
            let place = chain.locate(position).expect("a step at every position above 0");
            assert_eq!(starts[place.stage] + place.index as u32 + 1, position);
        }
        assert_eq!(chain.locate(chain.total_steps() + 5), chain.locate(chain.total_steps()));
    }
}

#[test]
fn every_position_has_its_sentence_and_every_row_its_story() {
    for chain in chains() {
        let timeline = Timeline::new(&chain);
        let well_formed = |text: String| {
            assert!(text.ends_with('.') && !text.contains('*') && !text.contains("NaN"), "{text}");
        };
        (0..=chain.total_steps()).for_each(|position| well_formed(sentence(&chain, position, |p| p).to_string()));
        (0..chain.pool_x.len()).for_each(|row| well_formed(provenance(&chain, &timeline, row as u32).to_string()));
        for stage in 0..chain.stages.len() {
            well_formed(summary(&chain, stage).to_string());
            let explanation = explain(&chain, stage).expect("a stage");
            well_formed(explanation.what.to_string());
            well_formed(explanation.watch_for.to_string());
        }
    }
}

#[test]
fn the_sentence_of_a_smote_step_tells_its_numbers() {
    let x = vec![[0.0, 0.0], [1.0, 0.0], [0.0, 2.0], [5.0, 5.0], [5.0, 6.0], [6.0, 5.0], [6.0, 6.0], [7.0, 7.0]];
    let data = Dataset { x, y: vec![1, 1, 1, 0, 0, 0, 0, 0] };
    let chain = run(&Sampler::Smote { sampling_strategy: Auto, k_neighbors: 2 }, &data, 0).chain;
    // NumPy: RandomState(0).randint(0, 6, 2) is [4, 5], that is row 2 with its first neighbour; then 0.84426575.
    let text = sentence(&chain, 1, |[x, y]| [x + 1.5, -y]);
    assert_eq!(
        text.to_string(),
        "Minority point #2 draws neighbour #0, first of its two. gap = 0.84 puts the new point at (1.50, \u{2212}0.31)."
    );
    assert!(text.0.iter().any(|span| span.strong && span.text == "#2"));
    assert_eq!(summary(&chain, 0).to_string(), "SMOTE added 2 points: minority 3 became 5.");
}
