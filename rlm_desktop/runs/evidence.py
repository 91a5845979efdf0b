"""What an answer rests on: the ledger of what was read, and the passages that show it."""

from collections.abc import Generator, Iterable
from typing import TypeVar

from rlm_desktop.documents.collection import Collection
from rlm_desktop.runs.events import Event, Evidence, PassagesRead

Span = tuple[int, int]
_Result = TypeVar("_Result")

_QUOTE_CHARS = 300
_MOST = 5


class Ledger:
    """The spans of one text (code points) that code or the model has looked at."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._read: list[Span] = []
        self._hits: list[Span] = []

    def add(self, spans: Iterable[Span], *, hits: bool) -> None:
        """Take in spans; what lies outside of the text is cut off, since it is untrusted."""
        inside = [
            (max(0, start), min(end, self._length))
            for start, end in spans
            if start < end and start < self._length and end > 0
        ]
        self._read = _merged(self._read + inside)
        if hits:
            # The latest hits are what the last program worked with.
            self._hits = inside + [span for span in self._hits if span not in inside][:200]

    @property
    def coverage(self) -> float:
        """The part of the text that was looked at, from 0 to 1."""
        if not self._length:
            return 1.0
        return sum(end - start for start, end in self._read) / self._length

    @property
    def hits(self) -> tuple[Span, ...]:
        """What was found, the latest first."""
        return tuple(self._hits)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def evidence_for(answer: str, collection: Collection, ledger: Ledger) -> tuple[Evidence, ...]:
    """Up to five passages that the answer rests on.

    First the hits that hold the answer to the letter, then the other hits; if nothing was found
    by a helper, where a short answer stands in the text.
    """
    wanted = answer.strip()
    quotable = 3 <= len(wanted) <= 200 and "\n" not in wanted
    hits = [(span, collection.text(*_short(span))) for span in ledger.hits]
    if quotable:
        hits.sort(key=lambda hit: wanted.casefold() not in hit[1].casefold())
    spans = [_short(span) for span, _ in hits[:_MOST]]
    if not spans and quotable and not wanted.isdigit():
        start = collection.find(wanted)
        if start >= 0:
            spans = [collection.line_around(start, start + len(wanted))]
    return tuple(quoted(collection, span) for span in dict.fromkeys(spans))


def _short(span: Span) -> Span:
    return span[0], min(span[1], span[0] + _QUOTE_CHARS)


def quoted(collection: Collection, span: Span) -> Evidence:
    """A span of the whole text as a passage of its document, quoted to the letter."""
    where = collection.where(span[0])
    return Evidence(
        where.document.name,
        where.position,
        where.position + span[1] - span[0],
        where.line,
        where.page,
        collection.text(*span),
    )


def noting(
    happening: Generator[Event, None, _Result], ledger: Ledger
) -> Generator[Event, None, _Result]:
    """Pass events on, and write what was read to the ledger of the run."""
    try:
        while True:
            try:
                event = next(happening)
            except StopIteration as end:
                result: _Result = end.value
                return result
            if isinstance(event, PassagesRead):
                ledger.add(event.spans, hits=event.hits)
            yield event
    finally:
        happening.close()
