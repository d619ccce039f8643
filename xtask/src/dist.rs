//! The static site in `dist/`.

use std::path::{Path, PathBuf};

use crate::files;
use crate::sh::{self, Outcome, command, root, run_quietly, which};
use crate::tools;

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

/// Prints raw, gzip and brotli sizes of a folder's files; node has both compressors built in.
const SIZES: &str = include_str!("sizes.mjs");

/// `cargo xtask dist`
pub fn run(_: &[String]) -> Outcome {
    build()?;
    print_sizes()
}

/// Builds `dist/`.
pub fn build() -> Outcome {
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
    mend_loader(&folder)?;
    if variable("TRUNK_PROFILE") != "release" {
        return Ok(());
    }
    if which("wasm-opt").is_some() {
        for wasm in files::list(&folder, ".wasm")? {
            optimise(&wasm)?;
        }
    }
    name_worker_by_content(&folder)
}

/// Trunk's loader calls wasm-bindgen in an old way, about which the browser's console would warn at every start.
fn mend_loader(folder: &Path) -> Outcome {
    let loader = folder.join("worker_loader.js");
    let text = files::read(&loader)?;
    let new_call = r#"wasm_bindgen({module_or_path:"./worker_bg.wasm"})"#;
    files::write(&loader, &text.replace(r#"wasm_bindgen("./worker_bg.wasm")"#, new_call))
}

/// The page is mostly drawn by the browser, so small counts; the worker computes, so fast counts.
fn optimise(wasm: &Path) -> Outcome {
    let is_worker = wasm.file_name().is_some_and(|name| name.to_string_lossy().starts_with("worker"));
    let level = if is_worker { "-O3" } else { "-Oz" };
    run_quietly(command("wasm-opt").arg(level).args(WASM_FEATURES).arg(wasm).arg("-o").arg(wasm))
}

/// Gives the worker's files names that change with their content, as trunk does for the page's: otherwise a browser
/// may join a new page to an old worker from its cache.
fn name_worker_by_content(folder: &Path) -> Outcome {
    let wasm = files::read_bytes(&folder.join("worker_bg.wasm"))?;
    let script = files::read(&folder.join("worker.js"))?;
    let hash = fnv1a(wasm.iter().chain(script.as_bytes()));
    let index = folder.join("index.html");
    let loader = folder.join("worker_loader.js");
    let renamed = |name: &str| format!("worker-{hash:016x}{name}");
    let loader_text = files::read(&loader)?
        .replace("./worker.js", &format!("./{}", renamed(".js")))
        .replace("./worker_bg.wasm", &format!("./{}", renamed("_bg.wasm")));
    let index_text = files::read(&index)?;
    let new_index_text = index_text.replace("./worker_loader.js", &format!("./{}", renamed("_loader.js")));
    if index_text == new_index_text {
        return Err("index.html does not name ./worker_loader.js, so the page would not find its worker".to_owned());
    }
    files::write(&loader, &loader_text)?;
    files::write(&index, &new_index_text)?;
    files::rename(&folder.join("worker.js"), &folder.join(renamed(".js")))?;
    files::rename(&folder.join("worker_bg.wasm"), &folder.join(renamed("_bg.wasm")))?;
    files::rename(&loader, &folder.join(renamed("_loader.js")))
}

/// The 64-bit FNV-1a hash.
fn fnv1a<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
