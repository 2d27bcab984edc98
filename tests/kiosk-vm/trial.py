"""trial.py PARTS BROUGHT: what assets/kiosk promises, on the computer of `build`; a line for each fact.

Where something stands on the screen of 1280 by 800 is told by pixels: the window's light look at its usual size.
"""

import json
import pathlib
import re
import sys
import tempfile

from computer import Computer
from screen import Silent

PATIENCE = 300
IDLE = "busctl get-property org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager IdleHint"
SCREEN_ON = "/sys/class/drm/card*-Virtual-1/dpms"
DATA = "/home/invigil/.local/share/invigil"
WINDOW = "pgrep -u invigil -fx /usr/local/bin/invigil"
STATION = "pgrep -u invigil -f 'invigil .*station$'"
# Where the outline's left edge stands, in the order in which Tab comes by.
LANGUAGE, HELP = (1193, 33), (1133, 33)
SCREENS = [(7, 105 + 56 * row) for row in range(9)]
LEAVE, LOOK = (0, 759), (0, 702)
# The people, from the last one to the head of the point.
PEOPLE = [(244, 217 + 72 * row) for row in (4, 3, 2, 1)]
REASON = (316, 417)
CONSENTING = (251, 262)
SIGN_IN_DOTS, CONSENT_DOTS = (900, 205, 1170, 300), (720, 204, 990, 252)
PIN = "2580"
# The clock makes room for who is signed in.
CLOCK = range(860, 930)


class Trial:
    def __init__(self, computer):
        self.computer, self.screen = computer, computer.screen
        self.failed = 0

    def fact(self, text, holds, told=""):
        print(f"{'ok' if holds else 'NOT'}: {text}", flush=True)
        if not holds:
            self.failed += 1
            print(told, flush=True)

    def holds(self, text, command, limit=120):
        """A fact that a command tells by its status."""
        status, said = self.computer.run(command, limit)
        self.fact(text, status == 0, said)

    def says(self, command):
        return self.computer.run(command)[1]

    def see(self, what, holds):
        self.screen.wait(what, holds, PATIENCE)

    def press(self, key, what, holds):
        self.computer.keys(key)
        self.see(what, holds)

    def walk(self, key, places):
        """Comes from one place to the next with this key; each has to be seen before it is pressed again."""
        for place in places:
            self.press(key, f"{key} comes to {place}", lambda screen: screen.is_ringed(place))

    def type_pin(self, box):
        for count, digit in enumerate(PIN, 1):
            self.press(digit, f"{count} digits", lambda screen: screen.dots(box) == count)

    def set_up(self):
        readme = (brought / "assets/kiosk/README.md").read_text()
        lines = re.search("^```sh\n(.*?)^```", readme, re.M | re.S)[1]
        # This computer's graphics processor has no driver; the README has it so.
        drop_in = "/etc/systemd/system/invigil-kiosk.service.d"
        without = f"mkdir {drop_in} && printf '[Service]\\nEnvironment=WLR_RENDERER=pixman\\n' >{drop_in}/screen.conf"
        self.computer.run(without)
        status, said = self.computer.run(f"set -e; cd /root/invigil\n{lines}", 1800)
        self.fact("the README's lines run in one go", status == 0, said[-2000:])
        if status:
            raise Silent("there is nothing to try")

    def opens(self):
        self.see("the window", lambda screen: screen.is_lit())
        size = (self.screen.width, self.screen.height)
        self.fact("the window fills the screen", size == (1280, 800), str(size))
        self.holds("the unit is active", "systemctl is-active invigil-kiosk")
        self.holds("the window is the user's own", WINDOW)
        held = self.says("systemd-inhibit --list --no-legend")
        wanted = all(what in held for what in ("invigil", "idle", "sleep", "handle-lid-switch"))
        self.fact("it holds the computer awake", wanted, held)
        profile = self.says(f"stat -c '%U %a' {DATA} {DATA}/profile.toml").split("\n")
        self.fact("the profile is the user's alone", profile == ["invigil 700", "invigil 600"], str(profile))

    def signs_in(self):
        # No pointer lies on anything.
        self.computer.point_at(32700, 20000)
        self.walk("shift-tab", PEOPLE)
        self.press("ret", "the digits", lambda screen: screen.pixel(910, 560) != screen.pixel(810, 560))
        # With no button in front, Enter goes on.
        self.press("esc", "no outline", lambda screen: not screen.is_ringed(PEOPLE[-1]))
        for _ in ("chosen", "again"):
            self.type_pin(SIGN_IN_DOTS)
            self.press("ret", "no digits", lambda screen: screen.dots(SIGN_IN_DOTS) == 0)
        self.see("who is signed in", lambda screen: any(max(screen.pixel(x, 32)) < 0x40 for x in CLOCK))
        self.fact("a PIN typed on the keyboard signs in", True)
        before = self.screen.below_bar()
        self.press("f2", "another screen", lambda screen: screen.below_bar() != before)
        self.kept("screen", "check")
        self.fact("a key shows another screen", True)

    def kept(self, what, wanted):
        """Waits until the window has kept this."""
        has = f"grep -qE '\"{what}\":\"?{wanted}\\b' {DATA}/window.json"
        status, said = self.computer.run(f"until {has}; do sleep 0.2; done")
        if status:
            raise Silent(f"{what} {wanted}: {said}")

    def comes_back(self):
        station = self.says(STATION)
        # Each kill meets what the one before has left.
        compositor, inhibitor = "pgrep -x cage", "pgrep -x systemd-inhibit"
        for what, pid in (("it", WINDOW), ("it", WINDOW), ("cage", compositor), ("its inhibitor", inhibitor)):
            before = self.says(WINDOW)
            self.computer.run(f"kill -9 $({pid})")
            self.see("the window gone", lambda screen: not screen.is_lit())
            self.see("the window back", lambda screen: screen.is_lit())
            now = self.says(WINDOW)
            self.fact(f"{what} killed with -9, the window is back", now and now != before, f"{before} {now}")
            self.holds("and nobody is asked to log in behind it", "! systemctl is-active getty@tty1")
        same = self.says(STATION)
        self.fact("the station's process is the same", station and same == station, f"{station} {same}")
        self.kept("screen", "check")

    def stays_lit(self):
        """Longer than the computer's own patience with an idle screen, which is a minute here."""
        idle = "mkdir -p /etc/systemd/logind.conf.d; printf '[Login]\\nIdleAction=lock\\nIdleActionSec=60\\n'"
        self.computer.run(f"{idle} >/etc/systemd/logind.conf.d/idle.conf; systemctl kill -s HUP systemd-logind")
        self.holds("the console goes dark after a minute", "grep -qx 60 /sys/module/kernel/parameters/consoleblank")
        self.computer.run("sleep 90", 200)
        self.holds("untouched for longer than that, the computer is not idle", f"{IDLE} | grep -x 'b false'")
        self.holds("its screen is on", f"grep -qx On {SCREEN_ON}")
        self.screen.renew()
        self.fact("and shows the window", self.screen.is_lit())

    def is_left(self):
        station = self.says(STATION)
        self.computer.keys("ctrl-alt-f2")
        self.walk("tab", [LANGUAGE, HELP, *SCREENS, LEAVE])
        self.holds("no key leads to another console", "grep -qx tty1 /sys/class/tty/tty0/active")
        self.press("ret", "the question", lambda screen: max(screen.pixel(700, 600)) < 0xC0)
        self.walk("tab", [REASON])
        # Russian letters: да.
        self.computer.keys("alt-shift", "l", "f")
        self.see("the reason", lambda screen: any(max(screen.pixel(x, 418)) < 0x60 for x in range(328, 400)))
        self.press("ret", "who consents", lambda screen: screen.pixel(740, 280) != screen.pixel(700, 280))
        self.walk("tab", [CONSENTING])
        self.press("ret", "the digits", lambda screen: screen.pixel(300, 244) != screen.pixel(700, 244))
        self.type_pin(CONSENT_DOTS)
        self.press("ret", "the window gone", lambda screen: not screen.is_lit())
        self.over("left with a reason and a PIN,")
        record = self.says(f"grep -h kiosk_left {DATA}/point/journal/records.jsonl")
        entry = json.loads(record.split("\n")[-1] or "{}")
        right = entry.get("event") == {"type": "kiosk_left", "reason": "да"}
        self.fact("the journal has the reason as it was typed", right, record)
        same = self.says(STATION)
        self.fact("the station goes on", same == station, f"{station} {same}")
        dark = f"until grep -qx Off {SCREEN_ON}; do sleep 1; done"
        self.holds("the console goes dark again after its minute", dark, 150)
        self.holds("and the computer is idle", f"until {IDLE} | grep -x 'b true'; do sleep 1; done")
        self.holds("the window stays away", "! pgrep -x cage && ! systemctl is-active invigil-kiosk")

    def over(self, how):
        """Nothing of the kiosk is left, and the screen asks who logs in."""
        self.computer.run("until systemctl is-active getty@tty1; do sleep 0.5; done")
        state = self.says("for what in ActiveState Result; do systemctl show -P $what invigil-kiosk; done")
        self.fact(f"{how} the unit is over and has not failed", state.split() == ["inactive", "success"], state)
        self.holds("no cage, no Xwayland and no window is left", f"! pgrep -x 'cage|Xwayland' && ! {WINDOW}")
        held = self.says("systemd-inhibit --list --no-legend")
        self.fact("nothing holds the computer awake", "invigil" not in held, held)
        self.holds("the screen asks who logs in", "systemctl is-active getty@tty1")

    def restarts(self):
        self.computer.run("systemctl start invigil-kiosk")
        self.see("the window", lambda screen: screen.is_lit())
        self.fact("started again it is back", True)
        self.walk("tab", [LANGUAGE])
        self.computer.keys("ret")
        self.kept("language", "en")
        self.walk("tab", [HELP, *SCREENS, LEAVE, LOOK])
        self.computer.keys("ret")
        self.kept("look", "dark")
        self.computer.keys("f9")
        self.kept("screen", "settings")
        self.computer.keys("ctrl-equal", "esc")
        self.kept("scale", "125")
        before = self.says(f"cat {DATA}/window.json")
        self.computer.start("systemctl reboot")
        self.computer.booted()
        self.screen.renew()
        self.see("the window", lambda screen: screen.is_lit())
        self.holds("after a restart of the computer the unit is active", "systemctl is-active invigil-kiosk")
        now = self.says(f"cat {DATA}/window.json")
        self.fact("language, look, size and screen are the same", now == before, f"{before}\n{now}")

    def is_stopped(self):
        self.computer.run("systemctl stop invigil-kiosk")
        self.see("the window gone", lambda screen: not screen.is_lit())
        self.over("stopped by systemctl")


parts, brought = map(pathlib.Path, sys.argv[1:])
pictures = parts / "pictures"
pictures.mkdir(exist_ok=True)
with tempfile.TemporaryDirectory() as work:
    computer = Computer(parts, brought, work, pictures)
    trial = Trial(computer)
    try:
        computer.booted()
        steps = [trial.set_up, trial.opens, trial.signs_in, trial.comes_back, trial.stays_lit, trial.is_left]
        for step in [*steps, trial.restarts, trial.is_stopped]:
            step()
            computer.picture(step.__name__)
    except (Silent, OSError) as error:
        trial.fact(str(error), False)
        computer.picture("last")
    finally:
        computer.off()
print(f"pictures of the screen: {pictures}")
sys.exit(trial.failed > 0)
