### People: the first PIN, a forgotten one, stand-ins, the locked window, leaving the kiosk.

event-pin-renewed = New PIN for a forgotten one: { $person }. Reason: { $reason }
event-sign-in-paused = Wrong PIN { $failures } times in a row: { $person }, pause of { $seconds } s
event-person-replaced = Stand-in for the day: { $name }, { $post }, for { $replaced }. Reason: { $reason }
event-screen-locked = Window locked: { $person } did not touch it
event-kiosk-left = The program’s window was left under supervision. Reason: { $reason }

refused-wait = Too many wrong PINs. Wait { $seconds } s. If the PIN is forgotten, call the head of the point.
refused-wrong-and-wait = Wrong PIN. The attempt is in the journal. The next one may be made in { $seconds } s.
refused-wrong-code = Wrong code. The attempt is in the journal. Enter the digits from your envelope again.
refused-code-needed = The first sign-in takes the one-time code from the envelope.
refused-no-first-code = This person needs no code. Choose yourself in the list and choose a PIN.
refused-own-supervision = This takes somebody else: nobody confirms it for themselves.
refused-away = Somebody stands in for { $name } today, and signs in instead.
refused-observer = An observer only looks. Please tell the technician.
refused-many-stand-ins = No more than { $max } stand-ins a day.

ui-sign-in-code = One-time code
ui-sign-in-code-text = { $name }, enter the 12 digits from your envelope. Then you choose your own PIN.
ui-sign-in-witness-text = { $name }, this is your first sign-in. Call the head of the point, who confirms that it is you. Choose at least four digits and tell nobody.
ui-sign-in-wait = Wait { $time }
ui-sign-in-wait-text = The PIN was wrong several times. The attempts are in the journal. If it is forgotten, press “PIN forgotten”.
ui-sign-in-locked = The window is locked
ui-sign-in-locked-text = { $name } has not touched the window for a while. Recording goes on. Enter the PIN, or choose yourself in the list.
ui-sign-in-forgotten = PIN forgotten
ui-sign-in-stand-in = Somebody stands in for this person

ui-new-pin-title = New PIN: { $name }
ui-new-pin-text = Call the head of the point or a commission member, who enters their PIN at the end. All of it is in the journal.
ui-new-pin-reason = Why a new PIN is needed
ui-stand-in-title = Stand-in for { $name }
ui-stand-in-text = Somebody else does this work today. The head of the point or a commission member confirms it with their PIN.
ui-stand-in-name = Full name of the stand-in
ui-stand-in-reason = Why somebody has to stand in
ui-new-pin-next = Continue
ui-new-pin-choose = Choose a PIN: at least four digits
ui-new-pin-again = Enter the same digits again
ui-new-pin-go = Done

ui-kiosk-title = Leave the program?
ui-kiosk-text = The computer’s screen will be open. The head of the point allows it with their PIN, and the reason stays in the journal.
ui-kiosk-records = Cameras are recording, and go on without the window.
ui-kiosk-reason = Why the program is left
ui-kiosk-go = Leave

cli-point-code = Code (on paper in an envelope, for this person alone): { $code }
cli-point-code-line = Line for this person’s [[people]] in profile.toml:
