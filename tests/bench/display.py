"""What the window costs on a display without a graphics card: Xvfb, and OpenGL drawn by the processor."""
import json
import os
import re
import shutil
import socket
import statistics
import struct
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
SIZE = (1366, 768)
PIN = "1357"
# Where things are drawn at this size: the head of the point, the PIN's digits and its button, the rail's Cameras.
HEAD, CAMERAS, ENTER = (538, 289), (100, 221), (1100, 583)
DIGITS = {"1": (1005, 311), "3": (1196, 311), "5": (1100, 379), "7": (1005, 447)}
# A drawn window has many colours; an empty one has few. Every so many pixels are looked at.
COLOURS, EVERY = 60, 31


class Display:
    """A screen in memory."""

    def __init__(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        size = "{}x{}x24".format(*SIZE)
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp", "-fbdir", folder],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.name = ":" + self.server.stdout.readline().strip()
        self.file = folder / "Xvfb_screen0"

    def pixels(self):
        bytes = self.file.read_bytes()
        header = struct.unpack(">I", bytes[:4])[0]
        return bytes[-SIZE[0] * SIZE[1] * 4:] if header else b""

    def colours(self):
        pixels = self.pixels()
        return len({pixels[at:at + 4] for at in range(0, len(pixels), 4 * EVERY)})

    def do(self, *command):
        environment = dict(os.environ, DISPLAY=self.name)
        subprocess.run(["xdotool", *map(str, command)], env=environment, check=True, stdout=subprocess.DEVNULL)

    def click(self, at):
        self.do("mousemove", *at, "click", 1)

    def end(self):
        self.server.terminate()
        self.server.wait()


class Station:
    """A station of its own with so many cameras, which it records."""

    def __init__(self, invigil, folder, cameras):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        example = subprocess.check_output([invigil, "point", "example"], text=True)
        head, rest = example.split("[[cameras]]", 1)
        tail = rest[rest.index("[[people]]"):]
        camera = ('[[cameras]]\nid = "camera-{0}"\nname = "Camera {0}"\nroom = "8001"\nsource = "pattern:{0}"\n'
                  'width = 640\nheight = 480\nframes_per_second = 15\nbits_per_second = 1_000_000\n\n')
        profile = head + "".join(camera.format(number) for number in range(1, cameras + 1)) + tail
        (folder / "profile.toml").write_text(profile)
        self.process = subprocess.Popen([invigil, "--data", folder, "station"], stdout=subprocess.DEVNULL)
        self.line = socket.socket(socket.AF_UNIX)
        path = folder / "station.sock"
        while True:
            try:
                self.line.connect(str(path))
                break
            except OSError:
                time.sleep(0.05)
        self.asked = 0
        head = {"person": "point-head", "pin": PIN}
        for command in ({"set_pin": head}, {"sign_in": head}, "plan_day", {"start_recording": {"cameras": []}}):
            self.ask(command)

    def ask(self, command):
        self.asked += 1
        request = json.dumps({"id": self.asked, "command": command, "approval": None}).encode()
        self.line.sendall(struct.pack("<I", len(request)) + request)
        while True:
            update = json.loads(self.take(struct.unpack("<I", self.take(4))[0]))
            answer = update.get("answer") if isinstance(update, dict) else None
            if answer and answer["id"] == self.asked:
                return answer

    def take(self, count):
        taken = b""
        while len(taken) < count:
            taken += self.line.recv(count - len(taken))
        return taken

    def end(self):
        self.line.close()
        self.process.terminate()
        self.process.wait()


def ticks(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def share(pid, seconds):
    """Of a core, in percent, over that time."""
    before = ticks(pid)
    time.sleep(seconds)
    return 100 * (ticks(pid) - before) / TICKS / seconds


def until(holds, seconds=20):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise SystemExit("the window did not get there")
        time.sleep(0.005)


def one(invigil, work, cameras, seconds, runs):
    """Seconds to the first frame, and what it costs signed in: at rest, and with the cameras' tiles."""
    station = Station(invigil, work / "window-data", cameras)
    display = Display(work / "window-screen")
    environment = dict(os.environ, DISPLAY=display.name, LIBGL_ALWAYS_SOFTWARE="1")
    environment.pop("WAYLAND_DISPLAY", None)
    begin = []
    for run in range(runs):
        until(lambda: display.colours() < COLOURS)
        started = time.monotonic()
        window = subprocess.Popen([invigil, "--windowed", "--data", work / "window-data"], env=environment,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: display.colours() >= COLOURS)
        begin.append(time.monotonic() - started)
        if run + 1 < runs:
            window.kill()
            window.wait()
    time.sleep(2)
    display.click(HEAD)
    time.sleep(1)
    for digit in PIN:
        display.click(DIGITS[digit])
        time.sleep(0.3)
    display.click(ENTER)
    time.sleep(3)
    display.do("mousemove", 700, 700)
    time.sleep(2)
    rest = share(window.pid, seconds)
    display.click(CAMERAS)
    time.sleep(5)
    first = display.pixels()
    tiles = share(window.pid, seconds)
    moved = sum(a != b for a, b in zip(first[::4 * EVERY], display.pixels()[::4 * EVERY]))
    if moved < 100:
        raise SystemExit("the tiles do not move: nobody is signed in?")
    window.kill()
    window.wait()
    display.end()
    station.end()
    return statistics.median(begin), rest, tiles
