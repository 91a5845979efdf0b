"""What a list of runs shows of one run."""

from dataclasses import dataclass
from datetime import datetime

#: The outcome of a run whose process ended before the run did.
INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run in the database, summed up.

    `outcome` is a value of `runs.events.Outcome`, or INTERRUPTED, or None while the run goes on.
    `title` is what the user calls it, with tags in it ("The pump #house"), empty if nothing; it is
    `pinned` to the top of the list or not. `coverage` is from 0 to 1. `calls` and `turns` are
    counted when the run ends.
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

    @property
    def name(self) -> str:
        """The title without its tags; the question if that leaves nothing."""
        words = [word for word in self.title.split() if not _is_tag(word)]
        return " ".join(words) or self.question

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags in the title, each with its "#"."""
        return tuple(word for word in self.title.split() if _is_tag(word))


def _is_tag(word: str) -> bool:
    return len(word) > 1 and word.startswith("#")
