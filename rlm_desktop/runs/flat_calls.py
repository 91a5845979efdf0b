"""Calls of the model that a program asks for and that run no programs themselves."""

import itertools
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

from rlm_desktop.documents.passages import PlainText, best_passages, cut_all, words_of
from rlm_desktop.engine.base import Prompt
from rlm_desktop.engine.labels import checked_labels
from rlm_desktop.errors import LimitReached, PromptTooLong, RlmError, Stopped
from rlm_desktop.runs import guards, labelling, prompts
from rlm_desktop.runs.costs import Costs
from rlm_desktop.runs.events import (
    CLOSE_MARGIN,
    CallEnded,
    CallKind,
    CallStarted,
    Estimated,
    Event,
    Outcome,
)
from rlm_desktop.runs.limits import Meter
from rlm_desktop.runs.replies import Replies, Reply, Request
from rlm_desktop.sandbox.base import Asked, AskKind
from rlm_desktop.sandbox.extracting import fault_of, filled_in

#: So many calls are handed to the engine at once: enough that it always has some to fill its
#: steps with, and few enough that the first are told to have started when they do.
_GROUP = 128
#: From so many calls on it is told how long they will take.
_MANY = 8
#: Calls that are asked for together may take this part of the time that is left: there is more to
#: do after them, and what takes longer is mostly a mistake. After labels there is little to do but
#: count.
_SHARE_OF_TIME = 0.4
_SHARE_FOR_LABELS = 0.75
#: A longer piece is read at the passages of it that fit the question best, and how many those are.
_LONG_CHARS = 9000
_BEST_PASSAGES = 3
#: Whether something holds for a long piece is read from fewer: of 24 contracts, those that one law
#: governs came before the others in 95 of 100 pairs by the best two or three passages and a plain
#: question, and in 75 to 89 by labels.
_BEST_FOR_YES_NO = 2
#: How many pieces are counted to the letter to know how many tokens all of them have.
_COUNTED = 8

_KINDS = {
    AskKind.ASK: CallKind.ASK,
    AskKind.CLASSIFY: CallKind.CLASSIFY,
    AskKind.FIELDS: CallKind.FIELDS,
    AskKind.PROMPT: CallKind.PROMPT,
    AskKind.LOOK_UP: CallKind.ASK,
    AskKind.RLM: CallKind.ASK,  # below the last depth a child run is a plain question
}


class Refused(Exception):
    """What was asked for is not done; the text tells the program why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer about a piece.

    `close` says that another label fits it nearly as well, `broken` that it is no whole reply,
    `empty` that the piece does not hold what was asked for, `unread` that there was no time to
    read it and its label is a guess.
    """

    text: str
    close: bool = False
    broken: bool = False
    empty: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Flat:
    """A call: its prompt, and what is told of it: question, text, and where that stands."""

    prompt: Prompt
    question: str
    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Calls of one kind that are asked together, with about how many tokens their texts have.

    With labels, each reply is one of them, and none is written.
    """

    kind: CallKind
    calls: Sequence[Flat]
    labels: Sequence[str]
    tokens: Sequence[float]


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
        texts = self.texts_of(asked)
        return (yield from self.answers(parent, asked, texts, starts, numbers))

    def texts_of(self, asked: Asked) -> list[str]:
        """The pieces as the model reads them. Raises Refused for labels that make no choice."""
        _refuse_names(asked)
        passages = _BEST_FOR_YES_NO if _is_whether(asked) else _BEST_PASSAGES
        return [_readable(asked, piece.text, passages) for piece in asked.pieces]

    def answers(
        self,
        parent: str,
        asked: Asked,
        texts: Sequence[str],
        starts: Sequence[int | None],
        numbers: "itertools.count[int]",
        examples: Sequence[tuple[str, str]] = (),
        landed: Callable[[int, Answered], None] = lambda _index, _answered: None,
    ) -> Generator[Event, None, list[Answered]]:
        """One answer for each text, given `examples` of texts with their labels.

        `landed` is told each with the index of its text, so that they are there also at a limit.
        """
        batch = self.batch(asked, texts, starts, examples)
        replies = yield from self.all(
            parent, batch, numbers, lambda reply: _answered(asked, reply), landed
        )
        return [_answered(asked, reply) for reply in replies]

    def seconds_allowed(self, kind: CallKind) -> float:
        """How long calls that are asked for together may take."""
        share = _SHARE_FOR_LABELS if kind is CallKind.CLASSIFY else _SHARE_OF_TIME
        return self._meter.seconds_left * share

    def batch(
        self,
        asked: Asked,
        texts: Sequence[str],
        starts: Sequence[int | None],
        examples: Sequence[tuple[str, str]] = (),
    ) -> "Batch":
        """The calls about these texts."""
        is_prompt, whether = asked.kind is AskKind.PROMPT, _is_whether(asked)
        calls = [
            Flat(
                self._prompt(asked, text, examples, whether=whether),
                _question(asked, text),
                "" if is_prompt else text,
                start,
            )
            for text, start in zip(texts, starts, strict=True)
        ]
        labels = asked.labels if self._is_scored(asked) else ()
        return Batch(_KINDS[asked.kind], calls, labels, self._tokens_of(texts))

    @property
    def can_score(self) -> bool:
        """Whether labels are chosen by their likelihood rather than written."""
        return self._replies.can_score

    def seconds_for(self, kind: CallKind, texts: Sequence[str]) -> float:
        """How long calls about these texts will take; 0 where nothing is known of it yet."""
        expected = self._costs.expected(kind, self._tokens_of(texts))
        return self._replies.seconds_for(expected) or 0.0

    def passages(
        self, kind: CallKind, calls: Sequence[Flat], labels: Sequence[str] = ()
    ) -> "Batch":
        """A batch of calls about passages of the text."""
        return Batch(kind, calls, labels, self._tokens_of([call.text for call in calls]))

    def all(
        self,
        parent: str,
        batch: "Batch",
        numbers: "itertools.count[int]",
        read: Callable[[Reply], Answered] = lambda reply: Answered(reply.text.strip()),
        landed: Callable[[int, Answered], None] = lambda _index, _answered: None,
    ) -> Generator[Event, None, list[Reply]]:
        """The replies to a batch; `read` tells what one comes to, for its event and for `landed`.

        Raises Refused if there is not time enough for it, and what `answer` raises.
        """
        self._meter.check()
        expected = self._costs.expected(batch.kind, batch.tokens)
        allowed = self.seconds_allowed(batch.kind)
        seconds = self._replies.seconds_for(expected)
        too_slow = guards.too_slow(seconds, allowed)
        if too_slow:
            raise Refused(too_slow)
        if len(batch.calls) >= _MANY:
            yield Estimated(parent, len(batch.calls), seconds or 0.0)
        replies: list[Reply] = []
        for first in range(0, len(batch.calls), _GROUP):
            group = batch.calls[first : first + _GROUP]
            self._meter.count_calls(len(group))
            requests = [Request(f"{parent}.{next(numbers)}", 1, call.prompt) for call in group]
            for request, call in zip(requests, group, strict=True):
                yield CallStarted(request.path, batch.kind, call.question, call.text, call.start)
            replies += yield from self._group(batch, requests, first, read, landed)
        return replies

    def _group(
        self,
        batch: "Batch",
        requests: Sequence[Request],
        first: int,
        read: Callable[[Reply], Answered],
        landed: Callable[[int, Answered], None],
    ) -> Generator[Event, None, list[Reply]]:
        unanswered = {request.path: None for request in requests}

        def told(index: int, reply: Reply) -> Iterator[Event]:
            self._costs.learn(batch.kind, batch.tokens[first + index], reply.usage)
            path, answered = requests[index].path, read(reply)
            del unanswered[path]
            landed(first + index, answered)
            outcome = Outcome.NOT_FOUND if answered.empty else Outcome.ANSWERED
            yield CallEnded(path, outcome, answered.text, reply.margin)
            if unanswered:
                self._meter.check()

        try:
            return (yield from self._replies.together(requests, batch.labels, told))
        except PromptTooLong as error:
            yield from _ended(unanswered, Outcome.FAILED)
            raise Refused(
                f"{error}: cut it into smaller pieces with chunks(4000), and use ask_all"
            ) from error
        except (Stopped, LimitReached, RlmError) as end:
            stopped = isinstance(end, Stopped)
            yield from _ended(unanswered, Outcome.STOPPED if stopped else Outcome.FAILED)
            raise

    def _is_scored(self, asked: Asked) -> bool:
        return asked.kind is AskKind.CLASSIFY and self._replies.can_score

    def _prompt(
        self, asked: Asked, text: str, examples: Sequence[tuple[str, str]], *, whether: bool
    ) -> Prompt:
        match asked.kind:
            case AskKind.CLASSIFY if whether:
                written = not self._is_scored(asked)
                return prompts.yes_or_no(asked.question, [text], written=written)
            case AskKind.CLASSIFY:
                return prompts.label_of(
                    asked.question,
                    text,
                    asked.labels,
                    written=not self._is_scored(asked),
                    examples=examples,
                )
            case AskKind.FIELDS:
                return prompts.fields_of(text, asked.labels)
            case AskKind.PROMPT:
                return prompts.plain(text)
            case _:
                return prompts.about_piece(asked.question, text)

    def _tokens_of(self, texts: Sequence[str]) -> list[float]:
        """About how many tokens each text has."""
        counted = texts[:_COUNTED]
        tokens = sum(map(self._replies.tokens_of, counted))
        chars = sum(map(len, counted))
        return [len(text) * tokens / max(1, chars) for text in texts]


def _is_whether(asked: Asked) -> bool:
    """Whether long pieces are to be told apart by a question of yes or no."""
    if asked.kind is not AskKind.CLASSIFY or not _are_yes_and_no(asked.labels):
        return False
    return not labelling.are_short([piece.text for piece in asked.pieces])


def _are_yes_and_no(labels: Sequence[str]) -> bool:
    return sorted(label.casefold() for label in labels) == ["no", "yes"]


def _readable(asked: Asked, text: str, passages: int) -> str:
    """A text as the model reads it: of one that is too long for that, its best passages."""
    if len(text) <= _LONG_CHARS or asked.kind is AskKind.PROMPT:
        return text
    labels = () if _are_yes_and_no(asked.labels) else asked.labels
    words = words_of(" ".join([asked.question, *labels]))
    best = best_passages(PlainText(text), words, passages)
    best = best or list(itertools.islice(cut_all(PlainText(text), [(0, len(text))]), 1))
    return "\n…\n".join(passage.text for passage in sorted(best, key=lambda one: one.start))


def _question(asked: Asked, text: str) -> str:
    """What a call is told to be asked."""
    match asked.kind:
        case AskKind.PROMPT:
            return text
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
