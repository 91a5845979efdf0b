"""What a Text is split into: a sequence that holds no text itself."""

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

from rlm_desktop.documents.text_bytes import JoinedBytes

_MARK_EVERY = 256


class Pieces(Sequence[str]):
    """The pieces of a text between separators, cut when they are asked for.

    Going through them is a scan. The first `len` or index makes a mark at every 256th piece.
    Without `last_empty`, an empty piece at the end does not count, as in `str.splitlines`;
    `strip` is taken off the end of each piece.
    """

    def __init__(
        self, joined: JoinedBytes, separator: bytes, strip: str = "", *, last_empty: bool = True
    ) -> None:
        self._joined = joined
        self._separator = separator
        self._strip = strip
        self._last_empty = last_empty
        self._marks: array[int] | None = None
        self._count = 0

    def _spans(self, start: int = 0) -> Iterator[tuple[int, int]]:
        """Where the pieces begin and end in bytes; `start` is where one begins."""
        end = self._joined.size
        while (found := self._joined.find(self._separator, start, end)) >= 0:
            yield start, found
            start = found + len(self._separator)
        if self._last_empty or start < end:
            yield start, end

    def _cut(self, span: tuple[int, int]) -> str:
        piece = self._joined.read(*span).decode()
        return piece.removesuffix(self._strip) if self._strip else piece

    def __iter__(self) -> Iterator[str]:
        return map(self._cut, self._spans())

    def _mark(self) -> "array[int]":
        if self._marks is None:
            self._marks, number = array("Q"), -1
            for number, (start, _) in enumerate(self._spans()):
                if number % _MARK_EVERY == 0:
                    self._marks.append(start)
            self._count = number + 1
        return self._marks

    def __len__(self) -> int:
        self._mark()
        return self._count

    @overload
    def __getitem__(self, which: int) -> str: ...
    @overload
    def __getitem__(self, which: slice) -> list[str]: ...
    def __getitem__(self, which: int | slice) -> str | list[str]:
        if isinstance(which, slice):
            wanted = range(*which.indices(len(self)))
            if not wanted:
                return []
            cut = self._run(min(wanted), max(wanted) + 1)
            return cut[:: wanted.step] if wanted.step > 0 else cut[::-1][:: -wanted.step]
        number = which + len(self) if which < 0 else which
        if not 0 <= number < len(self):
            raise IndexError(f"there are {len(self):,} pieces, and no piece {which}")
        return self._run(number, number + 1)[0]

    def _run(self, first: int, after: int) -> list[str]:
        mark, skip = divmod(first, _MARK_EVERY)
        pieces = []
        for number, span in enumerate(self._spans(self._mark()[mark]), start=first - skip):
            if number >= after:
                break
            if number >= first:
                pieces.append(self._cut(span))
        return pieces

    def __repr__(self) -> str:
        return "<pieces of a text: go through them, or take [number] or [first:after]>"
