"""The lines of the text: a real list, or for a text that is only mapped something like one.

Loaded next to untrusted code: the standard library and modules like this one only. A line ends
at a newline and nowhere else, so that line numbers are those of an editor; the carriage return
before it is not part of the line.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, SupportsIndex, overload

from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.slices import Slice, span_of


def lines_of(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """The lines of a text that begins at `start`, each with where it begins."""
    pieces = text.split("\n")
    if not pieces[-1]:
        pieces.pop()
    for piece in pieces:
        yield start, piece.removesuffix("\r")
        start += len(piece) + 1


class Lines(list[str]):
    """The lines as a list; taking some of them by number is noted in the ledger."""

    def __init__(self, lines: Iterable[tuple[int, str]], ledger: Ledger) -> None:
        super().__init__(Slice(line, start) for start, line in lines)
        self._ledger = ledger

    @overload
    def __getitem__(self, which: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, which: "slice[Any, Any, Any]") -> list[str]: ...
    def __getitem__(self, which: "SupportsIndex | slice[Any, Any, Any]") -> str | list[str]:
        taken = list.__getitem__(self, which)
        _note(self._ledger, taken)
        return taken

    def __reduce_ex__(self, _: SupportsIndex) -> tuple[Any, ...]:
        return list, (list(self),)


class MappedLines(Sequence[str]):
    """The lines of a mapped text, cut when asked for; 16 bytes a line once asked by number."""

    def __init__(
        self,
        lines: Callable[[], Iterator[tuple[int, str]]],
        cut: Callable[[int, int], Slice],
        ledger: Ledger,
    ) -> None:
        self._lines = lines
        self._cut = cut
        self._ledger = ledger
        self._spans: array[int] | None = None

    def _bounds(self) -> "array[int]":
        """Start and end of each line, one after the other."""
        if self._spans is None:
            self._spans = array("Q")
            for start, line in self._lines():
                self._spans.append(start)
                self._spans.append(start + len(line))
        return self._spans

    def __len__(self) -> int:
        return len(self._bounds()) // 2

    def __iter__(self) -> Iterator[str]:
        for start, line in self._lines():
            yield Slice(line, start)

    @overload
    def __getitem__(self, which: int) -> str: ...
    @overload
    def __getitem__(self, which: "slice[Any, Any, Any]") -> list[str]: ...
    def __getitem__(self, which: "int | slice[Any, Any, Any]") -> str | list[str]:
        if isinstance(which, slice):
            taken: str | list[str] = [self._line(i) for i in range(*which.indices(len(self)))]
        else:
            taken = self._line(range(len(self))[which])
        _note(self._ledger, taken)
        return taken

    def _line(self, number: int) -> Slice:
        bounds = self._bounds()
        return self._cut(bounds[2 * number], bounds[2 * number + 1])

    def __repr__(self) -> str:
        return f"<{len(self):,} lines: go through them, or take lines[number] or lines[a:b]>"


def _note(ledger: Ledger, taken: str | list[str]) -> None:
    some = [taken] if isinstance(taken, str) else taken
    ledger.scanned("slice", [span for line in some if (span := span_of(line)) is not None])
