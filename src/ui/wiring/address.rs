//! The address bar says what is on screen: in place while something is dragged, as a new entry for every decision;
//! Back, Forward and a pasted link are shown.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::{Tables, keep, tables::bring};
use crate::browser::hash::{self, Writer};
use crate::experiment::Link;
use crate::permalink;
use crate::state::Lab;

/// What the page knows about the address bar.
struct Known {
    /// The text of the link committed last: what the entry under the present one must say.
    committed: String,
    commits: u64,
    /// What this page wrote or read last; a change to exactly this is an echo.
    last: String,
}

/// The link as it stands after `#`.
pub fn text_of(link: &Link) -> String {
    let text = permalink::write(link);
    text.strip_prefix('#').map(str::to_owned).unwrap_or(text)
}

pub(super) fn start(lab: Lab, tables: &Tables) {
    let at_start = hash::read();
    if !at_start.is_empty() {
        bring(&at_start, &mut tables.borrow_mut());
        let parsed = permalink::parse_with(&at_start, &tables.borrow());
        lab.begin(parsed.link, parsed.notes);
    }
    let known = Rc::new(RefCell::new(Known {
        committed: text_of(&lab.committed()),
        commits: lab.commits.get_untracked(),
        last: at_start,
    }));
    let writer = Writer::default();
    let (tables, heard, pending) = (tables.clone(), known.clone(), writer.clone());
    keep(hash::on_change(move |text| {
        if text == heard.borrow().last {
            return;
        }
        // What still waited to be written belongs to the entry that was left: a push of what stands there already
        // only drops it.
        pending.push(&text);
        bring(&text, &mut tables.borrow_mut());
        let parsed = permalink::parse_with(&text, &tables.borrow());
        lab.open(parsed.link, parsed.notes);
        let mut known = heard.borrow_mut();
        known.committed = text_of(&lab.committed());
        known.last = text;
    }));
    Effect::new(move |_| {
        let text = text_of(&lab.link());
        let commits = lab.commits.get();
        let mut known = known.borrow_mut();
        if commits != known.commits {
            // A drag has written over the entry to which Back should return: put that right, then go on.
            let before = std::mem::replace(&mut known.committed, text_of(&lab.committed()));
            if hash::read() != before && known.last != before {
                writer.replace(&before);
                writer.flush();
            }
            known.commits = commits;
            writer.push(&text);
        } else if text != known.last {
            writer.replace(&text);
        }
        known.last = text;
    });
}
