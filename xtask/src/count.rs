//! Counts what test runners report, so that the whole run can end with one sum.

use std::io::{BufRead, BufReader};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

use crate::sh;

/// Tests that passed, tests that failed, and cases that no test covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and steps that broke off.
    pub failed: u64,
    /// Cases of the libraries for which there is nothing here yet.
    pub not_covered: u64,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.not_covered += other.not_covered;
    }
}

/// Runs a test runner with its output shown, and counts. A runner that fails without a failed test, or that ran none
/// at all, counts as one failure: nothing may pass by not running.
pub fn run_counting(command: &mut Command) -> Count {
    let name = sh::name(command);
    let broke = |what: String| {
        println!("{name}: {what}");
        Count { failed: 1, ..Count::default() }
    };
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(e) => return broke(format!("cannot be started: {e}")),
    };
    let mut count = Count::default();
    if let Some(stdout) = child.stdout.take() {
        let mut lines = BufReader::new(stdout);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            count += read_line(&text).unwrap_or_default();
            line.clear();
        }
    }
    match child.wait() {
        Ok(status) if status.success() && count == Count::default() => broke("no test ran".to_owned()),
        Ok(status) if !status.success() && count.failed == 0 => {
            count += broke(format!("broke off ({status})"));
            count
        }
        Ok(_) => count,
        Err(e) => broke(e.to_string()),
    }
}

/// Reads `test result: ok. 12 passed; 0 failed; ...`, the line that cargo, wasm-bindgen and our own runner end with.
fn read_line(line: &str) -> Option<Count> {
    let (_, numbers) = line.trim_start().strip_prefix("test result: ")?.split_once(". ")?;
    let number = |label: &str| {
        let part = numbers.split(';').find(|part| part.trim().ends_with(label))?;
        part.split_whitespace().next()?.parse().ok()
    };
    let not_covered = number("not covered").unwrap_or(0);
    Some(Count { passed: number("passed")?, failed: number("failed")?, not_covered })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_line_is_counted() {
        let line = "test result: FAILED. 11 passed; 2 failed; 0 ignored; 0 measured; 3 filtered out; finished in 1s";
        assert_eq!(read_line(line), Some(Count { passed: 11, failed: 2, not_covered: 0 }));
        let counted = |line| read_line(line).map(|count| (count.passed, count.failed, count.not_covered));
        assert_eq!(counted("test result: ok. 7 passed; 0 failed"), Some((7, 0, 0)));
        assert_eq!(counted("test result: ok. 900 passed; 0 failed; 30 not covered"), Some((900, 0, 30)));
    }

    #[test]
    fn other_lines_are_not_counted() {
        assert_eq!(read_line("test tests::passed ... ok"), None);
        assert_eq!(read_line("3 passed, 1 failed"), None);
    }

    #[test]
    fn a_runner_that_breaks_off_or_runs_nothing_is_a_failure() {
        for program in ["false", "true", "no-such-program"] {
            assert_eq!(run_counting(&mut Command::new(program)), Count { failed: 1, ..Count::default() });
        }
    }
}
