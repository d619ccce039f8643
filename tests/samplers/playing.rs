//! Playing: every position shows the same from either side, and says what happened.

use std::collections::BTreeSet;

use imbalance_lab::dataset::Dataset;
use imbalance_lab::resample::SamplingStrategy::{All, Ratio};
use imbalance_lab::resample::play::{
    Finding, RowState, Timeline, centers, code_line, explain, findings, focus, kin, next_stop, phase_starts,
    previous_stop, provenance, sentence, summary,
};
use imbalance_lab::resample::{Chain, METHODS, SamplerStage, StageTrace, Step, TableUse, Value, run_chain};

use super::{clouds, named, run, samplers, stages, with_neighbors};

/// Chains worth playing: every sampler alone, and some after one another.
fn chains() -> Vec<Chain> {
    let data = clouds(&[70, 18], 5);
    let mut all: Vec<Vec<SamplerStage>> = samplers().map(|sampler| stages([sampler])).collect();
    for first in ["SMOTE", "RandomOverSampler", "RandomUnderSampler", "BorderlineSMOTE"] {
        for second in ["TomekLinks", "SMOTE"] {
            all.push(stages([with_neighbors(named(first).to(Ratio(0.5)), 3), with_neighbors(named(second), 3)]));
        }
    }
    all.push(stages([named("TomekLinks"), named("SMOTE")]));
    all.push(stages([named("SMOTE").to(Ratio(0.6)), named("TomekLinks").to(All), named("RandomUnderSampler")]));
    all.push(stages([named("RandomOverSampler").with(&METHODS[0].parameters[0], Value::Real(0.5))]));
    all.push(Vec::new());
    all.iter().map(|stages| run_chain(stages, &data, 7).unwrap_or_else(|error| panic!("{error}"))).collect()
}

#[test]
fn the_tables_hold_what_the_steps_refer_to() {
    for chain in chains() {
        for position in 1..=chain.total_steps() {
            let focus = focus(&chain, position).expect("a step at every position above 0");
            let stage = &chain.stages[focus.place.stage];
            assert!(focus.center.is_none_or(|row| stage.input.contains(&row) || made_in(stage, row)));
            if let Step::Remove { row, because, others } = focus.step {
                let around =
                    focus.neighbors.contains(&row) || because == row && (others == 0 || !focus.neighbors.is_empty());
                assert!(around, "it is among the neighbours of the row because of which it goes");
            } else if let (Some(chosen), false) = (focus.chosen, focus.neighbors.is_empty()) {
                assert!(focus.neighbors.contains(&chosen), "the neighbour is one of those looked up");
            }
            if let Step::Judge { row, others: counted, .. } = focus.step {
                let others =
                    focus.neighbors.iter().filter(|&&i| chain.pool_y[i as usize] != chain.pool_y[row as usize]);
                assert_eq!(others.count(), counted as usize);
                assert!(stage.tables.iter().any(|table| table.purpose == TableUse::Judge));
            }
        }
    }
}

fn made_in(stage: &StageTrace, row: u32) -> bool {
    stage.steps.contains(&Step::Add { row })
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
        for position in 1..=chain.total_steps() {
            let code = code_line(&chain, position, |p| p).expect("a stage");
            assert!((5..=12).contains(&code.lines.len()) && code.line.is_some_and(|line| line < code.lines.len()));
            assert!(code.variables.iter().all(|(_, value)| !value.to_string().contains("NaN")));
        }
        for stage in 0..chain.stages.len() {
            well_formed(summary(&chain, stage).to_string());
            let explanation = explain(&chain, stage).expect("a stage");
            well_formed(explanation.what.to_string());
            well_formed(explanation.watch_for.to_string());
        }
    }
}

/// Whether `name` stands in `text` as a name of its own, not as a part of a longer one.
fn names(text: &str, name: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + name.len()..].chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(|letter| is_part(letter) || "'[".contains(letter))
    })
}

#[test]
fn every_variable_told_is_one_of_the_pseudocode() {
    assert!(names("add x[nn] - x[i]", "nn") && !names("near = nn[i]", "nn") && !names("m' = rows", "m"));
    let mut told = BTreeSet::new();
    for chain in chains() {
        for position in 1..=chain.total_steps() {
            let code = code_line(&chain, position, |p| p).expect("a stage");
            let text = code.lines.join("\n");
            let method = chain.stages[chain.locate(position).expect("a step").stage].sampler.name();
            for (name, _) in code.variables {
                assert!(names(&text, name), "{method} tells {name}, which its pseudocode does not name");
                told.insert(method);
            }
        }
    }
    assert_eq!(told.len(), METHODS.len(), "every method tells variables");
}

#[test]
fn every_phase_has_a_name_and_going_by_phase_leads_to_the_end_and_back() {
    for chain in chains() {
        let (phases, total) = (phase_starts(&chain), chain.total_steps());
        assert_eq!(phases.is_empty(), total == 0);
        assert!(phases.windows(2).all(|pair| pair[0].position < pair[1].position && pair[0].stage <= pair[1].stage));
        for phase in &phases {
            let names = chain.stages[phase.stage].sampler.method().words().phases;
            assert_eq!(phase.words(&chain).is_some(), !names.is_empty(), "{phase:?} of {names:?}");
        }
        let mut stops = vec![0];
        while stops[stops.len() - 1] < total {
            stops.push(next_stop(&phases, stops[stops.len() - 1], total));
        }
        assert_eq!(stops.len(), phases.len() + 1);
        assert!(stops.windows(2).all(|pair| previous_stop(&phases, pair[1]) == pair[0]));
    }
}

#[test]
fn what_was_found_names_rows_of_the_stage_and_grows_only_by_its_steps() {
    for chain in chains() {
        assert!(findings(&chain, 0).is_empty() && centers(&chain, 0).is_none());
        for position in 1..=chain.total_steps() {
            let place = chain.locate(position).expect("a step at every position above 0");
            let found = findings(&chain, position);
            assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0), "each row once, in the order of the pool");
            let present = |row| match chain.step(place) {
                Step::Judge { verdict, .. } | Step::Score { verdict, .. } => {
                    found.contains(&(row, Finding::Verdict(verdict)))
                }
                _ => found.iter().any(|&(of, finding)| of == row && matches!(finding, Finding::Share(_))),
            };
            if let Step::Judge { row, .. } | Step::Score { row, .. } | Step::Weigh { row, .. } = chain.step(place) {
                assert!(present(row), "what the step has found stands");
            }
            if let Some(now) = centers(&chain, position) {
                assert!(now.chosen.is_none_or(|cluster| (cluster as usize) < now.path[now.path.len() - 1].len()));
            }
        }
    }
}

#[test]
fn relatives_know_each_other() {
    for chain in chains() {
        let timeline = Timeline::new(&chain);
        for row in 0..chain.pool_x.len() as u32 {
            let own = kin(&chain, &timeline, row);
            assert_eq!(own.made_at.is_some(), row as usize >= chain.n_train());
            assert!(own.parents.iter().all(|&parent| parent < row), "parents were there before");
            for child in own.children {
                assert!(kin(&chain, &timeline, child).parents.contains(&row));
            }
            assert!(own.gone_at.is_some() || (own.because.is_none() && own.condemned_by.is_empty()));
        }
    }
}

#[test]
fn the_sentence_of_a_smote_step_tells_its_numbers() {
    let x = vec![[0.0, 0.0], [1.0, 0.0], [0.0, 2.0], [5.0, 5.0], [5.0, 6.0], [6.0, 5.0], [6.0, 6.0], [7.0, 7.0]];
    let data = Dataset { x, y: vec![1, 1, 1, 0, 0, 0, 0, 0] };
    let chain = run(&with_neighbors(named("SMOTE"), 2), &data, 0).chain;
    // NumPy: RandomState(0).randint(0, 6, 2) is [4, 5], that is row 2 with its first neighbour; then 0.84426575.
    let text = sentence(&chain, 1, |[x, y]| [x + 1.5, -y]);
    assert_eq!(
        text.to_string(),
        "Minority point #2 draws neighbour #0, first of its two. gap = 0.84 puts the new point at (1.50, \u{2212}0.31)."
    );
    assert!(text.0.iter().any(|span| span.strong && span.text == "#2"));
    assert_eq!(summary(&chain, 0).to_string(), "SMOTE added 2 points: minority 3 became 5.");
}
