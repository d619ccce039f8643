//! TODO by owner
fn main() {}
