"""Looking up what a text says, where no call could read the text whole.

Code puts the passages in the order of the words that they share with the question (see
`documents.passages`). The model reads a few at a time: first how likely it finds it that they
state the answer, then the answer, if that is likelier than anything before. It goes on until it
is likely enough, all is read, or the time for it is spent: so there is an answer early, and it
gets better.

How much likelier the model finds "Yes" than "No" for "does this text state the answer?", and
"Right" than "Wrong" for what it read, tells answers apart when the two are added: of 69 answers to
questions about real texts, 30 of them right, a right one got more than a wrong one in 90 of 100
pairs, against 85 by the first and 87 by the second alone. What somebody else says of himself is
found out by code (see `runs.attribution`).
"""

import itertools
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from rlm_desktop.documents.headings import heading_above
from rlm_desktop.documents.passages import (
    Passage,
    Readable,
    best_passages,
    cut_all,
    missing_from,
    squeezed,
    words_of,
)
from rlm_desktop.engine.base import Prompt
from rlm_desktop.errors import LimitReached
from rlm_desktop.runs import guards, prompts, questions
from rlm_desktop.runs.attribution import said_by_another
from rlm_desktop.runs.events import CallKind, Event
from rlm_desktop.runs.flat_calls import Answered, Flat, FlatCalls

#: Passages that are read together, and how many at most by the words they share with the question.
_TOGETHER = 3
_BY_WORDS = 12
_SAMPLE_CHARS = 300
_MOST_OTHER_WORDS = 12
#: How well an answer is founded (see above; natural logarithms): from this on nothing more is read.
_GOOD = 1.0
#: Below this the text does not say it; the other is for a question that does not reckon with that.
_POOR = 0.25
_VERY_POOR = -3.0
#: Of passages that are less likely than this to state it no answer is read: "Yes" against "No".
_HOPELESS = -1.0
#: Texts of so many characters are read whole where the time allows it.
_MOST_WHOLE = 400_000


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What came of it: the answer or NOT FOUND, the passages it was read from, and all read.

    `likely` is how well it is founded on those passages, as natural logarithms; see above. With
    `of_another` the text says it, but of somebody else. `cut_short` says that a limit was reached
    before enough was read.
    """

    text: str
    read_from: tuple[Passage, ...]
    read: tuple[Passage, ...]
    likely: float
    of_another: bool = False
    cut_short: bool = False

    @property
    def found(self) -> bool:
        return bool(self.read_from)

    @property
    def enough(self) -> bool:
        """Whether reading more is not worth it."""
        return self.likely >= _GOOD if self.found else self.of_another


class LookUp:
    """Looks facts up in one text.

    `offset` is where that stands in the text of the run. `may_be_absent` says that the question
    reckons with an answer that is not there, so that a poor one is no answer.
    """

    def __init__(
        self,
        text: Readable,
        flat_calls: FlatCalls,
        offset: int | None,
        *,
        may_be_absent: bool = True,
    ) -> None:
        self._text = text
        self._flat_calls = flat_calls
        self._offset = offset
        self._may_be_absent = may_be_absent

    def answer(
        self,
        parent: str,
        question: str,
        within: Sequence[tuple[int, int]],
        numbers: "itertools.count[int]",
        *,
        seconds: float,
    ) -> Generator[Event, None, LookedUp]:
        """Answer a question from the spans `within`, or from all of the text if there are none.

        `seconds` is the time that may be spent on passages which share no words with the
        question. At a limit it is the best answer so far. Raises Refused, Stopped or EngineError;
        LimitReached if there is none.
        """
        missing = self._missing(question)
        best = LookedUp(prompts.NOT_FOUND, (), (), self._poor_for(missing))
        question = questions.without_description(question)
        words = words_of(question)
        try:
            ordered = best_passages(self._text, words, _TOGETHER, within=within)
            if ordered:
                best = yield from self._better(parent, question, ordered, numbers, best)
            if best.enough:
                return best
            words += yield from self._other_words(parent, question, within, numbers)
            starts = {passage.start for passage in ordered}
            again = best_passages(self._text, words, _BY_WORDS, within=within)
            ordered += [passage for passage in again if passage.start not in starts]
            for some in _grouped(ordered[_TOGETHER:]):
                best = yield from self._better(parent, question, some, numbers, best)
                if best.enough:
                    return best
            if best.found or missing:
                return best  # what has another name in the question is not found by reading on
            for some in _grouped(self._rest(ordered, within, seconds)):
                best = yield from self._better(parent, question, some, numbers, best)
                if best.found or best.enough:
                    return best
            return best
        except LimitReached:
            if not best.found:
                raise
            return replace(best, cut_short=True)

    def whole(
        self, parent: str, question: str, numbers: "itertools.count[int]"
    ) -> Generator[Event, None, LookedUp]:
        """Answer a question from a text that is short enough for one call."""
        passage = Passage(0, self._text.text(0, len(self._text)))
        poor = self._poor_for(self._missing(question))
        nothing = LookedUp(prompts.NOT_FOUND, (), (), poor)
        return (
            yield from self._better(
                parent, question, [passage], numbers, nothing, kind=CallKind.DIRECT
            )
        )

    def _missing(self, question: str) -> list[str]:
        """The names of a question that stand nowhere, where it reckons with that."""
        if not self._may_be_absent:
            return []
        return missing_from(self._text, questions.names_in(question))

    def _poor_for(self, missing: Sequence[str]) -> float:
        """Below what the text does not say it: more is wanted if it has not all of the names."""
        if not self._may_be_absent:
            return _VERY_POOR
        return _GOOD if missing else _POOR

    def _other_words(
        self,
        parent: str,
        question: str,
        within: Sequence[tuple[int, int]],
        numbers: "itertools.count[int]",
    ) -> Generator[Event, None, list[str]]:
        """Words that the text may use where it answers the question, in its own language."""
        start, end = within[0] if within else (0, len(self._text))
        beginning = self._text.text(start, min(end, start + _SAMPLE_CHARS))
        call = Flat(
            prompts.other_words(question, beginning), f"Other words for: {question}", "", None
        )
        batch = self._flat_calls.passages(CallKind.ASK, [call])
        (reply,) = yield from self._flat_calls.all(parent, batch, numbers)
        return words_of(reply.text)[:_MOST_OTHER_WORDS]

    def _rest(
        self, known: Sequence[Passage], within: Sequence[tuple[int, int]], seconds: float
    ) -> list[Passage]:
        """The passages that are not known yet, where there is time to read them all."""
        spans = list(within) or [(0, len(self._text))]
        if sum(end - start for start, end in spans) > _MOST_WHOLE:
            return []
        starts = {passage.start for passage in known}
        rest = [one for one in cut_all(self._text, spans) if one.start not in starts]
        needed = self._flat_calls.seconds_for(CallKind.CLASSIFY, [one.text for one in rest])
        return rest if needed <= seconds else []

    def _better(
        self,
        parent: str,
        question: str,
        passages: Sequence[Passage],
        numbers: "itertools.count[int]",
        best: LookedUp,
        kind: CallKind = CallKind.ASK,
    ) -> Generator[Event, None, LookedUp]:
        """The answer from these passages if it is better founded than the best so far; else that.

        Of what is asked only the last lines are new each time; the rest is read from the cache.
        """
        texts = [self._shown(passage) for passage in passages]
        read = (*best.read, *passages)
        kept = LookedUp(best.text, best.read_from, read, best.likely)
        written = not self._flat_calls.can_score
        place, shown = self._place(passages), "\n…\n".join(texts)

        def asked(prompt: Prompt, told: str) -> Flat:
            return Flat(prompt, told, shown, place)

        states = asked(
            prompts.states_answer(question, texts, written=written),
            f"Is this answered here? {question}",
        )
        likely = yield from self._leaning(parent, states, prompts.YES_NO, numbers)
        if likely < _HOPELESS:
            return kept
        answer = asked(prompts.from_passages(question, texts), question)
        batch = self._flat_calls.passages(kind, [answer])
        (reply,) = yield from self._flat_calls.all(
            parent, batch, numbers, lambda reply: Answered(prompts.short_answer(reply.text))
        )
        text = prompts.short_answer(reply.text)
        if not text or guards.is_not_found(text) or not guards.stands_in(text, texts):
            return kept
        if self._may_be_absent and said_by_another(question, text, texts):
            return replace(kept, of_another=likely > 0)
        right = asked(
            prompts.is_right(question, texts, text, written=written), f"Is this right? {text}"
        )
        likely += yield from self._leaning(parent, right, prompts.RIGHT_WRONG, numbers)
        if likely < best.likely or (best.found and likely == best.likely):
            return kept
        return LookedUp(text, tuple(passages), read, likely)

    def _leaning(
        self,
        parent: str,
        asked: Flat,
        labels: tuple[str, str],
        numbers: "itertools.count[int]",
    ) -> Generator[Event, None, float]:
        """By how much the first of two labels is likelier than the second."""
        scored = self._flat_calls.can_score
        batch = self._flat_calls.passages(CallKind.CLASSIFY, [asked], labels if scored else ())
        (reply,) = yield from self._flat_calls.all(parent, batch, numbers)
        if reply.scores:
            first, second = (score.logprob for score in reply.scores)
            return first - second
        return _GOOD if reply.text.strip().lower() == labels[0].lower() else _VERY_POOR

    def _shown(self, passage: Passage) -> str:
        """A passage as the model sees it: below the heading that stands somewhere above it."""
        heading = heading_above(self._text, passage.start)
        text = squeezed(passage.text)
        return f"({heading})\n{text}" if heading else text

    def _place(self, passages: Sequence[Passage]) -> int | None:
        """Where a single passage stands in the text of the run."""
        alone = self._offset is not None and len(passages) == 1
        return passages[0].start + (self._offset or 0) if alone else None


def _grouped(passages: Sequence[Passage]) -> Generator[list[Passage], None, None]:
    for first in range(0, len(passages), _TOGETHER):
        yield list(passages[first : first + _TOGETHER])
