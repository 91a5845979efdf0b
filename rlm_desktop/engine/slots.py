"""Which part of the key-value cache a prompt continues: nothing is read twice.

The cache holds a few sequences of tokens, one in each slot. What a prompt shares with the
beginning of a slot need not be computed again. Slots may share cells, so to copy a beginning
costs nothing, and only the last tokens of a slot are its own.

A conversation is a slot that was continued: the next prompt held the whole of the one before.
The one continued last is kept to the end, since it will be continued again; others grow old,
only slower than the texts of one-off calls. First to go are the calls that only share their
beginning with other calls, as those of an `ask_all` do: of these one at a time is enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

#: A shorter common beginning is no more than the opening that the template gives every prompt.
_SHARED_TOKENS = 32
#: A conversation that another one has taken over from counts as used so many prompts later.
_CONVERSATION_BONUS = 8


class Worth(IntEnum):
    """How long a slot is kept: the lower, the sooner it is given up."""

    EMPTY = 0
    SIBLING = 1  # a one-off call that began like one before it
    ONE_OFF = 2  # a call that may become a conversation
    CONVERSATION = 3


@dataclass(slots=True)
class Slot:
    """One sequence of the cache. `head` is the part that a continuation repeats in any case."""

    number: int
    tokens: list[int] = field(default_factory=list)
    head: int = 0
    worth: Worth = Worth.EMPTY
    used: int = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a prompt goes: into `slot`, whose first `keep` tokens are not computed again.

    When `source` is another slot, these tokens are copied from there, and what `slot` held
    goes. When it is `slot` itself, it is cut after `keep` tokens.
    """

    slot: int
    source: int
    keep: int


class Slots:
    """What the sequences of the cache hold."""

    def __init__(self, count: int) -> None:
        self._slots = [Slot(number) for number in range(count)]
        self._clock = 0

    def place(self, tokens: Sequence[int], head: int) -> Placement:
        """Decide where a prompt goes. `head` tokens of it a continuation would repeat.

        The slot is taken as holding the kept tokens from now on; say `holds` after each step
        that adds to it. At least one token is always left to compute.
        """
        self._clock += 1
        shared = [common_prefix(slot.tokens, tokens) for slot in self._slots]
        best = max(self._slots, key=lambda slot: (shared[slot.number], slot.worth, slot.used))
        common = shared[best.number]
        if best.tokens and common >= min(best.head, len(best.tokens)):
            target = best
            went_on = common >= best.head and head > best.head
            worth = Worth.CONVERSATION if went_on else best.worth  # else asked again, or stopped
        else:
            target = self._cheapest(shared)
            worth = Worth.SIBLING if common >= _SHARED_TOKENS else Worth.ONE_OFF
        keep = min(common, len(tokens) - 1)
        target.tokens = list(tokens[:keep])
        target.head = head
        target.worth = worth
        target.used = self._clock
        return Placement(target.number, best.number, keep)

    def _cheapest(self, shared: Sequence[int]) -> Slot:
        """The slot whose tokens are missed least, for a prompt that shares so much with each."""

        def price(slot: Slot) -> tuple[int, int]:
            sibling = slot.worth is Worth.SIBLING and shared[slot.number] >= _SHARED_TOKENS
            return (-1, slot.used) if sibling else self._price(slot)

        return min(self._slots, key=price)

    def _price(self, slot: Slot) -> tuple[int, int]:
        """How much a slot is missed: by what it is, then by when it was used."""
        if slot.worth < Worth.ONE_OFF:
            return slot.worth, slot.used
        if slot.worth is Worth.ONE_OFF:
            return Worth.ONE_OFF, slot.used
        others = [other.used for other in self._slots if other.worth is Worth.CONVERSATION]
        if slot.used == max(others):
            return Worth.CONVERSATION, slot.used
        return Worth.ONE_OFF, slot.used + _CONVERSATION_BONUS

    def holds(self, number: int, tokens: Sequence[int]) -> None:
        """Say what a slot holds now."""
        self._slots[number].tokens = list(tokens)

    def extend(self, number: int, tokens: Sequence[int]) -> None:
        """Say that a slot holds these tokens as well, after what it held."""
        self._slots[number].tokens += tokens

    def held(self, number: int) -> int:
        """How many tokens a slot holds."""
        return len(self._slots[number].tokens)

    def give_up(self, besides: int) -> int | None:
        """Give up the slot that is missed least, since the cells have run out; its number.

        None if only `besides`, which needs the cells, holds anything.
        """
        full = [slot for slot in self._slots if slot.tokens and slot.number != besides]
        if not full:
            return None
        slot = min(full, key=self._price)
        slot.tokens = []
        slot.head = 0
        slot.worth = Worth.EMPTY
        return slot.number


def common_prefix(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two sequences have in common at their beginning."""
    length = min(len(one), len(other))
    if one[:length] == other[:length]:
        return length
    return next((i for i in range(length) if one[i] != other[i]), length)
