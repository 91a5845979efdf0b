"""What each call of a run cost, and when: tokens, seconds, and its part of the run's time axis.

A call is between its start and its end either writing (the model), or running a program (code),
or waiting: for the model to get to it, or for the calls that its program made. The stretches of
that are built while events come, one step for each, so that a bar can be painted at any time.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from rlm_desktop.engine.base import Usage
from rlm_desktop.runs import events
from rlm_desktop.runs.events import Event, parent_of

#: More stretches than a bar has pixels are joined, two and two.
MOST_STRETCHES = 256


class Busy(StrEnum):
    """With what a call spends its time."""

    MODEL = "model"
    CODE = "code"
    WAITING = "waiting"


@dataclass(slots=True)
class Stretch:
    """From when to when a call was busy with one thing; seconds since the run began."""

    busy: Busy
    start: float
    end: float


@dataclass(slots=True)
class Figures:
    """A call in numbers. `all_` is with the calls below; those that ran together are added up.

    `stretches` ends where the call is known to have been, which is before `end` while it is
    busy. `below` is how many calls that its program made have not ended.
    """

    start: float
    end: float | None = None
    own: Usage = field(default_factory=Usage)
    all_: Usage = field(default_factory=Usage)
    code_seconds: float = 0.0
    all_code_seconds: float = 0.0
    stretches: list[Stretch] = field(default_factory=list)
    running: bool = False
    below: int = 0

    @property
    def own_seconds(self) -> float:
        """What the model and the programs of this call took, without the calls below."""
        return self.own.seconds + self.code_seconds

    @property
    def added_seconds(self) -> float:
        """The same with all calls below, added up."""
        return self.all_.seconds + self.all_code_seconds

    @property
    def rate(self) -> float | None:
        """Tokens that the model read and wrote in a second of its work; None if not known."""
        return rate_of(self.own)

    @property
    def told_until(self) -> float:
        return self.stretches[-1].end if self.stretches else self.start

    def reach(self, busy: Busy, now: float) -> None:
        """Say with what the call was busy since it was last told."""
        since = self.told_until
        if now <= since:
            return
        if self.stretches and self.stretches[-1].busy is busy:
            self.stretches[-1].end = now
            return
        self.stretches.append(Stretch(busy, since, now))
        if len(self.stretches) > MOST_STRETCHES:
            self.stretches = _joined(self.stretches)

    def doing(self) -> Busy:
        """With what the call is busy now."""
        if self.running and not self.below:
            return Busy.CODE
        return Busy.WAITING


class CallFigures:
    """The figures of all calls of a run, built from its events.

    `now` is the moment, in seconds since the run began, of the events that are added next.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self._of: dict[str, Figures] = {}

    def of(self, path: str) -> Figures:
        """The figures of a call. Raises KeyError."""
        return self._of[path]

    def add(self, event: Event) -> None:
        """Take in the next event."""
        match event:
            case events.CallStarted(path):
                self._of[path] = Figures(self.now)
                self._made_below(path, 1)
            case events.ReplyEnded(path, _, usage):
                self._reply_ended(path, usage)
            case events.CodeStarted(path):
                figures = self._of[path]
                figures.reach(Busy.WAITING, self.now)
                figures.running = True
            case events.CodeEnded(path, _, _, seconds):
                self._code_ended(path, seconds)
            case events.CallEnded(path):
                figures = self._of[path]
                figures.reach(figures.doing(), self.now)
                figures.end, figures.running = self.now, False
                self._made_below(path, -1)
            case _:
                pass

    def _made_below(self, path: str, count: int) -> None:
        above = self._of.get(parent_of(path) or "")
        if above is not None and above.end is None:
            if not above.below or above.below + count == 0:
                above.reach(above.doing(), self.now)
            above.below += count

    def _reply_ended(self, path: str, usage: Usage) -> None:
        figures = self._of[path]
        began = max(figures.told_until, self.now - usage.seconds)
        figures.reach(Busy.WAITING, began)
        figures.reach(Busy.MODEL, self.now)
        figures.own += usage
        for each in self._up(path):
            each.all_ += usage

    def _code_ended(self, path: str, seconds: float) -> None:
        figures = self._of[path]
        figures.reach(figures.doing(), self.now)
        figures.running = False
        figures.code_seconds += seconds
        for each in self._up(path):
            each.all_code_seconds += seconds

    def _up(self, path: str | None) -> list[Figures]:
        """Those of a call, and of all above it."""
        found = []
        while path is not None and path in self._of:
            found.append(self._of[path])
            path = parent_of(path)
        return found


def rate_of(usage: Usage) -> float | None:
    """Tokens read anew and written, in a second; None where nothing was measured."""
    tokens = usage.prompt_tokens - usage.cached_tokens + usage.reply_tokens
    return tokens / usage.seconds if usage.seconds > 0 and tokens > 0 else None


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Half as many: of two neighbours, the longer one says what both were."""
    made = []
    for first, second in zip(stretches[::2], stretches[1::2], strict=False):
        longer = max(first, second, key=lambda each: each.end - each.start)
        made.append(Stretch(longer.busy, first.start, second.end))
    if len(stretches) % 2:
        made.append(stretches[-1])
    return made
