"""What a list of runs shows of one run."""

from dataclasses import dataclass
from datetime import datetime

#: The outcome of a run whose process ended before the run did.
INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run in the database, summed up.

    `outcome` is a value of `runs.events.Outcome`, or INTERRUPTED, or None while the run goes on.
    `coverage` is from 0 to 1. `calls` and `turns` are counted when the run ends.
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
