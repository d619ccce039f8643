//! The figures as a whole: what an SVG holds, and that nothing degenerate makes a figure panic.

use super::*;

const FIGURES: [Kind; 4] = [Kind::PrecisionRecall, Kind::Roc, Kind::Confusion, Kind::Scores];

fn drawn(kind: Kind, report: &Report, pinned: Option<Pinned<'_>>, threshold: f64) -> String {
    svg(kind, report, pinned, &example::view(threshold), (360, 300), &Theme::LIGHT).expect("a figure of this size")
}

/// Coordinates of the centre of every disc of `color`.
fn discs(svg: &str, color: &str) -> Vec<(f64, f64)> {
    let attribute = |line: &str, name: &str| {
        let (_, after) = line.split_once(&format!("{name}=\""))?;
        after.split_once('"')?.0.parse().ok()
    };
    svg.lines()
        .filter(|line| line.starts_with("<circle") && line.contains(&format!("fill=\"{color}\"")))
        .filter_map(|line| Some((attribute(line, "cx")?, attribute(line, "cy")?)))
        .collect()
}

#[test]
fn the_mark_of_the_threshold_lies_at_its_counts() {
    let report = example::report(300, 17);
    let matrix = report.sweep.confusion_at(0.42);
    let (recall, precision) = (matrix.tp / 17.0, matrix.tp / (matrix.tp + matrix.fp));
    for (kind, point) in [(Kind::PrecisionRecall, [recall, precision]), (Kind::Roc, [matrix.fp / 283.0, recall])] {
        let [x, y] = kind.frame(360.0, 300.0, HEADING).spot(point);
        let marks = discs(&drawn(kind, &report, None, 0.42), "#1C1C1C");
        assert_eq!(marks, [((x * SVG_SCALE).round(), (y * SVG_SCALE).round())], "{kind:?}");
    }
}

#[test]
fn the_histogram_has_a_bar_per_bin_in_use() {
    let report = example::report(300, 17);
    let histogram = scores::Histogram::of(&report);
    let svg = drawn(Kind::Scores, &report, None, 0.42);
    let bars = |color: &str| {
        let fill = format!("opacity=\"1\" fill=\"{color}\"");
        svg.lines().filter(|line| line.starts_with("<rect") && line.contains(&fill)).count()
    };
    assert_eq!(bars("#2F6DB5"), histogram.majority.iter().filter(|&&rows| rows > 0).count());
    assert_eq!(bars("#DD6B10"), histogram.minority.iter().filter(|&&rows| rows > 0).count());
}

#[test]
fn a_pinned_run_adds_a_dashed_ghost_to_every_figure_but_the_matrix() {
    let (report, base) = (example::report(300, 17), example::report(200, 40));
    let pinned = Some(Pinned { report: &base, threshold: 0.6 });
    for kind in [Kind::PrecisionRecall, Kind::Roc, Kind::Scores] {
        let dashes = |svg: &str| svg.matches("<polyline").count();
        let (plain, compared) = (drawn(kind, &report, None, 0.5), drawn(kind, &report, pinned, 0.5));
        assert!(dashes(&compared) > dashes(&plain) + 20, "{kind:?}");
    }
    let plain = drawn(Kind::Confusion, &report, None, 0.5);
    assert_eq!(discs(&plain, "#1C1C1C"), []);
}

#[test]
fn the_matrix_has_actual_rows_and_predicted_columns() {
    let report = example::report(300, 17);
    let matrix = report.sweep.confusion_at(0.42);
    let svg = drawn(Kind::Confusion, &report, None, 0.42);
    let place = |text: &str| {
        let line = svg.lines().collect::<Vec<_>>();
        let index = line.iter().position(|line| *line == text).expect("the number is drawn");
        let number = |name: &str| -> f64 {
            let (_, after) = line[index - 1].split_once(&format!(" {name}=\"")).expect("an attribute");
            after.split_once('"').and_then(|(value, _)| value.parse().ok()).expect("a number")
        };
        (number("x"), number("y"))
    };
    let (fp, fn_) = (place(&count(matrix.fp)), place(&count(matrix.fn_)));
    assert!(matrix.fp != matrix.fn_ && fp.0 > fn_.0 && fp.1 < fn_.1, "FP upper right, FN lower left");
}

#[test]
fn an_svg_has_a_size_in_pixels_a_title_and_a_text_alternative() {
    let report = example::report(300, 17);
    let svg = drawn(Kind::Roc, &report, None, 0.5);
    assert!(svg.starts_with(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"360\" height=\"300\" viewBox=\"0 0 3600 3000\" role=\"img\">\n\
         <title>ROC</title>\n<desc>ROC curve of 300 test rows"
    ));
    assert!(svg.trim_end().ends_with("</svg>"));
    assert_eq!(svg.matches("<svg").count(), 1);
}

#[test]
fn a_large_sweep_becomes_a_small_picture() {
    let n = 100_000;
    let thresholds: Vec<f64> = (0..n).map(|i| 1.0 - f64::from(i) / f64::from(n)).collect();
    let tps: Vec<f64> = (0..n).map(|i| f64::from(i / 20 + 1)).collect();
    let fps: Vec<f64> = (0..n).map(|i| f64::from(i - i / 20)).collect();
    let mut report = example::report(10, 2);
    report.sweep = crate::metrics::Sweep { n_pos: tps[tps.len() - 1], n_neg: fps[fps.len() - 1], thresholds, tps, fps };
    let svg = drawn(Kind::PrecisionRecall, &report, None, 0.5);
    assert!(svg.len() < 200_000, "{} bytes", svg.len());
}

#[test]
fn nothing_degenerate_panics_and_each_figure_says_why_it_is_empty() {
    let nan = f64::NAN;
    let reports = [
        example::report_of(vec![], vec![]),
        example::report(30, 0),
        example::report(12, 12),
        example::report_of(vec![0, 1, 0], vec![0.5, 0.5, 0.5]),
        example::report_of(vec![0, 1, 0], vec![0.0, 1.0, 1.0]),
        example::report_of(vec![1], vec![0.3]),
        example::report_of(vec![0, 1, 1], vec![nan, 0.2, nan]),
        example::report_of(vec![0, 1], vec![f64::INFINITY, f64::NEG_INFINITY]),
    ];
    for report in &reports {
        for pinned in &reports {
            for kind in FIGURES {
                for threshold in [0.0, 0.5, 1.0, nan] {
                    let svg = drawn(kind, report, Some(Pinned { report: pinned, threshold }), threshold);
                    assert!(svg.contains("<desc>") && !svg.contains("NaN,"), "{kind:?}");
                }
            }
        }
    }
    assert!(drawn(Kind::Roc, &reports[0], None, 0.5).contains("Undefined: the test rows hold no minority row."));
    assert!(drawn(Kind::Scores, &reports[0], None, 0.5).contains("Undefined: no test row has a score."));
}

#[test]
fn a_size_no_figure_fits_in_is_refused_with_what_to_choose() {
    let report = example::report(30, 3);
    let error = svg(Kind::Roc, &report, None, &example::view(0.5), (0, 10), &Theme::DARK).expect_err("too small");
    assert_eq!(error.to_string(), "a figure of 0 x 10 pixels: choose a size from 80 x 60 to 8000 x 8000");
}

/// Writes every figure to the directory named by `FIGURES_OUT`, to be looked at; without it, checks only that each
/// can be drawn in both themes.
#[test]
fn figures_can_be_written_out_in_both_themes() {
    let (report, base) = (example::report(300, 17), example::report(300, 60));
    let pinned = Some(Pinned { report: &base, threshold: 0.6 });
    for (suffix, theme) in [("light", Theme::LIGHT), ("dark", Theme::DARK)] {
        for kind in FIGURES {
            for (size, name) in [((480, 380), "large"), ((196, 190), "small"), ((406, 140), "wide")] {
                let svg = svg(kind, &report, pinned, &example::view(0.42), size, &theme).expect("a figure");
                assert!(svg.contains(kind.title()));
                if let Some(directory) = std::env::var_os("FIGURES_OUT") {
                    let path = std::path::Path::new(&directory).join(format!("{}-{name}-{suffix}.svg", kind.name()));
                    std::fs::write(path, svg).expect("a directory that can be written to");
                }
            }
        }
    }
}
