"""Whether a grammar can be used, told before llama.cpp sees it, with the place of the fault.

llama.cpp says no more of a bad grammar than that it is bad, and takes some that end its process:
`"a"{3,1}` and an empty beginning before a rule's own name (`a ::= b a "x"`, `b ::= c`, `c ::= ""`)
fill the memory. So its parser (src/llama-grammar.cpp, as of llama-cpp-python 0.3.36) is followed
here step by step, up to the rules that it makes of groups and repetitions; `gbnf_rules` looks at
these. Refused besides is what it takes in another sense than was meant: a rule that is there
twice, more than 2,000 repetitions (taken for any number), characters that are none, and line
breaks within quotes, which are mostly a quote forgotten.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from rlm_desktop.engine.gbnf_rules import ALTERNATIVE, CHARACTER, check_rules
from rlm_desktop.engine.grammar_fault import GrammarFault
from rlm_desktop.errors import EngineError

#: Bytes of a grammar.
_MOST_BYTES = 256 * 1024
#: Groups within groups.
_MOST_NESTED = 500
#: Of one thing, groups and what is repeated in them multiplied; llama.cpp's own limit.
_MOST_REPEATED = 2_000
#: Elements of all rules, repetitions written out: 8 bytes each in llama.cpp, three times over.
_MOST_ELEMENTS = 300_000

_SPACE = re.compile(r"(?:[ \t]|#[^\r\n]*)*")
_SPACE_AND_LINES = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_DIGITS = re.compile(r"[0-9]+")
_LINE_END = re.compile(r"\r\n?|\n")
_HEX = {"x": 2, "u": 4, "U": 8}
_ESCAPES = {"t": "\t", "r": "\r", "n": "\n", **{one: one for one in '\\"[]-'}}
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


def check(grammar: str) -> None:
    """Raise EngineError, naming line, column and fault, unless a reply can be held to a grammar."""
    try:
        size = len(grammar.encode())
    except UnicodeEncodeError as error:
        raise _at(grammar, error.start, "this character cannot be written in UTF-8") from error
    if size > _MOST_BYTES:
        raise EngineError(
            f"the grammar has {size:,} bytes, and may have {_MOST_BYTES:,}: use a smaller one"
        )
    parser = _Parser(grammar)
    try:
        parser.parse()
        check_rules(parser.rules, parser.origins)
    except GrammarFault as fault:
        raise _at(grammar, fault.position, fault.what) from fault


def _at(grammar: str, position: int, what: str) -> EngineError:
    line, start = 1, 0
    for end in _LINE_END.finditer(grammar, 0, position):
        line, start = line + 1, end.end()
    return EngineError(
        f"the grammar is invalid at line {line}, column {position - start + 1}: {what}"
    )


@dataclass(slots=True)
class _Last:
    """What a repetition would repeat: it begins at `start`, and weighs what was repeated in it."""

    start: int = 0
    weight: int = 1


@dataclass(slots=True)
class _Group:
    """A rule or a group that is being read; its own rule is the first of those made for it."""

    number: int
    start: int
    first: int
    rule: list[int] = field(default_factory=list)
    last: _Last = field(default_factory=_Last)


class _Parser:
    """Makes llama.cpp's rules of a grammar, their numbers included.

    `rules` are by number, None where a name was used and not yet defined; `origins` are where
    each begins, and its name if it has one.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._nested = 0
        self._elements = 0
        self._numbers: dict[str, int] = {}
        self.rules: list[list[int] | None] = []
        self.origins: list[tuple[int, str]] = []

    def parse(self) -> None:
        self._space(lines=True)
        while self._at < len(self._text):
            self._rule()
        for rule, (position, name) in zip(self.rules, self.origins, strict=True):
            if rule is None:
                raise GrammarFault(position, f"there is no rule named {name!r}")
        if not self.rules:
            raise GrammarFault(0, "it is empty")
        if "root" not in self._numbers:
            raise GrammarFault(0, "there is no rule named 'root', where every reply begins")

    # -- the parts of a grammar

    def _rule(self) -> None:
        start, name = self._at, self._name()
        number = self._number(name, start)
        if self.rules[number] is not None:
            raise GrammarFault(start, f"there is a rule named {name!r} already")
        self.origins[number] = (start, name)
        self._space(lines=False)
        if not self._text.startswith("::=", self._at):
            raise self._fault("'::=' is missing after the name of the rule")
        self._at += 3
        self._space(lines=True)
        self._alternatives(number)
        if self._at < len(self._text) and self._next() not in "\r\n":
            raise self._fault(f"{self._next()!r} is out of place here")
        self._space(lines=True)

    def _alternatives(self, number: int) -> None:
        """Read a rule's alternatives, and the groups within each other that are in them."""
        groups = [_Group(number, self._at, len(self.rules))]
        self.rules[number] = groups[0].rule
        while True:
            group = groups[-1]
            self._nested = len(groups) - 1
            self._sequence(group)
            match self._next():
                case "|":
                    self._at += 1
                    self._add(group.rule, [ALTERNATIVE])
                    group.last = _Last(len(group.rule))
                    self._space(lines=True)
                case "(":
                    if len(groups) > _MOST_NESTED:
                        raise self._fault(f"more than {_MOST_NESTED} groups are within each other")
                    first = len(self.rules)
                    groups.append(_Group(self._generated(self._at), self._at, first))
                    self.rules[first] = groups[-1].rule
                    self._at += 1
                    self._space(lines=True)
                case ")" if self._nested:
                    groups.pop()
                    self._nested -= 1
                    outer = groups[-1]
                    outer.last = _Last(len(outer.rule), len(self.rules) - group.first)
                    self._add(outer.rule, [group.number])
                    self._at += 1
                    self._space(lines=self._nested > 0)
                case "" if self._nested:
                    raise GrammarFault(group.start, "'(' is opened here, and not closed")
                case _ if self._nested:
                    raise self._fault(f"{self._next()!r} is out of place here")
                case _:
                    return

    def _sequence(self, group: _Group) -> None:
        """Read on to the next alternative, or the beginning or end of a group."""
        rule = group.rule
        while True:
            start = self._at
            match self._next():
                case '"' | "[" | ".":
                    group.last = _Last(len(rule))
                    self._add(rule, [CHARACTER] * self._characters())
                case "*":
                    self._at += 1
                    self._repeat(group, start, 0, None)
                case "+":
                    self._at += 1
                    self._repeat(group, start, 1, None)
                case "?":
                    self._at += 1
                    self._repeat(group, start, 0, 1)
                case "{":
                    self._repeat(group, start, *self._bounds())
                case "<" | "!":
                    raise self._fault("tokens of the model cannot be named: write their text")
                case one if _NAME.match(one):
                    group.last = _Last(len(rule))
                    self._add(rule, [self._number(self._name(), start)])
                case _:
                    return
            self._space(lines=self._nested > 0)

    def _bounds(self) -> tuple[int, int | None]:
        """How often at least and at most, as written in braces."""
        start = self._at
        lines = self._nested > 0
        self._at += 1
        self._space(lines=lines)
        least = self._count()
        most: int | None = least
        self._space(lines=lines)
        if self._next() == ",":
            self._at += 1
            self._space(lines=lines)
            most = self._count() if _DIGITS.match(self._next()) else None
            self._space(lines=lines)
        if self._next() != "}":
            raise self._fault("'}' is missing")
        self._at += 1
        if most is not None and most < least:
            raise GrammarFault(start, f"at most {most} is less than at least {least}")
        return least, most

    def _count(self) -> int:
        match = _DIGITS.match(self._text, self._at)
        if match is None:
            raise self._fault("a number is missing")
        digits = match.group().lstrip("0") or "0"
        if len(digits) > 9 or int(digits) > _MOST_REPEATED:
            raise self._fault(f"nothing can be repeated more than {_MOST_REPEATED:,} times")
        self._at = match.end()
        return int(digits)

    def _repeat(self, group: _Group, position: int, least: int, most: int | None) -> None:
        """Write out a repetition as llama.cpp does, with a rule for each time that may be."""
        rule, last = group.rule, group.last
        again = rule[last.start :]
        if not again:
            raise GrammarFault(position, "there is nothing before it that could be repeated")
        last.weight *= (least if most is None else most) or 1
        if last.weight > _MOST_REPEATED:
            raise GrammarFault(
                position,
                f"with the repetitions within it, more than {_MOST_REPEATED:,} are written out",
            )
        if least == 0:
            del rule[last.start :]
        optional = 1 if most is None else most - least
        added = (max(0, least - 1) + optional) * len(again) + 3 * optional
        self._room(added, position)
        for _ in range(1, least):
            rule += again
        number = -1
        for at in range(optional):
            before, number = number, self._generated(position)
            follows = [number] if most is None else [before] if at else []
            self.rules[number] = [*again, *follows, ALTERNATIVE]
        if optional:
            rule.append(number)

    # -- characters

    def _characters(self) -> int:
        """Read a literal, a class or a dot; how many elements it becomes."""
        start = self._at
        opening = self._next()
        self._at += 1
        if opening == ".":
            return 1
        closing = '"' if opening == '"' else "]"
        if opening == '"':
            count = 0
            while self._next() != closing:
                position = self._at
                code = self._character(start)
                if not _can_be_matched([(code, code)]):
                    raise GrammarFault(position, "there is no such character in a text")
                count += 1
        else:
            count = self._class(start)
        self._at += 1
        return count

    def _class(self, start: int) -> int:
        negated = self._next() == "^"
        self._at += negated
        ranges: list[tuple[int, int]] = []
        count = 0
        while self._next() != "]":
            position = self._at
            low = high = self._character(start)
            count += 1
            if self._next() == "-" and self._text[self._at + 1 : self._at + 2] != "]":
                self._at += 1
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
        one = self._next()
        if not one or one in "\r\n":
            raise self._unfinished(start)
        if one != "\\":
            self._at += 1
            return ord(one)
        kind = self._text[self._at + 1 : self._at + 2]
        if kind in _ESCAPES:
            self._at += 2
            return ord(_ESCAPES[kind])
        if kind not in _HEX:
            raise self._fault(f"'\\{kind}' means nothing; a backslash itself is written '\\\\'")
        digits = self._text[self._at + 2 : self._at + 2 + _HEX[kind]]
        if not re.fullmatch(rf"[0-9A-Fa-f]{{{_HEX[kind]}}}", digits):
            raise self._fault(f"'\\{kind}' needs {_HEX[kind]} hexadecimal digits")
        self._at += 2 + _HEX[kind]
        return int(digits, 16)

    # -- small things

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _space(self, *, lines: bool) -> None:
        match = (_SPACE_AND_LINES if lines else _SPACE).match(self._text, self._at)
        assert match is not None
        self._at = match.end()

    def _name(self) -> str:
        match = _NAME.match(self._text, self._at)
        if match is None:
            raise self._fault(
                "a rule begins with a name of letters, digits and hyphens, "
                f"and {self._next()!r} is none of these"
            )
        self._at = match.end()
        return match.group()

    def _number(self, name: str, position: int) -> int:
        """The number of a rule, a new one if its name is new."""
        if name not in self._numbers:
            self._numbers[name] = len(self.rules)
            self.rules.append(None)
            self.origins.append((position, name))
        return self._numbers[name]

    def _generated(self, position: int) -> int:
        """The number of a new rule that has no name."""
        self.rules.append([])
        self.origins.append((position, ""))
        return len(self.rules) - 1

    def _add(self, rule: list[int], elements: list[int]) -> None:
        self._room(len(elements), self._at)
        rule += elements

    def _room(self, count: int, position: int) -> None:
        self._elements += count
        if self._elements > _MOST_ELEMENTS:
            raise GrammarFault(
                position,
                f"with all repetitions written out, it has more than {_MOST_ELEMENTS:,} elements",
            )

    def _fault(self, what: str) -> GrammarFault:
        return GrammarFault(self._at, what)

    def _unfinished(self, start: int) -> GrammarFault:
        return GrammarFault(
            start, f"{self._text[start]!r} is opened here, and not closed on its line"
        )


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
