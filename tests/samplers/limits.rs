//! Chains that ask for more than the lab holds are refused in words, and before anything is set aside for them.

use imbalance_lab::base::Rows;
use imbalance_lab::dataset::Dataset;
use imbalance_lab::permalink::parse;
use imbalance_lab::resample::{NEIGHBORS_AT_MOST, NUMBERS_AT_MOST, ROWS_AT_MOST, run_wide_chain};

use super::clouds;

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
