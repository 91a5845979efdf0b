"""How much a run may use up, in three steps that a person understands."""

from enum import StrEnum

from rlm_desktop.runs.events import Limits


class Level(StrEnum):
    """How thorough a run is."""

    QUICK = "quick"
    THOROUGH = "thorough"
    EVERYTHING = "everything"

    @property
    def limits(self) -> Limits:
        """What it may use up: what is read for an answer follows from the time there is."""
        match self:
            case Level.QUICK:
                return Limits(turns=6, calls=100, tokens=200_000, seconds=300)
            case Level.THOROUGH:
                return Limits()
            case Level.EVERYTHING:
                return Limits(turns=40, calls=20_000, tokens=20_000_000, seconds=4 * 3600)
