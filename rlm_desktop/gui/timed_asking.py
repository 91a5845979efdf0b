"""Runs with the moments in which they happened, as the thread of a run follows them."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rlm_desktop.gui.moments import Moment, kept_moments, live_moments
from rlm_desktop.runs.events import Event
from rlm_desktop.session import Asking
from rlm_desktop.storage.run_store import RunStore


@dataclass(frozen=True, slots=True)
class TimedAsking:
    """A run, live or read back, with the moments in which it happened; an Asking."""

    number: int
    events: Iterator[Event | Moment]


def live(asking: Asking) -> TimedAsking:
    """A run that goes on now."""
    return TimedAsking(asking.number, live_moments(asking.events))


def kept(database: Path, number: int, stop: threading.Event) -> TimedAsking:
    """A kept run, read until `stop` is set."""
    return TimedAsking(number, kept_moments(_kept_events(database, number, stop)))


def _kept_events(
    database: Path, number: int, stop: threading.Event
) -> Iterator[tuple[float, Event]]:
    with RunStore(database) as store:
        for timed in store.timed_events(number):
            if stop.is_set():
                return
            yield timed
