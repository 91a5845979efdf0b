"""Which steps the scheduler will take for calls, told without taking them."""

import heapq
from collections.abc import Sequence

from rlm_desktop.engine.base import Expected


def steps_for(
    calls: Sequence[Expected], *, step: int, sequences: int, cells: int
) -> list[tuple[int, int]]:
    """The steps that the scheduler takes, as (how many, of how many rows).

    All that there are sequences and cells for is read first, in full batches, and then all replies
    are written together until the first ends, which lets in the next. The last row of a prompt
    gives the first token of its reply; each token of the reply is a row then, of which the last
    gives the end. What is not read at all still has its last row.
    """
    steps: list[tuple[int, int]] = []
    ends: list[tuple[int, int]] = []  # of replies: the row after which each ends, and its cells
    number = left = at = held = 0
    while True:
        room, used, held = step, len(ends), sum(size for _, size in ends)
        while room and number < len(calls):
            call = calls[number]
            size = max(1, call.read) + call.written
            if not left:
                if used == sequences or (used and held + size > cells):
                    break
                left = max(1, call.read)
            if room == step and left > step:
                steps.append(((left - 1) // step, step))
                left -= (left - 1) // step * step
            taken = min(room, left)
            room -= taken
            left -= taken
            if not left:
                used, held, number = used + 1, held + size, number + 1
                if call.written > 0:
                    heapq.heappush(ends, (at + call.written, size))
        if room < step:
            steps.append((1, step - room))
        elif ends:
            steps.append((ends[0][0] - at, len(ends)))
            at = ends[0][0]
            while ends and ends[0][0] == at:
                heapq.heappop(ends)
        else:
            return steps
