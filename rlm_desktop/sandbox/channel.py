"""The child's end of the wire, with interrupts that cannot cut a message in two.

Loaded next to untrusted code: standard library and the wire only.
"""

import os
import signal
import time
from types import FrameType
from typing import Any, BinaryIO

from rlm_desktop.ipc import wire
from rlm_desktop.sandbox.explaining import PROGRAM_PREFIX


class Channel:
    """Sends and receives messages; SIGINT raises KeyboardInterrupt in the running program only.

    `waited` is how many seconds were spent waiting for the model since it was set to 0.
    """

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._whole = False
        self._interrupted = False
        self.waited = 0.0

    def catch_interrupts(self) -> None:
        signal.signal(signal.SIGINT, self._on_interrupt)

    def _on_interrupt(self, _: int, frame: FrameType | None) -> None:
        """Interrupt the program if one is running here; not the code that ends it."""
        while frame is not None and not frame.f_code.co_filename.startswith(PROGRAM_PREFIX):
            frame = frame.f_back
        if frame is None:
            return
        if self._whole:
            self._interrupted = True
        else:
            raise KeyboardInterrupt

    def send(self, message: dict[str, Any]) -> None:
        """Send a message whole; an interrupt waits until it is out."""
        self._whole = True
        try:
            wire.send(self._outgoing, message)
        finally:
            self._whole = False
        self._interrupt_now()

    def receive(self) -> dict[str, Any] | None:
        """Wait for a message, or None at the end; once it has begun it is read whole."""
        # BufferedReader is what the channel is made of; peek waits without taking anything.
        self._incoming.peek(1)  # type: ignore[attr-defined]
        self._whole = True
        try:
            received = wire.receive(self._incoming)
        finally:
            self._whole = False
        self._interrupt_now()
        return received

    def _interrupt_now(self) -> None:
        if self._interrupted:
            self._interrupted = False
            raise KeyboardInterrupt

    def ask(
        self, kind: str, question: str, pieces: list[tuple[str, int | None]], labels: list[str]
    ) -> tuple[list[str], list[int]]:
        """Ask the model, and wait: a text for each piece, and which of them were close calls.

        Raises RuntimeError with the reason if it is refused.
        """
        self.send(
            {
                "type": "asked",
                "kind": kind,
                "question": question,
                "pieces": pieces,
                "labels": labels,
            }
        )
        began = time.monotonic()
        try:
            reply = self.receive()
        finally:
            self.waited += time.monotonic() - began
        if reply is None:
            os._exit(0)  # the parent is gone, and nobody is left to tell
        if reply["type"] == "refused":
            raise RuntimeError(reply["reason"])
        return list(reply["texts"]), list(reply["close"])
