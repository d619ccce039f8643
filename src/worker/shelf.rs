//! What a worker needs to read a link: tables too large for it, and tables that lie in files beside the page.

use std::sync::Arc;

use crate::dataset::{Source, Table, breast_cancer};
use crate::experiment::Link;
use crate::permalink::{self, TableStore};

/// Reads a file that lies beside the worker's script; the error says why it cannot be had.
pub(super) type Fetch = fn(&str) -> Result<String, String>;

/// Tables at hand, and the way to those that are not yet.
pub(super) struct Shelf {
    fetch: Fetch,
    tables: TableStore,
}

impl Shelf {
    pub(super) fn new(fetch: Fetch) -> Shelf {
        Shelf { fetch, tables: TableStore::default() }
    }

    pub(super) fn keep(&mut self, table: Arc<Table>) {
        self.tables.insert(table);
    }

    /// The link, its data at hand; the error says what to do.
    pub(super) fn link(&self, text: &str) -> Result<Link, String> {
        let link = permalink::parse_with(text, &self.tables).link;
        self.bring(link.spec.data.source)?;
        Ok(link)
    }

    /// Fetches what `source` needs, unless that was done before.
    pub(super) fn bring(&self, source: Source) -> Result<(), String> {
        if source != Source::BreastCancer || breast_cancer::is_at_hand() {
            return Ok(());
        }
        let file = breast_cancer::FILE;
        let why = match (self.fetch)(file) {
            Ok(text) => match breast_cancer::give(text) {
                true => return Ok(()),
                false => "what came is another file".to_owned(),
            },
            Err(why) => why,
        };
        Err(format!(
            "{file} could not be loaded ({why}). Check the connection and choose these data again, or choose others."
        ))
    }
}
