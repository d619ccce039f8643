//! Named tolerances, each with its reason.

/// Equality of numbers that differ only by the order of a few floating-point operations.
pub const ROUNDING: f64 = 1e-12;

/// Coefficients of a convex problem against its optimum found by another solver: both stop when the gradient is lost
/// in rounding, which leaves the coefficients about the root of the machine epsilon apart on badly scaled data.
pub const OPTIMUM: f64 = 1e-8;

/// The same optimum reached from rows in another order or from repeated rows instead of weights.
pub const REORDERED_FIT: f64 = 1e-9;
