use super::*;

fn read(text: &str) -> CsvSheet {
    match CsvSheet::read(text) {
        Ok(sheet) => sheet,
        Err(errors) => panic!("{errors}"),
    }
}

fn suggested(text: &str) -> Result<Table, String> {
    let sheet = CsvSheet::read(text).map_err(|errors| errors.to_string())?;
    let choice = sheet.suggest().map_err(|errors| errors.to_string())?;
    sheet.table(&choice).map_err(|errors| errors.to_string())
}

const EXPECTED: [([f64; 2], u8); 3] = [([1.5, -2.0], 0), ([3.0, 4.25], 1), ([0.5, 6.0], 0)];

fn assert_expected(text: &str) {
    let table = suggested(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let rows: Vec<_> = table.x.into_iter().zip(table.y).collect();
    assert_eq!(rows, EXPECTED, "{text}");
}

#[test]
fn every_delimiter_is_found() {
    for delimiter in [",", ";", "\t", "|", " ", "   ", " ; ", ", "] {
        for header in ["a,b,class\n", ""] {
            let text = format!("{header}1.5,-2,no\n3,4.25,yes\n0.5,6,no\n").replace(',', delimiter);
            assert_expected(&text);
        }
    }
}

#[test]
fn decimal_commas_are_read_where_commas_do_not_separate() {
    for delimiter in [";", "\t", "|"] {
        assert_expected(&"1,5;-2;no\n3;4,25;yes\n0,5;6;no".replace(';', delimiter));
        assert_expected(&"a;b;c\n1,5;-2,0;no\n3;4,25;yes\n0,5;6;no\n".replace(';', delimiter));
    }
}

#[test]
fn marks_of_editors_and_spreadsheets_do_no_harm() {
    assert_expected("\u{feff}a,b,c\r\n1.5,-2,no\r\n3,4.25,yes\r\n0.5,6,no\r\n");
    assert_expected("a,b,c\r1.5,-2,no\r3,4.25,yes\r0.5,6,no");
    assert_expected("a,b,c,\n1.5,-2,no,\n3,4.25,yes,\n0.5,6,no,\n,,,\n\n");
    assert_expected("\n\na,b,c\n\n1.5,-2,no\n3,4.25,yes\n\n0.5,6,no\n");
    assert_expected("\"a, b\",\"say \"\"b\"\"\",c\n\"1.5\",-2,no\n3,4.25,\"yes\"\n0.5,6,no\n");
    assert_expected("1.5e0,-2.0e+0,no\n+3,4.25,yes\n.5,6.,no\n");
}

#[test]
fn names_come_from_the_header_or_the_position() {
    assert_eq!(suggested("\"a, b\",,c\n1,2,no\n3,4,yes\n").map(|t| t.columns), Ok(["a, b".into(), "column 2".into()]));
    assert_eq!(suggested("1,2,no\n3,4,yes\n").map(|t| t.columns), Ok(["column 1".into(), "column 2".into()]));
    assert_eq!(suggested("x,x,c\n1,2,no\n3,4,yes\n").map(|t| t.columns), Ok(["x".into(), "x (column 2)".into()]));
    let named = CsvOptions { header: Some(true), ..CsvOptions::default() };
    let sheet = CsvSheet::read_with("2019,2020,y\n1,2,0\n3,4,1\n", named).unwrap();
    assert_eq!((sheet.columns[0].name.as_str(), sheet.n_rows()), ("2019", 2));
}

#[test]
fn the_rarest_label_is_the_minority_and_the_rest_the_majority() {
    let sheet = read("a,b,c\n1,2,red\n3,4,blue\n5,6,red\n7,8,green\n9,10,blue\n");
    let labels: Vec<(&str, usize)> = sheet.columns[2].labels.iter().map(|(l, n)| (l.as_str(), *n)).collect();
    assert_eq!(labels, [("blue", 2), ("green", 1), ("red", 2)]);
    let mut choice = sheet.suggest().unwrap();
    assert_eq!(choice.minority, "green");
    let table = sheet.table(&choice).unwrap();
    assert_eq!((table.classes, table.y), (["not green".into(), "green".into()], vec![0, 0, 0, 1, 0]));
    choice.minority = "red".into();
    assert_eq!(sheet.table(&choice).unwrap().y, [1, 0, 1, 0, 0]);
}

#[test]
fn none_null_and_na_are_labels_and_only_an_empty_cell_is_no_label() {
    for word in ["none", "null", "NA", "n/a", "?", "nan"] {
        let text = format!("a,b,treatment\n1,2,{word}\n3,4,drug\n5,6,{word}\n7,8,{word}\n");
        let table = suggested(&text).unwrap();
        assert_eq!((table.classes, table.y), ([word.to_owned(), "drug".to_owned()], vec![0, 1, 0, 0]));
        // As the rarest of three it is not what is looked for, but can be chosen.
        let sheet = read(&format!("a,b,c\n1,2,no\n3,4,yes\n5,6,no\n7,8,no\n9,1,yes\n2,3,{word}\n"));
        let mut choice = sheet.suggest().unwrap();
        assert_eq!(choice.minority, "yes");
        choice.minority = word.to_owned();
        assert_eq!(sheet.table(&choice).unwrap().y, [0, 0, 0, 0, 0, 1]);
    }
    let message = suggested("a,b,c\n1,2,none\n3,4,drug\n5,6,\n").unwrap_err();
    assert!(message.starts_with("Line 4, column “c”: the label is missing"), "{message}");
}

#[test]
fn of_equally_frequent_numbers_the_greater_is_the_minority() {
    let table = suggested("a,b,y\n1,2,0\n3,4,1\n").unwrap();
    assert_eq!(table.classes, ["0", "1"].map(String::from));
}

#[test]
fn the_suggestion_passes_over_row_numbers_and_finds_the_label_by_name() {
    let sheet = read("id,target,p,q,r\n1,0,2.5,3.5,1\n2,1,4.5,5.5,2\n3,0,6.5,7.5,2\n");
    let CsvChoice { x, y, label, minority } = sheet.suggest().unwrap();
    assert_eq!((x, y, label, minority.as_str()), (2, 3, 1, "1"));
}

#[test]
fn cells_that_cannot_be_used_are_told_by_line_and_column_first_of_each_kind() {
    let text = "a,b,c\n1,2,no\nx,3,no\n1,,yes\n2,oops,no\n3,NA,no\n4,5,\n6,inf,no\n7,8\n9,10,yes,11\n";
    assert_eq!(
        suggested(text).unwrap_err().lines().collect::<Vec<_>>(),
        [
            "Line 3, column “a”: “x” is not a number; correct it or remove the row (and 1 more like it).",
            "Line 4, column “b”: the number is missing; fill it in or remove the row (and 1 more like it).",
            "Line 7, column “c”: the label is missing; fill it in or remove the row.",
            "Line 8, column “b”: “inf” is not a finite number; correct it or remove the row.",
            "Line 9 has 2 cells instead of 3; complete it or remove it (and 1 more like it).",
        ]
    );
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let text = "a,b,c\r\n1,2,\"two\r\nlines\"\r\n\r\n3,4,no\r\n5,bad,no\r\n";
    let message = suggested(text).unwrap_err();
    assert!(message.starts_with("Line 6, column “b”: “bad”"), "{message}");
}

#[test]
fn sheets_that_are_no_tables_are_refused_with_advice() {
    let cases = [
        ("", "There is nothing in it"),
        (" \n \n", "There is nothing in it"),
        ("a,b,c\n", "There are column names but no rows"),
        ("1\n2\n3\n", "There is only one column"),
        ("a,b,c\n1,2,\"no\n3,4,yes\n5,6,no\n", "Line 2: a quoted cell begins here"),
        ("a,b,c\n1,2,no\n3,4,no\n", "Beside two columns of numbers, none has from two to 100"),
        ("a,b\n1,no\n2,yes\n", "There is only one column of numbers"),
        ("a,b\nx,no\ny,yes\n", "There is no column of numbers"),
        ("a,b\n1,2\n3,4\n", "Beside two columns of numbers"),
    ];
    for (text, beginning) in cases {
        let message = suggested(text).unwrap_err();
        assert!(message.starts_with(beginning), "{text:?}: {message}");
    }
}

#[test]
fn choices_that_make_no_sense_are_refused_with_advice() {
    let sheet = read("a,b,c,d\n1,2,no,k\n3,4,yes,k\n");
    let message = |x, y, label, minority: &str| {
        let choice = CsvChoice { x, y, label, minority: minority.into() };
        sheet.table(&choice).unwrap_err().to_string()
    };
    assert!(message(0, 1, 9, "yes").starts_with("There is no column 10"));
    assert!(message(0, 0, 2, "yes").starts_with("Two of the three columns are the same"));
    assert!(message(0, 1, 2, "maybe").starts_with("No row has the label “maybe” in column “c”"));
    assert!(message(0, 1, 3, "k").starts_with("Every row has the label “k” in column “d”"));
    assert!(message(0, 2, 3, "k").starts_with("Every row"));
}

#[test]
fn up_to_a_hundred_thousand_rows_are_taken() {
    let row = |i: usize| format!("{i},{}.5,{}\n", i % 7, u8::from(i.is_multiple_of(50)));
    let full: String = (0..MAX_ROWS).map(row).collect();
    let sheet = read(&format!("a,b,y\n{full}"));
    assert_eq!(sheet.n_rows(), MAX_ROWS);
    assert!(sheet.columns[0].labels.is_empty());
    assert_eq!(suggested(&full).map(|t| t.y.iter().filter(|&&y| y == 1).count()), Ok(2000));
    let message = CsvSheet::read(&format!("{full}1,2,0\n")).unwrap_err().to_string();
    assert!(message.starts_with("There are more than 100000 rows"), "{message}");
}

#[test]
fn any_text_at_all_is_read_or_refused_but_never_panics() {
    let pieces =
        ["1", "2.5", "a", ",", ";", "\t", "\"", "\n", "\r", " ", "|", "nan", "é", "\u{feff}", "\0", "-", "1e999"];
    let mut random = crate::random::RandomState::new(5);
    for _ in 0..3000 {
        let length = random.randint(0, 40);
        let text: String = (0..length).map(|_| pieces[random.randint(0, pieces.len() as i64) as usize]).collect();
        let Ok(sheet) = CsvSheet::read(&text) else { continue };
        if let Ok(choice) = sheet.suggest()
            && let Ok(table) = sheet.table(&choice)
        {
            assert_eq!(table.x.len(), table.y.len());
            assert!(table.x.iter().flatten().all(|v| v.is_finite()), "{text:?}");
        }
    }
}
