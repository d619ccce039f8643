//! Cuts page and worker in two: what the default page runs, and the rest, which is loaded when it is called for.
//! Tables and texts that only the rest can name go with it.
//!
//! A copy of the site whose functions tell when they run is opened in Chromium as readers find it. What ran stays in
//! the module. The rest goes into a second one, which shares memory, table and globals with the first; in the first
//! one a small function stands in its place, which has the second half loaded and calls it. Nothing depends on the
//! choice but time and size: any function works from either half.

mod data;
mod halves;
mod names;
mod parts;
mod write;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::sh::{Outcome, command, is_ci, root};
use crate::{browser, dist, files, tools};

/// The modules that every page loads; the page names the worker's second half, so it comes last.
const KINDS: [&str; 2] = ["worker", "page"];

/// Cuts the site in `folder`.
pub fn run(folder: &Path) -> Outcome {
    let chromium = match browser::ensure() {
        Ok(browser) => browser.chromium,
        Err(message) if !is_ci() => {
            println!("{message}\nWithout it the site stays whole: it works, but every page loads all of it.");
            return Ok(());
        }
        Err(message) => return Err(message),
    };
    tools::node_packages()?;
    let copy = root().join("target/startup");
    instrument(folder, &copy)?;
    let mut node = command("node");
    node.args(["--input-type=module", "--eval", include_str!("startup.mjs")]);
    node.arg(&copy).arg(root().join("tests/e2e")).env("CHROMIUM", chromium);
    let output = node.output().map_err(|e| format!("node cannot be started: {e}"))?;
    if !output.status.success() {
        return Err(format!("the instrumented site does not start\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut worker_more = String::new();
    for kind in KINDS {
        let runs = found.lines().find_map(|line| line.strip_prefix(&format!("{kind} "))).unwrap_or_default();
        let runs: BTreeSet<u32> = runs.split(' ').filter_map(|number| number.parse().ok()).collect();
        if runs.is_empty() {
            return Err(format!("the {kind} of the instrumented site does nothing"));
        }
        worker_more = cut(folder, kind, &runs, &worker_more)?;
    }
    Ok(())
}

/// Takes out of a module what the linker says about it.
pub fn strip(module: &Path) -> Outcome {
    let wasm = data::without_relocations(&files::read_bytes(module)?).map_err(|e| e.to_string())?;
    files::write_bytes(module, &wasm)
}

/// A module's files: its script and itself.
fn files_of(folder: &Path, kind: &str) -> Result<(PathBuf, PathBuf), String> {
    let one = |ending: &str| {
        let all = files::list(folder, ending)?;
        let starts = |path: &PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(kind));
        let mut own = all.into_iter().filter(starts).filter(|p| !p.to_string_lossy().ends_with("_loader.js"));
        own.next().ok_or_else(|| format!("{} holds no {kind}*{ending}", folder.display()))
    };
    Ok((one(".js")?, one("_bg.wasm")?))
}

/// What the linker says about a module.
fn linked(kind: &str) -> Option<data::Linked> {
    let profile = if kind == "page" { "page" } else { "release" };
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let module = target.join("wasm32-unknown-unknown").join(profile).join(format!("{kind}.wasm"));
    let found = files::read_bytes(&module).and_then(|wasm| data::Linked::of(&wasm).map_err(|e| e.to_string()));
    if let Err(message) = &found {
        println!("the {kind} loads all of its data at the start: {message}");
    }
    found.ok()
}

fn instrument(folder: &Path, copy: &Path) -> Outcome {
    files::copy_folder(folder, copy)?;
    for kind in KINDS {
        let (script, module) = files_of(copy, kind)?;
        let wasm = files::read_bytes(&module)?;
        let noted = parts::Parts::of(&wasm).and_then(|parts| write::instrumented(&parts)).map_err(|e| e.to_string())?;
        files::write_bytes(&module, &noted)?;
        let text = files::read(&script)?;
        files::write(&script, &extend(&text, include_str!("hits.js"), "imports.split = { hit: __hit };", "")?)?;
    }
    Ok(())
}

/// Puts functions into wasm-bindgen's script, and lines where it makes the imports and where the module stands.
fn extend(script: &str, functions: &str, on_imports: &str, on_instance: &str) -> Result<String, String> {
    let places = [
        ("function __wbg_finalize_init(", format!("{functions}function __wbg_finalize_init(")),
        ("imports = __wbg_get_imports();", format!("imports = __wbg_get_imports();\n    {on_imports}")),
        ("await __wbg_load(await module_or_path, imports);", {
            format!("await __wbg_load(await module_or_path, imports);\n    {on_instance}")
        }),
    ];
    places.into_iter().try_fold(script.to_owned(), |text, (old, new)| match text.contains(old) {
        true => Ok(text.replace(old, &new)),
        false => Err(format!("wasm-bindgen writes its script differently now: no {old}")),
    })
}

/// The script without indentation and without lines that are comments. No string of it goes over several lines.
fn lean(script: &str) -> String {
    let is_comment = |line: &str| ["//", "/*", "* ", "*/"].iter().any(|start| line.starts_with(start)) || line == "*";
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Cuts one module; returns the name of its second half.
fn cut(folder: &Path, kind: &str, runs: &BTreeSet<u32>, worker_more: &str) -> Result<String, String> {
    let (script, module) = files_of(folder, kind)?;
    let (wasm, text) =
        names::shorten(&files::read_bytes(&module)?, &files::read(&script)?).map_err(|e| e.to_string())?;
    let parts = parts::Parts::of(&wasm).map_err(|e| e.to_string())?;
    let linked = linked(kind);
    let (first, second) = halves::of(&parts, runs, linked.as_ref()).map_err(|e| e.to_string())?;

    // Another cut is another pair of files: an old half from a cache must never meet a new one.
    let old = module.file_name().map(|n| n.to_string_lossy().replace("_bg.wasm", "")).unwrap_or_default();
    let new = format!("{kind}-{:016x}", dist::fnv1a(wasm.iter().chain(&first).chain(&second)));
    let more = format!("{new}_more.wasm");
    let on_instance = "if (__asks_for_more) __join(await __fetch_second_half(), instance.exports);";
    let (functions, on_instance) = match kind {
        "page" => (include_str!("page.js"), on_instance),
        _ => (include_str!("worker.js"), ""),
    };
    let functions = functions.replace("@MORE@", &more).replace("@WORKER_MORE@", worker_more);
    let load = "imports.split = { load: __load_second_half };";
    files::write(&script, &lean(&extend(&text, &functions, load, on_instance)?))?;
    files::write_bytes(&module, &first)?;
    files::write_bytes(&folder.join(&more), &second)?;
    for ending in ["_bg.wasm", ".js", "_loader.js"] {
        let from = folder.join(format!("{old}{ending}"));
        if from.is_file() {
            files::rename(&from, &folder.join(format!("{new}{ending}")))?;
        }
    }
    for text_file in [folder.join("index.html"), folder.join(format!("{new}_loader.js"))] {
        if text_file.is_file() {
            files::write(&text_file, &files::read(&text_file)?.replace(&old, &new))?;
        }
    }
    Ok(more)
}
