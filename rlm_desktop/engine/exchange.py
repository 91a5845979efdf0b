"""Requests to the engine process, and who gets which answer.

Several threads may ask at once, and the answers to all come through one pipe. Whoever waits and
finds nobody reading it reads it, and hands on what is for others: so there is no thread that must
be ended.
"""

import itertools
import queue
import threading
import time
from collections.abc import Callable

from rlm_desktop.engine.base import Wrote
from rlm_desktop.engine.frames import Answer, Began, Piece, Request, answer_from, to_wire
from rlm_desktop.errors import EngineDied, EngineError, Stopped
from rlm_desktop.ipc.child_process import ChildProcess

#: How often who waits looks whether it is wanted to stop, or nobody reads any more.
_LOOK_SECONDS = 0.02


class Line:
    """One request and the answers to it. `in_work` are the prompts that are being answered."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self.in_work: set[int] = set()


class Exchange:
    """Speaks with one engine process, for any number of threads."""

    def __init__(self, child: ChildProcess) -> None:
        self._child = child
        self._numbers = itertools.count(1)
        self._lines: dict[int, Line] = {}
        self._reading = threading.Lock()
        self._failure = ""

    @property
    def failed(self) -> bool:
        """Whether there will be no more answers, to anybody."""
        return bool(self._failure)

    def fail(self, reason: str) -> None:
        """Say that the process was ended; all who wait are told."""
        self._failure = self._failure or reason

    def ask(self, make: Callable[[int], Request]) -> Line:
        """Make a request. Raises EngineDied, or EngineError if it cannot be sent."""
        line = Line(next(self._numbers))
        self._lines[line.number] = line
        try:
            self.send(make(line.number))
        except EngineError:
            self.end(line)
            raise
        return line

    def send(self, request: Request) -> None:
        try:
            self._child.send(to_wire(request))
        except ValueError as error:  # the pipe was closed under us, or the message is too long
            raise EngineError(f"the engine cannot be asked this: {error}") from error

    def end(self, line: Line) -> None:
        """No more answers to this request are wanted."""
        self._lines.pop(line.number, None)

    def receive(self, line: Line, stop: threading.Event | None, deadline: float) -> Answer:
        """The next answer to a request; `deadline` is in the time of `time.monotonic`.

        Raises Stopped, TimeoutError, EngineDied.
        """
        while True:
            if stop is not None and stop.is_set():
                raise Stopped
            if self._reading.acquire(blocking=False):
                try:
                    answer = self._read_one(line)
                finally:
                    self._reading.release()
            else:
                answer = _taken(line, _LOOK_SECONDS)
            if answer is not None:
                return answer
            if self._failure:
                raise EngineDied(self._failure, tuple(sorted(line.in_work)))
            if time.monotonic() > deadline:
                raise TimeoutError

    def _read_one(self, line: Line) -> Answer | None:
        """What is there already for a line, or else read a frame, which may be for another."""
        answer = _taken(line, 0)
        if answer is not None or self._failure:
            return answer
        try:
            untrusted = self._child.receive(None, time.monotonic() + _LOOK_SECONDS)
        except TimeoutError:
            return None
        except EngineDied as error:
            self.fail(self._explained(error))
            return None
        try:
            answer = answer_from(untrusted)
        except ValueError as error:
            self.fail(f"the engine process broke the protocol: {error}")
            return None
        if answer.request == line.number:
            _note(line, answer)
            return answer
        other = self._lines.get(answer.request)
        if other is not None:
            _note(other, answer)
            other.answers.put(answer)
        return None

    def _explained(self, error: EngineDied) -> str:
        """How the process ended, and the last thing it said."""
        reason = str(error)
        if "SIGKILL" in reason:
            reason += ", as a system does that has run out of memory"
        lines = self._child.stderr_tail.strip().splitlines()
        return f"{reason}. It said: {lines[-1].strip()}" if lines else reason


def _taken(line: Line, seconds: float) -> Answer | None:
    try:
        return line.answers.get(timeout=seconds) if seconds else line.answers.get_nowait()
    except queue.Empty:
        return None


def _note(line: Line, answer: Answer) -> None:
    """Keep what is in work, for the case that the process dies."""
    match answer:
        case Began(_, index):
            line.in_work.add(index)
        case Piece(_, message) if not isinstance(message, Wrote):
            line.in_work.discard(message.index)
