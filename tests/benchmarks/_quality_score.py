"""How right an answer is, from 0 to 1, and whether it passes."""

from collections.abc import Callable
from dataclasses import dataclass

import _quality_words as words_of
from _quality_tasks import Rule
from _quality_words import answer_in, denies, plain, stands_in

#: Off by more than this, a number counts nothing, however near the rule is.
_NEAR = 40
_NEAR_BASE = 0.75
#: A denial of this length has no room for passages that would explain it; a longer one is no
#: plain answer.
_LONGEST_DENIAL = 600
_LONGEST_SENTENCE = 120
_LONGEST_ANSWER = 1_500


@dataclass(frozen=True, slots=True)
class Scored:
    """`score` is from 0 to 1; `passed` is the strict figure."""

    score: float
    passed: bool


_WRONG = Scored(0.0, passed=False)


def score(rule: Rule, reply: str) -> Scored:
    """Score a reply by the rule of its question."""
    answer = answer_in(reply)
    if rule.negative:
        return _all_or_nothing(denies(answer) and len(answer) < _LONGEST_DENIAL)
    if not answer:
        return _WRONG
    kinds: dict[str, Callable[[Rule, str, str], Scored]] = {
        "number": _number,
        "exact": _exact,
        "contains": _contains,
        "set": _set,
        "f1": _f1,
    }
    return kinds[rule.kind](rule, reply, answer)


def _all_or_nothing(right: bool) -> Scored:
    return Scored(float(right), right)


def _number(rule: Rule, reply: str, answer: str) -> Scored:
    value = words_of.number_in(reply)
    if value is None:
        return _WRONG
    off = abs(value - rule.number)
    # The last is for numbers that were written with fewer digits than a float has.
    if off <= max(rule.absolute, abs(rule.number) * rule.relative, 1e-9):
        return Scored(1.0, passed=True)
    return Scored(_NEAR_BASE**off if rule.near and off < _NEAR else 0.0, passed=False)


def _exact(rule: Rule, reply: str, answer: str) -> Scored:
    """All of the answer or its last line is what is wanted, or a short sentence that says it.

    A sentence that holds both yes and no says neither.
    """
    wanted = {plain(each) for each in rule.wanted}
    last = [line for line in answer.splitlines() if line.strip()][-1]
    for text in (plain(answer), plain(last)):
        if text in wanted or _without_article(text) in wanted:
            return Scored(1.0, passed=True)
    if len(plain(answer)) >= _LONGEST_SENTENCE:
        return _WRONG
    both = stands_in(answer, "yes") and stands_in(answer, "no")
    unclear = wanted <= {"yes", "no"} and both
    return _all_or_nothing(not unclear and any(stands_in(answer, each) for each in rule.wanted))


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first in ("the", "a", "an") and rest else text


def _contains(rule: Rule, reply: str, answer: str) -> Scored:
    """All groups stand in it. Half the text is no answer, nor is a short "X is not mentioned"."""
    if len(answer) > _LONGEST_ANSWER or (len(answer) < 60 and denies(answer)):
        return _WRONG
    return _all_or_nothing(
        all(any(stands_in(answer, each) for each in group) for group in rule.groups)
    )


def _set(rule: Rule, reply: str, answer: str) -> Scored:
    """F1 of the items, in any order."""
    given = {words_of.item(each) for each in words_of.items_in(reply, rule.pattern)} - {""}
    wanted = {words_of.item(each) for each in rule.wanted}
    common = len(given & wanted)
    found = 2 * common / (len(given) + len(wanted)) if common else 0.0
    return Scored(found, found >= 0.99)


def _f1(rule: Rule, reply: str, answer: str) -> Scored:
    """The best F1 with one of the right answers; a sentence that holds a short one has 0.75."""
    parts = words_of.characters if rule.characters else words_of.words
    found = max(words_of.overlap(parts(answer), parts(each)) for each in rule.wanted)
    if len(words_of.words(answer)) <= 40 and any(
        len(words_of.words(each)) <= 6 and stands_in(answer, each) for each in rule.wanted
    ):
        found = max(found, 0.75)
    return Scored(found, found >= 0.5)
