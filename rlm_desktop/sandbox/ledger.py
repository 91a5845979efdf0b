"""What a program read, and which helper read it.

From this come the citations and the share of the text that was looked at. Loaded next to
untrusted code: standard library only. A hostile program can forge it; it decides nothing but
what is highlighted.
"""

from collections.abc import Iterable, Iterator, Sequence

from rlm_desktop.sandbox.slices import span_of

Span = tuple[int, int]

SPANS_IN_A_FRAME = 500
_FRAMES_OF_A_HELPER = 10
_HITS_OF_A_HELPER = 200
_HITS_OF_A_VARIABLE = 50
_MERGE_AT = 20_000


class Ledger:
    """Collects what is read until the program ends."""

    def __init__(self) -> None:
        self._scanned: dict[str, list[Span]] = {}
        self._hits: dict[str, list[Span]] = {}

    def scanned(self, by: str, spans: Iterable[Span]) -> None:
        """These passages were looked through."""
        known = self._scanned.setdefault(by, [])
        known.extend(spans)
        if len(known) > _MERGE_AT:
            self._scanned[by] = merged(known)

    def found(self, by: str, hits: Sequence[object]) -> None:
        """A helper found these lines."""
        self._add_hits(by, hits, _HITS_OF_A_HELPER)

    def kept(self, name: str, hits: Sequence[object]) -> None:
        """A variable holds these passages."""
        self._add_hits(name, hits, _HITS_OF_A_VARIABLE)

    def _add_hits(self, by: str, hits: Sequence[object], most: int) -> None:
        spans = [span for hit in hits[:most] if (span := span_of(hit)) is not None]
        if spans:
            self._hits.setdefault(by, []).extend(spans)

    def frames(self) -> Iterator[dict[str, object]]:
        """The messages that tell it all, and forget it."""
        for told, hits in ((self._scanned, False), (self._hits, True)):
            for by, spans in told.items():
                rest = merged(spans) if not hits else list(dict.fromkeys(spans))
                most = SPANS_IN_A_FRAME * _FRAMES_OF_A_HELPER
                for at in range(0, min(len(rest), most), SPANS_IN_A_FRAME):
                    frame = rest[at : at + SPANS_IN_A_FRAME]
                    yield {"type": "read", "by": by, "spans": frame, "hits": hits}
        self._scanned, self._hits = {}, {}


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same passages in order, those that touch or overlap made one."""
    result: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
