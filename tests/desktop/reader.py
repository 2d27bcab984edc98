"""What a screen reader does: finds what a window shows by role and name alone, and presses it.

  reader.py < ORDERS     one order a line, its fields apart by tabs:
      wait   ROLE  NAME   until it is there
      press  ROLE  NAME   until it is there and can be pressed, then presses it
      touch  ROLE  NAME   until it is there, can be used and stands still, then taps it (touchscreen.py)
      gone   ROLE  NAME   until it is not there any more
      holds  ROLE  NAME  TEXT   until that stands in the field
      fill   ROLE  NAME  TEXT   writes it into the field, and waits until it stands there
      size                prints the window's size
      told                prints that all before it is done

Wants the accessibility bus of the session. Gives up after two minutes with what was there instead.
"""

import os
import socket
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

PATIENCE_S = 120


def nodes(node):
    """Everything below it; what goes away meanwhile is left out."""
    try:
        yield node
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if child is not None:
                yield from nodes(child)
    except GLib.Error:
        return


def everything():
    desktop = Atspi.get_desktop(0)
    # The tree changes behind the library's back.
    desktop.clear_cache()
    return nodes(desktop)


def described(node):
    try:
        return node.get_role_name(), node.get_name()
    except GLib.Error:
        return None


def find(role, name):
    deadline = time.monotonic() + PATIENCE_S
    while True:
        for node in everything():
            if described(node) == (role, name):
                return node
        if time.monotonic() > deadline:
            there = sorted({described(node) for node in everything()} - {None})
            sys.exit(f"no {role} {name!r} among {there}")
        # The bus has no signal for "anything changed".
        time.sleep(0.1)


def press(role, name):
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        node = find(role, name)
        try:
            states = node.get_state_set()
            if states.contains(Atspi.StateType.ENABLED) and node.get_n_actions() > 0:
                node.do_action(0)
                return
        except GLib.Error:
            pass
        time.sleep(0.1)
    sys.exit(f"{role} {name!r} can't be pressed")


def gone(role, name):
    deadline = time.monotonic() + PATIENCE_S
    while any(described(node) == (role, name) for node in everything()):
        if time.monotonic() > deadline:
            sys.exit(f"{role} {name!r} is still there")
        time.sleep(0.1)


def holds(role, name, text):
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            there = Atspi.Text.get_text(find(role, name), 0, -1)
        except GLib.Error:
            there = None
        if there == text:
            return
        time.sleep(0.1)
    sys.exit(f"{role} {name!r} holds {there!r}")


def fill(role, name, text):
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            field = find(role, name)
            if Atspi.Text.get_text(field, 0, -1) == text:
                return
            # A question that changes meanwhile may write its own into it once more.
            Atspi.EditableText.set_text_contents(field, text)
        except GLib.Error:
            pass
        time.sleep(0.1)
    sys.exit(f"{role} {name!r} can't be written into")


def window():
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            for node in everything():
                if described(node) and described(node)[0] == "frame":
                    extents = node.get_extents(Atspi.CoordType.WINDOW)
                    if extents.width > 0:
                        return extents
        except GLib.Error:
            # It was drawn anew meanwhile.
            pass
        time.sleep(0.1)
    sys.exit("no window")


def size():
    extents = window()
    print(extents.width, extents.height)


def touch(role, name):
    deadline = time.monotonic() + PATIENCE_S
    before = None
    while True:
        try:
            node = find(role, name)
            extents = node.get_extents(Atspi.CoordType.WINDOW)
            place = (extents.x, extents.y, extents.width, extents.height)
            if place == before and node.get_state_set().contains(Atspi.StateType.ENABLED):
                break
            before = place
        except GLib.Error:
            pass
        if time.monotonic() > deadline:
            sys.exit(f"{role} {name!r} can't be touched")
        time.sleep(0.1)
    x, y = extents.x + extents.width // 2, extents.y + extents.height // 2
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as finger:
        finger.connect(os.path.join(os.environ["XDG_RUNTIME_DIR"], "finger"))
        finger.send(f"{x} {y}".encode())


Atspi.init()
for line in sys.stdin:
    order, *fields = line.rstrip("\n").split("\t")
    orders = {"wait": find, "press": press, "touch": touch, "gone": gone, "size": size}
    orders |= {"holds": holds, "fill": fill, "told": lambda: print("told", flush=True)}
    orders[order](*fields)
