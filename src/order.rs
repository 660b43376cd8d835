//! Sorting without a copy of the sorting code for every type.
//!
//! The standard sort is compiled anew for each element type and comparison, about 7 kB of WebAssembly each; the page
//! sorts in more than fifty places. Here only the comparison is compiled anew: positions are sorted by one shared
//! routine and the elements moved afterwards. Every sort is stable.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Compares names as a person counts: numbers inside them by their value, so that `1.2` stands before `1.10`.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.bytes().peekable(), b.bytes().peekable());
    let number = |bytes: &mut std::iter::Peekable<std::str::Bytes>| {
        let mut value = 0_u64;
        while let Some(digit) = bytes.next_if(u8::is_ascii_digit) {
            value = value.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
        }
        value
    };
    let mut found = Ordering::Equal;
    while found == Ordering::Equal {
        found = match (a.peek().copied(), b.peek().copied()) {
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => number(&mut a).cmp(&number(&mut b)),
            (None, None) => break,
            (x, y) => {
                a.next();
                b.next();
                x.cmp(&y)
            }
        };
    }
    found
}

/// Stable sorting of a slice.
pub trait Arrange<T> {
    /// Sorts by the natural order.
    fn arrange(&mut self)
    where
        T: Ord;
    /// Sorts by a comparison.
    fn arrange_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);
    /// Sorts by a key, computed at each comparison.
    fn arrange_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Arrange<T> for [T] {
    fn arrange(&mut self)
    where
        T: Ord,
    {
        self.arrange_by(T::cmp);
    }

    fn arrange_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut order: Vec<u32> = (0..u32::try_from(self.len()).expect("fewer than 2^32 elements")).collect();
        {
            let this = &*self;
            sort_positions(&mut order, &mut |a, b| compare(&this[a as usize], &this[b as usize]));
        }
        move_to(&mut order, &mut |a, b| self.swap(a, b));
    }

    fn arrange_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.arrange_by(|a, b| key(a).cmp(&key(b)));
    }
}

/// The one sort of the page: runs of doubling length are merged in turn. The standard sort would be ten times the code.
#[inline(never)]
fn sort_positions(order: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    let mut merged = order.to_vec();
    let mut run = 1;
    while run < order.len() {
        let mut start = 0;
        while start < order.len() {
            let middle = order.len().min(start + run);
            let end = order.len().min(middle + run);
            merge(&order[start..end], middle - start, &mut merged[start..end], compare);
            start = end;
        }
        order.copy_from_slice(&merged);
        run *= 2;
    }
}

/// Merges the two ordered runs of `from`, the second of which starts at `middle`. Of equal ones the first run's stands
/// first.
fn merge(from: &[u32], middle: usize, into: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    // What is in order already, as most lists are, is told by one comparison.
    if middle == from.len() || compare(from[middle - 1], from[middle]) != Ordering::Greater {
        into.copy_from_slice(from);
        return;
    }
    let (mut first, mut second) = (0, middle);
    for place in into {
        let from_second =
            second < from.len() && (first == middle || compare(from[first], from[second]) == Ordering::Greater);
        let taken = if from_second { &mut second } else { &mut first };
        *place = from[*taken];
        *taken += 1;
    }
}

/// Moves elements by exchanges, so that the one at `order[k]` comes to stand at `k`.
#[inline(never)]
fn move_to(order: &mut [u32], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = order[at] as usize;
            order[at] = at as u32;
            if from == start {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

/// Collecting into trees one by one: the standard `collect` sorts first, with a sort of its own for every type.
pub trait Gather: Iterator + Sized {
    /// A map; of equal keys the last wins.
    fn gather_map<K: Ord, V>(self) -> BTreeMap<K, V>
    where
        Self: Iterator<Item = (K, V)>,
    {
        let mut map = BTreeMap::new();
        for (key, value) in self {
            map.insert(key, value);
        }
        map
    }

    /// A set.
    fn gather_set(self) -> BTreeSet<Self::Item>
    where
        Self::Item: Ord,
    {
        let mut set = BTreeSet::new();
        for item in self {
            set.insert(item);
        }
        set
    }
}

impl<I: Iterator> Gather for I {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Arrange, Gather, natural};

    #[test]
    fn numbers_in_names_count() {
        let mut ids = ["1.10", "1.2", "a", "1.1", "1.11", "1", ""];
        ids.arrange_by(|a, b| natural(a, b));
        assert_eq!(ids, ["", "1", "1.1", "1.2", "1.10", "1.11", "a"]);
        assert_eq!(natural("01", "1"), std::cmp::Ordering::Equal);
    }

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_sort_does(items in prop::collection::vec((0u8..9, 0u16..500), 0..200)) {
            let mut ours = items.clone();
            let mut theirs = items.clone();
            ours.arrange_by_key(|i| i.0);
            theirs.sort_by_key(|i| i.0);
            prop_assert_eq!(&ours, &theirs);
            ours.arrange();
            theirs.sort();
            prop_assert_eq!(&ours, &theirs);
            ours.arrange_by(|a, b| b.1.cmp(&a.1));
            theirs.sort_by_key(|a| std::cmp::Reverse(a.1));
            prop_assert_eq!(&ours, &theirs);
        }

        #[test]
        fn it_gathers_as_collect_does(items in prop::collection::vec((0u8..9, 0u16..500), 0..200)) {
            prop_assert_eq!(items.iter().copied().gather_map(), items.iter().copied().collect());
            prop_assert_eq!(items.iter().copied().gather_set(), items.iter().copied().collect());
        }
    }
}
