//! Stretches of time as sets.

use crate::archive::{Coverage, Span};

/// So many stretches are told one by one.
const MAX_LISTED: usize = 200;

/// Moments of wall time, UTC ms: stretches in their order that neither touch nor are empty. A
/// stretch begins at its first number and ends before its second.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(Vec<(i64, i64)>);

impl Spans {
    pub fn of(spans: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let mut sorted: Vec<(i64, i64)> = spans.into_iter().filter(|(from, to)| from < to).collect();
        sorted.sort_unstable();
        let mut joined: Vec<(i64, i64)> = Vec::new();
        for (from, to) in sorted {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        Self(joined)
    }

    pub fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().copied()
    }

    pub fn plus(&self, other: &Self) -> Self {
        Self::of(self.iter().chain(other.iter()))
    }

    pub fn minus(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        let mut others = other.0.as_slice();
        for (from, to) in self.iter() {
            let mut at = from;
            // What ends before this stretch ends before all that follow.
            while let Some((_, rest)) = others.split_first().filter(|(first, _)| first.1 <= from) {
                others = rest;
            }
            for (gone_from, gone_to) in others.iter().take_while(|gone| gone.0 < to) {
                left.push((at, *gone_from));
                at = at.max(*gone_to);
            }
            left.push((at, to));
        }
        Self::of(left)
    }

    pub fn within(&self, other: &Self) -> Self {
        self.minus(&self.minus(other))
    }

    /// Holes between them that are shorter than this count as covered.
    pub fn without_holes_under(&self, ms: i64) -> Self {
        let mut joined: Vec<(i64, i64)> = Vec::new();
        for (from, to) in self.iter() {
            match joined.last_mut() {
                Some(last) if from.saturating_sub(last.1) < ms => last.1 = to,
                _ => joined.push((from, to)),
            }
        }
        Self(joined)
    }

    /// The first and the last moment of the stretches that have a part in this one.
    pub fn reach_in(&self, from: i64, to: i64) -> Option<(i64, i64)> {
        let first = self.0.get(self.0.partition_point(|span| span.1 <= from))?;
        let last = self.0[..self.0.partition_point(|span| span.0 < to)].last()?;
        (first.0 < to && last.1 > from).then_some((first.0, last.1))
    }

    /// Only the stretches that are at least so long.
    pub fn of_at_least(self, ms: i64) -> Self {
        Self(self.0.into_iter().filter(|(from, to)| to.saturating_sub(*from) >= ms).collect())
    }

    /// As a report tells it: the longest stretches, in the order of time.
    pub fn told(&self) -> Coverage {
        let length = |span: &Span| span.to_ms.abs_diff(span.from_ms);
        let mut spans: Vec<Span> = self.iter().map(|(from_ms, to_ms)| Span { from_ms, to_ms }).collect();
        let ms = spans.iter().map(length).fold(0, u64::saturating_add);
        let more = spans.len().saturating_sub(MAX_LISTED) as u64;
        if more > 0 {
            spans.sort_by_key(|span| std::cmp::Reverse(length(span)));
            spans.truncate(MAX_LISTED);
            spans.sort_by_key(|span| span.from_ms);
        }
        Coverage { ms, spans, more }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stretches_that_touch_are_one() {
        assert_eq!(Spans::of([(5, 7), (1, 2), (7, 9), (8, 8), (3, 1)]), Spans(vec![(1, 2), (5, 9)]));
        let whole = Spans::of([(i64::MIN, i64::MAX)]);
        assert_eq!(whole.minus(&Spans::of([(0, 1)])), Spans(vec![(i64::MIN, 0), (1, i64::MAX)]));
        assert_eq!(whole.told().ms, u64::MAX);
    }

    #[test]
    fn of_many_stretches_the_longest_are_told() {
        let many = Spans::of((0..300).map(|n| (n * 1000, n * 1000 + 1 + n)));
        let told = many.told();
        assert_eq!((told.spans.len(), told.more), (MAX_LISTED, 100));
        assert!(told.spans.is_sorted_by_key(|span| span.from_ms));
        assert_eq!(told.spans[0].from_ms, 100_000);
    }

    #[test]
    fn close_stretches_and_those_around_a_time_are_found() {
        let spans = Spans::of([(0, 10), (12, 20), (30, 40)]);
        assert_eq!(spans.without_holes_under(3), Spans(vec![(0, 20), (30, 40)]));
        assert_eq!(spans.reach_in(15, 35), Some((12, 40)));
        assert_eq!(spans.reach_in(10, 12), None);
        assert_eq!(spans.reach_in(40, 50), None);
    }

    fn some() -> impl Strategy<Value = Vec<(i64, i64)>> {
        proptest::collection::vec((0i64..40, 0i64..40), 0..8)
    }

    proptest! {
        #[test]
        fn they_are_the_sets_that_they_say(a in some(), b in some()) {
            let has = |spans: &[(i64, i64)], at: i64| spans.iter().any(|(from, to)| (*from..*to).contains(&at));
            let (x, y) = (Spans::of(a.clone()), Spans::of(b.clone()));
            for (result, wanted) in [
                (x.plus(&y), (|a, b| a || b) as fn(bool, bool) -> bool),
                (x.minus(&y), |a, b| a && !b),
                (x.within(&y), |a, b| a && b),
            ] {
                for at in 0..40 {
                    prop_assert_eq!(has(&result.0, at), wanted(has(&a, at), has(&b, at)));
                }
                prop_assert!(result.0.windows(2).all(|two| two[0].1 < two[1].0));
            }
        }
    }
}
