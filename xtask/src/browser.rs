//! The browser that tests and measurements run in: Debian's Chromium with its driver, or whatever the environment
//! names.

use std::path::PathBuf;

use crate::sh::{Outcome, command, first_line, run_quietly, which};

/// A browser and its driver.
pub struct Browser {
    /// Chromium, or a browser built from it.
    pub chromium: PathBuf,
    /// Its WebDriver.
    pub chromedriver: PathBuf,
}

/// Finds the browser; installs it when it is missing and this may be done.
pub fn ensure() -> Result<Browser, String> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if !is_root() || which("apt-get").is_none() {
        return Err("The tests need Chromium and its driver. On Debian: apt-get install chromium chromium-driver. \
                    Elsewhere: install Chrome and chromedriver and name them in CHROMIUM and CHROMEDRIVER."
            .to_owned());
    }
    println!("installing chromium and chromium-driver: the tests run in a real browser");
    apt_install(&["chromium", "chromium-driver"])?;
    find().ok_or_else(|| "Chromium was installed but cannot be found. Name it in CHROMIUM and CHROMEDRIVER.".to_owned())
}

/// Installs Debian packages; only for root.
pub fn apt_install(packages: &[&str]) -> Outcome {
    let mut update = command("apt-get");
    update.args(["update", "-qq"]).env("DEBIAN_FRONTEND", "noninteractive");
    run_quietly(&mut update)?;
    let mut install = command("apt-get");
    install.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
    run_quietly(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Whether packages may be installed without asking.
pub fn is_root() -> bool {
    first_line(command("id").arg("-u")).is_some_and(|id| id == "0")
}

fn find() -> Option<Browser> {
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    let chromium =
        named("CHROMIUM").or_else(|| first_of(&["chromium", "chromium-browser", "google-chrome", "chrome"]))?;
    let beside = std::env::var_os("CHROMEWEBDRIVER").map(|f| PathBuf::from(f).join("chromedriver"));
    let chromedriver =
        named("CHROMEDRIVER").or(beside.filter(|p| p.is_file())).or_else(|| first_of(&["chromedriver"]))?;
    Some(Browser { chromium, chromedriver })
}

fn first_of(programs: &[&str]) -> Option<PathBuf> {
    programs.iter().find_map(|program| which(program))
}
