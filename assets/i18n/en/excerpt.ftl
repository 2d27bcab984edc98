# Taking files out of an archive.
extract-refused = Nothing was taken out: the archive can't be relied on. Those who want to look at it all the same add --even-if-tampered; what does not hold is then put into { $folder }.
extract-done = { $count ->
    [one] { $count } file taken out into { $folder }
   *[other] { $count } files taken out into { $folder }
}
extract-were-there = { $count ->
    [one] { $count } of them was there already and is equal
   *[other] { $count } of them were there already and are equal
}
extract-apart = Put apart, because it is not what was signed:
extract-no-room = { $path } has { $free } bytes free, and { $needed } are needed. Nothing was written; choose another disk.
extract-other = { $path } is there already and is another file. It was not touched; choose an empty folder.
extract-changed = { $file } in { $part } changed while it was read. Copy the archive to a sound disk and try again.
extract-stopped = The extraction was stopped. What is written already stays; started again, it goes on from there.

# Making an excerpt.
excerpt-made = Excerpt made: { $path }, { $bytes } bytes
excerpt-other-station = { $day } has video of this camera in this time too. Make an excerpt of that archive by itself.
excerpt-exists = { $path } is there already. It stays as it is; choose another name.
excerpt-no-journal = The journal is missing: give the part that ends in -00.zip too, or the whole folder.
excerpt-not-signed-yet = The recording is not signed yet. Make the excerpt once the day is sealed.
excerpt-times = The end has to come after the beginning. Write the times as 09:10, 09:10:28 or 2026-05-29T09:10:28.
excerpt-no-video = There is no video of { $camera } in this time. Cameras with video: { $cameras }.
excerpt-other-time = There is no video of { $camera } in this time. It was recorded from { $from } to { $to }, by the clock of the exam point.
excerpt-not-here = { $camera } { $file } is in none of the files given. Give the part that holds it too, or the whole folder.
excerpt-damaged = { $camera } { $file } is not what was recorded. Run: invigil verify
excerpt-stopped = The excerpt was stopped; nothing was written.

# What is wrong with an excerpt.
excerpt-not-alone = An excerpt proves itself. Verify it alone.
excerpt-format = This excerpt was made by a later version of the program (format { $format }).
excerpt-form = This is not written as in an excerpt.
excerpt-record-unproved = No signed checkpoint proves this record.
excerpt-record-other = This record does not belong to the excerpt.
excerpt-record-missing = The record that binds this recording is missing.
excerpt-no-opening = The record of the day's opening is missing.
excerpt-index-unproved = The recording's index is not the one that the journal binds.
excerpt-hole = Some of the video was left out here.
excerpt-segment-missing = Recording { $segment } is not in the excerpt: what it shows can't be told.
excerpt-span = The video does not cover the time that the excerpt names.
excerpt-day-open = The exam day was not sealed yet when the excerpt was made.
excerpt-zone = The point's time zone can't be proved; times are UTC.
excerpt-covers = Excerpt of { $day }: camera { $camera }, { $from } – { $to }, { $records } records proved
