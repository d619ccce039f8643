//! A data set as a stamp-sized picture.

use std::fmt::Write;

use super::frame::{Frame, window_around};
use super::look::Look;
use crate::dataset::Dataset;

/// Side lengths of a thumbnail.
pub const THUMBNAIL: (f64, f64) = (72.0, 54.0);

/// The data set as SVG text, the minority on top. It carries no words: who shows it has the title beside it.
///
/// ```
/// use imbalance_lab::dataset::Dataset;
/// use imbalance_lab::figure::plane::thumbnail_svg;
/// let data = Dataset { x: vec![[0.0, 0.0], [1.0, 1.0]], y: vec![0, 1] };
/// assert_eq!(thumbnail_svg(&data, false).matches("<path").count(), 2);
/// ```
pub fn thumbnail_svg(data: &Dataset, dark: bool) -> String {
    let (width, height) = THUMBNAIL;
    let look = Look::of(dark);
    let finite = |p: &&[f64; 2]| p.iter().all(|v| v.is_finite());
    let frame = Frame::fit(window_around(data.x.iter().filter(finite).copied(), 0.06), width, height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" aria-hidden=\"true\">"
    );
    for (class, radius) in [(0, 0.9), (1, 1.3)] {
        let members = data.x.iter().zip(&data.y).filter(|&(_, &y)| (y != 0) == (class == 1)).map(|(p, _)| p);
        let mut path = String::new();
        for p in members.filter(finite) {
            let [x, y] = frame.canvas_from_data(*p);
            let _ = write!(path, "M{:.1} {y:.1}h0", x);
        }
        let colour = look.class(class).css();
        let width = 2.0 * radius;
        let _ = write!(
            out,
            "<path d=\"{path}\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linecap=\"round\" fill=\"none\"/>"
        );
    }
    out.push_str("</svg>");
    out
}
