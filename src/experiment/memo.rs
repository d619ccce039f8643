//! A stage remembers its last result and makes it again only when its own key has changed.

use std::sync::Arc;

/// The last result of a stage, with the key it was made for and a revision that downstream keys are built on.
#[derive(Debug)]
pub struct Memo<K, V> {
    entry: Option<(K, Arc<V>)>,
    revision: u64,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo { entry: None, revision: 0 }
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// The value for `key`, made if the remembered one is for another key, and its revision: two calls that return
    /// the same revision return the same value. A failure is not remembered, and leaves the last good value alone.
    pub fn get<E>(&mut self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<(Arc<V>, u64), E> {
        if let Some((known, value)) = &self.entry
            && *known == key
        {
            return Ok((value.clone(), self.revision));
        }
        let value = Arc::new(make()?);
        self.revision += 1;
        self.entry = Some((key, value.clone()));
        Ok((value, self.revision))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_runs_again_only_when_its_key_changes() {
        let mut memo = Memo::default();
        let mut runs = 0;
        for key in [1, 1, 2, 2, 1] {
            let made: Result<_, ()> = memo.get(key, || {
                runs += 1;
                Ok(key * 10)
            });
            assert_eq!(*made.unwrap().0, key * 10);
        }
        assert_eq!(runs, 3);
    }

    #[test]
    fn a_failure_keeps_the_last_good_value() {
        let mut memo: Memo<i32, i32> = Memo::default();
        let first = memo.get(1, || Ok::<_, ()>(10)).unwrap();
        assert!(memo.get(2, || Err(())).is_err());
        let again = memo.get(1, || Err(())).unwrap();
        assert_eq!(first, again);
    }
}
