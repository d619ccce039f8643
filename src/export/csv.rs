//! Every row of a run as CSV: where it lies, which part it belongs to, where it comes from and what the model says.
//!
//! | column | meaning |
//! |---|---|
//! | row | number of the row in the data; empty for a generated row |
//! | the two axes | coordinates in the units of the data, also where a scaler was at work |
//! | class | 1 for the minority, 0 for the majority; of a mixed row, how much of it is minority |
//! | part | `train`, `test`, or `both` when the split is off |
//! | origin | `original`, `copy`, `synthetic`, or `removed` when a sampler threw the row out |
//! | parents | the rows that a generated row was made from: numbers of the data, or `g` and the number of a generated row |
//! | gap | how far it lies from the first parent towards the second, 0 to 1; below 0 it lies away from it (SVM-SMOTE) |
//! | score | P(minority) by the model, for the rows of the data |

use crate::base::Point;
use crate::experiment::Report;
use crate::resample::{Chain, Origin, RowId};

/// The table, header first.
pub fn rows(report: &Report) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let [x, y] = &report.columns;
    // Writing into memory cannot fail, and every record has the length of the first.
    let mut put = |record: [String; 9]| writer.write_record(&record).unwrap_or_default();
    put(["row", x, y, "class", "part", "origin", "parents", "gap", "score"].map(String::from));

    let chain = &report.chain;
    let mut kept = vec![false; chain.pool_x.len()];
    chain.output.iter().for_each(|&row| kept[row as usize] = true);
    let mut place_in_pool = vec![None; report.data.len()];
    for (place, &row) in report.train.iter().enumerate() {
        place_in_pool[row as usize] = Some(place);
    }
    let mut tested = vec![false; report.data.len()];
    report.test.iter().for_each(|&row| tested[row as usize] = true);

    for (row, (point, class)) in report.data.x.iter().zip(&report.data.y).enumerate() {
        let part = match (place_in_pool[row].is_some(), tested[row]) {
            (true, true) => "both",
            (true, false) => "train",
            _ => "test",
        };
        let removed = place_in_pool[row].is_some_and(|place| !kept[place]);
        put([
            row.to_string(),
            point[0].to_string(),
            point[1].to_string(),
            class.to_string(),
            part.to_string(),
            if removed { "removed" } else { "original" }.to_string(),
            String::new(),
            String::new(),
            report.scores[row].to_string(),
        ]);
    }
    for (row, &kept) in kept.iter().enumerate().skip(report.train.len()) {
        let (origin, parents, gap) = match chain.pool_origin[row] {
            Origin::Original => continue,
            Origin::Copy { of } => ("copy", parent(of, report), String::new()),
            Origin::Jittered { of } => ("synthetic", parent(of, report), String::new()),
            Origin::Center { .. } | Origin::Component { .. } => ("synthetic", String::new(), String::new()),
            Origin::Mixed { a, b, share, .. } => {
                ("synthetic", format!("{} {}", parent(a, report), parent(b, report)), (1.0 - share).to_string())
            }
            Origin::Between { base, neighbor, gap } => {
                ("synthetic", format!("{} {}", parent(base, report), parent(neighbor, report)), gap.to_string())
            }
        };
        let point = in_data_units(chain.pool_x[row], report);
        put([
            String::new(),
            point[0].to_string(),
            point[1].to_string(),
            class(chain, row as RowId),
            if report.train.len() == report.data.len() { "both" } else { "train" }.to_string(),
            if kept { origin } else { "removed" }.to_string(),
            parents,
            gap,
            String::new(),
        ]);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn class(chain: &Chain, row: RowId) -> String {
    let class = chain.pool_y[row as usize];
    match chain.soft_label(row) {
        None => class.to_string(),
        Some((_, rest)) => (if class == 1 { 1.0 - rest } else { rest }).to_string(),
    }
}

fn parent(row: RowId, report: &Report) -> String {
    let place = row as usize;
    report.train.get(place).map_or_else(|| format!("g{}", place - report.train.len()), u32::to_string)
}

fn in_data_units(point: Point, report: &Report) -> Point {
    report.scaler.map_or(point, |s| [0, 1].map(|axis| point[axis] * s.scale[axis] + s.mean[axis]))
}
