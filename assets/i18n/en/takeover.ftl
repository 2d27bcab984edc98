# One station goes on with the exam day of another: what a verification says of it.

takeover-warning = This station went on with { $day }.
takeover-old-missing = The station before is missing: its day is { $day }. Add its parts.
takeover-head-unknown = Nobody knew how far the journal of { $day } had come when this station went on.
takeover-head-differs = This station went on from a journal of { $day } that is not the one here.
takeover-went-on = The station wrote { $count ->
    [one] { $count } more record
   *[other] { $count } more records
} after another one had gone on with its day.
takeover-twice = Two stations went on with { $day }; the other is { $other }.
takeover-circle = The stations went on with each other's day in a circle: { $day }.
takeover-other-exam = { $day } is not the same exam.
takeover-other-key = { $day } is signed with another key than the one this station was told.
