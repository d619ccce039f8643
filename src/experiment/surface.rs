//! The model and the true posterior on a grid of cell centres: what the plane is coloured with.

use crate::base::Point;
use crate::base::math::{higher, lower};
use crate::dataset::{ClassDensities, Dataset, Density};
use crate::split::StandardScaler;

use super::{Report, Surface, Window};

/// Margin around the data in the window that fits them, as a share of their extent.
const MARGIN: f64 = 0.08;

/// Fewest and most cells along the longer side.
const CELLS: std::ops::RangeInclusive<u32> = 2..=512;

/// How many times longer than the other the longer side is where one scale no longer does.
const LOPSIDED: f64 = 8.0;

/// A view is kept while the data fill at least this much of it.
const FILLED: f64 = 0.6;

/// Windows that differ by less than this share of their size differ by rounding.
const ROUNDING: f64 = 1e-6;

impl Window {
    /// The window that fits `data`: their bounding box and a margin. A box without extent (one row, a constant axis,
    /// no row) is widened to at least one unit.
    pub fn fitting(data: &Dataset) -> Window {
        let around = Window::around(data);
        let side = |a: f64, b: f64| match (a.is_finite() && b.is_finite(), b > a) {
            (true, true) => (a - MARGIN * (b - a), b + MARGIN * (b - a)),
            (true, false) => (a - 0.5, a + 0.5),
            (false, _) => (-1.0, 1.0),
        };
        let ((x0, x1), (y0, y1)) = (side(around.x0, around.x1), side(around.y0, around.y1));
        Window { x0, y0, x1, y1 }
    }

    /// What shows `data` on a plane that is `aspect` times as wide as it is high (`None`: whatever it is) and shows
    /// `shown` at present: the same as long as all data are in it and fill it well, so that the view does not breathe
    /// while a control is dragged; what fits the data otherwise.
    #[inline(never)]
    pub fn following(data: &Dataset, aspect: Option<f64>, shown: Option<Window>) -> Window {
        if let Some(shown) = shown
            && aspect.is_none_or(|aspect| shown.is_as_wide(aspect))
            && shown.suits(Window::around(data))
        {
            return shown;
        }
        let fitting = Window::fitting(data);
        // Where each axis has its own scale, any window has the shape of the plane.
        aspect.filter(|_| !fitting.is_lopsided()).map_or(fitting, |aspect| fitting.widened_to(aspect))
    }

    /// The box around `data`; infinite, and inside out, when there are none.
    #[inline(never)]
    fn around(data: &Dataset) -> Window {
        let nowhere = Window { x0: f64::INFINITY, y0: f64::INFINITY, x1: f64::NEG_INFINITY, y1: f64::NEG_INFINITY };
        data.x.iter().fold(nowhere, |w, p| Window {
            x0: lower(w.x0, p[0]),
            y0: lower(w.y0, p[1]),
            x1: higher(w.x1, p[0]),
            y1: higher(w.y1, p[1]),
        })
    }

    /// Whether data with this box around them are all in the window, and not lost in it.
    fn suits(&self, data: Window) -> bool {
        let inside = self.x0 <= data.x0 && self.y0 <= data.y0 && self.x1 >= data.x1 && self.y1 >= data.y1;
        let filled = [(data.x1 - data.x0) / (self.x1 - self.x0), (data.y1 - data.y0) / (self.y1 - self.y0)];
        // With a scale for each axis both are filled; with one for both, one of them.
        let filled = if data.is_lopsided() { filled[0].min(filled[1]) } else { filled[0].max(filled[1]) };
        inside && filled >= FILLED && self.is_lopsided() == data.is_lopsided()
    }

    /// Whether it has the shape of a plane that is `aspect` times as wide as it is high; a lopsided one has any shape.
    pub fn is_as_wide(&self, aspect: f64) -> bool {
        self.is_lopsided() || ((self.x1 - self.x0) / (self.y1 - self.y0) / aspect - 1.0).abs() <= ROUNDING
    }

    /// Whether it differs from `other` by rounding only.
    pub fn is_nearly(&self, other: &Window) -> bool {
        let size = (other.x1 - other.x0).abs() + (other.y1 - other.y0).abs();
        let off = [self.x0 - other.x0, self.y0 - other.y0, self.x1 - other.x1, self.y1 - other.y1];
        off.iter().map(|off| off.abs()).sum::<f64>() <= ROUNDING * size
    }

    /// Whether one side is so much longer than the other (more than eight times) that no picture shows both to one
    /// scale.
    pub fn is_lopsided(&self) -> bool {
        let [w, h] = [self.x1 - self.x0, self.y1 - self.y0];
        self.is_proper() && w.max(h) > LOPSIDED * w.min(h)
    }

    /// The smallest window around it, with the same middle, that is `aspect` times as wide as it is high.
    pub fn widened_to(self, aspect: f64) -> Window {
        let [w, h] = [self.x1 - self.x0, self.y1 - self.y0];
        let [dx, dy] = [(h * aspect - w).max(0.0) / 2.0, (w / aspect - h).max(0.0) / 2.0];
        Window { x0: self.x0 - dx, y0: self.y0 - dy, x1: self.x1 + dx, y1: self.y1 + dy }
    }

    /// Whether it has a finite positive extent both ways.
    pub fn is_proper(&self) -> bool {
        let [w, h] = [self.x1 - self.x0, self.y1 - self.y0];
        w.is_finite() && h.is_finite() && w > 0.0 && h > 0.0
    }
}

/// The true posterior on the cells it was asked for last, with what it is made of: a density of another prevalence or
/// noise over the same cells costs next to nothing, the same density nothing at all.
#[derive(Debug)]
pub(super) struct Truth {
    density: Density,
    window: Window,
    cells: (u32, u32),
    /// Of each centre.
    densities: Vec<ClassDensities>,
    posteriors: Vec<f32>,
}

impl Truth {
    /// P(minority) by `density` at `centers`, which are those of `cells` over `window`.
    #[inline(never)]
    fn posteriors(
        kept: &mut Option<Truth>,
        density: &Density,
        window: Window,
        cells: (u32, u32),
        centers: &[Point],
    ) -> Vec<f32> {
        let known = kept.take().filter(|t| (t.window, t.cells) == (window, cells) && t.density.has_shape_of(density));
        let (densities, old) = match known {
            Some(truth) => (truth.densities, (truth.density == *density).then_some(truth.posteriors)),
            None => (centers.iter().map(|&center| density.class_densities(center)).collect::<Vec<_>>(), None),
        };
        let posteriors = old.unwrap_or_else(|| {
            centers.iter().zip(&densities).map(|(&center, at)| density.posterior_from(center, at) as f32).collect()
        });
        *kept = Some(Truth { density: density.clone(), window, cells, densities, posteriors: posteriors.clone() });
        posteriors
    }
}

/// Scores a grid of nearly square cells over `window` (or over what fits the data), `cells` along the longer side
/// (clamped to 2 to 512); a lopsided window, which is shown with both sides alike, has as many along the other. The
/// scorers get points in data space; a scaler, where there is one, is applied for the model.
#[inline(never)]
pub(super) fn surface(
    report: &Report,
    density: Option<&Density>,
    kept: &mut Option<Truth>,
    window: Option<Window>,
    cells: u32,
) -> Surface {
    let window = window.filter(Window::is_proper).unwrap_or_else(|| Window::fitting(&report.data));
    let (width, height) = (window.x1 - window.x0, window.y1 - window.y0);
    let cells = cells.clamp(*CELLS.start(), *CELLS.end());
    let shorter = |ratio: f64| ((f64::from(cells) * ratio).round() as u32).clamp(*CELLS.start(), cells);
    let (nx, ny) = match (window.is_lopsided(), width >= height) {
        (true, _) => (cells, cells),
        (false, true) => (cells, shorter(height / width)),
        (false, false) => (shorter(width / height), cells),
    };

    let centers: Vec<Point> = (0..ny)
        .flat_map(|j| {
            let y = window.y0 + height * (f64::from(j) + 0.5) / f64::from(ny);
            (0..nx).map(move |i| [window.x0 + width * (f64::from(i) + 0.5) / f64::from(nx), y])
        })
        .collect();
    Surface {
        window,
        nx,
        ny,
        model: score(report, &centers).into_iter().map(|p| p as f32).collect(),
        bayes: density.map_or_else(Vec::new, |d| Truth::posteriors(kept, d, window, (nx, ny), &centers)),
    }
}

/// P(minority) by the report's model at points of data space.
#[inline(never)]
pub(super) fn score(report: &Report, points: &[Point]) -> Vec<f64> {
    report.model.predict_proba_many(&scaled(report.scaler.as_ref(), points))
}

/// `points` in the space the samplers and the model work in.
pub(super) fn scaled<'a>(scaler: Option<&StandardScaler>, points: &'a [Point]) -> std::borrow::Cow<'a, [Point]> {
    match scaler {
        Some(scaler) => scaler.transform_all(points).into(),
        None => points.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{DataSpec, Source};
    use crate::experiment::{Runner, Spec};
    use crate::model::Classifier;

    #[test]
    fn a_window_is_widened_one_way_only_and_keeps_its_middle() {
        let window = Window { x0: 0.0, y0: 0.0, x1: 4.0, y1: 2.0 };
        assert_eq!(window.widened_to(3.0), Window { x0: -1.0, x1: 5.0, ..window });
        assert_eq!(window.widened_to(1.0), Window { y0: -1.0, y1: 3.0, ..window });
        assert_eq!(window.widened_to(2.0), window);
    }

    #[test]
    fn a_view_is_kept_while_the_data_fill_most_of_it_and_left_when_they_do_not() {
        let box_of = |low: Point, high: Point| Dataset { x: vec![low, high], y: vec![0, 1] };
        let view = Window { x0: 0.0, y0: 0.0, x1: 10.0, y1: 6.0 };
        let follow = |data: &Dataset, aspect| Window::following(data, Some(aspect), Some(view));
        let wide = 10.0 / 6.0;
        let inside = box_of([1.0, 1.0], [8.0, 3.0]);
        assert_eq!(follow(&inside, wide), view);
        let fitting = Window::fitting(&inside).widened_to(2.0);
        assert_eq!(follow(&inside, 2.0), fitting, "the plane has another shape");
        assert!(fitting.is_as_wide(2.0) && !fitting.is_as_wide(2.01));
        assert_ne!(follow(&box_of([-0.1, 1.0], [8.0, 3.0]), wide), view, "a point is outside");
        assert_ne!(follow(&box_of([4.0, 2.0], [6.0, 3.0]), wide), view, "lost in the middle");
        let lopsided = box_of([1.0, 1.0], [9.0, 1.5]);
        assert_eq!(follow(&lopsided, wide), Window::fitting(&lopsided), "an axis with its own scale is filled");
        assert!(Window { x0: 1e-9, ..view }.is_nearly(&view) && !Window { x0: 0.01, ..view }.is_nearly(&view));
        let none = Dataset { x: Vec::new(), y: Vec::new() };
        assert!(follow(&none, wide).is_proper());
    }

    #[test]
    fn a_surface_that_builds_on_the_one_before_is_the_one_from_nothing() {
        let near = Window { x0: -1.0, y0: -1.0, x1: 1.5, y1: 1.0 };
        let far = Window { x1: 2.5, ..near };
        let mut runner = Runner::default();
        let mut spec =
            Spec { data: DataSpec { n_samples: 200, ..DataSpec::default_for(Source::Moons) }, ..Spec::default() };
        type Change = fn(&mut Spec);
        let changes: [(Change, Window, u32); 8] = [
            (|spec| spec.data.imbalance_ratio = 9.0, near, 24),
            (|spec| spec.classifier = Classifier::default(), near, 24),
            (|spec| spec.data.imbalance_ratio = 4.0, near, 24),
            (|spec| spec.data.spread = Some(0.3), near, 24),
            (|spec| spec.data.label_noise = 0.1, near, 24),
            (|_| (), far, 24),
            (|_| (), far, 16),
            (|spec| spec.data.source = Source::Blobs, far, 16),
        ];
        for (at, (change, window, cells)) in changes.into_iter().enumerate() {
            change(&mut spec);
            let ran = runner.run(&spec).unwrap();
            let surface = runner.surface(&ran, Some(window), cells);
            assert_eq!(surface, ran.surface(Some(window), cells), "change {at}");
            assert!(surface.bayes.iter().any(|p| *p != surface.bayes[0]));
        }
    }
}
