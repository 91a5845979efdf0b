"""The scheduler: whatever is asked for, by whom and when, each request gets its own answer."""

import itertools
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from simulated_backend import (
    VOCABULARY,
    NoToken,
    SimulatedBackend,
    replies,
    scores,
)

from rlm_desktop.engine.backend import Interrupted
from rlm_desktop.engine.jobs import (
    Began,
    CannotGoOn,
    Chose,
    Happening,
    ScoresKnown,
    Scoring,
    Writing,
)
from rlm_desktop.engine.scheduler import Scheduler
from rlm_desktop.errors import EngineError

Name = tuple[int, int]


@dataclass
class Request:
    """What is asked for, and what came of it."""

    tokens: list[int]
    most: int = 1
    labels: list[list[int]] | None = None
    conversation: str = ""
    stop: int | None = None  # the token before which a reply ends
    fails: bool = False
    began: list[int] = field(default_factory=list)
    reply: list[int] = field(default_factory=list)
    scores: tuple[float, ...] | None = None
    failed: bool = False
    ended: int = 0

    @property
    def size(self) -> int:
        """The cells that it may need."""
        if self.labels is None:
            return len(self.tokens) + self.most
        return len(self.tokens) + sum(len(label) - 1 for label in self.labels)

    def expected(self) -> tuple[list[int], bool]:
        """The reply computed directly, and whether it fails."""
        reply: list[int] = []
        try:
            for token in itertools.islice(replies(self.tokens, fails=self.fails), self.most):
                if token == self.stop:
                    break
                reply.append(token)
        except NoToken:
            return reply, True
        return reply, False


class Service:
    """A scheduler with a simulated backend, and all that was asked of it."""

    def __init__(
        self,
        cells: int = 1000,
        sequences: int = 8,
        step: int = 32,
        *,
        divisible: bool = True,
        real_cells: int | None = None,
    ) -> None:
        self.cells = cells
        self.backend = SimulatedBackend(
            cells if real_cells is None else real_cells, sequences, step, divisible=divisible
        )
        self.scheduler = Scheduler(
            self.backend,
            cells=cells,
            sequences=sequences,
            step=step,
            divisible=divisible,
            clock=lambda: self.seconds,
        )
        self.requests: dict[Name, Request] = {}
        self.let_in: list[Name] = []
        self.interrupted = 0
        self._owners = itertools.count(1)
        self._cancelled: set[int] = set()

    def ask(self, *requests: Request) -> int:
        """Ask for these together; the number of their owner."""
        owner = next(self._owners)
        for index, request in enumerate(requests):
            assert request.size <= self.cells
            self.requests[owner, index] = request
        self.scheduler.add(owner, [self._wanted(request) for request in requests])
        return owner

    def _wanted(self, request: Request) -> Writing | Scoring:
        if request.labels is not None:
            return Scoring(request.tokens, request.labels)

        return Writing(
            request.tokens,
            request.most,
            lambda: self.backend.chooser(fails=request.fails),
            request.conversation,
        )

    def cancel(self, owner: int) -> None:
        self._cancelled.add(owner)
        self.scheduler.cancel(owner)
        self.check()

    def step(self) -> list[Happening]:
        """One step, and what must hold after every step."""
        busy = not self.scheduler.idle
        before = len(self.backend.batches) + self.backend.ran_out
        try:
            happened = self.scheduler.step()
        except Interrupted:
            self.interrupted += 1
            self.check()
            return []
        assert len(self.backend.batches) + self.backend.ran_out == before + busy, "nothing done"
        for one in happened:
            self._take_in(one)
        self.check()
        return happened

    def _take_in(self, happened: Happening) -> None:
        name = (happened.owner, happened.index)
        request = self.requests[name]
        assert happened.owner not in self._cancelled, "told of what was cancelled"
        assert not request.ended, "told of what has ended"
        match happened:
            case Began():
                assert happened.cached < len(request.tokens)
                request.began.append(happened.cached)
                self.let_in.append(name)
            case Chose():
                assert request.began
                if happened.token == request.stop:
                    request.ended += 1
                    self.scheduler.end(*name)
                else:
                    request.reply.append(happened.token)
                    assert happened.last == (len(request.reply) == request.most)
                    request.ended += happened.last
            case ScoresKnown():
                request.scores = happened.logprobs
                request.ended += 1
            case CannotGoOn():
                request.failed = True
                request.ended += 1

    def check(self) -> None:
        """The books agree with the cells."""
        assert self.scheduler.held_tokens == self.backend.used
        assert self.scheduler._tree.free_cells == self.cells - self.backend.used

    def finish(self, at_most: int = 5_000, short_of: int = 0) -> None:
        """Step until nothing is left to do, and check every reply.

        What would not fit with so many cells less may have failed.
        """
        for _ in range(at_most):
            if self.scheduler.idle:
                break
            self.step()
        assert self.scheduler.idle, "it goes on for ever"
        assert self.backend.open_choosers == 0
        for (owner, _), request in self.requests.items():
            if not request.failed or request.size <= self.cells - short_of:
                self._check_reply(request, cancelled=owner in self._cancelled)

    def _check_reply(self, request: Request, *, cancelled: bool) -> None:
        if not cancelled:
            assert request.ended == 1
            if not self.backend.ran_out:
                assert len(request.began) == 1
        if request.labels is not None:
            if request.ended:
                assert request.scores == scores(request.tokens, request.labels)
            return
        reply, fails = request.expected()
        assert request.reply == (reply if request.ended else reply[: len(request.reply)])
        if request.ended:
            assert request.failed == fails

    @property
    def read(self) -> int:
        """How many rows were computed."""
        return sum(self.backend.batches)

    @property
    def seconds(self) -> float:
        """A clock by which a row takes a second, and each batch four more."""
        return self.read + 4.0 * len(self.backend.batches)


# -- what is asked for, in all variants

_STEM = [(7 * at * at + 3 * at) % VOCABULARY for at in range(120)]
_tokens = st.integers(0, VOCABULARY - 1)


@st.composite
def _prompts(draw: st.DrawFn) -> list[int]:
    """Prompts that share beginnings of several lengths, and some that share none."""
    stem = draw(st.sampled_from([0, 0, 1, 5, 31, 32, 40, 70, 120]))
    own = draw(st.lists(_tokens, min_size=0 if stem else 1, max_size=40))
    return _STEM[:stem] + own


@st.composite
def _requests(draw: st.DrawFn, longest_label: int) -> Request:
    tokens = draw(_prompts())
    if draw(st.booleans()):
        return Request(
            tokens,
            most=draw(st.integers(1, 30)),
            conversation=draw(st.sampled_from(["", "", "1", "1.1", "2"])),
            stop=draw(st.none() | _tokens),
            fails=draw(st.integers(0, 5)) == 0,
        )
    label = st.lists(_tokens, min_size=1, max_size=min(6, longest_label))
    return Request(tokens, labels=draw(st.lists(label, min_size=1, max_size=6)))


@dataclass
class Ask:
    requests: list[Request]


@dataclass
class GoOn:
    """A conversation goes on: after the reply to the nth request that has ended."""

    nth: int
    more: list[int]


@dataclass
class Cancel:
    nth: int


@dataclass
class Steps:
    count: int
    interruptions: dict[int, int]  # in which of them, and after how many rows


Action = Ask | GoOn | Cancel | Steps


@st.composite
def _schedules(draw: st.DrawFn) -> tuple[dict[str, Any], list[Action]]:
    sequences = draw(st.integers(2, 9))
    step = sequences + draw(st.sampled_from([1, 2, 6, 20, 60]))
    setting: dict[str, Any] = {
        "sequences": sequences,
        "step": step,
        "cells": draw(st.integers(220, 500)),
        "divisible": draw(st.sampled_from([True, True, True, False])),
    }
    requests = st.lists(_requests(step - sequences), min_size=1, max_size=5)
    actions: list[Action] = draw(
        st.lists(
            st.one_of(
                st.builds(Ask, requests),
                st.builds(GoOn, st.integers(0, 9), st.lists(_tokens, min_size=1, max_size=9)),
                st.builds(Cancel, st.integers(0, 9)),
                st.builds(
                    Steps,
                    st.integers(1, 12),
                    st.dictionaries(st.integers(0, 11), st.integers(0, 40), max_size=3),
                ),
            ),
            min_size=1,
            max_size=12,
        )
    )
    return setting, actions


def _perform(service: Service, actions: Sequence[Action]) -> None:
    for action in actions:
        match action:
            case Ask(requests):
                service.ask(*requests)
            case GoOn(nth, more):
                ended = [
                    request
                    for request in service.requests.values()
                    if request.ended and request.labels is None and not request.failed
                ]
                if ended:
                    last = ended[nth % len(ended)]
                    tokens = last.tokens + last.reply + more
                    if len(tokens) + 5 <= service.cells:
                        service.ask(Request(tokens, 5, conversation=last.conversation))
            case Cancel(nth):
                owners = sorted({owner for owner, _ in service.requests})
                if owners:
                    service.cancel(owners[nth % len(owners)])
            case Steps(count, interruptions):
                for number in range(count):
                    most = interruptions.get(number)
                    service.backend.interrupt = lambda most=most: most
                    service.step()
                service.backend.interrupt = lambda: None


@settings(max_examples=100, deadline=None)
@given(_schedules())
def test_every_request_ends_once_with_its_own_answer(
    schedule: tuple[dict[str, Any], list[Action]],
) -> None:
    setting, actions = schedule
    service = Service(**setting)
    _perform(service, actions)
    service.finish()
    assert service.backend.ran_out == 0, "the cells were counted wrong"
    event(f"interrupted: {bool(service.interrupted)}")
    if service.backend.divisible or not service.interrupted:
        wanted = sum(request.size for request in service.requests.values())
        assert service.read <= wanted, "something was read twice"


@settings(max_examples=60, deadline=None)
@given(st.integers(60, 250), st.integers(0, 2**32), st.booleans())
@example(real_cells=108, seed=416393, divisible=False)
def test_the_cells_may_run_out_all_the_same(real_cells: int, seed: int, divisible: bool) -> None:
    """A cache that has fewer cells than it says: what fits into them is answered as ever."""
    lots = random.Random(seed)
    service = Service(cells=1_000, sequences=6, step=40, real_cells=real_cells, divisible=divisible)
    for _ in range(4):
        requests = []
        for _ in range(lots.randint(1, 6)):
            tokens = _STEM[: lots.choice([0, 40])] + lots.choices(range(VOCABULARY), k=30)
            request = Request(tokens, lots.randint(1, 60), conversation=lots.choice(["", "1"]))
            if lots.random() < 0.4:
                request.labels = [
                    lots.choices(range(VOCABULARY), k=length) for length in (1, 5, 3, 9, 7, 8)
                ]
            requests.append(request)
        service.ask(*requests)
        for _ in range(lots.randint(0, 10)):
            service.step()
    service.finish(short_of=1_000 - real_cells)
    event(f"ran out: {service.backend.ran_out > 0}")


def _unlike(length: int, seed: int) -> list[int]:
    """A prompt that begins like no other one."""
    lots = random.Random(seed)
    return [1_000 + seed, *(lots.randrange(VOCABULARY) for _ in range(length - 1))]


def _like(common: int, own: int, seed: int) -> list[int]:
    """A prompt that begins with the same tokens as others."""
    return _unlike(common, 0) + _unlike(own, seed)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), min_size=1, max_size=6),
    st.integers(0, 2**32),
)
def test_owners_are_let_in_by_turns(arrivals: list[tuple[int, int]], seed: int) -> None:
    lots = random.Random(seed)
    service = Service(cells=400, sequences=6, step=16)
    number = 0
    for later, count in arrivals:
        for _ in range(later):
            service.step()
        requests = []
        for _ in range(count):
            number += 1
            requests.append(Request(_unlike(lots.randint(1, 90), number), lots.randint(1, 40)))
        owner = service.ask(*requests)
        seen = len(service.let_in)
        while (owner, 0) not in service.let_in:
            service.step()
        before = service.let_in[seen : service.let_in.index((owner, 0))]
        others = Counter(other for other, _ in before)
        assert max(others.values(), default=0) <= 1, "another was let in twice before"
    service.finish()
    for owner in range(1, len(arrivals) + 1):
        indexes = [index for one, index in service.let_in if one == owner]
        assert indexes == sorted(indexes)


def test_a_long_prompt_keeps_nobody_waiting() -> None:
    service = Service(cells=5_000, sequences=4, step=64)
    long = Request(_unlike(4_000, 1), 5)
    service.ask(long)
    service.step()
    short = Request(_unlike(100, 2), 5)
    service.ask(short)
    for _ in range(10):
        service.step()
    assert short.ended
    assert not long.ended
    service.finish()


def test_as_many_replies_as_possible_are_written_together() -> None:
    service = Service(cells=4_000, sequences=16, step=64)
    service.ask(*(Request(_unlike(150, seed), 21) for seed in range(60)))
    service.finish()
    batches = service.backend.batches
    assert batches[:37] == [64] * 37, "the first 16 are read"
    assert batches[37:58] == [16 * 150 - 37 * 64, *[16] * 20], "and written"
    assert len(batches) == 3 * 58 + (12 * 150 // 64 + 1) + 20


def test_those_who_read_and_those_who_write_are_never_in_one_batch() -> None:
    service = Service(cells=4_000, sequences=8, step=64)
    lots = random.Random(3)
    for owner in range(6):
        lengths = [lots.randint(2, 200) for _ in range(4)]
        service.ask(*(Request(_unlike(n, 10 * owner + n), lots.randint(2, 40)) for n in lengths))
        for _ in range(12):
            writing = {id(job) for job in service.scheduler._active if job.writes}
            service.step()
            rows = service.scheduler.last_rows
            jobs = {(job.owner, job.index): id(job) for job in service.scheduler._active}
            wrote = [jobs.get(name[:2]) in writing for name in rows if name[:2] in jobs]
            assert all(wrote) or not any(wrote)
    service.finish()


def test_a_reply_gets_as_much_time_as_what_others_read_meanwhile() -> None:
    service = Service(cells=9_000, sequences=8, step=64)
    root = Request(_unlike(10, 1), 400)
    service.ask(root)
    service.step()
    service.ask(*(Request(_unlike(600, seed), 30) for seed in range(2, 14)))
    seen = len(service.backend.batches)
    while not root.ended:
        service.step()
    batches = service.backend.batches[seen:]
    reading = sum(size + 4 for size in batches if size > 8)
    writing = sum(size + 4 for size in batches if size <= 8)
    assert abs(reading - writing) < 2 * 68
    service.finish()


@pytest.mark.parametrize("step", [64, 512])
@pytest.mark.parametrize("together", [True, False])
def test_a_common_beginning_is_read_once(step: int, together: bool) -> None:
    service = Service(cells=3_000, sequences=16, step=step)
    asked = [Request(_like(300, 50, seed), 1) for seed in range(1, 17)]
    for requests in [asked] if together else [[request] for request in asked]:
        service.ask(*requests)
    service.finish()
    assert service.read == 300 + 16 * 50
    assert [request.began[0] for request in asked] == [0] + [300] * 15
    again = Request(_like(300, 20, 99), 1)
    service.ask(again)
    service.finish()
    assert again.began == [300]


def test_only_what_a_conversation_adds_is_read() -> None:
    service = Service(cells=3_000, sequences=8, step=64)
    tokens = _unlike(200, 1)
    held = 0
    for turn in range(5):
        request = Request(tokens, 30, conversation="1")
        service.ask(request)
        service.finish()
        assert request.began == [held]
        held = len(tokens) + 29
        tokens = tokens + request.reply + _unlike(40, turn)


def test_what_was_asked_again_is_not_read_but_for_its_end() -> None:
    service = Service()
    for cached in (0, 99):
        request = Request(_unlike(100, 1), 1)
        service.ask(request)
        service.finish()
        assert request.began == [cached]


def test_hundreds_of_other_calls_leave_a_conversation_in_place() -> None:
    service = Service(cells=2_000, sequences=8, step=64)
    root = Request(_unlike(900, 1), 20, conversation="1")
    service.ask(root)
    service.finish()
    for call in range(6):
        calls = [Request(_like(60, 200, 100 * call + seed), 10) for seed in range(2, 42)]
        service.ask(*calls)
        nested = Request(_unlike(300, 1_000 + call), 10, conversation=f"1.{call}")
        service.ask(nested)
        service.finish()
    went_on = Request(root.tokens + root.reply + _unlike(30, 2), 20, conversation="1")
    service.ask(went_on)
    service.finish()
    assert went_on.began == [900 + 19]


def test_a_conversation_that_must_wait_loses_nothing() -> None:
    service = Service(cells=4_000, sequences=8, step=64)
    root = Request(_unlike(2_500, 1), 1, conversation="1")
    service.ask(root)
    service.finish()
    service.ask(Request(_unlike(700, 2), 300), Request(_unlike(50, 3), 300))
    service.step()
    went_on = Request(root.tokens + _unlike(400, 4), 400, conversation="1")
    service.ask(went_on)
    service.step()
    assert not went_on.began
    service.finish()
    assert went_on.began == [2_500]


def test_what_was_used_last_is_kept_longest() -> None:
    service = Service(cells=500, sequences=8, step=64)
    asked = [Request(_unlike(100, seed), 1) for seed in range(4)]
    for request in [*asked, asked[0]]:
        service.ask(Request(request.tokens, 1))
        service.finish()
    service.ask(Request(_unlike(250, 9), 1))
    service.finish()
    kept = [service.scheduler._tree.shared(request.tokens) for request in asked]
    assert kept == [100, 0, 0, 100]


def test_a_request_waits_until_it_fits() -> None:
    service = Service(cells=300, sequences=8, step=64)
    first, second = Request(_unlike(100, 1), 100), Request(_unlike(150, 2), 100)
    service.ask(first, second)
    while not second.began:
        assert not first.ended
        service.step()
        if first.ended:
            break
    assert first.ended
    service.finish()
    assert service.backend.ran_out == 0


@pytest.mark.parametrize("divisible", [True, False])
def test_what_is_cancelled_ends_at_once_and_disturbs_nobody(divisible: bool) -> None:
    for steps in range(25):
        service = Service(cells=3_000, sequences=8, step=40, divisible=divisible)
        labels = [[1, 2, 3], [1], [4, 5, 6, 7, 8, 9]]
        gone = service.ask(
            Request(_like(100, 80, 1), 30),
            *(Request(_like(100, 30, seed), labels=labels) for seed in range(2, 12)),
        )
        service.ask(Request(_like(100, 60, 90), 30), Request(_like(100, 9, 91), labels=labels))
        for _ in range(steps):
            service.step()
        service.cancel(gone)
        service.finish()


def test_nobody_is_told_of_what_was_cancelled_before_its_first_batch() -> None:
    service = Service()
    gone = service.ask(Request(_unlike(100, 1), 5))
    stays = service.ask(Request(_unlike(100, 2), 5))
    service.backend.interrupt = lambda: 7
    service.step()
    service.backend.interrupt = lambda: None
    service.cancel(gone)
    service.finish()
    assert service.let_in == [(stays, 0)]


def test_an_error_of_the_backend_leaves_everything_in_place() -> None:
    service = Service()
    service.ask(Request(_unlike(100, 1), 20), Request(_unlike(60, 2), labels=[[1, 2], [3]]))

    def fail() -> None:
        raise EngineError("no memory on the device")

    for _ in range(12):
        service.backend.interrupt = fail
        with pytest.raises(EngineError, match="device"):
            service.scheduler.step()
        service.check()
        service.backend.interrupt = lambda: None
        service.step()
    service.finish()


def test_many_labels_of_many_tokens_fill_the_batches() -> None:
    service = Service(cells=4_000, sequences=32, step=64)
    labels = [[label, *_unlike(5, label)] for label in range(20)]
    asked = [Request(_like(80, 10, seed), labels=labels) for seed in range(1, 21)]
    service.ask(*asked)
    service.finish()
    assert service.read == 80 + 20 * 10 + 20 * 20 * 5
    assert len(service.backend.batches) <= 1.1 * service.read / 64 + 4


def test_a_batch_must_have_room_beside_all_replies() -> None:
    with pytest.raises(ValueError, match="too small for 8 sequences"):
        Scheduler(SimulatedBackend(10, 8, 8), cells=10, sequences=8, step=8)


def test_a_single_sequence_is_too_few() -> None:
    with pytest.raises(ValueError, match="needs a second sequence"):
        Scheduler(SimulatedBackend(10, 1, 8), cells=10, sequences=1, step=8)
