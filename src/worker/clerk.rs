//! Writes the files to take along: the clerk's work without the browser around it. The clerk is a worker of its own
//! that starts when the first file is asked for, so that a page from which nobody takes anything loads no writer.

use super::shelf::{Fetch, Shelf};
use crate::experiment::Runner;
use crate::export::{csv, json, python};
use crate::protocol::{Answer, File, Question, Reply, Request};

/// Keeps what outlives a request.
pub(super) struct Clerk {
    shelf: Shelf,
    runner: Runner,
}

impl Clerk {
    pub(super) fn new(fetch: Fetch) -> Self {
        Clerk { shelf: Shelf::new(fetch), runner: Runner::default() }
    }

    /// Answers one request; runs are not its work.
    pub(super) fn answer(&mut self, request: Request, reply: &mut dyn FnMut(Reply)) {
        match request {
            Request::Table { table } => self.shelf.keep(table),
            Request::Ask { id, question: Question::File { file, link } } => {
                let answer = self.file(file, &link).map_or_else(Answer::Refused, Answer::Text);
                reply(Reply::Answered { id, answer });
            }
            Request::Ask { id, .. } => {
                reply(Reply::Answered { id, answer: Answer::Refused("The clerk only writes files.".to_owned()) });
            }
            Request::Run(_) => {}
        }
    }

    /// The same text as the command line writes.
    fn file(&mut self, file: File, link: &str) -> Result<String, String> {
        let link = self.shelf.link(link)?;
        if file == File::Script {
            return python::script(&link).map_err(|error| error.to_string());
        }
        let report = self.runner.run_observed(&link.spec, &mut |_| ()).map_err(|error| error.to_string())?.report;
        Ok(match file {
            File::Rows => csv::rows(&report),
            _ => format!("{:#}", json::report(&link, &report, &[])),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::run;
    use crate::permalink;

    fn ask(file: File, link: &str) -> Answer {
        let mut answer = None;
        let question = Question::File { file, link: link.to_owned() };
        Clerk::new(|file| Err(file.to_owned())).answer(Request::Ask { id: 3, question }, &mut |reply| {
            let Reply::Answered { id: 3, answer: given } = reply else { panic!("{reply:?}") };
            assert!(answer.replace(given).is_none(), "answered once");
        });
        answer.expect("answered")
    }

    #[test]
    fn a_file_is_what_the_exports_write_for_the_link() {
        let text = "/lab?data=moons&n=200&sampler=smote&threshold=0.3";
        let link = permalink::parse(text).link;
        let report = run(&link.spec).unwrap();
        assert_eq!(ask(File::Script, text), Answer::Text(python::script(&link).unwrap()));
        assert_eq!(ask(File::Rows, text), Answer::Text(csv::rows(&report)));
        assert_eq!(ask(File::Report, text), Answer::Text(format!("{:#}", json::report(&link, &report, &[]))));
    }

    #[test]
    fn a_file_about_what_cannot_be_run_is_refused_with_the_reason() {
        let Answer::Refused(why) = ask(File::Rows, "/lab?data=blobs&n=50&ratio=30&sampler=smote.k30") else {
            panic!("not refused")
        };
        assert!(why.contains('k'), "{why}");
    }
}
