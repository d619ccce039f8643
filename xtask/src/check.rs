//! The fast loop: everything the compiler can find wrong, with all features and with those that stand alone.

use crate::sh::{self, Outcome, command};
use crate::tools;

/// Format, lints native and in WebAssembly, documentation.
pub fn run(_: &[String]) -> Outcome {
    tools::wasm_target()?;
    let cargo = |args: &[&str]| {
        println!("cargo {}", args.join(" "));
        sh::run(command("cargo").args(args))
    };
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&["clippy", "--quiet", "--workspace", "--all-features", "--all-targets", "--", "-D", "warnings"])?;
    let wasm = ["--target", "wasm32-unknown-unknown", "--features", "app,worker"];
    cargo(&[&["clippy", "--quiet", "--all-targets"], &wasm[..], &["--", "-D", "warnings"]].concat())?;
    // All features together hide what one of them lacks: the compute half has none, the command line its own.
    cargo(&["check", "--quiet", "--lib", "--tests"])?;
    cargo(&["check", "--quiet", "--features", "cli", "--bin", "imbalance-lab"])?;
    println!("cargo doc");
    let mut doc = command("cargo");
    doc.args(["doc", "--quiet", "--no-deps", "--workspace", "--all-features", "--document-private-items"]);
    sh::run(doc.env("RUSTDOCFLAGS", "-D warnings"))
}
