# The station: why it did not start and why it refuses.

station-data-folder = The data folder can't be written to: { $folder }. Check that the disk is connected and not write-protected. ({ $detail })
station-already-running = Another station is using this folder: { $folder }. Close it, or choose another folder.
station-journal = The journal can't be read or written. Video is still being recorded. Call the regional centre. ({ $detail }) { $folder }
station-pins = The PIN file can't be read or written. ({ $detail }) { $folder }
station-socket = The link to the window can't be opened. ({ $detail }) { $folder }
station-thread = The computer ran out of resources. Close other programs and try again. ({ $detail })
station-not-started = The station could not be started. { $detail }
station-lost = The station does not answer. If it was recording, it goes on. Open the window again.

refused-no-day = The exam day has not begun. Press “Begin the day” on the Today screen.
refused-sign-in = Please sign in first: choose your name and enter your PIN.
refused-looks-only = You may only look. Let whoever does this sign in with their own name and PIN.
refused-right = You may not { $right ->
    [plan] begin an exam day
    [check] do the check
    [waive] let a failed step stand
    [start] start the recording
    [stop] stop the recording
    [access] keep the access log
    [second_sign] sign an access as the second person
    [seal] close and sign the archive
    [supervise] allow a new PIN, a stand-in or leaving the program
    [configure] change the point's profile
   *[write_code] confirm that a code was written on paper
}. Ask somebody who may, and have them enter their PIN.
refused-no-pin = No PIN is set yet. Choose your name on the sign-in screen and set one.
refused-wrong-pin = Wrong PIN. The attempt is in the journal. Please try again.
refused-unknown-person = This person is not on the point's list.
refused-not-a-pin = A PIN has { $min } to { $max } digits.
refused-pin-set = A PIN is set already. Please enter it.
refused-day-closed = The day is closed: nothing more goes into its journal.
refused-check-not-started = Please start the check first.
refused-check-started = This check has been started already.
refused-day-open = The exam day is open. This is for the days before and after it.
refused-no-exam = This checklist is not gone through now. Say on the screen “Check” when the exam is.
refused-exam-date = An exam is today at the earliest, and in { $days } days at the latest. Look at the date again.
refused-second-person = Two confirm this step. The second person chooses themselves and enters their PIN.
refused-note-needed = Write a note: the step does not count without it.
refused-photo-needed = Take a picture from a camera: the step does not count without it.
refused-photos-used-up = This step has { $max } pictures already. Confirm it as it is.
refused-still-taken = A picture from this camera is just being taken. Wait a moment.
refused-waive-role = Only those named by the checklist can let this step stand. Call one of them.
refused-nothing-to-waive = Only a step that did not pass can be let stand.
refused-steps-open = The check is not complete. Required steps left: { $count }. Do them, or ask the head to decide.
refused-already-recording = All cameras are recording already.
refused-not-recording = No camera is recording now.
refused-not-lost = This camera gives a picture, so nothing takes its place. Choose a camera without one.
refused-not-plugged-in = That camera is no longer plugged in, or it is in use by now. Look which cameras are offered, and choose again.
refused-empty-text = Please write the reason or result: the field can't be empty.
refused-long-text = The text is too long; { $max } characters fit.
refused-no-access = There is no open access with this number.
refused-no-record = There is no record with this number in the journal.
refused-still-recording = Cameras are still recording. Stop them on the head's order first.
refused-accesses-open = Accesses not closed: { $count }. Close each, or explain why it can't be closed.
refused-no-outage = The journal has no such outage.
refused-outages-unexplained = Outages without a reason: { $count }. Write why there was no video each time.
refused-nothing-recorded = Nothing was recorded yet: the archive is empty.
refused-no-code = There is no code to write down now.
refused-other-code = The code on the screen has changed. Please write the new one.
refused-no-alarm = This alarm is gone already.
refused-unknown-step = The check has no such step.
refused-step-is-automatic = The computer checks this step. Press “Run”.
refused-step-is-manual = You do this step: do it and confirm.
refused-nothing-automatic = All automatic steps are done already.
refused-step-runs = This check is running already.
refused-run-first = Please wait until the computer has checked its part of the step.
refused-unknown-camera = There is no camera “{ $camera }” in the day's plan.
refused-second-signer = Two people sign an access. The second one chooses their name and enters their PIN.
refused-rooms = Check the rooms: both must be on the point's list, the first no higher than the last.
refused-unknown-action = Please choose an action from the list.
refused-time = Write the time like this: 10:36.
refused-recording = Recording is on: the station can't be closed. Stop the recording first.
refused-disk = Not enough disk space: { $free-mb } MB free, { $needed-mb } MB needed. Free some space and try again.
refused-work-runs = The work before is still going on. Please wait until it ends.
refused-not-sealed = The archive is not closed yet. Close the day first.
refused-target = Choose a folder or medium from the list: “{ $target }” won't do.
refused-copy-runs = A copy to { $target } is going on already. Wait for its end or stop it.
backup-removable = The backup's folder is on the removable medium { $medium }. Name a folder on another disk in the profile ([archive.backup]).
refused-handover-reason = Media with a copy: { $media } of two. Make the second one, or write why you hand over as it is.
refused-day-exists = The day { $day } is closed and signed already. A new day begins tomorrow.

gap-station-restarted = the computer or the station was restarted
disk-gone = The disk that is recorded to is no longer there: it was unplugged, or its folder removed. Connect it again. If that does not help, call the head: recording has to go on with the spare computer.
disk-locked = The system has locked the disk against writing, as it does when a disk fails. Call the head: recording has to go on with the spare computer or disk.
disk-silent = The disk does not answer ({ $detail }). Check its cable and call the head.
outage-nothing-written = Camera { $camera } should record and does not: the disk or a driver does not answer. Check that the disk is connected, and call the head.
seal-segments-left = Not all recordings are in the archive. Press “Close the day” again. If that does not help, tell the head: the files are intact.

check-cameras-fine = All cameras give pictures: { $cameras }
check-camera-panicked = Camera { $camera } could not be checked. Please run the check again.
check-camera-silent = Camera { $camera } is recording but gives no picture. Check its cable and power, then try again.
check-camera-undecodable = The picture of camera { $camera } can't be decoded. Unplug the camera, plug it in again and retry.
check-camera-small = Camera { $camera } gives { $width }×{ $height }; at least { $asked-width }×{ $asked-height } is needed. Change the camera, or the size in the profile.
check-camera-slow = Camera { $camera } gives { $rate } pictures a second instead of { $asked }. Add light, close other programs and try again.
seal-part-damaged = Part { $part } of the archive was damaged by a crash. Don't delete anything, call the regional centre.
refused-earlier-day = The day { $day } is not closed yet. Close it on the Close screen, then begin the new one.
