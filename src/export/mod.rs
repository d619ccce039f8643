//! What leaves the lab: a Python script that prints the same numbers, a JSON report, a CSV with the origin of every
//! row. The command line and the page's export menu both come here.

pub mod csv;
pub mod json;
pub mod python;
