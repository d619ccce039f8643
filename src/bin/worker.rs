//! The web worker that computes.

fn main() {
    imbalance_lab::worker::host::serve_runs();
}
