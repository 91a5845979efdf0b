"""The scheduler: whatever is asked for, by whom and when, each request gets its own answer."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import event, given, settings
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
            self.backend, cells=cells, sequences=sequences, step=step, divisible=divisible
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

    def finish(self, at_most: int = 5_000) -> None:
        """Step until nothing is left to do, and check every reply."""
        for _ in range(at_most):
            if self.scheduler.idle:
                break
            self.step()
        assert self.scheduler.idle, "it goes on for ever"
        assert self.backend.open_choosers == 0
        for (owner, _), request in self.requests.items():
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
def _schedules(draw: st.DrawFn) -> tuple[dict[str, int | bool], list[Action]]:
    sequences = draw(st.integers(2, 9))
    step = sequences + draw(st.sampled_from([1, 2, 6, 20, 60]))
    setting = {
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
    schedule: tuple[dict[str, int | bool], list[Action]],
) -> None:
    setting, actions = schedule
    service = Service(**setting)  # type: ignore[arg-type]
    _perform(service, actions)
    service.finish()
    assert service.backend.ran_out == 0, "the cells were counted wrong"
    event(f"interrupted: {bool(service.interrupted)}")
    if service.backend.divisible or not service.interrupted:
        wanted = sum(request.size for request in service.requests.values())
        assert service.read <= wanted, "something was read twice"
