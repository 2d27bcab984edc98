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
extract-disk-full = The disk is full: { $path } could not be written. Free some space and start again; what is written already stays.
extract-write = { $path } could not be written: { $detail }. Check the disk and start again; what is written already stays.
extract-no-room = { $path } has { $free } bytes free, and { $needed } are needed. Nothing was written; choose another disk.
extract-other = { $path } is there already and is another file. It was not touched; choose an empty folder.
extract-changed = { $file } in { $part } changed while it was read. Copy the archive to a sound disk and try again.
extract-stopped = The extraction was stopped. What is written already stays; started again, it goes on from there.
