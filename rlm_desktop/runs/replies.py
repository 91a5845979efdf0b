"""The engine's side of a run: asking for replies, and going on when the engine dies."""

import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from rlm_desktop.engine.base import Done, Engine, Finish, Prompt, Usage, Wrote
from rlm_desktop.errors import EngineDied, EngineError, RlmError, Stopped
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

_DEATHS = 3


@dataclass(frozen=True, slots=True)
class Request:
    """One reply that is wanted: of which call, for which of its turns."""

    path: str
    turn: int
    prompt: Prompt


class Replies:
    """Gets replies from an engine, told as events.

    When the engine dies it is started again, and what was not answered is asked again; the third
    death in a run ends it.
    """

    def __init__(self, engine: Engine, meter: Meter, stop: threading.Event) -> None:
        self._engine = engine
        self._meter = meter
        self._stop = stop
        self._deaths = 0

    @property
    def window(self) -> int:
        return self._engine.window

    def tokens_of(self, text: str) -> int:
        """How many tokens a text has; a long one is measured by its first 4,000 characters."""
        sample = text[:4000]
        return round(self._engine.count(sample) * len(text) / len(sample)) if sample else 0

    def load(self) -> Generator[Event, None, None]:
        """Get the engine ready."""
        yield from self._loading(self._engine.load(self._stop))

    def one(self, path: str, turn: int, prompt: Prompt) -> Generator[Event, None, str]:
        """One reply."""
        (reply,) = yield from self.together([Request(path, turn, prompt)])
        return reply

    def together(self, requests: Sequence[Request]) -> Generator[Event, None, list[str]]:
        """Several replies, asked for at once; returned in the order of the requests."""
        replies: dict[int, str] = {}
        while True:
            missing = [index for index in range(len(requests)) if index not in replies]
            try:
                yield from self._attempt(requests, missing, replies)
            except EngineDied as died:
                yield from self._revive(requests[missing[0]].path, died)
            else:
                return [replies[index] for index in range(len(requests))]

    def _attempt(
        self, requests: Sequence[Request], missing: Sequence[int], replies: dict[int, str]
    ) -> Generator[Event, None, None]:
        # The first is told to have started before its prompt is read, which takes the longest.
        pieces: dict[int, list[str]] = {missing[0]: []}
        yield ReplyStarted(requests[missing[0]].path, requests[missing[0]].turn)
        prompts = [requests[index].prompt for index in missing]
        try:
            for message in self._engine.generate(prompts, self._stop):
                index = missing[message.index]
                path = requests[index].path
                if index not in pieces:
                    pieces[index] = []
                    yield ReplyStarted(path, requests[index].turn)
                match message:
                    case Wrote(_, text):
                        pieces[index].append(text)
                        yield ReplyGrew(path, text)
                    case Done(_, usage, finish):
                        replies[index] = "".join(pieces.pop(index))
                        self._meter.count_usage(usage)
                        yield ReplyEnded(path, replies[index], usage, finish)
        except (Stopped, EngineError):
            for index in sorted(pieces, reverse=True):
                text = "".join(pieces[index])
                yield ReplyEnded(requests[index].path, text, Usage(), Finish.LENGTH)
            raise

    def _revive(self, path: str, died: EngineDied) -> Generator[Event, None, None]:
        self._deaths += 1
        if self._deaths >= _DEATHS:
            raise EngineError(
                f"the engine ended {_DEATHS} times in this run, the last time because {died}. "
                "The likeliest cause is too little memory: choose a smaller model, or a smaller "
                "window in the settings"
            ) from died
        yield PeerDied(path, "engine", str(died), "What was not answered is asked again.")
        yield from self._loading(self._engine.restart(self._stop))

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
