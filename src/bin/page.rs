//! The page.

fn main() {
    console_error_panic_hook::set_once();
    imbalance_lab::ui::mount();
}
