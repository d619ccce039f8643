//! The command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    match imbalance_lab::cli::run(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(line) => {
            eprintln!("imbalance-lab: {}", line.replace('\n', " "));
            ExitCode::from(imbalance_lab::cli::WRONG_INPUT)
        }
    }
}
