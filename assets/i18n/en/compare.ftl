# The command `compare`.
compare-same = Both are the same archive.
compare-same-journal = Both have the same journal; one holds parts that the other does not.
compare-changed = The journal is the same, but something else was changed after the seal: see below.
compare-first-earlier = The second archive goes on where the first one ends.
compare-second-earlier = The first archive goes on where the second one ends.
compare-fork = The journals contradict each other: at most one of them is what the station wrote.
compare-other-day = These are archives of different exam days.
compare-cannot = They can't be compared: the journal of one is missing or unreadable.
compare-first = first
compare-second = second
compare-common = Records in common: { $count }
compare-forked-at = The first record that differs, in the journal of { $day }: { $record }
compare-no-record = there is no such record
compare-differences = Not the same on both sides:
compare-in-both = other bytes
compare-in-first = only in the first
compare-in-second = only in the second
