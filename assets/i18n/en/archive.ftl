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
