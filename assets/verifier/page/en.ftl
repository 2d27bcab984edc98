# The page's own words. What it says of faults, events and causes are the program's texts.

page-name = checking an archive without the program
page-title = Is the archive whole, and whose is it?
page-lead = Give this page the parts of an exam day’s archive. It checks every byte of them, shows what happened and plays the recordings. Nothing leaves this computer: the page is not able to use the network.

trust-title = A page that was brought on the same medium as the archive proves nothing
trust-why = Whoever could change the archive could change a page that lies beside it. Use a copy that you got beforehand and from somebody else, such as the regional centre.
trust-how = Compare the page’s fingerprint with the one you were told or that is printed: all 64 characters. The command “invigil verifier” prints it on a computer that you trust. These commands show it:
trust-offline = The page is one file that anybody can read. It works without a network; pull the cable out if you like.

drop-title = Put the parts of the archive here
drop-hint = All .zip files of the day, or their folder; signatures that lie beside them (.sshsig, .p7s) too. They are only read.
choose-files = Choose files
choose-folder = Choose a folder
chosen-open = never closed
chosen-encrypted = encrypted: open it first with “age -d”
chosen-signature = signature beside the archive
chosen-other = not a part, not looked at
clear = Choose others

act-label = Codes of the paper acts (if you have them)
act-placeholder = opening … closing … restarts …
act-hint = As the printed acts have them: opening code, closing code and the number of restarts.
signers-label = List of known keys (if you have it)
signers-choose = Choose the list
signers-hint = The regional centre’s “allowed signers” file. Without it the page can’t say whose key it is.
revoked-label = List of revoked keys (if you have it)
revoked-choose = Choose the list
revoked-hint = One public key a line. A signature by one of them counts for nothing.

start = Check
cancel = Stop
progress-left = { $seconds ->
    [one] about { $seconds } second left
   *[other] about { $seconds } seconds left
}
problem-act = The text of the acts is not understood. Write: opening CODE closing CODE restarts NUMBER
problem-signers = The list of keys can’t be used: line { $line } is not written as it should be.
problem-revoked = The list of revoked keys can’t be used: line { $line } is not a public key. Lists in OpenSSH’s binary form can’t be read here.
problem-revoked-alone = A list of revoked keys says who is not trusted. Choose the list of known keys too.
problem-encrypted = These parts are encrypted for the regional centre: that is no fault of the archive. Open each with: age -d -i KEY -o PART.zip PART.zip.age
problem-broken = The check ended too early and there is no verdict ({ $detail }). Are the files still there? Try again.
problem-browser = This browser can’t check Ed25519 signatures. Use a current Chromium, Chrome, Edge, Firefox or Safari.

verdict-valid = The archive is whole
verdict-incomplete = Something is missing
verdict-cannot-verify = This can’t be checked
verdict-tampered = The archive was changed
print = Print
save-report = Save the report

facts-title = What was checked
facts-paper = Hold the codes and the number of restarts against the paper acts: paper can’t be changed afterwards.
fact-station = Station of this day
fact-day = Exam day
fact-point = Exam point
fact-subject = Subject
fact-records = Records of the journal
fact-signer = Key of the station
fact-opening = Code of the opening act
fact-closing = Code of the closing act
fact-restarts = Restarts of the station
parts-title = Parts: { $count }
parts-file = File
parts-size = Size
parts-hash = SHA-256 of its tagmanifest-sha256.txt, as the closing act has it
size-b = { $value } B
size-kb = { $value } kB
size-mb = { $value } MB
size-gb = { $value } GB

faults-title = What is wrong
warnings-title = What should be known
findings-more = and { $count } more
show-place = Show
countersigned-title = Countersignatures

timeline-title = Recordings
timeline-camera = Camera
timeline-access = Access
timeline-sums = In figures
span-signed = As it was recorded
span-changed = Changed
span-missing = Not here
span-admitted = Outage, told by the journal
span-kept = Kept at the point
span-access = Access to the equipment
player-before = Previous
player-next = Next
player-intact = As it was recorded
player-changed = Not as it was recorded
player-problem = This browser can’t play the recording. The part is an ordinary ZIP: unpack it and use another player.

log-title = Journal
log-search = Search the journal
log-filter = Which records
log-filter-all = All records
log-filter-access = Access log
log-filter-trouble = Trouble and corrections
log-filter-people = What people did
log-time = Time
log-number = No.
log-event = What happened
log-who = Who
log-more = Show more
log-count = Shown: { $shown } of { $count }
log-left-out = These are the journal’s first records, { $shown }. The { $count } others only the program itself shows; all of them were verified.
access-number = No.
access-rooms = Rooms
access-from = From (typed, and by the clock)
access-to = To
access-action = Action and reason
access-person = Who
access-second = Second signer
access-result = Result
access-never-closed = Never closed

limits-title = What this proves, and what it can’t
limits-lead = Each measure has its limit. What is left to an administrator who was there from the first minute is caught by paper, and by people.
limits-checked = This page checks the ZIP’s form, the hashes and signatures of each part, the journal’s chain and checkpoints, every fragment of video by its hash, and the closing act. It does not decode the video itself.
limits-measure = Measure
limits-proves = What it proves
limits-leaves = What remains possible
limits-paper = What catches it
limit-bytes-measure = Signed lists of hashes
limit-bytes-proves = Not a bit of a part was changed, added or removed since it was closed; damage is named by the second.
limit-bytes-leaves = Signing all of it anew with another key.
limit-bytes-paper = The key’s fingerprint at the regional centre
limit-key-measure = The station’s key
limit-key-proves = That computer closed the archive.
limit-key-leaves = Whoever stole the key signs as that computer.
limit-key-paper = Closing act: its codes and the parts’ hashes
limit-chain-measure = The journal’s chain
limit-chain-proves = No record was changed, removed, inserted or moved.
limit-chain-leaves = Writing the whole day anew.
limit-chain-paper = Codes written down during the day
limit-epochs-measure = A key for each checkpoint, wiped after use
limit-epochs-proves = A later thief of the computer can’t rewrite what was already signed.
limit-epochs-leaves = Starting from nothing with keys of one’s own.
limit-epochs-paper = Opening act: the code of the first key
limit-codes-measure = A code every 30 minutes
limit-codes-proves = The day up to that moment was there at that moment, if it is in somebody’s handwriting.
limit-codes-leaves = Making up what lies between two codes.
limit-codes-paper = The head’s handwriting, the code held to a camera
limit-acts-measure = Opening and closing act
limit-acts-proves = It is the day that was opened and closed, with so many restarts.
limit-acts-leaves = Both signers agree to deceive.
limit-acts-paper = Copies with the head and with the commission
limit-seconds-measure = Countersignatures of two people
limit-seconds-proves = Two keys that never were in this computer saw this very archive.
limit-seconds-leaves = They sign what they did not look at.
limit-seconds-paper = The codes that they compare before they sign
limit-admin-measure = All of it together
limit-admin-proves = What was recorded is what is here.
limit-admin-leaves = A looped picture before the lens, a changed program, a clock that was wrong from the first minute.
limit-admin-paper = An observer, the code held to a camera, the program’s fingerprint, a wall clock in the picture
