"""Which parts of the text were read, in so many cells as a strip has room for."""

from collections.abc import Iterable
from dataclasses import dataclass

from rlm_desktop.runs.events import PassagesRead


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of the text: the part of it that was read, 0 to 1, and whether it holds a hit."""

    start: int
    end: int
    read: float
    hit: bool


def coverage_cells(passages: Iterable[PassagesRead], length: int, most: int) -> list[Cell]:
    """At most so many cells of about equal size for a text of `length` code points.

    Spans that overlap may count twice within a cell; it is never more than wholly read.
    """
    number = max(1, min(most, length))
    edges = [cell * length // number for cell in range(number + 1)]
    read, hit = [0] * number, [False] * number
    for passage in passages:
        for start, end in passage.spans:
            start, end = max(0, start), min(end, length)
            if start >= end:
                continue
            first, last = start * number // length, (end - 1) * number // length
            for cell in range(first, min(last, number - 1) + 1):
                inside = min(end, edges[cell + 1]) - max(start, edges[cell])
                read[cell] += max(inside, 0)
                hit[cell] = hit[cell] or passage.hits
    return [
        Cell(edges[cell], edges[cell + 1], min(1.0, read[cell] / size), hit[cell])
        for cell in range(number)
        if (size := edges[cell + 1] - edges[cell])
    ]
