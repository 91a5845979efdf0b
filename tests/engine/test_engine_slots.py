"""Which part of the cache a prompt continues."""

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.engine.slots import Placement, Slots, common_prefix

SYSTEM = list(range(100))  # what all prompts of a run begin with


class Cache:
    """Slots, used as the engine uses them: what is placed is read and kept."""

    def __init__(self, count: int = 4) -> None:
        self.slots = Slots(count)

    def read(self, tokens: list[int], reply: int = 0) -> Placement:
        """Read a prompt and write a reply of some tokens after it."""
        place = self.slots.place(tokens, head=len(tokens))
        self.slots.extend(place.slot, tokens[place.keep :])
        self.slots.extend(place.slot, [-1] * reply)
        return place


def text(seed: int, length: int) -> list[int]:
    """Tokens that no other seed begins with."""
    return [1000 * seed + number for number in range(length)]


def test_the_first_prompt_is_read_whole() -> None:
    place = Cache().read(text(1, 50))
    assert place.keep == 0


def test_a_conversation_goes_on_where_it_was() -> None:
    cache = Cache()
    first = cache.read(text(1, 50), reply=10)
    second = cache.read([*text(1, 50), *([-1] * 10), *text(2, 20)])
    assert second == Placement(first.slot, first.slot, 60)


def test_a_reply_that_is_written_otherwise_is_read_again() -> None:
    cache = Cache()
    first = cache.read(text(1, 50), reply=10)
    second = cache.read([*text(1, 50), *text(2, 20)])
    assert second == Placement(first.slot, first.slot, 50)


def test_one_token_is_always_computed() -> None:
    cache = Cache()
    first = cache.read(text(1, 50))
    assert cache.read(text(1, 50)) == Placement(first.slot, first.slot, 49)


def test_to_ask_the_same_again_makes_no_conversation() -> None:
    cache = Cache()
    asked_again = text(1, 50)
    for _ in range(5):
        cache.read(asked_again)
    slots = [cache.read(text(seed, 50)).slot for seed in range(2, 6)]
    assert len(set(slots)) == 4


def test_calls_that_begin_alike_share_their_beginning_and_one_slot() -> None:
    cache = Cache()
    first = cache.read(SYSTEM + text(1, 50))
    others = [cache.read(SYSTEM + text(seed, 50)) for seed in range(2, 9)]
    assert [place.keep for place in others] == [100] * 7
    assert others[0].source == first.slot
    assert len({place.slot for place in others}) == 1


def test_calls_never_push_out_a_conversation() -> None:
    cache = Cache()
    root = text(1, 50)
    cache.read(root)
    root += text(2, 20)
    cache.read(root)
    for seed in range(3, 40):
        cache.read(text(seed, 200))
    assert cache.read(root + text(50, 5)).keep == 70


def test_conversations_of_the_past_make_room_for_one_that_begins() -> None:
    cache = Cache()
    for seed in (1, 2, 3):
        for length in range(50, 90):
            cache.read(text(seed, length))
    root = text(4, 50)
    cache.read(root)
    cache.read(text(5, 50))
    cache.read(text(6, 50))
    assert cache.read(root + text(7, 5)).keep == 50


def test_a_conversation_outlives_the_calls_of_another_one() -> None:
    cache = Cache()
    parent, child = text(1, 50), text(2, 50)
    for root in (parent, child):
        cache.read(root)
        cache.read(root + text(3, 20))
    for seed in range(4, 10):
        cache.read(text(seed, 50))
    assert cache.read(child + text(3, 30)).keep == 70
    assert cache.read(parent + text(3, 30)).keep == 70


def test_calls_that_begin_alike_do_not_push_out_what_may_become_a_conversation() -> None:
    cache = Cache()
    root = text(1, 50)
    cache.read(root)
    for seed in range(3, 40):
        cache.read(SYSTEM + text(seed, 200))
    assert cache.read(root + text(2, 20)).keep == 50


def test_a_child_run_leaves_its_parent_alone() -> None:
    cache = Cache()
    parent = SYSTEM + text(1, 50)
    child = SYSTEM + text(2, 50)
    assert cache.read(parent).slot != cache.read(child).slot
    assert cache.read(child + text(3, 9)).keep == 150
    assert cache.read(parent + text(4, 9)).keep == 150


def test_a_prompt_that_was_stopped_goes_on_in_its_slot() -> None:
    cache = Cache()
    tokens = text(1, 50)
    place = cache.slots.place(tokens, head=50)
    cache.slots.extend(place.slot, tokens[:20])
    assert cache.read(tokens) == Placement(place.slot, place.slot, 20)


def test_gives_up_one_off_calls_first_and_then_the_oldest_conversation() -> None:
    cache = Cache()
    old = cache.read(text(1, 50)).slot
    cache.read(text(1, 60))
    young = cache.read(text(2, 50)).slot
    cache.read(text(2, 60))
    call = cache.read(text(3, 50)).slot
    sibling = cache.read(text(3, 40) + text(4, 50)).slot
    order = [cache.slots.give_up(besides=young) for _ in range(4)]
    assert order == [sibling, call, old, None]


def test_what_the_engine_could_not_keep_is_not_counted_on() -> None:
    cache = Cache()
    tokens = text(1, 50)
    slot = cache.read(tokens).slot
    cache.slots.holds(slot, tokens[:10])
    assert cache.slots.held(slot) == 10
    assert cache.read(text(1, 60)).keep == 10


@given(st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=6), max_size=30))
def test_what_is_kept_is_there(prompts: list[list[int]]) -> None:
    """A model of the cache: each slot holds what was copied, cut and read."""
    cells: list[list[int]] = [[] for _ in range(3)]
    slots = Slots(3)
    for tokens in prompts:
        place = slots.place(tokens, head=len(tokens))
        cells[place.slot] = cells[place.source][: place.keep]
        assert cells[place.slot] == tokens[: place.keep]
        assert place.keep < len(tokens)
        cells[place.slot] = list(tokens)
        slots.extend(place.slot, tokens[place.keep :])
        assert slots.held(place.slot) == len(tokens)


@given(st.lists(st.integers(0, 1)), st.lists(st.integers(0, 1)))
def test_common_prefix(one: list[int], other: list[int]) -> None:
    length = common_prefix(one, other)
    assert one[:length] == other[:length]
    assert one[length : length + 1] != other[length : length + 1] or length == len(one)
