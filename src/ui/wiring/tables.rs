//! Tables too large for a link stay in the browser's storage, so that a reload, Back and a link opened again on this
//! machine find them. Only the last few: the storage of a page is small.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::storage;
use crate::dataset::Table;
use crate::permalink::{TableStore, digest_if_large, pack_table, unpack_table};
use crate::state::Lab;

/// So many tables are kept.
const KEPT: usize = 3;
/// Where the digests of those that are kept stand, the oldest first.
const DIGESTS: &str = "imbalance-lab.tables";

/// A place for texts.
trait Store {
    fn get(&self, key: &str) -> Option<String>;
    /// Whether it was kept.
    fn set(&mut self, key: &str, value: &str) -> bool;
    fn remove(&mut self, key: &str);
}

struct Browser;

impl Store for Browser {
    fn get(&self, key: &str) -> Option<String> {
        storage::get(key)
    }

    fn set(&mut self, key: &str, value: &str) -> bool {
        storage::set(key, value)
    }

    fn remove(&mut self, key: &str) {
        storage::remove(key);
    }
}

/// Keeps every large table that is shown, or says that it cannot be kept.
pub(super) fn start(lab: Lab) {
    fn address(table: Option<&Option<Arc<Table>>>) -> Option<*const Table> {
        table.and_then(Option::as_ref).map(Arc::as_ptr)
    }
    let table = Memo::new_with_compare(
        move |_| lab.spec.with(|spec| spec.data.table.clone()),
        |before, after| before.is_none() || address(before) != address(after),
    );
    Effect::new(move |_| {
        let Some(table) = table.get() else { return };
        let Some(digest) = digest_if_large(&table) else { return };
        if !keep(&mut Browser, &digest, || pack_table(&table)) {
            lab.notify(
                "The browser cannot keep this table (it is too large, or storage is switched off): after a reload it must \
                 be pasted again.",
            );
        }
    });
}

/// Brings the tables that a link names.
pub(super) fn bring(link: &str, tables: &mut TableStore) {
    find(&Browser, link, tables);
}

fn key(digest: &str) -> String {
    format!("imbalance-lab.table.{digest}")
}

fn digests(store: &impl Store) -> Vec<String> {
    store.get(DIGESTS).unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

/// Keeps a table as the newest; older ones make room. Where it cannot be kept, they stay.
fn keep(store: &mut impl Store, digest: &str, pack: impl FnOnce() -> String) -> bool {
    let mut kept = digests(store);
    let is_known = kept.iter().any(|known| known == digest) && store.get(&key(digest)).is_some();
    kept.retain(|known| known != digest);
    let mut gone = Vec::new();
    if !is_known {
        while kept.len() >= KEPT {
            gone.push(take(store, kept.remove(0)));
        }
        let text = pack();
        while !store.set(&key(digest), &text) {
            if kept.is_empty() {
                return put_back(store, gone);
            }
            gone.push(take(store, kept.remove(0)));
        }
    }
    kept.push(digest.to_owned());
    if store.set(DIGESTS, &kept.join(" ")) {
        return true;
    }
    store.remove(&key(digest));
    put_back(store, gone)
}

/// Takes a table out.
fn take(store: &mut impl Store, digest: String) -> (String, String) {
    let text = store.get(&key(&digest)).unwrap_or_default();
    store.remove(&key(&digest));
    (digest, text)
}

/// Puts back what was taken out for nothing; the list that names them was not touched.
fn put_back(store: &mut impl Store, gone: Vec<(String, String)>) -> bool {
    for (digest, text) in gone {
        store.set(&key(&digest), &text);
    }
    false
}

fn find(store: &impl Store, link: &str, tables: &mut TableStore) {
    let named = digests(store).into_iter().filter(|digest| link.contains(digest.as_str()));
    for digest in named.filter(|digest| tables.get(digest).is_none()).collect::<Vec<_>>() {
        if let Some(table) = store.get(&key(&digest)).and_then(|text| unpack_table(&text)) {
            // Under the name that its contents have: what was tampered with is not found.
            tables.insert(Arc::new(table));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::dataset::{DataSpec, Source};
    use crate::experiment::{Link, Spec};
    use crate::permalink::{digest, parse_with, write};

    /// A storage of so many bytes.
    struct Small(BTreeMap<String, String>, usize);

    impl Store for Small {
        fn get(&self, key: &str) -> Option<String> {
            self.0.get(key).cloned()
        }

        fn set(&mut self, key: &str, value: &str) -> bool {
            let others = self.0.iter().filter(|(known, _)| *known != key);
            let size = others.map(|(key, value)| key.len() + value.len()).sum::<usize>() + key.len() + value.len();
            let fits = size <= self.1;
            if fits {
                self.0.insert(key.to_owned(), value.to_owned());
            }
            fits
        }

        fn remove(&mut self, key: &str) {
            self.0.remove(key);
        }
    }

    fn of_bytes(bytes: usize) -> Small {
        Small(BTreeMap::new(), bytes)
    }

    /// The digests that are kept, with their texts.
    fn kept(store: &Small) -> Vec<(String, Option<String>)> {
        digests(store).into_iter().map(|digest| (digest.clone(), store.get(&key(&digest)))).collect()
    }

    fn large() -> Arc<Table> {
        let x = (0..4000).map(|i| [f64::from(i).sin() * 1.234_567, f64::from(i * i).cos() * 7.654_321]).collect();
        let y = (0..4000).map(|i| u8::from(i % 10 == 0)).collect();
        Arc::new(Table { x, y, columns: ["a, b", "c"].map(String::from), classes: ["no", "yes"].map(String::from) })
    }

    #[test]
    fn a_large_table_is_found_again_by_the_link_that_names_it() {
        let table = large();
        let data = DataSpec { table: Some(Arc::clone(&table)), ..DataSpec::default_for(Source::Table) };
        let link = Link { spec: Spec { data, ..Spec::default() }, ..Link::default() };
        let text = write(&link);
        let name = digest_if_large(&table).unwrap();
        assert!(text.contains(&name));
        let mut store = of_bytes(5_000_000);
        assert!(keep(&mut store, &name, || pack_table(&table)));

        let mut tables = TableStore::default();
        find(&store, "#/lab?data=table", &mut tables);
        assert_eq!(tables, TableStore::default(), "only what a link names is unpacked");
        find(&store, &text, &mut tables);
        let parsed = parse_with(&text, &tables);
        assert_eq!((parsed.link, parsed.notes), (link, Vec::new()));

        store.set(&key(&name), &pack_table(&Table { y: vec![0; 4000], ..(*table).clone() }));
        let mut tables = TableStore::default();
        find(&store, &text, &mut tables);
        assert_eq!(tables.get(&name), None, "not under a name that is not its own");
        assert_eq!(digest(&table), name);
    }

    #[test]
    fn the_last_few_are_kept_and_one_that_is_shown_again_counts_as_new() {
        let mut store = of_bytes(10_000);
        for name in ["a", "b", "c", "a", "d"] {
            assert!(keep(&mut store, name, || format!("text of {name}")));
        }
        let with_text = |name: &str| (name.to_owned(), Some(format!("text of {name}")));
        assert_eq!(kept(&store), ["c", "a", "d"].map(with_text));
        assert_eq!(store.0.len(), 4, "nothing is left of the one that made room");
    }

    #[test]
    fn older_tables_make_room_and_stay_when_that_does_not_help() {
        let mut store = of_bytes(1000);
        for name in ["a", "b"] {
            assert!(keep(&mut store, name, || name.repeat(300)));
        }
        let before = kept(&store);
        assert!(!keep(&mut store, "c", || "c".repeat(2000)));
        assert_eq!(kept(&store), before);
        assert!(keep(&mut store, "d", || "d".repeat(500)));
        assert_eq!(digests(&store), ["b", "d"]);
        assert!(!keep(&mut of_bytes(0), "a", || "text".to_owned()), "a storage that is switched off");
    }
}
