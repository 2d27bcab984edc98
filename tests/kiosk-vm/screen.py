"""What an emulated computer shows, and what stands there."""

import select
import struct
import time

# The window's colour for what has the keyboard, in its light look: blue, green, red.
ACCENT = bytes((0x8C, 0x4E, 0x1F))


class Silent(Exception):
    """What was waited for did not come."""


class Screen:
    """What the computer shows, by QEMU's VNC server: it tells of every change (RFC 6143)."""

    RAW, RESIZED = 0, -223
    # The bar at the top, with the time and the free space, changes by itself.
    BAR = 64

    def __init__(self, end):
        self.socket = end
        self._exactly(12)
        self.socket.sendall(b"RFB 003.008\n")
        self._exactly(self._exactly(1)[0])
        self.socket.sendall(b"\1")  # no password
        self._exactly(4)
        self.socket.sendall(b"\1")  # shared
        width, height, _, name = struct.unpack(">HH16sI", self._exactly(24))
        self._exactly(name)
        # Four bytes a pixel: blue, green, red, nothing.
        pixels = struct.pack(">BBBBHHHBBBxxx", 32, 24, 0, 1, 255, 255, 255, 16, 8, 0)
        self.socket.sendall(b"\0\0\0\0" + pixels)
        self.socket.sendall(struct.pack(">BxHii", 2, 2, self.RAW, self.RESIZED))
        self._resize(width, height)

    def _exactly(self, length):
        data = bytearray()
        while len(data) < length:
            more = self.socket.recv(min(length - len(data), 1 << 20))
            if not more:
                raise Silent("the screen is gone")
            data += more
        return data

    def _resize(self, width, height):
        self.width, self.height = width, height
        self.pixels = bytearray(width * height * 4)
        self._request(0)
        self.asked = True

    def _request(self, only_changes):
        self.socket.sendall(struct.pack(">BBHHHH", 3, only_changes, 0, 0, self.width, self.height))

    def _hear(self, until):
        """One message of the server's; false when none came."""
        if not self.asked:
            # The empty clipboard keeps QEMU from looking ever more seldom.
            self.socket.sendall(b"\6" + bytes(7))
            self._request(1)
            self.asked = True
        if not select.select([self.socket], [], [], max(0, until - time.monotonic()))[0]:
            return False
        kind = self._exactly(1)[0]
        if kind == 3:  # clipboard
            self._exactly(struct.unpack(">xxxI", self._exactly(7))[0])
        if kind != 0:
            return True
        self.asked = False
        for _ in range(struct.unpack(">xH", self._exactly(3))[0]):
            x, y, width, height, encoding = struct.unpack(">HHHHi", self._exactly(12))
            if encoding == self.RESIZED:
                self._resize(width, height)
                continue
            for row in range(y, y + height):
                begin = (row * self.width + x) * 4
                self.pixels[begin : begin + width * 4] = self._exactly(width * 4)
        return True

    def wait(self, what, holds, limit):
        """Waits until `holds` of the screen's state."""
        until = time.monotonic() + limit
        while not holds(self):
            if not self._hear(until):
                raise Silent(f"not seen in {limit} s: {what}")

    def renew(self, limit=60):
        """Asks for all of it anew."""
        self._request(0)
        self.asked = True
        until = time.monotonic() + limit
        while self.asked:
            if not self._hear(until):
                raise Silent(f"the screen is not told for {limit} s")

    def pixel(self, x, y):
        at = (y * self.width + x) * 4
        return self.pixels[at : at + 3]

    def is_lit(self):
        """Hardly anything is black, and the corners are not."""
        corners = [(2, 2), (self.width - 3, 2), (2, self.height - 3), (self.width - 3, self.height - 3)]
        some = [self.pixel(x, y) for y in range(0, self.height, 16) for x in range(0, self.width, 16)]
        dark = sum(max(pixel) < 16 for pixel in some)
        return dark * 20 < len(some) and all(max(self.pixel(x, y)) >= 16 for x, y in corners)

    def is_ringed(self, place):
        """The left edge of the outline around what has the keyboard stands within 9 pixels from here."""
        x, y = place
        return any(self.pixel(x + more, y) == ACCENT for more in range(9))

    def dots(self, box):
        """How many digits of a PIN stand there, each a dark dot 14 pixels wide."""
        left, top, right, bottom = box
        most = 0
        for y in range(top, bottom, 2):
            runs, run = 0, 0
            for x in range(left, right):
                if max(self.pixel(x, y)) < 0x40:
                    run += 1
                else:
                    runs += 12 <= run <= 16
                    run = 0
            most = max(most, runs)
        return most

    def below_bar(self):
        return bytes(self.pixels[self.width * self.BAR * 4 :])
