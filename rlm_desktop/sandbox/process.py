"""A sandbox in a process of its own, seen from the parent.

A state machine over messages that may all be forged (see `frames`): while a program runs it may
print, ask, be blocked, read and finish, within sizes and counts; anything else ends the process.
"""

import os
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from rlm_desktop.documents.document import Part
from rlm_desktop.errors import (
    ProtocolViolation,
    SandboxDied,
    SandboxError,
    SandboxUnavailable,
)
from rlm_desktop.ipc.child_process import ChildProcess
from rlm_desktop.jail import linux
from rlm_desktop.sandbox import frames
from rlm_desktop.sandbox.base import Asked, Blocked, Finished, SandboxMessage
from rlm_desktop.sandbox.clean import clean

#: A program that says more than this, in characters, is ended.
MOST_SAID = 256 * 1024 * 1024
_MOST_BLOCKED = 20
_MOST_REPLY_CHARS = 8_000_000
_OPEN_SECONDS = 60.0
_KILL_AFTER_SECONDS = 1.0
_SETTLE_SECONDS = 0.5
_INTERRUPT_EVERY_SECONDS = 0.1
_LOOK_SECONDS = 0.1
#: Few, since each may be of 64 MB.
_QUEUED_MESSAGES = 4

_TEST_SWITCH = "RLM_DESKTOP_TEST_WITHOUT_JAIL"


class Walls(Enum):
    """What stands round a program. Everything but ALL is for tests, and refused elsewhere."""

    ALL = (True, True)
    JAIL_ONLY = (True, False)  # the kernel's wall alone, without the readable refusals
    MANNERS_ONLY = (False, True)
    NONE_FOR_TESTS = (False, False)


class ProcessSandbox:
    """Runs programs in `sandbox.child`. Belongs to one thread, but for `close`."""

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        memory_bytes: int = 2 * 1024**3,
        program_seconds: float = 60.0,
        walls: Walls = Walls.ALL,
    ) -> None:
        """Start the process and let it prove that it is locked in (0.2 s and more).

        Raises SandboxUnavailable with the reason if it is not, SandboxError if a text cannot
        be read.
        """
        reason = linux.unsupported()
        if reason is not None:
            raise SandboxUnavailable(f"No code is run: {reason}.")
        if walls is not Walls.ALL and os.environ.get(_TEST_SWITCH) != "1":
            raise SandboxUnavailable("No code is run: a sandbox without walls is for tests only.")
        self._seconds = program_seconds
        self._closed = threading.Event()
        self._closing = threading.Lock()
        self._sender: threading.Thread | None = None
        self._asked_pieces: int | None = None
        jail, manners = walls.value
        self._child = ChildProcess(
            "sandbox",
            SandboxDied,
            _environment() if jail else None,
            violated=ProtocolViolation,
            queued_messages=_QUEUED_MESSAGES,
        )
        try:
            self._open(parts, memory_bytes, jail=jail, manners=manners)
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """The process, for tests that kill it."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        return not self._closed.is_set() and self._child.alive

    def _open(self, parts: Sequence[Part], memory_bytes: int, *, jail: bool, manners: bool) -> None:
        self._send(
            {
                "type": "open",
                "parts": [_as_message(part) for part in parts],
                "memory_bytes": memory_bytes,
                "jail": jail,
                "manners": manners,
            }
        )
        try:
            said = self._child.receive(None, time.monotonic() + _OPEN_SECONDS)
        except TimeoutError:
            raise SandboxDied(f"the sandbox was not ready after {_OPEN_SECONDS:.0f} s") from None
        match said:
            case {"type": "ready", "breaches": []}:
                return
            case {"type": "ready", "breaches": [str(breach), *_]}:
                raise SandboxUnavailable(
                    f"No code is run: the sandbox does not hold here, a program could {breach}."
                )
            case {"type": "failed", "because": "jail", "reason": str(reason)}:
                raise SandboxUnavailable(
                    f"No code is run: the sandbox cannot be locked on this machine ({reason})."
                )
            case {"type": "failed", "reason": str(reason)}:
                raise SandboxError(f"The sandbox cannot read the text: {clean(reason, 500)}")
            case _:
                raise ProtocolViolation("the sandbox did not say whether it is ready")

    def execute(self, code: str, stop: threading.Event) -> Iterator[SandboxMessage]:
        """Run a program (see `Sandbox.execute`)."""
        nonce = secrets.token_hex(8)
        self._send({"type": "execute", "code": code, "nonce": nonce, "seconds": self._seconds})
        ended = False
        try:
            for message in self._conversation(nonce, stop):
                ended = isinstance(message, Finished)
                yield message
        except SandboxError:
            ended = True
            self.close()
            raise
        finally:
            if not ended:  # stopped, or nobody listens any more
                self._asked_pieces = None
                self._settle(nonce)

    def _conversation(self, nonce: str, stop: threading.Event) -> Iterator[SandboxMessage]:
        """What the program says, checked, until it has finished."""
        left, budget, blocked = self._seconds, MOST_SAID, 0
        while True:
            # Only the time we wait for the program counts, not the time it waits for the model.
            began = time.monotonic()
            untrusted = self._receive(stop, began + left)
            left -= time.monotonic() - began
            message = frames.checked(untrusted, nonce)
            budget -= frames.cost_of(message)
            blocked += isinstance(message, Blocked)
            if budget < 0 or blocked > _MOST_BLOCKED:
                raise ProtocolViolation(
                    "the program said more than it may, and its process was ended"
                )
            if isinstance(message, Asked):
                self._asked_pieces = len(message.pieces)
            yield message
            if self._asked_pieces is not None:
                raise RuntimeError("an Asked is answered before the next message is taken")
            if isinstance(message, Finished):
                return

    def _receive(self, stop: threading.Event, deadline: float) -> dict[str, Any]:
        """The next message; after the deadline the program is interrupted, then killed."""
        kill_at = deadline + _KILL_AFTER_SECONDS
        while True:
            now = time.monotonic()
            if now >= kill_at:
                raise SandboxDied(
                    f"a program ran longer than {self._seconds:g} s, could not be interrupted,"
                    " and its process was ended"
                )
            late = now >= deadline
            if late:
                self._child.interrupt()
            look = _INTERRUPT_EVERY_SECONDS if late else min(_LOOK_SECONDS, deadline - now)
            try:
                return self._from_child(stop, now + look)
            except TimeoutError:
                continue

    def _from_child(self, stop: threading.Event | None, deadline: float) -> dict[str, Any]:
        if self._closed.is_set():
            raise SandboxDied("the sandbox was closed")
        try:
            return self._child.receive(stop, deadline)
        except ProtocolViolation:
            raise
        except SandboxDied as died:
            if "SIGKILL" in str(died):
                raise SandboxDied(f"{died}; the system does that when memory runs out") from died
            raise

    def _settle(self, nonce: str) -> None:
        """Interrupt the program and wait for its end, or end the process."""
        deadline = time.monotonic() + _SETTLE_SECONDS
        while (now := time.monotonic()) < deadline:
            self._child.interrupt()
            try:
                untrusted = self._from_child(None, now + _INTERRUPT_EVERY_SECONDS)
                if isinstance(frames.checked(untrusted, nonce), Finished):
                    return
            except TimeoutError:
                continue
            except SandboxError:
                break
        self.close()

    def reply(self, texts: Sequence[str], close: Sequence[int] = ()) -> None:
        """Answer the last `Asked` (see `Sandbox.reply`)."""
        if len(texts) != self._asked_pieces:
            raise ValueError(f"{len(texts)} texts for {self._asked_pieces} pieces")
        if sum(map(len, texts)) > _MOST_REPLY_CHARS:
            raise ValueError(f"the texts have over {_MOST_REPLY_CHARS:,} characters together")
        self._asked_pieces = None
        said = {"type": "replied", "texts": [str(text) for text in texts], "close": list(close)}
        self._send(said)

    def refuse(self, reason: str) -> None:
        """Answer the last `Asked` with an exception."""
        if self._asked_pieces is None:
            raise ValueError("nothing was asked")
        self._asked_pieces = None
        self._send({"type": "refused", "reason": reason})

    def _send(self, message: dict[str, Any]) -> None:
        """Send from a thread of its own: a program that does not listen must not block us."""
        if self._sender is not None:
            self._sender.join(_KILL_AFTER_SECONDS)
            if self._sender.is_alive():
                self.close()
                raise ProtocolViolation("the program did not take the answer to its question")
        if self._closed.is_set():
            raise SandboxDied("the sandbox was closed")
        self._sender = threading.Thread(target=self._deliver, args=(message,), name="sandbox stdin")
        self._sender.start()

    def _deliver(self, message: dict[str, Any]) -> None:
        try:
            self._child.send(message)
        except (SandboxDied, ValueError):
            return  # it is gone, which whoever receives next is told, with the reason

    def close(self) -> None:
        """End the process. May be called from any thread, and more than once."""
        with self._closing:
            if self._closed.is_set():
                return
            self._closed.set()
            self._child.kill()
            if self._sender is not None:
                self._sender.join()


def _environment() -> dict[str, str]:
    """What the child sees of ours: nothing but where libraries are, as a program can read it."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {"LC_ALL": "C.UTF-8"} | kept


def _as_message(part: Part) -> dict[str, Any]:
    return {
        "header": part.header,
        "text_path": str(part.text_path),
        "name": part.name,
        "kind": str(part.kind),
        "chars": part.chars,
        "lines": part.lines,
        "pages": part.pages,
    }
