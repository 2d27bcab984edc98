# Printed forms: the words on each, and refusals.
form-yes = yes
form-no = no
form-page = Page { $page } of { $pages }
form-footer = { $form } · version { $version } · { $of } · journal records: { $records } · SHA-256 { $hash }…
form-signature = signature
form-name = name
form-part-beside = stands in { $file }: part 00 can't hold its own hash
form-no-medium = folder on the recorder, no medium of its own
form-no-serial = the medium tells none
form-about = About this form
form-other = The definition of “{ $definition }” does not fit the data of “{ $data }”. Take it out of the folder forms.
form-too-long = The form has { $rows } rows, and holds { $max } at most. Print it in pieces.
form-not-made = The form could not be made: { $detail }. Check its definition with: invigil form lint
form-listed = { $form } — { $title }{ $known ->
        [yes] {""}
       *[no] {" "}(can't be filled in yet)
    }
form-written = Form written: { $file }
form-not-written = The form can't be written to { $file }: { $detail }. Name another file: --out
form-unknown = There is no form “{ $form }”. There are: { $known }
form-too-early = The form “{ $form }” can't be filled in yet: what it tells of has not happened. Once it has, the form can be made.
form-sound = The definitions are in order: { $forms } forms, { $own } of them your own.
form-stranger = { $file }: there is no such form. Name the file like a form of invigil form list, with .toml at its end
print-queued = The form “{ $form }” is in the print queue: { $job }
print-stopped = The printer is not printing now: { $reason }. The form comes out once it works again.
print-no-program = This computer has no program that prints, lp. Install CUPS, or save the form as PDF.
print-no-service = The print service does not answer. Start it (on Linux: systemctl start cups) and try again, or save the form as PDF.
print-too-long = The print queue does not answer. Check the print service and try again.
print-no-printer = No printer is set up as the usual one. Choose one in the list or in the computer's settings (in commands: --printer).
print-no-such-printer = There is no printer “{ $printer }”. See the names with: lpstat -p
print-refused = The printer did not take the form: { $detail }. Check it and try again.
form-no-point = There is no journal of a point in { $folder }. Start the station first.
form-no-day = There is no exam day yet. Begin it first.
form-archive = Filled in from an archive. Verification of the archive: { $verdict } — { $verdict ->
        [VALID] everything is there and unchanged
        [INCOMPLETE] what is there is unchanged, but something is missing
        [TAMPERED] something was changed after the sealing
       *[CANNOT_VERIFY] it can't be verified
    }. In detail: invigil verify
form-archive-unreadable = The day's journal can't be read in the archive { $folder }. Name the folder that has all parts of the archive.
form-not-in-archive = The point's journal is not in the archive, so this form can't be filled in from it. As it was on that day it lies finished in part 00: data/forms
print-no-file = The file to print can't be written: { $detail }. Look whether the disk has room.
fault-labels = { $file }:{ $line }: { $key }: the labels don't fit on an A4 page: they take { $wide } × { $high } µm. Make them smaller or fewer, or mend the margins.
fault-brace = { $file }:{ $line }: { $key }: “{"{"}” is not followed by “{"}"}”. A field is written {"{"}point{"}"}

# The window: printing and saving forms
paper-not-saved = The form can't be saved in { $folder }: { $detail }. Look whether there is room, and whether the medium is still in.
refused-paper-unknown = There is no form “{ $form }”.
ui-papers-print = Print…
ui-papers-save = Save as PDF…
ui-papers-print-title = Print a form
ui-papers-save-title = Save a form as PDF
ui-papers-print-go = Print
ui-papers-save-go = Save
ui-papers-leave = Go back
ui-papers-which = Which form
ui-papers-printer = Printer
ui-papers-usual = The usual printer
ui-papers-looking = Looking for printers…
ui-papers-none = No other printers are seen. If another one is meant, look whether it is on.
ui-papers-where = Where to
ui-papers-to = { $name } ({ $path })
ui-papers-here = This computer ({ $path })
ui-papers-working = The form is being made…
ui-papers-queued = Sent to the printer { $job }
ui-papers-saved = Saved: { $path }
ui-papers-failed = That did not work
ui-papers-form = { $form ->
    [opening-act] Opening act
    [readiness-act] Readiness act
    [check-report] Check report
    [access-log-a] Access log of the cabinet (form A)
    [access-log-b] Access log of the video equipment (form B)
    [requests] Log of requests
    [operation-log] Operation log
    [explanatory-note] Explanatory note
    [outage-record] Times without video
    [functioning] Report on functioning
    [closing-act] Closing act
    [copies] Copies' verification
    [handover-act] Handover act
    [preparation-act] Readiness of the point
    [briefing-sheet] Familiarisation sheet
    [equipment-list] Equipment list
    [equipment-movements] Movements
    [labels] Labels
   *[other] { $form }
}
