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
check-disk-health = Health of the disks
check-power-saving = Sleep and screen
check-network = Network
check-wireless = Wi-Fi and Bluetooth
check-usb-media = USB media
check-software = Set of software
check-antivirus = Antivirus
check-ups = UPS
check-printers = Printers
check-test-page = Test page
check-scanners = Scanners
check-backups = Backups

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
checks-clock-not-kept = The clock says { $time } and nothing keeps it right. Switch time synchronisation on and see whether the time server answers
checks-clock-unknown = The clock says { $time }; whether anything keeps it right can't be told. Ask which service should
checks-clock-compared = The computer's clock says { $own }, the reference { $reference }: { $seconds } s apart
checks-clock-off = The computer's clock says { $own }, the reference { $reference }: { $seconds } s apart, { $most } s are allowed. Set the clock before recording starts and check again
checks-clock-jumped = The clock was set by { $seconds } s while the check ran. Find out who or what sets it, and check again

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
checks-memory-hot = It is { $celsius } °C inside the computer, { $most } °C are allowed. Clear its air vents, close the programs you don't need and repeat the check
checks-memory-no-sensor = Can't tell the computer's temperature. Feel whether its case is hot

# Medium for the copy
checks-target-none = No medium is chosen. Put in a drive, choose it and repeat the check
checks-target-missing = There is no folder { $folder }. Put in the drive or choose another one
checks-target-unknown = Can't tell how much space { $folder } has: { $detail }. Take the drive out and put it in again
checks-target-unwritable = Can't write to { $folder }: { $detail }. Switch the write protection off, or take another drive
checks-target-unreadable = What was written to { $folder } can't be read: { $detail }. Take another drive
checks-target-differs = What was read from { $folder } is not what was written. The drive is broken: take another one
checks-target-slow = { $folder } writes { $speed } KB/s, { $needed } are needed. Plug the drive in elsewhere, or take another one
checks-target-short = { $folder } has { $free }.{ $free_tenth } GB free, { $needed }.{ $needed_tenth } GB needed. Take a larger drive
checks-target-ok = { $folder }: written and read without errors, { $free }.{ $free_tenth } GB free

# Any program that a check asks
checks-program-missing = The program { $program } is not on this computer, so this can't be told. Install it, or look for yourself
checks-program-hangs = The program { $program } did not answer in time and was stopped. Repeat the check; if that doesn't help, look for yourself
checks-program-failed = The program { $program } answered with an error: { $detail }. Repeat the check; if that doesn't help, look for yourself
checks-program-unclear = The answer of the program { $program } makes no sense. Look for yourself
checks-file-unreadable = Can't read { $file }: { $detail }. Look for yourself

# Health of the disks
checks-disk-health-ok = { $count ->
        [one] { $count } disk says that it is well
       *[other] { $count } disks say that they are well
    }
checks-disk-health-none = No disk tells how it is. Ask whether the disk was looked at before the exam
checks-disk-health-silent = The disk { $disk } did not tell how it is: { $detail }. Reading it takes an administrator's rights
checks-disk-health-fails = The disk { $disk } ({ $model }) says that it is failing. Don't record on it: change to the spare computer
checks-disk-health-sectors = The disk { $disk } ({ $model }) has { $sectors } bad sectors. Change to the spare computer
checks-disk-health-worn = The disk { $disk } ({ $model }) is { $percent } % worn. Change to the spare computer
checks-disk-health-hot = The disk { $disk } ({ $model }) is at { $celsius } °C. Look at the computer's ventilation

# Sleep and screen blanking
checks-power-ok = The computer stays awake and its screen stays on
checks-power-sleeps = The computer may go to sleep: { $settings }. Switch sleep off in the power settings
checks-power-screen = The screen may go dark: { $settings }. Switch screen blanking off in the settings
checks-power-desktop = The power settings are kept by { $program } and can't be read. Open the computer's settings and switch sleep and screen blanking off
checks-power-unknown = Can't tell whether the computer will sleep. Open the power settings and switch sleep and screen blanking off

# Network
checks-network-none = No network is connected
checks-network-local = Connected: { $adapters }. There is no way out
checks-network-open = There is a way out: { $ways }
checks-network-on = The network is connected and should not be: { $adapters }. Pull the network cable and switch the adapters off
checks-network-way-out = There is a way out of the point's network: { $ways }. Cut this computer off the internet
checks-network-no-link = No network is connected. Plug the network cable in
checks-network-no-way-out = The network is connected, and there is no way out of it. Look at the gateway in the network settings
checks-network-gateway = The gateway should be { $wanted } and is { $ways }. Correct the network settings
checks-network-silent = The gateway { $gateway } does not answer. Look at the cable and the router
checks-network-strange = Network adapters that should not be there: { $adapters }. Take them out or switch them off
checks-network-address = Addresses outside the point's network: { $addresses }. Correct the network settings

# Wi-Fi and Bluetooth
checks-wireless-none = This computer has neither Wi-Fi nor Bluetooth
checks-wireless-off = Wi-Fi and Bluetooth are off
checks-wireless-allowed = A radio is on, and the point's profile lets it be
checks-wireless-wifi = Wi-Fi is on: { $adapters }. Switch it off in the computer's settings
checks-wireless-bluetooth = Bluetooth is on: { $adapters }. Switch it off in the computer's settings

# USB media
checks-usb-none = No USB media are plugged in
checks-usb-there = Plugged in: { $media }
checks-usb-strange = Media that should not be there: { $media }. Take them out
checks-usb-few = { $count } media are plugged in, { $needed } are needed. Put in the missing ones

# Set of software
checks-software-ok = { $count } programs are installed, all of them approved
checks-software-told = { $count } programs are installed, none of them forbidden. The profile has no list of what is approved
checks-software-no-list = There is neither dpkg nor rpm: nothing tells what is installed. Compare the set of software yourself
checks-software-running = Forbidden programs are running: { $names }. Close them and remove them from the computer
checks-software-forbidden = Forbidden programs are installed: { $names }. Remove them
checks-software-missing = Missing from the standard set: { $names }. Install them from the installation drive
checks-software-version = Not the right version: { $names }. Install the right one from the installation drive
checks-software-unapproved = { $count } programs are not of the standard set: { $names }. Remove them, or ask the head of the point to let them stand
checks-software-from-anywhere = Programs are running from users' folders: { $files }. Close them and find out whose they are

# Antivirus
checks-antivirus-ok = { $name } is running, its signatures are { $days } days old
checks-antivirus-none = There is no antivirus on this computer. Install one, or change to the spare computer
checks-antivirus-not-asked = There is no antivirus on this computer, and the point's profile asks for none
checks-antivirus-stopped = { $name } is installed and not running. Switch its protection on
checks-antivirus-old = { $name }: its signatures are { $days } days old, { $most } are allowed. Bring them up to date from a drive or the network before the exam
checks-antivirus-future = { $name }: its signatures are newer than the computer's clock. Look at the computer's date
checks-antivirus-unloaded = { $name }: its signatures are not loaded and their age is unknown. Bring them up to date
checks-antivirus-blind = { $name } did not find the EICAR test file. Bring its signatures up to date and switch its protection on
checks-antivirus-no-sample = The test file could not be written: { $detail }. See whether the disk has room

# UPS
checks-ups-ok = On mains power, { $percent } % charged, the battery lasts { $minutes } min
checks-ups-look = No UPS is connected to this computer by a data cable. Look at it yourself
checks-ups-silent = The UPS does not tell all of its state. Check its data cable and look at it yourself
checks-ups-off = The UPS does not feed the computer: it is off or bypassed. Switch it on
checks-ups-battery = The UPS runs on its battery. Plug it into the mains
checks-ups-replace = The UPS asks for a new battery. Take the spare UPS
checks-ups-charge = The UPS is { $percent } % charged, { $needed } % are needed. Leave it to charge and check again
checks-ups-short = The UPS's battery lasts { $minutes } min, { $needed } min are needed. Unplug what it need not feed, or take the spare UPS

# Printers
checks-printers-ok = { $count } printers are ready
checks-printers-not-asked = The point's profile asks for no printers at this computer
checks-printers-no-service = The printing service does not run. Restart the computer
checks-printers-missing = There is no printer { $name }. Connect it and switch it on
checks-printers-stopped = The printer { $name } is stopped or does not answer. Switch it on and end its pause
checks-printers-refuses = The printer { $name } takes no jobs. Let it in the printing settings
checks-printers-complains = The printer { $name } says: { $complaints }. Mend it and check again
checks-printers-supply = The printer { $name } has { $percent } % of ink or toner left. Change the cartridge
checks-test-page-printed = A test page was sent to { $count } printers. Look whether it is printed evenly
checks-test-page-by-hand = Print a test page on every printer yourself and look whether it is printed evenly
checks-test-page-unwritten = The test page could not be prepared: { $detail }. See whether the disk has room
checks-test-page-refused = The printer { $name } did not take the test page: { $detail }. Look at the printer
checks-test-page-stuck = The test page is stuck in the queue of the printer { $name }. See whether it is on and has paper

# Scanners
checks-scanners-ok = { $count } scanners work
checks-scanners-not-asked = The point's profile asks for no scanners at this computer
checks-scanners-few = { $count } scanners were found, { $needed } are needed. Connect the missing ones and switch them on
checks-scanners-fails = The scanner { $name } did not scan a page: { $detail }. Switch it off and on and check again

# Backups
checks-backups-ok = The backups are in place, { $count } packed days
checks-backups-not-asked = The point's profile asks for no backups
checks-backups-missing = There is no folder { $folder } for backups. Connect the disk that it is on
checks-backups-stale = { $folder } has no whole copy of the day { $day }. Make it again under “Archive”
checks-backups-unwritable = { $folder } can't be written to: { $detail }. Check the disk and its rights
checks-backups-full = { $folder } has { $free }.{ $free_tenth } GB free, today's copy takes { $needed }.{ $needed_tenth } GB. Make room

## What a check measured
ui-measured-antivirus = Antivirus
ui-measured-memory-free = Memory free
ui-measured-memory = Memory in all
ui-measured-charge = UPS charge, %
ui-measured-clock = Computer’s clock
ui-measured-offset = Computer’s time zone: minutes from UTC
ui-measured-offset-expected = Point’s time zone: minutes from UTC
ui-measured-clock-off = The clock differs by, s
ui-measured-reference = Exact time
ui-measured-synchronised = A time server keeps the clock
ui-measured-free = Free
ui-measured-needed = Needed
ui-measured-total = In all
ui-measured-tested = Written for a try
ui-measured-test-time = The try took, ms
ui-measured-read = Reading, KB/s
ui-measured-write = Writing, KB/s
ui-measured-further = Further faults
ui-measured-hottest = Highest temperature, °C
ui-measured-load = Processor in use, %
ui-measured-processors = Processor cores
ui-measured-processes = Processes running
ui-measured-packages = Programs installed
ui-measured-outside-list = Not on the list
ui-measured-unapproved = Programs not allowed
ui-measured-packed-days = Packed days
ui-measured-copied = Day { $of }: files in the copy, of { $count }
ui-measured-runtime = UPS battery lasts, min
ui-measured-ups = The UPS reports
ui-measured-scanners = Scanners
ui-measured-signatures = Virus signatures of
ui-measured-signatures-age = Age of the signatures, days
ui-measured-test-file = The antivirus finds the test file
ui-measured-ways-out = Way to the internet through
ui-measured-address = { $of }: address
ui-measured-bad-sectors = { $of }: bad sectors
ui-measured-celsius = { $of }: temperature, °C
ui-measured-complaints = { $of }: the printer reports
ui-measured-job = { $of }: number of the test page
ui-measured-link = { $of }: network link
ui-measured-medium = { $of }: medium
ui-measured-model = { $of }: model
ui-measured-page = { $of }: size of a scan in pixels
ui-measured-state = { $of }: printer
ui-measured-supplies = { $of }: ink or toner left, %
ui-measured-worn = { $of }: worn, %
ui-measured-frames = { $of }: frames looked at
ui-measured-rate = { $of }: frames a second
ui-measured-size = { $of }: size of the picture in pixels
ui-measured-bluetooth = Bluetooth { $of }
ui-measured-wifi = Wi-Fi { $of }
ui-measured-none = none
ui-measured-connected = connected
ui-measured-not-connected = not connected
ui-measured-missing = not found
ui-measured-yes = yes
ui-measured-no = no
ui-measured-on = on
ui-measured-off = off
ui-measured-ready = ready
ui-measured-stopped = stopped
ui-measured-unknown = unknown
