# The file as a whole
file-missing = There is no file { $file }. Check its path and name
file-unreadable = Can't read the file { $file }: { $detail }. Check its permissions and the medium
file-not-ordinary = { $file } is not an ordinary file. Name a file, not a folder
file-too-long = The file { $file } is larger than 1 MiB. It is probably the wrong file
file-not-utf8 = { $file }, line { $line }: the text is not UTF-8. Save the file as UTF-8
file-faults = The file { $file } has { $count } faults and was not accepted. Mend every fault listed

# Faults in the file
fault-syntax = { $file }:{ $line }: not written by the rules of TOML: { $detail }. Mend this line
fault-unknown-key = { $file }:{ $line }: { $key }: there is no such key. Delete it or mend its name; possible here: { $known }
fault-missing = { $file }:{ $line }: { $key }: this key is missing. Add it
fault-type = { $file }:{ $line }: { $key }: wanted { $wanted ->
        [string] a text in quotes
        [integer] a whole number without quotes
        [boolean] true or false without quotes
        [table] a table: [section] or {"{"} … {"}"}
       *[array] a list in square brackets
    }, found something else
fault-empty = { $file }:{ $line }: { $key }: empty. Write a text
fault-too-long = { $file }:{ $line }: { $key }: the text is too long. Shorten it to { $max } characters
fault-control = { $file }:{ $line }: { $key }: the text has a line break or an invisible character. Write it in one line
fault-choice = { $file }:{ $line }: { $key }: the value “{ $text }” is unknown. Possible: { $known }
fault-range = { $file }:{ $line }: { $key }: the number is out of range. Give one from { $min } to { $max }
fault-odd = { $file }:{ $line }: { $key }: the number is odd. Width and height of the picture have to be even
fault-count = { $file }:{ $line }: { $key }: wanted { $min } to { $max } values. Check the list
fault-id = { $file }:{ $line }: { $key }: “{ $text }” won't do. Wanted here: { $kind ->
        [region-code] a region code, up to 8 characters: letters a–z, digits
        [exam-point-code] an exam point code, up to 12 characters: letters a–z, digits
        [station-name] a station name, up to 16 characters: letters a–z, digits, hyphen
        [room-number] a room number, 2 to 6 characters: digits, letters A–Z
        [camera-name] a camera name, up to 32 characters: letters a–z, digits, hyphen
        [person-id] a person's id, up to 32 characters: letters a–z, digits, hyphen
        [phase-id] a phase id, up to 32 characters: letters a–z, digits, hyphen
        [checklist-id] a checklist id, up to 48 characters: letters a–z, digits, hyphen
        [step-id] a step id, up to 48 characters: letters a–z, digits, hyphen
       *[other] up to 64 characters: letters a–z, digits, hyphen
    }
fault-source = { $file }:{ $line }: { $key }: the camera's source is not understood. Write usb:…, rtsp://user:password@host/path, file:… or pattern:…; in a password, / is written %2F and @ is written %40
fault-microphone = { $file }:{ $line }: { $key }: the microphone is not understood. Write "any" or "alsa:" and a part of its name
fault-sound-source = { $file }:{ $line }: { $key }: this source brings no sound of its own. Name a microphone instead: microphone = "any"
fault-two-sounds = { $file }:{ $line }: { $key }: sound comes with the pictures already. Keep either sound or microphone
fault-time-zone = { $file }:{ $line }: { $key }: the time zone “{ $text }” is unknown. Write, for example, Europe/Moscow
fault-time = { $file }:{ $line }: { $key }: “{ $text }” is no time of day. Write hours and minutes, for example 10:00
fault-month-day = { $file }:{ $line }: { $key }: “{ $text }” is no day of the year. Write month and day, for example 03-01
fault-date = { $file }:{ $line }: { $key }: “{ $text }” is no date. Write year, month and day, for example 2026-05-29
fault-version = { $file }:{ $line }: { $key }: “{ $text }” is no version number. Write numbers with dots between, for example 5.1
fault-code-hash = { $file }:{ $line }: { $key }: this is no hash of a code. Take the whole line that invigil point code prints
fault-recipient = { $file }:{ $line }: { $key }: not an age recipient. Ask the regional centre for the line that begins with age1, and copy all of it
fault-folder = { $file }:{ $line }: { $key }: the folder's full path is needed, for example /srv/backup/daily
fault-full-path = { $file }:{ $line }: { $key }: the file's full path is needed, for example /srv/standard.txt
fault-subnet = { $file }:{ $line }: { $key }: “{ $text }” is not a network. For example 192.168.0.0/24, or one address 192.168.0.5
fault-address = { $file }:{ $line }: { $key }: “{ $text }” is not an address. For example 192.168.0.1
fault-same-folder = { $file }:{ $line }: { $key }: daily and cumulative are the same folder. Name two different ones
fault-twice = { $file }:{ $line }: { $key }: “{ $text }” stands already in line { $first }. Give another name or delete one of the two
fault-unknown-room = { $file }:{ $line }: { $key }: there is no room “{ $text }” in rooms. Add it or mend the number
fault-zone = { $file }:{ $line }: { $key }: not the zone of room { $room }. Mend this key or delete it
fault-role = { $file }:{ $line }: { $key }: there is no such role. Possible: { $known }
fault-phase-order = { $file }:{ $line }: { $key }: the phase is earlier than the one before ({ $before } min). Put the phases in the order of the day
fault-results-of-no-use = { $file }:{ $line }: { $key }: the days to the results count only together with keep_days_after_results
fault-room-length = { $file }:{ $line }: { $key }: write all room numbers equally long, as { $text } is; put zeros in front
fault-too-few-cameras = { $file }:{ $line }: { $key }: room { $room } has { $count } of { $wanted } cameras{ $sound ->
        [wanted] { " " }with sound
       *[any] { "" }
    }
fault-nobody = { $file }:{ $line }: { $key }: nobody in people has the right { $right }. Give it to a role that somebody has
fault-second-person = { $file }:{ $line }: { $key }: only one and the same person can have access and sign as the second. Give second_sign to somebody else too
fault-checklist-id = { $file }:{ $line }: { $key }: not the name of the file. Write id = "{ $text }", or rename the file
fault-check-missing = { $file }:{ $line }: { $key }: the computer does this step, but no check is named. Add check, or write kind = "manual"
fault-check-unwanted = { $file }:{ $line }: { $key }: a person does this step, there is nothing to check. Delete check, or write kind = "both"
fault-check-in-day = { $file }:{ $line }: { $key }: the view of the cameras is approved on the exam day itself. Move the step to a checklist of that day
fault-photo-in-day = { $file }:{ $line }: { $key }: a picture is kept in the archive of an exam day. Delete the key, or move the step to a checklist of that day
fault-span-main = { $file }:{ $line }: { $key }: this checklist is gone through on the exam day. Delete span
fault-span-round = { $file }:{ $line }: { $key }: a round is repeated on the exam day alone. Delete every_minutes, or span
fault-for-each-clash = { $file }:{ $line }: { $key }: “{ $text }” may be the same as a repetition of the step “{ $many }” (line { $first }). Give another name
fault-nobody-confirms = { $file }:{ $line }: { $key }: nobody confirms this step. Delete the key, or write kind = "both"
fault-placeholder = { $file }:{ $line }: { $key }: nothing stands for “{ $text }”. Possible here: { $known }
fault-placeholder-missing = { $file }:{ $line }: { $key }: the repetitions look the same. Write { $text } in the title

refused-login-moved = The mark { $mark } stands for the user name and password of a camera with another address. Type those for this address anew.

# invigil point
checklist-sound = { $file }: { $steps } steps, no fault found.
checklist-all-sound = The checklists of the data folder and the built-in ones have no fault.
point-saved = { $file }: saved, the station goes by this profile
point-sound = { $file }: no faults
point-file-demo = built-in example
point-show-point = Point { $region }-{ $point } ({ $station }): { $name }, { $address }
point-show-exam = { $subject }, starts at { $start }, { $minutes } min, time zone { $zone }
point-show-rooms = Rooms: { $count }
point-show-cameras = Cameras: { $count }
point-show-people = People: { $count }
point-show-phases = Phases of the day: { $count }
point-example-written = Written: { $file }
point-example-not-written = { $file } can't be written: { $detail }. Name an empty folder: --to
