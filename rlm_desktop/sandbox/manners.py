"""Tells a program in words that it tried something forbidden.

An audit hook, loaded next to untrusted code: standard library only. It is here for the clear
message, not for safety: code that gets round it meets the jail, which is in the kernel.
"""

import sys
from collections.abc import Callable
from typing import Any

from rlm_desktop.sandbox.explaining import PROGRAM_PREFIX

_MOST_TOLD = 20
_SHOWN_CHARS = 120

#: Events of sys.audit by prefix; the longest that fits is taken.
_ACTS = {
    "open": "open a file",
    "os.": "change or look at files or processes",
    "os.system": "run a command",
    "os.exec": "run a program",
    "os.posix_spawn": "run a program",
    "os.spawn": "run a program",
    "os.fork": "start a process",
    "os.kill": "send a signal",
    "os.listdir": "list a folder",
    "os.scandir": "list a folder",
    "os.remove": "delete a file",
    "os.rename": "rename a file",
    "os.mkdir": "make a folder",
    "os.putenv": "change the environment",
    "pty.spawn": "run a program",
    "subprocess.": "run a program",
    "socket.": "use the network",
    "urllib.": "use the network",
    "http.client.": "use the network",
    "ftplib.": "use the network",
    "smtplib.": "use the network",
    "ctypes.": "call into the system (ctypes)",
    "mmap.": "map memory",
    "shutil.": "change files",
    "tempfile.": "make a file",
    "glob.": "list a folder",
    "pathlib.": "list a folder",
    "fcntl.": "change an open file",
    "resource.": "change its limits",
    "signal.pthread_kill": "send a signal",
    "sqlite3.": "open a database",
    "webbrowser.": "open a browser",
    "msvcrt.": "change an open file",
    "winreg.": "use the registry",
    "syslog.": "write to the system log",
}
_NAMING = ("open", "os.", "subprocess.", "shutil.", "glob.", "pathlib.", "tempfile.", "sqlite3.")
_HARMLESS = ("os.listdrives", "os.add_dll_directory")


class Manners:
    """Refuses forbidden acts with a readable error, and reports the first of each program."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._told = 0

    def install(self) -> None:
        """From here on; an audit hook cannot be taken off."""
        sys.addaudithook(self._hear)

    def begin(self) -> None:
        """A new program begins: it may be told of again."""
        self._told = 0

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        # This runs at thousands of harmless events a second, so the frequent ones go first.
        head = event.partition(".")[0]
        if head not in _HEADS or event in _HARMLESS or _looks_up_a_program(arguments):
            return
        fitting = [prefix for prefix in _ACTS if event.startswith(prefix)]
        if not fitting:
            return
        act = _ACTS[max(fitting, key=len)]
        if event.startswith(_NAMING) and arguments and isinstance(arguments[0], (str, bytes)):
            act = f"{act} ({arguments[0][:_SHOWN_CHARS]!r})"
        self._told += 1
        if self._told <= _MOST_TOLD:
            self._report(f"tried to {act}")
        raise PermissionError(f"blocked: tried to {act}; programs may only use `context`")


def _looks_up_a_program(arguments: tuple[Any, ...]) -> bool:
    """Whether the interpreter itself looks for the source of a program, to show a syntax error."""
    name = arguments[0] if arguments else None
    return isinstance(name, str) and str.startswith(name, PROGRAM_PREFIX)


_HEADS = frozenset(prefix.partition(".")[0] for prefix in _ACTS)
