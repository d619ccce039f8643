//! From a request to its replies: the worker's work without the browser around it.

use super::shelf::{Fetch, Shelf};
use crate::dataset::{Source, thumbnail};
use crate::experiment::{Ran, Runner, Surface, Window};
use crate::protocol::{Answer, Lane, Order, Part, Question, Reply, Request, Run, Trial};

/// A run that takes longer than this reports the stages it enters; a shorter one is over before that is read.
const SILENT_MILLIS: f64 = 150.0;

/// A resampling is timed again until this much time has gone by: the first time, code and caches are cold.
const WARM_MILLIS: f64 = 12.0;
/// So often at most.
const TRIALS_AT_MOST: usize = 5;

/// Keeps what outlives a request: tables and the stage caches, one per lane.
pub(super) struct Desk {
    now_millis: fn() -> f64,
    shelf: Shelf,
    present: Runner,
    pinned: Runner,
}

/// Names of stages with the moment they began.
type Began = Vec<(&'static str, f64)>;

impl Desk {
    pub(super) fn new(now_millis: fn() -> f64, fetch: Fetch) -> Self {
        Desk { now_millis, shelf: Shelf::new(fetch), present: Runner::default(), pinned: Runner::default() }
    }

    /// Answers one request; `reply` is called once for the answer, before that perhaps with progress.
    pub(super) fn answer(&mut self, request: Request, reply: &mut dyn FnMut(Reply)) {
        match request {
            Request::Table { table } => self.shelf.keep(table),
            Request::Run(run) => {
                let answer = self.run(&run, reply);
                reply(answer);
            }
            Request::Ask { id, question } => reply(Reply::Answered { id, answer: self.answer_question(&question) }),
        }
    }

    fn answer_question(&mut self, question: &Question) -> Answer {
        match question {
            Question::Thumbnails(sources) => {
                let at_hand = |source: &&Source| self.shelf.bring(**source).is_ok();
                Answer::Thumbnails(sources.iter().filter(at_hand).map(|&source| (source, thumbnail(source))).collect())
            }
            Question::Trial { link, show } => match self.trial(link, *show) {
                Ok(trial) => Answer::Tried(Box::new(trial)),
                Err(why) => Answer::Refused(why),
            },
            Question::File { .. } => Answer::Refused("Files are the clerk's work.".to_owned()),
        }
    }

    /// Resamples a few times; the shortest time is the one that nothing else disturbed.
    fn trial(&mut self, link: &str, show: bool) -> Result<Trial, String> {
        let now = self.now_millis;
        let spec = self.shelf.link(link)?.spec;
        let (mut best, mut spent, mut rounds) = (f64::INFINITY, 0.0, 0);
        loop {
            let mut times = Vec::with_capacity(2);
            let tried = self.present.resample_only(&spec, &mut |_| times.push(now()));
            let (chain, scaler) = tried.map_err(|error| error.to_string())?;
            let millis = times.last().zip(times.first()).map_or(0.0, |(end, start)| end - start);
            best = f64::min(best, millis);
            spent += millis;
            rounds += 1;
            if spent >= WARM_MILLIS || rounds == TRIALS_AT_MOST {
                let minority = chain.output.iter().filter(|&&row| chain.pool_y[row as usize] == 1).count() as u32;
                let balance = [chain.output.len() as u32 - minority, minority];
                return Ok(Trial { millis: best, balance, chain: show.then_some(chain), scaler });
            }
        }
    }

    fn run(&mut self, run: &Run, reply: &mut dyn FnMut(Reply)) -> Reply {
        let now = self.now_millis;
        let start = now();
        let mut began: Began = vec![("link", start)];
        let Order { link, part, cells, .. } = &run.order;
        let link = match self.shelf.link(link) {
            Ok(link) => link,
            Err(message) => return Reply::Failed { id: run.id, stage: "data".to_owned(), message, rows: None },
        };
        let runner = match run.lane {
            Lane::Present => &mut self.present,
            Lane::Pinned => &mut self.pinned,
        };
        let result = runner.run_for(&link.spec, run.extras, &mut |stage| {
            let at = now();
            began.push((stage, at));
            if at - start > SILENT_MILLIS {
                reply(Reply::Progress { id: run.id, stage: stage.to_owned() });
            }
        });
        match result {
            Ok(ran) => {
                began.push(("surface", now()));
                let window = match *part {
                    Part::Window(window) => window,
                    Part::Data { aspect, shown } => Window::following(&ran.report.data, aspect, shown),
                };
                let surface = runner.surface(&ran, Some(window), *cells);
                done(run, ran, surface, &began, now())
            }
            Err(error) => {
                let rows = runner.rows(&link.spec).map(Box::new);
                Reply::Failed { id: run.id, stage: error.stage().to_owned(), message: error.to_string(), rows }
            }
        }
    }
}

fn done(run: &Run, ran: Ran, surface: Surface, began: &Began, end: f64) -> Reply {
    let ends = began.iter().skip(1).map(|(_, at)| *at).chain([end]);
    let timings = began.iter().zip(ends).map(|((stage, at), end)| ((*stage).to_owned(), end - at)).collect();
    Reply::Done { id: run.id, report: run.order.report.then(|| Box::new(ran.report)), surface, timings }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::Table;
    use crate::experiment::{Extras, Link, run};
    use crate::permalink;

    fn fetch(file: &str) -> Result<String, String> {
        Err(format!("there is no {file} here"))
    }

    fn desk() -> Desk {
        Desk::new(|| 0.0, fetch)
    }

    fn order(link: &str) -> Order {
        Order { link: link.to_owned(), part: Part::ALL, cells: 32, report: true }
    }

    fn answers(desk: &mut Desk, link: &str, lane: Lane) -> Vec<Reply> {
        let mut replies = Vec::new();
        let run = Run { id: 7, lane, order: order(link), extras: Extras::ALL };
        desk.answer(Request::Run(run), &mut |reply| replies.push(reply));
        replies
    }

    #[test]
    fn the_reply_holds_what_running_the_specification_gives() {
        let text = "/lab?data=blobs&n=300&ratio=9&sampler=smote&seed=5";
        let replies = answers(&mut desk(), text, Lane::Present);
        let [Reply::Done { id: 7, report: Some(report), surface, timings }] = replies.as_slice() else {
            panic!("{replies:?}")
        };
        assert_eq!(**report, run(&permalink::parse(text).link.spec).unwrap());
        assert_eq!(surface.model.len(), (surface.nx * surface.ny) as usize);
        assert_eq!(surface.nx.max(surface.ny), 32);
        assert_eq!(timings.first().map(|t| t.0.as_str()), Some("link"));
        assert_eq!(timings.last().map(|t| t.0.as_str()), Some("surface"));
    }

    #[test]
    fn who_looks_at_another_part_gets_the_surface_that_a_whole_run_gives() {
        let text = "/lab?data=blobs&n=300&ratio=9&sampler=smote&seed=5";
        let window = Window { x0: -1.0, y0: 0.0, x1: 2.0, y1: 1.0 };
        let surface_of = |desk: &mut Desk, report| {
            let order = Order { part: Part::Window(window), report, ..order(text) };
            let mut surfaces = Vec::new();
            desk.answer(
                Request::Run(Run { id: 1, lane: Lane::Present, order, extras: Extras::default() }),
                &mut |reply| {
                    let Reply::Done { report: given, surface, .. } = reply else { panic!("{reply:?}") };
                    assert_eq!(given.is_some(), report);
                    surfaces.push(surface);
                },
            );
            surfaces
        };
        let whole = surface_of(&mut desk(), true);
        assert_eq!(whole[0].window, window);
        assert_eq!(surface_of(&mut desk(), false), whole);
    }

    #[test]
    fn extras_are_there_when_they_are_asked_for_and_nothing_else_hangs_on_that() {
        let mut desk = desk();
        let some = |population, diagnosis| Extras { population, diagnosis };
        let asked = [
            (9, some(false, false)),
            (9, some(true, false)),
            (4, some(true, true)),
            (4, some(false, true)),
            (9, some(false, false)),
            (9, some(true, true)),
        ];
        let mut answered = 0;
        for (ratio, extras) in asked {
            let link = format!("/lab?data=blobs&n=300&ratio={ratio}&sampler=smote&seed=5");
            let mut full = crate::experiment::run(&permalink::parse(&link).link.spec).unwrap();
            let run = Run { id: 1, lane: Lane::Present, order: order(&link), extras };
            assert_eq!(full.extras(), Extras::ALL);
            desk.answer(Request::Run(run), &mut |reply| {
                let Reply::Done { report: Some(report), .. } = reply else { panic!("{reply:?}") };
                assert_eq!(report.extras(), extras);
                if !extras.population {
                    full.population.as_mut().unwrap().scorers = None;
                }
                if !extras.diagnosis {
                    full.diagnosis = None;
                }
                assert!(*report == full, "ratio {ratio}, {extras:?}");
                answered += 1;
            });
        }
        assert_eq!(answered, asked.len());
    }

    #[test]
    fn a_run_that_cannot_be_done_names_its_stage_and_what_to_change() {
        let link = "/lab?data=blobs&n=50&ratio=30&sampler=smote.k30";
        let replies = answers(&mut desk(), link, Lane::Present);
        let [Reply::Failed { id: 7, stage, message, rows }] = replies.as_slice() else { panic!("{replies:?}") };
        assert_eq!(stage, "resample");
        assert!(message.contains('k'), "{message}");
        let rows = rows.as_ref().expect("the data are not what is wrong");
        let data =
            Runner::default().run(&permalink::parse("/lab?data=blobs&n=50&ratio=30").link.spec).unwrap().report.data;
        assert_eq!((&rows.x, &rows.y), (&data.x, &data.y));
    }

    #[test]
    fn too_few_rows_come_with_the_refusal() {
        let replies = answers(&mut desk(), "/lab?data=table&points=0:1,2;3,4", Lane::Present);
        let [Reply::Failed { rows: Some(rows), .. }] = replies.as_slice() else { panic!("{replies:?}") };
        assert_eq!((rows.x.as_slice(), rows.y.as_slice()), ([[1.0, 2.0], [3.0, 4.0]].as_slice(), [0, 0].as_slice()));
    }

    #[test]
    fn only_a_long_run_reports_its_stages() {
        thread_local!(static CLOCK: std::cell::Cell<f64> = const { std::cell::Cell::new(0.0) });
        let replies = answers(
            &mut Desk::new(
                || {
                    CLOCK.set(CLOCK.get() + 100.0);
                    CLOCK.get()
                },
                fetch,
            ),
            "/lab?n=200",
            Lane::Present,
        );
        let stages: Vec<&str> = replies
            .iter()
            .filter_map(|reply| match reply {
                Reply::Progress { id: 7, stage } => Some(stage.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(stages, ["split", "resample", "diagnosis", "model", "score"]);
        assert!(matches!(replies.last(), Some(Reply::Done { .. })));
    }

    fn ask(question: Question) -> Answer {
        let mut answer = None;
        desk().answer(Request::Ask { id: 3, question }, &mut |reply| {
            let Reply::Answered { id: 3, answer: given } = reply else { panic!("{reply:?}") };
            assert!(answer.replace(given).is_none(), "answered once");
        });
        answer.expect("answered")
    }

    #[test]
    fn every_source_has_its_sample() {
        let Answer::Thumbnails(samples) = ask(Question::Thumbnails(Source::ALL.to_vec())) else { panic!("no samples") };
        assert_eq!(samples.iter().map(|(source, _)| *source).collect::<Vec<_>>(), Source::ALL);
        assert!(samples.iter().all(|(source, data)| (*source == Source::Table) == data.is_empty()));
    }

    #[test]
    fn a_trial_gives_the_chain_that_a_run_gives_and_its_shortest_time() {
        thread_local!(static CLOCK: std::cell::Cell<f64> = const { std::cell::Cell::new(0.0) });
        // Readings 0, 1, 4, 9, 16, 25: every stretch is longer than the one before.
        let now = || {
            let at = CLOCK.get();
            CLOCK.set(at + 1.0);
            at * at
        };
        let link = "/lab?data=blobs&n=300&ratio=9&sampler=smote,tomek&seed=5&scale=1";
        let mut given = Vec::new();
        let mut desk = Desk::new(now, fetch);
        for show in [true, false] {
            let question = Question::Trial { link: link.to_owned(), show };
            desk.answer(Request::Ask { id: 1, question }, &mut |reply| given.push(reply));
        }
        let report = run(&permalink::parse(link).link.spec).unwrap();
        let [
            Reply::Answered { answer: Answer::Tried(with), .. },
            Reply::Answered { answer: Answer::Tried(without), .. },
        ] = given.as_slice()
        else {
            panic!("{given:?}")
        };
        assert_eq!(with.chain.as_ref(), Some(&report.chain));
        assert_eq!((with.scaler, with.millis), (report.scaler, 1.0));
        let minority = report.chain.output_dataset().count(1) as u32;
        assert_eq!(with.balance, [report.chain.output.len() as u32 - minority, minority]);
        assert_eq!((&without.chain, without.balance), (&None, with.balance));
    }

    #[test]
    fn a_trial_that_cannot_be_done_is_refused_with_the_reason() {
        let link = "/lab?data=blobs&n=50&ratio=30&sampler=smote.k30".to_owned();
        let Answer::Refused(why) = ask(Question::Trial { link, show: false }) else { panic!("not refused") };
        assert!(why.contains('k'), "{why}");
    }

    #[test]
    fn a_table_sent_before_is_found_by_its_digest() {
        let rows = 3000;
        let x = (0..rows).map(|i| [f64::from(i).sin() * 1.234_567, f64::from(i * i).cos() * 7.654_321]).collect();
        let y = (0..rows).map(|i| u8::from(i % 10 == 0)).collect();
        let columns = ["a".to_owned(), "b".to_owned()];
        let table = Arc::new(Table { x, y, columns, classes: ["no".to_owned(), "yes".to_owned()] });
        let mut link = Link::default();
        link.spec.data.source = crate::dataset::Source::Table;
        link.spec.data.table = Some(Arc::clone(&table));
        let text = permalink::write(&link);
        assert!(text.len() < 1000, "too large for a link, so only its digest stands there");

        let mut desk = desk();
        desk.answer(Request::Table { table: Arc::clone(&table) }, &mut |_| ());
        for lane in [Lane::Present, Lane::Pinned] {
            let replies = answers(&mut desk, &text, lane);
            let [Reply::Done { report: Some(report), .. }] = replies.as_slice() else { panic!("{replies:?}") };
            assert_eq!(report.data.x, table.x);
        }
    }
}
