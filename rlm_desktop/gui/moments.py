"""When the events of a run happened: moments between them, on their way into the window.

Events hold no clock, so that equal runs have equal events. The time axis of the calls needs one:
a live run is timed as its events come, a kept one has the times that the store noted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

from rlm_desktop.runs.events import Event, Progress

#: Events that are less than so many seconds apart share a moment.
STEP = 0.002


@dataclass(frozen=True, slots=True)
class Moment:
    """What follows happens so many seconds after the run began."""

    seconds: float


def live_moments(happening: Iterable[Event]) -> Iterator[Event | Moment]:
    """The events of a run that goes on now, with the moments in which they come."""
    began = monotonic()
    return _timed((monotonic() - began, event) for event in happening)


def kept_moments(kept: Iterable[tuple[float, Event]]) -> Iterator[Event | Moment]:
    """The events of a kept run, each with its time in seconds, with moments between them."""
    return _timed(kept)


def _timed(timed: Iterable[tuple[float, Event]]) -> Iterator[Event | Moment]:
    first: float | None = None
    last = 0.0
    for at, event in timed:
        if first is None:
            first = at
        # A clock that is set back in a run must not draw time backwards.
        if not isinstance(event, Progress) and at - first >= last + STEP:
            last = at - first
            yield Moment(last)
        yield event
