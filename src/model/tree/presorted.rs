//! The samples while a tree grows, when the order of equal rows cannot be seen: one list per feature, sorted once.

use std::ops::Range;

use super::columns::Columns;
use super::criterion::PerClass;
use super::samples::Samples;

/// Whole weights up to here fit beside the class, are exact in 32 bits, and so are sums of any number of rows in 64.
const LARGEST_WEIGHT: f64 = 16_777_215.0;

/// A row in one of the lists.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    value: f32,
    row: u32,
    /// The class in the low 8 bits.
    weight_and_class: u32,
}

impl Entry {
    #[inline]
    fn class(self) -> usize {
        (self.weight_and_class & 0xFF) as usize
    }

    #[inline]
    fn weight(self) -> u32 {
        self.weight_and_class >> 8
    }
}

/// Every feature has its own list, in which a node is the same range of positions; a split parts all lists without
/// disturbing their order.
#[derive(Debug)]
pub(super) struct Presorted<'a> {
    columns: &'a Columns,
    lists: Vec<Vec<Entry>>,
    feature: usize,
    goes_right: Vec<Entry>,
}

/// All rows in the order of every feature, without weights; equal ones in their own order.
pub(super) fn lists(columns: &Columns, classes: &[u8]) -> Vec<Vec<Entry>> {
    let entry = |(row, (&value, &class)): (usize, (&f32, &u8))| Entry {
        value,
        row: row as u32,
        weight_and_class: u32::from(class),
    };
    let list = |feature| {
        let mut list: Vec<Entry> = columns.column(feature).iter().zip(classes).enumerate().map(entry).collect();
        list.sort_by(|a, b| a.value.total_cmp(&b.value));
        list
    };
    (0..columns.width()).map(list).collect()
}

impl<'a> Presorted<'a> {
    /// Whether the weights allow it.
    pub(super) fn suits(weights: &[f64]) -> bool {
        weights.iter().all(|&weight| weight <= LARGEST_WEIGHT && f64::from(weight as u32) == weight)
    }

    /// Rows of weight 0 are left out. `lists` are those of the columns.
    pub(super) fn new(columns: &'a Columns, lists: &[Vec<Entry>], weights: &[f64]) -> Self {
        let weights: Vec<u32> = weights.iter().map(|&weight| weight as u32).collect();
        let n_drawn = weights.iter().filter(|&&weight| weight > 0).count();
        let weighted = |list: &Vec<Entry>| {
            // whether a row was drawn cannot be guessed: every entry is written, and stays if the next is not put in its
            // place
            let (mut weighted, mut n) = (vec![Entry::default(); n_drawn + 1], 0);
            for &entry in list {
                let weight = weights[entry.row as usize];
                weighted[n] = Entry { weight_and_class: weight << 8 | entry.weight_and_class, ..entry };
                n += usize::from(weight > 0);
            }
            weighted.truncate(n_drawn);
            weighted
        };
        let lists = lists.iter().map(weighted).collect();
        Self { columns, lists, feature: 0, goes_right: vec![Entry::default(); n_drawn] }
    }
}

impl Samples for Presorted<'_> {
    const ARE_WHOLE: bool = true;

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
        (entry.class(), f64::from(entry.weight()))
    }

    #[inline]
    fn add_weights<C: PerClass>(&self, positions: Range<usize>, weights: &mut C) {
        weights.add_whole(self.lists[self.feature][positions].iter().map(|entry| (entry.class(), entry.weight())));
    }

    fn part(&mut self, threshold: f64, node: &Range<usize>) -> usize {
        let list = &self.lists[self.feature][node.clone()];
        node.start + list.partition_point(|entry| f64::from(entry.value) <= threshold)
    }

    fn settle(&mut self, feature: usize, threshold: f64, node: &Range<usize>) {
        self.feature = feature;
        let column = self.columns.column(feature);
        for (_, list) in self.lists.iter_mut().enumerate().filter(|(other, _)| *other != feature) {
            let list = &mut list[node.clone()];
            // every entry is written to both sides, which is quicker than to guess the right one
            let (mut left, mut right) = (0, 0);
            for i in 0..list.len() {
                let entry = list[i];
                list[left] = entry;
                self.goes_right[right] = entry;
                let is_left = f64::from(column[entry.row as usize]) <= threshold;
                left += usize::from(is_left);
                right += usize::from(!is_left);
            }
            list[left..].copy_from_slice(&self.goes_right[..right]);
        }
    }
}
