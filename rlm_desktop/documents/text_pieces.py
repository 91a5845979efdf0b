"""What a Text is split into: a sequence that holds no text itself."""

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

from rlm_desktop.documents.text_bytes import JoinedBytes

_MARK_EVERY = 256
_WINDOW_BYTES = 1024 * 1024
_SHORT_WINDOW = 16 * 1024


class Pieces(Sequence[str]):
    """The pieces of a text between separators, cut when they are asked for.

    Going through them is a scan. The first `len` or index makes a mark at every 256th piece.
    Without `last_empty`, an empty piece at the end does not count, as in `str.splitlines`;
    `strip` is taken off the end of each piece.
    """

    def __init__(
        self,
        joined: JoinedBytes,
        separator: bytes,
        strip: str = "",
        *,
        last_empty: bool = True,
        window: int = _WINDOW_BYTES,
    ) -> None:
        self._joined = joined
        self._separator = separator
        self._strip = strip
        self._window = window
        self._last_empty = last_empty
        self._marks: array[int] | None = None
        self._count = 0

    def _batches(self, start: int, window: int) -> Iterator[tuple[int, list[bytes]]]:
        """The pieces from one that begins at `start`, some at a time, each time with the offset.

        Splitting windows is ten times faster than looking for each separator in the map.
        """
        end = self._joined.size
        while start < end:
            piece = self._joined.read(start, min(start + window, end))
            *whole, begun = piece.split(self._separator)
            after = start + len(piece) - len(begun)
            if not whole:
                found = self._joined.find(self._separator, start, end)
                if found < 0:
                    break
                whole, after = [self._joined.read(start, found)], found + len(self._separator)
            yield start, whole
            start = after
        if self._last_empty or start < end:
            yield start, [self._joined.read(start, end)]

    def _text(self, piece: bytes) -> str:
        return piece.decode().removesuffix(self._strip)

    def __iter__(self) -> Iterator[str]:
        for _, pieces in self._batches(0, self._window):
            yield from map(self._text, pieces)

    def _mark(self) -> "array[int]":
        if self._marks is None:
            marks, number = array("Q"), 0
            for offset, pieces in self._batches(0, self._window):
                for piece in pieces:
                    if number % _MARK_EVERY == 0:
                        marks.append(offset)
                    offset += len(piece) + len(self._separator)
                    number += 1
            self._marks, self._count = marks, number
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
        pieces: list[str] = []
        for _, batch in self._batches(self._mark()[mark], min(self._window, _SHORT_WINDOW)):
            pieces += map(self._text, batch[skip : skip + after - first - len(pieces)])
            skip = max(skip - len(batch), 0)
            if len(pieces) >= after - first:
                break
        return pieces

    def __repr__(self) -> str:
        return "<pieces of a text: go through them, or take [number] or [first:after]>"
