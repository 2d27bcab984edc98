# Equipment: tables, the register, the screen
csv-encoding = line { $line }: neither UTF-8 nor Windows-1251. Save the table as “CSV UTF-8”
csv-open-quote = line { $line }: a quote is opened and never closed. Mend it in the table
csv-behind-quote = line { $line }: text behind a closed quote. A quote within a text is written twice
csv-too-many = the table has more than { $max } rows. Split it
xlsx-no-workbook = this is no XLSX workbook, or it has a password. Open it in the table program and save it as “Excel workbook”
xlsx-broken = line { $line }: the workbook is damaged. Open it in the table program and save it anew
xlsx-too-long = the workbook is too large, there are more than { $max } MB in it. Keep one sheet with the table
xlsx-too-wide = the table has more than { $max } columns. Keep those that are needed
inventory-empty = the table is empty. It needs a line with the columns' names and the equipment below it
inventory-column-unknown = the column “{ $name }” is unknown. Delete or rename it
inventory-column-twice = the column “{ $name }” is there twice. Keep one
inventory-column-missing = there is no column “{ $or }” ({ $name }). Add it
inventory-number = line { $line }: “{ $number }” is no inventory number. Wanted: 1 to 40 letters, digits and . - / _ №
inventory-twice = line { $line }: number { $number } stands in line { $first } already. Keep one
inventory-no-kind = line { $line }: no kind. Say what it is: camera, laptop, printer…
inventory-too-long = line { $line }: “{ $name }” has more than { $max } characters. Shorten it
inventory-state-unknown = line { $line }: the state “{ $text }” is unknown. Possible: { $known }
inventory-faults = The table { $file } was not taken over, faults: { $count }. Mend them and try again
inventory-file-too-long = The file { $file } is too long for a table. It is probably another one that was meant
inventory-not-written = { $file } could not be written: { $detail }. Name a new file in another folder
inventory-imported = Added: { $added }, changed: { $changed }, the same: { $same }
inventory-exported = Rows written: { $count }. File: { $file }
inventory-counted = Found: { $found }, missing: { $missing }
inventory-state = { $state ->
    [in-use] in use
    [reserve] reserve
    [repair] in repair
   *[written-off] written off
}

# What the station refuses
refused-item-not-there = There is no piece of that number. Look at the number again.
refused-item-unknown = The number { $number } is not in the register. Look at it again, or enter it first.
refused-item-written-off = That is written off. Choose another one.
refused-item-not-in-reserve = Only what is in the reserve takes another's place. Return it to the reserve first.
refused-item-other-kind = What takes its place has to be of the same kind.
refused-no-count = No count goes on. Begin one.
refused-count-goes-on = A count goes on already. End it.
refused-stock-full = There are { $max } kinds of consumables already; no more fit.

# Events
event-items-listed = Equipment entered in the register: { $count }
event-item-moved = Equipment { $number }: { $act ->
    [move] moved
    [hand-out] handed out
    [return] returned
    [repair] to repair
   *[write-off] written off
}, { $place }, { $holder }. { $note }
event-item-replaced = { $new } takes the place of { $old }. Reason: { $reason }
event-items-counted = Count no. { $count }: found { $found }{ $missing ->
    [going] {""}
   *[other] , missing { $missing }
}
event-stock-changed = { $name }: { $left } { $unit } left. { $note }

# The screen
ui-screen-equipment = Equipment
ui-inventory-title = Equipment
ui-inventory-search = Find: number, kind, place, holder
ui-inventory-all = All
ui-inventory-reserve = Reserve
ui-inventory-uncounted = Not found yet
ui-inventory-count-begin = Begin a count
ui-inventory-count-end = End the count
ui-inventory-counting = A count goes on: { $found } found, { $missing } to go
ui-inventory-empty = The register is empty. Take over a table: invigil equipment import.
ui-inventory-range = { $first }–{ $last } of { $of }
ui-inventory-next = Next
ui-inventory-before = Back
ui-inventory-about = Serial number: { $serial } · role: { $role } · changed { $date }
ui-inventory-move = Move
ui-inventory-hand-out = Hand out
ui-inventory-return = Return to the reserve
ui-inventory-repair = To repair
ui-inventory-write-off = Write off
ui-inventory-replace = Replace from the reserve
ui-inventory-found = Found
ui-inventory-act-title = { $act }: { $number }
ui-inventory-act-go = Record it
ui-inventory-place = Place
ui-inventory-holder = Holder
ui-inventory-note = Note
ui-inventory-replace-text = It takes a “{ $kind }” from the reserve, which gets the place and the role.
ui-inventory-replace-new = Inventory number of the new one
ui-inventory-replace-reason = Why it is replaced
ui-stock-title = Consumables
ui-stock-add = Add
ui-stock-change = Change
ui-stock-left = { $name }: { $left } { $unit }
ui-stock-low = Running out: get more (threshold { $low }).
ui-stock-name = What it is
ui-stock-unit = Unit: pcs, pack
ui-stock-count = Left
ui-stock-threshold = When to get more
ui-stock-go = Record it
