# The journal's events as a person sees them.

event-point-opened = The point's journal begins
event-key-rotated = New station key { $new }; the old one, { $old }, signed that it takes its place
event-profile-changed = The point’s profile was changed: before { $old }, now { $new } (SHA-256)
event-pin-set = PIN set: { $person }
event-day-planned = Day planned: { $day }
event-exam-named = The exam of { $date } is being prepared
event-day-sealed = Archive of { $day } signed, parts: { $parts }
event-day-opened = The journal of { $day } begins
event-station-started = Station started{ $restart ->
    [0] {""}
   *[other] , restart no. { $restart }
}{ $link ->
    [unlinked] , epoch key lost
   *[linked] {""}
} (version { $version })
event-station-stopped = Station stopped
event-taken-over = This station goes on with { $day }. Reason: { $reason }
event-torn-tail-cut = An unfinished line of the journal was cut after a crash: { $bytes } bytes
event-signed-in = Signed in: { $person }
event-signed-out = Signed out: { $person }
event-sign-in-failed = Wrong PIN: { $person }
event-clock-stepped = The computer's clock was set by { $seconds } s
event-time-zone-changed = The computer's time zone changed: { $from } → { $to }
event-disk-low = Disk space is low: { $free-mb } MB free, { $needed-mb } MB needed{ $level ->
    [critical] , less than 10 minutes left
   *[low] {""}
}
event-disk-recovered = Disk space is enough again: { $free-mb } MB
event-alarm-acknowledged = Alarm acknowledged
event-check-started = Check started
event-step-recorded = Step “{ $step }”: { $outcome ->
    [passed] passed
    [failed] failed
   *[unknown] could not be checked
}. { $note }
event-step-waived = Step “{ $step }” let stand: { $reason }
event-step-photographed = Step “{ $step }”: picture from camera { $camera }
event-check-finished = Check finished
event-recording-started = Recording started, cameras: { $cameras }
event-start-due = Recording begins by the timetable ({ $zone ->
    [auditorium] auditoriums
    [staff-room] staff room
    [corridor] corridors
    [entrance] entrance
    [gate] gate
   *[strong-room] strong room
}), cameras: { $cameras }
event-stop-ordered = Order to stop recording, cameras: { $cameras }. { $handover ->
    [done] Handover done.
   *[early] Early.
} { $reason }
event-recording-stopped = Recording stopped: { $camera }
event-camera-works = Camera gives pictures: { $camera } ({ $detail })
event-camera-lost = No picture: { $camera }
event-driver-stuck = The camera’s driver hangs: { $camera }
event-source-replaced = { $camera } takes its pictures from { $source } now. Reason: { $reason }
event-sound-works = Sound is recorded: { $camera } ({ $detail })
event-sound-lost = No sound: { $camera }
event-sound-silent = Nothing to hear: { $camera }
event-sound-heard = Sound is heard again: { $camera }, silent for { $seconds } s
event-gap = Video missing: { $camera }, { $seconds } s
event-segment-finished = File closed: { $camera }, no. { $segment }, { $seconds } s
event-segment-indexed = Index of the file signed: { $camera }, no. { $segment }
event-segment-taken = File archived: { $camera }, no. { $segment }, part { $part }
event-picture-finding = Picture of camera { $camera }: { $kind ->
    [slow] too few frames
    [frozen] frozen
    [black] black
    [overexposed] overexposed
    [covered] covered
    [blurred] blurred
   *[moved] moved
}
event-picture-recovered = Picture of camera { $camera } is well again after { $seconds } s: { $kind ->
    [slow] too few frames
    [frozen] frozen
    [black] black
    [overexposed] overexposed
    [covered] covered
    [blurred] blurred
   *[moved] moved
}
event-reference-approved = Reference view of camera approved: { $camera }
event-file-repaired = File repaired after a crash: { $camera }, no. { $segment }, { $bytes } bytes cut
event-video-heads = Video bound to the journal, cameras: { $cameras }
event-recording-fault = Video is not being recorded: { $camera }
event-outage-began = Nothing is being recorded, cause unknown: { $camera }
event-outage-ended = Video is being recorded again: { $camera }
event-outage-escalated = { $level ->
    [head] Half of the time allowed without video has passed, the head is needed
    [limit] The time allowed without video has passed
   *[technician] No video, the technician is needed
}: { $camera }
event-outage-explained = Why there was no video (outages: { $count }): { $text }
event-file-fault = A finished file is not in the archive: { $camera }, no. { $segment }
event-access-opened = Access no. { $access } opened: { $first }–{ $last }, { $reason }
event-access-closed = Access no. { $access } closed: { $result }
event-access-explained = Access no. { $access } explained: { $text }
event-corrected = Correction of record no. { $record }: { $text }. Reason: { $reason }
event-code-shown = Code shown: { $code }
event-code-written = Code written on paper: { $code }
event-part-opened = Part { $part } begun ({ $group ->
    [delivered] delivered
   *[kept] kept
})
event-part-sealed = Part { $part } signed ({ $group ->
    [delivered] delivered
   *[kept] kept
})
event-day-closed = Day closed, parts with video: { $parts }
event-countersigned = Countersigned by { $role ->
    [head] the head of the point
   *[member] the commission member
}, key { $key }
event-countersignatures-due = { $count ->
    [one] The archive is to be countersigned by one person
   *[other] The archive is to be countersigned by { $count } persons
}
event-copy-verified = Copy of the archive made and verified: { $target }, files: { $files }
event-medium-told = The medium of the copy in { $target } has the serial number { $serial }
event-copy-begun = Copying of the archive begun ({ $purpose ->
    [medium] medium
    [daily] daily backup
   *[cumulative] cumulative backup
}): { $target }
event-copy-failed = The archive was not copied: { $target }
event-handed-over = Archive handed over, media with a copy: { $media }{ $reason ->
    [none] { "" }
   *[other] . Reason: { $reason }
}
event-part-copied = Part { $part } copied and verified: { $target }
