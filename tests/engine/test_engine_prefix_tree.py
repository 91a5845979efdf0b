"""The tree of what is in the cache: what it says is there is there, and nothing else goes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from simulated_backend import SimulatedBackend, history_of

from rlm_desktop.engine.backend import Row
from rlm_desktop.engine.prefix_tree import _IDLE_TOKENS, Branch, PrefixTree, common_prefix

_tokens = st.integers(0, 2)  # so few that beginnings are often alike
_texts = st.lists(_tokens, min_size=1, max_size=12)


class Cache:
    """A tree over simulated cells, which does with both what the scheduler does."""

    def __init__(self, cells: int, sequences: int, *, divisible: bool = True) -> None:
        self.cells = cells
        self.sequences = sequences
        self.backend = SimulatedBackend(cells, sequences, step=cells, divisible=divisible)
        self.tree = PrefixTree(self.backend, cells, sequences, divisible=divisible)
        self.active: list[tuple[Branch, list[int]]] = []  # and what each shall hold

    def open(self, tokens: list[int], conversation: str = "") -> Branch | None:
        branch = self.tree.open(tokens, conversation)
        if branch is not None:
            self.active.append((branch, tokens[: branch.length]))
        return branch

    def compute(self, branch: Branch, tokens: list[int]) -> None:
        self.backend.compute(
            [
                Row(token, branch.length + at, (branch.sequence,), wanted=True)
                for at, token in enumerate(tokens)
            ]
        )

    def extend(self, branch: Branch, tokens: list[int]) -> None:
        self.compute(branch, tokens)
        self.tree.extend(branch, tokens)
        next(held for one, held in self.active if one is branch).extend(tokens)
        assert self.backend.output(len(tokens) - 1) == history_of(self.held(branch))

    def held(self, branch: Branch) -> list[int]:
        return next(held for one, held in self.active if one is branch)

    def close(self, branch: Branch) -> None:
        self.active = [(one, held) for one, held in self.active if one is not branch]
        self.tree.close(branch)

    def read(self, tokens: list[int], conversation: str = "") -> int:
        """Read a prompt from beginning to end; how much of it was there."""
        branch = self.open(tokens, conversation)
        assert branch is not None
        cached = branch.length
        self.extend(branch, tokens[cached:])
        self.close(branch)
        return cached


class AnyUse(RuleBasedStateMachine):
    """Requests that come and go in any order, and are undone and interrupted."""

    @initialize(sequences=st.integers(2, 5), divisible=st.sampled_from([True, True, False]))
    def start(self, sequences: int, divisible: bool) -> None:
        self.cache = Cache(60, sequences, divisible=divisible)
        self.borrowed: list[int] = []

    @rule(tokens=_texts, conversation=st.sampled_from(["", "", "1", "1.1", "1.2", "2"]))
    def open(self, tokens: list[int], conversation: str) -> None:
        shared = self.cache.tree.shared(tokens)
        free = self.cache.sequences - len(self.cache.active) - len(self.borrowed)
        branch = self.cache.open(tokens, conversation)
        assert (branch is None) == (free == 0)
        if branch is not None and self.cache.backend.divisible:
            # A sequence for it may have to be taken from what holds its own beginning.
            assert branch.length <= min(shared, len(tokens) - 1)

    @precondition(lambda self: self.cache.active)
    @rule(data=st.data(), tokens=st.lists(_tokens, min_size=1, max_size=9))
    def extend(self, data: st.DataObject, tokens: list[int]) -> None:
        branch, _ = data.draw(st.sampled_from(self.cache.active))
        if self.cache.tree.make_room(len(tokens), conversations=data.draw(st.booleans())):
            self.cache.extend(branch, tokens)

    @precondition(lambda self: self.cache.active)
    @rule(data=st.data(), tokens=st.lists(_tokens, min_size=1, max_size=9))
    def give_up_what_was_computed(self, data: st.DataObject, tokens: list[int]) -> None:
        branch, held = data.draw(st.sampled_from(self.cache.active))
        if self.cache.backend.used + len(tokens) > self.cache.cells:
            return
        self.cache.compute(branch, tokens)
        self.cache.tree.undo(branch)
        assert branch.length in ([len(held)] if self.cache.backend.divisible else [0, len(held)])
        del held[branch.length :]

    @precondition(lambda self: self.cache.active)
    @rule(data=st.data())
    def close(self, data: st.DataObject) -> None:
        branch, held = data.draw(st.sampled_from(self.cache.active))
        self.cache.close(branch)
        if self.cache.backend.divisible:
            assert self.cache.tree.shared(held) == len(held)

    @rule(count=st.integers(1, 3))
    def borrow(self, count: int) -> None:
        free = self.cache.sequences - len(self.cache.active) - len(self.borrowed)
        lent = self.cache.tree.borrow(count)
        assert (lent is None) == (free < count)
        self.borrowed += lent or []

    @precondition(lambda self: self.borrowed)
    @rule()
    def give_back(self) -> None:
        self.cache.tree.give_back(self.borrowed)
        self.borrowed = []

    @invariant()
    def the_books_agree_with_the_cells(self) -> None:
        cache = self.cache
        assert cache.tree.held_tokens == cache.backend.used
        assert cache.tree.free_cells == cache.cells - cache.backend.used
        lengths = cache.backend.lengths()
        assert all(lengths[sequence] == 0 for sequence in self.borrowed)
        for branch, held in cache.active:
            assert branch.length == len(held) == lengths[branch.sequence]
        sequences = [branch.sequence for branch, _ in cache.active] + self.borrowed
        assert len(sequences) == len(set(sequences))

    def teardown(self) -> None:
        for branch, _ in list(self.cache.active):
            self.cache.close(branch)
        self.cache.tree.give_back(self.borrowed)
        assert self.cache.tree.make_room(self.cache.cells, conversations=True)
        assert self.cache.backend.used == 0
        lent = self.cache.tree.borrow(self.cache.sequences)
        assert sorted(lent or []) == list(range(self.cache.sequences))


AnyUse.TestCase.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
TestAnyUse = AnyUse.TestCase


@given(st.lists(_texts, min_size=1, max_size=10), _texts)
@settings(max_examples=60, deadline=None)
def test_the_longest_common_beginning_is_there(texts: list[list[int]], wanted: list[int]) -> None:
    cache = Cache(500, 16)
    for text in texts:
        cache.read(text)
    longest = max(common_prefix(text, wanted) for text in texts)
    assert cache.tree.shared(wanted) == longest
    assert cache.read(wanted) == min(longest, len(wanted) - 1)
    beginnings = {tuple(text[:end]) for text in [*texts, wanted] for end in range(1, 13)}
    again = len(texts) + 1  # the last token of what was there is read once more
    assert len(beginnings) <= cache.backend.used <= len(beginnings) + again


def test_two_that_begin_alike_do_so_at_the_same_time() -> None:
    cache = Cache(100, 4)
    first = cache.open([1, 2, 3, 4])
    assert first is not None
    cache.extend(first, [1, 2, 3])
    second = cache.open([1, 2, 9, 9])
    assert second is not None
    assert second.length == 2
    cache.extend(second, [9, 9])
    cache.extend(first, [4])
    assert cache.backend.used == 6


def test_none_if_all_sequences_are_in_use() -> None:
    cache = Cache(100, 2)
    for text in ([1, 2], [3, 4]):
        assert cache.open(text) is not None
    assert cache.open([5, 6]) is None


def test_a_sequence_is_found_although_runs_follow_each_other() -> None:
    cache = Cache(100, 1)
    assert [cache.read([1, 2]), cache.read([1, 2, 3]), cache.read([1, 2, 3, 4])] == [0, 2, 3]
    assert cache.read([7, 8]) == 0
    assert cache.tree.shared([1, 2, 3, 4]) == 0


def test_what_goes_is_what_was_not_used_for_longest_and_leaves_what_is_shared() -> None:
    cache = Cache(20, 8)
    common = [1] * 5
    cache.read([*common, 2, 2, 2])
    cache.read([*common, 3, 3, 3])
    cache.read([7] * 6)
    cache.read([*common, 2, 2, 2])
    assert cache.tree.make_room(6, conversations=True)
    assert cache.tree.shared([*common, 3]) == 5
    assert cache.tree.shared([*common, 2, 2, 2]) == 8
    assert cache.tree.shared([7]) == 6 - 5
    assert cache.tree.make_room(12, conversations=True)
    assert cache.tree.shared([7]) == 0
    assert cache.tree.shared([*common, 2, 2, 2]) == 8
    assert cache.tree.make_room(15, conversations=True)
    assert cache.tree.shared([*common, 2]) == 5


def test_a_conversation_goes_last_and_only_if_it_may() -> None:
    cache = Cache(20, 8)
    cache.read([1] * 8, "1")
    cache.read([2] * 8)
    assert cache.tree.make_room(12, conversations=False)
    assert not cache.tree.make_room(13, conversations=False)
    assert cache.tree.shared([1] * 8) == 8
    assert cache.tree.make_room(13, conversations=True)


def test_a_conversation_that_went_on_elsewhere_is_no_more() -> None:
    cache = Cache(30, 8)
    cache.read([1] * 8, "1")
    cache.read([2] * 8, "1.4")
    cache.read([3] * 8, "1")
    assert cache.tree.make_room(22, conversations=False)
    assert cache.tree.shared([3] * 8) == 8


def test_a_call_that_never_began_leaves_a_conversation_as_it_was() -> None:
    cache = Cache(30, 8)
    cache.read([1] * 8, "1")
    for tokens in ([1] * 9, [1, 1, 1, 2, 2]):
        branch = cache.open(tokens, "1")
        assert branch is not None
        cache.close(branch)
    assert cache.tree.make_room(22, conversations=False)
    assert cache.tree.shared([1] * 8) >= 3
    assert not cache.tree.make_room(28, conversations=False)


@pytest.mark.parametrize("ended", ["1.1", "1.2.5"])
def test_calls_that_ended_do_not_crowd_out_those_that_wait(ended: str) -> None:
    cache = Cache(400, 16)
    cache.read([1] * 8, "1")
    for number in range(1, 7):
        cache.read([2, number, 2], f"{ended.rpartition('.')[0]}.{number}")
    assert cache.tree.make_room(392 - 3, conversations=False)
    assert cache.tree.shared([1] * 8) == 8


def test_the_turns_of_one_conversation_do_not_crowd_out_another() -> None:
    cache = Cache(200, 16)
    cache.read([2] * 8, "2")
    for turns in range(1, 8):
        cache.read([1] * turns * 3, "1")
    assert not cache.tree.make_room(200 - 8 - 21 + 1, conversations=False)
    assert cache.tree.shared([2] * 8) == 8


def test_of_many_conversations_the_last_few_are_kept() -> None:
    cache = Cache(200, 16)
    for number in range(1, 8):
        cache.read([number] * 8, str(number))
    assert cache.tree.make_room(200 - 4 * 8, conversations=False)
    assert not cache.tree.make_room(200 - 4 * 8 + 1, conversations=False)
    assert [cache.tree.shared([number] * 8) for number in range(1, 8)] == [0] * 3 + [8] * 4


def test_few_idle_tokens_are_kept() -> None:
    cache = Cache(20_000, 16)
    cache.read([9] * 3_000, "1")
    for number in range(10):
        cache.read([number + 10, *([0] * 999)])
    assert cache.backend.used <= 3_000 + 1_000 + _IDLE_TOKENS
    assert cache.tree.shared([9] * 3_000) == 3_000
    assert cache.tree.shared([19, *([0] * 999)]) == 1_000


def test_what_cannot_be_cut_is_continued_or_read_anew() -> None:
    cache = Cache(100, 4, divisible=False)
    assert cache.read([1, 2, 3]) == 0
    assert cache.read([1, 2, 3, 4, 5]) == 3
    assert cache.read([1, 2, 3, 6]) == 0
    assert cache.read([1, 2, 3, 4, 5, 6]) == 5
