"""A text of any size that is cut, searched and gone through like a `str`, without being one.

Loaded next to untrusted code: the standard library and the `text_*` modules beside it only. As a
`str`, a gigabyte of text takes 1 to 4 GB of memory; a Text takes 20 MB, whatever its size. It is
no subclass of `str`: C code would see an empty string then, and silently find nothing. What it
cannot do raises an error that says what to do instead.

Places are code points, as in `str`. Several files are joined in one row of places.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Protocol, Self

from rlm_desktop.documents.text_bytes import (
    BLOCK_BYTES,
    MAPPED_FROM_BYTES,
    JoinedBytes,
    Source,
)
from rlm_desktop.documents.text_pieces import Pieces
from rlm_desktop.documents.text_re import TextMatch, WindowedRe, find_all, iter_matches

_ADVICE = "take a slice first, like text[a:b]"


class PartLike(Protocol):
    """A header that ends with a newline, or is empty, and the UTF-8 file that follows it."""

    @property
    def header(self) -> str: ...
    @property
    def text_path(self) -> Any: ...


class Text:
    """A text in mapped files, with the methods of `str` that do not copy it."""

    def __init__(self, joined: JoinedBytes) -> None:
        self._joined = joined

    @classmethod
    def of_parts(
        cls,
        parts: Sequence[PartLike | Mapping[str, Any]],
        block: int = BLOCK_BYTES,
        mapped_from: int = MAPPED_FROM_BYTES,
    ) -> Self:
        """Join files: for each part its header, its text, and a newline if that ends without.

        A single part gets no newline. Parts are objects or dicts with `header` and `text_path`;
        `chars` and `text_bytes`, where they have them, spare counting. Raises OSError, or
        ValueError if a file became shorter.
        """
        return cls(JoinedBytes([_source(part) for part in parts], block, mapped_from))

    def close(self) -> None:
        """Give the files back; the text cannot be used afterwards."""
        self._joined.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def part_spans(self) -> Sequence[tuple[int, int]]:
        """Where the text of each part starts and ends, its header not counted."""
        return self._joined.spans

    @property
    def shrunk(self) -> bool:
        """Whether a file became shorter: using the text would then end the process (SIGBUS)."""
        return self._joined.shrunk()

    # Cutting

    def __len__(self) -> int:
        return self._joined.chars

    def __getitem__(self, which: int | slice) -> str:
        if not isinstance(which, slice):
            number = which + len(self) if which < 0 else which
            if not 0 <= number < len(self):
                raise IndexError(f"the text has {len(self):,} characters, and none at {which}")
            return self._cut(number, number + 1)
        if which.step not in (None, 1):
            raise ValueError(
                f"text[a:b:{which.step}] is not possible: {_ADVICE}, then [::{which.step}]"
            )
        start, end, _ = which.indices(len(self))
        return self._cut(start, end)

    def _cut(self, start: int, end: int) -> str:
        if start >= end:
            return ""
        return self._joined.read(self.byte_offset(start), self.byte_offset(end)).decode()

    def byte_offset(self, position: int) -> int:
        """Where a code point starts in the joined bytes; `len(text)` is their end."""
        if not 0 <= position <= len(self):
            raise IndexError(f"the text has {len(self):,} characters, and none at {position}")
        return self._joined.byte_of(position)

    def position_of_byte(self, offset: int) -> int:
        """The number of code points that begin before a byte of the joined bytes."""
        if not 0 <= offset <= self._joined.size:
            raise IndexError(f"the text has {self._joined.size:,} bytes, and none at {offset}")
        return self._joined.position_of(offset)

    def _bytes_between(self, start: int | None, end: int | None) -> tuple[int, int] | None:
        """The bytes of text[start:end]; None if `start` is past the end or past `end`."""
        first, after, _ = slice(start, end).indices(len(self))
        if first > after or (start is not None and start > len(self)):
            return None
        return self._joined.byte_of(first), self._joined.byte_of(after)

    # Searching

    def __contains__(self, wanted: object) -> bool:
        if not isinstance(wanted, str):
            raise TypeError(f"'in' wants a str, not {type(wanted).__name__}")
        return self.find(wanted) >= 0

    def find(self, wanted: str, start: int | None = None, end: int | None = None) -> int:
        """Like `str.find`."""
        if (between := self._bytes_between(start, end)) is None:
            return -1
        found = self._joined.find(_bytes(wanted), *between)
        return found if found < 0 else self._joined.position_of(found)

    def rfind(self, wanted: str, start: int | None = None, end: int | None = None) -> int:
        """Like `str.rfind`."""
        if (between := self._bytes_between(start, end)) is None:
            return -1
        if not wanted:
            return self._joined.position_of(between[1])
        found = self._joined.rfind(_bytes(wanted), *between)
        return found if found < 0 else self._joined.position_of(found)

    def index(self, wanted: str, start: int | None = None, end: int | None = None) -> int:
        """Like `str.index`: `find` that raises ValueError."""
        found = self.find(wanted, start, end)
        if found < 0:
            raise ValueError("substring not found")
        return found

    def count(
        self,
        wanted: str,
        start: int | None = None,
        end: int | None = None,
        at_most: int | None = None,
    ) -> int:
        """Like `str.count`; stops when it has counted `at_most`."""
        if (between := self._bytes_between(start, end)) is None:
            return 0
        place, after = between
        if not wanted:
            everywhere = self._joined.position_of(after) - self._joined.position_of(place) + 1
            return everywhere if at_most is None else min(everywhere, at_most)
        sought, number = _bytes(wanted), 0
        while at_most is None or number < at_most:
            found = self._joined.find(sought, place, after)
            if found < 0:
                break
            number += 1
            place = found + len(sought)
        return number

    def startswith(
        self, prefix: str | tuple[str, ...], start: int | None = None, end: int | None = None
    ) -> bool:
        """Like `str.startswith`."""
        if (between := self._bytes_between(start, end)) is None:
            return False
        first, after = between
        wanted = [_bytes(one) for one in ((prefix,) if isinstance(prefix, str) else prefix)]
        return any(
            first + len(one) <= after and self._joined.read(first, first + len(one)) == one
            for one in wanted
        )

    def endswith(
        self, suffix: str | tuple[str, ...], start: int | None = None, end: int | None = None
    ) -> bool:
        """Like `str.endswith`."""
        if (between := self._bytes_between(start, end)) is None:
            return False
        first, after = between
        wanted = [_bytes(one) for one in ((suffix,) if isinstance(suffix, str) else suffix)]
        return any(
            first + len(one) <= after and self._joined.read(after - len(one), after) == one
            for one in wanted
        )

    def finditer(self, pattern: str | re.Pattern[str], flags: int = 0) -> Iterator[TextMatch]:
        """Like `re.finditer` over the whole text."""
        return iter_matches(self, _compiled(pattern, flags))

    def search(self, pattern: str | re.Pattern[str], flags: int = 0) -> TextMatch | None:
        """Like `re.search` over the whole text."""
        return next(self.finditer(pattern, flags), None)

    def findall(self, pattern: str | re.Pattern[str], flags: int = 0) -> list[Any]:
        """Like `re.findall` over the whole text."""
        return find_all(self, _compiled(pattern, flags))

    # Going through

    def lines(self) -> Pieces:
        """The lines, without their ends (newline, or carriage return and newline)."""
        return Pieces(self._joined, b"\n", "\r", last_empty=False)

    def splitlines(self) -> Pieces:
        """The same as `lines()`."""
        return self.lines()

    def split(self, separator: str = "\n") -> Pieces:
        """The pieces between separators: a sequence that cuts them when asked."""
        if not separator:
            raise ValueError("empty separator")
        return Pieces(self._joined, _bytes(separator))

    def chunks(self, size: int, overlap: int = 0) -> Iterator[str]:
        """Pieces of `size` characters, each starting with the last `overlap` of the one before."""
        if size <= 0 or not 0 <= overlap < size:
            raise ValueError("size must be over 0, and overlap from 0 to less than size")
        start, length = 0, len(self)
        while start < length:
            yield self._cut(start, min(start + size, length))
            if start + size >= length:
                return
            start += size - overlap

    def __iter__(self) -> Iterator[str]:
        raise TypeError(
            "going through the text by characters would take hours:"
            " use text.lines(), text.chunks(size) or text.finditer(pattern)"
        )

    # What it is not

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return len(self) == len(other) and self.startswith(other)
        return self is other

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        raise TypeError(f"the text has {len(self):,} characters, too many for one str: {_ADVICE}")

    def __add__(self, other: object) -> str:
        raise TypeError(f"the text is too long to be joined with another: {_ADVICE}")

    __radd__ = __add__

    def __repr__(self) -> str:
        return f"<Text of {len(self):,} characters: use slices, find, lines() or finditer>"

    def __getattr__(self, name: str) -> Any:
        if hasattr(str, name) and not name.startswith("__"):
            raise AttributeError(f"the text has no {name}(): {_ADVICE}, then .{name}()")
        raise AttributeError(name)


windowed_re = WindowedRe(Text)


def _source(part: PartLike | Mapping[str, Any]) -> Source:
    fields: dict[str, Any] = {}
    for name in ("header", "text_path", "chars", "text_bytes"):
        fields[name] = part.get(name) if isinstance(part, Mapping) else getattr(part, name, None)
    return Source(
        fields["header"], os.fspath(fields["text_path"]), fields["chars"], fields["text_bytes"]
    )


def _bytes(wanted: str) -> bytes:
    # A lone surrogate becomes bytes that valid UTF-8 never holds: it is not found, as in a str.
    return wanted.encode("utf-8", "surrogatepass")


def _compiled(pattern: Any, flags: int) -> re.Pattern[str]:
    return re.compile(getattr(pattern, "_pattern", pattern), flags)
