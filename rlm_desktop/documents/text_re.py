"""Regular expressions over a text that is not a `str`.

Python's `re` takes a `str` only. So a text is searched by windows of a million characters, each
with some characters before it (for what looks back) and a tail after it. A match that reaches
the end of its window might have gone on: the window is then made longer and searched again, up
to 16 million characters. So a pattern finds what it would find in a `str`, but for one that must
look further than the tail without matching on the way.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol

WINDOW_CHARS = 1_000_000
TAIL_CHARS = 64 * 1024
BEFORE_CHARS = 256
MAX_WINDOW_CHARS = 16_000_000


class Windowed(Protocol):
    """What is searched: it can be cut."""

    def __len__(self) -> int: ...
    def __getitem__(self, which: slice) -> str: ...


class TextMatch:
    """A match, with its places counted in the whole text. Otherwise like `re.Match`."""

    __slots__ = ("_match", "_shift", "string")

    def __init__(self, match: re.Match[str], shift: int, string: Windowed) -> None:
        self._match = match
        self._shift = shift
        self.string = string

    def start(self, group: int | str = 0) -> int:
        return self.span(group)[0]

    def end(self, group: int | str = 0) -> int:
        return self.span(group)[1]

    def span(self, group: int | str = 0) -> tuple[int, int]:
        start, end = self._match.span(group)
        return (start, end) if start < 0 else (start + self._shift, end + self._shift)

    def __getitem__(self, group: int | str) -> str | Any:
        return self._match[group]

    def __getattr__(self, name: str) -> Any:
        if name in ("group", "groups", "groupdict", "expand", "re", "lastindex", "lastgroup"):
            return getattr(self._match, name)
        raise AttributeError(f"a match in a Text has no {name!r}")

    def __repr__(self) -> str:
        return f"<match span={self.span()} match={self._match[0][:80]!r}>"


def iter_matches(
    text: Windowed, pattern: re.Pattern[str], window: int = WINDOW_CHARS, tail: int = TAIL_CHARS
) -> Iterator[TextMatch]:
    """The matches in a text, first to last, as `re.finditer` would find them.

    Raises ValueError for a match of over MAX_WINDOW_CHARS characters.
    """
    length, start = len(text), 0
    while True:
        after = start + window
        began, given, reach = max(start - BEFORE_CHARS, 0), 0, tail
        resume = after
        while True:
            last = after + reach >= length
            piece = text[began : min(after + reach, length)]
            longer = False
            for number, match in enumerate(pattern.finditer(piece, start - began)):
                if began + match.start() >= after and not last:
                    break
                # `$` matches before the last newline too, so one character less is the end.
                if match.end() >= len(piece) - 1 and not last:
                    longer = True
                    break
                if number >= given:
                    given += 1
                    resume = max(after, began + match.end())
                    yield TextMatch(match, began, text)
            if not longer:
                break
            reach *= 2
            if reach > MAX_WINDOW_CHARS:
                raise ValueError(
                    f"{pattern.pattern!r} matches over {MAX_WINDOW_CHARS:,} characters at once:"
                    " use a pattern that matches less, or search text[a:b]"
                )
        if last:
            return
        start = resume


def match_at_start(text: Windowed, pattern: re.Pattern[str]) -> TextMatch | None:
    """Like `re.match`."""
    reach = TAIL_CHARS
    while True:
        piece = text[:reach]
        match = pattern.match(piece)
        if match is None:
            return None
        if match.end() < len(piece) - 1 or reach >= len(text):
            return TextMatch(match, 0, text)
        reach *= 2
        if reach > MAX_WINDOW_CHARS:
            raise ValueError(f"{pattern.pattern!r} matches over {MAX_WINDOW_CHARS:,} characters")


def find_all(text: Windowed, pattern: re.Pattern[str]) -> list[Any]:
    """Like `re.findall`: whole matches, or groups where the pattern has some."""
    matches = iter_matches(text, pattern)
    if pattern.groups == 0:
        return [match[0] for match in matches]
    if pattern.groups == 1:
        return [match[1] or "" for match in matches]
    return [match.groups("") for match in matches]


def split(text: Windowed, pattern: re.Pattern[str], maxsplit: int = 0) -> list[Any]:
    """Like `re.split`."""
    pieces: list[Any] = []
    start = 0
    for number, match in enumerate(iter_matches(text, pattern)):
        if maxsplit and number >= maxsplit:
            break
        pieces += [text[start : match.start()], *match.groups()]
        start = match.end()
    return [*pieces, text[start : len(text)]]


def _refused(name: str) -> str:
    return f"re.{name} cannot take the whole text: use a slice, like re.{name}(..., text[a:b])"


class WindowedPattern:
    """A compiled pattern that takes a Text as well as a `str`."""

    def __init__(self, pattern: re.Pattern[str], kind: type[Windowed]) -> None:
        self._pattern = pattern
        self._kind = kind

    def _either(self, name: str, over: Callable[..., Any] | None, *args: Any, **kw: Any) -> Any:
        taken = [*args, *kw.values()]
        if not any(isinstance(value, self._kind) for value in taken):
            return getattr(self._pattern, name)(*args, **kw)
        if over is None:
            raise TypeError(_refused(name))
        text = args[0] if args else kw.pop("string")
        return over(text, self._pattern, *args[1:], **kw)

    def finditer(self, *args: Any, **kw: Any) -> Any:
        return self._either("finditer", iter_matches, *args, **kw)

    def findall(self, *args: Any, **kw: Any) -> Any:
        return self._either("findall", find_all, *args, **kw)

    def search(self, *args: Any, **kw: Any) -> Any:
        return self._either("search", _first, *args, **kw)

    def match(self, *args: Any, **kw: Any) -> Any:
        return self._either("match", match_at_start, *args, **kw)

    def split(self, *args: Any, **kw: Any) -> Any:
        return self._either("split", split, *args, **kw)

    def fullmatch(self, *args: Any, **kw: Any) -> Any:
        return self._either("fullmatch", None, *args, **kw)

    def sub(self, *args: Any, **kw: Any) -> Any:
        return self._either("sub", None, *args, **kw)

    def subn(self, *args: Any, **kw: Any) -> Any:
        return self._either("subn", None, *args, **kw)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def __repr__(self) -> str:
        return repr(self._pattern)


def _first(text: Windowed, pattern: re.Pattern[str]) -> TextMatch | None:
    return next(iter_matches(text, pattern), None)


class WindowedRe:
    """Stands in for the module `re`: its functions take texts of `kind` as well as `str`."""

    def __init__(self, kind: type[Windowed]) -> None:
        self._kind = kind

    def compile(self, pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, WindowedPattern):
            return pattern
        compiled = re.compile(pattern, flags)
        return WindowedPattern(compiled, self._kind)

    def finditer(self, pattern: Any, string: Any, flags: int = 0) -> Any:
        return self.compile(pattern, flags).finditer(string)

    def findall(self, pattern: Any, string: Any, flags: int = 0) -> Any:
        return self.compile(pattern, flags).findall(string)

    def search(self, pattern: Any, string: Any, flags: int = 0) -> Any:
        return self.compile(pattern, flags).search(string)

    def match(self, pattern: Any, string: Any, flags: int = 0) -> Any:
        return self.compile(pattern, flags).match(string)

    def fullmatch(self, pattern: Any, string: Any, flags: int = 0) -> Any:
        return self.compile(pattern, flags).fullmatch(string)

    def split(self, pattern: Any, string: Any, maxsplit: int = 0, flags: int = 0) -> Any:
        return self.compile(pattern, flags).split(string, maxsplit)

    def sub(self, pattern: Any, repl: Any, string: Any, count: int = 0, flags: int = 0) -> Any:
        return self.compile(pattern, flags).sub(repl, string, count)

    def subn(self, pattern: Any, repl: Any, string: Any, count: int = 0, flags: int = 0) -> Any:
        return self.compile(pattern, flags).subn(repl, string, count)

    def __getattr__(self, name: str) -> Any:
        return getattr(re, name)
