# What a verification says of an archive.

archive-integrity-valid = Everything is here and unchanged.
archive-integrity-incomplete = What is here is unchanged, but something is missing.
archive-integrity-tampered = Something was changed after it was sealed.
archive-integrity-cannot-verify = This can't be verified.

archive-provenance-anchored = The codes of the paper acts agree with the archive.
archive-provenance-known-key = Signed with keys from your list.
archive-provenance-unchecked = Whose key signed it was not checked: no list of keys was given.
archive-provenance-untrusted-key = A key that signed does not count: it is not in your list, or not as this or not now.

archive-headline-intact = { $count ->
    [one] { $count } segment of video intact
   *[other] { $count } segments of video intact
}
archive-headline-others = { $count ->
    [one] { $count } other segment intact
   *[other] { $count } other segments intact
}
archive-place-record = record { $record }

# Writing and copying parts.
archive-part-exists = The file { $path } is there already. It stays as it is; choose another folder or move it away.
archive-file-unreadable = { $path } can't be read: { $detail }. Check the disk and its cable.
archive-disk-full = The disk is full: { $path } could not be written. Free some space; what is written already stays whole.
archive-file-unwritten = { $path } could not be written: { $detail }. Check the disk or take another one, then try again.
archive-part-write = { $path } could not be written: { $detail }. Check the disk; what is written already stays whole.
archive-part-full = { $path } has no room for { $bytes } bytes more. A new part is needed.
archive-bad-name = A file may not be called so in an archive: { $detail }.
archive-read-back = { $path } reads otherwise than it was written. The disk or its cable is faulty: use another one.
archive-part-damaged = { $path } was damaged on the disk ({ $detail }). It is kept as it is; recording goes on in a new part.
archive-part-broken = A write to { $path } failed before. The part has to be checked before it is used again.
archive-copy-other = { $path } is another file of the same name. It was not touched; choose an empty folder.
archive-copy-stopped = The copying was stopped. What is copied already stays; started again, it goes on from there.
archive-copy-gone = The medium is no longer there: { $path }. Plug it in and start the copy again: it goes on from what was verified.

# What is wrong with a part.
archive-not-a-part = This is not a part of an exam day's archive.
archive-unreadable = It can't be read: { $detail }.
archive-zip-no-end = The file is cut off, or its end was changed.
archive-zip-too-large = The file has { $bytes } bytes, more than a part may have.
archive-zip-gap = There are bytes in the file that belong to no entry, or to two, at byte { $at }.
archive-zip-form = The file is not written as a part is: { $detail }.
archive-zip-crc = The check sum in the ZIP header was changed.
archive-file-added = This file was added: the signed list does not have it.
archive-file-removed = This file was removed: the signed list has it.
archive-file-changed = This file was changed: its hash is not the one in the signed list.
archive-file-unlisted = The signed list does not name this file.
archive-file-unknown = This program does not know what this file is, and the journal does not vouch for it.
archive-list-differs = The signed list has another hash for this file; the journal says that it is as it was recorded.
archive-manifest-form = The list of hashes was changed.
archive-label-differs = The part's description does not fit what it holds.
archive-signature-wrong = The signature does not match.
archive-signature-other-key = The key beside the signature is not the one that signed.

# What is wrong with an archive.
archive-no-parts = There is no part of an archive here. Give the folder that holds the .zip parts, or the parts themselves.
archive-part-open = This part was never closed: it has no signatures.
archive-encrypted = This file is encrypted for the regional centre and was not looked at. Open it first: age -d
archive-encrypted-all = All parts here are encrypted for the regional centre. Open each first: age -d -i KEY -o PART.zip PART.zip.age
archive-other-day = This belongs to another exam day, { $day }. Verify each day by itself.
archive-part-twice = There are two different parts of this number; the other is { $other }.
archive-part-other-key = This part is signed with another key than the exam day: { $key }.
archive-part-other-hash = This is not the part that the journal names.
archive-part-missing = This part is missing. The journal names it as one to be delivered.
archive-part-not-sealed = Part { $part } was begun and never closed.
archive-part-unknown = The journal knows no such part.
archive-day-open = The exam day was never closed.
archive-close-differs = The day's last record does not agree with the records before it.
archive-journal-unsigned-end = The end of the journal is not signed.
archive-journal-missing = The journal is missing: it is in the part that ends in -00.zip.
archive-journal-unreadable = The journal in this part can't be read.
archive-journal-more-faults = The journal has { $count } faults more.
archive-record-twice = The journal says this twice.
archive-many-cameras = The journal tells of more than { $most } cameras. Of those beyond it was not looked at whether video is missing.
archive-act-unreadable = The closing act can't be read.
archive-act-differs = The closing act does not agree with the archive.
archive-act-opening = The opening code on paper is another one: this is not the day that was opened.
archive-act-closing = The closing code on paper is another one: this is not the day that was closed.
archive-act-restarts = The number of restarts on paper is another one.
archive-countersignature-missing = The countersignature of the { $role ->
    [head] head of the point
   *[member] commission member
} is missing.
archive-countersignature-wrong = This countersignature is not over this archive: it was changed, or belongs to another one.
archive-countersignature-form = This is no signature, or it was changed: `ssh-keygen -Y sign` writes them otherwise.
archive-countersignature-kind = This countersignature can't be checked here: it was made with a key of the type { $kind }.
archive-countersignature-namespace = This signature was made for another purpose, "{ $namespace }", and vouches for no archive.
archive-countersignature-other = This is not the countersignature that was put here at the point; that one was made with the key { $key }.
archive-countersignature-note = What the station noted of a countersignature can't be read.
archive-restart-unlinked = { $count ->
    [one] { $count } restart of the station is vouched for by no key.
   *[other] { $count } restarts of the station are vouched for by no key.
} Type in what the paper acts say to make up for it.
archive-clock-unlogged = The clock was set by { $seconds } s, and no record tells of it.
archive-verify-stopped = The verification was stopped before its end.

# What is wrong with a recording.
archive-still-changed = The still is not the one that the journal names.
archive-still-missing = A still that the journal names is not in the archive.
archive-still-unknown = A still that the journal does not name.
archive-segment-unknown = The journal knows no such recording.
archive-segment-twice = This recording stands in two parts.
archive-segment-moved = The journal says that this recording stands in part { $part }.
archive-segment-removed = This recording was removed.
archive-segment-not-packed = This recording was finished, but never packed.
archive-index-changed = The recording's index was changed.
archive-index-form = The recording's index is not written as an index is: { $detail }.
archive-index-head = The recording's index is not the one that was signed while recording.
archive-video-changed = The picture was changed here.
archive-video-frame-changed = The recording's header was changed; its pictures are as they were.
archive-video-swapped = In this place stands another recording: { $camera } { $file }.
archive-video-hidden-gap = No video for { $seconds } s, and the journal does not say why.

# What a reader should know.
archive-warning-repaired = The recording was cut short by a crash and repaired.
archive-warning-restart = The station was started again (restart { $restart }).
archive-warning-clock = The computer's clock was set by { $seconds } s.
archive-warning-zone = The computer's time zone changed while it recorded.
archive-warning-unwritten = A camera should have recorded and for some time was not.
archive-warning-torn = A crash cut off the journal's last line.
archive-warning-gap = No video for { $seconds } s.
archive-warning-picture = Something ailed the picture: { $kind ->
    [slow] too few frames
    [frozen] frozen
    [black] black
    [overexposed] overexposed
    [covered] covered
    [blurred] blurred
   *[moved] moved against the reference
}
archive-warning-recording = A recording could not be written or packed.
archive-warning-source = From here on another camera gives its pictures.
archive-warning-sound = There was no sound.
archive-warning-disk = The disk was running full.
archive-warning-waived = The failed step { $step } was let stand.
archive-warning-early-stop = The recording was stopped before the handover was finished.
archive-warning-codes = { $count ->
    [one] { $count } code of the journal was shown and not written on paper.
   *[other] { $count } codes of the journal were shown and not written on paper.
}
archive-warning-corrected = Record { $record } was corrected.
archive-warning-explained = Access { $access } was explained instead of closed.
archive-warning-access-open = Access { $access } was never closed.
archive-warning-check-open = A check was begun and never finished.
archive-warning-national = The signature of the { $role ->
    [head] head of the point
   *[member] commission member
} is here, but is not checked here: check it with the program that made it.
archive-warning-untouched = The hardware key says that nobody touched it when it signed.
archive-warning-two-roles = One key, { $key }, signed in two roles: that is one signature, not two.
archive-warning-signer-untrusted = The key { $key } does not count as { $principal }: { $why ->
    [not-listed] your list does not have it
    [other-principal] your list has it under another name only
    [other-namespace] your list has it for another purpose only
    [not-yet-valid] its time has not come yet
    [expired] its time is over
   *[revoked] it was revoked
}.
archive-warning-rotated = The key { $key } is not in your list, but took the place of { $known }, which is; changes of the key in between: { $count }.
archive-warning-rotation-broken = That the key { $key } took the place of an older one does not count: { $why ->
    [two-successors] an older key names two that take its place
    [two-predecessors] two keys say that it takes their place
    [circle] the statements go round in a circle
    [too-long] the row of statements is too long
    [other-principal] your list has the older key under another name only
    [other-namespace] your list does not let the older key name its successor (invigil-rotation)
    [not-yet-valid] the older key's time had not come yet
    [expired] the older key's time is over
   *[revoked] the older key was revoked
}.
archive-warning-rotation-unread = This statement about a new station key can't be used: it is damaged, of a later version, or not signed by the old key.
archive-warning-signers-line = Line { $line } of your list was passed over: { $kind ->
    [cert-authority] certificates are not accepted, write the key itself
   *[other] keys of the type { $kind } can't be checked here
}.

# The command `verify`.
archive-cli-part = { $file }: { $bytes } bytes
archive-cli-day = Exam day { $day }, { $records } records
archive-cli-key = Key of the station: { $key }
archive-cli-opening = Code of the opening act: { $code }
archive-cli-closing = Code of the closing act: { $code }, restarts: { $restarts }
archive-cli-camera = Camera
archive-cli-signed = signed
archive-cli-changed = changed
archive-cli-missing = missing
archive-cli-admitted = no video, as told
archive-cli-kept = kept at the point
archive-cli-countersigned = { $role ->
    [head] Head of the point
   *[member] Commission member
}: { $signed ->
    [trusted] countersigned with a key from your list
    [unchecked] countersigned; whose key it is was not checked
    [untrusted] countersigned, but the key does not count
    [wrong] the countersignature does not hold
   *[not-checked-here] a signature is here, not checked here
}{ $key ->
    [none] {""}
   *[other] {" "}({ $key })
}
archive-cli-faults = Faults:
archive-cli-warnings = To be known:
archive-cli-more = and { $count } more
archive-cli-signers = The list of signers { $path } can't be used: { $detail }.
archive-cli-act = The act's text is not understood. Write: opening CODE closing CODE restarts NUMBER

review-broken = It could not be done: the program failed on the way. Try again.
review-no-document = Point and day can’t be read from this archive, so there is no report as a form. Save the report as JSON instead.
review-refused = Nothing was taken out: the part with forms and journal was changed. On the command line `extract --even-if-tampered` puts such files apart.
