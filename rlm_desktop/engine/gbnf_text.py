"""The text of a grammar, read from its beginning to its end: spaces, names and characters."""

import re
from itertools import pairwise

from rlm_desktop.engine.grammar_fault import GrammarFault

_SPACE = re.compile(r"(?:[ \t]|#[^\r\n]*)*")
_SPACE_AND_LINES = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")
NAME = re.compile(r"[A-Za-z0-9-]+")
_HEX = {"x": 2, "u": 4, "U": 8}
_ESCAPES = {"t": "\t", "r": "\r", "n": "\n", **{one: one for one in '\\"[]-'}}
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class GrammarText:
    """A text in llama.cpp's GBNF, and how far it was read. What is wrong raises GrammarFault."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def next(self) -> str:
        """The next character; empty at the end."""
        return self.text[self.at : self.at + 1]

    def space(self, *, lines: bool) -> None:
        match = (_SPACE_AND_LINES if lines else _SPACE).match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def name(self) -> str:
        match = NAME.match(self.text, self.at)
        if match is None:
            raise self.fault(
                "a rule begins with a name of letters, digits and hyphens, "
                f"and {self.next()!r} is none of these"
            )
        self.at = match.end()
        return match.group()

    def fault(self, what: str) -> GrammarFault:
        return GrammarFault(self.at, what)

    def _unfinished(self, start: int) -> GrammarFault:
        return GrammarFault(
            start, f"{self.text[start]!r} is opened here, and not closed on its line"
        )

    def characters(self) -> int:
        """Read a literal, a class or a dot; how many elements it becomes."""
        start = self.at
        opening = self.next()
        self.at += 1
        if opening == ".":
            return 1
        count = self._class(start) if opening == "[" else self._literal(start)
        self.at += 1
        return count

    def _literal(self, start: int) -> int:
        count = 0
        while self.next() != '"':
            position = self.at
            code = self._character(start)
            if not _can_be_matched([(code, code)]):
                raise GrammarFault(position, "there is no such character in a text")
            count += 1
        return count

    def _class(self, start: int) -> int:
        negated = self.next() == "^"
        self.at += negated
        ranges: list[tuple[int, int]] = []
        count = 0
        while self.next() != "]":
            position = self.at
            low = high = self._character(start)
            count += 1
            if self.next() == "-" and self.text[self.at + 1 : self.at + 2] != "]":
                self.at += 1
                high = self._character(start)
                count += 1
                if high < low:
                    raise GrammarFault(position, "the range ends before it begins")
            ranges.append((low, high))
        if negated:
            ranges = _others(ranges) if ranges else []
        if not _can_be_matched(ranges):
            raise GrammarFault(start, "no character fits into these brackets")
        return count

    def _character(self, start: int) -> int:
        """The code of the next character of what began at `start`."""
        one = self.next()
        if not one or one in "\r\n":
            raise self._unfinished(start)
        if one != "\\":
            self.at += 1
            return ord(one)
        kind = self.text[self.at + 1 : self.at + 2]
        if kind in _ESCAPES:
            self.at += 2
            return ord(_ESCAPES[kind])
        if kind not in _HEX:
            raise self.fault(f"'\\{kind}' means nothing; a backslash itself is written '\\\\'")
        digits = self.text[self.at + 2 : self.at + 2 + _HEX[kind]]
        if not re.fullmatch(rf"[0-9A-Fa-f]{{{_HEX[kind]}}}", digits):
            raise self.fault(f"'\\{kind}' needs {_HEX[kind]} hexadecimal digits")
        self.at += 2 + _HEX[kind]
        return int(digits, 16)


def _others(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges between these."""
    ends = [(-1, -1), *sorted(ranges), (_LAST_CHARACTER + 1, _LAST_CHARACTER + 1)]
    found = []
    reached = -1
    for (_, before), (low, _) in pairwise(ends):
        reached = max(reached, before)
        if reached + 1 <= low - 1:
            found.append((reached + 1, low - 1))
    return found


def _can_be_matched(ranges: list[tuple[int, int]]) -> bool:
    """Whether any character of a text is in these ranges. A NUL is in none."""
    for low, high in ranges:
        first = max(1, low)
        if first in _SURROGATES:
            first = _SURROGATES.stop
        if first <= min(high, _LAST_CHARACTER):
            return True
    return False
