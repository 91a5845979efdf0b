"""Texts of documents that are not plain UTF-8 files, kept under the hash of their source.

Beside each text lie its facts as JSON, so that the second reading costs nothing. Both are written
under another name first: what is there is whole.
"""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rlm_desktop.documents.files import LineCounter
from rlm_desktop.errors import DocumentError


class CannotKeep(DocumentError):
    """The folder of the store cannot be written: not the fault of a document."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a kept text. `pages` are the code points at which its pages start."""

    chars: int
    lines: int
    bytes: int
    encoding: str = "utf-8"
    note: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text in the store."""

    path: Path
    facts: Facts


class TextStore:
    """A folder of texts. `parser` names what made a text of the source, with its version."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, sha256: str, parser: str) -> StoredText | None:
        """The text of a source, or None if it is not here or not whole (it is made again)."""
        path = self._folder / f"{sha256}-{parser}.txt"
        try:
            facts = _facts_of(json.loads(path.with_suffix(".json").read_text("utf-8")))
            if facts is None or path.stat().st_size != facts.bytes:
                return None
        except (FileNotFoundError, ValueError, RecursionError):
            return None
        except OSError as error:
            raise self._error(error) from error
        return StoredText(path, facts)

    def writer(self, sha256: str, parser: str) -> "TextWriter":
        """A new text; use it in a `with` block. Raises CannotKeep naming the folder."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return TextWriter(self._folder, f"{sha256}-{parser}")
        except OSError as error:
            raise self._error(error) from error

    def _error(self, error: OSError) -> CannotKeep:
        return _cannot_keep(self._folder, error)


class TextWriter:
    """A text that is being written. It counts, and is in the store once `keep` was called."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._fresh = folder / f"{name}.{os.getpid()}-{secrets.token_hex(4)}.new"
        self._file = self._fresh.open("xb")
        self._lines = LineCounter()
        self._bytes = 0
        self.chars = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._file.close()
        except OSError as full:  # the rest that was still buffered
            if error is None:
                raise _cannot_keep(self._folder, full) from full
        finally:
            self._fresh.unlink(missing_ok=True)

    def write(self, text: str) -> None:
        """Add to the text; a lone surrogate becomes `?`."""
        piece = text.encode("utf-8", "replace")
        try:
            self._file.write(piece)
        except OSError as error:
            raise _cannot_keep(self._folder, error) from error
        self._lines.add(piece)
        self._bytes += len(piece)
        self.chars += len(text)

    def keep(self, encoding: str, note: str = "", pages: Sequence[int] = ()) -> StoredText:
        """Put the text into the store with its facts."""
        facts = Facts(self.chars, self._lines.lines, self._bytes, encoding, note, tuple(pages))
        path = self._folder / f"{self._name}.txt"
        fresh_facts = self._fresh.with_suffix(".facts")
        try:
            self._file.close()
            fresh_facts.write_text(json.dumps(asdict(facts)), encoding="utf-8")
            self._fresh.replace(path)
            fresh_facts.replace(path.with_suffix(".json"))
        except OSError as error:
            fresh_facts.unlink(missing_ok=True)
            raise _cannot_keep(self._folder, error) from error
        return StoredText(path, facts)


def _cannot_keep(folder: Path, error: OSError) -> CannotKeep:
    return CannotKeep(
        f"the text of a document cannot be kept in {folder} ({error.strerror or error}):"
        " make room there, or set RLM_DESKTOP_HOME to another folder"
    )


def _facts_of(untrusted: Any) -> Facts | None:
    """The facts, if they have the right shape."""
    if not isinstance(untrusted, dict) or set(untrusted) != {f.name for f in fields(Facts)}:
        return None
    pages, words = untrusted["pages"], (untrusted["encoding"], untrusted["note"])
    numbers = (untrusted["chars"], untrusted["lines"], untrusted["bytes"])
    if not isinstance(pages, list) or not all(type(n) is int for n in (*numbers, *pages)):
        return None
    if not all(isinstance(word, str) for word in words):
        return None
    return Facts(*numbers, *words, tuple(pages))
