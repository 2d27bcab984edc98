# What a verification says of an archive.

archive-integrity-valid = Everything is here and unchanged.
archive-integrity-incomplete = What is here is unchanged, but something is missing.
archive-integrity-tampered = Something was changed after it was sealed.
archive-integrity-cannot-verify = This can't be verified.

archive-provenance-anchored = The codes of the paper acts agree with the archive.
archive-provenance-known-key = Signed with a key from your list.
archive-provenance-unchecked = Whose key signed it was not checked: no list of keys was given.
archive-provenance-untrusted-key = Signed with a key that is not in your list.

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
archive-part-write = { $path } could not be written: { $detail }. Check the disk; what is written already stays whole.
archive-part-full = { $path } has no room for { $bytes } bytes more. A new part is needed.
archive-bad-name = A file may not be called so in an archive: { $detail }.
archive-read-back = { $path } reads otherwise than it was written. The disk or its cable is faulty: use another one.
archive-part-damaged = { $path } was damaged on the disk ({ $detail }). It is kept as it is; recording goes on in a new part.
archive-part-broken = A write to { $path } failed before. The part has to be checked before it is used again.
archive-copy-write = The copy { $path } could not be written: { $detail }. Check the medium and try again.
archive-copy-other = { $path } is another file of the same name. It was not touched; choose an empty folder.
archive-copy-stopped = The copying was stopped. What is copied already stays; started again, it goes on from there.

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
archive-manifest-form = The list of hashes was changed.
archive-signature-wrong = The signature does not match.
archive-signature-other-key = The key beside the signature is not the one that signed.
