# What can go wrong between the camera and the file: what happened and what to do.

recording-disk-full = No room left on the disk: camera { $camera } is not being recorded. What was recorded before is whole. Free some space: recording goes on by itself.
recording-disk-read-only = The system has locked the disk against writing, as it does when a disk fails: camera { $camera } is not being recorded. What was recorded before is whole. Tell the head of the point; recording has to go on with the spare computer or disk.
recording-disk-failing = The disk reports an error: camera { $camera } may not be recorded. Tell the head of the point at once and get the spare computer or disk ready. The program keeps trying by itself.
recording-disk-gone = The disk of the recordings is no longer there: camera { $camera } is not being recorded. Connect it again; recording goes on by itself.
recording-write-failed = The video of camera { $camera } can't be written to the disk: { $detail }. Check that the disk is connected; recording goes on by itself when it can.
recording-encoder-failed = The picture of camera { $camera } could not be encoded: { $detail }. The program tries again by itself; if this stays, restart it when the head of the point agrees.
recording-not-repaired = A video file left by a power cut could not be closed: { $detail }. It stays where it is; tell the regional centre about it.

# invigil record
record-out = Can't write to the folder { $folder }: { $detail }. Choose another folder with --out.
record-file = { $file }: { $frames } frames, { $seconds } s, { $kilobytes } KB
record-gap = No video for { $seconds } s: { $cause }
record-source = The camera's source is not understood. Write usb:…, rtsp://user:password@host/path, file:… or pattern:…; in a password, / is written %2F and @ is written %40.
record-finding = Picture for { $seconds } s: { $kind ->
    [slow] too few frames
    [frozen] frozen
    [black] black
    [overexposed] overexposed
    [covered] covered
    [blurred] blurred
   *[moved] moved
}
record-nothing = Nothing was recorded.
