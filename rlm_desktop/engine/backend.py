"""What the scheduler needs of something that computes tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rlm_desktop.engine.prefix_tree import Cells


class Interrupted(Exception):
    """A computation was given up in the middle, because somebody asked for it."""


class OutOfCells(Exception):
    """The cache has no room for these tokens. Nothing was computed; give up something."""


@dataclass(frozen=True, slots=True)
class Row:
    """A token to compute, at a position of one sequence or several that share it.

    `wanted` says that what comes next will be asked for.
    """

    token: int
    position: int
    sequences: tuple[int, ...]
    wanted: bool = False


class Chooser(Protocol):
    """Chooses the tokens of one reply."""

    def choose(self, row: int) -> int:
        """The token that comes after row number `row` of the last batch.

        Raises EngineError if there is none.
        """
        ...

    def close(self) -> None: ...


class Backend(Cells, Protocol):
    """What computes."""

    def compute(self, rows: Sequence[Row]) -> None:
        """Compute a batch.

        Raises Interrupted, OutOfCells or EngineError; what was computed of it is to be cut off.
        """
        ...

    def logprobs(self, row: int, tokens: Sequence[int]) -> list[float]:
        """The natural logarithms of the probabilities of tokens after row number `row`."""
        ...
