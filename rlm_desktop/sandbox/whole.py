"""The text that programs work on: all parts joined, and where each of them stands.

Loaded next to untrusted code: the standard library and modules like this one only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rlm_desktop.documents.text import Text
from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.lines import lines_of
from rlm_desktop.sandbox.slices import Slice

#: Up to here `context` is a true `str`; at 4 bytes a character that is 256 MB.
MOST_STR_CHARS = 64 * 1024 * 1024
_BLOCK_CHARS = 1024 * 1024


class Context(Slice):
    """The whole text as a `str`; cutting it is noted in the ledger."""

    __slots__ = ("_ledger",)

    _ledger: Ledger

    @classmethod
    def over(cls, text: str, ledger: Ledger) -> "Context":
        made = str.__new__(cls, text)
        made.start = 0
        made._ledger = ledger  # noqa: SLF001
        return made

    def __getnewargs__(self) -> tuple[str, int]:  # type: ignore[override]
        raise TypeError("`context` is not copied: use slices of it")

    def __copy__(self) -> "Context":
        return self

    def __deepcopy__(self, _: object) -> "Context":
        return self

    def __getitem__(self, which: Any) -> str:
        cut = Slice.__getitem__(self, which)
        if isinstance(cut, Slice):
            self._ledger.scanned("slice", [(cut.start, cut.start + len(cut))])
        return cut


class MappedContext(Text):
    """The whole text where it is too long for a `str`; cutting it is noted in the ledger."""

    ledger: Ledger

    def __getitem__(self, which: int | slice) -> str:
        cut = Text.__getitem__(self, which)
        if not isinstance(which, slice):
            return cut
        start = which.indices(len(self))[0]
        self.ledger.scanned("slice", [(start, start + len(cut))])
        return Slice(cut, start)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a part stands in the whole: `head` is where its header begins, start..end its text."""

    name: str
    kind: str
    head: int
    start: int
    end: int
    lines: int
    pages: int


class Whole:
    """The joined text. What is cut here is not noted in the ledger; helpers note it themselves."""

    def __init__(self, parts: Sequence[Mapping[str, Any]], ledger: Ledger) -> None:
        """Read or map the parts. Raises OSError, ValueError."""
        text = MappedContext.of_parts(parts)
        text.ledger = ledger
        self.length = len(text)
        self.stretches = [
            Stretch(
                part["name"],
                part["kind"],
                start - len(part["header"]),
                start,
                end,
                part["lines"],
                part["pages"],
            )
            for part, (start, end) in zip(parts, text.part_spans, strict=True)
        ]
        self.context: Context | MappedContext = text
        if self.length <= MOST_STR_CHARS:
            with text:
                self.context = Context.over(self.raw(0, self.length), ledger)

    @property
    def mapped(self) -> bool:
        """Whether the text is too long to be a `str`."""
        return isinstance(self.context, MappedContext)

    @property
    def span(self) -> tuple[int, int]:
        return 0, self.length

    def raw(self, start: int, end: int) -> str:
        """The characters from `start` to `end`, as a plain `str`."""
        if isinstance(self.context, MappedContext):
            return Text.__getitem__(self.context, slice(start, end))
        return str.__getitem__(self.context, slice(start, end))

    def cut(self, start: int, end: int) -> Slice:
        return Slice(self.raw(start, end), start)

    def find(self, wanted: str) -> int:
        return self.context.find(wanted)

    def count(self, wanted: str, start: int, end: int) -> int:
        return self.context.count(wanted, start, end)

    def lines(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
        """The lines between two places, each with where it begins; without their ends."""
        for begins, block in self.blocks(start, end):
            yield from lines_of(block, begins)

    def blocks(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
        """Stretches of about a million characters that end with a line, and where they begin."""
        last = self.length if end is None else end
        while start < last:
            block = self._block(start, last)
            yield start, block
            start += len(block)

    def _block(self, start: int, last: int) -> str:
        size = _BLOCK_CHARS
        while True:
            block = self.raw(start, min(start + size, last))
            if start + size >= last:
                return block
            cut = block.rfind("\n") + 1
            if cut:
                return block[:cut]
            size *= 2

    def stretch_at(self, position: int) -> Stretch:
        """The part at a place."""
        if not 0 <= position <= self.length:
            raise IndexError(
                f"where({position}): the text has {self.length:,} characters, counted from 0"
            )
        at = [stretch for stretch in self.stretches if stretch.head <= position]
        return at[-1]

    def place(self, position: int) -> str:
        """A place in words: "name, line 12" or "name, page 3"."""
        stretch = self.stretch_at(position)
        mark, word = ("\f", "page") if stretch.pages else ("\n", "line")
        number = self.count(mark, stretch.start, max(position, stretch.start)) + 1
        return f"{stretch.name}, {word} {number}"
