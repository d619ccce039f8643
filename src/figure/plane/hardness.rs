//! How hard each training row is: a mark around it, another form for each type, so that no colour has to be told apart.

use super::look::Look;
use super::painter::{Ink, Marks, Shape};
use super::scene::{Kind, Scene};
use crate::base::Class;
use crate::experiment::Report;
use crate::resample::Hardness;

/// The form of a type: a square at the border, a diamond for rare rows, a cross on outliers. Safe rows, most of them,
/// have no mark.
fn form(hardness: Hardness) -> Option<(Shape, f64)> {
    match hardness {
        Hardness::Safe => None,
        Hardness::Borderline => Some((Shape::Square, 1.4)),
        Hardness::Rare => Some((Shape::Diamond, 1.6)),
        Hardness::Outlier => Some((Shape::Cross, 1.8)),
    }
}

/// Training rows of `class` of each type, in the order of [`Hardness::ALL`]; `None` when it was not asked.
pub fn hardness_counts(report: &Report, class: Class) -> Option<[usize; 4]> {
    let types = report.hardness.as_ref()?;
    let mut counts = [0; 4];
    for (&row, &hardness) in report.train.iter().zip(types) {
        counts[hardness as usize] += usize::from(report.data.y.get(row as usize) == Some(&class));
    }
    Some(counts)
}

/// A mark around each training row that is shown and not safe.
pub fn hardness_marks(scene: &Scene, report: &Report, look: &Look) -> Vec<Marks> {
    let Some(types) = &report.hardness else { return Vec::new() };
    let mut groups: Vec<Marks> = Vec::new();
    for dot in scene.dots.iter().filter(|dot| matches!(dot.kind, Kind::Train)) {
        let Some(&hardness) = dot.pool.and_then(|id| types.get(id as usize)) else { continue };
        let Some((shape, width)) = form(hardness) else { continue };
        let radius = scene.radius_of(dot) + 2.5;
        let ink = Ink { fill: None, stroke: Some((look.ink, width)) };
        match groups.iter_mut().find(|group| group.shape == shape && group.ink == ink && group.radius == radius) {
            Some(group) => group.at.push(dot.at),
            None => groups.push(Marks { shape, radius, ink, at: vec![dot.at] }),
        }
    }
    groups
}
