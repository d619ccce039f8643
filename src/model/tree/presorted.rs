//! The samples while a tree grows, when the order of equal rows cannot be seen: one list per feature, sorted once.

use std::ops::Range;

use super::columns::Columns;
use super::criterion::PerClass;
use super::samples::Samples;

/// Whole weights up to here fit into 16 bits, so that those of many rows stay near while they are looked up in the order of
/// a feature; sums of any number of rows are exact in 64.
const LARGEST_WEIGHT: f64 = u16::MAX as f64;

/// A row in one of the lists of a tree.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    value: f32,
    /// By what it is told to which side the row goes when another feature is split: the row, or with two features, where
    /// there is but one other, the value of that.
    key: u32,
    weight: u16,
    class: u8,
}

/// A row in the order of a feature, before any tree has drawn it: its entry has no weight yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    row: u32,
    entry: Entry,
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

/// All rows in the order of every feature; equal ones in their own order.
pub(super) fn lists(columns: &Columns, classes: &[u8]) -> Vec<Vec<Placed>> {
    let list = |feature: usize| {
        let other = (columns.width() == 2).then(|| columns.column(1 - feature));
        let placed = |(row, (&value, &class)): (usize, (&f32, &u8))| {
            let key = other.map_or(row as u32, |other| other[row].to_bits());
            Placed { row: row as u32, entry: Entry { value, key, weight: 0, class } }
        };
        let mut list: Vec<Placed> = columns.column(feature).iter().zip(classes).enumerate().map(placed).collect();
        list.sort_by(|a, b| a.entry.value.total_cmp(&b.entry.value));
        list
    };
    (0..columns.width()).map(list).collect()
}

impl<'a> Presorted<'a> {
    /// Whether the weights allow it.
    pub(super) fn suits(weights: &[f64]) -> bool {
        weights.iter().all(|&weight| weight <= LARGEST_WEIGHT && f64::from(weight as u16) == weight)
    }

    /// Rows of weight 0 are left out. `lists` are those of the columns.
    pub(super) fn new(columns: &'a Columns, lists: &[Vec<Placed>], weights: &[f64]) -> Self {
        let weights: Vec<u16> = weights.iter().map(|&weight| weight as u16).collect();
        let n_drawn = weights.iter().filter(|&&weight| weight > 0).count();
        let weighted = |list: &Vec<Placed>| {
            // whether a row was drawn cannot be guessed: every entry is written, and stays if the next is not put in its
            // place
            let (mut weighted, mut n) = (vec![Entry::default(); n_drawn + 1], 0);
            for &Placed { row, entry } in list {
                let weight = weights[row as usize];
                weighted[n] = Entry { weight, ..entry };
                n += usize::from(weight > 0);
            }
            weighted.truncate(n_drawn);
            weighted
        };
        let lists = lists.iter().map(weighted).collect();
        Self { columns, lists, feature: 0, goes_right: vec![Entry::default(); n_drawn] }
    }

    /// Parts the node in the lists of all features but one, by a value found by an entry's key.
    #[inline]
    fn part_others(&mut self, feature: usize, threshold: f64, node: &Range<usize>, value: impl Fn(u32) -> f32) {
        for (_, list) in self.lists.iter_mut().enumerate().filter(|(other, _)| *other != feature) {
            let list = &mut list[node.clone()];
            // every entry is written to both sides, which is quicker than to guess the right one
            let (mut left, mut right) = (0, 0);
            for i in 0..list.len() {
                let entry = list[i];
                list[left] = entry;
                self.goes_right[right] = entry;
                let is_left = f64::from(value(entry.key)) <= threshold;
                left += usize::from(is_left);
                right += usize::from(!is_left);
            }
            list[left..].copy_from_slice(&self.goes_right[..right]);
        }
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
        (usize::from(entry.class), f64::from(entry.weight))
    }

    #[inline]
    fn add_weights<C: PerClass>(&self, positions: Range<usize>, weights: &mut C) {
        weights.add_whole(
            self.lists[self.feature][positions].iter().map(|entry| (usize::from(entry.class), u32::from(entry.weight))),
        );
    }

    fn part(&mut self, threshold: f64, node: &Range<usize>) -> usize {
        let list = &self.lists[self.feature][node.clone()];
        node.start + list.partition_point(|entry| f64::from(entry.value) <= threshold)
    }

    fn settle(&mut self, feature: usize, threshold: f64, node: &Range<usize>) {
        self.feature = feature;
        let columns = self.columns;
        if columns.width() == 2 {
            self.part_others(feature, threshold, node, f32::from_bits);
        } else {
            let column = columns.column(feature);
            self.part_others(feature, threshold, node, |row| column[row as usize]);
        }
    }
}
