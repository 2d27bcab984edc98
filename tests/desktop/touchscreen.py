"""A touchscreen made of software: nobody sees what is shown on it, and its finger taps where it is told to.

  touchscreen.py PROGRAM…    runs a program that shows itself on a Wayland display: on this one, which offers
                             a screen of shared memory and touch, and nothing else; ends when the program does
  finger                     a datagram socket in XDG_RUNTIME_DIR: each "X Y" sent to it is a tap there

A Wayland display takes requests (object, opcode, arguments) and tells events in the same form; the numbers below
are those of the protocol (wayland.xml, xdg-shell.xml).
"""

import asyncio
import os
import socket
import struct
import subprocess
import sys
import time

# Shown at the registry, with the version of each.
GLOBALS = [("wl_compositor", 4), ("wl_shm", 1), ("xdg_wm_base", 1), ("wl_seat", 5)]
NOTHING, CAN_TOUCH = 0, 4
# Requests that end their object.
ENDS = {
    ("wl_surface", 0),
    ("wl_region", 0),
    ("wl_shm_pool", 1),
    ("wl_buffer", 0),
    ("xdg_surface", 0),
    ("xdg_toplevel", 0),
    ("wl_touch", 0),
}
# Requests that make an object, with its number first: what it is.
MAKES = {
    ("wl_display", 1): "wl_registry",
    ("wl_compositor", 0): "wl_surface",
    ("wl_compositor", 1): "wl_region",
    ("wl_shm", 0): "wl_shm_pool",
    ("wl_shm_pool", 0): "wl_buffer",
    ("xdg_wm_base", 2): "xdg_surface",
    ("xdg_surface", 1): "xdg_toplevel",
    ("wl_seat", 2): "wl_touch",
}
FRAME_S = 1 / 60
# So long a finger stays, at the least.
TAP_S = 0.08


class Display:
    def __init__(self, loop, client, finger):
        self.loop, self.client, self.finger = loop, client, finger
        self.objects = {1: "wl_display"}
        self.unread = b""
        self.serial = 0
        # Of each surface what is attached to it, until it is shown.
        self.attached = {}
        self.seat = self.window = self.touch = None
        loop.add_reader(client, self.listen)
        loop.add_reader(finger, self.tap)

    def tell(self, object, opcode, *arguments):
        body = b"".join(told(argument) for argument in arguments)
        try:
            self.client.sendall(struct.pack("=IHH", object, opcode, 8 + len(body)) + body)
        except OSError:
            self.loop.stop()

    def listen(self):
        data, descriptors, _, _ = socket.recv_fds(self.client, 65536, 64)
        # Memory to be drawn from, which nobody looks at.
        for descriptor in descriptors:
            os.close(descriptor)
        if not data:
            self.loop.stop()
        self.unread += data
        while len(self.unread) >= 8:
            object, opcode, size = struct.unpack_from("=IHH", self.unread)
            if len(self.unread) < size:
                break
            body, self.unread = self.unread[8:size], self.unread[size:]
            self.take(object, (self.objects[object], opcode), body)

    def take(self, object, request, body):
        first = struct.unpack_from("=I", body)[0] if body else None
        if request in ENDS:
            self.end(object)
        if request in MAKES:
            self.objects[first] = MAKES[request]
        match request:
            case ("wl_display", 0):
                self.done(first)
            case ("wl_display", 1):
                for name, (interface, version) in enumerate(GLOBALS):
                    self.tell(first, 0, name, interface, version)
            case ("wl_registry", 0):
                self.bind(struct.unpack("=I", body[-4:])[0], GLOBALS[first][0])
            case ("wl_surface", 1):
                self.attached[object] = first
            case ("wl_surface", 3):
                if self.touch is None:
                    # wlroots 0.15 heeds no touchscreen that is there before it shows its first picture.
                    self.tell(self.seat, 0, CAN_TOUCH)
                self.loop.call_later(FRAME_S, self.done, first)
            case ("wl_surface", 6):
                if buffer := self.attached.pop(object, None):
                    self.tell(buffer, 0)
            case ("xdg_wm_base", 2):
                self.window = struct.unpack_from("=I", body, 4)[0]
            case ("xdg_surface", 1):
                # As large as it likes to be.
                self.tell(first, 0, 0, 0, b"")
                self.tell(object, 0, self.next())
            case ("wl_seat", 2):
                self.touch = first

    def bind(self, object, interface):
        self.objects[object] = interface
        if interface == "wl_shm":
            for form in (0, 1):
                self.tell(object, 0, form)
        elif interface == "wl_seat":
            self.seat = object
            self.tell(object, 0, NOTHING)
            self.tell(object, 1, "seat")

    def done(self, callback):
        self.tell(callback, 0, 0)
        self.tell(1, 1, callback)

    def end(self, object):
        del self.objects[object]
        self.tell(1, 1, object)

    def next(self):
        self.serial += 1
        return self.serial

    def tap(self):
        x, y = map(int, self.finger.recv(64).split())
        # One finger: the next tap waits for the end of this one.
        self.loop.remove_reader(self.finger)
        self.tell(self.touch, 0, self.next(), now_ms(), self.window, 0, x * 256, y * 256)
        self.tell(self.touch, 3)
        self.loop.call_later(TAP_S, self.lift)

    def lift(self):
        self.tell(self.touch, 1, self.next(), now_ms(), 0)
        self.tell(self.touch, 3)
        self.loop.add_reader(self.finger, self.tap)


def told(argument):
    """An argument as it goes over the wire."""
    if isinstance(argument, int):
        return struct.pack("=I", argument)
    text = argument.encode() + b"\0" if isinstance(argument, str) else argument
    return struct.pack("=I", len(text)) + text + bytes(-len(text) % 4)


def now_ms():
    return time.monotonic_ns() // 1_000_000 & 0xFFFFFFFF


ours, theirs = socket.socketpair()
finger = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
finger.bind(os.path.join(os.environ["XDG_RUNTIME_DIR"], "finger"))
environment = os.environ | {"WAYLAND_SOCKET": str(theirs.fileno())}
program = subprocess.Popen(sys.argv[1:], env=environment, pass_fds=[theirs.fileno()])
theirs.close()
loop = asyncio.new_event_loop()
Display(loop, ours, finger)
loop.run_forever()
ours.close()
sys.exit(program.wait())
