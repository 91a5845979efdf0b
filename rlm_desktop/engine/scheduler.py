"""Which tokens are computed next: continuous batching of many requests.

Each step computes one batch, of prompts that are being read or of the next token of every reply
that is being written, never of both: llama.cpp's attention on a CPU takes 64 rows together, and a
row that writes makes all of them look at the cells of every reply (CONTRIBUTING has the numbers).
Reading goes first as long as anything can be let in and read, so that as many replies as possible
are written together: on two cores a token costs 9 ms in a batch of 64 and 59 ms alone (1.5B).

Who asks together (an *owner*) is served in turn with the others: the next request let in is that
of the owner whose turn it is, and those that read get equal parts of a batch. An owner who has
nothing left to read does not wait for what others read: its replies get as much time as that took.
A request is let in when its prompt and the longest reply it may have are sure to fit. The one
whose turn it is waits for that, and nobody passes it: none starves.

A request that begins like one that is being read waits until the beginning is there, and shares it.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence

from rlm_desktop.engine.backend import Backend, Interrupted, OutOfCells
from rlm_desktop.engine.jobs import (
    Began,
    CannotGoOn,
    Happening,
    Job,
    Part,
    Scoring,
    ScoringJob,
    Tail,
    Writing,
    WritingJob,
)
from rlm_desktop.engine.prefix_tree import PrefixTree, common_prefix
from rlm_desktop.errors import EngineError

#: A shorter common beginning is not worth waiting for: what the template gives every prompt.
_SHARED_TOKENS = 32
#: A request with labels of several tokens is lent so many sequences at most.
_LENT = 16


class Scheduler:
    """Serves requests with a backend that has `cells` cells and `sequences` sequences.

    A batch has at most `step` tokens, which must be more than there are sequences. `divisible`
    says whether a sequence can be cut and shared anywhere (see PrefixTree). `clock` gives seconds.
    """

    def __init__(
        self,
        backend: Backend,
        *,
        cells: int,
        sequences: int,
        step: int,
        divisible: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if sequences < 2:
            raise ValueError("a label of several tokens needs a second sequence")
        if step <= sequences:
            raise ValueError(f"a batch of {step} tokens is too small for {sequences} sequences")
        self._backend = backend
        self._tree = PrefixTree(backend, cells, sequences, divisible=divisible)
        self._step = step
        self._sequences = sequences
        self._divisible = divisible
        self._clock = clock
        self._owed = 0.0  # seconds that replies waited for what others read
        self._waiting: dict[int, deque[Job]] = {}  # the first owner is the one whose turn it is
        self._active: list[Job] = []
        self._began: list[Began] = []  # still to be told of
        self._crowded = False  # the cells ran out: nothing is let in before something ends
        #: Owner, index and number of rows of each request that had a part in the last batch.
        self.last_rows: list[tuple[int, int, int]] = []

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return not self._active and not self._waiting

    @property
    def longest_label(self) -> int:
        """How many tokens a label may have at most: it must fit beside all replies."""
        return self._step - self._sequences

    @property
    def held_tokens(self) -> int:
        """How many tokens are in the cache."""
        return self._tree.held_tokens

    def add(self, owner: int, wanted: Sequence[Writing | Scoring]) -> None:
        """Let requests wait for their turn; they are told of by their owner and their index.

        Each of them must fit into the cells alone, with all that it may write.
        """
        jobs: deque[Job] = deque()
        for index, one in enumerate(wanted):
            match one:
                case Writing():
                    jobs.append(WritingJob(owner, index, list(one.tokens), wanted=one))
                case Scoring():
                    jobs.append(ScoringJob(owner, index, list(one.tokens), wanted=one))
        if jobs:
            self._waiting[owner] = jobs

    def end(self, owner: int, index: int) -> None:
        """A reply is complete."""
        for job in self._active:
            if (job.owner, job.index) == (owner, index):
                self._close(job)
                return

    def cancel(self, owner: int) -> None:
        """Nothing that an owner asked for is wanted any more."""
        for job in self._waiting.pop(owner, ()):
            _free(job)
        for job in [job for job in self._active if job.owner == owner]:
            self._close(job)
        self._began = [began for began in self._began if began.owner != owner]

    def step(self) -> list[Happening]:
        """Let requests in, compute one batch, and say what came of it.

        Raises Interrupted and EngineError; then the batch was not computed, and the next step
        tries again.
        """
        self.last_rows = []
        held_up = self._held_up()
        reading = [] if held_up and self._owed > 0 else self._reading()
        parts = reading or [Part(job, 1) for job in self._active if job.writes]
        if not parts:
            return []
        began = self._clock()
        try:
            self._backend.compute([row for part in parts for row in part.job.rows(part)])
        except OutOfCells:
            self._undo(parts)
            return [*self._tell_began(), *self._make_do()]
        except (Interrupted, EngineError):
            self._undo(parts)
            raise
        took = self._clock() - began
        self._owed = max(0.0, self._owed + (took if reading else -took)) if held_up else 0.0
        return [*self._tell_began(), *self._computed(parts)]

    def _held_up(self) -> bool:
        """Whether there are replies of an owner who has nothing left to read."""
        readers = {job.owner for job in self._active if not job.writes} | set(self._waiting)
        return any(job.writes and job.owner not in readers for job in self._active)

    def _tell_began(self) -> list[Began]:
        began, self._began = self._began, []
        return began

    def _computed(self, parts: Sequence[Part]) -> list[Happening]:
        """Take in what a batch brought."""
        self.last_rows = [(part.job.owner, part.job.index, _size(part)) for part in parts]
        happened: list[Happening] = []
        for part in parts:
            held = part.job.place.length
            self._tree.extend(part.job.place, part.job.tokens[held : held + part.count])
        row = 0
        for part in parts:
            happened += part.job.went_on(part, row, self._backend)
            row += _size(part)
            for tail in part.tails:
                self._backend.cut(tail.sequence, 0)
            if part.job.done:
                self._close(part.job)
        return happened

    # -- letting requests in, and out

    def _let_in(self, room: int) -> None:
        """Let requests in while those that read leave room in the batch.

        An owner who reads nothing yet has no need of room: all who read share the batch.
        """
        reading = sum(job.pending for job in self._active if not job.writes)
        readers = {job.owner for job in self._active if job.pending and not job.writes}
        passed = 0
        while passed < len(self._waiting) and not self._crowded:
            owner, jobs = next(iter(self._waiting.items()))
            job = jobs[0]
            full = reading >= room and owner in readers
            if full or self._waits_for_beginning(job):
                passed += 1
            elif self._admit(job):
                jobs.popleft()
                self._active.append(job)
                reading += job.pending
                readers.add(owner)
                if not job.begun:
                    self._began.append(Began(owner, job.index, job.place.length))
                job.begun = True
                passed = 0
            else:
                break
            del self._waiting[owner]  # it is the turn of the next
            if jobs:
                self._waiting[owner] = jobs

    def _waits_for_beginning(self, job: Job) -> bool:
        """Whether another is about to read what this one begins with."""
        if not self._divisible:
            return False
        reading = [other for other in self._active if other.pending and not other.writes]
        soon = max((common_prefix(other.tokens, job.tokens) for other in reading), default=0)
        return soon >= _SHARED_TOKENS and soon - self._tree.shared(job.tokens) >= _SHARED_TOKENS

    def _admit(self, job: Job) -> bool:
        """Give a request its place, if it is sure to fit."""
        conversation = job.wanted.conversation if isinstance(job, WritingJob) else ""
        job.branch = self._tree.open(job.tokens, conversation)
        if job.branch is None:
            return False
        promised = sum(other.pending + other.growth for other in [*self._active, job])
        fits = self._tree.make_room(promised, conversations=not self._active)
        if fits and isinstance(job, ScoringJob) and job.tails_left:
            lent = self._tree.borrow(min(len(job.tails_left), _LENT, self._sequences // 2))
            fits = lent is not None
            job.lent = lent or []
        if not fits:
            self._tree.close(job.branch)
            job.branch = None
        return fits

    def _close(self, job: Job) -> None:
        self._active.remove(job)
        self._crowded = False
        self._leave(job)
        _free(job)

    def _leave(self, job: Job) -> None:
        """Give up the place of a request."""
        self._tree.close(job.place)
        job.branch = None
        if isinstance(job, ScoringJob):
            self._tree.give_back(job.lent)
            job.lent = []

    # -- filling a batch

    def _reading(self) -> list[Part]:
        """A batch of what is to be read, after letting in what can be."""
        parts: list[Part] = []
        room = self._step - self._add_tails(parts, self._step)
        self._let_in(room)
        parts += self._shares(room)
        self._add_tails(parts, self._step - sum(_size(part) for part in parts))
        return parts

    def _shares(self, room: int) -> list[Part]:
        """Parts of the prompts that are being read: as much for each owner, then the rest."""
        reading = [Part(job, 0) for job in self._active if job.pending and not job.writes]
        owners = {part.job.owner for part in reading}
        share = -(-room // max(1, len(owners)))
        for most in (share, room):
            left = dict.fromkeys(owners, most)
            for part in reading:
                owner = part.job.owner
                count = min(part.job.pending - part.count, left[owner], room)
                part.count += count
                left[owner] -= count
                room -= count
        return [part for part in reading if part.count]

    def _add_tails(self, parts: list[Part], room: int) -> int:
        """Add tails of labels to a batch, where the prompt before them is read or about to be.

        Returns how many tokens that are.
        """
        added = 0
        reading = {id(part.job): part for part in parts}
        for job in self._active:
            if not isinstance(job, ScoringJob) or not job.tails_left:
                continue
            part = reading.get(id(job), Part(job, 0))
            if job.pending != part.count or part.tails or (part.count and not self._divisible):
                continue
            for number, sequence in zip(job.tails_left, job.lent, strict=False):
                if job.tail_size(number) > room - added:
                    break
                self._backend.copy(job.place.sequence, sequence, job.place.length)
                part.tails.append(Tail(number, sequence))
                added += job.tail_size(number)
            if part.tails and not part.count:
                parts.append(part)
        return added

    # -- when a batch cannot be computed

    def _undo(self, parts: Sequence[Part]) -> None:
        for part in parts:
            self._tree.undo(part.job.place)
            for tail in part.tails:
                self._backend.cut(tail.sequence, 0)

    def _make_do(self) -> list[CannotGoOn]:
        """Give up something, since the cells have run out although they were counted."""
        if self._tree.make_room(self._tree.free_cells + 1, conversations=True):
            return []
        job = self._active.pop()
        self._crowded = bool(self._active)
        if self._active:  # the youngest waits again
            self._leave(job)
            waiting = self._waiting.setdefault(job.owner, deque())
            waiting.appendleft(job)
            return []
        self._leave(job)
        _free(job)
        error = EngineError("the prompt and its reply do not fit into the model's window")
        return [CannotGoOn(job.owner, job.index, error)]


def _size(part: Part) -> int:
    """How many rows of a batch a part has."""
    if not isinstance(part.job, ScoringJob):
        return part.count
    return part.count + sum(map(part.job.tail_size, (tail.label for tail in part.tails)))


def _free(job: Job) -> None:
    if isinstance(job, WritingJob) and job.chooser is not None:
        job.chooser.close()
        job.chooser = None
