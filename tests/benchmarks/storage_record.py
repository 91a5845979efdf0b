"""How long it takes to keep a run with 500 sub-calls.

    python tests/benchmarks/storage_record.py

Prints the seconds for the store as it is, and with `synchronous = FULL` for comparison. The
figures are in the section "storage" of README.md beside this file.
"""

import statistics
import tempfile
import time
from pathlib import Path

from rlm_desktop.engine.base import Usage
from rlm_desktop.runs import events as e
from rlm_desktop.storage.run_store import RunStore

SUB_CALLS = 500
PIECE = 8_000  # characters of text that each sub-call is given
REPEATS = 5


def happened() -> list[e.Event]:
    """A run whose root asks the same of 500 different pieces; four events for each."""
    run: list[e.Event] = [
        e.RunStarted("Which of these are complaints?", (), "starter", e.Limits()),
        e.CallStarted("1", e.CallKind.ROOT, "Which of these are complaints?"),
    ]
    for number in range(1, SUB_CALLS + 1):
        path = f"1.{number}"
        text = (f"letter {number} " * PIECE)[:PIECE]
        run += [
            e.CallStarted(path, e.CallKind.ASK, "Is this a complaint?", text, number * PIECE),
            e.ReplyStarted(path, 1),
            e.ReplyEnded(path, "yes", Usage(2_000, 1)),
            e.CallEnded(path, e.Outcome.ANSWERED, "yes"),
        ]
    run += [e.CallEnded("1", e.Outcome.ANSWERED, "500"), e.RunEnded(e.Outcome.ANSWERED, "500")]
    return run


def seconds(run: list[e.Event], *, always_full: bool) -> float:
    with tempfile.TemporaryDirectory() as folder, RunStore(Path(folder) / "runs.db") as store:
        if always_full:
            execute = store._db.execute
            store._db.execute = lambda sql, parameters=None: execute(  # type: ignore[method-assign]
                sql.replace("synchronous = normal", "synchronous = full"), parameters
            )
        began = time.perf_counter()
        number: int | None = None
        for count, event in enumerate(run):
            number = store.record(event, number, count)
        return time.perf_counter() - began


def main() -> None:
    run = happened()
    for name, always_full in (("as it is", False), ("synchronous = FULL", True)):
        took = [seconds(run, always_full=always_full) for _ in range(REPEATS)]
        print(f"{name:20} {statistics.median(took):6.2f} s  ({min(took):.2f} to {max(took):.2f})")


if __name__ == "__main__":
    main()
