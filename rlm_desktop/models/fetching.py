"""What the sources of a model have in common."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What a fetch is doing."""

    WAITING = "waiting for another fetch"
    FETCHING = "fetching"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """How far a fetch is. `source` names where the bytes come from; empty when none do."""

    done_bytes: int
    total_bytes: int
    stage: Stage
    source: str


class SourceFailed(Exception):
    """This source cannot give the file; the next one may. The text says why."""
