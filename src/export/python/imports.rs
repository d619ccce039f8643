//! The import lines of a script: standard library, then the rest, each module once, names in order.

use std::collections::{BTreeMap, BTreeSet};

/// Collects what a script imports.
#[derive(Default)]
pub(super) struct Imports {
    modules: BTreeSet<String>,
    names: BTreeMap<String, BTreeSet<String>>,
}

impl Imports {
    /// `from module import name`.
    pub(super) fn from(&mut self, module: &str, name: &str) {
        self.names.entry(module.to_string()).or_default().insert(name.to_string());
    }

    /// A whole line, `import ...` or `from ... import a, b`.
    pub(super) fn line(&mut self, line: &str) {
        match line.strip_prefix("from ").and_then(|rest| rest.split_once(" import ")) {
            Some((module, names)) => names.split(',').for_each(|name| self.from(module.trim(), name.trim())),
            None => {
                self.modules.insert(line.trim().to_string());
            }
        }
    }

    /// The lines, the standard library apart.
    pub(super) fn code(&self) -> String {
        const STANDARD: [&str; 6] = ["base64", "csv", "io", "json", "sys", "zlib"];
        let mut standard: BTreeSet<String> = ["import json", "import sys"].map(String::from).into();
        let mut others: BTreeSet<String> = ["import numpy as np".to_string()].into();
        for line in &self.modules {
            let module = line.trim_start_matches("import ").split([' ', '.']).next().unwrap_or("");
            if STANDARD.contains(&module) {
                standard.insert(line.clone())
            } else {
                others.insert(line.clone())
            };
        }
        let mut out: Vec<String> = standard.into_iter().collect();
        out.push(String::new());
        out.extend(others);
        for (module, names) in &self.names {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let line = format!("from {module} import {}", names.join(", "));
            if line.len() <= 88 {
                out.push(line);
            } else {
                out.push(format!("from {module} import (\n    {},\n)", names.join(",\n    ")));
            }
        }
        out.join("\n") + "\n"
    }
}
