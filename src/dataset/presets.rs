//! The presets: tables of Gaussian components, one per [`Source`] of the mixture family.
//!
//! Covariances are multiples of the identity unless a table says otherwise. `spread` multiplies every standard
//! deviation. `distance` multiplies the offset of the minority from the majority's centre; for `moons` the offset of
//! the minority's arc as a whole, for `xor` and `spirals`, which have no such offset, the whole figure.

use std::f64::consts::PI;

use crate::base::Point;
use crate::base::math::{cos, sin};

use super::{Component, Mixture, Source};

/// Gaussians along one arm of an arc.
const ARC: usize = 24;
/// Gaussians along one arm of a spiral.
const SPIRAL: usize = 40;

/// The components of a preset; `None` for a source that is not of the mixture family.
#[inline(never)]
pub fn preset(source: Source, distance: f64, spread: f64) -> Option<Mixture> {
    let d = distance;
    let unit = vec![round(1.0, [0.0, 0.0], 1.0)];
    let (majority, minority) = match source {
        Source::Blobs => (unit, vec![round(1.0, [d, 0.0], 1.0)]),
        Source::Noise => (unit.clone(), unit),
        Source::IslandsFar => {
            let islands = vec![round(0.5, [-2.4 * d, 0.0], 0.06), round(0.5, [2.4 * d, 0.0], 0.06)];
            (vec![round(1.0, [0.0, 0.0], 0.8)], islands)
        }
        Source::Islands => {
            let islands = vec![round(0.5, [-2.2 * d, 0.6 * d], 0.09), round(0.5, [2.2 * d, -0.6 * d], 0.09)];
            (unit, islands)
        }
        Source::Ring => {
            let ring = along(ARC, 0.08, |i| {
                let angle = 2.0 * PI * i as f64 / ARC as f64;
                [2.3 * d * cos(angle), 2.3 * d * sin(angle)]
            });
            (vec![round(1.0, [0.0, 0.0], 0.8)], ring)
        }
        Source::Moons => {
            let angle = |i: usize| PI * (i as f64 + 0.5) / ARC as f64;
            let upper = along(ARC, 0.09, |i| [1.5 * cos(angle(i)), 1.5 * sin(angle(i))]);
            let lower = along(ARC, 0.09, |i| [1.5 * d - 1.5 * cos(angle(i)), 0.6 * d - 1.5 * sin(angle(i))]);
            (upper, lower)
        }
        Source::Core => (vec![round(1.0, [0.0, 0.0], 2.2)], vec![round(1.0, [d, 0.6 * d], 0.15)]),
        Source::Hetero => {
            let tall = Component::new(0.6, [2.2 * d, 0.0], [0.3, 0.0, 2.5]);
            let flat = Component::new(0.4, [-0.2 * d, 2.6 * d], [0.5, 0.0, 0.2]);
            (unit, vec![tall, flat])
        }
        Source::TwoDetectors => (unit, vec![round(0.6, [2.0 * d, 4.0 * d], 1.0), round(0.4, [2.0 * d, 0.5 * d], 1.0)]),
        // the wrong labels sit in the middle of the majority, whatever the distance
        Source::Flipped => (unit, vec![round(0.9, [d, 0.0], 1.0), round(0.1, [0.0, 0.0], 0.25)]),
        Source::Outlying => {
            let corners = [[4.5, -2.5], [-4.0, 3.0], [-3.5, -3.5], [4.5, 4.0]];
            let corners = corners.map(|[x, y]| round(0.25, [x * d, y * d], 0.5));
            (vec![round(0.7, [-1.0, 0.0], 0.5), round(0.3, [2.0, 1.0], 0.4)], corners.to_vec())
        }
        Source::Inlying => (
            vec![round(0.7, [-1.0, 0.0], 0.9), round(0.3, [2.0, 1.0], 0.9)],
            vec![round(1.0, [0.2 * d, 0.4 * d], 0.08)],
        ),
        Source::Xor => {
            let c = 1.5 * d;
            let corner = |x, y| round(0.5, [x, y], 0.5);
            (vec![corner(-c, -c), corner(c, c)], vec![corner(-c, c), corner(c, -c)])
        }
        Source::Spirals => {
            let arm = |sign: f64| {
                along(SPIRAL, 0.02, move |i| {
                    let turn = (i as f64 + 0.5) / SPIRAL as f64;
                    let (angle, radius) = (3.0 * PI * turn, sign * d * (0.3 + 2.2 * turn));
                    [radius * cos(angle), radius * sin(angle)]
                })
            };
            (arm(1.0), arm(-1.0))
        }
        Source::MakeMoons
        | Source::MakeCircles
        | Source::MakeBlobs
        | Source::MakeClassification
        | Source::BreastCancer
        | Source::Table => return None,
    };
    let widen = |components: Vec<Component>| components.into_iter().map(|c| c.spread(spread)).collect();
    Some(Mixture { components: [widen(majority), widen(minority)] })
}

fn round(weight: f64, mean: Point, variance: f64) -> Component {
    Component::new(weight, mean, [variance, 0.0, variance])
}

fn along(n: usize, variance: f64, mean: impl Fn(usize) -> Point) -> Vec<Component> {
    (0..n).map(|i| round(1.0 / n as f64, mean(i), variance)).collect()
}
