//! A table in a link: the canonical CSV text, deflated and written in base64url. A table whose text would be too long
//! for a link stands there as `@` and its digest, and is looked up in a [`TableStore`].
//!
//! Canonical CSV: one line with the names of both columns and of both classes, then one line `x,y,class` per row.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::text::{float, quote, read_float};
use crate::dataset::Table;

/// Longer texts than this are replaced by a digest: browsers and chat programs cut long links.
const LONGEST_IN_LINK: usize = 60_000;
/// What a table may unpack to: 100,000 rows of two long numbers, with room; keeps out decompression bombs.
const LARGEST_CSV: usize = 8_000_000;
/// How hard a table that is kept elsewhere is packed: it is done while the reader waits, and numbers hardly shrink more.
const QUICK: u8 = 3;
/// Rows that a table may have.
const ROWS_AT_MOST: usize = 100_000;

/// Tables that are too large for a link, by digest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableStore {
    tables: BTreeMap<String, Arc<Table>>,
}

impl TableStore {
    /// Keeps a table and returns its digest.
    pub fn insert(&mut self, table: Arc<Table>) -> String {
        let digest = digest(&table);
        self.tables.insert(digest.clone(), table);
        digest
    }

    /// Whether this very table was kept.
    pub fn holds(&self, table: &Arc<Table>) -> bool {
        self.tables.values().any(|kept| Arc::ptr_eq(kept, table))
    }

    /// The table with this digest.
    pub fn get(&self, digest: &str) -> Option<&Arc<Table>> {
        self.tables.get(digest)
    }
}

/// The name of a table by its contents: 128 bits of FNV-1a over its canonical CSV, in hexadecimal.
pub fn digest(table: &Table) -> String {
    digest_of(&to_csv(table))
}

/// The digest of a table that stands in links by it alone, because it is too large.
pub fn digest_if_large(table: &Arc<Table>) -> Option<String> {
    write_table(table).strip_prefix('@').map(str::to_owned)
}

/// Any table as a text, however long, to be kept where links are not.
pub fn pack_table(table: &Table) -> String {
    pack(&to_csv(table), QUICK)
}

/// The table that [`pack_table`] made into a text; `None` for any other text.
pub fn unpack_table(text: &str) -> Option<Table> {
    let packed = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
    from_csv(&miniz_oxide::inflate::decompress_to_vec_with_limit(&packed, LARGEST_CSV).ok()?)
}

fn pack(csv: &str, level: u8) -> String {
    URL_SAFE_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(csv.as_bytes(), level))
}

fn digest_of(csv: &str) -> String {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let start: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    format!("{:032x}", csv.bytes().fold(start, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME)))
}

/// Text of a table as it stands in a link.
pub(super) fn write_table(table: &Arc<Table>) -> String {
    // Links are written on every movement of a dial while the table stays the same: remember the last one.
    thread_local! {
        static LAST: RefCell<Option<(Arc<Table>, String)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| match last {
        Some((known, text)) if Arc::ptr_eq(known, table) => text.clone(),
        _ => {
            let text = encode(table);
            *last = Some((Arc::clone(table), text.clone()));
            text
        }
    })
}

fn encode(table: &Table) -> String {
    let csv = to_csv(table);
    // Numbers hardly shrink below a third, so a much longer text need not be tried.
    if csv.len() < 8 * LONGEST_IN_LINK {
        let text = pack(&csv, 9);
        if text.len() <= LONGEST_IN_LINK {
            return text;
        }
    }
    format!("@{}", digest_of(&csv))
}

/// Reads a table; the error says what is wrong with it.
pub(super) fn read_table(text: &str, tables: &TableStore) -> Result<Arc<Table>, String> {
    if let Some(digest) = text.strip_prefix('@') {
        return tables.get(digest).cloned().ok_or_else(|| {
            format!("the table {} is too large to be in the link itself; load its CSV file again", quote(digest))
        });
    }
    let damaged = || "the table in the link is damaged; load its CSV file again".to_string();
    unpack_table(text).ok_or_else(damaged).map(Arc::new)
}

fn to_csv(table: &Table) -> String {
    let quoted = |name: &String| format!("\"{}\"", name.replace('"', "\"\""));
    let names: Vec<String> = table.columns.iter().chain(&table.classes).map(quoted).collect();
    let mut out = names.join(",");
    out.push('\n');
    for (point, class) in table.x.iter().zip(&table.y) {
        out.push_str(&format!("{},{},{class}\n", float(point[0]), float(point[1])));
    }
    out
}

fn from_csv(bytes: &[u8]) -> Option<Table> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut records = reader.records();
    let names: [String; 4] = records.next()?.ok()?.iter().map(str::to_string).collect::<Vec<_>>().try_into().ok()?;
    let [column_0, column_1, class_0, class_1] = names;
    let mut table = Table { columns: [column_0, column_1], classes: [class_0, class_1], x: Vec::new(), y: Vec::new() };
    for record in records {
        let record = record.ok()?;
        let class = record.get(2)?.parse().ok().filter(|c| *c <= 1)?;
        table.x.push([read_float(record.get(0)?)?, read_float(record.get(1)?)?]);
        table.y.push(class);
        if table.y.len() > ROWS_AT_MOST {
            return None;
        }
    }
    Some(table)
}
