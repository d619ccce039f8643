//! What a resampling would do, as ghosts over the training rows: faint rings where rows would be added, faint crossed
//! outlines where rows would go.

use super::look::Look;
use super::painter::{Ink, Marks, Shape};
use crate::base::{Class, Point};
use crate::resample::{Chain, Origin};
use crate::split::StandardScaler;

/// Rows that would come and rows that would go, in data coordinates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ghosts {
    /// Where rows would be added, and of which class.
    pub added: Vec<(Point, Class)>,
    /// Which rows would go.
    pub removed: Vec<(Point, Class)>,
}

impl Ghosts {
    /// The difference between the training rows and what leaves the chain; `scaler` is the one in whose space it stands.
    ///
    /// ```
    /// use imbalance_lab::figure::plane::Ghosts;
    /// use imbalance_lab::{experiment, permalink};
    /// let link = permalink::parse("#/lab?data=blobs&n=200&ratio=9&sampler=smote&seed=1").link;
    /// let chain = experiment::run(&link.spec).unwrap().chain;
    /// let ghosts = Ghosts::new(&chain, None);
    /// assert_eq!(ghosts.added.len(), chain.output.len() - chain.n_train());
    /// assert!(ghosts.removed.is_empty());
    /// ```
    pub fn new(chain: &Chain, scaler: Option<&StandardScaler>) -> Ghosts {
        let mut stays = vec![false; chain.pool_y.len()];
        for &row in &chain.output {
            stays[row as usize] = true;
        }
        let mut ghosts = Ghosts::default();
        for (id, origin) in chain.pool_origin.iter().enumerate() {
            let kind = match (*origin == Origin::Original, stays[id]) {
                (true, false) => &mut ghosts.removed,
                (false, true) => &mut ghosts.added,
                _ => continue,
            };
            let at = chain.pool_x[id];
            kind.push((scaler.map_or(at, |scaler| scaler.inverse_transform(at)), chain.pool_y[id]));
        }
        ghosts
    }

    /// Groups that look alike (places in data coordinates), for points of this radius.
    pub fn marks(&self, look: &Look, radius: f64) -> Vec<Marks> {
        let mut groups = Vec::new();
        for class in [0, 1] {
            let hue = look.class(class);
            let of = |rows: &[(Point, Class)]| -> Vec<Point> {
                rows.iter().filter(|(_, y)| u8::from(*y != 0) == class).map(|(at, _)| *at).collect()
            };
            let size = radius * if class == 0 { 1.0 } else { 1.4 };
            let mut add = |shape, radius, fill, stroke, at: &[Point]| {
                if !at.is_empty() {
                    groups.push(Marks { shape, radius, ink: Ink { fill, stroke: Some(stroke) }, at: at.to_vec() });
                }
            };
            let (removed, added) = (of(&self.removed), of(&self.added));
            // Covers the row that stands there still.
            let veil = Some(look.paper.with_alpha(0.72));
            add(Shape::Disc, size, veil, (hue.with_alpha(0.6), 0.9), &removed);
            add(Shape::Slash, size + 1.0, None, (look.ink.with_alpha(0.6), 1.0), &removed);
            add(Shape::Disc, radius + 0.6, None, (hue.with_alpha(0.7), 1.1), &added);
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{experiment, permalink};

    #[test]
    fn ghosts_are_where_the_data_are_and_undo_each_other_over_a_chain() {
        let link = "#/lab?data=moons&n=300&ratio=9&sampler=smote.r0.5+under.r0.9&seed=3&scale=1";
        let report = experiment::run(&permalink::parse(link).link.spec).unwrap();
        let scaler = report.scaler.expect("scaled");
        let ghosts = Ghosts::new(&report.chain, Some(&scaler));
        let n = report.chain.n_train();
        assert_eq!(n - ghosts.removed.len() + ghosts.added.len(), report.chain.output.len());
        let train: Vec<Point> = report.train.iter().map(|&row| report.data.x[row as usize]).collect();
        let near = |a: Point, b: Point| (a[0] - b[0]).abs() + (a[1] - b[1]).abs() < 1e-9;
        assert!(ghosts.removed.iter().all(|(at, _)| train.iter().any(|row| near(*row, *at))));
    }

    #[test]
    fn every_ghost_is_drawn_and_what_goes_is_crossed_out() {
        let ghosts = Ghosts { added: vec![([0.0, 0.0], 1)], removed: vec![([1.0, 1.0], 0), ([2.0, 2.0], 1)] };
        let marks = ghosts.marks(&Look::LIGHT, 3.0);
        let of = |shape| marks.iter().filter(|group| group.shape == shape).map(|group| group.at.len()).sum::<usize>();
        assert_eq!((of(Shape::Disc), of(Shape::Slash)), (3, 2));
    }
}
