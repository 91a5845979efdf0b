"""An engine that replies from a script: for tests, screenshots and the self-test."""

import threading
from collections.abc import Iterable, Iterator, Sequence

from rlm_desktop.engine.base import Done, Expected, LabelScore, Prompt, Scored, Usage, Wrote
from rlm_desktop.engine.labels import checked_labels
from rlm_desktop.errors import EngineError, RlmError, Stopped


class ScriptedEngine:
    """Gives the replies it was made with, in order, in pieces of a few characters.

    A reply ends before the first stop of its prompt, as from a model. A reply that is an
    exception is raised in its place. `pause` is waited between pieces, in seconds, so that a
    test can look at a run in the middle. A token takes `pace` seconds, if it is asked for an
    estimate.
    """

    def __init__(
        self,
        replies: Iterable[str | RlmError],
        piece: int = 7,
        pause: float = 0.0,
        window: int = 8192,
        pace: float | None = None,
    ) -> None:
        self._replies = list(replies)
        self._piece = piece
        self._pause = pause
        self._pace = pace
        self.window = window
        self.name = "scripted"
        self.heard: list[Prompt] = []
        self.restarts = 0
        self.address = ""
        self.can_score = True

    def load(self, stop: threading.Event) -> Iterator[float]:
        if stop.is_set():
            raise Stopped
        yield 1.0

    def restart(self, stop: threading.Event) -> Iterator[float]:
        self.restarts += 1
        yield from self.load(stop)

    def count(self, text: str) -> int:
        return len(text.split())

    def generate(self, prompts: Sequence[Prompt], stop: threading.Event) -> Iterator[Wrote | Done]:
        self.heard += prompts
        for index, prompt in enumerate(prompts):
            if not self._replies:
                raise EngineError("the script is at its end")
            reply = self._replies.pop(0)
            if isinstance(reply, RlmError):
                raise reply
            ends = [found for end in prompt.stops if (found := reply.find(end)) >= 0]
            reply = reply[: min(ends, default=len(reply))]
            for start in range(0, len(reply), self._piece):
                if stop.wait(self._pause) if self._pause else stop.is_set():
                    raise Stopped
                yield Wrote(index, reply[start : start + self._piece])
            yield Done(index, Usage(_words(prompt), len(reply.split())))

    def score(
        self, prompts: Sequence[Prompt], labels: Sequence[str], stop: threading.Event
    ) -> Iterator[Scored]:
        """The label that is the next reply of the script wins, clearly; a "?" after it: barely."""
        labels = checked_labels(labels)
        self.heard += prompts
        for index, prompt in enumerate(prompts):
            if stop.is_set():
                raise Stopped
            if not self._replies:
                raise EngineError("the script is at its end")
            reply = self._replies.pop(0)
            if isinstance(reply, RlmError):
                raise reply
            lead = 0.1 if reply.endswith("?") else 5.0
            said = reply.removesuffix("?")
            wanted = next((each for each in labels if each.strip() == said.strip()), None)
            if wanted is None:
                raise EngineError(f"the script says {said!r}, which is none of the labels")
            scores = [LabelScore(label, -0.1 - lead * (label != wanted), 1) for label in labels]
            yield Scored(index, tuple(scores), Usage(_words(prompt), 0))

    def estimate(self, calls: Sequence[Expected]) -> float | None:
        if self._pace is None:
            return None
        return self._pace * sum(call.read + call.written for call in calls)

    def close(self) -> None:
        """There is nothing to close."""


def _words(prompt: Prompt) -> int:
    return sum(len(message.text.split()) for message in prompt.messages)
