"""A backend without a model: llama.cpp's unified key-value cache, simulated cell by cell.

Its "model" is a function of all tokens before: what comes next, and how likely a token is, follow
from a hash of them. So a reply depends on its prompt alone, and any error in what is shared, cut
or routed shows as a wrong reply. What llama.cpp would not notice, or end the process for, is
asserted here: positions without a gap, the size of a batch, outputs that nobody asked for.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rlm_desktop.engine.backend import Interrupted, OutOfCells, Row
from rlm_desktop.errors import EngineError

#: So few that prompts begin alike by chance, too.
VOCABULARY = 40
_START = 17


@dataclass(eq=False, slots=True)
class Cell:
    """One cell. `history` is a hash of its token and of all tokens before it."""

    history: int
    sequences: set[int] = field(default_factory=set)


def after(history: int, token: int) -> int:
    """The hash of a history with one more token."""
    return hash((history, token))


def history_of(tokens: Sequence[int]) -> int:
    history = _START
    for token in tokens:
        history = after(history, token)
    return history


def likeliest(history: int) -> int:
    """The token that the model writes after a history."""
    return history % VOCABULARY


def logprob(history: int, token: int) -> float:
    """The logarithm of a token's probability; halves and quarters, which add up exactly."""
    return -(1 + hash((token, history)) % 64) / 4


class NoToken(EngineError):
    """A grammar leaves no token."""


def fails_after(history: int) -> bool:
    """Whether a grammar that fails now and then leaves no token here."""
    return history % 23 == 5


def replies(tokens: Sequence[int], *, fails: bool = False) -> Iterator[int]:
    """The reply to a prompt, computed directly. Raises NoToken."""
    history = history_of(tokens)
    while True:
        if fails and fails_after(history):
            raise NoToken("no token fits the grammar")
        token = likeliest(history)
        yield token
        history = after(history, token)


def scores(tokens: Sequence[int], labels: Sequence[Sequence[int]]) -> tuple[float, ...]:
    """The logarithms of the probabilities of labels, computed directly."""
    found = []
    for label in labels:
        history, total = history_of(tokens), 0.0
        for token in label:
            total += logprob(history, token)
            history = after(history, token)
        found.append(total)
    return tuple(found)


class SimulatedBackend:
    """Cells that belong to sequences.

    `interrupt` is asked before each batch: None to compute it, or after how many rows it is
    given up. `batches` are the sizes of those that were computed.
    """

    def __init__(self, cells: int, sequences: int, step: int, *, divisible: bool = True) -> None:
        self.cells = cells
        self.step = step
        self.divisible = divisible
        self.interrupt: Callable[[], int | None] = lambda: None
        self.batches: list[int] = []
        self.ran_out = 0
        self.open_choosers = 0
        self.used = 0  # cells that belong to any sequence
        self._held: list[list[Cell]] = [[] for _ in range(sequences)]
        self._outputs: dict[int, int] = {}

    def lengths(self) -> list[int]:
        return [len(held) for held in self._held]

    # -- the protocol

    def copy(self, source: int, target: int, length: int) -> None:
        assert not self._held[target], f"sequence {target} is not empty"
        assert source != target
        assert length <= len(self._held[source]), "more is copied than there is"
        assert self.divisible or length == len(self._held[source]), "a part of a state is copied"
        self._held[target] = self._held[source][:length]
        for cell in self._held[target]:
            cell.sequences.add(target)

    def cut(self, sequence: int, length: int) -> bool:
        held = self._held[sequence]
        if not self.divisible and 0 < length < len(held):
            return False
        for cell in held[length:]:
            cell.sequences.remove(sequence)
            self.used -= not cell.sequences
        del held[length:]
        return True

    def compute(self, rows: Sequence[Row]) -> None:
        assert 0 < len(rows) <= self.step, f"a batch of {len(rows)} rows"
        self._outputs = {}
        most = self.interrupt()
        if self.used + len(rows) > self.cells:
            self.ran_out += 1
            raise OutOfCells
        for number, row in enumerate(rows):
            if most is not None and number >= most:
                break
            self._add(row, number)
        if most is not None:
            self._outputs = {}
            raise Interrupted
        self.batches.append(len(rows))

    def logprobs(self, row: int, tokens: Sequence[int]) -> list[float]:
        return [logprob(self.output(row), token) for token in tokens]

    # -- for the choosers and the tests

    def output(self, row: int) -> int:
        """The history that a row of the last batch ends."""
        assert row in self._outputs, f"nobody wanted row {row}"
        return self._outputs[row]

    def chooser(self, *, fails: bool = False) -> "SimulatedChooser":
        self.open_choosers += 1
        return SimulatedChooser(self, fails=fails)

    def _add(self, row: Row, number: int) -> None:
        assert row.sequences
        assert len(set(row.sequences)) == len(row.sequences)
        held = self._held[row.sequences[0]]
        for sequence in row.sequences:
            assert len(self._held[sequence]) == row.position, (
                f"position {row.position} of sequence {sequence}, "
                f"which holds {len(self._held[sequence])}"
            )
            assert all(a is b for a, b in zip(self._held[sequence], held, strict=True))
        cell = Cell(after(held[-1].history if held else _START, row.token), set(row.sequences))
        self.used += 1
        for sequence in row.sequences:
            self._held[sequence].append(cell)
        if row.wanted:
            self._outputs[number] = cell.history


class SimulatedChooser:
    """Chooses the likeliest token."""

    def __init__(self, backend: SimulatedBackend, *, fails: bool) -> None:
        self._backend = backend
        self._fails = fails
        self._open = True

    def choose(self, row: int) -> int:
        assert self._open
        history = self._backend.output(row)
        if self._fails and fails_after(history):
            raise NoToken("no token fits the grammar")
        return likeliest(history)

    def close(self) -> None:
        assert self._open, "closed twice"
        self._open = False
        self._backend.open_choosers -= 1
