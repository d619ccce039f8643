//! The project's chores. `cargo xtask` alone lists them.

mod bench;
mod browser;
mod check;
mod count;
mod dist;
mod files;
mod python;
mod serve;
mod sh;
mod split;
mod test;
mod tools;

use std::process::ExitCode;

use sh::Outcome;

/// Name, what it does, and the function that does it.
type Chore = (&'static str, &'static str, fn(&[String]) -> Outcome);

const CHORES: [Chore; 8] = [
    ("serve", "install what is missing, build optimised, serve on 127.0.0.1:8080", serve::run),
    ("test", "install what is missing, run every test; --skip STEP leaves one out, --only STEP runs one", test::run),
    ("check", "format, clippy native and wasm, docs: all warnings are errors", check::run),
    ("dist", "build the optimised static site in dist/ and print its size", dist::run),
    ("bench", "measure the built site in Chromium and against the Python libraries", bench::run),
    ("screenshots", "take the pictures of README from the built site", bench::screenshots),
    ("split", "(part of dist) cut page and worker in two", |_| split::run(&sh::root().join("dist"))),
    ("finish-build", "(called by trunk) optimise the files it has built", dist::finish_build),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((_, _, run)) = args.first().and_then(|name| CHORES.iter().find(|(n, ..)| n == name)) else {
        eprintln!("cargo xtask CHORE, where CHORE is one of");
        for (name, what, _) in CHORES {
            eprintln!("  {name:<12} {what}");
        }
        return ExitCode::from(2);
    };
    match run(&args[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
