//! Marks around rows: what a sampler has found about them so far, and how often they were repeated.
//!
//! A verdict has a form of its own, not only a colour: safe rows a thin circle, rows in danger a square, noise a cross,
//! and rows of which nothing was found a faint circle.
//! A share is a circle that is larger for a larger share; a repeated row has a ring that grows with every repetition.

use super::look::{Colour, Look};
use super::painter::{Ink, Marks, Shape};
use super::scene::Scene;
use crate::base::{Class, Point};
use crate::resample::Verdict;
use crate::resample::play::Finding;

/// The largest share's circle is this much larger than the point, in pixels.
const LARGEST_SHARE: f64 = 9.0;
/// The most that repetitions make a ring grow, in pixels.
const LARGEST_RING: f64 = 12.0;

/// Adds the marks of `scene` (places in data coordinates) to `groups`.
pub(super) fn mark(scene: &Scene, look: &Look, groups: &mut Vec<Marks>) {
    let mut rings = Groups(Vec::new());
    for &(at, class, n) in &scene.copies {
        let radius = size(scene, class) + 1.0 + (1.5 * f64::from(n).sqrt()).min(LARGEST_RING);
        rings.push(Shape::Disc, radius, (look.class(class), 1.3), at);
    }
    for &(at, class, finding) in &scene.found {
        let size = size(scene, class);
        let (shape, radius, stroke) = match finding {
            // In a crowd the many that are safe would bury the few that matter.
            Finding::Verdict(Verdict::Safe | Verdict::Agrees | Verdict::Kept) => match scene.outlined {
                true => (Shape::Disc, size + 2.2, (look.safe, 1.2)),
                false => continue,
            },
            Finding::Verdict(Verdict::Danger | Verdict::Disagrees | Verdict::Dropped) => {
                (Shape::Square, size + 2.4, (look.danger, 1.7))
            }
            Finding::Verdict(Verdict::Noise) => (Shape::Cross, size + 3.0, (look.ink, 1.7)),
            Finding::Verdict(Verdict::Asked) => (Shape::Disc, size + 2.0, (look.muted, 1.0)),
            Finding::Share(share) if share > 0.0 => {
                (Shape::Disc, size + 2.0 + LARGEST_SHARE * share.min(1.0).sqrt(), (look.danger, 1.4))
            }
            Finding::Share(_) => (Shape::Disc, size + 2.0, (look.muted, 1.0)),
        };
        rings.push(shape, radius, stroke, at);
    }
    // On a band of paper, because a surface of any colour may lie under them.
    for ring in rings.0 {
        let Some((_, width)) = ring.ink.stroke else { continue };
        let ink = Ink { fill: None, stroke: Some((look.paper.with_alpha(0.7), width + 1.6)) };
        groups.push(Marks { ink, at: ring.at.clone(), ..ring });
        groups.push(ring);
    }
}

/// Radius of the point itself.
fn size(scene: &Scene, class: Class) -> f64 {
    if class == 0 { scene.radius } else { 1.4 * scene.radius }
}

/// Rings that look alike are drawn in one go.
struct Groups(Vec<Marks>);

impl Groups {
    fn push(&mut self, shape: Shape, radius: f64, stroke: (Colour, f64), at: Point) {
        // Half a pixel more or less is not seen, and keeps the groups few.
        let radius = (2.0 * radius).round() / 2.0;
        let ink = Ink { fill: None, stroke: Some(stroke) };
        let alike = |group: &&mut Marks| (group.shape, group.radius, group.ink) == (shape, radius, ink);
        match self.0.iter_mut().find(alike) {
            Some(group) => group.at.push(at),
            None => self.0.push(Marks { shape, radius, ink, at: vec![at] }),
        }
    }
}
