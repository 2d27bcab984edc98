# Names of checks
check-free-disk = Disk space
check-clock = Clock
check-references = Reference views
check-references-fine = The view of every camera is approved: { $cameras }
check-references-missing = Not approved today: { $cameras }. Approve them and check again
check-cameras = Cameras
check-programs = Programs
check-memory-and-load = Memory and load
check-target-medium = Medium for the copy

# Outcomes
outcome-passed = fine
outcome-failed = not fine
outcome-unknown = unknown

# Any check
checks-too-long = The check did not end within { $seconds } s. A disk or a program may not be answering. Repeat the check; if that doesn't help, change to the spare computer
checks-broke-off = The check broke off. Repeat it; if that doesn't help, change to the spare computer
checks-no-thread = The check could not be begun: { $detail }. Close the programs you don't need and repeat it
checks-cameras-elsewhere = The cameras are checked by the station. Start the check in the window

# Disk space
checks-disk-enough = { $free }.{ $free_tenth } GB free, { $needed }.{ $needed_tenth } GB needed
checks-disk-short = { $short }.{ $short_tenth } GB short: { $free }.{ $free_tenth } GB free, { $needed }.{ $needed_tenth } GB needed. Make room or connect a larger disk
checks-disk-unknown = Can't tell how much space is free: { $detail }. Check the disk

# Clock
checks-clock-ok = The clock says { $time } and is kept right automatically
checks-clock-compare = The clock says { $time }. Nothing keeps it right: compare it with a reference clock
checks-clock-year = The clock says the year { $year }. Set date and time before recording starts
checks-clock-zone = The computer's time zone is { $is }, it should be { $should } ({ $zone }). Set the time zone in the computer's settings

# Programs
checks-programs-ok = All required programs are there: { $count }
checks-programs-lacking = { $missing_count ->
        [0] {""}
       *[other] Missing: { $missing }.{" "}
    }{ $old_count ->
        [0] {""}
       *[other] Too old, at least needed: { $old }.{" "}
    }{ $unclear_count ->
        [0] {""}
       *[other] Version can't be told: { $unclear }.{" "}
    }Install them and repeat the check

# Memory and load
checks-memory-ok = { $free_mb } MB of memory free, processor { $load_percent } % busy
checks-memory-short = { $free_mb } MB of memory free, { $needed_mb } MB needed; processor { $load_percent } % busy. Close the programs you don't need, or restart the computer
checks-load-high = The processor is { $load_percent } % busy, { $free_mb } MB of memory free. Close the programs you don't need: recording will want a reserve
checks-memory-unknown = Can't tell how much memory is free. Repeat the check

# Medium for the copy
checks-target-none = No medium is chosen. Put in a drive, choose it and repeat the check
checks-target-missing = There is no folder { $folder }. Put in the drive or choose another one
checks-target-unknown = Can't tell how much space { $folder } has: { $detail }. Take the drive out and put it in again
checks-target-unwritable = Can't write to { $folder }: { $detail }. Switch the write protection off, or take another drive
checks-target-unreadable = What was written to { $folder } can't be read: { $detail }. Take another drive
checks-target-differs = What was read from { $folder } is not what was written. The drive is broken: take another one
checks-target-short = { $folder } has { $free }.{ $free_tenth } GB free, { $needed }.{ $needed_tenth } GB needed. Take a larger drive
checks-target-ok = { $folder }: written and read without errors, { $free }.{ $free_tenth } GB free
