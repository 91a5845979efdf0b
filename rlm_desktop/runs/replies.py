"""The engine's side of a run: asking for replies, and going on when the engine dies."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from rlm_desktop.engine.base import (
    Done,
    Engine,
    Expected,
    Finish,
    LabelScore,
    Prompt,
    Scored,
    Usage,
    Wrote,
)
from rlm_desktop.errors import EngineDied, EngineError, LimitReached, RlmError, Stopped
from rlm_desktop.runs.costs import RunPace
from rlm_desktop.runs.deaths import way_out
from rlm_desktop.runs.events import (
    Event,
    LoadEnded,
    LoadGrew,
    LoadStarted,
    PeerDied,
    ReplyEnded,
    ReplyGrew,
    ReplyStarted,
)
from rlm_desktop.runs.limits import Meter

#: So many deaths of the engine with no reply between them end the run.
_DEATHS = 3


@dataclass(frozen=True, slots=True)
class Request:
    """One reply that is wanted: of which call, for which of its turns."""

    path: str
    turn: int
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    A label that was chosen by its likelihood has a margin, from 0 to 1, and the scores of all.
    """

    text: str
    usage: Usage
    margin: float | None = None
    scores: tuple[LabelScore, ...] = ()


#: What is told after a reply has ended: given the place of its request, and the reply.
Told = Callable[[int, Reply], Iterable[Event]]


def _nothing(_index: int, _reply: Reply) -> Iterable[Event]:
    return ()


class Replies:
    """Gets replies from an engine, told as events.

    When the engine dies it is started again, and what was not answered is asked again; the third
    death without a reply in between ends the run.
    """

    def __init__(self, engine: Engine, meter: Meter, stop: threading.Event) -> None:
        self._engine = engine
        self._meter = meter
        self._stop = stop
        self._pace = RunPace()
        self._deaths = 0

    @property
    def window(self) -> int:
        return self._engine.window

    @property
    def can_score(self) -> bool:
        return self._engine.can_score

    def tokens_of(self, text: str) -> int:
        """How many tokens a text has; a long one is measured by its first 4,000 characters."""
        sample = text[:4000]
        return round(self._engine.count(sample) * len(text) / len(sample)) if sample else 0

    def seconds_for(self, calls: Sequence[Expected]) -> float | None:
        """How long calls take that are asked for together; None before that can be told.

        By what the engine has measured of this model on this machine, else by the pace of this
        run.
        """
        known = self._engine.estimate(calls)
        return self._pace.seconds_for(calls) if known is None else known

    def load(self) -> Generator[Event, None, None]:
        """Get the engine ready."""
        yield from self._loading(self._engine.load(self._stop))

    def one(self, path: str, turn: int, prompt: Prompt) -> Generator[Event, None, str]:
        """One reply."""
        (reply,) = yield from self.together([Request(path, turn, prompt)])
        return reply.text

    def together(
        self, requests: Sequence[Request], labels: Sequence[str] = (), told: Told = _nothing
    ) -> Generator[Event, None, list[Reply]]:
        """Several replies, asked for at once; returned in the order of the requests.

        With labels, each reply is the likeliest of them, and none is written. They end in any
        order; `told` says what is told after each, and may raise to end the others.
        """
        replies: dict[int, Reply] = {}
        fatal: Counter[str] = Counter()  # how often the engine died over a call
        while True:
            missing = [index for index in range(len(requests)) if index not in replies]
            if not missing:
                return [replies[index] for index in range(len(requests))]
            attempt = _Attempt(requests, missing, replies)
            began = time.monotonic()
            try:
                yield from self._attempt(attempt, labels, told)
            except EngineDied as died:
                failed = attempt.failed(died)
                fatal.update(failed)
                often = max(fatal[path] for path in failed)
                yield from self._revive(failed, often, died)
            else:
                usages = [replies[index].usage for index in missing]
                self._pace.measured(usages, time.monotonic() - began)

    def _attempt(
        self, attempt: "_Attempt", labels: Sequence[str], told: Told
    ) -> Generator[Event, None, None]:
        # The first is told to have started before its prompt is read, which takes the longest.
        yield from attempt.start(attempt.missing[0])
        prompts = [attempt.requests[index].prompt for index in attempt.missing]
        try:
            with closing(self._messages(prompts, labels)) as messages:
                for message in messages:
                    index = attempt.missing[message.index]
                    yield from attempt.start(index)
                    path = attempt.requests[index].path
                    match message:
                        case Wrote(_, text):
                            attempt.pieces[index].append(text)
                            yield ReplyGrew(path, text)
                        case Done(_, usage, finish):
                            text = "".join(attempt.pieces.pop(index))
                            reply = Reply(text, usage)
                            yield from self._end(attempt, index, reply, finish, told)
                        case Scored(_, _, usage):
                            del attempt.pieces[index]
                            reply = Reply(message.best.label, usage, message.margin, message.scores)
                            yield from self._end(attempt, index, reply, Finish.STOP, told)
        except (Stopped, LimitReached, EngineError):
            for index in sorted(attempt.pieces, reverse=True):
                text = "".join(attempt.pieces[index])
                yield ReplyEnded(attempt.requests[index].path, text, Usage(), Finish.LENGTH)
            raise

    def _messages(
        self, prompts: Sequence[Prompt], labels: Sequence[str]
    ) -> Generator[Wrote | Done | Scored, None, None]:
        if labels:
            yield from self._engine.score(prompts, labels, self._stop)
        else:
            yield from self._engine.generate(prompts, self._stop)

    def _end(
        self, attempt: "_Attempt", index: int, reply: Reply, finish: Finish, told: Told
    ) -> Generator[Event, None, None]:
        self._deaths = 0
        attempt.replies[index] = reply
        self._meter.count_usage(reply.usage)
        yield ReplyEnded(attempt.requests[index].path, reply.text, reply.usage, finish)
        yield from told(index, reply)

    def _revive(
        self, paths: Sequence[str], often: int, died: EngineDied
    ) -> Generator[Event, None, None]:
        """Start the engine again, which may fail as well; three deaths in a row are the end.

        So are three over the same call (`often`), or one that ends the engine each time would do
        so until all others are answered.
        """
        while True:
            self._deaths += 1
            if max(self._deaths, often) >= _DEATHS:
                raise EngineError(
                    f"the engine ended {_DEATHS} times over {_named(paths)}, the last time because "
                    f"{died}. {way_out(str(died))}"
                ) from died
            yield PeerDied(paths[0], "engine", str(died), "What was not answered is asked again.")
            try:
                yield from self._loading(self._engine.restart(self._stop))
            except EngineDied as again:
                died = again
            else:
                return

    def _loading(self, fractions: Iterator[float]) -> Generator[Event, None, None]:
        began = time.monotonic()
        yield LoadStarted(self._engine.name)
        try:
            for fraction in fractions:
                yield LoadGrew(fraction)
        except (Stopped, RlmError) as end:
            yield LoadEnded(0, str(end) or "stopped", time.monotonic() - began)
            raise
        yield LoadEnded(self._engine.window, None, time.monotonic() - began)


def _named(paths: Sequence[str]) -> str:
    """Some calls, in words."""
    if len(paths) == 1:
        return f"call {paths[0]}"
    return f"call {paths[0]} and {len(paths) - 1:,} that went on beside it"


class _Attempt:
    """What was asked, what is being written, and what was answered."""

    def __init__(
        self, requests: Sequence[Request], missing: Sequence[int], replies: dict[int, Reply]
    ) -> None:
        self.requests = requests
        self.missing = missing
        self.replies = replies
        self.pieces: dict[int, list[str]] = {}

    def failed(self, died: EngineDied) -> list[str]:
        """The calls that were being answered; the first that was not, if nobody knows."""
        in_work = [self.missing[number] for number in died.in_work]
        left = [index for index in self.missing if index not in self.replies]
        indexes = in_work or sorted(self.pieces) or left[:1] or self.missing[:1]
        return [self.requests[index].path for index in indexes]

    def start(self, index: int) -> Generator[Event, None, None]:
        """Tell that a reply began, once."""
        if index not in self.pieces:
            self.pieces[index] = []
            request = self.requests[index]
            yield ReplyStarted(request.path, request.turn)
