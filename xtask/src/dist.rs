//! The static site in `dist/`.

use std::path::{Path, PathBuf};

use crate::files;
use crate::sh::{self, Outcome, command, root, run_quietly, which};
use crate::{split, tools};

/// What the compiler may use in WebAssembly today; the optimiser must be told.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// What has one caller stays a function of its own unless it is small: otherwise all samplers become one function with
/// the run itself, and nothing could be loaded later. (The compiler has inlined what is worth it already.)
const APART: &str = "--one-caller-inline-max-function-size=60";

/// The web workers: one that runs, one that writes files.
const WORKERS: [&str; 2] = ["worker", "clerk"];

/// Prints raw, gzip and brotli sizes of a folder's files; node has both compressors built in.
const SIZES: &str = include_str!("sizes.mjs");

/// `cargo xtask dist`
pub fn run(_: &[String]) -> Outcome {
    build()?;
    print_sizes()
}

/// Builds `dist/`, cut in two so that the default page is small.
pub fn build() -> Outcome {
    build_whole()?;
    println!("finding out what the default page runs");
    split::run(&root().join("dist"))
}

/// Builds `dist/`; every page loads all of it.
pub fn build_whole() -> Outcome {
    tools::for_building()?;
    println!("building the page in dist/");
    sh::run(command("trunk").args(["build", "--release"]))
}

fn print_sizes() -> Outcome {
    if which("node").is_none() {
        println!("(sizes need node)");
        return Ok(());
    }
    sh::run(command("node").args(["--input-type=module", "--eval", SIZES]).arg(root().join("dist")))
}

/// `cargo xtask finish-build`: trunk calls this when a build stands in its staging folder.
pub fn finish_build(_: &[String]) -> Outcome {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let folder = PathBuf::from(variable("TRUNK_STAGING_DIR"));
    for worker in WORKERS {
        mend_loader(&folder, worker)?;
    }
    if variable("TRUNK_PROFILE") != "release" {
        return Ok(());
    }
    for wasm in files::list(&folder, ".wasm")? {
        split::strip(&wasm)?;
        if which("wasm-opt").is_some() {
            optimise(&wasm)?;
        }
    }
    WORKERS.into_iter().try_for_each(|worker| name_by_content(&folder, worker))
}

/// Trunk's loader calls wasm-bindgen in an old way, about which the browser's console would warn at every start.
fn mend_loader(folder: &Path, worker: &str) -> Outcome {
    let loader = folder.join(format!("{worker}_loader.js"));
    let text = files::read(&loader)?;
    let old_call = format!(r#"wasm_bindgen("./{worker}_bg.wasm")"#);
    let new_call = format!(r#"wasm_bindgen({{module_or_path:"./{worker}_bg.wasm"}})"#);
    files::write(&loader, &text.replace(&old_call, &new_call))
}

/// The page is mostly drawn by the browser, so small counts; the worker computes, so fast counts.
fn optimise(wasm: &Path) -> Outcome {
    let is_worker = wasm.file_name().is_some_and(|name| name.to_string_lossy().starts_with("worker"));
    let level = if is_worker { "-O3" } else { "-Oz" };
    run_quietly(command("wasm-opt").args([level, APART]).args(WASM_FEATURES).arg(wasm).arg("-o").arg(wasm))
}

/// Gives a worker's files names that change with their content, as trunk does for the page's: otherwise a browser may
/// join a new page to an old worker from its cache.
fn name_by_content(folder: &Path, worker: &str) -> Outcome {
    let old = |name: &str| format!("{worker}{name}");
    let wasm = files::read_bytes(&folder.join(old("_bg.wasm")))?;
    let script = files::read(&folder.join(old(".js")))?;
    let hash = fnv1a(wasm.iter().chain(script.as_bytes()));
    let new = |name: &str| format!("{worker}-{hash:016x}{name}");
    let index = folder.join("index.html");
    let loader = folder.join(old("_loader.js"));
    let renamed = |text: String, name: &str| text.replace(&format!("./{}", old(name)), &format!("./{}", new(name)));
    let loader_text = renamed(renamed(files::read(&loader)?, ".js"), "_bg.wasm");
    let index_text = files::read(&index)?;
    let new_index_text = renamed(index_text.clone(), "_loader.js");
    if index_text == new_index_text {
        return Err(format!("index.html does not name ./{worker}_loader.js, so the page would not find its {worker}"));
    }
    files::write(&loader, &loader_text)?;
    files::write(&index, &new_index_text)?;
    [".js", "_bg.wasm", "_loader.js"]
        .into_iter()
        .try_for_each(|name| files::rename(&folder.join(old(name)), &folder.join(new(name))))
}

/// The 64-bit FNV-1a hash.
pub fn fnv1a<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
