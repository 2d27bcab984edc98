# What the parts of the window say that every screen has.

ui-screen-help = Help
ui-scale = Size: { $percent } %

# Help
ui-help-search = Find in the guide
ui-help-found =
    { $count ->
        [0] Nothing was found. Try another word, or a part of it.
        [one] Found in one place
       *[other] Found in { $count } places
    }

# A button that has to be held
ui-hold = Hold it down for a second and a half
ui-hold-again = Press once more to confirm

# The keyboard on the screen
ui-keys-shift = Capital letter
ui-keys-letters = Letters
ui-keys-digits = Digits and signs
ui-keys-language = Other letters
ui-keys-space = Space
ui-keys-enter = Enter
ui-keys-away = Put the keyboard away

# Told in passing when it is done
ui-toast-access-opened = The access is open
ui-toast-access-closed = The access is closed
ui-toast-corrected = The correction is in the journal
ui-toast-code = The code is noted as written
ui-toast-reference = The camera’s view is approved
ui-toast-request-made = The request is recorded
ui-toast-request-passed = The request was passed on
ui-toast-request-resolved = The request is resolved
ui-toast-cabinet = The cabinet’s seals are in the journal
ui-toast-inventory = The register is up to date
ui-toast-handed-over = The handover is in the journal

# The gallery of all parts
ui-gallery-title = Parts of the window
ui-gallery-buttons = Buttons
ui-gallery-states = States and text
ui-gallery-banners = Banners
ui-gallery-fields = Fields
ui-gallery-choice = One of these
ui-gallery-tiles = Cameras
ui-gallery-day = The day and long work
ui-gallery-codes = Codes
ui-gallery-state = As it is
ui-gallery-text = What happened, and what to do about it, in a sentence or two that may take more than a line.
ui-gallery-go = Do it
ui-gallery-question = Shall it be done?
ui-gallery-refusal = It was refused, and this is why.
ui-gallery-toast = It was done
ui-gallery-show-question = Ask…
ui-gallery-show-danger = Ask what can’t be undone…
ui-gallery-show-toast = Tell in passing
ui-gallery-show-keyboard = Keyboard for every field
