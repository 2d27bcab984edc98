# The window.

ui-title = Technician’s post
ui-no-display = The window could not be opened: there is no display or no graphics ({ $detail }). Sign in at the computer itself, or run the set-up as the README says.

## Numbers and time
ui-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
ui-hours = { $hours } h { $minutes } min
ui-minutes = { $minutes } min
ui-seconds = { $seconds } s
ui-minutes-seconds = { $minutes } min { $seconds } s
ui-gigabytes = { $amount } GB
ui-megabytes = { $amount } MB
ui-kilobytes = { $amount } KB
ui-time-rule = Write the time like this: 07:31

## Everywhere
ui-cancel = Cancel
ui-understood = Understood
ui-connecting = Connecting to the station…
ui-connecting-text = The station records the cameras and keeps the journal. This usually takes a few seconds.
ui-leave = Close the window
ui-station-not-started = The station did not start
ui-station-fault = The journal can’t be written any more
ui-station-disk = The disk of the recordings can’t be used
ui-station-lost = The station does not answer
ui-station-lost-do = Close the window and open it again. If cameras were recording, they go on without the window.
ui-language-other = Русский

## Screens
ui-screen-today = Today
ui-screen-check = Check
ui-screen-cameras = Cameras
ui-screen-access = Access
ui-screen-close = Close
ui-screen-review = Review
ui-rail-needs = { $screen }, needs attention: { $count }
ui-look-light = Light look
ui-look-dark = Dark look
ui-look-contrast = High contrast

## The bar on top
ui-bar-point = Point { $code }
ui-bar-review = Archive review
ui-bar-connecting = Connecting…
ui-bar-to-exam = to the exam
ui-bar-exam-runs = exam is on for
ui-bar-exam-over = exam is over since
ui-sign-out = Sign out: { $name }
ui-chip-no-day = Day not begun
ui-chip-not-recording = Not recording
ui-chip-recording = Recording { $works } of { $of }
ui-chip-stopped = Recording stopped
ui-chip-closed = Archive signed
ui-chip-disk-until = Disk until { $time }
ui-chip-disk-free = Disk: { $free }
ui-chip-station-lost = No station

## Sign in
ui-sign-in-title = Sign in
ui-sign-in-who = Who are you?
ui-sign-in-choose = Choose yourself in the list on the left.
ui-sign-in-pin = PIN
ui-sign-in-pin-text = { $name }, enter your PIN.
ui-sign-in-first = Choose a PIN
ui-sign-in-first-text = { $name }, this is your first sign-in. Choose at least four digits and tell nobody.
ui-sign-in-again = Repeat the PIN
ui-sign-in-again-text = { $name }, enter the same digits again.
ui-sign-in-differed = The digits differed. Choose a PIN anew.
ui-sign-in-next = Next
ui-sign-in-go = Sign in
ui-pin-clear = Clear all
ui-pin-back = Delete a digit
ui-pin-entered = { $count ->
    [0] No PIN entered
    [one] { $count } digit entered
   *[other] { $count } digits entered
}

## A second person's consent
ui-consent-title = Consent needed
ui-consent-right = { $right ->
    [plan] The exam day is begun by somebody who has the right to.
    [check] The check is done by somebody who has the right to.
    [waive] The head decides whether a step may stay undone.
    [start] Recording is started by somebody who has the right to.
    [stop] Recording stops on the head’s order only.
    [access] Access is opened and closed by somebody who has the right to.
    [seal] The day is closed and the archive signed by somebody who has the right to.
    [supervise] The head of the point or a commission member allows it.
    [configure] The head of the point or the regional centre changes the profile.
   *[other] This needs the consent of somebody who has the right to it.
} Let them choose themselves and enter their PIN.
ui-consent-second = Two confirm this. The second person chooses themselves and enters their PIN.
ui-consent-who = Who consents
ui-consent-go = I agree
ui-consent-nobody = Nobody else on the list may allow this. Somebody who came in another’s place is entered at sign-in.
ui-consent-no-pin = { $person }: has not signed in yet

## Today
ui-next-now = Now
ui-next-prepare = Time for the list “{ $name }”
ui-next-prepare-text = Steps left: { $left }. To be done by { $until }.
ui-next-prepare-late = It was to be done by { $until }, steps left: { $left }. Do them now.
ui-today-no-exam = Only if the exam is today: this opens the day’s journal.
ui-due-title = Lists whose time has come
ui-due-line = { $name }: { $settled } of { $steps }, by { $until }
ui-due-late = { $name }: { $settled } of { $steps }, was due { $until }
ui-due-go = To the lists
ui-next-plan = Begin the exam day
ui-next-plan-text = This opens the day’s journal. The times come from the point’s timetable.
ui-next-plan-go = Begin the day
ui-next-check = Check the computer and the cameras
ui-next-check-text = { $steps ->
    [one] { $steps } step
   *[other] { $steps } steps
}. To be done by { $until }.
ui-next-check-go = To the check
ui-next-check-on = Go on with the check
ui-next-check-on-text = { $settled } of { $steps } done. To be done by { $until }.
ui-next-check-on-go = Go on
ui-next-check-finish = Finish the check
ui-next-check-finish-text = All steps are done. Confirm that the check is complete.
ui-next-check-finish-go = To the check
ui-next-record = Start recording
ui-next-record-text = It runs by itself until the head orders the stop. It can’t be switched off by accident.
ui-next-record-go = Start recording
ui-next-starts = Recording starts by itself at { $time }
ui-next-starts-text = The station starts it by the point’s timetable. It can be started earlier on the screen “Cameras”.
ui-today-starts = Starts by itself at { $time }: { $cameras }
ui-next-camera = Bring back the picture: { $camera }
ui-next-camera-text = No picture since { $since }. Check the camera’s power and cable; it reconnects by itself.
ui-next-unwritten = Get the recording going: { $camera }
ui-next-camera-go = To the cameras
ui-next-access = Close access No. { $number }
ui-next-access-text = The day can’t be closed while an access is open.
ui-next-access-go = To the access log
ui-next-code = Write the journal code on paper
ui-next-code-text = The code is below. Write it on the form and show it to a camera.
ui-next-watch = Watch the cameras
ui-next-watch-text = Everything is being recorded. If something happens, it is shown here.
ui-next-watch-go = To the cameras
ui-next-stop = Wait for the order to stop
ui-next-stop-text = The exam is over. Recording stops on the head’s order, once the protocols are handed in.
ui-next-stop-go = To the cameras
ui-next-outages = Explain why there was no video
ui-next-outages-text = { $count ->
    [one] { $count } outage
   *[other] { $count } outages
} without a reason. Without it the day can’t be closed.
ui-outages-explain = Explain…
ui-outage-line = { $camera }: no video { $from }–{ $to }, { $lost }
ui-outage-told = { $line }. { $text } ({ $who })
ui-outage-explain-title = Why there was no video
ui-outage-explain-text = One reason holds for every outage that is ticked. It stays in the journal and in the archive.
ui-outage-reason = What happened and what was done
ui-outage-explain-go = Record it
ui-next-seal = Close the day and sign the archive
ui-next-seal-text = Recording has stopped. The archive is yet to be packed, signed and verified.
ui-next-seal-go = To closing
ui-next-sealing = Wait: the archive is being packed
ui-next-sealing-text = Do not switch the computer off.
ui-next-sealing-go = See how far
ui-next-copy = Copy the archive to a medium
ui-next-copy-text = The archive is signed and verified. Plug in a drive or name a folder.
ui-next-copy-go = To copying
ui-next-second = Make the second copy
ui-next-second-text = One copy of two is made and verified. Plug in another drive.
ui-next-handover = Hand the archive over
ui-next-handover-text = Both copies are made and verified. Hand the media over and say so here.
ui-next-handover-go = To the handover
ui-next-done = The day is done
ui-next-done-text = The archive is signed, copied and handed over.
ui-next-done-go = See the archive
ui-attention = Needs attention
ui-attention-none = All is well
ui-attention-access = Access No. { $number } is open since { $since }.
ui-code-title = Journal code for the paper form
ui-code-text = Shown since { $time }. Write it on the form and show it to a camera.
ui-code-written = Written
ui-code-is-written = Written

## Troubles
ui-trouble-seen = Seen
ui-trouble-camera-lost = { $camera }: no picture for { $lost }
ui-trouble-camera-lost-do = Check the camera’s power and cable.
ui-trouble-recording-fault = { $camera }: video is not being recorded for { $lost }
ui-trouble-unwritten = { $camera }: not being recorded for { $lost }
ui-trouble-unwritten-do = Check that the disk is connected and the camera works. If recording does not go on, call the head.
ui-trouble-file = { $camera }: a finished file is not in the archive
ui-trouble-for-head = Call the head! { $what }
ui-trouble-limit = The time allowed without video has passed! { $what }
ui-trouble-zone = The computer’s time zone changed
ui-trouble-zone-do = The recordings stay right: they carry the point’s time too. Leave the time zone alone until the exam is over.
ui-trouble-picture = { $kind ->
    [slow] { $camera }: too few frames
    [frozen] { $camera }: the picture is frozen
    [black] { $camera }: the picture is black
    [overexposed] { $camera }: the picture is overexposed
    [covered] { $camera }: the lens is covered
    [blurred] { $camera }: the picture is blurred
   *[moved] { $camera }: not the view that was approved
}
ui-trouble-picture-do = { $kind ->
    [slow] Switch on more light in the room. If that does not help, check the cable and close other programs.
    [frozen] Plug the camera in again. Until then its video shows one and the same picture.
    [black] Take the cap off the lens, switch on the light. If that does not help, plug the camera in again.
    [overexposed] Draw the curtain, or move the lamp that shines into the lens.
    [covered] Take away what covers the lens.
    [blurred] Wipe the lens with a soft cloth. If that does not help, correct the focus.
   *[moved] Turn the camera back, two of you, and enter it in the access log. If the view is right, approve it as the new reference.
}
ui-trouble-driver-stuck = { $camera }: its driver hangs
ui-trouble-driver-stuck-do = Plug the camera into another port, or plug in a spare one and use it in its place. If neither helps, restart the computer when the head agrees: recording goes on by itself.
ui-trouble-sound-lost = { $camera }: no sound
ui-trouble-sound-silent = { $camera }: the microphone hears nothing
ui-trouble-sound-silent-do = Check that the microphone is not muted or covered, then clap beside it. Video is recorded all the same.
ui-trouble-disk-low = The disk will not last to the end of the recording: { $short } short
ui-trouble-disk-low-do = Make room: remove files that are not needed. Do not touch the exam recordings.
ui-trouble-disk-critical = The disk lasts a few minutes only
ui-trouble-disk-critical-do = Make room at once and call the head. Everything recorded so far is whole.
ui-trouble-disk-failing = Call the head! The disk reports an error
ui-trouble-clock = The computer’s clock jumped by { $seconds } s
ui-trouble-clock-do = Times are checked against the journal. Do not set the clock again.
ui-trouble-unlinked = The station restarted and its tie to the earlier journal is not confirmed
ui-trouble-unlinked-do = Write the number of restarts and the day’s code into the closing act: they confirm the archive.

## Cameras
ui-camera-lost = No picture
ui-camera-ailment = { $kind ->
    [slow] Too few frames
    [frozen] Frozen
    [black] Black picture
    [overexposed] Overexposed
    [covered] Covered
    [blurred] Blurred
   *[moved] Moved
}
ui-camera-records = Recording
ui-camera-unwritten = Not recording
ui-camera-late = Frames are late
ui-camera-waits = Waiting
ui-camera-stopped = Stopped
ui-camera-gaps = { $count ->
    [one] { $count } gap
   *[other] { $count } gaps
} today, { $seconds } s in all
ui-cameras-no-day = No day has begun: the pictures are seen, not recorded.
ui-cameras-record = { $works } of { $of } recording
ui-disk-forecast = Disk: { $free } free, { $needed } needed until { $until }
ui-disk-forecast-lasts = Disk: { $free } free, { $lasts } more of recording; { $needed } needed until { $until }
ui-cameras-all = All cameras
ui-cameras-start = Start recording
ui-cameras-stop = Stop on the head’s order…
ui-spare = New camera: { $name } · { $detail }
ui-spare-use = Use it for a lost camera…
ui-replace-title = A new camera in place of a lost one
ui-replace-text = Aim the new camera at what the lost one saw. Until the end of the day its picture is recorded as the lost camera’s.
ui-replace-camera = In place of
ui-replace-reason = What is wrong with the lost camera
ui-replace-go = Use the new camera
ui-sound-works = Sound
ui-sound-silent = Silence
ui-sound-lost = No sound
ui-tile-enlarge = Enlarge
ui-tile-lost = since { $since }
ui-tile-starts = starts at { $time }
ui-tile-late = { $seconds } s
ui-tile-tolerance = { $lost } of { $tolerance } without video today
ui-tile-gaps = { $count ->
    [one] { $count } gap
   *[other] { $count } gaps
}, { $seconds } s
ui-tile-no-reference = no reference
ui-tile-rate = { $rate } frames/s
ui-tile-until-head = { $left } until the head must be told
ui-tile-tell-head = Tell the head. { $left } to the limit
ui-tile-too-long = Limit passed: results may be annulled
ui-tile-retry = next try in { $seconds } s
ui-stop-title = Stop recording
ui-stop-text = Recording stops on the head’s order only. It can be started again, but the gap stays in the archive.
ui-stop-which = What to stop. The staff room comes last.
ui-stop-zone = { $zone ->
    [auditorium] Auditoriums
    [staff-room] Staff room
    [corridor] Corridors
    [entrance] Entrance
    [gate] Gate
   *[strong-room] Strong room
} ({ $count })
ui-stop-handover = Protocols handed in, materials handed over
ui-stop-early = If the handover is not finished yet, give the reason.
ui-stop-reason = Reason for the stop
ui-stop-go = Stop recording

## Check
ui-check-start = Start the check
ui-check-progress = { $settled } of { $steps } done
ui-check-progress-left = { $settled } of { $steps } · { $left } left until { $until }
ui-check-progress-late = { $settled } of { $steps } · { $until } has passed
ui-check-run-all = Run all automatic checks: { $count }
ui-step-compare = Compare with a reference clock
ui-compare-title = Time of the reference clock
ui-compare-text = Look at the reference clock, type its time with seconds, and press “Compare” at once.
ui-compare-time = Time, such as 08:00:15
ui-compare-go = Compare
ui-check-finish = Finish the check
ui-check-finished = The check was finished at { $time }
ui-check-next-round = The next round is due at { $time }.
ui-check-begin-round = Begin the next round
ui-check-no-exam = When is the exam?
ui-check-no-exam-text = The checklists of the days before prepare the point for an exam. Say when it is.
ui-check-name-exam = Say the date
ui-check-for-exam = For the exam of { $date }
ui-check-other-exam = Another exam…
ui-check-date-time = { $date }, { $time }
ui-step-manual = Step { $number } · you do it and confirm
ui-step-automatic = Step { $number } · the computer checks
ui-step-both = Step { $number } · the computer checks, you confirm
ui-step-expected = As it should be: { $text }
ui-step-evidence = What was measured
ui-step-note = Note: { $text }
ui-step-confirm = It is so
ui-step-not-so = It is not so…
ui-step-run = Check it
ui-step-repeat = Check again
ui-step-runs = Checking…
ui-step-waive = Head’s decision…
ui-step-passed = Passed
ui-step-failed = Failed
ui-step-unknown = Could not be checked
ui-step-awaits = waits for your confirmation
ui-step-awaits-long = The computer has checked it. Look yourself and confirm.
ui-step-waived = let stand by the head
ui-step-waived-by = Let stand by: { $who }. Reason: { $reason }
ui-reference-count = { $approved } of { $of } approved
ui-reference-now = Now
ui-reference-earlier = Earlier reference
ui-reference-today = Today’s reference
ui-reference-no-picture = No picture from the camera yet
ui-reference-none = No reference yet
ui-reference-approve = Approve this view
ui-reference-taking = Being kept…
ui-reference-next = Next camera
ui-step-failed-title = What is wrong?
ui-step-failed-text = One sentence. It stays in the journal; the step can be repeated.
ui-step-failed-note = What you saw
ui-step-failed-go = Record it
ui-step-note-title = What is to be noted?
ui-step-note-text = This step asks for a note, such as a seal’s number. It stays in the journal.
ui-step-note-name = Note
ui-step-note-go = Confirm
ui-photo-required = This step counts with a picture only. Choose the camera and keep what it shows.
ui-photo-offered = If it helps, keep a picture from a camera with this step.
ui-photo-count = Pictures kept for this step: { $count }
ui-photo-take = Keep a picture
ui-photo-kept = Kept at { $time }: { $name }
ui-still-not-read = This picture can’t be read from the archive. What else the archive lacks stands in the notes.
ui-photo-not-read = This picture can’t be read any more
ui-exam-title = Date of the exam
ui-exam-text = The deadlines of the steps follow from it.
ui-exam-date = Day, month, year: 29.05.2026
ui-exam-go = Prepare it
ui-waive-title = Head’s decision
ui-waive-text = The head may allow going on with a step undone. The reason stays in the journal.
ui-waive-reason = Reason
ui-waive-go = Let it stand

## Access log
ui-access-title = Equipment access log
ui-access-open = Open an access
ui-access-no-day = Begin the exam day on the screen “Today” first.
ui-access-none = No entries yet. Open an access whenever somebody goes to the cameras or the recorder.
ui-access-is-open = Access open since { $since }, room { $rooms }
ui-access-open-by = { $person }: { $action }. Second: { $second }
ui-access-close = Close the access
ui-access-explain = Explain…
ui-access-open-word = open
ui-access-col-number = No.
ui-access-col-date = Date
ui-access-col-rooms = Room
ui-access-col-times = From – to
ui-access-col-action = Action and reason
ui-access-col-who = Who and second
ui-access-col-result = Result
ui-access-col-correct = Wrong?
ui-access-correct = Correct…
ui-access-explained = Not closed, explained: { $text }
ui-access-corrected = Right is: { $text }. Why corrected: { $reason }
ui-access-open-title = Open an access
ui-access-room-from = Room (the first, if several)
ui-access-room-to = Up to which room
ui-access-action = What will be done
ui-access-reason = Reason
ui-access-time-from = Begin
ui-access-sign = Second signature
ui-access-close-title = Close access No. { $number }
ui-access-result = Result: what was done, how the equipment is
ui-access-time-to = End
ui-access-close-go = Record and close
ui-access-explain-title = Explain access No. { $number }
ui-access-explain-text = If it can’t be closed in the usual way any more, write what happened. The day can be closed then.
ui-access-explanation = What happened
ui-access-explain-go = Record it
ui-access-correct-title = Correct entry No. { $number }
ui-access-correct-text = Entries never change: a new one with the reason will stand beside it.
ui-access-right = As it really was
ui-access-correct-reason = Why you correct it
ui-access-correct-go = Record the correction

## Close
ui-close-title = Close and seal
ui-close-no-day = The exam day has not begun yet.
ui-close-done = How far it is
ui-close-line-order = The head’s order to stop
ui-close-line-handover = Protocols handed in, materials handed over
ui-close-line-stopped = Recording stopped, files closed
ui-close-line-access = All accesses closed
ui-close-line-outages = Outages explained
ui-close-line-sealed = Archive signed and verified
ui-close-line-copied = Copies made and verified
ui-close-line-handed-over = Archive handed over
ui-close-media = { $media } of { $asked }
ui-close-reason = { $time }, { $reason }
ui-close-line-head = Countersigned by the head of the point
ui-close-line-member = Countersigned by the commission member
ui-close-due-head = Still to be countersigned by the head of the point
ui-close-due-member = Still to be countersigned by the commission member
ui-close-countersign = Countersign…
ui-countersign-title = Countersign the archive
ui-countersign-text = Choose your OpenSSH key, or a signature made at another computer. Best before copying; copies made already get it once their medium is in.
ui-countersign-looking = Looking for keys and signatures on media and in your folders…
ui-countersign-found = Found on media and in your folders:
ui-countersign-none = No key and no signature found. Plug the medium in and open this again, or type the path.
ui-countersign-one = { $kind ->
    [key] Key { $name }
    [signature] Signature { $name }
   *[national] National signature { $name }
} ({ $folder })
ui-countersign-role = Who signs
ui-countersign-head = Head of the point
ui-countersign-member = Commission member
ui-countersign-file = Key or signature (file)
ui-countersign-passphrase = Passphrase of the key; nothing for a signature
ui-countersign-go = Sign
ui-close-early = before the handover: { $reason }
ui-close-cameras = { $count ->
    [one] { $count } camera
   *[other] { $count } cameras
}, { $size }
ui-close-open = still open: { $count }
ui-close-outages = { $count ->
    [one] { $count } outage
   *[other] { $count } outages
}, { $lost }
ui-close-parts = { $count ->
    [one] { $count } part
   *[other] { $count } parts
}, { $size }
ui-close-access-open = Accesses still open: { $count }. Close or explain them.
ui-close-seal-text = The day’s journal is closed, the archive packed, signed and read back for verification. Nothing can be added after that.
ui-close-seal = Close the day and sign
ui-close-copy-title = Copy the archive
ui-close-copy-text = Copies on two media are needed. No need to wait for the end of the exam: closed parts are copied at once, the others when they are ready. Each is read back from the medium and compared.
ui-close-no-target = No medium in sight. Plug in a drive or name a folder.
ui-close-target-removable = Medium { $name } ({ $path }), { $free } free
ui-close-target = { $name } ({ $path }), { $free } free
ui-close-folder = Folder
ui-close-copy = Copy
ui-work-seal = Packing and verifying the archive
ui-work-copy = Copying the archive
ui-work-failed = { $work }: did not succeed
ui-work-amount = { $done } of { $total } · { $speed }/s
ui-work-left = { $time } left
ui-work-verified = Each part is read back after writing and compared.
ui-work-cancel = Stop copying
ui-copy-held-back = Please wait: the recording needs the disk now. Copying goes on by itself.
ui-copy-waiting = All that is closed is copied and verified. Leave the medium in: the next parts are copied by themselves.
ui-copy-verified = Copy made and verified: { $target }
ui-copy-failed = Copy not made: { $target }
ui-copy-behind = The copy in { $target } lacks what came later: countersignatures
ui-copy-behind-do = Plug this medium in: they are copied by themselves.
ui-handover-go = Hand the archive over
ui-handover-title = Hand the archive over
ui-handover-done = The media are handed over
ui-handover-text = Media with a copy of the archive: { $media } of { $asked }.
ui-handover-ready = Say so here once the media are given away.
ui-handover-why = There should be two copies on different media. If there is no second medium now, write why: the reason stays in the journal.
ui-handover-reason = Why without a second copy
ui-backup-failed = Backup not made: { $target }
ui-backup-again = Try again
ui-close-confidential = Copies on media are encrypted: only the regional centre can open them.
ui-copy-daily = Daily backup
ui-copy-cumulative = Cumulative backup
ui-act-title = Write into the act
ui-act-text = By these codes the commission knows that the archive is the right one.
ui-act-opening = Code for the opening act
ui-act-closing = Code for the closing act
ui-act-code = Newest journal code
ui-act-restarts = Restarts of the station: { $count }
ui-act-folder = The archive is in the folder { $folder }
ui-act-review = See the archive
ui-paper-opening = Opening act
ui-paper-closing = Closing act
ui-paper-opening-go = Opening act…
ui-paper-closing-go = Closing act…
ui-paper-photograph = Photograph the code, or copy the lines by hand. Nobody can change them on paper later.
ui-paper-qr = QR code of the act
ui-paper-device-key = Key of the station
ui-paper-epoch-key = Key of the day’s beginning
ui-paper-counts = Restarts: { $restarts }, records: { $records }
ui-paper-parts = Parts, with the beginnings of their hashes
ui-page-go = Page for checking…
ui-page-title = The page that checks archives
ui-page-text = It checks this archive in any browser, without the program and without a network. Where the page lies proves nothing: whoever checks compares its fingerprint with the one from you or from the regional centre.
ui-page-to = Save onto { $name } ({ $path })
ui-page-beside = Save beside the archive on this computer
ui-page-saving = Saving: { $path }
ui-page-saved = Saved: { $path }
ui-page-failed = Not saved: { $path }
ui-page-fingerprint = Fingerprint of the page (SHA-256)

## Leaving
ui-quit-title = Close the window?
ui-quit-text = Cameras are recording. They go on without the window, and can be stopped only here, on the head’s order.
ui-quit-stay = Stay
ui-quit-go = Close the window

## Review
ui-review-title = Archive review
ui-review-text = The archive is verified anew from its files alone. Another point’s archive can be verified too: name its folder.
ui-review-here = This computer’s archives
ui-review-folder = Folder of the archive
ui-review-go = Verify
ui-review-other = Another archive
ui-review-stop = Stop
ui-review-runs = Verifying the archive
ui-review-amount = { $done } of { $total }
ui-review-failed = The archive could not be verified: { $folder }. Try again.
ui-review-valid = The archive is whole
ui-review-incomplete = The archive is incomplete
ui-review-cannot = The archive could not be verified
ui-review-tampered = The archive was changed
ui-review-intact = { $count ->
    [one] { $count } video file is whole.
   *[other] { $count } video files are whole.
}
ui-review-videos = Videos: { $count }
ui-review-journal = Journal: { $count }
ui-review-notes = Notes: { $count }
ui-review-no-notes = No notes.
ui-review-more = And more: { $count }
ui-review-signer = Key that signed the archive
ui-review-opening = Code on the opening act
ui-review-closing = Code on the closing act
ui-review-timeline = Video of each camera over the day. Accesses: { $accesses }. Unexplained: { $unexplained }
ui-review-events = Accesses and events
ui-review-begun = The journal holds, { $records } records. Now every second of video is read.
ui-review-begun-changed = Something was changed: already the journal’s part shows it. The video is read all the same, so that you see what still holds.
ui-review-against = Compare with the papers…
ui-review-save = Save…
ui-review-works = Work is going on
ui-against-title = Compare with the papers
ui-against-text = Type in what stands on the paper acts. The archive is then verified once more. A list of trusted keys is a file in the form of ssh-keygen’s allowed signers; leave it empty if you have none.
ui-against-restarts = Restarts (closing act)
ui-against-signers = List of trusted keys (file)
ui-against-go = Verify
ui-against-bad-opening = The opening act’s code is not complete, or has a typing error. Compare it group by group.
ui-against-bad-closing = The closing act’s code is not complete, or has a typing error. Compare it group by group.
ui-against-bad-restarts = The restarts are a number, as on the closing act; 0 if there were none.
ui-save-title = Save
ui-save-what = What
ui-save-pdf = Report (PDF)
ui-save-xlsx = Report (table)
ui-save-json = Report (JSON)
ui-save-excerpt = Excerpt for an appeal
ui-save-files = Forms, journal, pictures
ui-save-excerpt-text = Some minutes of one camera, in a file that anyone can verify by itself. It is not encrypted: hand it only to whom it is meant for.
ui-save-from = From
ui-save-to = To
ui-save-folder = Into the folder
ui-save-go = Save
ui-save-bad-time = A time looks like 11:20 or 11:20:30.
ui-save-no-camera = Choose a camera.
ui-log-search = Search: words, a time, a name
ui-log-looking = Found so far: { $count }. Looked at: { $percent } %
ui-log-found = Found: { $count }
ui-topic-access = Accesses
ui-topic-cameras = Cameras
ui-topic-checks = Checks
ui-topic-requests = Requests
ui-topic-people = People
ui-topic-evidence = Archive
ui-topic-station = Computer
ui-review-camera = Camera
ui-review-number = File
ui-review-times = From – to
ui-review-frames = Frames
ui-review-size = Size
ui-review-state = State
ui-review-whole = whole
ui-review-changed = changed
ui-review-missing = not in the archive
ui-review-record = Record
ui-review-time = Time
ui-review-event = Event
ui-review-who = Who
ui-review-station = station
ui-play-play = ▶ Play
ui-play-pause = ❚❚ Pause
ui-play-earlier = Ten seconds back
ui-play-later = Ten seconds ahead
ui-play-before = The picture before
ui-play-next = The next picture
ui-play-speed = { $times } times as fast
ui-play-choose = Cameras side by side, up to { $count }:
ui-play-alone = Show this camera alone
ui-play-all = Show the cameras side by side
ui-play-none = No video at this time
ui-play-changed = changed since it was signed
ui-play-damaged = This piece of video is damaged
ui-play-unreadable = The file can’t be read
