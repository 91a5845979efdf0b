"""What a list of runs shows of one run."""

from dataclasses import dataclass
from datetime import datetime

#: The outcome of a run whose process ended before the run did.
INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run in the database, summed up.

    `outcome` is a value of `runs.events.Outcome`, or INTERRUPTED, or None while the run goes on.
    `title` is what the user calls it, empty if nothing; it is `pinned` to the top of the list or
    not. `coverage` is from 0 to 1. `calls` and `turns` are counted when the run ends.
    """

    number: int
    question: str
    answer: str | None
    outcome: str | None
    status: str | None
    model: str
    documents: tuple[str, ...]
    started_at: datetime
    seconds: float
    coverage: float
    calls: int
    turns: int
    title: str = ""
    pinned: bool = False
