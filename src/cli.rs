//! The command line: the same runs as the page, from a link to a report, a script, a table or a figure.
//!
//! Results go to standard output, notes on how the link was read to standard error once there is a result. Wrong input
//! ends with one line on standard error, no notes, and exit status 2.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::dataset::{CsvSheet, Source, Table};
use crate::experiment::{Link, Ran, Report, Runner, Spec};
use crate::export::{csv, json, python};
use crate::figure::{self, Kind, Pinned, Theme};
use crate::permalink::{FIELDS, Field, Word, common_words, parse};
use crate::resample::{Domain, METHODS};

/// Exit status for wrong input.
pub const WRONG_INPUT: u8 = 2;

/// A lab for class imbalance. Every number is that of scikit-learn and imbalanced-learn.
///
/// LINK is what the page shows in its address bar, whole or from `#` on; `-` reads it from standard input.
#[derive(Parser)]
#[command(name = "imbalance-lab", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run LINK and print everything about it as one JSON object
    Report(Run),
    /// Print the Python script that computes the same numbers
    Python(Run),
    /// Run LINK and print every row with its origin as CSV
    Csv(Run),
    /// Run LINK and draw a figure as SVG
    Figure {
        /// plane, pr, roc, confusion or scores
        #[arg(value_parser = read_kind)]
        kind: Kind,
        #[command(flatten)]
        run: Run,
        /// The file to write; without it the drawing goes to standard output
        #[arg(short, long, value_name = "FILE.svg")]
        output: Option<PathBuf>,
        /// In CSS pixels
        #[arg(long, default_value = "640x480", value_parser = read_size)]
        size: (u32, u32),
        /// Light on dark
        #[arg(long)]
        dark: bool,
    },
    /// List every setting that a link may have
    Fields {
        /// As a list of {name, kind, choices, min, max, default, meaning}
        #[arg(long)]
        json: bool,
    },
}

#[derive(clap::Args)]
struct Run {
    /// What to run, for example '#/lab?data=make_moons&ratio=20&sampler=smote'
    #[arg(allow_hyphen_values = true)]
    link: String,
    /// Take the rows of this CSV file: two numeric columns and a label, the rarest label being the minority
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// Does what the arguments say. `Err`: the line for standard error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<(), String> {
    let command = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments.command,
        Err(error) if !error.use_stderr() => return print(&error.to_string()),
        Err(error) => return Err(first_line(&error.to_string())),
    };
    match command {
        Command::Fields { json: true } => {
            let rows: Vec<_> = FIELDS.iter().map(Field::to_json).collect();
            print_json(&serde_json::Value::Array(rows))
        }
        Command::Fields { json: false } => print(&fields_table()),
        Command::Report(run) => {
            let (link, notes) = read_link(&run)?;
            print_json(&json::report(&link, &compute(&link.spec, &notes)?.report, &notes))
        }
        Command::Python(run) => {
            let (link, notes) = read_link(&run)?;
            // A script is only worth having when it runs.
            compute(&link.spec, &notes)?;
            let script = python::script(&link).map_err(|e| e.to_string())?;
            tell(&notes);
            print(&script)
        }
        Command::Csv(run) => {
            let (link, notes) = read_link(&run)?;
            let ran = compute(&link.spec, &notes)?;
            tell(&notes);
            print(&csv::rows(&ran.report))
        }
        Command::Figure { kind, run, output, size, dark } => {
            let (link, notes) = read_link(&run)?;
            let drawing = draw(kind, &link, &notes, size, dark)?;
            if let Some(path) = &output {
                std::fs::write(path, &drawing).map_err(|e| format!("{}: {e}", path.display()))?;
            }
            tell(&notes);
            if output.is_none() { print(&drawing) } else { Ok(()) }
        }
    }
}

fn read_link(run: &Run) -> Result<(Link, Vec<String>), String> {
    let mut text = run.link.clone();
    if text == "-" {
        text.clear();
        std::io::stdin().read_to_string(&mut text).map_err(|e| format!("standard input: {e}"))?;
    }
    let parsed = parse(&text);
    let mut link = parsed.link;
    if let Some(path) = &run.csv {
        let table = read_csv(path).map_err(|e| format!("{}: {e}", path.display()))?;
        link.spec.data.source = Source::Table;
        link.spec.data.table = Some(Arc::new(table));
    }
    Ok((link, parsed.notes))
}

fn read_csv(path: &Path) -> Result<Table, String> {
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let sheet = CsvSheet::read(&text).map_err(|e| e.to_string())?;
    sheet.suggest().and_then(|choice| sheet.table(&choice)).map_err(|e| e.to_string())
}

/// Runs a link; a fault of its data is told with what was wrong with its table.
fn compute(spec: &Spec, notes: &[String]) -> Result<Ran, String> {
    Runner::default().run(spec).map_err(|error| {
        let of_table = notes.iter().find(|note| error.stage() == "data" && note.starts_with("csv="));
        let aside = of_table.map(|note| format!(" ({note})")).unwrap_or_default();
        format!("{}: {error}{aside}", error.stage())
    })
}

fn draw(kind: Kind, link: &Link, notes: &[String], size: (u32, u32), dark: bool) -> Result<String, String> {
    let ran = compute(&link.spec, notes)?;
    let pinned =
        link.pin.as_ref().map(|pin| Ok::<_, String>((compute(&pin.spec, notes)?, pin.threshold))).transpose()?;
    let view = &link.view;
    if kind == Kind::Plane {
        const CELLS: u32 = 200;
        let surface = ran.surface(None, CELLS);
        let below = pinned.map(|(pinned, threshold)| (pinned.surface(Some(surface.window), CELLS), threshold));
        let below = below.as_ref().map(|(surface, threshold)| (surface, *threshold));
        let look = figure::plane::Look::of(dark);
        let size = (f64::from(size.0), f64::from(size.1));
        return Ok(figure::plane::svg(&ran.report, &surface, below, view, &look, size));
    }
    let below: Option<(Report, f64)> = pinned.map(|(pinned, threshold)| (pinned.report, threshold));
    let below = below.as_ref().map(|(report, threshold)| Pinned { report, threshold: *threshold });
    figure::svg(kind, &ran.report, below, view, size, &Theme::of(dark)).map_err(|e| e.to_string())
}

fn fields_table() -> String {
    let mut out = String::from("A link is #/lab?name=value&name=value...; what has its default is left out.\n\n");
    for field in FIELDS {
        let row = field.to_json();
        let default = field.default().unwrap_or_else(|| "nothing".to_string());
        out.push_str(&format!("{}  ({}, default {default})\n    {}\n", field.name, field.kind.name(), field.meaning));
        let choices = (field.choices)();
        if !choices.is_empty() {
            out.push_str(&format!("    {}\n", choices.join(", ")));
        }
        if !row["min"].is_null() && field.dial.is_none() {
            out.push_str(&format!("    from {} to {}\n", row["min"], row["max"]));
        }
    }
    out.push_str("\nSamplers: name and words are joined by dots, samplers by +\n");
    for method in METHODS {
        out.push_str(&format!("    {:<12} {}: {}\n", method.link, method.name, method.words().does));
        for parameter in method.parameters {
            let words = match &parameter.domain {
                Domain::Choice(choices) => {
                    choices.iter().map(|choice| format!(".{}", choice.link)).collect::<Vec<_>>().join(" ")
                }
                _ => format!(".{}", parameter.link),
            };
            out.push_str(&format!("    {:<12}   {words:<12} {}\n", "", parameter.name));
        }
        let words: Vec<String> = common_words(method).iter().map(Word::example).collect();
        out.push_str(&format!("    {:<12}   {}\n", "", words.join(" ")));
    }
    out.push_str("\nWords of several samplers\n");
    let mut listed: Vec<&str> = Vec::new();
    for word in METHODS.iter().flat_map(common_words) {
        if !listed.contains(&word.name) {
            out.push_str(&format!("    {:<12} {}\n", word.example(), word.meaning));
            listed.push(word.name);
        }
    }
    out
}

fn read_kind(text: &str) -> Result<Kind, String> {
    let names = Kind::ALL.map(Kind::name);
    Kind::ALL.into_iter().find(|k| k.name() == text).ok_or_else(|| format!("there are {}", names.join(", ")))
}

fn read_size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    sides
        .filter(|(w, h)| (80..=8000).contains(w) && (60..=8000).contains(h))
        .ok_or_else(|| "write width and height in pixels as 640x480, from 80x60 to 8000x8000".to_string())
}

/// Notes go beside the result, not into it; where there is none, the one line on standard error says why.
fn tell(notes: &[String]) {
    notes.iter().for_each(|note| eprintln!("note: {note}"));
}

fn print_json(value: &serde_json::Value) -> Result<(), String> {
    print(&format!("{value}\n"))
}

/// A reader that has seen enough (`| head`) is no error.
fn print(text: &str) -> Result<(), String> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(format!("standard output: {e}")),
        _ => Ok(()),
    }
}

/// The line that says what is wrong, without clap's usage and hints.
fn first_line(message: &str) -> String {
    let first = message.lines().find(|l| !l.trim().is_empty()).unwrap_or("wrong arguments");
    let rest: Vec<&str> = message.lines().skip(1).map(str::trim).take_while(|l| !l.is_empty()).collect();
    format!("{} {} (see --help)", first.trim_start_matches("error: "), rest.join(" ")).replace("  ", " ")
}
