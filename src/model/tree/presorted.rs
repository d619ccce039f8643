//! The samples while a tree grows, when the order of equal rows cannot be seen: one list per feature, sorted once.

use std::ops::Range;

use super::columns::Columns;
use super::samples::Samples;

/// Whole weights up to here are exact in 32 bits, and so are sums of any number of rows in 64.
const LARGEST_WEIGHT: f64 = 16_777_216.0;

#[derive(Clone, Copy, Debug)]
struct Entry {
    value: f32,
    row: u32,
    weight: f32,
    class: u32,
}

/// Every feature has its own list, in which a node is the same range of positions; a split parts all lists without
/// disturbing their order.
#[derive(Debug)]
pub(super) struct Presorted {
    lists: Vec<Vec<Entry>>,
    feature: usize,
    goes_left: Vec<bool>,
    goes_right: Vec<Entry>,
}

impl Presorted {
    /// Whether the weights allow it.
    pub(super) fn suits(weights: &[f64]) -> bool {
        weights.iter().all(|&weight| weight.trunc() == weight && weight <= LARGEST_WEIGHT)
    }

    /// Rows of weight 0 are left out. `orders` are those of the columns.
    pub(super) fn new(columns: &Columns, orders: &[Vec<u32>], classes: &[u8], weights: &[f64]) -> Self {
        let list_of = |(feature, order): (usize, &Vec<u32>)| {
            let column = columns.column(feature);
            let entry = |&row: &u32| {
                let i = row as usize;
                let weight = weights[i] as f32;
                (weight != 0.0).then(|| Entry { value: column[i], row, weight, class: u32::from(classes[i]) })
            };
            order.iter().filter_map(entry).collect()
        };
        let lists: Vec<Vec<Entry>> = orders.iter().enumerate().map(list_of).collect();
        Self { lists, feature: 0, goes_left: vec![false; columns.n_rows()], goes_right: Vec::new() }
    }
}

impl Samples for Presorted {
    fn len(&self) -> usize {
        self.lists.first().map_or(0, Vec::len)
    }

    fn sort_by(&mut self, feature: usize, _node: &Range<usize>) {
        self.feature = feature;
    }

    fn extremes(&mut self, feature: usize, node: &Range<usize>) -> (f32, f32) {
        self.feature = feature;
        (self.value(node.start), self.value(node.end - 1))
    }

    #[inline]
    fn value(&self, position: usize) -> f32 {
        self.lists[self.feature][position].value
    }

    #[inline]
    fn class_and_weight(&self, position: usize) -> (usize, f64) {
        let entry = self.lists[self.feature][position];
        (entry.class as usize, f64::from(entry.weight))
    }

    fn part(&mut self, threshold: f64, node: &Range<usize>) -> usize {
        let list = &self.lists[self.feature][node.clone()];
        node.start + list.partition_point(|entry| f64::from(entry.value) <= threshold)
    }

    fn settle(&mut self, feature: usize, _threshold: f64, node: &Range<usize>, position: usize) {
        self.feature = feature;
        for (p, entry) in node.clone().zip(&self.lists[feature][node.clone()]) {
            self.goes_left[entry.row as usize] = p < position;
        }
        for (_, list) in self.lists.iter_mut().enumerate().filter(|(other, _)| *other != feature) {
            let list = &mut list[node.clone()];
            self.goes_right.clear();
            let mut left = 0;
            for i in 0..list.len() {
                let entry = list[i];
                if self.goes_left[entry.row as usize] {
                    list[left] = entry;
                    left += 1;
                } else {
                    self.goes_right.push(entry);
                }
            }
            list[left..].copy_from_slice(&self.goes_right);
        }
    }
}
