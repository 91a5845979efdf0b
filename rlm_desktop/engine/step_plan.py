"""Which steps the scheduler will take for calls, told without taking them."""

import heapq
from collections.abc import Sequence

from rlm_desktop.engine.base import Expected


def steps_for(calls: Sequence[Expected], step: int, sequences: int) -> list[tuple[int, int]]:
    """The steps that the scheduler takes, as (how many, of how many rows).

    The last row of a prompt gives the first token of its reply; each token of the reply is a row
    then, of which the last gives the end. What is not read at all still has its last row.
    """
    steps: list[tuple[int, int]] = []
    ends: list[int] = []  # after which step each reply that is being written ends
    at = number = 0
    left = max(1, calls[0].read) if calls else 0
    while ends or number < len(calls):
        while ends and ends[0] <= at:
            heapq.heappop(ends)
        writing = len(ends)
        room = step - writing
        if number == len(calls) or writing >= sequences or room <= 0:
            if ends:
                steps.append((ends[0] - at, writing))
                at = ends[0]
            continue
        if left > room:
            alike = (left - 1) // room
            if ends:
                alike = min(alike, ends[0] - at)
            steps.append((alike, step))
            at += alike
            left -= alike * room
            continue
        at += 1
        used = writing
        while room and number < len(calls) and used < sequences:
            taken = min(room, left)
            room -= taken
            left -= taken
            if left:
                break
            used += 1
            if calls[number].written > 0:
                heapq.heappush(ends, at + calls[number].written)
            number += 1
            left = max(1, calls[number].read) if number < len(calls) else 0
        steps.append((1, step - room))
    return steps
