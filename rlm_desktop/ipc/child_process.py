"""One of our child processes, seen from the parent."""

import contextlib
import io
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import Any

from rlm_desktop.errors import RlmError, Stopped
from rlm_desktop.ipc import wire

_POLL_SECONDS = 0.02
#: A child that says more than we take in waits on its pipe; it cannot fill our memory.
_QUEUED_MESSAGES = 64
_STDERR_BYTES = 64 * 1024


def command_of(name: str) -> list[str]:
    """The command that starts the child `name` of this program (see `__main__`)."""
    return [sys.executable, "-I", "-m", "rlm_desktop", "--child", name]


class ChildProcess:
    """A child that speaks `wire` on its stdin and stdout (see `child_side`).

    A thread reads what the child says into a queue, so that `receive` can wait with a deadline
    and a stop flag on every operating system. A second one keeps the end of its stderr.
    """

    def __init__(
        self,
        name: str,
        died: type[RlmError],
        environment: dict[str, str] | None = None,
        *,
        violated: type[RlmError] | None = None,
        queued_messages: int = _QUEUED_MESSAGES,
    ) -> None:
        """Start it. `violated` is what is raised when it speaks no JSON, if not `died` too."""
        self._name = name
        self._died = died
        self._violated = violated or died
        self._process = subprocess.Popen(
            command_of(name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            # Ctrl+C in a terminal is for the parent, which stops its children in order.
            start_new_session=True,
        )
        self._incoming: queue.Queue[dict[str, Any] | ValueError | None] = queue.Queue(
            queued_messages
        )
        self._closing = threading.Event()
        self._stderr = b""
        self._sending = threading.Lock()
        self._threads = [
            threading.Thread(target=self._read, name=f"{name} stdout", daemon=True),
            threading.Thread(target=self._read_stderr, name=f"{name} stderr", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def _read(self) -> None:
        assert self._process.stdout is not None
        while not self._closing.is_set():
            message: dict[str, Any] | ValueError | None
            try:
                message = wire.receive(self._process.stdout)
            except ValueError as error:
                message = error
            while not self._closing.is_set():
                try:
                    self._incoming.put(message, timeout=_POLL_SECONDS)
                    break
                except queue.Full:
                    continue
            if not isinstance(message, dict):
                return

    def _read_stderr(self) -> None:
        assert isinstance(self._process.stderr, io.BufferedReader)
        while piece := self._process.stderr.read1(8192):
            self._stderr = (self._stderr + piece)[-_STDERR_BYTES:]

    def send(self, message: dict[str, Any]) -> None:
        """Send one message; may be called from any thread."""
        assert self._process.stdin is not None
        try:
            with self._sending:
                wire.send(self._process.stdin, message)
        except OSError as error:
            raise self._died(self._how_it_ended()) from error

    def receive(self, stop: threading.Event | None, deadline: float) -> dict[str, Any]:
        """Wait for the next message; `deadline` is in the time of `time.monotonic`.

        Raises Stopped when `stop` is set, TimeoutError at the deadline, or the error this was
        made with when the process is gone or speaks no JSON.
        """
        while True:
            if stop is not None and stop.is_set():
                raise Stopped
            try:
                message = self._incoming.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                if time.monotonic() > deadline:
                    raise TimeoutError from None
                continue
            if message is None:
                raise self._died(self._how_it_ended())
            if isinstance(message, ValueError):
                raise self._violated(f"the {self._name} process broke the protocol: {message}")
            return message

    def _how_it_ended(self) -> str:
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return f"the {self._name} process closed its connection"
        if status < 0:
            how = f"was ended by signal {_signal_name(-status)}"
        else:
            how = f"ended with status {status}"
        return f"the {self._name} process {how}"

    @property
    def stderr_tail(self) -> str:
        """The end of what it wrote to stderr, for diagnosis; untrusted."""
        return self._stderr.decode(errors="replace")

    def interrupt(self) -> None:
        """Raise KeyboardInterrupt in the child's main thread."""
        if self.alive:
            self._process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """End it now, and wait until it, its threads and its pipes are gone."""
        self._closing.set()
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                # What was still buffered for a child that is gone cannot be sent any more.
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
