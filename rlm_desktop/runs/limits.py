"""How much of its limits a run has used up."""

from rlm_desktop.engine.base import Usage
from rlm_desktop.errors import LimitReached
from rlm_desktop.runs.events import Limits
from rlm_desktop.runs.pace import Pace


class Meter:
    """Counts what all calls of one run use, and raises LimitReached when a limit is passed.

    It is one, too, that the user wants the answer now.
    """

    def __init__(self, limits: Limits, pace: Pace | None = None) -> None:
        self._limits = limits
        self._pace = pace or Pace()
        self._began = self._pace.seconds()
        self._calls = 0
        self._tokens = 0

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return self._pace.seconds() - self._began

    @property
    def seconds_left(self) -> float:
        return 0.0 if self._pace.is_hurried else max(0.0, self._limits.seconds - self.seconds)

    def count_calls(self, number: int = 1) -> None:
        self._calls += number
        if self._calls > self._limits.calls:
            raise LimitReached(f"calls ({self._limits.calls:,})")
        self.check()

    def count_usage(self, usage: Usage) -> None:
        self._tokens += usage.prompt_tokens - usage.cached_tokens + usage.reply_tokens

    def check(self) -> None:
        """Raise LimitReached if the tokens or the time are used up, or the user's patience is."""
        if self._pace.is_hurried:
            raise LimitReached("time (an answer is wanted now)")
        if self._tokens > self._limits.tokens:
            raise LimitReached(f"tokens ({self._limits.tokens:,})")
        if self.seconds > self._limits.seconds:
            raise LimitReached(f"time ({self._limits.seconds / 60:.0f} minutes)")
