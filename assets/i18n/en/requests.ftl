### Requests for help: who waits where, who helps, what does not work now.

event-request-made = Request no. { $request }, room { $room }, { $category }: { $text }
event-request-passed = Request no. { $request } passed to { $to ->
    [second] the second line
    [head] the head
   *[first] the technician
}: { $reason }
event-request-late = Request no. { $request } is not resolved in time, told to { $to ->
    [head] the head
   *[second] the second line
}
event-request-resolved = Request no. { $request } resolved: { $text }

refused-no-request = There is no open request with this number.
refused-unknown-category = The profile has no such kind of request.
refused-many-requests = There were { $count } requests today. The station takes no more: write them on paper.

fault-category-twice = { $file }:{ $line }: { $key }: the kind of request “{ $id }” stands twice
fault-head-minutes = { $file }:{ $line }: { $key }: the head is told before the second line. Give no less than in minutes

ui-screen-requests = Requests
ui-pages-all = Show all of the day: { $count }
ui-pages-range = { $from } to { $to } of { $of }, the newest first
ui-pages-older = Earlier
ui-pages-newer = Later
ui-pages-less = Close the list
ui-requests-title = Requests for help
ui-requests-no-day = Begin the exam day on the screen “Today” first.
ui-requests-none = No requests. When a room asks for help, press “New request”.
ui-requests-more = And { $count } more open
ui-request-new = New request
ui-request-new-title = New request
ui-request-new-go = Record it
ui-request-room = Where help is needed
ui-request-category = With what
ui-request-text = What happened (may stay empty)
ui-request-head = No. { $request }, { $time }. Room { $room }: { $category }
ui-request-line = With { $line ->
    [second] the second line
    [head] the head
   *[first] the technician
}, due { $due }.
ui-request-late = Overdue, { $to ->
    [head] the head knows.
   *[second] call the second line.
}
ui-request-resolved = Resolved in { $minutes } min: { $text }
ui-request-pass = Pass on…
ui-request-pass-title = Pass on request No. { $request }
ui-request-pass-go = Pass it on
ui-request-to = To whom
ui-request-to-first = the technician
ui-request-to-second = the second line
ui-request-to-head = the head
ui-request-reason = Why
ui-request-resolve = Resolved…
ui-request-resolve-title = Request No. { $request } is resolved
ui-request-resolve-text = Write what helped: it goes into the operation log.
ui-request-resolve-go = Record it
ui-request-done = What was done
ui-trouble-request = Room { $room }: request No. { $request } is overdue
ui-trouble-request-second-do = Call the second line, and pass the request on if you can’t solve it yourself.
ui-trouble-request-head-do = Tell the head of the point: the head decides.
ui-board-title = Not working now
ui-board-none = Everything works.
ui-board-line = { $time } { $what }
ui-board-request = Request No. { $request }, room { $room }: { $category }
ui-board-camera = No video: { $camera }
ui-board-picture = Picture of no use: { $camera }
ui-board-step = Check not passed: { $step }
ui-board-disk-low = The disk will not last to the end of the recording
ui-board-disk-critical = The disk lasts a few minutes more

cli-requests-none = { $day }: no requests
cli-request-told = No. { $number }. { $time }, room { $room }, { $category }: { $text }
cli-request-passed = { "    " }Passed to { $to ->
    [second] the second line
    [head] the head
   *[first] the technician
}: { $text } ({ $who }, { $at })
cli-request-late = { "    " }Not resolved in time, told to { $to ->
    [head] the head
   *[second] the second line
}
cli-request-resolved = { "    " }Resolved in { $minutes } min: { $text } ({ $who }, { $at })
cli-request-open = { "    " }Not resolved

note-step = Check not passed: { $step }
cli-operations-none = { $day }: nothing was done yet
cli-notes-none = { $day }: no explanatory notes are needed, nothing failed
cli-note-head = Note no. { $number }. { $about ->
    [outage] No video
    [request] Request not resolved in time
    [check] Check not passed
   *[equipment] Event of the equipment
}. Point { $point }
cli-note-time = { "    " }When: { $from } – { $to }. Where: { $place }
cli-note-what = { "    " }What: { $what }
cli-note-written = { "    " }Explanation: { $text } ({ $who }, { $at })
cli-note-unwritten = { "    " }Explanation: ______________________________
cli-operation = { $at } { $what } ({ $who })
