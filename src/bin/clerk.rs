//! The web worker that writes files to take along.

fn main() {
    imbalance_lab::worker::host::serve_files();
}
