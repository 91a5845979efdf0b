"""How much of its limits a run has used up."""

import time
from collections.abc import Callable

from rlm_desktop.engine.base import Usage
from rlm_desktop.errors import LimitReached
from rlm_desktop.runs.events import Limits


class Meter:
    """Counts what all calls of one run use, and raises LimitReached when a limit is passed.

    It also measures the pace, tokens a second, from which it tells how long a reading will take.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._began = clock()
        self._calls = 0
        self._tokens = 0
        self._read_tokens = 0
        self._read_seconds = 0.0

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return self._clock() - self._began

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._limits.seconds - self.seconds)

    @property
    def tokens_a_second(self) -> float | None:
        """How fast this machine reads with this model; None before it has read anything."""
        return self._read_tokens / self._read_seconds if self._read_seconds else None

    def count_calls(self, number: int = 1) -> None:
        self._calls += number
        if self._calls > self._limits.calls:
            raise LimitReached(f"calls ({self._limits.calls:,})")
        self.check()

    def count_usage(self, usage: Usage) -> None:
        fresh = usage.prompt_tokens - usage.cached_tokens
        self._tokens += fresh + usage.reply_tokens
        if usage.seconds:
            # A written token costs about as much as four that are read (113 against 24 a second
            # for a 1.5B model on two cores); weighting them gives one pace for both.
            self._read_tokens += fresh + 4 * usage.reply_tokens
            self._read_seconds += usage.seconds

    def check(self) -> None:
        """Raise LimitReached if the tokens or the time are used up."""
        if self._tokens > self._limits.tokens:
            raise LimitReached(f"tokens ({self._limits.tokens:,})")
        if self.seconds > self._limits.seconds:
            raise LimitReached(f"time ({self._limits.seconds / 60:.0f} minutes)")

    def seconds_for(self, tokens: int) -> float | None:
        """How long reading so many tokens will take; None before the pace is known."""
        pace = self.tokens_a_second
        return None if pace is None else tokens / pace
