# The review of an archive: what its verdict means and what to do now; a record and a form as a whole.

verdict-whole-foreign = The archive is whole, but the key is a stranger’s
verdict-todo = What to do: { $text }
verdict-more = { $count ->
    [one] and in { $count } more place
   *[other] and in { $count } more places
}
verdict-others = { $count ->
    [one] { $count } more fault stands below, under “Notes”.
   *[other] { $count } more faults stand below, under “Notes”.
}
verdict-show = Show
verdict-show-where = Show it in the video: { $where }
verdict-where-record = Journal, record { $record }
verdict-where-journal = The day’s journal
verdict-where-document = What is known of the day
verdict-where-act = Closing act
verdict-where-part = Part { $part }
verdict-where-archive = The whole archive

ui-play-not-shown = The file is whole, but it can’t be shown here

# The timeline: what lies at the moment that is chosen.
timeline-all-whole = video is whole
timeline-whole = whole: { $cameras }
timeline-changed = changed: { $cameras }
timeline-missing = not in the archive: { $cameras }
timeline-admitted = not recorded, as the journal says: { $cameras }
timeline-kept = stays at the point: { $cameras }
timeline-none = no video

verdict-means-video = The video of these seconds is not what the camera recorded: it can’t be trusted.
verdict-means-header = The picture is as it was, but what stands around it was changed: the time of these seconds can’t be trusted.
verdict-means-removed = What was recorded and signed was taken out of the archive.
verdict-means-journal = The journal was rewritten: what it says from here on can’t be trusted.
verdict-means-paper = The archive does not agree with the paper act: either the code was mistyped, or the whole day was exchanged.
verdict-means-signature = The signature of the person in charge is not one over this archive.
verdict-means-part = What is here is whole. The video of the missing part can’t be verified.
verdict-means-no-journal = Without the journal all that is seen is that each part is whole by itself.
verdict-means-hidden = The camera should have recorded, and the journal does not mention the break: it may have been hidden.
verdict-means-unsigned = What is in it is whole, but the person in charge has not countersigned it yet.
verdict-means-unreadable = Of what can’t be read nothing can be said: neither that it is whole nor that it was changed.

verdict-do-second-copy = don’t mend anything here. Verify the second copy of the archive: it may be whole. If that was changed too, save the report (“Save…”) and hand it to the regional centre with this copy.
verdict-do-paper = type the code in once more, group by group. If it still does not agree, save the report and hand it to the regional centre with this copy.
verdict-do-part = ask the exam point for the missing file, put it into the same folder and open the archive again.
verdict-do-compare = press “Compare with the papers…” and type in the codes of the paper acts: that shows that it is the very day.
verdict-do-ask-key = ask the regional centre whose key it is. Don’t accept the archive until that is known: anybody could have signed it.
verdict-do-countersign = let the head of the point or a commission member countersign the archive with their key, then verify it again.
verdict-do-explain = ask the exam point for an explanation: what is missing may still be on its computer. Add the explanation to the report.
verdict-do-other-medium = most likely the medium is faulty. Copy the archive anew, or take the second copy.
verdict-do-again = verify the archive once more, to its end.

# A record of the journal as a whole.
record-named = Record { $n }, { $time }
record-not-read = This record could not be read from the archive. See whether the medium is still there.
record-when = When, by the point’s clock
record-clock = By the computer’s counter
record-clock-text = { $time } and { $ms } ms after it was switched on; the station’s run { $run }
record-approved = Confirmed with their PIN
record-place = Its place in the journal
record-place-text = record { $n }; { $of } in the journal, counted from 0
record-chain-both = Continues the record before it, and the next one confirms it.
record-chain-last = Continues the record before it; it is the journal’s last one.
record-chain-broken = The chain is broken here: its neighbours name another hash.
record-signed = Signed by checkpoint { $number } at { $time }, code { $code }.
record-signed-wrong = The signature of checkpoint { $number } ({ $time }, code { $code }) does not hold.
record-unsigned = No checkpoint has signed this record.
record-line = The journal’s line, as it was signed
record-hash = Its SHA-256

# A form of the archive on the screen.
shown-form-tab = Forms
shown-forms-text = These forms lie in the archive with the journal. What is saved and printed is the archive’s own file.
shown-forms-none = There are no forms in this archive.
shown-forms-looking = Looking for forms…
shown-form-save = Save the form…
shown-form-print = Print
shown-form-changed = The file of this form was changed after it was signed: what it says can’t be trusted.
shown-form-unread = This form could not be read from the archive. See whether the medium is still there; what is wrong with the archive stands in the notes.
shown-form-unknown = This program does not know the form “{ $form }”: another version made it. Save the file and open it.
shown-form-queued = The form was handed to the printer: { $job }
shown-form-waits = The form is in the print queue: { $job }. The printer is not printing now: { $reason }. The form comes out once it works again.
