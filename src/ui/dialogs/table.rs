//! Own data: a table pasted, dropped or uploaded; which columns it is about; which label is the minority.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DragEvent, File, HtmlInputElement};

use super::{Dialog, Open};
use crate::browser::file::read_text;
use crate::dataset::{CsvChoice, CsvErrors, CsvSheet};
use crate::state::Lab;
use crate::ui::controls::{Entry, Select};
use crate::ui::panels::show_table;
use crate::ui::text::count;

/// Rows shown of a sheet.
const PREVIEW: usize = 4;
/// A longer text makes typing slow, for it is read anew at every key: the box shows its beginning, to be looked at only,
/// until it is asked for all.
const EDITABLE: usize = 1_000_000;
/// So many characters of it.
const SHOWN: usize = 4000;

/// Own data.
#[component]
pub fn OwnData() -> impl IntoView {
    let open = expect_context::<Open>();
    view! { <Dialog id="own-data" title="Own data" open=open.table content=content/> }
}

fn content() -> AnyView {
    let text = RwSignal::new(String::new());
    let all = RwSignal::new(false);
    let is_whole = Memo::new(move |_| all.get() || text.read().len() <= EDITABLE);
    let complaint = RwSignal::new(None::<Vec<String>>);
    let sheet = Memo::new(move |_| {
        let text = text.read();
        (!text.trim().is_empty()).then(|| CsvSheet::read(&text))
    });
    let take = move |file: Option<File>| {
        let Some(file) = file else { return };
        spawn_local(async move {
            match read_text(&file).await {
                Ok(read) => {
                    complaint.set(None);
                    all.set(false);
                    text.set(read);
                }
                Err(why) => complaint.set(Some(vec![why])),
            }
        });
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        take(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)));
    };
    view! {
        <p>"A table with a header, two columns of numbers and one of labels. It stays in this browser."</p>
        <div class="drop" on:dragover=|event| event.prevent_default() on:drop=dropped>
            <label for="csv-file">"Choose a CSV file or drop it here"</label>
            <input
                id="csv-file"
                type="file"
                accept=".csv,.tsv,.txt,text/csv,text/plain"
                data-testid="csv-file"
                on:change=move |event| {
                    take(event_target::<HtmlInputElement>(&event).files().and_then(|files| files.get(0)));
                }
            />
        </div>
        <textarea
            rows="6"
            aria-label="Or paste it here"
            placeholder="… or paste it here"
            data-testid="csv-text"
            spellcheck="false"
            readonly=move || !is_whole.get()
            prop:value=move || if is_whole.get() { text.get() } else { beginning(&text.read()) }
            on:input=move |event| {
                complaint.set(None);
                text.set(event_target_value(&event));
            }
        ></textarea>
        <Show when=move || !is_whole.get()>
            <p class="quiet">
                {move || format!("The beginning of {} characters; all of them are read. ", count(text.read().len() as f64))}
                <button type="button" class="link" data-testid="csv-edit-all" on:click=move |_| all.set(true)>
                    "Edit all"
                </button>
            </p>
        </Show>
        {move || complaint.get().map(list)}
        {move || match &*sheet.read() {
            None => ().into_any(),
            Some(Err(errors)) => list(sentences(errors)),
            Some(Ok(sheet)) => choose(sheet.clone()),
        }}
    }
    .into_any()
}

/// The first characters, and a mark that there are more. Nobody may take this for the text itself.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}\n…", &text[..cut]),
        None => text.to_owned(),
    }
}

fn sentences(errors: &CsvErrors) -> Vec<String> {
    errors.0.iter().map(ToString::to_string).collect()
}

fn list(sentences: Vec<String>) -> AnyView {
    let lines = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
    view! { <div class="error" role="alert" data-testid="csv-error">{lines}</div> }.into_any()
}

fn choose(sheet: CsvSheet) -> AnyView {
    let lab = expect_context::<Lab>();
    let open = expect_context::<Open>();
    let first = match sheet.suggest() {
        Ok(choice) => choice,
        Err(errors) => return list(sentences(&errors)),
    };
    let choice = RwSignal::new(first);
    let sheet = StoredValue::new(sheet);
    let columns = sheet.with_value(|sheet| {
        let entry = |(i, name): (usize, &String)| Entry::new(i.to_string(), name.clone(), "");
        sheet.columns.iter().map(|column| &column.name).enumerate().map(entry).collect::<Vec<_>>()
    });
    let column =
        move |id: &'static str, label: &'static str, get: fn(&CsvChoice) -> usize, set: fn(&mut CsvChoice, usize)| {
            let entries = columns.clone();
            view! {
                <Select
                    id=id
                    label=label
                    value=Signal::derive(move || get(&choice.read()).to_string())
                    entries=entries
                    choose=Callback::new(move |chosen: String| {
                        if let Ok(at) = chosen.parse() {
                            choice.update(|choice| set(choice, at));
                            let rarest = sheet.with_value(|sheet| {
                                let column = sheet.columns.get(choice.read_untracked().label)?;
                                column.rarest().map(str::to_owned)
                            });
                            // A label of another column is no label of this one.
                            if let (true, Some(rarest)) = (id == "csv-label", rarest) {
                                choice.update(|choice| choice.minority = rarest);
                            }
                        }
                    })
                />
            }
            .into_any()
        };
    let label = Memo::new(move |_| choice.read().label);
    let minority = move || {
        let labels = sheet.with_value(|sheet| sheet.columns.get(label.get()).map(|column| column.labels.clone()));
        let entries: Vec<Entry> = labels
            .unwrap_or_default()
            .into_iter()
            .map(|(name, rows)| Entry::new(name.clone(), format!("{name} ({rows} rows)"), ""))
            .collect();
        view! {
            <Select
                id="csv-minority"
                label="Minority class"
                value=Signal::derive(move || choice.read().minority.clone())
                entries=entries
                choose=Callback::new(move |chosen: String| choice.update(|choice| choice.minority = chosen))
            />
        }
    };
    let table = Memo::new(move |_| sheet.with_value(|sheet| sheet.table(&choice.read())));
    // Right under the text that has to be corrected.
    let complaint = move || table.read().as_ref().err().map(|errors| list(sentences(errors)));
    let verdict = move || {
        table.read().as_ref().ok().map(|table| {
            let minority = table.y.iter().filter(|&&y| y == 1).count();
            let said = format!("{} rows, {minority} of them minority.", table.y.len());
            view! { <span class="num" role="status">{said}</span> }
        })
    };
    let show = move |_| {
        if let Ok(table) = table.get_untracked() {
            show_table(lab, table);
            open.table.set(false);
        }
    };
    view! {
        {complaint}
        {preview(sheet)}
        <div class="grid-2">
            {column("csv-x", "Across", |choice| choice.x, |choice, at| choice.x = at)}
            {column("csv-y", "Up", |choice| choice.y, |choice, at| choice.y = at)}
            {column("csv-label", "Labels", |choice| choice.label, |choice, at| choice.label = at)}
            {minority}
        </div>
        <div class="buttons">
            <button
                type="button"
                class="primary"
                data-testid="csv-use"
                disabled=move || table.read().is_err()
                on:click=show
            >
                "Use this table"
            </button>
            {verdict}
        </div>
    }
    .into_any()
}

fn preview(sheet: StoredValue<CsvSheet>) -> AnyView {
    let (names, rows) = sheet.with_value(|sheet| {
        (sheet.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>(), sheet.preview(PREVIEW))
    });
    let head = names.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view();
    let body = rows
        .into_iter()
        .map(|row| view! { <tr>{row.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> })
        .collect_view();
    view! {
        <div class="preview" tabindex="0" role="region" aria-label="First rows">
            <table class="all num"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>
        </div>
    }
    .into_any()
}
