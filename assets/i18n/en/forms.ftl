# Printed forms: the words on each, and refusals.
form-yes = yes
form-no = no
form-page = Page { $page } of { $pages }
form-footer = { $form } · version { $version } · { $of } · journal records: { $records } · SHA-256 { $hash }…
form-signature = signature
form-name = name
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
form-too-early = The form “{ $form }” can't be filled in yet: what it tells of has not happened. See: invigil form list
form-sound = The definitions are in order: { $forms } forms, { $own } of them your own.
form-stranger = { $file }: there is no such form. Name the file like a form of invigil form list, with .toml at its end
print-queued = The form “{ $form }” is in the print queue: { $job }
print-stopped = The printer is not printing now: { $reason }. The form comes out once it works again.
print-no-program = This computer has no program that prints, lp. Install CUPS, or save the form: invigil form pdf
print-too-long = The print queue does not answer. Check the print service and try again.
print-no-printer = No printer is set up as the usual one. Choose one in the settings, or name it: --printer
print-no-such-printer = There is no printer “{ $printer }”. See the names with: lpstat -p
print-refused = The printer did not take the form: { $detail }. Check it and try again.
fault-brace = { $file }:{ $line }: { $key }: “{"{"}” is not followed by “{"}"}”. A field is written {"{"}point{"}"}
