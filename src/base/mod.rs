//! What every other room stands on: points, neighbour search, portable maths, tolerances.

pub mod math;
pub mod neighbors;
pub mod tolerance;

/// A sample in the plane: `[feature 0, feature 1]`.
pub type Point = [f64; 2];

/// A class index. In the binary lab 0 is the majority (negative), 1 the minority (positive).
pub type Class = u8;
