"""An emulated computer with a screen, a keyboard and a root shell at a serial port."""

import base64
import json
import os
import pathlib
import re
import shlex
import socket
import subprocess

from screen import Screen, Silent


class Computer:
    def __init__(self, parts, tree, work, pictures):
        self.work, self.pictures = pathlib.Path(work), pictures
        command = ["qemu-system-x86_64", "-accel", accelerator(), "-M", "q35", "-cpu", "max"]
        command += ["-smp", "2", "-m", "2048", "-nodefaults", "-no-user-config", "-display", "none"]
        command += ["-kernel", f"{parts}/vmlinuz", "-initrd", f"{parts}/initrd"]
        command += ["-append", "root=/dev/vda console=ttyS0 console=tty0 quiet consoleblank=60"]
        # What is written to the disk is forgotten at the end, but not at a restart.
        command += ["-drive", f"file={parts}/disk,format=raw,if=virtio,snapshot=on"]
        command += ["-virtfs", f"local,path={tree},mount_tag=tree,security_model=none,readonly=on"]
        command += ["-device", "virtio-vga", "-vnc", f"unix:{work}/screen,reverse=on"]
        command += ["-device", "virtio-keyboard-pci", "-device", "virtio-tablet-pci"]
        command += ["-serial", f"file:{work}/console.log", "-mon", "chardev=qmp,mode=control"]
        command += ["-chardev", f"socket,id=qmp,path={work}/qmp"]
        command += ["-chardev", f"socket,id=control,path={work}/control"]
        command += ["-device", "virtio-serial-pci", "-device", "virtserialport,chardev=control,name=control"]
        ends = [self._end(name) for name in ("control", "qmp", "screen")]
        self.qemu = subprocess.Popen(command, stderr=open(self.work / "qemu.log", "w"))
        try:
            self.port, qmp, screen = [end.accept()[0] for end in ends]
        except TimeoutError:
            raise Silent("QEMU did not start: " + (self.work / "qemu.log").read_text()) from None
        self.control, self.qmp = self.port.makefile("rw"), qmp.makefile("rw")
        self.qmp.readline()
        self.tell("qmp_capabilities")
        self.screen = Screen(screen)

    def _end(self, name):
        """Where QEMU will call."""
        end = socket.socket(socket.AF_UNIX)
        end.bind(str(self.work / name))
        end.listen()
        end.settimeout(60)
        return end

    def tell(self, command, **arguments):
        """Has QEMU do this."""
        self.qmp.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.qmp.flush()
        while True:
            answer = json.loads(self.qmp.readline())
            if "error" in answer:
                raise Silent(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def booted(self, limit=600):
        """Waits until the root shell is there, after a restart the new one."""
        while self._line(limit) != "ready":
            pass

    def run(self, command, limit=120):
        """Runs this as root; its status and what it said."""
        self.start(f"timeout {limit} bash -c {shlex.quote(command)}")
        said = base64.b64decode(self._line(limit + 60)).decode(errors="replace")
        said, _, status = said.strip().rpartition(":")
        return int(status), said.strip()

    def start(self, command):
        """Runs this as root, whose end is not heard of."""
        self.control.write(base64.b64encode(command.encode()).decode() + "\n")
        self.control.flush()

    def _line(self, limit):
        self.port.settimeout(limit)
        try:
            return self.control.readline().strip()
        except TimeoutError:
            raise Silent(f"the computer has not answered for {limit} s") from None

    def keys(self, *chords):
        """Presses these one after the other; `ctrl-equal` is two at once."""
        for chord in chords:
            keys = [{"type": "qcode", "data": key} for key in chord.split("-")]
            for down, order in ((True, keys), (False, keys[::-1])):
                events = [{"type": "key", "data": {"down": down, "key": key}} for key in order]
                self.tell("input-send-event", events=events)

    def point_at(self, x, y):
        """Lays the pointer there, in parts of 32768."""
        axes = [{"type": "abs", "data": {"axis": axis, "value": value}} for axis, value in (("x", x), ("y", y))]
        self.tell("input-send-event", events=axes)

    def picture(self, name):
        self.tell("screendump", filename=str(self.pictures / f"{name}.png"), format="png")

    def off(self):
        self.qemu.terminate()
        self.qemu.wait()


def accelerator():
    """KVM where the processor has it; a /dev/kvm alone promises nothing."""
    has = re.search(r"^flags.*\b(vmx|svm)\b", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    return "kvm" if has and os.access("/dev/kvm", os.R_OK | os.W_OK) else "tcg,thread=multi"
