"""Two answers to one question, by two recipes that fit it nearly as well."""

from collections.abc import Sequence

from rlm_desktop.runs.confidence import confidence_of
from rlm_desktop.runs.conversation import Answer
from rlm_desktop.runs.events import Confidence, Status

_SURER = (Confidence.UNSURE, Confidence.LIKELY, Confidence.SURE)


def the_better(answers: Sequence[tuple[Answer, float]]) -> Answer:
    """The surer of one or two answers, each with the part of the text that was looked at for it.

    Of equally sure ones the first. Its grounds say whether the other agreed; that nothing was
    found does not dispute what was.
    """
    (first, _), *rest = answers
    if not rest:
        return first
    ((second, _),) = rest
    if _plain(first) == _plain(second):
        first.grounds.agreed = second.grounds.agreed = True
        return first
    found = [each for each in answers if each[0].status is not Status.NOT_FOUND]
    if len(found) == 1:
        return found[0][0]
    best, _ = max(answers, key=_sureness)
    best.grounds.disputed = True
    return best


def _sureness(answer: tuple[Answer, float]) -> int:
    given, coverage = answer
    if given.status is None:
        return -1
    return _SURER.index(confidence_of(given.status, given.grounds, coverage))


def _plain(answer: Answer) -> str:
    """An answer without what does not change it."""
    return " ".join((answer.text or "").casefold().split()).strip(" .")
