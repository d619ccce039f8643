//! Vectors of numbers as one run of bytes, for serde's `with`: messages hold tens of thousands of numbers, and a codec
//! that is asked for each of them takes many times as long as copying them. Lowest byte first, on every machine.
//!
//! ```
//! #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
//! struct Scores {
//!     #[serde(with = "imbalance_lab::base::packed")]
//!     values: Vec<f64>,
//! }
//! let scores = Scores { values: vec![0.25, f64::NEG_INFINITY, -0.0] };
//! let bytes = postcard::to_stdvec(&scores).unwrap();
//! assert_eq!(bytes.len(), 1 + 3 * 8);
//! assert_eq!(postcard::from_bytes::<Scores>(&bytes).unwrap(), scores);
//! ```

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

use super::Point;

/// What is written as a fixed number of bytes.
pub trait Packed: Copy {
    /// So many.
    const SIZE: usize;
    /// Appends them.
    fn put(self, bytes: &mut Vec<u8>);
    /// Reads as many as there are; bytes left over at the end are dropped.
    fn take_all(bytes: &[u8]) -> Vec<Self>;
}

macro_rules! packed {
    ($($number:ty, $read:expr;)*) => {$(
        impl Packed for $number {
            const SIZE: usize = size_of::<$number>();

            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            fn take_all(bytes: &[u8]) -> Vec<Self> {
                $read(bytes)
            }
        }
    )*};
}

packed! {
    u8, <[u8]>::to_vec;
    u32, imbalance_lab_loops::u32s;
    f32, imbalance_lab_loops::f32s;
    f64, imbalance_lab_loops::f64s;
}

impl Packed for Point {
    const SIZE: usize = 2 * f64::SIZE;

    fn put(self, bytes: &mut Vec<u8>) {
        self.into_iter().for_each(|coordinate| coordinate.put(bytes));
    }

    fn take_all(bytes: &[u8]) -> Vec<Self> {
        imbalance_lab_loops::pairs(bytes)
    }
}

/// Writes all of them.
#[inline(never)]
pub fn serialize<T: Packed, S: Serializer>(values: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(values.len() * T::SIZE);
    values.iter().for_each(|value| value.put(&mut bytes));
    serializer.serialize_bytes(&bytes)
}

/// Reads all of them. Fails for bytes that do not come out even.
#[inline(never)]
pub fn deserialize<'de, T: Packed, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_bytes(Bytes(PhantomData))
}

struct Bytes<T>(PhantomData<T>);

impl<T: Packed> Visitor<'_> for Bytes<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a multiple of {} bytes", T::SIZE)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        if !bytes.len().is_multiple_of(T::SIZE) {
            return Err(E::invalid_length(bytes.len(), &self));
        }
        Ok(T::take_all(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
    struct All {
        #[serde(with = "super")]
        points: Vec<Point>,
        #[serde(with = "super")]
        rows: Vec<u32>,
        #[serde(with = "super")]
        classes: Vec<u8>,
        #[serde(with = "super")]
        shades: Vec<f32>,
    }

    #[test]
    fn every_sort_of_number_comes_back_bit_for_bit() {
        let points = vec![[f64::MIN_POSITIVE, -1e300], [0.1, 2.0]];
        let all = All { points, rows: vec![0, u32::MAX, 7], classes: vec![1, 0, 1], shades: vec![] };
        let bytes = postcard::to_stdvec(&all).unwrap();
        assert_eq!(postcard::from_bytes::<All>(&bytes).unwrap(), all);
        // One byte of the classes is missing, or the points do not come out even.
        assert!(postcard::from_bytes::<All>(&bytes[..bytes.len() - 2]).is_err());
        assert!(postcard::from_bytes::<All>(&[9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).is_err());
    }
}
