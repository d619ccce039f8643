//! The samples while a tree grows: a node is a range of positions, and a split orders the rows within it.

use std::ops::Range;

use super::columns::Columns;
use super::criterion::PerClass;
use super::introsort::introsort;

/// What a splitter does with the samples of a node.
pub(super) trait Samples {
    /// Whether all weights are whole numbers: their sums are the same in any order.
    const ARE_WHOLE: bool;

    /// How many there are in all.
    fn len(&self) -> usize;

    /// Orders the node by a feature.
    fn sort_by(&mut self, feature: usize, node: &Range<usize>);

    /// Looks at a feature without ordering the node; its least and its largest value.
    fn extremes(&mut self, feature: usize, node: &Range<usize>) -> (f32, f32);

    /// The feature's value at a position, after [`Self::sort_by`].
    fn value(&self, position: usize) -> f32;

    /// Class and weight of the sample at a position.
    fn class_and_weight(&self, position: usize) -> (usize, f64);

    /// Adds the weights of the samples at `positions` to those of their classes.
    fn add_weights<C: PerClass>(&self, positions: Range<usize>, weights: &mut C) {
        for position in positions {
            let (class, weight) = self.class_and_weight(position);
            weights.as_mut()[class] += weight;
        }
    }

    /// After [`Self::extremes`]: puts values up to `threshold` first. Where the others begin.
    fn part(&mut self, threshold: f64, node: &Range<usize>) -> usize;

    /// Splits the node for good.
    fn settle(&mut self, feature: usize, threshold: f64, node: &Range<usize>);
}

/// One list of rows, ordered as scikit-learn orders it: sums of weights that are not whole numbers need that.
#[derive(Debug)]
pub(super) struct InOrder<'a> {
    columns: &'a Columns,
    classes: &'a [u8],
    weights: &'a [f64],
    rows: Vec<u32>,
    values: Vec<f32>,
    parted_by: Option<usize>,
}

impl<'a> InOrder<'a> {
    /// Rows of weight 0 are left out.
    pub(super) fn new(columns: &'a Columns, classes: &'a [u8], weights: &'a [f64]) -> Self {
        let rows: Vec<u32> = (0..columns.n_rows() as u32).filter(|&row| weights[row as usize] != 0.0).collect();
        let values = vec![0.0; rows.len()];
        Self { columns, classes, weights, rows, values, parted_by: None }
    }

    fn gather(&mut self, feature: usize, node: &Range<usize>) {
        let column = self.columns.column(feature);
        for (value, &row) in self.values[node.clone()].iter_mut().zip(&self.rows[node.clone()]) {
            *value = column[row as usize];
        }
    }
}

impl Samples for InOrder<'_> {
    const ARE_WHOLE: bool = false;

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn sort_by(&mut self, feature: usize, node: &Range<usize>) {
        self.gather(feature, node);
        introsort(&mut self.values[node.clone()], &mut self.rows[node.clone()]);
        self.parted_by = None;
    }

    fn extremes(&mut self, feature: usize, node: &Range<usize>) -> (f32, f32) {
        self.gather(feature, node);
        self.parted_by = Some(feature);
        // Not `f32::min` and `f32::max`: in WebAssembly those are calls.
        let extend = |(min, max): (f32, f32), &value: &f32| {
            (if value < min { value } else { min }, if value > max { value } else { max })
        };
        self.values[node.clone()].iter().fold((f32::INFINITY, f32::NEG_INFINITY), extend)
    }

    fn value(&self, position: usize) -> f32 {
        self.values[position]
    }

    fn class_and_weight(&self, position: usize) -> (usize, f64) {
        let row = self.rows[position] as usize;
        (usize::from(self.classes[row]), self.weights[row])
    }

    fn part(&mut self, threshold: f64, node: &Range<usize>) -> usize {
        let (mut left, mut right) = (node.start, node.end);
        while left < right {
            if f64::from(self.values[left]) <= threshold {
                left += 1;
            } else {
                right -= 1;
                self.values.swap(left, right);
                self.rows.swap(left, right);
            }
        }
        right
    }

    fn settle(&mut self, feature: usize, threshold: f64, node: &Range<usize>) {
        // a drawn threshold has parted them already, unless another feature was looked at since
        if self.parted_by != Some(feature) {
            self.gather(feature, node);
            self.part(threshold, node);
        }
    }
}
