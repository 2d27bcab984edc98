### What happens to the computer itself: devices, links, power, log-ins.

event-equipment-seen = Equipment of the computer listed, items: { $count }
event-equipment-changed = { $what ->
    [usb-appeared] USB device plugged in
    [usb-gone] USB device unplugged
    [disk-appeared] Disk connected
    [disk-gone] Disk disconnected
    [network-appeared] Network adapter appeared
    [network-gone] Network adapter gone
    [network-on] Network connected
    [network-off] Network disconnected
    [session-appeared] Log-in to the computer
    [session-gone] Log-out from the computer
    [mains-on] Mains power is there
    [mains-off] No mains power
    [battery-on] The battery is charging
    [battery-off] The computer runs on its battery
    [lid-on] Lid opened
    [lid-off] Lid closed
    [computer-restarted] The computer was restarted
   *[other] The computer’s equipment changed
}: { $thing }{ $times ->
    [1] {""}
   *[other] , times in a row: { $times }
}{ $noticed ->
    [at_start] , while the station was not running
   *[at_once] {""}
}
event-equipment-explained = Explained what happened to the equipment (events: { $count }): { $text }

refused-no-incident = The journal has no such event of the equipment.

ui-incidents-title = With no open access and no explanation: { $count }
ui-incidents-text = The commission will see this. Say who did it and what for.
ui-incidents-more = And { $count } more. They appear here when these are explained.
ui-incidents-explain = Explain…
ui-incidents-none = All that happened to the computer is explained: { $count }
ui-incidents-access = During the open access No. { $access }
ui-incidents-reason = Explained: { $text } ({ $who })
ui-incidents-no-reason = Not explained yet
ui-incidents-line = { $time } { $what }
ui-incident-explain-title = What happened to the equipment
ui-incident-explain-text = One explanation holds for every event that is ticked. It stays in the journal and in the archive.
ui-incident-reason = Who did what, and what for
ui-incident-explain-go = Record it
ui-close-line-incidents = Everything that happened to the equipment is explained
ui-close-incidents = without an explanation: { $count }
ui-trouble-incidents = Something happened to the computer with no open access: { $count }
ui-trouble-incidents-do = Open “Access” and say who did it and what for. If it was neither you nor your colleagues, call the head.

archive-warning-incidents = Something happened to the computer with no open access, and nobody explained it. Events: { $count }.

cli-incidents-none = { $day }: nothing happened to the computer
cli-incident-told = No. { $number }. { $time } { $what }. Journal record no. { $record }
cli-incident-access = { "    " }During access no. { $access }
cli-incident-reason = { "    " }Explanation: { $text } ({ $who }, { $at })
cli-incident-no-reason = { "    " }No access was open, and there is no explanation
