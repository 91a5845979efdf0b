"""Which files were hashed and found right, so that a start does not hash a gigabyte again."""

import hashlib
import json
import os
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

from rlm_desktop.errors import Stopped

_PIECE_BYTES = 8 * 1024 * 1024


class CheckedFiles:
    """Remembers the hash of files by size and time of change, in a small JSON file.

    What cannot be read is taken as empty: the cost is one more hash, not a wrong answer.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def _all(self) -> dict[str, Any]:
        try:
            untrusted = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return untrusted if isinstance(untrusted, dict) else {}

    @staticmethod
    def _mark(file: Path, sha256: str) -> list[int | str]:
        status = file.stat()
        return [status.st_size, status.st_mtime_ns, sha256]

    def holds(self, file: Path, sha256: str) -> bool:
        """Whether this very file was found to have that hash."""
        return file.is_file() and self._all().get(file.name) == self._mark(file, sha256)

    def remember(self, file: Path, sha256: str) -> None:
        """Keep the hash that a file was found to have. Raises OSError."""
        self._write({**self._all(), file.name: self._mark(file, sha256)})

    def forget(self, file: Path) -> None:
        """Keep nothing of a file that is no longer there. Raises OSError."""
        marks = self._all()
        if marks.pop(file.name, None) is not None:
            self._write(marks)

    def _write(self, marks: dict[str, Any]) -> None:
        # Two fetches may end at once: each has a file of its own until it is whole.
        fresh = self._path.with_suffix(f".{os.getpid()}.new")
        try:
            fresh.write_text(json.dumps(marks, indent=1), encoding="utf-8")
            fresh.replace(self._path)
        finally:
            fresh.unlink(missing_ok=True)


def hashing(file: Path, stop: threading.Event) -> Generator[int, None, str]:
    """Compute the SHA-256 of a file in hex, yielding the bytes read so far. Raises Stopped."""
    digest = hashlib.sha256()
    done = 0
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            if stop.is_set():
                raise Stopped
            digest.update(piece)
            done += len(piece)
            yield done
    return digest.hexdigest()
