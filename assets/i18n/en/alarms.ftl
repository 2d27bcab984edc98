### Alarms: the history, the sound.

ui-alarms-open = History of alarms
ui-alarms-title = Today’s alarms
ui-alarms-close = Close
ui-alarms-none = There were no alarms today.
ui-alarms-seen = { $from }–{ $to }, seen at { $at }: { $who }
ui-alarms-unseen = { $from }–{ $to }, nobody marked it as seen

ui-sound-none = No sound: alarms are seen on the screen only. Plug in loudspeakers or turn the computer’s sound on. ({ $detail })
ui-sound-try = Play the alarm
