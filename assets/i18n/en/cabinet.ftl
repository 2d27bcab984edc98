### The recorder's cabinet: who wanted it opened, which seals were on it and are now.

event-cabinet-opened = Access no. { $access }: cabinet opened on the word of { $initiator }, seals: { $seals }{ $broken ->
    [0] {""}
   *[other] , broken: { $broken }
}
event-cabinet-closed = Access no. { $access }: cabinet closed, recorder { $pak ->
    [on] on
   *[off] off
}, seals: { $seals }

refused-many-seals = No more than { $max } seals.
refused-no-cabinet = The cabinet was not opened in this access, or is closed again.
refused-cabinet-open = The cabinet was opened in this access before.

ui-cabinet-open = Cabinet opened…
ui-cabinet-close = Cabinet closed…
ui-cabinet-open-title = The recorder’s cabinet is opened
ui-cabinet-open-go = Record it
ui-cabinet-initiator = Who asked to open it
ui-cabinet-seal = Number of the seal
ui-cabinet-intact = The seal was intact
ui-cabinet-close-title = The recorder’s cabinet is closed
ui-cabinet-close-go = Record it
ui-cabinet-new-seal = Number of the new seal
ui-cabinet-pak-on = The recorder was checked and is on
ui-cabinet-line = Cabinet: { $initiator }, seals { $before } → { $after }

cli-accesses-none = { $day }: no entries of access
cli-access-told = No. { $number }. { $date }, { $from } – { $to }, room { $rooms }: { $action }, { $reason }
cli-access-who = { "    " }Operators: { $person }; { $second }
cli-access-cabinet = { "    " }Cabinet: asked for by { $initiator }; seals before: { $before }, after: { $after }; recorder { $pak ->
    [on] on
    [off] off
   *[unknown] not checked
}
cli-access-result = { "    " }Result: { $text }
cli-access-explained = { "    " }Not closed, explained: { $text }
cli-access-corrected = { "    " }Right is: { $text }. Why corrected: { $reason }
