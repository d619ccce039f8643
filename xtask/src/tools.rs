//! What building and testing need. Each function is quiet when its tool is there; when it is not, it says in one line
//! what it installs and why.

use crate::sh::{self, Outcome, command, first_line, run_quietly, tools_dir, which};

const TRUNK: &str = "0.21.14";
/// Must equal the version of the crate `wasm-bindgen` in Cargo.toml.
const WASM_BINDGEN: &str = "0.2.130";
const BINARYEN: &str = "132.0.0";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What every build of the page needs.
pub fn for_building() -> Outcome {
    wasm_target()?;
    trunk()?;
    wasm_bindgen()?;
    wasm_opt()
}

/// The compiler's WebAssembly target.
pub fn wasm_target() -> Outcome {
    let sysroot = first_line(command("rustc").args(["--print", "sysroot"])).unwrap_or_default();
    if std::path::Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    println!("installing the target {WASM_TARGET}: the page runs as WebAssembly");
    run_quietly(command("rustup").args(["target", "add", WASM_TARGET]))
}

fn trunk() -> Outcome {
    // Later versions need a newer compiler than the one this project promises.
    cargo_tool("trunk", "trunk", TRUNK, &["--locked"], "it bundles the page")
}

/// The command line of wasm-bindgen, with its test runner.
pub fn wasm_bindgen() -> Outcome {
    // Its lock file names a dependency that some registries have withdrawn, so it is resolved anew.
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", WASM_BINDGEN, &[], "it joins WebAssembly to JavaScript")
}

/// Installs a program with cargo unless the right version is there. A program of another version is somebody's own and
/// stays: the right one goes to the project's tools then.
fn cargo_tool(program: &str, package: &str, version: &str, flags: &[&str], why: &str) -> Outcome {
    let found = which(program).and_then(|_| first_line(command(program).arg("--version")));
    if found.as_ref().is_some_and(|line| line.split_whitespace().any(|word| word == version)) {
        return Ok(());
    }
    println!("installing {package} {version}: {why} (takes some minutes)");
    let mut install = command("cargo");
    install.args(["install", "--quiet", package, "--version", version]).args(flags);
    if found.is_some() {
        install.arg("--root").arg(tools_dir());
    }
    // The target folder of this project would be filled with the tool's own artefacts.
    install.env_remove("CARGO_TARGET_DIR");
    run_quietly(&mut install)
}

/// wasm-opt makes the page smaller and faster, but the page works without it.
fn wasm_opt() -> Outcome {
    if which("wasm-opt").is_some() {
        return Ok(());
    }
    println!("installing binaryen {BINARYEN}: its wasm-opt makes the page smaller");
    let package = format!("binaryen@{BINARYEN}");
    let prefix = tools_dir();
    let made = std::fs::create_dir_all(&prefix).map_err(|e| format!("{} cannot be made: {e}", prefix.display()));
    let installed = made.and_then(|()| {
        run_quietly(command("npm").args(["install", "--silent", "--no-save", "--prefix"]).arg(&prefix).arg(&package))
    });
    match installed {
        Err(message) if !sh::is_ci() => {
            println!("{message}\nwasm-opt cannot be had: the page will be larger, but it works");
            Ok(())
        }
        other => other,
    }
}

/// The JavaScript that drives the browser in the end-to-end tests.
pub fn node_packages() -> Outcome {
    if which("node").is_none() || which("npm").is_none() {
        return Err("The end-to-end tests need Node 20 or later with npm. Install it and run again.".to_owned());
    }
    let folder = sh::root().join("tests/e2e");
    let wanted = std::fs::read_to_string(folder.join("package-lock.json")).unwrap_or_default();
    let stamp = folder.join("node_modules/.installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("installing playwright-core and axe-core: they drive the browser and check accessibility");
    run_quietly(command("npm").arg("ci").arg("--silent").current_dir(&folder))?;
    std::fs::write(&stamp, wanted).map_err(|e| format!("{} cannot be written: {e}", stamp.display()))
}
