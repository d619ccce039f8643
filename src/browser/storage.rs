//! Texts kept between visits. Where storage is refused (private mode) or full nothing is kept and nothing breaks.

use web_sys::Storage;

/// What was kept under `key`.
pub fn get(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

/// Keeps `value` under `key`; says whether it is kept.
pub fn set(key: &str, value: &str) -> bool {
    local().is_some_and(|s| s.set_item(key, value).is_ok())
}

/// Forgets `key`.
pub fn remove(key: &str) {
    if let Some(storage) = local() {
        let _ = storage.remove_item(key);
    }
}

fn local() -> Option<Storage> {
    super::window()?.local_storage().ok()?
}
