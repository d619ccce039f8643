//! A region of the plane: its corners, `x,y;x,y;x,y`.

use super::text::{float, read_float};
use crate::experiment::Region;

/// Text of a region.
pub(super) fn write_region(region: &Region) -> String {
    let corners = region.corners().iter().map(|[x, y]| format!("{},{}", float(*x), float(*y)));
    corners.collect::<Vec<_>>().join(";")
}

/// Reads a region; the error says what is wrong with it.
pub(super) fn read_region(text: &str) -> Result<Region, String> {
    let corner = |part: &str| part.split_once(',').and_then(|(x, y)| Some([read_float(x)?, read_float(y)?]));
    let corners: Option<Vec<_>> = text.split(';').filter(|part| !part.is_empty()).map(corner).collect();
    corners.and_then(Region::new).ok_or_else(|| {
        format!(
            "not the corners of a part of the plane: x,y joined by semicolons, 3 to {} of them",
            Region::CORNERS_AT_MOST
        )
    })
}
