cli-no-data-folder = Can't tell where the data folder is: the environment names none. Name it with --data FOLDER
cli-data-folder = Can't open the data folder { $folder }: { $detail }. Check that the folder is writable, or name another one with --data FOLDER
cli-no-window = This build of the program has no window. List of commands: invigil --help

cli-rehearse-no-cameras = There is no camera to rehearse with. Add one to the profile, or choose --cameras pattern
cli-rehearse-plan = ✔ Day begun: { $day }
cli-rehearse-check = ✔ { $list } finished: { $steps } steps, { $waived } let stand
cli-rehearse-waive-reason = Rehearsal: the head's decision
cli-rehearse-note = Rehearsal: a note
cli-rehearse-start = ✔ Recording: { $cameras } cameras, { $seconds } s
cli-rehearse-access = ✔ Access to the equipment opened and closed with two signatures
cli-rehearse-access-reason = Rehearsal
cli-rehearse-access-result = Nothing to remark
cli-rehearse-code = ✔ Journal code written: { $code }
cli-rehearse-stop = ✔ Recording stopped on the head's order: { $frames } frames
cli-rehearse-outages = ✔ Explained why there was no video: { $count } outages
cli-rehearse-seal = ✔ Archive signed and verified: { $parts } parts
cli-rehearse-copy = ✔ Copy made and verified: { $target }
cli-rehearse-archive = Archive: { $path }

cli-no-station = No station runs on the folder { $folder }. Open the window, or run: invigil station
page-other = { $path } is there already and is another file. It was not touched: name another one, or take that one away first.
cli-sealed = Archive signed and verified: { $folder }
cli-copied = Copy made and verified: { $folder }
cli-copy-progress = Files copied and verified: { $files }, { $percent } %
cli-copy-waiting = All that is closed is copied and verified: { $folder }. The station copies the next parts by itself.
cli-copy-state = { $state ->
    [copying] Copying
    [held-back] Waits while the recording needs the disk
    [waiting] Waits for the next part
    [verified] Made and verified
   *[failed] Not made
}: { $folder }, files: { $files }, { $percent } %
cli-copy-media = Media with a copy: { $media } of { $asked }
cli-copy-handed-over = Archive handed over, media with a copy: { $media }

cli-no-day = There is no exam day in the folder { $folder }. Check the day's name, or name another folder with --data FOLDER
cli-outages-none = { $day }: no outages
cli-outage-place = No. { $number }. Point { $point }, room { $room }, camera { $camera } ({ $id })
cli-outage-time = { "    " }No video from { $from } to { $to }: { $minutes } min { $seconds } s, broke off { $times } times, journal record no. { $record }
cli-outage-cause = { "    " }Noticed: { $cause }
cli-outage-reason = { "    " }Reason: { $text } ({ $who }, { $at })
cli-outage-no-reason = { "    " }No reason given
