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

from rlm_desktop.engine.gbnf_rules import ALTERNATIVE, CHARACTER, check_rules
from rlm_desktop.engine.gbnf_text import NAME, GrammarText
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

_DIGITS = re.compile(r"[0-9]+")
_LINE_END = re.compile(r"\r\n?|\n")


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


class _Parser(GrammarText):
    """Makes llama.cpp's rules of a grammar, their numbers included.

    `rules` are by number, None where a name was used and not yet defined; `origins` are where
    each begins, and its name if it has one.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._nested = 0
        self._elements = 0
        self._numbers: dict[str, int] = {}
        self.rules: list[list[int] | None] = []
        self.origins: list[tuple[int, str]] = []

    def parse(self) -> None:
        self.space(lines=True)
        while self.at < len(self.text):
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
        start, name = self.at, self.name()
        number = self._number(name, start)
        if self.rules[number] is not None:
            raise GrammarFault(start, f"there is a rule named {name!r} already")
        self.origins[number] = (start, name)
        self.space(lines=False)
        if not self.text.startswith("::=", self.at):
            raise self.fault("'::=' is missing after the name of the rule")
        self.at += 3
        self.space(lines=True)
        self._alternatives(number)
        if self.at < len(self.text) and self.next() not in "\r\n":
            raise self.fault(f"{self.next()!r} is out of place here")
        self.space(lines=True)

    def _alternatives(self, number: int) -> None:
        """Read a rule's alternatives, and the groups within each other that are in them."""
        groups = [_Group(number, self.at, len(self.rules))]
        self.rules[number] = groups[0].rule
        while True:
            group = groups[-1]
            self._nested = len(groups) - 1
            self._sequence(group)
            match self.next():
                case "|":
                    self.at += 1
                    self._add(group.rule, [ALTERNATIVE])
                    group.last = _Last(len(group.rule))
                    self.space(lines=True)
                case "(":
                    if len(groups) > _MOST_NESTED:
                        raise self.fault(f"more than {_MOST_NESTED} groups are within each other")
                    first = len(self.rules)
                    groups.append(_Group(self._generated(self.at), self.at, first))
                    self.rules[first] = groups[-1].rule
                    self.at += 1
                    self.space(lines=True)
                case ")" if self._nested:
                    groups.pop()
                    self._nested -= 1
                    outer = groups[-1]
                    outer.last = _Last(len(outer.rule), len(self.rules) - group.first)
                    self._add(outer.rule, [group.number])
                    self.at += 1
                    self.space(lines=self._nested > 0)
                case "" if self._nested:
                    raise GrammarFault(group.start, "'(' is opened here, and not closed")
                case _ if self._nested:
                    raise self.fault(f"{self.next()!r} is out of place here")
                case _:
                    return

    def _sequence(self, group: _Group) -> None:
        """Read on to the next alternative, or the beginning or end of a group."""
        rule = group.rule
        while True:
            start = self.at
            match self.next():
                case '"' | "[" | ".":
                    group.last = _Last(len(rule))
                    self._add(rule, [CHARACTER] * self.characters())
                case "*":
                    self.at += 1
                    self._repeat(group, start, 0, None)
                case "+":
                    self.at += 1
                    self._repeat(group, start, 1, None)
                case "?":
                    self.at += 1
                    self._repeat(group, start, 0, 1)
                case "{":
                    self._repeat(group, start, *self._bounds())
                case "<" | "!":
                    raise self.fault("tokens of the model cannot be named: write their text")
                case one if NAME.match(one):
                    group.last = _Last(len(rule))
                    self._add(rule, [self._number(self.name(), start)])
                case _:
                    return
            self.space(lines=self._nested > 0)

    def _bounds(self) -> tuple[int, int | None]:
        """How often at least and at most, as written in braces."""
        start = self.at
        lines = self._nested > 0
        self.at += 1
        self.space(lines=lines)
        least = self._count()
        most: int | None = least
        self.space(lines=lines)
        if self.next() == ",":
            self.at += 1
            self.space(lines=lines)
            most = self._count() if _DIGITS.match(self.next()) else None
            self.space(lines=lines)
        if self.next() != "}":
            raise self.fault("'}' is missing")
        self.at += 1
        if most is not None and most < least:
            raise GrammarFault(start, f"at most {most} is less than at least {least}")
        return least, most

    def _count(self) -> int:
        match = _DIGITS.match(self.text, self.at)
        if match is None:
            raise self.fault("a number is missing")
        digits = match.group().lstrip("0") or "0"
        if len(digits) > 9 or int(digits) > _MOST_REPEATED:
            raise self.fault(f"nothing can be repeated more than {_MOST_REPEATED:,} times")
        self.at = match.end()
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

    # -- small things

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
        self._room(len(elements), self.at)
        rule += elements

    def _room(self, count: int, position: int) -> None:
        self._elements += count
        if self._elements > _MOST_ELEMENTS:
            raise GrammarFault(
                position,
                f"with all repetitions written out, it has more than {_MOST_ELEMENTS:,} elements",
            )
