"""Opening the user's files, and going through their bytes once."""

import codecs
import hashlib
import os
import stat
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rlm_desktop.documents.encoding import HEAD_BYTES
from rlm_desktop.documents.names import safe_name
from rlm_desktop.errors import DocumentError, Stopped

PIECE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A regular file that is open for reading, as it was when it was opened."""

    name: str
    file: BinaryIO
    size: int
    modified_ns: int
    head: bytes

    def check_unchanged(self) -> None:
        """Raises DocumentError if the file changed since it was opened."""
        now = os.fstat(self.file.fileno())
        if (now.st_size, now.st_mtime_ns) != (self.size, self.modified_ns):
            raise DocumentError(
                f"{safe_name(self.name)} changed while it was read: try again, or read a copy"
            )


@contextmanager
def opened(path: Path, name: str) -> Iterator[OpenFile]:
    """Open a file that is a file: pipes and devices are never waited for.

    Raises DocumentError naming it if it is missing, may not be read, or is something else.
    """
    shown = safe_name(name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise DocumentError(f"{shown} is not a file but a pipe, socket or device")
        # Not blocking, in case it was exchanged for a pipe in between.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _o_binary())
    except FileNotFoundError:
        raise DocumentError(f"{shown} is not there") from None
    except PermissionError:
        raise DocumentError(f"{shown} may not be read: you have no permission") from None
    except (OSError, ValueError) as error:
        raise DocumentError(f"{shown} cannot be opened: {error}") from error
    with os.fdopen(descriptor, "rb", buffering=0) as raw:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise DocumentError(f"{shown} is not a file but a pipe, socket or device")
        try:
            head = raw.read(HEAD_BYTES)
            raw.seek(0)
            yield OpenFile(name, raw, facts.st_size, facts.st_mtime_ns, head)
        except OSError as error:
            raise DocumentError(f"{shown} cannot be read: {error}") from error


def _o_binary() -> int:
    return getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass over a file tells. `chars` and `lines` are 0 if it is not valid UTF-8."""

    sha256: str
    utf8: bool
    chars: int = 0
    lines: int = 0


def scan(given: OpenFile, stop: threading.Event, *, as_text: bool) -> Generator[int, None, Scan]:
    """Hash a file, and with `as_text` check and count it as UTF-8; yields the bytes done.

    Raises Stopped, DocumentError if the file changes meanwhile.
    """
    given.file.seek(0)
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, chars, done, counter = as_text, 0, 0, LineCounter()
    while piece := given.file.read(PIECE_BYTES):
        if stop.is_set():
            raise Stopped
        digest.update(piece)
        done += len(piece)
        if utf8:
            counter.add(piece)
            try:
                # The decoder is only passed by where it holds no half character.
                plain = piece.isascii() and not decoder.getstate()[0]
                chars += len(piece) if plain else len(decoder.decode(piece))
            except UnicodeDecodeError:
                utf8 = False
        yield done
    given.check_unchanged()
    if utf8 and decoder.getstate()[0]:
        utf8 = False
    return Scan(digest.hexdigest(), utf8, *((chars, counter.lines) if utf8 else ()))


class LineCounter:
    """Counts lines: they end at newlines, or at carriage returns in a text without newlines."""

    def __init__(self) -> None:
        self._newlines = 0
        self._returns = 0
        self._last = b""

    def add(self, piece: bytes) -> None:
        if not piece:
            return
        self._newlines += piece.count(b"\n")
        if not self._newlines:
            self._returns += piece.count(b"\r")
        self._last = piece[-1:]

    @property
    def lines(self) -> int:
        if not self._last:
            return 0
        if self._newlines:
            return self._newlines + (self._last != b"\n")
        return self._returns + (self._last != b"\r")


def decoded(given: OpenFile, codec: str, skip: int, stop: threading.Event) -> Iterator[str]:
    """The text of a file; what is no character of the codec becomes U+FFFD."""
    given.file.seek(skip)
    decoder = codecs.getincrementaldecoder(codec)("replace")
    while piece := given.file.read(PIECE_BYTES):
        if stop.is_set():
            raise Stopped
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
    given.check_unchanged()
