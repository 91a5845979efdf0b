"""Labels for the pieces of a request: scored, by examples where they are many and short."""

import itertools
from collections.abc import Generator, Sequence

from rlm_desktop.errors import LimitReached
from rlm_desktop.runs import labelling
from rlm_desktop.runs.events import CallKind, Event
from rlm_desktop.runs.flat_calls import Answered, FlatCalls
from rlm_desktop.runs.likeness import labels_by_likeness
from rlm_desktop.sandbox.base import Asked

#: Of fewer texts that were read, too little is learned to tell the label of others.
_LEAST_READ = 100
#: Estimates are off by a little; what was planned must not be refused for that.
_TO_SPARE = 0.9


def labels_for(
    flat_calls: FlatCalls,
    parent: str,
    asked: Asked,
    starts: Sequence[int | None],
    numbers: "itertools.count[int]",
) -> Generator[Event, None, list[Answered]]:
    """One label for each piece; of more than there is time to read, some by their likeness.

    So it is where a limit is reached meanwhile, if enough were read by then. Raises what
    FlatCalls.answer does; Refused for long pieces that there is no time to read.
    """
    texts = flat_calls.texts_of(asked)
    examples: list[tuple[str, str]] = []
    if labelling.wants_examples(texts):
        places = labelling.sample_of(len(texts))
        some = [texts[place] for place in places]
        batch = flat_calls.batch(asked, some, [starts[place] for place in places])
        replies = yield from flat_calls.all(parent, batch, numbers)
        scores = [[score.logprob for score in reply.scores] for reply in replies]
        examples = labelling.examples_from(some, scores, asked.labels)
    places = _places_to_read(flat_calls, texts)
    answers: dict[int, Answered] = {}

    def landed(index: int, answer: Answered) -> None:
        answers[places[index]] = answer

    try:
        yield from flat_calls.answers(
            parent,
            asked,
            [texts[place] for place in places],
            [starts[place] for place in places],
            numbers,
            examples,
            landed,
        )
    except LimitReached:
        if len(answers) < _LEAST_READ or not labelling.are_short(texts):
            raise
    labelled = [(texts[place], answer.text) for place, answer in answers.items()]
    others = [place for place in range(len(texts)) if place not in answers]
    for place, label in zip(
        others, labels_by_likeness(labelled, [texts[place] for place in others]), strict=True
    ):
        answers[place] = Answered(label, unread=True)
    return [answers[place] for place in range(len(texts))]


def _places_to_read(flat_calls: FlatCalls, texts: Sequence[str]) -> list[int]:
    """All, if there is time for that; else as many short texts as there is, spread over them."""
    seconds = flat_calls.seconds_for(CallKind.CLASSIFY, texts)
    allowed = flat_calls.seconds_allowed(CallKind.CLASSIFY)
    most = len(texts) if seconds <= allowed else int(len(texts) * _TO_SPARE * allowed / seconds)
    if most < _LEAST_READ or not labelling.are_short(texts):
        most = len(texts)  # which is refused, if there is no time for it
    return [place * len(texts) // most for place in range(most)]
