# Days that are over
days-not-deleted = { $folder } could not be deleted: { $detail }. Take out what does not belong there and restart the station: it goes on.
days-line = { $day }  { $state }  { $megabytes } MB  to be kept until { $until }  { $verdict }

# What the station refuses
refused-day-unknown = The day { $day } was never held on this computer.
refused-day-deleted = The day { $day } is deleted, or being deleted.
refused-day-kept = The day { $day } has to be kept until the end of { $date }.
refused-day-at-hand = This day is still on the screen. It can be deleted after the station was restarted.
refused-day-damaged = The day { $day }: until when it has to be kept can’t be read. It can’t be deleted here; ask the regional centre.

# Events
event-day-verified = Archive of { $day } verified again: { $verdict }, faults: { $faults }
event-day-deletion-begun = Two ordered { $day } to be deleted, parts: { $parts }. Reason: { $reason }
event-day-deleted = The day { $day } is deleted

# The screen
ui-screen-days = Days
ui-days-title = Days that are over
ui-days-look-again = Look again
ui-days-none = No exam day was held here yet.
ui-days-open = open
ui-days-unsealed = never sealed
ui-days-sealed = sealed
ui-days-deleting = being deleted
ui-days-deleted = deleted
ui-days-missing = sealed, but its files are gone
ui-days-size = Files: { $files } · { $size } · to be kept until { $until }
ui-days-verified = Verified { $when }: { $verdict }, faults: { $faults }
ui-days-deleted-by = Deleted { $when } by { $who } and { $second }
ui-days-verifying = Verifying { $day }
ui-days-failed = It did not work: { $day }
ui-days-verify = Verify again
ui-days-copy = Copy again
ui-days-delete = Delete…
ui-days-delete-title = Delete { $day }?
ui-days-delete-text = The recordings and the day’s journal go from this computer. A record of what was deleted, when and by whom stays. Two confirm it.
ui-days-delete-reason = Reason
ui-days-delete-go = Delete
