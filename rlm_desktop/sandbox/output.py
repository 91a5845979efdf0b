"""What `print` writes to, in the sandbox.

Loaded next to untrusted code: standard library only.
"""

import io
import time
from collections.abc import Callable

#: How much a program may print; the rest is counted. The model is shown 2,000 characters of it.
MOST_CHARS = 1_000_000
_SEND_CHARS = 8192
_SEND_SECONDS = 0.1


class Output(io.TextIOBase):
    """Gathers what is printed and sends it in pieces, ten times a second or by 8,192 characters."""

    def __init__(self, send: Callable[[str], None]) -> None:
        self._send = send
        self._pieces: list[str] = []
        self._gathered = 0
        self._sent_at = 0.0
        self._left = MOST_CHARS
        self._dropped = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        kept = str(text[: self._left])
        self._left -= len(kept)
        self._dropped += len(text) - len(kept)
        if kept:
            self._pieces.append(kept)
            self._gathered += len(kept)
            # By whole lines, as `print` writes the end of a line on its own.
            due = kept.endswith("\n") and time.monotonic() - self._sent_at > _SEND_SECONDS
            if due or self._gathered >= _SEND_CHARS:
                self.flush()
        return len(text)

    def flush(self) -> None:
        if self._pieces:
            text = "".join(self._pieces)
            self._pieces.clear()
            self._gathered = 0
            self._sent_at = time.monotonic()
            self._send(text)

    def end(self) -> None:
        """Send the rest, say how much was dropped, and be ready for the next program."""
        if self._dropped:
            self._pieces.append(f"\n[{self._dropped:,} more characters were printed and dropped]\n")
        self.flush()
        self._left = MOST_CHARS
        self._dropped = 0
