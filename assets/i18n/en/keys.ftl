# A person's key file, and the signature made with it.
key-file-malformed = This is not a private key of OpenSSH. Choose the file that `ssh-keygen -t ed25519` made, the one without .pub.
key-file-kind = This key is of the type { $kind }; from a file only ssh-ed25519 can be used. Sign with `ssh-keygen -Y sign` and hand in the signature.
key-file-cipher = This key file is protected in an unusual way. Sign with `ssh-keygen -Y sign` and hand in the signature.
key-file-passphrase-needed = This key needs its passphrase.
key-file-passphrase-wrong = The passphrase is wrong. Nothing was signed; try again.

token-pin = PIN of the token:
token-module = The PKCS#11 module { $path } can't be used: { $detail }. Name the .so or .dll file that came with the token.
token-missing = There is no token called { $label }. Plug it in, or name it as it calls itself.
token-pin-wrong = The token's PIN is wrong. Nothing was signed. Most tokens lock after a few tries.
token-pin-locked = The token's PIN is locked. Its issuer can unlock it.
token-no-key = The token has no key that can sign here: Ed25519, ECDSA on P-256 or P-384, or RSA.
token-several-keys = The token has { $count } keys that can sign. Name one with --token-key.
token-refused = The token did not sign: { $detail }.

countersign-passphrase = Passphrase of the key:
countersign-done = Signed: { $path }{ $key ->
    [none] . It is carried along and not checked here.
   *[other] , key { $key }
}
countersign-no-part = In { $path } there is no part 00 of one sealed day. Choose the folder with the file that ends in -00.zip.
countersign-not-whole = { $path } is not as it was sealed, so nothing was signed. Run `invigil verify` on its folder: it says what was changed.
countersign-malformed = This file is no signature. Make it with: ssh-keygen -Y sign -n invigil-archive -f KEY tagmanifest-sha256.txt
countersign-wrong = This signature is not over this day's part 00. Sign the file tagmanifest-sha256.txt of that part.
countersign-same-key = The key { $key } has signed this day in another role already. Each person signs with a key of their own.
countersign-exists = { $path } is there already: this role has signed. It was not touched.
countersign-io = { $path } can't be used: { $detail }.

# The paper acts.
act-no-day = There is no exam day here. Begin one, or name the folder with --data FOLDER.
act-not-closed = The archive of { $day } is not sealed yet; the closing act comes after that.
act-day = Exam day { $day }, { $point }
act-opened = Opened { $time }, cameras: { $cameras }
act-device-key = Key of the station: { $key }
act-epoch-key = Key of the day's beginning: { $key }
act-closed = Closed { $time }
act-counts = Records: { $records }, segments of video: { $segments }, frames: { $frames }, times without video: { $gaps }
act-part = { $file }: { $bytes } bytes, hash { $hash }…
act-code = { $time } code { $code }{ $written ->
    [yes] , written on paper
   *[no] , not written on paper
}

# The card of the station's key.
card-station = Computer { $station }
card-date = Date: { $date }
card-key = Key of the station: { $fingerprint }
card-line = Line for the regional centre's list of signers:
card-written = Written: { $path }

# The station's key is changed.
rotate-done = The station has a new key: { $new }. The old one, { $old }, signed that it takes its place, and is gone. Hand the new card to the regional centre: invigil keys export.
rotate-day-open = The key is not changed on an exam day: { $day } is today's, or its archive is not closed yet. Close it, and change the key on another day.
rotate-too-many = This station's key was changed { $max } times already. Choose another data folder, and register its key anew.

# The key's own file.
keys-sealed = Sealed: only this computer opens the station key { $fingerprint }.
keys-restored = The station key { $fingerprint } is back. If it was sealed before: invigil keys seal.
deposit-passphrase = Passphrase for the copy, at least { $min } characters:
deposit-again = Once more:
deposit-short = The passphrase is too short: at least { $min } characters.
deposit-differs = The two passphrases differ. Nothing was written.
deposit-done = Copy of the station key { $fingerprint }: { $path }. Put it into the safe, and the passphrase somewhere else.
