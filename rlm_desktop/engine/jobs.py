"""What is asked of the scheduler, in tokens, and how far it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rlm_desktop.engine.backend import Backend, Chooser, Row
from rlm_desktop.engine.prefix_tree import Branch
from rlm_desktop.errors import EngineError


@dataclass(frozen=True, slots=True)
class Writing:
    """A prompt in tokens, to be continued by at most `most` tokens, at least one."""

    tokens: Sequence[int]
    most: int
    chooser: Callable[[], Chooser]
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class Scoring:
    """A prompt in tokens, and the tokens of the labels that are scored after it."""

    tokens: Sequence[int]
    labels: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Began:
    """A request was let in; so many tokens of its prompt were there already."""

    owner: int
    index: int
    cached: int


@dataclass(frozen=True, slots=True)
class Chose:
    """The next token of a reply. `last` if it may have no more."""

    owner: int
    index: int
    token: int
    last: bool


@dataclass(frozen=True, slots=True)
class ScoresKnown:
    """The logarithms of the probabilities of all labels, each of all its tokens together."""

    owner: int
    index: int
    logprobs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CannotGoOn:
    """A request has failed; the others go on."""

    owner: int
    index: int
    error: EngineError


Happening = Began | Chose | ScoresKnown | CannotGoOn


@dataclass(slots=True, eq=False)
class Job:
    """A request in work. `tokens` are those of its prompt, and those it wrote after them."""

    owner: int
    index: int
    tokens: list[int]
    branch: Branch | None = None
    begun: bool = False
    done: bool = False

    @property
    def place(self) -> Branch:
        """Where it reads and writes, once it was let in."""
        assert self.branch is not None
        return self.branch

    @property
    def pending(self) -> int:
        """Tokens still to be computed before it can go on."""
        return len(self.tokens) - (0 if self.branch is None else self.branch.length)

    @property
    def writes(self) -> bool:
        """Whether all that is to be computed is the token that it wrote last."""
        return False

    @property
    def growth(self) -> int:
        """Cells that it may need besides those of what is pending."""
        raise NotImplementedError

    def went_on(self, part: "Part", first_row: int, backend: Backend) -> list[Happening]:
        """Take in what was computed; its part of the batch began at `first_row`."""
        raise NotImplementedError

    def rows(self, part: "Part") -> list[Row]:
        """Its part of a batch."""
        held, sequence = self.place.length, self.place.sequence
        sequences = (sequence, *(tail.sequence for tail in part.tails))
        end = len(self.tokens)
        return [
            Row(self.tokens[at], at, sequences, wanted=at + 1 == end)
            for at in range(held, held + part.count)
        ]


@dataclass(frozen=True, slots=True)
class Tail:
    """The tokens of a label after its first one, in a sequence lent for it."""

    label: int
    sequence: int


@dataclass(slots=True)
class Part:
    """One request's part of a batch: the next `count` tokens of it, and tails of labels."""

    job: Job
    count: int
    tails: list[Tail] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class WritingJob(Job):
    """A reply in work."""

    wanted: Writing = field(kw_only=True)
    written: int = 0
    chooser: Chooser | None = None

    @property
    def writes(self) -> bool:
        return self.written > 0 and self.pending == 1

    @property
    def growth(self) -> int:
        return self.wanted.most - self.written

    def went_on(
        self,
        part: Part,
        first_row: int,
        backend: Backend,  # noqa: ARG002  a score asks it
    ) -> list[Happening]:
        if self.pending:
            return []
        if self.chooser is None:
            self.chooser = self.wanted.chooser()
        try:
            token = self.chooser.choose(first_row + part.count - 1)
        except EngineError as error:
            self.done = True
            return [CannotGoOn(self.owner, self.index, error)]
        self.written += 1
        self.tokens.append(token)
        self.done = self.written == self.wanted.most
        return [Chose(self.owner, self.index, token, self.done)]


@dataclass(slots=True, eq=False)
class ScoringJob(Job):
    """Labels that are being scored.

    `lent` are empty sequences, each for the tail of a label while it is computed. `tails_left`
    are the labels of several tokens that are still to be computed.
    """

    wanted: Scoring = field(kw_only=True)
    lent: list[int] = field(default_factory=list)
    logprobs: list[float] = field(default_factory=list)
    tails_left: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tails_left = self._tails()

    def _tails(self) -> list[int]:
        return [number for number, label in enumerate(self.wanted.labels) if len(label) > 1]

    @property
    def growth(self) -> int:
        return sum(len(label) - 1 for label in self.wanted.labels)

    def tail_size(self, number: int) -> int:
        return len(self.wanted.labels[number]) - 1

    def rows(self, part: Part) -> list[Row]:
        rows = Job.rows(self, part)
        for tail in part.tails:
            rows += [
                Row(token, len(self.tokens) + at, (tail.sequence,), wanted=True)
                for at, token in enumerate(self.wanted.labels[tail.label][:-1])
            ]
        return rows

    def went_on(self, part: Part, first_row: int, backend: Backend) -> list[Happening]:
        labels = self.wanted.labels
        if part.count and not self.pending:
            firsts = [label[0] for label in labels]
            self.logprobs = backend.logprobs(first_row + part.count - 1, firsts)
            self.tails_left = self._tails()  # all of them, should the prompt be read once more
        row = first_row + part.count
        for tail in part.tails:
            for token in labels[tail.label][1:]:
                self.logprobs[tail.label] += backend.logprobs(row, [token])[0]
                row += 1
            self.tails_left.remove(tail.label)
        if self.pending or self.tails_left:
            return []
        self.done = True
        return [ScoresKnown(self.owner, self.index, tuple(self.logprobs))]
