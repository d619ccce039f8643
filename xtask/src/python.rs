//! The libraries that our numbers are compared with, in a virtual environment of their own.

use std::path::PathBuf;

use crate::browser::{apt_install, is_root};
use crate::sh::{command, first_line, run_quietly, tools_dir, which};

/// The versions that made the files in `tests/reference`.
const PACKAGES: [&str; 5] =
    ["scikit-learn==1.9.1", "imbalanced-learn==0.14.2", "numpy==2.4.6", "scipy==1.17.1", "joblib==1.6.0"];

/// The environment variable that names the Python of the comparisons.
pub const VARIABLE: &str = "IMBALANCE_LAB_PYTHON";

const PROBE: &str = "import sklearn, imblearn; print(sklearn.__version__, imblearn.__version__)";

/// A Python that has the pinned libraries; made when it is missing.
pub fn ensure() -> Result<PathBuf, String> {
    if let Some(named) = std::env::var_os(VARIABLE).map(PathBuf::from) {
        return match has_libraries(&named) {
            true => Ok(named),
            false => Err(format!("{} (named by {VARIABLE}) lacks {}", named.display(), PACKAGES[..2].join(" or "))),
        };
    }
    let venv = tools_dir().join("venv");
    let python = venv.join("bin/python");
    if has_libraries(&python) {
        return Ok(python);
    }
    println!("installing {} in .tools/venv: our numbers are compared with theirs", PACKAGES[..2].join(" and "));
    if which("python3").is_none() {
        install_python()?;
    }
    if run_quietly(command("python3").args(["-m", "venv", "--clear"]).arg(&venv)).is_err() {
        // Debian keeps the module `venv` in a package of its own.
        install_python()?;
        run_quietly(command("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
    }
    let mut pip = command(&python.to_string_lossy());
    run_quietly(pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(PACKAGES))?;
    Ok(python)
}

fn install_python() -> Result<(), String> {
    if !is_root() || which("apt-get").is_none() {
        return Err("The comparisons need Python 3.11 or later with the module venv. \
                    On Debian: apt-get install python3 python3-venv"
            .to_owned());
    }
    apt_install(&["python3", "python3-venv"])
}

fn has_libraries(python: &std::path::Path) -> bool {
    python.is_file()
        && first_line(command(&python.to_string_lossy()).args(["-c", PROBE])).as_deref() == Some("1.9.1 0.14.2")
}
