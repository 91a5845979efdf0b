"""A tool of the system that runs for as long as its stdin is held open."""

import os
import subprocess
import threading
from collections.abc import Sequence


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
