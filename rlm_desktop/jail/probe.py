"""Whether the jail holds on this machine, found out by locking a process in and trying."""

import os
import sys

from rlm_desktop.jail import linux, trial
from rlm_desktop.jail.base import JailError, JailLimits

_MEMORY_BYTES = 1024**3
_REASON_BYTES = 4096


def why_not() -> str | None:
    """None if the jail holds here, otherwise the reason in a sentence.

    Starts a process of its own for the trial (about 50 ms) and waits for it.
    """
    reason = linux.unsupported()
    if reason is not None:
        return reason
    listening, speaking = os.pipe()
    try:
        # Spawned, not forked: a fork of a process with threads may hang.
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, "-I", "-m", __name__],
            {"LC_ALL": "C.UTF-8"},
            file_actions=[(os.POSIX_SPAWN_DUP2, speaking, 1)],
        )
    finally:
        os.close(speaking)
    with os.fdopen(listening, "rb") as stream:
        said = stream.read(_REASON_BYTES).decode(errors="replace")
    _, status = os.waitpid(child, 0)
    if status == 0:
        return None
    return said or f"the trial of the sandbox ended with status {status}"


def main() -> int:
    """Be the process of the trial: lock up, try to get out, and print what went wrong."""
    try:
        linux.lock(JailLimits(_MEMORY_BYTES))
    except JailError as error:
        sys.stdout.write(f"the sandbox cannot lock a process in on this machine: {error}")
        return 1
    broken = trial.breaches()
    if broken:
        sys.stdout.write(f"the sandbox does not hold here: a locked process could {broken[0]}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
