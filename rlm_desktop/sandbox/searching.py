"""The helpers that look through the text: grep, find, chunks and number.

Loaded next to untrusted code: the standard library and modules like this one only. They take
what small models really pass, and fail with a sentence that shows how to call them.
"""

import heapq
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rlm_desktop.documents.text import Text
from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.lines import lines_of
from rlm_desktop.sandbox.slices import Slice, span_of
from rlm_desktop.sandbox.whole import Context, Whole

_MOST_NEAR_HITS = 50
_TEXT_NAMES = ("text", "lines", "context", "pieces", "items")
_NUMBER = re.compile(
    r"(?:(?<![\w.])[-+−])?(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:[eE][-+]?\d+\b)?"
)


class Searching:
    """Searches the whole text, or what it is given."""

    def __init__(self, whole: Whole, ledger: Ledger) -> None:
        self._whole = whole
        self._ledger = ledger

    def grep(self, pattern: Any, text: Any = None, flags: int = 0, **named: Any) -> list[Any]:
        """grep(regex): the lines that match; grep(regex, text) looks only there."""
        text = _text_of("grep(regex) or grep(regex, text)", text, named)
        if named.pop("ignore_case", False) or named.pop("ignorecase", False):
            flags |= re.IGNORECASE
        _refuse("grep(regex) or grep(regex, text)", named)
        if isinstance(text, str) and isinstance(pattern, (Context, Text, list)):  # swapped
            pattern, text = text, pattern
        wanted = _compiled(pattern, flags)
        hits = self._matching(wanted.search, text)
        if not hits and not wanted.flags & re.IGNORECASE:
            either = re.compile(wanted.pattern, wanted.flags | re.IGNORECASE)
            hits = self._matching(either.search, text)
            if hits:
                say(f"grep: {wanted.pattern!r} stands there in other letters only, such as these")
        self._note("grep", text, hits)
        return hits

    def find(self, *words: Any, text: Any = None, **named: Any) -> list[Any]:
        """find(word, word): the lines with all the words, or else with the most of them."""
        usage = "find('word', 'word')"
        text = _text_of(usage, text, named)
        _refuse(usage, named)
        wanted = [word for word in _flat(words) if word]
        if not wanted:
            raise ValueError(f"find was given no word: call it as {usage}")
        hits = self._with_all(wanted, text)
        if not hits:
            wanted = list(dict.fromkeys(part for word in wanted for part in word.split()))
            hits = self._with_most(wanted, text)
            if hits and len(wanted) > 1:
                say(f"find: no line has all of {wanted}; these have the most of them")
        self._note("find", text, hits)
        return hits

    def _with_all(self, words: list[str], text: Any) -> list[Any]:
        def has_all(line: str) -> bool:
            lowered = line.lower()
            return all(word in lowered for word in words)

        return self._matching(has_all, text)

    def _with_most(self, words: list[str], text: Any) -> list[Any]:
        """At most 50 lines, those with the most of the words first."""
        scored: list[tuple[int, int, Any]] = []
        for number, (item, line) in enumerate(self._items(text)):
            lowered = line.lower()
            score = sum(word in lowered for word in words)
            if not score:
                continue
            entry = (score, -number, item)
            if len(scored) < _MOST_NEAR_HITS:
                heapq.heappush(scored, entry)
            elif entry[:2] > scored[0][:2]:
                heapq.heapreplace(scored, entry)
        return [item for _, _, item in sorted(scored, key=lambda entry: entry[:2], reverse=True)]

    def chunks(self, size: Any = 4000, text: Any = None, **named: Any) -> list[str]:
        """chunks(size): the whole text in pieces of at most `size` characters."""
        usage = "chunks(4000) or chunks(4000, text)"
        text = _text_of(usage, text, named)
        _refuse(usage, named)
        if not isinstance(size, (int, float)) or isinstance(size, bool):
            size, text = (4000 if text is None else text), size
        try:
            most = int(size)
        except (TypeError, ValueError):
            raise TypeError(f"the size is a number of characters: call {usage}") from None
        if most < 1:
            raise ValueError(f"the size is at least 1: call {usage}")
        pieces: list[str] = []
        for source, base in self._sources(text):
            pieces.extend(_cut_at_lines(source, base, most))
        self._note("chunks", text, [])
        return pieces

    def _sources(self, text: Any) -> Iterator[tuple[str, int | None]]:
        """What to cut into pieces, each with where it begins, if known."""
        if text is None or isinstance(text, (Context, Text)):
            for start, block in self._whole.blocks():
                yield block, start
        elif isinstance(text, str):
            yield text, text.start if isinstance(text, Slice) else None
        else:
            yield "\n".join(text_of_item(item) for item in text), None

    def _matching(self, fits: Callable[[str], object], text: Any) -> list[Any]:
        if text is None or isinstance(text, (Context, Text)):
            return [Slice(line, start) for start, line in self._whole.lines() if fits(line)]
        return [item for item, line in self._items(text) if fits(line)]

    def _items(self, text: Any) -> Iterator[tuple[Any, str]]:
        """What is returned for a hit, and the line that is searched for it."""
        if text is None or isinstance(text, (Context, Text)):
            for start, line in self._whole.lines():
                yield Slice(line, start), line
        elif isinstance(text, str):
            yield from _lines_within(text)
        elif isinstance(text, Iterable):
            for item in text:
                if isinstance(item, str) and "\n" in item:
                    yield from _lines_within(item)
                else:
                    yield item, text_of_item(item)
        else:
            raise TypeError(f"the text is a str or a list of lines, not {type(text).__name__}")

    def _note(self, by: str, text: Any, hits: list[Any]) -> None:
        if text is None or isinstance(text, (Context, Text)):
            self._ledger.scanned(by, [self._whole.span])
        else:
            items = [text] if isinstance(text, str) else text
            spans = [span for item in items if (span := span_of(item)) is not None]
            self._ledger.scanned(by, spans)
        self._ledger.found(by, hits)


def number(text: Any = "", *_: Any) -> float:
    """The first number in a text, thousands commas left out; nan if there is none."""
    if isinstance(text, (int, float)):
        return float(text)
    found = _NUMBER.search(text) if isinstance(text, str) else None
    if found is None:
        return float("nan")
    return float(found[0].replace(",", "").replace("−", "-"))


def text_of_item(item: Any) -> str:
    """An item of a list as text: a line as it is, a row as "column: value; …"."""
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        return "; ".join(f"{key}: {value}" for key, value in item.items())
    if isinstance(item, (list, tuple)):
        return " ".join(map(str, item))
    return str(item)


def _lines_within(text: str) -> Iterator[tuple[str, str]]:
    placed = isinstance(text, Slice)
    for start, line in lines_of(str(text), text.start if isinstance(text, Slice) else 0):
        yield (Slice(line, start) if placed else line), line


def _cut_at_lines(text: str, base: int | None, most: int) -> Iterator[str]:
    start, length = 0, len(text)
    while start < length:
        end = min(start + most, length)
        if end < length:
            end = str.rfind(text, "\n", start, end) + 1 or end
        piece = str.__getitem__(text, slice(start, end))
        yield piece if base is None else Slice(piece, base + start)
        start = end


def _compiled(pattern: Any, flags: int) -> re.Pattern[str]:
    pattern = getattr(pattern, "_pattern", pattern)  # of the `re` for mapped texts
    if isinstance(pattern, re.Pattern):
        return pattern
    if isinstance(pattern, (list, tuple, set)):
        pattern = "|".join(map(str, pattern))
    if not isinstance(pattern, str):
        raise TypeError("grep wants a regex first: call grep('word') or grep(r'code \\d+')")
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        say(f"grep: {pattern!r} is no valid regex ({error}); it was searched literally")
        return re.compile(re.escape(pattern), flags)


def _flat(words: Iterable[Any]) -> Iterator[str]:
    for word in words:
        if isinstance(word, (list, tuple, set)):
            yield from _flat(word)
        else:
            yield str(word).strip().lower()


def _text_of(usage: str, text: Any, named: dict[str, Any]) -> Any:
    given = [named.pop(name) for name in _TEXT_NAMES if name in named]
    if given and text is not None:
        raise TypeError(f"the text is given twice: call {usage}")
    return given[0] if given else text


def _refuse(usage: str, named: dict[str, Any]) -> None:
    if named:
        raise TypeError(f"{next(iter(named))!r} is not known here: call {usage}")


def say(note: str) -> None:
    """A note of a helper, in the output of the program."""
    sys.stdout.write(f"({note})\n")
