"""How the user holds a run that goes on, or has it answer with what it has."""

import threading
import time
from collections.abc import Callable

#: Seconds between two looks at whether a run that is held was stopped.
_LOOK = 0.1


class Pace:
    """May be used from any thread. The time that a run was held does not count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._goes_on = threading.Event()
        self._goes_on.set()
        self._now = threading.Event()
        self._held_since: float | None = None
        self._held = 0.0

    @property
    def is_held(self) -> bool:
        return not self._goes_on.is_set()

    @property
    def is_hurried(self) -> bool:
        """Whether the run is to answer with what it has."""
        return self._now.is_set()

    def hold(self) -> None:
        """Let the run wait before its next step; what the model writes just now is finished."""
        if not self.is_held:
            self._held_since = self._clock()
            self._goes_on.clear()

    def go_on(self) -> None:
        """Let a run that is held go on."""
        if self._held_since is not None:
            self._held += self._clock() - self._held_since
            self._held_since = None
        self._goes_on.set()

    def answer_now(self) -> None:
        """Let the run answer with what it has; one that is held goes on."""
        self._now.set()
        self.go_on()

    def seconds(self) -> float:
        """A clock that stands still while the run is held."""
        now, since = self._clock(), self._held_since
        return now - self._held - (now - since if since is not None else 0.0)

    def wait(self, stop: threading.Event) -> None:
        """Return when the run may go on, or is to be stopped."""
        while not self._goes_on.wait(_LOOK):
            if stop.is_set():
                return
