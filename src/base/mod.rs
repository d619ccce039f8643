//! What every other room stands on: points and rows, neighbour search, portable maths, tolerances.

pub(crate) mod exp_nearly;
pub mod math;
pub mod neighbors;
pub mod packed;
mod rows;
mod rows_ref;
pub mod tolerance;

pub use rows::Rows;
pub use rows_ref::RowsRef;

/// A sample in the plane: `[feature 0, feature 1]`.
pub type Point = [f64; 2];

/// A class index. In the binary lab 0 is the majority (negative), 1 the minority (positive).
pub type Class = u8;
