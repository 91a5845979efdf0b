"""A tool of the system that runs for as long as its stdin is held open."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence


def keeping_awake() -> Sequence[str]:
    """What keeps the computer awake until its stdin ends; empty if nothing here does."""
    if sys.platform == "darwin" and shutil.which("caffeinate"):
        return ("caffeinate", "-i", "cat")
    if sys.platform == "linux" and shutil.which("systemd-inhibit"):
        what, who = "--what=sleep:idle", "--who=RLM Desktop"
        return ("systemd-inhibit", what, who, "--why=A run goes on", "--mode=block", "cat")
    return ()


def hold(tool: Sequence[str], end: threading.Event) -> None:
    """Run a tool until `end` is set, or not at all if it cannot be started. Waits for its end."""
    quiet = subprocess.DEVNULL
    session = os.name == "posix"
    try:
        process = subprocess.Popen(
            tool, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, start_new_session=session
        )
    except OSError:
        return
    with process:
        end.wait()
        # Leaving closes its stdin, and waits for its end.
