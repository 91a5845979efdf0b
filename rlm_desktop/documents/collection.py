"""The documents of a question, read, as one text."""

import os
import secrets
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from rlm_desktop.documents.document import Document, Kind, LeftOut, Part
from rlm_desktop.documents.files import LineCounter
from rlm_desktop.documents.names import safe_name
from rlm_desktop.documents.spans import LineMarks, PageStarts
from rlm_desktop.documents.table import heading, table
from rlm_desktop.documents.text import Text
from rlm_desktop.documents.text_bytes import JoinedBytes, Source
from rlm_desktop.errors import DocumentError


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document with what only its collection needs.

    `text_bytes` is how long its text is as UTF-8, `modified_ns` when its file had changed last
    (0: it is not watched), `pages` the code points at which its pages start.
    """

    document: Document
    text_bytes: int
    modified_ns: int = 0
    pages: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document: code point in its text, line from 1, page from 1 or None."""

    document: Document
    index: int
    position: int
    line: int
    page: int | None


class Collection:
    """Documents joined in one row of code points, just as the model's programs see them.

    Of several documents each has a header line before it. For one thread at a time. Whatever
    looks at the text raises DocumentError if a file became shorter or was written over.
    """

    def __init__(
        self,
        read: Sequence[ReadDocument],
        left_out: Sequence[LeftOut] = (),
        owned: Path | None = None,
    ) -> None:
        """`owned` is a file that is deleted on close. Raises DocumentError."""
        self.documents = tuple(each.document for each in read)
        self.left_out = tuple(left_out)
        self.parts = tuple(_part(index, each, len(read)) for index, each in enumerate(read))
        self._read = tuple(read)
        self._owned = owned
        self._pages = [PageStarts(each.pages) for each in read]
        self._lines: dict[int, LineMarks] = {}
        try:
            self._joined = JoinedBytes(
                [
                    Source(part.header, str(part.text_path), part.chars, part.text_bytes)
                    for part in self.parts
                ]
            )
        except (OSError, ValueError) as error:
            raise DocumentError(f"a document cannot be opened again: {error}") from error
        self._text = Text(self._joined)
        self._starts = [start for start, _ in self._joined.spans]

    @classmethod
    def of_text(cls, text: str, name: str, folder: Path) -> Self:
        """A collection of one piece of text, kept in a file that is deleted on close."""
        path = folder / f"piece-{os.getpid()}-{secrets.token_hex(8)}.txt"
        body = text.encode("utf-8", "replace")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600, exist_ok=False)
            path.write_bytes(body)
        except OSError as error:
            with suppress(OSError):  # where there is no folder, there is no file in it
                path.unlink()
            raise DocumentError(f"a piece of text cannot be kept in {folder}: {error}") from error
        lines = LineCounter()
        lines.add(body)
        document = Document(
            name, path, Kind.TEXT, path, len(text), len(body), lines.lines, sha256=""
        )
        return cls([ReadDocument(document, len(body))], owned=path)

    def close(self) -> None:
        self._joined.close()
        if self._owned is not None:
            self._owned.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """The code points of all documents and headers."""
        return self._joined.chars

    def text(self, start: int, end: int) -> str:
        """The text between two code points, which are brought within the collection."""
        self._check()
        start, end = max(start, 0), max(end, 0)
        try:
            return self._text[start:end]
        except UnicodeDecodeError as error:
            raise self._changed_error() from error

    def head(self, chars: int) -> str:
        """The first `chars` code points of the first document, its header not counted."""
        start, end = self.document_span(0)
        return self.text(start, min(start + chars, end))

    def find(self, literal: str, start: int = 0) -> int:
        """The first place of `literal` from `start` on, or -1."""
        self._check()
        return self._text.find(literal, max(start, 0))

    def count(self, literal: str, at_most: int | None = None) -> int:
        """How often `literal` occurs; counting ends at `at_most`."""
        self._check()
        return self._text.count(literal, at_most=at_most)

    def line_around(self, start: int, end: int, most: int = 200) -> tuple[int, int]:
        """The line that holds a passage, cut at `most` characters before and after it."""
        first = max(0, start - most)
        text = self.text(first, end + most)
        before = text.rfind("\n", 0, start - first) + 1
        after = text.find("\n", end - first)
        return first + before, first + (after if after >= 0 else len(text))

    def stands_at(self, start: int, text: str) -> bool:
        """Whether `text` stands at `start` to the letter."""
        if not 0 <= start <= len(self) - len(text):
            return False
        self._check()
        return self._text.startswith(text, start)

    def where(self, position: int) -> Where:
        """The place in a document; one in a header counts as the start of its document.

        Raises IndexError if `position` is not in the collection.
        """
        if not 0 <= position <= len(self):
            raise IndexError(f"the text has {len(self):,} characters, and none at {position}")
        self._check()
        index = max(bisect_right(self._starts, position) - 1, 0)
        if index + 1 < len(self._starts) and position >= self._header_start(index + 1):
            index += 1
        start, end = self.document_span(index)
        inside = min(max(position, start), end)
        line = self._marks(index).line_of(self._joined.byte_of(inside))
        page = self._pages[index].page_of(inside - start)
        return Where(self.documents[index], index, inside - start, line, page)

    def document_span(self, index: int) -> tuple[int, int]:
        """Where the text of a document starts and ends, its header not counted."""
        return self._joined.spans[index]

    def line_start(self, index: int, line: int) -> int:
        """The code point in the collection at which a line, from 1, of a document starts."""
        self._check()
        return self._joined.position_of(self._marks(index).start_of(line))

    def page_start(self, index: int, page: int) -> int:
        """The code point in the collection at which a page, from 1, of a document starts."""
        return self.document_span(index)[0] + self._pages[index].start_of(page)

    def table(self, limit: int = 40) -> str:
        """The documents in words, for the prompt: the first `limit`, then counts."""
        return table(self.documents, self.left_out, limit)

    def changed(self) -> list[str]:
        """The names of documents whose files are not what was read any more."""
        return [each.document.name for each in self._read if each.modified_ns and _differs(each)]

    def _header_start(self, index: int) -> int:
        return self._starts[index] - len(self.parts[index].header)

    def _marks(self, index: int) -> LineMarks:
        if index not in self._lines:
            start, end = map(self._joined.byte_of, self.document_span(index))
            self._lines[index] = LineMarks(self._joined, start, end)
        return self._lines[index]

    def _check(self) -> None:
        if self._joined.shrunk():
            raise self._changed_error()

    def _changed_error(self) -> DocumentError:
        names = ", ".join(safe_name(name) for name in self.changed()) or "a document"
        return DocumentError(f"{names} changed since it was read: open it again")


def _part(index: int, read: ReadDocument, of: int) -> Part:
    document = read.document
    return Part(
        heading(index, document) if of > 1 else "",
        document.text_path,
        document.name,
        document.kind,
        document.chars,
        document.lines,
        document.pages,
        read.text_bytes,
    )


def _differs(read: ReadDocument) -> bool:
    try:
        now = read.document.path.stat()
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (read.document.bytes, read.modified_ns)
