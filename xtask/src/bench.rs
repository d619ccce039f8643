//! Measurements and pictures of the built site.

use crate::sh::{self, Outcome, command};
use crate::{browser, dist, python, tools};

/// `cargo xtask bench`: prints the table that README keeps.
pub fn run(args: &[String]) -> Outcome {
    let browser = browser::ensure()?;
    let python = python::ensure()?;
    tools::node_packages()?;
    dist::build()?;
    let mut node = command("node");
    node.arg("benches/run.mjs").args(args).env("CHROMIUM", browser.chromium).env(python::VARIABLE, python);
    sh::run(&mut node)
}

/// `cargo xtask screenshots`: writes `assets/screenshots`.
pub fn screenshots(args: &[String]) -> Outcome {
    let browser = browser::ensure()?;
    tools::node_packages()?;
    dist::build()?;
    sh::run(command("node").arg("tests/e2e/screenshots.mjs").args(args).env("CHROMIUM", browser.chromium))
}
