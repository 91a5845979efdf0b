"""Running the steps of a bootstrap: what is said, how long it took, where the log is."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_HEARTBEAT_SECONDS = 15.0
_TAIL_LINES = 40


class StepFailed(Exception):
    """A step cannot be done. The text is for the user: what, and what to do."""


def say(text: str) -> None:
    print(text, flush=True)


def minutes(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60:02} s" if whole >= 60 else f"{whole} s"


def call(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> int:
    """Run a command that speaks for itself, and return its exit code."""
    return subprocess.run(
        list(map(str, command)), cwd=ROOT, env=environment, check=False
    ).returncode


def output_of(command: Sequence[str | Path]) -> str:
    """What a command prints; empty if it cannot be run or fails."""
    try:
        done = subprocess.run(
            list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def quietly(
    what: str,
    command: Sequence[str | Path],
    log: Path,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a command whose output only matters when it fails.

    The output goes to `log`; a line now and then says that it is still going on. Raises
    StepFailed with the end of the log.
    """
    say(f"{what} ...")
    begin = time.monotonic()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        out.write(f"\n$ {' '.join(map(str, command))}\n".encode())
        out.flush()
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        try:
            exit_code = _wait(process, begin)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    if exit_code != 0:
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL_LINES:]
        raise StepFailed(
            "\n".join(tail) + f"\n\n{what} failed (exit code {exit_code}). The whole log is {log}"
        )
    say(f"  done in {minutes(time.monotonic() - begin)}")


def _wait(process: "subprocess.Popen[bytes]", begin: float) -> int:
    while True:
        try:
            return process.wait(_HEARTBEAT_SECONDS)
        except subprocess.TimeoutExpired:
            say(f"  still at it after {minutes(time.monotonic() - begin)}")


def is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
