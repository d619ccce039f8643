//! Chains that ask for more than the lab holds are refused in words, and before anything is set aside for them.

use imbalance_lab::base::Rows;
use imbalance_lab::dataset::Dataset;
use imbalance_lab::permalink::parse;
use imbalance_lab::resample::{
    Fault, Hardness, NEIGHBORS_AT_MOST, NUMBERS_AT_MOST, OnlyTypes, ROWS_AT_MOST, Sampler, SamplerStage, Value,
    run_chain, run_wide_chain,
};

use super::{clouds, named};

/// What is asked for would take gigabytes: a refusal that came too late would not come at all.
fn refusal(link: &str, data: &Dataset, hidden: usize) -> String {
    let parsed = parse(link);
    assert_eq!(parsed.notes, Vec::<String>::new(), "{link}");
    let hidden = Rows::from_values(hidden, vec![0.5; hidden * data.len()]);
    run_wide_chain(&parsed.link.spec.samplers, data, &hidden, 3).unwrap_err().to_string()
}

#[test]
fn more_rows_than_the_lab_holds_are_refused_with_what_to_change() {
    let data = clouds(&[900, 100], 1);
    for method in ["over", "smote", "borderline", "adasyn", "svmsmote", "kmeanssmote", "island", "mixture", "mixup"] {
        let message = refusal(&format!("sampler={method}.rows1-999999999"), &data, 0);
        assert!(message.contains(&format!("the lab holds {ROWS_AT_MOST} at most; set a smaller count")), "{message}");
    }
}

#[test]
fn rows_of_earlier_samplers_count_also_where_they_are_gone() {
    let data = clouds(&[900, 100], 1);
    let message = refusal("sampler=over.rows1-600000+under+over.rows1-500000", &data, 0);
    assert!(message.contains("sampler 3 of 3") && message.contains("there would be 1100000 rows"), "{message}");
}

#[test]
fn hidden_columns_count() {
    let data = clouds(&[900, 100], 1);
    let message = refusal("sampler=smote.rows1-300000", &data, 200);
    assert!(message.contains("there would be 300900 rows of 202 columns"), "{message}");
    assert!(message.contains(&format!("{NUMBERS_AT_MOST} numbers at most; set a smaller count")), "{message}");
}

#[test]
fn more_neighbours_than_the_lab_holds_are_refused_with_how_many_would_do() {
    let data = clouds(&[60_000, 6000], 2);
    for (samplers, rows) in [
        ("enn.k1000", 60_000),
        ("renn.k1000", 60_000),
        ("allknn.k1000", 60_000),
        ("ncr.k1000", 60_000),
        ("cnn.k1000", 59_999),
        ("oss.k1000", 59_999),
        ("nearmiss.k1000", 60_000),
        ("nearmiss.v2.k1000", 60_000),
        ("smote.rows1-59999+adasyn.k1000.rows1-60000", 59_999),
        ("smote.rows1-59999+borderline.m1000.rows1-60000", 59_999),
    ] {
        let message = refusal(&format!("sampler={samplers}"), &data, 0);
        assert!(message.contains(&format!("of each of {rows} rows are too many: the lab holds")), "{message}");
        assert!(message.contains(&format!("{NEIGHBORS_AT_MOST} at most")) && message.contains("; lower "), "{message}");
    }
}

#[test]
fn a_number_that_the_rows_do_not_allow_is_told_first() {
    let message = refusal("sampler=nearmiss.k1000", &clouds(&[60_000, 60], 2), 0);
    assert!(message.contains("need at least 1000 minority rows, there are 60"), "{message}");
}

/// SMOTE with `k` neighbours that sees only safe rows, as `k_of_types` neighbours tell them.
fn safe_only(k: u32, k_of_types: u8) -> SamplerStage {
    let mut sampler: Sampler = named("SMOTE");
    assert!(sampler.set("k_neighbors", Value::Count(k)));
    let only = OnlyTypes { types: vec![Hardness::Safe], k: k_of_types };
    SamplerStage { only: Some(only), ..SamplerStage::new(sampler) }
}

#[test]
fn the_neighbours_that_decide_the_types_are_limited_too() {
    let data = clouds(&[180_000, 20_000], 2);
    let error = run_chain(&[safe_only(5, 255)], &data, 0).expect_err("51 million neighbours");
    let wanted = Fault::TooManyNeighbors { parameter: "k of the types", neighbors: 255, rows: 200_000, remembered: 0 };
    assert_eq!(error.fault, wanted);
    assert_eq!(
        error.to_string(),
        "SMOTE: 255 neighbours (k of the types) of each of 200000 rows are too many: the lab holds 50000000 at most; \
         lower k of the types to 250 or use fewer rows"
    );
}

#[test]
fn a_restricted_sampler_is_refused_by_the_rows_that_it_sees_and_not_told_to_see_more() {
    let mut data = clouds(&[60_000, 55_000], 2);
    let (majority, minority): (Vec<usize>, Vec<usize>) = (0..data.len()).partition(|&row| data.y[row] == 0);
    // 53000 of the minority are among themselves and safe; each of the others lies beside a row of the majority.
    for (at, &row) in minority.iter().enumerate() {
        let [x, y] = data.x[if at < 53_000 { row } else { majority[at] }];
        data.x[row] = if at < 53_000 { [x + 100.0, y] } else { [x + 1e-9, y] };
    }
    let error = run_chain(&[safe_only(1000, 5)], &data, 0).expect_err("53 million neighbours");
    let Fault::Restricted { restriction, fault } = &error.fault else { panic!("{error}") };
    assert_eq!((restriction.seen, restriction.of), (53_000, 55_000));
    let wanted = Fault::TooManyNeighbors { parameter: "k_neighbors", neighbors: 1000, rows: 53_000, remembered: 0 };
    assert_eq!(**fault, wanted);
    assert_eq!(
        error.to_string(),
        "SMOTE: 1000 neighbours (k_neighbors) of each of 53000 rows are too many: the lab holds 50000000 at most; \
         lower k_neighbors to 943 or use fewer rows"
    );
}
