"""Calls of the model that a program asks for and that run no programs themselves."""

import itertools
from collections.abc import Generator, Sequence

from rlm_desktop.engine.base import Prompt
from rlm_desktop.errors import LimitReached, PromptTooLong, RlmError, Stopped
from rlm_desktop.runs import guards, prompts
from rlm_desktop.runs.events import CallEnded, CallKind, CallStarted, Event, Outcome
from rlm_desktop.runs.limits import Meter
from rlm_desktop.runs.replies import Replies, Request
from rlm_desktop.sandbox.base import Asked, AskKind, Piece

#: Limits and the time left are looked at between groups; an engine fills its batches from one.
_GROUP = 16

_KINDS = {
    AskKind.ASK: CallKind.ASK,
    AskKind.CLASSIFY: CallKind.CLASSIFY,
    AskKind.PROMPT: CallKind.PROMPT,
    AskKind.RLM: CallKind.ASK,  # below the last depth a child run is a plain question
}


class Refused(Exception):
    """What was asked for is not done; the text tells the program why, and what to do instead."""


class FlatCalls:
    """Answers what a program asks about pieces of text, all pieces of a request together."""

    def __init__(self, replies: Replies, meter: Meter) -> None:
        self._replies = replies
        self._meter = meter

    def answer(
        self,
        parent: str,
        asked: Asked,
        starts: Sequence[int | None],
        numbers: "itertools.count[int]",
    ) -> Generator[Event, None, list[str]]:
        """One answer for each piece. `starts` are the places of the pieces that were checked.

        Raises Refused, which is for the program; Stopped, LimitReached or EngineError end the run.
        """
        self._refuse_if_slow(asked.pieces)
        answers: list[str] = []
        for first in range(0, len(asked.pieces), _GROUP):
            group = asked.pieces[first : first + _GROUP]
            self._meter.count_calls(len(group))
            requests = [
                Request(f"{parent}.{next(numbers)}", 1, _prompt(asked, piece)) for piece in group
            ]
            for request, piece, start in zip(
                requests, group, starts[first : first + _GROUP], strict=True
            ):
                text = "" if asked.kind is AskKind.PROMPT else piece.text
                question = piece.text if asked.kind is AskKind.PROMPT else asked.question
                yield CallStarted(request.path, _KINDS[asked.kind], question, text, start)
            answers += yield from self._group(requests)
        return answers

    def _group(self, requests: Sequence[Request]) -> Generator[Event, None, list[str]]:
        paths = [request.path for request in requests]
        try:
            replies = yield from self._replies.together(requests)
        except PromptTooLong as error:
            yield from _ended(paths, Outcome.FAILED)
            raise Refused(
                f"{error}: cut it into smaller pieces with chunks(4000), and use ask_all"
            ) from error
        except (Stopped, LimitReached, RlmError) as end:
            stopped = isinstance(end, Stopped)
            yield from _ended(paths, Outcome.STOPPED if stopped else Outcome.FAILED)
            raise
        answers = [reply.strip() for reply in replies]
        for path, answer in reversed(list(zip(paths, answers, strict=True))):
            missing = answer == prompts.NOT_HERE
            yield CallEnded(path, Outcome.NOT_FOUND if missing else Outcome.ANSWERED, answer)
        return answers

    def _refuse_if_slow(self, pieces: Sequence[Piece]) -> None:
        tokens = sum(self._replies.tokens_of(piece.text) for piece in pieces[:8])
        tokens = tokens * len(pieces) // max(1, min(8, len(pieces)))
        too_slow = guards.too_slow(self._meter.seconds_for(tokens), self._meter.seconds_left)
        if too_slow:
            raise Refused(too_slow)


def _ended(paths: Sequence[str], outcome: Outcome) -> Generator[Event, None, None]:
    for path in reversed(paths):
        yield CallEnded(path, outcome)


def _prompt(asked: Asked, piece: Piece) -> Prompt:
    match asked.kind:
        case AskKind.CLASSIFY:
            return prompts.label_of(asked.question, piece.text, asked.labels)
        case AskKind.PROMPT:
            return prompts.plain(piece.text)
        case _:
            return prompts.about_piece(asked.question, piece.text)
