"""A command of another program, run to its end."""

import subprocess
import tempfile
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from rlm_desktop.errors import Stopped

_POLL_SECONDS = 0.1
_KILL_AFTER_SECONDS = 2.0
_OUTPUT_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Finished:
    """How a command ended. `output` is the end of what it wrote to stdout and stderr; untrusted."""

    exit_code: int
    output: str


def running(
    command: Sequence[str], stop: threading.Event, environment: dict[str, str] | None = None
) -> Generator[None, None, Finished]:
    """Run a command, yielding some ten times a second until it ends.

    It gets no input. Its output goes to a file rather than a pipe, so that no thread has to
    empty it. It is ended when `stop` is set (Stopped is raised) or the generator is closed.
    Raises OSError if the program cannot be started.
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        try:
            while process.poll() is None:
                if stop.is_set():
                    raise Stopped
                yield
                stop.wait(_POLL_SECONDS)
        finally:
            _end(process)
        output.seek(max(0, output.seek(0, 2) - _OUTPUT_BYTES))
        return Finished(process.returncode, output.read().decode(errors="replace"))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End it if it still runs: asked first, so that it can clear up, then at once."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_KILL_AFTER_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
