"""Strings that know where in `context` they stand.

Loaded next to untrusted code: standard library only. What a helper returns is a Slice, so that
a quote can be shown in its place and coverage counted, while to a program it is a `str`.
"""

from typing import Any, Self, SupportsIndex

from rlm_desktop.sandbox.cells import Placed


class Slice(str):
    """A `str` that is `context[start:start + len(self)]`.

    Cutting it keeps the place; whatever changes its characters gives a plain `str`.
    """

    __slots__ = ("start",)

    start: int

    def __new__(cls, text: str, start: int) -> Self:
        made = super().__new__(cls, text)
        made.start = start
        return made

    def __getnewargs__(self) -> tuple[str, int]:  # type: ignore[override]
        return str(self), self.start

    def _at(self, text: str, offset: int) -> "Slice":
        return Slice(text, self.start + offset)

    def __getitem__(self, which: "SupportsIndex | slice[Any, Any, Any]") -> str:
        cut = str.__getitem__(self, which)
        if isinstance(which, slice) and which.step in (None, 1):
            return self._at(cut, which.indices(len(self))[0])
        return cut

    def lstrip(self, chars: str | None = None, /) -> str:
        left = str.lstrip(self, chars)
        return self._at(left, len(self) - len(left))

    def rstrip(self, chars: str | None = None, /) -> str:
        return self._at(str.rstrip(self, chars), 0)

    def strip(self, chars: str | None = None, /) -> str:
        return self.lstrip(chars).rstrip(chars)

    def removeprefix(self, prefix: str, /) -> str:
        return self[len(prefix) :] if prefix and self.startswith(prefix) else self[:]

    def removesuffix(self, suffix: str, /) -> str:
        return self[: -len(suffix)] if suffix and self.endswith(suffix) else self[:]

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> list[str]:
        pieces: list[str] = []
        place, gap = 0, len(sep) if sep else 0
        for piece in str.split(self, sep, maxsplit):
            if sep is None:  # the next piece begins at the next character that is no white space
                place = self.find(piece, place)
            pieces.append(self._at(piece, place))
            place += len(piece) + gap
        return pieces

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: FBT001, FBT002
        pieces: list[str] = []
        place = 0
        for piece, whole in zip(
            str.splitlines(self, keepends), str.splitlines(self, keepends=True), strict=True
        ):
            pieces.append(self._at(piece, place))
            place += len(whole)
        return pieces

    def partition(self, sep: str, /) -> tuple[str, str, str]:
        return self._parted(str.partition(self, sep))

    def rpartition(self, sep: str, /) -> tuple[str, str, str]:
        return self._parted(str.rpartition(self, sep))

    def _parted(self, three: tuple[str, str, str]) -> tuple[str, str, str]:
        before, between, after = three
        first, second = len(before), len(before) + len(between)
        return self._at(before, 0), self._at(between, first), self._at(after, second)


def span_of(passage: object) -> tuple[int, int] | None:
    """Where a string or a row stands in `context`, or None if it does not say."""
    if isinstance(passage, Slice):
        return passage.start, passage.start + len(passage)
    return passage.span if isinstance(passage, Placed) else None
