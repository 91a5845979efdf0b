"""Lines of talk: a play, an interview, a transcript or a chat, and who speaks in a line.

Also loaded next to untrusted code: standard library only. "NAME: words" is also how fields,
notes and settings are written. So names have to come again, and a text in which each of several
names is always followed by the same one is a form and no talk.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_WORD = r"[^\W\d_][\w.'’&-]*"
_NAME = rf"(?P<name>{_WORD}(?: (?:{_WORD}|\d{{1,3}})){{0,4}})"
_ASIDE = r"(?: ?[(\[][^)\]\n]{1,60}[)\]])?"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_TIME = (
    r"(?P<time>[(\[](?=[^)\]\n]*\d)[^)\]\n]{2,40}[)\]]"
    rf"|(?:\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}},?[T ]+)?{_CLOCK})"
)
_FORMS = {
    form: re.compile(pattern)
    for form, pattern in {
        "timed": rf"[ \t]*{_TIME}[ \t]*[-–—:]?[ \t]*(?:<[ @+%~&]?(?P<nick>[^<>\s]{{1,30}})>"
        rf"|{_NAME}{_ASIDE}(?::(?=\s|$)|[ \t]+said\b[,:]?))[ \t]*",
        "nick": r"[ \t]*<[ @+%~&]?(?P<name>[^\W\d][^<>\s/]{0,30})>[ \t]+",
        "plain": rf"[ \t]{{0,8}}[*_]{{0,3}}{_NAME}[*_]{{0,3}}{_ASIDE}:[*_]{{0,3}}(?=\s|$)[ \t]*",
    }.items()
}
#: Words before a colon that name nobody.
_NOBODY = re.compile(
    r"(?:trace|debug|info|notice|warn(?:ing)?|error|critical|fatal|notes?|n\.?b\.?|date|time|day"
    r"|subject|from|to|cc|re|fwd?|https?|url|source|sources|example|examples|p\.?s\.?|total|todo"
    r"|summary|title|author|(?:chapter|part|section|article|act|scene|book|figure|table|step|page"
    r"|line|number|kapitel|chapitre)(?: \w+)?)\Z"
    r"|.*\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b",
    re.IGNORECASE,
)
_NAME_CHARS = 40
_LEAST_TURNS = 6
_OFTEN = 3
#: Of a hundred lines, so many begin a turn: names in capitals are surer than others.
_OF_HUNDRED = {"timed": 30, "nick": 30, "plain": 25}
_OF_HUNDRED_IN_CAPITALS = 8
_FORM_OF_TEN = 9


@dataclass(frozen=True, slots=True)
class Begun:
    """A line in which somebody begins to speak: the spans of time and name, where words begin."""

    time: tuple[int, int]
    name: tuple[int, int]
    words: int


@dataclass(frozen=True, slots=True)
class TalkForm:
    """How the talk of a text is written.

    `capitals` says that all names are, `small` that names may begin with a small letter.
    """

    form: str
    capitals: bool = False
    small: bool = False

    def begins(self, line: str) -> Begun | None:
        """Who begins to speak in a line, or None."""
        found = _FORMS[self.form].match(line)
        if found is None:
            return None
        groups = found.groupdict()
        which = "nick" if groups.get("nick") else "name"
        name = found[which]
        if len(name) > _NAME_CHARS or _NOBODY.match(name):
            return None
        if which == "name" and not self._fits(name):
            return None
        time = found.span("time") if groups.get("time") else (0, 0)
        return Begun(time, found.span(which), found.end())

    def _fits(self, name: str) -> bool:
        if self.capitals:
            return name.upper() == name
        return self.form == "nick" or self.small or not name[0].islower()

    @property
    def sure(self) -> bool:
        """Whether a name that comes but once is a speaker nevertheless."""
        return self.form != "plain" or self.capitals


def talk_in(lines: Iterable[str], kind: str) -> tuple[TalkForm, tuple[str, ...]] | None:
    """How the talk is written in a text that begins with these lines, and who speaks there.

    None if it is no talk. In logs a name that begins with a small letter is a service.
    """
    sample = [line for line in lines if line.strip()]
    for form in _FORMS:
        plain = TalkForm(form, small=form == "timed" and kind != "log")
        names = _names(plain, sample)
        often = [name for name, number in Counter(names).most_common() if number >= _OFTEN]
        if len(names) < _LEAST_TURNS or len(often) < 2:
            continue
        capitals = form == "plain" and all(name.upper() == name for name in often)
        least = _OF_HUNDRED_IN_CAPITALS if capitals else _OF_HUNDRED[form]
        if len(names) * 100 >= len(sample) * least and not _is_a_form(names):
            return TalkForm(form, capitals, plain.small), tuple(often)
    return None


def _names(form: TalkForm, lines: Sequence[str]) -> list[str]:
    begun = [(line, form.begins(line)) for line in lines]
    return [line[slice(*one.name)] for line, one in begun if one is not None]


def _is_a_form(names: Sequence[str]) -> bool:
    """Whether three names or more always follow each other in the same order."""
    followers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one, other in pairwise(names):
        followers[one][other] += 1
    usual = sum(following.most_common(1)[0][1] for following in followers.values())
    return len(followers) > 2 and usual * 10 >= (len(names) - 1) * _FORM_OF_TEN
