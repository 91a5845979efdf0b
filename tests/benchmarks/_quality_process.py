"""A process with a time limit, of which nothing is left when it is over."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended. `exit_code` is None if it was killed at the limit."""

    exit_code: int | None
    output: str
    errors: str
    seconds: float


def run_limited(
    command: Sequence[str],
    seconds: float,
    *,
    words: str = "",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Run a command with `words` on its standard input, for so many seconds at most.

    Its output goes to files rather than pipes, which a grandchild that lives on could hold open.
    It has a session of its own: Ctrl+C is for us, and then all of it is killed too.
    """
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryFile() as errors,
    ):
        given.write(words.encode())
        given.seek(0)
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=given,
            stdout=output,
            stderr=errors,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
        exit_code: int | None = None
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                exit_code = process.wait(seconds)
        finally:
            if process.returncode is None:
                end_all(process)
        took = time.perf_counter() - began
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
    return Ended(exit_code, texts[0], texts[1], took)


def end_all(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process that leads its group, the group, and descendants in groups of their own."""
    descendants = []
    with contextlib.suppress(psutil.NoSuchProcess):
        descendants = psutil.Process(process.pid).children(recursive=True)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for each in descendants:
        with contextlib.suppress(psutil.NoSuchProcess):
            each.kill()
    process.wait()
