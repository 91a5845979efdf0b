"""Which passage is cited at which line of an answer."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\d[\d.,:/-]*\d|\d+|\w{4,}")
#: So much of what a line says must stand in a passage for that to be cited there.
_SHARE = 0.6
_LEAST_CHARS = 3


def cited(lines: Sequence[str], quotes: Sequence[str]) -> list[list[int]]:
    """For each line of an answer the indexes of the passages that bear it out.

    Each passage is cited once: at the line that it says most of; where it says none of them, as
    after a count, at the last line that is not empty.
    """
    places: list[list[int]] = [[] for _ in lines]
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if not filled:
        return places
    for index, quote in enumerate(quotes):
        said = quote.casefold()
        scores = [(_share_said(lines[number].casefold(), said), -number) for number in filled]
        best, place = max(scores)
        places[-place if best >= _SHARE else filled[-1]].append(index)
    return places


def _share_said(line: str, quote: str) -> float:
    """How much of a line stands in a quote, from 0 to 1; more if all of it does, to the letter."""
    plain = line.strip(" \t*-•.")
    if len(plain) >= _LEAST_CHARS and plain in quote:
        return 2.0
    if len(quote.strip()) >= _LEAST_CHARS and quote.strip() in line:
        return 1.5
    words = set(_WORD.findall(line))
    return len(words & set(_WORD.findall(quote))) / len(words) if words else 0.0
