"""What the window is given to do: runs and texts of sizes that few will ever have."""

import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rlm_desktop.engine.base import Usage
from rlm_desktop.runs import events as e
from rlm_desktop.storage.run_store import RunStore

PROMPT = "Why did the machine fail? Answer in three words."
LINE = "2024-01-02 03:04:05 ERROR db 10.0.0.1: connection lost, trying again in 5 s\n"

#: Pieces that come before the thread of the run lets others work: 20,000 a second.
_AT_ONCE = 20


def run(calls: int, pieces: int) -> Iterator[e.Event]:
    """A run whose root asks the same of so many passages, replied to in so many pieces."""
    yield e.RunStarted("Which machine failed most often?", (), "scripted", e.Limits())
    yield e.CallStarted("1", e.CallKind.ROOT, "Which machine failed most often?")
    for number in range(1, calls + 1):
        path = f"1.{number}"
        text = f"2025-03-{number % 28 + 1:02} machine M{number % 9} FAILED drive belt worn"
        yield e.CallStarted(path, e.CallKind.ASK, PROMPT, text, number * 90)
        yield e.ReplyStarted(path, 1)
        for _ in range(pieces):
            yield e.ReplyGrew(path, "worn ")
        yield e.ReplyEnded(path, "worn " * pieces, Usage(160, pieces, 120, 0.4))
        yield e.CallEnded(path, e.Outcome.ANSWERED, "worn drive belt")
    yield e.CallEnded("1", e.Outcome.ANSWERED, "M7")
    yield e.RunEnded(e.Outcome.ANSWERED, "M7", e.Status.COMPUTED, seconds=60)


@dataclass(frozen=True, slots=True)
class Streamed:
    """A run that comes as from a model, only faster; an Asking."""

    number: int
    events: Iterator[e.Event]


def streamed(calls: int, pieces: int, stop: threading.Event) -> Streamed:
    return Streamed(1, _paced(run(calls, pieces), stop))


def _paced(happened: Iterator[e.Event], stop: threading.Event) -> Iterator[e.Event]:
    for count, event in enumerate(happened):
        if stop.is_set():
            return
        if count % _AT_ONCE == 0:
            time.sleep(0.001)
        yield event


def keep(database: Path, calls: int) -> int:
    """Keep a run with so many calls, and return its number."""
    number: int | None = None
    with RunStore(database) as store:
        for count, event in enumerate(run(calls, 0)):
            number = store.record(event, number, count)
    assert number is not None
    return number


def write_text(path: Path, megabytes: int) -> None:
    block = LINE * 10_000
    with path.open("w", encoding="utf-8") as file:
        while file.tell() < megabytes * 1_000_000:
            file.write(block)


if __name__ == "__main__":
    # In a process of its own, so that its memory is not that of the window.
    print(keep(Path(sys.argv[1]), int(sys.argv[2])))
