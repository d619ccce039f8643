//! The command line, run as a program.

use std::process::{Command, Output, Stdio};

use imbalance_lab::permalink::FIELDS;
use serde_json::Value;

fn lab(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_imbalance-lab")).args(arguments).output().unwrap()
}

fn stdout(arguments: &[&str]) -> String {
    let output = lab(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn report(link: &str) -> Value {
    serde_json::from_str(&stdout(&["report", link])).unwrap()
}

#[test]
fn a_report_holds_everything_about_a_run() {
    let report = report("#/lab?n=300&ratio=9&sampler=smote+tomek.all&threshold=0.25");
    for key in [
        "spec",
        "counts",
        "threshold",
        "metrics",
        "confusion",
        "train",
        "test",
        "resampled",
        "scores",
        "curves",
        "diagnosis",
        "notes",
    ] {
        assert!(!report[key].is_null(), "{key}");
    }
    assert_eq!(report["counts"]["data"], serde_json::json!({ "majority": 270, "minority": 30 }));
    assert_eq!(report["threshold"], 0.25);
    let cells: u64 = ["tn", "fp", "fn", "tp"].iter().map(|c| report["confusion"][c].as_u64().unwrap()).sum();
    assert_eq!(cells as usize, report["test"].as_array().unwrap().len());
    let length = |key: &str| report["resampled"][key].as_array().unwrap().len();
    assert_eq!([length("x"), length("y")], [length("origin"); 2]);
    assert_eq!(report["spec"]["sampler"], "smote+tomek.all");
    assert_eq!(report["spec"]["n"], 300);
}

#[test]
fn notes_on_reading_the_link_are_in_the_report() {
    let notes = report("n=10&colour=red")["notes"].to_string();
    assert!(notes.contains("n=10 is below 50; 50 is used") && notes.contains("colour"), "{notes}");
}

#[test]
fn the_csv_has_one_line_per_row_and_names_the_parents_of_generated_ones() {
    let link = "n=200&ratio=9&sampler=smote+tomek.all";
    let text = stdout(&["csv", link]);
    let report = report(link);
    let lines: Vec<Vec<&str>> = text.lines().skip(1).map(|l| l.split(',').collect()).collect();
    assert_eq!(text.lines().next(), Some("row,x1,x2,class,part,origin,parents,gap,score"));
    assert_eq!(lines.iter().filter(|l| !l[0].is_empty()).count(), 200);
    let trained = lines.iter().filter(|l| l[4] == "train" && l[5] != "removed").count();
    assert_eq!(trained, report["resampled"]["x"].as_array().unwrap().len());
    let synthetic: Vec<_> = lines.iter().filter(|l| l[5] == "synthetic").collect();
    assert!(!synthetic.is_empty());
    let point = |l: &[&str]| [l[1].parse::<f64>().unwrap(), l[2].parse::<f64>().unwrap()];
    for line in synthetic {
        let (base, neighbor) = line[6].split_once(' ').unwrap();
        let parent = |row: &str| point(lines.iter().find(|l| l[0] == row).unwrap());
        let (base, neighbor, gap) = (parent(base), parent(neighbor), line[7].parse::<f64>().unwrap());
        for axis in 0..2 {
            let expected = base[axis] + gap * (neighbor[axis] - base[axis]);
            assert!((point(line)[axis] - expected).abs() < 1e-12, "{line:?}");
        }
    }
}

#[test]
fn every_figure_is_drawn_into_a_file() {
    for kind in ["plane", "pr", "roc", "confusion", "scores"] {
        let path = std::env::temp_dir().join(format!("imbalance-lab-{}-{kind}.svg", std::process::id()));
        stdout(&["figure", kind, "n=200&pin=n%3D100", "-o", path.to_str().unwrap()]);
        let drawing = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(drawing.starts_with("<svg") && drawing.trim_end().ends_with("</svg>"), "{kind}");
        assert!(drawing.len() > 800, "{kind} is empty");
    }
}

#[test]
fn the_table_of_fields_can_be_read_by_programs_and_people() {
    let rows: Vec<Value> = serde_json::from_str(&stdout(&["fields", "--json"])).unwrap();
    let table = stdout(&["fields"]);
    assert_eq!(rows.len(), FIELDS.len());
    for row in rows {
        let kind = row["kind"].as_str().unwrap();
        assert!(["int", "float", "bool", "choice", "list", "text"].contains(&kind));
        assert!(table.contains(row["name"].as_str().unwrap()) && table.contains(row["meaning"].as_str().unwrap()));
        if kind == "int" || kind == "float" {
            assert!(row["min"].as_f64().unwrap() < row["max"].as_f64().unwrap(), "{row}");
        }
    }
}

#[test]
fn random_sampler_links_can_be_made_from_the_table_alone() {
    let rows: Vec<Value> = serde_json::from_str(&stdout(&["fields", "--json"])).unwrap();
    let sampler = rows.iter().find(|row| row["name"] == "sampler").unwrap();
    let methods = sampler["parameters"].as_object().unwrap();
    let named: Vec<&str> = sampler["choices"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(methods.keys().all(|method| named.contains(&method.as_str())) && methods.len() > 20);
    for (method, parameters) in methods {
        for parameter in parameters.as_array().unwrap() {
            let (name, kind) = (parameter["name"].as_str().unwrap(), parameter["kind"].as_str().unwrap());
            let number = |end: &str| parameter[end].as_f64().unwrap();
            let words: Vec<String> = match kind {
                "int" => vec![format!("{name}{}", number("min")), format!("{name}{}", number("max"))],
                "float" => vec![format!("{name}{}", number("max").min(1.0))],
                "bool" => vec![name.to_owned()],
                "choice" => {
                    let choices = parameter["choices"].as_array().unwrap();
                    choices.iter().map(|choice| choice.as_str().unwrap().to_owned()).collect()
                }
                _ => vec![parameter["example"].as_str().unwrap().to_owned()],
            };
            for word in words {
                let before = parameter["after"].as_array().map(|after| format!("{}.", after[0].as_str().unwrap()));
                let word = before.unwrap_or_default() + &word;
                let parsed = imbalance_lab::permalink::parse(&format!("sampler={method}.{word}"));
                assert_eq!(parsed.notes, Vec::<String>::new(), "{method}.{word}");
                assert_eq!(parsed.link.spec.samplers.len(), 1);
            }
        }
    }
}

#[test]
fn help_names_the_words_of_every_sampler_and_only_those_that_it_takes() {
    let rows: Vec<Value> = serde_json::from_str(&stdout(&["fields", "--json"])).unwrap();
    let sampler = rows.iter().find(|row| row["name"] == "sampler").unwrap();
    let has = |method: &str, word: &str| {
        let words = sampler["parameters"][method].as_array().unwrap();
        let in_help = words.iter().any(|parameter| parameter["name"] == word);
        let note = imbalance_lab::permalink::parse(&format!("sampler={method}.nonsense")).notes.remove(0);
        let in_note = note.split([' ', ',']).any(|part| part == word);
        assert_eq!(in_help, in_note, "{method} {word}: {note}");
        in_help
    };
    for word in ["safe", "borderline", "rare", "outlier", "t"] {
        assert!(has("smote", word) && has("mixup", word) && has("over", word), "{word}");
        assert!(!has("tomek", word) && !has("smoteenn", word) && !has("under", word), "{word}");
    }
    assert!(has("tomek", "classes") && !has("smote", "classes") && has("smote", "rows") && !has("tomek", "rows"));
    assert!(has("smote", "minority") && !has("smote", "majority") && has("under", "majority") && !has("tomek", "r"));
    assert!(has("smote", "s") && !has("tomek", "s"));
    let table = stdout(&["fields"]);
    for word in [".safe", ".borderline", ".rare", ".outlier", ".t7", ".classes0-1", ".rows1-300", ".r0.5", ".s7"] {
        assert!(table.contains(&format!("\n    {word}")), "{word} is not explained in\n{table}");
    }
}

#[test]
fn wrong_input_is_one_line_and_status_2() {
    let cases: [(&[&str], &str); 14] = [
        (&["report", "", "--csv", "/no/such/table.csv"], "/no/such/table.csv"),
        (&["figure", "pie", ""], "plane, pr, roc, confusion, scores"),
        (&["paint"], "unrecognized subcommand"),
        (&["report"], "<LINK>"),
        (&["report", "n=50&ratio=50&sampler=smote"], "resample: SMOTE"),
        (&["python", "data=table"], "data: Own data need at least two points of each class"),
        (&["figure", "roc", "", "--size", "5x5"], "640x480"),
        // Why there are no rows.
        (&["report", "data=table&csv=!!!"], "draw or paste more. (csv=\"!!!\": the table in the link is damaged"),
        (&["figure", "roc", "data=table&csv=!!!"], "the table in the link is damaged; load its CSV file again"),
        // A note on the link beside the error.
        (&["python", "n=10&data=table&tint=red"], "data: Own data need at least two points of each class"),
        (&["csv", "n=10&ratio=5000&sampler=smote.k30"], "resample: SMOTE"),
        (&["figure", "plane", "n=10&ratio=5000&sampler=smote.k30"], "resample: SMOTE"),
        (&["report", "sampler=over.rows1-4294967295"], "1000000 at most"),
        (&["figure", "roc", "", "-o", "/no/such/folder/a.svg"], "/no/such/folder"),
    ];
    for (arguments, expected) in cases {
        let output = lab(arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert_eq!(error.trim_end().lines().count(), 1, "{arguments:?}: {error}");
        assert!(error.contains(expected), "{arguments:?}: {error}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn notes_stand_on_standard_error_beside_a_result() {
    for arguments in
        [&["python", "n=10&colour=red"][..], &["csv", "n=10&colour=red"], &["figure", "roc", "n=10&colour=red"]]
    {
        let output = lab(arguments);
        let notes = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && !output.stdout.is_empty(), "{arguments:?}");
        assert!(notes.lines().count() == 2 && notes.lines().all(|line| line.starts_with("note: ")), "{notes}");
    }
}

#[test]
fn a_csv_file_takes_the_place_of_the_source() {
    let path = std::env::temp_dir().join(format!("imbalance-lab-{}.csv", std::process::id()));
    let rows: String =
        (0..60).map(|i| format!("{},{},{}\n", i, i * i % 17, if i % 6 == 0 { "ill" } else { "well" })).collect();
    std::fs::write(&path, format!("age,dose,state\n{rows}")).unwrap();
    let text = stdout(&["report", "sampler=over", "--csv", path.to_str().unwrap()]);
    std::fs::remove_file(&path).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["counts"]["data"], serde_json::json!({ "majority": 50, "minority": 10 }));
    assert_eq!(report["columns"], serde_json::json!(["age", "dose"]));
    assert_eq!(report["classes"], serde_json::json!(["well", "ill"]));
}

#[test]
fn a_dash_reads_the_link_from_standard_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_imbalance-lab"))
        .args(["report", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"#/lab?n=120\n").unwrap();
    let report: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(report["spec"]["n"], 120);
}
