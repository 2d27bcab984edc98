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
takeover-many = More than { $most } computers took over from each other here. The archives of those beyond were not looked at.
takeover-circle = The stations went on with each other's day in a circle: { $day }.
takeover-other-exam = { $day } is not the same exam.
takeover-other-key = { $day } is signed with another key than the one this station was told.

# Going on with the day of a computer that failed.
takeover-head = Did the other computer fail during the exam?
takeover-when = This computer goes on with its day and records at once.
takeover-open = Take over…
takeover-title = Take over from another computer
takeover-text = Recording starts at once. Write the code from the head's paper, or give the other computer's data folder if its disk is connected here; if you have neither, leave both empty. The check is done here anew; open accesses are closed on the other computer, when it runs again.
takeover-station = Name of the other computer, such as main
takeover-code = Newest code on paper, if there is one
takeover-disk = Its data folder, if its disk is connected here
takeover-reason = What happened
takeover-go = Take over and record
takeover-done = { $day } goes on here and is being recorded.

refused-takeover-self = { $station } is this computer. Enter the name of the one that failed, as it stands in its profile.
refused-takeover-code = This is not a code: 16 letters and digits, such as K7QD-2M9X-RT4W-0FHE. If there is none, leave the field empty.
refused-takeover-folder = In { $folder } there is no exam day of another computer for today, or there are several. Check the path and the computer's name, or leave the folder empty and write the code from paper.
refused-takeover-unreadable = The journal in { $folder } can't be read. Leave the folder empty and write the code from paper.
