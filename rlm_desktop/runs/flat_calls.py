"""Calls of the model that a program asks for and that run no programs themselves."""

import itertools
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from rlm_desktop.engine.base import Prompt
from rlm_desktop.engine.labels import checked_labels
from rlm_desktop.errors import LimitReached, PromptTooLong, RlmError, Stopped
from rlm_desktop.runs import guards, prompts
from rlm_desktop.runs.costs import Costs
from rlm_desktop.runs.events import CLOSE_MARGIN, CallEnded, CallKind, CallStarted, Event, Outcome
from rlm_desktop.runs.limits import Meter
from rlm_desktop.runs.replies import Replies, Reply, Request
from rlm_desktop.sandbox.base import Asked, AskKind, Piece
from rlm_desktop.sandbox.extracting import fault_of, filled_in

#: So many calls are handed to the engine at once: enough that it always has some to fill its
#: steps with, and few enough that the first are told to have started when they do.
_GROUP = 128
#: How many pieces are counted to the letter to know how many tokens all of them have.
_COUNTED = 8

_KINDS = {
    AskKind.ASK: CallKind.ASK,
    AskKind.CLASSIFY: CallKind.CLASSIFY,
    AskKind.FIELDS: CallKind.FIELDS,
    AskKind.PROMPT: CallKind.PROMPT,
    AskKind.RLM: CallKind.ASK,  # below the last depth a child run is a plain question
}


class Refused(Exception):
    """What was asked for is not done; the text tells the program why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer about a piece.

    `close` says that another label fits it nearly as well, `broken` that it is no whole reply,
    `empty` that the piece does not hold what was asked for.
    """

    text: str
    close: bool = False
    broken: bool = False
    empty: bool = False


class FlatCalls:
    """Answers what a program asks about pieces of text, all pieces of a request together.

    Calls end in any order; limits are looked at after each, and when one is reached those that
    go on are ended.
    """

    def __init__(self, replies: Replies, meter: Meter) -> None:
        self._replies = replies
        self._meter = meter
        self._costs = Costs()

    def answer(
        self,
        parent: str,
        asked: Asked,
        starts: Sequence[int | None],
        numbers: "itertools.count[int]",
    ) -> Generator[Event, None, list[Answered]]:
        """One answer for each piece. `starts` are the places of the pieces that were checked.

        Raises Refused, which is for the program; Stopped, LimitReached or EngineError end the run.
        """
        _refuse_names(asked)
        kind = _KINDS[asked.kind]
        tokens = self._tokens_of(asked.pieces)
        expected = self._costs.expected(kind, tokens)
        too_slow = guards.too_slow(self._replies.seconds_for(expected), self._meter.seconds_left)
        if too_slow:
            raise Refused(too_slow)
        answers: list[Answered] = []
        for first in range(0, len(asked.pieces), _GROUP):
            group = asked.pieces[first : first + _GROUP]
            self._meter.count_calls(len(group))
            requests = [
                Request(f"{parent}.{next(numbers)}", 1, self._prompt(asked, piece))
                for piece in group
            ]
            for request, piece, start in zip(
                requests, group, starts[first : first + _GROUP], strict=True
            ):
                text = "" if asked.kind is AskKind.PROMPT else piece.text
                yield CallStarted(request.path, kind, _question(asked, piece), text, start)
            answers += yield from self._group(asked, requests, tokens[first:])
        return answers

    def _group(
        self,
        asked: Asked,
        requests: Sequence[Request],
        tokens: Sequence[float],
    ) -> Generator[Event, None, list[Answered]]:
        unanswered = {request.path: None for request in requests}
        answered: dict[int, Answered] = {}
        labels = asked.labels if self._is_scored(asked) else ()

        def told(index: int, reply: Reply) -> Iterator[Event]:
            self._costs.learn(_KINDS[asked.kind], tokens[index], reply.usage)
            path, answered[index] = requests[index].path, _answered(asked, reply)
            del unanswered[path]
            outcome = Outcome.NOT_FOUND if answered[index].empty else Outcome.ANSWERED
            yield CallEnded(path, outcome, answered[index].text, reply.margin)
            if unanswered:
                self._meter.check()

        try:
            yield from self._replies.together(requests, labels, told)
        except PromptTooLong as error:
            yield from _ended(unanswered, Outcome.FAILED)
            raise Refused(
                f"{error}: cut it into smaller pieces with chunks(4000), and use ask_all"
            ) from error
        except (Stopped, LimitReached, RlmError) as end:
            stopped = isinstance(end, Stopped)
            yield from _ended(unanswered, Outcome.STOPPED if stopped else Outcome.FAILED)
            raise
        return [answered[index] for index in range(len(requests))]

    def _is_scored(self, asked: Asked) -> bool:
        return asked.kind is AskKind.CLASSIFY and self._replies.can_score

    def _prompt(self, asked: Asked, piece: Piece) -> Prompt:
        match asked.kind:
            case AskKind.CLASSIFY:
                return prompts.label_of(
                    asked.question, piece.text, asked.labels, written=not self._is_scored(asked)
                )
            case AskKind.FIELDS:
                return prompts.fields_of(piece.text, asked.labels)
            case AskKind.PROMPT:
                return prompts.plain(piece.text)
            case _:
                return prompts.about_piece(asked.question, piece.text)

    def _tokens_of(self, pieces: Sequence[Piece]) -> list[float]:
        """About how many tokens each piece has."""
        counted = pieces[:_COUNTED]
        tokens = sum(self._replies.tokens_of(piece.text) for piece in counted)
        chars = sum(len(piece.text) for piece in counted)
        return [len(piece.text) * tokens / max(1, chars) for piece in pieces]


def _question(asked: Asked, piece: Piece) -> str:
    """What a call is told to be asked."""
    match asked.kind:
        case AskKind.PROMPT:
            return piece.text
        case AskKind.FIELDS:
            return f"Fields: {', '.join(asked.labels)}"
        case _:
            return asked.question


def _answered(asked: Asked, reply: Reply) -> Answered:
    text = reply.text.strip()
    if asked.kind is not AskKind.FIELDS:
        close = reply.margin is not None and reply.margin < CLOSE_MARGIN
        return Answered(text, close, empty=text == prompts.NOT_HERE)
    found = filled_in(text, asked.labels)
    return Answered(text, broken=found is None, empty=not any((found or {}).values()))


def _refuse_names(asked: Asked) -> None:
    """Raise Refused for labels that nothing can be chosen from, or fields nobody can fill in."""
    if asked.kind is AskKind.FIELDS and (fault := fault_of(asked.labels)):
        raise Refused(f"{fault}: call extract(pieces, ['name', 'date'])")
    if asked.kind is not AskKind.CLASSIFY:
        return
    try:
        checked_labels(asked.labels)
    except ValueError as error:
        raise Refused(
            f"{error}: call classify(items, ['positive', 'negative'], 'Is this review positive?')"
        ) from error


def _ended(unanswered: dict[str, None], outcome: Outcome) -> Generator[Event, None, None]:
    for path in reversed(unanswered):
        yield CallEnded(path, outcome)
