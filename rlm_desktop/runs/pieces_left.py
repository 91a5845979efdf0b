"""How far the calls are that read many pieces, and how long the rest of them takes."""

from rlm_desktop.runs.events import CallEnded, Estimated, Event, RunEnded, parent_of

#: Before so many calls are through, and so many seconds have passed, the estimate is better.
_LEAST_DONE = 5
_LEAST_SECONDS = 5.0


class PiecesLeft:
    """Follows the events of a run, each with the second at which it happened."""

    def __init__(self) -> None:
        self.done = 0
        self._batch: Estimated | None = None
        self._began = 0.0

    @property
    def total(self) -> int:
        """How many pieces are read; 0 while there are none to wait for."""
        return self._batch.calls if self._batch is not None else 0

    def add(self, event: Event, now: float) -> None:
        """Take in the next event."""
        match event:
            case Estimated():
                self._batch, self._began, self.done = event, now, 0
            case CallEnded(path) if self._batch and parent_of(path) == self._batch.path:
                self.done += 1
                if self.done >= self._batch.calls:
                    self._batch = None
            case CallEnded(path) if self._batch and path == self._batch.path:
                self._batch = None
            case RunEnded():
                self._batch = None

    def seconds_left(self, now: float) -> float | None:
        """How long the pieces that are left take; None where nothing is known of it yet."""
        if self._batch is None:
            return None
        passed = now - self._began
        if self.done >= _LEAST_DONE and passed >= _LEAST_SECONDS:
            return passed * (self._batch.calls - self.done) / self.done
        return max(0.0, self._batch.seconds - passed) if self._batch.seconds else None
